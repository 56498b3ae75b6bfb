//! Columns that a file of columns names, looked for among those of a list.

use super::heading::{Names, on_one_line, plain};
use crate::diagnostic::{Choice, Diagnostic, Place, Sink, shown};

/// What to do about a list without any of the columns.
pub const ASKED: &str = "`columns` and `only` must name columns as the roster's heading does";

/// A name of a column as somebody wrote it.
#[derive(Clone, Debug)]
pub struct Named {
    pub name: String,
    pub place: Place,
}

/// Where a column stands among the names: as it is written, or else but for capitals, space and hyphens.
fn found(named: &Named, names: &Names) -> Vec<usize> {
    let places = |is: &dyn Fn(&str) -> bool| -> Vec<usize> {
        let all = names.0.iter().enumerate();
        all.filter(|(_, name)| is(&name.text)).map(|(index, _)| index).collect()
    };
    let exact = places(&|text| text == named.name.trim());
    if !exact.is_empty() {
        return exact;
    }
    let same = places(&|text| plain(text) == plain(&named.name));
    if same.is_empty() { nth(&named.name, names).into_iter().collect() } else { same }
}

/// `Name (2)` is the second of the columns `Name`.
fn nth(name: &str, names: &Names) -> Option<usize> {
    let (name, number) = name.trim().strip_suffix(')')?.rsplit_once(" (")?;
    let number: usize = number.parse().ok().filter(|number| *number > 0)?;
    let all = names.0.iter().enumerate().filter(|(_, other)| plain(&other.text) == plain(name));
    let all: Vec<usize> = all.map(|(index, _)| index).collect();
    all.get(number - 1).copied().filter(|_| all.len() > 1)
}

/// Whether it is one of several columns of a name, by its number.
pub fn is_there(named: &Named, names: &Names) -> bool {
    nth(&named.name, names).is_some()
}

/// Whether several columns have its name.
pub fn are_several(named: &Named, names: &Names) -> bool {
    found(named, names).len() > 1
}

pub fn place_of(
    named: &Named,
    (names, is_heading): (&Names, bool),
    at: &[usize],
    sink: &mut Sink,
) -> Option<usize> {
    match found(named, names).as_slice() {
        [] => {
            sink.push(missing(named, names, is_heading));
            None
        }
        [only] => at.get(*only).copied(),
        _ => {
            let message = format!("the roster has several columns `{}`", shown(&named.name));
            let fault = Diagnostic::error("duplicate-column", message).at(named.place.clone());
            let name = shown(&named.name);
            sink.push(
                fault.hint(format!("say which by its number, from the left: `{name} (1)`, `{name} (2)`")),
            );
            None
        }
    }
}

/// A row that is not known to be a heading may be a patient's: its cells are not shown.
fn missing(named: &Named, names: &Names, is_heading: bool) -> Diagnostic {
    let message = format!("the roster has no column `{}`", shown(&named.name));
    let fault = Diagnostic::error("missing-column", message).at(named.place.clone());
    if !is_heading {
        return fault.hint(ASKED);
    }
    let known: Vec<String> = names.0.iter().map(|name| on_one_line(&name.text)).collect();
    let known = known.iter().map(String::as_str).filter(|text| !text.is_empty());
    let choice = Choice::among(&named.name, known.map(|text| text.get(..60).unwrap_or(text)));
    fault.hint(choice)
}
