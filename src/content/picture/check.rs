//! What a picture may hold.

use super::{DEPTH, SEGMENTS};
use crate::diagnostic::{Diagnostic, Faults, Place, Sink, allowed, shown};
use crate::limits::{self, NAMESPACES};
use usvg::roxmltree::{Attribute, Document, Node};

const SVG: &str = "http://www.w3.org/2000/svg";

/// Faults of one picture that are kept: finding a place takes time in proportion to the text.
const FAULTS: usize = 100;

/// Shapes, groups, and words for those who cannot see.
const ELEMENTS: [&str; 11] =
    ["svg", "g", "path", "line", "polyline", "polygon", "circle", "ellipse", "rect", "title", "desc"];
const ATTRIBUTES: [&str; 29] = [
    "id",
    "viewBox",
    "width",
    "height",
    "version",
    "fill",
    "fill-rule",
    "stroke",
    "stroke-width",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "transform",
    "d",
    "points",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "role",
    "aria-label",
    "aria-hidden",
];

/// Refuses deep nesting before a parser that may recurse sees it: start tags minus end tags, counted.
pub fn nesting(text: &str, file: &str) -> Result<(), Faults> {
    let mut depth = 0usize;
    for (index, _) in text.match_indices('<') {
        let rest = text.get(index + 1..).unwrap_or_default();
        match rest.as_bytes().first() {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'!' | b'?') | None => {}
            Some(_) => {
                let tag = rest.split(['<', '>']).next().unwrap_or_default();
                depth += usize::from(!tag.ends_with('/'));
            }
        }
        if depth > DEPTH {
            let line = text.get(..index).unwrap_or_default().matches('\n').count() + 1;
            let place = Place::line(file, u32::try_from(line).unwrap_or(0), 0);
            let message = format!("elements are nested deeper than {DEPTH}");
            return Err(Diagnostic::error("too-deep", message).at(place).into());
        }
    }
    Ok(())
}

/// Refuses what a parser takes time for in proportion to the square: namespaces, which it holds for each element anew, and
/// attributes of one element. `<` stands in no value, so that what follows one up to the next holds all of a tag.
pub fn lengths(text: &str, file: &str) -> Result<(), Faults> {
    let at = |offset: usize, fault: Diagnostic| {
        let line = text.get(..offset).unwrap_or_default().matches('\n').count() + 1;
        Faults::from(fault.at(Place::line(file, u32::try_from(line).unwrap_or(0), 0)))
    };
    let namespaces = text.matches("xmlns").count();
    if let Some((offset, _)) = text.match_indices("xmlns").nth(NAMESPACES.most) {
        return Err(at(offset, NAMESPACES.fault("the picture", namespaces)));
    }
    let mut offset = 0;
    for part in text.split('<') {
        let attributes = part.bytes().filter(|byte| *byte == b'=').count();
        if attributes > limits::ATTRIBUTES.most {
            return Err(at(offset, limits::ATTRIBUTES.fault("an element", attributes)));
        }
        offset += part.len() + 1;
    }
    Ok(())
}

/// Every element, attribute and value that a picture may not have.
pub fn elements(document: &Document<'_>, file: &str) -> Result<(), Faults> {
    let mut check = Check { document, file, commands: 0, sink: Sink::default() };
    check.view_box(document.root_element());
    for node in document.descendants().filter(Node::is_element) {
        check.element(node);
    }
    check.sink.finish(Some(())).map(|_| ())
}

struct Check<'a> {
    document: &'a Document<'a>,
    file: &'a str,
    /// Commands of all paths so far.
    commands: usize,
    sink: Sink,
}

impl Check<'_> {
    fn element(&mut self, node: Node<'_, '_>) {
        let name = node.tag_name().name();
        if node.tag_name().namespace() != Some(SVG) || !ELEMENTS.contains(&name) {
            let message = format!("a picture may not have the element `{}`", shown(name));
            self.fault(node.range().start, "forbidden-element", message, allowed(name, ELEMENTS.into_iter()));
            return;
        }
        for attribute in node.attributes() {
            self.attribute(&attribute);
        }
    }

    fn attribute(&mut self, attribute: &Attribute<'_, '_>) {
        let (name, value) = (attribute.name(), attribute.value());
        if attribute.namespace().is_some() || !ATTRIBUTES.contains(&name) {
            let message = format!("a picture may not have the attribute `{}`", shown(name));
            let hint = allowed(name, ATTRIBUTES.into_iter());
            self.fault(attribute.range().start, "forbidden-attribute", message, hint);
        } else if matches!(name, "fill" | "stroke") && !is_paint(value) {
            let message = format!("`{}` is no paint", shown(value));
            let hint = "write `none` or a colour as `#000000`".to_owned();
            self.fault(attribute.range().start, "bad-colour", message, hint.into());
        } else if name == "d" {
            self.commands(attribute);
        }
    }

    /// Counts the commands of a path before `svgtypes` takes them apart: it calls itself for each `z` after another.
    fn commands(&mut self, attribute: &Attribute<'_, '_>) {
        let is_command = |byte: &u8| byte.is_ascii_alphabetic() && !byte.eq_ignore_ascii_case(&b'e');
        self.commands += attribute.value().bytes().filter(is_command).count();
        if self.commands > SEGMENTS {
            let message = format!("the picture has more than {SEGMENTS} segments");
            self.fault(
                attribute.range().start,
                "too-many-segments",
                message,
                "draw it with fewer points".into(),
            );
        }
    }

    fn view_box(&mut self, svg: Node<'_, '_>) {
        let Some(attribute) = svg.attribute_node("viewBox") else {
            let message = "a picture needs a `viewBox`";
            return self.fault(
                svg.range().start,
                "no-view-box",
                message.into(),
                "write `viewBox=\"0 0 48 48\"`".into(),
            );
        };
        let numbers: Vec<f32> = attribute
            .value()
            .split([' ', ','])
            .filter(|part| !part.is_empty())
            .filter_map(|part| part.parse().ok())
            .collect();
        let good = matches!(numbers[..], [0.0, 0.0, width, height] if is_side(width) && is_side(height));
        if !good {
            let message = format!("`{}` is no view box from `0 0`", shown(attribute.value()));
            self.fault(attribute.range().start, "bad-view-box", message, "write `0 0 48 48`".into());
        }
    }

    fn fault(&mut self, at: usize, code: &'static str, message: String, hint: crate::diagnostic::Hint) {
        if self.sink.len() >= FAULTS {
            return;
        }
        let at = self.document.text_pos_at(at);
        self.sink
            .push(Diagnostic::error(code, message).at(Place::line(self.file, at.row, at.col)).hint(hint));
    }
}

fn is_side(side: f32) -> bool {
    (1.0..=10_000.0).contains(&side)
}

fn is_paint(value: &str) -> bool {
    let value = value.trim();
    value == "none" || crate::brand::Colour::from_hex(value).is_some()
}
