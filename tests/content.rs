//! The clinic folder: the built-in one, and what is refused.

use aftercare::content::files::{Embedded, Files, Memory};
use aftercare::content::yaml::{Key, Kind};
use aftercare::content::{FILES, Shape, load, schema};
use aftercare::diagnostic::Faults;

#[test]
fn the_built_in_folder_has_no_faults() {
    let library = load(&Embedded).unwrap_or_else(|faults| panic!("{faults}"));
    assert!(library.warnings.is_empty(), "{:?}", library.warnings);
    let therapists = &library.value.first.clinic.therapists;
    let names: Vec<&str> = therapists.iter().map(|therapist| therapist.name.as_str()).collect();
    assert_eq!(names, ["Rachel", "Valerie", "Suzie"]);
    assert!(therapists.iter().all(|therapist| therapist.signed == format!("{}, PT", therapist.name)));
    assert_eq!(library.value.first.version.len(), 6);
}

#[test]
fn a_contradiction_about_a_section_that_there_is_not_is_told() {
    let mut folder = Memory::copy(&Embedded).expect("the built-in folder");
    let path = "content/treatments/dry-needling/treatment.yaml";
    let text = String::from_utf8(folder.0[path].to_vec()).expect("text");
    let slip = text.replace("exclude, value: stretching}", "exclude, value: strechting}");
    assert_ne!(slip, text);
    folder.0.insert(path.into(), slip.into_bytes().into());
    let warnings = load(&folder).unwrap_or_else(|faults| panic!("{faults}")).warnings;
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    let told = Faults(warnings).to_string();
    assert!(
        told.contains("unknown section `strechting`: this contradiction holds nothing in its place; did you mean `stretching`?"),
        "{told}"
    );
}

#[test]
fn a_changed_byte_changes_the_version() {
    let mut folder = Memory::copy(&Embedded).expect("the built-in folder");
    let before = load(&folder).expect("a library").value.first.version;
    assert_eq!(before, load(&Embedded).expect("a library").value.first.version);
    let words = folder.read("content/treatments/dry-needling/en/rest.md").expect("a section").into_owned();
    folder.0.insert(
        "content/treatments/dry-needling/en/rest.md".into(),
        [words.as_slice(), b"\n"].concat().into(),
    );
    assert_ne!(before, load(&folder).expect("a library").value.first.version);
}

#[test]
fn what_the_built_in_folder_reads_late_is_what_it_would_read_at_once() {
    let late = load(&Embedded).expect("a library").value.first;
    let at_once =
        load(&Memory::copy(&Embedded).expect("the built-in folder")).expect("a library").value.first;
    assert_eq!(late.pictures, at_once.pictures);
    assert!(late.pictures.values().all(|picture| !picture.paths().is_empty()));
    assert_eq!(late.brand.logo, at_once.brand.logo);
    for (late, at_once) in late.body_maps.iter().zip(at_once.body_maps.iter()) {
        assert_eq!((&late.picture, &late.regions), (&at_once.picture, &at_once.regions));
        assert!(late.regions.iter().any(Option::is_some));
    }
    let words = |library: &aftercare::Library| {
        library.packs.values().map(|pack| (*pack.web).clone()).collect::<Vec<_>>()
    };
    assert_eq!(words(&late), words(&at_once));
    assert!(words(&late).iter().all(|words| words.len() > 100));
}

/// The part of the manual below a heading.
fn chapter<'m>(manual: &'m str, heading: &str) -> &'m str {
    let start = manual.find(&format!("\n## {heading}")).unwrap_or_else(|| panic!("no chapter {heading}"));
    let rest = &manual[start + 1..];
    rest.find("\n## ").map_or(rest, |end| &rest[..end])
}

/// Every key of a table and of the tables in it.
fn names(keys: &[Key]) -> Vec<&'static str> {
    let inner = |key: &Key| match key.kind {
        Kind::Keys(keys) | Kind::List(keys) | Kind::LinesOr(keys) | Kind::LineOrKeys(keys) => names(keys),
        _ => Vec::new(),
    };
    keys.iter().flat_map(|key| [vec![key.name], inner(key)].concat()).collect()
}

#[test]
fn the_authors_manual_names_every_key() {
    let manual = include_str!("../docs/content-format.md");
    for (file, shape) in FILES {
        let keys = match shape {
            Shape::Keys(keys) | Shape::List(keys) | Shape::Presets(keys) | Shape::Open(keys) => names(keys),
            Shape::Words(words, keys) => [words.to_vec(), names(keys)].concat(),
        };
        for part in keys.iter().flat_map(|key| key.split('.')) {
            assert!(
                chapter(manual, file).contains(&format!("`{part}`")),
                "{file}: {part} is not in the manual"
            );
        }
    }
}

#[test]
fn the_schema_has_a_definition_for_every_kind_of_file() {
    let schema = schema();
    let definitions = schema.get("definitions").and_then(|all| all.as_object()).expect("definitions");
    let files: Vec<&str> = definitions.keys().map(String::as_str).collect();
    let wanted = [
        "clinic",
        "claims",
        "advertising",
        "treatment",
        "presets",
        "section",
        "faq",
        "safety",
        "words",
        "translation",
        "language-words",
        "names",
        "dates",
        "prose",
        "records",
        "library",
        "brand",
        "web",
    ];
    assert_eq!(files, wanted);
    let window = &definitions["treatment"]["properties"]["windows"]["additionalProperties"]["properties"];
    assert_eq!(window["open-ended"]["type"], "boolean");
    let emergency = &definitions["treatment"]["properties"]["tiers"]["properties"]["emergency"]["properties"];
    assert!(emergency["signs"]["additionalProperties"]["anyOf"].is_array());
    let heading = &definitions["safety"]["properties"]["emergency"]["properties"]["heading"];
    assert_eq!(heading["type"], "string");
}

#[test]
fn a_file_full_of_faults_is_cut_short() {
    let mut folder = Memory::copy(&Embedded).expect("the built-in folder");
    let keys: String = (0..501).map(|number| format!("key-{number}: 1\n")).collect();
    folder.0.insert("content/clinic.yaml".into(), keys.into_bytes().into());
    let faults = load(&folder).expect_err("unknown keys");
    let of_file = faults
        .0
        .iter()
        .filter(|fault| fault.place.as_ref().is_some_and(|place| &*place.file == "content/clinic.yaml"));
    let codes: Vec<_> = of_file.map(|fault| fault.code).collect();
    assert_eq!(codes.iter().filter(|code| **code == "unknown-key").count(), 500);
    assert_eq!(codes.iter().filter(|code| **code == "too-many-faults").count(), 1);
}
