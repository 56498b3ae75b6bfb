//! A handout read aloud: the words of the document in their order, and what the pictures show.

mod support;

use aftercare::document::{Document, reading_order, sample};
use aftercare::layout::paragraph::Setter;
use aftercare::layout::{Style, layout};
use aftercare::options::{Edition, Paper};

fn read_aloud(document: &Document, edition: Edition) -> String {
    let brand = aftercare::brand::sample_brand();
    let style = Style { max_pages: 20, ..Style::new(edition, Paper::Letter, &brand.palette) };
    let laid_out = layout(document, &style, &brand, &Setter::new(support::fonts()));
    laid_out.expect("the sample lays out").read_aloud()
}

/// Single words, without the marks for headings, items and cells.
fn words(text: &str) -> String {
    text.replace(['#', '-', '|'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_word_is_read_in_the_documents_order() {
    let document = sample::sample();
    let read = words(&read_aloud(&document, Edition::Standard));
    let mut from = 0;
    for line in reading_order(&document) {
        let line = words(&line);
        let at = read[from..].find(&line).unwrap_or_else(|| panic!("{line:?} is not in {:?}", &read[from..]));
        from += at + line.len();
    }
}

#[test]
fn no_word_is_lost_in_any_edition() {
    let document = sample::sample_of_everything();
    for edition in Edition::ALL {
        let read = words(&read_aloud(&document, *edition));
        for line in reading_order(&document) {
            assert!(read.contains(&words(&line)), "{edition}: {line:?} is not in {read:?}");
        }
    }
}

#[test]
fn a_sheet_sounds_like_this() {
    insta::assert_snapshot!(read_aloud(&sample::sample(), Edition::Standard));
}
