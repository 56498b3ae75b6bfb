//! The photographs that `templates/brand.yaml` names for brochures: one on the cover, others on panels.

use super::shelf::{Shelf, file_name};
use crate::brand::ClinicPhoto;
use crate::content::picture::photo;
use crate::content::yaml::{Key, Kind, Node, Reader, required};
use crate::diagnostic::{Diagnostic, Place, allowed, shown};
use crate::locale::Language;
use std::collections::BTreeMap;
use std::sync::Arc;

pub(super) const COVER: &[Key] = &[
    required("picture", Kind::Line, "a JPEG or PNG file in templates/"),
    required("alt", Kind::Reasons, "by language: what it shows, for who cannot see it"),
];
/// What a photograph's file may end in.
const ENDINGS: [&str; 3] = [".jpg", ".jpeg", ".png"];

/// The one on the cover.
pub(super) fn read(
    node: &Node,
    shelf: &Shelf,
    languages: &[Language],
    reader: &mut Reader<'_>,
) -> Option<ClinicPhoto> {
    of_place(node, "the cover", (shelf, languages), reader)
}

/// Those for panels, by the names that a template of brochures calls them.
pub(super) fn on_panels(
    node: &Node,
    shelf: &Shelf,
    languages: &[Language],
    reader: &mut Reader<'_>,
) -> Option<BTreeMap<String, ClinicPhoto>> {
    let mut photos = BTreeMap::new();
    let mut whole = true;
    for entry in reader.entries(node, "`photos`")? {
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if entry.key.is_empty() || !entry.key.chars().all(is_name) {
            let message = format!("`{}` is no name of a photograph", shown(&entry.key));
            let hint = "small letters a to z, digits and hyphens, e.g. `front-desk`";
            reader.fault(entry.key_span, "bad-id", message, Some(hint.to_owned().into()));
            whole = false;
            continue;
        }
        let what = format!("`photos.{}`", entry.key);
        match of_place(&entry.node, &what, (shelf, languages), reader) {
            Some(photo) => {
                photos.insert(entry.key.clone(), photo);
            }
            None => whole = false,
        }
    }
    whole.then_some(photos)
}

fn of_place(
    node: &Node,
    what: &str,
    (shelf, languages): (&Shelf, &[Language]),
    reader: &mut Reader<'_>,
) -> Option<ClinicPhoto> {
    let fields = reader.fields(node, what.trim_matches('`'), COVER)?;
    let photo = fields.get("picture").and_then(|node| picture(node, what, shelf, reader));
    let alt = fields.get("alt").and_then(|node| alternatives(node, what, languages, reader));
    Some(ClinicPhoto { photo: Arc::new(photo?), alt: alt? })
}

fn picture(
    node: &Node,
    what: &str,
    shelf: &Shelf,
    reader: &mut Reader<'_>,
) -> Option<crate::document::Photo> {
    let name = file_name(node, reader)?;
    let path = format!("templates/{name}");
    let Some(bytes) = shelf.bytes(&path) else {
        let known = shelf.inside("templates").filter_map(|path| path.strip_prefix("templates/"));
        let known: Vec<&str> = known.filter(|name| is_photo(name)).collect();
        let hint = match known.is_empty() {
            true => "put the photograph into `templates/`, as JPEG or PNG".into(),
            false => allowed(&name, known.into_iter()),
        };
        let message = format!("there is no picture `{path}` for {what}", path = shown(&path));
        reader.fault(node.span, "missing-file", message, Some(hint));
        return None;
    };
    photo::parse(bytes, &path).map_err(|faults| reader.sink.extend(faults)).ok()
}

/// Whoever cannot see a photograph is told what is on it, in every language of the clinic.
fn alternatives(
    node: &Node,
    what: &str,
    languages: &[Language],
    reader: &mut Reader<'_>,
) -> Option<BTreeMap<Language, String>> {
    let mut found = BTreeMap::new();
    for entry in reader.entries(node, "`alt`")? {
        let Some(language) = languages.iter().find(|language| language.tag() == entry.key) else {
            let message = format!("`{}` is no language of the clinic", shown(&entry.key));
            let hint = allowed(&entry.key, languages.iter().map(Language::tag));
            reader.fault(entry.key_span, "unknown-language", message, Some(hint));
            continue;
        };
        found.insert(language.clone(), reader.line(&entry.node)?);
    }
    for language in languages.iter().filter(|language| !found.contains_key(*language)) {
        let message = format!("the `alt` of {what} has no `{language}`");
        let hint = "say what the photograph shows, for who cannot see it";
        reader.fault(node.span, "missing-key", message, Some(hint.to_owned().into()));
    }
    languages.iter().all(|language| found.contains_key(language)).then_some(found)
}

/// Whether a file's name says that it is a photograph.
pub(super) fn is_photo(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    ENDINGS.iter().any(|ending| lower.ends_with(ending))
}

/// A photograph among the drawings is a cover that nobody would print.
pub(super) fn among_drawings(path: &str) -> Option<Diagnostic> {
    let name = path.rsplit('/').next().filter(|name| is_photo(name))?;
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if stem != "cover" {
        return None;
    }
    let message = "a photograph stands among the drawings, where no brochure takes its cover from";
    let hint = format!(
        "move it to `templates/{name}`, and name it in templates/brand.yaml: `cover: {{picture: {name}, alt: {{…}}}}`"
    );
    Some(Diagnostic::error("misplaced-cover", message).at(Place::file(path)).hint(hint))
}
