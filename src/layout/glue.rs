//! Glue: gaps that give. Each has a least, a natural and a greatest size; what is left over on a side is shared out by
//! weight, what is missing is taken back the same way.

use crate::geometry::Pt;

/// A gap between two things, or the air inside of a box.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Glue {
    pub least: Pt,
    pub natural: Pt,
    pub greatest: Pt,
    /// Its share of what is left over or missing; 0: it never gives.
    pub weight: f32,
}

/// Sizes are whole steps of this, so that a hair's breadth never tells two gaps of a kind apart.
const STEP: f32 = 0.5;

impl Glue {
    pub const NONE: Glue = Glue::fixed(Pt::ZERO);

    pub const fn fixed(size: Pt) -> Glue {
        Glue { least: size, natural: size, greatest: size, weight: 0.0 }
    }

    pub const fn new(least: f32, natural: f32, greatest: f32, weight: f32) -> Glue {
        Glue { least: Pt(least), natural: Pt(natural), greatest: Pt(greatest), weight }
    }

    /// The same in larger type.
    pub fn scaled(self, factor: f32) -> Glue {
        let [least, natural, greatest] = [self.least, self.natural, self.greatest].map(|size| size * factor);
        Glue { least, natural, greatest, ..self }
    }

    /// Two of it that are always alike, e.g. above and below.
    pub fn twice(self) -> Glue {
        self.scaled(2.0)
    }
}

impl From<Pt> for Glue {
    fn from(size: Pt) -> Glue {
        Glue::fixed(size)
    }
}

/// The size of each gap when all of them together are to be this much more than natural, or less; as near to that as
/// their limits allow, and never more.
pub fn share(gaps: &[Glue], over: Pt) -> Vec<Pt> {
    let mut sizes: Vec<Option<Pt>> =
        gaps.iter().map(|gap| (gap.weight <= 0.0).then_some(gap.natural)).collect();
    let mut rest = over;
    loop {
        let open = || gaps.iter().zip(&sizes).filter(|(_, size)| size.is_none()).map(|(gap, _)| gap);
        let weights: f32 = open().map(|gap| gap.weight).sum();
        if weights <= 0.0 {
            break;
        }
        let wanted = |gap: &Glue| gap.natural + rest * (gap.weight / weights);
        let stopped = |gap: &Glue| wanted(gap) <= gap.least || wanted(gap) >= gap.greatest;
        let any = open().any(stopped);
        let mut spent = Pt::ZERO;
        for (gap, size) in gaps.iter().zip(sizes.iter_mut()).filter(|(_, size)| size.is_none()) {
            // Those that reach a limit stay there; what they did not take goes to the others.
            if !any || stopped(gap) {
                let given = wanted(gap).max(gap.least).min(gap.greatest);
                spent += given - gap.natural;
                *size = Some(if any { given } else { in_steps(given).max(gap.least) });
            }
        }
        if !any {
            break;
        }
        rest -= spent;
    }
    gaps.iter().zip(sizes).map(|(gap, size)| size.unwrap_or(gap.natural)).collect()
}

fn in_steps(size: Pt) -> Pt {
    Pt((size.0 / STEP + 0.001).floor() * STEP)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADING: Glue = Glue::new(14.0, 18.0, 26.0, 4.0);
    const ROW: Glue = Glue::new(6.0, 8.0, 12.0, 2.0);
    const FIXED: Glue = Glue::fixed(Pt(5.0));

    fn sizes(gaps: &[Glue], over: f32) -> Vec<f32> {
        share(gaps, Pt(over)).into_iter().map(|size| size.0).collect()
    }

    #[test]
    fn what_is_left_over_is_shared_by_weight_and_what_is_missing_is_taken_back() {
        let table: [(&[Glue], f32, &[f32]); 7] = [
            (&[HEADING, ROW], 0.0, &[18.0, 8.0]),
            (&[HEADING, ROW], 6.0, &[22.0, 10.0]),
            (&[HEADING, ROW], -3.0, &[16.0, 7.0]),
            // More than all of them take stays at the foot.
            (&[HEADING, ROW], 90.0, &[26.0, 12.0]),
            // Less than the least is nobody's to give.
            (&[HEADING, ROW], -90.0, &[14.0, 6.0]),
            (&[HEADING, FIXED, HEADING], 8.0, &[22.0, 5.0, 22.0]),
            (&[FIXED], 8.0, &[5.0]),
        ];
        for (gaps, over, expected) in table {
            assert_eq!(sizes(gaps, over), expected, "{over} over");
        }
    }

    #[test]
    fn what_one_gap_cannot_take_goes_to_the_others() {
        let stiff = Glue::new(8.0, 8.0, 9.0, 4.0);
        assert_eq!(sizes(&[stiff, ROW], 5.0), [9.0, 12.0]);
        assert_eq!(sizes(&[stiff, HEADING], 5.0), [9.0, 22.0]);
    }

    #[test]
    fn gaps_never_take_more_than_there_is() {
        for over in [-7.3, -2.1, 0.4, 1.0, 3.3, 7.7, 12.9] {
            let gaps = [HEADING, ROW, ROW, HEADING, FIXED];
            let natural: f32 = gaps.iter().map(|gap| gap.natural.0).sum();
            let taken: f32 = sizes(&gaps, over).iter().sum();
            assert!(taken <= natural + over + 0.01, "{over}: {taken} of {}", natural + over);
        }
    }
}
