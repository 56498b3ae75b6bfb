//! The clinic folder: the built-in one, and what is refused.

use aftercare::content::files::{Embedded, Files, Memory};
use aftercare::content::{SAFETY_WORDS, WORDS, keys, load};

#[test]
fn the_built_in_folder_has_no_faults() {
    let library = load(&Embedded).unwrap_or_else(|faults| panic!("{faults}"));
    assert!(library.warnings.is_empty(), "{:?}", library.warnings);
    assert_eq!(library.value.clinic.therapists, ["Rachel", "Valerie", "Suzie"]);
    assert_eq!(library.value.version.len(), 6);
}

#[test]
fn a_changed_byte_changes_the_version() {
    let mut folder = Memory::copy(&Embedded).expect("the built-in folder");
    let before = load(&folder).expect("a library").value.version;
    assert_eq!(before, load(&Embedded).expect("a library").value.version);
    let words = folder.read("content/en/rest.md").expect("a section").into_owned();
    folder.0.insert("content/en/rest.md".into(), [words.as_slice(), b"\n"].concat().into());
    assert_ne!(before, load(&folder).expect("a library").value.version);
}

/// The part of the manual below a heading.
fn chapter<'m>(manual: &'m str, heading: &str) -> &'m str {
    let start = manual.find(&format!("\n## {heading}")).unwrap_or_else(|| panic!("no chapter {heading}"));
    let rest = &manual[start + 1..];
    rest.find("\n## ").map_or(rest, |end| &rest[..end])
}

#[test]
fn the_authors_manual_names_every_key() {
    let manual = include_str!("../docs/content-format.md");
    let words = WORDS.iter().map(|key| ("content/<language>/words.yaml", *key));
    let signs = SAFETY_WORDS.iter().map(|key| ("content/<language>/safety.yaml", *key));
    for (file, key) in keys().into_iter().chain(words).chain(signs) {
        for part in key.split('.') {
            assert!(
                chapter(manual, file).contains(&format!("`{part}`")),
                "{file}: {key} is not in the manual"
            );
        }
    }
}
