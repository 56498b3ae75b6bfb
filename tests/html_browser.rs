//! The handout in a real browser: axe, HTML validity, widths from 320 px, dark and forced colours, no requests.
//! Needs Node and Chromium: `npm install --prefix tests/browser`, then `cargo test --test html_browser -- --ignored`.

#[path = "support/html_pages.rs"]
#[allow(dead_code)] // shared with tests/html.rs, which uses all of it
mod html_pages;

use aftercare::document::sample;
use aftercare::options::Edition;
use std::process::Command;

#[test]
#[ignore = "needs Node, Chromium and `npm install --prefix tests/browser`"]
fn pages_pass_in_a_browser() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, document) in [("mock", sample::sample()), ("everything", sample::sample_of_everything())] {
        for edition in Edition::ALL {
            let path = folder.path().join(format!("{name}-{edition}.html"));
            std::fs::write(path, html_pages::page(&document, *edition)).expect("a writable folder");
        }
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/check.mjs");
    let status = Command::new("node").arg(script).arg(folder.path()).status().expect("Node is installed");
    assert!(status.success(), "see the faults above");
}
