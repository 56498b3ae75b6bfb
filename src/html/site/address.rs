//! File names of the pages and their addresses on the web.

use crate::diagnostic::{Diagnostic, Faults};

/// Where the site will stand: `https://…/`, with a slash at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(String);

/// An address longer than this is no address, bytes.
const LONGEST: usize = 2_000;

impl BaseUrl {
    /// An `https:` or `http:` address of a folder: no query, no fragment, no name and password, no quotes or spaces.
    ///
    /// # Errors
    /// Anything else.
    pub fn new(typed: &str) -> Result<BaseUrl, Faults> {
        let rest = typed.strip_prefix("https://").or_else(|| typed.strip_prefix("http://"));
        let sound = rest.is_some_and(|rest| {
            let host = rest.split('/').next().unwrap_or_default();
            let plain = |c: char| c.is_ascii_alphanumeric() || "-._~%:/[]".contains(c);
            typed.len() <= LONGEST && !host.is_empty() && !host.starts_with(':') && rest.chars().all(plain)
        });
        match sound {
            true => Ok(BaseUrl(format!("{}/", typed.trim_end_matches('/')))),
            false => Err(Diagnostic::error("base-url", "this is no address that a site can stand at")
                .hint("write it as `https://www.example.org/aftercare/`, without `?`, `#` or a user's name")
                .into()),
        }
    }

    /// The address of a file of the site.
    pub fn of(&self, file: &str) -> String {
        format!("{}{}", self.0, if file == INDEX { "" } else { file })
    }

    /// The path on the server, from its root: `/aftercare/`.
    pub fn path(&self) -> &str {
        let after_scheme = self.0.find("://").map_or(0, |at| at + 3);
        let host = &self.0[after_scheme..];
        host.find('/').map_or("/", |at| &host[at..])
    }
}

pub(super) const INDEX: &str = "index.html";
pub(super) const NOT_FOUND: &str = "404.html";
pub(super) const STYLE: &str = "style.css";
pub const ICON: &str = "favicon.svg";
/// The icon as a picture, for the home screens of phones.
pub const PHONE_ICON: &str = "apple-touch-icon.png";
pub(super) const ROBOTS: &str = "robots.txt";
pub(super) const YOURS: &str = "yours.js";
/// The scripts of a frame: of the page in it, and of the page around it.
pub(super) const FRAME: &str = "embed-frame.js";
pub(super) const EMBED: &str = "embed.js";
pub(super) const SITEMAP: &str = "sitemap.xml";

/// The page of a treatment in a language. `treatment`: nothing for the clinic's first one, whose pages stand where those of a
/// site with one treatment stand; `<id>-` for another.
pub(super) fn whole_page(treatment: &str, language: &str) -> String {
    format!("{treatment}{}.html", language.to_ascii_lowercase())
}

/// The page of a group of questions. No subtag of a language is as long as "questions" (RFC 5646, 2.1), so that no two
/// pages share a name.
pub(super) fn group_page(treatment: &str, language: &str, group: &str) -> String {
    format!("{treatment}{}-questions-{group}.html", language.to_ascii_lowercase())
}

/// What goes elsewhere: no tag of a language has a dot.
pub(super) fn outlet(treatment: &str, language: &str, ending: &str) -> String {
    format!("{treatment}{}.{ending}", language.to_ascii_lowercase())
}

/// The brochure, for an office printer.
pub(super) fn brochure(treatment: &str, language: &str) -> String {
    format!("{treatment}{}-brochure.pdf", language.to_ascii_lowercase())
}

/// A picture of the quick answer.
pub(super) fn picture(treatment: &str, language: &str, format: &str, ending: &str) -> String {
    format!("{treatment}{}-{format}.{ending}", language.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_ends_in_a_slash_whether_typed_or_not() {
        for typed in ["https://a.example/x", "https://a.example/x/"] {
            let base = BaseUrl::new(typed).unwrap();
            assert_eq!(base.of("en.html"), "https://a.example/x/en.html");
            assert_eq!(base.of(INDEX), "https://a.example/x/");
            assert_eq!(base.path(), "/x/");
        }
        assert_eq!(BaseUrl::new("http://localhost:8000").unwrap().path(), "/");
    }

    #[test]
    fn what_is_no_address_of_a_folder_is_refused() {
        for typed in [
            "",
            "a.example",
            "ftp://a",
            "https://",
            "https:///x",
            "https://a/?b",
            "https://a/#b",
            "https://u@a",
            "https://a/\"><script>",
            "https://a b",
            "javascript:alert(1)",
        ] {
            assert!(BaseUrl::new(typed).is_err(), "{typed}");
        }
    }
}
