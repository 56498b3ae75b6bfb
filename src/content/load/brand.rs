//! `templates/brand.yaml`: colours by role, the logo and the fonts.

use super::Loading;
use super::contrast;
use super::cover::{self, COVER};
use super::shelf::{Shelf, file_name};
use crate::brand::{Brand, Cmyk, Colour, Inks, MOST_INK, Palette, RoleInks};
use crate::content::files::{PICTURE, extension};
use crate::content::yaml::{Key, Kind, Node, Reader, Value, optional, required};
use crate::content::{FontFile, FontFiles, picture};
use crate::diagnostic::{Diagnostic, Place, allowed, shown};
use crate::document::Picture;
use crate::limits::SCRIPT_FONTS;
use crate::locale::Language;
use std::collections::BTreeMap;
use std::sync::Arc;

pub const PATH: &str = "templates/brand.yaml";

pub(super) const FILE: &[Key] = &[
    required("colours", Kind::Keys(COLOURS), "colours by role"),
    optional("press", Kind::Keys(INKS), "the colours in print"),
    required("logo", Kind::Line, "an SVG or PNG file in templates/"),
    optional("logo-on-dark", Kind::Line, "the same for dark grounds: covers, posters, pictures"),
    optional("cover", Kind::Keys(COVER), "a photograph on brochures in place of the drawing"),
    optional("photos", Kind::Named(COVER), "photographs for panels of brochures, by a name of one's own"),
    required("fonts", Kind::Keys(FONTS), "files in fonts/"),
];
pub(super) const COLOURS: &[Key] = &[
    required("brand", Kind::Colour, "headings, bars, the line of pictures"),
    required("accent", Kind::Colour, "arrows and small marks"),
    required("warning", Kind::Colour, "the emergency tier and the moment to call"),
    required("ink", Kind::Colour, "body text"),
    required("muted", Kind::Colour, "secondary text"),
    required("rule", Kind::Colour, "thin lines"),
    required("tint", Kind::Colour, "panels"),
    required("paper", Kind::Colour, "the ground"),
    optional("solid", Kind::Colour, "the ground of covers, posters and pictures, where it is not `brand`"),
];
pub(super) const INKS: &[Key] = &[
    optional("brand", Kind::Inks, "inks of `brand`"),
    optional("accent", Kind::Inks, "inks of `accent`"),
    optional("warning", Kind::Inks, "inks of `warning`"),
    optional("ink", Kind::Inks, "inks of `ink`"),
    optional("muted", Kind::Inks, "inks of `muted`"),
    optional("rule", Kind::Inks, "inks of `rule`"),
    optional("tint", Kind::Inks, "inks of `tint`"),
    optional("solid", Kind::Inks, "inks of `solid`"),
];
/// Inks chosen by hand for a colour.
pub(super) const INKS_OF_COLOUR: &[Key] = &[
    required("colour", Kind::Colour, "the colour that the inks were chosen for"),
    required("inks", Kind::Inks, "cyan, magenta, yellow and black in per cent"),
];
pub(super) const FONTS: &[Key] = &[
    required("regular", Kind::Line, "a font file"),
    required("italic", Kind::Line, "a font file"),
    required("semibold", Kind::Line, "a font file"),
    required("bold", Kind::Line, "a font file"),
    required("fallback", Kind::Keys(FALLBACK), "for characters that the other faces lack"),
    optional("scripts", Kind::Lines, "font files for names in other scripts, first choice first"),
];
pub(super) const FALLBACK: &[Key] =
    &[required("regular", Kind::Line, "a font file"), required("bold", Kind::Line, "a font file")];

/// `languages`: those that the clinic lists; fonts of others are not read.
pub fn read(shelf: &Shelf, languages: &[Language], loading: &mut Loading) -> Option<(Brand, Arc<FontFiles>)> {
    let (node, mut reader) = shelf.yaml(PATH, &mut loading.sink)?;
    let reader = &mut reader;
    let fields = reader.fields(&node, "brand.yaml", FILE)?;
    let palette = fields.get("colours").and_then(|node| palette(node, reader));
    let given = fields.get("press").map_or(Some(Vec::new()), |node| inks(node, palette.as_ref(), reader));
    let fonts = fields.get("fonts").and_then(|node| fonts(node, shelf, languages, reader));
    let logo = fields.get("logo").and_then(|node| logo(node, shelf, reader));
    let logo_on_dark = match fields.get("logo-on-dark") {
        Some(node) => Some(self::logo(node, shelf, reader)?),
        None => None,
    };
    let cover = match fields.get("cover") {
        Some(node) => Some(cover::read(node, shelf, languages, reader)?),
        None => None,
    };
    let photos = match fields.get("photos") {
        Some(node) => cover::on_panels(node, shelf, languages, reader)?,
        None => BTreeMap::new(),
    };
    let (palette, given) = (palette?, given?);
    let inks = Inks::new(&palette, given);
    Some((Brand { inks, palette, logo: logo?, logo_on_dark, cover, photos }, Arc::new(fonts?)))
}

fn palette(node: &Node, reader: &mut Reader<'_>) -> Option<Palette> {
    let fields = reader.fields(node, "colours", COLOURS)?;
    let mut colour = |role| fields.get(role).and_then(|node| colour(node, reader));
    let (brand, accent, warning) = (colour("brand"), colour("accent"), colour("warning"));
    let (ink, muted) = (colour("ink"), colour("muted"));
    let (rule, tint, paper) = (colour("rule"), colour("tint"), colour("paper"));
    let solid = if fields.get("solid").is_some() { colour("solid") } else { brand };
    let palette = Palette {
        brand: brand?,
        accent: accent?,
        warning: warning?,
        ink: ink?,
        muted: muted?,
        rule: rule?,
        tint: tint?,
        paper: paper?,
        solid: solid?,
    };
    contrast::check(&palette, &fields, reader);
    Some(palette)
}

fn colour(node: &Node, reader: &mut Reader<'_>) -> Option<Colour> {
    let hex = reader.word(node)?;
    let colour = Colour::from_hex(&hex);
    if colour.is_none() {
        let message = format!("`{}` is no colour", shown(&hex));
        reader.fault(node.span, "bad-colour", message, Some("write it as `\"#0b4f5c\"`, in quotes".into()));
    }
    colour
}

/// The inks that the file gives, by role. Those that go with a colour are left out once the role has another.
fn inks(node: &Node, palette: Option<&Palette>, reader: &mut Reader<'_>) -> Option<Vec<RoleInks>> {
    let fields = reader.fields(node, "press", INKS)?;
    let mut given = Vec::new();
    for key in INKS {
        let Some(node) = fields.get(key.name) else { continue };
        let (shares, goes_with) = match &node.value {
            Value::Map(_) => {
                let Some(of_colour) = reader.fields(node, key.name, INKS_OF_COLOUR) else { continue };
                let (Some(shares), Some(of)) = (of_colour.get("inks"), of_colour.get("colour")) else {
                    continue;
                };
                (shares, Some(colour(of, reader)?))
            }
            _ => (node, None),
        };
        let inks = four_inks(shares, reader);
        let has_colour =
            goes_with.is_none_or(|of| palette.is_some_and(|palette| palette.of(key.name) == Some(of)));
        let inks = inks.filter(|_| has_colour);
        if let (Some(inks), Some(own)) = (inks, palette.and_then(|palette| palette.of(key.name))) {
            check_look(key.name, inks, own, shares, reader);
        }
        given.extend(inks.map(|inks| (key.name, inks)));
    }
    Some(given)
}

/// Levels of a channel by which a colour and its inks may be apart. Presses cannot print each colour, and no formula says how one
/// looks in print: this finds a list that is another role's, or has a digit too few.
const APART: f32 = 130.0;

fn check_look(role: &str, inks: Cmyk, own: Colour, node: &Node, reader: &mut Reader<'_>) {
    let [cyan, magenta, yellow, black] = inks.0.map(|share| 1.0 - share / 100.0);
    let channels = [cyan, magenta, yellow].map(|light| light * black * 255.0);
    let wanted = [own.red, own.green, own.blue].map(f32::from);
    if channels.iter().zip(wanted).all(|(print, own)| (print - own).abs() <= APART) {
        return;
    }
    let message =
        format!("these inks print as quite another colour than `{role}`, which is {}", own.to_hex());
    let place = reader.place(node.span);
    let hint = "cyan, magenta, yellow and black in per cent, in this order; leave the line out, and the press's table finds them";
    reader.sink.push(Diagnostic::warning("far-inks", message).at(place).hint(hint));
}

fn four_inks(node: &Node, reader: &mut Reader<'_>) -> Option<Cmyk> {
    let shares: Vec<u32> =
        reader.items(node).iter().filter_map(|item| reader.number(item, 0..=100)).collect();
    let Ok(shares) = <[u32; 4]>::try_from(shares) else {
        let hint = "write cyan, magenta, yellow and black in per cent: `[92, 40, 42, 42]`";
        let message = "this is no list of four inks";
        reader.fault(node.span, "bad-inks", message, Some(hint.to_owned().into()));
        return None;
    };
    let inks = Cmyk(shares.map(|share| share as f32));
    if inks.total() > MOST_INK {
        let message = format!("the inks add up to {} %, at most {MOST_INK} % dries", inks.total());
        reader.fault(node.span, "too-much-ink", message, None);
    }
    Some(inks)
}

fn logo(node: &Node, shelf: &Shelf, reader: &mut Reader<'_>) -> Option<Arc<Picture>> {
    let name = file_name(node, reader)?;
    let path = format!("templates/{name}");
    if let Some(bytes) = shelf.bytes(&path).filter(|bytes| picture::is_png(bytes)) {
        if bytes.len() as u64 > PICTURE {
            let message = format!("the logo `{}` is bigger than {} KiB", shown(&name), PICTURE >> 10);
            reader.fault(node.span, "file-too-big", message, Some("save it smaller, or as SVG".into()));
            return None;
        }
        let parsed = picture::parse_png("logo", bytes, &path).map(Arc::new);
        return parsed.map_err(|faults| reader.sink.extend(faults)).ok();
    }
    if let Some(kind) = shelf.bytes(&path).and_then(|bytes| picture::other_kind(bytes)) {
        let fault = Diagnostic::error("not-svg", format!("a logo is an SVG or a PNG, and this is a {kind}"));
        let hint = "save it as a PNG of plain colours, or take the SVG file of it";
        reader.sink.push(fault.at(Place::file(path.as_str())).hint(hint));
        return None;
    }
    let text = shelf.text(&path, reader.sink)?;
    if let Some(picture) = picture::tried("logo", text.clone()).filter(|_| shelf.is_built_in(&path)) {
        return Some(Arc::new(picture));
    }
    match picture::parse_logo("logo", &text, &path) {
        Ok(picture) => Some(Arc::new(picture)),
        Err(faults) => {
            reader.sink.extend(faults);
            None
        }
    }
}

fn fonts(node: &Node, shelf: &Shelf, languages: &[Language], reader: &mut Reader<'_>) -> Option<FontFiles> {
    let fields = reader.fields(node, "fonts", FONTS)?;
    let mut face = |key| fields.get(key).and_then(|node| font(node, shelf, reader));
    let (regular, italic, semibold, bold) = (face("regular"), face("italic"), face("semibold"), face("bold"));
    let fallback = fields.get("fallback").and_then(|node| reader.fields(node, "fallback", FALLBACK))?;
    let mut face = |key| fallback.get(key).and_then(|node| font(node, shelf, reader));
    let (fallback_regular, fallback_bold) = (face("regular"), face("bold"));
    let named = [regular?, italic?, semibold?, bold?, fallback_regular?, fallback_bold?];
    let scripts = match fields.get("scripts") {
        Some(node) => script_fonts(node, &named, shelf, reader)?,
        None => Vec::new(),
    };
    let found = unnamed(shelf, languages, named.iter().chain(&scripts));
    let count = scripts.len() + found.len();
    if count > SCRIPT_FONTS.most {
        let fault = SCRIPT_FONTS.fault("the folder", count);
        reader.sink.push(fault.at(Place::file("fonts")));
        return None;
    }
    let [regular, italic, semibold, bold, fallback_regular, fallback_bold] = named;
    Some(FontFiles { regular, italic, semibold, bold, fallback_regular, fallback_bold, scripts, found })
}

/// Each font once: one that stands above or twice would be held twice in memory, and serves no more for it.
fn script_fonts(
    node: &Node,
    named: &[FontFile],
    shelf: &Shelf,
    reader: &mut Reader<'_>,
) -> Option<Vec<FontFile>> {
    let (mut fonts, mut are_found) = (Vec::<FontFile>::new(), true);
    for item in reader.items_within(node, "the list", SCRIPT_FONTS) {
        let Some(found) = font(item, shelf, reader) else {
            are_found = false;
            continue;
        };
        let is_same = |other: &FontFile| other.path == found.path && other.index == found.index;
        if !named.iter().chain(&fonts).any(is_same) {
            fonts.push(found);
        }
    }
    are_found.then_some(fonts)
}

/// Fonts of the folder that have no other use: whoever puts one there wants its letters. Those in `fonts/<language>` are that
/// language's, and cost nothing where a clinic does not speak it.
fn unnamed<'a>(
    shelf: &Shelf,
    languages: &[Language],
    named: impl Iterator<Item = &'a FontFile>,
) -> Vec<FontFile> {
    let named: Vec<&str> = named.map(|font| &*font.path).collect();
    let folders = languages.iter().map(|language| format!("fonts/{language}"));
    let folders: Vec<String> = std::iter::once("fonts".to_owned()).chain(folders).collect();
    let paths = folders.iter().flat_map(|folder| shelf.inside(folder));
    let paths = paths.filter(|path| is_font(path) && !named.contains(path));
    let file = |path: &str| {
        let (data, is_tried) = (shelf.bytes(path)?.clone(), shelf.is_built_in(path));
        Some(FontFile { path: path.into(), data, index: 0, is_tried })
    };
    paths.filter_map(file).collect()
}

fn is_font(path: &str) -> bool {
    matches!(extension(path), "ttf" | "otf" | "ttc" | "otc")
}

/// A file in `fonts/`; of a collection the first of its fonts, or the one whose number stands behind a `#`.
fn font(node: &Node, shelf: &Shelf, reader: &mut Reader<'_>) -> Option<FontFile> {
    let given = file_name(node, reader)?;
    let number = given.rsplit_once('#').and_then(|(name, number)| Some((name, number.parse::<u32>().ok()?)));
    let (name, number) = number.unwrap_or((&given, 1));
    let path = format!("fonts/{name}");
    let Some(data) = shelf.bytes(&path) else {
        let known: Vec<&str> = shelf.inside("fonts").filter_map(|path| path.strip_prefix("fonts/")).collect();
        let hint = allowed(name, known.into_iter().filter(|name| is_font(name)));
        reader.fault(node.span, "missing-file", format!("there is no font `{}`", shown(name)), Some(hint));
        return None;
    };
    let is_font = [&[0, 1, 0, 0][..], b"true", b"OTTO", b"ttcf"].iter().any(|mark| data.starts_with(mark));
    if !is_font {
        let message = format!("`{path}` is no TrueType or OpenType font");
        reader.fault(node.span, "bad-font", message, None);
        return None;
    }
    let is_tried = shelf.is_built_in(&path);
    Some(FontFile { path: path.into(), data: data.clone(), index: number.saturating_sub(1), is_tried })
}
