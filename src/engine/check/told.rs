//! What was found on sheets and pages, as it is told.

use crate::diagnostic::{Diagnostic, Faults, Hint, Place};

/// Faults without a place of their own get the file to look in, and say what could not be made.
pub fn told(made: Result<Vec<Diagnostic>, Faults>, what: &str, look_in: &str) -> Vec<Diagnostic> {
    let found = made.unwrap_or_else(|faults| faults.0);
    let placed = |fault: Diagnostic| match fault.place {
        Some(_) => fault,
        None => fault.at(Place::file(look_in)).hint(Hint::Seen { on: what.to_owned(), others: 0 }),
    };
    found.into_iter().map(placed).collect()
}

/// What is wrong with twelve sheets for one reason is one fault: it names the first of them.
pub fn grouped(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut groups: Vec<(Diagnostic, usize)> = Vec::new();
    for fault in found {
        let same = |group: &&mut (Diagnostic, usize)| {
            let first = &group.0;
            first.code == fault.code && first.message == fault.message && first.place == fault.place
        };
        match groups.iter_mut().find(same) {
            Some((_, others)) => *others += 1,
            None => groups.push((fault, 0)),
        }
    }
    groups.into_iter().map(|(fault, others)| with_count(fault, others)).collect()
}

fn with_count(mut fault: Diagnostic, others: usize) -> Diagnostic {
    for hint in &mut fault.hints {
        if let Hint::Seen { others: more, .. } = hint {
            *more = others;
        }
    }
    fault
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_reason_is_told_once() {
        let fault = || Err(Diagnostic::error("layout", "it does not fit").into());
        let found = ["a", "b", "c"].into_iter().flat_map(|what| told(fault(), what, "f")).collect();
        let found = grouped(found);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].hints[0].to_string(), "it shows on a, and 2 more");
    }
}
