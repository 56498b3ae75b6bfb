//! How often and how long an exercise is done, as a request says it behind the exercise's id: `3x20`, `12`, `x30`.

/// What a request changes of an exercise's usual dose; what it does not say stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dose {
    pub times: Option<u32>,
    /// In seconds.
    pub hold: Option<u32>,
}

/// Digits of a number that can be one.
const DIGITS: usize = 4;

impl Dose {
    /// `3x20`, also `3 × 20 s`: three times 20 seconds. `12`: twelve times. `x30`: 30 seconds.
    pub fn read(text: &str) -> Option<Dose> {
        let text = text.trim().to_lowercase();
        let (times, hold) = match text.split_once(['x', '×']) {
            Some((times, hold)) => (times.trim(), Some(hold.trim())),
            None => (&*text, None),
        };
        let number = |text: &str| {
            let digits = (1..=DIGITS).contains(&text.len()) && text.bytes().all(|one| one.is_ascii_digit());
            digits.then(|| text.parse().ok()).flatten()
        };
        let hold = match hold {
            Some(hold) => Some(number(hold.strip_suffix('s').unwrap_or(hold).trim_end())?),
            None => None,
        };
        let times = if times.is_empty() && hold.is_some() { None } else { Some(number(times)?) };
        Some(Dose { times, hold })
    }

    pub fn is_usual(self) -> bool {
        self == Dose::default()
    }
}

/// As a request writes it.
impl std::fmt::Display for Dose {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(times) = self.times {
            write!(f, "{times}")?;
        }
        self.hold.map_or(Ok(()), |hold| write!(f, "x{hold}"))
    }
}

/// A number of a dose: what is usual, and between which a therapist may choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    pub usual: u32,
    pub from: u32,
    pub to: u32,
}

impl Amount {
    fn takes(self, number: u32) -> bool {
        (self.from..=self.to).contains(&number)
    }
}

/// The dose of an exercise, as its library declares it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dosage {
    pub times: Option<Amount>,
    /// In seconds.
    pub hold: Option<Amount>,
}

impl Dosage {
    /// What a request changes: what it says and what is not the usual. `None` beyond the bounds, and of an exercise that has
    /// no such number.
    pub fn changed(&self, dose: Dose) -> Option<Dose> {
        let number = |amount: Option<Amount>, asked: Option<u32>| match (amount, asked) {
            (_, None) => Some(None),
            (Some(amount), Some(asked)) if amount.takes(asked) => {
                Some((asked != amount.usual).then_some(asked))
            }
            _ => None,
        };
        Some(Dose { times: number(self.times, dose.times)?, hold: number(self.hold, dose.hold)? })
    }

    /// The least and the most of each number.
    pub fn bounds(&self) -> [Dose; 2] {
        [|amount: Amount| amount.from, |amount: Amount| amount.to]
            .map(|end: fn(Amount) -> u32| Dose { times: self.times.map(end), hold: self.hold.map(end) })
    }

    /// Both numbers, with those of a request in place of the usual ones.
    pub fn with(&self, dose: Dose) -> Dose {
        let usual = |amount: Option<Amount>| amount.map(|amount| amount.usual);
        Dose { times: dose.times.or(usual(self.times)), hold: dose.hold.or(usual(self.hold)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const USUAL: Dosage = Dosage {
        times: Some(Amount { usual: 3, from: 2, to: 4 }),
        hold: Some(Amount { usual: 20, from: 10, to: 30 }),
    };

    #[test]
    fn a_dose_is_read_as_people_write_it() {
        let dose = |times, hold| Some(Dose { times, hold });
        assert_eq!(Dose::read("3x20"), dose(Some(3), Some(20)));
        assert_eq!(Dose::read(" 3 × 20 s "), dose(Some(3), Some(20)));
        assert_eq!(Dose::read("3X20S"), dose(Some(3), Some(20)));
        assert_eq!(Dose::read("12"), dose(Some(12), None));
        assert_eq!(Dose::read("x30"), dose(None, Some(30)));
        for wrong in ["", "x", "3x", "left", "-3", "3.5", "3x20x2", "99999", "3x20 min"] {
            assert_eq!(Dose::read(wrong), None, "{wrong}");
        }
        assert_eq!(Dose::read("x30").map(|dose| dose.to_string()).as_deref(), Some("x30"));
    }

    #[test]
    fn bounds_hold_at_both_ends_and_the_usual_is_no_change() {
        let changed = |text: &str| Dose::read(text).and_then(|dose| USUAL.changed(dose));
        assert_eq!(changed("3x20"), Some(Dose::default()));
        assert_eq!(changed("2x30"), Some(Dose { times: Some(2), hold: Some(30) }));
        for beyond in ["1", "5", "x9", "x31"] {
            assert_eq!(changed(beyond), None, "{beyond}");
        }
        let movement = Dosage { hold: None, ..USUAL };
        assert_eq!(movement.changed(Dose { times: Some(4), hold: Some(20) }), None);
    }
}
