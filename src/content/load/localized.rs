//! Lines of the clinic's profile that each language may say in its own words.

use super::contact::{Check, contact};
use crate::content::LocalizedLine;
use crate::content::yaml::{Node, Reader, Value};
use crate::diagnostic::shown;
use crate::limits::LISTED;
use crate::locale::Language;

/// A line, or one by language. Languages that the clinic does not list may stand there: it may list them one day.
pub(super) fn localized(
    node: &Node,
    key: &str,
    check: &Check,
    reader: &mut Reader<'_>,
) -> Option<LocalizedLine> {
    if !matches!(node.value, Value::Map(_)) {
        return contact(node, check, reader).map(LocalizedLine::same);
    }
    let mut lines: Vec<(Language, String)> = Vec::new();
    for entry in reader.entries_within(node, &format!("`{key}`"), LISTED)? {
        if !Language::is_tag(&entry.key) {
            let message = format!("`{}` is no language tag", shown(&entry.key));
            reader.fault(entry.key_span, "bad-language", message, Some("write `en`, `fr` or `pt-BR`".into()));
        } else if let Some(line) = contact(&entry.node, check, reader) {
            lines.push((Language::new(entry.key.as_str()), line));
        }
    }
    LocalizedLine::of(lines)
}
