//! What a text came out as, by its filled form, so that Markdown is read once for the same outcome.

use super::Read;
use rustc_hash::FxHashMap;
use std::sync::{PoisonError, RwLock};

/// Outcomes kept for one text, at most. With [`LENGTH`] and some sixty texts a language, a few megabytes.
const OUTCOMES: usize = 128;
/// Bytes of a filled text that is worth keeping.
const LENGTH: usize = 4 << 10;

/// The outcomes of one text; shared by threads.
#[derive(Debug, Default)]
pub struct OutcomeCache(RwLock<FxHashMap<String, Read>>);

impl OutcomeCache {
    pub fn get(&self, output: &str) -> Option<Read> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(output).cloned()
    }

    /// Starts afresh when it is full: session times come in runs, so the old ones are past.
    pub fn put(&self, output: String, read: &Read) {
        if output.len() > LENGTH {
            return;
        }
        let mut outcomes = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if outcomes.len() >= OUTCOMES {
            outcomes.clear();
        }
        outcomes.insert(output, read.clone());
    }
}
