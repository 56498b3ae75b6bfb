//! A clinic folder in memory, and sheets made with it.

use aftercare::content::files::{Embedded, Files, Memory};
use aftercare::content::{Library, load};
use aftercare::diagnostic::{Diagnostic, Faults, Report};
use aftercare::document::Document;
use aftercare::merge::Merger;
use aftercare::request::{Request, from_yaml, resolve};
use chrono::{DateTime, Utc};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

pub struct Clinic {
    pub library: Library,
    pub merger: Merger,
    pub warnings: Vec<Diagnostic>,
}

fn now() -> DateTime<Utc> {
    "2026-11-24T20:30:00Z".parse().expect("a time")
}

pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// The built-in clinic, compiled once.
pub fn built_in() -> &'static Clinic {
    static CLINIC: OnceLock<Clinic> = OnceLock::new();
    CLINIC.get_or_init(|| clinic(&Embedded).unwrap_or_else(|faults| panic!("{faults}")))
}

/// A small clinic whose words stay, whatever the built-in ones become: `tests/fixtures/clinic`.
pub fn small() -> &'static Clinic {
    static CLINIC: OnceLock<Clinic> = OnceLock::new();
    CLINIC.get_or_init(|| clinic(&small_folder()).unwrap_or_else(|faults| panic!("{faults}")))
}

fn small_folder() -> Memory {
    let mut folder = Memory::copy(&Embedded).expect("the built-in folder");
    let own = "content/treatments/dry-needling/en/";
    folder.0.retain(|path, _| !path.starts_with(own));
    for place in ["content/exercises/en", "content/treatments/dry-needling/en"] {
        for entry in fs::read_dir(fixtures().join("clinic").join(place)).expect("a folder") {
            let path = entry.expect("a file").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            folder.0.insert(format!("{place}/{name}"), fs::read(&path).expect("a file").into());
        }
    }
    let presets = "content/treatments/dry-needling/presets.yaml";
    folder.0.remove(presets);
    folder.0.remove("templates/brochure.md.tera");
    folder.0.insert(
        "templates/handout.md.tera".into(),
        b"{{ stacked(sections=[\"rest\", \"hydration\"]) }}\n\
          {{ columns(sections=[\"avoid\", \"heat\", \"general\", \"exercises\", \"faq\"]) }}\n\
          Keep this sheet.\n\
          {{ cards(sections=[\"note\", \"next-visit\", \"contact\"]) }}\n"
            .into(),
    );
    folder
}

pub fn clinic(files: &dyn Files) -> Result<Clinic, Faults> {
    let library = load(files)?.value.first;
    let merger = Merger::new(&library)?;
    Ok(Clinic { library, merger: merger.value, warnings: merger.warnings })
}

/// The small folder with texts of some files replaced: path, old, new.
pub fn folder(edits: &[(&str, &str, &str)]) -> Memory {
    let mut folder = small_folder();
    for (path, old, new) in edits {
        let text = String::from_utf8(folder.0[*path].to_vec()).expect("text");
        assert!(text.contains(old), "{path} does not hold {old:?}");
        folder.0.insert((*path).to_owned(), text.replacen(old, new, 1).into_bytes().into());
    }
    folder
}

pub fn edited(edits: &[(&str, &str, &str)]) -> Result<Clinic, Faults> {
    clinic(&folder(edits))
}

/// What an edited folder's compilation says; panics when it says nothing.
pub fn faults_of(edits: &[(&str, &str, &str)]) -> Faults {
    match edited(edits) {
        Ok(_) => panic!("no fault"),
        Err(faults) => faults,
    }
}

impl Clinic {
    pub fn request(&self, yaml: &str) -> Request {
        let resolved = resolve(&from_yaml("request.yaml", yaml, &self.library.keys), &self.library, now());
        resolved.unwrap_or_else(|faults| panic!("{faults}")).value
    }

    pub fn merge(&self, request: &Request) -> Result<Report<Document>, Faults> {
        self.merger.merge(&self.library, request, &|_| true)
    }

    pub fn sheet(&self, yaml: &str) -> Document {
        self.merge(&self.request(yaml)).unwrap_or_else(|faults| panic!("{faults}")).value
    }
}
