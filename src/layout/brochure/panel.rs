//! Panels: the parts of one below each other, and what stands on the cover and the back alone.

use crate::brand::Brand;
use crate::document::{Brochure, Cover, Imprint, Part, Picture, QuickAnswer, Section};
use crate::geometry::{Point, Pt, Rect};
use crate::layout::builder::{Builder, ROOT, with_gap};
use crate::layout::glue::Glue;
use crate::layout::paragraph::Weight;
use crate::layout::strip::{Strip, decoration, merge};
use crate::layout::{Fragment, LayoutError, Pen, Role, Shape, Tag};
use std::sync::Arc;

/// Side of the logo on cover and back.
const LOGO: Pt = Pt(30.0);

/// A cover's picture that would be less high is left out: a long title takes its place.
const SMALLEST_PICTURE: Pt = Pt(60.0);

/// Side of a pictogram: 18 mm.
const PICTOGRAM: Pt = Pt(51.0);

impl Builder<'_> {
    /// Parts below each other, each on the grid.
    pub(super) fn parts(&mut self, brochure: &Brochure, parts: &[Part]) -> Result<Vec<Strip>, LayoutError> {
        let mut strips: Vec<Strip> = Vec::new();
        for part in parts.iter().filter(|part| !matches!(part, Part::Pictograms(_))) {
            let mut strip = merge(self.part(brochure, part)?);
            strip.height = up_to_grid(strip.height, self.style.grid);
            strip.gap = if strips.is_empty() { Glue::NONE } else { self.style.gaps.heading };
            strips.push(strip);
        }
        Ok(strips)
    }

    fn part(&mut self, brochure: &Brochure, part: &Part) -> Result<Vec<Strip>, LayoutError> {
        match part {
            Part::Quick(quick) => self.panel_quick(quick),
            Part::Timeline(timeline) => Ok(vec![self.panel_timeline(timeline)?]),
            Part::Tiers => {
                let section = self.open(Role::Section, ROOT);
                self.tiers(brochure.safety(), section)
            }
            Part::Precautions(heading) => {
                let style = self.style;
                let section = self.open(Role::Section, ROOT);
                let mut strips =
                    vec![self.heading(heading, &style.heading, style.measure(), 2, section, None)?];
                for (index, advice) in brochure.safety().precautions().iter().enumerate() {
                    let lines = self.text(advice, &style.body, style.measure(), Role::Paragraph, section)?;
                    strips.extend(with_gap(lines, if index == 0 { Pt::ZERO } else { style.grid / 2.0 }));
                }
                Ok(strips)
            }
            Part::Section(section) => self.panel_section(section),
            // They stand at the foot.
            Part::Pictograms(_) => Ok(Vec::new()),
        }
    }

    /// Pictograms from edge to edge of the measure, with equal gaps.
    pub(super) fn pictograms(&self, pictures: &[Arc<Picture>]) -> Strip {
        let gaps = pictures.len().saturating_sub(1).max(1) as f32;
        let step = (self.style.measure() - PICTOGRAM) / gaps;
        let icons = pictures.iter().enumerate().map(|(index, picture)| {
            let x = step * index as f32;
            self.icon(picture, Rect { x, y: Pt::ZERO, width: PICTOGRAM, height: PICTOGRAM })
        });
        Strip::of(PICTOGRAM, icons.collect())
    }

    fn panel_section(&mut self, section: &Section) -> Result<Vec<Strip>, LayoutError> {
        let element = self.open(Role::Section, ROOT);
        let width = self.style.measure();
        let mut strips = self.section_head(section, width, element)?;
        strips.extend(self.blocks(&section.blocks, width, element)?);
        Ok(strips)
    }

    /// The answer as the biggest thing inside.
    fn panel_quick(&mut self, quick: &QuickAnswer) -> Result<Vec<Strip>, LayoutError> {
        let (style, width) = (self.style, self.style.measure());
        let brand = style.palette.brand;
        let lead = style.heading.weighing(Weight::Semibold);
        let answer = style.title.coloured(brand);
        let mut strips = self.text(&quick.lead, &lead, width, Role::Paragraph, ROOT)?;
        // A paragraph of its own: in one, a space would part them, before the answer and outside the measure.
        strips.extend(self.text(&quick.answer, &answer, width, Role::Paragraph, ROOT)?);
        let advice = self.blocks(&quick.blocks, width, ROOT)?;
        strips.extend(with_gap(advice, style.grid));
        Ok(strips)
    }

    /// The cover's parts with the place of each, from the panel's top left corner. Higher than the panel when they do
    /// not fit it.
    pub(super) fn cover(&mut self, cover: &Cover, brand: &Brand) -> Result<Strip, LayoutError> {
        let (style, width) = (self.style, self.style.measure());
        let bottom = style.page.height - style.margin.bottom - Pt(14.0);
        let mut panel = Strip::of(style.page.height, Vec::new());
        let x = style.margin.side;
        let mut y = style.margin.top + Pt(26.0);
        let logo = Rect { x, y, width: LOGO, height: LOGO };
        panel.fragments.push(decoration(self.picture_shape(&brand.logo, logo)));
        y += LOGO + style.grid * 5.0;
        let title = self.heading(&cover.title, &style.title, width, 1, ROOT, None)?;
        y += self.put(&mut panel, vec![title], x, y) + style.grid;
        let line = style.heading.weighing(Weight::Regular);
        let strips = self.text(&cover.line, &line, width, Role::Paragraph, ROOT)?;
        y += self.put(&mut panel, strips, x, y) + style.grid * 3.0;
        // The clinic's lines stand at the foot; the picture has the room between.
        let clinic_style = style.body.weighing(Weight::Bold);
        let height = self.set(&cover.clinic, &clinic_style, width)?.height
            + self.set(&cover.city, &style.body, width)?.height;
        let foot = bottom - height;
        let room = foot - style.grid * 4.0 - y;
        panel.height += (-room).max(Pt::ZERO);
        if let Some(picture) = cover.picture.as_ref().filter(|_| room >= SMALLEST_PICTURE) {
            let element = self.open_figure(ROOT, &cover.alt);
            let height = (width * (picture.height / picture.width)).min(room);
            let rect = Rect { x, y: foot - style.grid * 4.0 - height, width, height };
            let shape = self.picture_shape(picture, rect);
            panel.fragments.push(Fragment { tag: Tag::Element(element), shape });
        }
        let mut clinic = self.text(&cover.clinic, &clinic_style, width, Role::Paragraph, ROOT)?;
        clinic.extend(self.text(&cover.city, &style.body, width, Role::Paragraph, ROOT)?);
        self.put(&mut panel, clinic, x, foot);
        Ok(panel)
    }

    /// Logo, clinic, city, who works there; then a rule and the notes.
    pub(super) fn imprint(&mut self, imprint: &Imprint, brand: &Brand) -> Result<Strip, LayoutError> {
        let (style, width) = (self.style, self.style.measure());
        let logo = Rect { x: Pt::ZERO, y: Pt::ZERO, width: LOGO, height: LOGO };
        let mut strip = Strip::of(LOGO + style.grid, vec![self.icon(&brand.logo, logo)]);
        let mut strips = self.text(&imprint.clinic, &style.heading, width, Role::Paragraph, ROOT)?;
        strips.extend(self.text(&imprint.city, &style.body, width, Role::Paragraph, ROOT)?);
        if let Some(therapists) = &imprint.therapists {
            let lines = self.text(therapists, &style.body, width, Role::Paragraph, ROOT)?;
            strips.extend(with_gap(lines, style.grid));
        }
        let top = strip.height;
        let height = self.put(&mut strip, strips, Pt::ZERO, top);
        strip.height += height + style.grid * 2.0;
        let y = strip.height - style.grid;
        let pen = Pen { width: Pt(0.75), ..style.border(style.palette.rule) };
        let to = Point::new(width, y);
        strip.fragments.push(decoration(Shape::Rule { from: Point::new(Pt::ZERO, y), to, pen }));
        let mut notes = Vec::new();
        for note in &imprint.notes {
            notes.extend(self.text(note, &style.small, width, Role::Paragraph, ROOT)?);
        }
        let top = strip.height;
        let height = self.put(&mut strip, notes, Pt::ZERO, top);
        strip.height += height;
        Ok(strip)
    }

    /// Puts a stack at a place of a panel; its height.
    fn put(&self, panel: &mut Strip, strips: Vec<Strip>, x: Pt, y: Pt) -> Pt {
        let strip = merge(strips);
        let height = strip.height;
        panel.absorb(strip, Point::new(x, y));
        height
    }
}

/// The next multiple of the grid.
pub(super) fn up_to_grid(height: Pt, grid: Pt) -> Pt {
    grid * ((height.0 / grid.0) - 0.01).ceil()
}
