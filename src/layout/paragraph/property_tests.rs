//! What holds of any text at any measure.

use super::tests::{body, lines_of, plain, set, setter};
use super::*;
use crate::document::{Inline, Text};
use crate::text::samples::fonts;
use proptest::prelude::*;

/// Text of the kinds that come: words, notes typed by hand, names, oddities.
fn any_text() -> impl Strategy<Value = String> {
    let fonts = fonts();
    prop_oneof![
        "[a-zA-Z0-9 ,.:;()’“”«»/@-]{0,200}",
        "[a-z]{0,120}",
        "[\\p{Latin}\\p{Greek}\\p{Cyrillic}\\p{M}\\p{Z}\\p{P}]{0,60}",
        "[ \u{a0}\u{202f}\u{200b}\u{2060}\u{ad}\u{2011}a\u{301}-]{0,40}",
        ".{0,80}",
    ]
    .prop_map(move |text: String| text.chars().filter(|character| fonts.covers(*character)).collect())
}

fn any_inlines() -> impl Strategy<Value = Text> {
    prop::collection::vec((0..6, any_text()), 0..5).prop_map(|parts| {
        let inline = |(kind, text): (i32, String)| match kind {
            0 => Inline::Strong(plain(&text)),
            1 => Inline::Emphasis(plain(&text)),
            2 => Inline::Link { url: "https://example.org/".to_owned(), text: plain(&text) },
            3 => Inline::Foreign { language: Language::new("fr"), text: plain(&text) },
            4 => Inline::Break,
            _ => Inline::Text(text),
        };
        parts.into_iter().map(inline).collect()
    })
}

proptest! {
    #[test]
    fn no_line_is_wider_than_the_measure(text in any_inlines(), width in 20.0f32..400.0, size in 10.5f32..19.0) {
        let style = ParagraphStyle { size: Pt(size), ..body() };
        let paragraph = setter().set(&text, &style, Pt(width)).expect("only covered characters");
        for line in &paragraph.lines {
            let text = line.line.text();
            let letters = unicode_segmentation::UnicodeSegmentation::graphemes(text.trim_end(), true).count();
            prop_assert!(line.line.width.0 <= width + 0.01 || letters <= 1, "{text:?} is {:?}", line.line.width);
        }
    }

    #[test]
    fn every_character_has_its_glyph_and_every_glyph_its_characters(text in any_inlines(), width in 20.0f32..400.0) {
        let paragraph = set(&text, width);
        for run in paragraph.lines.iter().flat_map(|line| &line.line.runs) {
            prop_assert!(!run.text.is_empty() && !run.glyphs.is_empty());
            prop_assert!(run.span.is_none_or(|span| usize::from(span) < paragraph.spans.len()));
            let mut covered: Vec<_> = run.glyphs.iter().map(|glyph| glyph.text.clone()).collect();
            prop_assert!(run.glyphs.iter().all(|glyph| glyph.id != 0));
            covered.retain(|range| !range.is_empty());
            covered.sort_by_key(|range| range.start);
            let mut end = 0;
            for range in covered {
                prop_assert_eq!(range.start, end);
                prop_assert!(run.text.is_char_boundary(range.end as usize));
                end = range.end;
            }
            prop_assert_eq!(end as usize, run.text.len());
        }
    }

    #[test]
    fn breaking_loses_and_adds_nothing(text in any_inlines(), width in 20.0f32..400.0) {
        let narrow = lines_of(&set(&text, width)).concat();
        let wide = lines_of(&set(&text, 100_000.0)).concat();
        prop_assert_eq!(narrow, wide);
    }
}
