//! Fonts whose glyphs take time and memory without end: parts made of parts, and routines that call routines, double with
//! each step, so that a small file draws gigabytes. They are counted before anything is drawn.

use super::sfnt::{Outlines, Unusable};
use crate::limits::{PARTS_DEEP, POINTS};
use skrifa::raw::ps::cff::CffFontRef;
use skrifa::raw::ps::cff::index::Index;
use skrifa::raw::ps::cs::{CharstringContext, CharstringKind, CommandSink, evaluate};
use skrifa::raw::ps::error::Error;
use skrifa::raw::tables::glyf::{Glyf, Glyph};
use skrifa::raw::tables::loca::Loca;
use skrifa::raw::types::{Fixed, GlyphId};
use skrifa::raw::{FontRef, TableProvider};
use std::cell::Cell;

/// Bytes of drawing that the glyphs of one font may take together, routines counted each time: a font of eight megabytes
/// whose routines are used as often as in real fonts.
const DRAWING: usize = 48 << 20;
/// Bytes of drawing for a point, at most.
const BYTES: usize = 16;

/// Refuses a font with a glyph of too many points.
pub(super) fn check(file: &[u8], outlines: Outlines) -> Result<(), Unusable> {
    let font = FontRef::from_index(file, 0).map_err(|_| Unusable::NotAFont)?;
    match outlines {
        Outlines::TrueType => Parts::new(&font).map_or(Ok(()), Parts::check),
        Outlines::Cff => font.cff().map_or(Ok(()), |cff| routines(cff.offset_data().as_bytes())),
    }
}

/// Glyphs made of glyphs, each counted once.
struct Parts<'a> {
    loca: Loca<'a>,
    glyf: Glyf<'a>,
    /// Points of each glyph and how deep it is made of others, once they are known.
    known: Vec<Option<(usize, usize)>>,
}

impl<'a> Parts<'a> {
    fn new(font: &FontRef<'a>) -> Option<Parts<'a>> {
        let count = usize::from(font.maxp().ok()?.num_glyphs());
        Some(Parts { loca: font.loca(None).ok()?, glyf: font.glyf().ok()?, known: vec![None; count] })
    }

    fn check(mut self) -> Result<(), Unusable> {
        for glyph in 0..self.known.len() {
            self.look_at(glyph as u16, 0)?;
        }
        Ok(())
    }

    /// Points and depth of a glyph that stands so deep in another. What cannot be read is not drawn.
    fn look_at(&mut self, glyph: u16, above: usize) -> Result<(usize, usize), Unusable> {
        if above > PARTS_DEEP {
            return Err(Unusable::TooDeep { glyph });
        }
        let Some(known) = self.known.get(usize::from(glyph)) else { return Ok((0, 0)) };
        if let Some(known) = known {
            return Ok(*known);
        }
        let (mut points, mut deep) = (0usize, 0);
        match self.loca.get_glyf(GlyphId::from(glyph), &self.glyf) {
            Ok(Some(Glyph::Simple(drawn))) => points = drawn.num_points(),
            Ok(Some(Glyph::Composite(made))) => {
                for part in made.components() {
                    // A part without points costs its own look.
                    let (of_part, below) = self.look_at(part.glyph.to_u16(), above + 1)?;
                    points = points.saturating_add(of_part.max(1));
                    deep = deep.max(below + 1);
                }
            }
            _ => {}
        }
        // Parts that were looked at before stand as deep, in whatever order the font has them.
        if deep > PARTS_DEEP {
            return Err(Unusable::TooDeep { glyph });
        }
        if points > POINTS.most {
            return Err(Unusable::TooManyPoints { glyph });
        }
        self.known[usize::from(glyph)] = Some((points, deep));
        Ok((points, deep))
    }
}

/// Draws every glyph of a `CFF ` table into nothing, as far as its share goes.
fn routines(table: &[u8]) -> Result<(), Unusable> {
    let Ok(font) = CffFontRef::new_cff(table, 0, None) else { return Ok(()) };
    let mut left = DRAWING;
    for glyph in 0..font.num_glyphs() {
        let id = u16::try_from(glyph).unwrap_or(u16::MAX);
        let Some(drawing) = Drawing::new(&font, GlyphId::new(glyph)) else { continue };
        let Ok(steps) = font.charstrings().get(glyph as usize) else { continue };
        let share = POINTS.most * BYTES;
        drawing.left.set(share.saturating_sub(steps.len()));
        // Errors of another kind end the drawing here as they do there.
        let _ = evaluate(&drawing, None, steps, &mut Nothing);
        let used = share.saturating_sub(drawing.left.get()).max(steps.len());
        if steps.len() > share || drawing.over.get() {
            return Err(Unusable::TooManyPoints { glyph: id });
        }
        left = left.checked_sub(used).ok_or(Unusable::TooManyPoints { glyph: id })?;
    }
    Ok(())
}

/// Where a glyph's routines stand, and how many of their bytes may still be walked.
struct Drawing<'a> {
    global: &'a Index<'a>,
    local: Index<'a>,
    left: Cell<usize>,
    over: Cell<bool>,
}

impl<'a> Drawing<'a> {
    fn new(font: &'a CffFontRef<'a>, glyph: GlyphId) -> Option<Drawing<'a>> {
        let subfont = font.subfont(font.subfont_index(glyph)?, &[]).ok()?;
        let local = match subfont.subrs_offset() {
            0 => Index::Empty,
            offset => Index::new(font.data().get(offset as usize..)?, false).ok()?,
        };
        Some(Drawing { global: font.global_subrs(), local, left: Cell::new(0), over: Cell::new(false) })
    }

    fn walk<'r>(&self, routine: Result<&'r [u8], Error>) -> Result<&'r [u8], Error> {
        let routine = routine?;
        match self.left.get().checked_sub(routine.len().max(1)) {
            Some(left) => self.left.set(left),
            None => {
                self.over.set(true);
                return Err(Error::CharstringNestingDepthLimitExceeded);
            }
        }
        Ok(routine)
    }
}

impl CharstringContext for Drawing<'_> {
    fn kind(&self) -> CharstringKind {
        CharstringKind::Type2
    }

    /// Two whole glyphs, each counted by itself.
    fn seac_components(&self, _base: i32, _accent: i32) -> Result<[&[u8]; 2], Error> {
        Ok([&[], &[]])
    }

    fn global_subr(&self, index: i32) -> Result<&[u8], Error> {
        self.walk(at(self.global, index))
    }

    fn subr(&self, index: i32) -> Result<&[u8], Error> {
        self.walk(at(&self.local, index))
    }
}

fn at<'a>(routines: &'a Index<'a>, index: i32) -> Result<&'a [u8], Error> {
    routines.get(usize::try_from(index.saturating_add(routines.subr_bias())).unwrap_or(usize::MAX))
}

struct Nothing;

impl CommandSink for Nothing {
    fn move_to(&mut self, _: Fixed, _: Fixed) {}
    fn line_to(&mut self, _: Fixed, _: Fixed) {}
    fn curve_to(&mut self, _: Fixed, _: Fixed, _: Fixed, _: Fixed, _: Fixed, _: Fixed) {}
    fn close(&mut self) {}
}
