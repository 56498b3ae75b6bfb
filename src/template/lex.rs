//! Splits a template into tags and their tokens, as Tera's lexer does.

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Token<'a> {
    Name(&'a str),
    /// A character that is none of the others; of `==`, each.
    Sign(char),
    /// A quoted text, without its quotes.
    Quoted(&'a str),
    Number(&'a str),
}

/// `{{ … }}` or `{% … %}` with its tokens and where each starts.
pub(crate) struct Tag<'a> {
    pub is_statement: bool,
    pub tokens: Vec<(Token<'a>, usize)>,
    pub end: usize,
    /// Ends with `-%}`: white space after it is dropped.
    pub trims_after: bool,
}

/// What stands in a template beside its text.
pub(crate) enum Piece<'a> {
    Tag(Tag<'a>),
    /// The opening tag of raw text, which reaches to its closing one.
    Raw(Tag<'a>),
}

/// Every tag, in order. Comments and what is in raw text are passed over. Where a tag or comment does not end, the
/// pieces end: Tera has the message for it.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text.get(at..).and_then(next_start)?;
            let rest = &text[start..];
            if let Some(length) = raw_end(rest) {
                at = start + length;
                return lex(text, start).map(Piece::Raw);
            }
            // What does not end is the last there is.
            at = text.len();
            if !rest.starts_with("{#") {
                let tag = lex(text, start)?;
                at = tag.end;
                return Some(Piece::Tag(tag));
            }
            at = start + rest.find("#}")? + 2;
        }
    })
}

/// Where the next `{{`, `{%` or `{#` stands.
fn next_start(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    (0..bytes.len().saturating_sub(1))
        .find(|&i| bytes[i] == b'{' && matches!(bytes[i + 1], b'{' | b'%' | b'#'))
}

/// The length of `{% raw %} … {% endraw %}`, if the text starts with it.
fn raw_end(text: &str) -> Option<usize> {
    let opening = word_tag_length(text, "raw")?;
    let mut at = opening;
    while let Some(offset) = text[at..].find("{%") {
        at += offset;
        match word_tag_length(&text[at..], "endraw") {
            Some(length) => return Some(at + length),
            None => at += 2,
        }
    }
    Some(text.len())
}

/// The length of `{% word %}`, with or without hyphens.
fn word_tag_length(text: &str, word: &str) -> Option<usize> {
    let inner = text.strip_prefix("{%")?;
    let inner = inner.strip_prefix('-').unwrap_or(inner).trim_start();
    let inner = inner.strip_prefix(word)?.trim_start();
    let rest = inner.strip_prefix("-%}").or_else(|| inner.strip_prefix("%}"))?;
    Some(text.len() - rest.len())
}

/// The tag that starts at `start`; `None` if it does not end.
fn lex(text: &str, start: usize) -> Option<Tag<'_>> {
    let bytes = text.as_bytes();
    let is_statement = bytes.get(start + 1) == Some(&b'%');
    let close: &[u8] = if is_statement { b"%}" } else { b"}}" };
    let mut at = start + 2;
    if bytes.get(at) == Some(&b'-') {
        at += 1;
    }
    let mut tokens = Vec::new();
    loop {
        let rest = bytes.get(at..).filter(|rest| !rest.is_empty())?;
        let trims_after = rest[0] == b'-' && rest[1..].starts_with(close);
        if trims_after || rest.starts_with(close) {
            let end = at + 2 + usize::from(trims_after);
            return Some(Tag { is_statement, tokens, end, trims_after });
        }
        let (token, length) = lex_token(text, at)?;
        tokens.extend(token.map(|token| (token, at)));
        at += length;
    }
}

/// One token, or white space as `None`, and its length in bytes.
fn lex_token(text: &str, at: usize) -> Option<(Option<Token<'_>>, usize)> {
    let rest = &text[at..];
    let first = rest.chars().next()?;
    let run = |accepted: fn(char) -> bool| rest.find(|c| !accepted(c)).unwrap_or(rest.len());
    Some(match first {
        '"' | '\'' | '`' => {
            let length = quoted_length(rest, first)?;
            (Some(Token::Quoted(&rest[1..length - 1])), length)
        }
        _ if first.is_whitespace() => (None, run(char::is_whitespace)),
        _ if first.is_ascii_digit() => {
            let length = run(|c| c.is_ascii_digit() || c == '.');
            (Some(Token::Number(&rest[..length])), length)
        }
        _ if first.is_ascii_alphabetic() || first == '_' => {
            let length = run(|c| c.is_ascii_alphanumeric() || c == '_');
            (Some(Token::Name(&rest[..length])), length)
        }
        _ => (Some(Token::Sign(first)), first.len_utf8()),
    })
}

fn quoted_length(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}
