//! A text that is longer than a side of paper runs off its foot with every line: one fault that names the text, in place of
//! one for each line.

use crate::content::{Pack, place_of};
use crate::diagnostic::{Diagnostic, Hint, Place};
use crate::document::{Document, Origin, Passage, passages};
use crate::geometry::Pt;
use crate::layout::clash::{Clash, ClashKind};

/// Lines that are off before they are one text's. A line alone is told as it is.
const LINES: usize = 2;

/// The texts that run off the foot of a page of a sheet, `on`; with them the other clashes of the sheet go, which are most
/// often what such a text pushes away or is printed over, and come back if they are not.
pub fn told(
    clashes: &mut Vec<Clash>,
    foot: Pt,
    document: &Document,
    pack: &Pack,
    on: &str,
) -> Vec<Diagnostic> {
    let off: Vec<&Clash> = clashes.iter().filter(|clash| is_off(clash, foot)).collect();
    let lines = |text: &Passage| off.iter().filter(|clash| holds(&text.lines, &clash.text)).count();
    let texts = passages(document).into_iter().filter(|text| lines(text) >= LINES);
    let found: Vec<Diagnostic> = texts.map(|text| fault(&text.origin, pack, on)).collect();
    if !found.is_empty() {
        clashes.clear();
    }
    found
}

fn is_off(clash: &Clash, foot: Pt) -> bool {
    clash.kind == ClashKind::Margin && clash.place.bottom() > foot
}

/// Whether a line that was laid out is one of a text's.
fn holds(lines: &[String], line: &str) -> bool {
    !line.is_empty() && lines.iter().any(|whole| whole.contains(line))
}

fn fault(origin: &Origin, pack: &Pack, on: &str) -> Diagnostic {
    let text = match origin {
        Origin::QuickAnswer => "the quick answer".to_owned(),
        Origin::Timeline => "the timeline".to_owned(),
        Origin::Safety => "the warnings".to_owned(),
        Origin::Section(id) => format!("the section `{id}`"),
        Origin::Question(id) => format!("the question `{id}`"),
        Origin::Exercise(id) => format!("the exercise `{id}`"),
    };
    let message = format!("{text} is longer than a side of paper, and runs off its foot");
    let place = place_of("", origin, pack).unwrap_or_else(|| pack.safety.place.clone());
    Diagnostic::error("longer-than-a-side", message)
        .at(Place::file(place.file))
        .hint("shorten it, or part it into texts of their own")
        .hint(Hint::Seen { on: on.to_owned(), others: 0 })
}
