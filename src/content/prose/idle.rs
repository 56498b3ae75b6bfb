//! Drawings, fonts and logos of a clinic's own that nothing names.

use crate::content::files::{Embedded, Files};
use crate::diagnostic::{Diagnostic, Place};

const FIGURES: &str = "content/figures/";

/// Folders, what their files are, and what to do with one that nothing names.
const KINDS: [(&str, &[&str], &str); 3] = [
    (FIGURES, &["svg"], "name it under `figure` or `icon`, or in a text, or take it out"),
    // Fonts of other kinds are all used: for the letters that those of the brand lack.
    ("fonts/", &["woff", "woff2"], "sheets need TrueType or OpenType (.ttf, .otf, .ttc): put that file here"),
    ("templates/", &["svg", "png"], "name it under `logo` in templates/brand.yaml, or take it out"),
];

pub fn files(files: &dyn Files) -> Vec<Diagnostic> {
    let paths: Vec<String> = files.list().unwrap_or_default().into_iter().map(|file| file.path).collect();
    let built_in: Vec<String> =
        Embedded.list().unwrap_or_default().into_iter().map(|file| file.path).collect();
    let own = paths.iter().filter(|path| !built_in.contains(path));
    let kept: Vec<(&String, &str, &str)> = own.filter_map(|path| kind(path)).collect();
    if kept.is_empty() {
        return Vec::new();
    }
    let texts = texts(files, &paths);
    let unnamed = kept.into_iter().filter(|(path, name, _)| {
        let is_figure = path.starts_with(FIGURES);
        !texts.iter().any(|text| names(text, name, is_figure))
    });
    let told = unnamed.map(|(path, _, hint)| {
        Diagnostic::warning("idle-file", "nothing names this file").at(Place::file(&**path)).hint(hint)
    });
    told.collect()
}

/// The path, the name that a text would call it by, and what to do.
fn kind(path: &String) -> Option<(&String, &str, &'static str)> {
    let (folder, endings, hint) = KINDS.iter().find(|(folder, ..)| path.starts_with(folder))?;
    let name = path.strip_prefix(folder)?;
    let (stem, ending) = name.rsplit_once('.')?;
    if name.contains('/') || !endings.contains(&ending.to_ascii_lowercase().as_str()) {
        return None;
    }
    Some((path, if *folder == FIGURES { stem } else { name }, hint))
}

fn texts(files: &dyn Files, paths: &[String]) -> Vec<String> {
    let is_text =
        |path: &&String| [".yaml", ".md", ".tera", ".html", ".css"].iter().any(|end| path.ends_with(end));
    let read = paths.iter().filter(is_text).filter_map(|path| files.read(path).ok());
    read.map(|data| String::from_utf8_lossy(&data).into_owned()).collect()
}

/// Whether a text names a file: as a whole, and a figure where figures are named, for its id may be any word.
fn names(text: &str, name: &str, is_figure: bool) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    text.match_indices(name).any(|(at, _)| {
        let (before, behind) = (&text[..at], &text[at + name.len()..]);
        !before.ends_with(part) && !behind.starts_with(part) && (!is_figure || is_figure_s(before))
    })
}

/// Keys and marks in front of a figure's id, and the key of a list of them.
const BEFORE: [&str; 3] = ["figure:", "icon:", "]("];
const LIST: &str = "pictograms:";

fn is_figure_s(before: &str) -> bool {
    let bare = before.trim_end_matches(|c: char| c.is_whitespace() || "\"'".contains(c));
    let listed = before.rfind(LIST).is_some_and(|at| {
        before[at + LIST.len()..].chars().all(|c| c.is_alphanumeric() || " \n\t,[-_\"'".contains(c))
    });
    listed || BEFORE.iter().any(|key| bare.ends_with(key))
}
