//! The files of a language that nobody has written yet: copies of another language's files in which each text has become a
//! comment with a placeholder below it. `check` rejects every placeholder, so none can reach a patient.

mod section;
mod yaml;

use super::files::{Embedded, Files};
use super::load::{LANGUAGES, OF_TREATMENT, PROFILE, TREATMENTS, file_digest};
use super::yaml::{Node, Value, parse};
use crate::diagnostic::Faults;
use crate::locale::{Language, Zone};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use yaml::Texts;

/// Folders whose files of a language are named by it: `content/dates/en.yaml`. The program's own stand where a folder has none.
const BY_NAME: [&str; 3] = ["content/dates", "content/prose", "content/records"];
const DATES: &str = "content/dates/";
const PROSE: &str = "content/prose/";
/// What stands where a text is to be written: one of it for each text.
const UNWRITTEN: &str = "TODO";

/// What a file holds at its path, of a language that is to be written.
pub type Skeleton = BTreeMap<String, String>;

/// The files of the language `tag`, from those of the language `source`: those that the folder lacks.
///
/// Errors: the folder cannot be read.
pub fn skeleton(files: &dyn Files, source: &Language, tag: &Language) -> Result<Skeleton, Faults> {
    let there: BTreeSet<String> = files.list()?.into_iter().map(|file| file.path).collect();
    let mut made = Skeleton::new();
    let mut records: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let shown = there.contains(PROFILE).then(|| files.read(PROFILE)).transpose()?;
    let shown = shown.map(|profile| listed(&profile, "treatments")).unwrap_or_default();
    for path in originals(&there, source).into_iter().filter(|path| is_of(path, &shown)) {
        let Some(own) = renamed(&path, source, tag) else { continue };
        let bytes = if there.contains(&path) { files.read(&path)? } else { Embedded.read(&path)? };
        let folder_and_name = path.rsplit_once('/');
        if let Some((folder, name)) = folder_and_name.filter(|_| path.starts_with(&format!("{TREATMENTS}/")))
        {
            if name == super::load::TRANSLATION {
                continue;
            }
            let folder = folder.replace(&format!("/{source}"), &format!("/{tag}"));
            records.entry(folder).or_default().insert(name.to_owned(), file_digest(&bytes));
        }
        if !there.contains(&own) {
            made.insert(own, to_write(&path, &String::from_utf8_lossy(&bytes), source, tag));
        }
    }
    for (folder, digests) in records {
        let path = format!("{folder}/{}", super::load::TRANSLATION);
        if !there.contains(&path) {
            made.insert(path, record(tag, &digests));
        }
    }
    Ok(made)
}

/// The files of a language, and the program's own where the folder has none.
fn originals(there: &BTreeSet<String>, source: &Language) -> BTreeSet<String> {
    let own = there.iter().filter(|path| renamed(path, source, source).is_some()).cloned();
    let built_in = Embedded.list().unwrap_or_default().into_iter().map(|file| file.path);
    let by_name: BTreeSet<String> = BY_NAME.iter().map(|folder| format!("{folder}/{source}.yaml")).collect();
    own.chain(built_in.filter(|path| by_name.contains(path))).collect()
}

/// Whether a file is of one of these treatments, of one that the program does not bring along, or of none at all: what a clinic
/// leaves lying there and does not show, nobody has to translate. No treatments: the profile says nothing of them, and all are
/// shown.
fn is_of(path: &str, shown: &[String]) -> bool {
    let inside = path.strip_prefix(TREATMENTS).and_then(|rest| rest.strip_prefix('/'));
    let id = inside.and_then(|inside| inside.split('/').next());
    let is_brought = |id: &str| Embedded.has(&format!("{TREATMENTS}/{id}/treatment.yaml"));
    shown.is_empty() || id.is_none_or(|id| shown.iter().any(|one| one == id) || !is_brought(id))
}

/// The path of a language's file in another language; nothing for a file that is no language's.
fn renamed(path: &str, source: &Language, tag: &Language) -> Option<String> {
    let by_name = BY_NAME.iter().any(|folder| path == format!("{folder}/{source}.yaml"));
    if by_name {
        return Some(path.replace(&format!("/{source}.yaml"), &format!("/{tag}.yaml")));
    }
    let mut parts: Vec<&str> = path.split('/').collect();
    let at = match parts.as_slice() {
        ["content", "languages" | "exercises", _, _, ..] => 2,
        ["content", "treatments", _, _, _, ..] => 3,
        _ => return None,
    };
    if parts[at] != source.tag() {
        return None;
    }
    parts[at] = tag.tag();
    Some(parts.join("/"))
}

/// A file with places to write in.
fn to_write(path: &str, text: &str, source: &Language, tag: &Language) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let name = path.rsplit('/').next().unwrap_or(path);
    if name.ends_with(".md") {
        return section::to_write(text, source);
    }
    let texts = match name {
        "faq.yaml" => Texts::Under(&["question", "answer"]),
        "names.yaml" => Texts::Lists,
        _ if path.starts_with(PROSE) => Texts::Lists,
        _ if path.starts_with(DATES) => Texts::Patterns,
        _ if path.starts_with("content/exercises/") || is_library(path, name) => {
            Texts::Under(&["name", "alt", "steps", "not-with"])
        }
        _ if name.ends_with(".yaml") => Texts::All,
        _ => return text.to_owned(),
    };
    let mut written = yaml::to_write(text, texts, source);
    if path.starts_with(&format!("{LANGUAGES}/")) && name == "words.yaml" {
        directed(&mut written);
        named(&mut written, tag);
    }
    written
}

/// Whether a treatment's file holds exercises of its own.
fn is_library(path: &str, name: &str) -> bool {
    path.starts_with(&format!("{TREATMENTS}/")) && name.ends_with(".yaml") && !OF_TREATMENT.contains(&name)
}

/// Nobody may forget to say where lines begin.
fn directed(words: &mut String) {
    if !words.lines().any(|line| line.starts_with("direction:")) {
        words.push_str(
            "\n# Where lines begin: ltr at the left, rtl at the right.\ndirection: \"TODO: ltr\"\n",
        );
    }
}

/// The language has a name of its own, by which it is chosen.
fn named(words: &mut String, tag: &Language) {
    let (heading, own) = ("\nlanguages:\n", format!("  {tag}: "));
    let Some(at) = words.find(heading) else { return };
    let block = words[at + heading.len()..].split("\n\n").next().unwrap_or_default();
    if !block.lines().any(|line| line.starts_with(&own)) {
        let line = format!("{own}\"TODO: the name of this language, in its own letters\"\n");
        words.insert_str(at + heading.len(), &line);
    }
}

/// Who translated, to be filled in, and from which state of each file.
fn record(tag: &Language, digests: &BTreeMap<String, String>) -> String {
    let mut text = format!(
        "# Who answers for these texts in `{tag}`, and which state of each original they translate. Both names are needed before\n\
         # anybody can sign: the one who translated, and another who read it against the original.\n\
         translator: \"\"\nsecond-reader: \"\"\ntranslates:\n"
    );
    for (name, digest) in digests {
        writeln!(text, "  {name}: {digest}").expect("a string takes what is written");
    }
    text
}

/// The languages that a clinic's profile lists. One that is no YAML lists none: `check` tells what is wrong with it.
pub fn listed_languages(profile: &[u8]) -> Vec<Language> {
    listed(profile, "languages").into_iter().map(Language::new).collect()
}

/// The words of a list in a clinic's profile.
fn listed(profile: &[u8], key: &str) -> Vec<String> {
    let parsed = parse(&String::from_utf8_lossy(profile)).ok();
    let Some(Value::List(items)) = parsed.as_ref().and_then(|node| node.get(key)).map(|node| &node.value)
    else {
        return Vec::new();
    };
    let words = items.iter().filter_map(|item| match &item.value {
        Value::Scalar(scalar) => Some(scalar.text.to_string()),
        _ => None,
    });
    words.collect()
}

/// Where the clock of a clinic goes by its profile, which may be half written.
pub fn listed_zone(profile: &[u8]) -> Option<Zone> {
    let parsed = parse(&String::from_utf8_lossy(profile)).ok()?;
    match &parsed.get("time-zone")?.value {
        Value::Scalar(scalar) => Zone::named(&scalar.text),
        _ => None,
    }
}

/// The words that the files of the language `source` have and those of `tag` do not, though the files are there: file → keys.
/// What came to the original later.
///
/// Errors: the folder cannot be read.
pub fn lacking(
    files: &dyn Files,
    source: &Language,
    tag: &Language,
) -> Result<BTreeMap<String, Vec<String>>, Faults> {
    let there: BTreeSet<String> = files.list()?.into_iter().map(|file| file.path).collect();
    let mut lacking = BTreeMap::new();
    for path in there.iter().filter(|path| path.ends_with("/words.yaml") || path.ends_with("/safety.yaml")) {
        let Some(own) = renamed(path, source, tag).filter(|own| own != path && there.contains(own)) else {
            continue;
        };
        let keys = |path: &str| Ok::<_, Faults>(keys(&String::from_utf8_lossy(&files.read(path)?)));
        let there = keys(&own)?;
        let of_language = |key: &String| ["languages.", "units"].iter().any(|own| key.starts_with(own));
        let missing: Vec<String> =
            keys(path)?.into_iter().filter(|key| !there.contains(key) && !of_language(key)).collect();
        if !missing.is_empty() {
            lacking.insert(own, missing);
        }
    }
    Ok(lacking)
}

/// The texts of a file, by their keys with dots between. One that is no YAML has none: `check` tells what is wrong with it.
fn keys(text: &str) -> Vec<String> {
    fn walk(node: &Node, above: &str, keys: &mut Vec<String>) {
        let Value::Map(entries) = &node.value else { return };
        for entry in entries {
            let key = format!("{above}{}", entry.key);
            match &entry.node.value {
                Value::Map(_) => walk(&entry.node, &format!("{key}."), keys),
                _ => keys.push(key),
            }
        }
    }
    let mut keys = Vec::new();
    if let Ok(node) = parse(text) {
        walk(&node, "", &mut keys);
    }
    keys
}

/// The places of a language that are still to be written in: file → how many, of files that have any.
///
/// Errors: the folder cannot be read.
pub fn unwritten(files: &dyn Files, tag: &Language) -> Result<BTreeMap<String, usize>, Faults> {
    let mut left = BTreeMap::new();
    for file in files.list()? {
        if renamed(&file.path, tag, tag).is_none() {
            continue;
        }
        let bytes = files.read(&file.path)?;
        let text = String::from_utf8_lossy(&bytes);
        let written = |line: &&str| !line.trim_start().starts_with('#');
        let count: usize = text.lines().filter(written).map(|line| line.matches(UNWRITTEN).count()).sum();
        if count > 0 {
            left.insert(file.path, count);
        }
    }
    Ok(left)
}

/// The file of what is looked for in texts of a language, with how many of its lists have no word yet; nothing without one.
///
/// Errors: the file cannot be read.
pub fn empty_lists(files: &dyn Files, tag: &Language) -> Result<Option<(String, usize)>, Faults> {
    let path = format!("{PROSE}{tag}.yaml");
    if files.list()?.iter().all(|file| file.path != path) {
        return Ok(None);
    }
    let bytes = files.read(&path)?;
    // One that is no YAML has none: `check` tells what is wrong with it.
    let count = parse(&String::from_utf8_lossy(&bytes)).map_or(0, |node| empty(&node));
    Ok((count > 0).then_some((path, count)))
}

/// Lists without anything in them.
fn empty(node: &Node) -> usize {
    match &node.value {
        Value::List(items) => usize::from(items.is_empty()),
        Value::Map(entries) => entries.iter().map(|entry| empty(&entry.node)).sum(),
        Value::Scalar(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_without_a_word_are_counted_as_yaml_has_them() {
        for (text, count) in [
            ("call: []\nunits:\n  hour: []\n  day: [d]\n", 2),
            ("call: [] # later\nnegations: [ ]\n", 2),
            ("# call: []\ncall: [ring]\n", 0),
            ("call: [", 0),
        ] {
            assert_eq!(parse(text).map_or(0, |node| empty(&node)), count, "{text}");
        }
    }

    #[test]
    fn the_clock_of_a_profile_is_found_as_yaml_has_it() {
        let zone = |text: &str| listed_zone(text.as_bytes()).map(|zone| zone.name().to_owned());
        assert_eq!(zone("name: X\ntime-zone: America/Toronto # ours\n").as_deref(), Some("America/Toronto"));
        assert_eq!(zone("time-zone:   \"Asia/Tokyo\"\n").as_deref(), Some("Asia/Tokyo"));
        assert_eq!((zone("time-zone: Mars/Base\n"), zone("name: X\n")), (None, None));
    }
}
