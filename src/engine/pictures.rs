//! Pictures to share: the quick answer for links, and posts, stories and screens. Each says what it is about, who says so, when
//! it is an emergency and whom to call, or is not made.

use super::kit::{KitRequest, Piece, PieceKind};
use super::notice::NoticeRequest;
use super::{Care, Engine};
use crate::content::{PROFILE, check_advertising};
use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::document::{Document, Notice, Text, plain_text};
use crate::html::site::SitePicture;
use crate::layout::Layout;
use crate::locale::Language;
use crate::options::NoticeShape;
use crate::social::{self, Card, Format, Paint, Pictures, SocialError, Told};
use crate::text::Unset;
use chrono::NaiveDate;

/// A picture, with what stands on it in words.
struct Picture {
    name: String,
    size: (u32, u32),
    png: Vec<u8>,
    alt: String,
}

impl Engine {
    /// The quick answer as pictures; none where nobody knows how to reach the clinic.
    pub(super) fn pictures_of(
        &self,
        (care, language): (&Care, &Language),
        document: &Document,
        today: NaiveDate,
        paint: Paint,
    ) -> Result<Vec<SitePicture>, Faults> {
        let (emergency, reach) = care.merger()?.lines_to_call(&care.library, language, today)?;
        let Some(reach) = reach else { return Ok(Vec::new()) };
        let meta = document.meta();
        let card = Card {
            document,
            lines: [&emergency, &reach],
            clinic: &self.library().clinic.name,
            language: meta.language.tag(),
            brand: &self.library().brand,
            setter: &self.setter_of(meta),
        };
        let picture = |format: &Format| {
            let Pictures { svg, png } = social::pictures(&card, *format, &self.mark(), paint)
                .map_err(|error| picture_fault(&error))?;
            let (width, height) = format.size();
            let alt = format!("{}. {}", card.title(), card.description());
            Ok(SitePicture { format: format.name(), width, height, alt, svg, png })
        };
        Format::ALL.iter().map(picture).collect()
    }

    fn mark(&self) -> String {
        format!("aftercare {}", self.library().version)
    }

    /// Every picture of a kit, each with a text beside it: what to write under it, and what it shows for who cannot see it.
    pub(super) fn picture_pieces(&self, asked: &KitRequest, today: NaiveDate) -> Vec<Piece> {
        let failed = |name: &str, faults| Piece {
            name: format!("pictures/{name}.png"),
            kind: PieceKind::Picture { width: 0, height: 0 },
            made: Err(faults),
            warnings: Vec::new(),
        };
        let rules: Vec<Diagnostic> = check_advertising(self.library_of(&asked.treatment));
        let forbidden = rules.iter().any(|fault| fault.severity == crate::diagnostic::Severity::Error);
        let prepared = if forbidden { Err(Faults(rules)) } else { self.notice_of(asked, today) };
        let notice = match prepared {
            Ok(notice) => notice,
            Err(faults) => return vec![failed("all", faults)],
        };
        let mut pieces = Vec::new();
        let mut add = |name: &str, made: Result<Vec<Picture>, Faults>| match made {
            Ok(pictures) => pieces.extend(pictures.into_iter().flat_map(|one| self.with_words(&notice, one))),
            Err(faults) => pieces.push(failed(name, faults)),
        };
        add("wide", self.answer_pictures(asked, today));
        for shape in NoticeShape::SHOWN {
            add(shape.name(), self.shown(&notice, shape));
        }
        pieces
    }

    /// The words are the same in every shape.
    fn notice_of(&self, asked: &KitRequest, today: NaiveDate) -> Result<Notice, Faults> {
        let KitRequest { treatment, language } = asked.clone();
        let asked = NoticeRequest { treatment, language, shape: NoticeShape::Story };
        Ok(self.merged_notice(&asked, today)?.value)
    }

    fn answer_pictures(&self, asked: &KitRequest, today: NaiveDate) -> Result<Vec<Picture>, Faults> {
        let care = self.care(&asked.treatment);
        let document = care.merger()?.merge_public(&care.library, &asked.language, today)?.value;
        let made = self.pictures_of((care, &asked.language), &document, today, Paint::Painted)?;
        let picture = |one: SitePicture| {
            let SitePicture { format, width, height, alt, png, .. } = one;
            Picture { name: format.to_owned(), size: (width, height), png, alt }
        };
        Ok(made.into_iter().map(picture).collect())
    }

    /// A picture a page; the pages of a set are numbered.
    fn shown(&self, notice: &Notice, shape: NoticeShape) -> Result<Vec<Picture>, Faults> {
        let Layout { pages, elements, .. } = self.lay_out_notice(notice, shape)?;
        let count = pages.len();
        let mut pictures = Vec::with_capacity(count);
        for (index, page) in pages.into_iter().enumerate() {
            let one = Layout { pages: vec![page], elements: elements.clone(), ..Layout::default() };
            let alt = one.read_aloud();
            let told = Told {
                title: &notice.meta.title,
                description: &alt,
                language: notice.meta.language.tag(),
                mark: &self.mark(),
            };
            let paper = self.library().brand.palette.paper;
            for page in &one.pages {
                let png = social::of_page(page, &told, &self.fonts, paper)
                    .map_err(|error| picture_fault(&error))?;
                let size = (page.size.width.0 as u32, page.size.height.0 as u32);
                let name = match count {
                    1 => shape.name().to_owned(),
                    _ => format!("{shape}-{}", index + 1),
                };
                pictures.push(Picture { name, size, png, alt: alt.clone() });
            }
        }
        Ok(pictures)
    }

    /// The picture, and a file of words for it.
    fn with_words(&self, notice: &Notice, picture: Picture) -> [Piece; 2] {
        let Picture { name, size: (width, height), png, alt } = picture;
        let words = words(notice, &alt, &self.mark());
        let piece = |ending: &str, kind, bytes| Piece {
            name: format!("pictures/{name}.{ending}"),
            kind,
            made: Ok(bytes),
            warnings: Vec::new(),
        };
        [
            piece("png", PieceKind::Picture { width, height }, png),
            piece("txt", PieceKind::Words, words.into_bytes()),
        ]
    }
}

/// What to write under a picture: the treatment, the answer, when it is an emergency, whom to call, where to read more.
fn words(notice: &Notice, alt: &str, mark: &str) -> String {
    let said = |text: &Text| plain_text(text).replace('\u{a0}', " ");
    let answer = format!("{} {}", said(&notice.quick.lead), said(&notice.quick.answer));
    let address = notice.code.iter().map(|code| code.code.url().to_owned());
    let caption = [notice.meta.title.clone(), answer, said(&notice.emergency)];
    let caption = caption.into_iter().chain(notice.reach.iter().map(said)).chain(address);
    let from = format!("{}, {}", said(&notice.clinic), said(&notice.city));
    let caption: Vec<String> = caption.chain([from, said(&notice.imprint)]).collect();
    format!("Caption:\n{}\n\nAlternative text:\n{}\n\n[{mark}]\n", caption.join("\n"), alt.trim())
}

pub(super) fn no_pictures() -> Diagnostic {
    let message = "there are no pictures to share: they would not say whom to call";
    Diagnostic::warning("no-way-to-call", message)
        .at(Place::file(PROFILE))
        .hint("write the clinic's `phone`, or a `nurse-line`")
}

pub(super) fn picture_fault(error: &SocialError) -> Diagnostic {
    let code = match error {
        SocialError::Text(Unset::MissingGlyph { .. }) => "missing-glyph",
        SocialError::Text(Unset::Growing { .. }) => "unusable-font",
        _ => "picture",
    };
    Diagnostic::error(code, error.to_string())
}
