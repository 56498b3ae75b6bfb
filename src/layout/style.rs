//! Styles: one set of numbers for an edition on a paper. Editions differ in nothing else.

use super::Pen;
use super::glue::Glue;
use super::paragraph::{Align, ParagraphStyle, Weight};
use crate::brand::{Colour, Palette};
use crate::geometry::{Pt, Rect, Size};
use crate::options::{Edition, Paper};

/// Everything that layout needs to know about looks. All lengths are points.
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    pub page: Size,
    pub margin: Margin,
    /// Columns of running text.
    pub columns: usize,
    pub gutter: Pt,
    /// Half a body line: heights and gaps are multiples of it, so that baselines stand on one grid.
    pub grid: Pt,
    /// The imprint at the foot.
    pub small: ParagraphStyle,
    pub body: ParagraphStyle,
    /// Treated area, session, therapist.
    pub facts: ParagraphStyle,
    pub title: ParagraphStyle,
    /// The time in the quick answer.
    pub answer: ParagraphStyle,
    /// Larger sizes and leadings of it, the largest first, for a page that has room.
    pub larger_answers: &'static [(f32, f32)],
    /// Level 2.
    pub heading: ParagraphStyle,
    /// Level 3 and below.
    pub subheading: ParagraphStyle,
    pub palette: Palette,
    /// The line colour of pictures, at least 3:1 (WCAG 2.2, 1.4.11).
    pub picture: Colour,
    /// Panels and bars are outlines.
    pub outlined: bool,
    pub panel: Panel,
    pub gaps: Gaps,
    /// Side of an exercise figure.
    pub figure: Pt,
    /// Sides of paper that a handout may fill.
    pub max_pages: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Margin {
    /// Paper edge to the first line.
    pub top: Pt,
    /// Paper edge to the foot's last line.
    pub bottom: Pt,
    pub side: Pt,
    /// Height of the line that says whose the second sheet of paper is, with the gap below.
    pub head: Pt,
    /// Height of the foot with its rule and the gap above.
    pub foot: Pt,
}

/// Boxes with a border.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Panel {
    /// Left and right of the content.
    pub side: Pt,
    /// Above and below it.
    pub padding: Glue,
    pub radius: Pt,
    pub border: Pt,
    /// Between boxes of one set.
    pub gap: Glue,
}

/// The gaps between parts. A line's box reaches about a third of its size above capitals and below the baseline, so what
/// the eye sees is some 8 pt more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gaps {
    /// Above a heading of level 2.
    pub heading: Glue,
    /// Above one that a box follows.
    pub box_heading: Glue,
    /// From a heading to its text.
    pub below_heading: Pt,
    /// From a heading to its box.
    pub heading_to_box: Pt,
    /// Between the quick answer, the timeline and groups of boxes.
    pub part: Glue,
    /// Between exercises and rows of a grid.
    pub row: Glue,
    /// Between questions.
    pub question: Glue,
    /// Above each of the words below a tier's signs, where a side has room for it.
    pub closing: Pt,
    /// Between items with a mark, signs among them.
    pub item: Pt,
}

impl Gaps {
    const SHEET: Gaps = Gaps {
        heading: Glue::new(9.5, 12.5, 21.0, 4.0),
        box_heading: Glue::new(12.5, 14.5, 22.0, 4.0),
        below_heading: Pt::ZERO,
        heading_to_box: Pt(5.0),
        part: Glue::new(7.5, 12.0, 18.0, 3.0),
        row: Glue::new(4.0, 8.0, 12.0, 2.0),
        question: Glue::new(2.0, 6.0, 10.0, 2.0),
        closing: Pt(4.0),
        item: Pt::ZERO,
    };

    /// All of the same size: for what is placed without giving.
    pub(super) fn fixed(heading: Pt, row: Pt, heading_to_box: Pt) -> Gaps {
        let (heading, row) = (Glue::fixed(heading), Glue::fixed(row));
        Gaps {
            heading,
            box_heading: heading,
            below_heading: Pt::ZERO,
            heading_to_box,
            part: heading,
            row,
            question: row,
            closing: Pt::ZERO,
            item: Pt::ZERO,
        }
    }

    fn scaled(self, factor: f32) -> Gaps {
        Gaps {
            heading: self.heading.scaled(factor),
            box_heading: self.box_heading.scaled(factor),
            below_heading: self.below_heading * factor,
            heading_to_box: self.heading_to_box * factor,
            part: self.part.scaled(factor),
            row: self.row.scaled(factor),
            question: self.question.scaled(factor),
            closing: self.closing * factor,
            item: self.item * factor,
        }
    }
}

/// Type sizes and leadings: (size, leading).
pub(super) struct Scale {
    pub(super) small: (f32, f32),
    pub(super) body: (f32, f32),
    pub(super) heading: (f32, f32),
    pub(super) display: (f32, f32),
    pub(super) answer: (f32, f32),
}

pub(super) const STANDARD: Scale = Scale {
    small: (10.5, 14.0),
    body: (12.0, 16.0),
    heading: (15.0, 18.0),
    display: (24.0, 27.0),
    answer: (34.0, 37.0),
};
const LARGE: Scale = Scale {
    small: (12.0, 16.0),
    body: (18.0, 22.0),
    heading: (21.0, 25.0),
    display: (24.0, 28.0),
    answer: (34.0, 38.0),
};

/// In large print the answer has what page 1 has left.
const LARGER_ANSWERS: [(f32, f32); 3] = [(48.0, 53.0), (43.0, 47.0), (38.0, 42.0)];

impl Style {
    pub fn new(edition: Edition, paper: Paper, palette: &Palette) -> Style {
        let style = Style::standard(paper_size(paper), &for_office(palette));
        match edition {
            Edition::Standard => style,
            Edition::LargePrint => style.large_print(),
            Edition::InkSaver => style.ink_saver(),
        }
    }

    fn standard(page: Size, palette: &Palette) -> Style {
        Style {
            page,
            margin: Margin {
                top: Pt(36.0),
                bottom: Pt(36.0),
                side: Pt(36.0),
                head: Pt(24.0),
                foot: Pt(25.0),
            },
            columns: 2,
            gutter: Pt(18.0),
            grid: Pt(8.0),
            max_pages: 2,
            outlined: false,
            panel: Panel {
                side: Pt(8.0),
                padding: Glue::new(2.5, 6.0, 9.0, 1.0),
                radius: Pt(5.0),
                border: Pt(1.0),
                gap: Glue::new(7.0, 8.0, 10.0, 1.0),
            },
            gaps: Gaps::SHEET,
            figure: Pt(46.0),
            palette: *palette,
            picture: palette.brand,
            ..Style::typeset(&STANDARD, palette)
        }
    }

    fn large_print(self) -> Style {
        // Less than the type: there is more of it on a side.
        let factor = 1.25;
        Style {
            columns: 1,
            grid: Pt(LARGE.body.1 / 2.0),
            max_pages: 4,
            larger_answers: &LARGER_ANSWERS,
            figure: Pt(78.0),
            margin: Margin { head: Pt(32.0), foot: Pt(27.0), ..self.margin },
            gaps: Gaps::SHEET.scaled(factor),
            ..self.with_scale(&LARGE)
        }
    }

    /// Outlines, and everything in black: an office printer and a fax make dots of any grey.
    fn ink_saver(self) -> Style {
        let palette = Palette {
            muted: BLACK,
            brand: BLACK,
            accent: BLACK,
            warning: BLACK,
            rule: BLACK,
            ..self.palette
        };
        let panel = Panel { border: Pt(0.75), ..self.panel };
        let style = Style { outlined: true, palette, picture: BLACK, panel, ..self }.with_scale(&STANDARD);
        let lighter = |set: ParagraphStyle| ParagraphStyle { weight: Weight::Semibold, ..set };
        Style {
            title: ParagraphStyle { weight: Weight::Regular, ..style.title },
            answer: ParagraphStyle { weight: Weight::Regular, ..style.answer },
            heading: lighter(style.heading),
            subheading: lighter(style.subheading),
            body: ParagraphStyle { strong: Weight::Semibold, ..style.body },
            ..style
        }
    }

    fn with_scale(self, scale: &Scale) -> Style {
        let set = Style::typeset(scale, &self.palette);
        Style {
            small: set.small,
            body: set.body,
            facts: set.facts,
            title: set.title,
            answer: set.answer,
            heading: set.heading,
            subheading: set.subheading,
            ..self
        }
    }

    pub(super) fn typeset(scale: &Scale, palette: &Palette) -> Style {
        let base = |(size, leading): (f32, f32), weight, colour| ParagraphStyle {
            size: Pt(size),
            leading: Pt(leading),
            weight,
            strong: Weight::Bold,
            colour,
            link: palette.brand,
            indent: Pt::ZERO,
            align: Align::Start,
            even: false,
        };
        let body = base(scale.body, Weight::Regular, palette.ink);
        Style {
            small: base(scale.small, Weight::Regular, palette.muted),
            body,
            facts: base(scale.body, Weight::Regular, palette.ink),
            title: base(scale.display, Weight::Bold, palette.ink),
            answer: base(scale.answer, Weight::Bold, palette.brand),
            larger_answers: &[],
            heading: base(scale.heading, Weight::Bold, palette.brand),
            subheading: ParagraphStyle { weight: Weight::Bold, ..body },
            page: Size::default(),
            margin: Margin {
                top: Pt::ZERO,
                bottom: Pt::ZERO,
                side: Pt::ZERO,
                head: Pt::ZERO,
                foot: Pt::ZERO,
            },
            columns: 1,
            gutter: Pt::ZERO,
            grid: Pt::ZERO,
            palette: *palette,
            picture: palette.brand,
            outlined: false,
            panel: Panel {
                side: Pt::ZERO,
                padding: Glue::NONE,
                radius: Pt::ZERO,
                border: Pt::ZERO,
                gap: Glue::NONE,
            },
            gaps: Gaps::fixed(Pt::ZERO, Pt::ZERO, Pt::ZERO),
            figure: Pt::ZERO,
            max_pages: 1,
        }
    }

    /// The same on lines that are so many times as high.
    pub fn taller(&self, factor: f32) -> Style {
        let taller = |set: ParagraphStyle| ParagraphStyle { leading: set.leading * factor, ..set };
        Style {
            small: taller(self.small),
            body: taller(self.body),
            facts: taller(self.facts),
            title: taller(self.title),
            answer: taller(self.answer),
            heading: taller(self.heading),
            subheading: taller(self.subheading),
            grid: self.grid * factor,
            ..self.clone()
        }
    }

    /// Width between the side margins.
    pub fn measure(&self) -> Pt {
        self.page.width - self.margin.side * 2.0
    }

    /// Where words may stand on a page.
    pub fn inside_margins(&self) -> Rect {
        let Margin { top, bottom, side, .. } = self.margin;
        Rect { x: side, y: top, width: self.measure(), height: self.page.height - top - bottom }
    }

    /// Width of one of `count` columns.
    pub fn column_width(&self, count: usize) -> Pt {
        (self.measure() - self.gutter * (count - 1) as f32) / count as f32
    }

    /// How many cells stand side by side in `width`, and how wide each is: one inside a column.
    pub fn cells(&self, width: Pt) -> (usize, Pt) {
        let count = if width < self.measure() { 1 } else { self.columns };
        (count, (width - self.gutter * (count - 1) as f32) / count as f32)
    }

    pub fn border(&self, colour: Colour) -> Pen {
        Pen { colour, width: self.panel.border, dash: None, round: false }
    }
}

const BLACK: Colour = Colour::new(0, 0, 0);

/// The contrast with paper of a grey of one half: no line that says something is lighter.
const HALF: f64 = 4.0;

/// The palette for office printers: text of black alone, which they do not make dots of, and lines that a copy keeps.
fn for_office(palette: &Palette) -> Palette {
    let rule = if palette.rule.contrast(palette.paper) < HALF {
        BLACK.softened(palette.paper, HALF)
    } else {
        palette.rule
    };
    Palette { ink: BLACK, rule, ..*palette }
}

/// ISO 216 A4 and ANSI Letter.
pub fn paper_size(paper: Paper) -> Size {
    match paper {
        Paper::Letter => Size { width: Pt(612.0), height: Pt(792.0) },
        Paper::A4 => Size { width: Pt(595.276), height: Pt(841.89) },
    }
}

impl ParagraphStyle {
    pub fn coloured(self, colour: Colour) -> ParagraphStyle {
        ParagraphStyle { colour, ..self }
    }

    pub fn weighing(self, weight: Weight) -> ParagraphStyle {
        ParagraphStyle { weight, ..self }
    }

    /// Of about equally long lines, where there are few.
    pub fn evened(self) -> ParagraphStyle {
        ParagraphStyle { even: true, ..self }
    }

    pub fn aligned(self, align: Align) -> ParagraphStyle {
        ParagraphStyle { align, ..self }
    }
}
