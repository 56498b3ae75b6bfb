//! What goes with a sheet: the note for the chart, and the questions to ask at the end. None of it knows who the patient is.

use super::Engine;
use crate::calendar;
use crate::diagnostic::Faults;
use crate::document::Document;
use crate::html::{CALENDAR_FILE, CalendarLink};
use crate::layout::Layout;
use crate::options::sections::SHOWS_EXERCISES;
use crate::request::Request;

impl Engine {
    /// The note for the chart about a sheet: plain text, without the patient's name. Of a layout it says only what had room
    /// there.
    ///
    /// # Errors
    /// As [`Engine::document`]; a folder's words that are too long for any note.
    pub fn chart_note(
        &self,
        request: &Request,
        document: &Document,
        layout: Option<&Layout>,
    ) -> Result<String, Faults> {
        let care = self.care(&request.treatment);
        let omitted: Vec<String> =
            layout.into_iter().flat_map(|layout| &layout.omitted).map(|part| part.id.clone()).collect();
        let is_gone = |id: &String| {
            omitted.iter().any(|part| part == SHOWS_EXERCISES || *part == format!("{SHOWS_EXERCISES}/{id}"))
        };
        let mut shown = self.shown_exercises(document);
        shown.retain(|id| !is_gone(id));
        let note = care.merger.chart_note(&care.library, request, &shown, &omitted)?;
        Ok(note.text().to_owned())
    }

    /// The moments of a sheet as an iCalendar file: when each limit ends, when to call, the next visit; without the patient's
    /// name.
    ///
    /// # Errors
    /// As [`Engine::document`].
    pub fn calendar(&self, request: &Request) -> Result<String, Faults> {
        let care = self.care(&request.treatment);
        Ok(calendar::file(&care.merger.calendar(&care.library, request)?))
    }

    /// The same for a link of a web page.
    pub(super) fn calendar_link(&self, request: &Request) -> Result<CalendarLink, Faults> {
        let care = self.care(&request.treatment);
        let moments = care.merger.calendar(&care.library, request)?;
        let address = calendar::address(&calendar::file(&moments));
        Ok(CalendarLink { address, file: CALENDAR_FILE, words: moments.link })
    }

    /// A text with a last line that says what made it: such a file is known again, and may be written over by the next run.
    pub fn marked(&self, text: &str) -> Vec<u8> {
        format!("{text}[aftercare {}]\n", self.first.library.version).into_bytes()
    }

    /// Three questions for the clinician to ask at the end, in the sheet's language.
    ///
    /// # Errors
    /// As [`Engine::document`].
    pub fn teach_back(&self, request: &Request) -> Result<Vec<String>, Faults> {
        let care = self.care(&request.treatment);
        care.merger.questions(&care.library, request)
    }
}
