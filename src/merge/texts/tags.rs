//! The tags of a Tera text, as words with places. Tera keeps its syntax tree to itself; these words are enough
//! to find every name, in branches that no request takes too.

/// `{{ … }}` or `{% … %}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagKind {
    Output,
    Block,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag<'t> {
    pub kind: TagKind,
    pub words: Vec<Word<'t>>,
}

/// A word and where it stands in the text, bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    pub kind: WordKind,
    /// As written; a string with its quotes.
    pub text: &'t str,
    pub offset: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordKind {
    Identifier,
    String,
    Number,
    Symbol,
}

impl<'t> Word<'t> {
    pub fn is(&self, symbol: &str) -> bool {
        self.kind != WordKind::String && self.text == symbol
    }

    /// A string's characters between its quotes; escapes as written.
    pub fn string(&self) -> Option<&'t str> {
        let inner = self.text.get(1..self.text.len().saturating_sub(1))?;
        (self.kind == WordKind::String).then_some(inner)
    }

    pub fn identifier(&self) -> Option<&'t str> {
        (self.kind == WordKind::Identifier).then_some(self.text)
    }
}

/// Whether a text holds any tag or comment; one that holds none is the same for every request.
pub fn has_tags(text: &str) -> bool {
    text.as_bytes().windows(2).any(|pair| matches!(pair, b"{{" | b"{%" | b"{#"))
}

/// Every tag, in order. Comments and `{% raw %}` are skipped. Where a text cannot be read, the tags end: Tera
/// has the message for it.
pub fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some((kind, start)) = next_tag(text, at) {
        let Some(kind) = kind else {
            let Some(end) = text[start..].find("#}") else { break };
            at = start + end + 2;
            continue;
        };
        let Some((words, end)) = words(text, start, kind) else { break };
        at = end;
        let raw = kind == TagKind::Block && words.first().is_some_and(|word| word.is("raw"));
        if raw {
            let Some(after) = after_raw(text, end) else { break };
            at = after;
        }
        tags.push(Tag { kind, words });
    }
    tags
}

/// The next opening mark and the place behind it; no kind: a comment.
fn next_tag(text: &str, from: usize) -> Option<(Option<TagKind>, usize)> {
    let pairs = text.as_bytes().get(from..)?.windows(2);
    let (index, kind) = pairs.enumerate().find_map(|(index, pair)| match pair {
        b"{{" => Some((index, Some(TagKind::Output))),
        b"{%" => Some((index, Some(TagKind::Block))),
        b"{#" => Some((index, None)),
        _ => None,
    })?;
    Some((kind, from + index + 2))
}

/// The place behind `{% endraw %}`.
fn after_raw(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let start = at + text.get(at..)?.find("{%")? + 2;
        match words(text, start, TagKind::Block) {
            Some((words, end)) if words.len() == 1 && words[0].is("endraw") => return Some(end),
            _ => at = start,
        }
    }
}

/// The words up to the closing mark, and the place behind that.
fn words(text: &str, from: usize, kind: TagKind) -> Option<(Vec<Word<'_>>, usize)> {
    let close = if kind == TagKind::Output { "}}" } else { "%}" };
    let mut words = Vec::new();
    let mut at = from + usize::from(text[from..].starts_with('-'));
    loop {
        let rest = &text[at..];
        let first = rest.chars().next()?;
        if first.is_ascii_whitespace() {
            at += 1;
        } else if let Some(dash) = [0, 1].into_iter().find(|dash| {
            rest.get(*dash..).is_some_and(|rest| rest.starts_with(close))
                && rest[..*dash].bytes().all(|byte| byte == b'-')
        }) {
            return Some((words, at + dash + close.len()));
        } else {
            let (kind, length) = word(rest, first)?;
            words.push(Word { kind, text: &rest[..length], offset: at });
            at += length;
        }
    }
}

const LONG_SYMBOLS: [&str; 10] = ["...", "//", "**", "==", "!=", ">=", "<=", "</", "?.", "?["];

fn word(rest: &str, first: char) -> Option<(WordKind, usize)> {
    match first {
        '"' | '\'' | '`' => string_length(rest, first).map(|length| (WordKind::String, length)),
        '0'..='9' => Some((WordKind::Number, span(rest, |c| c.is_ascii_digit() || c == '.'))),
        _ if first.is_ascii_alphabetic() || first == '_' => {
            Some((WordKind::Identifier, span(rest, |c| c.is_ascii_alphanumeric() || c == '_')))
        }
        _ => match LONG_SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)) {
            Some(symbol) => Some((WordKind::Symbol, symbol.len())),
            None => first.is_ascii_punctuation().then_some((WordKind::Symbol, 1)),
        },
    }
}

fn span(rest: &str, belongs: impl Fn(char) -> bool) -> usize {
    rest.find(|c| !belongs(c)).unwrap_or(rest.len())
}

fn string_length(rest: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (index, character) in rest.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return Some(index + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<Vec<&str>> {
        tags(text).iter().map(|tag| tag.words.iter().map(|word| word.text).collect()).collect()
    }

    #[test]
    fn words_of_every_tag() {
        let text = "a {{ rest.until }} {%- if not pregnancy and activity == \"desk\" -%} b {% endif %}";
        let expected: Vec<Vec<&str>> = vec![
            vec!["rest", ".", "until"],
            vec!["if", "not", "pregnancy", "and", "activity", "==", "\"desk\""],
            vec!["endif"],
        ];
        assert_eq!(seen(text), expected);
    }

    #[test]
    fn comments_and_raw_text_hold_no_names() {
        assert_eq!(seen("{# {{ a }} #}{% raw %}{{ b }}{% endraw %}{{ c }}"), [vec!["raw"], vec!["c"]]);
    }

    #[test]
    fn a_quote_may_stand_in_a_string() {
        assert_eq!(seen(r#"{{ "a\"}}" ~ x }}"#), [vec![r#""a\"}}""#, "~", "x"]]);
    }

    #[test]
    fn text_without_tags_has_none() {
        assert!(!has_tags("until {time}") && tags("until {time}").is_empty());
        assert!(has_tags("{{ x }}") && has_tags("{# x #}"));
    }

    #[test]
    fn unreadable_text_ends_quietly() {
        for text in ["{{", "{% if", "{{ \"a }}", "{# a", "{% raw %} {{ a }}", "{{ é }}", "{{ a", "{%", "{{ -"]
        {
            tags(text);
        }
    }
}
