//! Columns that are ticked: under `Left` and `Right` a list has a cross, and no word.

/// Crosses and words that say yes, without capitals.
const TICKED: [&str; 14] = ["x", "✓", "✔", "√", "☑", "☒", "●", "•", "*", "1", "y", "yes", "t", "true"];
/// Those that say no.
const EMPTY: [&str; 9] = ["0", "n", "no", "f", "false", "☐", "□", "-", "–"];

/// Whether a cell is ticked; `None`: it says something else.
pub fn is_ticked(cell: &str) -> Option<bool> {
    let cell = cell.trim().to_lowercase();
    let is = |signs: &[&str]| signs.contains(&cell.as_str());
    if is(&TICKED) {
        return Some(true);
    }
    is(&EMPTY).then_some(false)
}

#[cfg(test)]
mod tests {
    use super::is_ticked;

    #[test]
    fn a_tick_is_told_from_a_word() {
        for cell in ["x", " X ", "✓", "1", "TRUE", "Yes"] {
            assert_eq!(is_ticked(cell), Some(true), "{cell}");
        }
        for cell in ["0", "no", "False", "☐"] {
            assert_eq!(is_ticked(cell), Some(false), "{cell}");
        }
        for cell in ["", "knee", "?", "L", "✗"] {
            assert_eq!(is_ticked(cell), None, "{cell}");
        }
    }
}
