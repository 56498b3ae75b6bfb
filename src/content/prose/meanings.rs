//! Everyday names that came with the program and mean something else now. Whoever types one in a list gets another area, with
//! other warnings, or another precaution.

use super::unsigned::Edited;
use crate::content::Source;
use crate::content::files::{Embedded, Files};
use crate::content::load::values;
use crate::content::names::fold;
use crate::diagnostic::{Diagnostic, shown};
use std::collections::{BTreeMap, BTreeSet};

const NAME: &str = "/names.yaml";
/// The group of names that may mean several areas, and whose they are.
const UNCLEAR: &str = "unclear";
const REGIONS: &str = "regions";

/// What names of a group mean, and where each stands first.
type Meanings = BTreeMap<(String, String), (BTreeSet<String>, Source)>;

/// Names that came with another meaning, where nobody has signed the texts since.
pub fn changed(edited: &Edited<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for file in edited.files(&|path| path.ends_with(NAME)) {
        let (came, own) = (meanings(&Embedded, &file.came), meanings(edited.files, &file.path));
        found.extend(own.iter().filter_map(|(name, (means, source))| {
            let (meant, _) = came.get(name)?;
            // One more area to choose from takes nothing away.
            (!means.is_superset(meant)).then(|| told(source, &name.1, means, meant))
        }));
    }
    found
}

fn meanings(files: &dyn Files, path: &str) -> Meanings {
    let mut found = Meanings::new();
    for (key, source) in values(files, path) {
        let (Some((group, rest)), Some((_, _))) = (key.split_once('.'), key.rsplit_once('.')) else {
            continue;
        };
        let Some((middle, _)) = rest.rsplit_once('.') else { continue };
        let (group, name, means) = match group {
            UNCLEAR => (REGIONS, fold(middle), source.text.to_string()),
            group => (group, fold(&source.text), middle.to_owned()),
        };
        let entry = found.entry((group.to_owned(), name)).or_insert_with(|| (BTreeSet::new(), source));
        entry.0.insert(means);
    }
    found
}

fn told(source: &Source, name: &str, means: &BTreeSet<String>, meant: &BTreeSet<String>) -> Diagnostic {
    let listed = |ids: &BTreeSet<String>| {
        ids.iter().map(|id| format!("`{}`", shown(id))).collect::<Vec<_>>().join(", ")
    };
    let message = format!("“{}” means {} here, and came as {}", shown(name), listed(means), listed(meant));
    let letters = u32::try_from(source.text.chars().count()).unwrap_or(0);
    let fault = Diagnostic::warning("changed-sense", message).at(source.at(0, letters));
    fault.hint(
        "who types it would get other advice; if the change is meant, have the text signed: `aftercare sign`",
    )
}
