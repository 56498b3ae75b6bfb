//! Pages: flows go down the page, and on to the next one when they do not fit.

use super::builder::Builder;
use super::columns::{self, Columns, balanced, chunks};
use super::group::Flow;
use super::strip::{Strip, stack_height};
use super::{LayoutError, OutlineEntry, Page, Role, Shape, Style, Tag};
use crate::geometry::{Point, Pt};

/// Fills pages from the top.
pub struct Paginator<'a> {
    style: &'a Style,
    /// Pages that may be filled.
    most: usize,
    pub pages: Vec<Page>,
    pub outline: Vec<OutlineEntry>,
    /// Where the next strip goes, from the top of the page.
    y: Pt,
    at_top: bool,
}

impl<'a> Paginator<'a> {
    pub fn new(style: &'a Style, most: usize) -> Paginator<'a> {
        let (pages, outline) = (Vec::new(), Vec::new());
        let mut paginator = Paginator { style, most, pages, outline, y: Pt::ZERO, at_top: true };
        paginator.new_page();
        paginator
    }

    /// More is filled than may be: what follows need not be set.
    pub fn is_over(&self) -> bool {
        self.pages.len() > self.most
    }

    /// Index of the page in hand.
    pub fn page(&self) -> usize {
        self.pages.len() - 1
    }

    /// Room left on the page in hand.
    pub fn room(&self) -> Pt {
        self.bottom() - self.y
    }

    fn bottom(&self) -> Pt {
        self.style.page.height - self.style.margin.bottom - self.style.margin.foot
    }

    fn new_page(&mut self) {
        let head = if self.pages.is_empty() { self.style.margin.first_head } else { self.style.margin.head };
        self.pages.push(Page { size: self.style.page, ..Page::default() });
        self.y = self.style.margin.top + head;
        self.at_top = true;
    }

    /// Space above the next flow, unless it begins a page.
    pub fn space(&mut self, gap: Pt) {
        if !self.at_top {
            self.y += gap;
        }
    }

    pub fn flow(&mut self, builder: &mut Builder<'_>, flow: Flow) {
        match flow {
            Flow::Stack(strips) => self.stack(builder, strips),
            Flow::Columns { head, strips, columns } => self.columns(builder, head, strips, columns),
        }
    }

    fn stack(&mut self, builder: &mut Builder<'_>, strips: Vec<Strip>) {
        for chunk in chunks(strips) {
            if self.is_over() {
                return;
            }
            let gap = if self.at_top { Pt::ZERO } else { chunk.first().map_or(Pt::ZERO, |strip| strip.gap) };
            if stack_height(&chunk) + gap > self.room() && !self.at_top {
                self.new_page();
            }
            for strip in chunk {
                // Only a chunk taller than a page breaks here.
                if strip.height > self.room() && !self.at_top {
                    self.new_page();
                }
                self.place(builder, strip);
            }
        }
    }

    fn columns(&mut self, builder: &mut Builder<'_>, head: Vec<Strip>, strips: Vec<Strip>, columns: Columns) {
        let head_height = stack_height(&head);
        let lines = self.style.body.leading * 2.0;
        let mut rest = strips;
        if head_height + lines > self.room() && !self.at_top {
            self.new_page();
        }
        let mut head = Some(head);
        while !rest.is_empty() && !self.is_over() {
            let room = self.room() - head.as_ref().map_or(Pt::ZERO, |_| head_height);
            let (placed, left) = columns::fill(rest, columns, room);
            match placed {
                Some(strip) => {
                    for part in head.take().into_iter().flatten() {
                        self.place(builder, part);
                    }
                    self.place(builder, strip);
                    rest = left;
                    if !rest.is_empty() {
                        self.new_page();
                    }
                }
                None if !self.at_top => {
                    self.new_page();
                    rest = left;
                }
                // A chunk taller than a page: let the stack break it.
                None => {
                    self.stack(builder, head.take().into_iter().flatten().collect());
                    self.stack(builder, vec![balanced(left, columns)]);
                    return;
                }
            }
        }
    }

    fn place(&mut self, builder: &mut Builder<'_>, mut strip: Strip) {
        if !self.at_top {
            self.y += strip.gap;
        }
        strip.shift(Point::new(self.style.margin.side, self.y));
        self.y += strip.height;
        self.at_top = false;
        let index = self.page();
        for fragment in &strip.fragments {
            note_bounds(builder, fragment, index);
        }
        let entries = strip.outline.iter().map(|heading| OutlineEntry {
            level: heading.level,
            title: heading.title.clone(),
            page: index,
            y: heading.y,
            element: heading.element,
        });
        self.outline.extend(entries);
        if let Some(page) = self.pages.last_mut() {
            page.fragments.append(&mut strip.fragments);
            page.links.append(&mut strip.links);
        }
    }

    /// Places what goes on from the first page: on each page that it begins, under `again`.
    pub fn run_on(&mut self, builder: &mut Builder<'_>, strips: Vec<Strip>, again: Strip) {
        let mut again = Some(again);
        for chunk in chunks(strips) {
            let gap = chunk.first().map_or(Pt::ZERO, |strip| strip.gap);
            if stack_height(&chunk) + gap > self.room() && !self.at_top {
                self.new_page();
                if let Some(heading) = again.take() {
                    self.place(builder, heading);
                }
            }
            for strip in chunk {
                self.place(builder, strip);
            }
        }
    }

    /// Places what must stand on the first page.
    pub fn first_page(&mut self, builder: &mut Builder<'_>, strips: Vec<Strip>) -> Result<(), LayoutError> {
        let gap = strips.first().map_or(Pt::ZERO, |strip| strip.gap);
        if self.page() > 0 || stack_height(&strips) + gap > self.room() {
            return Err(LayoutError::SafetyOffPage);
        }
        for strip in strips {
            self.place(builder, strip);
        }
        Ok(())
    }
}

/// Figures remember where they stand: PDF/UA wants their box.
pub(super) fn note_bounds(builder: &mut Builder<'_>, fragment: &super::Fragment, page: usize) {
    let Tag::Element(id) = fragment.tag else { return };
    let Some(element) = builder.elements.get_mut(id.0 as usize).filter(|e| e.role == Role::Figure) else {
        return;
    };
    let rect = match &fragment.shape {
        Shape::Picture { rect, .. } => *rect,
        Shape::Path { segments, origin, .. } => super::bounds_of(segments, *origin),
        _ => return,
    };
    element.bounds = Some((page, rect));
}
