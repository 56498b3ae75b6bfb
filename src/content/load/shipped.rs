//! What came with the program and says something else now. The words of the warnings are few, and no list of words knows
//! every way to weaken one: each that was changed is told until somebody signs it. So is a claim that stands more or less
//! firmly than it came, while the day of its review stayed.

use super::shelf::Shelf;
use super::{Loading, Origins, Read, claims, known, own_file, pack, treatment};
use crate::content::files::Embedded;
use crate::content::yaml::{Node, Value};
use crate::content::{Claim, Folder, Pack, Source};
use crate::diagnostic::{Diagnostic, Place, Sink, shown};
use crate::locale::{Language, is_in_word};
use crate::options::Name;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Texts of a file that are told one by one; where more of them than not are others, somebody wrote the file anew.
const FEW: usize = 6;

/// A treatment's texts in a language, as they came with the program; `None`: none did.
pub fn as_it_came(treatment: &Name, language: &Language) -> Option<Arc<Pack>> {
    /// They never change, and are asked for at each save of the set-up page.
    static CAME: Mutex<BTreeMap<(Name, Language), Option<Arc<Pack>>>> = Mutex::new(BTreeMap::new());
    let mut known = CAME.lock().unwrap_or_else(PoisonError::into_inner);
    let key = (treatment.clone(), language.clone());
    known.entry(key).or_insert_with(|| read_again(treatment, language).map(Arc::new)).clone()
}

fn read_again(treatment: &Name, language: &Language) -> Option<Pack> {
    let folder = format!("{}/{treatment}/{language}/", treatment::FOLDER);
    // A language of the clinic's own is none to look for.
    Embedded.all().any(|path| path.starts_with(&folder)).then_some(())?;
    let mut loading = Loading::default();
    let shelf = Shelf::read(&Embedded, &mut loading.sink).ok()?;
    let ids = treatment::ids(&shelf, None, &mut loading);
    let all: Vec<Read> = ids.iter().filter_map(|id| own_file(&shelf, id, &mut loading)).collect();
    let Read { treatment, protocol, .. } = all.iter().find(|read| read.treatment.id == *treatment)?;
    let known = known(all.iter().map(|read| &read.treatment));
    let care = pack::Care { treatment, protocol, known: &known };
    let packs = pack::read_all(&shelf, std::slice::from_ref(language), &care, &mut loading)?;
    packs.into_values().next()
}

/// Warnings in other words than they came in, where nobody has signed them.
pub fn other_warnings(folder: &Folder, origins: &Origins, today: Option<NaiveDate>) -> Vec<Diagnostic> {
    let packs = folder.treatments().flat_map(|library| library.packs.values());
    let unsigned = packs.filter(|pack| today.is_none_or(|today| pack.approval.on(today).is_err()));
    unsigned.flat_map(|pack| of_pack(pack, origins)).collect()
}

fn of_pack(pack: &Pack, origins: &Origins) -> Vec<Diagnostic> {
    let Some(node) = came(&origins.path(&pack.safety.place.file)) else { return Vec::new() };
    let mut came = BTreeMap::new();
    flatten(&node, String::new(), &mut came);
    let other: Vec<(&Source, &str)> = pack
        .safety
        .words
        .iter()
        .filter_map(|(key, source)| Some((source, *came.get(key)?)))
        .filter(|(source, was)| !is_same(was, &source.text))
        .collect();
    if other.len() > FEW && other.len() * 2 > pack.safety.words.len() {
        let message = format!("{} of the warnings have other words than they came in", other.len());
        let fault =
            Diagnostic::warning("changed-warning", message).at(Place::file(pack.safety.place.file.clone()));
        return vec![fault.hint("once a clinician agrees with them, have the text signed: `aftercare sign`")];
    }
    other.into_iter().map(|(source, was)| changed(source, was)).collect()
}

fn changed(source: &Source, was: &str) -> Diagnostic {
    let letters = u32::try_from(source.text.chars().count()).unwrap_or(0);
    let fault = Diagnostic::warning("changed-warning", "this warning has other words than it came in");
    fault.at(source.at(0, letters)).hint(format!(
        "it came as “{}”; once a clinician agrees with the change, have the text signed: `aftercare sign`",
        shown(was)
    ))
}

/// Claims whose statement or strength is another, and whose review is not.
pub fn other_claims(folder: &Folder) -> Vec<Diagnostic> {
    let mut files: BTreeMap<&str, Option<Node>> = BTreeMap::new();
    let mut found: Vec<Diagnostic> = Vec::new();
    for claim in folder.treatments().flat_map(|library| library.claims.values()) {
        let file = &*claim.place.file;
        let shipped = files.entry(file).or_insert_with(|| came(file));
        let shipped = shipped.as_ref().and_then(|ledger| entry(ledger, &claim.id));
        let told = shipped.and_then(|shipped| other_claim(claim, shipped));
        found.extend(told.filter(|told| !found.contains(told)));
    }
    found
}

fn other_claim(claim: &Claim, shipped: &Node) -> Option<Diagnostic> {
    let was = |key: &str| shipped.get(key).and_then(text);
    if was("reviewed")? != claim.reviewed.to_string() {
        return None;
    }
    let (strength, statement) = (was("strength")?, was("statement")?);
    let message = if strength != claim.strength.name() {
        format!("the claim `{}` came as `{strength}`, and is `{}` here", claim.id, claim.strength.name())
    } else if !is_same(statement, &claim.statement) {
        format!("the claim `{}` states another thing than it came with", claim.id)
    } else {
        return other_source(claim, shipped);
    };
    let fault = Diagnostic::warning("changed-claim", message).at(claim.place.clone());
    Some(fault.hint(format!("it came as “{}”", shown(statement))).hint(
        "say what its sources say; who has read them again writes the day under `reviewed`, and looks at the texts that name it",
    ))
}

/// A source of the same title that is said to stand elsewhere: nobody finds it there, and no text shows such a slip.
fn other_source(claim: &Claim, shipped: &Node) -> Option<Diagnostic> {
    let Value::List(came) = &shipped.get("sources")?.value else { return None };
    claim.sources.iter().find_map(|source| {
        let was = came.iter().find(|was| was.get("title").and_then(text) == Some(&source.title))?;
        let links = [("doi", &source.doi), ("url", &source.url)];
        let (key, typed, came) = links.into_iter().find_map(|(key, typed)| {
            let (typed, came) = (typed.as_ref()?, was.get(key).and_then(text)?);
            (typed != came).then_some((key, typed, came))
        })?;
        let message = format!("a source of the claim `{}` has another `{key}` than it came with: `{}`", claim.id, shown(typed));
        let fault = Diagnostic::warning("changed-claim", message).at(claim.place.clone());
        Some(fault.hint(format!(
            "it came as `{}`; write that, or, once somebody has looked the source up again, the day under `reviewed`",
            shown(came)
        )))
    })
}

fn entry<'n>(ledger: &'n Node, id: &str) -> Option<&'n Node> {
    let Value::List(items) = &ledger.value else { return None };
    items.iter().find(|item| item.get("id").and_then(text) == Some(id))
}

/// A file as it came with the program.
fn came(path: &str) -> Option<Node> {
    let is_ledger = path == claims::SHARED || path.starts_with(treatment::FOLDER);
    if !is_ledger || !Embedded.has(path) {
        return None;
    }
    let mut sink = Sink::default();
    let (node, _) = Shelf::of(&Embedded, std::iter::once(path.to_owned())).yaml(path, &mut sink)?;
    Some(node)
}

/// Dotted keys and their texts.
fn flatten<'n>(node: &'n Node, key: String, found: &mut BTreeMap<String, &'n str>) {
    match &node.value {
        Value::Map(entries) => {
            for entry in entries {
                let dot = if key.is_empty() { "" } else { "." };
                flatten(&entry.node, format!("{key}{dot}{}", entry.key), found);
            }
        }
        Value::Scalar(scalar) => drop(found.insert(key, scalar.text.trim())),
        Value::List(_) => {}
    }
}

fn text(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Scalar(scalar) => Some(scalar.text.trim()),
        _ => None,
    }
}

/// Whether two texts have the same words; marks and capitals do not count, nor does another spelling of a word.
fn is_same(one: &str, other: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c| !is_in_word(c)).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let (mut one, mut other) = (words(one), words(other));
    // "Pus (yellow fluid)": of so few words none stands for another by its place.
    if one.len() == other.len() && one.len() <= FEW_WORDS {
        one.sort_unstable();
        other.sort_unstable();
    }
    one.len() == other.len() && one.iter().zip(&other).all(|(one, other)| is_one_word(one, other))
}

/// "Colour" and "color": one letter of a longer word, and not its first.
fn is_one_word(one: &str, other: &str) -> bool {
    let is_long = one.chars().count().min(other.chars().count()) >= LONG;
    one == other
        || is_long
            && one.chars().next() == other.chars().next()
            && one.chars().all(char::is_alphabetic)
            && strsim::osa_distance(one, other) == 1
}

/// Words of a text that may stand in any order.
const FEW_WORDS: usize = 3;
/// Letters of a word of which one may differ.
const LONG: usize = 5;

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn another_spelling_is_the_same_and_another_word_is_not() {
        assert!(is_same("Grey colour, in the centre.", "Grey color in the center"));
        assert!(is_same("Yellow fluid (pus).", "Pus (yellow fluid)."));
        assert!(!is_same("Call us.", "Try to call us."));
        assert!(!is_same("Press for 10 minutes.", "Press for 20 minutes."));
        assert!(!is_same("{% if a %}Do not drive.{% endif %}", "Do not drive."));
        assert!(!is_same("不要开车。", "要开车。"));
    }
}
