//! The same sheet in the language in which its texts were first written, for a clinician who does not read the patient's.

use crate::diagnostic::{Diagnostic, Faults};
use crate::layout::Page;
use crate::{Document, Engine, Layout, Request};

/// A copy, laid out.
pub struct Copy {
    document: Document,
    layout: Layout,
    pub warnings: Vec<Diagnostic>,
}

impl Copy {
    /// The copy that [`Engine::source_request`] asks for, of a sheet as it was laid out.
    pub fn of(engine: &Engine, request: Request, sheet: &Layout) -> Result<Copy, Faults> {
        let made = engine.source_copy(&request, sheet)?;
        let mut warnings = made.warnings;
        let layout = engine.layout(&made.value, &request)?;
        warnings.extend(layout.warnings);
        Ok(Copy { document: made.value, layout: layout.value, warnings })
    }

    /// Under a line with its mark.
    pub fn text(&self, engine: &Engine) -> String {
        let running = self.document.running();
        format!("\n== {} ==\n\n{}", running.foot_left, engine.text(&self.layout, &self.document))
    }
}

impl Copy {
    /// Its sides of paper.
    pub fn sides(&self) -> usize {
        self.layout.pages.len()
    }
}

/// One PDF of a sheet and its copy, which begins on a front side of its own, and how many pages it has.
pub fn behind(
    engine: &Engine,
    (document, layout): (&Document, &mut Layout),
    copy: &mut Copy,
) -> Result<(Vec<u8>, usize), Faults> {
    let fault =
        |error: &dyn std::fmt::Display| Faults::from(Diagnostic::error("not-made", error.to_string()));
    let mut writer = engine.collection(Vec::new(), document.meta())?;
    let mut pages = 0;
    for (document, layout) in [(document, layout), (&copy.document, &mut copy.layout)] {
        let is_padded = pad(layout);
        pages += layout.pages.len();
        writer.add_named(layout, document.meta().language.tag()).map_err(|error| fault(&error))?;
        if is_padded {
            layout.pages.pop();
        }
    }
    Ok((writer.finish().map_err(|error| fault(&error))?, pages))
}

/// A blank page after an odd number of pages. True if one was added.
pub fn pad(layout: &mut Layout) -> bool {
    let odd = layout.pages.len() % 2 == 1;
    if let (true, Some(last)) = (odd, layout.pages.last()) {
        let blank = Page { size: last.size, ..Page::default() };
        layout.pages.push(blank);
    }
    odd
}
