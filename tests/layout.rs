//! Pages as they are laid out: everything inside the margins, the warnings first, every word in its order.

mod support;

use aftercare::document::{Block, Document, Text, Tier, sample};
use aftercare::layout::paragraph::Setter;
use aftercare::layout::{Layout, Omitted, Role, Shape, Style, Tag, layout};
use aftercare::options::{Edition, Paper};
use std::sync::OnceLock;

fn setter() -> &'static Setter {
    static SETTER: OnceLock<Setter> = OnceLock::new();
    SETTER.get_or_init(|| Setter::new(support::fonts()))
}

fn laid_out(document: &Document, edition: Edition, paper: Paper) -> (Style, Layout) {
    let brand = aftercare::brand::sample_brand();
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
fn the_emergency_signs_stand_on_page_one_and_every_warning_before_the_rest() {
    for (document, edition, paper) in every_sample() {
        let (_, layout) = laid_out(&document, edition, paper);
        let (first, all) = (words_of(&layout, 0..1), words_of(&layout, 0..layout.pages.len()));
        let safety = document.safety();
        let body = document.body().iter().flat_map(|group| &group.sections);
        let titles = body.filter_map(|section| section.title.as_ref()).map(printed);
        let rest = titles.filter_map(|title| all.find(&title)).min().unwrap_or(all.len());
        for text in texts_of(safety.emergency()) {
            assert!(first.contains(&printed(text)), "{edition} {paper}: page 1 lacks {text:?} in {first}");
        }
        let others = texts_of(safety.same_day()).chain(texts_of(safety.call())).chain(safety.precautions());
        for text in others {
            let at = all.find(&printed(text));
            assert!(at.is_some_and(|at| at < rest), "{edition} {paper}: {text:?} comes late in {all}");
        }
    }
}

fn texts_of(tier: &Tier) -> impl Iterator<Item = &Text> {
    tier.signs.iter().chain(&tier.closing)
}

fn printed(text: &Text) -> String {
    aftercare::document::plain_text(text).replace('\u{a0}', " ")
}

#[test]
fn a_sheet_reads_in_the_order_of_what_is_left_of_its_document() {
    for (document, edition, paper) in every_sample().filter(|(_, edition, _)| *edition != Edition::LargePrint)
    {
        let (_, layout) = laid_out(&document, edition, paper);
        let read = words_of(&layout, 0..layout.pages.len());
        let mut from = 0;
        for entry in aftercare::document::reading_order(&without(&document, &layout.omitted)) {
            let words = entry.split_whitespace().collect::<Vec<_>>().join(" ");
            match read[from..].find(&words) {
                Some(at) => from += at + words.len(),
                None => panic!("{edition} {paper}: {words:?} is not where it belongs in {read}"),
            }
        }
    }
}

/// The document as if what was left out had never been in it.
fn without(document: &Document, omitted: &[Omitted]) -> Document {
    let gone = |id: &str| omitted.iter().any(|part| part.id == id);
    let mut body = document.body().to_vec();
    for group in &mut body {
        group.sections.retain(|section| !gone(&section.id));
        for section in &mut group.sections {
            let left = |id: &str| !gone(&format!("{}/{id}", section.id));
            for block in &mut section.blocks {
                match block {
                    Block::Questions(questions) => questions.retain(|question| left(&question.id)),
                    Block::Exercises(exercises) => exercises.retain(|exercise| left(&exercise.id)),
                    _ => {}
                }
            }
        }
    }
    let (meta, masthead) = (document.meta().clone(), document.masthead().clone());
    Document::new(meta, masthead, document.safety().clone(), body, document.running().clone())
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
