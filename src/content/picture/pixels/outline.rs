//! The edges of an area of pixels, as closed loops of corners.

/// Corners, in pixels.
pub type Loop = Vec<(f32, f32)>;

/// East, south, west, north: the area lies to the right of each step.
const STEPS: [(isize, isize); 4] = [(1, 0), (0, 1), (-1, 0), (0, -1)];
/// Specks of fewer square pixels are none.
const SPECK: f32 = 3.0;

/// The loops around an area and around its holes.
pub fn loops(is_in: &[bool], width: usize, height: usize) -> Vec<Loop> {
    let mut edges = edges(is_in, width, height);
    let mut found = Vec::new();
    for start in 0..edges.len() {
        while edges[start] != 0 {
            let around = walk(&mut edges, start, width + 1);
            if area(&around).abs() >= SPECK {
                found.push(around);
            }
        }
    }
    found
}

/// Of each corner of the grid, a bit for each step that an edge takes from it.
fn edges(is_in: &[bool], width: usize, height: usize) -> Vec<u8> {
    let own = |x: isize, y: isize| {
        let inside = x >= 0 && y >= 0 && x < width as isize && y < height as isize;
        inside && is_in[y as usize * width + x as usize]
    };
    let mut edges = vec![0u8; (width + 1) * (height + 1)];
    for y in 0..height {
        for x in (0..width).filter(|x| is_in[y * width + x]) {
            let corner = |right: usize, down: usize| (y + down) * (width + 1) + x + right;
            let (column, row) = (x as isize, y as isize);
            // Where the neighbour on a side is none of the area: from which corner the edge starts.
            let sides = [
                ((0, -1), corner(0, 0)),
                ((1, 0), corner(1, 0)),
                ((0, 1), corner(1, 1)),
                ((-1, 0), corner(0, 1)),
            ];
            for (step, ((right, down), from)) in sides.into_iter().enumerate() {
                if !own(column + right, row + down) {
                    edges[from] |= 1 << step;
                }
            }
        }
    }
    edges
}

/// One loop, taken out of the edges. Where two areas touch at a corner they stay two.
fn walk(edges: &mut [u8], start: usize, stride: usize) -> Loop {
    let mut around = Loop::new();
    let (mut at, mut before) = (start, None);
    loop {
        let order = match before {
            // To the right, straight on, to the left.
            Some(step) => [(step + 1) % 4, step, (step + 3) % 4],
            None => [0, 1, 2],
        };
        let next = order.into_iter().chain([3]).find(|step| edges[at] & (1 << step) != 0);
        let Some(step) = next else { break };
        if before != Some(step) {
            around.push(((at % stride) as f32, (at / stride) as f32));
        }
        edges[at] &= !(1 << step);
        let (right, down) = STEPS[step];
        at = at.wrapping_add_signed(right + down * stride as isize);
        before = Some(step);
        if at == start {
            break;
        }
    }
    around
}

/// Signed, by the corners.
fn area(around: &Loop) -> f32 {
    let next = around.iter().cycle().skip(1);
    around.iter().zip(next).map(|((x, y), (to_x, to_y))| x * to_y - to_x * y).sum::<f32>() / 2.0
}
