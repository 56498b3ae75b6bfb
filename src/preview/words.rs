//! Set lines as SVG text.

use super::shapes::{push_attribute, push_colour};
use crate::document::svg::push_number;
use crate::geometry::Point;
use crate::text::{Face, FontSet, Glyph, Line, Run};

/// Adds a line; `origin` is the left end of its baseline.
pub fn push_line(out: &mut String, line: &Line, origin: Point, fonts: &FontSet) {
    for run in line.runs.iter().filter(|run| !run.text.trim().is_empty()) {
        push_run(out, run, origin, fonts.face(run.face));
    }
}

fn push_run(out: &mut String, run: &Run, origin: Point, face: &Face) {
    out.push_str("<text class=\"f");
    push_number(out, f32::from(run.face.0));
    out.push('"');
    let left = (origin.x + run.x).0;
    let turned = !is_left_to_right(&run.glyphs);
    // The browser turns it as the shaper did, and begins at its right end.
    push_attribute(out, "x", if turned { left + width_without_start_space(run, face) } else { left });
    push_attribute(out, "y", origin.y.0);
    push_attribute(out, "font-size", run.size.0);
    push_colour(out, "fill", run.colour);
    out.push_str(if turned { " direction=\"rtl\">" } else { ">" });
    match turned {
        false => push_words(out, run, left, f32::from(face.units_per_em())),
        true => push_escaped(out, run.text.trim()),
    }
    out.push_str("</text>");
}

/// To the right end of the words of a run from right to left: SVG drops the space that it begins with.
fn width_without_start_space(run: &Run, face: &Face) -> f32 {
    let is_space = |glyph: &&Glyph| run.text[..glyph.text.end as usize].trim().is_empty();
    let after = run.glyphs.iter().rev().take_while(is_space).count();
    let units: i32 = run.glyphs[..run.glyphs.len() - after].iter().map(|glyph| glyph.advance).sum();
    units as f32 * run.size.0 / f32::from(face.units_per_em())
}

/// Each word at its own place, so that a browser's rounding never adds up.
fn push_words(out: &mut String, run: &Run, left: f32, units_per_em: f32) {
    let mut written = 0;
    let mut advance = 0;
    let mut open = false;
    for glyph in &run.glyphs {
        let start = glyph.text.start as usize;
        let begins = start > written && run.text.get(written..start).is_some_and(|text| text.ends_with(' '));
        if begins {
            push_escaped(out, run.text.get(written..start).unwrap_or_default());
            written = start;
            if open {
                out.push_str("</tspan>");
            }
            out.push_str("<tspan");
            push_attribute(out, "x", left + advance as f32 * run.size.0 / units_per_em);
            out.push('>');
            open = true;
        }
        advance += glyph.advance;
    }
    push_escaped(out, run.text.get(written..).unwrap_or_default());
    if open {
        out.push_str("</tspan>");
    }
}

fn is_left_to_right(glyphs: &[Glyph]) -> bool {
    glyphs.windows(2).all(|pair| pair[0].text.start <= pair[1].text.start)
}

pub fn push_escaped(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\u{a0}', '\u{2007}']) {
        let (plain, from) = rest.split_at(at);
        out.push_str(plain);
        let mut characters = from.chars();
        out.push_str(match characters.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            Some('"') => "&quot;",
            // Spaces are set as plain ones; a browser may set these in another font.
            _ => " ",
        });
        rest = characters.as_str();
    }
    out.push_str(rest);
}
