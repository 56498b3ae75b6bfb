//! What a drawing becomes: paths in user units, with paints by role.

use aftercare::brand::Colour;
use aftercare::content::picture::parse;
use aftercare::document::{Paint, Picture, Segment};

fn drawn(shapes: &str) -> Picture {
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 48 48\" fill=\"none\">{shapes}</svg>"
    );
    parse("it", &svg, "it.svg").unwrap_or_else(|faults| panic!("{faults}"))
}

#[test]
fn a_picture_has_the_size_of_its_view_box() {
    let picture = drawn("<path stroke=\"#000000\" d=\"M1 2H9\"/>");
    assert_eq!((picture.id.as_str(), picture.width, picture.height), ("it", 48.0, 48.0));
    assert_eq!(picture.paths()[0].segments, [Segment::MoveTo(1.0, 2.0), Segment::LineTo(9.0, 2.0)]);
}

#[test]
fn three_colours_stand_for_roles() {
    let picture = drawn(
        "<path stroke=\"#000000\" d=\"M1 2H9\"/><path stroke=\"#ff0000\" d=\"M1 2H9\"/><path stroke=\"#ffffff\" d=\"M1 2H9\"/><path stroke=\"#0b4f5c\" d=\"M1 2H9\"/>",
    );
    let paints: Vec<Paint> =
        picture.paths().iter().filter_map(|path| path.stroke).map(|stroke| stroke.paint).collect();
    assert_eq!(paints, [Paint::Line, Paint::Accent, Paint::Paper, Paint::Colour(Colour::new(11, 79, 92))]);
}

#[test]
fn transforms_are_applied_to_points_and_strokes() {
    let picture = drawn(
        "<g transform=\"translate(10 0) scale(2)\"><path stroke=\"#000000\" stroke-width=\"3\" d=\"M1 2h3z\"/></g>",
    );
    let path = &picture.paths()[0];
    assert_eq!(path.segments[..2], [Segment::MoveTo(12.0, 4.0), Segment::LineTo(18.0, 4.0)]);
    assert_eq!(path.stroke.map(|stroke| stroke.width), Some(6.0));
}

#[test]
fn quadratic_curves_become_the_same_cubic_ones() {
    let picture = drawn("<path stroke=\"#000000\" d=\"M0 0Q3 6 6 0\"/>");
    assert_eq!(picture.paths()[0].segments[1], Segment::CurveTo(2.0, 4.0, 4.0, 4.0, 6.0, 0.0));
}

#[test]
fn caps_joins_and_fill_rules_are_kept() {
    let picture = drawn(
        "<path fill=\"#000000\" fill-rule=\"evenodd\" stroke=\"#000000\" stroke-linecap=\"round\" stroke-linejoin=\"round\" d=\"M1 1h9v9z\"/>",
    );
    let path = &picture.paths()[0];
    assert!(path.even_odd && path.fill == Some(Paint::Line));
    assert!(path.stroke.is_some_and(|stroke| stroke.round_cap && stroke.round_join));
}
