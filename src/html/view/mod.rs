//! What the templates see. Field names are the names in `templates/html/`: a clinic's own templates rely on them.
//! Texts come in two forms: `html` (escaped, with marks: `{{ title.html | safe }}`) and `plain`.

mod block;
mod clinic;
mod inline;
mod logo;
mod masthead;
mod picture;
mod safety;

pub(super) use block::{BlockView, views as block_views};
pub(super) use clinic::ClinicView;
pub(super) use inline::{TextView, escaped, held_pieces};
pub(super) use logo::LogoView;
pub(super) use picture::{PictureView, QrView};

use super::CalendarLink;
use super::theme::Theme;
use crate::document::{Arrangement, Document, Group, Running, Section};
use crate::options::Edition;
use masthead::MastheadView;
use safety::SafetyView;
use serde::Serialize;
use std::collections::BTreeSet;

/// A whole page.
#[derive(Serialize)]
pub(super) struct PageView<'a> {
    /// BCP 47, for `lang`.
    language: &'a str,
    /// For `<title>`: never a patient's name.
    title: &'a str,
    description: &'a str,
    author: &'a str,
    /// `standard`, `large-print` or `ink-saver`.
    edition: &'static str,
    theme: &'a Theme,
    logo: &'a PictureView,
    /// On a dark screen in place of `logo`.
    logo_on_dark: Option<&'a PictureView>,
    /// On a dark screen `logo` needs the colour of paper behind it.
    logo_on_plate: bool,
    running: RunningView<'a>,
    masthead: MastheadView,
    safety: SafetyView,
    groups: Vec<GroupView>,
    clinic: ClinicView,
    /// `address`, `file`, `words`.
    pub calendar: Option<&'a CalendarLink>,
}

/// What repeats on every page of the PDF, said once here.
#[derive(Serialize)]
struct RunningView<'a> {
    clinic: &'a str,
    subject: &'a str,
    foot_left: String,
    foot_left_last: String,
    /// Without the page number: a web page has no pages.
    foot_right: String,
}

#[derive(Serialize)]
struct GroupView {
    /// `stacked`, `columns` or `cards`.
    arrangement: &'static str,
    sections: Vec<SectionView>,
}

#[derive(Serialize)]
struct SectionView {
    /// The section's id in the content, e.g. `rest`.
    id: String,
    title: Option<TextView>,
    icon: Option<PictureView>,
    /// Has parts of its own that stand side by side, or stands alone: takes the width of the page.
    wide: bool,
    blocks: Vec<BlockView>,
}

impl<'a> PageView<'a> {
    pub(super) fn of(
        document: &'a Document,
        edition: Edition,
        clinic: ClinicView,
        (theme, logo): (&'a Theme, &'a LogoView),
    ) -> PageView<'a> {
        let meta = document.meta();
        PageView {
            language: meta.language.tag(),
            title: &meta.title,
            description: &meta.description,
            author: &meta.author,
            edition: edition.name(),
            theme,
            logo: &logo.plain,
            logo_on_dark: logo.on_dark.as_ref(),
            logo_on_plate: logo.on_plate,
            running: RunningView::of(document.running()),
            masthead: MastheadView::of(document.masthead()),
            safety: SafetyView::of(document.safety()),
            groups: document.body().iter().map(GroupView::of).collect(),
            clinic,
            calendar: None,
        }
    }

    /// For a page that stands above several subjects.
    pub(super) fn without_subject(&mut self) {
        self.running.subject = "";
    }
}

impl<'a> RunningView<'a> {
    fn of(running: &'a Running) -> RunningView<'a> {
        let parts = running.foot_right.split(" · ");
        let foot_right: Vec<&str> = parts.filter(|part| !part.contains("{page}")).collect();
        RunningView {
            clinic: &running.clinic,
            subject: &running.subject,
            foot_left: running.foot_left.clone(),
            foot_left_last: running.foot_left_last.clone(),
            foot_right: foot_right.join(" · "),
        }
    }
}

impl GroupView {
    fn of(group: &Group) -> GroupView {
        let narrow: Vec<bool> = group.sections.iter().map(|section| !has_parts(section)).collect();
        let sections = group.sections.iter().enumerate().map(|(index, section)| {
            let alone = narrow[index]
                && !index.checked_sub(1).is_some_and(|before| narrow[before])
                && !narrow.get(index + 1).is_some_and(|after| *after);
            SectionView::of(section, !narrow[index] || alone)
        });
        GroupView { arrangement: name(group.arrangement), sections: sections.collect() }
    }
}

fn has_parts(section: &Section) -> bool {
    use crate::document::Block::{DoDont, Exercises, Questions, Table};
    section.blocks.iter().any(|block| matches!(block, DoDont(_) | Exercises(_) | Questions(_) | Table(_)))
}

fn name(arrangement: Arrangement) -> &'static str {
    match arrangement {
        Arrangement::Stacked => "stacked",
        Arrangement::Columns => "columns",
        Arrangement::Cards => "cards",
    }
}

impl SectionView {
    fn of(section: &Section, wide: bool) -> SectionView {
        SectionView {
            id: section.id.clone(),
            title: section.title.as_ref().map(TextView::of),
            icon: section.icon.as_deref().map(PictureView::of),
            wide,
            blocks: block::views(&section.blocks, if section.title.is_some() { 2 } else { 1 }),
        }
    }
}

/// Every address that the texts of a page link to.
pub(super) fn links<V: Serialize>(view: &V) -> BTreeSet<String> {
    let mut links = BTreeSet::new();
    if let Ok(value) = serde_json::to_value(view) {
        collect_links(&value, &mut links);
    }
    links
}

fn collect_links(value: &serde_json::Value, links: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            if let Some(html) = fields.get("html").and_then(|html| html.as_str()) {
                links.extend(inline::links(html));
            }
            fields.values().for_each(|field| collect_links(field, links));
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect_links(item, links)),
        _ => {}
    }
}
