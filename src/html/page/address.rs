//! Which addresses a page may hold.

use super::{Kind, Refused};
use crate::diagnostic::shown;
use std::cell::OnceCell;
use std::collections::BTreeSet;

pub(super) struct Addresses<'a> {
    kind: &'a Kind<'a>,
    links: OnceCell<BTreeSet<String>>,
}

/// Schemes of a link that somebody follows by hand.
const FOLLOWED: [&str; 4] = ["https:", "http:", "mailto:", "tel:"];

impl<'a> Addresses<'a> {
    pub(super) fn new(kind: &'a Kind<'a>) -> Addresses<'a> {
        Addresses { kind, links: OnceCell::new() }
    }

    pub(super) fn is_site(&self) -> bool {
        matches!(self.kind, Kind::Site { .. })
    }

    /// A link of the text.
    pub(super) fn link(&self, address: &str) -> Result<(), Refused> {
        let sound = match self.kind {
            _ if address.starts_with('#') => true,
            Kind::Copy { own: Some(own), .. } if *own == address => true,
            Kind::Copy { links, .. } => self.links.get_or_init(links).contains(address),
            Kind::Site { .. } => {
                is_plain(address) && (is_own(address) || starts_with_any(address, &FOLLOWED))
            }
        };
        match (sound, self.kind) {
            (true, _) => Ok(()),
            (false, Kind::Copy { .. }) => Err(refused(
                address,
                "a link leads to an address that stands nowhere in the content",
                "write the address in a text of `content/` or in clinic.yaml, and take it from there: an address that a \
                 template makes could carry the patient's words",
            )),
            (false, Kind::Site { .. }) => Err(refused(
                address,
                "a link leads to something other than a page, a mail address or a phone number",
                "begin the address with `https:`, `mailto:` or `tel:`, or name a page of the site",
            )),
        }
    }

    /// A picture: in the page itself, or a file of the site.
    pub(super) fn picture(&self, address: &str) -> bool {
        match self.kind {
            Kind::Copy { .. } => address.starts_with("data:image/"),
            Kind::Site { .. } => is_plain(address) && is_own(address),
        }
    }

    /// Whether a picture would be asked for elsewhere, in a page that stands on a server.
    pub(super) fn is_of_another_server(&self, address: &str) -> bool {
        self.is_site() && is_plain(address) && starts_with_any(address, &["https:", "http:", "//"])
    }

    /// A picture of a server that the clinic names to its readers.
    pub(super) fn picture_elsewhere(&self, address: &str) -> Result<(), Refused> {
        let host =
            address.strip_prefix("https://").map(|rest| rest.split(['/', '?', '#']).next().unwrap_or(rest));
        let is_named = match self.kind {
            Kind::Site { trackers, .. } => trackers.hosts.iter().any(|named| Some(named.as_str()) == host),
            Kind::Copy { .. } => false,
        };
        if is_named {
            return Ok(());
        }
        let message = format!("the page asks another server for something: {}", shown(server_of(address)));
        let hint = "leave it out; or name the server under `trackers` of clinic.yaml, and the page tells its readers";
        Err(Refused::words(server_of(address), message, hint))
    }

    /// What `link` elements of a kind lead to.
    pub(super) fn resource(&self, relation: &str, address: &str) -> bool {
        match (self.kind, relation) {
            (_, "icon") if address == "data:," => true,
            (Kind::Site { root, .. }, "icon") => address == format!("{root}favicon.svg"),
            (Kind::Site { root, .. }, "apple-touch-icon") => address == format!("{root}apple-touch-icon.png"),
            (Kind::Site { root, .. }, "stylesheet") => is_file(address, root, "style.css"),
            (Kind::Site { .. }, "canonical" | "alternate") => is_plain(address),
            _ => false,
        }
    }

    pub(super) fn script(&self, address: &str) -> bool {
        matches!(self.kind, Kind::Site { root, script: true, .. } if is_file(address, root, "yours.js"))
    }
}

/// A file beside the pages, with or without the mark of its content behind it.
fn is_file(address: &str, root: &str, name: &str) -> bool {
    let rest = address.strip_prefix(root).and_then(|rest| rest.strip_prefix(name));
    rest.is_some_and(|rest| match rest.strip_prefix('?') {
        Some(mark) => !mark.is_empty() && mark.bytes().all(|byte| byte.is_ascii_hexdigit()),
        None => rest.is_empty(),
    })
}

/// No space or control character: a browser passes over some of them, so that `java⏎script:` would be a script.
fn is_plain(address: &str) -> bool {
    !address.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\')
}

/// An address on the page's own server: no scheme, and no other server's name after `//`.
fn is_own(address: &str) -> bool {
    let path = address.split(['/', '?', '#']).next().unwrap_or_default();
    !path.contains(':') && !address.starts_with("//")
}

fn starts_with_any(address: &str, schemes: &[&str]) -> bool {
    schemes
        .iter()
        .any(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// Looks for the server's name in the templates, or for a link where there is none.
fn refused(address: &str, message: &str, hint: &str) -> Refused {
    match address.contains("://") {
        true => Refused::words(server_of(address), message, hint),
        false => Refused::attribute("a", "href", message, hint),
    }
}

/// Scheme and server of an address: what follows could hold a patient's words.
fn server_of(address: &str) -> &str {
    let after = address.find("://").map_or(0, |at| at + 3);
    let end = address[after..].find(['/', '?', '#']).map_or(address.len(), |end| after + end);
    &address[..end]
}

#[cfg(test)]
mod tests {
    use super::super::Trackers;
    use super::*;

    #[test]
    fn another_server_is_asked_for_nothing_that_readers_are_not_told_of() {
        let trackers = Trackers { hosts: vec!["stats.example.org".to_owned()], notice: "x".to_owned() };
        let kind = Kind::Site { root: "", script: false, trackers: &trackers };
        let addresses = Addresses::new(&kind);
        assert!(addresses.picture_elsewhere("https://stats.example.org/count?p=1").is_ok());
        for bad in [
            "http://stats.example.org/count",
            "https://stats.example.org.evil.example/",
            "https://stats.example.org:8443/",
            "https://a@stats.example.org/",
            "https://other.example/x.gif",
            "//stats.example.org/x.gif",
        ] {
            assert!(
                addresses.is_of_another_server(bad) && addresses.picture_elsewhere(bad).is_err(),
                "{bad}"
            );
        }
        assert!(!addresses.is_of_another_server("en-wide.png") && addresses.picture("en-wide.png"));
    }

    #[test]
    fn links_of_a_site_lead_to_pages_mail_and_phones() {
        let kind = Kind::Site { root: "", script: false, trackers: &Trackers::NONE };
        let addresses = Addresses::new(&kind);
        for good in
            ["en.html", "#a", "https://a.example/x?y", "tel:811", "mailto:a@b.example", "HTTPS://a", "/a/b:c"]
        {
            assert!(addresses.link(good).is_ok(), "{good}");
        }
        for bad in [
            "javascript:x",
            " javascript:x",
            "java\nscript:x",
            "data:text/html,x",
            "//a.example",
            "\\\\a",
            "vbscript:x",
        ] {
            assert!(addresses.link(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_page_loads_its_own_files_alone_whatever_stands_behind_their_names() {
        let kind = Kind::Site { root: "/a/", script: true, trackers: &Trackers::NONE };
        let addresses = Addresses::new(&kind);
        for good in ["/a/style.css", "/a/style.css?12ab"] {
            assert!(addresses.resource("stylesheet", good), "{good}");
        }
        for bad in ["style.css", "/a/style.css?", "/a/style.css?x=1", "/a/style.css/x", "https://a/style.css"]
        {
            assert!(!addresses.resource("stylesheet", bad), "{bad}");
        }
        assert!(addresses.script("/a/yours.js?0f") && !addresses.script("/a/mine.js?0f"));
    }

    #[test]
    fn a_copy_leads_only_where_the_content_does() {
        let links = || BTreeSet::from(["tel:811".to_owned()]);
        let kind = Kind::Copy { own: None, links: &links };
        let addresses = Addresses::new(&kind);
        assert!(addresses.link("tel:811").is_ok() && addresses.link("#a").is_ok());
        let told = addresses.link("https://a.example/?n=Zoe").err();
        assert!(
            told.is_some_and(|told| told.sought == super::super::Sought::Words("https://a.example".into()))
        );
    }
}
