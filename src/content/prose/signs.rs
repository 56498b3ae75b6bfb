//! The warning signs of a language beside each other, and the heading above those of an emergency.

use super::ProseWords;
use crate::content::Pack;
use crate::content::names::fold;
use crate::diagnostic::Diagnostic;
use std::collections::BTreeMap;

/// The heading that tells to call the emergency number.
const HEADING: &str = "emergency.heading";

/// Signs of one wording: what one of them should say, nobody is told.
pub fn twice(pack: &Pack) -> Vec<Diagnostic> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let signs = pack.safety.words.iter().filter(|(key, _)| key.contains(".signs."));
    let told = signs.filter_map(|(key, source)| {
        let other = seen.insert(fold(&source.text), key)?;
        let message = format!("`{other}` and `{key}` have the same words");
        let fault = Diagnostic::error("same-sign", message).at(source.at(0, 0));
        Some(fault.hint("say in words what this sign is"))
    });
    told.collect()
}

/// "Do not call 911": a word that says no, right before one that tells to call, or part of it.
pub fn denied(pack: &Pack, words: &ProseWords) -> Option<Diagnostic> {
    let source = pack.safety.words.get(HEADING)?;
    let text = &*source.text;
    let calls: Vec<(usize, usize)> =
        words.call.said(text).map(|((), at, length)| (at, at + length)).collect();
    let mut denials = words.negations.said(text).map(|((), at, length)| (at, at + length));
    let (at, end) = denials.find(|(at, end)| {
        let is_behind = |from: usize| text.get(*end..from).is_some_and(|gap| gap.trim().is_empty());
        calls.iter().any(|(from, to)| is_behind(*from) || at <= from && to <= end)
    })?;
    let written = &text[at..end];
    let message = format!("“{written}” stands with the call: this heading tells to call");
    let length = u32::try_from(written.chars().count()).unwrap_or(0);
    let fault = Diagnostic::error("denied-call", message).at(source.at(at, length));
    Some(fault.hint("write it as in “Call {{ clinic.emergency }} for any of these”"))
}
