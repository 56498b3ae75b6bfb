//! What stands around a person's name and is none of it: titles in front, and behind it what a register or a family gives.

use super::called_off::says_beside;
use crate::content::list_words;
use crate::content::names::fold;

/// Letters of a title in front of a family name, at least: one alone is most often an initial.
const LEAST: usize = 2;
/// Letters that are somebody's initials as often as what a register gives.
const INITIALS: usize = 2;

/// Whether a word stands in front of names: `Dr.`
pub fn is_title(word: &str) -> bool {
    list_words().titles.contains(&fold(word))
}

/// A name without titles in front: `Ann Lee` of `Prof. Dr. Ann Lee`. What is nothing else stays.
pub fn without_titles(name: &str) -> &str {
    without_longer_titles(name, 0)
}

fn without_longer_titles(name: &str, least: usize) -> &str {
    let mut rest = name.trim();
    while let Some((word, behind)) = rest.split_once(char::is_whitespace) {
        if !is_title(word) || fold(word).chars().count() < least {
            break;
        }
        rest = behind.trim_start();
    }
    rest
}

/// Whether a text stands behind names, in the letters that it is known by, in capitals or in small ones: `RMT`, `P.T.`, `Jr`.
pub fn is_behind(text: &str) -> bool {
    let bare: String = text.chars().filter(|sign| !matches!(sign, '.' | ' ')).collect();
    let is = |word: &String| *word == bare || word.to_uppercase() == bare || word.to_lowercase() == bare;
    !bare.is_empty() && list_words().behind.iter().any(is)
}

/// Whether a word is in capitals, as what a register gives is, and names in some lists are.
pub fn is_shouted(word: &str) -> bool {
    word.chars().filter(|letter| letter.is_uppercase()).count() > 1
}

/// A name without what a register gives behind it: `Ann PT`, `Ann (P.T.)`. Capitals that no register is known by may be a family
/// name: they go behind a sign only.
pub fn without_behind(text: &str) -> &str {
    let mut name = text.trim_end();
    while let Some((rest, last)) = name.rsplit_once([' ', '(', ',']) {
        let before = rest.trim_end_matches([' ', '(', ',']);
        let signs = name.get(before.len()..name.len() - last.len()).unwrap_or_default();
        let is_apart = signs.contains(['(', ',']) || last.contains('.');
        let is_capital = |sign: char| sign.is_uppercase() || matches!(sign, '.' | ')');
        let bare = last.trim_end_matches(')');
        let is_given = is_behind(bare) && is_shouted(bare)
            || is_apart && is_shouted(bare) && last.chars().all(is_capital);
        // A whole name may be in capitals.
        if !(is_given || last.is_empty()) || !before.chars().any(char::is_lowercase) {
            break;
        }
        name = before;
    }
    name
}

/// The given and the family name of `Family, Given`, in this order; `None`: it is of another form. `Ann Lee, RMT` is, and so is what
/// has two commas. Words that call a session off stay where they are seen.
pub fn turned(name: &str) -> Option<(&str, &str)> {
    if says_beside(name) {
        return None;
    }
    let parted = name.split_once(',').or_else(|| name.split_once('|'));
    let (family, given) = parted.map(|(family, given)| (family.trim(), given.trim()))?;
    let is_name = |part: &str| part.chars().any(char::is_alphabetic);
    (is_name(family) && is_name(given) && !given.contains([',', '|']) && !is_end_of(family, given))
        .then(|| (given, without_longer_titles(family, LEAST)))
}

/// Whether what stands behind a comma belongs behind a name. Two capitals behind one word are initials: `Smith, DJ`.
fn is_end_of(name: &str, behind: &str) -> bool {
    let letters = behind.chars().filter(|letter| letter.is_alphabetic());
    let are_initials = letters.clone().count() <= INITIALS && !behind.chars().any(char::is_lowercase);
    is_behind(behind) && !(are_initials && name.split_whitespace().nth(1).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_name_in_front_is_told_from_what_stands_behind_a_name() {
        for (name, both) in [
            ("Lee, Ann", "Ann|Lee"),
            ("LEE, ANN", "ANN|LEE"),
            ("Smith, DJ", "DJ|Smith"),
            ("Smith, MD", "MD|Smith"),
            ("Lee, Don", "Don|Lee"),
            ("Nguyen, Do", "Do|Nguyen"),
            ("NGUYEN, DO", "DO|NGUYEN"),
            ("Kumar, M", "M|Kumar"),
            ("M. Kumar, Priya", "Priya|M. Kumar"),
            ("Mr. Lee, Bo", "Bo|Lee"),
            ("van der Berg,  Zoë Marie", "Zoë Marie|van der Berg"),
            ("王, 明", "明|王"),
            ("Lee | Ann", "Ann|Lee"),
        ] {
            assert_eq!(
                turned(name).map(|(given, family)| format!("{given}|{family}")).as_deref(),
                Some(both)
            );
        }
        for name in [
            "Ann Lee",
            "Lee,",
            ", Ann",
            "Lee, Ann, PhD",
            "Ann Lee, RN",
            "Ann Lee, Jr.",
            "Lee, Jr.",
            "Ann Lee, rmt",
            "Lee, 2",
        ] {
            assert_eq!(turned(name), None, "{name}");
        }
    }

    #[test]
    fn what_a_register_gives_goes_and_a_family_name_in_capitals_stays() {
        for text in ["Ann", "Ann (PT)", "Ann P.T.", "Ann, RMT", "Ann PT", "Ann RMT, PhD", "Ann, XYZ"] {
            assert_eq!(without_behind(text), "Ann", "{text}");
        }
        for text in ["Ann LEE", "ANN PT", "Ann Lee", "Ann (Lee)"] {
            assert_eq!(without_behind(text), text);
        }
    }
}
