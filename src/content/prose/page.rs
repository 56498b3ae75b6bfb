//! What a reader sees, or hears, of the HTML of a page.

use std::ops::Range;

/// Elements whose text nobody reads.
const UNREAD: [&str; 2] = ["style", "script"];
/// Attributes that are shown or spoken.
const READ: [&str; 6] = ["alt", "title", "placeholder", "label", "aria-label", "aria-description"];

/// A page without its elements, remarks and what nobody reads, byte for byte. What attributes say is left, each a sentence of
/// its own.
pub fn without_elements(page: &str) -> String {
    let mut bare = String::with_capacity(page.len());
    let mut from = 0;
    while let Some(Element { tag, end }) = next_element(page, from) {
        bare.push_str(&page[from..tag.start]);
        let mut blank = tag.start;
        for said in said(&page[tag.clone()]) {
            let said = tag.start + said.start..tag.start + said.end;
            push_blank(&mut bare, &page[blank..said.start - 1]);
            bare.push(';');
            bare.push_str(&page[said.clone()]);
            bare.push(';');
            blank = said.end + 1;
        }
        push_blank(&mut bare, &page[blank..end]);
        from = end;
    }
    bare.push_str(&page[from..]);
    bare
}

fn push_blank(bare: &mut String, part: &str) {
    bare.extend(part.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
}

struct Element {
    /// Empty for a remark.
    tag: Range<usize>,
    /// Where it ends, or what nobody reads in it.
    end: usize,
}

/// The next element's tag, remark, or element that nobody reads as a whole.
fn next_element(page: &str, from: usize) -> Option<Element> {
    let is_tag =
        |at: &usize| page[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
    let start = page[from..].match_indices('<').map(|(at, _)| from + at).find(is_tag)?;
    if let Some(remark) = page[start..].strip_prefix("<!--") {
        return Some(Element { tag: start..start, end: page.len() - remark.len() + remark_length(remark) });
    }
    let end = start + tag_length(&page[start..]);
    let name: String = page[start + 1..].chars().take_while(char::is_ascii_alphabetic).collect();
    let is_unread = UNREAD.iter().any(|unread| name.eq_ignore_ascii_case(unread));
    let closed = if is_unread { end + unread_length(&page[end..], &name) } else { end };
    Some(Element { tag: start..end, end: closed })
}

/// Up to the end of a remark, as browsers see it.
fn remark_length(remark: &str) -> usize {
    if let Some(close) = [">", "->"].into_iter().find(|close| remark.starts_with(*close)) {
        return close.len();
    }
    let ends = ["-->", "--!>"].into_iter().filter_map(|close| Some(remark.find(close)? + close.len()));
    ends.min().unwrap_or(remark.len())
}

/// Up to the end of a tag: a mark in quotes ends none.
fn tag_length(tag: &str) -> usize {
    let (mut quote, mut before) = (None, ' ');
    for (at, sign) in tag.char_indices() {
        match (quote, sign) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') if before == '=' => quote = Some(sign),
            (Some(open), sign) if open == sign => quote = None,
            _ => {}
        }
        if !sign.is_whitespace() {
            before = sign;
        }
    }
    tag.len()
}

/// Up to the end of an element in which no other one is: its own end tag, in capitals or not.
fn unread_length(text: &str, name: &str) -> usize {
    let closes = |at: &usize| {
        let rest = &text[at + 2..];
        let own = rest.get(..name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name));
        own && !rest[name.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-')
    };
    let close = text.match_indices("</").map(|(at, _)| at).find(closes);
    close.map_or(text.len(), |at| at + tag_length(&text[at..]))
}

/// What attributes of a tag say: in quotes, and where.
fn said(tag: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = tag[from..].find('=').map(|at| from + at) {
        from = at + 1;
        let value = tag[from..].trim_start();
        let Some(quote) = value.chars().next().filter(|sign| ['"', '\''].contains(sign)) else { continue };
        let start = tag.len() - value.len() + 1;
        let Some(length) = tag[start..].find(quote) else { continue };
        let name = tag[..at].trim_end().rsplit(|c: char| c.is_whitespace() || "\"'/".contains(c)).next();
        let is_read = name.is_some_and(|name| READ.iter().any(|read| name.eq_ignore_ascii_case(read)));
        found.extend(is_read.then_some(start..start + length));
        from = start + length + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_page_its_words_are_left_where_they_stand() {
        let page = "<!-- 5 -->\n<p class=\"a\">Rest.</p><style>p { margin: 8 }</style>\n1 < 2";
        let bare = without_elements(page);
        assert_eq!(bare.len(), page.len());
        assert_eq!(bare.split_whitespace().collect::<Vec<_>>(), ["Rest.", "1", "<", "2"]);
        assert_eq!(bare.find("Rest."), page.find("Rest."));
        assert_eq!(bare.lines().count(), 3);
    }

    #[test]
    fn what_is_spoken_is_read_and_what_nobody_reads_ends_where_browsers_end_it() {
        for (page, words) in [
            (r#"<img src="a b" alt="Take ibuprofen">Rest"#, ";Take ibuprofen; Rest"),
            (r#"<p title = 'a > b' class="c">Rest</p>"#, ";a > b; Rest"),
            (r#"<svg ARIA-LABEL="Rest"/><a data-title="no">x</a>"#, ";Rest; x"),
            ("<STYLE>p</STYLE>Rest<script>a</script >now", "Rest now"),
            ("<style>a</styles></style>Rest", "Rest"),
            ("<!-->Rest<!-- a --!>now<style>a", "Rest now"),
        ] {
            let bare = without_elements(page);
            assert_eq!(bare.len(), page.len(), "{page}");
            assert_eq!(bare.split_whitespace().collect::<Vec<_>>().join(" "), words, "{page}");
        }
    }
}
