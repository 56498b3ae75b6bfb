//! Treatments that came with the program and are something else now, whatever the claims beside them say: who takes a sign out
//! in both places has two files that agree, and a sheet without the sign.

use super::comparison::{Basis, Comparison, Difference};
use super::shelf::Shelf;
use super::{Origins, treatment};
use crate::content::files::{Embedded, Files};
use crate::content::yaml::{Node, Reader};
use crate::content::{Folder, Library};
use crate::diagnostic::{Diagnostic, Sink};
use chrono::NaiveDate;

/// What of a treatment decides which advice stands on a sheet, for whom and until when.
const HELD: [&str; 10] = [
    "options",
    "libraries",
    "windows",
    "waking",
    "timeline",
    "facts",
    "tiers",
    "precautions",
    "contradictions",
    "many-exercises",
];

/// What treatments came with and have no more, or otherwise, where somebody has not signed all their texts since. `told`: what is
/// known already, of claims.
pub fn other_treatments(
    files: &dyn Files,
    folder: &Folder,
    origins: &Origins,
    today: Option<NaiveDate>,
    told: &[Diagnostic],
) -> Vec<Diagnostic> {
    // Of one place several things can be told, which lack in it.
    let file = |fault: &Diagnostic| fault.place.as_ref().map(|place| place.file.clone());
    let is_told = |fault: &Diagnostic| {
        told.iter().any(|other| other.names == fault.names && file(other) == file(fault))
    };
    let unsigned = folder.treatments().filter(|library| !is_signed(library, today));
    let found = unsigned.flat_map(|library| of_treatment(files, library, origins));
    found.filter(|fault| !is_told(fault)).collect()
}

fn is_signed(library: &Library, today: Option<NaiveDate>) -> bool {
    today.is_some_and(|today| library.packs.values().all(|pack| pack.approval.on(today).is_ok()))
}

fn of_treatment(files: &dyn Files, library: &Library, origins: &Origins) -> Vec<Diagnostic> {
    let id = &library.treatment.id;
    let path = |id: &str| format!("{}/{id}/{}", treatment::FOLDER, treatment::NAME);
    let (own, came) = (path(id), path(origins.treatment(id)));
    if !Embedded.has(&came) {
        return Vec::new();
    }
    let (ours, theirs) =
        (Shelf::of(files, std::iter::once(own.clone())), Shelf::of(&Embedded, std::iter::once(came.clone())));
    let (mut sink, mut other) = (Sink::default(), Sink::default());
    let read = ours.yaml(&own, &mut sink).zip(theirs.yaml(&came, &mut other));
    let Some(((own, reader), (came, _))) = read else { return Vec::new() };
    differences(&own, &came).into_iter().map(|one| told(one, &reader)).collect()
}

fn differences<'n>(own: &'n Node, came: &Node) -> Vec<Difference<'n>> {
    let comparison = Comparison { basis: Basis::Shipped };
    let of_key = |key: &&str| match (came.get(key), own.get(key)) {
        (Some(came), Some(own)) => comparison.differences(key, came, own),
        (Some(came), None) => vec![comparison.missing(own, key, came)],
        (None, _) => Vec::new(),
    };
    HELD.iter().flat_map(of_key).collect()
}

fn told(difference: Difference<'_>, reader: &Reader<'_>) -> Diagnostic {
    let fault =
        Diagnostic::warning("changed-treatment", difference.said).at(reader.place(difference.at.span));
    let fault = fault.about(difference.path);
    fault.hint(
        "put it back; or, once a clinician agrees with the change, have the texts signed: `aftercare sign`",
    )
}
