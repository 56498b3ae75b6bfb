//! One layout into the file: its pages, its links, its part of the structure tree.

use super::PdfError;
use super::body::Body;
use super::draw::{self, DrawnPage, Names, Studio};
use super::fonts::{Embedded, Extras, Missing};
use super::number::{edges, hundredths, push_hundredths, push_int};
use super::tags::{Places, Tree, push_ref};
use super::write::{Ref, push_text};
use crate::layout::{ElementId, Layout, LinkArea, Shape};
use std::io::Write;

/// What the rest of the file must know of a record.
pub(super) struct Written {
    /// Its top element.
    pub element: Ref,
    pub elements: Vec<Option<Ref>>,
    pub pages: Vec<Ref>,
    /// Of its first page, hundredths of a point.
    pub height: i32,
}

pub(super) fn write<W: Write>(body: &mut Body<'_, W>, layout: &Layout) -> Result<Written, PdfError> {
    let extras = extras(body, layout)?;
    let mut names = Names::default();
    let engine = body.engine;
    let studio =
        Studio { elements: &layout.elements, fonts: &engine.fonts, extras: &extras, stamps: &engine.stamps };
    let drawn =
        layout.pages.iter().map(|page| studio.page(page, &mut names)).collect::<Result<Vec<_>, _>>()?;
    let tree = tree(layout, &drawn);
    let resources = resources(body, &names, &extras)?;
    let pages: Vec<Ref> = layout.pages.iter().map(|_| body.objects.reserve()).collect();
    let links = links(layout);
    let annotations: Vec<Ref> = links.iter().map(|_| body.objects.reserve()).collect();
    let places = Places {
        parent: body.parent_element(),
        pages: &pages,
        annotations: &annotations,
        part: body.is_collection(),
    };
    let elements = tree.write(layout, &places, &mut body.objects)?;
    let keys = parent_tree(body, &drawn, &links, &elements)?;
    write_links(body, layout, &links, &places, keys + drawn.len() as i64)?;
    write_pages(body, layout, drawn, &links, &places, (keys, resources))?;
    Ok(Written {
        element: elements.first().copied().flatten().ok_or(PdfError::Empty)?,
        elements,
        height: layout.pages.first().map_or(0, |page| hundredths(page.size.height)),
        pages,
    })
}

/// The fonts that only this record needs, for glyphs that the engine's subsets lack.
fn extras<W: Write>(body: &Body<'_, W>, layout: &Layout) -> Result<Extras, PdfError> {
    let mut missing = Missing::new();
    for fragment in layout.pages.iter().flat_map(|page| &page.fragments) {
        if let Shape::Line { line, .. } = &fragment.shape {
            draw::prepare(line, &body.engine.fonts, &mut missing)?;
        }
    }
    Ok(missing.iter().map(|(face, glyphs)| (*face, Embedded::new(glyphs))).collect())
}

fn tree<'a>(layout: &'a Layout, drawn: &[DrawnPage]) -> Tree<'a> {
    let mut tree = Tree::new(layout);
    let mut number = 0;
    for (index, (page, drawn)) in layout.pages.iter().zip(drawn).enumerate() {
        for (mcid, element) in drawn.marks.iter().enumerate() {
            tree.content(*element, index, mcid);
        }
        for link in &page.links {
            tree.annotation(link.element, index, number);
            number += 1;
        }
    }
    tree
}

/// All links with the page that each is on.
fn links(layout: &Layout) -> Vec<(usize, &LinkArea)> {
    layout
        .pages
        .iter()
        .enumerate()
        .flat_map(|(index, page)| page.links.iter().map(move |link| (index, link)))
        .collect()
}

fn resources<W: Write>(body: &mut Body<'_, W>, names: &Names, extras: &Extras) -> Result<Ref, PdfError> {
    let mut entries = String::from("<<");
    if !names.fonts.is_empty() {
        entries.push_str("/Font<<");
        for font in &names.fonts {
            let id = body.font(*font, extras)?;
            draw::push_font(&mut entries, *font);
            push_ref(&mut entries, id);
        }
        entries.push_str(">>");
    }
    if !names.forms.is_empty() {
        entries.push_str("/XObject<<");
        for (index, form) in names.forms.iter().enumerate() {
            let id = body.form(form)?;
            entries.push_str(&format!("/P{index} {id}"));
        }
        entries.push_str(">>");
    }
    entries.push_str(">>");
    let id = body.objects.reserve();
    body.objects.open(id)?.push_str(&entries);
    Ok(id)
}

/// From content and links back to elements (ISO 32000-1 14.7.4.4). Gives the key of the first page; the other pages
/// and then the links follow it.
fn parent_tree<W: Write>(
    body: &mut Body<'_, W>,
    drawn: &[DrawnPage],
    links: &[(usize, &LinkArea)],
    elements: &[Option<Ref>],
) -> Result<i64, PdfError> {
    let id =
        |element: ElementId| elements.get(element.0 as usize).copied().flatten().ok_or(PdfError::Element);
    let first = body.records.next_key;
    let mut key = first;
    let mut nums = String::new();
    for page in drawn {
        nums.push(' ');
        push_int(&mut nums, key);
        nums.push('[');
        for element in &page.marks {
            push_ref(&mut nums, id(*element)?);
        }
        nums.push(']');
        key += 1;
    }
    for (_, link) in links {
        nums.push(' ');
        push_int(&mut nums, key);
        push_ref(&mut nums, id(link.element)?);
        key += 1;
    }
    body.records.next_key = key;
    if body.is_collection() {
        let leaf = body.objects.reserve();
        let last = key - 1;
        body.objects.open(leaf)?.push_str(&format!("<</Limits[{first} {last}]/Nums[{nums}]>>"));
        body.records.leaves.push(leaf);
    } else {
        body.records.parents.push_str(&nums);
    }
    Ok(first)
}

/// Link annotations: in the tree, described, printed (ISO 14289-1 7.18, ISO 19005-2 6.3.2).
fn write_links<W: Write>(
    body: &mut Body<'_, W>,
    layout: &Layout,
    links: &[(usize, &LinkArea)],
    places: &Places<'_>,
    mut key: i64,
) -> Result<(), PdfError> {
    for ((page, link), id) in links.iter().zip(places.annotations) {
        let (Some(sheet), Some(page)) = (layout.pages.get(*page), places.pages.get(*page)) else { continue };
        let out = body.objects.open(*id)?;
        out.push_str("<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[");
        for (index, edge) in edges(&link.rect, hundredths(sheet.size.height)).into_iter().enumerate() {
            if index > 0 {
                out.push(' ');
            }
            push_hundredths(out, edge);
        }
        out.push_str("]/P");
        push_ref(out, *page);
        out.push_str("/StructParent ");
        push_int(out, key);
        out.push_str("/Contents");
        push_text(out, &link.contents);
        out.push_str("/A<</S/URI/URI");
        push_text(out, &ascii(&link.url));
        out.push_str(">>>>");
        key += 1;
    }
    Ok(())
}

/// A URI is 7-bit (ISO 32000-1 12.6.4.7): other bytes, and control characters, in per cent.
fn ascii(url: &str) -> String {
    let mut plain = String::with_capacity(url.len());
    for byte in url.bytes() {
        match byte {
            b'!'..=b'~' => plain.push(byte as char),
            other => plain.push_str(&format!("%{other:02X}")),
        }
    }
    plain
}

fn write_pages<W: Write>(
    body: &mut Body<'_, W>,
    layout: &Layout,
    drawn: Vec<DrawnPage>,
    links: &[(usize, &LinkArea)],
    places: &Places<'_>,
    (first_key, resources): (i64, Ref),
) -> Result<(), PdfError> {
    for (index, (page, drawn)) in layout.pages.iter().zip(drawn).enumerate() {
        let Some(id) = places.pages.get(index).copied() else { continue };
        let contents = body.objects.reserve();
        body.objects.stream(contents, "", drawn.content.as_bytes())?;
        let parent = body.pages.add(id, &mut body.objects)?;
        let sheet = body.engine.sheets.entries(page.size)?;
        let out = body.objects.open(id)?;
        out.push_str("<<");
        out.push_str(&sheet);
        for (key, id) in [("/Parent", parent), ("/Resources", resources), ("/Contents", contents)] {
            out.push_str(key);
            push_ref(out, id);
        }
        out.push_str("/Tabs/S/StructParents ");
        push_int(out, first_key + index as i64);
        let annotations = links.iter().zip(places.annotations).filter(|((page, _), _)| *page == index);
        let mut annotations = annotations.map(|(_, annotation)| *annotation).peekable();
        if annotations.peek().is_some() {
            out.push_str("/Annots[");
            annotations.for_each(|annotation| push_ref(out, annotation));
            out.push(']');
        }
        out.push_str(">>");
    }
    Ok(())
}
