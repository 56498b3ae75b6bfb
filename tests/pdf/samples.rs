//! Sheets that the real layout makes, over editions, papers and lengths.

use crate::sheet::FONTS;
use aftercare::document::{Document, sample};
use aftercare::layout::paragraph::Setter;
use aftercare::layout::{Layout, Style, layout};
use aftercare::options::{Edition, Paper};
use aftercare::pdf::{PdfEngine, PdfFonts, Repertoire, render};
use std::sync::LazyLock;

pub struct Sample {
    pub name: String,
    pub document: Document,
    pub layout: Layout,
}

impl Sample {
    pub fn pdf(&self) -> Vec<u8> {
        render(&ENGINE, &self.layout, self.document.meta()).expect("the sheet is written")
    }
}

static SETTER: LazyLock<Setter> = LazyLock::new(|| Setter::new(FONTS.clone()));

/// The fonts that the standard sheet uses; what other sheets need beyond them comes as fonts of their own.
pub static ENGINE: LazyLock<PdfEngine> = LazyLock::new(|| {
    let mut repertoire = Repertoire::default();
    let standard = make(Edition::Standard, Paper::Letter, "short", sample::sample());
    repertoire.add_layout(&standard.layout);
    PdfEngine::new(PdfFonts::new(FONTS.clone(), &repertoire).expect("the shipped fonts embed"))
});

pub fn make(edition: Edition, paper: Paper, length: &str, document: Document) -> Sample {
    let brand = aftercare::brand::sample_brand();
    let style = Style::new(edition, paper, &brand.palette);
    let max_pages = if length == "long" { 20 } else { style.max_pages };
    let style = Style { max_pages, ..style };
    let layout = layout(&document, &style, &brand, &SETTER).expect("the sample lays out");
    Sample { name: format!("{edition}, {paper}, {length}"), document, layout }
}

/// Every edition on every paper, short and long.
pub fn matrix() -> Vec<Sample> {
    let mut samples = Vec::new();
    for edition in Edition::ALL {
        for paper in Paper::ALL {
            samples.push(make(*edition, *paper, "short", sample::sample()));
            samples.push(make(*edition, *paper, "long", sample::sample_of_everything()));
        }
    }
    samples
}

pub fn standard() -> Sample {
    make(Edition::Standard, Paper::Letter, "short", sample::sample())
}
