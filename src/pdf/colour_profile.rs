//! The sRGB profile that says what our colours mean (ISO 19005-2 6.2.3): IEC 61966-2-1 as an ICC version 4 display
//! profile of 480 bytes, with the curve as a formula.

/// Offset of the first tag's data: header, count, ten entries.
const DATA: u32 = 128 + 4 + 10 * 12;

/// Bradford adaptation from D65 to D50, in rows.
const ADAPTATION: [f64; 9] =
    [1.047_88, 0.022_92, -0.050_22, 0.029_59, 0.990_48, -0.017_07, -0.009_25, 0.015_08, 0.751_68];

/// The primaries, adapted to D50.
const RED: [f64; 3] = [0.436_07, 0.222_49, 0.013_92];
const GREEN: [f64; 3] = [0.385_15, 0.716_87, 0.097_08];
const BLUE: [f64; 3] = [0.143_07, 0.060_61, 0.714_10];
const D50: [f64; 3] = [0.964_2, 1.0, 0.824_9];

/// Exponent, slope and offset of the curve, slope and end of its straight foot (ICC.1 10.18, function type 3).
const CURVE: [f64; 5] = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.040_45];

/// The profile's bytes, always the same.
pub(super) fn srgb() -> Vec<u8> {
    let curve = element(b"para", &[&[0, 3, 0, 0], &fixed(&CURVE)[..]].concat());
    let elements: [(&[&[u8; 4]], Vec<u8>); 7] = [
        (&[b"desc"], text("sRGB")),
        (&[b"cprt"], text("CC0")),
        (&[b"wtpt"], element(b"XYZ ", &fixed(&D50))),
        (&[b"chad"], element(b"sf32", &fixed(&ADAPTATION))),
        (&[b"rXYZ"], element(b"XYZ ", &fixed(&RED))),
        (&[b"gXYZ"], element(b"XYZ ", &fixed(&GREEN))),
        (&[b"bXYZ"], element(b"XYZ ", &fixed(&BLUE))),
    ];
    let mut directory = Vec::new();
    let mut data: Vec<u8> = Vec::new();
    let curves: (&[&[u8; 4]], Vec<u8>) = (&[b"rTRC", b"gTRC", b"bTRC"], curve);
    for (tags, bytes) in elements.iter().chain([&curves]) {
        for tag in *tags {
            directory.extend_from_slice(*tag);
            directory.extend_from_slice(&(DATA + data.len() as u32).to_be_bytes());
            directory.extend_from_slice(&(bytes.len() as u32).to_be_bytes());
        }
        data.extend_from_slice(bytes);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let count = directory.len() as u32 / 12;
    let size = 128 + 4 + directory.len() + data.len();
    [header(size as u32), count.to_be_bytes().to_vec(), directory, data].concat()
}

/// ICC.1 7.2.
fn header(size: u32) -> Vec<u8> {
    let mut header = size.to_be_bytes().to_vec();
    header.extend_from_slice(&[0; 4]);
    header.extend_from_slice(&0x0420_0000_u32.to_be_bytes());
    header.extend_from_slice(b"mntrRGB XYZ ");
    for date_part in [2026_u16, 1, 1, 0, 0, 0] {
        header.extend_from_slice(&date_part.to_be_bytes());
    }
    header.extend_from_slice(b"acsp");
    header.resize(68, 0);
    header.extend_from_slice(&fixed(&D50));
    header.resize(128, 0);
    header
}

fn element(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    [&kind[..], &[0; 4], data].concat()
}

fn text(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let (count, record, start) = (1_u32, 12_u32, 28_u32);
    let length = units.len() as u32;
    let mut data = [count, record].map(u32::to_be_bytes).concat();
    data.extend_from_slice(b"enUS");
    data.extend_from_slice(&[length, start].map(u32::to_be_bytes).concat());
    data.extend_from_slice(&units);
    element(b"mluc", &data)
}

/// Signed 16.16.
fn fixed(values: &[f64]) -> Vec<u8> {
    values.iter().flat_map(|value| ((value * 65536.0).round() as i32).to_be_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_is_as_long_as_it_says_and_every_element_lies_inside() {
        let profile = srgb();
        let word = |at: usize| u32::from_be_bytes([0, 1, 2, 3].map(|i| profile[at + i])) as usize;
        assert_eq!(word(0), profile.len());
        for entry in 0..word(128) {
            let (offset, length) = (word(132 + entry * 12 + 4), word(132 + entry * 12 + 8));
            assert!(offset >= 132 + word(128) * 12 && offset + length <= profile.len());
            assert_eq!(offset % 4, 0);
        }
    }
}
