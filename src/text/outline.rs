//! The drawn shape of a glyph, for pictures whose text must look the same where our fonts are not.

use super::face::{Face, Ink};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::raw::TableProvider;
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::sync::OnceLock;

/// A step of an outline, in font design units, y up. Every curve is cubic.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    Move([f32; 2]),
    Line([f32; 2]),
    /// First handle, second handle, end.
    Curve([f32; 2], [f32; 2], [f32; 2]),
    Close,
}

impl Face {
    fn glyph_count(&self) -> u16 {
        FontRef::from_index(self.data(), 0).and_then(|font| font.maxp()).map_or(0, |maxp| maxp.num_glyphs())
    }

    /// The outline of a glyph; empty for a space, or for an id that the face does not have.
    pub fn outline(&self, glyph: u16) -> Vec<Step> {
        let mut pen = Pen::default();
        let drawn = FontRef::from_index(self.data(), 0).ok().and_then(|font| {
            let outline = font.outline_glyphs().get(GlyphId::from(glyph))?;
            let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
            outline.draw(settings, &mut pen).ok()
        });
        if drawn.is_some() { pen.steps } else { Vec::new() }
    }
}

impl Face {
    /// The ink of a glyph; nothing for a space, or for a glyph that the face lacks.
    pub fn ink(&self, glyph: u16) -> Option<Ink> {
        // Measured once: a sheet asks for the same few glyphs thousands of times.
        let inks = self.inks.get_or_init(|| (0..self.glyph_count()).map(|_| OnceLock::new()).collect());
        *inks.get(usize::from(glyph))?.get_or_init(|| self.measured_ink(glyph))
    }

    fn measured_ink(&self, glyph: u16) -> Option<Ink> {
        let font = FontRef::from_index(self.data(), 0).ok()?;
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let ink = match metrics.bounds(GlyphId::from(glyph)) {
            Some(bounds) => Ink {
                left: bounds.x_min as i32,
                right: bounds.x_max as i32,
                top: bounds.y_max as i32,
                bottom: bounds.y_min as i32,
            },
            None => around(&self.outline(glyph))?,
        };
        (ink.right > ink.left && ink.top > ink.bottom).then_some(ink)
    }
}

/// The box around an outline, handles included.
fn around(steps: &[Step]) -> Option<Ink> {
    let points = steps.iter().flat_map(|step| match *step {
        Step::Move(at) | Step::Line(at) => vec![at],
        Step::Curve(one, other, at) => vec![one, other, at],
        Step::Close => Vec::new(),
    });
    points.map(|[x, y]| (x as i32, y as i32)).fold(None, |ink: Option<Ink>, (x, y)| {
        let Ink { left, right, top, bottom } = ink.unwrap_or(Ink { left: x, right: x, top: y, bottom: y });
        Some(Ink { left: left.min(x), right: right.max(x), top: top.max(y), bottom: bottom.min(y) })
    })
}

#[derive(Default)]
struct Pen {
    steps: Vec<Step>,
    at: [f32; 2],
}

impl Pen {
    fn to(&mut self, step: Step, at: [f32; 2]) {
        self.steps.push(step);
        self.at = at;
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.to(Step::Move([x, y]), [x, y]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.to(Step::Line([x, y]), [x, y]);
    }

    /// A quadratic curve is the cubic one whose handles stand two thirds of the way to its own.
    fn quad_to(&mut self, handle_x: f32, handle_y: f32, x: f32, y: f32) {
        let (handle, end) = ([handle_x, handle_y], [x, y]);
        let towards =
            |from: [f32; 2]| [0, 1].map(|axis| from[axis] + (handle[axis] - from[axis]) * 2.0 / 3.0);
        self.to(Step::Curve(towards(self.at), towards(end), end), end);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.to(Step::Curve([x1, y1], [x2, y2], [x, y]), [x, y]);
    }

    fn close(&mut self) {
        self.steps.push(Step::Close);
    }
}
