//! What a clinic folder holds of one treatment, and what is made of it once.

use crate::content::Library;
use crate::diagnostic::Faults;
use crate::document::Reach;
use crate::locale::Language;
use crate::merge::Merger;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A treatment with its texts, ready to be filled.
pub(super) struct Care {
    pub library: Library,
    merger: OnceLock<Result<Merger, Faults>>,
    /// How to reach the clinic, by language: the same on all pages.
    reached: Mutex<BTreeMap<Language, Arc<Reach>>>,
}

impl Care {
    pub fn new(library: Library, merger: Merger) -> Care {
        Care { library, merger: OnceLock::from(Ok(merger)), reached: Mutex::default() }
    }

    /// Texts that were tried before are compiled when a sheet first asks for them.
    pub fn later(library: Library) -> Care {
        Care { library, merger: OnceLock::new(), reached: Mutex::default() }
    }

    pub fn merger(&self) -> Result<&Merger, Faults> {
        let compile = || Merger::tried_before(&self.library).map(|report| report.value);
        self.merger.get_or_init(compile).as_ref().map_err(Clone::clone)
    }

    pub fn reach(&self, language: &Language) -> Result<Arc<Reach>, Faults> {
        let mut reached = self.reached.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(reach) = reached.get(language) {
            return Ok(reach.clone());
        }
        let reach = Arc::new(self.merger()?.reach(&self.library, language)?);
        reached.insert(language.clone(), reach.clone());
        Ok(reach)
    }
}
