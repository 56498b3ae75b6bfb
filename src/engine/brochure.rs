//! The general text as a folded brochure.

use super::{Engine, Rendered, cover, layout_fault, pdf_fault};
use crate::content::{BRAND, PROFILE, check_advertising};
use crate::diagnostic::{Diagnostic, Faults, LEFT_OUT, Place, Report, Sink};
use crate::document::{Brochure, Part};
use crate::layout::brochure::{BrochureError, Sheet, brochure, dummy, slug};
use crate::layout::{Layout, Omitted};
use crate::locale::Language;
use crate::options::sections::NEXT_VISIT;
use crate::options::{Fold, Marks, Name, Paper, Purpose};
use crate::pdf;
use crate::pdf::preflight::{Expectation, Fault, Preflight, preflight};
use crate::pdf::prepress::{PressJob, PrintedColour, press_ready, printed_colours};
use chrono::NaiveDate;

/// Which brochure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrochureRequest {
    pub treatment: Name,
    pub fold: Fold,
    pub paper: Paper,
    pub purpose: Purpose,
    pub language: Language,
    /// The numbered paper model in place of the brochure.
    pub proof: bool,
    /// Of a file for the press.
    pub marks: Marks,
}

/// A brochure, with what was found when it was read back.
#[derive(Debug)]
pub struct Inspected {
    /// As [`Engine::brochure`].
    pub brochure: Result<Report<Rendered>, Faults>,
    /// Of a brochure for the press that was finished, whether or not it may go out.
    pub preflight: Option<Preflight>,
}

impl Engine {
    /// A folded brochure. `today` decides only whether safety text may still be shown; the date of the file is its
    /// text's.
    ///
    /// # Errors
    /// Words that advertising rules forbid; safety text past its review date; panels that make no brochure or do not
    /// hold what must be on them; text too near a fold or the trim; for the press, what the preflight of the finished
    /// bytes finds.
    pub fn brochure(&self, asked: &BrochureRequest, today: NaiveDate) -> Result<Report<Rendered>, Faults> {
        self.inspected_brochure(asked, today).brochure
    }

    /// As [`Engine::brochure`], with what the preflight found, be it good or bad.
    pub fn inspected_brochure(&self, asked: &BrochureRequest, today: NaiveDate) -> Inspected {
        let mut sink = Sink::default();
        check_advertising(self.library_of(&asked.treatment)).into_iter().for_each(|fault| sink.push(fault));
        if asked.purpose == Purpose::Press && !asked.proof && self.library().clinic.phone.is_none() {
            sink.push(no_number());
        }
        let merged = self.merged(asked, today);
        let merged = match merged {
            Ok(report) => sink.finish(Some(report)).map(|report| report.value),
            Err(faults) => {
                sink.extend(faults);
                Err(Faults(sink.into_vec()))
            }
        };
        merged
            .and_then(|mut merged| {
                let unplaced = self.unplaced(&merged.value, asked, today);
                merged.warnings.extend(unplaced);
                self.finished(merged, asked)
            })
            .unwrap_or_else(|faults| Inspected { brochure: Err(faults), preflight: None })
    }

    /// As [`Engine::brochure`], whatever its words are.
    pub(super) fn general_brochure(
        &self,
        asked: &BrochureRequest,
        today: NaiveDate,
    ) -> Result<Report<Rendered>, Faults> {
        let merged = self.merged(asked, today)?;
        self.finished(merged, asked)?.brochure
    }

    /// What stands where, whatever the words are, with what had no room.
    pub(super) fn laid_out_brochure(
        &self,
        asked: &BrochureRequest,
        today: NaiveDate,
    ) -> Result<Report<Layout>, Faults> {
        let Report { value: document, mut warnings } = self.merged(asked, today)?;
        let layout = self.lay_out_brochure(&document, asked)?;
        warnings.extend(layout.omitted.iter().map(off_panels));
        Ok(Report { value: layout, warnings })
    }

    pub(super) fn merged(
        &self,
        asked: &BrochureRequest,
        today: NaiveDate,
    ) -> Result<Report<Brochure>, Faults> {
        let care = self.care(&asked.treatment);
        care.merger()?.merge_brochure(&care.library, &asked.language, asked.fold, today)
    }

    /// Sections that the template puts on a panel of the other fold, and on none of this one.
    fn unplaced(&self, document: &Brochure, asked: &BrochureRequest, today: NaiveDate) -> Vec<Diagnostic> {
        let fold = if asked.fold == Fold::Tri { Fold::Half } else { Fold::Tri };
        let Ok(other) = self.merged(&BrochureRequest { fold, ..asked.clone() }, today) else {
            return Vec::new();
        };
        let placed: Vec<&str> = sections(document).collect();
        sections(&other.value).filter(|id| !placed.contains(id)).map(no_panel).collect()
    }

    fn finished(&self, merged: Report<Brochure>, asked: &BrochureRequest) -> Result<Inspected, Faults> {
        let Report { value: document, mut warnings } = merged;
        let mut layout = self.lay_out_brochure(&document, asked)?;
        warnings.extend(layout.omitted.iter().map(off_panels));
        let for_press = asked.purpose == Purpose::Press && !asked.proof;
        if for_press && asked.marks == Marks::Crop {
            self.add_slug(&mut layout, &document, asked)?;
        }
        let mut bytes = pdf::render(self.pdf_engine()?, &layout, document.meta()).map_err(pdf_fault)?;
        if for_press {
            bytes = self.press_bytes(&bytes, &document, asked)?;
        }
        warnings.extend(cover::no_picture(&document));
        let own = self.library().brand.cover.as_ref().map(|cover| cover.photo.file.as_str());
        let (coarse, wanting) = cover::coarse(&layout, own, for_press);
        warnings.extend(wanting);
        let preflight = for_press.then(|| Engine::preflight(&bytes, asked));
        let preflight = preflight.map(|found| self.with_colours(found, &mut warnings)).transpose()?;
        let found = preflight.iter().flat_map(|found| &found.faults).map(preflight_fault);
        let found: Vec<Diagnostic> = coarse.into_iter().chain(found).collect();
        let Layout { pages, omitted, .. } = layout;
        let made = Report { value: Rendered { bytes, pages: pages.len(), omitted }, warnings };
        Ok(Inspected { brochure: if found.is_empty() { Ok(made) } else { Err(Faults(found)) }, preflight })
    }

    /// The report with the palette as it prints, and a warning for each role that prints as another colour.
    fn with_colours(&self, found: Preflight, warnings: &mut Vec<Diagnostic>) -> Result<Preflight, Faults> {
        let colours = printed_colours(&self.library().brand.inks).map_err(pdf_fault)?;
        warnings.extend(colours.iter().filter(|colour| colour.is_another()).map(another_colour));
        Ok(Preflight { colours, ..found })
    }

    /// The brochure as a screen reader reads it.
    ///
    /// # Errors
    /// As [`Engine::brochure`].
    pub fn brochure_text(&self, asked: &BrochureRequest, today: NaiveDate) -> Result<String, Faults> {
        Ok(self.brochure_layout(asked, today)?.read_aloud())
    }

    /// The brochure with everything in its place.
    ///
    /// # Errors
    /// As [`Engine::brochure`].
    pub fn brochure_layout(&self, asked: &BrochureRequest, today: NaiveDate) -> Result<Layout, Faults> {
        Ok(self.laid_out_brochure(asked, today)?.value)
    }

    fn press_bytes(
        &self,
        bytes: &[u8],
        document: &Brochure,
        asked: &BrochureRequest,
    ) -> Result<Vec<u8>, Faults> {
        let sheet = Sheet::new(asked.fold, asked.paper, asked.purpose);
        let job = PressJob {
            trim: sheet.size,
            bleed: sheet.bleed(),
            folds: [sheet.folds(0), sheet.folds(1)],
            marks: asked.marks,
            inks: &self.library().brand.inks,
        };
        press_ready(bytes, &job, document.meta()).map_err(pdf_fault)
    }

    /// Which file, which content and which side, for whoever holds an untrimmed sheet.
    fn add_slug(
        &self,
        layout: &mut Layout,
        document: &Brochure,
        asked: &BrochureRequest,
    ) -> Result<(), Faults> {
        let BrochureRequest { treatment, fold, paper, language, .. } = asked;
        let version = &self.library().version;
        let what = format!("{treatment} · {language} · {fold} · {paper} · v{version}");
        let sheet = Sheet::new(*fold, *paper, Purpose::Press);
        let setter = self.setter_of(document.meta());
        slug(layout, &sheet, &what, &self.library().brand, &setter)
            .map_err(|error| layout_fault(&error).into())
    }

    /// What a finished brochure for the press is, read back from its bytes.
    pub fn preflight(bytes: &[u8], asked: &BrochureRequest) -> Preflight {
        let sheet = Sheet::new(asked.fold, asked.paper, Purpose::Press);
        let expected = Expectation { bleed: sheet.bleed(), folds: sheet.folds(0).len(), marks: asked.marks };
        preflight(bytes, &expected)
    }

    pub(super) fn lay_out_brochure(
        &self,
        document: &Brochure,
        asked: &BrochureRequest,
    ) -> Result<Layout, Faults> {
        let setter = self.setter_of(document.meta());
        let purpose = if asked.proof { Purpose::Office } else { asked.purpose };
        let sheet = Sheet::new(asked.fold, asked.paper, purpose);
        let brand = &self.library().brand;
        let made = match asked.proof {
            true => dummy(document, &sheet, brand, &setter),
            false => brochure(document, &sheet, brand, &setter),
        };
        made.map_err(layout_faults)
    }
}

pub(super) fn sections(document: &Brochure) -> impl Iterator<Item = &str> {
    let parts = document.panels().iter().flat_map(|panel| &panel.parts);
    parts.filter_map(|part| if let Part::Section(section) = part { Some(section.id.as_str()) } else { None })
}

/// What has no room on the panels in type that old eyes can read. Words stand on the web page all the same.
fn off_panels(part: &Omitted) -> Diagnostic {
    let is_to_look_at = part.priority == 0 || part.id == NEXT_VISIT;
    let elsewhere = if is_to_look_at { "" } else { "; the web page says it" };
    let message = format!("left out `{}`: the panels are full{elsewhere}", part.id);
    let fault = Diagnostic { names: vec![part.id.clone()], ..Diagnostic::warning(LEFT_OUT, message) };
    match part.id.starts_with("faq/") {
        true => fault.hint("a question that need not be on paper says `conditions: [\"not fold\"]`"),
        false => fault,
    }
}

pub(super) fn no_panel(section: &str) -> Diagnostic {
    let message = format!("left out `{section}`: no panel of this fold is for it, only of the other one");
    Diagnostic::warning(LEFT_OUT, message).hint("name it on a panel of this fold in brochure.md.tera")
}

/// A line to write on is for one sheet, not for a thousand.
fn no_number() -> Diagnostic {
    let message = "the brochure says \"Call us\" and has no number to call";
    let hint =
        "write the clinic's `phone`, or print it in the office with a line to write on: `--for office`";
    Diagnostic::error("no-phone", message).at(Place::file(PROFILE)).hint(hint)
}

fn another_colour(colour: &PrintedColour) -> Diagnostic {
    let PrintedColour { role, rgb, .. } = colour;
    let difference = colour.shown_difference();
    let message =
        format!("`{role}`, {rgb}, prints as another colour: ΔE00 {difference:.1}, people see more than 6");
    let hint =
        "choose a colour that inks reach, or write its inks under `press` and ask the print shop for a proof";
    Diagnostic::warning("press-colour", message).at(Place::file(BRAND)).hint(hint)
}

fn preflight_fault(fault: &Fault) -> Diagnostic {
    let page = fault.page.map(|page| format!("page {page}: ")).unwrap_or_default();
    Diagnostic::error("preflight", format!("{page}{} ({})", fault.message, fault.rule))
}

fn layout_faults(error: BrochureError) -> Faults {
    match error {
        BrochureError::TooNear(near) => {
            Faults(near.iter().map(|near| Diagnostic::error("too-near", near.to_string())).collect())
        }
        BrochureError::Clashes(clashes) => Faults(clashes.iter().map(super::clash_fault).collect()),
        BrochureError::TooFull { .. } => Diagnostic::error("panel-full", error.to_string())
            .hint("move a part to another panel in templates/brochure.md.tera")
            .into(),
        BrochureError::Layout(error) => layout_fault(&error).into(),
    }
}
