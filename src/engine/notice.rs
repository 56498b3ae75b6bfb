//! Posters and cards of the general text.

use super::{Engine, Rendered, clash_fault, layout_fault, left_out, pdf_fault};
use crate::content::{PROFILE, check_advertising};
use crate::diagnostic::{Diagnostic, Faults, Place, Report, Sink};
use crate::document::Notice;
use crate::layout::Layout;
use crate::layout::notice::{NoticeError, notice};
use crate::locale::Language;
use crate::options::{Name, NoticeShape};
use crate::pdf;
use chrono::NaiveDate;

/// Which poster or card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeRequest {
    pub treatment: Name,
    pub language: Language,
    pub shape: NoticeShape,
}

/// What the address ends in, so that a server's log tells who came by it: `p` on paper, `s` on screens. A brochure has `b`.
fn medium(shape: NoticeShape) -> &'static str {
    if NoticeShape::SHOWN.contains(&shape) { "s" } else { "p" }
}

impl Engine {
    /// A poster or a card as tagged PDF. `today` decides only whether safety text may still be shown.
    ///
    /// # Errors
    /// Words that advertising rules forbid; safety text past its review date; a size that does not hold all warnings.
    pub fn notice(&self, asked: &NoticeRequest, today: NaiveDate) -> Result<Report<Rendered>, Faults> {
        let mut sink = Sink::default();
        check_advertising(self.library_of(&asked.treatment)).into_iter().for_each(|fault| sink.push(fault));
        sink.join(self.general_notice(asked, today))
    }

    /// As [`Engine::notice`], whatever its words are.
    pub(super) fn general_notice(
        &self,
        asked: &NoticeRequest,
        today: NaiveDate,
    ) -> Result<Report<Rendered>, Faults> {
        let Report { value: document, mut warnings } = self.merged_notice(asked, today)?;
        let layout = self.lay_out_notice(&document, asked.shape)?;
        warnings.extend(layout.omitted.iter().map(left_out));
        let bytes = pdf::render(self.pdf_engine()?, &layout, &document.meta).map_err(pdf_fault)?;
        let Layout { pages, omitted, .. } = layout;
        Ok(Report { value: Rendered { bytes, pages: pages.len(), omitted }, warnings })
    }

    /// A poster or a card with everything in its place.
    ///
    /// # Errors
    /// As [`Engine::notice`].
    pub fn notice_layout(&self, asked: &NoticeRequest, today: NaiveDate) -> Result<Layout, Faults> {
        self.lay_out_notice(&self.merged_notice(asked, today)?.value, asked.shape)
    }

    pub(super) fn merged_notice(
        &self,
        asked: &NoticeRequest,
        today: NaiveDate,
    ) -> Result<Report<Notice>, Faults> {
        let care = self.care(&asked.treatment);
        care.merger()?.merge_notice(&care.library, &asked.language, medium(asked.shape), today)
    }

    pub(super) fn lay_out_notice(&self, document: &Notice, shape: NoticeShape) -> Result<Layout, Faults> {
        let setter = self.setter_of(&document.meta);
        notice(document, shape, &self.library().brand, &setter).map_err(|error| match error {
            NoticeError::Layout(error) => layout_fault(&error).into(),
            NoticeError::Clashes(met) => Faults(met.iter().map(clash_fault).collect()),
            NoticeError::NoNumber(_) => Diagnostic::error("no-phone", error.to_string())
                .at(Place::file(PROFILE))
                .hint("write the clinic's `phone`")
                .into(),
            NoticeError::TooFull { .. } => Diagnostic::error("notice-full", error.to_string())
                .hint("shorten the warnings in safety.yaml")
                .into(),
        })
    }
}
