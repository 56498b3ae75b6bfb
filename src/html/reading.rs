//! What a reader of the page reads: to see where the warnings stand, and for tests.

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::{Html, Node};

/// Elements whose text is no part of the page.
const UNREAD: [&str; 6] = ["head", "script", "style", "svg", "template", "noscript"];

/// Elements that stand inside a line: their edges part no words.
const INLINE: [&str; 17] = [
    "a", "abbr", "b", "bdi", "cite", "code", "em", "i", "mark", "q", "small", "span", "strong", "sub", "sup",
    "time", "u",
];

/// The words that a page shows, in their order, one space between them. The text of `head`, of pictures and of what
/// is hidden is not shown; marks that the style sheet draws are no words.
pub fn visible_text(html: &str) -> String {
    of(&Html::parse_document(html))
}

pub(super) fn of(html: &Html) -> String {
    read(html, None).1
}

/// The words before and after an element.
pub(super) fn around(html: &Html, middle: NodeId) -> (String, String) {
    read(html, Some(middle))
}

fn read(html: &Html, middle: Option<NodeId>) -> (String, String) {
    let (mut before, mut text) = (String::new(), String::new());
    let mut hidden: Option<NodeId> = None;
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => {
                if Some(node.id()) == middle {
                    before = std::mem::take(&mut text);
                }
                match node.value() {
                    Node::Text(characters) if hidden.is_none() => text.push_str(characters),
                    Node::Element(element) => {
                        part(element.name(), &mut text);
                        let unread = UNREAD.contains(&element.name()) || is_hidden(element);
                        hidden = hidden.or(unread.then(|| node.id()));
                    }
                    _ => {}
                }
            }
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    part(element.name(), &mut text);
                }
                hidden = hidden.filter(|hidden| *hidden != node.id());
            }
        }
    }
    (words(&before), words(&text))
}

fn part(element: &str, text: &mut String) {
    if !INLINE.contains(&element) {
        text.push(' ');
    }
}

fn is_hidden(element: &scraper::node::Element) -> bool {
    element.attr("hidden").is_some()
        || element.attr("aria-hidden").is_some_and(|value| value.eq_ignore_ascii_case("true"))
}

/// One space between words.
pub(super) fn words(text: &str) -> String {
    text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::visible_text;

    #[test]
    fn edges_of_blocks_part_words_and_edges_of_spans_do_not() {
        assert_eq!(visible_text("<p>one</p><p>t<b>w</b>o<br>three</p>"), "one two three");
    }

    #[test]
    fn head_pictures_comments_and_hidden_parts_are_not_read() {
        let html = "<head><title>a</title></head><svg aria-label=\"b > c\"><text>d</text></svg><!-- <p>e -->\
                    <i aria-hidden='TRUE'><i>f</i>g</i><p HIDDEN=until-found>h</p>read";
        assert_eq!(visible_text(html), "read");
    }

    #[test]
    fn escapes_are_characters_again() {
        assert_eq!(visible_text("Tom &amp; &lt;Zoë&gt; &#39;&unknown;"), "Tom & <Zoë> '&unknown;");
    }

    #[test]
    fn a_page_that_breaks_off_is_read_as_a_browser_reads_it() {
        assert_eq!(visible_text("one <b"), "one");
        assert_eq!(visible_text("two <!-- never"), "two");
        assert_eq!(visible_text("three <svg><path"), "three");
    }
}
