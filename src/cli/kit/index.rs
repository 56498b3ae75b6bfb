//! The index of a kit: for people in `README.md`, for programs in `manifest.json`.

use crate::options::{Fold, NoticeShape, Paper, Purpose};
use crate::{Engine, KitRequest, NoPress, PieceKind};
use serde::Serialize;
use std::fmt::Write;

/// A file of the kit.
pub struct Entry {
    pub path: String,
    pub what: What,
    pub bytes: usize,
}

pub enum What {
    Piece(PieceKind),
    Site { files: usize },
}

/// The kit as far as it is made.
pub struct Index {
    clinic: String,
    version: String,
    parts: Vec<Part>,
    beside: Vec<Entry>,
}

/// A treatment in a language.
struct Part {
    treatment: String,
    language: String,
    folder: String,
    signed: bool,
    no_press: Option<NoPress>,
    entries: Vec<Entry>,
}

#[derive(Serialize)]
struct Manifest<'a> {
    producer: String,
    clinic: &'a str,
    content_version: &'a str,
    files: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    purpose: String,
    size: String,
    bytes: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    treatment: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    content_version: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    signed: Option<bool>,
}

const PROGRAM: &str = concat!("aftercare ", env!("CARGO_PKG_VERSION"));

impl Index {
    pub fn new(engine: &Engine) -> Index {
        let library = engine.library();
        let (clinic, version) = (library.clinic.name.clone(), library.version.clone());
        Index { clinic, version, parts: Vec::new(), beside: Vec::new() }
    }

    pub fn begin(&mut self, asked: &KitRequest, folder: &str, signed: bool, no_press: Option<NoPress>) {
        self.parts.push(Part {
            treatment: asked.treatment.to_string(),
            language: asked.language.to_string(),
            folder: folder.to_owned(),
            signed,
            no_press,
            entries: Vec::new(),
        });
    }

    /// A file of the part that was begun last; what stands in no part's folder is for all of them.
    pub fn add(&mut self, entry: Entry) {
        let part = self.parts.last_mut().filter(|part| entry.path.starts_with(&part.folder));
        part.map_or(&mut self.beside, |part| &mut part.entries).push(entry);
    }

    fn entries(&self) -> impl Iterator<Item = (Option<&Part>, &Entry)> {
        let parts =
            self.parts.iter().flat_map(|part| part.entries.iter().map(move |entry| (Some(part), entry)));
        parts.chain(self.beside.iter().map(|entry| (None, entry)))
    }

    pub fn is_empty(&self) -> bool {
        self.entries().next().is_none()
    }

    pub fn count(&self) -> usize {
        self.entries().map(|(_, entry)| if let What::Site { files } = entry.what { files } else { 1 }).sum()
    }

    pub fn readme(&self) -> String {
        let Index { clinic, version, .. } = self;
        let mut out = format!(
            "# {PROGRAM} kit: {clinic}\n\nAll files say the same: content version {version}. When a text changes, make the \
             kit again and take the old prints down; the version stands at the foot of each.\n\nPrint posters, cards and \
             brochures at full size (100 %), not \"fit to page\". A draft says so at its foot: sign the texts with \
             `aftercare sign` first, then make the kit again.\n"
        );
        for part in &self.parts {
            let state = state(part.signed);
            // Writing to a String cannot fail.
            let _ = write!(out, "\n## {}, {}: {state}\n\n", part.treatment, part.language);
            table(&mut out, &part.entries, version, state);
            if let Some(why) = part.no_press {
                let _ = write!(out, "\nNothing for the print shop: {}.\n", no_press(why));
            }
            if part.no_press == Some(NoPress::NoPhone) {
                out.push_str("\nNo pictures to share: they would not say whom to call.\n");
            }
        }
        if !self.beside.is_empty() {
            out.push_str("\n## For all of them\n\n");
            table(&mut out, &self.beside, version, "as each page says");
        }
        out
    }

    pub fn json(&self) -> String {
        let line = |(part, entry): (Option<&Part>, &'_ Entry)| {
            let (purpose, size) = described(&entry.what);
            (part.map(|part| (part.treatment.clone(), part.language.clone(), part.signed)), purpose, size)
        };
        let described: Vec<_> = self.entries().map(line).collect();
        let files = self.entries().zip(&described).map(|((_, entry), (part, purpose, size))| Line {
            path: &entry.path,
            purpose: purpose.clone(),
            size: size.clone(),
            bytes: entry.bytes,
            treatment: part.as_ref().map(|(treatment, ..)| treatment.as_str()),
            language: part.as_ref().map(|(_, language, _)| language.as_str()),
            content_version: &self.version,
            signed: part.as_ref().map(|(.., signed)| *signed),
        });
        let manifest = Manifest {
            producer: PROGRAM.to_owned(),
            clinic: &self.clinic,
            content_version: &self.version,
            files: files.collect(),
        };
        // Numbers and text only, so this cannot fail.
        serde_json::to_string_pretty(&manifest).unwrap_or_default() + "\n"
    }
}

fn state(signed: bool) -> &'static str {
    if signed { "signed" } else { "draft" }
}

fn no_press(why: NoPress) -> &'static str {
    match why {
        NoPress::NoPhone => "the clinic has no phone number in content/clinic.yaml",
        NoPress::Draft => "nobody has signed the texts as they are",
    }
}

fn table(out: &mut String, entries: &[Entry], version: &str, state: &str) {
    out.push_str("| file | what it is for | size | version | texts |\n|---|---|---|---|---|\n");
    for entry in entries {
        let (purpose, size) = described(&entry.what);
        let (path, bytes) = (&entry.path, kilobytes(entry.bytes));
        let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or(path);
        let _ = writeln!(out, "| [{name}]({path}) | {purpose} | {size}, {bytes} | {version} | {state} |");
    }
}

fn kilobytes(bytes: usize) -> String {
    format!("{} KB", bytes.div_ceil(1000))
}

/// What a file is for, and how large it is.
fn described(what: &What) -> (String, String) {
    let (purpose, size) = match what {
        What::Site { files } => {
            ("the web pages of all treatments, for any web server".to_owned(), format!("{files} files"))
        }
        What::Piece(PieceKind::Notice(shape)) => notice(*shape),
        What::Piece(PieceKind::Brochure(fold, paper, purpose)) => brochure(*fold, *paper, *purpose),
        What::Piece(PieceKind::Preflight) => {
            ("what the file for the print shop was found to be".to_owned(), "a text".to_owned())
        }
        What::Piece(PieceKind::Picture { width, height }) => {
            (picture(*width, *height).to_owned(), format!("{width} × {height} px"))
        }
        What::Piece(PieceKind::Words) => {
            ("what to write under that picture, and what it shows".to_owned(), "a text".to_owned())
        }
    };
    (purpose, size)
}

fn picture(width: u32, height: u32) -> &'static str {
    match (width, height) {
        (1920, 1080) => "a picture for the screen in the waiting room",
        (1080, 1920) => "a picture for stories",
        (1080, 1350) => "a picture of a set for posts: post all of them, in this order",
        (1200, 630) => "a picture for links",
        _ => "a picture for posts",
    }
}

fn notice(shape: NoticeShape) -> (String, String) {
    let poster = "a poster for the wall; a PDF that screen readers read";
    let (purpose, size) = match shape {
        NoticeShape::PosterLetter => (poster, "8.5 × 11 in"),
        NoticeShape::PosterTabloid => (poster, "11 × 17 in"),
        NoticeShape::PosterA4 => (poster, "210 × 297 mm"),
        NoticeShape::PosterA3 => (poster, "297 × 420 mm"),
        NoticeShape::Card => {
            ("a card of two sides for the fridge, with a line for the next visit", "4 × 6 in")
        }
        NoticeShape::Story | NoticeShape::Screen | NoticeShape::Slides => ("a picture to share", "pixels"),
    };
    (purpose.to_owned(), size.to_owned())
}

fn brochure(fold: Fold, paper: Paper, purpose: Purpose) -> (String, String) {
    let folded = match fold {
        Fold::Tri => "folded in three",
        Fold::Half => "folded in half",
    };
    let printer = match purpose {
        Purpose::Office => "for an office printer: both sides, flipped on the short edge",
        Purpose::Press => "for the print shop: PDF/X-4 with bleed and crop marks",
    };
    let size = match paper {
        Paper::Letter => "11 × 8.5 in",
        Paper::A4 => "297 × 210 mm",
    };
    (format!("a brochure, {folded}, {printer}"), size.to_owned())
}
