use super::*;

/// A PNG of so many pixels a side, drawn by its fractions of the width and height.
fn png(side: u32, pixel: impl Fn(f32, f32) -> [u8; 4]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, side, side);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let at = |index: u32| ((index % side) as f32 / side as f32, (index / side) as f32 / side as f32);
    let data: Vec<u8> = (0..side * side).map(at).flat_map(|(x, y)| pixel(x, y)).collect();
    encoder.write_header().unwrap().write_image_data(&data).unwrap();
    bytes
}

const BLUE: [u8; 4] = [20, 60, 160, 255];
const WHITE: [u8; 4] = [255, 255, 255, 255];
const NOTHING: [u8; 4] = [255, 0, 0, 0];

fn ring(x: f32, y: f32) -> [u8; 4] {
    match (x - 0.5).hypot(y - 0.5) {
        out if out > 0.45 => NOTHING,
        out if out > 0.3 => BLUE,
        _ => WHITE,
    }
}

fn refused(bytes: &[u8]) -> String {
    parse("logo", bytes, "templates/l.png").expect_err("a fault").to_string()
}

#[test]
fn a_ring_becomes_two_round_shapes_of_few_points() {
    let picture = parse("logo", &png(600, ring), "l.png").unwrap();
    let [below, above] = picture.paths() else { panic!("{:?}", picture.paths().len()) };
    let fills: Vec<_> = [below, above].iter().filter_map(|path| path.fill).collect();
    assert!(fills.contains(&Paint::Colour(Colour::new(20, 60, 160))), "{fills:?}");
    assert!(fills.contains(&Paint::Colour(Colour::new(255, 255, 255))), "{fills:?}");
    let count = below.segments.len() + above.segments.len();
    assert!((24..600).contains(&count), "{count} points");
    // Every point is on one of the two circles.
    let middle = picture.width / 2.0;
    for path in picture.paths() {
        for segment in &path.segments {
            let (Segment::MoveTo(x, y) | Segment::LineTo(x, y)) = segment else { continue };
            let radius = (x - middle).hypot(y - middle) / picture.width;
            assert!((radius - 0.45).abs() < 0.01 || (radius - 0.3).abs() < 0.01, "{radius}");
        }
    }
}

#[test]
fn a_square_keeps_its_corners_and_the_same_file_gives_the_same_picture() {
    let square =
        |x: f32, y: f32| if (0.25..0.75).contains(&x) && (0.25..0.75).contains(&y) { BLUE } else { NOTHING };
    let bytes = png(200, square);
    let picture = parse("logo", &bytes, "l.png").unwrap();
    assert_eq!(picture.paths().len(), 1);
    let wanted = [
        Segment::MoveTo(50.0, 50.0),
        Segment::LineTo(150.0, 50.0),
        Segment::LineTo(150.0, 150.0),
        Segment::LineTo(50.0, 150.0),
        Segment::Close,
    ];
    assert_eq!(picture.paths()[0].segments, wanted);
    assert_eq!(parse("logo", &bytes, "l.png").unwrap(), picture);
}

#[test]
fn soft_edges_are_no_colours_of_their_own() {
    // A disc whose edge fades into nothing, and one whose edge fades into white.
    let fade = |x: f32, y: f32| ((0.4 - (x - 0.5).hypot(y - 0.5)) * 100.0).clamp(0.0, 1.0);
    let alpha = |x: f32, y: f32| [20, 60, 160, (fade(x, y) * 255.0) as u8];
    assert_eq!(parse("logo", &png(300, alpha), "l.png").unwrap().paths().len(), 1);
    let white = |x: f32, y: f32| {
        let mix = |own: f32| (own * fade(x, y) + 255.0 * (1.0 - fade(x, y))) as u8;
        [mix(20.0), mix(60.0), mix(160.0), 255]
    };
    assert_eq!(parse("logo", &png(300, white), "l.png").unwrap().paths().len(), 2);
}

#[test]
fn what_does_not_print_is_refused_with_what_to_do() {
    assert!(
        refused(&png(64, ring))
            .contains("64 by 64 pixels, too few to print sharply; take one with 128 pixels")
    );
    assert!(refused(&png(5_000, |_, _| BLUE)).contains("make it smaller"));
    assert!(refused(&png(200, |_, _| NOTHING)).contains("transparent"));
    let gradient = |x: f32, y: f32| [(x * 255.0) as u8, (y * 255.0) as u8, 128, 255];
    assert!(refused(&png(400, gradient)).contains("shades"), "{}", refused(&png(400, gradient)));
    let grey = |x: f32, _: f32| {
        let grey = (x * 255.0) as u8;
        [grey, grey, grey, 255]
    };
    assert!(refused(&png(400, grey)).contains("shades"));
    let noise = |x: f32, y: f32| {
        if ((x * 931.0) as u32 ^ (y * 733.0) as u32).count_ones().is_multiple_of(2) { BLUE } else { WHITE }
    };
    let told = refused(&png(384, noise));
    assert!(told.contains("shades") || told.contains("small shapes"), "{told}");
}

#[test]
fn a_broken_file_is_told_and_none_is_worth_a_panic() {
    let whole = png(160, ring);
    assert!(is_png(&whole) && !is_png(b"<svg"));
    for end in (0..whole.len()).step_by(97) {
        assert!(refused(&whole[..end]).contains("cannot be read"), "{end}");
    }
    for at in (8..whole.len()).step_by(31) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x5a;
        let _ = parse("logo", &bytes, "l.png");
    }
}
