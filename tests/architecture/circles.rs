//! Circles among the files of a folder: files that name each other cannot be read, moved or tested one at a time.

use super::imports::{Names, names};
use std::collections::{BTreeMap, BTreeSet};

/// A module's path from the root of `src`.
type Module = Vec<String>;
/// Who names whom among the parts of one folder: files, and folders in it as a whole.
type Arrows = BTreeMap<String, BTreeSet<String>>;

/// The arrows of each circle (`row → index`), by the folder's path (`layout/brochure`; empty for `src` itself).
pub fn circles(sources: &BTreeMap<Module, String>) -> BTreeMap<String, Vec<Vec<String>>> {
    let read: BTreeMap<&Module, Names> = sources
        .iter()
        .map(|(module, source)| {
            let path: Vec<&str> = module.iter().map(String::as_str).collect();
            (module, names(&path, source).unwrap_or_else(|error| panic!("{module:?}: {error}")))
        })
        .collect();
    let folders: BTreeSet<Module> =
        sources.keys().flat_map(|module| (0..module.len()).map(|end| module[..end].to_vec())).collect();
    let found = folders.iter().map(|folder| (folder.join("/"), knots(&arrows(folder, &read))));
    found.filter(|(_, knots)| !knots.is_empty()).collect()
}

/// A folder's own file (`mod.rs`, `check.rs`) is left out: it declares the others, and they may use what it says.
fn arrows(folder: &[String], read: &BTreeMap<&Module, Names>) -> Arrows {
    let mut arrows = Arrows::new();
    for (module, names) in read {
        let Some([part, ..]) = module.strip_prefix(folder) else { continue };
        let reached = names.named.iter().filter_map(|name| part_of(name, folder, read));
        arrows.entry(part.clone()).or_default().extend(reached.filter(|other| other != part));
    }
    arrows
}

/// The part of a folder that a name stands in. What a folder's own file passes on stands where it comes from.
fn part_of(name: &[String], folder: &[String], read: &BTreeMap<&Module, Names>) -> Option<String> {
    let mut name = name.to_vec();
    // A name may be passed on several times, from folder to folder.
    for _ in 0..8 {
        let [part, ..] = name.strip_prefix(folder)? else { return None };
        if read
            .keys()
            .any(|module| module.strip_prefix(folder).is_some_and(|rest| rest.first() == Some(part)))
        {
            return Some(part.clone());
        }
        let own = read.get(&folder.to_vec())?;
        let there = own.passed_on.get(part)?;
        name = [there, &name[folder.len() + 1..]].concat();
    }
    None
}

/// The parts that reach each other, each circle once.
fn knots(arrows: &Arrows) -> Vec<Vec<String>> {
    let reached: BTreeMap<&String, BTreeSet<&String>> =
        arrows.keys().map(|part| (part, reached_from(part, arrows))).collect();
    let knot = |part: &String| -> Vec<String> {
        let back = |other: &&&String| reached.get(**other).is_some_and(|theirs| theirs.contains(part));
        reached[part].iter().filter(back).map(|other| (*other).clone()).collect()
    };
    let knots: BTreeSet<Vec<String>> = arrows.keys().map(knot).filter(|knot| knot.len() > 1).collect();
    let told = |knot: Vec<String>| {
        let within = |part: &String| {
            let others = arrows[part].iter().filter(|other| knot.contains(other));
            others.map(|other| format!("{part} → {other}")).collect::<Vec<_>>()
        };
        knot.iter().flat_map(within).collect()
    };
    knots.into_iter().map(told).collect()
}

fn reached_from<'a>(part: &'a String, arrows: &'a Arrows) -> BTreeSet<&'a String> {
    let (mut reached, mut next) = (BTreeSet::new(), vec![part]);
    while let Some(part) = next.pop() {
        let new = arrows.get(part).into_iter().flatten().filter(|other| reached.insert(*other));
        next.extend(new.collect::<Vec<_>>());
    }
    reached
}
