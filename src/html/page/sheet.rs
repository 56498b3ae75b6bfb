//! A clinic's style: what it loads, and which of its rules could reach beyond their part of the page. Read with a browser's
//! own rules of syntax, so that no spelling hides anything.

use super::Refused;
use super::sheet_names::{AT_RULES, FACE, PAGE_SIZES, PROPERTIES, PSEUDO_ELEMENTS};
use crate::diagnostic::shown;
use cssparser::{ParseError, Parser, Token};
use std::sync::Mutex;

/// What a style may load.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Loads {
    /// What it holds itself, as `data:`.
    Nothing,
    /// Files beside it too.
    OwnFiles,
}

/// Blocks inside each other.
const DEEPEST: usize = 16;

/// The widest margin of a printed page, CSS pixels: 35 mm.
const WIDEST_MARGIN: f32 = 132.3;

/// Style sheets that were read and found good: most pages share one.
#[derive(Default)]
pub(super) struct Sheets(Mutex<Vec<Seen>>);

struct Seen {
    css: String,
    loads: Loads,
    typefaces: Typefaces,
}

/// The typefaces of a page: how many, and whether the program's own are among them, as they are.
#[derive(Clone, Copy, Default)]
pub(super) struct Typefaces {
    pub(super) number: usize,
    pub(super) own: bool,
}

impl Typefaces {
    pub(super) fn of(css: &str, number: usize, own: &str) -> Typefaces {
        Typefaces { number, own: number > 0 && css.contains(own.trim()) }
    }

    pub(super) fn and(self, other: Typefaces) -> Typefaces {
        Typefaces { number: self.number + other.number, own: self.own || other.own }
    }
}

/// Sheets that are remembered.
const MOST: usize = 8;

impl Sheets {
    /// The typefaces that the style brings, be they `own` or others.
    pub(super) fn read(&self, css: &str, loads: Loads, own: &str) -> Result<Typefaces, Vec<Refused>> {
        let known = |seen: &Vec<Seen>| {
            seen.iter().find(|one| one.loads == loads && one.css == css).map(|one| one.typefaces)
        };
        if let Some(typefaces) = self.0.lock().ok().and_then(|seen| known(&seen)) {
            return Ok(typefaces);
        }
        let read = read(css, loads, false);
        if !read.refused.is_empty() {
            return Err(read.refused);
        }
        let typefaces = Typefaces::of(css, read.faces, own);
        if let Ok(mut seen) = self.0.lock() {
            if seen.len() == MOST {
                seen.remove(0);
            }
            seen.push(Seen { css: css.to_owned(), loads, typefaces });
        }
        Ok(typefaces)
    }
}

/// What a `style` attribute may not hold.
pub(super) fn refused_in_attribute(css: &str) -> Vec<Refused> {
    read(css, Loads::Nothing, true).refused
}

/// How many typefaces a style sheet brings.
pub(super) fn faces(css: &str) -> usize {
    read(css, Loads::OwnFiles, false).faces
}

fn read(css: &str, loads: Loads, in_block: bool) -> Reader {
    let mut reader = Reader { loads, refused: Vec::new(), faces: 0 };
    let place = if in_block { Inside::Rule } else { Inside::Sheet };
    reader.statements(&mut Parser::new(css), place, 0);
    reader
}

/// Where a statement stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Sheet,
    Rule,
    Face,
    Page,
}

struct Reader {
    loads: Loads,
    refused: Vec<Refused>,
    faces: usize,
}

type Nothing = Result<(), ParseError<()>>;

/// What a statement begins with.
#[derive(Default)]
struct Start {
    /// Its first word, when a colon follows.
    property: Option<String>,
    at_rule: Option<String>,
    tokens: usize,
}

impl Reader {
    /// Statements up to the end: each ends with `;` or with a block.
    fn statements(&mut self, parser: &mut Parser<'_>, inside: Inside, depth: usize) {
        if depth > DEEPEST {
            self.refuse("{", "a style nests too deep", "nest rules at most 16 deep");
            return;
        }
        let mut start = Start::default();
        let mut values = Values::default();
        loop {
            let Ok(token) = parser.next().cloned() else { break };
            match &token {
                Token::Semicolon if inside != Inside::Sheet || start.at_rule.is_some() => {
                    self.ended(&start, inside, &mut values);
                    start = Start::default();
                    continue;
                }
                Token::CurlyBracketBlock => {
                    let within = self.opened(&start, inside);
                    start = Start::default();
                    values = Values::default();
                    let _: Nothing = parser.parse_nested_block(|block| {
                        self.statements(block, within, depth + 1);
                        Ok(())
                    });
                    continue;
                }
                _ => {}
            }
            self.begin(&mut start, &token);
            self.token(&token, parser, &mut values, depth);
        }
        self.ended(&start, inside, &mut values);
    }

    fn begin(&mut self, start: &mut Start, token: &Token<'_>) {
        start.tokens += 1;
        match token {
            Token::AtKeyword(name) if start.tokens == 1 => start.at_rule = Some(name.to_ascii_lowercase()),
            Token::Ident(name) if start.tokens == 1 => start.property = Some(name.to_ascii_lowercase()),
            Token::Colon if start.tokens == 2 => {}
            _ if start.tokens == 2 => start.property = None,
            _ => {}
        }
    }

    /// A rule with a block begins; what its block holds.
    fn opened(&mut self, start: &Start, inside: Inside) -> Inside {
        let Some(name) = &start.at_rule else { return Inside::Rule };
        self.at_rule(name);
        match name.as_str() {
            "font-face" => {
                self.faces += 1;
                Inside::Face
            }
            "page" => Inside::Page,
            _ => inside,
        }
    }

    fn at_rule(&mut self, name: &str) {
        if !AT_RULES.has(name) {
            let message = format!("a style may not hold `@{}`", shown(name));
            let hint = "leave it out: it could load something, or change the page as a whole";
            self.refuse(&format!("@{name}"), message, hint);
        }
    }

    /// A statement without a block ends: a declaration, or an at-rule.
    fn ended(&mut self, start: &Start, inside: Inside, values: &mut Values) {
        let values = std::mem::take(values);
        if let Some(name) = &start.at_rule {
            return self.at_rule(name);
        }
        let Some(name) = start.property.as_deref().filter(|_| start.tokens > 1) else { return };
        let known = match inside {
            Inside::Sheet => true,
            Inside::Rule => name.starts_with("--") || PROPERTIES.has(name),
            Inside::Face => FACE.has(name),
            Inside::Page => {
                name.starts_with("margin") && values.is_small() || name == "size" && values.is_paper()
            }
        };
        match inside {
            _ if known => {}
            Inside::Page => self.refuse(
                "@page",
                format!("`{}` of `@page` may not be so", shown(name)),
                "give `margin` up to 35 mm, or `size` as `a4`, `letter`, `portrait` or `landscape`",
            ),
            Inside::Face => {
                self.refuse(
                    name,
                    format!("a typeface may not have `{}`", shown(name)),
                    "it changes the size of its letters: leave it out",
                );
            }
            _ => self.refuse(
                name,
                format!("a style may not hold the property `{}`", shown(name)),
                "leave it out: the program does not know what it does to a page",
            ),
        }
    }

    fn token(&mut self, token: &Token<'_>, parser: &mut Parser<'_>, values: &mut Values, depth: usize) {
        values.take(token);
        match token {
            Token::UnquotedUrl(address) => self.address(address),
            Token::BadUrl(_) | Token::BadString(_) => {
                self.refuse(
                    "url(",
                    "a style holds an address that is not closed",
                    "close its quotes and brackets",
                );
            }
            Token::Function(name) if is_address(name) => {
                let _: Nothing = parser.parse_nested_block(|block| {
                    while let Ok(token) = block.next().cloned() {
                        match &token {
                            Token::QuotedString(address) => self.address(address),
                            other => self.token(other, block, &mut Values::default(), depth + 1),
                        }
                    }
                    Ok(())
                });
            }
            Token::Function(_) | Token::ParenthesisBlock | Token::SquareBracketBlock if depth <= DEEPEST => {
                let _: Nothing = parser.parse_nested_block(|block| {
                    self.tokens(block, depth + 1);
                    Ok(())
                });
            }
            Token::Function(_) | Token::ParenthesisBlock | Token::SquareBracketBlock => {
                self.refuse("((", "a style nests too deep", "nest brackets at most 16 deep");
            }
            _ => {}
        }
        if let (Token::Ident(name) | Token::Function(name), true) = (token, values.after_colons()) {
            self.pseudo_element(name);
        }
    }

    fn tokens(&mut self, parser: &mut Parser<'_>, depth: usize) {
        let mut values = Values::default();
        while let Ok(token) = parser.next().cloned() {
            self.token(&token, parser, &mut values, depth);
        }
    }

    fn pseudo_element(&mut self, name: &str) {
        if !PSEUDO_ELEMENTS.has(&name.to_ascii_lowercase()) {
            let message = format!("a style may not change `::{}`", shown(name));
            self.refuse(
                &format!("::{name}"),
                message,
                "leave the rule out: it could change the page as a whole",
            );
        }
    }

    fn address(&mut self, address: &str) {
        let data = address.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:"));
        let own =
            self.loads == Loads::OwnFiles && !address.contains([':', '\\']) && !address.starts_with("//");
        if !(data || address.starts_with('#') || own) {
            let hint = "hold it in the style sheet itself, as `url(data:…)`";
            let sought = address.split(['?', '#']).next().unwrap_or_default();
            self.refuse(sought, "a style asks another server for something", hint);
        }
    }

    fn refuse(&mut self, words: &str, message: impl Into<String>, hint: &str) {
        self.refused.push(Refused::words(words, message, hint));
    }
}

/// Functions whose strings are addresses.
fn is_address(name: &str) -> bool {
    ["url", "src", "image-set", "-webkit-image-set", "image", "cross-fade", "url-prefix"]
        .iter()
        .any(|one| name.eq_ignore_ascii_case(one))
}

/// What a declaration's value is made of, and the colons before a token.
#[derive(Default)]
struct Values {
    colons: usize,
    pseudo: bool,
    odd: bool,
    lengths: Vec<f32>,
    words: Vec<String>,
    numbers: bool,
}

impl Values {
    fn take(&mut self, token: &Token<'_>) {
        self.pseudo = self.colons >= 2;
        self.colons = if *token == Token::Colon { self.colons + 1 } else { 0 };
        match token {
            Token::Dimension { value, unit, .. } => match pixels(*value, unit) {
                Some(length) => {
                    self.lengths.push(length);
                    self.numbers = true;
                }
                None => self.odd = true,
            },
            Token::Number { value, .. } if *value == 0.0 => self.numbers = true,
            Token::Ident(word) => self.words.push(word.to_ascii_lowercase()),
            Token::Colon | Token::Comma => {}
            Token::Delim('!') => {}
            _ => self.odd = true,
        }
    }

    fn after_colons(&self) -> bool {
        self.pseudo
    }

    fn is_small(&self) -> bool {
        !self.odd && self.lengths.iter().all(|length| (0.0..=WIDEST_MARGIN).contains(length))
    }

    /// The first word is the property's own name.
    fn is_paper(&self) -> bool {
        !self.odd && !self.numbers && self.words.iter().skip(1).all(|word| PAGE_SIZES.has(word))
    }
}

fn pixels(value: f32, unit: &str) -> Option<f32> {
    let of_one = match unit.to_ascii_lowercase().as_str() {
        "px" => 1.0,
        "mm" => 96.0 / 25.4,
        "cm" => 96.0 / 2.54,
        "in" => 96.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "q" => 96.0 / 101.6,
        _ => return None,
    };
    Some(value * of_one)
}
