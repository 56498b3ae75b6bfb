//! Ways to reach the clinic, as text that leads there: a number that dials, an address that writes.

use crate::document::{Dial, Inline, Text};

pub fn plain(text: &str) -> Text {
    vec![Inline::Text(text.to_owned())]
}

fn link(url: String, text: &str) -> Text {
    vec![Inline::Link { url, text: plain(text) }]
}

/// In front of an extension.
const EXTENSIONS: [&str; 4] = ["x", "ext", "extn", "extension"];
/// Digits of the letters A to Z on a phone's keys (ITU-T E.161).
const KEYS: &[u8; 26] = b"22233344455566677778889999";
/// Fewer digits than this are no whole number: words behind a space are the rest of it.
const WHOLE: usize = 7;

/// RFC 3966: digits after an optional `+`; what follows "ext" or "x" is an extension. Words that are dialled by their letters
/// (`1-800-GOLF`) are the digits of a phone's keys.
pub fn phone(phone: &str) -> Text {
    let extension = runs(phone, char::is_alphabetic)
        .find(|(_, run)| EXTENSIONS.contains(&&*run.to_lowercase()))
        .map(|(at, run)| (at, digits(&phone[at + run.len()..])));
    let (number, extension) = match extension {
        Some((at, extension)) => (&phone[..at], extension),
        None => (phone, String::new()),
    };
    let plus = if number.trim_start().starts_with('+') { "+" } else { "" };
    let number = dialled(number);
    match (number.is_empty(), extension.is_empty()) {
        (true, _) => plain(phone),
        (false, true) => link(format!("tel:{plus}{number}"), phone),
        (false, false) => link(format!("tel:{plus}{number};ext={extension}"), phone),
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
    let is_whole = digits(number).len() >= WHOLE;
    let mut dialled = String::new();
    for (at, run) in runs(number, char::is_alphanumeric) {
        let goes_on = match number[..at].chars().next_back() {
            Some('-' | '.') => true,
            Some(' ' | '\u{a0}') => !is_whole,
            _ => false,
        };
        if goes_on && !dialled.is_empty() && run.bytes().all(|letter| letter.is_ascii_alphabetic()) {
            let key = |letter: u8| char::from(KEYS[usize::from(letter.to_ascii_uppercase() - b'A')]);
            dialled.extend(run.bytes().map(key));
        } else {
            dialled.push_str(&digits(run));
        }
    }
    dialled
}

/// The numbers of a line, each as it is written there and as an address that dials it: a line may tell who answers, too.
pub fn dials(line: &str) -> impl Iterator<Item = Dial> {
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
