//! Who counts the readers of the clinic's web pages. A page asks no other server for anything; one that is named here may be asked
//! for a picture, and each page says so.

use super::contact::is_server;
use crate::content::Tracker;
use crate::content::yaml::{Key, Kind, Node, Reader, required};
use crate::diagnostic::shown;
use crate::limits::LISTED;

pub(super) const TRACKER: &[Key] = &[
    required("name", Kind::Line, "as readers are told it: whose server it is"),
    required("host", Kind::Line, "the server's name, as `stats.example.org`"),
];

pub(super) fn trackers(node: &Node, reader: &mut Reader<'_>) -> Vec<Tracker> {
    let mut found: Vec<Tracker> = Vec::new();
    for item in reader.items_within(node, "the list", LISTED) {
        let Some(fields) = reader.fields(item, "a tracker", TRACKER) else { continue };
        let name = fields.get("name").and_then(|node| reader.line(node));
        let host = fields.get("host").and_then(|node| host(node, reader));
        let Some((name, host)) = name.zip(host) else { continue };
        if found.iter().any(|other| other.host == host) {
            reader.fault(item.span, "duplicate-value", format!("`{}` stands twice", shown(&host)), None);
            continue;
        }
        found.push(Tracker { name, host });
    }
    found
}

/// A server's name alone: its pages and its scripts are another matter.
fn host(node: &Node, reader: &mut Reader<'_>) -> Option<String> {
    let host = reader.word(node)?;
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.".contains(c);
    if is_server(&host) && host.contains('.') && host.chars().all(plain) {
        return Some(host);
    }
    let message = format!("`{}` is no name of a server", shown(&host));
    reader.fault(node.span, "bad-contact", message, Some("write it alone, as `stats.example.org`".into()));
    None
}
