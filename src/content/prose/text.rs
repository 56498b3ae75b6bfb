//! The texts of a language, one by one, and what of them a reader sees.

use super::digits::plain_digits;
use super::hidden::without;
use crate::content::{Pack, Source};
use crate::letter::is_letter;
use crate::limits::TEXT;
use indexmap::IndexMap;

/// Where a text stands, and so what it may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Prose,
    /// The wording of the warning signs.
    Safety,
    /// Names of places in `{braces}` are filled in by the program.
    Word,
}

/// A text that patients read.
pub struct Text<'p> {
    /// The same in every language.
    pub id: String,
    pub kind: Kind,
    pub source: &'p Source,
    /// What it rests on.
    pub claims: &'p [String],
    /// The text with what a template fills in or passes over taken out, byte for byte.
    pub seen: String,
}

/// How texts are called: steps, titles, names, questions, and pictures in words.
const STEP: &str = "step ";
const TITLE: &str = " title";
const NAME: &str = "name of ";
const QUESTION: &str = "question ";
const PICTURE: &str = "alt of ";

/// What stands for a value that is filled in: no letter, digit or space.
pub const VALUE: char = '\u{1}';

pub fn of_pack(pack: &Pack) -> Vec<Text<'_>> {
    let mut texts = Vec::new();
    let mut add = |id: String, kind, source, claims| texts.push(Text::new(id, kind, source, claims));
    for (id, section) in &pack.sections {
        add(format!("{id}.md{TITLE}"), Kind::Prose, &section.title, &section.claims[..]);
        add(format!("{id}.md"), Kind::Prose, &section.body, &section.claims);
    }
    for question in &pack.questions {
        add(format!("{QUESTION}{}", question.id), Kind::Prose, &question.question, &question.claims);
        add(format!("answer {}", question.id), Kind::Prose, &question.answer, &question.claims);
    }
    for exercise in pack.libraries.values().flat_map(IndexMap::values) {
        let id = &exercise.id;
        add(format!("{NAME}{id}"), Kind::Prose, &exercise.name, &exercise.claims);
        add(format!("{PICTURE}{id}"), Kind::Prose, &exercise.alt, &exercise.claims);
        for (index, step) in exercise.steps.iter().enumerate() {
            add(format!("{STEP}{index} of {id}"), Kind::Prose, step, &exercise.claims);
        }
    }
    for (key, source) in &pack.safety.words {
        add(format!("sign {key}"), Kind::Safety, source, &pack.safety.claims);
    }
    for (key, source) in &pack.words {
        add(format!("word {key}"), Kind::Word, source, &[]);
    }
    // A longer one is a fault anyway, and reading it word by word takes long.
    texts.retain(|text| text.source.text.len() <= TEXT);
    texts
}

impl<'p> Text<'p> {
    /// Whether it is a step of an exercise: one among others, which may change places.
    pub fn is_step(&self) -> bool {
        self.id.starts_with(STEP)
    }

    /// Whether it says what something is called.
    pub fn is_name(&self) -> bool {
        self.id.ends_with(TITLE) || self.id.starts_with(NAME)
    }

    /// Whether it advises nobody: a name, a question, or what a picture shows.
    pub fn advises_nothing(&self) -> bool {
        self.is_name() || self.id.starts_with(QUESTION) || self.id.starts_with(PICTURE)
    }

    fn new(id: String, kind: Kind, source: &'p Source, claims: &'p [String]) -> Text<'p> {
        Text { id, kind, source, claims, seen: without(plain_digits(seen(&source.text))) }
    }
}

/// Of a whole file, whose claims nobody names.
impl<'p> Text<'p> {
    pub fn of_file(source: &'p Source) -> Text<'p> {
        Text::new(String::new(), Kind::Word, source, &[])
    }
}

/// Values as so many [`VALUE`]s, conditions and remarks as so many spaces; words that a tag holds itself stay.
pub fn seen(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((at, tag)) = next_tag(rest) {
        seen.push_str(&rest[..at]);
        push_tag(&mut seen, &rest[at..at + tag.length], tag.kind);
        rest = &rest[at + tag.length..];
    }
    seen.push_str(rest);
    seen
}

/// Marks around a text within a tag.
const QUOTES: [char; 3] = ['"', '\'', '`'];

/// A tag without what is of the template language, byte for byte.
fn push_tag(seen: &mut String, tag: &str, kind: TagKind) {
    // A value goes on with the sentence around it; what a condition or a name holds is a sentence of its own.
    let (fill, edge) = if kind == TagKind::Value { (VALUE, ' ') } else { (' ', ';') };
    let mut rest = tag;
    while let Some((at, length)) = quoted(rest).filter(|_| kind != TagKind::Remark) {
        let inner = &rest[at + 1..at + 1 + length];
        let is_alone = kind == TagKind::Value && rest.len() == tag.len() && at == first_letter(tag);
        // Names of styles are nobody's words.
        let is_class = rest[..at].trim_end_matches('{').ends_with("class=");
        let is_said = !is_class && inner.contains(is_letter) && (is_alone || is_worded(inner));
        seen.extend(std::iter::repeat_n(fill, at));
        if is_said {
            seen.push(edge);
            seen.push_str(inner);
            seen.push(edge);
        } else {
            seen.extend(std::iter::repeat_n(fill, length + 2));
        }
        rest = &rest[at + length + 2..];
    }
    seen.extend(std::iter::repeat_n(fill, rest.len()));
}

/// Where what is in a tag begins.
fn first_letter(tag: &str) -> usize {
    let inner = tag.trim_start_matches(['{', '-']);
    tag.len() - inner.trim_start().len()
}

/// The first text in quotes: where its mark stands, and its length.
fn quoted(tag: &str) -> Option<(usize, usize)> {
    let at = tag.find(QUOTES)?;
    let mark = tag[at..].chars().next()?;
    Some((at, tag[at + 1..].find(mark)?))
}

/// Whether a text in quotes is for readers: several words, or letters that no name of the program has. A pattern is not.
fn is_worded(inner: &str) -> bool {
    let is_pattern = inner.contains(['%', '/', '{']);
    !is_pattern && (inner.trim().contains(char::is_whitespace) || !inner.is_ascii())
}

/// What a tag of the template language does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagKind {
    /// `{{ … }}`
    Value,
    /// `{% … %}`
    Condition,
    /// `{# … #}`
    Remark,
}

/// A tag of the template language.
pub struct Tag {
    pub kind: TagKind,
    pub length: usize,
}

/// The first tag of a text, and where it stands.
pub fn next_tag(text: &str) -> Option<(usize, Tag)> {
    let at =
        text.match_indices('{').map(|(at, _)| at).find(|at| text[*at + 1..].starts_with(['{', '%', '#']))?;
    let (kind, end) = match &text[at + 1..at + 2] {
        "{" => (TagKind::Value, "}}"),
        "%" => (TagKind::Condition, "%}"),
        _ => (TagKind::Remark, "#}"),
    };
    let rest = &text[at + 2..];
    let length = rest.find(end).map_or(rest.len(), |found| found + end.len()) + 2;
    Some((at, Tag { kind, length }))
}

/// The tags of a text: what each does, where it stands, and its characters.
pub fn tags(text: &str) -> impl Iterator<Item = (TagKind, usize, &str)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let (at, tag) = next_tag(&text[from..])?;
        let start = from + at;
        from = start + tag.length;
        Some((tag.kind, start, &text[start..from]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_tags_are_read_and_names_are_not() {
        for (text, words) in [
            (r#"{{ "Take ibuprofen" }}"#, "Take ibuprofen"),
            (r#"{{ "Guaranteed" }}."#, "Guaranteed ."),
            (r#"{% set t = "Rest two days" %}Walk"#, ";Rest two days; Walk"),
            (r#"{{ rest.until | default(value='two days') }}"#, "two days"),
            (r#"{{ rest | default(value="休息两天") }}"#, "休息两天"),
            (r#"{% if region == "lower-back" %}Rest{% endif %}"#, "Rest"),
            (r#"{{ at | date(format="%A %d") }} "Rest""#, "\"Rest\""),
            (r#"{# "Take ibuprofen" #}{{ "open }}"#, ""),
        ] {
            let seen = seen(text);
            assert_eq!(seen.len(), text.len(), "{text}");
            let seen = seen.replace(VALUE, " ");
            assert_eq!(seen.split_whitespace().collect::<Vec<_>>().join(" "), words, "{text}");
        }
    }
}
