//! What texts rest on: claims that none rests on, and words too strong for what is known.

use super::spans::{Span, spans};
use super::text::{Kind, Text};
use super::told::one_line;
use super::{MOST, Prose, ProseWords};
use crate::content::files::{Embedded, Files};
use crate::content::{Claim, Folder, Library, Pack, Strength};
use crate::diagnostic::Diagnostic;
use std::collections::{BTreeMap, BTreeSet};

/// What treatments share.
const LEDGER: &str = "content/claims.yaml";

/// Claims that no text and no window names. Those that come with the program wait until a text rests on them.
pub fn unused(folder: &Folder) -> Vec<Diagnostic> {
    let ledger =
        Embedded.read(LEDGER).map(|data| String::from_utf8_lossy(&data).into_owned()).unwrap_or_default();
    let comes_with = |claim: &Claim| {
        &*claim.place.file == LEDGER
            && ledger.lines().any(|line| line.strip_prefix("- id: ") == Some(&claim.id))
    };
    let used: BTreeSet<&str> = folder.treatments().flat_map(named).map(String::as_str).collect();
    let all = folder.treatments().flat_map(|library| library.claims.values());
    let unused = all.filter(|claim| !used.contains(&*claim.id) && !comes_with(claim));
    let told = unused.map(|claim| {
        let message = format!("no text rests on the claim `{}`", claim.id);
        let fault = Diagnostic::warning("unused-claim", message).at(claim.place.clone());
        fault.hint("name it under `claims` of the text that says it, or take it out")
    });
    told.collect()
}

fn named(library: &Library) -> impl Iterator<Item = &String> {
    let windows = library.protocol.windows.values().flat_map(|window| &window.claims);
    let texts = library.packs.values().flat_map(Pack::dated);
    windows.chain(texts.flat_map(|text| text.claims))
}

/// Sections, questions and exercises that rest on no claim at all.
pub fn without(pack: &Pack) -> Vec<Diagnostic> {
    // The warning signs as a whole are nobody's claim to forget: their file requires the key.
    let bare = pack.dated().filter(|text| text.claims.is_empty() && !text.id.is_empty());
    let told = bare.map(|text| {
        let message = format!("the {} `{}` rests on no claim", text.what, text.id);
        let fault = Diagnostic::warning("no-claim", message).at(text.place.clone());
        fault.hint("name what it rests on under `claims`; the clinic's own advice is a claim too")
    });
    told.collect()
}

/// Windows that rest on no claim: nobody can look up where their hours come from.
pub fn windows_without(folder: &Folder) -> Vec<Diagnostic> {
    let windows = folder.treatments().flat_map(|library| &library.protocol.windows);
    let bare = windows.filter(|(_, window)| window.claims.is_empty());
    let told = bare.map(|(name, window)| {
        let fault = Diagnostic::warning("no-claim", format!("the window `{name}` rests on no claim"));
        fault
            .at(window.place.clone())
            .hint("name what it rests on under `claims`; the clinic's own advice is a claim too")
    });
    told.collect()
}

/// A window and the claim that it rests on say the same hours: each span of the statement ends as a window does.
pub fn other_hours(library: &Library, prose: &Prose) -> Vec<Diagnostic> {
    let windows = library.protocol.windows.values();
    let mut ends: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
    for window in windows {
        let choices = window.by.values().flat_map(BTreeMap::values).copied();
        let bounds = window.bounds.into_iter().flat_map(|(least, most)| [least, most]);
        let all: Vec<u32> = choices.chain(bounds).chain([window.from, window.to]).collect();
        window.claims.iter().for_each(|claim| ends.entry(claim).or_default().extend(&all));
    }
    let told = ends.iter().filter_map(|(id, ends)| {
        let claim = library.claims.get(*id)?;
        let says = |span: &Span| span.minutes.last().is_some_and(|last| ends.contains(&(last / 60)));
        let span = every_span(&claim.statement, prose).into_iter().find(|span| !says(span))?;
        let written = &claim.statement[span.at..span.end()];
        let hours: Vec<String> = ends.iter().filter(|end| **end > 0).map(u32::to_string).collect();
        let message = format!(
            "the claim `{id}` says “{}”, and the windows that rest on it end after {} hours",
            one_line(written),
            hours.join(", ")
        );
        let fault = Diagnostic::warning("other-hours", message).at(claim.place.clone());
        Some(fault.hint("write in both what the sources say"))
    });
    told.collect()
}

/// In the words of whatever language says one.
fn every_span(statement: &str, prose: &Prose) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for words in prose.all() {
        let meets = |span: &Span| found.iter().any(|own| own.at < span.end() && span.at < own.end());
        let more: Vec<Span> = spans(statement, words).into_iter().filter(|span| !meets(span)).collect();
        found.extend(more);
    }
    found
}

/// A text that rests on weak claims alone says nothing as if it were sure.
pub fn too_strong(text: &Text<'_>, library: &Library, words: &ProseWords) -> Vec<Diagnostic> {
    let strengths: Vec<Strength> =
        text.claims.iter().filter_map(|id| Some(library.claims.get(id)?.strength)).collect();
    let is_weak = |strength: &Strength| {
        matches!(
            strength,
            Strength::Weak | Strength::Indirect | Strength::ClinicAdvice | Strength::CaseReports
        )
    };
    if text.kind != Kind::Prose || strengths.is_empty() || !strengths.iter().all(is_weak) {
        return Vec::new();
    }
    let said = words.strong.said(&text.seen).take(MOST).map(|((), at, length)| {
        let written = &text.seen[at..at + length];
        let message = format!("“{written}” sounds sure, and what this text rests on is not");
        let length = u32::try_from(written.chars().count()).unwrap_or(0);
        let fault = Diagnostic::warning("strong-words", message).at(text.source.at(at, length));
        fault.hint("say it as “may” or “can”, or name a claim that is `strong` or `moderate`")
    });
    said.collect()
}
