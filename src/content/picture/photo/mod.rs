//! JPEG or PNG → [`Photo`]. Only the head of a file is read with the folder; its pixels are when a page shows them, since
//! few runs make a brochure.

mod exif;
mod jpeg;
mod raster;

use super::is_png;
use crate::diagnostic::{Diagnostic, Faults, Hint, Place};
use crate::document::Photo;
use exif::Turn;
use moxcms::{ColorProfile, Layout, RenderingIntent, TransformOptions};

/// Pixels of a photograph: twice what a page of Tabloid takes at 300 an inch.
pub const MOST: u64 = 50_000_000;

/// Why a photograph is not taken, and what helps.
pub(super) type Refused = (String, &'static str);

/// What a file says of itself before its pixels.
pub(super) struct Head {
    width: u32,
    height: u32,
    turn: Turn,
}

/// Red, green and blue, row by row, as the file has them, and what its colours mean where it says so.
pub(super) struct Decoded {
    pixels: Vec<u8>,
    width: usize,
    profile: Option<Vec<u8>>,
}

/// The photograph that a file holds. `file` names it in messages.
///
/// Errors: neither JPEG nor PNG; a broken head; inks in place of colours; more than [`MOST`] pixels.
pub fn parse(bytes: &[u8], file: &str) -> Result<Photo, Faults> {
    let refused = |(message, hint): Refused| {
        let fault = Diagnostic::error("bad-picture", message).at(Place::file(file));
        Faults::from(fault.hint(Hint::from(hint.to_owned())))
    };
    let head = if is_png(bytes) { raster::head(bytes) } else { jpeg::head(bytes) }.map_err(refused)?;
    let count = u64::from(head.width) * u64::from(head.height);
    if count > MOST {
        let message = format!("this photograph has {} × {} pixels", head.width, head.height);
        return Err(refused((message, "save it smaller: 3,000 pixels on its longer side are plenty")));
    }
    let Head { width, height, turn } = head;
    let size = if turn.is_on_side() { (height, width) } else { (width, height) };
    let bytes = bytes.to_vec();
    Ok(Photo::new(file, size, move || pixels(&bytes, turn)))
}

fn pixels(bytes: &[u8], turn: Turn) -> Result<Vec<u8>, String> {
    let decoded = if is_png(bytes) { raster::decoded(bytes) } else { jpeg::decoded(bytes) };
    let Decoded { mut pixels, width, profile } = decoded.map_err(|(message, _)| message)?;
    if let Some(profile) = profile {
        to_screen(&mut pixels, &profile)?;
    }
    Ok(turn.upright(pixels, width))
}

/// Colours of another space than sRGB become sRGB's: a page says once what its colours mean.
fn to_screen(pixels: &mut [u8], profile: &[u8]) -> Result<(), String> {
    let unreadable = |_| "its colour profile cannot be read: save it in sRGB".to_owned();
    let own = ColorProfile::new_from_slice(profile).map_err(unreadable)?;
    let options = TransformOptions {
        rendering_intent: RenderingIntent::RelativeColorimetric,
        ..TransformOptions::default()
    };
    let screen = ColorProfile::new_srgb();
    let table = own.create_transform_f32(Layout::Rgb, &screen, Layout::Rgb, options).map_err(unreadable)?;
    let mut row = Vec::new();
    for part in pixels.chunks_mut(3 * 4_096) {
        let from: Vec<f32> = part.iter().map(|level| f32::from(*level) / 255.0).collect();
        row.resize(from.len(), 0.0);
        table.transform(&from, &mut row).map_err(unreadable)?;
        for (level, share) in part.iter_mut().zip(&row) {
            *level = (share.clamp(0.0, 1.0) * 255.0).round() as u8;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
