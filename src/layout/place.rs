//! Placing: the rows of each side get their place, once.

use super::builder::Builder;
use super::plan::{Plan, Row};
use super::strip::Strip;
use super::{Fragment, OutlineEntry, Page, Role, Shape, Style, Tag};
use crate::geometry::{Point, Pt};

/// Pages in the making.
pub struct Pages<'p, 'b> {
    builder: &'p mut Builder<'b>,
    style: &'p Style,
    placed: Placed,
}

#[derive(Default)]
pub struct Placed {
    pub pages: Vec<Page>,
    pub outline: Vec<OutlineEntry>,
    /// Where the rows of each page end.
    pub ends: Vec<Pt>,
}

impl<'p, 'b> Pages<'p, 'b> {
    pub fn new(builder: &'p mut Builder<'b>, style: &'p Style) -> Pages<'p, 'b> {
        Pages { builder, style, placed: Placed::default() }
    }

    /// A side's rows, with the gap above each and the air inside of it.
    pub fn side(&mut self, plan: &mut Plan<'_>, rows: &[Row], sizes: &[(Pt, Pt)], from: Pt) {
        self.placed.pages.push(Page { size: self.style.page, ..Page::default() });
        let mut y = from;
        for (index, (row, (gap, padding))) in rows.iter().zip(sizes).enumerate() {
            let again = row.again.filter(|_| index == 0 && self.placed.pages.len() > 1);
            if let Some(strip) = again {
                let strip = std::mem::take(&mut plan.strips[strip]);
                let height = strip.height;
                self.place(strip, Point::new(self.style.margin.side, y));
                y += height;
            }
            y += *gap;
            let (strips, height) = plan.take(row, *padding);
            for (strip, x, down) in strips {
                self.place(strip, Point::new(self.style.margin.side + x, y + down));
            }
            y += height;
        }
        self.placed.ends.push(y);
    }

    pub fn done(self) -> Placed {
        self.placed
    }

    fn place(&mut self, mut strip: Strip, at: Point) {
        strip.shift(at);
        let index = self.placed.pages.len().saturating_sub(1);
        for fragment in &strip.fragments {
            note_bounds(self.builder, fragment, index);
        }
        let entries = strip.outline.iter().map(|heading| OutlineEntry {
            level: heading.level,
            title: heading.title.clone(),
            page: index,
            y: heading.y,
            element: heading.element,
        });
        self.placed.outline.extend(entries);
        if let Some(page) = self.placed.pages.last_mut() {
            page.fragments.append(&mut strip.fragments);
            page.links.append(&mut strip.links);
        }
    }
}

/// Figures remember where they stand: PDF/UA wants their box.
pub fn note_bounds(builder: &mut Builder<'_>, fragment: &Fragment, page: usize) {
    let Tag::Element(id) = fragment.tag else { return };
    let Some(element) = builder.elements.get_mut(id.0 as usize).filter(|e| e.role == Role::Figure) else {
        return;
    };
    let rect = match &fragment.shape {
        Shape::Picture { rect, .. } | Shape::Photo { rect, .. } => *rect,
        Shape::Path { segments, origin, .. } => super::bounds_of(segments, *origin),
        _ => return,
    };
    element.bounds = Some((page, rect));
}
