//! Ways to reach the clinic, as text that leads there: a number that dials, an address that writes.

use crate::document::{Inline, Text};

pub fn plain(text: &str) -> Text {
    vec![Inline::Text(text.to_owned())]
}

fn link(url: String, text: &str) -> Text {
    vec![Inline::Link { url, text: plain(text) }]
}

/// RFC 3966: digits after an optional `+`; what follows "ext" or "x" is an extension.
pub fn phone(phone: &str) -> Text {
    let lower = phone.to_lowercase();
    let (number, extension) = match lower.split_once('x') {
        Some((number, extension)) => (number.trim_end_matches(['e', '.']), digits(extension)),
        None => (lower.as_str(), String::new()),
    };
    let plus = if number.trim_start().starts_with('+') { "+" } else { "" };
    let number = digits(number);
    match (number.is_empty(), extension.is_empty()) {
        (true, _) => plain(phone),
        (false, true) => link(format!("tel:{plus}{number}"), phone),
        (false, false) => link(format!("tel:{plus}{number};ext={extension}"), phone),
    }
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
        assert_eq!(url(&phone("ask at the desk")), "");
    }

    #[test]
    fn addresses_lead_where_they_say() {
        assert_eq!(url(&email("a@b.example")), "mailto:a@b.example");
        assert_eq!(url(&email("a b@c")), "");
        assert_eq!(url(&web("clinic.example/")), "https://clinic.example/");
        assert_eq!(plain_text(&web("https://clinic.example/")), "clinic.example");
    }
}
