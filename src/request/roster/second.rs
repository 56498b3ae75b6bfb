//! A second list below the first: where its heading has the columns in another order, every row below it would have its
//! cells under the wrong names.

use super::heading::plain;
use crate::diagnostic::Diagnostic;
use std::collections::HashSet;

/// The names of a list's heading in their places, and where another heading was met.
#[derive(Default)]
pub struct Second {
    names: Vec<String>,
    known: HashSet<String>,
    /// What rows are called, and the number of that row.
    met: Option<(&'static str, u64)>,
}

impl Second {
    pub fn below<'n>(names: impl Iterator<Item = (usize, &'n str)>) -> Second {
        let mut placed: Vec<String> = Vec::new();
        for (at, name) in names {
            placed.resize(placed.len().max(at), String::new());
            placed.push(plain(name));
        }
        let known = placed.iter().filter(|name| !name.is_empty()).cloned().collect();
        Second { names: placed, known, met: None }
    }

    /// Looks at a row. One that repeats the heading as it is moves nothing.
    pub fn look<'c>(
        &mut self,
        noun: &'static str,
        number: u64,
        cells: impl Iterator<Item = (usize, &'c str)>,
    ) {
        if self.met.is_some() {
            return;
        }
        let (mut filled, mut known, mut moved) = (0, 0, false);
        for (at, cell) in cells.filter(|(_, cell)| !cell.trim().is_empty()) {
            filled += 1;
            let name = plain(cell);
            if self.known.contains(&name) {
                known += 1;
                moved |= self.names.get(at) != Some(&name);
            }
        }
        if known > 1 && known * 2 >= filled && moved {
            self.met = Some((noun, number));
        }
    }

    /// For that row and each one below it.
    pub fn fault(&self) -> Option<Diagnostic> {
        let (noun, number) = self.met?;
        let message = format!(
            "the heading on {noun} {number} has other columns than the first, and what stands below it is not read"
        );
        let hint = "save the second list as a file of its own, or give it the columns of the first";
        Some(Diagnostic::error("second-heading", message).hint(hint))
    }

    /// In place of a row's words, which stand under the wrong names.
    pub fn told(&self, line: u64) -> String {
        let noun = self.met.map_or("line", |(noun, _)| noun);
        format!("see {noun} {line} of the list")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_in_another_order_is_met_and_a_repeated_one_is_none() {
        let met = |row: &[&str]| {
            let mut second = Second::below(["Name", "Area", "", "Session at"].into_iter().enumerate());
            second.look("line", 7, row.iter().copied().enumerate());
            second.fault().map(|fault| fault.code)
        };
        assert_eq!(met(&["Area", "Name", "", "Session at"]), Some("second-heading"));
        assert_eq!(met(&["Name", "Memo", "Area"]), Some("second-heading"));
        for row in [&["name", "AREA", "", "session_at"][..], &["Ann", "neck", "", "Name"], &["Area"], &[]] {
            assert_eq!(met(row), None, "{row:?}");
        }
    }
}
