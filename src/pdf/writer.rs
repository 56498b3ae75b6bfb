//! The file from its first byte to its last, a record at a time.

use super::draw::Stamps;
use super::fonts::{Extras, FontName, Part, PdfFonts};
use super::outline::{self, Item};
use super::press::{self, Sheets, Skeleton};
use super::tags::{ROLE_MAP, push_ref};
use super::write::{Objects, Ref, StaticStream, push_dictionary_entries, push_text};
use super::{PdfError, colour_profile, metadata, record};
use crate::document::Meta;
use crate::layout::Layout;
use lopdf::Object;
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

/// Pages that one node of the page tree holds.
const NODE: usize = 64;

/// What all PDFs of a clinic folder share: fonts, shapes and the colour profile. Made once, shared by all threads.
pub struct PdfEngine {
    pub(super) fonts: PdfFonts,
    pub(super) stamps: Stamps,
    pub(super) sheets: Sheets,
    profile: StaticStream,
}

/// Writes a PDF as it goes: fonts and figures once, each record's pages and tags when they come. Memory grows by a
/// few bytes a record.
pub struct PdfWriter<'e, W: Write> {
    pub(super) engine: &'e PdfEngine,
    pub(super) objects: Objects<W>,
    meta: Meta,
    skeleton: Skeleton,
    catalogue: Ref,
    structure: Ref,
    outlines: Ref,
    /// The Document that records are Parts of; `None` when the file is one record.
    collection: Option<Ref>,
    pub(super) pages: PageTree,
    pub(super) records: Records,
    fonts: BTreeMap<FontName, Ref>,
    forms: Vec<(Arc<StaticStream>, Ref)>,
    landscape: bool,
}

/// The page tree (ISO 32000-1 7.7.3), closed node by node.
pub(super) struct PageTree {
    root: Ref,
    node: Ref,
    kids: Vec<Ref>,
    nodes: Vec<Ref>,
    count: usize,
}

/// What the catalogue must know of each record.
#[derive(Default)]
pub(super) struct Records {
    /// The top element of each.
    pub elements: Vec<Ref>,
    /// Entries of the parent tree; its leaves when there are many records.
    pub parents: String,
    pub leaves: Vec<Ref>,
    /// The next key of the parent tree.
    pub next_key: i64,
    labels: String,
    outline: outline::Level,
    /// The outline item of the last record waits for the next one's number.
    waiting: Option<(Ref, Item)>,
}

impl PdfEngine {
    pub fn new(fonts: PdfFonts) -> PdfEngine {
        let profile = StaticStream::small("/N 3", &colour_profile::srgb());
        PdfEngine { fonts, stamps: Stamps::default(), sheets: Sheets::default(), profile }
    }
}

impl<'e, W: Write> PdfWriter<'e, W> {
    /// A file of one record.
    ///
    /// # Errors
    ///
    /// [`PdfError::Date`] and [`PdfError::Write`].
    pub fn new(out: W, engine: &'e PdfEngine, meta: &Meta) -> Result<PdfWriter<'e, W>, PdfError> {
        let mut objects = Objects::new(out)?;
        let skeleton = press::skeleton(meta, metadata::CREATOR)?;
        let [catalogue, structure, outlines, root] = [(); 4].map(|()| objects.reserve());
        Ok(PdfWriter {
            engine,
            objects,
            meta: meta.clone(),
            skeleton,
            catalogue,
            structure,
            outlines,
            collection: None,
            pages: PageTree { root, node: root, kids: Vec::new(), nodes: Vec::new(), count: 0 },
            records: Records::default(),
            fonts: BTreeMap::new(),
            forms: Vec::new(),
            landscape: false,
        })
    }

    /// A file of many records, each a Part of one Document with a name in the outline.
    ///
    /// # Errors
    ///
    /// [`PdfError::Date`] and [`PdfError::Write`].
    pub fn collection(out: W, engine: &'e PdfEngine, meta: &Meta) -> Result<PdfWriter<'e, W>, PdfError> {
        let mut writer = PdfWriter::new(out, engine, meta)?;
        writer.collection = Some(writer.objects.reserve());
        Ok(writer)
    }

    /// The only record of a file.
    ///
    /// # Errors
    ///
    /// See [`PdfError`].
    pub fn add(&mut self, layout: &Layout) -> Result<(), PdfError> {
        self.add_named(layout, "")
    }

    /// A record under a name that is no patient's: the row's id.
    ///
    /// # Errors
    ///
    /// See [`PdfError`].
    pub fn add_named(&mut self, layout: &Layout, name: &str) -> Result<(), PdfError> {
        let first_page = layout.pages.first().ok_or(PdfError::Empty)?;
        self.landscape |= first_page.size.width > first_page.size.height;
        let start = self.pages.count;
        let record = record::write(self, layout)?;
        self.records.elements.push(record.element);
        let mut label = String::from("<</S/D");
        if self.collection.is_some() {
            label.push_str("/P");
            push_text(&mut label, &format!("{name} "));
        }
        self.records.labels.push_str(&format!(" {start}{label}>>"));
        self.add_to_outline(layout, &record, name)?;
        Ok(self.objects.cut_table(self.catalogue)?)
    }

    /// What a record's top element hangs from, and its type.
    pub(super) fn parent_element(&self) -> Ref {
        self.collection.unwrap_or(self.structure)
    }

    pub(super) fn is_collection(&self) -> bool {
        self.collection.is_some()
    }

    /// The object of a font: one for all records that share it.
    pub(super) fn font(&mut self, font: FontName, extras: &Extras) -> Result<Ref, PdfError> {
        if let Some(id) = self.fonts.get(&font) {
            return Ok(*id);
        }
        let id = self.objects.reserve();
        self.engine.fonts.write(font, extras, &mut self.objects, id)?;
        if font.part != Part::Own {
            self.fonts.insert(font, id);
        }
        Ok(id)
    }

    pub(super) fn form(&mut self, form: &Arc<StaticStream>) -> Result<Ref, PdfError> {
        if let Some((_, id)) = self.forms.iter().find(|(known, _)| Arc::ptr_eq(known, form)) {
            return Ok(*id);
        }
        let id = self.objects.reserve();
        self.objects.static_stream(id, form)?;
        self.forms.push((Arc::clone(form), id));
        Ok(id)
    }

    fn add_to_outline(
        &mut self,
        layout: &Layout,
        record: &record::Written,
        name: &str,
    ) -> Result<(), PdfError> {
        let Some(_) = self.collection else {
            let parent = self.outlines;
            self.records.outline =
                outline::write(layout, parent, &record.pages, &record.elements, &mut self.objects)?;
            return Ok(());
        };
        let id = self.objects.reserve();
        let mut item = Item {
            title: name.to_owned(),
            parent: self.outlines,
            previous: None,
            next: None,
            children: None,
            target: record.pages.first().map(|page| (*page, record.height)),
            element: Some(record.element),
        };
        if let Some((last, mut waiting)) = self.records.waiting.take() {
            waiting.next = Some(id);
            waiting.write(self.objects.open(last)?);
            item.previous = Some(last);
        }
        self.records.waiting = Some((id, item));
        self.records.outline = match self.records.outline {
            Some((first, _, count)) => Some((first, id, count + 1)),
            None => Some((id, id, 1)),
        };
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    ///
    /// [`PdfError::Empty`] without a record, [`PdfError::Write`].
    pub fn finish(mut self) -> Result<W, PdfError> {
        if self.records.elements.is_empty() {
            return Err(PdfError::Empty);
        }
        if let Some((id, item)) = self.records.waiting.take() {
            item.write(self.objects.open(id)?);
        }
        self.pages.finish(&mut self.objects)?;
        self.finish_structure()?;
        let out = self.objects.open(self.outlines)?;
        out.push_str("<</Type/Outlines");
        outline::push_children(out, self.records.outline);
        out.push_str(">>");
        self.finish_catalogue()?;
        let info = self.objects.reserve();
        let out = self.objects.open(info)?;
        out.push_str("<<");
        push_dictionary_entries(out, &self.skeleton.info);
        out.push_str(">>");
        Ok(self.objects.finish(self.catalogue, info)?)
    }

    fn finish_structure(&mut self) -> Result<(), PdfError> {
        let parent_tree = self.objects.reserve();
        let key = if self.is_collection() { "Kids" } else { "Nums" };
        let out = self.objects.open(parent_tree)?;
        out.push_str("<</");
        out.push_str(key);
        out.push('[');
        out.push_str(&std::mem::take(&mut self.records.parents));
        push_refs(out, std::mem::take(&mut self.records.leaves));
        out.push_str("]>>");
        let structure = self.structure;
        let mut kids = std::mem::take(&mut self.records.elements);
        if let Some(document) = self.collection {
            let out = self.objects.open(document)?;
            out.push_str(&format!("<</S/Document/P {structure}/K["));
            push_refs(out, std::mem::replace(&mut kids, vec![document]));
            out.push_str("]>>");
        }
        let out = self.objects.open(structure)?;
        out.push_str("<</Type/StructTreeRoot/K[");
        push_refs(out, kids);
        let next = self.records.next_key;
        out.push_str(&format!("]/ParentTree {parent_tree}/ParentTreeNextKey {next}/RoleMap{ROLE_MAP}>>"));
        Ok(())
    }

    fn finish_catalogue(&mut self) -> Result<(), PdfError> {
        let [metadata, profile] = [(); 2].map(|()| self.objects.reserve());
        let xmp = metadata::xmp(&self.meta);
        self.objects.plain_stream(metadata, "/Type/Metadata/Subtype/XML", xmp.as_bytes())?;
        self.objects.static_stream(profile, &self.engine.profile)?;
        self.skeleton.catalogue.set("Pages", Object::Reference((self.pages.root.0, 0)));
        let edge = if self.landscape { "Short" } else { "Long" };
        let (structure, outlines) = (self.structure, self.outlines);
        let out = self.objects.open(self.catalogue)?;
        out.push_str("<<");
        push_dictionary_entries(out, &self.skeleton.catalogue);
        out.push_str("/Lang");
        push_text(out, self.meta.language.tag());
        out.push_str(&format!(
            "/MarkInfo<</Marked true>>/StructTreeRoot {structure}/Metadata {metadata}/Outlines {outlines}\
             /PageLabels<</Nums["
        ));
        out.push_str(&std::mem::take(&mut self.records.labels));
        out.push_str(&format!(
            "]>>/ViewerPreferences<</DisplayDocTitle true/Duplex/DuplexFlip{edge}Edge/PrintScaling/None>>\
             /OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)\
             /Info(sRGB IEC61966-2.1)/RegistryName(http://www.color.org)/DestOutputProfile {profile}>>]>>"
        ));
        Ok(())
    }
}

/// A hundred thousand references take a megabyte: they grow into it once.
fn push_refs(out: &mut String, ids: Vec<Ref>) {
    out.reserve(ids.len() * " 12345678 0 R".len());
    ids.into_iter().for_each(|id| push_ref(out, id));
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

    fn finish<W: Write>(&mut self, objects: &mut Objects<W>) -> Result<(), PdfError> {
        self.close(objects)?;
        let mut kids = String::new();
        self.nodes.iter().for_each(|kid| push_ref(&mut kids, *kid));
        let count = self.count;
        objects.open(self.root)?.push_str(&format!("<</Type/Pages/Count {count}/Kids[{kids}]>>"));
        Ok(())
    }
}
