//! Pages without advice: the choice of language and treatment, and "not found".

use super::pages::{Frame, Page, tag};
use super::questions::plain;
use super::text::SiteLanguage;
use super::view::{ChoiceView, SitePageView};
use crate::diagnostic::Faults;

impl<'a> Frame<'a> {
    /// A page that shows no advice: the choice of language, or "not found" in every language.
    pub(super) fn frame_page(
        &self,
        template: &str,
        file: &str,
        first: &'a SiteLanguage,
        root: &str,
    ) -> Result<String, Faults> {
        let page = Page { file: file.to_owned(), language: first, group: None, root };
        let mut view = self.view(&page);
        view.site.json_ld = None;
        // The first of each language stands for it; below it all of its treatments, where there are several.
        for language in self.languages.iter().filter(|one| one.prefix.is_empty()) {
            let own = Page { file: file.to_owned(), language, group: None, root };
            view.site.choices.push(ChoiceView {
                link: self.language_link(language, None, root),
                treatments: self.treatments(&own),
            });
        }
        view.site.languages = view.site.choices.iter().map(|choice| choice.link.clone()).collect();
        view.site.treatments = Vec::new();
        if view.site.choices.iter().any(|choice| !choice.treatments.is_empty()) {
            self.above_all_treatments(&mut view, &page);
        }
        self.finished(template, &view, &page, None, None)
    }

    /// What such a page says of itself: of one treatment's title, description or picture the readers of the others would think
    /// that they are in the wrong place.
    fn above_all_treatments(&self, view: &mut SitePageView<'_>, page: &Page<'_>) {
        let of_language = || self.languages.iter().filter(|other| tag(other) == tag(page.language));
        let names: Vec<String> = of_language().map(|one| plain(&one.treatment)).collect();
        let titles: Vec<&str> = of_language().map(|one| one.document.meta().title.as_str()).collect();
        view.page.without_subject();
        view.site.title = format!("{} · {}", names.join(" · "), self.clinic_in_its_place());
        view.site.description = titles.join(" · ");
        view.site.picture = None;
    }
}
