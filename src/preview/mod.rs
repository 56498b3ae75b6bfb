//! A layout as pictures for a screen: each page one SVG of the very fragments that `pdf` draws, so that what a
//! clinician sees is what prints. Text is set in the same font files, every word at its place.
//!
//! A page that shows these pictures gives each face's file as the font family `sheet-0`, `sheet-1`, …, in the
//! order of [`FontSet::faces`].

mod shapes;
mod words;

pub use crate::document::svg::path_data;
pub use shapes::{icon, push_shape};

use crate::layout::{Layout, Page, Shape};
use crate::text::FontSet;
use std::fmt::Write;

/// One SVG a page. The pictures hold presentation attributes only: no style, script, link or id.
pub fn pages(layout: &Layout, fonts: &FontSet) -> Vec<String> {
    layout.pages.iter().map(|page| picture(page, fonts)).collect()
}

/// A text as SVG's character data and attributes hold it.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    words::push_escaped(&mut out, text);
    out
}

fn picture(page: &Page, fonts: &FontSet) -> String {
    let mut svg = String::with_capacity(32 * 1024);
    let (width, height) = (page.size.width.0, page.size.height.0);
    // Writing to a String cannot fail.
    let _ = write!(svg, "<svg class=\"paper\" viewBox=\"0 0 {width} {height}\" aria-hidden=\"true\">");
    for fragment in &page.fragments {
        match &fragment.shape {
            Shape::Line { line, origin, .. } => words::push_line(&mut svg, line, *origin, fonts),
            shape => shapes::push_shape(&mut svg, shape),
        }
    }
    svg.push_str("</svg>");
    svg
}
