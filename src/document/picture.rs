//! Pictures as plain paths with paints by role, so that every exporter and every edition can colour them.

use crate::colour::Colour;
use crate::lazy::Lazy;
use std::sync::{Arc, OnceLock};

/// Width of an outline as a part of the picture's: 1.25 pt in a figure of 46 pt.
const OUTLINE: f32 = 1.25 / 46.0;
/// A thinner stroke, as a part of the picture's width, is a line and no limb.
const THIN: f32 = 3.6 / 64.0;

/// A drawn figure or pictogram. Made from SVG by `content`; transforms are already applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The figure's id: its file name without `.svg`.
    pub id: String,
    /// Width and height of the view box, user units; its origin is 0, 0.
    pub width: f32,
    pub height: f32,
    paths: Lazy<Vec<PicturePath>>,
    outlined: Outlined,
}

/// The same picture in outline, drawn once for all sheets that ask for it. It follows from the picture, so two pictures
/// do not differ in it.
#[derive(Clone, Debug, Default)]
struct Outlined(Arc<OnceLock<Arc<Picture>>>);

impl PartialEq for Outlined {
    fn eq(&self, _: &Outlined) -> bool {
        true
    }
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
        Picture { id: id.to_owned(), width, height, paths: Lazy::new(paths), outlined: Outlined::default() }
    }

    /// Bodies and limbs as outlines, for paper that is copied and ink that is dear.
    pub fn outlined(&self) -> Arc<Picture> {
        let drawn = || {
            let (whole, size) = (self.clone(), (self.width, self.height));
            let pen = self.width * OUTLINE;
            Arc::new(Picture::drawn_later(&self.id, size, move || outline(whole.paths(), pen)))
        };
        self.outlined.0.get_or_init(drawn).clone()
    }

    /// As in a mirror: what stands at the right edge of a place stands at the left one of another.
    pub fn flipped(&self) -> Picture {
        let width = self.width;
        let flip = |segment: &Segment| match *segment {
            Segment::MoveTo(x, y) => Segment::MoveTo(width - x, y),
            Segment::LineTo(x, y) => Segment::LineTo(width - x, y),
            Segment::CurveTo(a, b, c, d, x, y) => Segment::CurveTo(width - a, b, width - c, d, width - x, y),
            Segment::Close => Segment::Close,
        };
        let flipped = |path: &PicturePath| PicturePath {
            segments: path.segments.iter().map(flip).collect(),
            ..path.clone()
        };
        Picture::new(&self.id, (width, self.height), self.paths().iter().map(flipped).collect())
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

/// What a path is to an outline.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mass {
    Body,
    /// Where the movement starts, in a grey.
    Ghost,
    /// It stays as it is: lines, arrows, the white between limbs.
    Other,
}

impl PicturePath {
    fn mass(&self, thin: f32) -> Mass {
        let of = |paint: Paint| match paint {
            Paint::Line => Mass::Body,
            Paint::Colour(_) => Mass::Ghost,
            Paint::Accent | Paint::Paper => Mass::Other,
        };
        match (self.fill, self.stroke) {
            (Some(fill), _) => of(fill),
            (None, Some(stroke)) if stroke.width > thin => of(stroke.paint),
            _ => Mass::Other,
        }
    }

    /// A thin line of paper parts what is solid; in an outline it is a line.
    fn in_outline(&self, thin: f32, pen: f32) -> PicturePath {
        let parts = |stroke: &Stroke| stroke.paint == Paint::Paper && stroke.width <= thin;
        match self.stroke.filter(|stroke| self.fill.is_none() && parts(stroke)) {
            Some(stroke) => {
                let stroke = Some(Stroke { paint: Paint::Line, width: pen * 0.8, ..stroke });
                PicturePath { stroke, ..self.clone() }
            }
            None => self.clone(),
        }
    }

    /// The path in one paint, wider by a pen on each side.
    fn grown(&self, paint: Paint, pen: f32) -> PicturePath {
        let own = self.stroke.map_or(0.0, |stroke| stroke.width);
        let width = own + pen * 2.0;
        let round = Stroke { paint, width, round_cap: true, round_join: true };
        let stroke = (width > 0.0).then(|| Stroke { paint, width, ..self.stroke.unwrap_or(round) });
        PicturePath { fill: self.fill.map(|_| paint), stroke, ..self.clone() }
    }
}

/// Masses that follow each other become one outline: all of them a pen wider, then all of them in paper.
fn outline(paths: &[PicturePath], pen: f32) -> Vec<PicturePath> {
    let thin = pen / OUTLINE * THIN;
    let mut drawn = Vec::with_capacity(paths.len() * 2);
    for masses in paths.chunk_by(|a, b| a.mass(thin) == b.mass(thin)) {
        let pen = match masses[0].mass(thin) {
            Mass::Other => {
                drawn.extend(masses.iter().map(|path| path.in_outline(thin, pen)));
                continue;
            }
            Mass::Body => pen,
            Mass::Ghost => pen / 2.0,
        };
        drawn.extend(masses.iter().map(|path| path.grown(Paint::Line, pen)));
        drawn.extend(masses.iter().map(|path| path.grown(Paint::Paper, 0.0)));
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(fill: Option<Paint>, stroke: Option<(Paint, f32)>) -> PicturePath {
        let stroke = stroke.map(|(paint, width)| Stroke { paint, width, round_cap: true, round_join: true });
        PicturePath { segments: vec![Segment::MoveTo(1.0, 1.0)], fill, even_odd: false, stroke }
    }

    #[test]
    fn bodies_become_one_outline_and_lines_and_arrows_stay() {
        let (body, limb) = (path(Some(Paint::Line), None), path(None, Some((Paint::Line, 6.0))));
        let (wall, arrow) = (path(None, Some((Paint::Line, 2.0))), path(None, Some((Paint::Accent, 2.6))));
        let paths = vec![wall.clone(), body, limb, arrow.clone()];
        let outlined = Picture::new("a", (64.0, 64.0), paths).outlined();
        let paint = |path: &PicturePath| (path.fill, path.stroke.map(|stroke| stroke.paint));
        let drawn: Vec<_> = outlined.paths().iter().map(paint).collect();
        let (line, paper) = (Some(Paint::Line), Some(Paint::Paper));
        assert_eq!(
            drawn,
            [paint(&wall), (line, line), (None, line), (paper, None), (None, paper), paint(&arrow)]
        );
        let widths = [outlined.paths()[2].stroke, outlined.paths()[4].stroke].map(|it| it.map(|it| it.width));
        assert!(widths[0].is_some_and(|width| width > 9.0) && widths[1] == Some(6.0), "{widths:?}");
    }

    #[test]
    fn an_outline_is_drawn_once() {
        let picture = Picture::new("a", (64.0, 64.0), vec![path(Some(Paint::Line), None)]);
        assert!(Arc::ptr_eq(&picture.outlined(), &picture.clone().outlined()));
    }
}
