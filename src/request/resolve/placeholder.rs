//! Names and notes that nobody typed: what a spreadsheet, a program or a mail merge writes where a value is missing or was
//! read in the wrong encoding. They print as they are, since somebody may be called Null, and are remarked on.

use super::titles::turned;

/// Words that stand for no value, without capitals.
const NOTHING: [&str; 13] = [
    "none",
    "null",
    "nil",
    "nan",
    "undefined",
    "n/a",
    "tbd",
    "tba",
    "true",
    "false",
    "[object object]",
    "(blank)",
    "xxx",
];
/// Others that are no name, though a note may say them.
const NO_NAME: [&str; 12] = [
    "unknown",
    "test",
    "name",
    "first name",
    "firstname",
    "patient",
    "patient name",
    "first_name",
    "first last",
    "test patient",
    "anonymous",
    "xx",
];
/// Another that is no note, though somebody may be called so.
const NO_NOTE: &str = "na";
/// Marks of a web page around a text that was copied from one.
const MARKS: [&str; 8] = ["p", "br", "br/", "div", "span", "b", "li", "strong"];
/// Words for what a row above says.
const SAME: [&str; 12] = [
    "same",
    "ditto",
    "dito",
    "dto.",
    "do.",
    "idem",
    "idem.",
    "id.",
    "as above",
    "see above",
    "same as above",
    "same as previous",
];
/// Signs of programs that stand in nobody's name: `$name`, `*|FNAME|*`, `__NAME__`, `=A1`, `Ren\xe9e`, `Zo?`.
const SIGNS: [char; 17] =
    ['#', '$', '%', '*', '<', '=', '>', '?', '@', '[', '\\', ']', '^', '_', '{', '|', '}'];
/// What letters of UTF-8 look like in another encoding.
const MISREAD: [&str; 7] = ["Ã", "â€", "Â\u{a0}", "ï»¿", "Ä±", "Å‚", "Ð"];

/// Whether a name looks like none.
pub(super) fn is_odd_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    let is_date =
        name.chars().filter(char::is_ascii_digit).count() >= 4 && !name.chars().any(char::is_alphabetic);
    NOTHING.contains(&lower.as_str())
        || NO_NAME.contains(&lower.as_str())
        || says_same(name)
        || name.contains(SIGNS)
        || is_date
        || has_phone(name)
        || lower.parse::<f64>().is_ok()
        || !name.chars().any(char::is_alphanumeric)
        || is_odd_text(name)
}

/// Whether a note looks like none: what stands for no value, a number or a day alone, a page's marks, another row's word.
pub(super) fn is_odd_note(note: &str) -> bool {
    let lower = note.trim().to_lowercase();
    let is_mark = |tag: &str| lower.contains(&format!("<{tag}>")) || lower.contains(&format!("<{tag} "));
    NOTHING.contains(&lower.as_str())
        || lower == NO_NOTE
        || !note.chars().any(char::is_alphanumeric)
        || lower.parse::<f64>().is_ok()
        || lower.chars().any(|sign| sign.is_ascii_digit())
            && lower.chars().all(|sign| sign.is_ascii_digit() || "-/.:t ".contains(sign))
        || MARKS.iter().any(|tag| is_mark(tag))
        || says_same(note)
        || is_odd_text(note)
}

/// Whether a number that somebody calls stands beside a name: `Ann Lee (416-555-0101)`.
fn has_phone(name: &str) -> bool {
    name.chars().filter(char::is_ascii_digit).count() >= 7
}

/// Whether a name seems to stand as `Family, Given`: a sheet says it so.
pub(super) fn is_turned(name: &str) -> bool {
    let is_name = |part: &str| {
        let letters = part.chars().filter(|letter| letter.is_alphabetic()).count();
        (letters > 1 || !part.is_ascii())
            && part.chars().all(|sign| sign.is_alphabetic() || matches!(sign, ' ' | '-' | '\'' | '’' | '.'))
    };
    turned(name).is_some_and(|(given, family)| is_name(family) && is_name(given))
}

/// Whether a text says that it is what another one is.
pub(super) fn says_same(text: &str) -> bool {
    SAME.contains(&text.trim().to_lowercase().as_str())
}

/// Whether a name may be that of more than one person: `Ann Lee / Bo Lee`, `Ann & Bo`. A stroke between two letters is a word
/// of many names (`Ali S/O Omar`).
pub(super) fn may_be_several(name: &str, ands: &[&str]) -> bool {
    // In brackets may stand how to speak of one person: `(she/her)`.
    let is_way =
        |inner: &str| inner.chars().all(|sign| sign.is_lowercase() || matches!(sign, '/' | ')' | ' '));
    let name = match name.split_once('(') {
        Some((name, inner)) if is_way(inner) => name,
        _ => name,
    };
    let is_name = |part: &str| part.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
    let are_names =
        |sign: char| name.split_once(sign).is_some_and(|(one, other)| is_name(one) && is_name(other));
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_word = |text: Option<&str>| text.is_some_and(|text| text.chars().count() > 1);
    let strokes = || {
        name.match_indices('/').any(|(at, _)| {
            let (before, behind) =
                (name[..at].split_whitespace().last(), name[at + 1..].split_whitespace().next());
            is_word(before) && is_word(behind)
        })
    };
    let is_and =
        |word: &str| word.chars().count() > 1 && ands.iter().any(|and| and.eq_ignore_ascii_case(word));
    let inner = words.get(1..words.len().saturating_sub(1)).unwrap_or_default();
    ['&', '+', ';'].into_iter().any(are_names) || strokes() || inner.iter().any(|word| is_and(word))
}

/// Whether a text holds what a program left in it.
pub(super) fn is_odd_text(text: &str) -> bool {
    let lower = text.to_lowercase();
    let merge = ["{{", "«", "<<", "${", "*|", "[object object]"];
    holds_error(&lower)
        || merge.iter().any(|merge| lower.contains(merge))
        || lower
            .split("\\u")
            .skip(1)
            .any(|rest| rest.chars().take_while(char::is_ascii_hexdigit).count() >= 4)
        || holds_reference(text)
        || MISREAD.iter().any(|misread| misread_in(text, misread))
}

/// An error of a spreadsheet: `#REF!`, `#NAME?`, `#DIV/0!`, `#N/A`, and `Err:502`.
fn holds_error(lower: &str) -> bool {
    let ends = |rest: &str| {
        let name = rest.trim_start_matches(|sign: char| sign.is_ascii_lowercase() || "/0_".contains(sign));
        rest.len() - name.len() >= 3 && name.starts_with(['!', '?'])
    };
    lower
        .split('#')
        .skip(1)
        .any(|rest| ends(rest) || rest.starts_with("n/a") || rest.starts_with("getting_data"))
        || lower.split("err:").skip(1).any(|rest| rest.starts_with(|digit: char| digit.is_ascii_digit()))
}

/// `O&#39;Brien`, `Tom &amp; Ann`.
fn holds_reference(text: &str) -> bool {
    text.split('&').skip(1).any(|rest| {
        let name = rest.split(';').next().unwrap_or_default();
        rest.len() > name.len()
            && (2..=8).contains(&name.len())
            && name.strip_prefix('#').unwrap_or(name).bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// The sign of a wrong encoding, with a sign behind it that no word has there (`ZoÃ«`; `SÃO` is a word).
fn misread_in(text: &str, misread: &str) -> bool {
    text.match_indices(misread).any(|(at, _)| {
        let next = text.get(at + misread.len()..).and_then(|rest| rest.chars().next());
        misread.chars().count() > 1 || next.is_some_and(|next| matches!(next, '\u{80}'..='\u{bf}' | '\u{2013}'..='\u{203a}' | 'Š' | 'š' | 'Ÿ' | 'ƒ' | '€'))
    })
}
