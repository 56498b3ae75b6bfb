//! Who approved a treatment's texts in a language, and whether they still are what was approved. A record, no proof of who
//! wrote it: whoever can edit the folder can edit the record.

use chrono::NaiveDate;

/// What somebody signed for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    pub by: String,
    pub role: String,
    pub on: NaiveDate,
    /// The last day on which it holds.
    pub until: NaiveDate,
}

/// The record of a treatment's texts in a language, against what the folder holds now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Approval {
    #[default]
    None,
    /// What was added, changed or taken away since: files of the folder, or `claims`, `figures`, `numbers`.
    Changed(Signature, Vec<String>),
    Whole(Signature),
}

/// Why texts are a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Draft<'a> {
    Unsigned,
    Changed(&'a Signature, &'a [String]),
    Expired(&'a Signature),
    /// A day to come stands in the record.
    NotYet(&'a Signature),
}

impl Approval {
    /// The signature that holds on a day.
    ///
    /// # Errors
    /// Why none does: the texts are a draft then, and every output says so.
    pub fn on(&self, day: NaiveDate) -> Result<&Signature, Draft<'_>> {
        match self {
            Approval::None => Err(Draft::Unsigned),
            Approval::Changed(signature, what) => Err(Draft::Changed(signature, what)),
            Approval::Whole(signature) if day < signature.on => Err(Draft::NotYet(signature)),
            Approval::Whole(signature) if signature.until < day => Err(Draft::Expired(signature)),
            Approval::Whole(signature) => Ok(signature),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_signature_holds_from_its_day_to_its_last_and_for_the_texts_that_were_signed() {
        let signature = Signature {
            by: "Ann Lee".into(),
            role: "Physiotherapist".into(),
            on: day("2026-11-24"),
            until: day("2027-11-24"),
        };
        let whole = Approval::Whole(signature.clone());
        assert_eq!(whole.on(day("2026-11-23")), Err(Draft::NotYet(&signature)));
        assert_eq!(whole.on(day("2026-11-24")), Ok(&signature));
        assert_eq!(whole.on(day("2027-11-24")), Ok(&signature));
        assert_eq!(whole.on(day("2027-11-25")), Err(Draft::Expired(&signature)));
        assert_eq!(Approval::None.on(day("2026-11-24")), Err(Draft::Unsigned));
        let what = vec!["claims".to_owned()];
        let changed = Approval::Changed(signature.clone(), what.clone());
        assert_eq!(changed.on(day("2026-11-24")), Err(Draft::Changed(&signature, &what)));
    }
}
