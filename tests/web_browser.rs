//! The clinician's page in a real browser, on its users' paths: six interactions, keyboard only, without scripts,
//! clearing, faults, axe in every state. Needs Node and Chromium: `npm install --prefix tests/browser`, then
//! `cargo test --test web_browser -- --ignored`.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// The program, ended with the test.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts the page on a port of the system's choice; its address.
fn served() -> (Served, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_aftercare"))
        .args(["serve", "--port", "0", "--now", "2026-11-24T15:30"])
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let errors = BufReader::new(child.stderr.take().expect("its messages"));
    let served = Served(child);
    let ready = errors.lines().map_while(Result::ok).find(|line| line.contains("http://"));
    let line = ready.expect("the page says where it is");
    let address =
        line.split_whitespace().find(|word| word.starts_with("http://")).expect("an address").to_owned();
    (served, address)
}

#[test]
#[ignore = "needs Node, Chromium and `npm install --prefix tests/browser`"]
fn the_page_passes_in_a_browser() {
    let (_served, address) = served();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/web.mjs");
    let status = Command::new("node").args([script, &address]).status().expect("Node is installed");
    assert!(status.success(), "see the faults above");
}
