//! What stands above the body: letterhead, title, quick answer, timeline and warnings, packed so that the emergency signs
//! stand on page 1.

use super::builder::{Builder, ROOT};
use super::plan::{Plan, Row, StripId};
use super::safety::Tiers;
use super::strip::Strip;
use super::{LayoutError, Role, Style, running, sides};
use crate::brand::Brand;
use crate::document::Document;

/// What a side's beginning among the warnings that run on costs.
const PARTED: f32 = 30.0;

/// How page 1 is packed, from the usual to what only a long name with every precaution asks for. No type of the body
/// or of the warnings ever gets smaller.
#[derive(Clone, Copy, Default)]
struct Packing {
    /// The title in the size of a heading.
    small_title: bool,
    /// The lesser tiers as wide as what they say asks for, and the advice by precaution in one box.
    close: bool,
    /// The lesser tiers below each other, over the whole measure.
    stacked: bool,
    /// The timeline and the advice below the quick answer follow the tiers.
    below: bool,
    /// What follows the emergency tier may go on at the top of side 2, under the heading again.
    runs_on: bool,
    /// Of what runs on, only the advice by precaution does: the lesser tiers stay on page 1.
    tiers_stay: bool,
    /// The quick answer follows the tiers too.
    answer_below: bool,
    /// The advice stays with the quick answer though the timeline is below.
    advised: bool,
}

impl Packing {
    /// Each gives way further than the one before.
    fn all(document: &Document, style: &Style) -> [Packing; 9] {
        let below = document.masthead().details_below;
        // Half of a measure of one column is too narrow for its type.
        let usual = Packing { below, stacked: style.columns == 1, ..Packing::default() };
        let small_title = Packing { small_title: true, ..usual };
        let close = Packing { close: true, ..small_title };
        let stacked = Packing { stacked: true, ..close };
        let beside = Packing { below: true, ..close };
        let below = Packing { below: true, ..stacked };
        let lines_run_on = Packing { runs_on: true, tiers_stay: true, ..beside };
        let runs_on = Packing { runs_on: true, ..below };
        let last = Packing { answer_below: true, ..runs_on };
        [usual, small_title, close, stacked, beside, below, lines_run_on, runs_on, last]
    }

    fn shape(&self) -> Tiers {
        match self {
            Packing { stacked: true, .. } => Tiers::Stacked,
            Packing { close: true, .. } => Tiers::Uneven,
            _ => Tiers::Even,
        }
    }
}

/// What stands above the body.
pub struct Top {
    pub rows: Vec<Row>,
    /// So many of them stand on page 1, whatever else a sheet holds.
    pub must: usize,
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
            let (rows, must) = self.packed(builder, plan, packing)?;
            let fits = |rows: &[Row], plan: &Plan<'_>| sides::least_height(&plan.items(rows)) <= room;
            if !fits(&rows[..must], plan) {
                continue;
            }
            if packing.below && !packing.answer_below {
                // Where it takes room that nothing else of page 1 could have.
                let held = (must..=rows.len()).take_while(|held| fits(&rows[..*held], plan)).last();
                let (advised, must_advised) =
                    self.packed(builder, plan, Packing { advised: true, ..packing })?;
                // Its own rows are among them, where they stand below and behind the warnings; no warning gives way to it.
                let (held, own) = (held.unwrap_or(must), rows.len() - advised.len());
                let warned = advised.len() - self.timeline(builder, plan)?.len();
                let held = held - held.saturating_sub(warned).min(own);
                if fits(&advised[..held], plan) {
                    return Ok(Top { rows: advised, must: must_advised });
                }
                // What no lesser tier has room for, the timeline has.
                if packing.runs_on && held == must {
                    let (timed, must) = self.packed(builder, plan, Packing { below: false, ..packing })?;
                    if fits(&timed[..must], plan) {
                        return Ok(Top { rows: timed, must });
                    }
                }
            }
            return Ok(Top { rows, must });
        }
        Err(LayoutError::SafetyOffPage)
    }

    /// Rows, and how many of them must stand on page 1.
    fn packed(
        &mut self,
        builder: &mut Builder<'_>,
        plan: &mut Plan<'_>,
        packing: Packing,
    ) -> Result<(Vec<Row>, usize), LayoutError> {
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
        let staying = match packing {
            Packing { runs_on: false, .. } => tiers.len() + precautions.len(),
            Packing { tiers_stay: true, .. } => tiers.len(),
            _ => 0,
        };
        let must = strips.len() + staying;
        strips.extend(tiers.iter().chain(&precautions));
        let warned = strips.len();
        if packing.answer_below {
            strips.push(self.answer(builder, plan, true)?);
        }
        if packing.below {
            if !packing.advised && !packing.answer_below {
                strips.extend(self.advice(builder, plan)?);
            }
            strips.extend(self.timeline(builder, plan)?);
        }
        let row = |(index, strip): (usize, &StripId)| {
            let row = plan.row(*strip);
            let again = (must..warned).contains(&index).then_some(self.again);
            // What must stand on page 1 stays together, and with nothing behind it: that could push it off.
            let keep_next = if index < must { index + 1 < must } else { row.keep_next };
            // A side that has room for the last of them has it.
            let cost = if again.is_some() && index > must { PARTED } else { 0.0 };
            Row { keep_next, cost, again, ..row }
        };
        Ok((strips.iter().enumerate().map(row).collect(), must))
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

fn added(plan: &mut Plan<'_>, strips: Vec<Strip>) -> Vec<StripId> {
    strips.into_iter().map(|strip| plan.add(strip)).collect()
}
