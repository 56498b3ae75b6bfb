//! What a text says, once for each way through its conditions: a rule that asks whether a text says something asks each of its
//! readers.

use super::text::{TagKind, VALUE, tags};

/// Readings of one text, at most: more conditions than a line has.
const MOST: usize = 64;

/// The readings of a text that is no longer than a line. Values are [`VALUE`].
pub fn readings(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for (kind, at, tag) in tags(text) {
        pieces.push(Piece::Said(&text[from..at]));
        pieces.push(match kind {
            TagKind::Value => Piece::Value,
            TagKind::Remark => Piece::Said(""),
            TagKind::Condition => Piece::of_condition(tag),
        });
        from = at + tag.len();
    }
    pieces.push(Piece::Said(&text[from..]));
    let mut rest = &pieces[..];
    let mut all = ways(&mut rest);
    while let Some((_, behind)) = rest.split_first() {
        rest = behind;
        all = joined(&all, &ways(&mut rest));
    }
    all
}

#[derive(Clone, Copy, PartialEq)]
enum Piece<'t> {
    Said(&'t str),
    Value,
    If,
    Elif,
    Else,
    End,
}

impl Piece<'_> {
    fn of_condition(tag: &str) -> Piece<'_> {
        let inner = tag.trim_start_matches(['{', '%', '-']).trim_start();
        match inner.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default() {
            "if" => Piece::If,
            "elif" => Piece::Elif,
            "else" => Piece::Else,
            "endif" => Piece::End,
            _ => Piece::Said(""),
        }
    }
}

/// The ways through pieces up to a tag that ends a branch, which stays.
fn ways(rest: &mut &[Piece<'_>]) -> Vec<String> {
    let mut all = vec![String::new()];
    while let Some((piece, behind)) = rest.split_first() {
        let part = match piece {
            Piece::Said(said) => vec![(*said).to_owned()],
            Piece::Value => vec![VALUE.to_string()],
            Piece::Elif | Piece::Else | Piece::End => break,
            Piece::If => {
                *rest = behind;
                all = joined(&all, &branches(rest));
                continue;
            }
        };
        *rest = behind;
        all = joined(&all, &part);
    }
    all
}

/// The branches behind an `if`, up to its end.
fn branches(rest: &mut &[Piece<'_>]) -> Vec<String> {
    let mut all = ways(rest);
    let mut has_else = false;
    while let Some((piece, behind)) = rest.split_first() {
        *rest = behind;
        if *piece == Piece::End {
            break;
        }
        has_else |= *piece == Piece::Else;
        all.extend(ways(rest));
    }
    if !has_else {
        all.push(String::new());
    }
    all.truncate(MOST);
    all
}

fn joined(before: &[String], behind: &[String]) -> Vec<String> {
    let all = before.iter().flat_map(|one| behind.iter().map(move |other| format!("{one}{other}")));
    all.take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::readings;

    #[test]
    fn each_branch_is_read_apart() {
        let all = readings("{% if a %}Sore? {% if b %}{{ c }}{% endif %}{% else %}Call{% endif %}.{# x #}");
        assert_eq!(all, ["Sore? \u{1}.", "Sore? .", "Call."]);
        assert_eq!(readings("Call{% endif %} us."), ["Call us."]);
        assert_eq!(readings("{% if a %}Call"), ["Call", ""]);
    }

    #[test]
    fn conditions_without_end_stay_few() {
        assert!(readings(&"{% if a %}a{% else %}b{% endif %}".repeat(40)).len() <= 64);
        assert!(!readings(&"{% if a %}".repeat(190)).is_empty());
    }
}
