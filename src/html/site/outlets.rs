//! The general text for places of others: what is pasted into a page, sent as a mail, put into a blog.

use super::address::{self, BaseUrl, EMBED, FRAME};
use super::text::SiteLanguage;
use super::{SiteFiles, SiteRenderer};
use crate::html::syndication::{FRAME_SCRIPT, HOST_SCRIPT, Syndicated, frame, snippet};

/// What can be made of the general text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlet {
    /// The pages of a site of its own.
    Pages,
    /// A part of somebody else's page, and a frame in it.
    Embed,
    /// HTML for mail programs, and its words alone.
    Email,
    Markdown,
}

impl SiteRenderer {
    /// The files of the outlets beside the pages. The same texts give the same bytes.
    pub fn outlets(
        &self,
        languages: &[SiteLanguage],
        base: Option<&BaseUrl>,
        outlets: &[Outlet],
        mark: &str,
    ) -> SiteFiles {
        let mut files = SiteFiles::new();
        let asked = |outlet: Outlet| outlets.contains(&outlet);
        let place = |file: &str| base.map_or_else(|| file.to_owned(), |base| base.of(file));
        for language in languages {
            let tag = language.document.meta().language.tag();
            let name = |ending: &str| address::outlet(&language.prefix, tag, ending);
            let whole = address::whole_page(&language.prefix, tag);
            let words = language.words.get("whole").cloned().unwrap_or_default();
            let text = Syndicated {
                document: &language.document,
                reach: &language.reach,
                theme: &self.theme,
                page: base.map(|base| (base.of(&whole), words)),
                mark,
            };
            let mut put = |ending: &str, words: String| files.insert(name(ending), words.into_bytes());
            if asked(Outlet::Embed) {
                put("fragment.html", text.fragment());
                put("embed.html", frame(&text, FRAME, &place(&whole)));
                put("embed.txt", snippet(&text, &place(&name("embed.html")), &place(EMBED)));
            }
            if asked(Outlet::Email) {
                put("email.html", text.email());
                put("email.txt", text.plain());
            }
            if asked(Outlet::Markdown) {
                put("md", text.markdown());
            }
        }
        if asked(Outlet::Embed) {
            for (name, script) in [(EMBED, HOST_SCRIPT), (FRAME, FRAME_SCRIPT)] {
                files.insert(name.to_owned(), format!("/* {mark} */\n{script}").into_bytes());
            }
        }
        files
    }
}
