//! The colours of a brand beside each other: what nobody could read, and a warning that looks like anything else.

use crate::brand::{Colour, Palette};
use crate::content::yaml::{Fields, Reader};
use crate::diagnostic::Diagnostic;
use std::ops::RangeInclusive;

/// Contrast that body text needs, and other text, and small marks (content brief; WCAG 2.2, 1.4.6, 1.4.3, 1.4.11).
const BODY: f64 = 7.0;
const TEXT: f64 = 4.5;
const MARKS: f64 = 3.0;

/// Hues that people read as "all is well" or as mere decoration, in degrees: yellow-green to violet.
const CALM: RangeInclusive<f32> = 70.0..=285.0;
/// Levels between the strongest and the weakest channel under which a colour has no hue that anybody sees.
const GREY: u8 = 48;
/// Levels of a channel by which two colours are apart at least, or they look like one.
const ALIKE: u8 = 40;

pub(super) fn check(palette: &Palette, fields: &Fields<'_>, reader: &mut Reader<'_>) {
    check_contrast(palette, fields, reader);
    check_solid(palette, fields, reader);
    check_warning(palette, fields, reader);
}

/// A warning in green, in grey, or in the colour of the headings is read as one more heading.
fn check_warning(palette: &Palette, fields: &Fields<'_>, reader: &mut Reader<'_>) {
    let Some(node) = fields.get("warning") else { return };
    let warning = palette.warning;
    let channels = |colour: Colour| [colour.red, colour.green, colour.blue];
    let like = |other: Colour| {
        channels(warning).iter().zip(channels(other)).all(|(own, other)| own.abs_diff(other) < ALIKE)
    };
    let message = match warning.hue().filter(|_| warning.chroma() >= GREY) {
        None => "`warning` is nearly grey: the emergency tier looks like any other text".to_owned(),
        Some(hue) if CALM.contains(&hue) => {
            "`warning` is green, blue or violet: people read the emergency tier as “all is well”".to_owned()
        }
        Some(_) if like(palette.brand) => {
            "`warning` looks like `brand`: the emergency tier is one more heading".to_owned()
        }
        Some(_) => return,
    };
    let hint = "take a dark red or a dark orange that nothing else of the brand has";
    let fault = Diagnostic::warning("calm-warning", message).at(reader.place(node.span));
    reader.sink.push(fault.hint(hint));
}

/// Where a brand that is too light for words may stand.
const AS_SOLID: &str = "the colour itself may be `solid`, the ground of covers, posters and pictures";

fn check_contrast(palette: &Palette, fields: &Fields<'_>, reader: &mut Reader<'_>) {
    let grounds = [("paper", palette.paper), ("tint", palette.tint)];
    let roles = [
        ("ink", palette.ink, BODY),
        ("brand", palette.brand, TEXT),
        ("warning", palette.warning, TEXT),
        ("muted", palette.muted, TEXT),
        ("accent", palette.accent, MARKS),
    ];
    for (role, colour, least) in roles {
        for (ground_name, ground) in grounds {
            let contrast = colour.contrast(ground);
            let Some(node) = fields.get(role).filter(|_| contrast < least) else { continue };
            let message = format!(
                "`{role}` on `{ground_name}` has a contrast of {contrast:.1}:1, at least {least}:1 is needed"
            );
            let shade = colour.readable_on(&grounds.map(|(_, ground)| ground), least);
            let hint = shade.map(|shade| format!("the nearest shade that will do is \"{}\"", shade.to_hex()));
            let hint = hint.unwrap_or_else(|| "make the ground lighter".to_owned());
            let hint = if role == "brand" { format!("{hint}; {AS_SOLID}") } else { hint };
            reader.fault(node.span, "low-contrast", message, Some(hint.into()));
        }
    }
}

/// Words stand on it in the colour of `paper`, or else of `ink`.
fn check_solid(palette: &Palette, fields: &Fields<'_>, reader: &mut Reader<'_>) {
    let contrast = palette.solid.contrast(palette.on_solid());
    let Some(node) = fields.get("solid").filter(|_| contrast < TEXT) else { return };
    let message = format!(
        "`ink` on `solid` has a contrast of {contrast:.1}:1, and `paper` has less than {TEXT}:1, which one of them needs"
    );
    let shade = palette.solid.readable_on(&[palette.paper], TEXT);
    let hint = shade.map(|shade| format!("the nearest shade that will do is \"{}\"", shade.to_hex()));
    reader.fault(node.span, "low-contrast", message, hint.map(Into::into));
}
