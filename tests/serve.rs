//! `aftercare serve` on a real port: what it refuses to do, and how it ends.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
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
        let mut child =
            aftercare(&["--port", "0"]).stderr(Stdio::piped()).spawn().expect("the program starts");
        let lines = BufReader::new(child.stderr.take().expect("its messages")).lines();
        let line = lines.map_while(Result::ok).find(|line| line.contains("http://")).expect("an address");
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("a host");
        Served { child, address: address.parse().expect("a host and a port") }
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
