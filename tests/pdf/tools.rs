//! Programs of others that judge a PDF. Where one is missing, a test says so loudly, and fails when `CI` is true.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

/// A file that a program can read, gone with the value.
pub struct File(PathBuf);

impl File {
    pub fn new(bytes: &[u8]) -> File {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("aftercare-{}-{number}.pdf", std::process::id()));
        std::fs::write(&path, bytes).expect("the temporary folder can be written");
        File(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// What a program says of a file; `None` when the program is not installed.
pub fn run(program: &str, arguments: &[&str], file: &File) -> Option<Output> {
    // pdftotext wants a name for its output after the file: standard output.
    let out: &[&str] = if program == "pdftotext" { &["-"] } else { &[] };
    match Command::new(program).args(arguments).arg(file.path()).args(out).output() {
        Ok(output) => Some(output),
        Err(error) => missing(&format!("{program}: {error}")),
    }
}

/// What a program prints of a file that it must accept.
pub fn printed(program: &str, arguments: &[&str], file: &File) -> Option<String> {
    let output = run(program, arguments, file)?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{program}: {text}{}", String::from_utf8_lossy(&output.stderr));
    Some(text)
}

/// The findings of the conformance checkers, a line each.
pub fn findings(file: &File) -> Option<Vec<String>> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pdf/check_pdf.py");
    let output = run("python3", &[script], file)?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    match output.status.code() {
        Some(0 | 1) => Some(text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()),
        Some(3) => missing(&text),
        _ => panic!("check_pdf.py: {text}{}", String::from_utf8_lossy(&output.stderr)),
    }
}

fn missing<T>(what: &str) -> Option<T> {
    let loud = format!("\n*** NOT CHECKED: {} ***\n", what.trim());
    assert!(std::env::var("CI").is_ok_and(|ci| ci == "true").eq(&false), "{loud}");
    eprintln!("{loud}");
    None
}
