//! Set lines as text operators (ISO 32000-1 9.4). A line of common text is turned into bytes once per engine and
//! kept in [`Line::drawn`]; each document only adds its place.

use super::codes::push_codes;
use crate::brand::Colour;
use crate::pdf::PdfError;
use crate::pdf::fonts::{CodeWidth, Embedded, Extras, FontName, Missing, Part, PdfFonts, glyph_texts};
use crate::pdf::number::{hundredths, push_hundredths, push_int};
use crate::pdf::write::push_text;
use crate::text::{FaceId, Glyph, Line, Run, is_joiner};
use std::sync::Arc;

/// How far a glyph may stand from its exact place, in thousandths of the size: 0.14 pt in body text, half a dot of a screen,
/// which no eye sees. Most kerning pairs are finer than this, and a line without corrections is one string.
const TOLERANCE: i64 = 12;

/// A line ready to be placed. Good for the fonts with this identity only.
struct DrawnLine {
    fonts: u64,
    runs: Vec<DrawnRun>,
}

/// A stretch of one font, size, colour and element.
#[derive(Debug)]
pub(super) struct DrawnRun {
    pub font: FontName,
    /// Hundredths of a point, as `x`.
    pub size: i32,
    pub colour: Colour,
    /// From the start of the line.
    pub x: i32,
    /// The pen already stands at `x` when the run before has been shown.
    pub continues: bool,
    pub span: Option<u16>,
    /// What it says, when its glyphs do not tell (ISO 32000-1 14.9.4).
    pub actual_text: Option<String>,
    /// The text-showing operators.
    pub shown: String,
}

/// Draws lines of one document.
pub(super) struct Typesetter<'a> {
    pub fonts: &'a PdfFonts,
    pub extras: &'a Extras,
}

/// Notes the glyphs of a line that the engine's subsets lack. A line that lacks none is drawn and kept.
///
/// # Errors
///
/// [`PdfError::MissingGlyph`] when the line holds the box that fonts show for what they lack.
pub(in crate::pdf) fn prepare(line: &Line, fonts: &PdfFonts, missing: &mut Missing) -> Result<(), PdfError> {
    if kept(line, fonts).is_some() {
        return Ok(());
    }
    let has_all = |run: &Run| run.glyphs.iter().all(|glyph| fonts.code(run.face, glyph.id).is_some());
    let whole = line.runs.iter().all(has_all);
    let lacking = line.runs.iter().filter(|_| !whole);
    for run in lacking {
        for (glyph, text) in glyph_texts(run) {
            if glyph == 0 {
                return Err(PdfError::MissingGlyph);
            }
            if fonts.code(run.face, glyph).is_none() {
                missing.entry(run.face).or_default().entry(glyph).or_insert_with(|| text.into());
            }
        }
    }
    if whole && line.drawn.get().is_none() {
        let runs = Typesetter { fonts, extras: &Extras::new() }.line(line);
        // Another thread may have kept the same bytes in the meantime.
        let _ = line.drawn.set(Arc::new(DrawnLine { fonts: fonts.identity(), runs }));
    }
    Ok(())
}

fn kept<'a>(line: &'a Line, fonts: &PdfFonts) -> Option<&'a DrawnLine> {
    let drawn = line.drawn.get()?.downcast_ref::<DrawnLine>()?;
    (drawn.fonts == fonts.identity()).then_some(drawn)
}

/// The line as bytes: kept ones, or made for this document.
pub(super) fn with_runs<R>(
    line: &Line,
    typesetter: &Typesetter<'_>,
    place: impl FnOnce(&[DrawnRun]) -> R,
) -> R {
    match kept(line, typesetter.fonts) {
        Some(drawn) => place(&drawn.runs),
        None => place(&typesetter.line(line)),
    }
}

impl Typesetter<'_> {
    fn line(&self, line: &Line) -> Vec<DrawnRun> {
        let mut drawn: Vec<DrawnRun> = Vec::with_capacity(line.runs.len());
        let mut pen = None;
        for (index, run) in line.runs.iter().enumerate() {
            let mut x = i64::from(hundredths(run.x));
            if is_right_to_left(run) {
                self.right_to_left(run, x, &mut drawn);
                pen = None;
                continue;
            }
            let mut rest = &run.glyphs[..];
            while let Some(first) = rest.first() {
                let font = self.code(run.face, first.id).0;
                let same = |glyph: &&Glyph| self.code(run.face, glyph.id).0 == font;
                let length = rest.iter().take_while(same).count();
                let (part, after) = rest.split_at(length);
                let leads_on = !after.is_empty() || index + 1 < line.runs.len();
                let mut piece = self.piece(run, font, (part, Order::LeftToRight), x as i32, leads_on);
                piece.continues = pen == Some(x);
                x += advance(run, part, self.fonts.units_per_em(run.face));
                pen = Some(x);
                drawn.push(piece);
                rest = after;
            }
        }
        drawn
    }

    /// Glyphs in the order of reading, the pen going back from each to the next: who reads the content as it comes gets the
    /// words as they are said (ISO 32000-1 14.8.2.3.3), and who goes by the places gets them too.
    fn right_to_left(&self, run: &Run, x: i64, drawn: &mut Vec<DrawnRun>) {
        let mut rest = &run.glyphs[..];
        while let Some(first) = rest.last() {
            let font = self.code(run.face, first.id).0;
            let same = |glyph: &&Glyph| self.code(run.face, glyph.id).0 == font;
            let length = rest.iter().rev().take_while(same).count();
            let (length, order) = together(run, &rest[rest.len() - length..]);
            let (before, part) = rest.split_at(rest.len() - length);
            let left = if order == Order::Seen { before } else { &rest[..rest.len() - 1] };
            let x = x + advance(run, left, self.fonts.units_per_em(run.face));
            drawn.push(self.piece(run, font, (part, order), x as i32, false));
            rest = before;
        }
    }

    fn code(&self, face: FaceId, glyph: u16) -> (FontName, u16) {
        let own = || (FontName { face, part: Part::Own }, 0);
        self.fonts.code(face, glyph).unwrap_or_else(own)
    }

    fn embedded(&self, font: FontName) -> Option<&Embedded> {
        if font.part == Part::Own { self.extras.get(&font.face) } else { self.fonts.part(font) }
    }

    fn piece(
        &self,
        run: &Run,
        font: FontName,
        (glyphs, order): (&[Glyph], Order),
        x: i32,
        leads_on: bool,
    ) -> DrawnRun {
        let embedded = self.embedded(font);
        let code_width = embedded.map_or(CodeWidth::Two, Embedded::code_width);
        let mut show = Show::new(i64::from(self.fonts.units_per_em(run.face)), run, glyphs.len(), code_width);
        let source = source_text(run, glyphs);
        let mut alike = source.is_empty();
        if let Some(embedded) = embedded {
            let code = |glyph: &Glyph| embedded.code(glyph.id).unwrap_or(0);
            let width = |glyph: &Glyph| i64::from(self.fonts.advance(run.face, glyph.id));
            for glyph in in_order(glyphs, order == Order::Read) {
                if order == Order::Read {
                    show.back_to_before(glyph);
                }
                show.glyph(glyph, code(glyph), width(glyph));
            }
            let read = in_order(glyphs, order != Order::LeftToRight);
            alike = reads_alike(read.map(|glyph| embedded.text(code(glyph))), source);
        }
        let actual_text = (!alike).then(|| {
            let mut text = String::new();
            push_text(&mut text, source);
            text
        });
        let shown = match order {
            // ISO 32000-1 14.8.2.3.3.
            Order::Seen if glyphs.len() > 1 && actual_text.is_none() => {
                format!("/ReversedChars BMC\n{}EMC\n", show.finish(leads_on))
            }
            _ => show.finish(leads_on),
        };
        let (size, colour, span) = (hundredths(run.size), run.colour, run.span);
        DrawnRun { font, size, colour, x, continues: false, span, actual_text, shown }
    }
}

fn in_order(glyphs: &[Glyph], backwards: bool) -> impl Iterator<Item = &Glyph> {
    let last = glyphs.len().wrapping_sub(1);
    (0..glyphs.len()).map(move |index| &glyphs[if backwards { last - index } else { index }])
}

/// Whether reading goes against the order of the glyphs.
fn is_right_to_left(run: &Run) -> bool {
    run.glyphs.first().zip(run.glyphs.last()).is_some_and(|(first, last)| first.text.start > last.text.start)
}

/// In which order the glyphs of a piece are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    LeftToRight,
    /// From right to left as they are read.
    Read,
    /// From left to right, although they are read the other way.
    Seen,
}

/// How many glyphs of right-to-left text, from the right, are shown together, and in which order. Readers of a PDF turn such
/// text round, what `ActualText` says too: so a character of several glyphs, and a joiner, which need it, stand by themselves,
/// and all others say their own. Where glyphs stand on each other, or one says several characters, readers expect their word as it is seen.
fn together(run: &Run, glyphs: &[Glyph]) -> (usize, Order) {
    // The glyph that says a cluster's characters is the first of its glyphs from the right.
    let of_cluster = |rest: &[Glyph]| {
        let silent = rest.iter().rev().skip(1).take_while(|glyph| glyph.text.is_empty());
        (silent.count() + 1).min(rest.len())
    };
    let source = |glyph: &Glyph| &run.text[glyph.text.start as usize..glyph.text.end as usize];
    let stands_alone = |rest: &[Glyph]| {
        of_cluster(rest) > 1 || rest.last().is_some_and(|glyph| source(glyph).starts_with(is_joiner))
    };
    if stands_alone(glyphs) {
        return (of_cluster(glyphs), Order::Seen);
    }
    let mut count = 0;
    while count < glyphs.len() && !stands_alone(&glyphs[..glyphs.len() - count]) {
        let rest = &glyphs[..glyphs.len() - count];
        let inside = |length: &usize| {
            let rest = &rest[..rest.len() - length];
            !stands_alone(rest) && rest.last().is_some_and(|glyph| source(glyph) != " ")
        };
        let word = (0..rest.len()).take_while(inside).count();
        let is_stacked = |glyph: &Glyph| glyph.advance == 0 || source(glyph).chars().nth(1).is_some();
        if rest[rest.len() - word..].iter().any(is_stacked) {
            return if count == 0 { (word, Order::Seen) } else { (count, Order::Read) };
        }
        // With the space behind it.
        count += word.max(1);
    }
    (count, Order::Read)
}

/// Hundredths of a point.
fn advance(run: &Run, glyphs: &[Glyph], units_per_em: i32) -> i64 {
    let units: i64 = glyphs.iter().map(|glyph| i64::from(glyph.advance)).sum();
    let scaled = units * i64::from(hundredths(run.size));
    let em = i64::from(units_per_em);
    (2 * scaled + em).div_euclid(2 * em)
}

/// The source characters that these glyphs of a run cover, in reading order.
fn source_text<'a>(run: &'a Run, glyphs: &[Glyph]) -> &'a str {
    if glyphs.len() == run.glyphs.len() {
        return &run.text;
    }
    let start = glyphs.iter().map(|glyph| glyph.text.start).min().unwrap_or(0);
    let end = glyphs.iter().map(|glyph| glyph.text.end).max().unwrap_or(0);
    run.text.get(start as usize..end as usize).unwrap_or_default()
}

/// Whether glyphs read one by one give the source text, but for the kind of space or hyphen.
fn reads_alike<'a>(says: impl Iterator<Item = &'a str>, source: &str) -> bool {
    let plain = |character| match character {
        '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        '\u{2010}' | '\u{2011}' => '-',
        other => other,
    };
    let mut rest = source.chars();
    let mut goes_on = |text: &str| text.chars().all(|said| rest.next().map(plain) == Some(plain(said)));
    let mut says = says;
    says.all(&mut goes_on) && rest.next().is_none()
}

/// The operand of `TJ` as it grows: strings of codes, and corrections in thousandths of the size wherever the pen
/// must stand elsewhere than the widths put it.
struct Show {
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
    fn new(units_per_em: i64, run: &Run, glyphs: usize, code_width: CodeWidth) -> Show {
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

    fn glyph(&mut self, glyph: &Glyph, code: u16, width: i64) {
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
    fn back_to_before(&mut self, glyph: &Glyph) {
        self.left -= if self.started { 1000 * i64::from(glyph.advance) } else { 0 };
        (self.wanted, self.started) = (self.left, true);
    }

    fn move_to(&mut self, place: i64, tolerance: i64) {
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
    fn finish(mut self, leads_on: bool) -> String {
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
