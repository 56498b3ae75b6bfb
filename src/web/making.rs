//! A roster's sheets as one file: merged to print, or single ones in an archive.

use super::archive::Archive;
use crate::batch::{Copy, behind, pad};
use crate::diagnostic::{Diagnostic, Faults};
use crate::{Document, Engine, Layout, PdfWriter, Request};

/// What a roster becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One PDF; each sheet begins on a front side.
    Merged,
    /// A ZIP archive with a PDF a row, named by its id.
    Single,
}

/// A file that grows sheet by sheet, in memory.
pub struct Making<'e> {
    engine: &'e Engine,
    kind: Kind,
    merged: Option<PdfWriter<'e, Vec<u8>>>,
    single: Option<Archive>,
}

impl<'e> Making<'e> {
    pub fn new(engine: &'e Engine, kind: Kind) -> Making<'e> {
        Making { engine, kind, merged: None, single: None }
    }

    /// # Errors
    /// A sheet that cannot be written.
    pub fn add(&mut self, request: &Request, document: &Document, mut layout: Layout) -> Result<(), Faults> {
        let id = request.id.as_deref().unwrap_or("sheet");
        match self.kind {
            Kind::Merged => {
                pad(&mut layout);
                let writer = match &mut self.merged {
                    Some(writer) => writer,
                    None => self.merged.insert(self.engine.collection(Vec::new(), document.meta())?),
                };
                writer.add_named(&layout, id).map_err(|error| fault(&error.to_string()))
            }
            Kind::Single => {
                let pdf = self.engine.pdf(&layout, document)?;
                self.archived(request, &pdf)
            }
        }
    }

    /// A sheet with its copy for a clinician behind it, which [`Engine::source_request`] asks for.
    ///
    /// # Errors
    /// As [`Making::add`].
    pub fn add_with_copy(
        &mut self,
        request: &Request,
        document: &Document,
        mut layout: Layout,
        mut copy: Request,
    ) -> Result<(), Faults> {
        match self.kind {
            Kind::Merged => {
                // No id begins with a full stop.
                let id = request.id.as_deref().unwrap_or("sheet");
                copy.id = Some(format!(".{id}-{}", copy.language.tag()));
                let copied = self.engine.source_copy(&copy, &layout)?.value;
                let behind = self.engine.layout(&copied, &copy)?.value;
                self.add(request, document, layout)?;
                self.add(&copy, &copied, behind)
            }
            Kind::Single => {
                let mut copy = Copy::of(self.engine, copy, &layout)?;
                let (pdf, _) = behind(self.engine, (document, &mut layout), &mut copy)?;
                self.archived(request, &pdf)
            }
        }
    }

    fn archived(&mut self, request: &Request, pdf: &[u8]) -> Result<(), Faults> {
        let id = request.id.as_deref().unwrap_or("sheet");
        let archive = self.single.get_or_insert_with(Archive::new);
        archive.add(id, pdf).map_err(|error| fault(&error.to_string()))
    }

    /// # Errors
    /// Nothing was added; more than the file can hold.
    pub fn finish(self) -> Result<Vec<u8>, Faults> {
        match (self.merged, self.single) {
            (Some(writer), _) => writer.finish().map_err(|error| fault(&error.to_string())),
            (None, Some(archive)) => archive.finish().map_err(|error| fault(&error.to_string())),
            (None, None) => Err(fault("no row can be made")),
        }
    }
}

fn fault(message: &str) -> Faults {
    Diagnostic::error("not-made", message).into()
}
