//! Whom pages may ask for a picture, and what they tell their readers of it.

use super::questions::plain;
use super::text::{SiteClinic, SiteLanguage};
use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::html::page::Trackers;

/// Errors: a clinic with trackers, and a language without words for them.
pub(super) fn trackers(clinic: &SiteClinic, language: &SiteLanguage) -> Result<Trackers, Faults> {
    let (names, hosts): (Vec<String>, Vec<String>) = clinic.trackers.iter().cloned().unzip();
    if hosts.is_empty() {
        return Ok(Trackers::NONE);
    }
    let tag = language.document.meta().language.tag();
    let Some(words) = language.words.get("trackers") else {
        let message = format!("the clinic has `trackers`, and no words to tell readers of them in {tag}");
        let place = Place::file(format!("content/languages/{tag}/words.yaml"));
        let hint = "write `trackers` under `site`, with `{names}` in it";
        return Err(Diagnostic::error("missing-key", message).at(place).hint(hint).into());
    };
    Ok(Trackers { hosts, notice: plain(words).replace("{names}", &names.join(", ")) })
}
