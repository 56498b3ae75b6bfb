//! A photograph as an image of the file (ISO 32000-1 8.9.5): the part of it that shows, with no more pixels than print.

use super::PdfError;
use super::write::StaticStream;
use crate::document::{Photo, Window};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

/// Pixels an inch of paper: more, no press prints.
const FINEST: f32 = 300.0;

/// Of JPEG: from here on, nobody sees the loss on paper.
const QUALITY: u8 = 88;

/// Bytes a pixel.
const CHANNELS: usize = 3;

/// The image for a place of a size in hundredths of a point. `exact`: its pixels without loss, in rows that the filter of PNG
/// was put over, of which a file for the press makes inks.
pub(super) fn image(photo: &Photo, size: [i32; 2], exact: bool) -> Result<StaticStream, PdfError> {
    let fault = |message: &str| PdfError::Photo { file: photo.file.clone(), message: message.to_owned() };
    let [width, height] = size.map(|side| side as f32 / 100.0);
    let window = photo.window((width, height));
    let most = |side: f32, own: u32| ((side / 72.0 * FINEST).ceil() as u32).clamp(1, own);
    let (columns, rows) = (most(width, window.width), most(height, window.height));
    let pixels = photo.pixels().map_err(fault)?;
    if pixels.len() != photo.width as usize * photo.height as usize * CHANNELS {
        return Err(fault("it has fewer pixels than it says"));
    }
    let pixels = fewer(pixels, photo.width, window, (columns, rows));
    let entries = format!(
        "/Type/XObject/Subtype/Image/Width {columns}/Height {rows}/BitsPerComponent 8/ColorSpace/DeviceRGB"
    );
    if exact {
        let entries = format!("{entries}{}", row_filter(CHANNELS, columns));
        return Ok(StaticStream::small(
            &entries,
            &filtered_rows(&pixels, columns as usize * CHANNELS, CHANNELS),
        ));
    }
    let (Ok(wide), Ok(high)) = (u16::try_from(columns), u16::try_from(rows)) else {
        return Err(fault("it is too large"));
    };
    let mut data = Vec::new();
    let mut encoder = Encoder::new(&mut data, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_1_1);
    encoder.set_optimized_huffman_tables(true);
    encoder.encode(&pixels, wide, high, ColorType::Rgb).map_err(|_| fault("it cannot be packed"))?;
    Ok(StaticStream::filtered(&entries, "DCTDecode", data))
}

/// What says that rows went through [`filtered_rows`].
fn row_filter(channels: usize, columns: u32) -> String {
    format!("/DecodeParms<</Predictor 15/Colors {channels}/Columns {columns}>>")
}

/// Each row as what it differs from the pixel before (ISO/IEC 15948, 9.2, "Sub"): photographs compress by a third more.
pub(super) fn filtered_rows(pixels: &[u8], row: usize, channels: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(pixels.len() + pixels.len() / row.max(1) + 1);
    for line in pixels.chunks_exact(row.max(1)) {
        out.push(1);
        let before = std::iter::repeat_n(&0, channels).chain(line);
        out.extend(line.iter().zip(before).map(|(own, before)| own.wrapping_sub(*before)));
    }
    out
}

/// A window of a picture in fewer pixels: each the mean of what it stands for, by how much of it.
fn fewer(pixels: &[u8], width: u32, window: Window, (columns, rows): (u32, u32)) -> Vec<u8> {
    let across = shares(window.left, window.width, columns);
    let down = shares(window.top, window.height, rows);
    let mut out = Vec::with_capacity(across.len() * down.len() * CHANNELS);
    let mut line = vec![0.0_f32; across.len() * CHANNELS];
    for row in &down {
        line.fill(0.0);
        for (y, high) in row {
            let start = y * width as usize;
            for (column, sums) in across.iter().zip(line.chunks_exact_mut(CHANNELS)) {
                for (x, wide) in column {
                    let at = (start + x) * CHANNELS;
                    for (sum, level) in sums.iter_mut().zip(&pixels[at..at + CHANNELS]) {
                        *sum += f32::from(*level) * wide * high;
                    }
                }
            }
        }
        out.extend(line.iter().map(|level| level.round().clamp(0.0, 255.0) as u8));
    }
    out
}

/// For each new pixel the old ones that it covers, each with its share.
fn shares(start: u32, length: u32, count: u32) -> Vec<Vec<(usize, f32)>> {
    let step = f64::from(length) / f64::from(count.max(1));
    let of = |index: u32| {
        let (from, to) = (f64::from(index) * step, f64::from(index + 1) * step);
        let last = (to.ceil() as u32).clamp(1, length);
        let covered = (from.floor() as u32).min(last - 1)..last;
        let share = |old: u32| ((f64::from(old) + 1.0).min(to) - f64::from(old).max(from)) / step;
        covered.map(|old| ((start + old) as usize, share(old) as f32)).collect()
    };
    (0..count).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fewer_pixels_are_the_mean_of_more() {
        let window = Window { left: 0, top: 0, width: 4, height: 1 };
        let pixels = [0, 0, 0, 100, 100, 100, 200, 200, 200, 40, 40, 40];
        assert_eq!(fewer(&pixels, 4, window, (2, 1)), [50, 50, 50, 120, 120, 120]);
        let part = Window { left: 1, top: 0, width: 3, height: 1 };
        // One and a half old pixels each.
        assert_eq!(fewer(&pixels, 4, part, (2, 1)), [133, 133, 133, 93, 93, 93]);
        assert_eq!(fewer(&pixels, 4, window, (4, 1)), pixels);
    }

    #[test]
    fn rows_tell_what_changes() {
        assert_eq!(filtered_rows(&[1, 2, 3, 5, 5, 5], 6, 3), [1, 1, 2, 3, 4, 3, 2]);
    }
}
