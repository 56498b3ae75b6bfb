//! The ways in which page 1 can be packed, from the usual to the tightest.

use super::Style;
use super::safety::Tiers;
use crate::document::Document;

/// How page 1 is packed, from the usual to what only a long name with every precaution asks for. No type of the body
/// or of the warnings ever gets smaller.
#[derive(Clone, Copy, Default)]
pub struct Packing {
    /// The title in the size of a heading.
    pub small_title: bool,
    /// The lesser tiers as wide as what they say asks for, and the advice by precaution in one box.
    pub close: bool,
    /// Without air between the paragraphs of a tier, each of which is about other people.
    pub closed: bool,
    /// The lesser tiers below each other, over the whole measure.
    pub stacked: bool,
    /// The timeline and the advice below the quick answer follow the tiers.
    pub below: bool,
    /// What follows the emergency tier may go on at the top of side 2, under the heading again.
    pub runs_on: bool,
    /// Of what runs on, only the advice by precaution does: the lesser tiers stay on page 1.
    pub tiers_stay: bool,
    /// The quick answer follows the tiers too.
    pub answer_below: bool,
    /// The advice stays with the quick answer though the timeline is below.
    pub advised: bool,
    /// So much of the advice by precaution stands before the lesser tiers.
    pub early: usize,
}

impl Packing {
    /// Each gives way further than the one before.
    pub fn all(document: &Document, style: &Style) -> [Packing; 10] {
        let below = document.masthead().details_below;
        // Half of a measure of one column is too narrow for its type.
        let usual = Packing { below, stacked: style.columns == 1, ..Packing::default() };
        let small_title = Packing { small_title: true, ..usual };
        let close = Packing { close: true, ..small_title };
        let closed = Packing { closed: true, ..close };
        let stacked = Packing { stacked: true, ..closed };
        let beside = Packing { below: true, ..closed };
        let below = Packing { below: true, ..stacked };
        let lines_run_on = Packing { runs_on: true, tiers_stay: true, ..beside };
        let runs_on = Packing { runs_on: true, ..below };
        let last = Packing { answer_below: true, ..runs_on };
        [usual, small_title, close, closed, stacked, beside, below, lines_run_on, runs_on, last]
    }

    pub fn shape(&self) -> Tiers {
        match self {
            Packing { stacked: true, .. } => Tiers::Stacked,
            Packing { close: true, .. } => Tiers::Uneven,
            _ => Tiers::Even,
        }
    }
}
