//! How the files of a clinic folder hang together.

use crate::content::Library;
use crate::content::yaml::{Node, Reader, allowed};
use crate::diagnostic::{Diagnostic, Place, Sink};
use crate::options::Region;

/// What a name in a file refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Claim,
    Figure,
    Stretch,
    Exercise,
}

/// Names that one file uses and another defines, kept until every file is read.
#[derive(Default)]
pub struct References {
    names: Vec<(Kind, String, Place)>,
}

impl References {
    /// A list of claim ids.
    pub fn claims(&mut self, node: &Node, reader: &mut Reader<'_>) -> Vec<String> {
        self.list(Kind::Claim, node, reader)
    }

    pub fn stretches(&mut self, node: &Node, reader: &mut Reader<'_>) -> Vec<String> {
        self.list(Kind::Stretch, node, reader)
    }

    pub fn exercises(&mut self, node: &Node, reader: &mut Reader<'_>) -> Vec<String> {
        self.list(Kind::Exercise, node, reader)
    }

    /// The id of a picture in `content/figures/`.
    pub fn figure(&mut self, node: &Node, reader: &mut Reader<'_>) -> Option<String> {
        let id = reader.id(node)?;
        self.names.push((Kind::Figure, id.clone(), reader.place(node.span)));
        Some(id)
    }

    fn list(&mut self, kind: Kind, node: &Node, reader: &mut Reader<'_>) -> Vec<String> {
        let mut ids = Vec::new();
        for item in reader.items(node) {
            if let Some(id) = reader.id(item) {
                self.names.push((kind, id.clone(), reader.place(item.span)));
                ids.push(id);
            }
        }
        ids
    }

    /// Every name that nothing defines.
    pub fn check(&self, library: &Library, sink: &mut Sink) {
        for (kind, id, place) in &self.names {
            let (what, known) = known(*kind, library);
            if !known.contains(&id.as_str()) {
                let fault = Diagnostic::error("unknown-name", format!("unknown {what} `{id}`"));
                sink.push(fault.at(place.clone()).hint(allowed(id, known.iter().copied())));
            }
        }
    }
}

fn known(kind: Kind, library: &Library) -> (&'static str, Vec<&str>) {
    let packs = library.packs.values();
    match kind {
        Kind::Claim => ("claim", library.claims.keys().map(String::as_str).collect()),
        Kind::Figure => ("figure", library.pictures.keys().map(String::as_str).collect()),
        Kind::Stretch => {
            ("stretch", packs.flat_map(|pack| pack.stretches.keys()).map(String::as_str).collect())
        }
        Kind::Exercise => {
            ("exercise", packs.flat_map(|pack| pack.exercises.keys()).map(String::as_str).collect())
        }
    }
}

/// At least this many stretches and exercises can be chosen for each region.
const CHOICES: usize = 2;

/// What can only be seen with all files read.
pub fn check(library: &Library, sink: &mut Sink) {
    for pack in library.packs.values() {
        for (file, exercises) in [("stretches", &pack.stretches), ("exercises", &pack.exercises)] {
            for region in Region::ALL {
                let count = exercises.values().filter(|exercise| exercise.regions.contains(region)).count();
                if count < CHOICES {
                    let message =
                        format!("`{region}` has {count} of the at least {CHOICES} {file} that it needs");
                    let place = Place::file(format!("content/{}/{file}.yaml", pack.language));
                    sink.push(Diagnostic::error("too-few-exercises", message).at(place));
                }
            }
        }
    }
}
