//! Dealing: the most air between the lines with which all that the brochure says has room on its panels. Parts stand where
//! the template puts them; where a panel is too full, as few of them as can be go to another one. The last tier of the
//! warnings may stand beside the others, on the panel that a hand opens together with theirs. What has no room even so goes
//! by priority, since the web page has it too: type that old eyes cannot read helps nobody. Only where what never goes is too
//! long for the panels does the type get smaller.

use super::heights::Heights;
use super::piece::{Piece, order};
use super::style::{Air, SMALLER, SMALLEST};
use super::{BrochureError, Work, fit};
use crate::document::{Panel, Part, Place, Tiers};
use crate::geometry::Pt;
use crate::layout::Omitted;
use crate::layout::builder::Builder;
use crate::layout::fit::leave_out;
use crate::options::sections::NEXT_VISIT;

/// So many parts may go to another panel.
const MOST_MOVES: u32 = 4;
/// The tiers on two panels that a hand opens together, and what that costs, in parts moved.
const SPLITS: [([Tiers; 2], u32); 2] =
    [([Tiers::Urgent, Tiers::Call], 2), ([Tiers::Emergency, Tiers::Lesser], 4)];
/// So many deals are looked at in one type.
const MOST_DEALS: u32 = 4_000;

/// Panels with what stands on each, how much air each has, and what had to go.
pub struct Dealt {
    pub panels: Vec<(Panel, Air)>,
    pub omitted: Vec<Omitted>,
}

/// What may be done for room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Freedom {
    /// The last tier may stand apart from the others.
    TornOnce,
    /// The last two may.
    TornTwice,
    /// And the answer may leave the top of its panel.
    Answer,
}

impl Freedom {
    /// So many of the ways to part the tiers may be taken.
    fn splits(self) -> usize {
        if self == Freedom::TornOnce { 1 } else { SPLITS.len() }
    }
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
    /// The panel of the first tier: what may come before the others goes on to it.
    early: usize,
    freedom: Freedom,
    looked: u32,
    best: Option<Found>,
}

impl Work<'_> {
    /// Sets the type, and says what stands on which panel.
    pub fn dealt(&mut self, builder: &mut Builder<'_>) -> Result<Dealt, BrochureError> {
        for body in self.types {
            if let Some(panels) = self.dealt_so(builder, (*body, Freedom::TornOnce), &[])? {
                return Ok(Dealt { panels, omitted: Vec::new() });
            }
        }
        let closest = self.types.last().copied().unwrap_or(SMALLEST);
        let parts = self.brochure.panels().iter().flat_map(|panel| &panel.parts);
        let candidates = fit::candidates(parts);
        let freest = [(closest, Freedom::TornTwice)].into_iter();
        for way in freest.chain(std::iter::once(closest).chain(SMALLER).map(|body| (body, Freedom::Answer))) {
            let found = leave_out(candidates.len(), |gone| {
                self.dealt_so(builder, way, &fit::gone(&candidates, gone))
            })?;
            if let Some((gone, panels)) = found {
                return self.with_air(builder, (way, panels), fit::gone(&candidates, &gone));
            }
        }
        Err(self.too_full(builder, &candidates)?)
    }

    /// Where something went, the others may stand in lines that are further apart.
    fn with_air(
        &mut self,
        builder: &mut Builder<'_>,
        ((body, freedom), panels): (((f32, f32), Freedom), Vec<(Panel, Air)>),
        omitted: Vec<Omitted>,
    ) -> Result<Dealt, BrochureError> {
        for airier in self.types.iter().filter(|airier| airier.0 == body.0 && airier.1 > body.1) {
            if let Some(panels) = self.dealt_so(builder, (*airier, freedom), &omitted)? {
                return Ok(Dealt { panels, omitted });
            }
        }
        self.set_in(body, &omitted);
        Ok(Dealt { panels, omitted })
    }

    fn set_in(&mut self, body: (f32, f32), omitted: &[Omitted]) {
        self.body = body;
        self.visit = !omitted.iter().any(|part| part.id == NEXT_VISIT);
    }

    fn dealt_so(
        &mut self,
        builder: &mut Builder<'_>,
        (body, freedom): ((f32, f32), Freedom),
        omitted: &[Omitted],
    ) -> Result<Option<Vec<(Panel, Air)>>, BrochureError> {
        self.set_in(body, omitted);
        let places: Vec<Place> = self.brochure.panels().iter().map(|panel| panel.place).collect();
        let whole = self.pieces(omitted);
        let split = |(tiers, cost): &([Tiers; 2], u32)| Some((split(&whole, &places, *tiers)?, *cost));
        let ways: Vec<(Vec<Piece>, u32)> = SPLITS.iter().take(freedom.splits()).filter_map(split).collect();
        let mut searches = Vec::new();
        for (pieces, dearer) in std::iter::once((&whole, 0)).chain(ways.iter().map(|way| (&way.0, way.1))) {
            let mut search = Search::new(self, pieces, &places);
            search.freedom = freedom;
            if search.has_room(builder)? {
                searches.push((search, dearer));
            }
        }
        let dearest = ways.last().map_or(0, |way| way.1);
        for cost in 0..=MOST_MOVES + dearest {
            for (search, dearer) in &mut searches {
                let moves = cost.checked_sub(*dearer).filter(|moves| *moves <= MOST_MOVES);
                let found = moves.map(|moves| search.found(builder, moves)).transpose()?.flatten();
                if let Some(found) = found {
                    return Ok(Some(onto_panels(search.pieces, &places, found)));
                }
            }
        }
        Ok(None)
    }

    fn pieces(&self, omitted: &[Omitted]) -> Vec<Piece> {
        let panels = self.brochure.panels().iter().enumerate();
        let on_panel = |(home, panel): (usize, &Panel)| {
            fit::without(&panel.parts, omitted).into_iter().map(move |part| Piece { part, home })
        };
        panels.flat_map(on_panel).collect()
    }

    /// The panel that is too full even without all that may go.
    fn too_full(
        &mut self,
        builder: &mut Builder<'_>,
        candidates: &[Omitted],
    ) -> Result<BrochureError, BrochureError> {
        let pieces = self.pieces(candidates);
        let places: Vec<Place> = self.brochure.panels().iter().map(|panel| panel.place).collect();
        let mut search = Search::new(self, &pieces, &places);
        let on: Vec<usize> = pieces.iter().map(|piece| piece.home).collect();
        for (panel, place) in places.iter().enumerate() {
            let over = search.over(builder, &on, panel, Air::Tight)?;
            if over > Pt::ZERO {
                return Ok(BrochureError::TooFull { panel: *place, over });
            }
        }
        let panel = places.first().copied().unwrap_or(Place::Cover);
        Ok(BrochureError::TooFull { panel, over: Pt::ZERO })
    }
}

/// The last tier, or the last two, on the panel that a hand opens together with that of the others, behind the answer and
/// the timeline.
fn split(pieces: &[Piece], places: &[Place], [first, last]: [Tiers; 2]) -> Option<Vec<Piece>> {
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
    pieces[at].part = Part::Tiers(first);
    let is_early =
        |piece: &Piece| piece.home <= home || piece.home == home + 1 && piece.part.may_come_first();
    let to = pieces.iter().position(|piece| !is_early(piece)).unwrap_or(pieces.len());
    pieces.insert(to, Piece { part: Part::Tiers(last), home: home + 1 });
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
        let is_tier = |piece: &&Piece| matches!(piece.part, Part::Tiers(_));
        let early = pieces.iter().find(is_tier).map_or(0, |piece| piece.home);
        let first = pieces.iter().rfind(is_tier).map_or(0, |piece| piece.home);
        let heights = Heights::new(pieces, places);
        let freedom = Freedom::TornOnce;
        Search { work, heights, pieces, places, first, early, freedom, looked: 0, best: None }
    }

    /// Whether all panels together could hold all parts: most types are told apart by this alone.
    fn has_room(&mut self, builder: &mut Builder<'_>) -> Result<bool, BrochureError> {
        let mut free = Pt::ZERO;
        for panel in 0..self.places.len() {
            free += self.heights.room(self.work, builder, panel, Air::Tight)?.0;
        }
        for piece in 0..self.pieces.len() {
            let home = self.pieces[piece].home;
            free -= self.heights.part(self.work, builder, (home, piece), Air::Tight)?;
        }
        // Panels differ a little in width.
        Ok(free > Pt(-60.0))
    }

    /// The least cost with at most so many parts moved.
    fn found(&mut self, builder: &mut Builder<'_>, moves: u32) -> Result<Option<Found>, BrochureError> {
        (self.looked, self.best) = (0, None);
        let mut on = self.pieces.iter().map(|piece| piece.home).collect();
        self.deal(builder, &mut on, moves)?;
        Ok(self.best.take())
    }

    /// Looks at each deal with at most so many parts moved.
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
            let from = if self.pieces[piece].may_come_early() { self.early } else { self.first };
            if matches!(self.pieces[piece].part, Part::Quick(_)) && self.freedom != Freedom::Answer {
                continue;
            }
            for to in (from..self.places.len()).filter(|to| *to != panel) {
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
