//! `reading`, `passive` and `plain` of `content/prose/<language>.yaml`.

use crate::content::phrases::Phrases;
use crate::content::reading_limits::{Passives, PlainWords, ReadingLimits};
use crate::content::yaml::{Fields, Key, Kind, Node, Reader, optional, required};
use crate::diagnostic::{allowed, shown};
use crate::limits::LISTED;
use crate::readability::Measure;

const MEASURES: &str = "by a measure's name the highest grade (`flesch-kincaid`, `smog`) or the least ease (`flesch`, \
                        `kandel-moles`, `fernandez-huerta`, `franchina-vacca`, `amstad`)";

pub(super) const READING: &[Key] = &[
    optional("sheet", Kind::Free, MEASURES),
    optional("text", Kind::Free, MEASURES),
    optional("sentence", Kind::Number(1, 100), "words in a sentence, at most"),
    optional("average", Kind::Number(1, 100), "words in a sentence of a sheet on average, at most"),
    optional("paragraph", Kind::Number(1, 500), "words in a paragraph, at most"),
    optional("passive", Kind::Number(0, 100), "of a hundred sentences of a sheet these may be passive"),
];

pub(super) const PASSIVE: &[Key] = &[
    required("helpers", Kind::Lines, "the verbs that make a passive with a participle: `is`, `was`"),
    optional("between", Kind::Lines, "what may stand between the two: `not`, `often`"),
    optional("participles", Kind::Lines, "participles that no ending shows: `done`"),
    optional("endings", Kind::Lines, "endings of participles: `ed`"),
    optional("adjectives", Kind::Lines, "words with such an ending that are none: `tired`"),
];

pub(super) fn reading_limits(fields: &Fields<'_>, reader: &mut Reader<'_>) -> ReadingLimits {
    let mut limits = ReadingLimits {
        passives: fields.get("passive").and_then(|node| passives(node, reader)),
        plain: fields.get("plain").map(|node| plain(node, reader)).unwrap_or_default(),
        ..ReadingLimits::default()
    };
    let Some(node) = fields.get("reading") else { return limits };
    let Some(fields) = reader.fields(node, "`reading`", READING) else { return limits };
    let mut number = |key: &str, most: u32| {
        let number = fields.get(key).and_then(|node| reader.number(node, 0..=most));
        number.and_then(|number| usize::try_from(number).ok())
    };
    limits.sentence = number("sentence", 100);
    limits.average = number("average", 100);
    limits.passive = number("passive", 100);
    limits.paragraph = number("paragraph", 500);
    limits.sheet = fields.get("sheet").map(|node| measures(node, reader)).unwrap_or_default();
    limits.text = fields.get("text").map(|node| measures(node, reader)).unwrap_or_default();
    limits
}

fn measures(node: &Node, reader: &mut Reader<'_>) -> Vec<(Measure, f64)> {
    let mut found = Vec::new();
    for entry in reader.entries(node, "the measures").unwrap_or_default() {
        let Some(measure) = Measure::ALL.into_iter().find(|measure| measure.name() == entry.key) else {
            let message = format!("unknown measure `{}`", shown(&entry.key));
            let hint = allowed(&entry.key, Measure::ALL.iter().map(|measure| measure.name()));
            reader.fault(entry.key_span, "unknown-key", message, Some(hint));
            continue;
        };
        found.extend(reader.number(&entry.node, 0..=100).map(|limit| (measure, f64::from(limit))));
    }
    found
}

fn passives(node: &Node, reader: &mut Reader<'_>) -> Option<Passives> {
    let fields = reader.fields(node, "`passive`", PASSIVE)?;
    let mut list = |key: &str| fields.get(key).map(|node| phrases(node, reader)).unwrap_or_default();
    let mut words = |key: &str| Phrases::new(list(key).into_iter().map(|phrase| ((), phrase)));
    Some(Passives {
        helpers: words("helpers"),
        between: words("between"),
        participles: words("participles"),
        adjectives: words("adjectives"),
        endings: list("endings"),
    })
}

fn plain(node: &Node, reader: &mut Reader<'_>) -> PlainWords {
    let entries = reader.entries(node, "the list").unwrap_or_default();
    let mut words = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        words.extend(phrases(&entry.node, reader).into_iter().map(|phrase| (index, phrase)));
    }
    PlainWords {
        jargon: Phrases::new(words),
        plain: entries.iter().map(|entry| entry.key.to_string()).collect(),
    }
}

/// A list of phrases in lower case, as texts are compared.
pub(super) fn phrases(node: &Node, reader: &mut Reader<'_>) -> Vec<String> {
    let items = reader.items_within(node, "the list", LISTED);
    items.iter().filter_map(|item| reader.line(item)).map(|line| line.to_lowercase()).collect()
}
