//! What a text says, once for each way through its conditions: a rule that asks whether a text says something asks each of its
//! readers.

use super::text::{TagKind, VALUE, tags};

/// Bytes of a line, at most: a longer one has no room at the foot of a timeline, nor among warnings.
pub const LINE: usize = 2_000;
/// Readings of one text, as far as each branch has one: more conditions than a line has.
const MOST: usize = 64;

/// The readings of a text that is no longer than a line. Values are [`VALUE`].
pub fn readings(text: &str) -> Vec<String> {
    readings_where(text, &|_| None)
}

/// The same where some names are known to be false: branches that ask for one are nobody's.
pub fn readings_without(text: &str, is_false: &dyn Fn(&str) -> bool) -> Vec<String> {
    readings_where(text, &|condition| holds(condition, is_false))
}

fn readings_where(text: &str, holds: &dyn Fn(&str) -> Option<bool>) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for (kind, at, tag) in tags(text) {
        pieces.push(Piece::Said(&text[from..at]));
        pieces.push(match kind {
            TagKind::Value => Piece::Value,
            TagKind::Remark => Piece::Said(""),
            TagKind::Condition => Piece::of_condition(tag, holds),
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

/// What is known of a condition of names, each as it is or with `not`, all of them wanted or one.
fn holds(condition: &str, is_false: &dyn Fn(&str) -> bool) -> Option<bool> {
    let of_name = |name: &str| match name.trim().strip_prefix("not ") {
        Some(name) => is_false(name.trim()).then_some(true),
        None => is_false(name.trim()).then_some(false),
    };
    let (all, any) = (condition.contains(" and "), condition.contains(" or "));
    if all && any || condition.contains('(') {
        return None;
    }
    // One that decides is enough; else each has to be known.
    let decides = any;
    let known: Vec<Option<bool>> = condition.split(if any { " or " } else { " and " }).map(of_name).collect();
    match known.contains(&Some(decides)) {
        true => Some(decides),
        false => known.iter().all(Option::is_some).then_some(!decides),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Piece<'t> {
    Said(&'t str),
    Value,
    /// With whether it holds, where that is known.
    If(Option<bool>),
    Elif(Option<bool>),
    Else,
    End,
}

impl Piece<'_> {
    fn of_condition<'t>(tag: &str, holds: &dyn Fn(&str) -> Option<bool>) -> Piece<'t> {
        let inner = tag.trim_start_matches(['{', '%', '-']).trim_start();
        let word = inner.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
        let condition = || holds(inner[word.len()..].trim_end_matches(['}', '%', '-']).trim());
        match word {
            "if" => Piece::If(condition()),
            "elif" => Piece::Elif(condition()),
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
            Piece::Elif(_) | Piece::Else | Piece::End => break,
            Piece::If(holds) => {
                *rest = behind;
                all = joined(&all, &branches(rest, *holds));
                continue;
            }
        };
        *rest = behind;
        all = joined(&all, &part);
    }
    all
}

/// The branches behind an `if`, up to its end, that somebody may take.
fn branches(rest: &mut &[Piece<'_>], first: Option<bool>) -> Vec<String> {
    let (mut all, mut holds, mut is_decided) = (Vec::new(), first, false);
    loop {
        let branch = ways(rest);
        if holds != Some(false) && !is_decided {
            all.extend(branch);
        }
        is_decided |= holds == Some(true);
        let Some((piece, behind)) = rest.split_first() else { break };
        *rest = behind;
        holds = match piece {
            Piece::Elif(holds) => *holds,
            Piece::Else => Some(true),
            _ => break,
        };
    }
    if !is_decided {
        all.push(String::new());
    }
    all
}

/// Each way with each that may follow it; where these are too many, each of both at least once.
fn joined(before: &[String], behind: &[String]) -> Vec<String> {
    let (most, least) = (before.len().max(behind.len()), before.len().min(behind.len()));
    if most * least <= MOST {
        let all = before.iter().flat_map(|one| behind.iter().map(move |other| format!("{one}{other}")));
        return all.collect();
    }
    // The shorter list goes round again and again, a step further each time.
    let pair = |index: usize| {
        let (of_most, of_least) = (index % most, (index + index / most) % least);
        match before.len() == most {
            true => format!("{}{}", before[of_most], behind[of_least]),
            false => format!("{}{}", before[of_least], behind[of_most]),
        }
    };
    (0..most.max(MOST)).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::{readings, readings_without};

    #[test]
    fn each_branch_is_read_apart() {
        let all = readings("{% if a %}Sore? {% if b %}{{ c }}{% endif %}{% else %}Call{% endif %}.{# x #}");
        assert_eq!(all, ["Sore? \u{1}.", "Sore? .", "Call."]);
        assert_eq!(readings("Call{% endif %} us."), ["Call us."]);
        assert_eq!(readings("{% if a %}Call"), ["Call", ""]);
    }

    #[test]
    fn each_branch_is_in_a_reading_however_many_there_are() {
        let text: String =
            (0..20).map(|n| format!("{{% if a{n} %}}<{n}>{{% else %}}<-{n}>{{% endif %}}")).collect();
        let all = readings(&text);
        assert!(all.len() <= 64);
        for branch in (0..20).flat_map(|n| [format!("<{n}>"), format!("<-{n}>")]) {
            assert!(all.iter().any(|reading| reading.contains(&branch)), "{branch}");
        }
        let elifs: String = (0..90).map(|n| format!("{{% elif a{n} %}}<{n}>")).collect();
        let all = readings(&format!("{{% if a %}}A{elifs}{{% endif %}}{{% if b %}}B{{% endif %}}"));
        assert!((0..90).all(|n| all.iter().any(|reading| reading.contains(&format!("<{n}>")))));
    }

    #[test]
    fn branches_of_nobody_are_not_read() {
        for (text, wanted) in [
            ("{% if own %}A{% else %}B{% endif %}", &["B"][..]),
            ("{% if not own %}A{% else %}B{% endif %}", &["A"]),
            ("{% if own and x %}A{% elif y %}B{% endif %}", &["B", ""]),
            ("{% if not own and x %}A{% else %}B{% endif %}", &["A", "B"]),
            ("{% if own or x %}A{% endif %}", &["A", ""]),
            ("{% if x or not own %}A{% elif x %}B{% endif %}", &["A"]),
            ("{%- if own -%}A{%- endif -%}B", &["B"]),
            ("{% if own %}A{% elif own %}B{% endif %}", &[""]),
        ] {
            assert_eq!(readings_without(text, &|name| name == "own"), wanted, "{text}");
        }
    }

    #[test]
    fn conditions_without_end_stay_few() {
        assert!(readings(&"{% if a %}a{% else %}b{% endif %}".repeat(40)).len() <= 64);
        assert!(!readings(&"{% if a %}".repeat(190)).is_empty());
    }
}
