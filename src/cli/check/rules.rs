//! What the manual says of each rule: `docs/checks.md`, which is built in.

const MANUAL: &str = include_str!("../../../docs/checks.md");

/// An entry of the manual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What is wrong.
    pub what: String,
    /// What to write, or to do.
    pub advice: String,
    /// The whole entry, in Markdown.
    pub entry: &'static str,
    pub is_warning: bool,
}

/// The entry of a code.
pub fn rule(code: &str) -> Option<Rule> {
    let head = format!("\n### `{code}` (");
    let at = MANUAL.find(&head)? + head.len();
    let (severity, rest) = MANUAL[at..].split_once(")\n")?;
    let entry = rest.split("\n#").next()?.trim();
    let what = entry.split("\n\n").next()?;
    let advice = entry.rsplit_once("\n- ").map_or("", |(_, advice)| advice);
    Some(Rule { what: one_line(what), advice: one_line(advice), entry, is_warning: severity == "warning" })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_says_what_is_wrong_and_what_to_do() {
        let codes: Vec<&str> =
            MANUAL.split("\n### `").skip(1).filter_map(|entry| entry.split('`').next()).collect();
        assert!(codes.len() > 200);
        for code in &codes {
            let rule = rule(code).unwrap_or_else(|| panic!("{code}"));
            assert!(rule.what.ends_with(['.', ':']), "{code}: {}", rule.what);
            assert!(
                rule.advice.ends_with('.') && !rule.advice.starts_with("Told"),
                "{code}: {}",
                rule.advice
            );
            assert_eq!(codes.iter().filter(|other| *other == code).count(), 1, "{code} has two entries");
        }
    }

    #[test]
    fn an_entry_is_read_to_its_end() {
        let rule = rule("bad-date").expect("an entry");
        assert_eq!(rule.what, "A day is not one.");
        assert_eq!(rule.advice, "Write year-month-day: `2026-11-01`.");
        assert!(rule.entry.contains("01/11/2026") && !rule.entry.contains('#') && !rule.is_warning);
    }
}
