//! SVG → [`Picture`]: plain paths with paints by role, transforms applied.
//!
//! A drawing may hold basic shapes only. What it holds is checked against short lists of elements and attributes
//! before `usvg` reads it, so that scripts, links, style sheets, `use` bombs, entities and deep nesting never get
//! that far. What a brochure's cover may hold beside a drawing is a [`photo`].

mod check;
mod convert;
mod logo;
pub mod photo;
mod pixels;

pub use logo::parse_logo;
pub use pixels::is_png;

use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::document::Picture;
use std::sync::Arc;
use usvg::roxmltree;

/// Lines, curves and moves of one picture, at most.
pub const SEGMENTS: usize = 2_000;
/// Elements inside each other, at most.
pub const DEPTH: usize = 16;
/// XML nodes of one picture, at most.
const NODES: u32 = 10_000;

/// The picture that an SVG text draws. `file` names it in messages.
///
/// Errors: no XML; an element, attribute or value that a picture may not have; no view box from `0 0`; more than
/// [`SEGMENTS`] segments; nothing drawn.
pub fn parse(id: &str, text: &str, file: &str) -> Result<Picture, Faults> {
    parse_with_ids(id, text, file).map(|(picture, _)| picture)
}

/// The picture, and the id that the SVG gives each of its paths; empty where it gives none.
///
/// Errors: as [`parse`].
pub fn parse_with_ids(id: &str, text: &str, file: &str) -> Result<(Picture, Vec<String>), Faults> {
    check::nesting(text, file)?;
    check::lengths(text, file)?;
    let options = roxmltree::ParsingOptions { nodes_limit: NODES, ..Default::default() };
    let document =
        roxmltree::Document::parse_with_options(text, options).map_err(|error| not_svg(&error, file))?;
    check::elements(&document, file)?;
    let tree = usvg::Tree::from_xmltree(&document, &usvg::Options::default())
        .map_err(|error| fault("not-svg", format!("this is not SVG: {error}")).at(Place::file(file)))?;
    let picture =
        convert::picture(id, &tree).map_err(|message| fault("bad-picture", message).at(Place::file(file)))?;
    Ok((picture, convert::ids(&tree)))
}

/// A picture that was found good before: only its size is read now, its paths when they are first asked for.
/// `None` when no size is found, so that it is to be read as a whole.
pub fn tried(id: &str, text: Arc<str>) -> Option<Picture> {
    let (_, rest) = text.split_once("viewBox=\"0 0 ")?;
    let (sides, _) = rest.split_once('"')?;
    let (width, height) = sides.split_once(' ')?;
    let size = (width.parse().ok()?, height.parse().ok()?);
    let name = id.to_owned();
    let paths =
        move || parse(&name, &text, &name).map(|picture| picture.paths().to_vec()).unwrap_or_default();
    Some(Picture::drawn_later(id, size, paths))
}

/// The id of each path of a picture that was found good before, as [`parse_with_ids`] gives them.
pub fn tried_ids(text: &str) -> Vec<String> {
    parse_with_ids("", text, "").map(|(_, ids)| ids).unwrap_or_default()
}

/// The picture that a PNG shows. `file` names it in messages.
///
/// Errors: it cannot be read, is too small to print sharply, or has no plain areas, as a photo has none.
pub fn parse_png(id: &str, bytes: &[u8], file: &str) -> Result<Picture, Faults> {
    pixels::parse(id, bytes, file)
}

/// What a file of pictures is that is none of those that are read, by its first bytes.
pub fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 10] = [
        (b"\xff\xd8\xff", "JPEG"),
        (b"GIF8", "GIF"),
        (b"RIFF", "WebP"),
        (b"%PDF-", "PDF"),
        (b"%!PS", "PostScript file"),
        (b"\xc5\xd0\xd3\xc6", "PostScript file"),
        (b"BM", "BMP"),
        (b"II*\0", "TIFF"),
        (b"MM\0*", "TIFF"),
        (b"\x1f\x8b", "packed file"),
    ];
    KINDS.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| *kind)
}

fn fault(code: &'static str, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(code, message)
}

/// Drawing programs put what they need to go on drawing into entities.
const PLAIN_SVG: &str = "save it without what the program needs to edit it again (\"preserve editing capabilities\"), or \"export\" it as SVG";

fn not_svg(error: &roxmltree::Error, file: &str) -> Faults {
    let at = error.pos();
    let message = match error {
        roxmltree::Error::DtdDetected => "a picture may not have a document type or entities".to_owned(),
        roxmltree::Error::NodesLimitReached => format!("a picture may not have more than {NODES} nodes"),
        error => format!("this is not SVG: {error}"),
    };
    let fault = fault("not-svg", message).at(Place::line(file, at.row, at.col));
    match error {
        roxmltree::Error::DtdDetected => fault.hint(PLAIN_SVG).into(),
        _ => fault.into(),
    }
}
