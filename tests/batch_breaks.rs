//! What breaks under a batch: the disk, the folder, the roster. It ends with a message and a code, nothing that was
//! made is lost, and `--resume` gives what an undisturbed run gives.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const HEADER: &str = "id,patient,session_at,regions,note\n";

fn row(number: usize) -> String {
    format!("p{number:07},Zoë {number},2026-11-24T15:30,neck,Note {number}\n")
}

fn roster(rows: usize) -> String {
    std::iter::once(HEADER.to_owned()).chain((0..rows).map(row)).collect()
}

fn workshop(rows: usize) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("roster.csv"), roster(rows)).expect("a roster");
    folder
}

fn aftercare(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aftercare"));
    command.current_dir(folder).args(arguments).env_remove("AFTERCARE_CLINIC");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    aftercare(folder, arguments).output().expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The handouts of a folder.
fn handouts(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("the folder stands").map(|entry| entry.expect("an entry"));
    let named = entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()));
    let pdfs = named.filter(|(name, _)| name.ends_with(".pdf"));
    pdfs.map(|(name, path)| (name, fs::read(path).expect("a file"))).collect()
}

/// Runs a shell script that may mount disks: as it is, or in a user namespace of its own. `None` where neither is
/// allowed.
fn with_disks(folder: &Path, script: &str) -> Option<Output> {
    let program = env!("CARGO_BIN_EXE_aftercare");
    let probe = "mkdir -p probe && mount -t tmpfs none probe && umount probe";
    let shells: [&[&str]; 2] =
        [&["unshare", "--mount"], &["unshare", "--user", "--map-root-user", "--mount"]];
    let shell = |prefix: &[&str], script: &str| {
        let mut command = Command::new(prefix[0]);
        command.args(&prefix[1..]).args(["sh", "-c", script]).current_dir(folder).env("AFTERCARE", program);
        command.env_remove("AFTERCARE_CLINIC").output().ok()
    };
    let allowed = |prefix: &&&[&str]| shell(prefix, probe).is_some_and(|output| output.status.success());
    let prefix = shells.iter().find(allowed)?;
    shell(prefix, script)
}

#[test]
fn a_full_disk_stops_the_run_and_loses_nothing() {
    let shop = workshop(120);
    assert!(run(shop.path(), &["batch", "roster.csv", "-o", "whole", "-q"]).status.success());
    // Room for some of the 120 sheets; then more room, and the rest.
    let script = "mkdir small && mount -t tmpfs -o size=1500k none small || exit 9
        $AFTERCARE batch roster.csv -o small/out -q; echo \"first: $?\" >&2
        mkdir first && cp small/out/*.pdf small/out/manifest.jsonl first/
        mount -o remount,size=64m small
        $AFTERCARE batch roster.csv -o small/out -q --resume; echo \"second: $?\" >&2
        mkdir second && cp small/out/*.pdf second/";
    let Some(output) = with_disks(shop.path(), script) else {
        return assert_a_refused_file_stops_the_run(shop.path());
    };
    let said = said(&output);
    assert!(said.contains("first: 1") && said.contains("second: 0"), "{said}");
    assert!(said.contains("cannot be written: the disk is full"), "{said}");
    let whole = handouts(&shop.path().join("whole"));
    let first = handouts(&shop.path().join("first"));
    assert!(first.len() < whole.len(), "the disk was not full");
    for (name, bytes) in &first {
        assert!(whole.get(name) == Some(bytes), "{name} is not whole");
    }
    let lines = fs::read_to_string(shop.path().join("first/manifest.jsonl")).expect("a manifest");
    assert!(lines.lines().count() <= first.len(), "the manifest says more than there is");
    assert!(handouts(&shop.path().join("second")) == whole, "the resumed run left other bytes");
}

/// Where no disk can be mounted: the system refuses to let files grow.
fn assert_a_refused_file_stops_the_run(folder: &Path) {
    let script = "trap '' XFSZ; ulimit -f 16; exec \"$0\" batch roster.csv -o refused -q";
    let mut shell = Command::new("bash");
    shell.current_dir(folder).args(["-c", script, env!("CARGO_BIN_EXE_aftercare")]);
    let output = shell.output().expect("bash runs");
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("cannot be written"), "{}", said(&output));
    assert!(handouts(&folder.join("refused")).is_empty());
}

/// An archive that lacks its end stands nowhere: nobody is told of sheets that there are not.
#[test]
fn an_archive_for_which_there_is_no_room_is_told_in_plain_words() {
    let shop = workshop(60);
    let ways = [
        (
            "trap '' XFSZ; ulimit -f 300; exec \"$0\" batch roster.csv -o out.zip",
            "the disk takes no larger file",
            "was not kept",
        ),
        ("exec \"$0\" batch roster.csv -o - > /dev/full", "the disk is full", "is cut short"),
    ];
    for (script, why, what) in ways {
        let mut shell = Command::new("bash");
        shell.current_dir(shop.path()).args(["-c", script, env!("CARGO_BIN_EXE_aftercare")]);
        let output = shell.env_remove("AFTERCARE_CLINIC").output().expect("bash runs");
        let said = said(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(
            said.contains("\n0 made, 0 kept from before, 0 failed") || said.starts_with("0 made"),
            "{said}"
        );
        assert!(said.contains("ready for the archive, which ") && said.contains(what), "{said}");
        assert!(said.contains(&format!("cannot be written: {why}")), "{said}");
        assert!(said.contains("name a place on another disk"), "{said}");
        assert!(!said.contains("ZipWriter") && !said.contains("os error"), "{said}");
        let left: Vec<_> = fs::read_dir(shop.path())
            .expect("a folder")
            .map(|one| one.expect("an entry").file_name())
            .collect();
        assert_eq!(left, ["roster.csv"], "{said}");
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let shop = workshop(3);
    let place = "roster.csv/out";
    let output = run(shop.path(), &["batch", "roster.csv", "-o", place]);
    assert!(!output.status.success());
    assert!(said(&output).contains(place), "{}", said(&output));
    let script = "mkdir shut && mount -t tmpfs -o ro none shut || exit 9
        $AFTERCARE batch roster.csv -o shut; echo \"code: $?\" >&2";
    if let Some(output) = with_disks(shop.path(), script) {
        let said = said(&output);
        assert!(said.contains("`shut") && said.contains("Read-only"), "{said}");
        assert!(said.contains("code: 2") || said.contains("code: 1"), "{said}");
    }
}

#[test]
fn a_folder_that_goes_away_is_told_and_made_again() {
    let shop = workshop(2000);
    let mut child = aftercare(shop.path(), &["batch", "roster.csv", "-o", "out", "-q"])
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let out = shop.path().join("out");
    wait_for(&mut child, || out.join("p0000000.pdf").exists());
    fs::rename(&out, shop.path().join("elsewhere")).expect("the folder moves");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("cannot be written"), "{}", said(&output));
    assert!(!said(&output).contains("panicked"), "{}", said(&output));

    fs::write(shop.path().join("few.csv"), roster(20)).expect("a roster");
    let output = run(shop.path(), &["batch", "few.csv", "-o", "elsewhere", "-q", "--resume"]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(run(shop.path(), &["batch", "few.csv", "-o", "whole", "-q"]).status.success());
    let resumed = handouts(&shop.path().join("elsewhere"));
    for (name, bytes) in handouts(&shop.path().join("whole")) {
        assert!(resumed.get(&name) == Some(&bytes), "{name} differs");
    }
}

fn wait_for(child: &mut Child, met: impl Fn() -> bool) {
    let start = Instant::now();
    while !met() && child.try_wait().expect("a state").is_none() {
        assert!(start.elapsed() < Duration::from_secs(60), "nothing was made in a minute");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// The most memory that a running process has had, KiB; 0 when it has ended.
#[cfg(target_os = "linux")]
fn peak(child: &Child) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Feeds a roster to a dry run of a shard that holds few of its rows; tells its peak memory.
#[cfg(target_os = "linux")]
fn fed(rows: impl Iterator<Item = String>) -> (u64, Output) {
    let folder = TempDir::new().expect("a folder");
    let arguments = ["batch", "-", "-o", "out", "--dry-run", "--shard", "1/10000"];
    let mut child = aftercare(folder.path(), &arguments)
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut input = std::io::BufWriter::new(child.stdin.take().expect("a pipe"));
    input.write_all(HEADER.as_bytes()).expect("it reads");
    for row in rows {
        input.write_all(row.as_bytes()).expect("it reads");
    }
    input.flush().expect("it reads");
    drop(input);
    watched(child)
}

/// The most memory that a process has until it ends, KiB.
#[cfg(target_os = "linux")]
fn watched(mut child: Child) -> (u64, Output) {
    let mut most = peak(&child);
    while child.try_wait().expect("a state").is_none() {
        most = most.max(peak(&child));
        std::thread::sleep(Duration::from_millis(1));
    }
    (most, child.wait_with_output().expect("it ends"))
}

#[test]
#[cfg(target_os = "linux")]
fn a_million_rows_stream_through() {
    // As many as have a sheet among them, for which texts are compiled.
    let (few, output) = fed((0..50_000).map(row));
    assert!(output.status.success(), "{}", said(&output));
    let (many, output) = fed((0..1_000_000).map(row));
    assert!(output.status.success(), "{}", said(&output));
    // The last ids wait in memory, with a filter of 1 MiB; all others are on the disk.
    assert!(many < few + 7 * 1024, "{few} KiB for fifty thousand rows, {many} KiB for a million");
}

/// As from a program that writes a row whenever a patient leaves.
#[test]
fn rows_that_come_slowly_are_made_as_they_come() {
    let shop = workshop(0);
    fs::create_dir(shop.path().join("out")).expect("a folder");
    let mut child =
        aftercare(shop.path(), &["batch", "-", "--roster-format", "csv", "-o", "out", "--jobs", "2"])
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
    let mut roster = child.stdin.take().expect("its input");
    roster.write_all(HEADER.as_bytes()).expect("a header");
    // More than go one by one at the start, fewer than get their names together.
    for number in 0..40 {
        roster.write_all(row(number).as_bytes()).expect("a row");
    }
    let made = || handouts(&shop.path().join("out")).len();
    wait_for(&mut child, || made() == 40);
    for number in 40..42 {
        roster.write_all(row(number).as_bytes()).expect("a row");
        wait_for(&mut child, || made() > number);
    }
    drop(roster);
    let output = child.wait_with_output().expect("its end");
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(made(), 42);
}

/// The program that writes the rows goes on; the person does not want to.
#[test]
#[cfg(unix)]
fn a_run_that_waits_for_a_row_can_be_stopped() {
    let shop = workshop(0);
    fs::create_dir(shop.path().join("out")).expect("a folder");
    let mut child = aftercare(shop.path(), &["batch", "-", "--roster-format", "csv", "-o", "out"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut roster = child.stdin.take().expect("its input");
    let rows = format!("{HEADER}{}p2,Zoë,2026-11-24T15:30,nowhere,\n", row(1));
    roster.write_all(rows.as_bytes()).expect("rows");
    wait_for(&mut child, || handouts(&shop.path().join("out")).len() == 1);
    let stopped = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill");
    assert!(stopped.success());
    let output = child.wait_with_output().expect("its end");
    assert!(said(&output).contains("stopped before the end"), "{}", said(&output));
    let failed = fs::read_to_string(shop.path().join("out/errors.csv")).expect("the failed row");
    assert!(failed.contains("nowhere"), "{failed}");
    drop(roster);
}

/// Whoever unpacks what a stopped run sent is told by the program that unpacks it.
#[test]
#[cfg(unix)]
fn a_stopped_archive_on_a_stream_does_not_look_whole() {
    let shop = workshop(0);
    let archive = fs::File::create(shop.path().join("out.tar")).expect("a file");
    let batch = ["batch", "-", "--roster-format", "csv", "-o", "-", "--format", "note", "--jobs", "1"];
    let mut child = aftercare(shop.path(), &batch)
        .stdin(Stdio::piped())
        .stdout(archive)
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut roster = child.stdin.take().expect("its input");
    let rows = format!("{HEADER}{}p2,Zoë,2026-11-24T15:30,nowhere,\n", row(1));
    roster.write_all(rows.as_bytes()).expect("rows");
    let mut told = BufReader::new(child.stderr.take().expect("its messages"));
    let mut line = String::new();
    while !line.contains("unknown region") && told.read_line(&mut line).expect("a message") > 0 {}
    let stopped = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill");
    assert!(stopped.success());
    let output = child.wait_with_output().expect("its end");
    drop(roster);
    assert_eq!(output.status.code(), Some(1), "{line}");
    let listed = Command::new("tar").args(["-tf", "out.tar"]).current_dir(shop.path()).output().expect("tar");
    assert!(!listed.status.success(), "the archive is not whole");
    let names = String::from_utf8_lossy(&listed.stdout).into_owned();
    assert!(names.ends_with("NOT-WHOLE.txt\n") && !names.contains("manifest"), "{names}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_long_manifest_is_not_held_in_memory() {
    let line = |number: usize| {
        let hash = "0123456789abcdef".repeat(4);
        format!(
            "{{\"id\":\"p{number:07}\",\"row\":{number},\"status\":\"made\",\"sha256\":\"{hash}\",\"bytes\":1,\
             \"pages\":2,\"content_version\":\"1\",\"request\":\"{hash}\"}}\n"
        )
    };
    let [few, many] = [10, 300_000].map(|lines| {
        let shop = workshop(40);
        fs::create_dir(shop.path().join("out")).expect("a folder");
        let manifest: String = (0..lines).map(line).collect();
        fs::write(shop.path().join("out/manifest.jsonl"), manifest).expect("a manifest");
        let child = aftercare(shop.path(), &["batch", "roster.csv", "-o", "out", "--resume", "--jobs", "1"])
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let (peak, output) = watched(child);
        assert!(output.status.success(), "{}", said(&output));
        peak
    });
    assert!(many < few + 4 * 1024, "{few} KiB for ten lines, {many} KiB for 300,000");
}

/// A disk without room for the ids of many rows.
#[test]
fn ids_that_cannot_be_kept_end_the_run_with_what_to_do() {
    let shop = workshop(40_000);
    let script = "trap '' XFSZ; ulimit -f 64; exec \"$0\" batch roster.csv -o out --dry-run";
    let mut shell = Command::new("bash");
    shell.current_dir(shop.path()).args(["-c", script, env!("CARGO_BIN_EXE_aftercare")]);
    let output = shell.output().expect("bash runs");
    let said = said(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("the ids so far could not be kept in") && said.contains("64 bytes a row"),
        "{said}"
    );
    assert!(!said.contains("panicked") && !said.contains("Zoë"), "{said}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_row_of_ten_megabytes_is_refused_and_not_held() {
    let long = || format!("long,Zoë,2026-11-24T15:30,neck,{}\n", "x".repeat(10 << 20));
    let (few, _) = fed((0..2).map(row));
    let (peak, _) = fed([row(0), long(), row(1)].into_iter());
    assert!(peak < few + 4 * 1024, "{few} KiB without the long row, {peak} KiB with it");

    let shop = TempDir::new().expect("a folder");
    fs::write(shop.path().join("r.csv"), [HEADER, &row(0), &long(), &row(1)].concat()).expect("a roster");
    let output = run(shop.path(), &["batch", "r.csv", "-o", "out"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert_eq!(handouts(&shop.path().join("out")).len(), 2, "the rows around it are made");
    let failed = fs::read_to_string(shop.path().join("out/errors.csv")).expect("a list of failures");
    assert!(failed.contains("64 KiB") && failed.len() < 4096, "{failed}");
}

/// More objects than one section of the cross-reference table holds.
#[test]
fn a_long_merged_file_is_sound() {
    let shop = workshop(800);
    let output = run(shop.path(), &["batch", "roster.csv", "-o", "out", "--merge", "all.pdf", "-q"]);
    assert!(output.status.success(), "{}", said(&output));
    let file = shop.path().join("all.pdf");
    let bytes = fs::read(&file).expect("a file");
    let sections = bytes.windows(10).filter(|window| window == b"/Type/XRef").count();
    assert!(sections > 1, "the table is in one section");
    assert_eq!(lopdf::Document::load(&file).expect("a PDF").get_pages().len(), 1600);
    for (program, arguments) in [("qpdf", ["--check"]), ("pdfinfo", ["-struct"])] {
        let output = Command::new(program).args(arguments).arg(&file).output();
        let Ok(output) = output else {
            assert!(std::env::var("CI").as_deref() != Ok("true"), "{program} is missing");
            continue;
        };
        // qpdf 11.3 says so of one sound stream in ten thousand: zlib itself reads it to its end and sum.
        let quirk = "input stream is complete but output may still be valid";
        let said = said(&output);
        let faults =
            said.lines().filter(|line| !line.contains(quirk) && !line.contains("succeeded with warnings"));
        assert_eq!(faults.collect::<Vec<_>>(), [""; 0], "{program}");
    }
}

/// The commands of docs/scale.md, run as they stand there.
#[test]
fn shards_under_gnu_parallel_make_every_row_once() {
    if Command::new("parallel").arg("--version").output().is_err() {
        let loud = "*** NOT CHECKED: GNU parallel is missing ***";
        assert!(std::env::var("CI").as_deref() != Ok("true"), "{loud}");
        return eprintln!("{loud}");
    }
    let shop = workshop(60);
    let page = include_str!("../docs/scale.md");
    let (_, from) = page.split_once("```sh\nparallel ").expect("the page shows the command");
    let (commands, _) = from.split_once("```").expect("the end of the commands");
    let path = std::env::var("PATH").unwrap_or_default();
    let program = Path::new(env!("CARGO_BIN_EXE_aftercare")).parent().expect("a folder").display();
    let mut shell = Command::new("bash");
    shell.args(["-ec", &format!("parallel {commands}")]).env("PATH", format!("{program}:{path}"));
    let output = shell.current_dir(shop.path()).env("HOME", shop.path()).output().expect("bash runs");
    assert!(output.status.success(), "{}", said(&output));
    assert!(run(shop.path(), &["batch", "roster.csv", "-o", "whole", "-q"]).status.success());
    let shards: Vec<_> = (1..=8).map(|shard| handouts(&shop.path().join(format!("out/{shard}")))).collect();
    let made: usize = shards.iter().map(BTreeMap::len).sum();
    assert_eq!(made, 60, "every row once");
    let together: BTreeMap<_, _> = shards.into_iter().flatten().collect();
    assert!(together == handouts(&shop.path().join("whole")), "the shards left other bytes");
    let lines = |name: &str| {
        let manifest = fs::read_to_string(shop.path().join(name)).expect("a manifest");
        let mut lines: Vec<_> = manifest.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(lines("manifest.jsonl"), lines("whole/manifest.jsonl"), "the manifests do not add up");
}
