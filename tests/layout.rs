//! Pages as they are laid out: everything inside the margins, the tiers on page 1, every word in its order.

mod support;

use aftercare::document::{Document, sample};
use aftercare::layout::paragraph::Setter;
use aftercare::layout::{Layout, Role, Shape, Style, Tag, layout};
use aftercare::options::{Edition, Paper};
use std::sync::OnceLock;

fn setter() -> &'static Setter {
    static SETTER: OnceLock<Setter> = OnceLock::new();
    SETTER.get_or_init(|| Setter::new(support::fonts()))
}

fn laid_out(document: &Document, edition: Edition, paper: Paper) -> (Style, Layout) {
    let brand = sample::sample_brand();
    let style = Style::new(edition, paper, &brand.palette);
    let layout = layout(document, &style, &brand, setter()).expect("the sample lays out");
    (style, layout)
}

fn every_sample() -> impl Iterator<Item = (Document, Edition, Paper)> {
    let documents = [sample::sample(), sample::sample_of_everything()];
    documents.into_iter().flat_map(|document| {
        Edition::ALL.iter().flat_map(move |edition| {
            let document = document.clone();
            Paper::ALL.iter().map(move |paper| (document.clone(), *edition, *paper))
        })
    })
}

#[test]
fn nothing_reaches_into_the_margins() {
    for (document, edition, paper) in every_sample() {
        let (style, layout) = laid_out(&document, edition, paper);
        let (left, right) = (style.margin.side.0 - 0.01, style.page.width.0 - style.margin.side.0 + 0.01);
        for (index, page) in layout.pages.iter().enumerate() {
            for fragment in &page.fragments {
                let Shape::Line { line, origin, .. } = &fragment.shape else { continue };
                let end = origin.x.0 + line.width.0;
                let text = line.text();
                assert!(origin.x.0 >= left && end <= right, "{edition} {paper} page {}: {text}", index + 1);
                assert!(origin.y.0 < style.page.height.0 - style.margin.bottom.0 + 0.01, "{edition}: {text}");
            }
        }
    }
}

#[test]
fn no_handout_fills_more_sides_than_its_edition_allows() {
    for (document, edition, paper) in every_sample() {
        let (style, layout) = laid_out(&document, edition, paper);
        assert!(layout.pages.len() <= style.max_pages, "{edition} {paper}: {} pages", layout.pages.len());
    }
}

#[test]
fn every_safety_word_stands_on_page_one() {
    for (document, edition, paper) in every_sample() {
        let (_, layout) = laid_out(&document, edition, paper);
        let first = words_of(&layout, 0..1);
        let safety = document.safety();
        let tiers = [safety.emergency(), safety.same_day(), safety.call()];
        let texts =
            tiers.iter().flat_map(|tier| tier.signs.iter().chain(&tier.closing)).chain(safety.precautions());
        for text in texts {
            let words = aftercare::document::plain_text(text).replace('\u{a0}', " ");
            assert!(first.contains(&words), "{edition} {paper}: page 1 lacks {words:?} in {first}");
        }
    }
}

#[test]
fn a_roomy_sheet_reads_in_the_documents_order() {
    let document = sample::sample();
    let (_, layout) = laid_out(&document, Edition::Standard, Paper::A4);
    let omitted = layout.omitted.len();
    let read = words_of(&layout, 0..layout.pages.len());
    let mut from = 0;
    let mut missing = 0;
    for entry in aftercare::document::reading_order(&document) {
        let words = entry.split_whitespace().collect::<Vec<_>>().join(" ");
        match read[from..].find(&words) {
            Some(at) => from += at + words.len(),
            None => missing += 1,
        }
    }
    assert!(missing == 0 || omitted > 0, "{missing} entries out of order in {read}");
}

#[test]
fn headings_never_skip_a_level() {
    let (_, layout) = laid_out(&sample::sample(), Edition::Standard, Paper::Letter);
    let levels: Vec<u8> = layout
        .elements
        .iter()
        .filter_map(|element| match element.role {
            Role::Heading(level) => Some(level),
            _ => None,
        })
        .collect();
    assert_eq!(levels.first(), Some(&1));
    for pair in levels.windows(2) {
        assert!(pair[1] <= pair[0] + 1, "{levels:?}");
    }
}

#[test]
fn the_layout_of_the_sample_is_as_drawn() {
    let (_, layout) = laid_out(&sample::sample(), Edition::Standard, Paper::Letter);
    insta::assert_snapshot!(layout.dump());
}

/// Tagged words of some pages, one space between lines.
fn words_of(layout: &Layout, pages: std::ops::Range<usize>) -> String {
    let mut words = String::new();
    for fragment in layout.pages[pages].iter().flat_map(|page| &page.fragments) {
        if let (Tag::Element(_), Shape::Line { line, .. }) = (fragment.tag, &fragment.shape) {
            words.push_str(line.text().trim_end());
            words.push(' ');
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
