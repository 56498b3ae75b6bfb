//! Set lines as text operators (ISO 32000-1 9.4). A line of common text is turned into bytes once per engine and
//! kept in [`Line::drawn`]; each document only adds its place.

use super::show::Show;
use crate::brand::Colour;
use crate::pdf::PdfError;
use crate::pdf::fonts::{CodeWidth, Embedded, Extras, FontName, Missing, Part, PdfFonts, glyph_texts};
use crate::pdf::number::hundredths;
use crate::pdf::write::push_text;
use crate::text::{FaceId, Glyph, Line, Run, is_joiner};
use std::sync::Arc;

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
    /// What it says with the runs up to the one that `ends_text`, when their glyphs do not tell (ISO 32000-1 14.9.4).
    pub actual_text: Option<String>,
    pub ends_text: bool,
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
    let mut whole = true;
    let telling = telling(line, fonts);
    for (run, _) in line.runs.iter().zip(&telling).filter(|(_, telling)| telling.is_none()) {
        let mut rest = &run.glyphs[..];
        while !rest.is_empty() {
            let (letter, after) = rest.split_at(letter(rest));
            let scattered = is_scattered(run, letter, fonts);
            for (glyph, text) in glyph_texts(run, letter) {
                if glyph == 0 {
                    return Err(PdfError::MissingGlyph);
                }
                if scattered || fonts.code(run.face, glyph).is_none() {
                    whole = false;
                    let text = fonts.own_text(run.face, glyph, text);
                    missing.entry(run.face).or_default().entry(glyph).or_insert_with(|| text.into());
                }
            }
            rest = after;
        }
    }
    if whole && line.drawn.get().is_none() {
        let runs = Typesetter { fonts, extras: &Extras::new() }.line(line, &telling);
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
        None => place(&typesetter.line(line, &telling(line, typesetter.fonts))),
    }
}

impl Typesetter<'_> {
    /// `telling`: see [`font_that_tells`], of each run.
    fn line(&self, line: &Line, telling: &[Option<FontName>]) -> Vec<DrawnRun> {
        let mut drawn: Vec<DrawnRun> = Vec::with_capacity(line.runs.len());
        let mut pen = None;
        for (index, (run, telling)) in line.runs.iter().zip(telling).enumerate() {
            if is_right_to_left(run) {
                self.right_to_left(run, i64::from(hundredths(run.x)), &mut drawn);
                pen = None;
            } else {
                let leads_on = index + 1 < line.runs.len();
                self.left_to_right((run, *telling), leads_on, &mut pen, &mut drawn);
            }
        }
        drawn
    }

    /// Letters whose glyphs do not tell them (with a vowel that is read behind the letter before which it stands) say
    /// themselves, each alone: readers make out of longer texts, which the glyphs tell in part, some of that twice.
    fn left_to_right(
        &self,
        (run, telling): (&Run, Option<FontName>),
        leads_on: bool,
        pen: &mut Option<i64>,
        drawn: &mut Vec<DrawnRun>,
    ) {
        let mut x = i64::from(hundredths(run.x));
        if let Some(font) = telling {
            let mut piece = self.piece(run, font, (&run.glyphs, Order::LeftToRight), x as i32, leads_on);
            piece.continues = *pen == Some(x);
            *pen = Some(x + advance(run, &run.glyphs, self.fonts.units_per_em(run.face)));
            return drawn.push(piece);
        }
        let mut rest = &run.glyphs[..];
        while !rest.is_empty() {
            let (length, tells) = self.telling(run, rest);
            let (mut stretch, after) = rest.split_at(length);
            let (source, first) = (source_text(run, stretch), drawn.len());
            let own = (!tells && is_scattered(run, stretch, self.fonts)).then(|| FontName::own(run.face));
            while let Some(glyph) = stretch.first() {
                let font_of = |glyph: &Glyph| own.unwrap_or_else(|| self.code(run.face, glyph.id).0);
                let font = font_of(glyph);
                let same = |glyph: &&Glyph| font_of(glyph) == font;
                let (part, others) = stretch.split_at(stretch.iter().take_while(same).count());
                let leads_on = !others.is_empty() || !after.is_empty() || leads_on;
                let mut piece = self.piece(run, font, (part, Order::LeftToRight), x as i32, leads_on);
                piece.continues = *pen == Some(x);
                x += advance(run, part, self.fonts.units_per_em(run.face));
                *pen = Some(x);
                drawn.push(piece);
                stretch = others;
            }
            if let ([first, ..], false) = (&mut drawn[first..], tells) {
                first.actual_text = Some(operand(source));
            }
            if let (Some(last), false) = (drawn.last_mut(), tells) {
                last.ends_text = true;
            }
            rest = after;
        }
    }

    /// How many glyphs tell what they say, or those of the first letter that does not.
    fn telling(&self, run: &Run, glyphs: &[Glyph]) -> (usize, bool) {
        let mut count = 0;
        while count < glyphs.len() {
            let rest = &glyphs[count..];
            let length = letter(rest);
            let letter = &rest[..length];
            let says = letter.iter().flat_map(|glyph| self.says(run.face, glyph).chars());
            if is_scattered(run, letter, self.fonts) || !reads_alike(says, source_text(run, letter)) {
                return if count == 0 { (length, false) } else { (count, true) };
            }
            count += length;
        }
        (count, true)
    }

    fn says(&self, face: FaceId, glyph: &Glyph) -> &str {
        let (font, code) = self.code(face, glyph.id);
        let embedded = self.embedded(font);
        // In a font of the document's own the code is that font's.
        let code = |embedded: &Embedded| {
            if font.part == Part::Own { embedded.code(glyph.id).unwrap_or(0) } else { code }
        };
        embedded.map_or("", |embedded| embedded.text(code(embedded)))
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
        let own = || (FontName::own(face), 0);
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
        let mut tells = true;
        if let Some(embedded) = embedded {
            let code = |glyph: &Glyph| embedded.code(glyph.id).unwrap_or(0);
            let width = |glyph: &Glyph| i64::from(self.fonts.advance(run.face, glyph.id));
            for glyph in in_order(glyphs, order == Order::Read) {
                if order == Order::Read {
                    show.back_to_before(glyph);
                }
                show.glyph(glyph, code(glyph), width(glyph));
            }
            // From left to right the words tell, which may have glyphs of several fonts.
            let says = in_order(glyphs, true).flat_map(|glyph| embedded.text(code(glyph)).chars());
            tells = order == Order::LeftToRight || reads_alike(says, source_text(run, glyphs));
        }
        let actual_text = (!tells).then(|| operand(source_text(run, glyphs)));
        let shown = match order {
            // ISO 32000-1 14.8.2.3.3.
            Order::Seen if glyphs.len() > 1 && actual_text.is_none() => {
                format!("/ReversedChars BMC\n{}EMC\n", show.finish(leads_on))
            }
            _ => show.finish(leads_on),
        };
        let (size, colour, span) = (hundredths(run.size), run.colour, run.span);
        let ends_text = actual_text.is_some();
        DrawnRun { font, size, colour, x, continues: false, span, actual_text, ends_text, shown }
    }
}

/// The one font of the engine that has all glyphs of a run, each of which says just what it stands for: most runs are such, and
/// need no closer look.
fn font_that_tells(run: &Run, fonts: &PdfFonts) -> Option<FontName> {
    if is_right_to_left(run) {
        return None;
    }
    let source = |glyph: &Glyph| run.text.as_bytes().get(glyph.text.start as usize..glyph.text.end as usize);
    fonts.that_says(run.face, run.glyphs.iter().map(|glyph| (glyph.id, source(glyph))))
}

fn telling(line: &Line, fonts: &PdfFonts) -> Vec<Option<FontName>> {
    line.runs.iter().map(|run| font_that_tells(run, fonts)).collect()
}

/// Whether a letter of several glyphs would come in several fonts. It comes in the document's own: readers put a text on the
/// glyphs of one font.
fn is_scattered(run: &Run, letter: &[Glyph], fonts: &PdfFonts) -> bool {
    let part = |glyph: &Glyph| fonts.code(run.face, glyph.id).map(|(font, _)| font.part);
    let first = letter.first().and_then(part);
    !is_right_to_left(run) && letter.iter().any(|glyph| part(glyph) != first)
}

/// A text as an operand of a property.
fn operand(text: &str) -> String {
    let mut operand = String::new();
    push_text(&mut operand, text);
    operand
}

/// How many glyphs the first letter has. One that ends in a mark goes on to where a reader sees no gap behind it.
fn letter(glyphs: &[Glyph]) -> usize {
    let silent = |from: usize| glyphs[from..].iter().take_while(|glyph| glyph.text.is_empty()).count();
    let mut count = 1 + silent(1);
    let is_mark = |glyph: &Glyph| glyph.advance == 0;
    while count > 1 && count < glyphs.len() && is_mark(&glyphs[count - 1]) {
        count += 1 + silent(count + 1);
    }
    count
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
fn reads_alike(says: impl Iterator<Item = char>, source: &str) -> bool {
    let plain = |character| match character {
        '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        '\u{2010}' | '\u{2011}' => '-',
        other => other,
    };
    says.map(plain).eq(source.chars().map(plain))
}
