//! Crop and fold marks, outside the bleed, on every plate.

use crate::geometry::{Pt, Size};
use lopdf::{Object, dictionary};
use std::fmt::Write;

/// The colour space of what prints on every plate, as pages name it.
pub(super) const ALL: &str = "All";

/// From the bleed to a mark, and how long a mark is.
const GAP: Pt = Pt(3.0);
const LENGTH: Pt = Pt(14.0);

/// Separation `All` (ISO 32000-1 8.6.6.4): a tint of it is that tint of each ink.
pub(super) fn all_plates() -> Object {
    let black = dictionary! {
        "FunctionType" => 2,
        "Domain" => vec![0.into(), 1.into()],
        "C0" => vec![0.into(), 0.into(), 0.into(), 0.into()],
        "C1" => vec![1.into(), 1.into(), 1.into(), 1.into()],
        "N" => 1,
    };
    let name = |name: &str| Object::Name(name.into());
    Object::Array(vec![name("Separation"), name(ALL), name("DeviceCMYK"), Object::Dictionary(black)])
}

/// Marks of a page. `margin` is what lies between the trim and the edge of the paper.
pub(super) fn marks(trim: Size, bleed: Pt, margin: Pt, folds: &[Pt]) -> String {
    let mut out = format!("/Artifact<</Type/Page>>BDC\nq /{ALL} CS 1 SCN 0.25 w 0 J\n");
    let [left, bottom] = [margin; 2];
    let (right, top) = (margin + trim.width, margin + trim.height);
    let near = bleed + GAP;
    let far = near + LENGTH;
    let mut line = |from: (Pt, Pt), to: (Pt, Pt)| {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{} {} m {} {} l S", from.0.0, from.1.0, to.0.0, to.1.0);
    };
    for (x, out) in [(left, -1.0), (right, 1.0)] {
        for y in [bottom, top] {
            line((x + near * out, y), (x + far * out, y));
        }
    }
    for (y, out) in [(bottom, -1.0), (top, 1.0)] {
        for x in [left, right] {
            line((x, y + near * out), (x, y + far * out));
        }
    }
    let _ = writeln!(out, "[2 1.5] 0 d");
    for (y, side) in [(bottom, -1.0), (top, 1.0)] {
        for fold in folds {
            let x = margin + *fold;
            let (near, far) = (y + near * side, y + far * side);
            let _ = writeln!(out, "{} {} m {} {} l S", x.0, near.0, x.0, far.0);
        }
    }
    out.push_str("Q\nEMC\n");
    out
}
