//! Total fit: lines are chosen over the whole paragraph, after Knuth and Plass, "Breaking Paragraphs into Lines"
//! (1981), for text that is set ragged: there is nothing to stretch, so the badness of a line is its empty part.
//!
//! Never more lines than a greedy setting takes, since a handout's sheet is full; among the settings with the
//! fewest lines, the one with the least demerits.

use super::breaks::Kind;
use super::pieces::TOLERANCE;

/// A line that is a tenth empty costs 1, one that is a fifth empty 4.
const EMPTY_TENTH: f64 = 100.0;
/// A last line under 15 % of the measure, or of one short word.
const SHORT_LAST_LINE: f64 = 12.0;
/// The line ends after a word of one or two letters, or after a short first word of a sentence.
pub(super) const DANGLING_WORD: f64 = 1.5;
/// The line ends inside a word, at a hyphen or slash.
const INSIDE_WORD: f64 = 2.0;
const RELUCTANT: f64 = 20.0;
const EMERGENCY: f64 = 40.0;

/// What the fit needs to know of a piece, in points.
pub(super) struct Stock {
    pub(super) width: f64,
    pub(super) space: f64,
    /// Cost of a line that ends here.
    pub(super) penalty: f64,
    /// One short word: too little for a last line.
    pub(super) short: bool,
}

/// The cost of ending a line at a place of a kind.
pub(super) fn penalty(kind: Kind) -> f64 {
    match kind {
        Kind::Forced | Kind::Space => 0.0,
        Kind::Inside => INSIDE_WORD,
        Kind::Reluctant => RELUCTANT,
        Kind::Emergency => EMERGENCY,
    }
}

#[derive(Clone, Copy)]
struct Best {
    lines: u32,
    demerits: f64,
    /// Where the last line starts.
    start: usize,
}

/// The pieces after which lines end, for pieces without a forced break but at their end. `balanced`: the last line
/// is to be as long as the others. `indent` is how much shorter the first line is.
pub(super) fn fit(stock: &[Stock], measure: f64, indent: f64, balanced: bool) -> Vec<usize> {
    let mut starts = Vec::with_capacity(stock.len() + 1);
    let mut at = 0.0;
    for piece in stock {
        starts.push(at);
        at += piece.width + piece.space;
    }
    let mut best = vec![Best { lines: 0, demerits: 0.0, start: 0 }];
    for end in 1..=stock.len() {
        best.push(best_line(stock, &starts, &best, end, (measure, indent), balanced));
    }
    let mut ends = Vec::new();
    let mut end = stock.len();
    while end > 0 {
        ends.push(end);
        end = best[end].start;
    }
    ends.reverse();
    ends
}

/// The best line that ends after piece `end - 1`, given the best ways to every place before.
fn best_line(
    stock: &[Stock],
    starts: &[f64],
    best: &[Best],
    end: usize,
    (measure, indent): (f64, f64),
    balanced: bool,
) -> Best {
    let last = end == stock.len();
    let piece = &stock[end - 1];
    let mut chosen: Option<Best> = None;
    for start in (0..end).rev() {
        let width = starts[end - 1] - starts[start] + piece.width + if start == 0 { indent } else { 0.0 };
        let alone = start + 1 == end;
        if width > measure + TOLERANCE && !alone {
            break;
        }
        let mut demerits = best[start].demerits;
        if last && !balanced {
            let short = width < 0.15 * measure || (alone && piece.short);
            demerits += if short { SHORT_LAST_LINE } else { 0.0 };
        } else {
            let empty = ((measure - width) / measure).max(0.0);
            demerits += EMPTY_TENTH * empty * empty + if last { 0.0 } else { piece.penalty };
        }
        let way = Best { lines: best[start].lines + 1, demerits, start };
        let better = |other: &Best| {
            way.lines < other.lines || (way.lines == other.lines && way.demerits < other.demerits)
        };
        if chosen.as_ref().is_none_or(better) {
            chosen = Some(way);
        }
    }
    chosen.unwrap_or(Best { lines: best[end - 1].lines + 1, demerits: 0.0, start: end - 1 })
}
