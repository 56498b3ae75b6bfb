//! How a language speaks to its reader: politely or as to a friend, and the same way throughout.

use super::text::Text;
use super::told::one_line;
use super::{MOST, ProseWords};
use crate::content::phrases::Phrases;
use crate::diagnostic::Diagnostic;

/// Words of the form that fewer texts of the language have.
pub fn mixed(texts: &[Text<'_>], words: &ProseWords) -> Vec<Diagnostic> {
    let has = |form: &Phrases<()>, text: &Text<'_>| form.said(&text.seen).next().is_some();
    let count = |form: &Phrases<()>| texts.iter().filter(|text| has(form, text)).count();
    let (polite, familiar) = (count(&words.polite), count(&words.familiar));
    if polite == 0 || familiar == 0 {
        return Vec::new();
    }
    let (rare, usual) = match familiar <= polite {
        true => (&words.familiar, &words.polite),
        false => (&words.polite, &words.familiar),
    };
    let example = texts.iter().find_map(|text| said(usual, text)).unwrap_or_default();
    let mut found: Vec<Diagnostic> = Vec::new();
    for text in texts {
        let Some(((), at, length)) = rare.said(&text.seen).next() else { continue };
        let written = &text.seen[at..at + length];
        let message = format!(
            "“{}” speaks to the reader in another form than “{example}” in the other texts",
            one_line(written)
        );
        let letters = u32::try_from(written.chars().count()).unwrap_or(0);
        let fault = Diagnostic::warning("mixed-address", message).at(text.source.at(at, letters));
        found.push(fault.hint("speak to the reader in one form throughout"));
    }
    found.truncate(MOST);
    found
}

fn said(form: &Phrases<()>, text: &Text<'_>) -> Option<String> {
    let ((), at, length) = form.said(&text.seen).next()?;
    Some(one_line(&text.seen[at..at + length]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::files::Embedded;
    use crate::content::{Source, prose_words};
    use crate::diagnostic::Place;
    use crate::locale::Language;

    fn told(language: &str, texts: &[&str]) -> Vec<String> {
        let (prose, _) = prose_words(&Embedded);
        let place = Place { line: 1, column: 1, ..Place::file("text.md") };
        let sources: Vec<Source> = texts.iter().map(|text| Source::new(*text, place.clone())).collect();
        let texts: Vec<Text<'_>> = sources.iter().map(Text::of_file).collect();
        let found = mixed(&texts, prose.of(&Language::new(language)).expect("a list of words"));
        assert!(found.iter().all(|fault| fault.code == "mixed-address"));
        found.iter().map(|fault| fault.message.clone()).collect()
    }

    #[test]
    fn the_rarer_form_is_told() {
        let told = told("fr", &["Votre santé compte.", "Appelez votre médecin.", "Ta santé compte."]);
        assert_eq!(told, ["“Ta” speaks to the reader in another form than “Votre” in the other texts"]);
    }

    #[test]
    fn one_form_throughout_is_good() {
        assert!(told("fr", &["Ta santé compte.", "Appelle ton médecin."]).is_empty());
        assert!(told("es", &["Llame a su médico.", "Tome té."]).is_empty());
        assert!(told("en", &["Call your doctor."]).is_empty());
    }
}
