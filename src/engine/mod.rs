//! The façade: one clinic folder, loaded once and shared by all threads; requests in, handouts out.

mod beside;
mod brochure;
mod care;
mod check;
mod cover;
mod kit;
mod notice;
mod pictures;
mod repertoire;
mod scorecard;
mod site;
mod sources;
mod yours;

use care::Care;

pub use beside::Link;
pub use brochure::{BrochureRequest, Inspected};
pub use kit::{KitRequest, NoPress, Piece, PieceKind};
pub use notice::NoticeRequest;
pub use scorecard::{Fullness, Item, LeftOut, Level, Scorecard, Scorecards, Verdict, WordBudget};
pub use sources::Cited;

use crate::content::files::{Embedded, Files};
use crate::content::{self, FontFile, Library};
use crate::diagnostic::{Diagnostic, Faults, Report, Sink};
use crate::document::{Block, Document, Meta, Section, plain_text};
use crate::geometry::Pt;
use crate::html::{Beside, HtmlRenderer};
use crate::layout::clash::{Clash, clashes};
use crate::layout::paragraph::{Setter, Tongue};
use crate::layout::{Layout, LayoutError, Omitted, Style, layout};
use crate::merge::Merger;
use crate::options::keys::Keys;
use crate::pdf::{self, PdfEngine, PdfFonts, PdfWriter};
use crate::preview;
use crate::request::{self, RawRequest, Request};
use crate::text::{FaceFile, FaceFiles, FontSet, Unset};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, OnceLock};

/// A clinic folder, ready to make handouts: its treatments with their compiled texts, fonts, and caches of what sheets
/// share. Make it once; `&Engine` goes to as many threads as you like. What a caller never asks for (HTML, PDF fonts) is not
/// set up.
pub struct Engine {
    /// The clinic's first treatment.
    first: Care,
    others: Vec<Care>,
    fonts: Arc<FontSet>,
    setter: Setter,
    pdf: OnceLock<Result<PdfEngine, Faults>>,
    html: OnceLock<Result<HtmlRenderer, Faults>>,
    /// Which characters the texts hold, where that is known without reading them.
    characters: Option<&'static str>,
}

/// A finished PDF.
#[derive(Clone, Debug)]
pub struct Rendered {
    pub bytes: Vec<u8>,
    /// Sides of paper.
    pub pages: usize,
    /// What did not fit, in the order in which it went.
    pub omitted: Vec<Omitted>,
}

impl Engine {
    /// The clinic folder that is built into the program. Its texts are not tried out at every start: the test suite
    /// does that once, by way of [`Engine::load`].
    ///
    /// # Errors
    /// As [`Engine::load`]; a released program has none.
    pub fn built_in() -> Result<Report<Engine>, Faults> {
        let Report { value: folder, mut warnings } = content::load(&Embedded)?;
        let fonts = FontSet::new(&face_files(&folder.first))?;
        warnings.extend(fonts.passed_over().iter().cloned());
        let others = folder.others.into_iter().map(Care::later).collect();
        let mut engine = Engine::new(Care::later(folder.first), others, fonts);
        engine.characters = Some(repertoire::BUILT_IN);
        Ok(Report { value: engine, warnings })
    }

    /// A clinic folder of the same shape as the built-in one.
    ///
    /// # Errors
    /// Every fault of its content, templates, brand, pictures and fonts, each with file, line and hint.
    pub fn load(files: &dyn Files) -> Result<Report<Engine>, Faults> {
        let Report { value: folder, mut warnings } = content::load(files)?;
        let mut sink = Sink::default();
        let mut care = |library: Library| match Merger::of_folder(&library) {
            Ok(merger) => {
                merger.warnings.into_iter().for_each(|warning| sink.push_once(warning));
                Some(Care::new(library, merger.value))
            }
            Err(faults) => {
                faults.0.into_iter().for_each(|fault| sink.push_once(fault));
                None
            }
        };
        let first = care(folder.first);
        let others: Vec<Care> = folder.others.into_iter().filter_map(care).collect();
        let Report { value: first, warnings: more } = sink.finish(first)?;
        warnings.extend(more);
        let fonts = FontSet::new(&face_files(&first.library))?;
        warnings.extend(fonts.passed_over().iter().cloned());
        Ok(Report { value: Engine::new(first, others, fonts), warnings })
    }

    fn new(first: Care, others: Vec<Care>, fonts: FontSet) -> Engine {
        let fonts = Arc::new(fonts);
        Engine {
            first,
            others,
            setter: Setter::new(fonts.clone()),
            fonts,
            pdf: OnceLock::new(),
            html: OnceLock::new(),
            characters: None,
        }
    }

    /// What the clinic folder holds of the clinic's first treatment, with what all treatments share.
    pub fn library(&self) -> &Library {
        &self.first.library
    }

    /// What it holds of each treatment, in the clinic's order.
    pub fn treatments(&self) -> impl Iterator<Item = &Library> {
        self.cares().map(|care| &care.library)
    }

    /// What it holds of a treatment; of the clinic's first one when it has none of that name.
    pub fn library_of(&self, treatment: &str) -> &Library {
        &self.care(treatment).library
    }

    /// The font files that sheets are set in, by the number that a picture of a page names.
    pub fn faces(&self) -> impl Iterator<Item = &[u8]> {
        self.fonts.faces().map(|(_, face)| face.data())
    }

    /// Whether somebody signed the texts of a request, and the signature holds on the day on which the request is made.
    pub fn is_signed(&self, request: &Request) -> bool {
        let pack = self.library_of(&request.treatment).packs.get(&request.language);
        pack.is_some_and(|pack| pack.approval.on(request.today).is_ok())
    }

    /// The keys of requests for any of its treatments.
    pub fn keys(&self) -> &Keys {
        &self.first.library.keys
    }

    fn cares(&self) -> impl Iterator<Item = &Care> {
        std::iter::once(&self.first).chain(&self.others)
    }

    fn care(&self, treatment: &str) -> &Care {
        self.cares().find(|care| &*care.library.treatment.id == treatment).unwrap_or(&self.first)
    }

    /// A request as it is meant. `now` is the session's time when the request names none, and "today" for review dates.
    ///
    /// # Errors
    /// Every fault of the request at once. No message holds a patient's name or note.
    pub fn request(&self, raw: &RawRequest, now: DateTime<Utc>) -> Result<Report<Request>, Faults> {
        let known: Vec<&Library> = self.treatments().collect();
        request::resolve_among(raw, &known, now)
    }

    /// What the handout says: the meaning that both exporters start from.
    ///
    /// # Errors
    /// Safety text past its review date; a template that fails for this request.
    pub fn document(&self, request: &Request) -> Result<Report<Document>, Faults> {
        let care = self.care(&request.treatment);
        care.merger()?.merge(&care.library, request, &|character| self.fonts.covers(character))
    }

    /// The document in the request's edition, on its paper. Warnings name what did not fit.
    ///
    /// # Errors
    /// The emergency signs do not fit on page 1; a character that no font has; a note for which the edition's sides of paper
    /// have no room, whatever else is left out.
    pub fn layout(&self, document: &Document, request: &Request) -> Result<Report<Layout>, Faults> {
        let brand = &self.first.library.brand;
        let style = Style::new(request.edition, request.paper, &brand.palette);
        let setter = self.setter_of(document.meta());
        let layout = layout(document, &style, brand, &setter).map_err(|error| layout_fault(&error))?;
        let mut warnings: Vec<Diagnostic> = layout.omitted.iter().map(left_out).collect();
        if layout.pages.len() > style.max_pages {
            let sides = format!("{} sides, where {} are promised", layout.pages.len(), style.max_pages);
            if request.note.is_some() && self.fits_without_note(request, &style, &setter) {
                return Err(note_off_sheet(&sides).into());
            }
            warnings.push(Diagnostic::warning("too-many-sides", format!("the sheet takes {sides}")));
        }
        Ok(Report { value: layout, warnings })
    }

    /// Everything on a finished sheet that meets what it must not meet: see [`clash`](crate::layout::clash).
    pub fn clashes(&self, layout: &Layout, request: &Request) -> Vec<Clash> {
        let palette = &self.first.library.brand.palette;
        let style = Style::new(request.edition, request.paper, palette);
        clashes(layout, &self.fonts, style.inside_margins(), palette.paper)
    }

    /// Where words end on a side of a request's sheet.
    fn foot(&self, request: &Request) -> Pt {
        Style::new(request.edition, request.paper, &self.first.library.brand.palette)
            .inside_margins()
            .bottom()
    }

    /// Whether it is the note that takes the sheet over its sides, and not the folder's own text.
    fn fits_without_note(&self, request: &Request, style: &Style, setter: &Setter) -> bool {
        let document = self.document(&Request { note: None, ..request.clone() });
        let laid_out =
            document.ok().map(|bare| layout(&bare.value, style, &self.first.library.brand, setter));
        laid_out.is_some_and(|bare| bare.is_ok_and(|bare| bare.pages.len() <= style.max_pages))
    }

    /// The bytes of a laid-out document: tagged PDF, PDF/UA-1 and PDF/A-2a.
    ///
    /// # Errors
    /// A font that cannot be embedded; a date that a PDF cannot name.
    pub fn pdf(&self, layout: &Layout, document: &Document) -> Result<Vec<u8>, Faults> {
        pdf::render(self.pdf_engine()?, layout, document.meta()).map_err(pdf_fault)
    }

    /// The pages of a layout as pictures for a screen: one SVG each, of the very fragments that [`Engine::pdf`]
    /// writes.
    pub fn pictures(&self, layout: &Layout) -> Vec<String> {
        preview::pages(layout, &self.fonts)
    }

    /// The ids of the exercises that a document shows, in its order.
    pub fn shown_exercises(&self, document: &Document) -> Vec<String> {
        let sections = document.body().iter().flat_map(|group| &group.sections);
        let blocks = sections.flat_map(|section| &section.blocks);
        let exercises = blocks.filter_map(|block| match block {
            Block::Exercises(exercises) => Some(exercises),
            _ => None,
        });
        exercises.flatten().map(|exercise| exercise.id.clone()).collect()
    }

    /// The titles of the sections that a document holds, by id.
    pub fn section_titles(&self, document: &Document) -> BTreeMap<String, String> {
        let sections = document.body().iter().flat_map(|group| &group.sections);
        let title = |section: &Section| Some((section.id.clone(), plain_text(section.title.as_ref()?)));
        sections.filter_map(title).collect()
    }

    /// A PDF of many records, written as they come.
    ///
    /// # Errors
    /// A font that cannot be embedded; a date that a PDF cannot name.
    pub fn collection<W: Write>(&self, out: W, meta: &Meta) -> Result<PdfWriter<'_, W>, Faults> {
        PdfWriter::collection(out, self.pdf_engine()?, meta).map_err(pdf_fault)
    }

    /// The document as one HTML file with everything inside. A comment at its end says what made it, so that it is
    /// known again whatever the clinic's templates look like.
    ///
    /// # Errors
    /// A fault of an HTML template, with its place.
    pub fn html(&self, document: &Document, request: &Request) -> Result<String, Faults> {
        let calendar = self.calendar_link(request)?;
        let reach = self.care(&request.treatment).reach(&request.language)?;
        let beside = Beside { calendar: Some(&calendar), reach: Some(&reach) };
        let mut html = self.html_renderer()?.render_with(document, request.edition, beside)?;
        html.push_str(&format!("<!-- aftercare {} -->\n", self.first.library.version));
        Ok(html)
    }

    /// One patient's PDF.
    ///
    /// # Errors
    /// As [`Engine::document`], [`Engine::layout`] and [`Engine::pdf`].
    pub fn render_pdf(&self, request: &Request) -> Result<Report<Rendered>, Faults> {
        let Report { value: document, mut warnings } = self.document(request)?;
        let laid_out = self.layout(&document, request)?;
        warnings.extend(laid_out.warnings);
        let bytes = self.pdf(&laid_out.value, &document)?;
        let Layout { pages, omitted, .. } = laid_out.value;
        Ok(Report { value: Rendered { bytes, pages: pages.len(), omitted }, warnings })
    }

    /// One patient's web page.
    ///
    /// # Errors
    /// As [`Engine::document`] and [`Engine::html`].
    pub fn render_html(&self, request: &Request) -> Result<Report<String>, Faults> {
        let document = self.document(request)?;
        let html = self.html(&document.value, request)?;
        Ok(Report { value: html, warnings: document.warnings })
    }

    /// One patient's sheet as a screen reader reads the PDF.
    ///
    /// # Errors
    /// As [`Engine::document`] and [`Engine::layout`].
    pub fn render_text(&self, request: &Request) -> Result<Report<String>, Faults> {
        let Report { value: document, mut warnings } = self.document(request)?;
        let laid_out = self.layout(&document, request)?;
        warnings.extend(laid_out.warnings);
        Ok(Report { value: self.text(&laid_out.value, &document), warnings })
    }

    /// A laid-out sheet in words, and at its end whether the texts are approved: on paper that stands at the foot of every
    /// page, where nobody reads it out.
    pub fn text(&self, layout: &Layout, document: &Document) -> String {
        let approval = document.running().foot_right.split(" · ").next().unwrap_or_default();
        format!("{}\n{approval}\n", layout.read_aloud())
    }

    fn pdf_engine(&self) -> Result<&PdfEngine, Faults> {
        let made = self.pdf.get_or_init(|| {
            let characters = match self.characters {
                Some(known) => known.chars().collect(),
                None => repertoire::characters(self.treatments()),
            };
            let repertoire = repertoire::of(characters, self.library(), &self.setter)?;
            Ok(PdfEngine::new(PdfFonts::new(self.fonts.clone(), &repertoire).map_err(pdf_fault)?))
        });
        made.as_ref().map_err(Clone::clone)
    }

    /// The setter for texts in a document's language.
    fn setter_of(&self, meta: &Meta) -> Setter {
        let (language, units) = (Some(meta.language.clone()), meta.units.clone());
        self.setter.in_tongue(Tongue { language, direction: meta.direction, units, letters: meta.letters })
    }

    fn html_renderer(&self) -> Result<&HtmlRenderer, Faults> {
        let made = self.html.get_or_init(|| {
            HtmlRenderer::new(&site::sources(&self.first.library.templates.html), &self.first.library.brand)
        });
        made.as_ref().map_err(Clone::clone)
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("version", &self.first.library.version).finish_non_exhaustive()
    }
}

fn clash_fault(clash: &Clash) -> Diagnostic {
    Diagnostic::error("clash", clash.to_string()).hint("shorten the words there")
}

fn left_out(part: &Omitted) -> Diagnostic {
    crate::diagnostic::left_out(vec![part.id.clone()])
}

fn note_off_sheet(sides: &str) -> Diagnostic {
    let message = format!("the note does not fit: with it the sheet takes {sides}");
    Diagnostic::error("note-off-sheet", message).hint("shorten the note")
}

fn layout_fault(error: &LayoutError) -> Diagnostic {
    let code = match error {
        LayoutError::Unset(Unset::MissingGlyph { .. }) => "missing-glyph",
        LayoutError::Unset(Unset::Growing { .. }) => "unusable-font",
        LayoutError::SafetyOffPage => "layout",
    };
    Diagnostic::error(code, error.to_string())
}

fn pdf_fault(error: pdf::PdfError) -> Faults {
    match &error {
        pdf::PdfError::Photo { file, message } => cover::broken(file, message).into(),
        _ => Diagnostic::error("pdf", error.to_string()).into(),
    }
}

fn face_files(library: &Library) -> FaceFiles {
    let face = |file: &FontFile| FaceFile {
        path: file.path.clone(),
        data: file.data.clone(),
        index: file.index,
        is_tried: file.is_tried,
    };
    let fonts = &library.fonts;
    FaceFiles {
        regular: face(&fonts.regular),
        italic: face(&fonts.italic),
        semibold: face(&fonts.semibold),
        bold: face(&fonts.bold),
        fallback_regular: face(&fonts.fallback_regular),
        fallback_bold: face(&fonts.fallback_bold),
        scripts: fonts.scripts.iter().map(face).collect(),
        found: fonts.found.iter().map(face).collect(),
    }
}
