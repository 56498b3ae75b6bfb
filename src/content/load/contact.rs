//! Lines of the clinic's profile that a phone, a mail program or a browser opens.

use crate::content::yaml::{Node, Reader};
use crate::diagnostic::shown;

/// What makes a contact line one that a phone, a mail program or a browser can open.
pub(super) struct Check {
    noun: &'static str,
    holds: fn(&str) -> bool,
    hint: &'static str,
}

pub(super) const PHONE: Check = Check {
    noun: "phone number",
    holds: |line| line.bytes().filter(u8::is_ascii_digit).count() >= 3,
    hint: "write a number as `416 555-0100`",
};
pub(super) const EMAIL: Check = Check {
    noun: "e-mail address",
    holds: |line| {
        let (name, host) = line.split_once('@').unwrap_or_default();
        // No `%`, `?` or `&`: in a link they would become a further address, a subject or a text.
        let plain = |c: char| c.is_alphanumeric() || "._+-'".contains(c);
        !name.is_empty() && name.chars().all(plain) && host.contains('.') && is_server(host)
    },
    hint: "write an address as `hello@clinic.example`",
};
pub(super) const WEB: Check = Check {
    noun: "web address",
    holds: |line| {
        let rest = line.strip_prefix("https://").or_else(|| line.strip_prefix("http://")).unwrap_or(line);
        is_place(rest) && is_on_the_net(rest)
    },
    hint: "write an address as `https://clinic.example`",
};
pub(super) const SITE: Check = Check {
    noun: "address that a site can stand at",
    holds: |line| {
        let rest = line.strip_prefix("https://").or_else(|| line.strip_prefix("http://")).unwrap_or_default();
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~%:/[]".contains(c);
        !rest.starts_with(['/', ':']) && !rest.is_empty() && rest.len() <= 120 && rest.chars().all(plain)
    },
    hint: "write it as `https://www.clinic.example/aftercare/`, at most 120 characters, without `?` or `#`",
};
pub(super) const REGISTER: Check = Check { noun: "register", holds: |_| true, hint: "" };
pub(super) const ADDRESS: Check = Check { noun: "address", holds: |_| true, hint: "" };
/// What a patient opens by hand on a page of ours: nothing on the way to it can read or change it.
pub(super) const SECURE: Check = Check {
    noun: "address that begins with `https://`",
    holds: |line| {
        let rest = line.strip_prefix("https://").unwrap_or_default();
        is_place(rest) && is_on_the_net(rest)
    },
    hint: "write the whole address, as `https://clinic.example/book`",
};

/// An address that a browser opens, scheme and all.
pub(super) fn is_web_address(line: &str) -> bool {
    line.strip_prefix("https://").or_else(|| line.strip_prefix("http://")).is_some_and(is_place)
}

/// Whether a server's name has an ending; `www.` in front is none.
fn is_on_the_net(rest: &str) -> bool {
    let server = rest.split(['/', '?', '#']).next().unwrap_or_default();
    server.strip_prefix("www.").unwrap_or(server).trim_end_matches('.').contains('.')
}

/// What stands behind `https://`: a server, and a path without anything that ends an address.
fn is_place(rest: &str) -> bool {
    let server = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (name, port) = server.split_once(':').unwrap_or((server, "0"));
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>\"'\\`{}|^".contains(c);
    is_server(name) && !port.is_empty() && port.bytes().all(|c| c.is_ascii_digit()) && rest.chars().all(plain)
}

pub(super) fn is_server(name: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || c == '-' || c == '.';
    !name.is_empty() && !name.starts_with(['.', '-']) && name.chars().all(plain)
}

/// A line of the clinic's contact; `None` when it is empty.
pub(super) fn contact(node: &Node, check: &Check, reader: &mut Reader<'_>) -> Option<String> {
    let line = reader.line_or_empty(node)?;
    if !(check.holds)(&line) {
        let message = format!("`{}` is no {}", shown(&line), check.noun);
        reader.fault(node.span, "bad-contact", message, Some(check.hint.into()));
        return None;
    }
    Some(line)
}
