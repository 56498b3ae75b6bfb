//! The language of a text, as far as setting it goes.

use crate::locale::{Direction, Language, Letters};
use std::sync::Arc;

/// What a setter knows of the language of its texts.
#[derive(Clone, Debug, Default)]
pub struct Tongue {
    /// Some fonts draw letters by it.
    pub language: Option<Language>,
    pub direction: Direction,
    /// Words that stay with the number before them; a language's are the same for all of its texts.
    pub units: Arc<[Box<str>]>,
    /// How the letters of its script are set; as `units`.
    pub letters: Letters,
}
