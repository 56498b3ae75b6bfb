//! `content/treatments/<id>/signoff.yaml`: who approved the texts of a treatment, by language, and what they approved.
//!
//! The record holds a SHA-256 of everything that can change what an output says: one of each file of texts and of each
//! template, one of the claims that the texts rest on, one of the drawings, and the numbers to call as they are. So a change is named, and its
//! difference can be read.

use super::digest::{digest, file_digest};
use super::shelf::Shelf;
use super::{Loading, dates, exercises, pack, pictures, records, treatment};
use crate::content::approval::{Approval, Signature};
use crate::content::files::Files;
use crate::content::yaml::{Entry, Key, Kind, Node, Reader, required};
use crate::content::{Library, Pack};
use crate::diagnostic::{Diagnostic, Faults, allowed, shown};
use crate::locale::Language;
use chrono::{Months, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// In a treatment's folder.
pub const NAME: &str = "signoff.yaml";

/// Months for which a signature holds at most: guidance changes.
pub const MONTHS: u32 = 24;

const CLAIMS: &str = "claims";
const FIGURES: &str = "figures";
const NUMBERS: &str = "numbers";

pub(super) const SIGNATURE: &[Key] = &[
    required("by", Kind::Line, "who approved the texts"),
    required("role", Kind::Line, "what they are at the clinic"),
    required("on", Kind::Day, "when"),
    required("until", Kind::Day, "the last day on which it holds"),
    required(NUMBERS, Kind::Line, "the numbers to call that the texts were approved with"),
    required("covers", Kind::Reasons, "what was approved: file or part, and a SHA-256 of it"),
];

/// What a signature is for: path or part → the first digits of a SHA-256, or the numbers as they are.
pub type Covered = BTreeMap<String, String>;

/// The path of a treatment's record.
pub fn path(treatment: &str) -> String {
    format!("{}/{treatment}/{NAME}", treatment::FOLDER)
}

/// Puts into each pack of a treatment whether it is approved. Nothing is hashed where nobody signed.
pub(super) fn read(shelf: &Shelf, library: &mut Library, loading: &mut Loading) {
    let path = path(&library.treatment.id);
    if shelf.bytes(&path).is_none() {
        return;
    }
    let Some((node, mut reader)) = shelf.yaml(&path, &mut loading.sink) else { return };
    let known: Vec<String> = library.packs.keys().map(|language| language.tag().to_owned()).collect();
    let entries = reader.entries(&node, NAME).unwrap_or_default();
    let mut approvals = Vec::new();
    for entry in entries {
        let language = Language::new(entry.key.clone());
        // One of a language that the clinic had is kept, so it is read too.
        let signed = signature(&entry.node, &mut reader);
        if !library.packs.contains_key(&language) {
            let message = format!("the clinic has no language `{}`", shown(&entry.key));
            let place = reader.place(entry.key_span);
            let warning = Diagnostic::warning("unknown-language", message).at(place);
            reader.sink.push_once(warning.hint(allowed(&entry.key, known.iter().map(String::as_str))));
        } else {
            approvals.extend(signed.map(|signed| (language, signed)));
        }
    }
    let mut packs = (*library.packs).clone();
    for (language, (signature, signed)) in approvals {
        let now = library.packs.get(&language).map(|pack| covered(shelf, library, pack)).unwrap_or_default();
        let changed = differences(&signed, &now);
        let approval = match changed.is_empty() {
            true => Approval::Whole(signature),
            false => Approval::Changed(signature, changed),
        };
        if let Some(pack) = packs.get_mut(&language) {
            pack.approval = approval;
        }
    }
    library.packs = packs.into();
}

fn signature(node: &Node, reader: &mut Reader<'_>) -> Option<(Signature, Covered)> {
    let fields = reader.fields(node, "a signature", SIGNATURE)?;
    let mut line = |key: &str| fields.get(key).and_then(|node| reader.line(node));
    let (by, role) = (line("by"), line("role"));
    let mut day = |key: &str| fields.get(key).and_then(|node| reader.date(node));
    let (on, until) = (day("on"), day("until"));
    let mut covered = Covered::new();
    let numbers = fields.get(NUMBERS).and_then(|node| reader.line(node));
    let covers = fields.get("covers").and_then(|node| reader.entries(node, "`covers`"))?;
    for entry in covers {
        covered.insert(entry.key.clone(), reader.line(&entry.node)?);
    }
    let (by, role, on, until) = (by?, role?, on?, until?);
    covered.insert(NUMBERS.to_owned(), numbers?);
    if until < on {
        let message = format!("the signature holds until {until}, before it was given on {on}");
        let span = fields.get("until").map_or(node.span, |node| node.span);
        reader.fault(span, "dates-reversed", message, Some("sign again: `aftercare sign`".into()));
        return None;
    }
    Some((Signature { by, role, on, until }, covered))
}

fn differences(signed: &Covered, now: &Covered) -> Vec<String> {
    let names: BTreeSet<&String> = signed.keys().chain(now.keys()).collect();
    names.into_iter().filter(|name| signed.get(*name) != now.get(*name)).cloned().collect()
}

/// What a signature of these texts is for, as the folder is.
pub(super) fn covered(shelf: &Shelf, library: &Library, pack: &Pack) -> Covered {
    let mut covered = Covered::new();
    for path in shelf.paths().filter(|path| is_covered(path, library, pack)) {
        if let Some(bytes) = shelf.bytes(path) {
            covered.insert(path.to_owned(), file_digest(bytes));
        }
    }
    covered.insert(CLAIMS.to_owned(), claims(library, pack));
    if let Some(figures) = figures(shelf) {
        covered.insert(FIGURES.to_owned(), figures);
    }
    covered.insert(NUMBERS.to_owned(), numbers(library, pack));
    covered
}

/// Each by what it is for: one that stands in the place of another is another.
fn numbers(library: &Library, pack: &Pack) -> String {
    let clinic = &library.clinic;
    let none = || "none".to_owned();
    let nurse_line = clinic.nurse_line.as_ref().map(|line| line.in_language(&pack.language).to_owned());
    format!(
        "emergency {}; nurse-line {}; phone {}",
        clinic.emergency,
        nurse_line.unwrap_or_else(none),
        clinic.phone.clone().unwrap_or_else(none)
    )
}

/// Files that hold words of an output, or decide which of them are seen.
fn is_covered(path: &str, library: &Library, pack: &Pack) -> bool {
    let (language, treatment) = (&pack.language, &library.treatment.id);
    let own = format!("{}/{treatment}/", treatment::FOLDER);
    let is_words = |folder: &str| {
        let name = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
        // The labels of the clinician's page are on no sheet.
        name.is_some_and(|name| name != "web.yaml")
    };
    // Of a tag and of its primary subtag, whichever is used.
    let by_tag = |folder: &str| {
        let name = |tag: &str| path == format!("{folder}/{tag}.yaml");
        name(language.tag()) || name(&language.primary())
    };
    let of_library = |id: &str| path == format!("{}/{language}/{id}.yaml", exercises::SHARED);
    let is_template = |path: &str| path.ends_with(".tera") && !path.contains('/');
    path == format!("{own}{}", treatment::NAME)
        || path.strip_prefix(&own).is_some_and(is_template)
        || path.strip_prefix("templates/").is_some_and(is_template)
        // A style sheet can hide words and add some.
        || path.starts_with("templates/html/")
        || path.starts_with("templates/site/")
        || is_words(&format!("{own}{language}"))
        || is_words(&format!("{}/{language}", pack::LANGUAGES))
        || [dates::FOLDER, records::FOLDER].iter().any(|folder| by_tag(folder))
        || pack.libraries.keys().any(|id| of_library(id))
}

/// The claims that the texts of a pack rest on.
fn used<'l>(library: &'l Library, pack: &'l Pack) -> impl Iterator<Item = &'l crate::content::Claim> {
    let windows = library.protocol.windows.values().flat_map(|one| &one.claims);
    let ids: BTreeSet<&String> = pack.dated().flat_map(|text| text.claims).chain(windows).collect();
    ids.into_iter().filter_map(|id| library.claims.get(id))
}

fn claims(library: &Library, pack: &Pack) -> String {
    let written = used(library, pack).map(|claim| {
        let sources = claim.sources.iter().map(|one| {
            let parts = [&one.doi, &one.url, &one.note].map(|part| part.as_deref().unwrap_or_default());
            format!("{}\u{1f}{}", one.title, parts.join("\u{1f}"))
        });
        let sources: Vec<String> = sources.collect();
        format!(
            "{}\u{1f}{}\u{1f}{:?}\u{1f}{}\u{1f}{}\u{1f}{}",
            claim.id,
            claim.statement,
            claim.strength,
            claim.reviewed,
            claim.review_by,
            sources.join("\u{1e}")
        )
    });
    digest(written.collect::<Vec<_>>().join("\u{1d}").as_bytes())
}

/// One of all drawings: of exercises, in texts, icons and pictograms.
fn figures(shelf: &Shelf) -> Option<String> {
    let drawn = shelf.inside(pictures::FOLDER).filter_map(|path| Some((path, shelf.bytes(path)?)));
    let files: Vec<String> = drawn.map(|(path, bytes)| format!("{path} {}", file_digest(bytes))).collect();
    (!files.is_empty()).then(|| digest(files.join("\n").as_bytes()))
}

/// The last day of a signature that is given on a day: when the first of what it is for is to be reviewed, and after
/// [`MONTHS`] at the latest.
pub fn until(library: &Library, pack: &Pack, on: NaiveDate) -> NaiveDate {
    let due = pack.dated().map(|text| text.review_by);
    let due = due.chain(used(library, pack).map(|claim| claim.review_by)).min();
    let last = on.checked_add_months(Months::new(MONTHS)).unwrap_or(on);
    due.map_or(last, |due| due.min(last))
}

/// The record of a folder with a new signature in it: what stood there for other languages stays.
///
/// Errors: the folder's, and those of the record that is there. Nothing of it is written over unread.
pub fn signed(
    files: &dyn Files,
    library: &Library,
    language: &Language,
    signature: &Signature,
) -> Result<String, Faults> {
    let mut loading = Loading::default();
    let shelf = Shelf::read(files, &mut loading.sink)?;
    let mut signatures = signatures(&shelf, &path(&library.treatment.id), &mut loading);
    if let Some(pack) = library.packs.get(language) {
        let covered = covered(&shelf, library, pack);
        signatures.insert(language.tag().to_owned(), (signature.clone(), covered));
    }
    let record = written(&signatures);
    // A name may hold what no file of ours may: told now, and not by the next call.
    let mut reader = Reader::new(path(&library.treatment.id), record.as_str().into(), &mut loading.sink);
    if let Some(node) = reader.parse() {
        let entries = reader.entries(&node, NAME).unwrap_or_default();
        entries.iter().for_each(|entry| drop(self::signature(&entry.node, &mut reader)));
    }
    loading.sink.finish(Some(record)).map(|report| report.value)
}

type Signatures = BTreeMap<String, (Signature, Covered)>;

fn signatures(shelf: &Shelf, path: &str, loading: &mut Loading) -> Signatures {
    let node = shelf.bytes(path).and_then(|_| shelf.yaml(path, &mut loading.sink));
    let Some((node, mut reader)) = node else { return Signatures::new() };
    let entries = reader.entries(&node, NAME).unwrap_or_default();
    let read = |entry: &Entry| Some((entry.key.clone(), signature(&entry.node, &mut reader)?));
    entries.iter().filter_map(read).collect()
}

const HEAD: &str = "\
# Who approved the texts of this treatment, by language, and what they approved. `aftercare sign` writes this file.
# A text that changes after it is a draft again; `aftercare sign --status` says which.
# It is a record of an approval, no proof: it does not show who wrote it.
";

/// A signature as it is written.
#[derive(serde::Serialize)]
struct Record<'a> {
    by: &'a str,
    role: &'a str,
    on: String,
    until: String,
    numbers: &'a str,
    covers: BTreeMap<&'a str, &'a str>,
}

impl<'a> Record<'a> {
    fn of((signature, covered): &'a (Signature, Covered)) -> Record<'a> {
        let covers = covered.iter().filter(|(name, _)| *name != NUMBERS);
        Record {
            by: &signature.by,
            role: &signature.role,
            on: signature.on.to_string(),
            until: signature.until.to_string(),
            numbers: covered.get(NUMBERS).map_or("", String::as_str),
            covers: covers.map(|(name, digest)| (name.as_str(), digest.as_str())).collect(),
        }
    }
}

fn written(signatures: &Signatures) -> String {
    let records: BTreeMap<&str, Record<'_>> =
        signatures.iter().map(|(language, signed)| (language.as_str(), Record::of(signed))).collect();
    // Text by text in maps by name: there is no value that YAML cannot hold.
    format!("{HEAD}{}", serde_yaml::to_string(&records).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new_changed_or_gone_is_named() {
        let of = |all: &[(&str, &str)]| -> Covered {
            all.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        let signed = of(&[("a", "1"), ("b", "2"), ("c", "3")]);
        assert!(differences(&signed, &signed).is_empty());
        assert_eq!(differences(&signed, &of(&[("a", "1"), ("b", "9"), ("d", "4")])), ["b", "c", "d"]);
    }
}
