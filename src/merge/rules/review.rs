//! Review dates: what is printed was read by somebody, and not too long ago.

use crate::content::Claim;
use crate::diagnostic::{Diagnostic, Place};
use crate::merge::compile::Review;
use chrono::NaiveDate;
use indexmap::IndexMap;

/// A date that has passed.
#[derive(Debug)]
pub struct Expired<'a> {
    /// The text that prints.
    text: &'a Review,
    /// The claim whose date it is; `None`: the text's own.
    claim: Option<&'a Claim>,
    date: NaiveDate,
}

impl Review {
    /// Every date that has passed on a day. A text may print on its date itself.
    pub fn expired<'a>(
        &'a self,
        today: NaiveDate,
        claims: &'a IndexMap<String, Claim>,
    ) -> impl Iterator<Item = Expired<'a>> {
        let own =
            (self.review_by < today).then_some(Expired { text: self, claim: None, date: self.review_by });
        let claims = self.claims.iter().filter_map(|id| claims.get(id));
        let claims = claims.filter(move |claim| claim.review_by < today);
        own.into_iter().chain(claims.map(|claim| Expired {
            text: self,
            claim: Some(claim),
            date: claim.review_by,
        }))
    }
}

impl Expired<'_> {
    /// Safety text does not print.
    pub fn as_error(&self) -> Diagnostic {
        let message = match self.claim {
            None => format!("{} was to be reviewed by {}, so it does not print", self.text.what, self.date),
            Some(claim) => format!(
                "the claim `{}` was to be reviewed by {}, so {} does not print",
                claim.id, self.date, self.text.what
            ),
        };
        Diagnostic::error(self.code(), message).at(self.place()).hint(self.help())
    }

    /// Any other text prints, and somebody should know.
    pub fn as_warning(&self) -> Diagnostic {
        let message = match self.claim {
            None => format!("{} was to be reviewed by {}", self.text.what, self.date),
            Some(claim) => {
                format!(
                    "{} rests on the claim `{}`, to be reviewed by {}",
                    self.text.what, claim.id, self.date
                )
            }
        };
        Diagnostic::warning(self.code(), message).at(self.place()).hint(self.help())
    }

    fn code(&self) -> &'static str {
        if self.claim.is_some() { "expired-claim" } else { "expired-text" }
    }

    fn place(&self) -> Place {
        self.claim.map_or(&self.text.place, |claim| &claim.place).clone()
    }

    fn help(&self) -> &'static str {
        match self.claim {
            None => "read the text again, mend it, then set `reviewed` and `review-by`",
            Some(_) => {
                "check the claim against its sources, mend the text, then set `reviewed` and `review-by`"
            }
        }
    }
}
