//! What a reader of the page reads: to see that a template has left nothing out, and for tests.

/// The words that a page shows, in their order, one space between them. The text of `head`, of pictures and of what
/// is hidden is not shown; marks that the style sheet draws are no words.
pub fn visible_text(html: &str) -> String {
    let mut reader = Reader { rest: html, text: String::new() };
    while !reader.rest.is_empty() {
        reader.step();
    }
    reader.text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Elements whose text is no part of the page.
const UNREAD: [&str; 6] = ["head", "script", "style", "svg", "template", "noscript"];

/// Elements that stand inside a line: their edges part no words.
const INLINE: [&str; 17] = [
    "a", "abbr", "b", "bdi", "cite", "code", "em", "i", "mark", "q", "small", "span", "strong", "sub", "sup",
    "time", "u",
];

struct Reader<'a> {
    rest: &'a str,
    text: String,
}

struct Tag<'a> {
    name: String,
    attributes: &'a str,
    closes: bool,
}

impl<'a> Reader<'a> {
    fn step(&mut self) {
        let next = self.rest.find('<').unwrap_or(self.rest.len());
        let (characters, rest) = self.rest.split_at(next);
        push_unescaped(characters, &mut self.text);
        self.rest = rest;
        if let Some(comment) = self.rest.strip_prefix("<!--") {
            self.rest = after(comment, "-->");
        } else if let Some(tag) = self.take_tag() {
            self.tag(&tag);
        }
    }

    fn tag(&mut self, tag: &Tag) {
        if !INLINE.contains(&tag.name.as_str()) {
            self.text.push(' ');
        }
        if !tag.closes && (UNREAD.contains(&tag.name.as_str()) || is_hidden(tag.attributes)) {
            self.skip_element(&tag.name);
        }
    }

    /// Takes `<…>`; a quoted attribute may hold `>`.
    fn take_tag(&mut self) -> Option<Tag<'a>> {
        let inner = self.rest.strip_prefix('<')?;
        let mut quote = None;
        let end = inner.find(|c: char| match quote {
            Some(open) => {
                quote = if c == open { None } else { quote };
                false
            }
            None => {
                quote = if c == '"' || c == '\'' { Some(c) } else { None };
                c == '>'
            }
        });
        let (tag, rest) = inner.split_at(end.unwrap_or(inner.len()));
        self.rest = rest.get(1..).unwrap_or_default();
        let closes = tag.starts_with('/');
        let tag = tag.trim_start_matches('/');
        let name_end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
        let (name, attributes) = tag.split_at(name_end);
        Some(Tag { name: name.to_ascii_lowercase(), attributes, closes })
    }

    /// Skips to the end of the element that has just opened.
    fn skip_element(&mut self, name: &str) {
        let mut open = 1;
        while open > 0 && !self.rest.is_empty() {
            self.rest = &self.rest[self.rest.find('<').unwrap_or(self.rest.len())..];
            match self.take_tag() {
                Some(tag) if tag.name == name && tag.closes => open -= 1,
                Some(tag) if tag.name == name && !tag.attributes.ends_with('/') => open += 1,
                _ => {}
            }
        }
    }
}

fn after<'a>(text: &'a str, end: &str) -> &'a str {
    text.find(end).map_or("", |at| &text[at + end.len()..])
}

fn is_hidden(attributes: &str) -> bool {
    attributes.split_whitespace().any(|word| matches!(word, "hidden" | "aria-hidden=\"true\""))
        && !attributes.ends_with('/')
}

/// The escapes that the views write.
fn push_unescaped(characters: &str, text: &mut String) {
    const ESCAPES: [(&str, char); 6] =
        [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#39;", '\''), ("&nbsp;", ' ')];
    let mut rest = characters;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let escape = ESCAPES.iter().find(|(escape, _)| rest.starts_with(escape));
        let (length, character) = escape.map_or((1, '&'), |(escape, character)| (escape.len(), *character));
        text.push(character);
        rest = &rest[length..];
    }
    text.push_str(rest);
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
                    <i aria-hidden=\"true\"><i>f</i>g</i><p hidden>h</p>read";
        assert_eq!(visible_text(html), "read");
    }

    #[test]
    fn escapes_are_characters_again() {
        assert_eq!(visible_text("Tom &amp; &lt;Zoë&gt; &#39;&unknown;"), "Tom & <Zoë> '&unknown;");
    }

    #[test]
    fn a_page_that_breaks_off_is_read_to_its_end() {
        assert_eq!(visible_text("one <b"), "one");
        assert_eq!(visible_text("two <!-- never"), "two");
        assert_eq!(visible_text("three <svg><path"), "three");
    }
}
