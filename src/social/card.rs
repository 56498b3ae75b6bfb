//! What stands where on a picture. Sizes are pixels; a picture of 1200 pixels is shown 300 to 600 wide, so that the answer
//! is set to be read there, and all else to be read on a screen.

use super::SocialError;
use super::letters::drawn;
use crate::brand::{Brand, Colour};
use crate::document::{Block, Document, Inline, Text, plain_text};
use crate::geometry::{Point, Pt, Rect};
use crate::layout::paragraph::{Align, Paragraph, ParagraphStyle, Setter};
use crate::layout::{Shape, mirror_shape};
use crate::text::Weight;
use std::sync::Arc;

/// The shape of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For links: 1200 × 630 pixels, as Open Graph readers crop to.
    Wide,
    /// For posts and screens: 1080 × 1080 pixels.
    Square,
}

impl Format {
    pub const ALL: [Format; 2] = [Format::Wide, Format::Square];

    /// Width and height in pixels.
    pub fn size(self) -> (u32, u32) {
        match self {
            Format::Wide => (1200, 630),
            Format::Square => (1080, 1080),
        }
    }

    /// Part of the file's name.
    pub fn name(self) -> &'static str {
        match self {
            Format::Wide => "wide",
            Format::Square => "square",
        }
    }

    fn measures(self) -> Measures {
        match self {
            Format::Wide => Measures {
                margin: 64.0,
                logo: 60.0,
                clinic: 30.0,
                lead: (112.0, 42.0),
                answer: (160.0, &[120.0, 108.0, 96.0, 84.0, 68.0, 52.0], 1, 132.0),
                sentence: (288.0, &[30.0, 27.0, 25.0, 23.0], 84.0),
                panel: 382.0,
                tick: 21.0,
                bar: 36.0,
                band: (544.0, &[31.0, 28.0, 25.0, 22.0, 20.0]),
            },
            Format::Square => Measures {
                margin: 76.0,
                logo: 84.0,
                clinic: 38.0,
                lead: (188.0, 56.0),
                answer: (256.0, &[172.0, 156.0, 140.0, 120.0, 104.0, 84.0], 2, 330.0),
                sentence: (592.0, &[38.0, 35.0, 32.0, 29.0, 26.0], 140.0),
                panel: 744.0,
                tick: 26.0,
                bar: 46.0,
                band: (938.0, &[40.0, 37.0, 34.0, 31.0, 28.0, 25.0]),
            },
        }
    }
}

#[derive(Clone, Copy)]
pub(super) struct Measures {
    pub margin: f32,
    /// Side of the logo.
    pub logo: f32,
    pub clinic: f32,
    /// Top and size.
    pub lead: (f32, f32),
    /// Top, sizes to try, lines and height at most.
    answer: (f32, &'static [f32], usize, f32),
    /// Top, sizes to try, height at most.
    sentence: (f32, &'static [f32], f32),
    /// Top of the panel with the bars, which ends with the picture.
    panel: f32,
    pub tick: f32,
    pub bar: f32,
    /// Top of the band with whom to call, which ends with the picture, and sizes to try.
    pub band: (f32, &'static [f32]),
}

/// The words and the look of a picture.
pub struct Card<'a> {
    pub document: &'a Document,
    /// When it is an emergency, and how to reach the clinic: no picture goes round without.
    pub lines: [&'a Text; 2],
    pub clinic: &'a str,
    pub language: &'a str,
    pub brand: &'a Brand,
    pub setter: &'a Setter,
}

impl Card<'_> {
    /// The quick answer in one line: "Take it easy for 24 to 48 hours".
    pub fn title(&self) -> String {
        let quick = &self.document.masthead().quick;
        format!("{} {}", plain(&quick.lead), plain(&quick.answer))
    }

    /// What the picture says beside its title.
    pub fn description(&self) -> String {
        let draft = self.document.running().draft.iter().map(|draft| format!("{draft}."));
        let parts = [plain(&self.sentence()), plain(&self.document.masthead().timeline.alarm.label)];
        let lines = self.lines.iter().map(|line| plain(line));
        let parts: Vec<String> = parts.into_iter().chain(lines).chain(draft).collect();
        format!("{} {} {}", self.clinic, "·", parts.join(" ")).trim().to_owned()
    }

    fn sentence(&self) -> Text {
        let first = self.document.masthead().quick.blocks.iter().find_map(|block| match block {
            Block::Paragraph(text) => Some(text.clone()),
            _ => None,
        });
        first.unwrap_or_default()
    }

    /// Everything that is drawn, from the ground up.
    ///
    /// # Errors
    /// A character that no font has.
    pub fn shapes(&self, format: Format) -> Result<Vec<Shape>, SocialError> {
        let (width, height) = format.size();
        let page = Rect { x: Pt::ZERO, y: Pt::ZERO, width: Pt(width as f32), height: Pt(height as f32) };
        let measures = format.measures();
        let palette = &self.brand.palette;
        let mut shapes = vec![filled(page, 0.0, palette.solid)];
        self.head(&mut shapes, &measures, page)?;
        self.answer(&mut shapes, &measures, page)?;
        let panel = Rect { y: Pt(measures.panel), height: page.height - Pt(measures.panel), ..page };
        shapes.push(filled(panel, 0.0, palette.paper));
        self.bars(&mut shapes, &measures, panel)?;
        self.band(&mut shapes, &measures, page)?;
        if self.setter.direction().is_right_to_left() {
            shapes.iter_mut().for_each(|shape| mirror_shape(shape, page.width));
        }
        Ok(shapes)
    }

    fn answer(&self, shapes: &mut Vec<Shape>, measures: &Measures, page: Rect) -> Result<(), SocialError> {
        let quick = &self.document.masthead().quick;
        let on_brand = self.brand.palette.on_solid();
        let (x, width) = (Pt(measures.margin), page.width - Pt(measures.margin * 2.0));
        let (top, size) = measures.lead;
        let lead = style(size, Weight::Semibold, on_brand, Align::Start);
        let lead = self.set(&quick.lead, &lead, width)?;
        shapes.extend(self.draw(&lead, Point::new(x, Pt(top))));
        let (top, sizes, lines, height) = measures.answer;
        let (words, lines) = self.answer_words(sizes, lines, width)?;
        let answer = self.fitted(&words, Weight::Bold, 1.02, sizes, (lines, height), width)?;
        // What takes less room stands in its middle, a little high, as the eye takes the middle.
        let spare = (Pt(height) - answer.height).max(Pt::ZERO);
        shapes.extend(self.draw(&answer, Point::new(x, Pt(top) + spare * 0.4)));
        let (top, sizes, height) = measures.sentence;
        let sentence = self.fitted(&self.sentence(), Weight::Regular, 1.36, sizes, (4, height), width)?;
        shapes.extend(self.draw(&sentence, Point::new(x, Pt(top))));
        Ok(())
    }

    /// A range and its unit on one line, as long as that is still large; else it parts behind its first number.
    fn answer_words(&self, sizes: &[f32], lines: usize, width: Pt) -> Result<(Text, usize), SocialError> {
        let quick = &self.document.masthead().quick;
        let smallest = sizes.get(sizes.len() / 2).copied().unwrap_or_default();
        let large = style(smallest, Weight::Bold, self.brand.palette.on_solid(), Align::Start);
        let whole = quick.in_large_type();
        if lines == 1 || self.setter.width_of(&whole, &large).map_err(unset)? <= width {
            return Ok((whole, 1));
        }
        Ok((quick.on_two_lines(), lines))
    }

    /// The text at the biggest of the sizes at which it fits; at the smallest when it fits at none.
    fn fitted(
        &self,
        text: &Text,
        weight: Weight,
        leading: f32,
        sizes: &[f32],
        (lines, height): (usize, f32),
        width: Pt,
    ) -> Result<Arc<Paragraph>, SocialError> {
        let mut set = Arc::default();
        for size in sizes {
            let style = ParagraphStyle {
                leading: Pt((size * leading).round()),
                ..style(*size, weight, self.brand.palette.on_solid(), Align::Start)
            };
            set = self.set(text, &style, width)?;
            let whole = self.widest_piece(text, &style)? <= width;
            if whole && set.lines.len() <= lines && set.height.0 <= height && set.width.0 <= width.0 {
                break;
            }
        }
        Ok(set)
    }

    /// Of what no line breaks.
    fn widest_piece(&self, text: &Text, style: &ParagraphStyle) -> Result<Pt, SocialError> {
        let text = plain_text(text);
        let pieces = text.split(' ').map(|piece| vec![Inline::Text(piece.to_owned())]);
        let mut widths = pieces.map(|piece| self.setter.width_of(&piece, style).map_err(unset));
        widths.try_fold(Pt::ZERO, |widest, width| Ok(widest.max(width?)))
    }

    pub(super) fn set(
        &self,
        text: &[Inline],
        style: &ParagraphStyle,
        width: Pt,
    ) -> Result<Arc<Paragraph>, SocialError> {
        self.setter.set(text, style, width).map_err(unset)
    }

    pub(super) fn draw(&self, paragraph: &Paragraph, at: Point) -> Vec<Shape> {
        drawn(paragraph, at, self.setter.fonts())
    }
}

pub(super) fn unset(why: crate::text::Unset) -> SocialError {
    SocialError::Text(why)
}

fn plain(text: &Text) -> String {
    plain_text(text).replace('\u{a0}', " ")
}

pub(super) fn filled(rect: Rect, radius: f32, colour: Colour) -> Shape {
    Shape::Rectangle { rect, radius: Pt(radius), fill: Some(colour), stroke: None }
}

pub(super) fn style(size: f32, weight: Weight, colour: Colour, align: Align) -> ParagraphStyle {
    ParagraphStyle {
        size: Pt(size),
        leading: Pt((size * 1.25).round()),
        weight,
        strong: Weight::Bold,
        colour,
        link: colour,
        align,
        indent: Pt::ZERO,
        even: false,
    }
}
