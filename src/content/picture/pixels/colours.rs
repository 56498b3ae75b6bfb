//! The few colours of a picture in pixels, and the areas that have them.

use super::{Area, Pixels};
use crate::colour::Colour;
use std::collections::BTreeMap;

/// Colours of a picture, at most.
const COLOURS: usize = 8;
/// Colours nearer to each other are one: a picture's own compression makes so many of one.
const SAME: u32 = 40;
/// Of a colour that has at least one of so many pixels: what has fewer is the edge between two others.
const SHARE: usize = 200;
/// Neighbours as near to each other stand inside an area, or in a shade.
const NEAR: u32 = 12;
/// Inside an area a pixel is as near to its colour.
const INSIDE: u32 = 20;
/// Of the pixels that are inside areas, one of so many may be none of their colour.
const SHADED: usize = 20;

/// The areas, what lies below first.
pub fn areas(pixels: &Pixels) -> Result<Vec<Area>, (String, &'static str)> {
    let colours = chosen(pixels);
    if pixels.colours.iter().all(Option::is_none) {
        let message = "nothing of this PNG can be seen: all of it is transparent".to_owned();
        return Err((message, "take the file with the logo in it"));
    }
    if colours.is_empty() || is_shaded(pixels, &colours) {
        let message = "this PNG has shades, as a photo or a gradient has".to_owned();
        return Err((message, "take the logo in plain colours, or ask whoever drew it for the SVG file"));
    }
    let nearest = |colour: &Colour| (0..colours.len()).min_by_key(|at| apart(*colour, colours[*at]));
    let labels: Vec<Option<usize>> =
        pixels.colours.iter().map(|colour| colour.as_ref().and_then(nearest)).collect();
    let area = |(level, colour): (usize, &Colour)| Area {
        colour: *colour,
        is_in: labels.iter().map(|label| label.is_some_and(|label| label >= level)).collect(),
    };
    Ok(colours.iter().enumerate().map(area).collect())
}

/// The colours with the most pixels, those first.
fn chosen(pixels: &Pixels) -> Vec<Colour> {
    let mut bins: BTreeMap<[u8; 3], (usize, [usize; 3])> = BTreeMap::new();
    for colour in pixels.colours.iter().flatten() {
        let channels = [colour.red, colour.green, colour.blue];
        let (count, sums) = bins.entry(channels.map(|channel| channel >> 4)).or_default();
        *count += 1;
        sums.iter_mut().zip(channels).for_each(|(sum, channel)| *sum += usize::from(channel));
    }
    let all = pixels.colours.iter().flatten().count();
    let mut bins: Vec<(usize, [usize; 3])> = bins.into_values().collect();
    // Equals stay in their order, so that a file always gives the same picture.
    bins.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let mut colours: Vec<Colour> = Vec::new();
    for (count, sums) in bins.into_iter().filter(|(count, _)| count * SHARE >= all) {
        let channel = |at: usize| u8::try_from((sums[at] + count / 2) / count).unwrap_or(u8::MAX);
        let colour = Colour::new(channel(0), channel(1), channel(2));
        if colours.len() < COLOURS && colours.iter().all(|other| apart(colour, *other) > SAME * SAME) {
            colours.push(colour);
        }
    }
    colours
}

/// Whether much of what is no edge has none of the colours.
fn is_shaded(pixels: &Pixels, colours: &[Colour]) -> bool {
    let (mut inside, mut shaded) = (0, 0);
    for row in 1..pixels.height.saturating_sub(1) {
        for column in 1..pixels.width.saturating_sub(1) {
            let at = row * pixels.width + column;
            let Some(colour) = pixels.colours[at] else { continue };
            let around = [at - 1, at + 1, at - pixels.width, at + pixels.width];
            let is_near =
                |other: usize| pixels.colours[other].is_some_and(|other| apart(colour, other) <= NEAR * NEAR);
            if around.into_iter().all(is_near) {
                inside += 1;
                let is_own = colours.iter().any(|one| apart(colour, *one) <= INSIDE * INSIDE);
                shaded += usize::from(!is_own);
            }
        }
    }
    shaded * SHADED > inside || inside * SHADED < pixels.colours.iter().flatten().count()
}

/// The square of how far two colours are apart.
fn apart(one: Colour, other: Colour) -> u32 {
    let square = |one: u8, other: u8| u32::from(one.abs_diff(other)).pow(2);
    square(one.red, other.red) + square(one.green, other.green) + square(one.blue, other.blue)
}
