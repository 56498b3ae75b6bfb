//! The head of a Markdown file: YAML between two lines of `---`.

/// A Markdown file in its two parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts<'a> {
    /// Starts on line 2 of the file.
    pub head: &'a str,
    pub body: &'a str,
    /// The line of the file on which the body starts.
    pub body_line: u32,
}

/// Splits a file, or says `None` when it has no closed head.
pub fn split(text: &str) -> Option<Parts<'_>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_end() == "---")?;
    let mut end = first.len();
    for (number, line) in (2u32..).zip(lines) {
        if line.trim_end() == "---" {
            let head = text.get(first.len()..end)?;
            let body = text.get(end + line.len()..)?;
            return Some(Parts { head, body, body_line: number + 1 });
        }
        end += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_file_has_a_head_and_a_body() {
        let parts = split("---\nid: rest\n---\nTake it easy.\n").expect("a head");
        assert_eq!((parts.head, parts.body, parts.body_line), ("id: rest\n", "Take it easy.\n", 4));
    }

    #[test]
    fn a_head_that_is_not_closed_is_none() {
        assert_eq!(split("---\nid: rest\n"), None);
        assert_eq!(split("id: rest\n"), None);
        assert_eq!(split(""), None);
    }

    #[test]
    fn lines_may_end_as_on_windows() {
        let parts = split("---\r\nid: rest\r\n---\r\nEasy.").expect("a head");
        assert_eq!((parts.head, parts.body), ("id: rest\r\n", "Easy."));
    }
}
