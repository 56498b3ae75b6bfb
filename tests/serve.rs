//! `aftercare serve` on a real port: what it refuses to do, and how it ends.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

fn aftercare(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aftercare"));
    command.arg("serve").args(args).env_remove("AFTERCARE_TOKEN").env_remove("AFTERCARE_CLINIC");
    command
}

fn refused(args: &[&str]) -> (Option<i32>, String) {
    let Output { status, stderr, .. } = aftercare(args).output().expect("the program runs");
    (status.code(), String::from_utf8_lossy(&stderr).into_owned())
}

/// The page on a port of the system's choice; ended when dropped.
struct Served {
    child: Child,
    address: SocketAddr,
}

impl Served {
    fn start() -> Served {
        Served::of(aftercare(&["--port", "0"]))
    }

    fn of(mut command: Command) -> Served {
        let mut child = command.stderr(Stdio::piped()).spawn().expect("the program starts");
        let lines = BufReader::new(child.stderr.take().expect("its messages")).lines();
        let line = lines.map_while(Result::ok).find(|line| line.contains("http://")).expect("an address");
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("a host");
        Served { child, address: address.parse().expect("a host and a port") }
    }

    /// What a form of the page's own is answered.
    fn post(&self, path: &str, form: &str) -> String {
        let (host, length) = (self.address, form.len());
        self.say(&format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Length: {length}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\n{form}"
        ))
    }

    /// Everything that comes back until the server ends the connection.
    fn say(&self, text: &str) -> String {
        let mut stream = TcpStream::connect(self.address).expect("the port is open");
        stream.write_all(text.as_bytes()).expect("a server that reads");
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_port_that_is_taken_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let (code, message) = refused(&["--port", &port]);
    assert_eq!(code, Some(2));
    assert!(message.contains(&format!("port {port} is taken")) && message.contains("--port"), "{message}");
}

#[test]
fn other_machines_need_a_token() {
    for args in [&["--host", "0.0.0.0"][..], &["--host", "0.0.0.0", "--token", "short"], &["--host", "::"]] {
        let (code, message) = refused(args);
        assert_eq!(code, Some(2), "{args:?}");
        assert!(message.contains("token"), "{message}");
    }
}

#[test]
fn it_answers_on_its_port_and_hangs_up_on_what_is_no_request() {
    let served = Served::start();
    let host = served.address;
    let page = served.say(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
    assert!(page.starts_with("HTTP/1.1 200"), "{}", &page[..page.len().min(80)]);
    let stranger = served.say("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assert!(stranger.starts_with("HTTP/1.1 421"));
    let garbage = served.say("\u{16}\u{3}\u{1} hello\r\n\r\n");
    assert!(garbage.is_empty() || garbage.starts_with("HTTP/1.1 400"), "{garbage}");
    let endless =
        served.say(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nX-Long: {}\r\n\r\n", "x".repeat(200 << 10)));
    assert!(
        endless.is_empty() || endless.starts_with("HTTP/1.1 431"),
        "{}",
        &endless[..endless.len().min(80)]
    );
    let again = served.say(&format!("GET /key HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
    assert!(again.starts_with("HTTP/1.1 200"), "it goes on after all that");
}

#[cfg(unix)]
#[test]
fn asked_to_terminate_it_ends_well() {
    let mut served = Served::start();
    let _silent = TcpStream::connect(served.address).expect("the port is open");
    let kill = Command::new("kill").arg(served.child.id().to_string()).status().expect("kill runs");
    assert!(kill.success());
    assert_eq!(served.child.wait().expect("it ends").code(), Some(0));
}

/// A clinic folder that names print queues.
#[cfg(unix)]
fn clinic_with_printers(folder: &Path) -> PathBuf {
    let clinic = folder.join("clinic");
    let made = Command::new(env!("CARGO_BIN_EXE_aftercare")).arg("init").arg(&clinic).output().unwrap();
    assert!(made.status.success());
    let file = clinic.join("content/clinic.yaml");
    let printers = "\nprinters:\n  - {name: Front desk, queue: front-desk}\n  \
                    - {name: Big type, queue: office_2, edition: large-print, tray: Tray-2}\n";
    fs::write(&file, fs::read_to_string(&file).unwrap() + printers).unwrap();
    clinic
}

/// A folder with a program `lp` that does what `script` says.
#[cfg(unix)]
fn with_lp(folder: &Path, name: &str, script: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let bin = folder.join(name);
    fs::create_dir(&bin).unwrap();
    let lp = bin.join("lp");
    fs::write(&lp, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&lp, fs::Permissions::from_mode(0o755)).unwrap();
    bin
}

#[cfg(unix)]
fn serving(clinic: &Path, path: &str) -> Served {
    let mut command = aftercare(&["--port", "0", "--now", "2026-11-24T15:30", "--clinic"]);
    command.arg(clinic).env("PATH", path);
    Served::of(command)
}

#[cfg(unix)]
#[test]
fn a_queues_button_hands_the_very_same_pdf_to_lp_under_a_title_that_says_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = clinic_with_printers(folder.path());
    let bin =
        with_lp(folder.path(), "bin", "here=$(dirname \"$0\")\necho \"$@\" > $here/args\ncat > $here/job");
    let served = serving(&clinic, &format!("{}:/usr/bin:/bin", bin.display()));
    let page =
        served.say(&format!("GET / HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", served.address));
    assert!(
        page.contains(">Print: Front desk</button>")
            && page.contains(">Print: Big type (large print)</button>")
    );
    let form = "regions=calf&patient=Ann&printer=Front+desk&as=sentence";
    let answer = served.post("/print", form);
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("Front desk has the sheet."), "{answer}");
    let args = fs::read_to_string(bin.join("args")).unwrap();
    assert_eq!(args, "-d front-desk -t aftercare -o sides=two-sided-long-edge -o media=Letter\n");
    let rendered = folder.path().join("sheet.pdf");
    let mut render = Command::new(env!("CARGO_BIN_EXE_aftercare"));
    render.args(["render", "--region", "calf", "--name", "Ann", "--now", "2026-11-24T15:30", "--clinic"]);
    assert!(render.arg(&clinic).arg("-o").arg(&rendered).output().unwrap().status.success());
    assert!(fs::read(bin.join("job")).unwrap() == fs::read(&rendered).unwrap(), "the engine's own bytes");
    let answer = served.post("/print", "regions=calf&patient=Ann&printer=Big+type");
    assert!(
        answer.contains("Big type has the sheet.") && !answer.contains("value=\"Ann\""),
        "the form is clear"
    );
    let args = fs::read_to_string(bin.join("args")).unwrap();
    assert!(args.contains("-d office_2") && args.contains("media=Letter,Tray-2"), "{args}");
    assert!(fs::read(bin.join("job")).unwrap() != fs::read(&rendered).unwrap(), "in large print");
}

#[cfg(unix)]
#[test]
fn a_queue_that_fails_or_is_missing_is_told_and_nothing_typed_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = clinic_with_printers(folder.path());
    let form = "regions=calf&patient=Ann&printer=Front+desk";
    let sulks =
        with_lp(folder.path(), "sulks", "echo 'lp: The printer or class does not exist.' >&2; exit 1");
    let answer = serving(&clinic, &format!("{}:/usr/bin:/bin", sulks.display())).post("/print", form);
    assert!(answer.starts_with("HTTP/1.1 502"), "{answer}");
    assert!(answer.contains("did not take the sheet. The printer or class does not exist."), "its own words");
    assert!(answer.contains("value=\"Ann\""), "what was typed stays");
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let answer = serving(&clinic, &empty.display().to_string()).post("/print", form);
    assert!(answer.starts_with("HTTP/1.1 502") && answer.contains("no program lp"), "{answer}");
    let answer = serving(&clinic, &empty.display().to_string()).post("/print", "regions=calf&printer=-x");
    assert!(
        answer.starts_with("HTTP/1.1 404") && answer.contains("This printer is not known any more."),
        "{answer}"
    );
}

#[cfg(unix)]
#[test]
fn a_queues_name_that_lp_could_take_for_a_flag_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = clinic_with_printers(folder.path());
    let file = clinic.join("content/clinic.yaml");
    for bad in ["-x", "a b", "a;b", "../a", "\"\""] {
        let text = fs::read_to_string(&file).unwrap().replace("queue: front-desk", &format!("queue: {bad}"));
        let other = folder.path().join("other.yaml");
        fs::copy(&file, &other).unwrap();
        fs::write(&file, text).unwrap();
        let (code, message) = refused(&["--port", "0", "--clinic", clinic.to_str().unwrap()]);
        fs::copy(&other, &file).unwrap();
        assert_eq!(code, Some(2), "{bad}: {message}");
        assert!(message.contains("clinic.yaml"), "{message}");
    }
}
