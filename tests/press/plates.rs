//! What Ghostscript's plates hold, pixel by pixel: ink, black text, bleed.

use super::every;
use super::tools::{File, run};
use aftercare::options::Paper;

/// One side as a press would get it, at 144 pixels an inch.
struct Plates {
    width: usize,
    /// Cyan, magenta, yellow, black; 255 is full tone.
    pixels: Vec<[u8; 4]>,
}

const SCALE: f32 = 2.0;

/// Both sides of a file; `None` when Ghostscript is not installed.
fn plates(bytes: &[u8]) -> Option<Vec<Plates>> {
    let arguments =
        ["-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=pamcmyk32", "-r144", "-sOutputFile=-"];
    let output = run("gs", &arguments, &File::new(bytes))?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut rest = &output.stdout[..];
    let mut sides = Vec::new();
    while let Some(at) = rest.windows(7).position(|window| window == b"ENDHDR\n") {
        let head = String::from_utf8_lossy(&rest[..at]).into_owned();
        let number = |key: &str| -> usize {
            let line = head.lines().find_map(|line| line.strip_prefix(key)).expect("a size");
            line.trim().parse().expect("a number")
        };
        let (width, height) = (number("WIDTH"), number("HEIGHT"));
        let (data, after) = rest[at + 7..].split_at(width * height * 4);
        let pixels = data.as_chunks::<4>().0.to_vec();
        sides.push(Plates { width, pixels });
        rest = after;
    }
    assert_eq!(sides.len(), 2);
    Some(sides)
}

impl Plates {
    /// The inks at a place in points from the top left corner of the paper.
    fn at(&self, x: f32, y: f32) -> [u8; 4] {
        self.pixels[(y * SCALE) as usize * self.width + (x * SCALE) as usize]
    }

    fn height(&self) -> f32 {
        (self.pixels.len() / self.width) as f32 / SCALE
    }

    fn paper_width(&self) -> f32 {
        self.width as f32 / SCALE
    }
}

fn bleed(paper: Paper) -> f32 {
    if paper == Paper::Letter { 9.0 } else { 3.0 * 72.0 / 25.4 }
}

#[test]
fn no_place_inside_the_bleed_takes_more_than_300_per_cent() {
    for (asked, bytes) in every() {
        let Some(sides) = plates(bytes) else { return };
        for side in &sides {
            let (width, height) = (side.width, side.pixels.len() / side.width);
            let edge = (21.0 * SCALE) as usize + 1;
            let inside = (edge..height - edge).flat_map(|y| (edge..width - edge).map(move |x| y * width + x));
            let most = inside.map(|at| side.pixels[at].map(u32::from).iter().sum::<u32>()).max().unwrap_or(0);
            assert!(most > 0 && most <= 3 * 255, "{asked:?}: {most}");
        }
    }
}

#[test]
fn colour_reaches_the_bleed_and_no_further() {
    for (asked, bytes) in every() {
        let Some(sides) = plates(bytes) else { return };
        let outside = &sides[0];
        let (right, foot) = (outside.paper_width() - 21.0, outside.height() - 21.0);
        // The middle of the cover, off the marks.
        let x = right - bleed(asked.paper) - 60.0;
        for (x, y) in
            [(x, 22.0), (x, foot - 1.5), (right - 1.5, 200.0), (right - 1.5, foot - 1.5), (right - 1.5, 22.0)]
        {
            assert!(outside.at(x, y)[0] > 200, "{asked:?}: no colour {x} from the left, {y} from the top");
        }
        for (x, y) in [(x, 19.5), (x, foot + 1.5), (right + 1.5, 200.0)] {
            assert_eq!(outside.at(x, y), [0; 4], "{asked:?}: colour {x} from the left, {y} from the top");
        }
    }
}

#[test]
fn marks_are_on_every_plate_and_outside_the_bleed() {
    for (asked, bytes) in every() {
        let Some(sides) = plates(bytes) else { return };
        for side in &sides {
            let trim = 21.0 + bleed(asked.paper);
            let all = |x: f32, y: f32| {
                let near = |step: i32| side.at(x + step as f32 / SCALE, y).iter().all(|ink| *ink > 200);
                (-1..=1).any(near)
            };
            let (right, foot) = (side.paper_width() - trim, side.height() - 11.0);
            for (x, y) in [(trim, 11.0), (right, 11.0), (trim, foot), (right, foot)] {
                assert!(all(x, y), "{asked:?}: no crop mark {x} from the left, {y} from the top");
            }
        }
    }
}

/// Small text is on the black plate alone; over a tinted card it prints over, and the tint stays.
#[test]
fn black_text_is_of_black_alone() {
    let tint = |ink: &u8| *ink <= 20;
    for (asked, bytes) in every() {
        let Some(sides) = plates(bytes) else { return };
        let full: Vec<&[u8; 4]> =
            sides[1].pixels.iter().filter(|inks| inks[3] == 255 && inks[..3] != [255; 3]).collect();
        let alone = full.iter().filter(|inks| inks[..3].iter().all(tint)).count();
        assert!(alone > 5_000, "{asked:?}: {alone} pixels");
        assert_eq!(alone, full.len(), "{asked:?}");
    }
}

/// The ground of the cover is of these inks, and no word in the brand's colour is.
pub fn has_a_rich_cover(bytes: &[u8], inks: [f32; 4]) {
    let Some(sides) = plates(bytes) else { return };
    let wanted = inks.map(|ink| (ink * 2.55).round() as i16);
    let is_rich =
        |pixel: &[u8; 4]| pixel.iter().zip(wanted).all(|(ink, wanted)| (i16::from(*ink) - wanted).abs() <= 3);
    let [outside, inside] = &sides[..] else { panic!("{} sides", sides.len()) };
    let right = outside.paper_width() - 21.0 - bleed(Paper::A4);
    assert!(is_rich(&outside.at(right - 60.0, outside.height() / 2.0)), "the middle of the cover");
    assert_eq!(inside.pixels.iter().filter(|pixel| is_rich(pixel)).count(), 0, "no type is of four inks");
}
