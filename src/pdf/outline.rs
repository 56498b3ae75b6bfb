//! The outline (ISO 32000-1 12.3.3): headings as bookmarks, nested by level.

use super::number::{hundredths, push_hundredths, push_int};
use super::tags::push_ref;
use super::write::{Objects, Ref, push_text};
use crate::layout::Layout;
use std::io::{self, Write};

/// An item as it will be written.
pub(super) struct Item {
    pub title: String,
    pub parent: Ref,
    pub previous: Option<Ref>,
    pub next: Option<Ref>,
    /// First and last child, and how many items stand below.
    pub children: Option<(Ref, Ref, usize)>,
    /// Page, left and top in hundredths of a point.
    pub target: Option<(Ref, i32)>,
    pub element: Option<Ref>,
}

/// The first and last item of the topmost level, and how many items there are in all.
pub(super) type Level = Option<(Ref, Ref, usize)>;

/// Writes the headings of a layout below `parent`.
pub(super) fn write<W: Write>(
    layout: &Layout,
    parent: Ref,
    pages: &[Ref],
    elements: &[Option<Ref>],
    objects: &mut Objects<W>,
) -> io::Result<Level> {
    let entries = &layout.outline;
    let first = objects.reserve_many(entries.len() as u32).0;
    let id = |index: usize| Ref(first + index as u32);
    let (tree, top) = tree(&entries.iter().map(|entry| entry.level).collect::<Vec<_>>());
    let level = |children: Children| children.ends.map(|(first, last)| (id(first), id(last), children.below));
    for (index, (entry, place)) in entries.iter().zip(&tree).enumerate() {
        let page = layout.pages.get(entry.page).zip(pages.get(entry.page));
        let item = Item {
            title: entry.title.clone(),
            parent: place.parent.map_or(parent, id),
            previous: place.previous.map(id),
            next: place.next.map(id),
            children: level(place.children),
            target: page.map(|(page, id)| (*id, hundredths(page.size.height) - hundredths(entry.y))),
            element: elements.get(entry.element.0 as usize).copied().flatten(),
        };
        item.write(objects.open(id(index))?);
    }
    Ok(level(top))
}

/// Where an item stands among the others.
#[derive(Clone, Copy, Default)]
struct Place {
    /// The nearest item before it that has a lower level.
    parent: Option<usize>,
    previous: Option<usize>,
    next: Option<usize>,
    children: Children,
}

/// The items right below one: the first and the last, and how many stand below it in all.
#[derive(Clone, Copy, Default)]
struct Children {
    ends: Option<(usize, usize)>,
    below: usize,
}

/// Items by their levels; and those of the topmost level.
fn tree(levels: &[u8]) -> (Vec<Place>, Children) {
    let mut open: Vec<usize> = Vec::new();
    let mut places = vec![Place::default(); levels.len()];
    let mut top = Children::default();
    for (index, level) in levels.iter().enumerate() {
        while open.last().is_some_and(|last| levels[*last] >= *level) {
            open.pop();
        }
        let parent = open.last().copied();
        let siblings = parent.map_or(&mut top, |parent| &mut places[parent].children);
        let previous = siblings.ends.map(|(_, last)| last);
        siblings.ends = Some((siblings.ends.map_or(index, |(first, _)| first), index));
        (places[index].parent, places[index].previous) = (parent, previous);
        if let Some(previous) = previous {
            places[previous].next = Some(index);
        }
        top.below += 1;
        open.iter().for_each(|above| places[*above].children.below += 1);
        open.push(index);
    }
    (places, top)
}

impl Item {
    pub fn write(&self, out: &mut String) {
        out.push_str("<</Title");
        push_text(out, &self.title);
        let links = [
            ("/Parent", Some(self.parent)),
            ("/Prev", self.previous),
            ("/Next", self.next),
            ("/SE", self.element),
        ];
        for (key, value) in links {
            if let Some(value) = value {
                out.push_str(key);
                push_ref(out, value);
            }
        }
        push_children(out, self.children);
        if let Some((page, top)) = self.target {
            out.push_str("/Dest[");
            push_int(out, i64::from(page.0));
            out.push_str(" 0 R/XYZ null ");
            push_hundredths(out, top);
            out.push_str(" null]");
        }
        out.push_str(">>");
    }
}

pub(super) fn push_children(out: &mut String, children: Level) {
    if let Some((first, last, count)) = children {
        out.push_str("/First");
        push_ref(out, first);
        out.push_str("/Last");
        push_ref(out, last);
        out.push_str("/Count ");
        push_int(out, count as i64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_hangs_from_the_nearest_higher_one() {
        let parents = |levels| tree(levels).0.iter().map(|place| place.parent).collect::<Vec<_>>();
        assert_eq!(parents(&[1, 2, 3, 2, 1]), [None, Some(0), Some(1), Some(0), None]);
        assert_eq!(parents(&[2, 1]), [None, None]);
    }

    #[test]
    fn items_know_those_beside_and_below_them() {
        let (places, top) = tree(&[1, 2, 3, 2, 1]);
        let beside: Vec<_> = places.iter().map(|place| (place.previous, place.next)).collect();
        assert_eq!(
            beside,
            [(None, Some(4)), (None, Some(3)), (None, None), (Some(1), None), (Some(0), None)]
        );
        let below: Vec<_> = places.iter().map(|place| (place.children.ends, place.children.below)).collect();
        assert_eq!(below, [(Some((1, 3)), 3), (Some((2, 2)), 1), (None, 0), (None, 0), (None, 0)]);
        assert_eq!((top.ends, top.below), (Some((0, 4)), 5));
    }
}
