//! A sound file, broken in one way at a time. A preflight that finds nothing in these would find nothing at all.

use super::{letter, rules};
use aftercare::Engine;
use aftercare::pdf::preflight::Preflight;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// What the preflight finds after a change of the file.
fn found(change: impl FnOnce(&mut Document)) -> Preflight {
    let (asked, bytes) = letter();
    let mut file = Document::load_mem(bytes).expect("a PDF");
    change(&mut file);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).expect("a PDF");
    Engine::preflight(&bytes, asked)
}

fn outside(file: &Document) -> ObjectId {
    *file.get_pages().values().next().expect("a page")
}

fn entries(file: &mut Document, id: ObjectId) -> &mut Dictionary {
    file.get_object_mut(id).and_then(Object::as_dict_mut).expect("a page")
}

/// Changes the operations of the outer side.
fn content(file: &mut Document, change: impl FnOnce(&mut Vec<Operation>)) {
    let page = outside(file);
    let mut operations = Content::decode(&file.get_page_content(page)).expect("content").operations;
    change(&mut operations);
    let bytes = Content { operations }.encode().expect("content");
    let id = file.add_object(Stream::new(Dictionary::new(), bytes));
    entries(file, page).set("Contents", id);
}

fn catalogue(file: &mut Document) -> &mut Dictionary {
    file.catalog_mut().expect("a catalogue")
}

/// Text in a colour, after what the file has set.
fn coloured_text(operations: &mut Vec<Operation>, operator: &str, numbers: &[f32]) {
    let at = operations.iter().position(|operation| ["Tj", "TJ"].contains(&operation.operator.as_str()));
    let colour = Operation::new(operator, numbers.iter().map(|number| Object::Real(*number)).collect());
    operations.insert(at.expect("text"), colour);
}

#[test]
fn the_file_itself_is_sound() {
    assert_eq!(rules(&found(|_| ())), [""; 0]);
}

#[test]
fn a_box_that_is_missing_or_wrong() {
    let without = |key: &'static str| {
        found(move |file| {
            let page = outside(file);
            entries(file, page).remove(key.as_bytes());
        })
    };
    let trim = without("TrimBox");
    assert_eq!(rules(&trim), ["missing-box"]);
    assert_eq!(trim.faults[0].message, "there is no TrimBox");
    assert_eq!(rules(&without("BleedBox")), ["missing-box"]);
    let set = |key: &'static str, edges: [f32; 4]| {
        found(move |file| {
            let page = outside(file);
            entries(file, page).set(key, Object::Array(edges.map(Object::Real).into()));
        })
    };
    assert!(rules(&set("BleedBox", [28.0, 28.0, 824.0, 644.0])).contains(&"bleed-box"));
    assert!(rules(&set("MediaBox", [21.0, 21.0, 831.0, 651.0])).contains(&"media-box"));
    assert!(rules(&set("ArtBox", [30.0, 30.0, 822.0, 642.0])).contains(&"art-box"));
}

#[test]
fn text_in_a_colour_of_the_screen() {
    let rgb = found(|file| content(file, |operations| coloured_text(operations, "rg", &[0.0, 0.0, 0.0])));
    assert_eq!(rules(&rgb), ["colour-space"]);
    assert!(rgb.faults[0].message.contains("is in DeviceRGB"), "{rgb}");
    let grey = found(|file| content(file, |operations| coloured_text(operations, "g", &[0.5])));
    assert_eq!(rules(&grey), ["colour-space"]);
}

#[test]
fn too_much_ink() {
    let found =
        found(|file| content(file, |operations| coloured_text(operations, "k", &[0.9, 0.8, 0.8, 0.7])));
    assert_eq!(rules(&found), ["too-much-ink"]);
    assert!(found.faults[0].message.contains("takes 320 % of ink"), "{found}");
}

#[test]
fn black_that_knocks_out_and_white_that_prints_over() {
    let out = found(|file| {
        content(file, |operations| operations.retain(|operation| operation.operator != "gs"));
    });
    assert_eq!(rules(&out), ["black-knocks-out"]);
    let over = found(|file| {
        content(file, |operations| {
            let over = || Operation::new("gs", vec![Object::Name(b"Over".to_vec())]);
            operations.iter_mut().filter(|one| one.operator == "gs").for_each(|one| *one = over());
            // White that comes first, as a page begins.
            operations.insert(0, over());
        });
    });
    assert_eq!(rules(&over), ["white-overprints"]);
}

#[test]
fn a_font_that_is_not_embedded() {
    let found = found(|file| {
        let is_descriptor =
            |object: &Object| object.as_dict().is_ok_and(|entries| entries.has_type(b"FontDescriptor"));
        let descriptor = file.objects.values_mut().find(|object| is_descriptor(object)).expect("a font");
        let entries = descriptor.as_dict_mut().expect("a descriptor");
        for key in [&b"FontFile2"[..], b"FontFile3"] {
            entries.remove(key);
        }
    });
    assert_eq!(rules(&found), ["font-not-embedded"]);
}

#[test]
fn an_intent_that_is_missing_or_no_press() {
    let none = found(|file| {
        catalogue(file).remove(b"OutputIntents");
    });
    assert_eq!(rules(&none), ["output-intent"]);
    let archive = found(|file| {
        let intent =
            dictionary! { "S" => "GTS_PDFA1", "OutputConditionIdentifier" => Object::string_literal("sRGB") };
        catalogue(file).set("OutputIntents", vec![Object::Dictionary(intent)]);
    });
    assert_eq!(rules(&archive), ["output-intent"]);
    let screen = found(|file| {
        let mut profile = vec![0; 128];
        profile[12..20].copy_from_slice(b"mntrRGB ");
        let profile = file.add_object(Stream::new(Dictionary::new(), profile));
        let intent = dictionary! {
            "S" => "GTS_PDFX",
            "OutputConditionIdentifier" => Object::string_literal("sRGB"),
            "DestOutputProfile" => profile,
        };
        catalogue(file).set("OutputIntents", vec![Object::Dictionary(intent)]);
    });
    assert_eq!(rules(&screen), ["output-intent"]);
}

#[test]
fn colour_that_stops_at_the_trim() {
    let found = found(|file| {
        content(file, |operations| {
            // The page a little smaller about its middle: its grounds end at the trim.
            let at = operations.iter().position(|operation| operation.operator == "cm").expect("a place");
            let (across, up) = (792.0 / 810.0, 612.0 / 630.0);
            let place = [30.0 + 396.0 * (1.0 - across), 30.0 + 306.0 * (1.0 - up)];
            operations[at].operands = [across, 0.0, 0.0, up, place[0], place[1]].map(Object::Real).into();
        });
    });
    // Its words come nearer to the trim with it.
    assert_eq!(rules(&found), ["bleed-not-reached", "text-near-trim"]);
    assert!(found.faults[0].message.contains("mm short of the bleed"), "{found}");
}

#[test]
fn marks_that_are_missing_or_in_the_bleed() {
    let none = found(|file| {
        content(file, |operations| {
            let at = operations.iter().rposition(|operation| operation.operator == "BDC").expect("marks");
            operations.truncate(at);
        });
    });
    assert_eq!(rules(&none), ["crop-marks", "fold-marks"]);
    let inside = found(|file| {
        content(file, |operations| {
            let at = operations.iter().rposition(|operation| operation.operator == "d").expect("fold marks");
            let line = [("m", [300.0, 10.0]), ("l", [300.0, 40.0])];
            let mut line: Vec<Operation> =
                line.map(|(operator, place)| Operation::new(operator, place.map(Object::Real).into())).into();
            line.push(Operation::new("S", Vec::new()));
            operations.splice(at..at, line);
        });
    });
    assert_eq!(rules(&inside), ["mark-in-bleed"]);
}

#[test]
fn an_annotation_where_the_page_prints() {
    let found = found(|file| {
        let page = outside(file);
        let rect = [100.0, 100.0, 200.0, 120.0].map(Object::Real);
        let link = file.add_object(dictionary! { "Subtype" => "Link", "Rect" => Object::Array(rect.into()) });
        entries(file, page).set("Annots", vec![link.into()]);
    });
    assert_eq!(rules(&found), ["annotation"]);
}

#[test]
fn text_where_the_paper_is_cut() {
    // The whole of the outer side, 12 points to the left of and 6 below its place.
    let moved = found(|file| {
        content(file, |operations| {
            let shift = [1.0, 0.0, 0.0, 1.0, -12.0, -6.0].map(Object::Real);
            operations.insert(0, Operation::new("cm", shift.into()));
        });
    });
    let near: Vec<&str> = moved
        .faults
        .iter()
        .filter(|fault| fault.rule == "text-near-trim")
        .map(|fault| &*fault.message)
        .collect();
    assert!(!near.is_empty(), "{moved}");
    assert!(
        near[0].starts_with("text ") && near[0].contains(" of the trim; 6.35 mm is the least"),
        "{near:?}"
    );
    // A line that begins well inside and is too long.
    let long = found(|file| {
        content(file, |operations| {
            let size = operations.iter_mut().find(|one| one.operator == "Tf").expect("a font");
            size.operands[1] = Object::Real(80.0);
        });
    });
    assert!(rules(&long).contains(&"text-near-trim"), "{long}");
}

#[test]
fn a_picture_of_few_pixels() {
    let found = found(|file| {
        let image = dictionary! {
            "Subtype" => "Image", "Width" => 100, "Height" => 100, "BitsPerComponent" => 8, "ColorSpace" => "DeviceCMYK",
        };
        let image = file.add_object(Stream::new(image, vec![0; 40_000]));
        let page = outside(file);
        let mut resources =
            entries(file, page).get(b"Resources").and_then(Object::as_dict).expect("resources").clone();
        let mut pictures = resources.get(b"XObject").and_then(Object::as_dict).cloned().unwrap_or_default();
        pictures.set("Coarse", image);
        resources.set("XObject", pictures);
        entries(file, page).set("Resources", resources);
        content(file, |operations| {
            let place = [72.0, 0.0, 0.0, 72.0, 300.0, 300.0].map(Object::Real);
            operations.push(Operation::new("q", Vec::new()));
            operations.push(Operation::new("cm", place.into()));
            operations.push(Operation::new("Do", vec![Object::Name(b"Coarse".to_vec())]));
            operations.push(Operation::new("Q", Vec::new()));
        });
    });
    assert_eq!(rules(&found), ["image-resolution"]);
    assert!(found.faults[0].message.contains("has 100 pixels an inch; 150 is the least"), "{found}");
}

#[test]
fn a_file_that_does_not_say_what_it_is() {
    let untold = found(|file| {
        let id = catalogue(file).get(b"Metadata").and_then(Object::as_reference).expect("metadata");
        let stream = file.get_object_mut(id).and_then(Object::as_stream_mut).expect("metadata");
        let text = String::from_utf8(stream.content.clone()).expect("XML");
        let text = text.replace("PDF/X-4", "PDF/X-3").replace("xmp:MetadataDate", "xmp:Other");
        stream.set_plain_content(text.into_bytes());
    });
    assert_eq!(rules(&untold), ["not-pdf-x", "metadata"]);
    let untrapped = found(|file| {
        let info = file.trailer.get(b"Info").and_then(Object::as_reference).expect("information");
        entries(file, info).set("Trapped", "Unknown");
    });
    assert_eq!(rules(&untrapped), ["trapped"]);
    let unnamed = found(|file| {
        file.trailer.remove(b"ID");
    });
    assert_eq!(rules(&unnamed), ["identity"]);
    let acting = found(|file| {
        catalogue(file).set("OpenAction", dictionary! { "S" => "JavaScript" });
    });
    assert_eq!(rules(&acting), ["action"]);
}

#[test]
fn what_is_no_pdf_is_no_panic() {
    let (asked, bytes) = letter();
    for broken in [&b""[..], b"%PDF-1.6", b"hello", &bytes[..bytes.len() / 2], &bytes[..200]] {
        assert!(!Engine::preflight(broken, asked).ready);
    }
    // Every 97th byte wrong, one at a time.
    for at in (0..bytes.len()).step_by(bytes.len() / 97) {
        let mut broken = bytes.clone();
        broken[at] ^= 0x5a;
        let _ = Engine::preflight(&broken, asked);
    }
}
