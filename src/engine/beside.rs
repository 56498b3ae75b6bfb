//! What goes with a sheet: the note for the chart, and the questions to ask at the end. None of it knows who the patient is.

use super::Engine;
use crate::calendar;
use crate::diagnostic::{Faults, Report};
use crate::document::Document;
use crate::html::{CALENDAR_FILE, CalendarLink, qr_path};
use crate::layout::Layout;
use crate::merge::own_page;
use crate::options::sections::SHOWS_EXERCISES;
use crate::request::Request;

/// An address with its QR code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub url: String,
    /// Path data of the dark modules, in a square of `side` units.
    pub code: String,
    pub side: usize,
}

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
        let note = care.merger()?.chart_note(&care.library, request, &shown, &omitted)?;
        Ok(note.text().to_owned())
    }

    /// The moments of a sheet as an iCalendar file: when each limit ends, when to call, the next visit; without the patient's
    /// name.
    ///
    /// # Errors
    /// As [`Engine::document`].
    pub fn calendar(&self, request: &Request) -> Result<String, Faults> {
        let care = self.care(&request.treatment);
        Ok(calendar::file(&care.merger()?.calendar(&care.library, request)?))
    }

    /// The same for a link of a web page.
    pub(super) fn calendar_link(&self, request: &Request) -> Result<CalendarLink, Faults> {
        let care = self.care(&request.treatment);
        let moments = care.merger()?.calendar(&care.library, request)?;
        let address = calendar::address(&calendar::file(&moments));
        Ok(CalendarLink { address, file: CALENDAR_FILE, words: moments.link })
    }

    /// Where the clinic's own site shows the times of a sheet; nothing without a site. The address says nothing of who the
    /// patient is, and what it does say stands where a browser sends it to nobody.
    pub fn link(&self, request: &Request) -> Option<Link> {
        let library = &self.care(&request.treatment).library;
        let url = own_page(library.clinic.site.as_deref()?, library, request);
        let (code, side) = qr_path(&url)?;
        Some(Link { url, code, side })
    }

    /// A text with a last line that says what made it: such a file is known again, and may be written over by the next run.
    pub fn marked(&self, text: &str) -> Vec<u8> {
        format!("{text}[aftercare {}]\n", self.first.library.version).into_bytes()
    }

    /// The request for a copy of a sheet in the language in which its texts were first written, for a clinician who does not
    /// read the patient's. Nothing where the sheet is in that language.
    pub fn source_request(&self, request: &Request) -> Option<Request> {
        let original = self.care(&request.treatment).library.original()?;
        let copy = || Request { language: original.language.clone(), ..request.clone() };
        (original.language != request.language).then(copy)
    }

    /// The copy that [`source_request`](Self::source_request) asks for, marked as one. Of the patient's sheet as it was laid out
    /// it has what had room there: a clinician takes nothing for said that is not.
    ///
    /// # Errors
    /// As [`Engine::document`].
    pub fn source_copy(&self, copy: &Request, sheet: &Layout) -> Result<Report<Document>, Faults> {
        let care = self.care(&copy.treatment);
        let mark = care.merger()?.copy_mark(&care.library, copy)?;
        let made = self.document(copy)?;
        let omitted = sheet.omitted.iter().map(|part| &*part.id).collect();
        Ok(Report { value: made.value.without(&omitted).marked(&mark), warnings: made.warnings })
    }

    /// A document with three questions for the clinician to ask at the end: in the sheet's language, without anything that was
    /// typed for the patient. Both are made of the same values.
    ///
    /// # Errors
    /// As [`Engine::document`].
    pub fn document_asking(&self, request: &Request) -> Result<(Report<Document>, Vec<String>), Faults> {
        let care = self.care(&request.treatment);
        care.merger()?.merge_asking(&care.library, request, &|character| self.fonts.covers(character))
    }
}
