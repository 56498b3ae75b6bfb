//! Which times a sign may tell.

use super::texts::{TextId, Texts};
use crate::content::{Library, Rule};
use crate::diagnostic::{Diagnostic, Place, Sink};
use std::collections::BTreeMap;

pub fn check(library: &Library, texts: &Texts, words: &BTreeMap<String, TextId>, sink: &mut Sink) {
    let treatment = &library.treatment;
    let signs = Signs { library, texts };
    for rule in treatment.rules() {
        let Some(id) = words.get(&rule.key) else { continue };
        let Some(window) = &rule.window else { continue };
        signs.speaks_of(window, *id, rule).into_iter().for_each(|fault| sink.push(fault));
    }
    for rule in treatment.signs() {
        let Some(id) = words.get(&rule.key) else { continue };
        signs.names_no_limit(*id, rule).into_iter().for_each(|fault| sink.push(fault));
    }
    for rule in treatment.emergency.signs.iter().chain(&treatment.same_day.signs) {
        let Some(id) = words.get(&rule.key).filter(|_| rule.window.is_none()) else { continue };
        signs.waits_for_nothing(*id, rule).into_iter().for_each(|fault| sink.push(fault));
    }
}

struct Signs<'a> {
    library: &'a Library,
    texts: &'a Texts,
}

impl Signs<'_> {
    fn place(&self, text: TextId) -> Place {
        self.texts.source(text).map(|source| source.place.clone()).unwrap_or_default()
    }

    /// A sign of a window tells when: words that say another time, or none, would hide it.
    fn speaks_of(&self, window: &str, text: TextId, rule: &Rule) -> Option<Diagnostic> {
        if self.texts.is_faulty(text) || self.texts.used(text).any(|name| name == window) {
            return None;
        }
        let message = format!("`{}` does not speak of the window `{window}`", rule.key);
        let hint = format!("use `{{{{ {window}.after }}}}` or another of its times");
        Some(Diagnostic::error("sign-without-window", message).at(self.place(text)).hint(hint))
    }

    /// A limit may end with the next morning. What says when to call never comes later.
    fn names_no_limit(&self, text: TextId, rule: &Rule) -> Option<Diagnostic> {
        let is_moved =
            |name: &&str| self.library.protocol.window(name).is_some_and(|window| window.waking.is_some());
        let limit = self.texts.used(text).find(is_moved)?;
        let message =
            format!("`{}` names the limit `{limit}`, whose end may be moved to a morning", rule.key);
        let hint = "name a window that no `limit` or `more` of the timeline shows, or tie the sign to this one: \
            `{when: …, window: …}` in treatment.yaml";
        Some(Diagnostic::error("sign-of-a-limit", message).at(self.place(text)).hint(hint))
    }

    /// Help that is needed at once waits for no window, unless treatment.yaml says so of the sign.
    fn waits_for_nothing(&self, text: TextId, rule: &Rule) -> Option<Diagnostic> {
        let is_kept =
            |name: &&str| self.library.protocol.window(name).is_some_and(|window| window.waking.is_none());
        let window = self.texts.used(text).find(is_kept)?;
        let message = format!("`{}` calls for help at once, and its words wait for `{window}`", rule.key);
        let hint = format!(
            "say it without a time; or, if the sign is of that window, tie it: `{{when: …, window: {window}}}` in treatment.yaml"
        );
        Some(Diagnostic::warning("untied-sign", message).at(self.place(text)).hint(hint))
    }
}
