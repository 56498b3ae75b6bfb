//! Invisible characters in numbers and words. What prints as one number is another to a search, a screen reader, a phone and
//! the rules for figures.

use super::MOST;
use crate::content::files::Files;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::letter::{is_letter, is_letter_or_digit};
use crate::locale::is_unspaced;

/// No width at all, by their first and last.
const UNSEEN: [(char, char); 8] = [
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{180e}', '\u{180e}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{202a}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{feff}', '\u{feff}'),
];
/// Letters behind these are shown in another order.
const OVERRIDES: [char; 2] = ['\u{202d}', '\u{202e}'];
/// Where a word may be cut at the end of a line.
const SOFT_HYPHEN: char = '\u{ad}';
/// Some scripts have these inside their words.
const JOINERS: [char; 2] = ['\u{200c}', '\u{200d}'];
/// These say in which direction what stands beside them runs.
const MARKS: [char; 8] =
    ['\u{61c}', '\u{200e}', '\u{200f}', '\u{202c}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'];

fn is_unseen(character: char) -> bool {
    UNSEEN.iter().any(|(first, last)| (*first..=*last).contains(&character))
}

/// The text as its reader sees it, byte for byte as long: what hides in a word or a number is taken out, and as many spaces
/// stand behind it. A joiner between letters stays.
pub fn without(text: String) -> String {
    if text.is_ascii() || !text.chars().any(is_unseen) {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut owed = 0;
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied().unwrap_or(' ');
        let joins = JOINERS.contains(&letter) && is_letter(before) && is_letter(next);
        if is_unseen(letter) && !joins {
            owed += letter.len_utf8();
            continue;
        }
        // Each letter of a script without spaces may begin a word: it keeps its place.
        if !is_letter_or_digit(letter) && !joins || is_unspaced(letter) {
            plain.extend(std::iter::repeat_n(' ', std::mem::take(&mut owed)));
        }
        plain.push(letter);
        before = letter;
    }
    plain.extend(std::iter::repeat_n(' ', owed));
    plain
}

/// What hides in the files that people write.
pub fn in_files(files: &dyn Files) -> Vec<Diagnostic> {
    let is_read = |path: &str| {
        let is_text = [".md", ".yaml", ".tera", ".html"].iter().any(|end| path.ends_with(end));
        is_text && (path.starts_with("content/") || path.starts_with("templates/"))
    };
    let listed = files.list().unwrap_or_default().into_iter().map(|file| file.path);
    let mut found = Vec::new();
    for path in listed.filter(|path| is_read(path)) {
        let Ok(data) = files.read(&path) else { continue };
        let Ok(text) = std::str::from_utf8(&data) else { continue };
        // In HTML a character may be written by its number.
        let is_content = path.starts_with("content/");
        if !text.is_ascii() || is_content && text.contains("&#") {
            found.extend(in_file(&path, text, is_content));
        }
    }
    found
}

fn in_file(path: &str, text: &str, is_content: bool) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (index, line) in text.strip_prefix('\u{feff}').unwrap_or(text).lines().enumerate() {
        let place = |at: usize, count: u32| {
            let column = line[..at].chars().count() + 1;
            let number = |count: usize| u32::try_from(count).unwrap_or(0);
            Place { length: count, ..Place::line(path, number(index + 1), number(column)) }
        };
        found.extend(unseen_in(line, &place));
        found.extend(mixed_in(line, &place).filter(|_| is_content));
        found.extend(by_number(line, &place).filter(|_| is_content));
    }
    found.truncate(MOST);
    found
}

/// The first of a line.
fn unseen_in(line: &str, place: &impl Fn(usize, u32) -> Place) -> Option<Diagnostic> {
    let mut before = ' ';
    for (at, character) in line.char_indices() {
        if !is_unseen(character) {
            before = character;
            continue;
        }
        let next = line[at..].chars().find(|next| !is_unseen(*next)).unwrap_or(' ');
        let Some((severity, what)) = harm(character, [before, next]) else { continue };
        let code = u32::from(character);
        let message = format!("a character that nobody sees (U+{code:04X}) {what}");
        let fault = Diagnostic::error("hidden-character", message).at(place(at, 1));
        return Some(
            Diagnostic { severity, ..fault }.hint("take it out: write the words on both sides of it anew"),
        );
    }
    None
}

/// What it does between the characters on both sides of it; nothing where a script has it there.
fn harm(character: char, sides: [char; 2]) -> Option<(Severity, &'static str)> {
    let [before, next] = sides;
    let is_number = |side: &char| side.is_numeric();
    // Of a script that writes spaces, and joins its letters without a joiner.
    let is_plain = |side: &char| {
        let needs_none = character == SOFT_HYPHEN || !JOINERS.contains(&character) || side.is_ascii();
        is_letter(*side) && !is_unspaced(*side) && needs_none && !MARKS.contains(&character)
    };
    if OVERRIDES.contains(&character) {
        return Some((Severity::Error, "turns round what follows, so that it prints in another order"));
    }
    if is_number(&before) && (is_number(&next) || "-.()/".contains(next)) {
        return Some((Severity::Error, "stands inside this number"));
    }
    let beside = sides.iter().any(is_number) && sides.iter().any(is_plain);
    let within = sides.iter().all(is_plain) && character != SOFT_HYPHEN;
    let of_word = within.then_some((Severity::Warning, "stands inside this word"));
    beside.then_some((Severity::Error, "stands beside this number")).or(of_word)
}

/// A word of letters that look alike and come from two scripts: no search finds it.
fn mixed_in(line: &str, place: &impl Fn(usize, u32) -> Place) -> Option<Diagnostic> {
    let latin = |c: char| c.is_ascii_alphabetic();
    let other = |c: char| ('\u{370}'..'\u{530}').contains(&c) && is_letter(c);
    // A unit may have a sign in front: "μg".
    let is_mixed =
        |word: &&str| word.chars().count() > 2 && word.chars().any(latin) && word.chars().any(other);
    let word = line.split(|c: char| !is_letter_or_digit(c)).find(is_mixed)?;
    let at = word.as_ptr() as usize - line.as_ptr() as usize;
    let strange = word.chars().find(|c| other(*c))?;
    let code = u32::from(strange);
    let message = format!("“{word}” mixes the letters of two scripts: `{strange}` is U+{code:04X}");
    let count = u32::try_from(word.chars().count()).unwrap_or(0);
    let fault = Diagnostic::warning("mixed-letters", message).at(place(at, count));
    Some(fault.hint("write the word anew, in the letters of its language"))
}

/// `&#50;` prints as 2.
fn by_number(line: &str, place: &impl Fn(usize, u32) -> Place) -> Option<Diagnostic> {
    let (at, name) = line.match_indices("&#").find_map(|(at, _)| {
        let digits = line[at + 2..].trim_start_matches(['x', 'X']);
        let count = digits.chars().take_while(char::is_ascii_hexdigit).count();
        let length = line.len() - at - digits.len() + count;
        (count > 0 && digits[count..].starts_with(';')).then(|| (at, &line[at..=at + length]))
    })?;
    let message = format!("`{name}` prints as another character: who reads this file does not see which");
    let count = u32::try_from(name.chars().count()).unwrap_or(0);
    let fault = Diagnostic::error("hidden-character", message).at(place(at, count));
    Some(fault.hint("write the character itself"))
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn numbers_are_read_as_they_are_seen_where_they_stand() {
        let text = "Rest 2\u{200b}4 ho\u{ad}urs.";
        let plain = without(text.to_owned());
        assert_eq!(plain, "Rest 24    hours  .");
        assert_eq!(plain.len(), text.len());
        assert_eq!(without("شبانه\u{200c}روز".to_owned()), "شبانه\u{200c}روز");
    }
}
