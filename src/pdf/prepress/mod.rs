//! Prepress: a laid-out brochure becomes **PDF/X-4** (ISO 15930-7:2010). The file is drawn as any other first; here its
//! colours become inks, its pages get bleed and marks, and it says for which printing condition it is made.
//!
//! Nothing here is believed: `preflight` reads the finished bytes back.

mod condition;
mod images;
mod inks;
mod intent;
mod marks;
mod separation;

pub use inks::{PrintedColour, PrintedGround, printed_colours};

use super::PdfError;
use crate::brand::Inks;
use crate::document::Meta;
use crate::geometry::{Pt, Size};
use crate::options::Marks;
use inks::PressInks;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use separation::Separator;
use sha2::{Digest, Sha256};

/// What a print shop is given.
#[derive(Clone, Debug)]
pub struct PressJob<'a> {
    /// Of the trimmed sheet.
    pub trim: Size,
    /// Colour beyond the trim, all round.
    pub bleed: Pt,
    /// From the left edge of the trim, a list a page.
    pub folds: [Vec<Pt>; 2],
    pub inks: &'a Inks,
    pub marks: Marks,
}

impl PressJob<'_> {
    /// From the trim to the edge of the paper.
    fn margin(&self) -> Pt {
        match self.marks {
            Marks::Crop => self.bleed + SLUG,
            Marks::None => self.bleed,
        }
    }
}

/// From the trim to the edge of the paper, beyond the bleed: room for marks.
const SLUG: Pt = Pt(21.0);

/// PDF/X-4 is based on PDF 1.6 (ISO 15930-7, 6.1).
const VERSION: &str = "1.6";

/// A finished file for the office as one for the press. The same file and job give the same bytes.
///
/// # Errors
///
/// [`PdfError::Press`] when the file cannot be read back.
pub fn press_ready(file: &[u8], job: &PressJob<'_>, meta: &Meta) -> Result<Vec<u8>, PdfError> {
    let mut document = Document::load_mem(file).map_err(|_| PdfError::Press)?;
    document.version = VERSION.to_owned();
    // Object streams have been read; their husks would go into the new file.
    document.objects.retain(|_, object| !is_husk(object));
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let inks = PressInks::new(job.inks)?;
    forms(&mut document, &inks)?;
    images::to_inks(&mut document, &inks)?;
    for (index, page) in pages.into_iter().enumerate() {
        press_page(&mut document, page, index, job, &inks)?;
    }
    let identity = identity(file, job);
    intent::declare(&mut document, meta, &identity)?;
    document.trailer.remove(b"Prev");
    let id = Object::String(identity.to_vec(), lopdf::StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).map_err(PdfError::Write)?;
    Ok(bytes)
}

fn is_husk(object: &Object) -> bool {
    let kind = object.as_stream().ok().and_then(|stream| stream.dict.get(b"Type").ok()?.as_name().ok());
    kind.is_some_and(|kind| kind == b"ObjStm" || kind == b"XRef")
}

fn identity(file: &[u8], job: &PressJob<'_>) -> [u8; 16] {
    let mut digest = Sha256::new();
    digest.update(file);
    digest.update(format!("{job:?}"));
    let mut identity = [0; 16];
    identity.copy_from_slice(&digest.finalize()[..16]);
    identity
}

/// Pictures are forms: their colours become inks too.
fn forms(document: &mut Document, inks: &PressInks) -> Result<(), PdfError> {
    let is_form = |object: &Object| {
        let kind =
            object.as_stream().ok().and_then(|stream| stream.dict.get(b"Subtype").ok()?.as_name().ok());
        kind == Some(b"Form")
    };
    for object in document.objects.values_mut().filter(|object| is_form(object)) {
        let Ok(form) = object.as_stream_mut() else { continue };
        let content = form.decompressed_content().map_err(|_| PdfError::Press)?;
        let separated = Separator::of_form(inks).content(&content)?;
        let mut entries = form.dict.clone();
        entries.remove(b"Filter");
        *form = packed(entries, separated);
    }
    Ok(())
}

fn packed(entries: Dictionary, content: Vec<u8>) -> Stream {
    let mut stream = Stream::new(entries, content);
    // Without a filter the stream is as good, only longer.
    let _ = stream.compress();
    stream
}

fn press_page(
    document: &mut Document,
    page: ObjectId,
    index: usize,
    job: &PressJob<'_>,
    inks: &PressInks,
) -> Result<(), PdfError> {
    let content = document.get_page_content(page);
    let margin = job.margin();
    let mut drawn = format!("q 1 0 0 1 {} {} cm\n", margin.0, margin.0).into_bytes();
    drawn.extend(Separator::new(inks).content(&content)?);
    drawn.extend_from_slice(b"\nQ\n");
    if job.marks == Marks::Crop {
        let folds = job.folds.get(index).map_or(&[][..], Vec::as_slice);
        drawn.extend(marks::marks(job.trim, job.bleed, margin, folds).into_bytes());
    }
    let content = document.add_object(packed(Dictionary::new(), drawn));
    let resources = resources(document, page)?;
    let rectangle = |out: Pt| {
        let edges =
            [margin - out, margin - out, margin + job.trim.width + out, margin + job.trim.height + out];
        Object::Array(edges.map(|edge| Object::Real(edge.0)).into())
    };
    let media = rectangle(margin);
    let (trim, bleed) = (rectangle(Pt::ZERO), rectangle(job.bleed));
    let entries = document.get_object_mut(page).and_then(Object::as_dict_mut).map_err(|_| PdfError::Press)?;
    for key in [&b"CropBox"[..], b"ArtBox", b"Annots", b"Tabs"] {
        entries.remove(key);
    }
    entries.set("MediaBox", media);
    entries.set("BleedBox", bleed);
    entries.set("TrimBox", trim);
    entries.set("Contents", content);
    entries.set("Resources", resources);
    Ok(())
}

/// The page's resources with what inks and marks need.
fn resources(document: &Document, page: ObjectId) -> Result<Dictionary, PdfError> {
    let (own, above) = document.get_page_resources(page).map_err(|_| PdfError::Press)?;
    let above = above.first().and_then(|id| document.get_dictionary(*id).ok());
    let mut resources = own.or(above).cloned().unwrap_or_default();
    let overprint = |on: bool| {
        Object::Dictionary(dictionary! { "Type" => "ExtGState", "OP" => on, "op" => on, "OPM" => 1 })
    };
    resources.set(
        "ExtGState",
        dictionary! { separation::OVERPRINT => overprint(true), separation::KNOCKOUT => overprint(false) },
    );
    resources.set("ColorSpace", dictionary! { marks::ALL => marks::all_plates() });
    Ok(resources)
}
