//! What sheets leave out because their sides are full.

use super::super::check::usual_request;
use super::super::{Engine, layout_fault};
use crate::content::{Library, Pack};
use crate::diagnostic::Faults;
use crate::document::{Document, Origin, Passage, passages};
use crate::layout::{Shape, Style, Tag, layout};
use crate::options::sections::{FAQ, SHOWS_EXERCISES};
use crate::options::{Edition, Name, Paper};
use crate::readability::words_of;
use crate::request::Request;
use chrono::{DateTime, Utc};

/// More sides than any sheet needs whose parts all stay.
const ALL_SIDES: usize = 40;

/// A sheet that leaves parts out.
#[derive(Clone, Debug)]
pub struct LeftOut {
    pub treatment: Name,
    pub language: String,
    /// A preset's id; nothing for the usual choices.
    pub preset: Option<String>,
    pub edition: Edition,
    pub paper: Paper,
    /// The parts, in the order in which they went.
    pub parts: Vec<String>,
    /// How many lines the whole sheet would have beyond its sides.
    pub lines: usize,
}

/// How many words the sheets of an edition have room for.
#[derive(Clone, Debug)]
pub struct WordBudget {
    pub treatment: Name,
    pub language: String,
    pub edition: Edition,
    pub paper: Paper,
    /// Of the fullest sheet, whether they stand on it or not.
    pub words: usize,
    /// Of those, as many as stand on the fullest sheet that leaves something out; nothing where all sheets hold all.
    pub fit: Option<usize>,
}

/// What the sheets of one edition on one paper leave out.
#[derive(Clone, Debug)]
pub struct Fullness {
    pub left_out: Vec<LeftOut>,
    pub budget: WordBudget,
}

impl Engine {
    /// Of the usual choices and of each preset, in each edition on each paper: the sheets that leave something out.
    pub(super) fn left_out(
        &self,
        library: &Library,
        pack: &Pack,
        now: DateTime<Utc>,
    ) -> Result<Vec<Fullness>, Faults> {
        let mut found = Vec::new();
        for edition in Edition::ALL {
            for paper in Paper::ALL {
                let usual = usual_request(library, pack, now, *edition, *paper);
                found.push(self.fullness(library, pack, &usual)?);
            }
        }
        Ok(found)
    }

    fn fullness(&self, library: &Library, pack: &Pack, usual: &Request) -> Result<Fullness, Faults> {
        let (treatment, language) = (&library.treatment.id, pack.language.tag());
        let budget = WordBudget {
            treatment: treatment.clone(),
            language: language.to_owned(),
            edition: usual.edition,
            paper: usual.paper,
            words: 0,
            fit: None,
        };
        let mut found = Fullness { left_out: Vec::new(), budget };
        let presets = library.presets.iter().map(|preset| {
            let mut request = usual.clone();
            for (option, answer) in preset.chosen.iter() {
                request.chosen.set(option.clone(), answer.clone());
            }
            (Some(preset.id.to_string()), request)
        });
        for (preset, request) in std::iter::once((None, usual.clone())).chain(presets) {
            let sheet = self.sheet(&request)?;
            found.budget.words = found.budget.words.max(sheet.words);
            if sheet.parts.is_empty() {
                continue;
            }
            found.budget.fit = found.budget.fit.max(Some(sheet.fit));
            found.left_out.push(LeftOut {
                treatment: treatment.clone(),
                language: language.to_owned(),
                preset,
                edition: usual.edition,
                paper: usual.paper,
                parts: sheet.parts,
                lines: sheet.lines,
            });
        }
        Ok(found)
    }

    /// What a sheet leaves out, and how many lines it has beyond its sides when it leaves nothing out.
    fn sheet(&self, request: &Request) -> Result<Sheet, Faults> {
        let document = self.document(request)?.value;
        let parts: Vec<String> =
            self.layout(&document, request)?.value.omitted.into_iter().map(|part| part.id).collect();
        let passages = passages(&document);
        let words = |passage: &Passage| passage.lines.iter().flat_map(|line| words_of(line)).count();
        let stands = |passage: &&Passage| !parts.iter().any(|part| is_of(passage, part));
        let (all, fit) = (passages.iter().map(words).sum(), passages.iter().filter(stands).map(words).sum());
        let lines = if parts.is_empty() { 0 } else { self.lines_beyond(&document, request)? };
        Ok(Sheet { parts, lines, words: all, fit })
    }

    fn lines_beyond(&self, document: &Document, request: &Request) -> Result<usize, Faults> {
        let brand = &self.first.library.brand;
        let style = Style::new(request.edition, request.paper, &brand.palette);
        let sides = style.max_pages;
        let whole = Style { max_pages: ALL_SIDES, ..style };
        let setter = self.setter_of(document.meta());
        let whole = layout(document, &whole, brand, &setter).map_err(|error| layout_fault(&error))?;
        let beyond = whole.pages.iter().skip(sides).flat_map(|page| &page.fragments);
        let lines = beyond.filter(|fragment| {
            matches!(fragment.shape, Shape::Line { .. }) && matches!(fragment.tag, Tag::Element(_))
        });
        Ok(lines.count())
    }
}

/// A sheet with its parts counted.
struct Sheet {
    parts: Vec<String>,
    lines: usize,
    words: usize,
    fit: usize,
}

/// Whether a passage goes with a part that a sheet leaves out: a section, or a question or exercise of one.
fn is_of(passage: &Passage, part: &str) -> bool {
    let id = part.rsplit('/').next().unwrap_or(part);
    match &passage.origin {
        Origin::Section(own) => own == part,
        Origin::Question(own) => own == id || part == FAQ,
        Origin::Exercise(own) => own == id || part == SHOWS_EXERCISES,
        Origin::QuickAnswer | Origin::Timeline | Origin::Safety => false,
    }
}
