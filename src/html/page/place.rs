//! Where in a page the warnings stand: where its template says so, else above everything in `main`.

use super::{Refused, Wanted, warnings};
use crate::document::{Document, Text, plain_text};
use crate::html::reading::{self, words};
use ego_tree::{NodeId, NodeRef};
use scraper::{Html, Node};

/// What a template writes where the warnings belong.
pub(super) const MARKER: &str = "aftercare-warnings";

/// What may hold the warnings: plain boxes, which show whatever they hold.
const FRAMES: [&str; 6] = ["html", "body", "main", "div", "section", "article"];

/// What these may say of themselves.
const OF_FRAMES: [&str; 4] = ["class", "id", "lang", "dir"];

/// `html`, `body` and what else holds the warnings: each can hold something above them.
const MOST_FRAMES: usize = 6;

pub(super) struct Plan {
    /// `html`, `body` and whatever else holds the warnings, from the outside in.
    pub frames: Vec<NodeId>,
    /// The place of the warnings; `None`: at the start of the innermost frame.
    pub marker: Option<NodeId>,
    /// `None`: a page without advice.
    pub warnings: Option<String>,
}

/// `None` where it is told why there is none.
pub(super) fn plan(html: &Html, wanted: &Wanted<'_>, refused: &mut Vec<Refused>) -> Option<Plan> {
    let marker = elements(html, MARKER).next();
    let (main, body) = (elements(html, "main").next(), elements(html, "body").next());
    let innermost = match marker {
        Some(marker) => marker.parent()?,
        None => main.or(body)?,
    };
    let mut frames: Vec<NodeRef<'_, Node>> =
        std::iter::once(innermost).chain(innermost.ancestors()).collect();
    frames.retain(|frame| frame.value().is_element());
    frames.reverse();
    refused.extend(frames.iter().filter_map(|frame| no_frame(*frame)));
    if frames.len() > MOST_FRAMES {
        let message = format!("the warnings stand more than {MOST_FRAMES} elements deep");
        refused.push(Refused::words(
            "<Safety",
            message,
            "call `<Safety safety={safety} />` in `main` itself",
        ));
    }
    if let Some(document) = wanted.document {
        let (before, after) = around(html, marker.map(|marker| marker.id()));
        refused.extend(too_late(document, wanted.below, &before, &after));
    }
    Some(Plan {
        frames: frames.iter().map(|frame| frame.id()).collect(),
        marker: marker.map(|marker| marker.id()),
        warnings: wanted.document.map(warnings::markup),
    })
}

fn elements<'h>(html: &'h Html, name: &'static str) -> impl Iterator<Item = NodeRef<'h, Node>> {
    html.tree.nodes().filter(move |node| is(node, name))
}

fn is(node: &NodeRef<'_, Node>, name: &str) -> bool {
    node.value().as_element().is_some_and(|element| element.name() == name)
}

fn no_frame(frame: NodeRef<'_, Node>) -> Option<Refused> {
    let element = frame.value().as_element()?;
    let name = element.name();
    let hint = "call `<Safety safety={safety} />` in `main` itself or in a plain `<div>` or `<section>`";
    if !FRAMES.contains(&name) {
        let message = format!("the warnings may not stand in `<{name}>`");
        return Some(Refused::tag(name, message, hint));
    }
    let (odd, _) = element.attrs().find(|(attribute, _)| !OF_FRAMES.contains(attribute))?;
    let message = format!("`<{name}>` holds the warnings, and may not have the attribute `{odd}`");
    Some(Refused::attribute(name, odd, message, format!("take `{odd}` away, or {hint}")))
}

/// The words before and after the warnings.
fn around(html: &Html, marker: Option<NodeId>) -> (String, String) {
    match marker {
        Some(marker) => reading::around(html, marker),
        None => (String::new(), reading::of(html)),
    }
}

/// The warnings stand above every line that calls a complaint normal: above the first section, and above the answers.
fn too_late(document: &Document, below: Option<&Text>, before: &str, after: &str) -> Option<Refused> {
    let mut sections = document.body().iter().flat_map(|group| &group.sections);
    let first = sections.find_map(|section| section.title.as_ref()).map(|title| words(&plain_text(title)));
    let section_first = first.is_some_and(|title| before.contains(&title) && !after.contains(&title));
    let answer_first = below.is_some_and(|below| !after.contains(&words(&plain_text(below))));
    (section_first || answer_first).then(|| {
        Refused::words(
            "<Safety",
            "the page shows the body before the warning signs",
            "call `<Safety safety={safety} />` above the groups",
        )
    })
}
