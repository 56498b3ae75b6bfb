//! Dealing: the largest type in which all that the brochure says has room on its panels. Parts stand where the template
//! puts them; where a panel is too full, as few of them as can be go to another one. The last tier of the warnings may
//! stand beside the others, on the panel that a hand opens together with theirs. Nothing goes while another type, another
//! panel or the room of the pictograms would hold it.

use super::heights::Heights;
use super::piece::{Piece, order};
use super::style::{Air, FAIR, SMALLEST, TYPES};
use super::{BrochureError, Work, fit};
use crate::document::{Panel, Part, Place, Tiers};
use crate::geometry::Pt;
use crate::layout::Omitted;
use crate::layout::builder::Builder;
use crate::layout::fit::leave_out;

/// So many parts may go to another panel.
const MOST_MOVES: u32 = 4;
/// What the warnings on two panels cost, in parts moved.
const SPLIT: u32 = 2;
/// So many deals are looked at in one type.
const MOST_DEALS: u32 = 4_000;

/// Panels with what stands on each, how much air each has, and what had to go.
pub struct Dealt {
    pub panels: Vec<(Panel, Air)>,
    pub omitted: Vec<Omitted>,
}

/// One way to set all panels.
#[derive(Clone, Copy)]
struct Way {
    body: (f32, f32),
    pictograms: bool,
    visit: bool,
}

/// A deal that fits.
struct Found {
    on: Vec<usize>,
    airs: Vec<Air>,
    cost: usize,
}

/// The search in one type.
struct Search<'a, 'b> {
    work: &'a Work<'b>,
    heights: Heights<'a>,
    pieces: &'a [Piece],
    places: &'a [Place],
    /// No panel before this one takes a part: the warnings come first.
    first: usize,
    looked: u32,
    best: Option<Found>,
}

impl Work<'_> {
    /// Sets the type, and says what stands on which panel.
    pub fn dealt(&mut self, builder: &mut Builder<'_>) -> Result<Dealt, BrochureError> {
        for way in ways() {
            if let Some(panels) = self.dealt_so(builder, way, &[])? {
                return Ok(Dealt { panels, omitted: self.given_up(way) });
            }
        }
        let way = Way { body: SMALLEST, pictograms: false, visit: false };
        let candidates: Vec<Omitted> =
            fit::candidates(self.brochure.panels().iter().flat_map(|panel| &panel.parts));
        let found =
            leave_out(candidates.len(), |gone| self.dealt_so(builder, way, &fit::gone(&candidates, gone)))?;
        if let Some((gone, panels)) = found {
            return self.filled_up(builder, panels, fit::gone(&candidates, &gone));
        }
        Err(self.too_full(builder, &candidates)?)
    }

    /// Where words or a photograph went, the others may stand in larger type, and what else gave way may have room.
    fn filled_up(
        &mut self,
        builder: &mut Builder<'_>,
        panels: Vec<(Panel, Air)>,
        gone: Vec<Omitted>,
    ) -> Result<Dealt, BrochureError> {
        for way in ways() {
            if let Some(panels) = self.dealt_so(builder, way, &gone)? {
                let omitted = self.given_up(way).into_iter().chain(gone).collect();
                return Ok(Dealt { panels, omitted });
            }
        }
        let way = Way { body: SMALLEST, pictograms: false, visit: false };
        (self.body, self.visit) = (way.body, way.visit);
        Ok(Dealt { panels, omitted: self.given_up(way).into_iter().chain(gone).collect() })
    }

    /// What a way to set the panels has no room for.
    fn given_up(&self, way: Way) -> Vec<Omitted> {
        let parts = || self.brochure.panels().iter().flat_map(|panel| &panel.parts);
        let pictured = parts().any(|part| matches!(part, Part::Pictograms(_)));
        let mut given = Vec::new();
        if pictured && !way.pictograms {
            given.push(Omitted { id: "pictograms".to_owned(), priority: 0 });
        }
        if !way.visit {
            given.push(Omitted { id: "next-visit".to_owned(), priority: 0 });
        }
        given
    }

    fn dealt_so(
        &mut self,
        builder: &mut Builder<'_>,
        way: Way,
        omitted: &[Omitted],
    ) -> Result<Option<Vec<(Panel, Air)>>, BrochureError> {
        (self.body, self.visit) = (way.body, way.visit);
        let places: Vec<Place> = self.brochure.panels().iter().map(|panel| panel.place).collect();
        let whole = self.pieces(way, omitted);
        let split = split(&whole, &places);
        for cost in 0..=MOST_MOVES + SPLIT {
            let options = [Some((&whole, cost)), split.as_ref().zip(cost.checked_sub(SPLIT))];
            for (pieces, moves) in options.into_iter().flatten().filter(|option| option.1 <= MOST_MOVES) {
                let mut search = Search::new(self, pieces, &places);
                if !search.has_room(builder)? {
                    continue;
                }
                let mut on = pieces.iter().map(|piece| piece.home).collect();
                search.deal(builder, &mut on, moves)?;
                if let Some(found) = search.best {
                    return Ok(Some(onto_panels(pieces, &places, found)));
                }
            }
        }
        Ok(None)
    }

    fn pieces(&self, way: Way, omitted: &[Omitted]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for (home, panel) in self.brochure.panels().iter().enumerate() {
            let parts = fit::without(&panel.parts, omitted).into_iter();
            let parts = parts.filter(|part| way.pictograms || !matches!(part, Part::Pictograms(_)));
            pieces.extend(parts.map(|part| Piece { part, home }));
        }
        pieces
    }

    /// The panel that is too full even without all that may go.
    fn too_full(
        &mut self,
        builder: &mut Builder<'_>,
        candidates: &[Omitted],
    ) -> Result<BrochureError, BrochureError> {
        let pieces = self.pieces(Way { body: self.body, pictograms: false, visit: false }, candidates);
        let places: Vec<Place> = self.brochure.panels().iter().map(|panel| panel.place).collect();
        let mut search = Search::new(self, &pieces, &places);
        let on: Vec<usize> = pieces.iter().map(|piece| piece.home).collect();
        for (panel, place) in places.iter().enumerate() {
            let over = search.over(builder, &on, panel, Air::Packed)?;
            if over > Pt::ZERO {
                return Ok(BrochureError::TooFull { panel: *place, over });
            }
        }
        let panel = places.first().copied().unwrap_or(Place::Cover);
        Ok(BrochureError::TooFull { panel, over: Pt::ZERO })
    }
}

/// The largest type first. Pictures to look at give way before the type gets small, the line for the next visit before
/// words go.
fn ways() -> impl Iterator<Item = Way> {
    let (fair, small) = TYPES.split_at(FAIR);
    let of = |types: &'static [(f32, f32)], pictograms: bool, visit: bool| {
        types.iter().map(move |body| Way { body: *body, pictograms, visit })
    };
    of(fair, true, true)
        .chain(of(fair, false, true))
        .chain(of(small, true, true))
        .chain(of(small, false, true))
        .chain(of(small, true, false))
        .chain(of(small, false, false))
}

/// The last tier on the panel that a hand opens together with that of the others, behind the answer and the timeline.
fn split(pieces: &[Piece], places: &[Place]) -> Option<Vec<Piece>> {
    let at = pieces.iter().position(|piece| matches!(piece.part, Part::Tiers(Tiers::All)))?;
    let home = pieces[at].home;
    let beside = places.get(home + 1)?;
    let opens_together = places[home] == Place::Inside(1) && beside.turn() == 2;
    // What stands behind the warnings on their panel may call a complaint normal.
    let behind = pieces.iter().skip(at + 1).filter(|piece| piece.home == home);
    let goes_on = behind.into_iter().any(|piece| !matches!(piece.part, Part::Precautions(_)));
    if !opens_together || goes_on {
        return None;
    }
    let mut pieces = pieces.to_vec();
    pieces[at].part = Part::Tiers(Tiers::Urgent);
    let is_early =
        |piece: &Piece| piece.home <= home || piece.home == home + 1 && piece.part.may_come_first();
    let to = pieces.iter().position(|piece| !is_early(piece)).unwrap_or(pieces.len());
    pieces.insert(to, Piece { part: Part::Tiers(Tiers::Call), home: home + 1 });
    Some(pieces)
}

fn onto_panels(pieces: &[Piece], places: &[Place], found: Found) -> Vec<(Panel, Air)> {
    let on_panel = |panel: usize| {
        let order = order(pieces, &found.on, panel);
        order.into_iter().map(|index| pieces[index].part.clone()).collect()
    };
    let panels = places.iter().enumerate();
    panels
        .zip(found.airs)
        .map(|((index, place), air)| (Panel { place: *place, parts: on_panel(index) }, air))
        .collect()
}

impl<'a, 'b> Search<'a, 'b> {
    fn new(work: &'a Work<'b>, pieces: &'a [Piece], places: &'a [Place]) -> Search<'a, 'b> {
        let last_tier = pieces.iter().rfind(|piece| matches!(piece.part, Part::Tiers(_)));
        let first = last_tier.map_or(0, |piece| piece.home);
        let heights = Heights::new(pieces, places);
        Search { work, heights, pieces, places, first, looked: 0, best: None }
    }

    /// Whether all panels together could hold all parts: most types are told apart by this alone.
    fn has_room(&mut self, builder: &mut Builder<'_>) -> Result<bool, BrochureError> {
        let mut free = Pt::ZERO;
        for panel in 0..self.places.len() {
            free += self.heights.room(self.work, builder, panel, Air::Packed)?.0;
        }
        for piece in 0..self.pieces.len() {
            let home = self.pieces[piece].home;
            free -= self.heights.part(self.work, builder, (home, piece), Air::Packed)?;
        }
        // Panels differ a little in width.
        Ok(free > Pt(-60.0))
    }

    /// Looks for the least cost with at most so many parts moved.
    fn deal(
        &mut self,
        builder: &mut Builder<'_>,
        on: &mut Vec<usize>,
        moves: u32,
    ) -> Result<(), BrochureError> {
        self.looked += 1;
        if self.looked > MOST_DEALS {
            return Ok(());
        }
        let mut airs = Vec::with_capacity(self.places.len());
        for panel in 0..self.places.len() {
            match self.air(builder, on, panel)? {
                Some(air) => airs.push(air),
                None if moves == 0 => return Ok(()),
                None => return self.relieve(builder, on, (panel, moves - 1)),
            }
        }
        let moved = self.pieces.iter().zip(&*on).map(|(piece, panel)| piece.home.abs_diff(*panel));
        let cost = moved.sum::<usize>() * 4 + airs.iter().map(|air| air.cost()).sum::<usize>();
        if self.best.as_ref().is_none_or(|best| cost < best.cost) {
            self.best = Some(Found { on: on.clone(), airs, cost });
        }
        Ok(())
    }

    /// Each part of a panel that is too full, on each other panel.
    fn relieve(
        &mut self,
        builder: &mut Builder<'_>,
        on: &mut Vec<usize>,
        (panel, moves): (usize, u32),
    ) -> Result<(), BrochureError> {
        for piece in 0..self.pieces.len() {
            let is_settled = on[piece] != self.pieces[piece].home;
            if on[piece] != panel || is_settled || !self.pieces[piece].may_move() {
                continue;
            }
            for to in (self.first..self.places.len()).filter(|to| *to != panel) {
                on[piece] = to;
                self.deal(builder, on, moves)?;
            }
            on[piece] = panel;
        }
        Ok(())
    }

    /// The most air with which a panel holds what stands on it.
    fn air(
        &mut self,
        builder: &mut Builder<'_>,
        on: &[usize],
        panel: usize,
    ) -> Result<Option<Air>, BrochureError> {
        for air in Air::ALL {
            if self.over(builder, on, panel, air)? <= Pt::ZERO {
                return Ok(Some(air));
            }
        }
        Ok(None)
    }

    /// How much a panel is too full.
    fn over(
        &mut self,
        builder: &mut Builder<'_>,
        on: &[usize],
        panel: usize,
        air: Air,
    ) -> Result<Pt, BrochureError> {
        let (room, gap) = self.heights.room(self.work, builder, panel, air)?;
        let mut over = Pt::ZERO - room;
        let mut is_first = true;
        for piece in (0..self.pieces.len()).filter(|piece| on[*piece] == panel) {
            if matches!(self.pieces[piece].part, Part::Pictograms(_)) {
                continue;
            }
            over += self.heights.part(self.work, builder, (panel, piece), air)?;
            over += if is_first { Pt::ZERO } else { gap };
            is_first = false;
        }
        Ok(over)
    }
}
