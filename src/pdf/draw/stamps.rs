//! Looks and figures that printpdf has turned into bytes, kept by an engine: the same pen, ground or figure stands on
//! thousands of sheets. A figure begins at its own origin and is put in its place by the painter, so that the same
//! figure further down is the same stamp.

use super::shapes;
use crate::brand::Colour;
use crate::document::{Photo, Picture, Segment};
use crate::geometry::{Point, Pt};
use crate::layout::{Paints, Pen, bounds_of};
use crate::pdf::write::StaticStream;
use crate::pdf::{PdfError, photo, press};
use crate::sharded::Sharded;
use printpdf::Op;
use rustc_hash::FxHashMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, PoisonError, RwLock};

/// Beyond this many in a shard, shapes are translated and not kept, so that memory stays bounded.
const CAPACITY: usize = 4 * 1024;

/// Figures with more bytes than this are form XObjects: compressed once per engine, not once per sheet, and once in a file of
/// many.
const INLINE: usize = 400;

/// Of marks and codes, of which a sheet has few and a file of many sheets the same ones on each.
const INLINE_MARK: usize = 200;

/// The shapes of an engine.
#[derive(Default)]
pub(in crate::pdf) struct Stamps {
    kept: Sharded<RwLock<FxHashMap<Key, Stamp>>>,
}

/// What a shape looks like, wherever it stands and however large it is; figures in their own units.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Fill(Colour),
    Pen(PenKey),
    /// A frame with its ground.
    Both(Option<Colour>, Option<PenKey>),
    /// The pen of a round spot of this size, hundredths of a point.
    Spot(i32, Colour),
    /// A ground with round corners of this radius, hundredths of a point.
    Round(i32, Colour),
    Picture(Shared<Picture>, [Colour; 3]),
    /// In its size on the page.
    Photo {
        photo: Shared<Photo>,
        size: [i32; 2],
        exact: bool,
    },
    Path(Segments, Option<Colour>, Option<PenKey>),
}

/// The same allocation is the same picture; the key keeps it alive, so its address is never another's.
pub(super) struct Shared<T>(pub Arc<T>);

/// Segments by their bits.
#[derive(Clone)]
pub(super) struct Segments(pub Arc<[Segment]>);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct PenKey {
    colour: Colour,
    width: u32,
    dash: Option<(u32, u32)>,
    round: bool,
}

#[derive(Clone)]
pub(super) enum Stamp {
    Inline(Arc<str>),
    Form(Arc<StaticStream>),
}

impl Stamps {
    /// The bytes of each shape; printpdf translates all that are new in one go.
    pub(super) fn of(&self, keys: &[&Key]) -> Result<Vec<Stamp>, PdfError> {
        let mut found: Vec<Option<Stamp>> = {
            let kept = self.kept.own().read().unwrap_or_else(PoisonError::into_inner);
            keys.iter().map(|key| kept.get(*key).cloned()).collect()
        };
        let new: Vec<usize> = (0..keys.len()).filter(|index| found[*index].is_none()).collect();
        if !new.is_empty() {
            let translated = press::contents(new.iter().map(|index| keys[*index].ops()).collect())?;
            let mut kept = self.kept.own().write().unwrap_or_else(PoisonError::into_inner);
            for (index, bytes) in new.into_iter().zip(translated) {
                let stamp = keys[index].stamp(bytes)?;
                if kept.len() < CAPACITY {
                    kept.insert(keys[index].clone(), stamp.clone());
                }
                found[index] = Some(stamp);
            }
        }
        found.into_iter().map(|stamp| stamp.ok_or(PdfError::Press)).collect()
    }
}

impl Key {
    /// Whether it says what a path is drawn with, and not the path itself.
    pub(super) fn is_look(&self) -> bool {
        !matches!(self, Key::Picture(..) | Key::Photo { .. } | Key::Path(..))
    }

    fn ops(&self) -> Vec<Op> {
        match self {
            Key::Fill(colour) => shapes::looks(Some(*colour), None),
            Key::Pen(pen) => shapes::looks(None, Some(pen.pen())),
            Key::Both(fill, pen) => shapes::looks(*fill, pen.map(PenKey::pen)),
            Key::Spot(size, colour) => shapes::spot(*size, *colour),
            Key::Round(radius, colour) => shapes::round(*radius, *colour),
            Key::Picture(picture, [line, accent, paper]) => {
                shapes::picture(&picture.0, Paints { line: *line, accent: *accent, paper: *paper })
            }
            // Made of its pixels, not of operations.
            Key::Photo { .. } => Vec::new(),
            Key::Path(segments, fill, pen) => shapes::path(&segments.0, *fill, pen.map(PenKey::pen)),
        }
    }

    fn stamp(&self, bytes: String) -> Result<Stamp, PdfError> {
        Ok(match self {
            Key::Photo { photo, size, exact } => {
                Stamp::Form(Arc::new(photo::image(&photo.0, *size, *exact)?))
            }
            Key::Picture(picture, _) if bytes.len() > INLINE => {
                form([0.0, 0.0, picture.0.width, picture.0.height], &bytes)
            }
            Key::Path(segments, _, pen) if bytes.len() > INLINE_MARK => {
                let around = bounds_of(&segments.0, Point::default());
                let around = around.inset(pen.map_or(Pt::ZERO, |pen| Pt::ZERO - pen.pen().width));
                let edges = [around.x, around.y, around.right(), around.bottom()];
                form([edges[0].0.floor(), edges[1].0.floor(), edges[2].0.ceil(), edges[3].0.ceil()], &bytes)
            }
            _ => Stamp::Inline(bytes.into()),
        })
    }
}

/// Content in a box: left, bottom, right, top.
fn form([left, bottom, right, top]: [f32; 4], content: &str) -> Stamp {
    let entries = format!("/Type/XObject/Subtype/Form/BBox[{left} {bottom} {right} {top}]/Resources<<>>");
    Stamp::Form(Arc::new(StaticStream::small(&entries, content.as_bytes())))
}

impl PenKey {
    pub fn new(pen: Pen) -> PenKey {
        PenKey {
            colour: pen.colour,
            width: pen.width.0.to_bits(),
            dash: pen.dash.map(|(dash, gap)| (dash.0.to_bits(), gap.0.to_bits())),
            round: pen.round,
        }
    }

    /// A pen with ends as they are cut, without dashes.
    pub fn is_plain(self) -> bool {
        !self.round && self.dash.is_none()
    }

    /// A pen without dashes.
    pub fn is_whole(self) -> bool {
        self.dash.is_none()
    }

    fn pen(self) -> Pen {
        let length = |bits| Pt(f32::from_bits(bits));
        Pen {
            colour: self.colour,
            width: length(self.width),
            dash: self.dash.map(|(dash, gap)| (length(dash), length(gap))),
            round: self.round,
        }
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Shared<T> {
        Shared(Arc::clone(&self.0))
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Shared<T>) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Eq for Shared<T> {}

impl<T> Hash for Shared<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.0).hash(state);
    }
}

impl Segments {
    fn words(&self) -> impl Iterator<Item = [u32; 7]> {
        self.0.iter().map(|segment| match *segment {
            Segment::MoveTo(x, y) => [0, x.to_bits(), y.to_bits(), 0, 0, 0, 0],
            Segment::LineTo(x, y) => [1, x.to_bits(), y.to_bits(), 0, 0, 0, 0],
            Segment::CurveTo(ax, ay, bx, by, x, y) => {
                let [ax, ay, bx, by, x, y] = [ax, ay, bx, by, x, y].map(f32::to_bits);
                [2, ax, ay, bx, by, x, y]
            }
            Segment::Close => [3, 0, 0, 0, 0, 0, 0],
        })
    }
}

impl PartialEq for Segments {
    fn eq(&self, other: &Segments) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.words().eq(other.words())
    }
}

impl Eq for Segments {}

impl Hash for Segments {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // A code has hundreds of segments; length and ends tell paths apart well enough for a bucket.
        self.0.len().hash(state);
        self.words().take(4).for_each(|words| words.hash(state));
    }
}
