//! The files of a language that is still to be written, and what is left of one that was begun.

use crate::atomic_file::Readers;
use crate::cli::outcome::Failure;
use crate::cli::output::{Spot, prepare};
use crate::cli::report::Reporter;
use crate::diagnostic::{Diagnostic, Place, shown};
use crate::{
    Files, Folder, Language, empty_lists, lacking_words, language_skeleton, listed_languages, unwritten,
};
use std::collections::BTreeMap;
use std::path::Path;

const PROFILE: &str = "content/clinic.yaml";

pub fn add(folder: &Path, tag: &str, reporter: &Reporter) -> Result<(), Failure> {
    let name = folder.to_string_lossy();
    let fault = |message: String, hint: &str| {
        Failure::from(Diagnostic::error("init", message).at(Place::file(name.clone())).hint(hint.to_owned()))
    };
    let Some(tag) = well_formed(tag) else {
        let hint = "a tag is letters and digits with `-` between: `fa`, `pt-BR`, `zh-Hans`";
        return Err(fault(format!("`{}` cannot be the tag of a language", shown(tag)), hint));
    };
    let clinic = Folder::new(folder);
    if !clinic.list()?.iter().any(|file| file.path == PROFILE) {
        let hint = format!("make one first: `aftercare init {name}`");
        return Err(fault(format!("this is no clinic folder: it has no {PROFILE}"), &hint));
    }
    let listed = listed_languages(&clinic.read(PROFILE)?);
    let Some(source) = listed.first() else {
        return Err(fault(
            format!("{PROFILE} names no language to translate from"),
            "list one under `languages`",
        ));
    };
    if *source == tag {
        let hint = "name another language to translate it into";
        return Err(fault(format!("`{tag}` is the clinic's first language"), hint));
    }
    let files = language_skeleton(&clinic, source, &tag)?;
    let spots: Vec<Spot> = files.keys().map(|path| Spot::within(folder, path)).collect();
    for (text, target) in files.values().zip(prepare(&spots, false, Readers::Anybody)?) {
        target.write(text.as_bytes())?;
    }
    if !files.is_empty() {
        reporter
            .note(&format!("made {} files of `{tag}` in {name}, beside those of `{source}`", files.len()));
    }
    what_is_left(&unwritten(&clinic, &tag)?, &tag, reporter);
    if let Some((path, count)) = empty_lists(&clinic, &tag)? {
        reporter.note(&format!(
            "{count} lists of {path} have no word yet: what they would find is not looked for"
        ));
    }
    for (path, keys) in &lacking_words(&clinic, source, &tag)? {
        reporter.note(&format!("not in {path}, though `{source}` has it: `{}`", keys.join("`, `")));
    }
    if !listed.contains(&tag) {
        reporter.note(&format!("then add `{tag}` to `languages` in {name}/{PROFILE}"));
    }
    reporter.note(&format!(
        "`aftercare check --clinic {name}` tells every fault; docs/translating.md goes through it"
    ));
    Ok(())
}

fn what_is_left(left: &BTreeMap<String, usize>, tag: &Language, reporter: &Reporter) {
    let texts: usize = left.values().sum();
    if texts == 0 {
        reporter.note(&format!("no text of `{tag}` has a `TODO`"));
        return;
    }
    reporter.note(&format!("{texts} texts of `{tag}` are left to write, each after `TODO`:"));
    for (path, count) in left {
        reporter.note(&format!("{count:>5}  {path}"));
    }
}

/// A BCP 47 tag in its usual capitals (RFC 5646, section 2.1.1): `fa`, `pt-BR`, `zh-Hans`.
fn well_formed(tag: &str) -> Option<Language> {
    let mut parts: Vec<String> = tag.split(['-', '_']).map(str::to_ascii_lowercase).collect();
    let is_part = |part: &String| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let first = parts.first()?;
    if !(2..=3).contains(&first.len())
        || !first.bytes().all(|byte| byte.is_ascii_alphabetic())
        || parts.len() > 4
    {
        return None;
    }
    if !parts.iter().all(is_part) {
        return None;
    }
    for part in parts.iter_mut().skip(1) {
        match part.len() {
            2 => part.make_ascii_uppercase(),
            4 => part[..1].make_ascii_uppercase(),
            _ => {}
        }
    }
    Some(Language::new(parts.join("-")))
}

#[cfg(test)]
mod tests {
    use super::well_formed;

    #[test]
    fn tags_are_written_as_usual() {
        let tags = [("fa", "fa"), ("PT-br", "pt-BR"), ("zh_hans", "zh-Hans"), ("sr-latn-rs", "sr-Latn-RS")];
        for (given, expected) in tags {
            assert_eq!(well_formed(given).as_ref().map(crate::Language::tag), Some(expected));
        }
        for given in ["", "f", "../x", "english", "fa-", "fa/x", "12", "fa-toolongpart"] {
            assert_eq!(well_formed(given), None, "{given}");
        }
    }
}
