use super::inline::TextView;
use crate::document::{Safety, Tier};
use serde::Serialize;

/// The three tiers. A template that leaves one out makes a page that `render` refuses.
#[derive(Serialize)]
pub(crate) struct SafetyView {
    heading: TextView,
    emergency: TierView,
    same_day: TierView,
    call: TierView,
    precautions: Vec<TextView>,
}

#[derive(Serialize)]
struct TierView {
    heading: TextView,
    intro: Option<TextView>,
    signs: Vec<TextView>,
    closing: Vec<TextView>,
}

impl SafetyView {
    pub(crate) fn of(safety: &Safety) -> SafetyView {
        SafetyView {
            heading: TextView::of(safety.heading()),
            emergency: TierView::of(safety.emergency()),
            same_day: TierView::of(safety.same_day()),
            call: TierView::of(safety.call()),
            precautions: safety.precautions().iter().map(TextView::of).collect(),
        }
    }
}

impl TierView {
    fn of(tier: &Tier) -> TierView {
        TierView {
            heading: TextView::of(&tier.heading_on_screen()),
            intro: tier.intro.as_ref().map(TextView::of),
            signs: tier.signs.iter().map(TextView::of).collect(),
            closing: tier.closing.iter().map(TextView::of).collect(),
        }
    }
}
