//! The text-showing operators of a stretch of glyphs (ISO 32000-1 9.4.3).

use super::codes::push_codes;
use crate::pdf::fonts::CodeWidth;
use crate::pdf::number::{hundredths, push_hundredths, push_int};
use crate::text::{Glyph, Run};

/// How far a glyph may stand from its exact place, in thousandths of the size: 0.19 pt in body text, less than a dot of a screen,
/// which no eye sees. Most kerning pairs are finer than this, and a line without corrections is one string.
const TOLERANCE: i64 = 16;

/// The operand of `TJ` as it grows: strings of codes, and corrections in thousandths of the size wherever the pen
/// must stand elsewhere than the widths put it.
pub(super) struct Show {
    out: String,
    units_per_em: i64,
    size: i32,
    /// Thousandths of a design unit from the start: where the next glyph belongs, and where the widths put it.
    wanted: i64,
    pen: i64,
    /// Of right-to-left text: where the glyphs so far begin, and whether there are any.
    left: i64,
    started: bool,
    codes: Vec<u16>,
    code_width: CodeWidth,
    /// Of the raised or lowered glyphs being shown.
    rise: i64,
    /// The open array has a correction, so `Tj` will not do.
    corrected: bool,
    array: String,
}

impl Show {
    pub fn new(units_per_em: i64, run: &Run, glyphs: usize, code_width: CodeWidth) -> Show {
        Show {
            out: String::with_capacity(glyphs * 2 + 8),
            units_per_em,
            size: hundredths(run.size),
            wanted: 0,
            pen: 0,
            left: 0,
            started: false,
            codes: Vec::with_capacity(glyphs),
            code_width,
            rise: 0,
            corrected: false,
            array: String::with_capacity(glyphs * 2 + 8),
        }
    }

    pub fn glyph(&mut self, glyph: &Glyph, code: u16, width: i64) {
        if i64::from(glyph.y_offset) != self.rise {
            self.end_array();
            self.rise = i64::from(glyph.y_offset);
            self.push_rise();
        }
        self.move_to(self.wanted + 1000 * i64::from(glyph.x_offset), TOLERANCE);
        self.codes.push(code);
        self.pen += 1000 * width;
        self.wanted += 1000 * i64::from(glyph.advance);
    }

    /// The next glyph belongs right before the ones that were shown, whose first one has its place already.
    pub fn back_to_before(&mut self, glyph: &Glyph) {
        self.left -= if self.started { 1000 * i64::from(glyph.advance) } else { 0 };
        (self.wanted, self.started) = (self.left, true);
    }

    fn move_to(&mut self, place: i64, tolerance: i64) {
        if place == self.pen {
            return;
        }
        // What this leaves out stays in `pen` and is made good by the next correction: errors do not add up.
        let (aside, least) = (2 * (self.pen - place), (2 * tolerance + 1) * self.units_per_em);
        if -least <= aside && aside < least {
            return;
        }
        let correction = (2 * (self.pen - place) + self.units_per_em).div_euclid(2 * self.units_per_em);
        self.end_string();
        push_int(&mut self.array, correction);
        self.corrected = true;
        self.pen -= correction * self.units_per_em;
    }

    fn push_rise(&mut self) {
        push_hundredths(&mut self.out, (self.rise * i64::from(self.size) / self.units_per_em) as i32);
        self.out.push_str(" Ts ");
    }

    fn end_string(&mut self) {
        if !self.codes.is_empty() {
            push_codes(&mut self.array, &self.codes, self.code_width);
            self.codes.clear();
        }
    }

    fn end_array(&mut self) {
        self.end_string();
        if self.corrected {
            self.out.push('[');
            self.out.push_str(&self.array);
            self.out.push_str("]TJ\n");
        } else if !self.array.is_empty() {
            self.out.push_str(&self.array);
            self.out.push_str("Tj\n");
        }
        self.array.clear();
        self.corrected = false;
    }

    /// `leads_on`: leave the pen where the next run begins.
    pub fn finish(mut self, leads_on: bool) -> String {
        if leads_on {
            self.move_to(self.wanted, 0);
        }
        self.end_array();
        if self.rise != 0 {
            self.out.push_str("0 Ts\n");
        }
        self.out
    }
}
