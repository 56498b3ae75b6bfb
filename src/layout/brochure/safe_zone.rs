//! The detector: text too near a fold or the edge of the trimmed sheet. Folds and cuts wander by a millimetre or two.

use super::sheet::Sheet;
use crate::document::Place;
use crate::geometry::{Mm, Pt, Rect};
use crate::layout::{Layout, Shape};
use crate::text::Line;
use std::fmt;

/// The least distance of text from a fold.
pub const FROM_FOLD: Mm = Mm(3.0);
/// The least distance of text from the trim.
pub const FROM_TRIM: Mm = Mm(6.35);

/// What text is too near to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    Fold,
    Trim,
}

/// A line of text that a fold or a cut could meet.
#[derive(Clone, Debug, PartialEq)]
pub struct TooNear {
    pub panel: Place,
    pub edge: Edge,
    /// How far it is from the edge; negative beyond it.
    pub distance: Mm,
    /// The line's top left corner, from the panel's.
    pub from_left: Mm,
    pub from_top: Mm,
    pub text: String,
}

/// Every line that is too near, in the order of painting.
pub fn too_near(layout: &Layout, sheet: &Sheet) -> Vec<TooNear> {
    let mut found = Vec::new();
    for (side, page) in layout.pages.iter().enumerate() {
        for fragment in &page.fragments {
            if let Shape::Line { line, origin, .. } = &fragment.shape {
                let size = line.runs.iter().map(|run| run.size).fold(Pt::ZERO, Pt::max);
                // From the top of capitals to the foot of descenders.
                let rect = Rect { x: origin.x, y: origin.y - size * 0.75, width: line.width, height: size };
                found.extend(check(sheet, side, rect, line));
            }
        }
    }
    found
}

fn check(sheet: &Sheet, side: usize, line: Rect, text: &Line) -> Option<TooNear> {
    let middle = line.x + line.width / 2.0;
    let panels = sheet.sides.get(side)?;
    let panel = panels.iter().find(|panel| middle < panel.rect.right()).or(panels.last())?;
    let rect = panel.rect;
    let edge = |at: Pt| match at <= Pt(0.5) || at >= sheet.size.width - Pt(0.5) {
        true => Edge::Trim,
        false => Edge::Fold,
    };
    let distances = [
        (edge(rect.x), line.x - rect.x),
        (edge(rect.right()), rect.right() - line.right()),
        (Edge::Trim, line.y - rect.y),
        (Edge::Trim, rect.bottom() - line.bottom()),
    ];
    let short = |(edge, distance): &(Edge, Pt)| *distance - Pt::from(edge.least());
    let (edge, distance) = distances
        .into_iter()
        .filter(|distance| short(distance) < Pt::ZERO)
        .min_by(|a, b| short(a).0.total_cmp(&short(b).0))?;
    Some(TooNear {
        panel: panel.place,
        edge,
        distance: millimetres(distance),
        from_left: millimetres(line.x - rect.x),
        from_top: millimetres(line.y - rect.y),
        text: text.text().trim().to_owned(),
    })
}

fn millimetres(length: Pt) -> Mm {
    Mm(length.0 * 25.4 / 72.0)
}

impl Edge {
    /// How far text must stand off.
    pub fn least(self) -> Mm {
        match self {
            Edge::Fold => FROM_FOLD,
            Edge::Trim => FROM_TRIM,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Edge::Fold => "fold",
            Edge::Trim => "edge of the trimmed sheet",
        }
    }
}

impl fmt::Display for TooNear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TooNear { panel, edge, distance, from_left, from_top, text } = self;
        let text = crate::diagnostic::shown(text);
        write!(
            f,
            "on the {panel} panel, {:.1} mm from its left and {:.1} mm from its top, \"{text}\" is {:.1} mm from the {}; \
             {} mm is the least",
            from_left.0,
            from_top.0,
            distance.0,
            edge.name(),
            edge.least().0
        )
    }
}
