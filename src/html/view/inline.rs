//! Inlines as HTML: the one place where characters are escaped into marked-up text.

use crate::document::{Inline, Text, plain_text};
use crate::locale::{first_word, is_glued, is_in_range, is_one_word, last_word, unmarked};
use serde::Serialize;
use unicode_linebreak::linebreaks;

#[derive(Clone, Debug, Serialize)]
pub(crate) struct TextView {
    /// Escaped, with its marks.
    html: String,
    /// Characters alone, spaces for no-break spaces.
    plain: String,
}

impl TextView {
    pub(crate) fn of(text: &Text) -> TextView {
        let mut html = String::new();
        write_inlines(text, &mut html);
        TextView { html, plain: unmarked(&plain_text(text)).replace(NO_BREAK, " ") }
    }

    pub(crate) fn into_html(self) -> String {
        self.html
    }
}

const NO_BREAK: char = '\u{a0}';

/// Where a link may lead. `content` refuses other links; here they lose their address.
const SCHEMES: [&str; 4] = ["https:", "http:", "mailto:", "tel:"];

fn write_inlines(text: &[Inline], html: &mut String) {
    for inline in text {
        match inline {
            Inline::Text(characters) => write_words(characters, html),
            Inline::Strong(inner) => write_element("strong", "", inner, html),
            // `content` keeps emphasis for titles of works.
            Inline::Emphasis(inner) => write_element("cite", "", inner, html),
            Inline::Foreign { language, text } => {
                write_element("span", &attribute("lang", language.tag()), text, html)
            }
            Inline::Link { url, text } if leads_somewhere_safe(url) => {
                write_element("a", &attribute("href", url), text, html);
            }
            Inline::Link { text, .. } => write_inlines(text, html),
            Inline::Break => html.push_str("<br>"),
        }
    }
}

fn write_element(name: &str, attributes: &str, inner: &[Inline], html: &mut String) {
    html.extend(["<", name, attributes, ">"]);
    write_inlines(inner, html);
    html.extend(["</", name, ">"]);
}

fn attribute(name: &str, value: &str) -> String {
    let mut attribute = format!(" {name}=\"");
    escape(value, &mut attribute);
    attribute.push('"');
    attribute
}

fn leads_somewhere_safe(url: &str) -> bool {
    SCHEMES
        .iter()
        .any(|scheme| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// Words that a no-break space holds together become one piece with an ordinary space in it, so that copied and
/// searched text has plain spaces. A no-break space at an end, where it holds to another inline, stays. A piece reaches
/// from one place where a line may break to the next, not from space to space: in a script without spaces that would be
/// a whole paragraph, which no phone could break and every phone would cut.
fn write_words(characters: &str, html: &mut String) {
    let mut rest = characters;
    // What has a direction of its own is an element, which no piece reaches into or out of.
    while let Some(at) = rest.find(FIRST_STRONG) {
        write_pieces(&rest[..at], html);
        let inside = &rest[at + FIRST_STRONG.len_utf8()..];
        let end = end_of_isolate(inside);
        html.push_str("<bdi>");
        write_words(&inside[..end], html);
        html.push_str("</bdi>");
        rest = inside[end..].strip_prefix(END_OF_ISOLATE).unwrap_or_default();
    }
    write_pieces(rest, html);
}

/// Marks around what has a direction of its own (UAX #9, 2.4).
const FIRST_STRONG: char = '\u{2068}';
const END_OF_ISOLATE: char = '\u{2069}';

/// Where an isolate that has begun ends: others may stand inside of it.
fn end_of_isolate(text: &str) -> usize {
    let mut depth = 0;
    for (at, character) in text.char_indices() {
        match character {
            FIRST_STRONG => depth += 1,
            END_OF_ISOLATE if depth == 0 => return at,
            END_OF_ISOLATE => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

fn write_pieces(characters: &str, html: &mut String) {
    for (words, is_whole) in held_pieces(characters) {
        if is_whole {
            html.push_str("<span class=\"nb\">");
            escape(&words.replace(NO_BREAK, " "), html);
            html.push_str("</span>");
        } else {
            escape(words, html);
        }
    }
}

/// The parts of a text, each with whether it stands on one line; spaces between two of them are parts of their own.
pub(crate) fn held_pieces(characters: &str) -> Vec<(&str, bool)> {
    let mut pieces = Vec::new();
    let (mut start, mut is_held) = (0, false);
    for (end, _) in linebreaks(characters) {
        if holds_together(characters, start, end) {
            is_held = true;
            continue;
        }
        let piece = &characters[start..end];
        start = end;
        let words = piece.trim_end_matches([' ', '\n']);
        let is_held = std::mem::take(&mut is_held);
        let glued =
            is_held || words.trim_matches(NO_BREAK).contains([NO_BREAK, ' ']) || has_parted_number(words);
        pieces.push((words, glued && !words.starts_with(NO_BREAK) && !words.ends_with(NO_BREAK)));
        pieces.push((&piece[words.len()..], false));
    }
    pieces.retain(|(words, _)| !words.is_empty());
    pieces
}

/// Characters that a phone's line holds, also in large print.
const LONGEST_PIECE: usize = 20;

/// Whether the words before and behind a place belong on one line, as on paper, and are short enough for one.
fn holds_together(characters: &str, start: usize, end: usize) -> bool {
    let (before, after) = characters.split_at(end);
    let words = before.trim_end_matches(' ');
    let next = first_word(after);
    let short = words.len() >= start && words[start..].chars().count() + next.chars().count() < LONGEST_PIECE;
    if !short || next.is_empty() {
        return false;
    }
    match words.len() < end {
        true => is_glued(words, after, &[]) || is_in_range(words, after),
        // Browsers end a line behind any hyphen: "a-t-il", "dit-on".
        false => words.ends_with('-') && is_one_word(last_word(words), next),
    }
}

/// A number with hyphens in it: browsers end a line behind one, also between digits.
fn has_parted_number(words: &str) -> bool {
    let bytes = words.as_bytes();
    let parted = |three: &[u8]| three[0].is_ascii_digit() && three[1] == b'-' && three[2].is_ascii_digit();
    bytes.len() <= LONGEST_PIECE && bytes.windows(3).any(parted)
}

/// The addresses of the links in a marked-up text of [`TextView`]'s.
pub(super) fn links(html: &str) -> impl Iterator<Item = String> {
    let addresses = html.split("<a href=\"").skip(1).filter_map(|link| link.split('"').next());
    addresses.map(|address| {
        ESCAPES.iter().rev().fold(address.to_owned(), |text, (c, escape)| text.replace(escape, c))
    })
}

/// The ampersand first: it begins the others.
const ESCAPES: [(&str, &str); 5] =
    [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;")];

/// Characters as HTML writes them, in text and in attributes.
pub(crate) fn escaped(characters: &str) -> String {
    let mut html = String::new();
    escape(characters, &mut html);
    html
}

fn escape(characters: &str, html: &mut String) {
    for c in characters.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            // HTML forbids the other control characters (HTML 13.2.3.5).
            c if c.is_control() && c != '\n' && c != '\t' => {}
            c => html.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;

    fn html(text: Text) -> String {
        TextView::of(&text).html
    }

    #[test]
    fn a_number_stays_with_its_unit_and_copies_with_plain_spaces() {
        let text = vec![Inline::Text("until Thu 3:30\u{a0}pm, then".into())];
        assert_eq!(html(text.clone()), "until Thu <span class=\"nb\">3:30 pm,</span> then");
        assert_eq!(TextView::of(&text).plain, "until Thu 3:30 pm, then");
    }

    #[test]
    fn what_one_line_of_the_paper_holds_one_line_of_the_screen_does() {
        let held = |text: &str| html(vec![Inline::Text(text.into())]);
        let nb = |words: &str| format!("<span class=\"nb\">{words}</span>");
        assert_eq!(held("after 10 minutes of"), format!("after {} of", nb("10 minutes")));
        assert_eq!(held("rest 24 to 48 hours."), format!("rest {}", nb("24 to 48 hours.")));
        assert_eq!(held("(dial 811):"), nb("(dial 811):"));
        assert_eq!(held("Call 416-555-0199 now"), format!("Call {} now", nb("416-555-0199")));
        assert_eq!(held("a low-salt diet"), format!("a {} diet", nb("low-salt")));
        assert_eq!(held("a-t-il mal, dit-on"), format!("{} mal, {}", nb("a-t-il"), nb("dit-on")));
        assert_eq!(held("Ann, Marie-Claire, RN"), format!("Ann, {}", nb("Marie-Claire, RN")));
        // A long compound may break at its hyphen.
        assert_eq!(held("some low-impact sport"), "some low-impact sport");
        // More than a phone's line holds is left to the browser.
        assert_eq!(held("10 physiotherapists-in-training"), "10 physiotherapists-in-training");
    }

    #[test]
    fn what_has_a_direction_of_its_own_is_whole() {
        let text = "به \u{2068}1100 Main Street, Unit 12\u{2069} یا \u{2068}Line811 (dial 811)\u{2069} زنگ";
        let page = html(vec![Inline::Text(text.into())]);
        let nb = |words: &str| format!("<span class=\"nb\">{words}</span>");
        let expected =
            format!("به <bdi>1100 Main Street, Unit 12</bdi> یا <bdi>Line811 {}</bdi> زنگ", nb("(dial 811)"));
        assert_eq!(page, expected);
        let nested = html(vec![Inline::Text("\u{2068}a \u{2068}b\u{2069} c\u{2069} d \u{2068}e".into())]);
        assert_eq!(nested, "<bdi>a <bdi>b</bdi> c</bdi> d <bdi>e</bdi>");
    }

    #[test]
    fn where_nothing_but_a_number_is_held_together_the_rest_of_the_line_breaks() {
        let text = vec![Inline::Text("至少 24\u{a0}小时内，不要跑".into())];
        assert_eq!(html(text), "至少 <span class=\"nb\">24 小</span>时内，不要跑");
    }

    #[test]
    fn a_no_break_space_that_holds_to_a_strong_word_stays() {
        let text = vec![Inline::Text("dial\u{a0}".into()), Inline::Strong(vec![Inline::Text("811".into())])];
        assert_eq!(html(text), "dial\u{a0}<strong>811</strong>");
    }

    #[test]
    fn what_a_patient_is_called_is_never_markup() {
        let name = "<script>alert('x')</script> & \"Zoë\"\u{7}";
        let escaped = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;Zoë&quot;";
        assert_eq!(html(vec![Inline::Text(name.into())]), escaped);
    }

    #[test]
    fn links_lead_to_web_mail_and_phone_only() {
        let link =
            |url: &str| html(vec![Inline::Link { url: url.into(), text: vec![Inline::Text("call".into())] }]);
        assert_eq!(link("tel:+14165550123"), "<a href=\"tel:+14165550123\">call</a>");
        assert_eq!(
            link("https://a.org/?a=1&b=\"2\""),
            "<a href=\"https://a.org/?a=1&amp;b=&quot;2&quot;\">call</a>"
        );
        assert_eq!(link("javascript:alert(1)"), "call");
        assert_eq!(link(" javascript:alert(1)"), "call");
    }

    #[test]
    fn words_of_another_language_say_so() {
        let text = vec![Inline::Foreign {
            language: Language::new("fr"),
            text: vec![Inline::Text("doucement".into())],
        }];
        assert_eq!(html(text), "<span lang=\"fr\">doucement</span>");
    }
}
