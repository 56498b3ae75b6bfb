//! Whom and what a text is for.

use super::windows::{Session, Windows};
use crate::content::{Fact, Library, Treatment};
use crate::locale::Zone;
use crate::options::chosen::Chosen;
use crate::options::{Fold, Name};
use crate::request::Request;
use chrono::DateTime;
use std::borrow::Cow;

/// Whom and what the texts are for.
#[derive(Clone, Debug)]
pub struct Situation<'a> {
    pub treatment: &'a Treatment,
    pub windows: Windows,
    /// `None`: public text, with spans in place of clock times.
    pub session: Option<Session>,
    /// Empty: none given.
    pub patient: &'a str,
    pub therapist: &'a str,
    /// Of the treatment's own options.
    pub chosen: Cow<'a, Chosen>,
    pub next_visit: Option<DateTime<Zone>>,
    pub has_note: bool,
    /// Of a brochure.
    pub fold: Option<Fold>,
}

impl<'a> Situation<'a> {
    /// `name`: the patient's, as far as it can be printed.
    pub fn of_request(
        library: &'a Library,
        request: &'a Request,
        session: Session,
        name: Option<&'a str>,
    ) -> Situation<'a> {
        Situation {
            treatment: &library.treatment,
            windows: Windows::of_session(library, &request.chosen),
            session: Some(session),
            patient: name.unwrap_or_default(),
            therapist: request.therapist.as_deref().map(|name| signed(library, name)).unwrap_or_default(),
            chosen: Cow::Borrowed(&request.chosen),
            next_visit: request.next_visit,
            has_note: request.note.is_some(),
            fold: None,
        }
    }

    /// Of the text for everybody.
    pub fn public(library: &'a Library) -> Situation<'a> {
        Situation {
            treatment: &library.treatment,
            windows: Windows::general(&library.protocol),
            session: None,
            patient: "",
            therapist: "",
            chosen: Cow::Owned(Chosen::default()),
            next_visit: None,
            has_note: false,
            fold: None,
        }
    }

    /// Whether a fact is true. Public text is for everybody, so there every region was treated, and nobody is known to be
    /// what a fact asks of the reader.
    pub fn is_true(&self, fact: &Fact) -> bool {
        match fact.of_regions && self.session.is_none() {
            true => true,
            false => fact.is_true(&self.chosen),
        }
    }

    /// The treated areas.
    pub fn regions(&self) -> &[Name] {
        self.treatment.regions_in(&self.chosen)
    }
}

/// A therapist as the sheet names them.
fn signed<'a>(library: &'a Library, name: &'a str) -> &'a str {
    let found = library.clinic.therapists.iter().find(|therapist| therapist.name == name);
    found.map_or(name, |therapist| &therapist.signed)
}
