//! Each check, shown to fail: files broken on purpose, one way each.

use crate::reader::{Reader, words};
use crate::sheet;
use crate::tools::{File, findings};
use lopdf::{Dictionary, Document, Object};

/// The hand-made sheet after a change to its objects.
fn broken(change: impl FnOnce(&mut Document)) -> Vec<u8> {
    let mut document = Document::load_mem(&sheet::pdf()).expect("the sheet is read");
    change(&mut document);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("the sheet is saved");
    bytes
}

/// The first dictionary that a test accepts.
fn find(document: &mut Document, is: impl Fn(&Dictionary) -> bool) -> &mut Dictionary {
    let mut dictionaries = document.objects.values_mut().filter_map(|object| object.as_dict_mut().ok());
    dictionaries.find(|dictionary| is(dictionary)).expect("there is one")
}

fn has(key: &'static [u8]) -> impl Fn(&Dictionary) -> bool {
    move |dictionary| dictionary.has(key)
}

fn is(key: &'static [u8], value: &'static [u8]) -> impl Fn(&Dictionary) -> bool {
    move |dictionary| dictionary.get(key).and_then(Object::as_name).is_ok_and(|name| name == value)
}

/// Our reader must find the fault, and the checkers where they can.
fn must_fail(what: &str, bytes: &[u8], by_checkers: bool) {
    let faults = Reader::open(bytes).faults();
    assert!(!faults.is_empty(), "{what}: our reader finds nothing");
    if let Some(found) = findings(&File::new(bytes)).filter(|_| by_checkers) {
        assert!(!found.is_empty(), "{what}: the checkers find nothing");
    }
}

#[test]
fn an_unchanged_copy_is_sound() {
    let bytes = broken(|_| {});
    assert_eq!(Reader::open(&bytes).faults(), Vec::<String>::new());
    if let Some(findings) = findings(&File::new(&bytes)) {
        assert_eq!(findings, Vec::<String>::new());
    }
}

#[test]
fn without_language() {
    must_fail("Lang", &broken(|pdf| drop(pdf.catalog_mut().expect("a catalogue").remove(b"Lang"))), true);
}

#[test]
fn without_alternative_text() {
    must_fail("Alt", &broken(|pdf| drop(find(pdf, has(b"Alt")).remove(b"Alt"))), true);
}

#[test]
fn with_blank_alternative_text() {
    must_fail("Alt", &broken(|pdf| find(pdf, has(b"Alt")).set("Alt", Object::string_literal(" "))), false);
}

#[test]
fn with_a_cut_parent_tree() {
    let cut = |pdf: &mut Document| {
        let nums = find(pdf, has(b"Nums")).get_mut(b"Nums").and_then(Object::as_array_mut).expect("entries");
        nums[1].as_array_mut().expect("the first page's parents").pop();
    };
    must_fail("ParentTree", &broken(cut), false);
}

#[test]
fn with_a_reversed_parent_tree() {
    let reverse = |pdf: &mut Document| {
        let nums = find(pdf, has(b"Nums")).get_mut(b"Nums").and_then(Object::as_array_mut).expect("entries");
        nums[1].as_array_mut().expect("the first page's parents").reverse();
    };
    must_fail("ParentTree", &broken(reverse), false);
}

#[test]
fn with_a_page_that_names_no_parents() {
    must_fail(
        "StructParents",
        &broken(|pdf| drop(find(pdf, is(b"Type", b"Page")).remove(b"StructParents"))),
        false,
    );
}

#[test]
fn with_a_wrong_width() {
    let widen = |pdf: &mut Document| {
        for font in pdf.objects.values_mut().filter_map(|object| object.as_dict_mut().ok()) {
            let Ok(widths) = font.get_mut(b"W").and_then(Object::as_array_mut) else { continue };
            widths[1].as_array_mut().expect("a list").fill(Object::Integer(999));
        }
    };
    must_fail("W", &broken(widen), true);
}

#[test]
fn with_a_wrong_parent() {
    must_fail("P", &broken(|pdf| find(pdf, is(b"S", b"LBody")).set("P", Object::Reference((1, 0)))), false);
}

#[test]
fn with_a_link_outside_of_the_tree() {
    let cut = |pdf: &mut Document| {
        let kids = find(pdf, is(b"S", b"Link")).get_mut(b"K").and_then(Object::as_array_mut).expect("kids");
        kids.retain(|kid| kid.as_dict().is_err());
    };
    must_fail("OBJR", &broken(cut), true);
}

#[test]
fn with_a_link_without_description() {
    must_fail("Contents", &broken(|pdf| drop(find(pdf, is(b"Subtype", b"Link")).remove(b"Contents"))), true);
}

#[test]
fn without_marked() {
    must_fail(
        "MarkInfo",
        &broken(|pdf| drop(pdf.catalog_mut().expect("a catalogue").remove(b"MarkInfo"))),
        true,
    );
}

#[test]
fn without_a_shown_title() {
    let hide =
        |pdf: &mut Document| drop(pdf.catalog_mut().expect("a catalogue").remove(b"ViewerPreferences"));
    must_fail("DisplayDocTitle", &broken(hide), true);
}

#[test]
fn with_text_outside_of_marked_content() {
    must_fail("BDC", &edited(Bytes::without_the_mark_of_the_title), true);
}

#[test]
fn with_glued_words() {
    // The space at the end of the line, code 1, is what parts it from the next.
    let glued = edited(|content| content.replacen(b"\x01)Tj\n/T2 17 Tf", b")Tj\n/T2 17 Tf"));
    let sound = Reader::open(&sheet::pdf()).words();
    let read = Reader::open(&glued).words();
    assert!(sound.contains(&"until".to_owned()) && !read.contains(&"until".to_owned()), "{read:?}");
    assert!(words(&read.join(" ")).contains(&"untilThursday".to_owned()));
}

/// The sheet with other content on its first page.
fn edited(edit: impl FnOnce(Bytes) -> Bytes) -> Vec<u8> {
    broken(|pdf| {
        let page = *pdf.get_pages().get(&1).expect("a first page");
        let content = pdf.get_page_content(page);
        let after = edit(Bytes(content.clone())).0;
        assert_ne!(after, content, "nothing was edited");
        pdf.change_page_content(page, after).expect("content is changed");
    })
}

struct Bytes(Vec<u8>);

impl Bytes {
    /// The first place of `from` becomes `to`.
    fn replacen(mut self, from: &[u8], to: &[u8]) -> Bytes {
        if let Some(at) = self.0.windows(from.len()).position(|window| window == from) {
            self.0.splice(at..at + from.len(), to.iter().copied());
        }
        self
    }

    /// The title stands on the page, in no marked content.
    fn without_the_mark_of_the_title(self) -> Bytes {
        let at = self.0.windows(5).position(|window| window == b"/H1<<").expect("a title");
        let (before, title) = self.0.split_at(at);
        let begin = title.windows(4).position(|window| window == b"BDC\n").expect("its mark") + 4;
        let rest = Bytes(title[begin..].to_vec()).replacen(b"EMC\n", b"");
        Bytes([before, &rest.0].concat())
    }
}
