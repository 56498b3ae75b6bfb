//! `typeface.css` holds the fonts as data, so that a handout is one file; on a site they are files of their own, which a
//! browser fetches once for all pages.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The style sheet with addresses in place of data, and the files that they name.
pub(super) struct Typeface {
    pub css: String,
    /// File name and bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

const START: &str = "url(data:font/woff2;base64,";

impl Typeface {
    /// Data that cannot be decoded stays where it is.
    pub(super) fn of(css: &str) -> Typeface {
        let mut typeface = Typeface { css: String::new(), files: Vec::new() };
        let mut rest = css;
        while let Some((before, after)) = rest.split_once(START) {
            typeface.css.push_str(before);
            let (data, after) = after.split_once(')').unwrap_or((after, ""));
            typeface.put(data.trim_matches(['"', '\'']));
            rest = after;
        }
        typeface.css.push_str(rest);
        // A page shows its words at once, in the reader's own typeface until ours is there.
        typeface.css = typeface.css.replace("font-display:block", "font-display:swap");
        typeface
    }

    fn put(&mut self, data: &str) {
        let Ok(bytes) = STANDARD.decode(data) else {
            self.css.extend([START, data, ")"]);
            return;
        };
        let hash = crate::hex::hex(&Sha256::digest(&bytes)[..4]);
        let name = format!("typeface-{hash}.woff2");
        self.css.extend(["url(", &name, ")"]);
        if self.files.iter().all(|(other, _)| *other != name) {
            self.files.push((name, bytes));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_becomes_a_file_and_the_style_sheet_names_it() {
        let typeface = Typeface::of("a{src:url(data:font/woff2;base64,d09GMg==) format(\"woff2\")}b{}");
        let [(name, bytes)] = typeface.files.as_slice() else { panic!("one file") };
        assert_eq!(bytes, b"wOF2");
        assert_eq!(typeface.css, format!("a{{src:url({name}) format(\"woff2\")}}b{{}}"));
    }

    #[test]
    fn data_that_is_none_stays() {
        let css = "a{src:url(data:font/woff2;base64,!)}";
        assert_eq!(Typeface::of(css).css, css);
    }

    #[test]
    fn an_empty_style_sheet_needs_no_files() {
        assert!(Typeface::of("/* none */").files.is_empty());
    }
}
