//! What claims say of a treatment. `supports` lists what rests on a claim, and `treatment.yaml` must say the same: a value that
//! stands in two places, next to its sources in one of them, cannot be changed by a slip. An area that falls out of a fact
//! would otherwise show nowhere.

use super::shelf::Shelf;
use super::{Origins, claims, treatment};
use crate::content::Folder;
use crate::content::files::{Embedded, Files};
use crate::content::yaml::{Entry, Node, Reader, Value};
use crate::diagnostic::{Diagnostic, Place, Severity, Sink, allowed, shown};
use std::collections::BTreeSet;

/// What of a treatment is not what a claim supports.
struct Difference<'n> {
    /// The nearest node of `treatment.yaml` that there is.
    at: &'n Node,
    said: String,
    /// Hours are a clinic's to change; which warnings hang on what is not.
    severity: Severity,
}

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
                    let differences = Comparison { claim }.held_against(&treatment, entry);
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
        let hint = format!(
            "bring this and {}:{} together again, once a clinician has agreed to the change",
            ledger.file, ledger.line
        );
        Diagnostic { severity: self.severity, ..fault }.hint(hint)
    }
}

/// What one claim supports, held against a treatment.
struct Comparison<'c> {
    claim: &'c str,
}

impl Comparison<'_> {
    /// `windows.rest.to: 48`: a place in the file, and what stands there.
    fn held_against<'n>(&self, treatment: &'n Node, supported: &Entry) -> Vec<Difference<'n>> {
        let mut at = treatment;
        for key in supported.key.split('.') {
            match at.get(key) {
                Some(node) => at = node,
                None => return vec![self.missing(at, &supported.key, &supported.node)],
            }
        }
        self.differences(&supported.key, &supported.node, at)
    }

    fn missing<'n>(&self, at: &'n Node, path: &str, wanted: &Node) -> Difference<'n> {
        let what = text(wanted).map_or_else(|| "it".to_owned(), |value| format!("`{}`", shown(value)));
        let said = format!(
            "`{path}` is missing, and the claim `{}` supports {what}",
            self.claim,
            path = shown(path)
        );
        Difference { at, said, severity: Severity::Error }
    }

    fn differences<'n>(&self, path: &str, wanted: &Node, found: &'n Node) -> Vec<Difference<'n>> {
        match (&wanted.value, &found.value) {
            (Value::Map(wanted), Value::Map(_)) => {
                let of_key = |entry: &Entry| {
                    let path = format!("{path}.{}", entry.key);
                    match found.get(&entry.key) {
                        Some(found) => self.differences(&path, &entry.node, found),
                        None => vec![self.missing(found, &path, &entry.node)],
                    }
                };
                wanted.iter().flat_map(of_key).collect()
            }
            (Value::List(wanted), Value::List(all)) => self.of_lists(path, wanted, found, all),
            (Value::Scalar(wanted), Value::Scalar(own)) if wanted.text.trim() == own.text.trim() => {
                Vec::new()
            }
            _ => {
                let written = |node: &Node| match text(node) {
                    Some(value) => format!("`{}`", shown(value)),
                    None => node.kind().to_owned(),
                };
                let (own, wanted_there) = (written(found), written(wanted));
                let said =
                    format!("`{path}` is {own}, and the claim `{}` supports {wanted_there}", self.claim);
                let is_number = text(wanted).is_some_and(|value| value.parse::<u32>().is_ok());
                let severity = if is_number { Severity::Warning } else { Severity::Error };
                vec![Difference { at: found, said, severity }]
            }
        }
    }

    /// Names stand in both or in neither; of what has keys, what a claim supports is among the rest.
    fn of_lists<'n>(
        &self,
        path: &str,
        wanted: &[Node],
        at: &'n Node,
        found: &'n [Node],
    ) -> Vec<Difference<'n>> {
        let wanted_names: BTreeSet<&str> = wanted.iter().filter_map(text).collect();
        let own: BTreeSet<&str> = found.iter().filter_map(text).collect();
        let error = |said: String| Difference { at, said, severity: Severity::Error };
        let claim = self.claim;
        let lacking = wanted_names.difference(&own);
        let lacking = lacking
            .map(|name| format!("`{path}` lacks `{}`, which the claim `{claim}` supports", shown(name)));
        let more = own.difference(&wanted_names).filter(|_| !wanted_names.is_empty());
        let more = more.map(|name| {
            format!("`{path}` has `{}`, which the claim `{claim}` does not support", shown(name))
        });
        let grouped = wanted.iter().filter(|node| text(node).is_none());
        let gone =
            grouped.filter(|node| !found.iter().any(|own| self.differences(path, node, own).is_empty()));
        let gone = gone.map(|node| {
            format!("`{path}` lacks an entry that the claim `{claim}` supports: {}", in_one_line(node))
        });
        lacking.chain(more).chain(gone).map(error).collect()
    }
}

fn in_one_line(node: &Node) -> String {
    match &node.value {
        Value::Scalar(scalar) => scalar.text.trim().to_owned(),
        Value::List(items) => items.iter().map(in_one_line).collect::<Vec<_>>().join(", "),
        Value::Map(entries) => {
            let parts = entries.iter().map(|entry| match &entry.node.value {
                Value::Map(_) => format!("{}: {{{}}}", entry.key, in_one_line(&entry.node)),
                _ => format!("{}: {}", entry.key, in_one_line(&entry.node)),
            });
            parts.collect::<Vec<_>>().join(", ")
        }
    }
}

fn entries(node: &Node) -> &[Entry] {
    match &node.value {
        Value::Map(entries) => entries,
        _ => &[],
    }
}

fn text(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Scalar(scalar) => Some(scalar.text.trim()),
        _ => None,
    }
}
