//! Reads a template's tags as Tera's lexer does: finds where the meter's calls go, and refuses what could make a
//! value grow without end. Whatever is not well formed is left to Tera, which says so better.

use super::lex::{Piece, Tag, Token, pieces};
use super::meter::SPEND;
use crate::diagnostic::{Diagnostic, Place, nearest};

/// A call of the meter to be put into the author's text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Insertion {
    /// Byte offset in the author's text.
    pub at: usize,
    pub call: String,
}

#[derive(Default)]
pub(super) struct Scanned {
    pub insertions: Vec<Insertion>,
    pub refused: Vec<Diagnostic>,
    /// The template that this one extends.
    pub parent: Option<String>,
    pub includes: Vec<String>,
    /// How deep blocks stand inside each other.
    pub blocks: usize,
    pub tags: u64,
}

/// Of one file; who mends these sees the rest.
const MOST_REFUSED: usize = 20;

/// Filters that never make a text longer than a few times what they are given. `replace`, `indent` and `join`
/// could double it at each step.
const FILTERS: [&str; 31] = [
    "abs",
    "capitalize",
    "default",
    "escape_html",
    "first",
    "float",
    "get",
    "group_by",
    "int",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
];

const FUNCTIONS: [&str; 2] = ["range", "super"];

const TAGS: [&str; 15] = [
    "block",
    "break",
    "component",
    "continue",
    "elif",
    "else",
    "endblock",
    "endcomponent",
    "endfor",
    "endif",
    "endraw",
    "extends",
    "for",
    "if",
    "include",
];

pub(super) fn scan(text: &str, place: &Place) -> Scanned {
    let mut scanner = Scanner::new(text, place);
    scanner.run();
    scanner.finish()
}

/// The author's text with the calls in it.
pub(super) fn insert(text: &str, insertions: &[Insertion]) -> String {
    let mut metered = String::with_capacity(text.len() + insertions.len() * 32);
    let mut done = 0;
    for insertion in insertions {
        metered.push_str(&text[done..insertion.at]);
        metered.push_str(&insertion.call);
        done = insertion.at;
    }
    metered.push_str(&text[done..]);
    metered
}

/// A loop, block or part that is open, and how many tags it holds so far.
struct Open<'a> {
    kind: &'a str,
    at: usize,
    trims_after: bool,
    tags: u64,
}

struct Scanner<'a> {
    text: &'a str,
    place: &'a Place,
    open: Vec<Open<'a>>,
    found: Scanned,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str, place: &'a Place) -> Scanner<'a> {
        Scanner { text, place, open: Vec::new(), found: Scanned::default() }
    }

    fn run(&mut self) {
        for piece in pieces(self.text) {
            if let Piece::Tag(tag) = piece {
                self.tag(&tag);
            }
        }
    }

    fn tag(&mut self, tag: &Tag<'a>) {
        self.found.tags += 1;
        self.open.iter_mut().for_each(|open| open.tags += 1);
        if tag.is_statement {
            self.statement(tag);
        }
        self.expressions(tag);
    }

    fn statement(&mut self, tag: &Tag<'a>) {
        match tag.tokens.first() {
            Some((Token::Name(kind @ ("for" | "block" | "component")), _)) => {
                self.open.push(Open { kind, at: tag.end, trims_after: tag.trims_after, tags: 1 });
                let blocks = self.open.iter().filter(|open| open.kind == "block").count();
                self.found.blocks = self.found.blocks.max(blocks);
            }
            Some((Token::Name("endfor" | "endblock" | "endcomponent"), _)) => self.close(),
            Some((Token::Name("extends"), _)) => self.found.parent = quoted(tag),
            Some((Token::Name("include"), at)) => {
                if self.open.iter().any(|open| open.kind == "component") {
                    self.refuse(*at, 7, "a part cannot include a file".into(), "call another part");
                }
                self.found.includes.extend(quoted(tag));
            }
            Some((Token::Name(name), at)) if !TAGS.contains(name) => self.refuse_tag(name, *at),
            Some((Token::Sign('<'), at)) => {
                self.refuse(
                    *at,
                    1,
                    "a part with a body cannot be used here".into(),
                    "give it arguments instead",
                );
            }
            _ => {}
        }
    }

    fn close(&mut self) {
        if let Some(open) = self.open.pop() {
            let trim = if open.trims_after { "-" } else { "" };
            let call = format!("{{{{{SPEND}(tags={}){trim}}}}}", open.tags);
            self.found.insertions.push(Insertion { at: open.at, call });
        }
    }

    /// Tags with `extends` hold blocks only, each of which pays for itself.
    fn finish(mut self) -> Scanned {
        if self.found.parent.is_none() && self.found.tags > 0 {
            let call = format!("{{{{{SPEND}(tags={})}}}}", self.found.tags);
            self.found.insertions.push(Insertion { at: 0, call });
        }
        self.found.insertions.sort_by_key(|insertion| insertion.at);
        self.found
    }

    fn expressions(&mut self, tag: &Tag<'a>) {
        for (index, (token, at)) in tag.tokens.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|i| tag.tokens.get(i)).map(|(token, _)| *token);
            let after = tag.tokens.get(index + 1).map(|(token, _)| *token);
            match token {
                Token::Sign('~') => {
                    self.refuse(
                        *at,
                        1,
                        "`~` cannot be used in this template".into(),
                        "write the two values one after the other",
                    );
                }
                Token::Sign('[') if !follows_a_value(before) => {
                    self.refuse(
                        *at,
                        1,
                        "a list cannot be made in a template".into(),
                        "use the lists that the page is given",
                    );
                }
                Token::Sign('{') if !follows_an_equals_sign_of_a_part(before) => {
                    self.refuse(
                        *at,
                        1,
                        "a map cannot be made in a template".into(),
                        "use the values that the page is given",
                    );
                }
                Token::Name(name) if before == Some(Token::Sign('|')) => self.filter(name, *at),
                Token::Name(name) if after == Some(Token::Sign('(')) => self.call(tag, index, name, *at),
                _ => {}
            }
        }
    }

    fn filter(&mut self, name: &str, at: usize) {
        if !FILTERS.contains(&name) {
            let hint = hint_from(name, &FILTERS);
            self.refuse(at, name.len(), format!("unknown filter `{name}`"), &hint);
        }
    }

    fn call(&mut self, tag: &Tag<'a>, index: usize, name: &str, at: usize) {
        // `{% component Card(title) %}` and the tests of `is` look like calls.
        let before = index.checked_sub(1).and_then(|i| tag.tokens.get(i)).map(|(token, _)| *token);
        let is_call = !matches!(before, Some(Token::Name("component" | "is" | "not") | Token::Sign('.')));
        if is_call && !KEYWORDS.contains(&name) && !FUNCTIONS.contains(&name) {
            let hint = hint_from(name, &FUNCTIONS);
            self.refuse(at, name.len(), format!("unknown function `{name}`"), &hint);
        }
    }

    fn refuse_tag(&mut self, name: &str, at: usize) {
        let message = format!("the tag `{name}` cannot be used in this template");
        let hint = match name {
            "set" | "set_global" => "write the value where it is used".to_string(),
            _ => hint_from(name, &TAGS),
        };
        self.refuse(at, name.len(), message, &hint);
    }

    fn refuse(&mut self, at: usize, length: usize, message: String, hint: &str) {
        if self.found.refused.len() >= MOST_REFUSED {
            return;
        }
        let place = super::fault::place_at(self.text, at, length, self.place);
        let fault = Diagnostic::error("template-refused", message).at(place);
        self.found.refused.push(if hint.is_empty() { fault } else { fault.hint(hint) });
    }
}

/// The file that `extends` or `include` names.
fn quoted(tag: &Tag) -> Option<String> {
    tag.tokens.iter().find_map(|(token, _)| match token {
        Token::Quoted(name) => Some(name.to_string()),
        _ => None,
    })
}

/// Words that may stand before a parenthesis without being a call.
const KEYWORDS: [&str; 6] = ["and", "or", "not", "in", "if", "elif"];

fn follows_a_value(before: Option<Token>) -> bool {
    match before {
        Some(Token::Name(name)) => !KEYWORDS.contains(&name),
        Some(Token::Sign(sign)) => matches!(sign, ']' | ')' | '?'),
        Some(Token::Quoted(_) | Token::Number(_)) => true,
        None => false,
    }
}

/// `<Block block={block} />` gives an argument in braces.
fn follows_an_equals_sign_of_a_part(before: Option<Token>) -> bool {
    before == Some(Token::Sign('='))
}

fn hint_from(name: &str, known: &[&str]) -> String {
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known are {}", known.join(", ")),
    }
}
