//! What is wrong, in the page's own words.

use super::context::Context;
use crate::diagnostic::{Diagnostic, Hint};
use crate::locale::capitalised;

/// The page's words for a fault of a field; the clinic's reason for two options that cannot stand together; what the
/// engine says, when there is no word for it.
pub fn said(context: &Context<'_>, field: &str, diagnostic: &Diagnostic) -> String {
    if let Some(reason) = clinics_reason(context, diagnostic) {
        return reason;
    }
    let own = [format!("faults.{field}-{}", diagnostic.code), format!("faults.{}", diagnostic.code)];
    if let Some(key) = own.iter().find(|key| context.knows(key)) {
        let named: Vec<String> = diagnostic.names.iter().map(|name| name_of(context, name)).collect();
        let words = context.word(key, &[("name", &named.join(", "))]);
        if let Some(near) = diagnostic.hints.iter().find_map(Hint::near) {
            return format!("{words} {}", context.word("faults.near", &[("near", near)]));
        }
        let names: Vec<String> =
            diagnostic.hints.iter().flat_map(Hint::allowed).map(|name| word_of(context, name)).collect();
        return match names.is_empty() {
            true => words,
            false => format!("{words} {}", context.word("faults.choose", &[("names", &names.join(", "))])),
        };
    }
    let hints = diagnostic.hints.iter().map(Hint::to_string).filter(|hint| is_of_page(hint));
    let first = hints.map(|hint| format!(" {}", sentence(&hint))).next().unwrap_or_default();
    sentence(&diagnostic.message) + &first
}

/// Whether somebody at the page can do what a hint says: flags and their files are the command line's.
fn is_of_page(hint: &str) -> bool {
    !hint.contains("`--")
}

/// All the parts that the paper had no room for, in one line.
pub fn left_out_said(context: &Context<'_>, diagnostics: &[&Diagnostic]) -> String {
    let names = diagnostics.iter().flat_map(|diagnostic| &diagnostic.names);
    let parts: Vec<String> = names.map(|name| name_of(context, name)).collect();
    context.word("faults.left-out", &[("name", &parts.join("; "))])
}

/// A treatment gives its reasons in the clinic's first language.
fn clinics_reason(context: &Context<'_>, diagnostic: &Diagnostic) -> Option<String> {
    let first = context.library().packs.keys().next();
    let understood = first.is_some_and(|language| *language == context.ui().language);
    diagnostic.hints.first().filter(|_| diagnostic.code == "contradiction" && understood).map(Hint::to_string)
}

/// The title of a part that was left out: `faq/tired-next-day`, `exercises/wall-slide`, `closing`.
fn name_of(context: &Context<'_>, id: &str) -> String {
    let Some(pack) = context.pack() else { return id.to_owned() };
    let last = id.rsplit('/').next().unwrap_or(id);
    if let Some(title) = context.ui().titles.get(last) {
        return title.clone();
    }
    let exercise = pack.libraries.values().find_map(|library| library.get(last)).map(|one| &one.name);
    let section = || pack.sections.get(last).map(|section| &section.title);
    let question = || pack.questions.iter().find(|question| question.id == last).map(|one| &one.question);
    exercise
        .or_else(section)
        .or_else(question)
        .map_or_else(|| id.to_owned(), |source| source.text.to_string())
}

/// A name as the sheet prints it; most lists have names of their own.
pub fn word_of(context: &Context<'_>, name: &str) -> String {
    let options = context.library().treatment.options.values();
    let own = options.filter(|option| !option.is_regions()).map(|option| &*option.words);
    let groups: Vec<&str> = std::iter::once("regions").chain(own).chain(["editions", "papers"]).collect();
    let words = context
        .pack()
        .into_iter()
        .flat_map(|pack| groups.iter().filter_map(|group| pack.words.get(&format!("{group}.{name}"))));
    words.map(|word| word.text.to_string()).next().unwrap_or_else(|| name.to_owned())
}

/// A message as a sentence, without the marks around names.
pub fn sentence(message: &str) -> String {
    let plain = message.replace('`', "");
    let end = if plain.is_empty() || plain.ends_with(['?', '.', '!']) { "" } else { "." };
    capitalised(&plain) + end
}
