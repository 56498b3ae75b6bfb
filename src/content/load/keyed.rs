//! The keys of requests and rosters, of all treatments of a folder together.

use super::treatment;
use crate::content::Treatment;
use crate::diagnostic::{Diagnostic, Place, Sink};
use crate::limits::OWN_KEYS;
use crate::options::keys::{COMMON, Key, Keys};
use std::borrow::Cow;
use std::collections::BTreeMap;

pub(super) fn keys_of(treatments: &[Treatment], sink: &mut Sink) -> Keys {
    let options = treatments.iter().flat_map(|treatment| treatment.options.values());
    let keys = Keys::with(options.map(|option| option.key.clone())).needing(needed(treatments));
    let own = keys.iter().len() - COMMON.len();
    if own > OWN_KEYS.most {
        sink.push(OWN_KEYS.fault("the folder", own).at(Place::file(treatment::FOLDER)));
    }
    keys
}

/// Columns of options that every treatment requires.
fn needed(treatments: &[Treatment]) -> Vec<Cow<'static, str>> {
    let requires = |treatment: &Treatment, column: &str| {
        treatment.options.values().any(|option| option.required && option.key.column == column)
    };
    let first = treatments.first().into_iter().flat_map(|one| one.options.values());
    let columns = first.map(|option| option.key.column.clone());
    columns.filter(|column| treatments.iter().all(|one| requires(one, column))).collect()
}

/// A request or a roster has one table of keys, whatever its treatments: an option of two of them stands at one place.
pub(super) fn one_place_for_each_option(treatments: &[Treatment], sink: &mut Sink) {
    let mut seen: BTreeMap<&str, (&Key, &Treatment)> = BTreeMap::new();
    let options = treatments.iter().flat_map(|one| one.options.values().map(move |option| (option, one)));
    for (option, treatment) in options {
        let own = &option.key;
        let twin = seen.values().find(|(other, _)| {
            let same = [other.path == own.path, other.column == own.column, other.flag == own.flag];
            same.contains(&true) && (same.contains(&false) || other.list != own.list)
        });
        if let Some((_, other)) = twin {
            let message = format!(
                "the option `{}` stands at another place, or takes another number of values, in the treatment `{}`",
                option.id, other.id
            );
            let fault = Diagnostic::error("doubled-name", message).at(treatment.place.clone());
            sink.push(fault.hint("give it the same `at` and `flag` there and here, or another name"));
        }
        seen.entry(&own.path).or_insert((own, treatment));
    }
}
