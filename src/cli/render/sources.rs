//! The claims behind a sheet, for a clinician to look up.

use crate::{Citation, Cited};
use std::fmt::Write;

pub fn text(cited: &[Cited<'_>]) -> String {
    let mut text = String::from("What this sheet rests on\n");
    for Cited { claim, said_in } in cited {
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "\n{} ({}; reviewed {}, due {})\n  {}\n  said in: {}",
            claim.id,
            claim.strength.name(),
            claim.reviewed,
            claim.review_by,
            claim.statement.split_whitespace().collect::<Vec<_>>().join(" "),
            said_in.join(", ")
        );
        for source in &claim.sources {
            let _ = writeln!(text, "  source: {}", cited_as(source));
        }
    }
    text
}

fn cited_as(source: &Citation) -> String {
    let Citation { title, note, doi, url, .. } = source;
    let address = doi.as_ref().map(|doi| format!("https://doi.org/{doi}")).or_else(|| url.clone());
    let parts = [Some(title.clone()), note.clone(), address];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" | ")
}
