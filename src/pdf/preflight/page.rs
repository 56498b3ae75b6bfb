//! A page: its boxes, whether colour reaches the bleed, its marks, and nothing on it that cannot be printed.

use super::read::{Kind, Painted, painted};
use super::{Expectation, Page, Preflight, ink, millimetres};
use crate::options::Marks;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// Left, bottom, right, top.
type Edges = [f32; 4];

/// Half a printer's dot: lengths that differ by less are the same.
const SAME: f32 = 0.25;

pub(super) fn check(
    file: &Document,
    id: ObjectId,
    number: usize,
    expected: &Expectation,
    found: &mut Preflight,
) {
    let mut page = Page::default();
    boxes(file, id, number, expected, &mut page, found);
    fonts(file, id, found);
    annotations(file, id, number, &page, found);
    let resources = resources(file, id);
    match painted(file, &file.get_page_content(id), &resources) {
        Ok(painted) => {
            ink::check(&painted, number, &mut page, found);
            if let (Some(trim), Some(bleed)) = (page.trim, page.bleed) {
                reach(&painted, trim, bleed, number, found);
                text_near_trim(&painted, trim, bleed, number, found);
                marks(&painted, trim, bleed, (number, expected), &mut page, found);
            }
        }
        Err(error) => found.fault("content", Some(number), format!("the content cannot be read: {error}")),
    }
    found.pages.push(page);
}

fn resources(file: &Document, id: ObjectId) -> Dictionary {
    let Ok((own, above)) = file.get_page_resources(id) else { return Dictionary::new() };
    let above = above.first().and_then(|id| file.get_dictionary(*id).ok());
    own.or(above).cloned().unwrap_or_default()
}

fn boxes(
    file: &Document,
    id: ObjectId,
    number: usize,
    expected: &Expectation,
    page: &mut Page,
    found: &mut Preflight,
) {
    let Ok(entries) = file.get_dictionary(id) else { return };
    page.media = edges(file, entries, b"MediaBox");
    page.trim = edges(file, entries, b"TrimBox");
    page.bleed = edges(file, entries, b"BleedBox");
    let missing = [("MediaBox", page.media), ("TrimBox", page.trim), ("BleedBox", page.bleed)];
    for (name, _) in missing.into_iter().filter(|(_, edges)| edges.is_none()) {
        found.fault("missing-box", Some(number), format!("there is no {name}"));
    }
    if entries.has(b"ArtBox") {
        found.fault("art-box", Some(number), "an ArtBox stands beside the TrimBox");
    }
    let (Some(media), Some(trim), Some(bleed)) = (page.media, page.trim, page.bleed) else { return };
    page.trimmed_mm = Some([millimetres(trim[2] - trim[0]), millimetres(trim[3] - trim[1])]);
    let out = outside(bleed, trim);
    let least = out.into_iter().fold(f32::MAX, f32::min);
    if least < expected.bleed.0 - SAME {
        let message = format!(
            "the BleedBox is {:.1} mm outside the TrimBox; {:.1} mm is asked for",
            millimetres(least),
            millimetres(expected.bleed.0)
        );
        found.fault("bleed-box", Some(number), message);
    }
    let beyond = outside(media, bleed);
    match expected.marks {
        Marks::Crop if beyond.into_iter().any(|out| out < SAME) => {
            found.fault("media-box", Some(number), "the MediaBox leaves no room for marks outside the bleed");
        }
        Marks::None if beyond.into_iter().any(|out| out.abs() > SAME) => {
            found.fault("media-box", Some(number), "the page does not end with the bleed");
        }
        _ => {}
    }
}

/// How far each edge of one box lies outside another.
fn outside(outer: Edges, inner: Edges) -> [f32; 4] {
    [inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3]]
}

fn edges(file: &Document, entries: &Dictionary, key: &[u8]) -> Option<Edges> {
    let (_, edges) = file.dereference(entries.get(key).ok()?).ok()?;
    let numbers: Vec<f32> = edges.as_array().ok()?.iter().filter_map(|edge| edge.as_float().ok()).collect();
    let [left, bottom, right, top]: Edges = numbers.try_into().ok()?;
    (left < right && bottom < top).then_some([left, bottom, right, top])
}

/// Every font that a page's resources name.
fn fonts(file: &Document, id: ObjectId, found: &mut Preflight) {
    for font in file.get_page_fonts(id).unwrap_or_default().into_values() {
        let name = font.get(b"BaseFont").and_then(Object::as_name).unwrap_or_default();
        let below = font.get(b"DescendantFonts").ok().and_then(|fonts| {
            let (_, fonts) = file.dereference(fonts).ok()?;
            let (_, font) = file.dereference(fonts.as_array().ok()?.first()?).ok()?;
            font.as_dict().ok()
        });
        let descriptor = below.unwrap_or(font).get(b"FontDescriptor").ok();
        let descriptor =
            descriptor.and_then(|descriptor| file.dereference(descriptor).ok()?.1.as_dict().ok());
        let has = |descriptor: &Dictionary| {
            [&b"FontFile"[..], b"FontFile2", b"FontFile3"].into_iter().any(|key| {
                let file_of = descriptor.get(key).ok().and_then(|stream| file.dereference(stream).ok());
                file_of.is_some_and(|(_, stream)| stream.as_stream().is_ok())
            })
        };
        let name = String::from_utf8_lossy(name).into_owned();
        found.fonts.push(super::Font { name, embedded: descriptor.is_some_and(has) });
    }
}

/// Annotations stand outside the bleed or not at all (ISO 15930-7, 6.17).
fn annotations(file: &Document, id: ObjectId, number: usize, page: &Page, found: &mut Preflight) {
    for annotation in file.get_page_annotations(id).unwrap_or_default() {
        let rect = edges(file, annotation, b"Rect");
        let apart = |rect: Edges, bleed: Edges| {
            rect[2] <= bleed[0] || rect[0] >= bleed[2] || rect[3] <= bleed[1] || rect[1] >= bleed[3]
        };
        if !matches!((rect, page.bleed), (Some(rect), Some(bleed)) if apart(rect, bleed)) {
            let kind = annotation.get(b"Subtype").and_then(Object::as_name).unwrap_or(b"annotation");
            let kind = String::from_utf8_lossy(kind).into_owned();
            found.fault(
                "annotation",
                Some(number),
                format!("a {kind} annotation stands where the page prints"),
            );
        }
    }
}

/// What comes to an edge of the trim goes on to the edge of the bleed.
fn reach(painted: &[Painted], trim: Edges, bleed: Edges, number: usize, found: &mut Preflight) {
    const NAMES: [&str; 4] = ["left", "foot", "right", "top"];
    let coloured = painted.iter().filter(|object| matches!(object.kind, Kind::Fill | Kind::Image));
    for object in coloured.filter(|object| !object.paint.is_white()) {
        let beyond_trim = outside(object.bounds, trim);
        let beyond_bleed = outside(object.bounds, bleed);
        for (edge, name) in NAMES.iter().enumerate() {
            if beyond_trim[edge] > -1.0 && beyond_bleed[edge] < -SAME {
                let message = format!(
                    "colour at the {name} of the trim ends {:.1} mm short of the bleed",
                    millimetres(-beyond_bleed[edge])
                );
                found.fault("bleed-not-reached", Some(number), message);
            }
        }
    }
}

/// The least distance of text from each edge of the trim: a quarter inch, as print shops ask.
const FROM_TRIM: f32 = 6.35 * 72.0 / 25.4;

/// Text keeps off the edges where the paper is cut. What stands outside the bleed is not on the paper in the end.
fn text_near_trim(painted: &[Painted], trim: Edges, bleed: Edges, number: usize, found: &mut Preflight) {
    const NAMES: [&str; 4] = ["left", "foot", "right", "top"];
    let texts = painted.iter().filter(|object| object.kind == Kind::Text);
    for extent in texts.filter_map(|text| text.extent) {
        let [left, bottom, right, top] = extent;
        if right <= bleed[0] || left >= bleed[2] || top <= bleed[1] || bottom >= bleed[3] {
            continue;
        }
        let inside = outside(trim, extent);
        let nearest = (0..4).min_by(|a, b| inside[*a].total_cmp(&inside[*b])).unwrap_or_default();
        if inside[nearest] < FROM_TRIM - SAME {
            let message = format!(
                "text {:.1} mm from the left and {:.1} mm from the foot is {:.1} mm from the {} of the trim; 6.35 mm is the least",
                millimetres(left),
                millimetres(bottom),
                millimetres(inside[nearest]),
                NAMES[nearest]
            );
            found.fault("text-near-trim", Some(number), message);
        }
    }
}

/// Two crop marks at each corner and two marks a fold, all outside the bleed.
fn marks(
    painted: &[Painted],
    trim: Edges,
    bleed: Edges,
    (number, expected): (usize, &Expectation),
    page: &mut Page,
    found: &mut Preflight,
) {
    let marks: Vec<&Painted> = painted.iter().filter(|object| object.paint.is_registration()).collect();
    let inside = |mark: &&&Painted| {
        let [left, bottom, right, top] = mark.bounds;
        right > bleed[0] && left < bleed[2] && top > bleed[1] && bottom < bleed[3]
    };
    if marks.iter().any(|mark| inside(&mark)) {
        found.fault("mark-in-bleed", Some(number), "a mark stands inside the bleed");
    }
    let solid: Vec<Edges> =
        marks.iter().filter(|mark| !mark.dashed && !inside(mark)).map(|mark| mark.bounds).collect();
    page.crop_marks = crop_marks(&solid, trim, bleed);
    page.fold_marks = marks.iter().filter(|mark| mark.dashed && !inside(mark)).count();
    if expected.marks == Marks::None {
        if !marks.is_empty() {
            found.fault("marks", Some(number), format!("{} marks stand on a page without", marks.len()));
        }
        return;
    }
    if page.crop_marks < 8 {
        found.fault(
            "crop-marks",
            Some(number),
            format!("{} of 8 crop marks are in their place", page.crop_marks),
        );
    }
    if page.fold_marks != expected.folds * 2 {
        let message =
            format!("there are {} fold marks; {} are asked for", page.fold_marks, expected.folds * 2);
        found.fault("fold-marks", Some(number), message);
    }
}

/// How many of the eight stand in line with an edge of the trim, outside the bleed.
fn crop_marks(lines: &[Edges], trim: Edges, bleed: Edges) -> usize {
    let near = |a: f32, b: f32| (a - b).abs() < SAME;
    let at_corner = |(x, y): (usize, usize)| {
        let upright = |[left, bottom, right, top]: &Edges| {
            let outside = if y == 1 { *top <= bleed[1] } else { *bottom >= bleed[3] };
            near(*left, trim[x]) && near(*right, trim[x]) && outside
        };
        let level = |[left, bottom, right, top]: &Edges| {
            let outside = if x == 0 { *right <= bleed[0] } else { *left >= bleed[2] };
            near(*bottom, trim[y]) && near(*top, trim[y]) && outside
        };
        usize::from(lines.iter().any(upright)) + usize::from(lines.iter().any(level))
    };
    [(0, 1), (2, 1), (0, 3), (2, 3)].into_iter().map(at_corner).sum()
}
