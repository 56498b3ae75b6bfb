//! Words by which lists of any program are understood, in each language of the program: a clinic's list may be in any of them,
//! whatever the clinic's sheets are in.

use super::web::{EXTENSIONS, LIKED, WebWords, of_lists};
use crate::content::files::Embedded;
use crate::content::names::fold;
use crate::content::phrases::Phrases;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

const LANGUAGES: &str = "content/languages/";

/// What lists say in words, of all languages together.
pub struct ListWords {
    /// What columns of other lists are called, by dotted key, language by language.
    pub columns: Vec<WebWords>,
    /// Endings that a word for several has over the word for one, folded.
    pub plurals: BTreeSet<String>,
    /// Words in front of people's names, folded.
    pub titles: BTreeSet<String>,
    /// What a register or a family gives behind a name, as it is written there.
    pub behind: BTreeSet<String>,
    /// What stands in front of the extension of a phone number, folded.
    pub extensions: BTreeSet<String>,
    /// What cells say under the name of a value, in small letters.
    pub yes: BTreeSet<String>,
    pub no: BTreeSet<String>,
    /// Words for yes and for no, and what turns these round in the name of a column.
    pub yes_said: Phrases<()>,
    pub no_said: Phrases<()>,
    pub turned_round: Phrases<()>,
    /// Words in front of or behind what a column asks for: `currently on`, in small letters.
    pub asking: BTreeSet<String>,
    /// Words of columns that say nothing which has to be known of a patient.
    pub other_precautions: Vec<String>,
    /// Words of columns that name nobody.
    pub choices: Vec<String>,
    /// What a list writes of a session that did not take place.
    pub called_off: Vec<String>,
    /// The same where a column says what became of an appointment.
    pub called_off_status: Vec<String>,
    /// What has such a word in it and takes place.
    pub not_called_off: Vec<String>,
    /// What may stand beside such a word in a column's name.
    pub called_off_beside: Vec<String>,
    /// Words of rows that sum up a list or say where it ends, in small letters.
    pub totals: BTreeSet<String>,
    /// What may stand behind a time of day and says nothing, and zones with their offsets, in small letters.
    pub behind_time: BTreeSet<String>,
    pub zones: BTreeMap<String, String>,
}

pub fn list_words() -> &'static ListWords {
    &WORDS
}

static WORDS: LazyLock<ListWords> = LazyLock::new(|| {
    let web = |path: &String| path.starts_with(LANGUAGES) && path.ends_with("/web.yaml");
    let mut files: Vec<String> = Embedded.content().filter(web).collect();
    files.sort();
    let all: Vec<WebWords> = files.iter().filter_map(|path| of_lists(path)).collect();
    let words = |key: &str| -> Vec<String> {
        let lines = all.iter().filter_map(|words| words.get(key));
        let words = lines.flat_map(|words| words.split(',')).map(|word| word.trim().to_owned());
        words.filter(|word| !word.is_empty()).collect()
    };
    let folded = |key: &str| words(key).iter().map(|word| fold(word)).collect();
    let small = |key: &str| words(key).iter().map(|word| word.to_lowercase()).collect();
    let phrases = |key: &str| Phrases::new(words(key).into_iter().map(|word| ((), word)));
    let liked = |words: &WebWords| {
        let own = words.iter().filter(|(key, _)| key.starts_with(LIKED));
        own.map(|(key, words)| (key.clone(), words.clone())).collect()
    };
    ListWords {
        columns: all.iter().map(liked).collect(),
        plurals: folded("roster.plurals"),
        titles: folded("roster.titles"),
        behind: words("roster.behind").into_iter().collect(),
        extensions: folded(EXTENSIONS),
        yes: small("roster.yes"),
        no: small("roster.no"),
        yes_said: phrases("roster.yes"),
        no_said: phrases("roster.no"),
        turned_round: phrases("roster.turned_round"),
        asking: small("roster.asking"),
        other_precautions: words("roster.other_precautions"),
        choices: words("roster.choices"),
        called_off: words("roster.called_off"),
        called_off_status: words("roster.called_off_status"),
        not_called_off: words("roster.not_called_off"),
        called_off_beside: words("roster.called_off_beside"),
        totals: small("roster.totals"),
        behind_time: small("roster.behind_time"),
        zones: words("roster.zones")
            .iter()
            .filter_map(|word| word.to_lowercase().split_once(' ').map(owned))
            .collect(),
    }
});

fn owned((word, meaning): (&str, &str)) -> (String, String) {
    (word.to_owned(), meaning.to_owned())
}

/// What columns of other lists are called in each language, by dotted key.
pub fn column_words() -> &'static [WebWords] {
    &WORDS.columns
}

/// Whether columns of lists are called so, in some language. `group`: by one group of words (`status`) alone.
pub fn is_column_word(name: &str, group: Option<&str>) -> bool {
    static GROUPS: LazyLock<BTreeMap<String, BTreeSet<String>>> = LazyLock::new(|| {
        let mut groups: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (key, words) in WORDS.columns.iter().flatten() {
            let group = key.strip_prefix(LIKED).unwrap_or(key).to_owned();
            groups.entry(group).or_default().extend(words.split(',').map(fold));
        }
        groups
    });
    let name = fold(name);
    match group {
        Some(group) => GROUPS.get(group).is_some_and(|words| words.contains(&name)),
        None => GROUPS.values().any(|words| words.contains(&name)),
    }
}

/// Endings that a word for several has over the word for one.
pub fn plural_endings() -> &'static BTreeSet<String> {
    &WORDS.plurals
}

/// What stands in front of the extension of a phone number.
pub fn extension_words() -> &'static BTreeSet<String> {
    &WORDS.extensions
}
