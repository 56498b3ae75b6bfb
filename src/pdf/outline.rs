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
    let parents = parents(&entries.iter().map(|entry| entry.level).collect::<Vec<_>>());
    for (index, entry) in entries.iter().enumerate() {
        let sibling = |other: &usize| parents[*other] == parents[index];
        let page = layout.pages.get(entry.page).zip(pages.get(entry.page));
        let item = Item {
            title: entry.title.clone(),
            parent: parents[index].map_or(parent, id),
            previous: (0..index).rev().find(sibling).map(id),
            next: (index + 1..entries.len()).find(sibling).map(id),
            children: level(&parents, Some(index), id),
            target: page.map(|(page, id)| (*id, hundredths(page.size.height) - hundredths(entry.y))),
            element: elements.get(entry.element.0 as usize).copied().flatten(),
        };
        item.write(objects.open(id(index))?);
    }
    Ok(level(&parents, None, id))
}

/// The nearest item before each that has a lower level.
fn parents(levels: &[u8]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(levels.len());
    for (index, level) in levels.iter().enumerate() {
        while open.last().is_some_and(|last| levels[*last] >= *level) {
            open.pop();
        }
        parents.push(open.last().copied());
        open.push(index);
    }
    parents
}

fn level(parents: &[Option<usize>], parent: Option<usize>, id: impl Fn(usize) -> Ref) -> Level {
    let mut children = (0..parents.len()).filter(|child| parents[*child] == parent);
    let first = children.next()?;
    let last = children.next_back().unwrap_or(first);
    let below = |ancestor: usize| {
        (0..parents.len())
            .filter(|item| std::iter::successors(parents[*item], |up| parents[*up]).any(|up| up == ancestor))
            .count()
    };
    Some((id(first), id(last), parent.map_or(parents.len(), below)))
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
        assert_eq!(parents(&[1, 2, 3, 2, 1]), [None, Some(0), Some(1), Some(0), None]);
        assert_eq!(parents(&[2, 1]), [None, None]);
    }
}
