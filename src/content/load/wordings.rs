//! Lines of the clinic's profile by language, held against each other.

use super::clinic;
use crate::content::Library;
use crate::content::files::Files;
use crate::diagnostic::{Diagnostic, shown};

/// A language without a wording of its own, which takes the first; a number that only one of them has, which is likely a slip.
pub fn unlike_in_languages(files: &dyn Files, library: &Library) -> Vec<Diagnostic> {
    let clinic = &library.clinic;
    let lines = [("nurse-line", &clinic.nurse_line), ("register", &clinic.register)];
    let lines = lines.into_iter().filter_map(|(key, line)| Some((key, line.as_ref()?)));
    let mut told = Vec::new();
    for (key, line) in lines.filter(|(_, line)| line.is_by_language()) {
        let mut warn = |code, message: String, hint: &str| {
            told.push(
                Diagnostic::warning(code, message).at(clinic::place_of(files, key)).hint(hint.to_owned()),
            );
        };
        for language in library.packs.keys().filter(|language| line.own(language).is_none()) {
            let message = format!("`{key}` has no `{language}`: its texts say `{}`", shown(line.usual()));
            warn("unworded-language", message, "write the line in that language's words too");
        }
        let digits = |line: &str| -> String { line.chars().filter(char::is_ascii_digit).collect() };
        let usual = digits(line.usual());
        if let Some(other) = line.all().find(|other| digits(other) != usual) {
            let message = format!("`{}` has other digits than `{}`", shown(other), shown(line.usual()));
            warn("other-digits", message, "write the same number in every language, in the digits 0 to 9");
        }
    }
    told
}
