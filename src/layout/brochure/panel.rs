//! Panels: the parts of one below each other, and what stands on the cover and the back alone.

use crate::brand::Brand;
use crate::document::{
    Brochure, Cover, CoverPicture, Imprint, PanelPhoto, Part, Pictogram, QuickAnswer, Section, Text, Tiers,
    by_question,
};
use crate::geometry::{Point, Pt, Rect};
use crate::layout::builder::{Builder, ROOT, with_gap};
use crate::layout::glue::Glue;
use crate::layout::logo_size;
use crate::layout::paragraph::{Align, ParagraphStyle, Weight};
use crate::layout::strip::{Strip, decoration, merge};
use crate::layout::{Fragment, LayoutError, Paints, Pen, Role, Shape, Tag};

/// Side of the logo on cover and back.
const LOGO: Pt = Pt(30.0);

/// A logo that takes more of the measure leaves no room for a name beside it.
const WORDMARK: f32 = 0.4;

/// A cover's picture that would be less high is left out: a long title takes its place.
const SMALLEST_PICTURE: Pt = Pt(60.0);

/// A photograph on a panel is at most so many times as high as wide.
const HIGHEST: f32 = 0.75;

/// Side of a pictogram: 18 mm.
const PICTOGRAM: Pt = Pt(51.0);

impl Builder<'_> {
    /// Parts below each other, each on the grid.
    /// `exact`: photographs are for a press.
    pub(super) fn parts(
        &mut self,
        brochure: &Brochure,
        parts: &[Part],
        exact: bool,
    ) -> Result<Vec<Strip>, LayoutError> {
        let mut strips: Vec<Strip> = Vec::new();
        for part in parts.iter().filter(|part| !matches!(part, Part::Pictograms(_))) {
            let mut strip = merge(self.part(brochure, part, exact)?);
            strip.height = up_to_grid(strip.height, self.style.grid);
            strip.gap = if strips.is_empty() { Glue::NONE } else { self.style.gaps.heading };
            strips.push(strip);
        }
        Ok(strips)
    }

    fn part(&mut self, brochure: &Brochure, part: &Part, exact: bool) -> Result<Vec<Strip>, LayoutError> {
        match part {
            Part::Quick(quick) => self.panel_quick(quick),
            Part::Timeline(timeline) => Ok(vec![self.panel_timeline(timeline)?]),
            Part::Tiers(which) => {
                let section = self.open(Role::Section, ROOT);
                let safety = brochure.safety();
                match which {
                    Tiers::All => self.tiers(safety, section),
                    Tiers::Urgent => {
                        let mut strips = self.emergency_tier(safety, section)?;
                        strips.push(self.same_day_tier(safety, section)?);
                        Ok(strips)
                    }
                    Tiers::Call => Ok(vec![self.call_tier(safety, section)?]),
                    Tiers::Emergency => self.emergency_tier(safety, section),
                    Tiers::Lesser => {
                        Ok(vec![self.same_day_tier(safety, section)?, self.call_tier(safety, section)?])
                    }
                }
            }
            Part::Precautions(heading) => {
                let style = self.style;
                let section = self.open(Role::Section, ROOT);
                let mut strips =
                    vec![self.heading(heading, &style.heading, style.measure(), 2, section, None)?];
                for (index, advice) in by_question(brochure.safety().precautions()).iter().enumerate() {
                    let lines = self.text(advice, &style.body, style.measure(), Role::Paragraph, section)?;
                    strips.extend(with_gap(lines, if index == 0 { Pt::ZERO } else { style.grid / 2.0 }));
                }
                Ok(strips)
            }
            Part::Section(section) => self.panel_section(section),
            Part::Photo(photo) => Ok(vec![self.panel_photo(photo, exact)]),
            // They stand at the foot.
            Part::Pictograms(_) => Ok(Vec::new()),
        }
    }

    /// Pictograms in equal cells over their captions, below a rule.
    pub(super) fn pictograms(&mut self, row: &[Pictogram]) -> Result<Strip, LayoutError> {
        let style = self.style;
        let width = style.measure() / row.len().max(1) as f32;
        let caption =
            style.body.weighing(Weight::Semibold).coloured(style.palette.brand).aligned(Align::Centre);
        let pen = Pen { width: Pt(0.75), ..style.border(style.palette.brand) };
        let (from, to) = (Point::default(), Point::new(style.measure(), Pt::ZERO));
        let mut strip = Strip::of(style.grid * 2.0, vec![decoration(Shape::Rule { from, to, pen })]);
        let top = strip.height;
        for (index, pictogram) in row.iter().enumerate() {
            let x = width * index as f32;
            let side = PICTOGRAM.min(width);
            let place = Rect { x: x + (width - side) / 2.0, y: top, width: side, height: side };
            strip.fragments.push(self.icon(&pictogram.picture, place));
            let mut bottom = top + side;
            if let Some(words) = &pictogram.caption {
                bottom += style.grid / 2.0;
                let lines = self.text(words, &caption, width, Role::Paragraph, ROOT)?;
                bottom += self.put(&mut strip, lines, x, bottom);
            }
            strip.height = strip.height.max(bottom);
        }
        strip.height = up_to_grid(strip.height, style.grid);
        Ok(strip)
    }

    fn panel_section(&mut self, section: &Section) -> Result<Vec<Strip>, LayoutError> {
        let element = self.open(Role::Section, ROOT);
        let width = self.style.measure();
        let mut strips = self.section_head(section, width, element)?;
        strips.extend(self.blocks(&section.blocks, width, element)?);
        Ok(strips)
    }

    /// Over the whole measure in its own proportions; what is higher than [`HIGHEST`] shows its middle.
    fn panel_photo(&mut self, shown: &PanelPhoto, exact: bool) -> Strip {
        let width = self.style.measure();
        let photo = &shown.photo;
        let own = width * (photo.height as f32 / photo.width.max(1) as f32);
        let grid = self.style.grid;
        let height = grid * (own.min(width * HIGHEST).0 / grid.0).floor().max(1.0);
        let element = self.open_figure(ROOT, &shown.alt);
        let rect = Rect { x: Pt::ZERO, y: Pt::ZERO, width, height };
        let shape = Shape::Photo { photo: photo.clone(), rect, exact };
        Strip::of(height, vec![Fragment { tag: Tag::Element(element), shape }])
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
    /// not fit it. `ground`: what is in the brand's colour.
    /// `exact`: a photograph is for a press.
    pub(super) fn cover(
        &mut self,
        cover: &Cover,
        brand: &Brand,
        (ground, exact): (Rect, bool),
    ) -> Result<Strip, LayoutError> {
        let (style, width) = (self.style, self.style.measure());
        let mut panel = Strip::of(style.page.height, Vec::new());
        let x = style.margin.side;
        let mut y = style.margin.top + Pt(26.0);
        let clinic_style = style.body.weighing(Weight::Bold);
        let names = [(&cover.clinic, clinic_style), (&cover.city, style.body)];
        let letterhead = self.letterhead(brand, names)?;
        y += self.put(&mut panel, vec![letterhead], x, y) + style.grid * 5.0;
        let title = self.heading(&cover.title, &style.title, width, 1, ROOT, None)?;
        y += self.put(&mut panel, vec![title], x, y) + style.grid;
        let line = style.heading.weighing(Weight::Regular);
        let strips = self.text(&cover.line, &line, width, Role::Paragraph, ROOT)?;
        y += self.put(&mut panel, strips, x, y) + style.grid * 3.0;
        let room = ground.bottom() - y;
        panel.height += (-room).max(Pt::ZERO);
        if let Some(picture) = cover.picture.as_ref().filter(|_| room >= SMALLEST_PICTURE) {
            // A landscape from edge to edge, on the ground's foot.
            let element = self.open_figure(ROOT, &cover.alt);
            let at_foot = |width: f32, height: f32| {
                let height = (ground.width * (height / width)).min(room);
                Rect { y: ground.bottom() - height, height, ..ground }
            };
            let shape = match picture {
                CoverPicture::Drawing(picture) => {
                    let rect = at_foot(picture.width, picture.height);
                    let (accent, paper) = (style.palette.accent, style.palette.paper);
                    let paints = Paints { line: style.hills(), accent, paper };
                    Shape::Picture { picture: picture.clone(), rect, paints }
                }
                CoverPicture::Photo(photo) => {
                    let rect = at_foot(photo.width as f32, photo.height as f32);
                    Shape::Photo { photo: photo.clone(), rect, exact }
                }
            };
            panel.fragments.push(Fragment { tag: Tag::Element(element), shape });
        }
        Ok(panel)
    }

    /// Clinic and city beside the logo, who works there; then a rule and the notes. Above them a line for the next visit.
    pub(super) fn imprint(
        &mut self,
        imprint: &Imprint,
        brand: &Brand,
        visit: bool,
    ) -> Result<Strip, LayoutError> {
        let (style, width) = (self.style, self.style.measure());
        let mut strip = Strip::default();
        if visit {
            strip = self.visit_line(&imprint.next_visit)?;
            strip.height = up_to_grid(strip.height + style.grid, style.grid);
        }
        // Beside the logo, as on the cover: what it would take below is room for a question more.
        let name = style.body.weighing(Weight::Bold).coloured(style.palette.brand);
        let letterhead = self.letterhead(brand, [(&imprint.clinic, name), (&imprint.city, style.body)])?;
        // All is on the grid from the foot up.
        let top = strip.height + up_to_grid(letterhead.height, style.grid) - letterhead.height;
        let height = self.put(&mut strip, vec![letterhead], Pt::ZERO, top);
        strip.height = top + height;
        if let Some(therapists) = &imprint.therapists {
            let lines = self.text(therapists, &style.body, width, Role::Paragraph, ROOT)?;
            let top = strip.height + style.grid;
            let height = self.put(&mut strip, lines, Pt::ZERO, top);
            strip.height = top + height;
        }
        strip.height += style.grid * 2.0;
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

    /// Names beside the logo; below it where it is a wordmark that leaves them no room.
    fn letterhead(
        &mut self,
        brand: &Brand,
        names: [(&Text, ParagraphStyle); 2],
    ) -> Result<Strip, LayoutError> {
        let (style, width) = (self.style, self.style.measure());
        let logo = brand.logo_on(style.palette.paper);
        let size = logo_size(&logo, LOGO, width);
        let is_below = size.width > width * WORDMARK;
        let (left, beside) = match is_below {
            true => (Pt::ZERO, width),
            false => (size.width + Pt(10.0), width - size.width - Pt(10.0)),
        };
        let mut lines = Vec::new();
        for (words, set) in &names {
            lines.extend(self.text(words, set, beside, Role::Paragraph, ROOT)?);
        }
        let words = merge(lines);
        let rect = |y: Pt| Rect { x: Pt::ZERO, y, width: size.width, height: size.height };
        let mut strip = Strip::default();
        if is_below {
            let top = up_to_grid(size.height + style.grid / 2.0, style.grid);
            strip.fragments.push(self.icon(&logo, rect(Pt::ZERO)));
            strip.height = top + words.height;
            strip.absorb(words, Point::new(left, top));
        } else {
            strip.height = size.height.max(words.height);
            strip.fragments.push(self.icon(&logo, rect((strip.height - size.height) / 2.0)));
            let top = (strip.height - words.height) / 2.0;
            strip.absorb(words, Point::new(left, top));
        }
        Ok(strip)
    }

    /// A frame with a label and a line to write on.
    fn visit_line(&mut self, label: &Text) -> Result<Strip, LayoutError> {
        let (style, width) = (self.style, self.style.measure());
        let (side, height) = (Pt(9.0), style.body.leading + Pt(12.0));
        let words = style.body.weighing(Weight::Semibold).coloured(style.palette.brand);
        let pen = Pen { width: Pt(0.75), ..style.border(style.palette.brand) };
        let rect = Rect { x: Pt::ZERO, y: Pt::ZERO, width, height };
        let frame = Shape::Rectangle { rect, radius: style.panel.radius, fill: None, stroke: Some(pen) };
        let mut strip = Strip::of(height, vec![decoration(frame)]);
        let start = side + self.width_of(label, &words)? + Pt(8.0);
        let y = Pt(6.0) + style.body.leading * 0.85;
        let pen = Pen { dash: Some((Pt(1.0), Pt(2.0))), ..style.border(style.palette.muted) };
        let (from, to) = (Point::new(start, y), Point::new(width - side, y));
        strip.fragments.push(decoration(Shape::Rule { from, to, pen }));
        let lines = self.text(label, &words, width - side * 2.0, Role::Paragraph, ROOT)?;
        self.put(&mut strip, lines, side, Pt(6.0));
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
