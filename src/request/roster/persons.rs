//! Names of people in cells.

use crate::request::resolve::turned_name;

/// A name whose words stand below each other. `is_turned`: the family name in front.
pub fn on_one_line(name: &str, is_turned: bool) -> String {
    match rejoined(name) {
        None => name.to_owned(),
        Some(name) if is_turned && !name.contains(',') => turned(&name.replacen(' ', ", ", 1)),
        Some(name) if is_turned => turned(&name),
        Some(name) => name,
    }
}

/// A name of two words that was broken over two lines; others may be two people's.
fn rejoined(name: &str) -> Option<String> {
    let lines: Vec<&str> = name.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    match lines.as_slice() {
        [first, second] if [first, second].iter().all(|line| !line.contains(char::is_whitespace)) => {
            Some(format!("{first} {second}"))
        }
        [only] => Some((*only).to_owned()),
        _ => None,
    }
}

/// `Ann Lee` of `Lee, Ann`; what is not of that form stays as it is.
pub fn turned(name: &str) -> String {
    match turned_name(name) {
        Some((given, family)) => format!("{given} {family}"),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_on_two_lines_is_told_from_two_names() {
        for (name, is_turned, is) in [
            ("Lee\nAnn", true, "Ann Lee"),
            ("Lee,\nAnn", true, "Ann Lee"),
            ("Ann\nLee\n", false, "Ann Lee"),
            ("Ann Lee\nBo Fox", false, "Ann Lee\nBo Fox"),
            ("Ann Lee\nBo Fox", true, "Ann Lee\nBo Fox"),
        ] {
            assert_eq!(on_one_line(name, is_turned), is);
        }
    }

    #[test]
    fn a_family_name_in_front_goes_behind() {
        for (typed, meant) in [
            ("Lee, Ann", "Ann Lee"),
            ("van der Berg,  Zoë Marie", "Zoë Marie van der Berg"),
            ("Ann Lee", "Ann Lee"),
            ("Lee,", "Lee,"),
            ("Lee, Ann, PhD", "Lee, Ann, PhD"),
            ("Ann Lee, RN", "Ann Lee, RN"),
            ("Ann Lee, Jr.", "Ann Lee, Jr."),
            ("Mr. Lee, Bo", "Bo Lee"),
        ] {
            assert_eq!(turned(typed), meant);
        }
    }
}
