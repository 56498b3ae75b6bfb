//! Reads what people give, within a limit.

use super::outcome::Failure;
use crate::diagnostic::{Diagnostic, Place, length};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The name of standard input in messages.
pub const STDIN: &str = "<stdin>";

/// A text of at most `limit` bytes, which `thing` names: "a request". `-` is standard input.
pub fn text(path: &Path, limit: u64, thing: &str) -> Result<(String, String), Failure> {
    let from_stdin = path.as_os_str() == "-";
    let name = if from_stdin { STDIN.to_owned() } else { path.to_string_lossy().into_owned() };
    let mut bytes = Vec::new();
    let read = match from_stdin {
        true => io::stdin().lock().take(limit + 1).read_to_end(&mut bytes),
        false => File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes)),
    };
    if let Err(error) = read {
        return Err(unreadable(&name, &error, thing).into());
    }
    if bytes.len() as u64 > limit {
        let message = format!("{thing} is at most {} KiB long", limit >> 10);
        return Err(Diagnostic::error("file-too-big", message).at(Place::file(name)).into());
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok((name, text)),
        Err(error) => Err(not_utf8(&name, error.as_bytes(), error.utf8_error().valid_up_to()).into()),
    }
}

fn unreadable(name: &str, error: &io::Error, thing: &str) -> Diagnostic {
    let (message, hint) = match error.kind() {
        io::ErrorKind::NotFound => {
            ("there is no such file".to_owned(), Some("a value with spaces needs quotes"))
        }
        io::ErrorKind::IsADirectory => (format!("this is a folder, not {thing}"), None),
        _ => (format!("the file cannot be read: {error}"), None),
    };
    match hint {
        // Part of a value that was meant to stand in quotes may be a patient's name, and messages are kept.
        Some(hint) if !name.contains(['.', '/', '\\']) => {
            Diagnostic::error("unreadable", format!("{message} {}", length(name))).hint(hint)
        }
        _ => Diagnostic::error("unreadable", message).at(Place::file(name)),
    }
}

fn not_utf8(name: &str, bytes: &[u8], valid: usize) -> Diagnostic {
    let before = bytes.get(..valid).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let column = String::from_utf8_lossy(&before[line_start..]).chars().count() + 1;
    Diagnostic::error("not-utf8", "the text is not UTF-8")
        .at(Place::line(name, line as u32, column as u32))
        .hint("save the file as UTF-8")
}
