//! `content/records/<language>.yaml`: the words of what goes with a sheet (the note for the chart, the questions to ask).
//! They came later than `words.yaml`, so the program's own stand where a folder has none, and those of its first language
//! where it has none of the language either.

use super::shelf::Shelf;
use super::words::{OPEN_OF_RECORDS, RECORD_WORDS, Words};
use super::{Loading, clinic};
use crate::content::Source;
use crate::content::files::{Embedded, Files};
use crate::diagnostic::{Diagnostic, Place};
use crate::locale::Language;
use indexmap::IndexMap;
use std::collections::BTreeMap;
use std::sync::LazyLock;

pub const FOLDER: &str = "content/records";

/// Words by dotted key, with their places.
pub type RecordWords = IndexMap<String, Source>;

/// The path of a language's words: those of its tag, else those of its primary subtag.
fn path(language: &Language, is_there: impl Fn(&str) -> bool) -> String {
    let own = format!("{FOLDER}/{language}.yaml");
    if is_there(&own) { own } else { format!("{FOLDER}/{}.yaml", language.primary()) }
}

/// Those of a folder, over the program's own; `None` when its file is faulty.
pub fn read(shelf: &Shelf, language: &Language, loading: &mut Loading) -> Option<RecordWords> {
    let built_in = BUILT_IN.get(&path(language, |path| BUILT_IN.contains_key(path)));
    let words = built_in.or_else(|| BUILT_IN.values().next());
    let mut words = words.map(|words| (**words).clone()).unwrap_or_default();
    if shelf.is_tried() {
        return Some(words);
    }
    let path = path(language, |path| shelf.bytes(path).is_some());
    if shelf.is_built_in(&path) && BUILT_IN.contains_key(&path) {
        return Some(BUILT_IN.get(&path).map(|words| (**words).clone()).unwrap_or(words));
    }
    if shelf.bytes(&path).is_none() {
        if built_in.is_none() {
            let message =
                format!("chart notes and calendars have no words in `{language}`: they are in English");
            let warning = Diagnostic::warning("missing-file", message).at(Place::file(clinic::PATH));
            loading.sink.push_once(warning.hint(format!("write `{path}`")));
        }
        return Some(words);
    }
    let own = Words::of(shelf, path, RECORD_WORDS.to_vec(), OPEN_OF_RECORDS, loading)?;
    if !own.is_sound() {
        return None;
    }
    words.extend(own.found);
    Some(words)
}

/// Words that are read when somebody first asks for them.
type Waiting = LazyLock<RecordWords, Box<dyn FnOnce() -> RecordWords + Send>>;

/// The program's own, by path. A language that nobody speaks is not read.
static BUILT_IN: LazyLock<BTreeMap<String, Waiting>> = LazyLock::new(|| {
    let listed = Embedded.list().unwrap_or_default();
    let paths = listed.into_iter().map(|file| file.path).filter(|path| path.starts_with(FOLDER));
    let waiting = |path: String| -> (String, Waiting) {
        let own = path.clone();
        (path, LazyLock::new(Box::new(move || built_in(own))))
    };
    paths.map(waiting).collect()
});

fn built_in(path: String) -> RecordWords {
    let shelf = Shelf::of(&Embedded, std::iter::once(path.clone()));
    let words = Words::of(&shelf, path, RECORD_WORDS.to_vec(), OPEN_OF_RECORDS, &mut Loading::default());
    words.map(|words| words.found).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_of_the_program_has_every_word() {
        assert!(BUILT_IN.len() >= 2, "{:?}", BUILT_IN.keys());
        for (path, words) in BUILT_IN.iter() {
            let lacking = RECORD_WORDS.iter().filter(|key| !words.contains_key(**key));
            assert_eq!(lacking.collect::<Vec<_>>(), Vec::<&&str>::new(), "{path}");
        }
    }
}
