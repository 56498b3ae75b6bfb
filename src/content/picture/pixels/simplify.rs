//! A closed line with fewer points (Ramer 1972, Douglas and Peucker 1973).

type Point = (f32, f32);

/// The points that are needed so that none of the others is farther from the line than this.
pub fn closed(points: &[Point], tolerance: f32) -> Vec<Point> {
    let Some(first) = points.first() else { return Vec::new() };
    // Two points of a closed line stay whatever comes: the first, and the one that is farthest from it.
    let far = (0..points.len())
        .max_by(|one, other| distance(points[*one], *first).total_cmp(&distance(points[*other], *first)));
    let far = far.unwrap_or_default();
    let mut line = points.to_vec();
    line.push(*first);
    let mut is_kept = vec![false; line.len()];
    for at in [0, far, line.len() - 1] {
        is_kept[at] = true;
    }
    let mut open = vec![(0, far), (far, line.len() - 1)];
    while let Some((from, to)) = open.pop() {
        let between = (from + 1..to).map(|at| (at, off(line[at], line[from], line[to])));
        let Some((at, off)) = between.max_by(|one, other| one.1.total_cmp(&other.1)) else { continue };
        if off > tolerance {
            is_kept[at] = true;
            open.extend([(from, at), (at, to)]);
        }
    }
    let last = line.len() - 1;
    let kept: Vec<Point> =
        line[..last].iter().zip(is_kept).filter(|(_, kept)| *kept).map(|(point, _)| *point).collect();
    if kept.len() < 3 { Vec::new() } else { kept }
}

fn distance((x, y): Point, (to_x, to_y): Point) -> f32 {
    (x - to_x).hypot(y - to_y)
}

/// How far a point is from the line between two others.
fn off(point: Point, from: Point, to: Point) -> f32 {
    let length = distance(from, to);
    if length == 0.0 {
        return distance(point, from);
    }
    ((to.0 - from.0) * (from.1 - point.1) - (from.0 - point.0) * (to.1 - from.1)).abs() / length
}
