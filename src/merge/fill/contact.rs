//! Ways to reach the clinic, as text that leads there: a number that dials, an address that writes.

use crate::content::{Extension, WHOLE, extension};
use crate::document::{Dial, Inline, Text};

pub fn plain(text: &str) -> Text {
    vec![Inline::Text(text.to_owned())]
}

fn link(url: String, text: &str) -> Text {
    vec![Inline::Link { url, text: plain(text) }]
}

/// Digits of the letters A to Z on a phone's keys (ITU-T E.161).
const KEYS: &[u8; 26] = b"22233344455566677778889999";
/// Digits of the longest number that goes on in letters once enough of it is told: the code of a country and ten more.
const LETTERED: usize = 11;

/// RFC 3966: digits after an optional `+`, and an extension. Words that are dialled by their letters (`1-800-GOLF`) are the
/// digits of a phone's keys; behind a whole number other words, brackets and further numbers are remarks.
pub fn phone(phone: &str) -> Text {
    let extension = extension(phone);
    let number = extension.map_or(phone, |extension| &phone[..extension.at]);
    let plus = if number.trim_start().starts_with('+') { "+" } else { "" };
    // Of a second number's extension the first has none.
    let told = digits(number).len();
    let number = dialled(number);
    let extension = extension.filter(|_| told <= number.len() && number.len() >= WHOLE);
    match (number.is_empty(), extension) {
        (true, _) => plain(phone),
        (false, None) => link(format!("tel:{plus}{number}"), phone),
        (false, Some(Extension { digits, .. })) => link(format!("tel:{plus}{number};ext={digits}"), phone),
    }
}

/// The parts of a line of such characters, and where each begins.
fn runs(line: &str, part: fn(char) -> bool) -> impl Iterator<Item = (usize, &str)> {
    let run = move |run: &'_ str| (run.as_ptr() as usize - line.as_ptr() as usize, run.len());
    let all = line.split(move |c| !part(c)).filter(|run| !run.is_empty()).map(run);
    all.map(move |(at, length)| (at, &line[at..at + length]))
}

/// The digits to dial. Letters count where they go on behind digits; in front of them and in a remark they do not.
fn dialled(number: &str) -> String {
    let is_told = digits(number).len() >= WHOLE;
    let (mut dialled, mut end) = (String::new(), 0);
    for (at, run) in runs(number, char::is_alphanumeric) {
        let between = &number[end..at];
        end = at + run.len();
        let is_whole = dialled.len() >= WHOLE;
        if is_whole && (between.contains(ASIDE) || between.contains(" / ")) {
            break;
        }
        if run.chars().any(|c| c.is_ascii_digit()) {
            dialled.push_str(&digits(run));
            continue;
        }
        let joins = match between.chars().next_back() {
            Some('-' | '.') => true,
            Some(' ' | '\u{a0}') => !is_told,
            _ => false,
        };
        let has_room = !is_whole || dialled.len() + run.len() <= LETTERED;
        if joins && has_room && !dialled.is_empty() && run.bytes().all(|letter| letter.is_ascii_alphabetic())
        {
            let key = |letter: u8| char::from(KEYS[usize::from(letter.to_ascii_uppercase() - b'A')]);
            dialled.extend(run.bytes().map(key));
        } else if is_whole {
            break;
        }
    }
    dialled
}

/// What begins a remark or another number behind a whole one.
const ASIDE: [char; 7] = ['(', ',', ';', '|', '&', '·', '#'];

/// The numbers of a line, each as it is written there and as an address that dials it: a line may tell who answers, too. An
/// extension is none.
pub fn dials(line: &str) -> impl Iterator<Item = Dial> {
    let extension = extension(line).map_or((line.len(), line.len()), |found| (found.at, found.end));
    numbers(&line[..extension.0]).chain(numbers(&line[extension.1..]))
}

fn numbers(line: &str) -> impl Iterator<Item = Dial> {
    let part = |c: char| c.is_ascii_digit() || " +-.()".contains(c);
    let runs = line.split(move |c: char| !part(c)).map(|run| {
        let run = run.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '+' && c != '(');
        let run = run.trim_end_matches(|c: char| !c.is_ascii_digit());
        // A bracket around a number is a remark, one inside of it an area code.
        if run.contains(')') { run } else { run.trim_start_matches('(') }
    });
    runs.filter(|run| run.bytes().filter(u8::is_ascii_digit).count() >= 3).map(|run| {
        let plus = if run.starts_with('+') { "+" } else { "" };
        Dial { number: run.to_owned(), url: format!("tel:{plus}{}", digits(run)) }
    })
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

pub fn email(email: &str) -> Text {
    let sound = email.contains('@') && !email.contains(|c: char| c.is_whitespace() || "<>?&\"".contains(c));
    if sound { link(format!("mailto:{email}"), email) } else { plain(email) }
}

/// Shown without what a reader need not type.
pub fn web(web: &str) -> Text {
    let shown = web.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
    link(web_address(web), shown)
}

pub fn web_address(web: &str) -> String {
    if web.starts_with("https://") || web.starts_with("http://") {
        web.to_owned()
    } else {
        format!("https://{web}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::plain_text;

    fn url(text: &Text) -> &str {
        match text.as_slice() {
            [Inline::Link { url, .. }] => url,
            _ => "",
        }
    }

    #[test]
    fn phone_numbers_can_be_called() {
        assert_eq!(url(&phone("416 555-0100")), "tel:4165550100");
        assert_eq!(url(&phone("+1 (416) 555-0100 ext. 7")), "tel:+14165550100;ext=7");
        assert_eq!(url(&phone("416 555-0100 x7")), "tel:4165550100;ext=7");
        assert_eq!(url(&phone("ask at the desk")), "");
    }

    #[test]
    fn words_of_a_number_are_dialled_by_the_keys() {
        for (line, to_dial) in [
            ("1-800-GOT-SHOT", "tel:18004687468"),
            ("1 800 GOT SHOT", "tel:18004687468"),
            ("1-800-FIX-TOES", "tel:18003498637"),
            ("416-555-CARE ext. 7", "tel:4165552273;ext=7"),
            ("Desk: 416 555-0100", "tel:4165550100"),
            ("416 555-0100 at the desk", "tel:4165550100"),
            ("(416) 555-0100 (day and night)", "tel:4165550100"),
            ("416 555-0100, 905 555-0200 ext. 7", "tel:4165550100"),
            ("416 555-0100 (7 x 24)", "tel:4165550100"),
            ("514 555-0100 poste 7", "tel:5145550100;ext=7"),
            ("55 5555 0100 int. 12", "tel:5555550100;ext=12"),
            ("416 555-0100 Apparat 7", "tel:4165550100"),
            ("020-7946-0000-London", "tel:02079460000"),
            ("416-555-0100. Call", "tel:4165550100"),
            ("1-888-555-CARE", "tel:18885552273"),
            ("416 555-0100 (112)", "tel:4165550100"),
            ("416-555-0142 / 905-555-0100", "tel:4165550142"),
            ("+44 (0)20 7946 0000", "tel:+4402079460000"),
        ] {
            assert_eq!(url(&phone(line)), to_dial, "{line}");
        }
    }

    #[test]
    fn each_number_of_a_line_can_be_dialled() {
        let urls = |line: &str| dials(line).map(|dial| (dial.number, dial.url)).collect::<Vec<_>>();
        let one = |number: &str, url: &str| vec![(number.to_owned(), url.to_owned())];
        assert_eq!(urls("Nurses (dial 111)"), one("111", "tel:111"));
        assert_eq!(urls("Nurses111 (dial 111), 24/7").last().unwrap().1, "tel:111");
        assert_eq!(urls("direct (1800 022 222)"), one("1800 022 222", "tel:1800022222"));
        assert_eq!(urls("+44 20 7946 0000"), one("+44 20 7946 0000", "tel:+442079460000"));
        assert_eq!(urls("(416) 555-0100"), one("(416) 555-0100", "tel:4165550100"));
        assert_eq!(urls("112 or 110").len(), 2);
        assert_eq!(urls("514 555-0100 poste 112"), one("514 555-0100", "tel:5145550100"));
        assert_eq!(urls("ask at the desk"), []);
    }

    #[test]
    fn addresses_lead_where_they_say() {
        assert_eq!(url(&email("a@b.example")), "mailto:a@b.example");
        assert_eq!(url(&email("a b@c")), "");
        assert_eq!(url(&web("clinic.example/")), "https://clinic.example/");
        assert_eq!(plain_text(&web("https://clinic.example/")), "clinic.example");
    }
}
