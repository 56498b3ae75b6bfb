//! Languages of a treatment beside each other: the same sections and questions, the same numbers and windows in each text,
//! and each text in its own language.

use super::MOST;
use super::spans::{number_at, starts};
use super::text::{Kind, TagKind, Text, of_pack, tags};
use super::{Prose, ProseWords};
use crate::content::{Library, Pack};
use crate::diagnostic::{Diagnostic, Place, Severity};
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
    for pack in packs {
        let pair = Pair { library, prose, first, other: pack };
        found.extend(pair.missing());
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
        found
    }

    /// A text left in the other language.
    fn same_text(&self, source: &Text<'_>, text: &Text<'_>) -> Option<Diagnostic> {
        let words = text.seen.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
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
        if own.windows != others.windows {
            let message = format!(
                "this text names {} in `{}`, and {} in `{}`",
                listed(&own.windows),
                self.other.language,
                listed(&others.windows),
                self.first.language
            );
            let fault = Diagnostic::error("other-window", message).at(text.source.at(own.at, 0));
            found.push(fault.hint("both languages tell the same times: name the same windows"));
        }
        if own.facts != others.facts {
            let message = format!(
                "this text asks for {} in `{}`, and for {} in `{}`",
                listed(&own.facts),
                self.other.language,
                listed(&others.facts),
                self.first.language
            );
            let fault = Diagnostic::warning("other-condition", message).at(text.source.at(0, 0));
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

struct Names {
    windows: BTreeSet<String>,
    facts: BTreeSet<String>,
    /// Where the first window is named.
    at: usize,
}

impl Names {
    fn of(text: &Text<'_>, library: &Library) -> Names {
        let mut names = Names { windows: BTreeSet::new(), facts: BTreeSet::new(), at: 0 };
        for (kind, at, tag) in tags(&text.source.text) {
            let idents =
                tag.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|part| !part.is_empty());
            for ident in idents {
                let is_window = library.protocol.window(ident).is_some();
                let is_fact = library.treatment.facts.iter().any(|fact| fact.id.replace('-', "_") == ident);
                match kind {
                    TagKind::Value if is_window => {
                        if names.windows.is_empty() {
                            names.at = at;
                        }
                        names.windows.insert(ident.to_owned());
                    }
                    TagKind::Condition if is_fact => drop(names.facts.insert(ident.to_owned())),
                    _ => {}
                }
            }
        }
        names
    }
}
