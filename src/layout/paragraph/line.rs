//! Lines: a range of the prepared text becomes placed runs.

use super::pieces::{Prepared, Shaped};
use crate::geometry::Pt;
use crate::text::{Glyph, Line, Run, is_space};
use std::ops::Range;
use unicode_bidi::{BidiInfo, Level};

/// The part of a shaped stretch that stands in a line.
struct Slice<'a> {
    shaped: &'a Shaped,
    /// Bytes of the collected text.
    range: Range<usize>,
    level: u8,
    /// Left end from the start of the line, points.
    x: f64,
}

/// Sets a range of the text as one line. Runs stand in reading order; their `x` is where the eye finds them.
pub(super) fn line(prepared: &Prepared, range: Range<usize>) -> Line {
    let text = prepared.text.as_str();
    let drawn = range.start + text[range.clone()].trim_end_matches(is_space).len();
    let width = prepared.x(drawn) - prepared.x(range.start);
    let mut slices = slices(prepared, range.clone(), drawn);
    // Before the start of a line from right to left there is its end, with the spaces that its width leaves out.
    let from =
        if base(prepared).is_rtl() { width - (prepared.x(range.end) - prepared.x(range.start)) } else { 0.0 };
    place(prepared, &mut slices, from);
    let same_run = |a: &Slice, b: &Slice| {
        let (one, other) = (a.shaped, b.shaped);
        let same_look = one.colour == other.colour && one.span == other.span;
        // Right-to-left slices stay apart: their glyphs go the other way.
        // A face that stands in for another's letters may be set smaller than its own script.
        let same_face = one.face == other.face && one.size == other.size;
        same_look && same_face && a.level == b.level && a.level.is_multiple_of(2)
    };
    let runs = slices.chunk_by(same_run).map(|slices| run(text, slices)).collect();
    Line { runs, width: Pt(width as f32), ..Line::default() }
}

/// Draws the space at a line's end over its last letter as far as it would leave `room`, points: who measures the page finds
/// nothing beyond the margin, and who copies the text still finds the words apart.
pub(super) fn hold_space(line: &mut Line, prepared: &Prepared, range: &Range<usize>, room: f64) {
    let beyond = prepared.x(range.end) - prepared.x(range.start) - room;
    let (Some(shaped), Some(run)) = (prepared.shaped_before(range.end), line.runs.last_mut()) else { return };
    let space = run.glyphs.last_mut().filter(|_| beyond > 0.0 && run.text.ends_with(is_space));
    let Some(space) = space else { return };
    let units = (beyond / shaped.points(1)).ceil() as i32;
    let back = units.min(space.advance);
    space.x_offset += if base(prepared).is_rtl() { back } else { -back };
}

/// The level of what has no direction of its own.
fn base(prepared: &Prepared) -> Level {
    if prepared.direction.is_right_to_left() { Level::rtl() } else { Level::ltr() }
}

/// The stretches that a range touches. Spaces at the end of a line go as its base does (UAX #9, L1).
fn slices<'a>(prepared: &'a Prepared, range: Range<usize>, drawn: usize) -> Vec<Slice<'a>> {
    let first = prepared.shaped.partition_point(|shaped| shaped.range.end <= range.start);
    let touched = prepared.shaped.iter().skip(first).take_while(|shaped| shaped.range.start < range.end);
    let (mut slices, base) = (Vec::with_capacity(2), base(prepared));
    for shaped in touched {
        let own = shaped.range.start.max(range.start)..shaped.range.end.min(range.end);
        if !shaped.is_right_to_left() && base.is_ltr() {
            slices.push(Slice { shaped, range: own, level: shaped.level, x: 0.0 });
            continue;
        }
        let end = drawn.clamp(own.start, own.end);
        for (range, level) in [(own.start..end, shaped.level), (end..own.end, base.number())] {
            if !range.is_empty() {
                slices.push(Slice { shaped, range, level, x: 0.0 });
            }
        }
    }
    slices
}

/// Gives each slice its left end, in visual order (UAX #9, L2).
fn place(prepared: &Prepared, slices: &mut [Slice], from: f64) {
    let mut x = from;
    let mut put = |slice: &mut Slice| {
        slice.x = x;
        x += prepared.x(slice.range.end) - prepared.x(slice.range.start);
    };
    if slices.iter().all(|slice| slice.level == 0) {
        slices.iter_mut().for_each(put);
        return;
    }
    let level = |slice: &Slice| Level::new(slice.level).unwrap_or(Level::ltr());
    let levels: Vec<Level> = slices.iter().map(level).collect();
    for index in BidiInfo::reorder_visual(&levels) {
        slices.get_mut(index).map(&mut put).unwrap_or_default();
    }
}

fn run(text: &str, slices: &[Slice]) -> Run {
    let (first, last) = (&slices[0], &slices[slices.len() - 1]);
    let range = first.range.start..last.range.end;
    let end = range.len() as u32;
    let glyphs = slices.iter().flat_map(|slice| {
        let shift = slice.shaped.range.start.wrapping_sub(range.start) as u32;
        slice.shaped.glyphs(&slice.range).map(move |glyph| Glyph {
            text: glyph.text.start.wrapping_add(shift)..glyph.text.end.wrapping_add(shift).min(end),
            ..*glyph
        })
    });
    Run {
        face: first.shaped.face,
        size: first.shaped.size,
        colour: first.shaped.colour,
        x: Pt(first.x as f32),
        span: first.shaped.span,
        glyphs: glyphs.collect(),
        text: text[range.clone()].into(),
    }
}
