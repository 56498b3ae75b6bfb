//! How long it takes to set the words of a handout: with nothing remembered, with the words remembered but not the
//! paragraphs, and with everything remembered.

use aftercare::brand::Colour;
use aftercare::document::{Inline, Text};
use aftercare::geometry::Pt;
use aftercare::layout::paragraph::{Align, ParagraphStyle, Setter, Weight};
use aftercare::text::{FaceFile, FaceFiles, FontSet};
use divan::{Bencher, black_box};
use std::borrow::Cow;
use std::sync::Arc;

fn main() {
    divan::main();
}

macro_rules! font {
    ($name:literal) => {
        FaceFile {
            path: $name.into(),
            data: Cow::Borrowed(include_bytes!(concat!("../fonts/", $name))),
            index: 0,
            is_tried: false,
        }
    };
}

fn files() -> FaceFiles {
    FaceFiles {
        regular: font!("AtkinsonHyperlegibleNext-Regular.ttf"),
        italic: font!("AtkinsonHyperlegibleNext-Italic.ttf"),
        semibold: font!("AtkinsonHyperlegibleNext-SemiBold.ttf"),
        bold: font!("AtkinsonHyperlegibleNext-Bold.ttf"),
        fallback_regular: font!("NotoSans-Regular.ttf"),
        fallback_bold: font!("NotoSans-Bold.ttf"),
        scripts: Vec::new(),
        found: Vec::new(),
    }
}

fn style() -> ParagraphStyle {
    ParagraphStyle {
        size: Pt(12.0),
        leading: Pt(16.5),
        weight: Weight::Regular,
        strong: Weight::Semibold,
        colour: Colour::new(29, 37, 44),
        link: Colour::new(11, 79, 108),
        indent: Pt::ZERO,
        align: Align::Start,
        even: false,
    }
}

/// About as much text as a handout has: 640 words in 60 paragraphs.
fn handout() -> Vec<Text> {
    let content = [
        include_str!("../content/treatments/dry-needling/en/rest.md"),
        include_str!("../content/treatments/dry-needling/en/avoid.md"),
        include_str!("../content/treatments/dry-needling/en/what-to-expect.md"),
        include_str!("../content/treatments/dry-needling/en/hydration.md"),
        include_str!("../content/treatments/dry-needling/en/stretching.md"),
        include_str!("../content/treatments/dry-needling/en/safety.yaml"),
    ];
    let bodies = content.iter().flat_map(|file| file.split("---").last());
    let lines = bodies.flat_map(str::lines).filter(|line| line.split(' ').count() > 3);
    lines
        .map(|line| match line.split_once(": ") {
            Some((head, rest)) => {
                vec![Inline::Strong(vec![Inline::Text(format!("{head}:"))]), Inline::Text(format!(" {rest}"))]
            }
            None => vec![Inline::Text(line.to_owned())],
        })
        .collect()
}

fn fonts() -> Arc<FontSet> {
    Arc::new(FontSet::new(&files()).expect("the shipped fonts load"))
}

fn set_all(setter: &Setter, handout: &[Text], width: f32) {
    for text in handout {
        black_box(setter.set(black_box(text), &style(), Pt(width))).expect("the fonts have every character");
    }
}

#[divan::bench]
fn load_fonts(bencher: Bencher) {
    let files = files();
    bencher.bench_local(|| FontSet::new(black_box(&files)));
}

#[divan::bench]
fn nothing_remembered(bencher: Bencher) {
    let (fonts, handout) = (fonts(), handout());
    let words: usize =
        handout.iter().map(|text| aftercare::document::plain_text(text).split(' ').count()).sum();
    eprintln!("{} paragraphs, {words} words", handout.len());
    bencher
        .with_inputs(|| Setter::new(fonts.clone()))
        .bench_local_refs(|setter| set_all(setter, &handout, 340.0));
}

#[divan::bench]
fn words_remembered(bencher: Bencher) {
    let (setter, handout) = (Setter::new(fonts()), handout());
    let mut width = 300.0;
    bencher.bench_local(|| {
        width += 0.001;
        set_all(&setter, &handout, width);
    });
}

#[divan::bench]
fn all_remembered(bencher: Bencher) {
    let (setter, handout) = (Setter::new(fonts()), handout());
    bencher.bench_local(|| set_all(&setter, &handout, 340.0));
}
