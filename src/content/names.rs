//! Everyday names: what people write for the names of the program, in a language's `names.yaml`.

use crate::locale::is_unspaced;
use crate::options::{Name, Side};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use unicode_normalization::UnicodeNormalization;

/// The everyday names of a language.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Group of words (`regions`) → folded name → what it may mean, in the order of the file.
    pub(super) meant: BTreeMap<Name, BTreeMap<String, Vec<Name>>>,
    /// Folded words for nothing.
    pub(super) none: Vec<String>,
    /// Folded words for a side of the body; in a folder of before there were sides nothing says which one.
    pub(super) sides: Vec<(String, Option<Side>)>,
    /// Names of treatments and words beside them, as they are written.
    pub(super) lists: BTreeMap<Beside, Vec<String>>,
}

/// Words for a treatment, and words beside it or beside a therapist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Beside {
    /// What people call the treatment.
    Treatment,
    /// Phrases that mean another one.
    NotTreatment,
    /// Words that take back what they stand with: `declined`.
    TakenBack,
    /// Those that do so right beside it: `without`.
    Without,
    /// Words that leave open which of two is meant.
    Or,
    /// Words for a therapist who is not in.
    Away,
    /// Words beside a treatment that change nothing.
    BesideTreatment,
}

impl Beside {
    pub const ALL: [Beside; 7] = [
        Beside::Treatment,
        Beside::NotTreatment,
        Beside::TakenBack,
        Beside::Without,
        Beside::Or,
        Beside::Away,
        Beside::BesideTreatment,
    ];

    /// As `names.yaml` calls the list.
    pub fn key(self) -> &'static str {
        match self {
            Beside::Treatment => "treatment",
            Beside::NotTreatment => "not-treatment",
            Beside::TakenBack => "taken-back",
            Beside::Without => "without",
            Beside::Or => "or",
            Beside::Away => "away",
            Beside::BesideTreatment => "beside-treatment",
        }
    }

    pub fn of(key: &str) -> Option<Beside> {
        Beside::ALL.into_iter().find(|list| list.key() == key)
    }
}

impl Names {
    /// What a name may mean; more than one thing has to be asked.
    pub fn of(&self, group: &str, folded: &str) -> &[Name] {
        self.meant.get(group).and_then(|names| names.get(folded)).map_or(&[], Vec::as_slice)
    }

    /// Every folded name of a group that means one thing, with that.
    pub fn all_of(&self, group: &str) -> impl Iterator<Item = (&str, &Name)> {
        let all = self.meant.get(group).into_iter().flatten();
        all.filter_map(|(name, meant)| match meant.as_slice() {
            [only] => Some((name.as_str(), only)),
            _ => None,
        })
    }

    /// The folded names that mean one thing, and no other.
    pub fn meaning<'n>(&'n self, group: &'n str, name: &'n str) -> impl Iterator<Item = &'n str> {
        self.all_of(group).filter(move |(_, meant)| ***meant == *name).map(|(said, _)| said)
    }

    /// The words of a list, as they are written.
    pub fn words_of(&self, list: Beside) -> &[String] {
        self.lists.get(&list).map_or(&[], Vec::as_slice)
    }

    /// Whether a text says that there is nothing.
    pub fn is_none(&self, folded: &str) -> bool {
        self.none.iter().any(|none| none == folded)
    }

    /// Every folded word for nothing.
    pub fn none(&self) -> impl Iterator<Item = &str> {
        self.none.iter().map(String::as_str)
    }

    /// Every folded word for a side of the body.
    pub fn sides(&self) -> impl Iterator<Item = (&str, Option<Side>)> {
        self.sides.iter().map(|(word, side)| (word.as_str(), *side))
    }

    /// The side of the body that a word is; `Some(None)`: nobody knows which one.
    pub fn side(&self, folded: &str) -> Option<Option<Side>> {
        self.sides.iter().find(|(word, _)| word == folded).map(|(_, side)| *side)
    }

    /// What may be left of a folded text that begins or ends with a word for a side, in a script without spaces.
    pub fn beside<'t>(&'t self, folded: &'t str) -> impl Iterator<Item = (&'t str, Option<Side>)> + 't {
        let unspaced = self.sides.iter().filter(|(word, _)| word.chars().all(is_unspaced));
        unspaced.flat_map(move |(word, side)| {
            let rests = [folded.strip_prefix(&**word), folded.strip_suffix(&**word)];
            rests.into_iter().flatten().filter(|rest| !rest.is_empty()).map(|rest| (rest, *side))
        })
    }
}

/// A name without what differs between spellings: capitals, spaces, hyphens, underscores, full stops and joiners. `Lower back` and
/// `lower_back` are `lowerback`.
pub fn fold(name: &str) -> String {
    // Most are, and need no tables.
    if name.is_ascii() {
        let letters = name.chars().filter(|character| !is_between(*character));
        return letters.map(|letter| letter.to_ascii_lowercase()).collect();
    }
    name.nfc()
        .flat_map(char::to_lowercase)
        .map(in_one_way)
        .filter(|character| !is_between(*character))
        .collect()
}

/// Letters that keyboards of one script write in two ways, and the two apostrophes.
fn in_one_way(character: char) -> char {
    match character {
        '\u{2019}' => '\'',
        '\u{643}' => '\u{6a9}',
        '\u{64a}' | '\u{649}' => '\u{6cc}',
        '\u{6c0}' => '\u{647}',
        other => other,
    }
}

/// What a key's names are called in each language of a folder, folded: made once for all requests.
#[derive(Debug, Default)]
pub struct Called {
    /// By language, the names with their ids and words.
    pub words: OnceLock<Vec<Vec<(String, String)>>>,
    /// Areas with a side as a sheet prints them.
    pub sided: OnceLock<Vec<(String, String, Side)>>,
}

/// What the names of a folder are called, by the path of their key.
#[derive(Debug, Default)]
pub struct CalledByKey(Mutex<BTreeMap<String, Arc<Called>>>);

impl CalledByKey {
    pub fn of(&self, path: &str) -> Arc<Called> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(called) = known.get(path) {
            return called.clone();
        }
        known.entry(path.to_owned()).or_default().clone()
    }
}

/// A copy may come to hold other words.
impl Clone for CalledByKey {
    fn clone(&self) -> CalledByKey {
        CalledByKey::default()
    }
}

/// What stands between words and may as well not.
fn is_between(character: char) -> bool {
    let takes_no_room = matches!(character, '\u{ad}' | '\u{654}' | '\u{200b}'..='\u{200d}' | '\u{feff}');
    let is_hyphen = matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    character.is_whitespace() || takes_no_room || is_hyphen || matches!(character, '_' | '.')
}
