//! The tags of a Tera text, as words with places. Tera keeps its syntax tree to itself; these words are enough
//! to find every name, in branches that no request takes too.

use crate::template::{self, Piece, Token, pieces};

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

/// Every tag, in order, with that of raw text. Where a text cannot be read, the tags end: Tera has the message for it.
pub fn tags(text: &str) -> Vec<Tag<'_>> {
    let tag = |piece| {
        let (Piece::Tag(tag) | Piece::Raw(tag)) = piece;
        let kind = if tag.is_statement { TagKind::Block } else { TagKind::Output };
        Some(Tag { kind, words: words(text, &tag)? })
    };
    pieces(text).map_while(tag).collect()
}

const LONG_SYMBOLS: [&str; 10] = ["...", "//", "**", "==", "!=", ">=", "<=", "</", "?.", "?["];

/// `None`: there is a character that stands in no tag.
fn words<'t>(text: &'t str, tag: &template::Tag<'t>) -> Option<Vec<Word<'t>>> {
    let mut words = Vec::new();
    let mut end = 0;
    for (token, offset) in &tag.tokens {
        let rest = &text[*offset..];
        let (kind, length) = match token {
            // It belongs to the symbol before.
            _ if *offset < end => continue,
            Token::Name(name) => (WordKind::Identifier, name.len()),
            Token::Number(number) => (WordKind::Number, number.len()),
            Token::Quoted(inner) => (WordKind::String, inner.len() + 2),
            Token::Sign(sign) => {
                let long = LONG_SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol));
                sign.is_ascii_punctuation()
                    .then_some((WordKind::Symbol, long.map_or(1, |symbol| symbol.len())))?
            }
        };
        end = offset + length;
        words.push(Word { kind, text: &rest[..length], offset: *offset });
    }
    Some(words)
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
