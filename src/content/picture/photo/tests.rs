use super::*;

/// A PNG of some pixels.
fn png(width: u32, height: u32, colour: png::ColorType, data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(colour);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(data).unwrap();
    writer.finish().unwrap();
    bytes
}

fn refused(bytes: &[u8]) -> String {
    parse(bytes, "templates/cover.jpg").unwrap_err().to_string()
}

#[test]
fn what_one_can_see_through_becomes_white() {
    let bytes = png(2, 1, png::ColorType::Rgba, &[10, 20, 30, 255, 10, 20, 30, 0]);
    let photo = parse(&bytes, "templates/cover.png").unwrap();
    assert_eq!((photo.width, photo.height), (2, 1));
    assert_eq!(photo.pixels(), Ok(&[10, 20, 30, 255, 255, 255][..]));
}

#[test]
fn greys_are_colours_too() {
    let photo = parse(&png(2, 1, png::ColorType::Grayscale, &[7, 9]), "c.png").unwrap();
    assert_eq!(photo.pixels(), Ok(&[7, 7, 7, 9, 9, 9][..]));
}

#[test]
fn what_is_no_photograph_is_told() {
    assert!(refused(b"RIFF....WEBP").contains("this file is no JPEG and no PNG"));
    assert!(refused(b"\xff\xd8\xff\xe0").contains("this JPEG cannot be read"));
    assert!(refused(b"\x89PNG\r\n\x1a\n").contains("this PNG cannot be read"));
}

/// A file that breaks off behind its head is found when its pixels are asked for, and is no panic.
#[test]
fn half_a_file_has_no_pixels() {
    let noise: Vec<u8> =
        (0..64 * 64 * 3).map(|at: u32| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let whole = png(64, 64, png::ColorType::Rgb, &noise);
    let photo = parse(&whole[..whole.len() / 2], "c.png").unwrap();
    assert!(photo.pixels().is_err());
}
