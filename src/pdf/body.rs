//! What the records of a file have in common while it grows: its objects, its page tree, and each font and figure once.

use super::PdfError;
use super::engine::PdfEngine;
use super::fonts::{Extras, FontName, Part};
use super::tags::push_ref;
use super::write::{Objects, Ref, StaticStream};
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

/// Pages that one node of the page tree holds.
const NODE: usize = 64;

pub(super) struct Body<'e, W: Write> {
    pub engine: &'e PdfEngine,
    pub objects: Objects<W>,
    pub structure: Ref,
    /// The Document that records are Parts of; `None` when the file is one record.
    pub collection: Option<Ref>,
    pub pages: PageTree,
    pub records: Records,
    fonts: BTreeMap<FontName, Ref>,
    /// The map of codes of one byte, once a font needs it.
    short_codes: Option<Ref>,
    forms: Vec<(Arc<StaticStream>, Ref)>,
}

/// The page tree (ISO 32000-1 7.7.3), closed node by node.
pub(super) struct PageTree {
    pub root: Ref,
    node: Ref,
    kids: Vec<Ref>,
    nodes: Vec<Ref>,
    pub count: usize,
}

/// What the catalogue must know of all records.
#[derive(Default)]
pub(super) struct Records {
    /// The top element of each.
    pub elements: Vec<Ref>,
    /// Entries of the parent tree; its leaves when there are many records.
    pub parents: String,
    pub leaves: Vec<Ref>,
    /// The next key of the parent tree.
    pub next_key: i64,
}

impl<'e, W: Write> Body<'e, W> {
    /// `structure` and `root` are the numbers of the structure tree's root and of the page tree's.
    pub fn new(objects: Objects<W>, engine: &'e PdfEngine, structure: Ref, root: Ref) -> Body<'e, W> {
        Body {
            engine,
            objects,
            structure,
            collection: None,
            pages: PageTree { root, node: root, kids: Vec::new(), nodes: Vec::new(), count: 0 },
            records: Records::default(),
            fonts: BTreeMap::new(),
            short_codes: None,
            forms: Vec::new(),
        }
    }

    /// What a record's top element hangs from, and its type.
    pub fn parent_element(&self) -> Ref {
        self.collection.unwrap_or(self.structure)
    }

    pub fn is_collection(&self) -> bool {
        self.collection.is_some()
    }

    /// The object of a font: one for all records that share it.
    pub fn font(&mut self, font: FontName, extras: &Extras) -> Result<Ref, PdfError> {
        if let Some(id) = self.fonts.get(&font) {
            return Ok(*id);
        }
        let id = self.objects.reserve();
        let short_codes = match self.engine.fonts.is_short(font, extras) {
            true => Some(self.short_codes()?),
            false => None,
        };
        self.engine.fonts.write(font, extras, &mut self.objects, (id, short_codes))?;
        if font.part != Part::Own {
            self.fonts.insert(font, id);
        }
        Ok(id)
    }

    fn short_codes(&mut self) -> Result<Ref, PdfError> {
        if let Some(id) = self.short_codes {
            return Ok(id);
        }
        let id = self.objects.reserve();
        self.objects.static_stream(id, self.engine.fonts.short_codes())?;
        self.short_codes = Some(id);
        Ok(id)
    }

    pub fn form(&mut self, form: &Arc<StaticStream>) -> Result<Ref, PdfError> {
        if let Some((_, id)) = self.forms.iter().find(|(known, _)| Arc::ptr_eq(known, form)) {
            return Ok(*id);
        }
        let id = self.objects.reserve();
        self.objects.static_stream(id, form)?;
        self.forms.push((Arc::clone(form), id));
        Ok(id)
    }
}

impl PageTree {
    /// The node that the next page hangs from.
    pub fn add<W: Write>(&mut self, page: Ref, objects: &mut Objects<W>) -> Result<Ref, PdfError> {
        if self.kids.len() == NODE {
            self.close(objects)?;
            self.node = objects.reserve();
        }
        self.kids.push(page);
        self.count += 1;
        Ok(self.node)
    }

    /// The root's own pages stay with it until the end.
    fn close<W: Write>(&mut self, objects: &mut Objects<W>) -> Result<(), PdfError> {
        if self.node == self.root {
            self.nodes.append(&mut self.kids);
            return Ok(());
        }
        let mut kids = String::new();
        self.kids.iter().for_each(|page| push_ref(&mut kids, *page));
        let (root, count) = (self.root, self.kids.len());
        objects
            .open(self.node)?
            .push_str(&format!("<</Type/Pages/Parent {root}/Count {count}/Kids[{kids}]>>"));
        self.nodes.push(self.node);
        self.kids.clear();
        Ok(())
    }

    pub fn finish<W: Write>(&mut self, objects: &mut Objects<W>) -> Result<(), PdfError> {
        self.close(objects)?;
        let mut kids = String::new();
        self.nodes.iter().for_each(|kid| push_ref(&mut kids, *kid));
        let count = self.count;
        objects.open(self.root)?.push_str(&format!("<</Type/Pages/Count {count}/Kids[{kids}]>>"));
        Ok(())
    }
}
