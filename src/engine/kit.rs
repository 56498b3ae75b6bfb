//! All that is printed and shown of the general text, from one state of the folder: posters, cards, brochures, pictures.

use super::{BrochureRequest, Engine, Inspected, NoticeRequest, Rendered};
use crate::content::Pack;
use crate::diagnostic::{Diagnostic, Faults, Report};
use crate::locale::Language;
use crate::options::{Fold, Marks, Name, NoticeShape, Paper, Purpose};
use chrono::NaiveDate;

/// A treatment in a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KitRequest {
    pub treatment: Name,
    pub language: Language,
}

/// One file of a kit.
#[derive(Debug)]
pub struct Piece {
    /// In the folder of its treatment and language.
    pub name: String,
    pub kind: PieceKind,
    /// Its bytes, or why there are none.
    pub made: Result<Vec<u8>, Faults>,
    pub warnings: Vec<Diagnostic>,
}

/// What a file of a kit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    Notice(NoticeShape),
    Brochure(Fold, Paper, Purpose),
    /// What was found in the press file before it.
    Preflight,
    /// To share, in pixels.
    Picture {
        width: u32,
        height: u32,
    },
    /// Of the picture before it: what to write under it, and what it shows.
    Words,
}

/// Why a kit has no files for the press. It is no fault: an office prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPress {
    /// A line to write a number on is for one sheet, not for a thousand.
    NoPhone,
    /// Nobody signed the texts as they are.
    Draft,
}

impl Engine {
    /// The files of a treatment in a language, one after the other: what fails takes nothing else with it.
    pub fn kit(&self, asked: &KitRequest, today: NaiveDate) -> Vec<Piece> {
        let mut pieces: Vec<Piece> =
            NoticeShape::PRINTED.iter().map(|shape| self.notice_piece(asked, *shape, today)).collect();
        for fold in Fold::ALL {
            pieces.push(self.office_brochure(asked, *fold, today));
            if self.no_press(asked, today).is_none() {
                pieces.extend(self.press_brochure(asked, *fold, today));
            }
        }
        if self.library().clinic.phone.is_some() {
            pieces.extend(self.picture_pieces(asked, today));
        }
        pieces
    }

    /// Why there is nothing for the press.
    pub fn no_press(&self, asked: &KitRequest, today: NaiveDate) -> Option<NoPress> {
        let is_signed = |pack: &Pack| pack.approval.on(today).is_ok();
        let pack = self.library_of(&asked.treatment).packs.get(&asked.language);
        match () {
            () if self.library().clinic.phone.is_none() => Some(NoPress::NoPhone),
            () if !pack.is_some_and(is_signed) => Some(NoPress::Draft),
            () => None,
        }
    }

    fn notice_piece(&self, asked: &KitRequest, shape: NoticeShape, today: NaiveDate) -> Piece {
        let KitRequest { treatment, language } = asked.clone();
        let made = self.notice(&NoticeRequest { treatment, language, shape }, today);
        let (made, warnings) = parted(made);
        Piece { name: format!("{shape}.pdf"), kind: PieceKind::Notice(shape), made, warnings }
    }

    fn office_brochure(&self, asked: &KitRequest, fold: Fold, today: NaiveDate) -> Piece {
        let request = self.brochure_of(asked, fold, Purpose::Office);
        let made = self.brochure(&request, today);
        let (made, warnings) = parted(made);
        let name = format!("brochure-{fold}-{}.pdf", request.paper);
        Piece { name, kind: PieceKind::Brochure(fold, request.paper, Purpose::Office), made, warnings }
    }

    /// The file, and what its preflight found.
    fn press_brochure(&self, asked: &KitRequest, fold: Fold, today: NaiveDate) -> Vec<Piece> {
        let request = self.brochure_of(asked, fold, Purpose::Press);
        let Inspected { brochure, preflight } = self.inspected_brochure(&request, today);
        let (made, warnings) = parted(brochure);
        let stem = format!("brochure-{fold}-{}-press", request.paper);
        let kind = PieceKind::Brochure(fold, request.paper, Purpose::Press);
        let mut pieces = vec![Piece { name: format!("{stem}.pdf"), kind, made, warnings }];
        pieces.extend(preflight.map(|found| Piece {
            name: format!("{stem}-preflight.txt"),
            kind: PieceKind::Preflight,
            made: Ok(found.to_string().into_bytes()),
            warnings: Vec::new(),
        }));
        pieces
    }

    fn brochure_of(&self, asked: &KitRequest, fold: Fold, purpose: Purpose) -> BrochureRequest {
        let KitRequest { treatment, language } = asked.clone();
        let paper = self.library().clinic.paper;
        BrochureRequest { treatment, fold, paper, purpose, language, proof: false, marks: Marks::Crop }
    }
}

fn parted(made: Result<Report<Rendered>, Faults>) -> (Result<Vec<u8>, Faults>, Vec<Diagnostic>) {
    match made {
        Ok(Report { value, warnings }) => (Ok(value.bytes), warnings),
        Err(faults) => (Err(faults), Vec::new()),
    }
}
