//! A clinic folder in memory, and sheets made with it.

use aftercare::content::files::{Embedded, Files, Memory};
use aftercare::content::{Library, load};
use aftercare::diagnostic::{Diagnostic, Faults, Report};
use aftercare::document::Document;
use aftercare::merge::Merger;
use aftercare::request::{Request, from_yaml, resolve};
use chrono::{DateTime, Utc};
use std::sync::OnceLock;

pub struct Clinic {
    pub library: Library,
    pub merger: Merger,
    pub warnings: Vec<Diagnostic>,
}

fn now() -> DateTime<Utc> {
    "2026-11-24T20:30:00Z".parse().expect("a time")
}

/// The built-in clinic, compiled once.
pub fn built_in() -> &'static Clinic {
    static CLINIC: OnceLock<Clinic> = OnceLock::new();
    CLINIC.get_or_init(|| clinic(&Embedded).unwrap_or_else(|faults| panic!("{faults}")))
}

pub fn clinic(files: &dyn Files) -> Result<Clinic, Faults> {
    let library = load(files)?.value;
    let merger = Merger::new(&library)?;
    Ok(Clinic { library, merger: merger.value, warnings: merger.warnings })
}

/// The built-in folder with texts of some files replaced: path, old, new.
pub fn edited(edits: &[(&str, &str, &str)]) -> Result<Clinic, Faults> {
    clinic(&folder(edits))
}

pub fn folder(edits: &[(&str, &str, &str)]) -> Memory {
    let mut folder = Memory::copy(&Embedded).expect("the built-in folder");
    for (path, old, new) in edits {
        let text = String::from_utf8(folder.0[*path].to_vec()).expect("text");
        assert!(text.contains(old), "{path} does not hold {old:?}");
        folder.0.insert((*path).to_owned(), text.replacen(old, new, 1).into_bytes().into());
    }
    folder
}

impl Clinic {
    pub fn request(&self, yaml: &str) -> Request {
        let resolved = resolve(&from_yaml("request.yaml", yaml), &self.library, now());
        resolved.unwrap_or_else(|faults| panic!("{faults}")).value
    }

    pub fn merge(&self, request: &Request) -> Result<Report<Document>, Faults> {
        self.merger.merge(&self.library, request, &|_| true)
    }

    pub fn sheet(&self, yaml: &str) -> Document {
        self.merge(&self.request(yaml)).unwrap_or_else(|faults| panic!("{faults}")).value
    }
}
