//! What texts rest on: claims that none rests on, and words too strong for what is known.

use super::text::{Kind, Text};
use super::{MOST, ProseWords};
use crate::content::files::{Embedded, Files};
use crate::content::{Claim, Folder, Library, Pack, Strength};
use crate::diagnostic::Diagnostic;
use std::collections::BTreeSet;

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
