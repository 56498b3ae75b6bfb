//! The look, as declarations on each element: words, space and colours that every place knows.

use crate::html::theme::{Shades, Theme};
use crate::locale::Direction;

/// What an element is in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    Root,
    /// Level 1 to 6.
    Heading(u8),
    Paragraph,
    List,
    Item,
    Strong,
    Emphasis,
    Plain,
    /// What no line's end parts.
    Whole,
    Link,
    /// On the emergency band.
    LinkOnBand,
    Answer,
    AnswerText,
    Emergency,
    /// Its heading, white on dark.
    Band,
    EmergencyBody,
    SameDay,
    SameDayHeading,
    Call,
    CallHeading,
    Note,
    Lines,
    Label,
    Table,
    HeadCell,
    Cell,
    Small,
}

/// What a property gets.
#[derive(Clone, Copy)]
pub(super) enum Value {
    Is(&'static str),
    /// The typefaces of the language, then the usual ones.
    Families,
    /// A colour of the brand, by the shade of the screen.
    Colour(fn(&Shades) -> &String),
    /// Width and kind of a line, then its colour.
    Line(&'static str, fn(&Shades) -> &String),
}

use Value::{Colour, Families, Is, Line};

const INK: Value = Colour(|shades| &shades.ink);
const BRAND: Value = Colour(|shades| &shades.brand);
const MUTED: Value = Colour(|shades| &shades.muted);
const WARNING: Value = Colour(|shades| &shades.warning);
const PAPER: Value = Colour(|shades| &shades.paper);
const TINT: Value = Colour(|shades| &shades.tint);
const BAND: Value = Colour(|shades| &shades.band);
const ON_BAND: Value = Colour(|shades| &shades.on_band);

type Declarations = Vec<(&'static str, Value)>;

const FAMILY: &str = "Arial,Helvetica,sans-serif";

/// The declarations of an element. Only properties that mail programs know: `tests/syndication.rs` holds them to a table.
pub(super) fn of(element: Of, direction: Direction) -> Declarations {
    let start = if direction.is_right_to_left() { "right" } else { "left" };
    let edge = if direction.is_right_to_left() { "border-right" } else { "border-left" };
    let indent = if direction.is_right_to_left() { "0 24px 0 0" } else { "0 0 0 24px" };
    match element {
        Of::Root => root(start),
        Of::Heading(1) => heading("26px", "0 0 16px", BRAND),
        Of::Heading(2) => heading("20px", "28px 0 8px", BRAND),
        Of::Heading(_) => heading("17px", "16px 0 4px", INK),
        Of::Paragraph => text("0 0 12px", "0", INK),
        Of::List => text("0 0 12px", indent, INK),
        Of::Item => text("0 0 4px", "0", INK),
        Of::Strong => vec![("font-weight", Is("700"))],
        Of::Emphasis => vec![("font-style", Is("italic"))],
        Of::Plain => vec![],
        Of::Whole => vec![("white-space", Is("nowrap"))],
        Of::Link => vec![("color", BRAND), ("text-decoration", Is("underline"))],
        Of::LinkOnBand => vec![("color", ON_BAND), ("text-decoration", Is("underline"))],
        Of::Answer => answer(edge),
        Of::AnswerText => {
            [text("0 0 12px", "0", INK), vec![("font-size", Is("20px")), ("line-height", Is("1.3"))]].concat()
        }
        Of::Emergency => {
            vec![("background-color", PAPER), ("border", Line("3px solid ", |shades| &shades.warning))]
        }
        Of::Band => {
            [heading("18px", "0", ON_BAND), vec![("background-color", BAND), ("padding", Is("10px 16px"))]]
                .concat()
        }
        Of::EmergencyBody => vec![("padding", Is("12px 16px 4px"))],
        Of::SameDay => tier(edge, |shades| &shades.warning),
        Of::Call => tier(edge, |shades| &shades.brand),
        Of::SameDayHeading => heading("17px", "0 0 6px", WARNING),
        Of::CallHeading => heading("17px", "0 0 6px", BRAND),
        Of::Note => vec![("background-color", TINT), ("padding", Is("12px 16px 4px"))],
        Of::Lines => text("0 0 6px", "0", INK),
        Of::Label => vec![("color", MUTED)],
        Of::Table => vec![("border", Line("1px solid ", |shades| &shades.rule)), ("color", INK)],
        Of::HeadCell => [cell(start), vec![("font-weight", Is("700"))]].concat(),
        Of::Cell => cell(start),
        Of::Small => [text("24px 0 0", "0", MUTED), vec![("font-size", Is("14px"))]].concat(),
    }
}

fn root(start: &'static str) -> Declarations {
    vec![
        ("background-color", PAPER),
        ("color", INK),
        ("font-family", Families),
        ("font-size", Is("16px")),
        ("font-weight", Is("400")),
        ("line-height", Is("1.5")),
        ("text-align", Is(start)),
        ("padding", Is("20px")),
    ]
}

fn text(margin: &'static str, padding: &'static str, colour: Value) -> Declarations {
    vec![("margin", Is(margin)), ("padding", Is(padding)), ("color", colour)]
}

fn answer(edge: &'static str) -> Declarations {
    vec![
        ("background-color", TINT),
        ("border", Line("1px solid ", |shades| &shades.brand)),
        (edge, Line("8px solid ", |shades| &shades.brand)),
        ("padding", Is("14px 18px 4px")),
    ]
}

fn heading(size: &'static str, margin: &'static str, colour: Value) -> Declarations {
    let letters = vec![("font-size", Is(size)), ("font-weight", Is("700")), ("line-height", Is("1.3"))];
    [text(margin, "0", colour), letters].concat()
}

fn tier(edge: &'static str, colour: fn(&Shades) -> &String) -> Declarations {
    vec![
        ("background-color", PAPER),
        ("border", Line("1px solid ", |shades| &shades.rule)),
        (edge, Line("6px solid ", colour)),
        ("padding", Is("14px 16px 4px")),
    ]
}

fn cell(start: &'static str) -> Declarations {
    vec![("padding", Is("6px 8px")), ("text-align", Is(start)), ("color", INK)]
}

/// Where the text stands; what a declaration looks like there.
pub(super) trait Written {
    /// `web_fonts`: families of the language.
    fn written(&self, declarations: &[(&'static str, Value)], theme: &Theme, web_fonts: &str) -> String;
}

fn families(web_fonts: &str) -> String {
    if web_fonts.is_empty() { FAMILY.to_owned() } else { format!("{web_fonts},{FAMILY}") }
}

/// In an e-mail: plain values, for a light screen. Programs that make it dark turn all colours together.
pub(super) struct InMail;

impl Written for InMail {
    fn written(&self, declarations: &[(&'static str, Value)], theme: &Theme, web_fonts: &str) -> String {
        let shades = theme.light();
        let one = |(property, value): &(&'static str, Value)| match value {
            Is(value) => format!("{property}:{value}"),
            Families => format!("{property}:{}", families(web_fonts)),
            Colour(colour) => format!("{property}:{}", colour(shades)),
            Line(line, colour) => format!("{property}:{line}{}", colour(shades)),
        };
        declarations.iter().map(one).collect::<Vec<_>>().join(";")
    }
}

/// In a page of somebody else's: every rule of that page is taken back first, and nothing of it is stronger than a declaration
/// on the element itself that is important. Colours follow the colour scheme of the page.
pub(super) struct InPage;

impl Written for InPage {
    fn written(&self, declarations: &[(&'static str, Value)], theme: &Theme, web_fonts: &str) -> String {
        let (light, dark) = (theme.light(), theme.dark());
        let mut css = String::from("all:revert!important");
        let mut put = |property: &str, value: &str| {
            css.extend([";", property, ":", value, "!important"]);
        };
        // Lines are as far apart as the fragment says: whoever needs more space between them must be able to have it
        // (WCAG 2.2, 1.4.12).
        for (property, value) in declarations.iter().filter(|(property, _)| *property != "line-height") {
            match value {
                Is(value) => put(property, value),
                Families => put(property, &families(web_fonts)),
                Colour(colour) => {
                    // First for browsers that do not know the second.
                    put(property, colour(light));
                    put(property, &format!("light-dark({},{})", colour(light), colour(dark)));
                }
                Line(line, colour) => {
                    put(property, &format!("{line}{}", colour(light)));
                    put(
                        &format!("{property}-color"),
                        &format!("light-dark({},{})", colour(light), colour(dark)),
                    );
                }
            }
        }
        css
    }
}
