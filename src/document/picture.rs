//! Pictures as plain paths with paints by role, so that every exporter and every edition can colour them.

use crate::brand::Colour;
use crate::lazy::Lazy;

/// A drawn figure or pictogram. Made from SVG by `content`; transforms are already applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The figure's id: its file name without `.svg`.
    pub id: String,
    /// Width and height of the view box, user units; its origin is 0, 0.
    pub width: f32,
    pub height: f32,
    paths: Lazy<Vec<PicturePath>>,
}

impl Picture {
    pub fn new(id: &str, (width, height): (f32, f32), paths: Vec<PicturePath>) -> Picture {
        Picture::drawn_later(id, (width, height), || paths)
    }

    /// A picture whose paths are made when they are first asked for: a sheet shows few of a folder's pictures.
    pub fn drawn_later(
        id: &str,
        (width, height): (f32, f32),
        paths: impl FnOnce() -> Vec<PicturePath> + Send + 'static,
    ) -> Picture {
        Picture { id: id.to_owned(), width, height, paths: Lazy::new(paths) }
    }

    /// From back to front.
    pub fn paths(&self) -> &[PicturePath] {
        &self.paths
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct PicturePath {
    pub segments: Vec<Segment>,
    pub fill: Option<Paint>,
    pub even_odd: bool,
    pub stroke: Option<Stroke>,
}

/// In user units, y down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    MoveTo(f32, f32),
    LineTo(f32, f32),
    CurveTo(f32, f32, f32, f32, f32, f32),
    Close,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    pub paint: Paint,
    /// User units.
    pub width: f32,
    pub round_cap: bool,
    pub round_join: bool,
}

/// A colour by role where the SVG uses a role's stand-in, else as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// `#000000`: the line colour of the place it stands in.
    Line,
    /// `#ff0000`.
    Accent,
    /// `#ffffff`.
    Paper,
    Colour(Colour),
}
