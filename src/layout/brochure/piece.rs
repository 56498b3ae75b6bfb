//! What is dealt: parts, each with the panel that the template puts it on.

use crate::document::Part;

/// A part, and the panel that the template puts it on.
#[derive(Clone)]
pub struct Piece {
    pub part: Part,
    pub home: usize,
}

impl Piece {
    /// Where to reach the clinic is looked for on the back.
    pub fn stays(&self) -> bool {
        self.part.id() == crate::options::sections::CONTACT
    }

    /// Whether the template puts it there.
    pub fn is_on(&self, panel: usize) -> bool {
        self.home == panel
    }

    pub fn may_move(&self) -> bool {
        matches!(self.part, Part::Section(_) | Part::Precautions(_) | Part::Photo(_)) && !self.stays()
    }
}

/// What stands on a panel, from the top: its own parts in the template's order, those of panels before it in front of its first
/// section, those of panels behind it at the end, but for the ways to reach the clinic.
pub fn order(pieces: &[Piece], on: &[usize], panel: usize) -> Vec<usize> {
    let here = |index: &usize| on[*index] == panel;
    let own = |index: &usize| pieces[*index].home == panel;
    let all = || (0..pieces.len()).filter(here);
    let (mut order, early): (Vec<usize>, Vec<usize>) =
        (all().filter(own).collect(), all().filter(|index| pieces[*index].home < panel).collect());
    let is_section = |index: &usize| matches!(pieces[*index].part, Part::Section(_));
    let first = order.iter().position(is_section).unwrap_or(order.len());
    order.splice(first..first, early);
    let last = order.iter().position(|index| pieces[*index].stays()).unwrap_or(order.len());
    order.splice(last..last, all().filter(|index| pieces[*index].home > panel));
    order
}
