//! PNG → [`Picture`]: areas of one colour are traced into shapes, so that a logo prints, scales and separates for the press
//! like any drawing. A photo has no such areas and is rejected.

mod colours;
mod outline;
mod simplify;

use super::SEGMENTS;
use crate::colour::Colour;
use crate::diagnostic::{Diagnostic, Faults, Hint, Place};
use crate::document::{Paint, Picture, PicturePath, Segment};
use std::io::Cursor;

/// Pixels on the longer side: as many as print sharply in the size of a logo, at 300 dots an inch.
pub const LEAST: u32 = 128;
/// Pixels on a side of the file.
pub const MOST: u32 = 4_096;
/// Pixels on the longer side that are looked at: more are seen on no sheet.
const LOOKED_AT: usize = 384;
/// How far a simplified line may be from the pixels' edge, finest first; what has too many points gets the next.
const TOLERANCES: [f32; 4] = [0.75, 1.0, 1.4, 2.0];

/// The first bytes of a PNG file (ISO/IEC 15948, 5.2).
const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Whether a file says that it is a PNG.
pub fn is_png(bytes: &[u8]) -> bool {
    bytes.starts_with(SIGNATURE)
}

/// Pixels row by row: a colour each, or nothing where one can see through.
struct Pixels {
    width: usize,
    height: usize,
    colours: Vec<Option<Colour>>,
}

/// The picture that a PNG shows. `file` names it in messages.
///
/// Errors: no PNG, or a broken one; too small or too big; shades, or too many shapes, as in a photo.
pub fn parse(id: &str, bytes: &[u8], file: &str) -> Result<Picture, Faults> {
    let refused = |(message, hint): (String, &str)| {
        let fault = Diagnostic::error("bad-picture", message).at(Place::file(file));
        Faults::from(fault.hint(Hint::from(hint.to_owned())))
    };
    let pixels = decoded(bytes).map_err(refused)?;
    let areas = colours::areas(&pixels).map_err(refused)?;
    for tolerance in TOLERANCES {
        let paths: Vec<PicturePath> = areas.iter().map(|area| path(area, &pixels, tolerance)).collect();
        let count: usize = paths.iter().map(|path| path.segments.len()).sum();
        if count == 0 {
            break;
        }
        if count <= SEGMENTS {
            let size = (pixels.width as f32, pixels.height as f32);
            return Ok(Picture::new(id, size, paths));
        }
    }
    let many = "this PNG has too many small shapes, or none that can be seen".to_owned();
    Err(refused((many, "take the logo without its small print, or an SVG file of it")))
}

/// An area of one colour, and what lies on top of it: between two areas no paper shows through.
struct Area {
    colour: Colour,
    is_in: Vec<bool>,
}

fn path(area: &Area, pixels: &Pixels, tolerance: f32) -> PicturePath {
    let mut segments = Vec::new();
    for around in outline::loops(&area.is_in, pixels.width, pixels.height) {
        let points = simplify::closed(&around, tolerance);
        for (at, (x, y)) in points.iter().enumerate() {
            segments.push(if at == 0 { Segment::MoveTo(*x, *y) } else { Segment::LineTo(*x, *y) });
        }
        if !points.is_empty() {
            segments.push(Segment::Close);
        }
    }
    PicturePath { segments, fill: Some(Paint::Colour(area.colour)), even_odd: true, stroke: None }
}

fn decoded(bytes: &[u8]) -> Result<Pixels, (String, &'static str)> {
    let broken = |error: png::DecodingError| {
        (format!("this PNG cannot be read: {error}"), "save it anew as PNG, or take the SVG file of it")
    };
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    let head = decoder.read_header_info().map_err(broken)?;
    let (width, height) = (head.width, head.height);
    if width.max(height) > MOST {
        let message = format!("this PNG has {width} by {height} pixels");
        return Err((message, "make it smaller: 1,000 pixels on the longer side are plenty"));
    }
    if width.max(height) < LEAST {
        let message = format!("this PNG has {width} by {height} pixels, too few to print sharply");
        return Err((message, "take one with 128 pixels or more on its longer side, or the SVG file of it"));
    }
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(broken)?;
    let size = reader.output_buffer_size().unwrap_or_default();
    let mut data = vec![0; size];
    let info = reader.next_frame(&mut data).map_err(broken)?;
    let channels = info.color_type.samples();
    let pixel = |raw: &[u8]| match raw {
        [grey] => [*grey, *grey, *grey, u8::MAX],
        [grey, alpha] => [*grey, *grey, *grey, *alpha],
        [red, green, blue] => [*red, *green, *blue, u8::MAX],
        [red, green, blue, alpha] => [*red, *green, *blue, *alpha],
        _ => [0; 4],
    };
    let raw: Vec<[u8; 4]> = data[..info.buffer_size()].chunks_exact(channels).map(pixel).collect();
    Ok(smaller(&raw, info.width as usize, info.height as usize))
}

/// Blocks of pixels as one each: the mean of what is seen of them.
fn smaller(raw: &[[u8; 4]], width: usize, height: usize) -> Pixels {
    let block = width.max(height).div_ceil(LOOKED_AT).max(1);
    let (columns, rows) = (width.div_ceil(block), height.div_ceil(block));
    let mean = |at: usize| {
        let (left, top) = (at % columns * block, at / columns * block);
        let mut sums = [0u32; 4];
        let mut count = 0;
        for row in top..(top + block).min(height) {
            for [red, green, blue, alpha] in &raw[row * width + left..row * width + (left + block).min(width)]
            {
                let alpha = u32::from(*alpha);
                for (sum, channel) in sums.iter_mut().zip([red, green, blue]) {
                    *sum += u32::from(*channel) * alpha;
                }
                sums[3] += alpha;
                count += 1;
            }
        }
        let [red, green, blue, alpha] = sums;
        let channel = |sum: u32| u8::try_from((sum + alpha / 2) / alpha.max(1)).unwrap_or(u8::MAX);
        // What is half seen through and more is nothing.
        let is_seen = count > 0 && alpha * 2 >= count * u32::from(u8::MAX);
        is_seen.then(|| Colour::new(channel(red), channel(green), channel(blue)))
    };
    Pixels { width: columns, height: rows, colours: (0..columns * rows).map(mean).collect() }
}

#[cfg(test)]
mod tests;
