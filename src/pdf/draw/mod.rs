//! Fragments to content (ISO 32000-1 8 and 9), with marked content for tags and artefacts (14.6 to 14.8). The page
//! is turned once, here: layout counts from the top, PDF from the bottom.

mod codes;
mod figures;
mod order;
mod paths;
mod shapes;
mod show;
mod stamps;
mod state;
mod text;

pub(super) use stamps::Stamps;
pub(super) use text::prepare;

use super::PdfError;
use super::fonts::{Extras, FontName, Part, PdfFonts};
use super::number::{edges, hundredths, push_hundredths, push_int, push_thousandths};
use super::tags;
use super::write::StaticStream;
use crate::brand::Colour;
use crate::geometry::Point;
use crate::layout::{Artifact, Element, ElementId, Fragment, Page, Shape, Tag};
use crate::text::{FaceId, Line};
use paths::Drawing;
use stamps::{Key, PenKey, Segments, Shared, Stamp};
use std::fmt::Write;
use std::sync::Arc;
use text::{DrawnRun, Typesetter};

/// A page's content, and what it needs.
pub(super) struct DrawnPage {
    pub content: String,
    /// The element of each piece of marked content, by MCID.
    pub marks: Vec<ElementId>,
}

/// What the pages of one document share.
pub(super) struct Studio<'a> {
    pub elements: &'a [Element],
    pub fonts: &'a PdfFonts,
    pub extras: &'a Extras,
    pub stamps: &'a Stamps,
}

/// The names under which a document's pages know their fonts and figures, in order of first use.
#[derive(Default)]
pub(super) struct Names {
    pub fonts: Vec<FontName>,
    pub forms: Vec<Arc<StaticStream>>,
}

impl Studio<'_> {
    pub fn page(&self, page: &Page, names: &mut Names) -> Result<DrawnPage, PdfError> {
        let height = hundredths(page.size.height);
        let (first, rest) = order::order(&page.fragments);
        let fragments: Vec<&Fragment> =
            first.iter().chain(&rest).map(|index| &page.fragments[*index]).collect();
        let keys: Vec<Option<Key>> = fragments.iter().map(|fragment| key(&fragment.shape, height)).collect();
        let shapes = fragments.iter().zip(&keys).take(first.len());
        let gathered =
            order::gathered(shapes.filter_map(|(fragment, key)| Some((&fragment.shape, key.as_ref()?))));
        let order = || gathered.iter().copied().chain(first.len()..fragments.len());
        let looks: Vec<&Key> = order().filter_map(|place| keys[place].as_ref()).collect();
        let stamps = self.stamps.of(&looks)?;
        let mut stamps = looks.into_iter().zip(&stamps);
        let mut painter = Painter::new(self, names, height);
        for fragment in order().map(|place| fragments[place]) {
            match &fragment.shape {
                Shape::Line { line, origin, spans } => painter.line(line, *origin, fragment.tag, spans),
                shape => {
                    let (key, stamp) = stamps.next().ok_or(PdfError::Press)?;
                    painter.shape(shape, fragment.tag, key, stamp);
                }
            }
        }
        Ok(painter.finish())
    }
}

/// What a shape looks like; `None` for text.
fn key(shape: &Shape, height: i32) -> Option<Key> {
    match shape {
        Shape::Line { .. } => None,
        Shape::Rectangle { .. } | Shape::Rule { .. } => paths::look(shape, height),
        Shape::Path { .. } if let Some(look) = paths::look(shape, height) => Some(look),
        Shape::Picture { picture, paints, .. } => {
            let paints = [paints.line, paints.accent, paints.paper];
            Some(Key::Picture(Shared(Arc::clone(picture)), paints))
        }
        Shape::Photo { photo, rect, exact } => {
            let [left, bottom, right, top] = edges(rect, height);
            Some(Key::Photo {
                photo: Shared(Arc::clone(photo)),
                size: [right - left, top - bottom],
                exact: *exact,
            })
        }
        Shape::Path { segments, fill, stroke, .. } => {
            Some(Key::Path(Segments(Arc::clone(segments)), *fill, stroke.map(PenKey::new)))
        }
    }
}

fn turned(point: Point, height: i32) -> (i32, i32) {
    (hundredths(point.x), height - hundredths(point.y))
}

/// Writes one page and remembers the graphics state, so that nothing is set twice.
struct Painter<'a> {
    studio: &'a Studio<'a>,
    names: &'a mut Names,
    height: i32,
    out: String,
    marks: Vec<ElementId>,
    mark: Option<Mark>,
    /// Grounds, rules and marks that are being drawn.
    drawing: Option<Drawing<'a>>,
    /// What puts a figure in its place, while the next one may stand there too.
    place: Option<String>,
    in_text: bool,
    /// Start of the text line, which the next `Td` counts from.
    line: (i32, i32),
    font: Option<(FontName, i32)>,
    /// The last line's tag, and whether it ended in a space.
    before: Option<(Tag, bool)>,
    colour: Option<Colour>,
}

/// The open marked content.
#[derive(Clone, Copy)]
struct Mark {
    tag: Tag,
    /// Opened between `BT` and `ET`, and so to be closed there.
    in_text: bool,
}

impl<'a> Painter<'a> {
    fn new(studio: &'a Studio<'a>, names: &'a mut Names, height: i32) -> Painter<'a> {
        Painter {
            studio,
            names,
            height,
            out: String::with_capacity(8 * 1024),
            marks: Vec::new(),
            mark: None,
            drawing: None,
            place: None,
            in_text: false,
            line: (0, 0),
            font: None,
            before: None,
            colour: None,
        }
    }

    fn line(&mut self, line: &Line, origin: Point, tag: Tag, spans: &[ElementId]) {
        self.end_drawing();
        let origin = turned(origin, self.height);
        // Lines that follow each other in one element are parted by a space, whoever left it out.
        let mut glued = matches!(tag, Tag::Element(_)) && self.before == Some((tag, false));
        let spaced = line.runs.last().is_none_or(|run| run.text.ends_with(char::is_whitespace));
        self.before = Some((tag, spaced));
        let typesetter = Typesetter { fonts: self.studio.fonts, extras: self.studio.extras };
        text::with_runs(line, &typesetter, |runs| {
            for run in runs {
                let inner = run.span.and_then(|span| spans.get(usize::from(span)));
                let tag = match (tag, inner) {
                    (Tag::Element(_), Some(element)) => Tag::Element(*element),
                    _ => tag,
                };
                self.mark(tag, true);
                self.run(run, origin, std::mem::take(&mut glued));
            }
        });
    }

    fn run(&mut self, run: &DrawnRun, origin: (i32, i32), glued: bool) {
        self.begin_text();
        let (x, y) = (origin.0 + run.x, origin.1);
        if glued && self.space_before((x, y), run.font.face, run.size) {
            self.set_font(run.font, run.size);
        } else {
            self.set_font(run.font, run.size);
            if !run.continues {
                self.move_to((x, y));
            }
        }
        if self.colour != Some(run.colour) {
            self.colour = Some(run.colour);
            push_colour(&mut self.out, run.colour);
        }
        if let Some(text) = &run.actual_text {
            // Writing to a String cannot fail.
            let _ = writeln!(self.out, "/Span<</ActualText {text}>>BDC");
        }
        self.out.push_str(&run.shown);
        if run.ends_text {
            self.out.push_str("EMC\n");
        }
    }

    /// Shows a space that ends at a place; `false` when no font has one.
    fn space_before(&mut self, (x, y): (i32, i32), face: FaceId, size: i32) -> bool {
        let Some((font, space)) = self.studio.fonts.with_space(face) else { return false };
        self.set_font(font, size);
        let width = (space.width * i64::from(size) + 500_000) / 1_000_000;
        self.move_to((x - width as i32, y));
        codes::push_codes(&mut self.out, &[space.code], space.code_width);
        self.out.push_str("Tj\n");
        true
    }

    fn set_font(&mut self, font: FontName, size: i32) {
        if self.font != Some((font, size)) {
            self.font = Some((font, size));
            push_font(&mut self.out, self.names.font(font));
            self.out.push(' ');
            push_hundredths(&mut self.out, size);
            self.out.push_str(" Tf\n");
        }
    }

    fn move_to(&mut self, (x, y): (i32, i32)) {
        push_hundredths(&mut self.out, x - self.line.0);
        self.out.push(' ');
        push_hundredths(&mut self.out, y - self.line.1);
        self.out.push_str(" Td\n");
        self.line = (x, y);
    }

    fn shape(&mut self, shape: &Shape, tag: Tag, key: &'a Key, stamp: &'a Stamp) {
        if self.mark.is_none_or(|open| open.tag != tag || self.in_text) {
            self.end_drawing();
            self.mark(tag, false);
        }
        match stamp {
            Stamp::Inline(look) if key.is_look() => {
                self.end_place();
                self.path(shape, key, look);
            }
            _ => self.figure(shape, key, stamp),
        }
    }

    /// Opens marked content for a tag, unless it is open.
    fn mark(&mut self, tag: Tag, text: bool) {
        // Marked content opens and closes on the same side of a text object's border (14.6.1).
        if let Some(open) = self.mark.filter(|open| open.tag == tag && (text || !open.in_text)) {
            if !text && self.in_text && !open.in_text {
                self.end_text();
            }
            return;
        }
        self.end_mark();
        if text {
            self.begin_text();
        } else {
            self.end_text();
        }
        match tag {
            Tag::Element(id) => {
                let name =
                    self.studio.elements.get(id.0 as usize).map_or("P", |element| tags::name(element.role));
                self.out.push('/');
                self.out.push_str(name);
                self.out.push_str("<</MCID ");
                push_int(&mut self.out, self.marks.len() as i64);
                self.out.push_str(">>BDC\n");
                self.marks.push(id);
            }
            Tag::Artifact(artifact) => self.out.push_str(artifact_mark(artifact)),
        }
        self.mark = Some(Mark { tag, in_text: text });
    }

    fn end_mark(&mut self) {
        if let Some(open) = self.mark.take() {
            if !open.in_text {
                self.end_text();
            }
            self.out.push_str("EMC\n");
        }
    }

    fn begin_text(&mut self) {
        if !self.in_text {
            self.in_text = true;
            self.line = (0, 0);
            self.out.push_str("BT\n");
        }
    }

    fn end_text(&mut self) {
        if self.in_text {
            self.in_text = false;
            self.out.push_str("ET\n");
        }
    }

    fn finish(mut self) -> DrawnPage {
        self.end_drawing();
        self.end_mark();
        self.end_text();
        DrawnPage { content: self.out, marks: self.marks }
    }
}

impl Names {
    fn font(&mut self, font: FontName) -> FontName {
        if !self.fonts.contains(&font) {
            self.fonts.push(font);
        }
        font
    }

    fn form(&mut self, form: &Arc<StaticStream>) -> usize {
        self.forms.iter().position(|known| Arc::ptr_eq(known, form)).unwrap_or_else(|| {
            self.forms.push(Arc::clone(form));
            self.forms.len() - 1
        })
    }
}

/// `/T0`; never F1 to F14, which printpdf takes for built-in fonts.
pub(super) fn push_font(out: &mut String, font: FontName) {
    out.push_str(match font.part {
        Part::Plain => "/T",
        Part::Signs => "/S",
        Part::Letters => "/L",
        Part::Accents(_) => "/A",
        Part::Own => "/X",
    });
    push_int(out, i64::from(font.face.0));
    if let Part::Accents(base) = font.part {
        out.push(base);
    }
}

fn push_colour(out: &mut String, colour: Colour) {
    let levels = [colour.red, colour.green, colour.blue];
    let grey = colour.is_grey();
    for level in levels.into_iter().take(if grey { 1 } else { 3 }) {
        push_thousandths(out, (i64::from(level) * 2000 + 255) / 510);
        out.push(' ');
    }
    out.push_str(if grey { "g\n" } else { "rg\n" });
}

/// ISO 32000-1 14.8.2.2.
fn artifact_mark(artifact: Artifact) -> &'static str {
    match artifact {
        Artifact::Header => "/Artifact<</Type/Pagination/Subtype/Header>>BDC\n",
        Artifact::Footer => "/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n",
        Artifact::Decoration => "/Artifact<</Type/Layout>>BDC\n",
    }
}
