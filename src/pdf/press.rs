//! Where printpdf works: operations become content, pages become dictionaries, the facts of a document become its
//! catalogue and information dictionary. What it gives is lopdf's objects, to be finished by the writer.

use super::PdfError;
use crate::document::Meta;
use crate::geometry::Size;
use crate::pdf::number::{from_hundredths, hundredths};
use crate::pdf::write::push_dictionary_entries;
use chrono::Datelike;
use lopdf::{Dictionary, Document, Object};
use printpdf::{Op, PdfDocument, PdfPage, PdfSaveOptions, Pt, Rect};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// A page as printpdf makes it, without what is only known to the writer.
struct PressedPage {
    pub dictionary: Dictionary,
    pub content: Vec<u8>,
}

/// Entries of the catalogue and of the information dictionary, without the brackets around them.
#[derive(Clone)]
pub(super) struct Skeleton {
    pub catalogue: Arc<str>,
    /// All but the dates.
    pub info: Arc<str>,
}

/// The skeletons that printpdf made: sheets of a language have the same title, author and subject.
#[derive(Default)]
pub(super) struct Skeletons {
    kept: Mutex<Vec<(Facts, Skeleton)>>,
}

/// Title, author and subject.
type Facts = [String; 3];

/// Skeletons kept; a batch has one a language and treatment.
const SKELETONS: usize = 32;

/// The page dictionaries that printpdf made, by width and height in hundredths of a point: all pages of a size share
/// theirs, and only what the writer knows is added.
#[derive(Default)]
pub(super) struct Sheets {
    kept: Mutex<BTreeMap<(i32, i32), Arc<str>>>,
}

/// Sizes kept; a clinic prints on one or two.
const SIZES: usize = 64;

impl Sheets {
    /// The entries of a page of this size, without the brackets around them.
    pub fn entries(&self, size: Size) -> Result<Arc<str>, PdfError> {
        let key = (hundredths(size.width), hundredths(size.height));
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entries) = kept.get(&key) {
            return Ok(entries.clone());
        }
        let mut dictionary = pages(vec![(size, Vec::new())])?.pop().ok_or(PdfError::Press)?.dictionary;
        for key in [&b"Parent"[..], b"Resources", b"Contents", b"Annots"] {
            dictionary.remove(key);
        }
        let mut entries = String::new();
        push_dictionary_entries(&mut entries, &dictionary);
        let entries: Arc<str> = entries.into();
        if kept.len() < SIZES {
            kept.insert(key, entries.clone());
        }
        Ok(entries)
    }
}

/// Turns pages of operations into dictionaries and content.
fn pages(pages: Vec<(Size, Vec<Op>)>) -> Result<Vec<PressedPage>, PdfError> {
    let mut document = PdfDocument::new("");
    document.pages = pages.into_iter().map(|(size, ops)| page(size, ops)).collect();
    let mut pressed = press(&document);
    let ids: Vec<_> = pressed.get_pages().into_values().collect();
    ids.into_iter().map(|id| take_page(&mut pressed, id).ok_or(PdfError::Press)).collect()
}

/// Turns each list of operations into bytes.
pub(super) fn contents(lists: Vec<Vec<Op>>) -> Result<Vec<String>, PdfError> {
    let pages_of = lists.into_iter().map(|ops| (Size::default(), ops)).collect();
    pages(pages_of)?
        .into_iter()
        .map(|page| String::from_utf8(page.content).map_err(|_| PdfError::Press))
        .collect()
}

impl Skeletons {
    /// The document around the pages. Never holds a patient's name: [`Meta`] has none.
    pub fn of(&self, meta: &Meta, creator: &str) -> Result<Skeleton, PdfError> {
        let is_same = |facts: &Facts| {
            let [title, author, subject] = facts;
            *title == meta.title && *author == meta.author && *subject == meta.description
        };
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, skeleton)) = kept.iter().find(|(facts, _)| is_same(facts)) {
            return Ok(skeleton.clone());
        }
        let skeleton = skeleton(meta, creator)?;
        if kept.len() == SKELETONS {
            kept.clear();
        }
        let facts = [&meta.title, &meta.author, &meta.description].map(String::clone);
        kept.push((facts, skeleton.clone()));
        Ok(skeleton)
    }
}

fn skeleton(meta: &Meta, creator: &str) -> Result<Skeleton, PdfError> {
    let mut document = PdfDocument::new(&meta.title);
    let info = &mut document.metadata.info;
    info.author.clone_from(&meta.author);
    info.subject.clone_from(&meta.description);
    info.creator = creator.to_owned();
    info.producer = creator.to_owned();
    let mut pressed = press(&document);
    let mut take = |key: &[u8]| {
        let id = pressed.trailer.get(key).and_then(Object::as_reference).ok()?;
        match pressed.objects.remove(&id)? {
            Object::Dictionary(dictionary) => Some(dictionary),
            _ => None,
        }
    };
    let (mut catalogue, mut info) =
        (take(b"Root").ok_or(PdfError::Press)?, take(b"Info").ok_or(PdfError::Press)?);
    // The writer's own.
    catalogue.remove(b"Pages");
    // Entries for print shops that say nothing here, and dates, which differ from sheet to sheet.
    for key in [&b"Trapped"[..], b"GTS_PDFXVersion", b"Identifier", b"Keywords", b"CreationDate", b"ModDate"]
    {
        info.remove(key);
    }
    let [mut entries, mut facts] = [String::new(), String::new()];
    push_dictionary_entries(&mut entries, &catalogue);
    push_dictionary_entries(&mut facts, &info);
    Ok(Skeleton { catalogue: entries.into(), info: facts.into() })
}

/// `D:20261015171500+00'00'` (ISO 32000-1 7.9.4).
pub(super) fn date(meta: &Meta) -> Result<String, PdfError> {
    if !(0..=9999).contains(&meta.date.year()) {
        return Err(PdfError::Date);
    }
    Ok(meta.date.format("D:%Y%m%d%H%M%S+00'00'").to_string())
}

fn press(document: &PdfDocument) -> Document {
    let options =
        PdfSaveOptions { optimize: false, subset_fonts: false, secure: false, image_optimization: None };
    document.to_lopdf_document(&options, &mut Vec::new())
}

fn page(size: Size, ops: Vec<Op>) -> PdfPage {
    let [width, height] = [size.width, size.height].map(|side| Pt(from_hundredths(hundredths(side))));
    let sheet = Rect::from_wh(width, height);
    PdfPage { media_box: sheet.clone(), trim_box: sheet.clone(), crop_box: sheet, ops }
}

fn take_page(pressed: &mut Document, id: lopdf::ObjectId) -> Option<PressedPage> {
    let Some(Object::Dictionary(dictionary)) = pressed.objects.remove(&id) else { return None };
    let content = dictionary.get(b"Contents").and_then(Object::as_reference).ok()?;
    match pressed.objects.remove(&content)? {
        Object::Stream(stream) => Some(PressedPage { dictionary, content: stream.content }),
        _ => None,
    }
}
