//! `content/treatments/<id>/<language>/*.md`: one section a file.

use super::Loading;
use super::cross::{Named, References};
use super::review;
use super::shelf::Shelf;
use crate::content::front_matter;
use crate::content::yaml::{
    Fields, Key, Kind, Reader, Span, UNWRITTEN, WRITE_IT, is_unwritten, optional, required,
};
use crate::content::{Audience, Section, Source};
use crate::diagnostic::{Diagnostic, Place};
use crate::limits::{LISTED, SECTIONS};
use crate::options::sections::{FILLED, QUICK_ANSWER, WHEN_TO_CALL};
use indexmap::IndexMap;
use std::sync::Arc;

pub(super) const SECTION: &[Key] = &[
    required("id", Kind::Id, "the file's name without .md"),
    required("title", Kind::Text, "its heading"),
    optional("show-title", Kind::Flag, "whether a sheet prints the title"),
    required("order", Kind::Number(0, 9999), "its place in lists"),
    required("audience", Kind::Choice(AUDIENCES), "where it stands"),
    optional("priority", Kind::Number(1, 99), "on a full sheet the lowest goes first"),
    optional("icon", Kind::Id, "its pictogram in content/figures/"),
    optional("conditions", Kind::Texts, "it stands only where all of these hold"),
    required("claims", Kind::Ids, "claims that it rests on"),
    required("reviewed", Kind::Day, "day of the last review"),
    required("review-by", Kind::Day, "day by which it is read again"),
];
pub const AUDIENCES: &[&str] = &["patient", "public", "both"];

/// Sections that every language must have: a sheet is not made without them.
const NEEDED: [&str; 2] = [QUICK_ANSWER, WHEN_TO_CALL];
/// The priority of what never goes (see `document::Section`).
const NEVER: u8 = 100;

/// Every section of a language, by `order`, then by path.
pub fn read_all(shelf: &Shelf, folder: &str, loading: &mut Loading) -> IndexMap<String, Section> {
    let is_section = |path: &&str| path.ends_with(".md") && !path.ends_with("/README.md");
    let paths: Vec<&str> = shelf.inside(folder).filter(is_section).collect();
    if let Some(beyond) = paths.get(SECTIONS.most) {
        loading.sink.push(SECTIONS.fault("the folder", paths.len()).at(Place::file(*beyond)));
    }
    let mut sections: Vec<Section> =
        paths.iter().take(SECTIONS.most).filter_map(|path| read(shelf, path, loading)).collect();
    sections.sort_by_key(|section| section.order);
    let sections: IndexMap<String, Section> =
        sections.into_iter().map(|section| (section.id.clone(), section)).collect();
    let lacks = |id: &&&str| shelf.bytes(&format!("{folder}/{id}.md")).is_none();
    for id in NEEDED.iter().filter(lacks) {
        let place = Place::file(format!("{folder}/{id}.md"));
        loading.sink.push(Diagnostic::error("missing-file", "the clinic folder lacks this file").at(place));
    }
    sections
}

fn read(shelf: &Shelf, path: &str, loading: &mut Loading) -> Option<Section> {
    let text = shelf.text(path, &mut loading.sink)?;
    let Some(parts) = front_matter::split(&text) else {
        let fault = Diagnostic::error("no-front-matter", "the file does not start with its head");
        let hint = "a section starts with `---`, its keys, and `---` again";
        loading.sink.push(fault.at(Place::line(path, 1, 1)).hint(hint));
        return None;
    };
    let mut reader = Reader::new(path, text.clone(), &mut loading.sink);
    let node = reader.parse_part(parts.head, 1)?;
    let fields = reader.fields(&node, "a section", SECTION)?;
    let id = id(&fields, path, &mut reader);
    let place = reader.place(Span { length: 0, ..node.span });
    let body = body(&parts, &text, path, &mut reader);
    let section = head(&fields, &mut reader, &mut loading.references);
    Some(Section { id: id?, body: body?, place: Place { excerpt: None, ..place }, ..section? })
}

/// The id, which is the file's name.
fn id(fields: &Fields<'_>, path: &str, reader: &mut Reader<'_>) -> Option<String> {
    let node = fields.get("id")?;
    let id = reader.id(node)?;
    let name = path.rsplit('/').next().and_then(|name| name.strip_suffix(".md")).unwrap_or(path);
    if id == "safety" || FILLED.contains(&id.as_str()) {
        let message = format!("the program fills the section `{id}` by itself");
        reader.fault(node.span, "reserved-id", message, Some("give this section another id".into()));
    } else if id != name {
        let message = format!("the id `{id}` is not the file's name");
        reader.fault(
            node.span,
            "wrong-id",
            message,
            Some(format!("write `{name}`, or rename the file").into()),
        );
    }
    Some(id)
}

fn body(
    parts: &front_matter::Parts<'_>,
    text: &Arc<str>,
    path: &str,
    reader: &mut Reader<'_>,
) -> Option<Source> {
    if parts.body.trim().is_empty() {
        let place = Place::line(path, parts.body_line, 1);
        reader.sink.push(Diagnostic::error("blank", "the section has no text").at(place));
        return None;
    }
    if is_unwritten(parts.body) {
        let place = Place::line(path, parts.body_line, 1);
        reader.sink.push(Diagnostic::error("unwritten", UNWRITTEN).at(place).hint(WRITE_IT));
        return None;
    }
    let source = Source::new(parts.body, Place::line(path, parts.body_line, 1));
    Some(Source { file_text: text.clone(), ..source })
}

/// All of a section but its id and body.
fn head(fields: &Fields<'_>, reader: &mut Reader<'_>, references: &mut References) -> Option<Section> {
    let title = fields.get("title").and_then(|node| reader.source(node));
    let show_title = fields.get("show-title").map_or(Some(true), |node| reader.flag(node));
    let order = fields.get("order").and_then(|node| reader.number(node, 0..=9999));
    let audience = fields.get("audience").and_then(|node| reader.choice(node, "audience", AUDIENCES));
    let priority = section_priority(fields, reader);
    let icon = fields.get("icon").and_then(|node| references.one(&Named::Figure, node, reader));
    let conditions = conditions(fields, reader);
    let review = review::read(fields, reader, references);
    let (title, audience): (Source, Audience) = (title?, audience?);
    let review = review?;
    Some(Section {
        id: String::new(),
        body: title.clone(),
        place: Place::default(),
        title,
        show_title: show_title?,
        order: order?,
        audience,
        priority: priority?,
        icon,
        conditions,
        claims: review.claims,
        reviewed: review.reviewed,
        review_by: review.review_by,
        dated: review.dated,
    })
}

fn section_priority(fields: &Fields<'_>, reader: &mut Reader<'_>) -> Option<u8> {
    let locked = fields.get("id").and_then(|node| reader.peek_text(node)) == Some(WHEN_TO_CALL);
    match fields.get("priority") {
        None if locked => Some(NEVER),
        Some(node) if locked => {
            let message =
                format!("`{WHEN_TO_CALL}` belongs to the warnings and never goes: it has no priority");
            reader.fault(node.span, "locked-section", message, Some("remove the line".into()));
            None
        }
        None => {
            let span = fields.get("id").map(|node| node.span).unwrap_or_default();
            reader.fault(span, "missing-key", "a section has no `priority`", None);
            None
        }
        Some(node) => priority(node, reader),
    }
}

/// 1–99: on a full sheet the lowest goes first.
pub fn priority(node: &crate::content::yaml::Node, reader: &mut Reader<'_>) -> Option<u8> {
    reader.number(node, 1..=99).and_then(|number| u8::try_from(number).ok())
}

/// Tera expressions, all of which must hold.
pub fn conditions(fields: &Fields<'_>, reader: &mut Reader<'_>) -> Vec<Source> {
    let Some(node) = fields.get("conditions") else { return Vec::new() };
    let items = reader.items_within(node, "the list", LISTED);
    items.iter().filter_map(|item| reader.source(item)).collect()
}
