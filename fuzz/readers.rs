//! What each fuzz target does with its bytes. The test suite runs the same functions over the seeds.
#![allow(dead_code, reason = "each target uses one of them")]

use aftercare::content::files::{Embedded, Files, Memory};
use aftercare::content::markdown;
use aftercare::content::{Library, load};
use aftercare::diagnostic::Place;
use aftercare::request::roster::{Format, Roster};
use aftercare::request::{RawRequest, from_yaml, resolve};
use std::sync::OnceLock;

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| load(&Embedded).unwrap_or_else(|faults| panic!("{faults}")).value.first)
}

fn ask(raw: &RawRequest) {
    let now = "2026-11-24T20:30:00Z".parse().expect("a time");
    let _ = resolve(raw, library(), now);
}

/// The first byte chooses the format: CSV, JSON Lines or YAML.
pub fn roster(data: &[u8]) {
    let Some((first, text)) = data.split_first() else { return };
    let format = match first % 3 {
        0 => Format::Csv,
        1 => Format::JsonLines,
        _ => Format::Yaml,
    };
    let Ok(roster) = Roster::open(text, format, "roster", &library().keys) else { return };
    for row in roster {
        let Ok(row) = row else { return };
        ask(&row.raw);
    }
}

/// A request file.
pub fn request(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        ask(&from_yaml("request.yaml", text, &library().keys));
    }
}

/// A section of the clinic folder: front matter and text.
pub fn front_matter(data: &[u8]) {
    static FOLDER: OnceLock<Memory> = OnceLock::new();
    let shipped = FOLDER.get_or_init(|| {
        let listed = Embedded.list().expect("the built-in folder");
        let text = |path: &str| path.ends_with(".ttf") || path.ends_with(".svg");
        let files = listed.into_iter().filter(|file| !text(&file.path));
        Memory(files.map(|file| (file.path.clone(), Embedded.read(&file.path).expect("a file"))).collect())
    });
    let mut folder = shipped.clone();
    folder.0.insert("content/treatments/dry-needling/en/rest.md".into(), data.to_vec().into());
    let _ = load(&folder);
}

/// The text of a section.
pub fn markdown(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        let _ = markdown::parse(text, &Place::line("a.md", 3, 1), &library().pictures);
        let _ = markdown::parse_inline(text, &Place::default());
    }
}
