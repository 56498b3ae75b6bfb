//! The result of layout: placed fragments, each with the element of the structure tree that it belongs to.
//!
//! Tagged fragments stand in **reading order** in `Page::fragments` (across columns too), pages in order: the
//! structure tree's order of contents is the order of first meeting.

use crate::brand::Colour;
use crate::document::{Photo, Picture, Segment};
use crate::geometry::{Point, Pt, Rect, Size};
use crate::locale::Language;
use crate::text::Line;
use std::sync::Arc;

#[derive(Debug, Default)]
pub struct Layout {
    pub pages: Vec<Page>,
    /// Element 0 is the Document; every other element's parent has a lower index.
    pub elements: Vec<Element>,
    pub outline: Vec<OutlineEntry>,
    /// Parts that did not fit, in the order in which they went.
    pub omitted: Vec<Omitted>,
    /// Parts are read in the order of their elements, not in that of the pages: a folded sheet begins on the right of
    /// its outer side.
    pub by_element: bool,
}

#[derive(Debug, Default)]
pub struct Page {
    pub size: Size,
    /// In painting order; tagged ones in reading order among themselves.
    pub fragments: Vec<Fragment>,
    pub links: Vec<LinkArea>,
}

#[derive(Debug)]
pub struct Fragment {
    pub tag: Tag,
    pub shape: Shape,
}

/// Index into [`Layout::elements`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ElementId(pub u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    Element(ElementId),
    Artifact(Artifact),
}

/// ISO 32000-1 14.8.2.2: why a fragment is not part of the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Artifact {
    /// Running head.
    Header,
    /// Running foot.
    Footer,
    /// Panels, rules, bars, marks.
    Decoration,
}

#[derive(Debug)]
pub enum Shape {
    /// `origin` is the left end of the baseline, whichever way the line runs.
    Line {
        line: Arc<Line>,
        origin: Point,
        spans: Arc<[ElementId]>,
    },
    Rectangle {
        rect: Rect,
        radius: Pt,
        fill: Option<Colour>,
        stroke: Option<Pen>,
    },
    Rule {
        from: Point,
        to: Point,
        pen: Pen,
    },
    Picture {
        picture: Arc<Picture>,
        rect: Rect,
        paints: Paints,
    },
    /// The middle of a photograph, without squeezing it.
    Photo {
        photo: Arc<Photo>,
        rect: Rect,
        /// Its pixels as they are, for a press: inks are made of them.
        exact: bool,
    },
    /// Marks, QR modules. Segments in points from `origin`, so that the same mark is the same path everywhere.
    Path {
        segments: Arc<[Segment]>,
        origin: Point,
        /// What it stands around, from `origin` to the right: that place is turned over where lines run from right to left,
        /// and not what is drawn.
        middle: Pt,
        fill: Option<Colour>,
        stroke: Option<Pen>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pen {
    pub colour: Colour,
    pub width: Pt,
    /// Length of dash and gap.
    pub dash: Option<(Pt, Pt)>,
    pub round: bool,
}

/// The colours that a picture's roles take in this place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paints {
    pub line: Colour,
    pub accent: Colour,
    pub paper: Colour,
}

/// A clickable area; `element` is a [`Role::Link`].
#[derive(Clone, Debug, PartialEq)]
pub struct LinkArea {
    pub rect: Rect,
    pub url: String,
    pub element: ElementId,
    /// What a screen reader says of it: the link's words.
    pub contents: String,
}

/// An element of the structure tree (ISO 32000-1 14.8.4).
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    pub role: Role,
    /// `None` only for the Document.
    pub parent: Option<ElementId>,
    pub alt: Option<String>,
    /// Where it differs from the document's.
    pub language: Option<Language>,
    /// Of figures: page index and place.
    pub bounds: Option<(usize, Rect)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Document,
    Section,
    /// 1 to 6.
    Heading(u8),
    Paragraph,
    /// Numbered or with marks.
    List {
        ordered: bool,
    },
    ListItem,
    Label,
    ListBody,
    Table,
    TableRow,
    /// Scope: column.
    TableHeader,
    TableCell,
    Figure,
    Caption,
    Link,
    /// A run in another language.
    Span,
    /// A callout, by role map.
    Aside,
}

/// An entry of the outline: a heading without any patient's name.
#[derive(Clone, Debug, PartialEq)]
pub struct OutlineEntry {
    pub level: u8,
    pub title: String,
    pub page: usize,
    /// Top of the heading.
    pub y: Pt,
    pub element: ElementId,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Omitted {
    /// A section's id, or `faq/tired-next-day`, `exercises/wall-slide`.
    pub id: String,
    pub priority: u8,
}
