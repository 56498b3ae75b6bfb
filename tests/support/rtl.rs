//! A clinic with a language that runs from right to left: the built-in folder with its English written in Hebrew letters, one
//! for one. Nobody reads it, but it runs as Hebrew does, and has every text, name and number of the English.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// Debian's fonts (package fonts-noto-core).
const FONTS: [&str; 2] = ["NotoSansHebrew-Regular.ttf", "NotoSansHebrew-Bold.ttf"];
const FOLDER: &str = "/usr/share/fonts/truetype/noto";

/// The letters of A to Z.
const LETTERS: [char; 26] = [
    'א', 'ב', 'צ', 'ד', 'ע', 'פ', 'ג', 'ה', 'י', 'ז', 'ק', 'ל', 'מ', 'נ', 'ו', 'ף', 'ך', 'ר', 'ס', 'ת', 'ט',
    'ץ', 'ש', 'ח', 'ם', 'ן',
];

/// English words in Hebrew letters; what the program fills in stays.
pub fn hebrew(text: &str) -> String {
    let mut written = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '{' if rest.starts_with("{{") => rest.find("}}").map(|at| at + 2),
            '{' if rest.starts_with("{%") => rest.find("%}").map(|at| at + 2),
            '{' => rest.find('}').map(|at| at + 1),
            ']' if rest.starts_with("](") => rest.find(')').map(|at| at + 1),
            _ => None,
        };
        let end = end.unwrap_or(first.len_utf8());
        let index = (first.to_ascii_lowercase() as usize).wrapping_sub('a' as usize);
        match LETTERS.get(index) {
            Some(letter) if first.is_ascii_alphabetic() => written.push(*letter),
            _ => written.push_str(&rest[..end]),
        }
        rest = &rest[end..];
    }
    written
}

/// Keys whose values are no words.
const NO_WORDS: [&str; 19] = [
    "dose",
    "id",
    "claims",
    "reviewed",
    "review-by",
    "priority",
    "order",
    "audience",
    "group",
    "figure",
    "icon",
    "show-title",
    "conditions",
    "not-with",
    "area",
    "regions",
    "condition",
    "title-shown",
    "clock",
];

/// A YAML file with its values in Hebrew letters. `words`: every key has words.
fn yaml(text: &str, words: bool) -> String {
    let mut written = String::new();
    let mut skipped: Option<usize> = None;
    for line in text.lines() {
        let indent = line.len() - line.trim_start_matches([' ', '-']).len();
        skipped = skipped.filter(|above| indent > *above || line.trim().is_empty());
        let key = line.trim_start_matches([' ', '-']).split_once(':').filter(|(key, rest)| {
            (rest.is_empty() || rest.starts_with(' '))
                && !key.is_empty()
                && key.chars().all(|c| c.is_ascii_alphanumeric() || "-_\"".contains(c))
        });
        let line = match key {
            _ if skipped.is_some() || line.trim_start().starts_with('#') => line.to_owned(),
            Some((key, _)) if !words && NO_WORDS.contains(&key) => {
                skipped = Some(indent);
                line.to_owned()
            }
            Some((key, value)) => format!("{}{key}:{}", &line[..indent], flow(value)),
            None => format!("{}{}", &line[..indent], flow(&line[indent..])),
        };
        written.push_str(&line);
        written.push('\n');
    }
    written
}

/// A value; of `{name: morning, from: 5}` the name alone.
fn flow(value: &str) -> String {
    match value.trim_start().strip_prefix("{name: ").and_then(|rest| rest.split_once(',')) {
        Some((name, rest)) => format!("{{name: {},{rest}", hebrew(name)),
        None => hebrew(value),
    }
}

/// A section: its title and its text.
fn section(text: &str) -> String {
    let Some((head, body)) = text.trim_start_matches("---\n").split_once("\n---\n") else {
        return hebrew(text);
    };
    format!("---\n{}---\n{}", yaml(head, false), hebrew(body))
}

pub fn aftercare(folder: &Path, arguments: &[&str]) -> std::process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aftercare"));
    command.current_dir(folder).args(["--now", "2026-11-24T15:30"]).args(arguments);
    command.env_remove("AFTERCARE_CLINIC").stdin(Stdio::null()).output().expect("the program runs")
}

/// The folder `clinic` inside of a new one; `None` where the machine has no such font.
pub fn clinic() -> Option<TempDir> {
    let folder = TempDir::new().expect("a folder");
    assert!(aftercare(folder.path(), &["init", "clinic"]).status.success());
    let clinic = folder.path().join("clinic");
    for font in FONTS {
        let from = Path::new(FOLDER).join(font);
        if !from.exists() {
            assert!(std::env::var_os("CI").is_none(), "the font {font} is missing");
            return None;
        }
        fs::copy(from, clinic.join("fonts").join(font)).expect("a copy");
    }
    translate(&clinic.join("content"));
    Some(folder)
}

fn translate(content: &Path) {
    let change = |path: PathBuf, change: &dyn Fn(String) -> String| {
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        fs::write(&path, change(text)).expect("a file");
    };
    let treatment = content.join("treatments/dry-needling");
    for folder in [content.join("languages"), content.join("exercises"), treatment.clone()] {
        copy(&folder.join("en"), &folder.join("he"));
    }
    for shared in ["dates", "records"] {
        let text = fs::read_to_string(content.join(shared).join("en.yaml")).expect("English");
        fs::write(content.join(shared).join("he.yaml"), yaml(&text, shared == "records")).expect("a file");
    }
    change(content.join("dates/he.yaml"), &|text| {
        let lines = text.lines().map(|line| match line.starts_with("clock:") {
            true => "clock: {separator: \":\", full-hour: \":00\"}",
            false => line,
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    for language in ["en", "he"] {
        change(content.join("languages").join(language).join("words.yaml"), &|text| {
            let named = text.replace("languages:\n  en:", "languages:\n  he: Hebrew\n  en:");
            if language == "en" { named } else { format!("direction: rtl\n{}", yaml(&named, true)) }
        });
    }
    change(content.join("clinic.yaml"), &|text| {
        text.replace("languages: [en]", "languages: [en, he]")
            .replace("treatments: [dry-needling, shockwave, cupping]", "treatments: [dry-needling]")
            .replace("phone: \"\"", "phone: \"(416) 555-0199\"")
            .replace("email: \"\"", "email: desk@leaside.example")
            .replace("web: \"\"", "web: leaside.example")
            .replace("address: \"\"", "address: \"2 Laird Dr, Toronto\"")
    });
    // What people write may stay English.
    change(content.join("languages/he/web.yaml"), &|text| yaml(&text, true));
    for entry in fs::read_dir(content.join("exercises/he")).expect("libraries") {
        change(entry.expect("a library").path(), &|text| yaml(&text, false));
    }
    for entry in fs::read_dir(treatment.join("he")).expect("texts") {
        let path = entry.expect("a text").path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        match name.as_str() {
            "names.yaml" => {}
            "words.yaml" | "web.yaml" => change(path, &|text| yaml(&text, true)),
            name if name.ends_with(".md") => change(path, &|text| section(&text)),
            _ => change(path, &|text| yaml(&text, false)),
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("a file").path();
        fs::copy(&path, to.join(path.file_name().expect("a name"))).expect("a copy");
    }
}
