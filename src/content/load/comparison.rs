//! Values that a treatment should have, held against its file: those that claims support, and those it came with.

use crate::content::yaml::{Entry, Node, Value};
use crate::diagnostic::{Severity, shown};
use std::collections::BTreeSet;

/// Keys of a treatment that stand for authors alone, or for whoever makes a request.
const UNSEEN: [&str; 3] = ["claims", "means", "reason"];
/// Groups of a treatment, and how far down their keys are names: a folder has others beside those it came with. What stands
/// below a name says what is true of it.
const NAMED: [(&str, usize); 5] =
    [("windows", 0), ("facts", 0), ("precautions", 0), (OPTIONS, 0), ("tiers", 2)];
const OPTIONS: &str = "options";
/// What of an option decides which advice a request gets.
const OF_OPTION: [&str; 5] = ["required", "default", "values", "groups", "sides"];
/// Lists of entries that print one below the other.
const IN_ORDER: [&str; 1] = ["timeline.rows"];

/// What of a treatment is not as it should be.
pub(super) struct Difference<'n> {
    /// The nearest node of `treatment.yaml` that there is.
    pub(super) at: &'n Node,
    /// Where in the file it is, or would be.
    pub(super) path: String,
    pub(super) said: String,
    /// Hours are a clinic's to change; which warnings hang on what is not.
    pub(super) severity: Severity,
}

/// Where values come from that a treatment should have.
pub(super) enum Basis<'c> {
    /// The claim of this id.
    Claim(&'c str),
    /// The treatment as it came with the program.
    Shipped,
}

/// Values, held against those of a treatment.
pub(super) struct Comparison<'c> {
    pub(super) basis: Basis<'c>,
}

impl Comparison<'_> {
    /// `windows.rest.to: 48`: a place in the file, and what stands there.
    pub(super) fn held_against<'n>(&self, treatment: &'n Node, supported: &Entry) -> Vec<Difference<'n>> {
        let mut at = treatment;
        for key in supported.key.split('.') {
            match at.get(key) {
                Some(node) => at = node,
                None => return vec![self.missing(at, &supported.key, &supported.node)],
            }
        }
        self.differences(&supported.key, &supported.node, at)
    }

    pub(super) fn missing<'n>(&self, at: &'n Node, path: &str, wanted: &Node) -> Difference<'n> {
        let what = match (&self.basis, text(wanted)) {
            (_, Some(value)) => format!("`{}`", shown(value)),
            (Basis::Claim(_), None) => "it".to_owned(),
            (Basis::Shipped, None) => format!("`{}`", shown(&in_one_line(wanted))),
        };
        let (path, shown) = (path.to_owned(), shown(path));
        let said = match self.basis {
            Basis::Claim(claim) => format!("`{shown}` is missing, and the claim `{claim}` supports {what}"),
            Basis::Shipped => format!("`{shown}` is missing, and came as {what}"),
        };
        Difference { at, path, said, severity: Severity::Error }
    }

    /// What a window rests on and what a fact is called change nothing on a sheet.
    fn counts(&self, path: &str, key: &str) -> bool {
        let is_of_option = path.starts_with(OPTIONS) && path.matches('.').count() == 1;
        match self.basis {
            Basis::Claim(_) => true,
            Basis::Shipped if is_of_option => OF_OPTION.contains(&key),
            Basis::Shipped => !UNSEEN.contains(&key),
        }
    }

    /// What stands beside that with which a window, a sign or a row came: it may take back what that says.
    fn added<'n>(&self, path: &str, wanted: &Node, found: &'n Node) -> Vec<Difference<'n>> {
        let is_own = has_names(path) || path.starts_with(OPTIONS) && path.matches('.').count() > 1;
        if matches!(self.basis, Basis::Claim(_)) || is_own {
            return Vec::new();
        }
        let is_new = |entry: &&Entry| self.counts(path, &entry.key) && wanted.get(&entry.key).is_none();
        let told = |entry: &'n Entry| {
            let path = format!("{path}.{}", entry.key);
            let said =
                format!("`{}` is `{}`, and it came without", shown(&path), shown(&in_one_line(&entry.node)));
            Difference { at: &entry.node, path, said, severity: Severity::Error }
        };
        entries(found).iter().filter(is_new).map(told).collect()
    }

    pub(super) fn differences<'n>(&self, path: &str, wanted: &Node, found: &'n Node) -> Vec<Difference<'n>> {
        match (&wanted.value, &found.value) {
            (Value::Map(keys), Value::Map(_)) => {
                let of_key = |entry: &Entry| {
                    let path = format!("{path}.{}", entry.key);
                    match found.get(&entry.key) {
                        Some(found) => self.differences(&path, &entry.node, found),
                        None => vec![self.missing(found, &path, &entry.node)],
                    }
                };
                let known = keys.iter().filter(|entry| self.counts(path, &entry.key)).flat_map(of_key);
                known.chain(self.added(path, wanted, found)).collect()
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
                let said = match self.basis {
                    Basis::Claim(claim) => {
                        format!("`{path}` is {own}, and the claim `{claim}` supports {wanted_there}")
                    }
                    Basis::Shipped => format!("`{path}` is {own}, and came as {wanted_there}"),
                };
                let is_number = text(wanted).is_some_and(|value| value.parse::<u32>().is_ok());
                let severity = if is_number { Severity::Warning } else { Severity::Error };
                vec![Difference { at: found, path: path.to_owned(), said, severity }]
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
        let error = |(what, said): (String, String)| Difference {
            at,
            path: format!("{path}: {what}"),
            said,
            severity: Severity::Error,
        };
        let lacking = wanted_names.difference(&own);
        let lacking = lacking.map(|name| {
            let said = match self.basis {
                Basis::Claim(claim) => {
                    format!("`{path}` lacks `{}`, which the claim `{claim}` supports", shown(name))
                }
                Basis::Shipped => format!("`{path}` lacks `{}`, with which it came", shown(name)),
            };
            ((*name).to_owned(), said)
        });
        // What more an option can be asked for is a folder's own.
        let is_told = match self.basis {
            Basis::Claim(_) => !wanted_names.is_empty(),
            Basis::Shipped => !path.starts_with(OPTIONS),
        };
        let more = own.difference(&wanted_names).filter(|_| is_told);
        let more = more.map(|name| {
            let said = match self.basis {
                Basis::Claim(claim) => {
                    format!("`{path}` has `{}`, which the claim `{claim}` does not support", shown(name))
                }
                Basis::Shipped => format!("`{path}` has `{}`, with which it did not come", shown(name)),
            };
            ((*name).to_owned(), said)
        });
        let grouped = wanted.iter().filter(|node| text(node).is_none());
        let gone =
            grouped.filter(|node| !found.iter().any(|own| self.differences(path, node, own).is_empty()));
        let gone = gone.map(|node| {
            let entry = in_one_line(node);
            let said = match self.basis {
                Basis::Claim(claim) => {
                    format!("`{path}` lacks an entry that the claim `{claim}` supports: {entry}")
                }
                Basis::Shipped => format!("`{path}` lacks an entry with which it came: {entry}"),
            };
            (entry, said)
        });
        let turned = self.is_in_other_order(path, wanted, found).then(|| {
            ("order".to_owned(), format!("the entries of `{path}` stand in another order than they came in"))
        });
        lacking.chain(more).chain(gone).chain(turned).map(error).collect()
    }

    fn is_in_other_order(&self, path: &str, wanted: &[Node], found: &[Node]) -> bool {
        if matches!(self.basis, Basis::Claim(_)) || !IN_ORDER.contains(&path) {
            return false;
        }
        let place = |node: &Node| found.iter().position(|own| self.differences(path, node, own).is_empty());
        !wanted.iter().filter_map(place).is_sorted()
    }
}

/// Whether the keys at a place are names that a folder gives.
fn has_names(path: &str) -> bool {
    let depth = path.matches('.').count();
    let group = path.split('.').next().unwrap_or_default();
    NAMED.iter().any(|(named, deepest)| *named == group && depth <= *deepest)
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

pub(super) fn entries(node: &Node) -> &[Entry] {
    match &node.value {
        Value::Map(entries) => entries,
        _ => &[],
    }
}

pub(super) fn text(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Scalar(scalar) => Some(scalar.text.trim()),
        _ => None,
    }
}
