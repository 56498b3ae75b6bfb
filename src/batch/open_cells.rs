//! Empty cells in the list of failed rows that only the other rows of their list showed to be wrong.

use crate::diagnostic::Diagnostic;

/// What is wrong with an empty cell only beside the cells of other rows.
const BESIDE_OTHERS: [&str; 2] = ["no-treatment", "untimed-row"];
/// What no key takes for a value.
const OPEN: &str = "?";

/// In a list of failed rows an empty cell may have no filled one beside it, and would be made as if nothing were wrong: it says
/// that it is open.
pub fn with_open_cells(mut given: Vec<String>, columns: &[String], faults: &[Diagnostic]) -> Vec<String> {
    let open = faults.iter().filter(|fault| BESIDE_OTHERS.contains(&fault.code));
    let cells = open.filter_map(|fault| fault.place.as_ref()?.cell.as_ref());
    for (_, column) in cells {
        let Some(at) = columns.iter().position(|own| **own == **column) else { continue };
        given.resize(given.len().max(at + 1), String::new());
        given
            .get_mut(at)
            .filter(|cell| cell.trim().is_empty())
            .into_iter()
            .for_each(|cell| OPEN.clone_into(cell));
    }
    given
}
