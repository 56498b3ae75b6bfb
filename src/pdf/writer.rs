//! The file from its first byte to its last, a record at a time.

use super::body::Body;
use super::engine::PdfEngine;
use super::outline::{self, Item};
use super::press::{self, Skeleton};
use super::tags::{ROLE_MAP, push_ref};
use super::write::{Objects, Ref, push_text};
use super::{PdfError, metadata, record};
use crate::document::Meta;
use crate::layout::Layout;
use std::io::Write;

/// Writes a PDF as it goes: fonts and figures once, each record's pages and tags when they come. Memory grows by a
/// few bytes a record.
pub struct PdfWriter<'e, W: Write> {
    body: Body<'e, W>,
    meta: Meta,
    skeleton: Skeleton,
    date: String,
    catalogue: Ref,
    outlines: Ref,
    /// Of pages, a label a record.
    labels: String,
    outline: outline::Level,
    /// The outline item of the last record waits for the next one's number.
    waiting: Option<(Ref, Item)>,
    landscape: bool,
}

impl<'e, W: Write> PdfWriter<'e, W> {
    /// A file of one record.
    ///
    /// # Errors
    ///
    /// [`PdfError::Date`] and [`PdfError::Write`].
    pub fn new(out: W, engine: &'e PdfEngine, meta: &Meta) -> Result<PdfWriter<'e, W>, PdfError> {
        let mut objects = Objects::new(out)?;
        let skeleton = engine.skeletons.of(meta, metadata::CREATOR)?;
        let date = press::date(meta)?;
        let [catalogue, structure, outlines, root] = [(); 4].map(|()| objects.reserve());
        Ok(PdfWriter {
            body: Body::new(objects, engine, structure, root),
            meta: meta.clone(),
            skeleton,
            date,
            catalogue,
            outlines,
            labels: String::new(),
            outline: None,
            waiting: None,
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
        writer.body.collection = Some(writer.body.objects.reserve());
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
        let start = self.body.pages.count;
        let record = record::write(&mut self.body, layout)?;
        self.body.records.elements.push(record.element);
        let mut label = String::from("<</S/D");
        if self.body.collection.is_some() {
            label.push_str("/P");
            push_text(&mut label, &format!("{name} "));
        }
        self.labels.push_str(&format!(" {start}{label}>>"));
        self.add_to_outline(layout, &record, name)?;
        Ok(self.body.objects.cut_table(self.catalogue)?)
    }

    fn add_to_outline(
        &mut self,
        layout: &Layout,
        record: &record::Written,
        name: &str,
    ) -> Result<(), PdfError> {
        let Some(_) = self.body.collection else {
            let parent = self.outlines;
            self.outline =
                outline::write(layout, parent, &record.pages, &record.elements, &mut self.body.objects)?;
            return Ok(());
        };
        let id = self.body.objects.reserve();
        let mut item = Item {
            title: name.to_owned(),
            parent: self.outlines,
            previous: None,
            next: None,
            children: None,
            target: record.pages.first().map(|page| (*page, record.height)),
            element: Some(record.element),
        };
        if let Some((last, mut waiting)) = self.waiting.take() {
            waiting.next = Some(id);
            waiting.write(self.body.objects.open(last)?);
            item.previous = Some(last);
        }
        self.waiting = Some((id, item));
        self.outline = match self.outline {
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
        if self.body.records.elements.is_empty() {
            return Err(PdfError::Empty);
        }
        if let Some((id, item)) = self.waiting.take() {
            item.write(self.body.objects.open(id)?);
        }
        self.body.pages.finish(&mut self.body.objects)?;
        self.finish_structure()?;
        let out = self.body.objects.open(self.outlines)?;
        out.push_str("<</Type/Outlines");
        outline::push_children(out, self.outline);
        out.push_str(">>");
        self.finish_catalogue()?;
        let info = self.body.objects.reserve();
        let out = self.body.objects.open(info)?;
        out.push_str("<<");
        out.push_str(&self.skeleton.info);
        for key in ["/CreationDate", "/ModDate"] {
            out.push_str(key);
            push_text(out, &self.date);
        }
        out.push_str(">>");
        Ok(self.body.objects.finish(self.catalogue, info)?)
    }

    fn finish_structure(&mut self) -> Result<(), PdfError> {
        let parent_tree = self.body.objects.reserve();
        let key = if self.body.is_collection() { "Kids" } else { "Nums" };
        let out = self.body.objects.open(parent_tree)?;
        out.push_str("<</");
        out.push_str(key);
        out.push('[');
        out.push_str(&std::mem::take(&mut self.body.records.parents));
        push_refs(out, std::mem::take(&mut self.body.records.leaves));
        out.push_str("]>>");
        let structure = self.body.structure;
        let mut kids = std::mem::take(&mut self.body.records.elements);
        if let Some(document) = self.body.collection {
            let out = self.body.objects.open(document)?;
            out.push_str(&format!("<</S/Document/P {structure}/K["));
            push_refs(out, std::mem::replace(&mut kids, vec![document]));
            out.push_str("]>>");
        }
        let out = self.body.objects.open(structure)?;
        out.push_str("<</Type/StructTreeRoot/K[");
        push_refs(out, kids);
        let next = self.body.records.next_key;
        out.push_str(&format!("]/ParentTree {parent_tree}/ParentTreeNextKey {next}/RoleMap{ROLE_MAP}>>"));
        Ok(())
    }

    fn finish_catalogue(&mut self) -> Result<(), PdfError> {
        let [metadata, profile] = [(); 2].map(|()| self.body.objects.reserve());
        let xmp = metadata::xmp(&self.meta);
        self.body.objects.plain_stream(metadata, "/Type/Metadata/Subtype/XML", xmp.as_bytes())?;
        self.body.objects.static_stream(profile, &self.body.engine.profile)?;
        let edge = if self.landscape { "Short" } else { "Long" };
        let (structure, outlines, pages) = (self.body.structure, self.outlines, self.body.pages.root);
        let out = self.body.objects.open(self.catalogue)?;
        out.push_str("<<");
        out.push_str(&self.skeleton.catalogue);
        out.push_str("/Pages");
        push_ref(out, pages);
        out.push_str("/Lang");
        push_text(out, self.meta.language.tag());
        out.push_str(&format!(
            "/MarkInfo<</Marked true>>/StructTreeRoot {structure}/Metadata {metadata}/Outlines {outlines}\
             /PageLabels<</Nums["
        ));
        out.push_str(&std::mem::take(&mut self.labels));
        // Pages that a viewer shows side by side begin at the right.
        let order = if self.meta.direction.is_right_to_left() { "/Direction/R2L" } else { "" };
        out.push_str(&format!(
            "]>>/ViewerPreferences<</DisplayDocTitle true{order}/Duplex/DuplexFlip{edge}Edge/PrintScaling/None>>\
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
