//! What went wrong and where: one type for every stage, many at once, drawn only at the edge (`cli`, `web`).

mod hint;
mod private;

pub use hint::{Choice, Hint};
pub use private::{Marked, is_near, length, marked, marked_number};

use std::fmt::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The thing asked for is not made.
    Error,
    /// It is made; somebody should know.
    Warning,
}

/// A place in a file that a person can open.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Place {
    /// Path as the user knows it (`content/languages/en/words.yaml`, `request.yaml`, `<stdin>`, `--region`).
    pub file: Arc<str>,
    /// From 1; 0 when only the file is known.
    pub line: u32,
    /// In characters, from 1; 0 when only the line is known.
    pub column: u32,
    /// Length of the marked text in characters; 0 when unknown.
    pub length: u32,
    /// A row of a roster (1 is the first record; 0 is the header) and its column's name, which is empty when the
    /// row as a whole is meant.
    pub cell: Option<(u64, Arc<str>)>,
    /// The source line, for drawing a caret under it. Never holds a patient's words.
    pub excerpt: Option<Arc<str>>,
}

/// One fault or warning. Message: one lower-case sentence without a full stop, e.g.
/// ``unknown region `sholder` ``. Hints say what to do: ``did you mean `shoulder`?``.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub severity: Severity,
    /// Stable short name of the rule, kebab-case: `unknown-key`, `expired-claim`.
    pub code: &'static str,
    pub place: Option<Place>,
    pub message: String,
    /// The names that the message marks, where a reader of diagnostics needs them: the wrong value, parts left out.
    pub names: Vec<String>,
    pub hints: Vec<Hint>,
}

impl Diagnostic {
    pub fn error(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            code,
            place: None,
            message: message.into(),
            names: Vec::new(),
            hints: Vec::new(),
        }
    }

    pub fn warning(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, message) }
    }

    pub fn at(mut self, place: Place) -> Diagnostic {
        self.place = Some(place);
        self
    }

    pub fn about(mut self, name: impl Into<String>) -> Diagnostic {
        self.names.push(name.into());
        self
    }

    pub fn hint(mut self, hint: impl Into<Hint>) -> Diagnostic {
        self.hints.push(hint.into());
        self
    }
}

impl Place {
    pub fn file(file: impl Into<Arc<str>>) -> Place {
        Place { file: file.into(), ..Place::default() }
    }

    pub fn line(file: impl Into<Arc<str>>, line: u32, column: u32) -> Place {
        Place { file: file.into(), line, column, ..Place::default() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
            if self.column > 0 {
                write!(f, ":{}", self.column)?;
            }
        }
        match &self.cell {
            Some((0, column)) => write!(f, ", column {column}"),
            Some((row, column)) if column.is_empty() => write!(f, ", row {row}"),
            Some((row, column)) => write!(f, ", row {row}, column {column}"),
            None => Ok(()),
        }
    }
}

/// All faults of one input, at least one. The error type of the stages that read what people write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(pub Vec<Diagnostic>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            if let Some(place) = &diagnostic.place {
                write!(f, "{place}: ")?;
            }
            f.write_str(&diagnostic.message)?;
            for hint in &diagnostic.hints {
                write!(f, "; {hint}")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

impl From<Diagnostic> for Faults {
    fn from(diagnostic: Diagnostic) -> Faults {
        Faults(vec![diagnostic])
    }
}

/// Collects what a stage finds: errors and warnings in the order of finding.
#[derive(Clone, Debug, Default)]
pub struct Sink {
    found: Vec<Diagnostic>,
}

impl Sink {
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// For what may be found more than once, such as a fault of a template that all languages share.
    pub fn push_once(&mut self, diagnostic: Diagnostic) {
        if !self.found.contains(&diagnostic) {
            self.found.push(diagnostic);
        }
    }

    /// Of equal ones keeps the first.
    pub fn keep_first(&mut self) {
        let mut seen = std::collections::BTreeSet::new();
        self.found.retain(|one| {
            let at = one.place.as_ref().map(|place| (place.file.clone(), place.line, place.column));
            seen.insert((at, one.code, one.message.clone()))
        });
    }

    pub fn extend(&mut self, faults: Faults) {
        self.found.extend(faults.0);
    }

    /// What was found so far.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.iter()
    }

    /// How many have been found so far.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.found
    }

    /// What was made with its own warnings or faults behind those found so far.
    ///
    /// # Errors
    /// As [`Sink::finish`], or nothing was made.
    pub fn join<T>(mut self, made: Result<Report<T>, Faults>) -> Result<Report<T>, Faults> {
        match made {
            Ok(report) => {
                self.found.extend(report.warnings);
                self.finish(Some(report.value))
            }
            Err(faults) => {
                self.extend(faults);
                self.finish(None)
            }
        }
    }

    /// The value with the warnings, or every fault when there is an error among them.
    pub fn finish<T>(self, value: Option<T>) -> Result<Report<T>, Faults> {
        match value {
            Some(value) if !self.has_errors() => Ok(Report { value, warnings: self.found }),
            _ => Err(Faults(self.found)),
        }
    }
}

/// A result that was made, and what its reader should know about it.
#[derive(Clone, Debug)]
pub struct Report<T> {
    pub value: T,
    pub warnings: Vec<Diagnostic>,
}

/// The code of a warning that parts were left out.
pub const LEFT_OUT: &str = "left-out";

/// Parts that a full sheet left out, by their ids.
pub fn left_out(parts: Vec<String>) -> Diagnostic {
    let message = format!("left out `{}`: the sheet is full", parts.join("`, `"));
    Diagnostic { names: parts, ..Diagnostic::warning(LEFT_OUT, message) }
}

/// Characters of a value that a message shows.
const SHOWN: usize = 60;

/// Letters of a word in which one may be wrong: with two it is another word, unless it begins alike.
const SHORT: usize = 4;

/// The candidate nearest to `word` by edit distance, if it is near enough to be meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A longer word is no slip of the pen, and the distance costs memory in proportion.
    if word.len() > 256 {
        return None;
    }
    let word = word.to_lowercase();
    let is_short = word.chars().count() <= SHORT;
    let first = |word: &str| word.chars().flat_map(char::to_lowercase).next();
    let most = |candidate: &str| match is_short && first(&word) != first(candidate) {
        true => 1,
        false => 1 + candidate.chars().count() / 3,
    };
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= most(candidate))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A value as a message shows it: one line, not too long.
pub fn shown(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => printable(&text[..end]) + "…",
        None => printable(text),
    }
}

/// A text as a terminal may show it: on one line, and without what gives a terminal orders.
pub fn printable(text: &str) -> String {
    let mut printable = String::with_capacity(text.len());
    for character in text.chars() {
        match is_unseen(character) {
            true => {
                let _ = write!(printable, "\\u{{{:x}}}", u32::from(character));
            }
            false => printable.push(character),
        }
    }
    printable
}

/// A path as a message shows it: a file may have any name.
pub fn path_shown(path: &Path) -> String {
    printable(&path.to_string_lossy())
}

/// Control characters, and those that turn the direction of what follows: they would change a message itself.
pub fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The hint for a name that is not in a list: the nearest, and what is allowed.
pub fn allowed<'n>(word: &str, names: impl Iterator<Item = &'n str> + Clone) -> Hint {
    Choice::among(word, names).into()
}
