//! Paragraphs: collect (inlines → one text with looks), breaks (where lines may end), pieces (shaped and measured),
//! fit (where they do end, over the whole paragraph), line (placed runs).
//!
//! A [`Setter`] does all of it and remembers what it did: [`Setter::set`] gives a shared [`Paragraph`] for a text, a
//! style and a measure; [`Setter::width_of`] the natural width of a text; [`Setter::baseline`] where the first
//! baseline stands. Take [`Setter::in_tongue`] once a document; clones share their memory.
//!
//! What holds of every paragraph:
//!
//! - No line is wider than the measure (but for a single character that is, and for a first word that does not fit
//!   behind [`ParagraphStyle::indent`]: then [`Paragraph::width`] says so).
//! - Baselines are a leading apart, the first where [`Setter::baseline`] says, whatever faces a line holds.
//! - Every line but the last ends in a space glyph that its width leaves out, unless it ends inside a word.
//! - Runs stand in reading order, glyphs in visual order; a run's glyphs stand for all its characters, each once.
//! - A run of a fallback face may be smaller than the style's size ([`FontSet::size_beside`](crate::text::FontSet)).
//! - The same text, style and measure give the same lines on every thread and machine.

mod breaks;
mod collect;
mod fit;
mod line;
mod measured;
mod pieces;
#[cfg(test)]
mod property_tests;
mod setter;
#[cfg(test)]
mod tests;
mod tongue;
mod words;

pub use crate::text::{Unset, Weight};
pub use setter::{HYPHEN, Setter};
pub use tongue::Tongue;

use crate::brand::Colour;
use crate::geometry::Pt;
use crate::locale::Language;
use crate::text::Line;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// How a paragraph is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParagraphStyle {
    pub size: Pt,
    /// From baseline to baseline.
    pub leading: Pt,
    pub weight: Weight,
    /// Weight of `Inline::Strong`.
    pub strong: Weight,
    pub colour: Colour,
    pub link: Colour,
    pub align: Align,
    /// How far the first line stands in, for text that follows a heading on its line.
    pub indent: Pt,
    /// Up to three lines are made about equally long: items of lists, text in boxes.
    pub even: bool,
}

impl Hash for ParagraphStyle {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.size.0.to_bits(), self.leading.0.to_bits(), self.indent.0.to_bits()).hash(state);
        (self.weight, self.strong, self.colour, self.link, self.align, self.even).hash(state);
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Align {
    Start,
    Centre,
    End,
}

/// A paragraph set to a width. Shared between documents when its text is.
#[derive(Debug, Default, PartialEq)]
pub struct Paragraph {
    pub lines: Vec<SetLine>,
    /// Runs that are elements of their own, by the index that `Run::span` names.
    pub spans: Vec<Span>,
    /// Lines times leading.
    pub height: Pt,
    /// The longest line.
    pub width: Pt,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SetLine {
    pub line: Arc<Line>,
    /// From the left edge of the measure (0 for left-aligned text).
    pub x: Pt,
    /// Baseline from the top of the paragraph.
    pub baseline: Pt,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Span {
    Link { url: String, contents: String },
    Foreign(Language),
}
