//! Preflight: a finished file for the press is read back, from its bytes alone, and held against what a print shop and
//! PDF/X-4 (ISO 15930-7:2010) ask. The writer is not believed: nothing of it is used here.

mod colour;
mod document;
mod glyphs;
mod ink;
mod page;
mod read;
mod report;

use super::prepress::{PrintedColour, PrintedGround};
use crate::geometry::{Mm, Pt};
use crate::options::Marks;
use lopdf::Document;
use serde::Serialize;

/// What the file is held against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expectation {
    /// Colour beyond the trim.
    pub bleed: Pt,
    /// Folds of each page.
    pub folds: usize,
    /// What stands outside the bleed.
    pub marks: Marks,
}

/// What was found in a file.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Preflight {
    /// Who looked.
    pub producer: String,
    /// Nothing was found that a print shop would send back.
    pub ready: bool,
    pub faults: Vec<Fault>,
    /// What prints, and not as well as it could.
    pub warnings: Vec<Fault>,
    /// As the file names itself, e.g. `PDF/X-4`.
    pub standard: Option<String>,
    pub pdf_version: String,
    pub intent: Option<Intent>,
    /// The palette's roles as they print, where whoever made the file says them.
    pub colours: Vec<PrintedColour>,
    pub fonts: Vec<Font>,
    pub pages: Vec<Page>,
}

/// Something that a print shop would send back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Stable short name of the rule.
    pub rule: &'static str,
    /// From 1.
    pub page: Option<usize>,
    pub message: String,
}

/// The printing condition that the file is made for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Intent {
    pub condition: String,
    pub profile: Option<Profile>,
}

/// An ICC profile, by its head (ICC.1 7.2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Profile {
    /// `prtr`: an output device.
    pub class: String,
    pub space: String,
    pub bytes: usize,
}

/// A font that a page names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Font {
    pub name: String,
    pub embedded: bool,
}

/// What one page is.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Page {
    /// Left, bottom, right, top, points.
    pub media: Option<[f32; 4]>,
    pub trim: Option<[f32; 4]>,
    pub bleed: Option<[f32; 4]>,
    /// Trimmed width and height, millimetres.
    pub trimmed_mm: Option<[f32; 2]>,
    /// Colour spaces that something is painted in.
    pub spaces: Vec<String>,
    pub texts: usize,
    pub shapes: usize,
    pub images: usize,
    /// Of the image with the fewest.
    pub lowest_ppi: Option<f32>,
    /// Of the object that takes most, per cent.
    pub most_ink: f32,
    pub crop_marks: usize,
    pub fold_marks: usize,
    /// Runs of black text that print over what is below.
    pub overprinting_texts: usize,
}

/// Reads a file back.
pub fn preflight(bytes: &[u8], expected: &Expectation) -> Preflight {
    let mut found = Preflight { producer: super::metadata::CREATOR.to_owned(), ..Preflight::default() };
    match Document::load_mem(bytes) {
        Ok(file) => {
            document::check(&file, &mut found);
            for (index, id) in file.get_pages().into_values().enumerate() {
                page::check(&file, id, index + 1, expected, &mut found);
            }
            if found.pages.is_empty() {
                found.fault("pages", None, "the file has no page");
            }
        }
        Err(_) => found.fault("unreadable", None, "the file cannot be read"),
    }
    found.fonts.sort();
    found.fonts.dedup();
    for font in found.fonts.clone().iter().filter(|font| !font.embedded) {
        found.fault("font-not-embedded", None, format!("the font `{}` is not embedded", font.name));
    }
    found.ready = found.faults.is_empty();
    found
}

impl Preflight {
    fn fault(&mut self, rule: &'static str, page: Option<usize>, message: impl Into<String>) {
        let fault = Fault { rule, page, message: message.into() };
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }

    fn warning(&mut self, rule: &'static str, page: Option<usize>, message: impl Into<String>) {
        self.warnings.push(Fault { rule, page, message: message.into() });
    }
}

/// Points as millimetres, to a tenth.
fn millimetres(points: f32) -> f32 {
    let Mm(length) = Mm(points * 25.4 / 72.0);
    (length * 10.0).round() / 10.0
}
