//! Of what form a list is, by how it begins: a name that says otherwise is wrong.

use super::{Format, heading};
use crate::options::keys::Keys;

/// Signs between the names of a heading.
const SIGNS: [char; 3] = ['\t', ';', ','];

/// The form of a list that is called another; what says nothing is what it is called.
pub fn of(called: Format, start: &[u8], keys: &Keys) -> Format {
    let start = start.trim_ascii_start();
    let opens = |sign: u8| start.strip_prefix(&[sign]).map(<[u8]>::trim_ascii_start);
    let is_object = |text: &[u8]| text.starts_with(b"{\"") || text.trim_ascii_start().starts_with(b"\"");
    let is_json = opens(b'{').is_some_and(is_object)
        || opens(b'[').is_some_and(|inside| inside.strip_prefix(b"{").is_some_and(is_object));
    match called {
        _ if is_json => Format::JsonLines,
        Format::Csv if is_list(start) => Format::Yaml,
        Format::JsonLines | Format::Yaml if is_heading(start, keys) => Format::Csv,
        called => called,
    }
}

/// The first line, where it is in hand as a whole.
fn first_line(start: &[u8]) -> Option<&str> {
    let end = start.iter().position(|byte| *byte == b'\n')?;
    std::str::from_utf8(start.get(..end)?.trim_ascii_end()).ok()
}

/// `- id: p1`
fn is_list(start: &[u8]) -> bool {
    let item = first_line(start).and_then(|line| line.strip_prefix("- "));
    item.and_then(|item| item.split_once(':'))
        .is_some_and(|(key, _)| key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'))
}

fn is_heading(start: &[u8], keys: &Keys) -> bool {
    let known = |line: &str, sign: char| {
        let names = line.split(sign).map(|name| name.trim_matches([' ', '"']));
        names.filter(|name| heading::key_of(keys, name).is_some()).count()
    };
    first_line(start).is_some_and(|line| SIGNS.iter().any(|sign| known(line, *sign) > 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_what_it_begins_as() {
        let keys = Keys::default();
        let of = |called, start: &str| of(called, start.as_bytes(), &keys);
        for json in ["{\"id\":1}\n", "[{\"id\":1}]", " [\n {\n  \"id\": 1", "{ \"id\": 1}"] {
            assert_eq!(of(Format::Csv, json), Format::JsonLines, "{json}");
        }
        assert_eq!(of(Format::Csv, "- id: p1\n  patient: x\n"), Format::Yaml);
        assert_eq!(of(Format::JsonLines, "id;patient\np1;x\n"), Format::Csv);
        assert_eq!(of(Format::Yaml, "\"id\",\"patient\"\np1,x\n"), Format::Csv);
        for (called, start) in [
            (Format::Csv, "{{name}},id\n"),
            (Format::Csv, "- Tuesday: list\n"),
            (Format::Csv, "[draft],id\n"),
            (Format::Yaml, "[{id: p1}]"),
            (Format::Yaml, "- id: p1\n"),
            (Format::JsonLines, "id\n"),
        ] {
            assert_eq!(of(called, start), called, "{start}");
        }
    }
}
