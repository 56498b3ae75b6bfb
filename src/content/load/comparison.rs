//! Values that a treatment should have, held against its file: those that claims support, and those it came with.

use crate::content::yaml::{Entry, Node, Value};
use crate::diagnostic::{Severity, shown};
use std::collections::BTreeSet;

/// Keys of a treatment that stand for authors alone.
const UNSEEN: [&str; 2] = ["claims", "means"];

/// What of a treatment is not as it should be.
pub(super) struct Difference<'n> {
    /// The nearest node of `treatment.yaml` that there is.
    pub(super) at: &'n Node,
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
        let path = shown(path);
        let said = match self.basis {
            Basis::Claim(claim) => format!("`{path}` is missing, and the claim `{claim}` supports {what}"),
            Basis::Shipped => format!("`{path}` is missing, and came as {what}"),
        };
        Difference { at, said, severity: Severity::Error }
    }

    /// What a window rests on and what a fact is called change nothing on a sheet.
    fn counts(&self, key: &str) -> bool {
        matches!(self.basis, Basis::Claim(_)) || !UNSEEN.contains(&key)
    }

    pub(super) fn differences<'n>(&self, path: &str, wanted: &Node, found: &'n Node) -> Vec<Difference<'n>> {
        match (&wanted.value, &found.value) {
            (Value::Map(wanted), Value::Map(_)) => {
                let of_key = |entry: &Entry| {
                    let path = format!("{path}.{}", entry.key);
                    match found.get(&entry.key) {
                        Some(found) => self.differences(&path, &entry.node, found),
                        None => vec![self.missing(found, &path, &entry.node)],
                    }
                };
                wanted.iter().filter(|entry| self.counts(&entry.key)).flat_map(of_key).collect()
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
        let lacking = wanted_names.difference(&own);
        let lacking = lacking.map(|name| match self.basis {
            Basis::Claim(claim) => {
                format!("`{path}` lacks `{}`, which the claim `{claim}` supports", shown(name))
            }
            Basis::Shipped => format!("`{path}` lacks `{}`, with which it came", shown(name)),
        });
        let more = own.difference(&wanted_names).filter(|_| !wanted_names.is_empty());
        let more = more.map(|name| match self.basis {
            Basis::Claim(claim) => {
                format!("`{path}` has `{}`, which the claim `{claim}` does not support", shown(name))
            }
            Basis::Shipped => format!("`{path}` has `{}`, with which it did not come", shown(name)),
        });
        let grouped = wanted.iter().filter(|node| text(node).is_none());
        let gone =
            grouped.filter(|node| !found.iter().any(|own| self.differences(path, node, own).is_empty()));
        let gone = gone.map(|node| match self.basis {
            Basis::Claim(claim) => {
                format!("`{path}` lacks an entry that the claim `{claim}` supports: {}", in_one_line(node))
            }
            Basis::Shipped => format!("`{path}` lacks an entry with which it came: {}", in_one_line(node)),
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
