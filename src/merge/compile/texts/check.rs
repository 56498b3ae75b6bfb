//! What a text may say: its names, filters and tags, held against what there is.
//!
//! Texts speak a part of Tera: output, `if`, `for` over a known list (never inside another `for`), `raw` and
//! comments, with filters that cannot make a value grow. `set`, `include`, blocks, components, `range`, list
//! comprehensions and maps are refused. So a text's work and its output are bounded by its length times the
//! longest list (21 regions): none can hang or fill the memory, whatever its author wrote.

use super::tags::{Tag, TagKind, Word, WordKind, has_tags, tags};
use crate::content::Source;
use crate::diagnostic::{Diagnostic, nearest};
use crate::limits;
use crate::merge::compile::marks::{FUNCTIONS, PANELS};
use crate::merge::compile::names::{FILTERS, KEYWORDS, Kind, Name, Names, TESTS};
use std::collections::BTreeSet;

/// What a kind of text may call besides names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// A section, a question, a word.
    Text,
    /// `templates/handout.md.tera`: may call the functions that make groups.
    Layout,
    /// `templates/brochure.md.tera`: may call the functions that make panels.
    Brochure,
}

/// What was found in a text.
#[derive(Debug, Default)]
pub struct Checked {
    pub faults: Vec<Diagnostic>,
    /// Names at the first place of a path: what a text's output depends on.
    pub used: BTreeSet<String>,
    /// Section ids in calls, with the byte offset of each in the text.
    pub sections: Vec<(String, usize)>,
}

pub fn check(source: &Source, dialect: Dialect, names: &Names) -> Checked {
    let mut check = Check { source, dialect, names, found: Checked::default(), local: None };
    if source.text.len() > limits::TEXT {
        let advice = "part it into sections or questions of their own";
        let fault = limits::too_long("the text is", source.text.len(), limits::TEXT, advice);
        check.found.faults.push(fault.at(source.place.clone()));
    } else if has_tags(&source.text) {
        for tag in tags(&source.text) {
            if let Some(brace) = tag.words.iter().find(|word| word.is("}") || word.is("{")) {
                check.open_tag(brace);
                break;
            }
            check.tag(&tag);
        }
    }
    check.found
}

struct Check<'t> {
    source: &'t Source,
    dialect: Dialect,
    names: &'t Names,
    found: Checked,
    /// The name of the loop that we are in.
    local: Option<&'t str>,
}

impl<'t> Check<'t> {
    fn tag(&mut self, tag: &Tag<'t>) {
        if tag.kind == TagKind::Output {
            let whole = self.expression(&tag.words);
            return self.output(&tag.words, whole);
        }
        let Some((first, rest)) = tag.words.split_first() else { return };
        match first.text {
            "if" | "elif" => {
                self.expression(rest);
            }
            "for" => self.loop_over(first, rest),
            "endfor" => self.local = None,
            "else" | "endif" | "raw" | "endraw" | "break" | "continue" => {}
            // The tag that it ends is refused already.
            tag if tag.starts_with("end") => {}
            tag => self.refuse(first, &format!("`{tag}` is not for these texts")),
        }
    }

    /// A tag that one brace closes reaches to the next tag: all words between would be names.
    fn open_tag(&mut self, brace: &Word<'t>) {
        let message = "a brace is missing here: the name before is not closed".to_owned();
        self.fault(
            brace,
            "template-syntax",
            message,
            "write `{{ name }}`, with two braces on each side".into(),
        );
    }

    fn loop_over(&mut self, tag: &Word<'t>, rest: &[Word<'t>]) {
        let (Some(name), Some(over)) = (rest.first().and_then(Word::identifier), rest.get(2..)) else {
            return;
        };
        if self.local.is_some() {
            return self.refuse(tag, "a loop may not stand in another loop");
        }
        let before = self.found.faults.len();
        match self.expression(over) {
            Some(Name { kind: Kind::List(_), .. }) => self.local = Some(name),
            // What is wrong with it is told already.
            None if self.found.faults.len() > before => {}
            _ => {
                let lists = self.names.all().filter(|name| matches!(name.kind, Kind::List(_)));
                let lists: Vec<&str> = lists.map(|name| name.name).collect();
                self.refuse(tag, &format!("a loop goes over one of {} only", quoted(&lists)));
            }
        }
    }

    /// Checks every word; the name, if the whole expression is one path.
    fn expression(&mut self, words: &[Word<'t>]) -> Option<Name<'t>> {
        let mut only = None;
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let before = at.checked_sub(1).and_then(|index| words.get(index));
            let next = words.get(at + 1);
            if word.kind == WordKind::Identifier && !is_name(words, at) {
                self.word(words, at, before, next);
                at += 1;
            } else if word.kind == WordKind::Identifier {
                let (found, length) = self.path(words, at);
                only = found.filter(|_| at == 0 && length == words.len());
                if let Some(found) = found {
                    self.compared(words, at, length, found);
                }
                at += length;
            } else {
                at += self.symbol(word, before, next);
            }
        }
        only
    }

    /// An identifier that is a keyword, a filter, a test, a function or an argument's name.
    fn word(&mut self, words: &[Word<'t>], at: usize, before: Option<&Word<'t>>, next: Option<&Word<'t>>) {
        let word = &words[at];
        if before.is_some_and(|before| before.is("|")) {
            self.one_of(word, "filter", FILTERS);
        } else if is_test(words, at) {
            self.one_of(word, "test", TESTS);
        } else if word.is("for") {
            self.refuse(word, "a list cannot be made here");
        } else if next.is_some_and(|next| next.is("(")) && !KEYWORDS.contains(&word.text) {
            self.call(words, at);
        }
    }

    fn one_of(&mut self, word: &Word<'t>, what: &str, known: &[&str]) {
        if !known.contains(&word.text) {
            let code = if what == "filter" { "unknown-filter" } else { "unknown-test" };
            self.fault(word, code, format!("unknown {what} `{}`", word.text), hint(word.text, known));
        }
    }

    fn call(&mut self, words: &[Word<'t>], at: usize) {
        let word = &words[at];
        let known: &[&str] = match self.dialect {
            Dialect::Text => &[],
            Dialect::Layout => &FUNCTIONS,
            Dialect::Brochure => &PANELS,
        };
        if !known.contains(&word.text) {
            let help =
                if known.is_empty() { "texts call no functions".into() } else { hint(word.text, known) };
            return self.fault(word, "unknown-function", format!("unknown function `{}`", word.text), help);
        }
        let arguments = words.get(at + 2..).unwrap_or_default();
        let end = arguments.iter().position(|word| word.is(")")).unwrap_or(arguments.len());
        let shape = |(index, word): (usize, &Word<'_>)| match index {
            0 => word.is("sections"),
            1 => word.is("="),
            2 => word.is("["),
            _ if index + 1 == end => word.is("]"),
            _ => word.kind == WordKind::String || word.is(","),
        };
        if end < 4 || !arguments[..end].iter().enumerate().all(shape) {
            let help = format!("write `{}(sections=[\"rest\", \"avoid\"])`", word.text);
            return self.fault(
                word,
                "wrong-call",
                format!("`{}` needs a list of section ids", word.text),
                help,
            );
        }
        let ids =
            arguments[..end].iter().filter_map(|word| Some((word.string()?.to_owned(), word.offset + 1)));
        self.found.sections.extend(ids);
    }

    /// A name with its fields: what it stands for, and how many words it takes.
    fn path(&mut self, words: &[Word<'t>], at: usize) -> (Option<Name<'t>>, usize) {
        let mut length = 1;
        let mut fields = Vec::new();
        while let [dot, field, ..] = words.get(at + length..).unwrap_or_default()
            && (dot.is(".") || dot.is("?."))
            && field.kind == WordKind::Identifier
        {
            fields.push(*field);
            length += 2;
        }
        (self.resolve(&words[at], &fields), length)
    }

    fn resolve(&mut self, word: &Word<'t>, fields: &[Word<'t>]) -> Option<Name<'t>> {
        if self.local == Some(word.text) && fields.is_empty() {
            return Some(Name { name: "", kind: Kind::Text, patient_only: false });
        }
        if self.local.is_some() && word.is("loop") {
            return Some(Name { name: "", kind: Kind::Number, patient_only: false });
        }
        let Some(name) = self.names.find(word.text) else {
            self.unknown_name(word, fields);
            return None;
        };
        self.found.used.insert(name.name.to_owned());
        match (name.kind, fields) {
            (Kind::Group(known), [field, rest @ ..]) => {
                let found = known.iter().find(|name| name.name == field.text).copied();
                if found.is_none() {
                    let known: Vec<&str> = known.iter().map(|name| name.name).collect();
                    let message = format!("`{}` has no field `{}`", name.name, field.text);
                    self.fault(field, "unknown-field", message, hint(field.text, &known));
                }
                let found = found?;
                self.no_fields(&format!("{}.{}", name.name, found.name), rest);
                Some(found)
            }
            (Kind::Group(known), []) => {
                let known: Vec<String> =
                    known.iter().map(|field| format!("{}.{}", name.name, field.name)).collect();
                let message = format!("`{}` alone is no text", name.name);
                let help = format!("write one of {}", quoted(&known));
                self.fault(word, "not-a-value", message, help);
                None
            }
            _ => {
                self.no_fields(name.name, fields);
                Some(name)
            }
        }
    }

    fn no_fields(&mut self, path: &str, fields: &[Word<'t>]) {
        if let Some(field) = fields.first() {
            let message = format!("`{path}` has no field `{}`", field.text);
            self.fault(field, "unknown-field", message, format!("write `{path}`"));
        }
    }

    fn unknown_name(&mut self, word: &Word<'t>, fields: &[Word<'t>]) {
        let written: Vec<&str> = std::iter::once(word).chain(fields).map(|word| word.text).collect();
        let written = written.join(".");
        let paths: Vec<String> = self.names.paths().map(|(path, _)| path).collect();
        let tops: Vec<&str> = self.names.all().map(|name| name.name).collect();
        // With a field, the nearest first name, with the field kept; alone, the nearest of all.
        let near = match nearest(word.text, tops.iter().copied()) {
            Some(top) if !fields.is_empty() => Some(written.replacen(word.text, top, 1)),
            Some(top) => Some(top.to_owned()),
            None => nearest(&written, paths.iter().map(String::as_str)).map(str::to_owned),
        };
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known are {}", quoted(&tops)),
        };
        self.fault(word, "unknown-name", format!("unknown name `{written}`"), help);
    }

    /// `activity == "desk"`, `"neck" in regions`: the text must be an id that can occur.
    fn compared(&mut self, words: &[Word<'t>], at: usize, length: usize, name: Name<'t>) {
        let (Kind::Choice(known) | Kind::List(known)) = name.kind else { return };
        let before = &words[..at];
        let after = words.get(at + length..).unwrap_or_default();
        let equal = |word: &Word<'_>| word.is("==") || word.is("!=") || word.is("in");
        let mut others: Vec<Word<'t>> = Vec::new();
        match after {
            [operator, other, ..] if equal(operator) && other.kind == WordKind::String => others.push(*other),
            [operator, open, rest @ ..] if operator.is("in") && open.is("[") => {
                others.extend(
                    rest.iter().take_while(|word| !word.is("]")).filter(|word| word.kind == WordKind::String),
                );
            }
            _ => {}
        }
        match before {
            [.., other, not, operator] if not.is("not") && operator.is("in") => others.push(*other),
            [.., other, operator] if equal(operator) => others.push(*other),
            _ => {}
        }
        for other in others {
            let Some(value) = other
                .string()
                .filter(|value| !value.is_empty() && known.iter().all(|known| **known != **value))
            else {
                continue;
            };
            let message = format!("`{}` is never `{value}`", words[at].text);
            let known: Vec<&str> = known.iter().map(|known| &**known).collect();
            self.fault(&other, "unknown-value", message, hint(value, &known));
        }
    }

    /// A sign, and what it makes of the words after it. Gives how many words it takes.
    fn symbol(&mut self, word: &Word<'t>, before: Option<&Word<'t>>, next: Option<&Word<'t>>) -> usize {
        let begins = before.is_none_or(|before| !ends_a_value(before));
        match word.text {
            "[" if !begins => self.refuse(word, "a part cannot be taken by number or key here"),
            "?[" => self.refuse(word, "a part cannot be taken by number or key here"),
            "{" => self.refuse(word, "a map cannot be made here"),
            "..." => self.refuse(word, "a list cannot be made here"),
            "<" if begins && next.is_some_and(|next| next.kind == WordKind::Identifier) => {
                self.refuse(word, "components are not for these texts");
                return 2;
            }
            _ => {}
        }
        1
    }

    /// A name alone between `{{` and `}}` must be something to print.
    fn output(&mut self, words: &[Word<'t>], whole: Option<Name<'t>>) {
        let (Some(name), Some(word)) = (whole, words.first()) else { return };
        match name.kind {
            Kind::Flag => {
                let help = format!("write `{{% if {} %}}…{{% endif %}}`", word.text);
                self.fault(
                    word,
                    "not-a-value",
                    format!("`{}` is true or false, not a text", word.text),
                    help,
                );
            }
            Kind::List(_) => {
                let help = format!("write `{{{{ {} | join(sep=\", \") }}}}`", word.text);
                self.fault(word, "not-a-value", format!("`{}` is a list, not a text", word.text), help);
            }
            _ => {}
        }
    }

    fn refuse(&mut self, word: &Word<'t>, message: &str) {
        let help = "texts use `{{ name }}`, filters, `{% if %}` and `{% for x in regions %}`".to_owned();
        self.fault(word, "not-in-texts", message.to_owned(), help);
    }

    fn fault(&mut self, word: &Word<'t>, code: &'static str, message: String, help: String) {
        let length = u32::try_from(word.text.chars().count()).unwrap_or(0);
        let place = self.source.at(word.offset, length);
        self.found.faults.push(Diagnostic::error(code, message).at(place).hint(help));
    }
}

/// Whether an identifier begins a path, and is not a keyword, filter, test, function or argument.
fn is_name(words: &[Word<'_>], at: usize) -> bool {
    let word = &words[at];
    let filter = at >= 1 && words[at - 1].is("|");
    let called = words.get(at + 1).is_some_and(|next| next.is("(") || next.is("="));
    let keyword = KEYWORDS.contains(&word.text) || word.is("for");
    !filter && !called && !keyword && !is_test(words, at)
}

/// What follows `is` or `is not`.
fn is_test(words: &[Word<'_>], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|index| words.get(index));
    let after_is = before(1).is_some_and(|word| word.is("is"));
    let after_is_not =
        before(1).is_some_and(|word| word.is("not")) && before(2).is_some_and(|word| word.is("is"));
    (after_is || after_is_not) && !words[at].is("not")
}

/// Whether an operator may follow; else a value does.
fn ends_a_value(word: &Word<'_>) -> bool {
    match word.kind {
        WordKind::String | WordKind::Number => true,
        WordKind::Identifier => !KEYWORDS.contains(&word.text),
        WordKind::Symbol => word.is(")") || word.is("]"),
    }
}

fn hint(word: &str, known: &[&str]) -> String {
    match nearest(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known are {}", quoted(known)),
    }
}

/// `a`, `b`, `c`.
pub fn quoted(names: &[impl AsRef<str>]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    names.join(", ")
}
