//! Paragraphs as a reader sees them.

use super::*;
use crate::document::{Inline, Text};
use crate::text::samples::fonts;

pub(super) const INK: Colour = Colour::new(0x1d, 0x25, 0x2c);
pub(super) const BLUE: Colour = Colour::new(0x0b, 0x4f, 0x6c);

pub(super) fn body() -> ParagraphStyle {
    ParagraphStyle {
        size: Pt(12.0),
        leading: Pt(16.5),
        weight: Weight::Regular,
        strong: Weight::Semibold,
        colour: INK,
        link: BLUE,
        tabular: false,
        indent: Pt::ZERO,
        align: Align::Left,
    }
}

pub(super) fn plain(text: &str) -> Text {
    vec![Inline::Text(text.to_owned())]
}

pub(super) fn set(text: &[Inline], width: f32) -> Arc<Paragraph> {
    Setter::new(fonts()).set(text, &body(), Pt(width)).expect("every character has a glyph")
}

pub(super) fn lines(text: &str, width: f32) -> Vec<String> {
    set(&plain(text), width).lines.iter().map(|line| line.line.text()).collect()
}

const ADVICE: &str = "Your muscles may feel sore for a day or two. This is normal. It shows that the needle reached \
    the tight spot. Drink water, keep moving, and rest from hard work until tomorrow.";

#[test]
fn a_paragraph_fills_its_measure_and_keeps_every_word() {
    let set = lines(ADVICE, 200.0);
    assert_eq!(set.concat(), ADVICE);
    assert!(set.len() > 3);
}
