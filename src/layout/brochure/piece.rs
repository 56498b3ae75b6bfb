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
        !matches!(self.part, Part::Tiers(_) | Part::Pictograms(_)) && !self.stays()
    }

    /// Whether it may stand on the panel of the emergency while a tier is still to come: a warning itself, or what may come
    /// before all of them.
    pub fn may_come_early(&self) -> bool {
        matches!(self.part, Part::Precautions(_)) || self.part.may_come_first()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Section, Tiers};
    use std::collections::BTreeSet;

    fn section(id: &str, home: usize) -> Piece {
        let (id, guards) = (id.to_owned(), BTreeSet::new());
        let section = Section { id, title: None, icon: None, priority: 50, guards, blocks: Vec::new() };
        Piece { part: Part::Section(section), home }
    }

    /// Ids on a panel, from the top.
    fn on(pieces: &[Piece], moved: &[(usize, usize)], panel: usize) -> String {
        let mut on: Vec<usize> = pieces.iter().map(|piece| piece.home).collect();
        moved.iter().for_each(|(piece, to)| on[*piece] = *to);
        let order = order(pieces, &on, panel);
        order.iter().map(|piece| pieces[*piece].part.id()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_moves_keeps_the_order_of_reading() {
        let tiers = Piece { part: Part::Tiers(Tiers::All), home: 0 };
        let care = Piece { part: Part::Precautions(Vec::new()), home: 2 };
        let pieces =
            [tiers, section("rest", 1), section("water", 1), care, section("faq", 2), section("contact", 2)];
        let table: [(&[(usize, usize)], usize, &str); 5] = [
            (&[], 2, "precautions faq contact"),
            // From before: behind the advice, in front of the first section.
            (&[(2, 2)], 2, "precautions water faq contact"),
            // From behind: at the end.
            (&[(4, 1)], 1, "rest water faq"),
            (&[(4, 0)], 0, "safety faq"),
            (&[(1, 2), (2, 2), (4, 0)], 2, "precautions rest water contact"),
        ];
        for (moved, panel, ids) in table {
            assert_eq!(on(&pieces, moved, panel), ids, "{moved:?}");
        }
    }

    #[test]
    fn the_ways_to_reach_the_clinic_and_the_warnings_stay() {
        assert!(!section("contact", 2).may_move());
        assert!(!Piece { part: Part::Tiers(Tiers::Call), home: 1 }.may_move());
        assert!(section("faq", 2).may_move());
    }
}
