//! Whether a text prints what was typed for each patient, or only under conditions that some do not meet.

use crate::content::Source;
use std::collections::{BTreeMap, BTreeSet};

/// Names of conditions that are tried together, at most: of more nobody knows.
const MOST: usize = 10;
/// What is known of every sheet.
const KNOWN: [(&str, bool); 2] = [("for_patient", true), ("fold", false)];

/// A condition around a place, and whether it holds there.
type Guard = (String, bool);

/// Texts with the conditions of what they stand in, and a name that is filled in by some of them.
pub struct Printed<'n> {
    name: &'n str,
    /// Around each place where the name is filled in.
    places: Vec<Vec<Guard>>,
}

impl<'n> Printed<'n> {
    pub fn new(name: &'n str) -> Printed<'n> {
        Printed { name, places: Vec::new() }
    }

    /// Adds the places of a text; `around`: the conditions of its section or question.
    pub fn add(&mut self, text: &str, around: &[Source]) {
        let outer = around.iter().map(|condition| (condition.text.to_string(), true));
        let outer: Vec<Guard> = outer.collect();
        let mut open: Vec<Vec<Guard>> = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find('{') {
            rest = &rest[at + 1..];
            if let Some(tag) = rest.strip_prefix('{') {
                let inner = tag.split("}}").next().unwrap_or_default();
                if idents(inner).any(|ident| ident == self.name) {
                    self.places.push(outer.iter().chain(open.iter().flatten()).cloned().collect());
                }
            } else if let Some(tag) = rest.strip_prefix('%') {
                let inner = tag.split("%}").next().unwrap_or_default();
                step(inner.trim_matches(['-', ' ', '\n']), &mut open);
            }
        }
    }

    /// Names of conditions that have to hold, or not to, for what was typed to be printed. Empty: it always is, or nobody knows.
    pub fn hangs_on(&self) -> BTreeSet<&str> {
        let mut names: BTreeSet<&str> = BTreeSet::new();
        for (condition, _) in self.places.iter().flatten() {
            if !is_plain(condition) {
                return BTreeSet::new();
            }
            let own = idents(condition).filter(|ident| !WORDS.contains(ident));
            names.extend(
                own.filter(|ident| *ident != self.name && KNOWN.iter().all(|(known, _)| known != ident)),
            );
        }
        let names: Vec<&str> = names.into_iter().collect();
        if names.len() > MOST {
            return BTreeSet::new();
        }
        let is_lost = |case: u32| {
            let mut holds: BTreeMap<&str, bool> =
                names.iter().enumerate().map(|(at, name)| (*name, case >> at & 1 == 1)).collect();
            holds.extend(KNOWN.into_iter().chain([(self.name, true)]));
            !self.places.iter().any(|place| place.iter().all(|(said, is)| evaluate(said, &holds) == *is))
        };
        let lost = (0..1_u32 << names.len()).any(is_lost);
        if lost { names.into_iter().collect() } else { BTreeSet::new() }
    }
}

const WORDS: [&str; 3] = ["and", "or", "not"];

/// Goes into a branch, on to the next one, or out of it.
fn step(said: &str, open: &mut Vec<Vec<Guard>>) {
    let (first, condition) = said.split_once(' ').unwrap_or((said, ""));
    match first {
        "if" => open.push(vec![(condition.trim().to_owned(), true)]),
        "elif" | "else" => {
            if let Some(branch) = open.last_mut() {
                branch.iter_mut().last().into_iter().for_each(|guard| guard.1 = false);
                branch.extend((first == "elif").then(|| (condition.trim().to_owned(), true)));
            }
        }
        "endif" => drop(open.pop()),
        _ => {}
    }
}

/// Whether a condition has names, `and`, `or` and `not` alone: of values that are compared nobody knows here which there are.
fn is_plain(condition: &str) -> bool {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c.is_ascii_whitespace();
    condition.chars().all(is_of_name)
        && !condition.split_whitespace().any(|word| word == "in" || word == "is")
}

fn idents(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
}

/// A condition of names: `or` of `and` of `not`.
fn evaluate(condition: &str, holds: &BTreeMap<&str, bool>) -> bool {
    let words: Vec<&str> = condition.split_whitespace().collect();
    words.split(|word| *word == "or").any(|all| {
        all.split(|word| *word == "and").all(|one| {
            let denied = one.iter().filter(|word| **word == "not").count() % 2 == 1;
            one.last().and_then(|name| holds.get(name)).is_some_and(|is| *is != denied)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;

    #[test]
    fn what_is_typed_prints_for_everybody_or_hangs_on_names() {
        for (texts, names) in [
            (&["{% if garment %}{{ garment }}.{% endif %}"][..], &[][..]),
            (&["{% if garment and arm %}{{ garment }}.{% endif %}"], &["arm"]),
            (&["{% if arm %}{{ garment }}{% else %}Wear {{ garment }}{% endif %}"], &[]),
            (&["{% if arm %}{{ garment }}{% endif %}", "{% if not arm %}{{ garment }}{% endif %}"], &[]),
            (&["{% if arm %}A{% elif leg %}{{ garment }}{% endif %}"], &["arm", "leg"]),
            (&["{% if for_patient and not fold %}{{ garment }}{% endif %}"], &[]),
            (&["{% if strength == \"light\" %}{{ garment }}{% endif %}"], &[]),
        ] {
            let mut printed = Printed::new("garment");
            texts.iter().for_each(|text| printed.add(text, &[]));
            assert_eq!(printed.hangs_on().into_iter().collect::<Vec<_>>(), names, "{texts:?}");
        }
        let mut printed = Printed::new("garment");
        printed.add("{{ garment }}", &[Source::new("pregnancy", Place::line("a.md", 1, 1))]);
        assert_eq!(printed.hangs_on().len(), 1);
    }
}
