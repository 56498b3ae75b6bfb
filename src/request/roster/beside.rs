//! Two tables that stand side by side under one heading: of a second one nothing is read, and its patients get no sheets.

use super::heading::{Names, plain};
use crate::diagnostic::Diagnostic;

/// The columns of a second table, which are called as columns are that are read: two of them at least, as an area may stand
/// twice in one table. `own`: the columns of each key that says who comes, when and for what.
pub fn columns<'f>(
    names: &Names,
    at: &[usize],
    own: impl Iterator<Item = &'f [usize]>,
    is_read: impl Fn(usize) -> bool,
) -> Vec<usize> {
    let placed = || names.0.iter().zip(at).filter(|(name, _)| !name.text.is_empty());
    let namesakes = |columns: &[usize]| -> Vec<usize> {
        let read = placed().filter(|(_, at)| columns.contains(at));
        let read: Vec<String> = read.map(|(name, _)| plain(&name.text)).collect();
        let others = placed().filter(|(name, at)| !is_read(**at) && read.contains(&plain(&name.text)));
        others.map(|(_, at)| *at).collect()
    };
    let found: Vec<Vec<usize>> = own.map(namesakes).filter(|columns| !columns.is_empty()).collect();
    if found.len() > 1 { found.concat() } else { Vec::new() }
}

/// For a list of which no column is chosen by its number.
pub fn fault() -> Diagnostic {
    let fault = Diagnostic::error("two-lists", "two lists stand beside each other");
    fault.hint("put the second below the first, or save it as a file of its own")
}

/// For one of which the columns of one table are read. `rows`: those that say something in the other.
pub fn told(rows: u64) -> Option<Diagnostic> {
    let message = match rows {
        0 => return None,
        1 => "a second table stands beside the one that is read, and says something in 1 row: nothing is made of it"
            .to_owned(),
        _ => format!(
            "a second table stands beside the one that is read, and says something in {rows} rows: nothing is made of it"
        ),
    };
    let hint = "put it below the first, or save it as a file of its own; or read it too, with its own columns, such as \
                `Name (2)`, into another folder";
    Some(Diagnostic::warning("two-lists", message).hint(hint))
}

#[cfg(test)]
mod tests {
    use super::super::heading::Name;
    use super::*;
    use crate::diagnostic::Place;

    #[test]
    fn a_second_table_is_told_from_a_column_that_stands_twice() {
        let found = |names: &[&str], own: &[&[usize]]| {
            let name =
                |text: &&str| Name { text: (*text).to_owned(), place: Place::default(), spot: String::new() };
            let names = Names(names.iter().map(name).collect());
            let at: Vec<usize> = (0..names.0.len()).collect();
            columns(&names, &at, own.iter().copied(), |column| own.iter().any(|own| own.contains(&column)))
        };
        let twice = ["Time", "Name", "Area", "", "Time", "name", "Area"];
        assert_eq!(found(&twice, &[&[0], &[1], &[2]]), [4, 5, 6]);
        assert_eq!(found(&twice, &[&[0], &[1, 5], &[2, 6]]), [0; 0]);
        assert_eq!(found(&["Name", "Area", "Area", "Side", "Side"], &[&[0], &[1, 3]]), [0; 0]);
        assert!(told(0).is_none() && told(1).is_some());
    }
}
