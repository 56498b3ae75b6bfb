//! Which pages there are, and what stands on each.

use super::address::{self, BaseUrl, INDEX, NOT_FOUND};
use super::json_ld::{self, Described};
use super::questions::{answered, help, help_question, plain, questions};
use super::text::{Evidence, QuestionGroup, SiteClinic, SiteLanguage};
use super::trackers::trackers;
use super::view::{
    AlternateView, LanguageView, LinkView, SitePageView, SitePictureView, SiteView, SourceView,
};
use super::{Listed, SiteRenderer};
use crate::diagnostic::{Diagnostic, Faults};
use crate::document::{Block, Document, Text};
use crate::html::page::{self as html_page, Kind, Wanted};
use crate::html::view::{BlockView, ClinicView, PageView, TextView, block_views};
use crate::options::Edition;
use std::collections::BTreeMap;

/// The edition of the public pages.
const EDITION: Edition = Edition::Standard;

pub(super) struct Frame<'a> {
    pub renderer: &'a SiteRenderer,
    pub clinic: &'a SiteClinic,
    pub languages: &'a [SiteLanguage],
    pub base: Option<&'a BaseUrl>,
}

/// One page: where it stands and which words it shows.
pub(super) struct Page<'a> {
    pub file: String,
    pub language: &'a SiteLanguage,
    /// `None`: the whole text.
    pub group: Option<&'a QuestionGroup>,
    /// Before every address.
    pub root: &'a str,
}

impl Page<'_> {
    /// Whether its text says how to reach the clinic.
    fn shows_contact(&self) -> bool {
        let mut sections = self.language.document.body().iter().flat_map(|group| &group.sections);
        let is_text = self.group.is_none() && self.file != NOT_FOUND && self.file != INDEX;
        is_text && sections.any(|section| section.blocks.iter().any(|one| matches!(one, Block::Contact(_))))
    }
}

impl<'a> Frame<'a> {
    /// Every page by its file name.
    pub(super) fn pages(&self) -> Result<BTreeMap<String, String>, Faults> {
        let first = self.languages.first().ok_or_else(no_language)?;
        let mut pages = BTreeMap::new();
        for language in self.languages {
            let page = self.whole_page(language);
            pages.insert(page.file.clone(), self.text_page("site/whole.html", &page)?);
            for group in &language.groups {
                let page = self.group_page(language, group);
                pages.insert(page.file.clone(), self.text_page("site/questions.html", &page)?);
            }
        }
        // With one treatment in one language there is nothing to choose: the first page is the text itself.
        let index = match self.languages {
            [only] => pages.get(&self.whole_page(only).file).cloned().unwrap_or_default(),
            _ => self.frame_page("site/choice.html", INDEX, first, "")?,
        };
        pages.insert(INDEX.to_owned(), index);
        // A server sends this page for addresses at any depth: only an address from the root finds the style sheet.
        let root = self.base.map_or("", BaseUrl::path);
        pages.insert(NOT_FOUND.to_owned(), self.frame_page("site/404.html", NOT_FOUND, first, root)?);
        Ok(pages)
    }

    /// The pages for the sitemap, the whole texts first.
    pub(super) fn listed(&self) -> Vec<Listed> {
        let listed = |file: String, evidence: &Evidence, alternates: Vec<(String, String)>| Listed {
            file,
            modified: evidence.modified.to_string(),
            alternates,
        };
        let mut all = Vec::new();
        for language in self.languages {
            let whole = self.whole_page(language);
            all.push(listed(whole.file.clone(), &language.evidence, self.alternates(&whole)));
            for group in &language.groups {
                let page = self.group_page(language, group);
                all.push(listed(page.file.clone(), &group.evidence, self.alternates(&page)));
            }
        }
        all
    }

    fn whole_page(&self, language: &'a SiteLanguage) -> Page<'a> {
        Page { file: whole_page(language), language, group: None, root: "" }
    }

    fn group_page(&self, language: &'a SiteLanguage, group: &'a QuestionGroup) -> Page<'a> {
        Page { file: group_page(language, group), language, group: Some(group), root: "" }
    }

    /// A page of the text, with the warnings.
    fn text_page(&self, template: &str, page: &Page<'a>) -> Result<String, Faults> {
        let view = self.view(page);
        let document = &page.language.document;
        let first = page.group.and_then(|group| questions(document, group).into_iter().next());
        let below = first.map(|question| &question.question);
        self.finished(template, &view, page, Some(document), below)
    }

    pub(super) fn finished(
        &self,
        template: &str,
        view: &SitePageView<'_>,
        page: &Page<'_>,
        document: Option<&Document>,
        below: Option<&Text>,
    ) -> Result<String, Faults> {
        let templates = &self.renderer.templates;
        let filled = templates.fill(template, view)?;
        let trackers = trackers(self.clinic, page.language)?;
        let kind = Kind::Site { root: page.root, script: view.site.yours.is_some(), trackers: &trackers };
        let look = &self.renderer.look;
        let meta = page.language.document.meta();
        let (direction, web_fonts) = (meta.direction, &*meta.web_fonts);
        html_page::finish(
            &filled,
            templates,
            &Wanted { template, document, below, edition: EDITION, direction, web_fonts, look, kind },
        )
    }

    pub(super) fn view<'p>(&self, page: &Page<'p>) -> SitePageView<'p>
    where
        'a: 'p,
    {
        let language = page.language;
        let document = &language.document;
        let blocks = page.group.map(|group| self.question_blocks(document, group)).unwrap_or_default();
        let evidence = page.group.map_or(&language.evidence, |group| &group.evidence);
        let (title, description) = (self.title(page), self.description(page));
        let clinic = ClinicView::of(&language.reach);
        SitePageView {
            page: PageView::of(document, EDITION, clinic, (&self.renderer.theme, &self.renderer.logo)),
            site: SiteView {
                root: page.root.to_owned(),
                page: page.file.clone(),
                style: self.renderer.style_address.clone(),
                script: self.renderer.script.clone().unwrap_or_default(),
                canonical: (page.file != NOT_FOUND).then(|| self.address(&page.file)),
                absolute: self.base.is_some(),
                alternates: self.alternate_views(page),
                picture: self.picture(language),
                yours: self.yours(page),
                brochure: brochure(page),
                json_ld: Some(self.json_ld(page, evidence, &title, &description)),
                pages: self.links(page),
                languages: self.other_languages(page),
                treatments: self.treatments(page),
                choices: Vec::new(),
                words: words(language),
                heading: TextView::of(page.group.map_or(&document.masthead().title, |group| &group.title)),
                questions: TextView::of(&language.questions),
                blocks,
                sources: sources(evidence),
                next_review: evidence.next_review.clone(),
                reached: page.shows_contact(),
                help: help_question(language),
                title,
                description,
            },
        }
    }

    fn alternate_views(&self, page: &Page<'_>) -> Vec<AlternateView> {
        let view = |(language, file): (String, String)| AlternateView { language, href: self.address(&file) };
        self.alternates(page).into_iter().map(view).collect()
    }

    fn other_languages(&self, page: &Page<'_>) -> Vec<LanguageView> {
        let own = page.language;
        let others =
            self.languages.iter().filter(|other| other.prefix == own.prefix && tag(other) != tag(own));
        others.map(|other| self.language_link(other, page.group, page.root)).collect()
    }

    /// The whole text of each treatment in a language; none when there is one treatment only.
    pub(super) fn treatments(&self, page: &Page<'_>) -> Vec<LinkView> {
        let of_language = || self.languages.iter().filter(|other| tag(other) == tag(page.language));
        if of_language().count() < 2 {
            return Vec::new();
        }
        let link = |other: &SiteLanguage| LinkView {
            current: other.prefix == page.language.prefix
                && page.group.is_none()
                && page.file == whole_page(other),
            href: format!("{}{}", page.root, whole_page(other)),
            title: TextView::of(&other.treatment),
        };
        of_language().map(link).collect()
    }

    /// Absolute where the site's address is known.
    fn address(&self, file: &str) -> String {
        self.base.map_or_else(|| file.to_owned(), |base| base.of(file))
    }

    /// Data for the script, where there are a script and the whole text.
    fn yours(&self, page: &Page<'_>) -> Option<String> {
        let is_whole = self.renderer.script.is_some() && page.file == whole_page(page.language);
        is_whole.then(|| page.language.yours.clone())
    }

    /// The language's first picture.
    fn picture(&self, language: &SiteLanguage) -> Option<SitePictureView> {
        let (base, picture) = (self.base?, language.pictures.first()?);
        Some(SitePictureView {
            href: base.of(&address::picture(&language.prefix, tag(language), picture.format, "png")),
            width: picture.width,
            height: picture.height,
            alt: picture.alt.clone(),
        })
    }

    /// The same page in each language that has it, and the choice of languages for all others.
    fn alternates(&self, page: &Page<'_>) -> Vec<(String, String)> {
        let of_treatment = || self.languages.iter().filter(|other| other.prefix == page.language.prefix);
        if of_treatment().count() < 2 {
            return Vec::new();
        }
        let same = |other: &SiteLanguage| match page.group {
            None => Some(whole_page(other)),
            Some(group) => has_group(other, group).then(|| group_page(other, group)),
        };
        let languages = of_treatment().filter_map(|other| Some((tag(other).to_owned(), same(other)?)));
        let any = page.group.is_none().then(|| ("x-default".to_owned(), INDEX.to_owned()));
        languages.chain(any).collect()
    }

    /// To the same page in a language, or to its whole text.
    pub(super) fn language_link(
        &self,
        other: &SiteLanguage,
        group: Option<&QuestionGroup>,
        root: &str,
    ) -> LanguageView {
        let file = match group.filter(|group| has_group(other, group)) {
            Some(group) => group_page(other, group),
            None => whole_page(other),
        };
        LanguageView {
            language: tag(other).to_owned(),
            direction: other.document.meta().direction.name(),
            name: other.name.clone(),
            href: format!("{root}{file}"),
        }
    }

    fn links(&self, page: &Page<'_>) -> Vec<LinkView> {
        let language = page.language;
        let link = |file: String, title: &Text| LinkView {
            current: file == page.file,
            href: format!("{}{file}", page.root),
            title: TextView::of(title),
        };
        let whole = language.words.get("whole").cloned().unwrap_or_default();
        let whole = link(whole_page(language), &whole);
        let groups = language.groups.iter();
        std::iter::once(whole)
            .chain(groups.map(|group| link(group_page(language, group), &group.title)))
            .collect()
    }

    fn title(&self, page: &Page<'_>) -> String {
        let (subject, clinic) = (&page.language.document.meta().title, self.clinic_in_its_place());
        match page.group {
            Some(group) => format!("{} · {subject} · {clinic}", plain(&group.title)),
            None => format!("{subject} · {clinic}"),
        }
    }

    /// People look for a place.
    pub(super) fn clinic_in_its_place(&self) -> String {
        let SiteClinic { name, city, .. } = self.clinic;
        if name.contains(city.as_str()) { name.clone() } else { format!("{name}, {city}") }
    }

    fn description(&self, page: &Page<'_>) -> String {
        match page.group {
            Some(group) => {
                let questions = questions(&page.language.document, group);
                questions.iter().map(|question| plain(&question.question)).collect::<Vec<_>>().join(" ")
            }
            None => page.language.words.get("description").map(plain).unwrap_or_default(),
        }
    }

    fn question_blocks(&self, document: &Document, group: &QuestionGroup) -> Vec<BlockView> {
        let questions = questions(document, group).into_iter().cloned().collect();
        block_views(&[Block::Questions(questions)], 2)
    }

    fn json_ld(&self, page: &Page<'_>, evidence: &Evidence, name: &str, description: &str) -> String {
        let url = self.base.map(|base| base.of(&page.file));
        let (site, treatment) = (self.base.map(|base| base.of(INDEX)), plain(&page.language.treatment));
        let described = Described {
            name,
            description,
            language: tag(page.language),
            url: url.as_deref(),
            clinic: self.clinic,
            base: site.as_deref(),
            treatment: &treatment,
            evidence,
        };
        let language = page.language;
        match page.group {
            Some(group) => {
                // When to get help comes first, also for whoever reads nothing but the answers.
                let questions = questions(&language.document, group).into_iter().map(answered);
                let all: Vec<_> = std::iter::once(help(language)).chain(questions).collect();
                json_ld::question_page(&described, &all)
            }
            None => {
                let part =
                    |group: &QuestionGroup| (plain(&group.title), self.address(&group_page(language, group)));
                json_ld::medical_page(&described, &language.groups.iter().map(part).collect::<Vec<_>>())
            }
        }
    }
}

/// On the page of a whole text, where there is one and the language has words for it.
fn brochure(page: &Page<'_>) -> Option<LinkView> {
    let language = page.language;
    let is_there = language.brochure.is_some() && page.file == whole_page(language);
    let title = language.words.get("brochure").filter(|_| is_there)?;
    let href = format!("{}{}", page.root, address::brochure(&language.prefix, tag(language)));
    Some(LinkView { href, title: TextView::of(title), current: false })
}

fn whole_page(language: &SiteLanguage) -> String {
    address::whole_page(&language.prefix, tag(language))
}

fn group_page(language: &SiteLanguage, group: &QuestionGroup) -> String {
    address::group_page(&language.prefix, tag(language), &group.id)
}

pub(super) fn tag(language: &SiteLanguage) -> &str {
    language.document.meta().language.tag()
}

fn has_group(language: &SiteLanguage, group: &QuestionGroup) -> bool {
    language.groups.iter().any(|other| other.id == group.id)
}

fn words(language: &SiteLanguage) -> BTreeMap<String, TextView> {
    language.words.iter().map(|(key, text)| (key.replace(['.', '-'], "_"), TextView::of(text))).collect()
}

fn sources(evidence: &Evidence) -> Vec<SourceView> {
    let view = |source: &super::EvidenceSource| SourceView {
        title: source.title.clone(),
        note: source.note.clone(),
        url: source.url.clone(),
        language: source.foreign.as_ref().map(|(language, _)| language.tag().to_owned()),
        direction: source.foreign.as_ref().map(|(_, direction)| direction.name()),
    };
    evidence.sources.iter().map(view).collect()
}

fn no_language() -> Faults {
    Diagnostic::error("no-language", "a site needs at least one language").into()
}
