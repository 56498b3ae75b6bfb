//! The ink saver as a fax makes it: 200 dots an inch, black or white. Figures, frames and rules are still there, and no more
//! ink is used than the manual says.

use crate::tools::{File, run};
use aftercare::geometry::{Point, Rect};
use aftercare::layout::{Layout, Shape};
use aftercare::{Engine, request_from_yaml};

const DOTS: f32 = 200.0 / 72.0;

/// The most ink on a side, per cent of the paper: see the README.
const MOST_INK: f64 = 9.0;

/// Two option sets with many figures and with every frame.
const SHEETS: [&str; 2] = [
    "session: {at: 2026-11-24T15:30, regions: [forearm]}\n\
     plan: {stretches: [palm-down-stretch, palm-up-stretch, prayer-stretch, doorway-chest-stretch]}\n\
     print: {edition: ink-saver}\n",
    "session: {at: 2026-11-24T15:30, regions: [neck, calf]}\nprecautions: [blood-thinners, pregnancy]\n\
     plan: {next_visit: 2026-12-01T10:00, note: Walk a little.}\nprint: {edition: ink-saver, paper: a4}\n",
];

/// A page of dots.
struct Page {
    width: usize,
    height: usize,
    bits: Vec<u8>,
}

impl Page {
    /// A portable bitmap: `P4`, its two sides, then rows of bits.
    fn read(bytes: &[u8]) -> Page {
        let head = bytes.iter().enumerate().filter(|(_, byte)| byte.is_ascii_whitespace());
        let end = head.map(|(index, _)| index).nth(2).expect("a bitmap's head") + 1;
        let words: Vec<&str> =
            std::str::from_utf8(&bytes[..end]).expect("a head in ASCII").split_whitespace().collect();
        let side = |word: &str| word.parse::<usize>().expect("a side");
        assert_eq!(words[0], "P4");
        Page { width: side(words[1]), height: side(words[2]), bits: bytes[end..].to_vec() }
    }

    fn is_black(&self, x: usize, y: usize) -> bool {
        let row = self.width.div_ceil(8);
        x < self.width && y < self.height && self.bits[y * row + x / 8] >> (7 - x % 8) & 1 == 1
    }

    /// Whether a dot near a place is black.
    fn has_ink_at(&self, place: Point) -> bool {
        let (x, y) = ((place.x.0 * DOTS) as usize, (place.y.0 * DOTS) as usize);
        let near = |at: usize| at.saturating_sub(2)..=at + 2;
        near(y).any(|y| near(x).any(|x| self.is_black(x, y)))
    }

    /// Per cent of a box.
    fn ink_in(&self, rect: Rect) -> f64 {
        let dots = |from: f32, length: f32| (from * DOTS) as usize..((from + length) * DOTS) as usize;
        let (columns, rows) = (dots(rect.x.0, rect.width.0), dots(rect.y.0, rect.height.0));
        let black: usize =
            rows.clone().map(|y| columns.clone().filter(|x| self.is_black(*x, y)).count()).sum();
        black as f64 * 100.0 / (columns.len() * rows.len()).max(1) as f64
    }
}

/// Points along a line, one each 3 pt.
fn along(from: Point, to: Point) -> Vec<Point> {
    let (x, y) = (to.x - from.x, to.y - from.y);
    let steps = ((x.0.abs() + y.0.abs()) / 3.0).ceil().max(1.0);
    (0..=steps as usize)
        .map(|step| step as f32 / steps)
        .map(|at| Point::new(from.x + x * at, from.y + y * at))
        .collect()
}

/// What has to show on a page: lines of frames and rules.
fn lines(layout: &Layout, page: usize) -> Vec<(Point, Point)> {
    let mut lines = Vec::new();
    for fragment in &layout.pages[page].fragments {
        match &fragment.shape {
            // Bars stand before the lines of the days.
            Shape::Rule { from, to, pen } if pen.dash.is_none() && from.y == to.y => lines.push((*from, *to)),
            Shape::Rectangle { rect, radius, stroke: Some(_), .. } => {
                let (left, right) = (rect.x, rect.x + rect.width);
                let (top, bottom) = (rect.y, rect.y + rect.height);
                let inset = *radius;
                lines.push((Point::new(left + inset, top), Point::new(right - inset, top)));
                lines.push((Point::new(left, top + inset), Point::new(left, bottom - inset)));
                lines.push((Point::new(left + inset, bottom), Point::new(right - inset, bottom)));
            }
            _ => {}
        }
    }
    lines
}

#[test]
fn figures_and_frames_survive_a_fax_and_ink_is_saved() {
    let engine = Engine::built_in().expect("the built-in folder loads").value;
    let now = "2026-11-24T20:30:00Z".parse().expect("a time");
    for yaml in SHEETS {
        let request =
            engine.request(&request_from_yaml("r.yaml", yaml, engine.keys()), now).expect("a request").value;
        let document = engine.document(&request).expect("a document").value;
        let layout = engine.layout(&document, &request).expect("a layout").value;
        let file = File::new(&engine.pdf(&layout, &document).expect("a file"));
        let mut figures = 0;
        for index in 0..layout.pages.len() {
            let number = (index + 1).to_string();
            let Some(made) = run("pdftoppm", &["-mono", "-r", "200", "-f", &number, "-l", &number], &file)
            else {
                return;
            };
            let page = Page::read(&made.stdout);
            for (from, to) in lines(&layout, index) {
                let lost = along(from, to).into_iter().find(|place| !page.has_ink_at(*place));
                assert_eq!(lost, None, "page {number}: a line from {from:?} to {to:?} is broken");
            }
            for fragment in &layout.pages[index].fragments {
                let Shape::Picture { picture, rect, .. } = &fragment.shape else { continue };
                let ink = page.ink_in(*rect);
                assert!(ink >= 8.0, "page {number}: {} keeps {ink:.1} % of ink", picture.id);
                figures += 1;
            }
            let size = layout.pages[index].size;
            let ink = page.ink_in(Rect {
                x: Default::default(),
                y: Default::default(),
                width: size.width,
                height: size.height,
            });
            assert!(ink <= MOST_INK, "page {number}: {ink:.1} % of ink");
        }
        assert!(figures >= 4, "{figures} figures");
    }
}
