//! The builder: sets text, opens elements of the structure tree, makes strips. Elements are opened in reading order.

use super::clash::ink_of;
use super::glue::Glue;
use super::paragraph::{HYPHEN, Paragraph, ParagraphStyle, SetLine, Setter, Span};
use super::strip::{Heading, Strip};
use super::{Artifact, Element, ElementId, Fragment, LayoutError, LinkArea, Role, Shape, Style, Tag};
use crate::document::{Inline, Picture, plain_text};
use crate::geometry::{Point, Pt, Rect};
use crate::locale::unmarked;
use crate::text::Line;
use std::sync::Arc;

/// Working state of one layout.
pub struct Builder<'a> {
    pub style: &'a Style,
    setter: &'a Setter,
    pub elements: Vec<Element>,
    no_spans: Arc<[ElementId]>,
    /// Level of headings inside the section in hand: 3, or 2 where the section has no title.
    pub inner_level: u8,
    /// Level of the heading before: none skips one (ISO 14289-1, 7.4.2).
    last_level: u8,
    /// The height of strips that the pages hold in all their columns: what is higher need not be set to its end.
    most: Pt,
    over: bool,
    /// What the rows of the timeline are higher for letters that reach over their bars.
    pub row_growth: Pt,
}

/// Lines of a paragraph that is never broken over columns or sides.
pub const UNBROKEN: usize = 6;

/// The Document element.
pub const ROOT: ElementId = ElementId(0);

impl<'a> Builder<'a> {
    /// How high the lines of the language are, times those of Latin letters.
    pub fn line_height(&self) -> f32 {
        self.setter.line_height()
    }

    pub fn new(style: &'a Style, setter: &'a Setter) -> Builder<'a> {
        let root = Element { role: Role::Document, parent: None, alt: None, language: None, bounds: None };
        Builder {
            style,
            setter,
            elements: vec![root],
            no_spans: Arc::from([]),
            inner_level: 3,
            last_level: 0,
            most: Pt(f32::MAX),
            over: false,
            row_growth: Pt::ZERO,
        }
    }

    /// Forgets what was opened, to set everything at another size.
    pub fn begin_again(&mut self) {
        self.elements.truncate(1);
        (self.last_level, self.inner_level) = (0, 3);
    }

    /// From now on nothing is set that goes far beyond a height.
    pub fn within_height(&mut self, most: Pt) {
        (self.most, self.over) = (most, false);
    }

    /// More was to be set than the pages hold: what was set is not whole.
    pub fn is_over(&self) -> bool {
        self.over
    }

    /// Whether a stack of this height is more than all pages hold. It may end there.
    pub fn overflows(&mut self, height: Pt) -> bool {
        self.over |= height > self.most;
        self.over
    }

    /// The same work in another style, e.g. white text in a panel.
    pub fn with_style<T>(&mut self, style: &Style, work: impl FnOnce(&mut Builder<'_>) -> T) -> T {
        let mut inner = Builder {
            style,
            setter: self.setter,
            elements: std::mem::take(&mut self.elements),
            no_spans: self.no_spans.clone(),
            inner_level: self.inner_level,
            last_level: self.last_level,
            most: self.most,
            over: self.over,
            row_growth: self.row_growth,
        };
        let made = work(&mut inner);
        (self.elements, self.last_level, self.over) = (inner.elements, inner.last_level, inner.over);
        made
    }

    pub fn open(&mut self, role: Role, parent: ElementId) -> ElementId {
        let id = ElementId(self.elements.len() as u32);
        self.elements.push(Element { role, parent: Some(parent), alt: None, language: None, bounds: None });
        id
    }

    pub fn open_figure(&mut self, parent: ElementId, alt: &str) -> ElementId {
        let id = self.open(Role::Figure, parent);
        self.elements[id.0 as usize].alt = Some(alt.to_owned());
        id
    }

    /// Whether the finished pages are turned over.
    pub fn is_right_to_left(&self) -> bool {
        self.setter.direction().is_right_to_left()
    }

    pub fn set(
        &self,
        text: &[Inline],
        style: &ParagraphStyle,
        width: Pt,
    ) -> Result<Arc<Paragraph>, LayoutError> {
        Ok(self.setter.set(text, style, width)?)
    }

    /// Natural width on one line.
    pub fn width_of(&self, text: &[Inline], style: &ParagraphStyle) -> Result<Pt, LayoutError> {
        Ok(self.setter.set(text, style, Pt(10_000.0))?.width)
    }

    /// Width of the widest piece that no line breaks.
    pub fn widest_piece(&self, text: &[Inline], style: &ParagraphStyle) -> Result<Pt, LayoutError> {
        let plain = plain_text(text);
        let mut pieces =
            plain.split(' ').map(|piece| self.width_of(&[Inline::Text(piece.to_owned())], style));
        pieces.try_fold(Pt::ZERO, |widest, width| Ok(widest.max(width?)))
    }

    /// How far the ink of a text on one line reaches over the first and the last edge of a band, from the line's top.
    pub fn beyond(
        &self,
        text: &[Inline],
        style: &ParagraphStyle,
        (first, last): (Pt, Pt),
    ) -> Result<Pt, LayoutError> {
        let set = self.setter.set(text, style, Pt(10_000.0))?;
        let reach = set.lines.iter().filter_map(|line| {
            let ink = ink_of(self.setter.fonts(), &line.line, Point::new(Pt::ZERO, line.baseline))?;
            Some((first - ink.y).max(ink.bottom() - last))
        });
        Ok(reach.fold(Pt::ZERO, Pt::max))
    }

    /// A paragraph of its own element: a strip a line. Up to six lines stay together, of more the first two and the last
    /// two.
    pub fn text(
        &mut self,
        text: &[Inline],
        style: &ParagraphStyle,
        width: Pt,
        role: Role,
        parent: ElementId,
    ) -> Result<Vec<Strip>, LayoutError> {
        let element = self.open(role, parent);
        self.text_in(text, style, width, element)
    }

    /// Lines that belong to an element that is open already.
    pub fn text_in(
        &mut self,
        text: &[Inline],
        style: &ParagraphStyle,
        width: Pt,
        element: ElementId,
    ) -> Result<Vec<Strip>, LayoutError> {
        let paragraph = self.set(text, style, width)?;
        self.lines_in(&paragraph, style, width, element)
    }

    /// Lines that are set already.
    fn lines_in(
        &mut self,
        paragraph: &Paragraph,
        style: &ParagraphStyle,
        width: Pt,
        element: ElementId,
    ) -> Result<Vec<Strip>, LayoutError> {
        let spans = self.open_spans(paragraph, element);
        let count = paragraph.lines.len();
        let hyphen = match paragraph.lines.iter().any(|set| set.line.cut) && !self.is_right_to_left() {
            true => Some(self.set(&[Inline::Text(HYPHEN.to_owned())], style, width)?),
            false => None,
        };
        let strips = paragraph.lines.iter().enumerate().map(|(index, set)| {
            let top = style.leading * index as f32;
            let origin = Point::new(set.x, set.baseline - top);
            let mut strip = Strip::of(
                style.leading,
                vec![Fragment {
                    tag: Tag::Element(element),
                    shape: Shape::Line { line: set.line.clone(), origin, spans: spans.clone() },
                }],
            );
            strip.keep_next = index + 1 < count && (count <= UNBROKEN || index == 0 || index + 2 == count);
            if let Some(hyphen) = hyphen.as_ref().filter(|_| set.line.cut) {
                // No letter of the word: who copies or hears it does not find it.
                let own = hyphen.lines.first().map_or(Pt::ZERO, |line| line.baseline);
                let at = Point::new(set.x + set.line.width, origin.y - own);
                strip.fragments.extend(self.artifact_lines(hyphen, Artifact::Decoration, at));
            }
            strip.links = self.link_areas(paragraph, index, &spans, style.leading);
            strip
        });
        Ok(strips.collect())
    }

    /// A heading: its lines stay together and with what follows.
    pub fn heading(
        &mut self,
        text: &[Inline],
        style: &ParagraphStyle,
        width: Pt,
        level: u8,
        parent: ElementId,
        outline: Option<&str>,
    ) -> Result<Strip, LayoutError> {
        let level = level.min(self.last_level + 1);
        self.last_level = level;
        let element = self.open(Role::Heading(level), parent);
        let strips = self.text_in(text, style, width, element)?;
        let mut strip = super::strip::merge(strips);
        strip.keep_next = true;
        let title = outline.map_or_else(|| unmarked(plain_text(text).trim_end()), str::to_owned);
        strip.outline.push(Heading { level, title, element, y: Pt::ZERO });
        Ok(strip)
    }

    /// The next heading follows one of this level, whatever was set before it.
    pub fn follow_level(&mut self, level: u8) {
        self.last_level = level;
    }

    /// A heading and, on the same line, the text that follows it. `None` when they cannot share a line.
    pub fn run_in(
        &mut self,
        (title, title_style, level): (&[Inline], &ParagraphStyle, u8),
        text: &[Inline],
        width: Pt,
        parent: ElementId,
    ) -> Result<Option<Vec<Strip>>, LayoutError> {
        let indent = self.width_of(title, title_style)? + title_style.size * 0.6;
        let style = ParagraphStyle { indent, ..self.style.body };
        if indent > width * 0.75 {
            return Ok(None);
        }
        let set = self.set(text, &style, width)?;
        if set.width > width {
            return Ok(None);
        }
        let mut title = title.to_vec();
        title.push(Inline::Text(" ".to_owned()));
        let mut heading = self.heading(&title, title_style, width, level, parent, None)?;
        let element = self.open(Role::Paragraph, parent);
        let mut strips = self.lines_in(&set, &style, width, element)?;
        if let Some(first) = strips.first_mut() {
            let line = std::mem::take(first);
            heading.keep_next = line.keep_next;
            heading.absorb(line, Point::default());
            *first = heading;
        }
        Ok(Some(strips))
    }

    /// Lines that are no content: running head and foot.
    pub fn artifact_lines(&self, set: &Paragraph, kind: Artifact, from: Point) -> Vec<Fragment> {
        let line = |set: &SetLine| Fragment {
            tag: Tag::Artifact(kind),
            shape: Shape::Line {
                line: set.line.clone(),
                origin: Point::new(from.x + set.x, from.y + set.baseline),
                spans: self.no_spans.clone(),
            },
        };
        set.lines.iter().map(line).collect()
    }

    /// A decorative picture.
    pub fn icon(&self, picture: &Arc<Picture>, rect: Rect) -> Fragment {
        super::strip::decoration(self.picture_shape(picture, rect))
    }

    pub fn picture_shape(&self, picture: &Arc<Picture>, rect: Rect) -> Shape {
        let palette = &self.style.palette;
        let paints = super::Paints { line: self.style.picture, accent: palette.accent, paper: palette.paper };
        Shape::Picture { picture: picture.clone(), rect: contain(picture, rect), paints }
    }

    fn open_spans(&mut self, paragraph: &Paragraph, element: ElementId) -> Arc<[ElementId]> {
        if paragraph.spans.is_empty() {
            return self.no_spans.clone();
        }
        let opened = paragraph.spans.iter().map(|span| match span {
            Span::Link { .. } => self.open(Role::Link, element),
            Span::Foreign(language) => {
                let id = self.open(Role::Span, element);
                self.elements[id.0 as usize].language = Some(language.clone());
                id
            }
        });
        opened.collect()
    }

    /// From the start of a line to where a run of it begins and ends. A line from right to left is turned over with its
    /// page, and what stands in it is not: its runs count from its right end, so that they come to stand where they are seen.
    fn run_edges(&self, line: &Line, index: usize) -> (Pt, Pt) {
        let run = &line.runs[index];
        if !self.is_right_to_left() {
            let end = line.runs.get(index + 1).map_or(line.width, |next| next.x);
            return (run.x, end.max(run.x));
        }
        let units: i64 = run.glyphs.iter().map(|glyph| i64::from(glyph.advance)).sum();
        let em = f32::from(self.setter.fonts().face(run.face).units_per_em());
        let end = run.x + run.size * (units as f32 / em);
        (line.width - end, line.width - run.x)
    }

    fn link_areas(
        &self,
        paragraph: &Paragraph,
        index: usize,
        spans: &[ElementId],
        leading: Pt,
    ) -> Vec<LinkArea> {
        // Most have none, and need not be looked into.
        let Some(set) = paragraph.lines.get(index).filter(|_| !spans.is_empty()) else { return Vec::new() };
        let mut areas: Vec<LinkArea> = Vec::new();
        for (run_index, run) in set.line.runs.iter().enumerate() {
            let Some(span) = run.span.map(usize::from) else { continue };
            let (Some(Span::Link { url, contents }), Some(element)) =
                (paragraph.spans.get(span), spans.get(span))
            else {
                continue;
            };
            let (left, right) = self.run_edges(&set.line, run_index);
            let (left, right) = (set.x + left, set.x + right);
            match areas.last_mut().filter(|area| area.element == *element) {
                Some(area) => {
                    let (from, to) = (area.rect.x.min(left), area.rect.right().max(right));
                    (area.rect.x, area.rect.width) = (from, to - from);
                }
                None => areas.push(LinkArea {
                    rect: Rect { x: left, y: Pt::ZERO, width: right - left, height: leading },
                    url: url.clone(),
                    element: *element,
                    contents: contents.clone(),
                }),
            }
        }
        areas
    }
}

/// Space above a stack's first strip.
pub fn with_gap(mut strips: Vec<Strip>, gap: impl Into<Glue>) -> Vec<Strip> {
    if let Some(first) = strips.first_mut() {
        first.gap = gap.into();
    }
    strips
}

/// The largest rectangle of the picture's proportions inside `rect`, centred.
fn contain(picture: &Picture, rect: Rect) -> Rect {
    let scale = (rect.width.0 / picture.width).min(rect.height.0 / picture.height);
    let (width, height) = (Pt(picture.width * scale), Pt(picture.height * scale));
    Rect { x: rect.x + (rect.width - width) / 2.0, y: rect.y + (rect.height - height) / 2.0, width, height }
}
