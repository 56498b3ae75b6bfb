//! A logo's SVG as programs that draw write it: with style sheets, clips round the page, view boxes that begin anywhere,
//! notes of the program's own. What cannot be printed as plain areas is told in the words of these programs.

use super::{NODES, check, convert, fault, not_svg};
use crate::diagnostic::{Diagnostic, Faults, Place, Sink, shown};
use crate::document::Picture;
use std::borrow::Cow;
use std::collections::HashMap;
use usvg::roxmltree::{self, Document, Node};

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
/// What no logo holds, and what to do in the program that it was drawn with.
const REFUSED: [(&str, &str); 8] = [
    ("text", "turn its words into shapes: \"create outlines\", \"object to path\", \"flatten\""),
    ("image", "take a logo that is drawn, not a photograph, or save it as a PNG of plain colours"),
    ("symbol", EXPAND),
    ("filter", "take the version without shadow or glow"),
    ("mask", "expand its masks, or save it as a PNG of plain colours"),
    ("pattern", "take the version in plain colours"),
    ("script", "save it without scripts"),
    ("foreignObject", "save it as plain SVG"),
];

const EXPAND: &str = "expand its symbols: \"expand\", \"unlink clone\", \"flatten\"";

/// What `use` may show once more: a shape holds nothing, so that no file grows without end.
const SHAPES: [&str; 7] = ["path", "rect", "circle", "ellipse", "line", "polyline", "polygon"];

/// The logo that an SVG text draws. `file` names it in messages.
///
/// Errors: no XML; what a print of plain areas cannot show, or what would have to be fetched; too many points.
pub fn parse_logo(id: &str, text: &str, file: &str) -> Result<Picture, Faults> {
    let text = without_doctype(text);
    check::nesting(&text, file)?;
    check::lengths(&text, file)?;
    let options = roxmltree::ParsingOptions { nodes_limit: NODES, ..Default::default() };
    let document = Document::parse_with_options(&text, options).map_err(|error| not_svg(&error, file))?;
    elements(&document, file)?;
    let at = |fault: Diagnostic| Faults::from(fault.at(Place::file(file)));
    let tree = usvg::Tree::from_xmltree(&document, &usvg::Options::default())
        .map_err(|error| at(fault("not-svg", format!("this is not SVG: {error}"))))?;
    is_plain(tree.root()).map_err(|(message, hint)| at(fault("bad-picture", message).hint(hint)))?;
    convert::picture(id, &tree).map_err(|message| at(fault("bad-picture", message).hint(PLAIN)))
}

const PLAIN: &str = "take the version in plain colours, or save it as a PNG of plain colours";

/// Programs write which kind of document it is; what stands in it, entities, is read by none.
fn without_doctype(text: &str) -> Cow<'_, str> {
    let Some(start) = text.find("<!DOCTYPE") else { return Cow::Borrowed(text) };
    let Some(end) = text[start..].find('>').map(|end| start + end) else { return Cow::Borrowed(text) };
    if text[start..end].contains('[') {
        return Cow::Borrowed(text);
    }
    // As many lines as before: messages name them.
    let lines = "\n".repeat(text[start..end].matches('\n').count());
    Cow::Owned(format!("{}{lines}{}", &text[..start], &text[end + 1..]))
}

/// What is refused before anything takes it apart.
fn elements(document: &Document<'_>, file: &str) -> Result<(), Faults> {
    let mut sink = Sink::default();
    let mut commands = 0;
    let root = document.root_element();
    if root.tag_name().name() != "svg" || root.tag_name().namespace() != Some(SVG) {
        let fault = fault("not-svg", "this is not SVG: it begins with another element");
        return Err(fault.at(Place::file(file)).into());
    }
    let named = named(document);
    for node in document.descendants().filter(Node::is_element) {
        let position = document.text_pos_at(node.range().start);
        let at = |fault: Diagnostic| fault.at(Place::line(file, position.row, position.col));
        let name = node.tag_name().name();
        let shown_again = shown_again(&named, &node);
        if let Some((message, hint)) = refused(name, shown_again.is_some()) {
            sink.push_once(at(fault("forbidden-element", message)).hint(hint));
        }
        if node.attributes().any(|attribute| fetches(attribute.value()))
            || name == "style" && node.text().is_some_and(|text| text.contains("@import") || fetches(text))
        {
            sink.push(at(fault("forbidden-attribute", "a logo may ask for no other file")).hint(PLAIN));
        }
        let is_command = |byte: &u8| byte.is_ascii_alphabetic() && !byte.eq_ignore_ascii_case(&b'e');
        let drawn = shown_again.unwrap_or(node).attribute("d");
        // A shape that is shown once more is drawn once more, whatever it is.
        let least = usize::from(shown_again.is_some());
        commands += drawn.map_or(0, |d| d.bytes().filter(is_command).count()).max(least);
        if commands > super::SEGMENTS {
            let message = format!("the logo has more than {} segments", super::SEGMENTS);
            sink.push(
                at(fault("too-many-segments", message)).hint("draw it with fewer points (\"simplify\")"),
            );
            break;
        }
    }
    sink.finish(Some(())).map(|_| ())
}

/// Why a logo may not have an element, and what to do.
fn refused(name: &str, is_shown_again: bool) -> Option<(String, &'static str)> {
    if name == "use" && !is_shown_again {
        return Some(("a logo may not have the element `use` of a group".into(), EXPAND));
    }
    let (_, hint) = REFUSED.iter().find(|(refused, _)| *refused == name)?;
    Some((format!("a logo may not have the element `{name}`"), hint))
}

/// What has an id; the first of those that share one.
fn named<'a>(document: &'a Document<'a>) -> HashMap<&'a str, Node<'a, 'a>> {
    let mut named = HashMap::new();
    for node in document.descendants() {
        if let Some(id) = node.attribute("id") {
            named.entry(id).or_insert(node);
        }
    }
    named
}

/// The shape that a `use` shows: drawing programs write the edge of a clip so.
fn shown_again<'a>(named: &HashMap<&str, Node<'a, 'a>>, node: &Node<'a, 'a>) -> Option<Node<'a, 'a>> {
    if node.tag_name().name() != "use" {
        return None;
    }
    let address = node.attribute((XLINK, "href")).or_else(|| node.attribute("href"))?;
    let id = address.strip_prefix('#')?;
    named.get(id).filter(|shape| SHAPES.contains(&shape.tag_name().name())).copied()
}

/// Whether a value refers to anything but a part of its own file.
fn fetches(value: &str) -> bool {
    let mut parts = value.split("url(").skip(1);
    parts.any(|part| !part.trim_start_matches([' ', '"', '\'']).starts_with('#'))
        || value.trim_start().starts_with("data:")
}

/// Nothing that plain areas cannot show: see-through paint, clips that cut something off.
fn is_plain(group: &usvg::Group) -> Result<(), (String, &'static str)> {
    if group.opacity().get() < 1.0 || group.mask().is_some() || !group.filters().is_empty() {
        return Err(("a part of the logo can be seen through".to_owned(), PLAIN));
    }
    if group.clip_path().is_some_and(|clip| cuts(clip, group)) {
        let hint = "expand the clip (\"flatten\", \"crop\"), or save it as a PNG of plain colours";
        return Err(("a clip cuts off a part of the logo".to_owned(), hint));
    }
    for node in group.children() {
        match node {
            usvg::Node::Group(inner) => is_plain(inner)?,
            usvg::Node::Path(path) => {
                let fill = path.fill().map_or(1.0, |fill| fill.opacity().get());
                let stroke = path.stroke().map_or(1.0, |stroke| stroke.opacity().get());
                if fill.min(stroke) < 1.0 {
                    return Err((format!("`{}` can be seen through", shown(path.id())), PLAIN));
                }
            }
            usvg::Node::Image(_) | usvg::Node::Text(_) => {}
        }
    }
    Ok(())
}

/// A clip that is a rectangle round all that it clips changes nothing: many programs write one round the page.
fn cuts(clip: &usvg::ClipPath, group: &usvg::Group) -> bool {
    let is_rectangle =
        only_path(clip.root()).is_some_and(|path| path.data().len() <= 6 && is_upright(path.data()));
    if !is_rectangle || clip.clip_path().is_some() {
        return true;
    }
    let (outer, inner) = (clip.root().bounding_box(), group.bounding_box());
    let slack = 0.005 * inner.width().max(inner.height());
    outer.left() > inner.left() + slack
        || outer.top() > inner.top() + slack
        || outer.right() + slack < inner.right()
        || outer.bottom() + slack < inner.bottom()
}

/// The one path of a group, which no group between both turns.
fn only_path(group: &usvg::Group) -> Option<&usvg::Path> {
    match group.children() {
        [usvg::Node::Path(path)] => Some(path),
        [usvg::Node::Group(inner)] if inner.clip_path().is_none() && !inner.transform().has_skew() => {
            only_path(inner)
        }
        _ => None,
    }
}

/// Whether all lines of a path go along or down the page.
fn is_upright(path: &usvg::tiny_skia_path::Path) -> bool {
    let points = path.points();
    points.windows(2).all(|pair| (pair[0].x - pair[1].x).abs() < 0.01 || (pair[0].y - pair[1].y).abs() < 0.01)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"";

    fn parsed(body: &str) -> Result<Picture, String> {
        parse_logo("logo", body, "templates/logo.svg").map_err(|faults| faults.to_string())
    }

    #[test]
    fn what_programs_write_round_a_logo_is_no_fault() {
        let canva = format!(
            "<?xml version=\"1.0\"?>{HEAD} width=\"500\" zoomAndPan=\"magnify\" viewBox=\"0 0 375 150\" height=\"200\" \
             preserveAspectRatio=\"xMidYMid meet\"><defs><clipPath id=\"a\"><path d=\"M 0 0 L 375 0 L 375 150 L 0 150 Z\" \
             clip-rule=\"nonzero\"/></clipPath></defs><g clip-path=\"url(#a)\"><path fill=\"#7a5c00\" fill-opacity=\"1\" \
             d=\"M 75 20 L 130 75 L 75 130 Z\"/></g></svg>"
        );
        let illustrator = format!(
            "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"svg11.dtd\">{HEAD} viewBox=\"10 20 200 100\" \
             style=\"enable-background:new 0 0 200 100;\" xml:space=\"preserve\"><style type=\"text/css\">.st0{{fill:#1D3C78;}}\
             </style><path class=\"st0\" d=\"M20,30h100v50H20z\"/></svg>"
        );
        let inkscape = format!(
            "{HEAD} xmlns:i=\"http://www.inkscape.org/namespaces/inkscape\" viewBox=\"0 0 48 48\"><i:namedview/><metadata/>\
             <g i:label=\"1\"><rect style=\"fill:#00695c;fill-opacity:1\" width=\"20\" height=\"20\"/></g></svg>"
        );
        let clipped = format!(
            "{HEAD} xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 60 60\"><g><defs><rect id=\"SVGID_1_\" \
             width=\"60\" height=\"60\"/></defs><clipPath id=\"SVGID_2_\"><use xlink:href=\"#SVGID_1_\" \
             style=\"overflow:visible;\"/></clipPath><g style=\"clip-path:url(#SVGID_2_);\"><path fill=\"#1D3C78\" \
             d=\"M20,30h30v20H20z\"/></g></g></svg>"
        );
        for logo in [canva, illustrator, inkscape, clipped] {
            let picture = parsed(&logo).unwrap_or_else(|faults| panic!("{faults}"));
            assert_eq!(picture.paths().len(), 1, "{logo}");
        }
    }

    #[test]
    fn what_plain_areas_cannot_show_is_told_with_what_to_do() {
        let of =
            |inner: &str| parsed(&format!("{HEAD} viewBox=\"0 0 48 48\">{inner}</svg>")).expect_err(inner);
        for (inner, words) in [
            ("<text>Clinic</text>", "create outlines"),
            ("<image href=\"a.png\"/>", "may not have the element `image`"),
            ("<use href=\"#a\"/>", "expand its symbols"),
            ("<g id=\"a\"><rect width=\"9\" height=\"9\"/></g><use href=\"#a\"/>", "expand its symbols"),
            ("<use id=\"a\" href=\"#a\"/>", "expand its symbols"),
            ("<use href=\"a.svg#a\"/>", "expand its symbols"),
            ("<rect width=\"9\" height=\"9\" opacity=\".5\"/>", "seen through"),
            ("<rect width=\"9\" height=\"9\" fill-opacity=\".5\"/>", "seen through"),
            ("<style>@import 'a.css';</style><rect width=\"9\" height=\"9\"/>", "no other file"),
            ("<rect width=\"9\" height=\"9\" fill=\"url(http://a.example/a)\"/>", "no other file"),
            (
                "<clipPath id=\"a\"><circle r=\"4\"/></clipPath><g clip-path=\"url(#a)\"><rect width=\"9\" height=\"9\"/></g>",
                "cuts off a part",
            ),
            (
                "<linearGradient id=\"a\"><stop/><stop offset=\"1\" stop-color=\"#fff\"/></linearGradient>\
                 <rect width=\"9\" height=\"9\" fill=\"url(#a)\"/>",
                "gradients",
            ),
        ] {
            let told = of(inner);
            assert!(told.contains(words), "{inner}: {told}");
        }
    }
}
