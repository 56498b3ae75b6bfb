//! Calls the program as a person would, in a folder of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A folder to work in.
pub struct Desk {
    folder: TempDir,
    environment: Vec<(String, String)>,
    /// A clinic folder beside it.
    #[allow(dead_code)]
    clinic: Option<TempDir>,
}

/// How a call ended.
#[derive(Debug)]
pub struct Ended {
    pub code: i32,
    pub stdout: Vec<u8>,
    pub stderr: String,
}

impl Desk {
    pub fn new() -> Desk {
        let folder = tempfile::tempdir().expect("a folder");
        let environment = vec![("SOURCE_DATE_EPOCH".into(), "1795552200".into())];
        Desk { folder, environment, clinic: None }
    }

    /// The desk of a clinic that gives a number to call.
    pub fn with_phone() -> Desk {
        let clinic = tempfile::tempdir().expect("a folder");
        let folder = clinic.path().join("clinic").to_string_lossy().into_owned();
        let mut desk = Desk::new();
        assert_eq!(desk.call_words(&["init", &folder, "--quiet"]).code, 0);
        let profile = clinic.path().join("clinic/content/clinic.yaml");
        let text = std::fs::read_to_string(&profile).unwrap();
        std::fs::write(&profile, text.replace("phone: \"\"", "phone: 416 555-0100")).unwrap();
        desk.clinic = Some(clinic);
        desk.with("AFTERCARE_CLINIC", &folder)
    }

    pub fn with(mut self, name: &str, value: &str) -> Desk {
        self.environment.push((name.into(), value.into()));
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Every file below the folder, by name.
    pub fn files(&self) -> Vec<String> {
        let mut names = Vec::new();
        collect(self.folder.path(), self.folder.path(), &mut names);
        names.sort();
        names
    }

    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_aftercare"));
        command.args(words).current_dir(self.folder.path()).stdin(Stdio::null());
        for name in ["AFTERCARE_CLINIC", "SOURCE_DATE_EPOCH", "NO_COLOR"] {
            command.env_remove(name);
        }
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Calls with a line of words.
    pub fn call(&self, line: &str) -> Ended {
        self.call_words(&line.split_whitespace().collect::<Vec<_>>())
    }

    pub fn call_words(&self, words: &[&str]) -> Ended {
        ended(self.command(words).output().expect("the program starts"))
    }

    /// Calls with a text on standard input.
    pub fn pipe(&self, line: &str, text: &[u8]) -> Ended {
        use std::io::Write;
        let words: Vec<&str> = line.split_whitespace().collect();
        let mut command = self.command(&words);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        // The program may stop reading before the end; that is its right.
        let _ = child.stdin.take().unwrap().write_all(text);
        ended(child.wait_with_output().expect("the program ends"))
    }
}

fn ended(output: Output) -> Ended {
    Ended {
        code: output.status.code().expect("no signal"),
        stdout: output.stdout,
        stderr: String::from_utf8(output.stderr).expect("messages are UTF-8"),
    }
}

fn collect(root: &Path, folder: &Path, names: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            collect(root, &entry, names);
        } else {
            names.push(entry.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/"));
        }
    }
}

impl Ended {
    /// What was written to standard output, as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.stdout.clone()).expect("text is UTF-8")
    }

    #[track_caller]
    pub fn succeeds(self) -> Ended {
        assert_eq!(self.code, 0, "{}", self.stderr);
        self
    }

    /// Ends with this code and a message that holds each of these parts.
    #[track_caller]
    pub fn fails(self, code: i32, parts: &[&str]) -> Ended {
        assert_eq!(self.code, code, "{}", self.stderr);
        for part in parts {
            assert!(self.stderr.contains(part), "{part:?} is not in {}", self.stderr);
        }
        self
    }
}
