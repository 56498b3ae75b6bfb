//! The clinic folder: the built-in one, and what is refused.

use aftercare::content::files::{Embedded, Files, Memory};
use aftercare::content::load;

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
