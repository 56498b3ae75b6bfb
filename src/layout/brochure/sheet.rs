//! The folded sheet: where its panels, folds and edges are. Left to right, outside: flap, back, cover; inside: the
//! panels in the order of reading. Behind each panel lies its mirror, so a sheet flipped on its short edge folds right.

use crate::document::Place;
use crate::geometry::{Mm, Pt, Rect, Size};
use crate::layout::paper_size;
use crate::options::{Fold, Paper, Purpose};

/// A sheet of paper that becomes a brochure. Lengths from the top left corner of the trimmed sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    pub fold: Fold,
    pub paper: Paper,
    pub purpose: Purpose,
    /// Of the trimmed sheet, lying on its long side.
    pub size: Size,
    /// Outside and inside, each from left to right.
    pub sides: [Vec<PanelPlace>; 2],
}

/// A panel of a side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PanelPlace {
    pub place: Place,
    pub rect: Rect,
}

/// What most printers leave white at each edge is 4.2 mm; colour that stops at this has an even border.
const PRINTER_MARGIN: Pt = Pt(18.0);

/// How far the cover's solid goes round its fold: folding machines are off by half a millimetre.
const WRAP: Pt = Pt(0.75 * 72.0 / 25.4);

/// Widths of a side's panels, the one that folds in last: it is shorter so that it lies flat.
fn widths(fold: Fold, paper: Paper) -> Vec<Pt> {
    let inches = |widths: &[f32]| widths.iter().map(|width| Pt(width * 72.0)).collect();
    let millimetres = |widths: &[f32]| widths.iter().map(|width| Pt::from(Mm(*width))).collect();
    match (fold, paper) {
        (Fold::Tri, Paper::Letter) => inches(&[3.6875, 3.6875, 3.625]),
        (Fold::Tri, Paper::A4) => millimetres(&[100.0, 100.0, 97.0]),
        (Fold::Half, Paper::Letter) => inches(&[5.5, 5.5]),
        (Fold::Half, Paper::A4) => millimetres(&[148.5, 148.5]),
    }
}

impl Sheet {
    pub fn new(fold: Fold, paper: Paper, purpose: Purpose) -> Sheet {
        let upright = paper_size(paper);
        let size = Size { width: upright.height, height: upright.width };
        let widths = widths(fold, paper);
        let outside: &[Place] = match fold {
            Fold::Tri => &[Place::Flap, Place::Back, Place::Cover],
            Fold::Half => &[Place::Back, Place::Cover],
        };
        let inside: Vec<Place> = (1..=fold.inside() as u8).map(Place::Inside).collect();
        let mirrored: Vec<Pt> = widths.iter().rev().copied().collect();
        let sides = [row(outside, &mirrored, size), row(&inside, &widths, size)];
        Sheet { fold, paper, purpose, size, sides }
    }

    /// Where a panel is: its side, 0 outside and 1 inside, and its rectangle.
    pub fn panel(&self, place: Place) -> Option<(usize, Rect)> {
        let on = |side: usize| self.sides[side].iter().find(|panel| panel.place == place);
        (0..2).find_map(|side| Some((side, on(side)?.rect)))
    }

    /// The folds of a side, from the left edge.
    pub fn folds(&self, side: usize) -> Vec<Pt> {
        self.sides
            .get(side)
            .into_iter()
            .flat_map(|row| row.iter().skip(1).map(|panel| panel.rect.x))
            .collect()
    }

    /// Colour beyond the trim: 0.125 in on Letter, 3 mm on A4; none where nothing is trimmed.
    pub fn bleed(&self) -> Pt {
        match (self.purpose, self.paper) {
            (Purpose::Office, _) => Pt::ZERO,
            (Purpose::Press, Paper::Letter) => Pt(9.0),
            (Purpose::Press, Paper::A4) => Pt::from(Mm(3.0)),
        }
    }

    /// How far colour stands off the edge of the paper in an office printer.
    pub fn printer_margin(&self) -> Pt {
        match self.purpose {
            Purpose::Office => PRINTER_MARGIN,
            Purpose::Press => Pt::ZERO,
        }
    }

    /// How far what stands on a coloured panel goes to the right, so that it is in the middle of the ground that an office
    /// printer leaves of it.
    pub fn off_centre(&self, place: Place) -> Pt {
        match place {
            Place::Flap => self.printer_margin() / 2.0,
            Place::Cover => -self.printer_margin() / 2.0,
            Place::Inside(_) | Place::Back => Pt::ZERO,
        }
    }

    /// The ground of a panel: up to its folds, and out to the bleed or in to the printer's margin at the edges. The solid of
    /// the cover goes round its fold in a print shop: a fold that is off by a hair shows no white edge on it.
    pub fn ground(&self, place: Place, panel: Rect) -> Rect {
        let out = self.bleed() - self.printer_margin();
        let wrap = if place == Place::Cover && self.purpose == Purpose::Press { WRAP } else { Pt::ZERO };
        let left = if panel.x > Pt::ZERO { panel.x - wrap } else { -out };
        let at_right_edge = panel.right() > self.size.width - Pt(0.5);
        let right = if at_right_edge { self.size.width + out } else { panel.right() };
        Rect { x: left, y: -out, width: right - left, height: self.size.height + out * 2.0 }
    }
}

fn row(places: &[Place], widths: &[Pt], size: Size) -> Vec<PanelPlace> {
    let mut x = Pt::ZERO;
    let placed = places.iter().zip(widths).map(|(place, width)| {
        let rect = Rect { x, y: Pt::ZERO, width: *width, height: size.height };
        x += *width;
        PanelPlace { place: *place, rect }
    });
    placed.collect()
}
