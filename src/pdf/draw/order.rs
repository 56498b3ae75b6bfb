//! The order in which a page's fragments are drawn.

use super::stamps::Key;
use crate::geometry::{Pt, Rect};
use crate::layout::{Artifact, Fragment, Shape, Tag, bounds_of};

/// Grounds, rules and marks first, as far as no figure stands below them, so that text is not interrupted. None of them hides
/// text. Then all else, in its own order.
pub(super) fn order(fragments: &[Fragment]) -> (Vec<usize>, Vec<usize>) {
    let (mut first, mut rest) = (Vec::with_capacity(fragments.len()), Vec::with_capacity(fragments.len()));
    let mut below: Vec<Rect> = Vec::new();
    for (index, fragment) in fragments.iter().enumerate() {
        if matches!(fragment.shape, Shape::Line { .. }) {
            rest.push(index);
            continue;
        }
        let free = fragment.tag == Tag::Artifact(Artifact::Decoration)
            && (below.is_empty() || {
                let own = bounds(&fragment.shape);
                !below.iter().any(|other| meet(&own, other))
            });
        if free {
            first.push(index);
        } else {
            below.push(bounds(&fragment.shape));
            rest.push(index);
        }
    }
    (first, rest)
}

/// Shapes of one look, which are painted one after the other.
struct Layer {
    /// The place of the first of them among the shapes.
    first: usize,
    members: Vec<(usize, Rect)>,
    /// Around them all.
    around: Rect,
}

/// The shapes' places in an order in which those of one look follow each other: a shape goes down to the last layer of its
/// look, unless it meets something that was drawn since. So the page looks the same.
pub(super) fn gathered<'a>(shapes: impl Iterator<Item = (&'a Shape, &'a Key)>) -> Vec<usize> {
    let shapes: Vec<(&Shape, &Key)> = shapes.collect();
    let mut layers: Vec<Layer> = Vec::new();
    for (place, (shape, key)) in shapes.iter().enumerate() {
        let own = bounds(shape);
        let is_alike = |layer: &&mut Layer| shapes[layer.first].1 == *key;
        let reached = layers.iter_mut().rev().find(|layer| is_alike(layer) || layer.meets(&own));
        match reached.filter(|layer| key.is_look() && is_alike(layer)) {
            Some(layer) => layer.add(place, own),
            None => layers.push(Layer { first: place, members: vec![(place, own)], around: own }),
        }
    }
    layers.iter().flat_map(|layer| layer.members.iter().map(|(place, _)| *place)).collect()
}

impl Layer {
    fn meets(&self, own: &Rect) -> bool {
        meet(&self.around, own) && self.members.iter().any(|(_, other)| meet(other, own))
    }

    fn add(&mut self, place: usize, own: Rect) {
        self.members.push((place, own));
        let (x, y) = (self.around.x.min(own.x), self.around.y.min(own.y));
        let (right, bottom) = (self.around.right().max(own.right()), self.around.bottom().max(own.bottom()));
        self.around = Rect { x, y, width: right - x, height: bottom - y };
    }
}

fn meet(one: &Rect, other: &Rect) -> bool {
    one.x <= other.right() && other.x <= one.right() && one.y <= other.bottom() && other.y <= one.bottom()
}

/// The box around a shape, its pen included.
fn bounds(shape: &Shape) -> Rect {
    match shape {
        Shape::Line { .. } => Rect::default(),
        Shape::Rectangle { rect, stroke, .. } => grown(*rect, stroke.map_or(Pt::ZERO, |pen| pen.width)),
        Shape::Picture { rect, .. } | Shape::Photo { rect, .. } => *rect,
        Shape::Rule { from, to, pen } => {
            let (x, y) = (Pt(from.x.0.min(to.x.0)), Pt(from.y.0.min(to.y.0)));
            let (width, height) = (Pt((to.x - from.x).0.abs()), Pt((to.y - from.y).0.abs()));
            grown(Rect { x, y, width, height }, pen.width)
        }
        Shape::Path { segments, origin, stroke, .. } => {
            grown(bounds_of(segments, *origin), stroke.map_or(Pt::ZERO, |pen| pen.width))
        }
    }
}

fn grown(rect: Rect, by: Pt) -> Rect {
    rect.inset(Pt::ZERO - by)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brand::Colour;
    use crate::geometry::Point;
    use crate::layout::Pen;
    use crate::pdf::draw::paths;

    fn ground(x: f32, y: f32, side: f32, colour: &str) -> Shape {
        let rect = Rect { x: Pt(x), y: Pt(y), width: Pt(side), height: Pt(side) };
        let fill = Some(Colour::from_hex(colour).unwrap());
        Shape::Rectangle { rect, radius: Pt::ZERO, fill, stroke: None }
    }

    fn rule(y: f32) -> Shape {
        let pen =
            Pen { colour: Colour::from_hex("#000000").unwrap(), width: Pt(1.0), dash: None, round: false };
        Shape::Rule { from: Point::new(Pt(0.0), Pt(y)), to: Point::new(Pt(9.0), Pt(y)), pen }
    }

    fn places(shapes: &[Shape]) -> Vec<usize> {
        let keys: Vec<Key> = shapes.iter().map(|shape| paths::look(shape, 80_000).unwrap()).collect();
        gathered(shapes.iter().zip(&keys))
    }

    #[test]
    fn shapes_of_one_look_come_together_where_nothing_lies_between_them() {
        let cases = [
            // Rows that do not meet.
            (
                vec![
                    ground(0.0, 0.0, 9.0, "#aa0000"),
                    rule(20.0),
                    ground(0.0, 40.0, 9.0, "#aa0000"),
                    rule(60.0),
                ],
                "0213",
            ),
            // The second ground covers the rule, and must be drawn after it.
            (
                vec![
                    ground(0.0, 0.0, 9.0, "#aa0000"),
                    rule(20.0),
                    ground(0.0, 15.0, 9.0, "#aa0000"),
                    rule(60.0),
                ],
                "0132",
            ),
            // A look that came twice: the later one is asked first.
            (
                vec![
                    ground(0.0, 0.0, 9.0, "#aa0000"),
                    rule(4.0),
                    ground(3.0, 0.0, 9.0, "#aa0000"),
                    rule(50.0),
                ],
                "0132",
            ),
            (vec![], ""),
        ];
        for (shapes, expected) in cases {
            let order: String = places(&shapes).iter().map(ToString::to_string).collect();
            assert_eq!(order, expected);
        }
    }
}
