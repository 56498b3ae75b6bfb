//! The structure tree (ISO 32000-1 14.7 and 14.8): which element each piece of content belongs to, in the order in
//! which it is read.
//!
//! An element comes into the tree when its first content is met, so the tree's order is reading order whatever the
//! order of the elements' numbers. What never gets content never comes in, but for the cells of a table row, which
//! keep their columns.

use super::PdfError;
use super::number::{edges, hundredths, push_hundredths, push_int};
use super::write::{Objects, Ref, push_text};
use crate::layout::{Element, ElementId, Layout, Role};
use std::io::Write;

/// The elements of one layout that have content, with their contents in order.
pub(super) struct Tree<'a> {
    elements: &'a [Element],
    by_element: bool,
    attached: Vec<bool>,
    /// Parent and child, in the order of meeting.
    kids: Vec<(ElementId, Kid)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kid {
    Element(ElementId),
    /// Marked content.
    Content {
        page: usize,
        mcid: usize,
    },
    /// A link annotation, by its number in the document.
    Annotation {
        page: usize,
        index: usize,
    },
}

/// Where things of the document that the tree names are written.
pub(super) struct Places<'a> {
    /// What element 0 hangs from.
    pub parent: Ref,
    pub pages: &'a [Ref],
    pub annotations: &'a [Ref],
    /// The record is a Part of a larger Document.
    pub part: bool,
}

impl<'a> Tree<'a> {
    pub fn new(layout: &'a Layout) -> Tree<'a> {
        let elements = &layout.elements[..];
        let mut tree = Tree {
            elements,
            by_element: layout.by_element,
            attached: vec![false; elements.len()],
            kids: Vec::with_capacity(elements.len() * 2),
        };
        if let Some(document) = tree.attached.first_mut() {
            *document = true;
        }
        tree
    }

    /// A piece of content of an element has been met.
    pub fn content(&mut self, element: ElementId, page: usize, mcid: usize) {
        self.attach(element);
        self.kids.push((element, Kid::Content { page, mcid }));
    }

    /// A link's clickable area, after its words.
    pub fn annotation(&mut self, element: ElementId, page: usize, index: usize) {
        self.attach(element);
        self.kids.push((element, Kid::Annotation { page, index }));
    }

    fn attach(&mut self, element: ElementId) {
        let index = element.0 as usize;
        let (Some(state), Some(entry)) = (self.attached.get_mut(index), self.elements.get(index)) else {
            return;
        };
        if std::mem::replace(state, true) {
            return;
        }
        // A parent has a lower number, so this ends.
        let parent = entry.parent.filter(|parent| parent.0 < element.0).unwrap_or(ElementId(0));
        self.attach(parent);
        // Attaching a row attaches its cells.
        if self.elements.get(parent.0 as usize).is_none_or(|parent| parent.role != Role::TableRow) {
            self.kids.push((parent, Kid::Element(element)));
        }
        if entry.role == Role::TableRow {
            self.attach_cells(element);
        }
    }

    fn attach_cells(&mut self, row: ElementId) {
        let cells = (row.0 + 1..).zip(self.elements.iter().skip(row.0 as usize + 1));
        for (index, _) in cells.filter(|(_, element)| element.parent == Some(row)) {
            self.attached[index as usize] = true;
            self.kids.push((row, Kid::Element(ElementId(index))));
        }
    }

    /// Kids by the parent's number, each parent's in the order of meeting; and where each parent's begin.
    fn in_order(&self) -> (Vec<Kid>, Vec<usize>) {
        let count = self.elements.len();
        let mut starts = vec![0; count + 1];
        let known = || self.kids.iter().filter(|(parent, _)| (parent.0 as usize) < count);
        known().for_each(|(parent, _)| starts[parent.0 as usize + 1] += 1);
        for index in 1..=count {
            starts[index] += starts[index - 1];
        }
        let mut next = starts.clone();
        let mut kids = vec![Kid::Element(ElementId(0)); starts[count]];
        for (parent, kid) in known() {
            let at = &mut next[parent.0 as usize];
            kids[*at] = *kid;
            *at += 1;
        }
        if self.by_element {
            let top = |kid: &Kid| if let Kid::Element(element) = kid { *element } else { ElementId(0) };
            let own = starts.get(1).copied().unwrap_or_default();
            kids[..own].sort_by_key(top);
        }
        (kids, starts)
    }

    /// Writes every element; gives the object of each, by number. `Document` stands under `places.parent`.
    pub fn write<W: Write>(
        &self,
        layout: &Layout,
        places: &Places<'_>,
        objects: &mut Objects<W>,
    ) -> Result<Vec<Option<Ref>>, PdfError> {
        let count = self.attached.iter().filter(|attached| **attached).count();
        let mut next = objects.reserve_many(count as u32).0;
        let ids: Vec<Option<Ref>> = self
            .attached
            .iter()
            .map(|attached| {
                attached.then(|| {
                    next += 1;
                    Ref(next - 1)
                })
            })
            .collect();
        let writer = ElementWriter { layout, places, ids: &ids };
        let (kids, starts) = self.in_order();
        for ((element, object), own) in self.elements.iter().zip(&ids).zip(starts.windows(2)) {
            if let Some(object) = object {
                writer.element(objects.open(*object)?, element, &kids[own[0]..own[1]]);
            }
        }
        Ok(ids)
    }
}

struct ElementWriter<'a> {
    layout: &'a Layout,
    places: &'a Places<'a>,
    ids: &'a [Option<Ref>],
}

impl ElementWriter<'_> {
    fn element(&self, out: &mut String, element: &Element, kids: &[Kid]) {
        let parent = element.parent.and_then(|parent| self.id(parent)).unwrap_or(self.places.parent);
        out.push_str("<</S/");
        out.push_str(if self.places.part && element.role == Role::Document {
            "Part"
        } else {
            name(element.role)
        });
        out.push_str("/P");
        push_ref(out, parent);
        if let Some(language) = &element.language {
            out.push_str("/Lang");
            push_text(out, language.tag());
        }
        if let Some(alt) = element.alt.as_deref().filter(|alt| !alt.trim().is_empty()) {
            out.push_str("/Alt");
            push_text(out, alt);
        }
        self.attributes(out, element);
        self.kids(out, kids);
        out.push_str(">>");
    }

    fn id(&self, element: ElementId) -> Option<Ref> {
        self.ids.get(element.0 as usize).copied().flatten()
    }

    fn attributes(&self, out: &mut String, element: &Element) {
        match element.role {
            Role::List { ordered: true } => out.push_str("/A<</O/List/ListNumbering/Decimal>>"),
            Role::List { ordered: false } => out.push_str("/A<</O/List/ListNumbering/Disc>>"),
            Role::TableHeader => out.push_str("/A<</O/Table/Scope/Column>>"),
            Role::Figure => self.bounds(out, element),
            _ => {}
        }
    }

    fn bounds(&self, out: &mut String, element: &Element) {
        let Some((page, rect)) = &element.bounds else { return };
        let Some(page) = self.layout.pages.get(*page) else { return };
        out.push_str("/A<</O/Layout/Placement/Block/BBox[");
        for (index, edge) in edges(rect, hundredths(page.size.height)).into_iter().enumerate() {
            if index > 0 {
                out.push(' ');
            }
            push_hundredths(out, edge);
        }
        out.push_str("]>>");
    }

    fn kids(&self, out: &mut String, kids: &[Kid]) {
        let page = kids.iter().find_map(|kid| match kid {
            Kid::Content { page, .. } => Some(*page),
            _ => None,
        });
        if let Some(page) = page.and_then(|page| self.places.pages.get(page)) {
            out.push_str("/Pg");
            push_ref(out, *page);
        }
        match kids {
            [] => {}
            [kid] => {
                out.push_str("/K");
                self.kid(out, *kid, page);
            }
            kids => {
                out.push_str("/K[");
                kids.iter().for_each(|kid| self.kid(out, *kid, page));
                out.push(']');
            }
        }
    }

    /// `home` is the page that the element names for contents that name none.
    fn kid(&self, out: &mut String, kid: Kid, home: Option<usize>) {
        match kid {
            Kid::Element(element) => {
                if let Some(id) = self.id(element) {
                    push_ref(out, id);
                }
            }
            Kid::Content { page, mcid } if Some(page) == home => {
                out.push(' ');
                push_int(out, mcid as i64);
            }
            Kid::Content { page, mcid } => {
                out.push_str("<</Type/MCR/Pg");
                self.page(out, page);
                out.push_str("/MCID ");
                push_int(out, mcid as i64);
                out.push_str(">>");
            }
            Kid::Annotation { page, index } => {
                out.push_str("<</Type/OBJR/Pg");
                self.page(out, page);
                out.push_str("/Obj");
                if let Some(annotation) = self.places.annotations.get(index) {
                    push_ref(out, *annotation);
                }
                out.push_str(">>");
            }
        }
    }

    fn page(&self, out: &mut String, page: usize) {
        if let Some(page) = self.places.pages.get(page) {
            push_ref(out, *page);
        }
    }
}

/// ` 7 0 R`.
pub(super) fn push_ref(out: &mut String, id: Ref) {
    out.push(' ');
    push_int(out, i64::from(id.0));
    out.push_str(" 0 R");
}

/// Structure types of ISO 32000-1 14.8.4; `Aside` is ours, mapped to `Div`.
pub(super) fn name(role: Role) -> &'static str {
    match role {
        Role::Document => "Document",
        Role::Section => "Sect",
        Role::Heading(0 | 1) => "H1",
        Role::Heading(2) => "H2",
        Role::Heading(3) => "H3",
        Role::Heading(4) => "H4",
        Role::Heading(5) => "H5",
        Role::Heading(_) => "H6",
        Role::Paragraph => "P",
        Role::List { .. } => "L",
        Role::ListItem => "LI",
        Role::Label => "Lbl",
        Role::ListBody => "LBody",
        Role::Table => "Table",
        Role::TableRow => "TR",
        Role::TableHeader => "TH",
        Role::TableCell => "TD",
        Role::Figure => "Figure",
        Role::Caption => "Caption",
        Role::Link => "Link",
        Role::Span => "Span",
        Role::Aside => "Aside",
    }
}

/// What maps our own types to standard ones.
pub(super) const ROLE_MAP: &str = "<</Aside/Div>>";
