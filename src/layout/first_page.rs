//! What stands above the body: letterhead, title, quick answer, timeline and warnings, packed so that the emergency signs
//! stand on page 1.

use super::builder::{Builder, ROOT};
use super::packing::Packing;
use super::paragraph::ParagraphStyle;
use super::plan::{Plan, Row, StripId};
use super::safety::Tiers;
use super::strip::Strip;
use super::{LayoutError, Role, Style, running, sides};
use crate::brand::Brand;
use crate::document::Document;
use crate::geometry::Pt;

/// What a side's beginning among the warnings that run on costs.
const PARTED: f32 = 30.0;
/// The row of the quick answer, behind letterhead and title.
const ANSWER: usize = 2;

/// What stands above the body.
pub struct Top {
    pub rows: Vec<Row>,
    /// So many of them stand on page 1, whatever else a sheet holds.
    pub must: usize,
    /// So many of them come before any other row: the last warning is among them.
    pub warned: usize,
}

impl Top {
    /// A warning that page 1 has room for stands there, however empty the sides behind it are.
    fn hold_warnings(&mut self, held: usize) {
        let last = held.min(self.warned).saturating_sub(1);
        self.rows.iter_mut().take(last).for_each(|row| row.keep_next = true);
    }
}

/// The parts of page 1, each set once in every shape that a packing asked for.
pub struct FirstPage<'a> {
    document: &'a Document,
    letterhead: StripId,
    /// As usual, and small.
    titles: [Option<StripId>; 2],
    /// With the advice, and without.
    answers: [Option<StripId>; 2],
    advice: Option<Vec<StripId>>,
    timeline: Option<Vec<StripId>>,
    emergency: Vec<StripId>,
    /// By their shape.
    tiers: [Option<Vec<StripId>>; 3],
    /// In a box each, and in one.
    precautions: [Option<Vec<StripId>>; 2],
    again: StripId,
    section: super::ElementId,
    pub plan: Plan<'a>,
}

impl<'a> FirstPage<'a> {
    /// Sets what every packing has.
    pub fn new(
        builder: &mut Builder<'_>,
        document: &'a Document,
        brand: &Brand,
    ) -> Result<FirstPage<'a>, LayoutError> {
        let (style, mut plan) = (builder.style, Plan::default());
        let (masthead, safety) = (document.masthead(), document.safety());
        let visit = masthead.next_visit.as_ref();
        let letterhead = running::letterhead(builder, style, brand, document.running(), visit)?;
        let letterhead = plan.add(letterhead);
        let title = plan.add(builder.title_block(masthead, false)?);
        let section = builder.open(Role::Section, ROOT);
        let emergency = added(&mut plan, builder.emergency_tier(safety, section)?);
        let again = plan.add(builder.repeated_heading(safety)?);
        Ok(FirstPage {
            document,
            letterhead,
            titles: [Some(title), None],
            answers: [None, None],
            advice: None,
            timeline: None,
            emergency,
            tiers: [None, None, None],
            precautions: [None, None],
            again,
            section,
            plan,
        })
    }

    /// The rows of the first packing whose warnings stand where they must.
    ///
    /// # Errors
    ///
    /// The emergency signs are higher than a page.
    pub fn top(&mut self, builder: &mut Builder<'_>, plan: &mut Plan<'_>) -> Result<Top, LayoutError> {
        let margin = &builder.style.margin;
        let room = builder.style.page.height - margin.top - margin.bottom - margin.foot;
        for packing in Packing::all(self.document, builder.style) {
            let top = self.packed(builder, plan, packing)?;
            if !fits(&top.rows[..top.must], plan, room) {
                continue;
            }
            if !packing.below || packing.answer_below {
                return Ok(top);
            }
            let (packing, top) = self.with_advice(builder, plan, (packing, top), room)?;
            let (packing, top) = self.with_precautions(builder, plan, (packing, top), room)?;
            let mut top = self.with_larger_answer(builder, plan, (packing, top), room)?;
            let held = held(&top, plan, room);
            top.hold_warnings(held);
            return Ok(top);
        }
        Err(LayoutError::SafetyOffPage)
    }

    /// The advice with the quick answer, where it takes room that nothing else of page 1 could have.
    fn with_advice(
        &mut self,
        builder: &mut Builder<'_>,
        plan: &mut Plan<'_>,
        (packing, top): (Packing, Top),
        room: Pt,
    ) -> Result<(Packing, Top), LayoutError> {
        let held = held(&top, plan, room);
        let other = Packing { advised: true, ..packing };
        let advised = self.packed(builder, plan, other)?;
        // Its own rows come last below; no warning gives way to it.
        if fits(&advised.rows[..held.min(advised.rows.len())], plan, room) {
            return Ok((other, advised));
        }
        // What no lesser tier has room for, the timeline has.
        if packing.runs_on && held == top.must {
            let other = Packing { below: false, ..packing };
            let timed = self.packed(builder, plan, other)?;
            if fits(&timed.rows[..timed.must], plan, room) {
                return Ok((other, timed));
            }
        }
        Ok((packing, top))
    }

    /// Advice by precaution on page 1, where no lesser tier has room there and it has.
    fn with_precautions(
        &mut self,
        builder: &mut Builder<'_>,
        plan: &mut Plan<'_>,
        (packing, top): (Packing, Top),
        room: Pt,
    ) -> Result<(Packing, Top), LayoutError> {
        if !packing.runs_on || packing.tiers_stay || held(&top, plan, room) > top.must {
            return Ok((packing, top));
        }
        for early in (1..=self.document.safety().precautions().len()).rev() {
            let other = Packing { early, ..packing };
            let warned = self.packed(builder, plan, other)?;
            if fits(&warned.rows[..warned.must], plan, room) {
                return Ok((other, warned));
            }
        }
        Ok((packing, top))
    }

    /// What page 1 has left goes to the answer, as long as no row leaves it for that.
    fn with_larger_answer(
        &mut self,
        builder: &mut Builder<'_>,
        plan: &mut Plan<'_>,
        (packing, mut top): (Packing, Top),
        room: Pt,
    ) -> Result<Top, LayoutError> {
        let held = held(&top, plan, room);
        if held == top.rows.len() {
            return Ok(top);
        }
        let with_blocks = !packing.below || packing.advised;
        for (size, leading) in builder.style.larger_answers {
            let style = builder.style.clone();
            let answer = ParagraphStyle { size: Pt(*size), leading: Pt(*leading), ..style.answer };
            let quick = &self.document.masthead().quick;
            let larger = builder
                .with_style(&Style { answer, ..style }, |builder| builder.quick_answer(quick, with_blocks))?;
            let larger = plan.add(larger);
            let usual = std::mem::replace(&mut top.rows[ANSWER], plan.row(larger));
            top.rows[ANSWER].keep_next = usual.keep_next;
            if sides::natural_height(&plan.items(&top.rows[..held])) <= room {
                break;
            }
            top.rows[ANSWER] = usual;
        }
        Ok(top)
    }

    fn packed(
        &mut self,
        builder: &mut Builder<'_>,
        plan: &mut Plan<'_>,
        packing: Packing,
    ) -> Result<Top, LayoutError> {
        let mut strips = vec![self.letterhead, self.title(builder, plan, packing.small_title)?];
        if !packing.answer_below {
            strips.push(self.answer(builder, plan, !packing.below || packing.advised)?);
        }
        if !packing.below {
            strips.extend(self.timeline(builder, plan)?);
        }
        strips.extend(&self.emergency);
        let tiers = self.tiers(builder, plan, packing.shape())?;
        // One box of all is too high to go on over two sides.
        let joined = packing.close && !packing.stacked;
        let precautions = self.precautions(builder, plan, joined)?;
        let (early, precautions) = precautions.split_at(packing.early.min(precautions.len()));
        let staying = match packing {
            Packing { runs_on: false, .. } => tiers.len() + precautions.len(),
            Packing { tiers_stay: true, .. } => tiers.len(),
            _ => 0,
        };
        strips.extend(early);
        let must = strips.len() + staying;
        strips.extend(tiers.iter().chain(precautions));
        let warned = strips.len();
        if packing.answer_below {
            strips.push(self.answer(builder, plan, true)?);
        }
        let mut captioned = strips.len();
        if packing.below {
            strips.extend(self.timeline(builder, plan)?);
            if !packing.advised && !packing.answer_below {
                // Under the drawing it explains that, and opens no side.
                captioned = strips.len();
                strips.extend(self.advice(builder, plan)?);
            }
        }
        Ok(self.top_of(plan, packing, &strips, (must, warned, captioned)))
    }

    /// So many strips must stand on page 1, so many are the warnings' and what stands above them, and from the last number on they explain
    /// the drawing above them.
    fn top_of(
        &self,
        plan: &Plan<'_>,
        packing: Packing,
        strips: &[StripId],
        (must, warned, captioned): (usize, usize, usize),
    ) -> Top {
        let explained = captioned..strips.len();
        let row = |(index, strip): (usize, &StripId)| {
            let row = plan.row(*strip);
            let again = (must..warned).contains(&index).then_some(self.again);
            // What must stand on page 1 stays together, and with nothing behind it: that could push it off.
            let keep_next = if index < must { index + 1 < must } else { row.keep_next };
            let keep_next = keep_next || index >= warned && explained.contains(&(index + 1));
            // A side that has room for the last of them has it.
            let cost = if again.is_some() && index > must { PARTED } else { 0.0 };
            Row { keep_next, cost, again, closes: packing.closed, ..row }
        };
        Top { rows: strips.iter().enumerate().map(row).collect(), must, warned }
    }

    fn title(
        &mut self,
        builder: &mut Builder<'_>,
        plan: &mut Plan<'_>,
        small: bool,
    ) -> Result<StripId, LayoutError> {
        if let Some(title) = self.titles[usize::from(small)] {
            return Ok(title);
        }
        let title = plan.add(builder.title_block(self.document.masthead(), small)?);
        self.titles[usize::from(small)] = Some(title);
        Ok(title)
    }

    fn answer(
        &mut self,
        builder: &mut Builder<'_>,
        plan: &mut Plan<'_>,
        advised: bool,
    ) -> Result<StripId, LayoutError> {
        if let Some(answer) = self.answers[usize::from(advised)] {
            return Ok(answer);
        }
        let quick = &self.document.masthead().quick;
        let answer = plan.add(builder.quick_answer(quick, advised)?);
        self.answers[usize::from(advised)] = Some(answer);
        Ok(answer)
    }

    fn advice(
        &mut self,
        builder: &mut Builder<'_>,
        plan: &mut Plan<'_>,
    ) -> Result<Vec<StripId>, LayoutError> {
        if self.advice.is_none() {
            let blocks = &self.document.masthead().quick.blocks;
            self.advice = Some(added(plan, builder.explanation_below(blocks)?));
        }
        Ok(self.advice.clone().unwrap_or_default())
    }

    fn timeline(
        &mut self,
        builder: &mut Builder<'_>,
        plan: &mut Plan<'_>,
    ) -> Result<Vec<StripId>, LayoutError> {
        if self.timeline.is_none() {
            let gap = builder.style.gaps.part;
            let strips = builder.timeline(&self.document.masthead().timeline)?;
            let strips = strips.into_iter().map(|strip| Strip { gap, ..strip }).collect();
            self.timeline = Some(added(plan, strips));
        }
        Ok(self.timeline.clone().unwrap_or_default())
    }

    fn tiers(
        &mut self,
        builder: &mut Builder<'_>,
        plan: &mut Plan<'_>,
        shape: Tiers,
    ) -> Result<Vec<StripId>, LayoutError> {
        let known = &mut self.tiers[shape as usize];
        if known.is_none() {
            builder.follow_level(3);
            let strips = builder.lesser_tiers(self.document.safety(), self.section, shape)?;
            *known = Some(added(plan, strips));
        }
        Ok(known.clone().unwrap_or_default())
    }

    fn precautions(
        &mut self,
        builder: &mut Builder<'_>,
        plan: &mut Plan<'_>,
        joined: bool,
    ) -> Result<Vec<StripId>, LayoutError> {
        let known = &mut self.precautions[usize::from(joined)];
        if known.is_none() {
            let strips = builder.precautions(self.document.safety(), self.section, joined)?;
            *known = Some(added(plan, strips));
        }
        Ok(known.clone().unwrap_or_default())
    }
}

fn fits(rows: &[Row], plan: &Plan<'_>, room: Pt) -> bool {
    sides::least_height(&plan.items(rows)) <= room
}

/// How many rows page 1 has room for.
fn held(top: &Top, plan: &Plan<'_>, room: Pt) -> usize {
    let all = top.must..=top.rows.len();
    all.take_while(|held| fits(&top.rows[..*held], plan, room)).last().unwrap_or(top.must)
}

fn added(plan: &mut Plan<'_>, strips: Vec<Strip>) -> Vec<StripId> {
    strips.into_iter().map(|strip| plan.add(strip)).collect()
}
