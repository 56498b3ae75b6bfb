//! Archives into an object store, against an S3-compatible server on this machine (moto, from PyPI): the same bytes as in a
//! file, whole or not there, one of two, and no patient's name on the way.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_aftercare");
const KEY: &str = "AKIAEXAMPLEOFAKEY";
const SECRET: &str = "example/of+a/secret";
const NAME: &str = "Zoë Ångström";

/// What the test itself signs with: the server does not look at it closely.
const ANYBODY: &str = "Host: localhost\r\nAuthorization: AWS4-HMAC-SHA256 Credential=AKIAEXAMPLEOFAKEY/20261124/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0\r\n";

/// Rows whose handouts fill more than one part of an upload.
const MANY: usize = 330;
/// Rows of a run that has long to go when its first part is sent.
const MORE: usize = 1000;

/// A server with an empty bucket, gone with the test.
struct Server {
    process: Child,
    port: u16,
}

impl Server {
    /// `None` where the Python package is missing.
    fn start() -> Option<Server> {
        if !Command::new("python3")
            .args(["-c", "import moto.server"])
            .output()
            .is_ok_and(|run| run.status.success())
        {
            let loud = "*** NOT CHECKED: the Python package moto is missing ***";
            assert!(std::env::var("CI").as_deref() != Ok("true"), "{loud}");
            eprintln!("{loud}");
            return None;
        }
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/s3_server.py");
        let mut python = Command::new("python3");
        let mut process =
            python.arg(script).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("a server");
        let mut port = String::new();
        BufReader::new(process.stdout.take().expect("its port")).read_line(&mut port).expect("its port");
        let server = Server { process, port: port.trim().parse().expect("a port") };
        assert_eq!(server.ask("PUT", "/clinic").0, 200, "a bucket");
        Some(server)
    }

    fn ask(&self, method: &str, path: &str) -> (u16, Vec<u8>) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the server");
        write!(stream, "{method} {path} HTTP/1.0\r\n{ANYBODY}Content-Length: 0\r\n\r\n").expect("a request");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        let head = answer.windows(4).position(|found| found == b"\r\n\r\n").expect("a head");
        let status = String::from_utf8_lossy(&answer[9..12]).parse().expect("a status");
        (status, answer[head + 4..].to_vec())
    }

    fn put(&self, name: &str, text: &str) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the server");
        let length = text.len();
        write!(stream, "PUT /clinic/{name} HTTP/1.0\r\n{ANYBODY}Content-Length: {length}\r\n\r\n{text}")
            .and_then(|()| stream.read_to_end(&mut Vec::new()))
            .expect("somebody else's object");
    }

    /// The next such requests are answered so.
    fn fail(&self, method: &str, within: &str, status: u16, times: u32) {
        let path = format!("/-/fail?method={method}&in={within}&status={status}&times={times}");
        assert_eq!(self.ask("GET", &path).0, 200);
    }

    fn log(&self) -> Vec<String> {
        let log = String::from_utf8(self.ask("GET", "/-/log").1).expect("UTF-8");
        // Not what the test itself asks.
        log.lines().filter(|line| line.contains("object_store/")).map(str::to_owned).collect()
    }

    fn object(&self, name: &str) -> Option<Vec<u8>> {
        let (status, bytes) = self.ask("GET", &format!("/clinic/{name}"));
        assert!([200, 404].contains(&status), "{status}: {}", String::from_utf8_lossy(&bytes));
        (status == 200).then_some(bytes)
    }

    /// The names of all objects, and of all uploads that are not ended.
    fn names(&self) -> (Vec<String>, Vec<String>) {
        let names = |query: &str| {
            let text = String::from_utf8(self.ask("GET", &format!("/clinic?{query}")).1).expect("UTF-8");
            let keys = text.split("<Key>").skip(1);
            keys.filter_map(|rest| Some(rest.split_once("</Key>")?.0.to_owned())).collect()
        };
        (names("list-type=2"), names("uploads"))
    }

    fn command(&self, shop: &Path, args: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command
            .current_dir(shop)
            .args(["--now", "2026-11-24T15:30", "batch"])
            .args(args)
            .env("AWS_ENDPOINT", format!("http://127.0.0.1:{}", self.port))
            .env("AWS_ALLOW_HTTP", "true")
            .env("AWS_ACCESS_KEY_ID", KEY)
            .env("AWS_SECRET_ACCESS_KEY", SECRET)
            .env("AWS_REGION", "us-east-1")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn run(&self, shop: &Path, args: &[&str]) -> Run {
        Run::of(self.command(shop, args).output().expect("the program"))
    }

    /// Waits until the store was asked for something.
    fn wait_for(&self, method: &str, within: &str) {
        let until = Instant::now() + Duration::from_secs(240);
        let is_it = |line: &String| line.starts_with(method) && line.contains(within);
        while !self.log().iter().any(is_it) {
            assert!(Instant::now() < until, "no {method} of {within}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

struct Run {
    code: Option<i32>,
    said: String,
}

impl Run {
    /// Whatever it says, it says no key and no patient's name.
    fn of(output: Output) -> Run {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let all = format!("{said}{}", String::from_utf8_lossy(&output.stdout));
        for secret in [KEY, SECRET, "Signature", "Zoë", "Ångström"] {
            assert!(!all.contains(secret), "{secret}: {all}");
        }
        Run { code: output.status.code(), said }
    }
}

/// A roster whose regions tell it from another one.
fn roster(rows: usize, region: &str) -> String {
    let mut roster = "id,patient,regions,session_at\n".to_owned();
    for row in 0..rows {
        writeln!(roster, "{row:04},{NAME} {row},{region},2026-11-24T15:30").expect("a string");
    }
    roster
}

fn shop() -> TempDir {
    let shop = tempfile::tempdir().expect("a folder");
    fs::write(shop.path().join("few.csv"), roster(5, "neck")).expect("a roster");
    fs::write(shop.path().join("many.csv"), roster(MANY, "calf")).expect("a roster");
    fs::write(shop.path().join("more.csv"), roster(MORE, "hip")).expect("a roster");
    fs::write(shop.path().join("others.csv"), roster(MANY, "hip")).expect("a roster");
    shop
}

/// The archive of many rows as a file.
fn many() -> &'static [u8] {
    static MADE: OnceLock<Vec<u8>> = OnceLock::new();
    MADE.get_or_init(|| local("many.csv", &shop()))
}

fn local(roster: &str, shop: &TempDir) -> Vec<u8> {
    let mut command = Command::new(PROGRAM);
    command.current_dir(shop.path()).args([
        "--now",
        "2026-11-24T15:30",
        "batch",
        roster,
        "-o",
        "part.zip",
        "-q",
    ]);
    assert!(command.status().expect("the program").success());
    fs::read(shop.path().join("part.zip")).expect("an archive")
}

const PLACE: &str = "s3://clinic/day/part-1.zip";
const OBJECT: &str = "day/part-1.zip";

#[test]
fn an_object_has_the_bytes_of_the_archive_in_a_file() {
    let Some(server) = Server::start() else { return };
    let shop = shop();
    for (roster, name, bytes) in
        [("few.csv", "few.zip", &*local("few.csv", &shop)), ("many.csv", "many.zip", many())]
    {
        let run = server.run(shop.path(), &[roster, "-o", &format!("s3://clinic/{name}"), "--jobs", "2"]);
        assert_eq!(run.code, Some(0), "{}", run.said);
        assert!(run.said.contains(&format!("manifest.jsonl in s3://clinic/{name}")), "{}", run.said);
        assert!(server.object(name).expect("an object") == bytes, "other bytes: {name}");
    }
    assert!(many().len() > 8 << 20, "this is one part");
    assert_eq!(server.names(), (vec!["few.zip".to_owned(), "many.zip".to_owned()], vec![]));
    let parts = server.log().iter().filter(|line| line.contains("partNumber=2")).count();
    assert!(parts > 0, "it was not sent in parts");
    assert!(!shop.path().join("s3:").exists(), "a folder with the name of an address");
}

/// `03/04` and `13/04`: which number is the day, the column says as a whole.
#[test]
fn a_roster_may_stand_in_a_store_too() {
    let Some(server) = Server::start() else { return };
    let shop = shop();
    let few = roster(5, "neck");
    let days = few
        .replacen("2026-11-24T15:30", "03/12/2026 15:30", 1)
        .replace("2026-11-24T15:30", "24/11/2026 15:30");
    fs::write(shop.path().join("days.csv"), &days).expect("a roster");
    for (name, roster) in [("few", &few), ("days", &days)] {
        server.put(&format!("{name}.csv"), roster);
        let place = |ending: &str| format!("s3://clinic/{name}.{ending}");
        let run = server.run(shop.path(), &[&place("csv"), "-o", &place("zip")]);
        assert_eq!(run.code, Some(0), "{}", run.said);
        assert!(
            server.object(&format!("{name}.zip")).expect("an object") == local(&format!("{name}.csv"), &shop)
        );
    }
    let none = server.run(shop.path(), &["s3://clinic/none.csv", "-o", "out"]);
    assert_eq!(none.code, Some(2), "{}", none.said);
    assert!(none.said.contains("the store has no such object"), "{}", none.said);
    let none = server.run(shop.path(), &["few.csv", "-o", "s3://no-such-bucket/part-1.zip"]);
    assert_eq!(none.code, Some(1), "{}", none.said);
    assert!(none.said.contains("there is no bucket or container"), "{}", none.said);
    assert!(!shop.path().join("out").exists());
}

/// A name stands in no address and in no head, in letters or in digits.
#[test]
fn no_patients_name_is_told_to_the_store_but_in_the_handouts() {
    let Some(server) = Server::start() else { return };
    let shop = shop();
    assert_eq!(server.run(shop.path(), &["few.csv", "-o", PLACE]).code, Some(0));
    let log = server.log().join("\n");
    assert!(log.contains("PUT /clinic/day/part-1.zip"), "{log}");
    for part in ["Zo", "ngstr", "%C3%AB"] {
        assert!(!log.replace("amz", "").contains(part), "{part}: {log}");
    }
}

#[test]
fn a_run_that_was_killed_or_stopped_leaves_no_object() {
    let Some(server) = Server::start() else { return };
    let shop = shop();
    let begin = |roster: &str, place: &str| {
        server.command(shop.path(), &[roster, "-o", place, "--jobs", "1"]).spawn().expect("the program")
    };
    let mut killed = begin("more.csv", PLACE);
    server.wait_for("PUT", "partNumber=1");
    killed.kill().expect("a kill");
    killed.wait().expect("its end");
    assert_eq!(server.names().0, Vec::<String>::new());
    let stopped = begin("more.csv", "s3://clinic/stopped.zip");
    server.wait_for("PUT", "stopped.zip.aftercare-staged");
    Command::new("kill").args(["-INT", &stopped.id().to_string()]).status().expect("a signal");
    let stopped = Run::of(stopped.wait_with_output().expect("its end"));
    assert_eq!(stopped.code, Some(1), "{}", stopped.said);
    assert!(stopped.said.contains("stopped before the end of the roster"), "{}", stopped.said);
    let (objects, uploads) = server.names();
    assert_eq!(objects, Vec::<String>::new());
    assert!(!uploads.iter().any(|name| name.contains("stopped.zip")), "it took nothing back: {uploads:?}");
    let again = server.run(shop.path(), &["many.csv", "-o", PLACE, "--resume"]);
    assert_eq!(again.code, Some(0), "{}", again.said);
    assert!(server.object(OBJECT).expect("an object") == many(), "other bytes");
}

/// `other-part`: an object stands, and nobody said what should become of it.
#[test]
fn what_stands_is_kept_by_resume_and_written_over_by_force_alone() {
    let Some(server) = Server::start() else { return };
    let shop = shop();
    let roster = roster(12, "neck").replace("0007,", "0007 7,");
    fs::write(shop.path().join("day.csv"), &roster).expect("a roster");
    let run = |more: &[&str]| {
        server.run(shop.path(), &[&["day.csv", "-o", PLACE, "--shard", "1/2", "--faults-ok"], more].concat())
    };
    assert_eq!(run(&[]).code, Some(0));
    let made = server.object(OBJECT).expect("an object");
    let refused = run(&[]);
    assert_eq!(refused.code, Some(2), "{}", refused.said);
    assert!(refused.said.contains("an archive stands here already"), "{}", refused.said);
    let asked = server.log().len();
    let kept = run(&["--resume"]);
    assert_eq!(kept.code, Some(0), "{}", kept.said);
    assert!(kept.said.contains("0 made") && !kept.said.contains(" 0 kept"), "{}", kept.said);
    let wrote = |line: &&String| !line.starts_with("GET") && !line.starts_with("HEAD");
    assert_eq!(server.log()[asked..].iter().filter(wrote).count(), 0, "it wrote for what stands");
    fs::write(shop.path().join("day.csv"), roster.replace("neck", "calf")).expect("a roster");
    let other = run(&["--resume"]);
    assert_eq!(other.code, Some(2), "{}", other.said);
    assert!(other.said.contains("not of these rows as they are now"), "{}", other.said);
    assert!(server.object(OBJECT).expect("an object") == made, "it was written over");
    fs::write(shop.path().join("day.csv"), format!("{roster}0099,,neck,2026-11-24T15:30\n0098,,neck,2026-11-24T15:30\n0097,,hip,2026-11-24T15:30\n0096,,hip,2026-11-24T15:30\n")).expect("a roster");
    assert_eq!(run(&["--resume"]).code, Some(2), "a row more is another archive");
    let forced = run(&["--force"]);
    assert_eq!(forced.code, Some(0), "{}", forced.said);
    assert!(server.object(OBJECT).expect("an object") != made, "it was not written over");
    server.put("notes.zip", "notes");
    let foreign = server.run(shop.path(), &["day.csv", "-o", "s3://clinic/notes.zip", "--resume"]);
    assert_eq!(foreign.code, Some(2), "{}", foreign.said);
    assert!(foreign.said.contains("aftercare did not make what stands here"), "{}", foreign.said);
    assert_eq!(server.object("notes.zip").as_deref(), Some(&b"notes"[..]));
}

#[test]
fn of_two_machines_with_one_part_both_end_well_and_one_has_put_it() {
    let Some(server) = Server::start() else { return };
    let shop = shop();
    let begin = || {
        server.command(shop.path(), &["many.csv", "-o", PLACE, "--jobs", "1"]).spawn().expect("the program")
    };
    let both = [begin(), begin()].map(|run| Run::of(run.wait_with_output().expect("its end")));
    for run in &both {
        assert_eq!(run.code, Some(0), "{}", run.said);
    }
    assert!(server.object(OBJECT).expect("an object") == many(), "other bytes");
    assert_eq!(server.names(), (vec![OBJECT.to_owned()], vec![]), "what the other one sent is left");
}

#[test]
fn of_two_lists_that_are_put_in_one_place_the_second_leaves_the_first() {
    let Some(server) = Server::start() else { return };
    let shop = shop();
    let begin = |roster: &str| {
        server.command(shop.path(), &[roster, "-o", PLACE, "--jobs", "1"]).spawn().expect("the program")
    };
    let both = [begin("many.csv"), begin("others.csv")];
    let both = both.map(|run| Run::of(run.wait_with_output().expect("its end")));
    let won = both.iter().position(|run| run.code == Some(0)).expect("one that has put it");
    let lost = &both[1 - won];
    assert_eq!(lost.code, Some(1), "{}", lost.said);
    assert!(lost.said.contains("another run has put an archive of other rows"), "{}", lost.said);
    let bytes = if won == 0 { many().to_vec() } else { local("others.csv", &shop) };
    assert!(server.object(OBJECT).expect("an object") == bytes, "half of each");
    assert_eq!(server.names(), (vec![OBJECT.to_owned()], vec![]), "what the other one sent is left");
}

#[test]
fn a_store_that_fails_for_a_moment_is_asked_again() {
    let Some(server) = Server::start() else { return };
    let shop = shop();
    for (method, within) in
        [("POST", "uploads"), ("PUT", "partNumber=1"), ("PUT", "partNumber=2"), ("HEAD", "day")]
    {
        server.fail(method, &within.replace('=', "%3D"), 503, 2);
    }
    let run = server.run(shop.path(), &["many.csv", "-o", PLACE]);
    assert_eq!(run.code, Some(0), "{}", run.said);
    assert!(server.object(OBJECT).expect("an object") == many(), "other bytes");
    assert_eq!(server.names().1, Vec::<String>::new());
}

#[test]
fn a_store_that_fails_for_good_has_nothing_of_it() {
    let Some(server) = Server::start() else { return };
    let shop = shop();
    // A part, the end of the parts, the copy, its end: 403 is not tried again.
    let steps = [
        ("PUT", "staged", "does not let this run write"),
        ("POST", "uploadId", "does not let this run write"),
        ("PUT", "/clinic/day/part-3.zip?", "does not let this run write"),
        ("POST", "/clinic/day/part-4.zip?uploadId", "does not let this run write"),
    ];
    for (number, (method, within, words)) in steps.into_iter().enumerate() {
        let within = within.replace('/', "%2F").replace('?', "%3F");
        server.fail(method, &within, 403, 1);
        let run =
            server.run(shop.path(), &["many.csv", "-o", &format!("s3://clinic/day/part-{}.zip", number + 1)]);
        assert_eq!(run.code, Some(1), "{}", run.said);
        assert!(run.said.contains(words) && run.said.contains("403, Injected"), "{}", run.said);
        assert!(
            !run.said.contains("the account of every row") && !run.said.contains("ZipWriter"),
            "{}",
            run.said
        );
        assert!(!run.said.contains("left-in-store"), "{}", run.said);
        assert_eq!(server.names(), (vec![], vec![]), "step {number}");
    }
}

/// Stores say so when two requests for one object meet, and neither has put it yet.
#[test]
fn two_runs_that_meet_in_one_moment_are_told_to_try_again() {
    let Some(server) = Server::start() else { return };
    let shop = shop();
    for (roster, method, within) in
        [("few.csv", "PUT", "%2Fpart-1.zip%3F"), ("many.csv", "POST", "%2Fpart-1.zip%3FuploadId")]
    {
        // A conflict may be tried again by itself.
        server.fail(method, within, 409, 20);
        let met = server.run(shop.path(), &[roster, "-o", PLACE]);
        assert_eq!(met.code, Some(1), "{}", met.said);
        assert!(met.said.contains("another run is putting an archive in this place"), "{}", met.said);
        assert_eq!(server.names(), (vec![], vec![]));
        server.fail(method, within, 409, 0);
    }
}

/// `left-in-store`: what the store would not give up is told.
#[test]
fn parts_that_cannot_be_taken_back_are_told() {
    let Some(server) = Server::start() else { return };
    let shop = shop();
    server.fail("PUT", "partNumber", 403, 1);
    server.fail("DELETE", "uploadId", 403, 9);
    let run = server.run(shop.path(), &["many.csv", "-o", PLACE]);
    assert_eq!(run.code, Some(1), "{}", run.said);
    assert!(run.said.contains("the store may hold parts of this archive"), "{}", run.said);
    assert_eq!(server.names().0, Vec::<String>::new());
    assert_eq!(server.names().1.len(), 1);
}

#[test]
fn a_store_that_is_not_there_is_a_failure_and_a_call_that_names_none_is_refused() {
    let shop = shop();
    let run = |args: &[&str]| {
        let mut command = Command::new(PROGRAM);
        command.current_dir(shop.path()).arg("batch").args(args);
        for (key, value) in [
            ("AWS_ENDPOINT", "http://127.0.0.1:1"),
            ("AWS_ALLOW_HTTP", "true"),
            ("AWS_ACCESS_KEY_ID", KEY),
            ("AWS_SECRET_ACCESS_KEY", SECRET),
        ] {
            command.env(key, value);
        }
        Run::of(command.output().expect("the program"))
    };
    let gone = run(&["few.csv", "-o", PLACE]);
    assert_eq!(gone.code, Some(1), "{}", gone.said);
    assert!(gone.said.contains("cannot be reached") && gone.said.contains("AWS_…"), "{}", gone.said);
    assert_eq!(run(&["few.csv", "-o", PLACE, "--dry-run"]).code, Some(0), "a run for trial asks no store");
    for (place, words) in [
        ("s3://clinic/day/", "end it in the archive's name"),
        ("s3://part-1.zip", "end it in the archive's name"),
        (&*format!("s3://{KEY}:{SECRET}@clinic/part-1.zip"), "without keys"),
        ("https://clinic.example/part-1.zip?X-Signature=1", "none of an object store"),
        ("s3://clinic/part-1.zip?X-Signature=1", "without keys"),
        ("file:///data/part-1.zip", "named by its path"),
    ] {
        let refused = run(&["few.csv", "-o", place]);
        assert_eq!(refused.code, Some(2), "{place}: {}", refused.said);
        assert!(refused.said.contains(words), "{place}: {}", refused.said);
    }
    assert_eq!(run(&["s3://clinic/few.csv", "-o", "out"]).code, Some(1));
    assert_eq!(run(&["https://clinic.example/few.csv?key=1", "-o", "out"]).code, Some(2));
    assert_eq!(run(&["few.csv", "-o", "out", "--merge", "s3://clinic/all.pdf"]).code, Some(2));
    assert_eq!(fs::read_dir(shop.path()).expect("a folder").count(), 4, "something was made");
}
