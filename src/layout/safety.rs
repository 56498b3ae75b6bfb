//! The three tiers on page 1. Emergency: a filled band and a heavy border, so that it stands out in black and
//! white too; the two others side by side below it, each with a lighter border and a mark of its own.

use super::block::hang;
use super::boxes::{Look, panel_row};
use super::builder::{Builder, with_gap};
use super::columns::{Columns, balanced, beside, packed};
use super::glue::Glue;
use super::marks::{Mark, mark, warning_sign};
use super::paragraph::ParagraphStyle;
use super::strip::{Inset, Strip, closing, decoration, merge, stack_height};
use super::{Artifact, ElementId, Fragment, LayoutError, Pen, Role, Shape, Style};
use crate::brand::Colour;
use crate::document::{Safety, Text, Tier, by_question};
use crate::geometry::{Point, Pt, Rect};

/// A narrower measure has lists and boxes below each other.
const NARROW: Pt = Pt(300.0);
/// Borders of the three tiers.
const BORDERS: [Pt; 3] = [Pt(2.0), Pt(1.5), Pt(0.75)];
/// So much higher than its middle the text of the emergency box looks as far from both ends.
const OPTICAL: Pt = Pt(1.5);
/// Between columns of signs.
const APART: Pt = Pt(16.0);
/// Of signs.
const MOST_COLUMNS: usize = 4;

/// What stands in a box, its width, its look.
type Cell = (Vec<Strip>, Pt, Look);

fn highest(pair: &[Cell; 2]) -> Pt {
    stack_height(&pair[0].0).max(stack_height(&pair[1].0))
}

/// How the two lesser tiers stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tiers {
    /// Side by side, of one width where that leaves neither half empty.
    Even,
    /// Side by side, each as wide as what it says asks for.
    Uneven,
    /// Below each other, over the whole measure.
    Stacked,
}

/// Lines of a box that stay empty beside a fuller one of the same width; more of them look like something forgotten.
const MOST_EMPTY: f32 = 2.0;
/// No tier of two has less of their width.
const LEAST_SHARE: f32 = 0.38;

impl Builder<'_> {
    /// Heading and the three tiers.
    pub fn tiers(&mut self, safety: &Safety, section: ElementId) -> Result<Vec<Strip>, LayoutError> {
        let mut strips = self.emergency_tier(safety, section)?;
        let shape = if self.style.measure() < NARROW { Tiers::Stacked } else { Tiers::Even };
        strips.extend(self.lesser_tiers(safety, section, shape)?);
        Ok(strips)
    }

    /// Heading and emergency tier.
    pub fn emergency_tier(&mut self, safety: &Safety, section: ElementId) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style;
        let heading = self.heading(safety.heading(), &style.heading, style.measure(), 2, section, None)?;
        let mut box_ = self.emergency(safety.emergency(), section)?;
        box_.gap = style.gaps.heading_to_box.into();
        Ok(vec![Strip { gap: style.gaps.box_heading, ..heading }, box_])
    }

    /// The heading once more, for a page on which the warnings go on. It repeats, so it is not read again.
    pub fn repeated_heading(&self, safety: &Safety) -> Result<Strip, LayoutError> {
        let style = self.style;
        let set = self.set(safety.heading(), &style.heading, style.measure())?;
        let height = set.height + style.gaps.heading_to_box;
        Ok(Strip::of(height, self.artifact_lines(&set, Artifact::Header, Point::default())))
    }

    /// Advice by precaution: a bordered strip each, or one of all.
    pub fn precautions(
        &mut self,
        safety: &Safety,
        section: ElementId,
        joined: bool,
    ) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style;
        let width = style.measure();
        let mut close = style.clone();
        close.panel.padding = Glue::new(2.0, 3.0, 5.0, 1.0);
        let look = Look { fill: None, border: Some(style.border_of(BORDERS[2], style.palette.muted)) };
        let mut boxes: Vec<Vec<Strip>> = Vec::new();
        for advice in safety.precautions() {
            let bold = style.subheading.evened();
            let lines = self.text(advice, &bold, style.inside(width), Role::Paragraph, section)?;
            match boxes.last_mut().filter(|_| joined) {
                Some(box_) => box_.extend(with_gap(lines, style.grid / 4.0)),
                None => boxes.push(lines),
            }
        }
        let strips = boxes.into_iter().map(|lines| panel_row(&close, vec![(lines, width, look)]));
        Ok(strips.map(|strip| Strip { gap: Glue::new(4.0, 6.0, 8.0, 1.0), ..strip }).collect())
    }

    fn emergency(&mut self, tier: &Tier, section: ElementId) -> Result<Strip, LayoutError> {
        let style = self.style;
        let warning = style.palette.warning;
        let width = style.measure();
        let inside = style.inside(width);
        let (band_fill, band_text) = match style.outlined {
            true => (None, warning),
            false => (Some(warning), style.palette.paper),
        };
        let sign = self.band_style().size * 1.15;
        // In the type of a poster as much as it needs there.
        let indent = sign + Pt(8.0).max(self.style.body.size * 0.44);
        let heading_style = self.band_style().coloured(band_text).evened();
        let heading = self.heading(&tier.heading, &heading_style, inside - indent, 3, section, None)?;
        let band_height = heading.height + Pt(8.0);
        let body = self.tier_text(tier, inside, section, (true, true))?;
        let padding = style.panel.padding;
        let height = band_height + body.height + padding.natural * 2.0;
        let mut strip = Strip::of(height, self.emergency_frame(height, band_height, band_fill));
        let inner = band_fill.unwrap_or(style.palette.paper);
        let top = (self.band_style().leading - sign) / 2.0 + Pt(4.0);
        strip.fragments.extend(warning_sign(style.panel.side, top, sign, band_text, inner));
        strip.absorb(heading, Point::new(style.panel.side + indent, Pt(4.5)));
        let fixed = strip.fragments.len() - 1;
        let closing = closing(std::slice::from_ref(&body));
        // A line has more air above its letters than below them.
        strip.absorb(body, Point::new(style.panel.side, band_height + padding.natural - OPTICAL));
        strip.inset = Some(Inset { padding, frames: 1, fixed, closing });
        Ok(strip)
    }

    /// Words on the emergency band: heading size, or in large type a bold line of the body's, to save a line.
    fn band_style(&self) -> ParagraphStyle {
        if self.style.columns > 1 { self.style.heading } else { self.style.subheading }
    }

    /// Border of the whole and, above, the band behind the heading.
    fn emergency_frame(&self, height: Pt, band: Pt, fill: Option<Colour>) -> Vec<Fragment> {
        let style = self.style;
        let width = style.measure();
        let pen = style.border_of(BORDERS[0], style.palette.warning);
        let radius = style.panel.radius;
        let rect = |y: Pt, height: Pt| Rect { x: Pt(1.0), y: y + Pt(1.0), width: width - Pt(2.0), height };
        let outline = rect(Pt::ZERO, height - Pt(2.0));
        let mut shapes = vec![Shape::Rectangle { rect: outline, radius, fill: None, stroke: Some(pen) }];
        if fill.is_some() {
            shapes.push(Shape::Rectangle { rect: rect(Pt::ZERO, band), radius, fill, stroke: None });
            // Squares the band's lower corners.
            let lower = rect(band / 2.0, band / 2.0);
            shapes.push(Shape::Rectangle { rect: lower, radius: Pt::ZERO, fill, stroke: None });
        } else {
            let y = band + Pt(1.0);
            shapes.push(Shape::Rule { from: Point::new(Pt::ZERO, y), to: Point::new(width, y), pen });
        }
        shapes.into_iter().map(decoration).collect()
    }

    /// The tiers below the emergency.
    pub fn lesser_tiers(
        &mut self,
        safety: &Safety,
        section: ElementId,
        shape: Tiers,
    ) -> Result<Vec<Strip>, LayoutError> {
        if shape == Tiers::Stacked {
            return Ok(vec![self.same_day_tier(safety, section)?, self.call_tier(safety, section)?]);
        }
        let each = self.style.column_width(2);
        let mut pair = self.lesser_pair(safety, (each, each), section)?;
        let differ = |pair: &[Cell; 2]| (stack_height(&pair[0].0) - stack_height(&pair[1].0)).0.abs();
        if shape == Tiers::Uneven || Pt(differ(&pair)) > self.style.body.leading * MOST_EMPTY {
            let heights = pair.each_ref().map(|(text, ..)| stack_height(text));
            let share = (heights[0].0 / (heights[0] + heights[1]).0).clamp(LEAST_SHARE, 1.0 - LEAST_SHARE);
            // The most even of those that are as low.
            for share in [(share + 0.5) / 2.0, share] {
                let first = Pt((each * 2.0 * share).0.round());
                let other = self.lesser_pair(safety, (first, each * 2.0 - first), section)?;
                if highest(&other) < highest(&pair) {
                    pair = other;
                }
            }
        }
        let row = panel_row(self.style, pair.into());
        Ok(vec![Strip { gap: self.style.panel.gap, ..row }])
    }

    fn lesser_pair(
        &mut self,
        safety: &Safety,
        (first, second): (Pt, Pt),
        section: ElementId,
    ) -> Result<[Cell; 2], LayoutError> {
        let same_day = self.lesser_cell(safety, Mark::Clock, (first, false), section)?;
        let call = self.lesser_cell(safety, Mark::Handset, (second, false), section)?;
        Ok([same_day, call])
    }

    /// What needs help today, over the whole measure.
    pub fn same_day_tier(&mut self, safety: &Safety, section: ElementId) -> Result<Strip, LayoutError> {
        self.lesser_alone(safety, Mark::Clock, section)
    }

    /// When to call the clinic, over the whole measure.
    pub fn call_tier(&mut self, safety: &Safety, section: ElementId) -> Result<Strip, LayoutError> {
        self.lesser_alone(safety, Mark::Handset, section)
    }

    fn lesser_alone(
        &mut self,
        safety: &Safety,
        mark: Mark,
        section: ElementId,
    ) -> Result<Strip, LayoutError> {
        let cell = self.lesser_cell(safety, mark, (self.style.measure(), true), section)?;
        Ok(Strip { gap: self.style.panel.gap, ..panel_row(self.style, vec![cell]) })
    }

    /// A lesser tier with its width and its border.
    fn lesser_cell(
        &mut self,
        safety: &Safety,
        mark: Mark,
        (each, stacked): (Pt, bool),
        section: ElementId,
    ) -> Result<Cell, LayoutError> {
        let style = self.style;
        let palette = &style.palette;
        let (tier, border, heading) = match mark {
            Mark::Clock => (
                safety.same_day(),
                style.border_of(BORDERS[1], palette.warning),
                style.subheading.coloured(palette.warning),
            ),
            _ => (safety.call(), style.border_of(BORDERS[2], palette.muted), style.subheading),
        };
        let text = self.lesser_tier(tier, (style.inside(each), heading, mark), section, stacked)?;
        Ok((text, each, Look { fill: None, border: Some(border) }))
    }

    fn lesser_tier(
        &mut self,
        tier: &Tier,
        (width, heading, kind): (Pt, ParagraphStyle, Mark),
        section: ElementId,
        wide: bool,
    ) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style;
        let indent = style.body.size * kind.indent();
        let words = self.heading(&tier.heading, &heading.evened(), width - indent, 3, section, None)?;
        let heading = hang(vec![words], mark(kind, style, heading.colour), indent);
        let text = self.tier_text(tier, width, section, (wide, false))?;
        Ok(vec![merge(heading), text])
    }

    /// Intro, signs, closing words. `wide`: a box over the whole measure, where signs stand in columns; `loud`: the closing
    /// words are bold.
    fn tier_text(
        &mut self,
        tier: &Tier,
        width: Pt,
        section: ElementId,
        (wide, loud): (bool, bool),
    ) -> Result<Strip, LayoutError> {
        let style = self.style;
        let wide = wide && style.measure() >= NARROW;
        let mut strips = Vec::new();
        if let Some(intro) = &tier.intro {
            strips.extend(self.text(intro, &style.body, width, Role::Paragraph, section)?);
        }
        let list = self.open(Role::List { ordered: false }, section);
        // Where signs stand apart, what is above them does too.
        strips.extend(with_gap(self.signs(&tier.signs, width, list, wide)?, style.gaps.item / 2.0));
        let mut text = merge(strips);
        // Each is about other people: without air a reader cannot tell where one ends. In facing boxes it is the quarter of a
        // line, or none, so that their lines never stand a little beside each other.
        let least = if wide { style.grid / 4.0 } else { Pt::ZERO };
        let gap = style.gaps.closing.max(style.gaps.item).max(least);
        // Whom each is for is bold: on a full sheet that is all that tells one from the next.
        for closing in by_question(&tier.closing) {
            let set = if loud { style.subheading } else { style.body };
            let lines = self.text(&closing, &set.evened(), width, Role::Paragraph, section)?;
            text.join(merge(lines), gap, gap - least);
        }
        Ok(text)
    }

    /// Signs in as many columns as hold them on a line each, else in two where that is lower.
    fn signs(
        &mut self,
        signs: &[Text],
        width: Pt,
        list: ElementId,
        wide: bool,
    ) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style;
        let indent = style.body.size * Mark::Bullet.indent();
        let mut naturals = Vec::with_capacity(signs.len());
        for sign in signs {
            naturals.push(indent + self.width_of(sign, &style.body)? + Pt(1.0));
        }
        let columns = packed(&naturals, width, APART, if wide { MOST_COLUMNS } else { 1 });
        let halves = Columns { width: (width - style.gutter) / 2.0, gutter: style.gutter };
        match columns {
            Some(columns) if columns.len() > 1 => self.signs_in_columns(signs, &columns, width, list),
            _ => {
                let column = self.sign_items(signs, width, list)?;
                let pair = if wide { self.sign_items(signs, halves.width, list)? } else { Vec::new() };
                let lines = stack_height(&column);
                let paired = balanced(pair, halves);
                // Two columns only where they are lower.
                Ok(if wide && paired.height < lines { vec![paired] } else { column })
            }
        }
    }

    fn sign_items(&mut self, signs: &[Text], width: Pt, list: ElementId) -> Result<Vec<Strip>, LayoutError> {
        let mut items = Vec::with_capacity(signs.len());
        for sign in signs {
            let gap = if items.is_empty() { Pt::ZERO } else { self.style.gaps.item };
            let item = merge(self.marked_item(sign, Mark::Bullet, width, list)?);
            items.push(Strip { gap: gap.into(), ..item });
        }
        Ok(items)
    }

    /// Columns of these widths, with what is left over between them.
    fn signs_in_columns(
        &mut self,
        signs: &[Text],
        columns: &[Pt],
        width: Pt,
        list: ElementId,
    ) -> Result<Vec<Strip>, LayoutError> {
        let rows = signs.len().div_ceil(columns.len());
        let left = width - columns.iter().copied().sum::<Pt>();
        let gutter = left / columns.len().saturating_sub(1).max(1) as f32;
        let mut cells = Vec::with_capacity(columns.len());
        for (items, column) in signs.chunks(rows).zip(columns) {
            let strips = self.sign_items(items, *column, list)?;
            cells.push((merge(strips), *column));
        }
        Ok(vec![beside(cells, gutter)])
    }
}

impl Style {
    /// A border of its own width, in units of the style's; in the ink saver none is heavier than what a copy needs.
    fn border_of(&self, width: Pt, colour: Colour) -> Pen {
        let width =
            if self.outlined { (width * 0.7).max(self.panel.border) } else { width * self.panel.border.0 };
        Pen { width, ..self.border(colour) }
    }
}
