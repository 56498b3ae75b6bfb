use super::inline::TextView;
use crate::document::{Safety, Text, Tier, by_question};
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
        let tier = |tier: &Tier| TierView::of(tier, &|text| TextView::of(&safety.on_screen(text)));
        SafetyView {
            heading: TextView::of(safety.heading()),
            emergency: tier(safety.emergency()),
            same_day: tier(safety.same_day()),
            call: tier(safety.call()),
            precautions: safety.precautions().iter().map(TextView::of).collect(),
        }
    }
}

impl TierView {
    fn of(tier: &Tier, shown: &dyn Fn(&Text) -> TextView) -> TierView {
        TierView {
            heading: shown(&tier.heading_on_screen()),
            intro: tier.intro.as_ref().map(shown),
            signs: tier.signs.iter().map(shown).collect(),
            closing: by_question(&tier.closing).iter().map(shown).collect(),
        }
    }
}
