//! The three tiers on page 1. Emergency: a filled band and a heavy border, so that it stands out in black and
//! white too; the two others side by side below it.

use super::boxes::{Look, panel_row};
use super::builder::{Builder, ROOT, with_gap};
use super::columns::{Columns, balanced};
use super::marks::{Mark, warning_sign};
use super::paragraph::ParagraphStyle;
use super::strip::{Strip, decoration, merge};
use super::{Artifact, ElementId, Fragment, LayoutError, Pen, Role, Shape};
use crate::brand::Colour;
use crate::document::{Safety, Tier};
use crate::geometry::{Point, Pt, Rect};

/// A narrower measure has lists and boxes below each other.
const NARROW: Pt = Pt(300.0);

/// The warnings as they may be parted.
#[derive(Default)]
pub struct Warnings {
    /// Heading and emergency tier: on page 1.
    pub first: Vec<Strip>,
    /// The lesser tiers and the advice by precaution: behind them, before anything else.
    pub rest: Vec<Strip>,
}

impl Builder<'_> {
    /// Heading, emergency tier, same-day and call tiers, advice by precaution. `stacked`: the lesser tiers stand below
    /// each other.
    pub fn safety(&mut self, safety: &Safety, stacked: bool) -> Result<Warnings, LayoutError> {
        let style = self.style;
        let width = style.measure();
        let section = self.open(Role::Section, ROOT);
        let first = self.loud(safety, section)?;
        let mut rest = self.lesser_tiers(safety, section, stacked || width < NARROW)?;
        for advice in safety.precautions() {
            let lines = self.text(advice, &style.subheading, width, Role::Paragraph, section)?;
            rest.extend(with_gap(vec![merge(lines)], style.grid / 2.0));
        }
        Ok(Warnings { first, rest })
    }

    /// Heading and the three tiers.
    pub fn tiers(&mut self, safety: &Safety, section: ElementId) -> Result<Vec<Strip>, LayoutError> {
        let mut strips = self.loud(safety, section)?;
        strips.extend(self.lesser_tiers(safety, section, self.style.measure() < NARROW)?);
        Ok(strips)
    }

    fn loud(&mut self, safety: &Safety, section: ElementId) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style;
        let heading = self.heading(safety.heading(), &style.heading, style.measure(), 2, section, None)?;
        Ok(vec![heading, self.emergency(safety.emergency(), section)?])
    }

    /// The heading once more, for a page on which the warnings go on. It repeats, so it is not read again.
    pub fn repeated_heading(&self, safety: &Safety) -> Result<Strip, LayoutError> {
        let style = self.style;
        let set = self.set(safety.heading(), &style.heading, style.measure())?;
        Ok(Strip::of(set.height, self.artifact_lines(&set, Artifact::Header, Point::default())))
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
        let indent = sign + Pt(8.0);
        let heading_style = self.band_style().coloured(band_text);
        let heading = self.heading(&tier.heading, &heading_style, inside - indent, 3, section, None)?;
        let band_height = heading.height + Pt(8.0);
        let mut body = self.tier_text(tier, inside, section, true)?;
        body.gap = Pt::ZERO;
        let height = band_height + body.height + style.panel.padding * 1.5;
        let mut strip = Strip::of(height, self.emergency_frame(height, band_height, band_fill));
        let inner = band_fill.unwrap_or(style.palette.paper);
        let top = (self.band_style().leading - sign) / 2.0 + Pt(4.5);
        strip.fragments.extend(warning_sign(style.panel.side, top, sign, band_text, inner));
        strip.absorb(heading, Point::new(style.panel.side + indent, Pt(4.5)));
        strip.absorb(body, Point::new(style.panel.side, band_height + style.panel.padding * 0.7));
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
        let pen =
            Pen { width: Pt(if style.outlined { 1.25 } else { 2.0 }), ..style.border(style.palette.warning) };
        let radius = style.panel.radius;
        let rect = |y: Pt, height: Pt| Rect { x: Pt(1.0), y: y + Pt(1.0), width: width - Pt(2.0), height };
        let mut shapes = Vec::new();
        if fill.is_some() {
            shapes.push(Shape::Rectangle { rect: rect(Pt::ZERO, band), radius, fill, stroke: None });
            // Squares the band's lower corners.
            let lower = rect(band / 2.0, band / 2.0);
            shapes.push(Shape::Rectangle { rect: lower, radius: Pt::ZERO, fill, stroke: None });
        } else {
            let y = band + Pt(1.0);
            shapes.push(Shape::Rule { from: Point::new(Pt::ZERO, y), to: Point::new(width, y), pen });
        }
        let outline = rect(Pt::ZERO, height - Pt(2.0));
        shapes.push(Shape::Rectangle { rect: outline, radius, fill: None, stroke: Some(pen) });
        shapes.into_iter().map(decoration).collect()
    }

    fn lesser_tiers(
        &mut self,
        safety: &Safety,
        section: ElementId,
        stacked: bool,
    ) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style;
        let each = if stacked { style.measure() } else { style.column_width(2) };
        let inside = style.inside(each);
        let warning = style.subheading.coloured(style.palette.warning);
        let first = self.lesser_tier(safety.same_day(), inside, warning, section)?;
        let second = self.lesser_tier(safety.call(), inside, style.subheading, section)?;
        let red = Look { fill: None, border: Some(style.border(style.palette.warning)) };
        let grey = Look { fill: None, border: Some(style.border(style.palette.muted)) };
        if stacked {
            let below = |cell| Strip { gap: style.panel.gap, ..panel_row(style, vec![cell]) };
            return Ok([(first, each, red), (second, each, grey)].map(below).into());
        }
        let row = panel_row(style, vec![(first, each, red), (second, each, grey)]);
        Ok(vec![Strip { gap: style.panel.gap, ..row }])
    }

    fn lesser_tier(
        &mut self,
        tier: &Tier,
        width: Pt,
        heading: ParagraphStyle,
        section: ElementId,
    ) -> Result<Vec<Strip>, LayoutError> {
        let heading = self.heading(&tier.heading, &heading, width, 3, section, None)?;
        let text = self.tier_text(tier, width, section, false)?;
        Ok(vec![heading, text])
    }

    /// Intro, signs, closing words: those of a `loud` tier are bold, and its signs stand in two columns where there is
    /// room.
    fn tier_text(
        &mut self,
        tier: &Tier,
        width: Pt,
        section: ElementId,
        loud: bool,
    ) -> Result<Strip, LayoutError> {
        let style = self.style;
        let wide = loud && style.measure() >= NARROW;
        let mut strips = Vec::new();
        if let Some(intro) = &tier.intro {
            strips.extend(self.text(intro, &style.body, width, Role::Paragraph, section)?);
        }
        let list = self.open(Role::List { ordered: false }, section);
        let each = if wide { (width - style.gutter) / 2.0 } else { width };
        let mut signs = Vec::new();
        for sign in &tier.signs {
            signs.push(merge(self.marked_item(sign, Mark::Bullet, each, list)?));
        }
        match wide {
            true => strips.push(balanced(signs, Columns { width: each, gutter: style.gutter })),
            false => strips.extend(signs),
        }
        for text in &tier.closing {
            let bold = if loud { style.subheading } else { style.body };
            let lines = self.text(text, &bold, width, Role::Paragraph, section)?;
            strips.extend(with_gap(lines, style.grid / 2.0));
        }
        Ok(merge(strips))
    }
}
