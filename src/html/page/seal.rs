//! The program's own style of every page: the warnings, and whatever holds them. It stands first in the page, in a layer
//! without a name, and each declaration is important: in the order of CSS (Cascading and Inheritance 5, 6.1) nothing of the
//! page's author is stronger, whatever its place, its selector or its own importance.

use super::sheet::{Sheets, Typefaces, faces};
use crate::html::theme::{Shades, Theme};
use crate::locale::Direction;
use crate::options::Edition;
use std::sync::OnceLock;

const FRAME: &str = include_str!("frame.css");
const WARNINGS: &str = include_str!("warnings.css");

/// The typeface that the program brings: its letters are what they seem.
const TYPEFACE: &str = include_str!("../../../templates/html/typeface.css");
const OWN_FACES: usize = 2;
const OWN_FAMILIES: &str = "'Atkinson Hyperlegible Next','Atkinson Hyperlegible',";
/// A typeface of a clinic's could have letters without ink: the warnings then take the reader's own.
const READERS_FAMILIES: &str = "system-ui,sans-serif";

const FAMILIES: &str = "$families";
const LAYER: &str = "@layer{";

/// How pages of one clinic look, for all editions.
pub(in crate::html) struct Look {
    theme: Theme,
    /// Pages of a site grow on big screens.
    site: bool,
    /// What the style sheet beside the pages brings.
    beside: Typefaces,
    /// By edition and direction, but for the typefaces.
    styles: [[OnceLock<String>; 2]; 3],
    pub(super) sheets: Sheets,
}

impl Look {
    /// Of pages that hold their style themselves.
    pub(in crate::html) fn of_copies(theme: Theme) -> Look {
        Look {
            theme,
            site: false,
            beside: Typefaces::default(),
            styles: Default::default(),
            sheets: Sheets::default(),
        }
    }

    /// Of pages with a style sheet beside them, in which `own` stands for the program's typeface.
    pub(in crate::html) fn of_site(theme: Theme, style: &str, own: &str) -> Look {
        let beside = Typefaces::of(style, faces(style), own);
        Look { site: true, beside, ..Look::of_copies(theme) }
    }

    /// `web_fonts`: of the language, which the reader's machine may have. A machine left to choose can take one without
    /// all letters of a script: lines of the warnings then take their room and have no ink.
    pub(super) fn style(
        &self,
        edition: Edition,
        typefaces: Typefaces,
        (direction, web_fonts): (Direction, &str),
    ) -> String {
        let index = Edition::ALL.iter().position(|one| *one == edition).unwrap_or_default().min(2);
        let typefaces = typefaces.and(self.beside);
        let own = typefaces.own && typefaces.number == OWN_FACES;
        let turned = usize::from(direction.is_right_to_left());
        let style = self.styles[index][turned].get_or_init(|| self.made(edition, direction));
        let own = if own { OWN_FAMILIES } else { "" };
        if web_fonts.is_empty() {
            return style.replace(FAMILIES, &format!("{own}{READERS_FAMILIES}"));
        }
        // The rest of the page takes them by name.
        let named = format!("{LAYER}:root{{--web-fonts:{web_fonts}!important}}");
        let style = style.replacen(LAYER, &named, 1);
        style.replace(FAMILIES, &format!("{own}{web_fonts},{READERS_FAMILIES}"))
    }

    fn made(&self, edition: Edition, direction: Direction) -> String {
        // On paper the lines of the warnings are as far apart as those of the page: they stay on its first side.
        let (size, print, leading, width) = match edition {
            Edition::LargePrint => ("1.5em", "18pt", "1.33", "1152px"),
            _ => ("1.125em", "12pt", "1.25", "864px"),
        };
        let (light, dark) = match edition {
            Edition::InkSaver => (INK_SAVER, INK_SAVER_DARK),
            Edition::LargePrint => (LARGE_PRINT, ""),
            Edition::Standard if self.site => (BIG_SCREENS, ""),
            Edition::Standard => ("", ""),
        };
        // The element's name in a style is long, and stands there a hundred times.
        let isolates = if direction.is_right_to_left() { ISOLATES } else { "" };
        let mut css =
            without_comments(&format!("{FRAME}{WARNINGS}{isolates}")).replace("[data-warnings]", "#safety");
        let mut put = |name: &str, value: &str| css = css.replace(&format!("${name}"), value);
        // The longer names first: `$edition` is no part of another.
        put("dark-edition", dark);
        put("edition", light);
        put("print-size", print);
        put("print-leading", leading);
        put("size", size);
        put("width", width);
        put("direction", direction.name());
        put("start", if direction.is_right_to_left() { "right" } else { "left" });
        put("indent", if direction.is_right_to_left() { "0 1.25em 0 0" } else { "0 0 0 1.25em" });
        for (name, value) in
            shades("dark-", self.theme.dark()).into_iter().chain(shades("", self.theme.light()))
        {
            put(&name, &value);
        }
        format!("{LAYER}{}}}", squeezed(&css.replace(';', "!important;")))
    }
}

/// The typeface that pages have unless a clinic brings another.
pub(in crate::html) fn own_typeface() -> &'static str {
    TYPEFACE
}

/// On a page from right to left, what keeps a direction of its own.
const ISOLATES: &str = "[data-warnings] bdi { unicode-bidi: plaintext; }
    [data-warnings] bdi[dir=ltr] { direction: ltr; unicode-bidi: isolate; }";
const LARGE_PRINT: &str = "@media (max-width: 30em) { [data-warnings] > div { font-size: 1.3125em; } }";
const INK_SAVER: &str =
    "[data-warnings] .emergency h3 { background: none; color: $warning; border-bottom: 3px solid $band; }
    [data-warnings] .precautions li { background: none; border: 1px solid $rule; }";
const INK_SAVER_DARK: &str = "[data-warnings] .emergency h3 { background: none; color: $dark-warning; }
    [data-warnings] .precautions li { background: none; border-color: $dark-rule; }";
const BIG_SCREENS: &str = "@media (min-width: 120em) { body[data-frame] { max-width: 1056px; } [data-warnings] > div { font-size: 1.375em; } }
    @media (min-width: 170em) { body[data-frame] { max-width: 1344px; } [data-warnings] > div { font-size: 1.75em; } }
    @media (min-width: 230em) { body[data-frame] { max-width: 1728px; } [data-warnings] > div { font-size: 2.25em; } }";

/// Names of colours as the style sheets write them. A name that begins another stands after it.
fn shades(before: &str, shades: &Shades) -> Vec<(String, String)> {
    let names = [
        ("on-band", &shades.on_band),
        ("band", &shades.band),
        ("brand", &shades.brand),
        ("accent", &shades.accent),
        ("warning", &shades.warning),
        ("ink", &shades.ink),
        ("rule", &shades.rule),
        ("tint", &shades.tint),
        ("paper", &shades.paper),
        ("desk", &shades.desk),
    ];
    names.into_iter().map(|(name, shade)| (format!("{before}{name}"), shade.clone())).collect()
}

fn without_comments(css: &str) -> String {
    let mut rest = css;
    let mut kept = String::with_capacity(css.len());
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept
}

/// One space for several; none beside braces and after colons and semicolons of declarations.
fn squeezed(css: &str) -> String {
    let words = css.split_whitespace().collect::<Vec<_>>().join(" ");
    [
        (" {", "{"),
        ("{ ", "{"),
        ("; ", ";"),
        (" }", "}"),
        ("} ", "}"),
        (": ", ":"),
        (", ", ","),
        (";}", "}"),
        (" > ", ">"),
    ]
    .into_iter()
    .fold(words, |css, (from, to)| css.replace(from, to))
}
