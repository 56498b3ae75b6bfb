//! Words in templates: they stand in no language's files, name no claim, and every patient reads them. The rules for texts read
//! them all the same; in templates that only place sections, any word is told.

use super::letters::starts;
use super::page::without_elements;
use super::text::{Text, VALUE};
use super::told::one_line;
use super::{MOST, Prose, ProseWords, calls, cautions, figures};
use crate::content::files::Files;
use crate::content::{Folder, Library, Source, advertised};
use crate::diagnostic::{Diagnostic, Place, shown};
use crate::limits::{TEXT, too_long};
use std::collections::BTreeSet;

/// Pages that patients read.
const PAGES: [&str; 2] = ["templates/html/", "templates/site/"];
/// Templates that place sections.
const PLACING: &str = ".tera";
const HINT: &str =
    "words stand in a section, by language: a template names no claim, and has these words in every language";

/// What there is to mark in templates, and in the words of the clinician's page.
pub fn in_files(files: &dyn Files, folder: &Folder, prose: &Prose) -> Vec<Diagnostic> {
    let is_template = |path: &str| path.starts_with("templates/") && path.ends_with(".html");
    let is_read = |path: &str| path.ends_with("/web.yaml") || is_template(path) || path.ends_with(PLACING);
    let listed = files.list().unwrap_or_default().into_iter().map(|file| file.path);
    let mut found = Vec::new();
    for path in listed.filter(|path| is_read(path)) {
        let Ok(data) = files.read(&path) else { continue };
        let Ok(text) = std::str::from_utf8(&data) else { continue };
        let languages = folder.first.packs.keys().filter_map(|language| prose.of(language));
        let told: Vec<Diagnostic> =
            languages.flat_map(|words| calls::in_file(&path, text, words, &folder.first)).collect();
        found.extend(told);
        let is_page = PAGES.iter().any(|folder| path.starts_with(folder));
        if is_page || path.ends_with(PLACING) {
            of_patients(&path, text, folder, prose, &mut found);
        }
    }
    found
}

/// What patients read of a template.
fn of_patients(path: &str, file: &str, folder: &Folder, prose: &Prose, found: &mut Vec<Diagnostic>) {
    if file.len() > TEXT {
        // Word by word in each language that would take long.
        let fault = too_long("the template is", file.len(), TEXT, "part it, and include the parts");
        found.push(fault.at(Place::file(path)));
        return;
    }
    let source = Source { file_text: file.into(), ..Source::new(file, Place::line(path, 1, 1)) };
    let mut text = Text::of_file(&source);
    let places = path.ends_with(PLACING);
    if !places {
        text.seen = without_elements(&text.seen);
    }
    if starts(&text.seen).next().is_none() {
        return;
    }
    let is_of_this = |fault: &&Diagnostic| fault.place.as_ref().is_some_and(|place| *place.file == *path);
    let mut told: BTreeSet<_> = found
        .iter()
        .rev()
        .take_while(is_of_this)
        .map(|fault| (fault.code, fault.place.as_ref().map(at)))
        .collect();
    for (language, words) in
        folder.first.packs.keys().filter_map(|language| Some((language, prose.of(language)?)))
    {
        let mut own = figures::check(&text, &folder.first, language, prose);
        own.iter_mut().for_each(|fault| fault.hints = vec![HINT.into()]);
        own.extend(of_language(&text, &folder.first, words));
        own.extend(advertised(&source, &text.seen, &folder.first, language));
        found.extend(own.into_iter().filter(|fault| told.insert((fault.code, fault.place.as_ref().map(at)))));
    }
    let marked = found.iter().rev().take_while(is_of_this).filter_map(|fault| fault.place.as_ref());
    let marked: BTreeSet<u32> = marked.map(|place| place.line).collect();
    let is_unmarked =
        |fault: &Diagnostic| fault.place.as_ref().is_none_or(|place| !marked.contains(&place.line));
    found.extend(loose(&text).filter(is_unmarked));
}

fn at(place: &Place) -> (std::sync::Arc<str>, u32, u32) {
    (place.file.clone(), place.line, place.column)
}

fn of_language(text: &Text<'_>, library: &Library, words: &ProseWords) -> Vec<Diagnostic> {
    let mut found = cautions::called_normal(text, words, &[]);
    found.extend(cautions::risky(None, text, library, words));
    found
}

/// Lines with words of a template that places sections.
fn loose<'t>(text: &'t Text<'_>) -> impl Iterator<Item = Diagnostic> + 't {
    let mut end = 0;
    let lines = text.seen.split_inclusive('\n').map(move |line| {
        let from = end;
        end += line.len();
        (from, line)
    });
    let worded = lines.filter_map(|(from, line)| {
        let first = starts(line).next()?;
        let written = line[first..].trim_end().split(VALUE).next()?.trim_end();
        Some((from + first, written))
    });
    worded.take(MOST).map(|(at, written)| {
        let message = format!("“{}” is no section, and stands in no text", shown(&one_line(written)));
        let length = u32::try_from(written.chars().count()).unwrap_or(0);
        Diagnostic::warning("loose-text", message).at(text.source.at(at, length)).hint(HINT)
    })
}
