//! The type of posters and cards. A poster is read from two metres: there, capitals of 2.9 mm are the least that a healthy
//! eye tells apart (5 minutes of arc), and those of 12.5 pt are that high. The answer and what to call are many times as
//! high. A card is in the hand.

use crate::brand::Palette;
use crate::geometry::{Mm, Pt, Size};
use crate::layout::paragraph::{ParagraphStyle, Weight};
use crate::layout::style::Scale;
use crate::layout::{Gaps, Margin, Panel, Style, paper_size};
use crate::options::{NoticeShape, Paper};

/// How a notice is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Choice {
    /// Type of the body.
    pub body: f32,
    /// With the advice by precaution, or with a line that leads to it.
    pub precautions: bool,
    /// With what the answer means.
    pub explained: bool,
    /// Without air between the paragraphs of a tier.
    pub closed: bool,
    /// So many further ways to reach the clinic below the first.
    pub ways: usize,
    /// No smaller answer than so many times the body will do.
    pub least_answer: f32,
}

/// Of a poster, in its own measure: see [`unit`].
const POSTER: [f32; 10] = [19.0, 18.0, 17.0, 16.0, 15.0, 14.5, 14.0, 13.5, 13.0, 12.5];
const CARD: [f32; 4] = [12.0, 11.5, 11.0, 10.5];
/// Further ways to reach a clinic, at the most: mail, web, address, hours, booking.
const MOST_WAYS: usize = 6;

/// With advice by precaution and with what the answer means, and the least answer.
type Way = ((bool, bool), f32);
/// An answer of so many times the body is half as large again as the title, and more.
const LARGE: f32 = 3.0;
const ANY: f32 = 0.0;

/// From the best to the last that will do. The type gives way before the air between a tier's paragraphs, which are each
/// about other people, and both before a text does.
pub(super) fn choices(shape: NoticeShape) -> Vec<Choice> {
    let sizes = match shape {
        NoticeShape::Card => &CARD[..],
        _ => &POSTER[..],
    };
    let whole = ways(shape).map(|way| (way, usize::MAX, sizes));
    let last = last_ways(sizes).filter(|_| shape != NoticeShape::Card);
    let unit = unit(shape);
    let all = |(((precautions, explained), least_answer), ways, sizes): (Way, usize, &'static [f32])| {
        let of = move |closed: bool| {
            let choice = move |size: &f32| Choice {
                body: size * unit,
                precautions,
                explained,
                closed,
                ways,
                least_answer,
            };
            sizes.iter().map(choice)
        };
        of(false).chain(of(true))
    };
    whole.chain(last).flat_map(all).collect()
}

/// What the answer means goes before a warning does, and before the answer gets small; a card has no room for it, and its
/// answer has the type of its body. What is shown must be read at a glance: it leads to the sheet at once.
fn ways(shape: NoticeShape) -> impl Iterator<Item = Way> {
    let ways = [
        ((true, true), LARGE),
        ((true, false), LARGE),
        ((true, false), ANY),
        ((false, true), LARGE),
        ((false, false), LARGE),
    ];
    ways.into_iter().filter(move |((precautions, explained), least)| match shape {
        NoticeShape::Card => *explained && *least == LARGE,
        shape => !(shape.is_shown() && *precautions),
    })
}

/// Last go the further ways to reach the clinic, which its page says too: as many as must, from the last.
fn last_ways(sizes: &'static [f32]) -> impl Iterator<Item = (Way, usize, &'static [f32])> {
    let smallest = &sizes[sizes.len().saturating_sub(1)..];
    let bare = |least: f32| ((false, false), least);
    let fewer =
        move |least: f32, from: usize| (from..MOST_WAYS).rev().map(move |ways| (bare(least), ways, smallest));
    let small = [(bare(ANY), usize::MAX, sizes)];
    fewer(LARGE, 2).chain(small).chain(fewer(ANY, 1)).chain([(bare(ANY), 0, sizes)])
}

pub(super) fn size(shape: NoticeShape) -> Size {
    let inches = |width: f32, height: f32| Size { width: Pt(width * 72.0), height: Pt(height * 72.0) };
    match shape {
        NoticeShape::PosterLetter => paper_size(Paper::Letter),
        NoticeShape::PosterA4 => paper_size(Paper::A4),
        NoticeShape::PosterTabloid => inches(11.0, 17.0),
        NoticeShape::PosterA3 => Size { width: Pt::from(Mm(297.0)), height: Pt::from(Mm(420.0)) },
        NoticeShape::Card => inches(4.0, 6.0),
        // Pixels.
        NoticeShape::Story => Size { width: Pt(1080.0), height: Pt(1920.0) },
        NoticeShape::Slides => Size { width: Pt(1080.0), height: Pt(1350.0) },
        // Beside the answer.
        NoticeShape::Screen => Size { width: Pt(1920.0) - LEFT, height: Pt(1080.0) },
    }
}

/// Lengths of a poster are those of one on Letter paper, times this.
pub(super) fn unit(shape: NoticeShape) -> f32 {
    match shape {
        NoticeShape::PosterLetter | NoticeShape::PosterA4 | NoticeShape::Card => 1.0,
        NoticeShape::PosterTabloid | NoticeShape::PosterA3 => 1.3,
        NoticeShape::Story | NoticeShape::Slides => 2.0,
        NoticeShape::Screen => 1.5,
    }
}

/// Where most printers begin to print: grounds end there.
const PRINTER_MARGIN: Pt = Pt(18.0);
/// Width of the answer's ground on a screen.
pub(super) const LEFT: Pt = Pt(700.0);

/// From the edge of a page to a ground.
pub(super) fn edge(shape: NoticeShape) -> Pt {
    if shape.is_shown() { Pt::ZERO } else { PRINTER_MARGIN }
}

/// On a phone, the upper and the lower end of a story are under what the program that shows it draws itself.
fn margin(shape: NoticeShape, unit: f32) -> Margin {
    let none = Margin { top: Pt::ZERO, bottom: Pt::ZERO, side: Pt::ZERO, head: Pt::ZERO, foot: Pt::ZERO };
    let (top, bottom, side) = match shape {
        NoticeShape::Card => (18.0, 18.0, 18.0),
        NoticeShape::Story => (250.0, 300.0, 64.0),
        NoticeShape::Slides => (64.0, 56.0, 64.0),
        NoticeShape::Screen => (52.0, 44.0, 52.0),
        _ => (36.0 * unit, 28.0 * unit, 36.0 * unit),
    };
    Margin { top: Pt(top), bottom: Pt(bottom), side: Pt(side), ..none }
}

pub(super) fn style(shape: NoticeShape, choice: Choice, palette: &Palette) -> Style {
    let (body, unit) = (choice.body, unit(shape));
    let is_card = shape == NoticeShape::Card;
    let leading = |size: f32, factor: f32| (size, (size * factor * 2.0).round() / 2.0);
    let scale = Scale {
        small: if is_card { (10.5, 12.5) } else { leading(10.5 * unit, 1.3) },
        body: leading(body, if is_card { 1.22 } else { 1.26 }),
        heading: leading(body * if is_card { 1.2 } else { 1.36 }, 1.2),
        display: leading(body * if is_card { 1.45 } else { 2.0 }, 1.14),
        answer: leading(body, 1.04),
    };
    let set = Style::typeset(&scale, palette);
    Style {
        page: size(shape),
        margin: margin(shape, unit),
        // A story is on a screen as wide as a hand: two columns would be read with a glass.
        columns: if is_card || shape == NoticeShape::Story { 1 } else { 2 },
        gutter: Pt(body * 1.1),
        grid: Pt(scale.body.1 / 2.0),
        panel: Panel {
            side: Pt(body * 0.62),
            padding: Pt(body * if is_card { 0.3 } else { 0.42 }).into(),
            radius: Pt(5.0 * unit),
            border: Pt(unit),
            gap: Pt(body * 0.55).into(),
        },
        gaps: Gaps {
            closing: Pt(scale.body.1 / 4.0),
            ..Gaps::fixed(Pt(body * if is_card { 0.6 } else { 0.85 }), Pt(body * 0.3), Pt(body * 0.35))
        },
        ..set
    }
}

/// The answer at a size: the largest of its sizes that has room.
pub(super) fn answer(style: &Style, size: f32) -> ParagraphStyle {
    ParagraphStyle {
        size: Pt(size),
        leading: Pt((size * 1.04).round()),
        weight: Weight::Bold,
        ..style.answer
    }
}

/// In units of the body's type.
pub(super) const ANSWERS: [f32; 10] = [6.4, 5.8, 5.2, 4.7, 4.2, 3.8, 3.4, 3.0, 2.6, 2.2];
