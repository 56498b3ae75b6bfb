//! Slips of the pen: marks that print as they were typed, text that only holds a place, doubled words and spaces.

use super::MOST;
use super::ProseWords;
use super::text::{Kind, TagKind, Text, VALUE, next_tag, tags};
use crate::content::yaml::{STRAIGHT, typed_quotes, typed_quotes_print};
use crate::diagnostic::{Diagnostic, Severity};
use crate::letter::{is_letter, is_letter_or_digit};
use pulldown_cmark::{Event, Options, Parser, Tag as Element, TagEnd};

/// What is wrong in any language.
pub fn of_any_language(text: &Text<'_>) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = markup(text).collect();
    found.extend(held_place(text));
    found.extend(literal_values(text));
    found.extend(told_quotes(text));
    found.extend(doubled_spaces(text));
    found
}

/// What a language's own words show.
pub fn of_language(text: &Text<'_>, words: &ProseWords) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = words
        .placeholders
        .said(&text.seen)
        .take(MOST)
        .map(|((), at, length)| {
            let written = &text.seen[at..at + length];
            let message = format!("“{written}” only holds a place: patients would read it");
            fault(text, Severity::Error, "placeholder", at, written, message)
                .hint("write the text, or take the words out")
        })
        .collect();
    found.extend(doubled_words(text, words));
    found.extend(straight_quotes(text, words));
    found.extend(breaking_space(text, words));
    found
}

/// `???` in place of a word.
fn held_place(text: &Text<'_>) -> Option<Diagnostic> {
    let at = text.seen.find("??")?;
    let length = text.seen[at..].chars().take_while(|c| *c == '?').count();
    let written = &text.seen[at..at + length];
    let message = format!("`{written}` holds a place: patients would read it");
    let fault = fault(text, Severity::Error, "placeholder", at, written, message);
    Some(fault.hint("write the text, or leave one `?`"))
}

/// `{{ "48" }}`: a value that is no name is text in disguise, which no rule of words and figures reads.
fn literal_values(text: &Text<'_>) -> Vec<Diagnostic> {
    let values = tags(&text.source.text).filter(|(kind, ..)| *kind == TagKind::Value);
    let literal = values.filter(|(_, _, tag)| {
        let inner = tag.trim_start_matches(['{', '-']).trim_start();
        inner.starts_with(|c: char| c == '"' || c == '\'' || c == '`' || c.is_ascii_digit())
    });
    let told = literal.take(MOST).map(|(_, at, tag)| {
        let message = format!("`{tag}` holds text and no name: rules for words and figures do not read it");
        let fault = fault(text, Severity::Error, "literal-value", at, tag, message);
        fault.hint("write the words without braces; between braces stands a name, as in `{{ rest.when }}`")
    });
    told.collect()
}

fn fault(
    text: &Text<'_>,
    severity: Severity,
    code: &'static str,
    at: usize,
    written: &str,
    message: impl Into<String>,
) -> Diagnostic {
    let length = u32::try_from(written.chars().count()).unwrap_or(0);
    let fault = Diagnostic::error(code, message).at(text.source.at(at, length));
    Diagnostic { severity, ..fault }
}

/// The text without the tags of the template language, and where each of its parts stood.
struct Bare {
    text: String,
    /// Offset here, offset there.
    parts: Vec<(usize, usize)>,
}

impl Bare {
    fn of(source: &str) -> Bare {
        let mut bare = Bare { text: String::with_capacity(source.len()), parts: Vec::new() };
        let (mut rest, mut at) = (source, 0);
        while let Some((found, tag)) = next_tag(rest) {
            bare.add(&rest[..found], at);
            if tag.kind == TagKind::Value {
                bare.parts.push((bare.text.len(), at + found));
                bare.text.push(VALUE);
            }
            at += found + tag.length;
            rest = &rest[found + tag.length..];
        }
        bare.add(rest, at);
        bare
    }

    fn add(&mut self, part: &str, at: usize) {
        if !part.is_empty() {
            self.parts.push((self.text.len(), at));
            self.text.push_str(part);
        }
    }

    fn offset(&self, at: usize) -> usize {
        let index = self.parts.partition_point(|(here, _)| *here <= at).saturating_sub(1);
        self.parts.get(index).map_or(at, |(here, there)| there + (at - here))
    }
}

/// What Markdown left in the text: a mark without its other half, a link that is none, a list without its space.
fn markup<'t>(text: &'t Text<'_>) -> impl Iterator<Item = Diagnostic> + use<'t> {
    let bare = Bare::of(&text.source.text);
    let mut found: Vec<(usize, String)> = Vec::new();
    for (at, run) in literal(&bare.text) {
        found.extend(marks(&run, text.kind).into_iter().map(|(from, mark)| (at + from, mark)));
    }
    let places: Vec<(usize, String)> =
        found.into_iter().take(MOST).map(|(at, mark)| (bare.offset(at), mark)).collect();
    places.into_iter().map(|(at, mark)| {
        let message = format!("`{mark}` prints as it stands here");
        // Brackets can be meant; no other mark is.
        let severity = if mark.starts_with('[') && mark.ends_with(']') { Severity::Warning } else { Severity::Error };
        let fault = fault(text, severity, "stray-markup", at, &mark, message);
        match mark.chars().next() {
            Some('{' | '}') => fault.hint("a name to be filled in has two braces: `{{ name }}`"),
            Some(']' | '[' | '!' | ')') => fault.hint("a link is `[words](https://clinic.example)`, without a space in its address"),
            Some('#') => fault.hint("a heading has a space behind its marks: `### Rest`"),
            Some('0'..='9') => fault.hint("an item of a list has a space behind its number: `1. Walk`"),
            Some('-' | '•' | '–') => fault.hint("an item of a list is a line of its own that begins with `- `"),
            Some('\\') => fault.hint("a line ends in the file itself; a mark that shall print has `\\` before it"),
            _ => fault.hint("close it with the same mark, without a space inside, or take it out; a mark that shall print has `\\` before it"),
        }
    })
}

/// The runs of text that Markdown takes as they are, and where they begin. Marks escaped on purpose are blanks.
fn literal(text: &str) -> Vec<(usize, String)> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_GFM
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_FOOTNOTES;
    let mut runs: Vec<(usize, String)> = Vec::new();
    let mut in_code = false;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Element::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            _ => {}
        }
        let (Event::Text(_), false) = (&event, in_code) else { continue };
        let is_escaped = range.start > 0 && text.as_bytes()[range.start - 1] == b'\\';
        let piece = &text[range.clone()];
        let piece = match piece.chars().next() {
            Some(first) if is_escaped && first.is_ascii_punctuation() => {
                format!("{}{}", " ".repeat(first.len_utf8()), &piece[first.len_utf8()..])
            }
            _ => piece.to_owned(),
        };
        match runs.last_mut() {
            Some((at, run)) if *at + run.len() == range.start => run.push_str(&piece),
            _ => runs.push((range.start, piece)),
        }
    }
    runs
}

/// The marks of a run: where, and which.
fn marks(run: &str, kind: Kind) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = opening(run).into_iter().collect();
    let (mut skip, mut same_until) = (0, 0);
    for (at, character) in run.char_indices() {
        let rest = &run[at..];
        let before = run[..at].chars().next_back();
        if at >= same_until {
            same_until = at + rest.chars().take_while(|c| *c == character).map(char::len_utf8).sum::<usize>();
        }
        if at < skip {
            continue;
        }
        if let Some(length) = place(rest).filter(|_| kind == Kind::Word) {
            skip = at + length;
            continue;
        }
        let is_words = kind != Kind::Word;
        if let Some(mark) = mark_at(rest, before, same_until - at, is_words) {
            skip = at + mark.len();
            found.push((at, mark.to_owned()));
        }
    }
    found
}

/// What begins a run as if it were an item of a list.
fn opening(run: &str) -> Option<(usize, String)> {
    let first = run.trim_start();
    let is_letter = first.chars().nth(1).is_some_and(char::is_alphabetic);
    let mark = match first.chars().next()? {
        '•' | '·' | '‣' | '◦' => Some(first.chars().take(1).collect()),
        '-' | '–' | '—' | '+' if is_letter => Some(first.chars().take(2).collect()),
        '0'..='9' => numbered(first),
        _ => None,
    };
    mark.map(|mark| (run.len() - first.len(), mark))
}

/// A mark that prints, at the beginning of the rest of a run. `same`: how long the run of its first character is.
fn mark_at(rest: &str, before: Option<char>, same: usize, is_words: bool) -> Option<&str> {
    let after = rest[same..].chars().next();
    let touches = |side: Option<char>| side.is_some_and(|c| !c.is_whitespace());
    let touched = touches(before) || touches(after);
    let in_word = before.is_some_and(is_letter_or_digit) && after.is_some_and(is_letter_or_digit);
    let is_stray = match rest.chars().next()? {
        '*' => touched || same > 1,
        '_' => touched && !in_word && same < 4,
        '`' | '}' => true,
        '~' | '#' if same > 1 => true,
        '{' if is_words => return Some(braced(rest)),
        '{' => true,
        '[' if same == 1 => return bracketed(rest),
        _ => false,
    };
    let before_letter = after.is_some_and(char::is_alphabetic);
    let pairs = ["](", "][", "] (", ")[", "[[", "•"].into_iter().find(|pair| rest.starts_with(pair));
    match rest.chars().next()? {
        _ if is_stray => Some(&rest[..same]),
        '#' if before.is_none() && before_letter => Some("#"),
        '\\' if before_letter => Some("\\"),
        _ => pairs,
    }
}

/// `1)Walk`: an item of a list without its space.
fn numbered(line: &str) -> Option<String> {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let behind = rest.strip_prefix([')', '.'])?;
    let mark = &line[..line.len() - behind.len()];
    behind.starts_with(char::is_alphabetic).then(|| mark.to_owned())
}

/// `[our page]`: brackets that no address follows.
fn bracketed(rest: &str) -> Option<&str> {
    let end = rest.find(']').filter(|end| !rest[..*end].contains('\n'))?;
    let words = &rest[1..end];
    let is_link = rest[end + 1..].trim_start().starts_with(['(', '[']);
    (words.chars().any(char::is_alphabetic) && !is_link).then(|| &rest[..=end])
}

/// From a brace to the one that closes it, on a line.
fn braced(rest: &str) -> &str {
    let end = rest.find('}').filter(|end| !rest[..*end].contains('\n'));
    end.map_or(&rest[..1], |end| &rest[..=end])
}

/// `{name}` of a word that the program fills in.
fn place(rest: &str) -> Option<usize> {
    let end = rest.find('}').filter(|_| rest.starts_with('{'))?;
    rest[1..end].chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c)).then_some(end + 1)
}

/// Typographic quotes are letters to YAML: round a whole value they print.
fn told_quotes(text: &Text<'_>) -> Option<Diagnostic> {
    let quotes = typed_quotes(&text.source.text)?;
    let written = quotes.0.to_string();
    let fault = fault(text, Severity::Error, "typed-quotes", 0, &written, typed_quotes_print(quotes));
    Some(fault.hint(STRAIGHT))
}

/// In a line, between words. Two at its end are a line end in Markdown; tables are set with them.
fn doubled_spaces(text: &Text<'_>) -> Vec<Diagnostic> {
    let source = &*text.source.text;
    let mut found = Vec::new();
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let body = line.trim_end();
        let lead = body.len() - body.trim_start().len();
        for (at, _) in body[lead..].match_indices("  ").filter(|_| !body.contains('|')) {
            let at = start + lead + at;
            let own = text.seen.is_char_boundary(at) && text.seen[at..].starts_with("  ");
            let is_tag =
                source.as_bytes().get(at.wrapping_sub(1)).is_some_and(|before| b"{%#".contains(before));
            let before = text.seen[..at.min(text.seen.len())].ends_with(' ');
            if found.len() < MOST && own && !is_tag && !before && !in_tag(source, at) {
                let fault = fault(text, Severity::Warning, "double-space", at, "  ", "two spaces stand here");
                found.push(fault.hint("leave one"));
            }
        }
        start += line.len();
    }
    found
}

fn in_tag(source: &str, at: usize) -> bool {
    let mut from = 0;
    while let Some((found, tag)) = next_tag(&source[from..]) {
        let (open, end) = (from + found, from + found + tag.length);
        if at < open {
            return false;
        }
        if at < end {
            return true;
        }
        from = end;
    }
    false
}

fn doubled_words(text: &Text<'_>, words: &ProseWords) -> Vec<Diagnostic> {
    let source = &*text.source.text;
    let mut found = Vec::new();
    let mut last: Option<(usize, &str)> = None;
    for at in super::letters::starts(&text.seen) {
        // Of a script without spaces a whole run is compared.
        if last.is_some_and(|(from, before)| at < from + before.len()) {
            continue;
        }
        let word: &str = text.seen[at..].split(|c: char| !is_letter(c)).next().unwrap_or_default();
        if let Some((from, before)) = last
            && found.len() < MOST
            && word.chars().count() > 1
            && before.to_lowercase() == word.to_lowercase()
            && source[from + before.len()..at].chars().all(char::is_whitespace)
            && !source[from + before.len()..at].contains("\n\n")
            && !words.doubles.contains(&word.to_lowercase())
        {
            let message = format!("“{word}” stands twice");
            found.push(
                fault(text, Severity::Warning, "double-word", at, word, message).hint(
                    "leave one; words that may stand twice are listed in content/prose, under `doubles`",
                ),
            );
        }
        last = Some((at, word)).filter(|(_, word)| !word.is_empty());
    }
    found
}

fn straight_quotes(text: &Text<'_>, words: &ProseWords) -> Option<Diagnostic> {
    let [open, close] = words.quotes.as_ref()?;
    let at = text.seen.find('"')?;
    let message = "straight quotes become “ ”, which this language does not have";
    let fault = fault(text, Severity::Warning, "straight-quotes", at, "\"", message);
    Some(fault.hint(format!("write {open}\u{a0}…\u{a0}{close}, with spaces at which no line breaks")))
}

/// The first of a text: most have none or many.
fn breaking_space(text: &Text<'_>, words: &ProseWords) -> Option<Diagnostic> {
    let mut before = '\n';
    for (at, character) in text.seen.char_indices() {
        let last = std::mem::replace(&mut before, character);
        let wrong = last == ' ' && words.no_break_before.contains(character)
            || character == ' ' && words.no_break_after.contains(last);
        if !wrong || in_tag(&text.source.text, at) {
            continue;
        }
        let (at, mark) = if character == ' ' { (at, last) } else { (at - 1, character) };
        if text.source.text.get(at..=at) != Some(" ") {
            continue;
        }
        let message = format!("a line could break at this space beside `{mark}`");
        let fault = fault(text, Severity::Warning, "breaking-space", at, " ", message);
        return Some(
            fault.hint("put a no-break space (U+00A0) in its place, here and in the rest of this text"),
        );
    }
    None
}
