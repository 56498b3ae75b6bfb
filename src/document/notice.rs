//! What a poster and a card say: the general text at its shortest, with all that must never be missing from it.

use super::{ContactLine, Meta, Picture, QrCode, QuickAnswer, Safety, Text};
use std::sync::Arc;

/// The answer, the warnings and the way to call, for a wall or a fridge door. Read in the order of the fields.
#[derive(Clone, Debug)]
pub struct Notice {
    pub meta: Meta,
    /// The level-1 heading: after what.
    pub title: Text,
    pub quick: QuickAnswer,
    /// With what it shows.
    pub picture: Option<(Arc<Picture>, String)>,
    pub safety: Safety,
    /// When it is an emergency and whom to call, in a line: for what is too small for the tiers, beside them.
    pub emergency: Text,
    /// How to reach the clinic or who answers for it, in a line; `None`: nobody knows.
    pub reach: Option<Text>,
    /// Heading of the advice by precaution.
    pub precautions: Text,
    /// What is said in their place where they have no room.
    pub more: Text,
    pub clinic: Text,
    pub city: Text,
    pub contact: Vec<ContactLine>,
    /// Whether the clinic's own number is known; without, there is a line to write it on.
    pub has_number: bool,
    /// Leads to the clinic's own page of this treatment.
    pub code: Option<QrCode>,
    /// A label, for a line to write on.
    pub next_visit: Text,
    /// "Large print or another format? Ask us."
    pub other_format: Text,
    /// "Reviewed Nov 2026 · v3F2A9C", or that it is a draft.
    pub imprint: Text,
}
