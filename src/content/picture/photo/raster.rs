//! PNG (ISO/IEC 15948). What one can see through becomes white.

use super::exif::Turn;
use super::{Decoded, Head, Refused};
use std::io::Cursor;

fn broken(error: png::DecodingError) -> Refused {
    (format!("this PNG cannot be read: {error}"), "save it anew as PNG or JPEG")
}

pub(super) fn head(bytes: &[u8]) -> Result<Head, Refused> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    let head = decoder.read_header_info().map_err(broken)?;
    Ok(Head { width: head.width, height: head.height, turn: Turn::NONE })
}

pub(super) fn decoded(bytes: &[u8]) -> Result<Decoded, Refused> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(broken)?;
    let profile = reader.info().icc_profile.as_ref().map(|profile| profile.to_vec());
    let mut data = vec![0; reader.output_buffer_size().unwrap_or_default()];
    let info = reader.next_frame(&mut data).map_err(broken)?;
    let channels = info.color_type.samples();
    let over = |level: u8, alpha: u8| {
        let (level, alpha) = (u32::from(level), u32::from(alpha));
        ((level * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    };
    let pixel = |raw: &[u8]| match raw {
        [grey] => [*grey; 3],
        [grey, alpha] => [over(*grey, *alpha); 3],
        [red, green, blue] => [*red, *green, *blue],
        [red, green, blue, alpha] => [*red, *green, *blue].map(|level| over(level, *alpha)),
        _ => [u8::MAX; 3],
    };
    let rows = data.get(..info.buffer_size()).unwrap_or_default();
    let pixels = rows.chunks_exact(channels).flat_map(pixel).collect();
    Ok(Decoded { pixels, width: info.width as usize, profile: profile.filter(|_| channels >= 3) })
}
