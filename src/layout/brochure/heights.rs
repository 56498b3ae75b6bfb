//! How high each part is on each panel, measured once.

use super::piece::Piece;
use super::style::{Air, TOGETHER};
use super::{BrochureError, Work};
use crate::document::{Part, Place};
use crate::geometry::Pt;
use crate::layout::builder::Builder;

/// What can be on no panel.
const ENDLESS: Pt = Pt(100_000.0);

/// Heights in one type. Panels are counted in the order of reading.
pub struct Heights<'a> {
    pieces: &'a [Piece],
    places: &'a [Place],
    /// By panel, air and part.
    parts: Vec<Option<Pt>>,
    /// By panel and air: the room, and the gap between parts.
    rooms: Vec<Option<(Pt, Pt)>>,
}

impl<'a> Heights<'a> {
    pub fn new(pieces: &'a [Piece], places: &'a [Place]) -> Heights<'a> {
        let panels = places.len() * Air::ALL.len();
        Heights { pieces, places, parts: vec![None; panels * pieces.len()], rooms: vec![None; panels] }
    }

    /// Height of a part on a panel.
    pub fn part(
        &mut self,
        work: &Work<'_>,
        builder: &mut Builder<'_>,
        (panel, piece): (usize, usize),
        air: Air,
    ) -> Result<Pt, BrochureError> {
        let index = (panel * Air::ALL.len() + air as usize) * self.pieces.len() + piece;
        if let Some(known) = self.parts[index] {
            return Ok(known);
        }
        let part = &self.pieces[piece].part;
        let mark = builder.elements.len();
        let set = work.set(builder, self.places[panel], (air, TOGETHER), std::slice::from_ref(part))?;
        let height = match set {
            Some(set) if !builder.is_over() => set.strips.iter().map(|strip| strip.height).sum(),
            _ => ENDLESS,
        };
        builder.elements.truncate(mark);
        self.parts[index] = Some(height);
        Ok(height)
    }

    /// What a panel holds above its foot, and the gap from one part to the next.
    pub fn room(
        &mut self,
        work: &Work<'_>,
        builder: &mut Builder<'_>,
        panel: usize,
        air: Air,
    ) -> Result<(Pt, Pt), BrochureError> {
        let index = panel * Air::ALL.len() + air as usize;
        if let Some(known) = self.rooms[index] {
            return Ok(known);
        }
        let is_row = |piece: &&Piece| piece.is_on(panel) && matches!(piece.part, Part::Pictograms(_));
        let row: Vec<Part> =
            self.pieces.iter().find(is_row).map(|piece| piece.part.clone()).into_iter().collect();
        let mark = builder.elements.len();
        let measured = work.set(builder, self.places[panel], (air, TOGETHER), &row)?;
        builder.elements.truncate(mark);
        let measured = measured.map_or((ENDLESS, Pt::ZERO), |set| {
            let gap = set.style.gaps.heading.natural;
            (set.style.room() - set.foot.map_or(Pt::ZERO, |foot| foot.height + gap), gap)
        });
        self.rooms[index] = Some(measured);
        Ok(measured)
    }
}
