//! Numbers to call in the clinic's profile that a slip of the pen has likely changed: whoever dials them reaches nobody.

mod phone;

use super::clinic;
use crate::content::files::Files;
use crate::content::{Clinic, LocalizedLine, Prose};
use crate::diagnostic::{Diagnostic, Hint, shown};

/// Letters that stand for a digit only by mistake: the O for the nought, the I and the l for the one.
const LIKE_DIGITS: [char; 4] = ['O', 'o', 'I', 'l'];
/// Digits behind a name that are a number to dial (`Health811`), and not its count.
const LEAST: usize = 3;

/// Of each line the first such slip.
pub fn odd_numbers(files: &dyn Files, clinic: &Clinic, prose: &Prose) -> Vec<Diagnostic> {
    let phone = clinic.phone.iter().map(|line| ("phone", line.as_str()));
    let emergency = [("emergency", clinic.emergency.as_str())];
    let nurses = clinic.nurse_line.iter().flat_map(LocalizedLine::all).map(|line| ("nurse-line", line));
    let odd = |(key, line): (&str, &str)| {
        let (message, hint): (String, Hint) = if let Some(letter) = letter_for_digit(line) {
            (
                format!("`{}` has the letter `{letter}` among its digits", shown(line)),
                "write the digit in its place".into(),
            )
        } else if let Some((name, other)) = unlike_its_name(line) {
            (
                format!("`{}` names {name} and says to dial {other}", shown(line)),
                "write the number that people have to dial in both places".into(),
            )
        } else {
            if let Some(what) = no_phone(line, prose) {
                let message =
                    format!("`{}` is no phone that a patient can call: “{}”", shown(line), shown(what));
                let fault = Diagnostic::warning("odd-number", message).at(clinic::place_of(files, key));
                return Some(fault.hint("write the number that somebody answers, or leave the line empty"));
            }
            // Nurses and ambulances have short numbers of their own.
            let is_phone = key == "phone";
            if is_phone && is_the_nurses(line, clinic) {
                let message = format!("`{}` is the clinic's phone, and the nurse line's number", shown(line));
                let fault = Diagnostic::warning("odd-number", message).at(clinic::place_of(files, key));
                return Some(fault.hint("write the clinic's own number, or leave `phone` empty"));
            }
            (is_phone.then(|| phone::misdialled(files, line, clinic.time_zone)).flatten()?, phone::hint())
        };
        Some(Diagnostic::warning("odd-number", message).at(clinic::place_of(files, key)).hint(hint))
    };
    emergency.into_iter().chain(phone).chain(nurses).filter_map(odd).collect()
}

/// A word for what is dialled and not spoken to.
fn no_phone<'l>(line: &'l str, prose: &Prose) -> Option<&'l str> {
    let said =
        prose.all().find_map(|words| words.no_phones.said(line).next().map(|(_, at, length)| (at, length)));
    said.map(|(at, length)| &line[at..at + length])
}

/// Whether a line has the digits by which the nurses are called.
fn is_the_nurses(line: &str, clinic: &Clinic) -> bool {
    let runs = |line: &str| -> Vec<String> {
        let all = line.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() >= LEAST);
        all.map(str::to_owned).collect()
    };
    let digits: String = line.chars().filter(char::is_ascii_digit).collect();
    let nurses = clinic.nurse_line.iter().flat_map(LocalizedLine::all);
    nurses.flat_map(|line| [runs(line), vec![runs(line).concat()]].concat()).any(|run| run == digits)
}

/// A letter that looks like a digit, next to one and in no word.
fn letter_for_digit(line: &str) -> Option<char> {
    let letters: Vec<char> = line.chars().collect();
    let at = |index: Option<usize>| index.and_then(|index| letters.get(index)).copied();
    let is_slip = |(index, letter): (usize, &char)| {
        let (before, after) = (at(index.checked_sub(1)), at(index.checked_add(1)));
        let is_digit = |other: Option<char>| other.is_some_and(|other| other.is_ascii_digit());
        let in_word = [before, after].into_iter().flatten().any(char::is_alphabetic);
        (LIKE_DIGITS.contains(letter) && !in_word && (is_digit(before) || is_digit(after))).then_some(*letter)
    };
    letters.iter().enumerate().find_map(is_slip).or_else(|| several_for_digits(line))
}

/// Such letters beside each other, among digits: `OI42`. A phone dials neither.
fn several_for_digits(line: &str) -> Option<char> {
    let is_mixed = |run: &&str| {
        let letters = || run.chars().filter(|letter| !letter.is_ascii_digit());
        letters().next().is_some()
            && letters().count() < run.chars().count()
            && letters().all(|letter| LIKE_DIGITS.contains(&letter))
    };
    let run = line.split(|c: char| !c.is_alphanumeric()).find(is_mixed)?;
    run.chars().find(|letter| LIKE_DIGITS.contains(letter))
}

/// The number in a service's name, and another one of as many digits behind it.
fn unlike_its_name(line: &str) -> Option<(&str, &str)> {
    let mut runs = Vec::new();
    let mut start = None;
    for (at, letter) in line.char_indices().chain([(line.len(), ' ')]) {
        match (start, letter.is_ascii_digit()) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let named = line[..from].chars().next_back().is_some_and(char::is_alphabetic);
                runs.push((named, &line[from..at]));
                start = None;
            }
            _ => {}
        }
    }
    let (_, name) = *runs.iter().find(|(named, run)| *named && run.len() >= LEAST)?;
    let others = || runs.iter().filter(|(named, run)| !named && run.len() == name.len());
    let (_, other) = *others().find(|(_, run)| *run != name)?;
    others().all(|(_, run)| *run != name).then_some((name, other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_stand_for_digits_only_next_to_one_and_in_no_word() {
        for (line, slip) in [
            ("416 555 O142", Some('O')),
            ("416 555-01O2", Some('O')),
            ("4l6 555 0142", Some('l')),
            ("416-555-OI42", Some('O')),
            ("416 555 0142", None),
            ("1-800-OIL", None),
            ("1-800-GOLF", None),
            ("Health811 (dial 811)", None),
            ("Info 811", None),
        ] {
            assert_eq!(letter_for_digit(line), slip, "{line}");
        }
    }

    #[test]
    fn a_service_is_dialled_by_the_number_in_its_name() {
        assert_eq!(unlike_its_name("Health811 (dial 881)"), Some(("811", "881")));
        for line in ["Health811 (dial 811)", "Health811", "NHS 111 (dial 111)", "healthdirect (1800 022 222)"]
        {
            assert_eq!(unlike_its_name(line), None, "{line}");
        }
    }
}
