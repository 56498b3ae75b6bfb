//! Languages of a treatment beside each other: the same sections and questions, the same numbers and windows in each text,
//! and each text in its own language.

use super::letters::starts;
use super::negations;
use super::numbers::number_at;
use super::spans::{Span, spans};
use super::text::{Kind, TagKind, Text, of_pack, tags};
use super::{MOST, Prose, ProseWords, heads, sizes};
use crate::content::{Library, Pack};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::letter::is_letter;
use crate::locale::Language;
use std::collections::{BTreeMap, BTreeSet};

/// Words of which a text must have as many, before its being the same in two languages is odd.
const WORDS: usize = 3;
/// So many such texts of a file are told one by one.
const ALONE: usize = 4;

pub fn check(library: &Library, prose: &Prose) -> Vec<Diagnostic> {
    let mut packs = library.packs.values();
    let Some(first) = packs.next() else { return Vec::new() };
    let texts: BTreeMap<String, Text<'_>> =
        of_pack(first).into_iter().map(|text| (text.id.clone(), text)).collect();
    let mut found = Vec::new();
    // The suite holds translations as they came against the texts that they were made from.
    let is_original = super::is_proved(first, prose) && !first.is_translation;
    for pack in packs.filter(|pack| !(is_original && super::is_proved(pack, prose))) {
        let pair = Pair { library, prose, first, other: pack };
        found.extend(pair.missing());
        found.extend(heads::check(first, pack));
        found.extend(sizes::check(&texts, pack, &first.language));
        let mut same = Vec::new();
        for text in of_pack(pack) {
            let Some(source) = texts.get(&text.id) else { continue };
            same.extend(pair.same_text(source, &text));
            found.extend(pair.compare(source, &text));
        }
        found.extend(by_file(same));
    }
    found
}

/// Of a file that was not translated at all, one finding tells the rest.
fn by_file(same: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut files: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
    for fault in same {
        let file = fault.place.as_ref().map(|place| place.file.to_string()).unwrap_or_default();
        files.entry(file).or_default().push(fault);
    }
    let mut found = Vec::new();
    for mut faults in files.into_values() {
        if faults.len() > ALONE {
            let more = faults.len() - 1;
            faults.truncate(1);
            faults[0].message.push_str(&format!(", nor are {more} more of this file"));
        }
        found.extend(faults);
    }
    found
}

struct Pair<'l> {
    library: &'l Library,
    prose: &'l Prose,
    first: &'l Pack,
    other: &'l Pack,
}

impl Pair<'_> {
    /// Sections, questions and exercises that one language has and the other lacks.
    fn missing(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (has, lacks) in [(self.first, self.other), (self.other, self.first)] {
            let sections = has.sections.iter().filter(|(id, _)| !lacks.sections.contains_key(*id));
            found.extend(sections.map(|(id, section)| self.lacks("section", id, &section.place, lacks)));
            let has_question = |id: &str| lacks.questions.iter().any(|question| question.id == id);
            let questions = has.questions.iter().filter(|question| !has_question(&question.id));
            found.extend(questions.map(|one| self.lacks("question", &one.id, &one.place, lacks)));
            for (library, exercises) in &has.libraries {
                let others = lacks.libraries.get(library);
                let has_one = |id: &String| others.is_some_and(|others| others.contains_key(id));
                let missing = exercises.iter().filter(|(id, _)| !has_one(id));
                found.extend(missing.map(|(id, one)| self.lacks("exercise", id, &one.place, lacks)));
            }
        }
        found
    }

    fn lacks(&self, what: &str, id: &str, place: &Place, lacks: &Pack) -> Diagnostic {
        let language = &lacks.language;
        let message = format!("the language `{language}` lacks the {what} `{id}`: its readers are told less");
        let hint = format!(
            "write it in content/treatments/{}/{language} too, or take it out here",
            self.library.treatment.id
        );
        Diagnostic::warning("untranslated", message).at(place.clone()).hint(hint)
    }

    fn compare(&self, source: &Text<'_>, text: &Text<'_>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        found.extend(self.names(source, text));
        found.extend(self.numbers(source, text));
        found.extend(self.negation(source, text));
        found
    }

    /// A text that says no where the other does not.
    fn negation(&self, source: &Text<'_>, text: &Text<'_>) -> Option<Diagnostic> {
        let words = |pack: &Pack| self.prose.of(&pack.language).filter(|words| negations::is_known(words));
        let (theirs, ours) = (words(self.first)?, words(self.other)?);
        if source.seen.split_whitespace().eq(text.seen.split_whitespace()) {
            return None;
        }
        let (denies, at, length) = negations::lost(&source.seen, theirs, &text.seen, ours)?;
        let (no, other) = match denies {
            true => (&self.other.language, &self.first.language),
            false => (&self.first.language, &self.other.language),
        };
        let message = format!("`{no}` says “not” here, and `{other}` does not");
        let written = text.seen[at..at + length].lines().next().unwrap_or_default();
        let length = u32::try_from(written.chars().count()).unwrap_or(0);
        let fault = Diagnostic::warning("other-negation", message).at(text.source.at(at, length));
        Some(fault.hint("make sure that both languages tell to do the same, or not to"))
    }

    /// A text left in the other language.
    fn same_text(&self, source: &Text<'_>, text: &Text<'_>) -> Option<Diagnostic> {
        // A place in braces is no word.
        let is_word = |word: &&str| !word.starts_with('{') && word.chars().any(is_letter);
        let words = text.seen.split_whitespace().filter(is_word).count();
        let is_same = text.source.text == source.source.text && words >= WORDS;
        if !is_same || self.first.language.primary() == self.other.language.primary() {
            return None;
        }
        let message = format!(
            "this text is the same in `{}` as in `{}`: it is not translated",
            self.other.language, self.first.language
        );
        let severity = if text.kind == Kind::Safety { Severity::Error } else { Severity::Warning };
        let fault = Diagnostic::error("same-text", message).at(text.source.at(0, 0));
        Some(Diagnostic { severity, ..fault }.hint(format!("write it in `{}`", self.other.language)))
    }

    /// Windows, values and conditions: what one text names and the other does not.
    fn names(&self, source: &Text<'_>, text: &Text<'_>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let (own, others) = (Names::of(text, self.library), Names::of(source, self.library));
        if let Some((severity, at)) = own.other_window(&others) {
            let severity = if text.kind == Kind::Safety { Severity::Error } else { severity };
            let message = format!(
                "this text names {} in `{}`, and {} in `{}`",
                own.windows(&others),
                self.other.language,
                others.windows(&own),
                self.first.language
            );
            let fault = Diagnostic::error("other-window", message).at(text.source.at(at, 0));
            let hint = "both languages tell the same times: name the same windows, and what comes after them in both";
            found.push(Diagnostic { severity, ..fault }.hint(hint));
        }
        if own.other_facts(&others) {
            let message = format!(
                "this text asks for {} in `{}`, and for {} in `{}`",
                listed(&own.asked_for(&others)),
                self.other.language,
                listed(&others.asked_for(&own)),
                self.first.language
            );
            let at = own.first_of(&own.asked_for(&others), &others.facts.keys().cloned().collect());
            let fault = Diagnostic::warning("other-condition", message).at(text.source.at(at, 0));
            found.push(fault.hint("the same patients are told the same: use the same conditions"));
        }
        found
    }

    /// Numbers in digits that the other text has neither in digits nor in words.
    fn numbers(&self, source: &Text<'_>, text: &Text<'_>) -> Vec<Diagnostic> {
        let words = |pack: &Pack| self.prose.of(&pack.language);
        let (Some(theirs), Some(ours)) = (words(self.first), words(self.other)) else { return Vec::new() };
        let (source_digits, source_all) = numbers(&source.seen, theirs);
        let (digits, all) = numbers(&text.seen, ours);
        let mut found = Vec::new();
        let other = (&self.first.language, &self.other.language);
        for (number, at, length) in
            digits.iter().filter(|(number, ..)| !source_all.contains(number)).take(MOST)
        {
            found.push(number_fault(text, number, (*at, *length), other.0));
        }
        let minutes = |text: &Text<'_>, words| spans(&text.seen, words);
        let (ours, theirs) = (minutes(text, ours), minutes(source, theirs));
        for span in other_spans(&ours, &theirs, &found).into_iter().take(MOST) {
            let number = text.seen[span.at..span.end()].trim();
            found.push(number_fault(text, &format!("“{number}”"), (span.at, span.length), other.0));
        }
        if found.is_empty() {
            for (number, ..) in source_digits.iter().filter(|(number, ..)| !all.contains(number)).take(MOST) {
                let message = format!("`{}` says {number} in this text, and `{}` does not", other.0, other.1);
                let fault = Diagnostic::error("other-number", message).at(text.source.at(0, 0));
                found.push(fault.hint("write the same number in both languages"));
            }
        }
        found
    }
}

/// Spans of the same numbers with another unit, but those told already.
fn other_spans<'s>(ours: &'s [Span], theirs: &[Span], told: &[Diagnostic]) -> Vec<&'s Span> {
    let is_same = |span: &&Span| theirs.iter().any(|other| other.minutes == span.minutes);
    let other: Vec<&Span> = ours.iter().filter(|span| !is_same(span)).collect();
    if told.is_empty() && ours.len() == theirs.len() { other } else { Vec::new() }
}

fn number_fault(text: &Text<'_>, number: &str, (at, length): (usize, usize), other: &Language) -> Diagnostic {
    let message = format!("{number} stands here, and `{other}` does not say it in this text");
    let length = u32::try_from(length).unwrap_or(0);
    let fault = Diagnostic::error("other-number", message).at(text.source.at(at, length));
    fault.hint("write the same number in both languages")
}

fn listed(names: &BTreeSet<String>) -> String {
    match names.is_empty() {
        true => "nothing".to_owned(),
        false => names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "),
    }
}

/// Where and how long each number in digits is, and every number.
type Numbers = (Vec<(String, usize, usize)>, BTreeSet<String>);

fn numbers(text: &str, words: &ProseWords) -> Numbers {
    let (mut digits, mut all) = (Vec::new(), BTreeSet::new());
    let mut end = 0;
    for at in starts(text) {
        if at < end {
            continue;
        }
        let Some((number, length)) = number_at(&text[at..], words) else { continue };
        end = at + length;
        all.insert(number.to_string());
        if text[at..].starts_with(|c: char| c.is_ascii_digit()) {
            digits.push((number.to_string(), at, length));
        }
    }
    (digits, all)
}

#[derive(Default)]
struct Names {
    /// Windows, and those whose end the text speaks from (`rest.after`).
    windows: BTreeSet<String>,
    /// Windows in the order of the text.
    order: Vec<String>,
    /// What conditions ask for: names, names that are not true, and the values of options; how often each is asked for.
    facts: BTreeMap<String, usize>,
    /// Where each is named first.
    at: BTreeMap<String, usize>,
}

/// Words of conditions that are no names.
const SYNTAX: [&str; 11] = ["if", "elif", "else", "endif", "and", "or", "not", "in", "is", "for", "endfor"];
/// How a text names what comes behind a window.
const AFTER: &str = ".after";

impl Names {
    fn of(text: &Text<'_>, library: &Library) -> Names {
        let mut names = Names::default();
        let options: Vec<String> = library.treatment.options.keys().map(|id| id.replace('-', "_")).collect();
        for (kind, at, tag) in tags(&text.source.text) {
            let (mut denied, mut option) = (false, None);
            for (from, ident) in idents(tag) {
                let is_window = library.protocol.window(ident).is_some();
                match kind {
                    TagKind::Value if is_window => {
                        let after = if tag[from + ident.len()..].starts_with(AFTER) { AFTER } else { "" };
                        names.add_window(format!("{ident}{after}"), at);
                    }
                    TagKind::Condition if options.iter().any(|option| option == ident) => {
                        option = Some(ident)
                    }
                    TagKind::Condition if is_quoted(tag, from, ident) => {
                        names.add_fact(format!("{} == {ident}", option.unwrap_or_default()), at);
                    }
                    TagKind::Condition if !SYNTAX.contains(&ident) => {
                        names.add_fact(format!("{}{ident}", if denied { "not " } else { "" }), at);
                    }
                    _ => {}
                }
                denied = ident == "not";
            }
        }
        names
    }

    fn add_window(&mut self, name: String, at: usize) {
        self.at.entry(name.clone()).or_insert(at);
        self.order.push(name.trim_end_matches(AFTER).to_owned());
        self.windows.insert(name);
    }

    fn add_fact(&mut self, name: String, at: usize) {
        self.at.entry(name.clone()).or_insert(at);
        *self.facts.entry(name).or_default() += 1;
    }

    /// Facts that one text asks for and the other does not. Where both ask as often in all, each is to be asked for as often.
    fn other_facts(&self, others: &Names) -> bool {
        let total = |names: &Names| names.facts.values().sum::<usize>();
        let same_names = self.facts.keys().eq(others.facts.keys());
        !same_names || total(self) == total(others) && self.facts != others.facts
    }

    /// The windows of a text; in its order where that alone differs.
    fn windows(&self, others: &Names) -> String {
        match self.windows == others.windows {
            true => self.order.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", then "),
            false => listed(&self.windows),
        }
    }

    /// The facts that a text asks for; those alone that it asks for oftener than the other, where both have the same.
    fn asked_for(&self, others: &Names) -> BTreeSet<String> {
        let is_same = self.facts.keys().eq(others.facts.keys());
        let oftener = |(name, count): &(&String, &usize)| !is_same || others.facts.get(*name) < Some(*count);
        self.facts.iter().filter(oftener).map(|(name, _)| name.clone()).collect()
    }

    /// Where the first name stands that the other text lacks, or the first of all.
    fn first_of(&self, own: &BTreeSet<String>, others: &BTreeSet<String>) -> usize {
        let at = |name: &String| self.at.get(name).copied();
        let alone = own.difference(others).filter_map(at).min();
        alone.or_else(|| own.iter().filter_map(at).min()).unwrap_or(0)
    }

    /// Whether both texts name the same windows; where only what is said of one differs, that is style more often.
    fn other_window(&self, others: &Names) -> Option<(Severity, usize)> {
        let plain = |names: &Names| -> BTreeSet<String> {
            names.windows.iter().map(|name| name.trim_end_matches(AFTER).to_owned()).collect()
        };
        let after = |names: &Names| -> BTreeSet<String> {
            names.windows.iter().filter(|name| name.ends_with(AFTER)).cloned().collect()
        };
        let at = self.first_of(&self.windows, &others.windows);
        match () {
            () if plain(self) != plain(others) => Some((Severity::Error, at)),
            () if after(self) != after(others) => Some((Severity::Warning, at)),
            () if self.order.len() == others.order.len() && self.order != others.order => {
                Some((Severity::Warning, at))
            }
            () => None,
        }
    }
}

/// Names of a tag, and where in it.
fn idents(tag: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let mut end = 0;
    tag.char_indices().filter_map(move |(at, letter)| {
        if at < end || !is_part(letter) {
            return None;
        }
        let ident = tag[at..].split(|c: char| !is_part(c)).next().unwrap_or_default();
        end = at + ident.len();
        Some((at, ident))
    })
}

fn is_quoted(tag: &str, at: usize, ident: &str) -> bool {
    tag[..at].ends_with(['"', '\'']) && tag[at + ident.len()..].starts_with(['"', '\''])
}
