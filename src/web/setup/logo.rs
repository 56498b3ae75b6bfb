//! A logo that was chosen, into the folder: a drawing or a picture in pixels, under a name with its own ending.

use super::fields::LOOK;
use super::writing::{Base, Plan};
use crate::diagnostic::Faults;
use crate::edit::{self, Change};
use crate::web::uploads::PNG;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Where it stands, and what it holds.
pub fn put(logo: &str, base: &Base, plan: &mut Plan) -> Result<(), Faults> {
    let pixels = logo.strip_prefix(PNG).and_then(|text| STANDARD.decode(text.trim()).ok());
    let (ending, bytes) = match pixels {
        Some(bytes) => ("png", bytes),
        None => ("svg", logo.as_bytes().to_vec()),
    };
    let planned =
        plan.get(LOOK).and_then(Option::as_deref).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let text = planned.map_or_else(|| base.text(LOOK).map(str::to_owned), Ok)?;
    let look = edit::read(LOOK, &text).map_err(|fault| Faults::from(*fault))?;
    let name = look.text(&["logo"]);
    let place = format!("templates/{name}");
    if base.bytes(&place) == Some(&bytes) {
        return Ok(());
    }
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if name.ends_with(&format!(".{ending}")) {
        plan.insert(place, Some(bytes));
        return Ok(());
    }
    // One of another kind stands beside the old one's name; nothing names the old one any longer.
    let name = free(stem, ending, base);
    let text = edit::change(LOOK, &text, &["logo"], &Change::Line(name.clone()))
        .map_err(|fault| Faults::from(*fault))?;
    plan.insert(LOOK.to_owned(), Some(text.into_bytes()));
    plan.insert(format!("templates/{name}"), Some(bytes));
    if base.bytes(&place).is_some() {
        plan.insert(place, None);
    }
    Ok(())
}

/// A name that no other file has.
fn free(stem: &str, ending: &str, base: &Base) -> String {
    let names = std::iter::once(format!("{stem}.{ending}"));
    let mut names = names.chain((2..).map(|number| format!("{stem}-{number}.{ending}")));
    let is_free = |name: &String| base.bytes(&format!("templates/{name}")).is_none();
    names.find(is_free).unwrap_or_default()
}
