//! Lines: the parts of a line's pieces become placed runs.

use super::breaks::Kind;
use super::pieces::{Part, Piece, Prepared, TOLERANCE};
use crate::geometry::Pt;
use crate::text::{Glyph, Line, MissingGlyph, Run};
use std::sync::OnceLock;
use unicode_bidi::{BidiInfo, Level};

/// A run under construction.
struct Open {
    run: Run,
    text: String,
    level: u8,
}

/// Sets pieces as one line. Runs stand in reading order; their `x` is where they stand for the eye.
pub(super) fn line(prepared: &Prepared, pieces: &[Piece]) -> Result<Line, MissingGlyph> {
    let parts = joined(prepared, pieces)?;
    let (width, _) = prepared.measure(&parts);
    let levels = levels(prepared, &parts);
    let places = places(prepared, &parts, &levels);
    let mut runs: Vec<Open> = Vec::new();
    for ((part, level), x) in parts.iter().zip(&levels).zip(places) {
        match runs.last_mut().filter(|open| goes_on(prepared, open, part, *level)) {
            Some(open) => open.add(part),
            None => {
                let mut open = Open::new(prepared, part, *level, x);
                open.add(part);
                runs.push(open);
            }
        }
    }
    Ok(Line {
        runs: runs.into_iter().map(Open::close).collect(),
        width: Pt(width as f32),
        drawn: OnceLock::new(),
    })
}

impl Open {
    fn new(prepared: &Prepared, part: &Part, level: u8, x: f64) -> Open {
        let styled = &prepared.items[part.item];
        let run = Run {
            face: styled.item.face,
            size: Pt(prepared.size as f32),
            colour: styled.look.colour,
            x: Pt(x as f32),
            span: styled.look.span,
            text: Box::default(),
            glyphs: Vec::new(),
        };
        Open { run, text: String::new(), level }
    }

    fn add(&mut self, part: &Part) {
        let shift = self.text.len() as u32;
        self.text.push_str(&part.segment.text);
        let glyphs = part.segment.glyphs.iter().cloned();
        self.run.glyphs.extend(
            glyphs.map(|glyph| Glyph { text: glyph.text.start + shift..glyph.text.end + shift, ..glyph }),
        );
    }

    fn close(mut self) -> Run {
        self.run.text = self.text.into_boxed_str();
        self.run
    }
}

/// Left-to-right parts of one look join; right-to-left ones stay apart, since theirs go the other way.
fn goes_on(prepared: &Prepared, open: &Open, part: &Part, level: u8) -> bool {
    let styled = &prepared.items[part.item];
    level % 2 == 0
        && open.level == level
        && open.run.face == styled.item.face
        && open.run.colour == styled.look.colour
        && open.run.span == styled.look.span
}

/// The line's parts, with pieces that were cut apart inside a word shaped together again: kerning goes on over a
/// hyphen. Unless that made them wider than the fit reckoned with.
fn joined(prepared: &Prepared, pieces: &[Piece]) -> Result<Vec<Part>, MissingGlyph> {
    let mut parts = Vec::new();
    for word in pieces.chunk_by(|piece, _| !matches!(piece.end, Kind::Space | Kind::Forced)) {
        let apart = || word.iter().flat_map(|piece| piece.parts.iter().cloned());
        let (Some(first), Some(last), true) = (word.first(), word.last(), word.len() > 1) else {
            parts.extend(apart());
            continue;
        };
        let together = prepared.parts(first.range.start..last.range.end)?;
        let reckoned = word.iter().map(|piece| piece.width + piece.space).sum::<f64>();
        let (width, space) = prepared.measure(&together);
        if width + space <= reckoned + TOLERANCE / 100.0 {
            parts.extend(together);
        } else {
            parts.extend(apart());
        }
    }
    Ok(parts)
}

/// Embedding levels of the parts; spaces at the line's end go back to left-to-right (UAX #9, L1).
fn levels(prepared: &Prepared, parts: &[Part]) -> Vec<u8> {
    let mut levels: Vec<u8> = parts.iter().map(|part| prepared.items[part.item].item.level).collect();
    for (level, part) in levels.iter_mut().zip(parts).rev() {
        if !part.segment.text.trim_end_matches(' ').is_empty() {
            break;
        }
        *level = 0;
    }
    levels
}

/// The left end of each part, points (UAX #9, L2).
fn places(prepared: &Prepared, parts: &[Part], levels: &[u8]) -> Vec<f64> {
    let mut places = vec![0.0; parts.len()];
    let mut x = 0.0;
    let mut place = |index: usize| {
        places[index] = x;
        x += prepared.points(&parts[index], parts[index].segment.advance);
    };
    if levels.iter().all(|level| *level == 0) {
        (0..parts.len()).for_each(place);
    } else {
        let levels: Vec<Level> =
            levels.iter().map(|level| Level::new(*level).unwrap_or(Level::ltr())).collect();
        BidiInfo::reorder_visual(&levels).into_iter().for_each(&mut place);
    }
    places
}
