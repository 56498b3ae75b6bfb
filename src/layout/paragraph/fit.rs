//! Total fit: lines are chosen over the whole paragraph, after Knuth and Plass, "Breaking Paragraphs into Lines"
//! (1981), for text that is set ragged: there is nothing to stretch, so the badness of a line is its empty part.
//!
//! Never more lines than a greedy setting takes, since a handout's sheet is full; among the settings with the
//! fewest lines, the one with the least demerits.

use super::breaks::Kind;
use super::pieces::TOLERANCE;

/// A line that is a tenth empty costs 1, one that is a fifth empty 4.
const EMPTY_TENTH: f64 = 100.0;
/// A last line under this part of the measure, or of one short word, is a widow of a word.
const SHORTEST_LAST_LINE: f64 = 0.25;
const SHORT_LAST_LINE: f64 = 40.0;
/// Two words of so many letters are enough for a last line, however long the measure.
const ENOUGH_LETTERS: usize = 12;
/// Texts of so many lines can be made even.
const MOST_EVEN: u32 = 3;
/// What an even text may lose in evenness so that a line ends with a sentence: two lines may differ by a quarter of the
/// measure.
const AT_A_SENTENCE: f64 = 4.0;
/// The line ends after a word of one or two letters, or after a short first word of a sentence.
pub(super) const DANGLING_WORD: f64 = 1.0;
/// The line ends inside a word, at a hyphen or slash.
const INSIDE_WORD: f64 = 2.0;
const RELUCTANT: f64 = 20.0;
const EMERGENCY: f64 = 40.0;
/// So few letters of a word stand alone before or behind a hyphen.
pub(super) const FEW_LETTERS: f64 = 40.0;
/// Fewer words than this beside a title look like a part of it.
const WORDS_BESIDE_TITLE: usize = 3;
const FEW_BESIDE_TITLE: f64 = 8.0;
/// The line ends between a date and its time.
pub(super) const BEFORE_A_TIME: f64 = 3.0;
/// Starts that are tried for a line. Lines of words never come near it; it bounds the work on endless marks without
/// width.
const MOST_STARTS: usize = 1000;

/// What the fit needs to know of a piece, in points.
pub(super) struct Stock {
    pub(super) width: f64,
    pub(super) space: f64,
    /// Cost of a line that ends here.
    pub(super) penalty: f64,
    /// One short word: too little for a last line.
    pub(super) short: bool,
    pub(super) letters: usize,
    /// What a line that ends here is wider for a hyphen.
    pub(super) hyphen: f64,
    /// A sentence ends here, and another begins.
    pub(super) sentence: bool,
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

/// What the end of a passage is to look like.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// The last line is shorter than the others, but no widow of a word.
    Prose,
    /// The last line is as long as the others.
    Balanced,
    /// As balanced where there are few lines, and at the ends of sentences where that is not far off; else as prose.
    Even,
}

/// A passage without forced breaks, and the best ways to its places so far.
struct Passage<'a> {
    stock: &'a [Stock],
    /// Where each piece would start if all stood on one line.
    starts: Vec<f64>,
    /// The best way to set all pieces before each place.
    best: Vec<Best>,
    measure: f64,
    indent: f64,
    shape: Shape,
}

/// The width of all pieces on one line, as [`fit`] reckons it.
pub(super) fn on_one_line(stock: &[Stock], indent: f64) -> f64 {
    let (Some(last), before) = (stock.last(), &stock[..stock.len().saturating_sub(1)]) else { return indent };
    let start = before.iter().fold(0.0, |at, piece| at + (piece.width + piece.space));
    start + last.width + indent
}

/// Whether a line of this width stands in a measure.
pub(super) fn stands_in(width: f64, measure: f64) -> bool {
    width <= measure + TOLERANCE
}

/// The pieces after which lines end, for pieces without a forced break but at their end. `indent` is how much shorter the first line is.
pub(super) fn fit(stock: &[Stock], measure: f64, indent: f64, shape: Shape) -> Vec<usize> {
    if shape == Shape::Balanced {
        return ways(stock, measure, indent, Shape::Balanced);
    }
    let ends = ways(stock, measure, indent, Shape::Prose);
    if shape == Shape::Even && (2..=MOST_EVEN as usize).contains(&ends.len()) {
        return ways(stock, measure, indent, Shape::Even);
    }
    ends
}

fn ways(stock: &[Stock], measure: f64, indent: f64, shape: Shape) -> Vec<usize> {
    let mut starts = Vec::with_capacity(stock.len());
    let mut at = 0.0;
    for piece in stock {
        starts.push(at);
        at += piece.width + piece.space;
    }
    let mut best = Vec::with_capacity(stock.len() + 1);
    best.push(Best { lines: 0, demerits: 0.0, start: 0 });
    let mut passage = Passage { stock, starts, best, measure, indent, shape };
    let mut first = 0;
    for end in 1..=stock.len() {
        while first + 1 < end && !passage.fits(first, end) {
            first += 1;
        }
        let way = passage.best_line(first, end);
        passage.best.push(way);
    }
    let mut ends = Vec::new();
    let mut end = stock.len();
    while end > 0 {
        ends.push(end);
        end = passage.best[end].start;
    }
    ends.reverse();
    ends
}

impl Passage<'_> {
    fn width(&self, start: usize, end: usize) -> f64 {
        let indent = if start == 0 { self.indent } else { 0.0 };
        let last = &self.stock[end - 1];
        self.starts[end - 1] - self.starts[start] + last.width + last.hyphen + indent
    }

    fn fits(&self, start: usize, end: usize) -> bool {
        stands_in(self.width(start, end), self.measure)
    }

    /// The best last line for the pieces up to `end`, which starts at `first` at the earliest. Later starts need as
    /// many lines before them or more, so that the search ends where the count rises.
    fn best_line(&self, first: usize, end: usize) -> Best {
        let lines = self.best[first].lines;
        let mut chosen = self.way(first, end);
        for start in (first + 1..end).take(MOST_STARTS) {
            if self.best[start].lines > lines {
                break;
            }
            let way = self.way(start, end);
            if way.demerits < chosen.demerits && self.fits(start, end) {
                chosen = way;
            }
        }
        chosen
    }

    fn way(&self, start: usize, end: usize) -> Best {
        let piece = &self.stock[end - 1];
        let width = self.width(start, end);
        let before = self.best[start];
        let last = end == self.stock.len();
        let is_beside_title = start == 0 && self.indent > 0.0 && !last;
        let few = if is_beside_title && end < WORDS_BESIDE_TITLE { FEW_BESIDE_TITLE } else { 0.0 };
        let demerits = if last && self.shape == Shape::Prose {
            let letters: usize = self.stock[start..end].iter().map(|piece| piece.letters).sum();
            let enough = end - start > 1 && letters >= ENOUGH_LETTERS;
            let short = width < SHORTEST_LAST_LINE * self.measure && !enough;
            if short || (start + 1 == end && piece.short) { SHORT_LAST_LINE } else { 0.0 }
        } else {
            let empty = ((self.measure - width) / self.measure).max(0.0);
            let sense =
                if self.shape == Shape::Even && piece.sentence && !last { AT_A_SENTENCE } else { 0.0 };
            EMPTY_TENTH * empty * empty + few - sense + if last { 0.0 } else { piece.penalty }
        };
        Best { lines: before.lines + 1, demerits: before.demerits + demerits, start }
    }
}
