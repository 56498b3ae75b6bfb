//! What claims say of a treatment. `supports` lists what rests on a claim, and `treatment.yaml` must say the same: a value that
//! stands in two places, next to its sources in one of them, cannot be changed by a slip. An area that falls out of a fact
//! would otherwise show nowhere.

use super::comparison::{Basis, Comparison, Difference, entries, text};
use super::shelf::Shelf;
use super::{Origins, claims, treatment};
use crate::content::Folder;
use crate::content::files::{Embedded, Files};
use crate::content::yaml::{Entry, Node, Reader, Value};
use crate::diagnostic::{Diagnostic, Place, Severity, Sink, allowed, shown};

/// Every value that a claim supports, held against the treatments of a folder.
///
/// What a claim supports of the original it supports of a copy, as long as it says nothing of the copy itself. A difference is a
/// warning there, since a copy may be made to become another treatment.
pub fn supports(files: &dyn Files, folder: &Folder, origins: &Origins) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (index, library) in folder.treatments().enumerate() {
        let id = &*library.treatment.id;
        let own = |name: &str| format!("{}/{id}/{name}", treatment::FOLDER);
        let (ledgers, path) = ([claims::SHARED.to_owned(), own(claims::NAME)], own(treatment::NAME));
        let shelf = Shelf::of(files, ledgers.iter().chain([&path]).cloned());
        let (mut sink, mut theirs) = (Sink::default(), Sink::default());
        let Some((treatment, reader)) = shelf.yaml(&path, &mut theirs) else { continue };
        for ledger in ledgers.iter().filter(|path| shelf.bytes(path).is_some()) {
            let Some((node, claims)) = shelf.yaml(ledger, &mut sink) else { continue };
            let is_first = index == 0 || ledger != claims::SHARED;
            for (claim, supported) in supported(&node) {
                let unknown = supported.iter().filter(|entry| is_first && !is_treatment(files, &entry.key));
                found.extend(unknown.map(|entry| no_treatment(entry, &claims, folder)));
                let origin = &**origins.treatment(&library.treatment.id);
                let of =
                    |id: &str| -> Vec<&Entry> { supported.iter().filter(|entry| entry.key == id).collect() };
                let own = of(id);
                let is_copy = own.is_empty() && origin != id;
                let of_this = if is_copy { of(origin) } else { own };
                for entry in of_this.into_iter().flat_map(|entry| entries(&entry.node)) {
                    let place = claims.place(entry.key_span);
                    let differences =
                        Comparison { basis: Basis::Claim(claim) }.held_against(&treatment, entry);
                    let told = |mut one: Difference<'_>| {
                        if is_copy {
                            one.severity = Severity::Warning;
                        }
                        one.told(&reader, &place)
                    };
                    found.extend(differences.into_iter().map(told));
                }
            }
        }
    }
    found
}

/// The claims of a ledger that say what rests on them, treatment by treatment.
fn supported(ledger: &Node) -> impl Iterator<Item = (&str, &[Entry])> {
    let items: &[Node] = match &ledger.value {
        Value::List(items) => items,
        _ => &[],
    };
    items.iter().filter_map(|claim| Some((text(claim.get("id")?)?, entries(claim.get("supports")?))))
}

/// In the folder, or one that comes with the program and was taken out of it.
fn is_treatment(files: &dyn Files, id: &str) -> bool {
    let path = format!("{}/{id}/{}", treatment::FOLDER, treatment::NAME);
    Embedded.has(&path) || files.read(&path).is_ok()
}

fn no_treatment(entry: &Entry, claims: &Reader<'_>, folder: &Folder) -> Diagnostic {
    let message = format!("`supports`: there is no treatment `{}`", shown(&entry.key));
    let known: Vec<&str> = folder.treatments().map(|library| &*library.treatment.id).collect();
    Diagnostic::error("unknown-name", message)
        .at(claims.place(entry.key_span))
        .hint(allowed(&entry.key, known.into_iter()))
}

impl Difference<'_> {
    fn told(self, treatment: &Reader<'_>, ledger: &Place) -> Diagnostic {
        let fault = Diagnostic::error("unsupported", self.said).at(treatment.place(self.at.span));
        let fault = fault.about(self.path);
        let hint = format!(
            "bring this and {}:{} together again, once a clinician has agreed to the change",
            ledger.file, ledger.line
        );
        Diagnostic { severity: self.severity, ..fault }.hint(hint)
    }
}
