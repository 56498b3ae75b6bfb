//! `brochure`: names of files, standard output, reports, refusals.

use crate::kit::Desk;

#[test]
fn the_defaults_make_a_tri_fold_on_the_clinics_paper_in_this_folder() {
    let desk = Desk::new();
    let ended = desk.call("brochure");
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert!(ended.stderr.contains("made brochure-tri-letter.pdf (2 pages)"), "{}", ended.stderr);
    assert!(desk.read("brochure-tri-letter.pdf").starts_with(b"%PDF-1.7"));
}

#[test]
fn files_are_named_by_what_they_are() {
    let desk = Desk::with_phone();
    for line in
        ["--fold half --paper a4", "--for press --draft", "--proof", "--proof --for press --fold half"]
    {
        assert_eq!(desk.call(&format!("brochure {line} -o out/")).code, 0, "{line}");
    }
    let names = [
        "out/brochure-half-a4.pdf",
        "out/brochure-half-letter-proof.pdf",
        "out/brochure-tri-letter-press.pdf",
        "out/brochure-tri-letter-proof.pdf",
    ];
    assert_eq!(desk.files(), names);
    assert_eq!(desk.call("brochure --for press --draft -o out/").code, 0, "our own files may be made anew");
    assert!(desk.read("out/brochure-tri-letter-press.pdf").starts_with(b"%PDF-1.6"));
}

/// A clinic with two languages, in its own folder.
fn bilingual() -> Desk {
    let desk = Desk::new();
    assert_eq!(desk.call("init clinic").code, 0);
    let profile = String::from_utf8(desk.read("clinic/content/clinic.yaml")).expect("text");
    let profile = profile.replace("phone: \"\"", "phone: 416 555-0100").replace("[en]", "[en, fr]");
    desk.write("clinic/content/clinic.yaml", profile);
    desk
}

#[test]
fn several_languages_are_a_file_each_all_or_none() {
    let desk = bilingual();
    let ended = desk.call(
        "--clinic clinic brochure --language en,fr,en --for press --draft -o out/ --preflight out/r.txt",
    );
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    for name in
        ["brochure-tri-letter-en-press.pdf", "brochure-tri-letter-fr-press.pdf", "r-en.txt", "r-fr.txt"]
    {
        assert!(desk.path(&format!("out/{name}")).exists(), "{name}");
    }
    assert_eq!(std::fs::read_dir(desk.path("out")).expect("a folder").count(), 4);
    for (line, told) in [
        ("--language en,fr -o one.pdf", "a brochure in each language is a file of its own"),
        ("--language en,fr -o -", "a brochure in each language is a file of its own"),
        ("--language en,xx -o two/", "unknown language `xx`"),
    ] {
        let ended = desk.call(&format!("--clinic clinic brochure {line}"));
        assert_eq!(ended.code, 2, "{line}: {}", ended.stderr);
        assert!(ended.stderr.contains(told), "{line}: {}", ended.stderr);
    }
    // With one of them full, there is none.
    let path = "clinic/content/treatments/dry-needling/fr/safety.yaml";
    let signs = String::from_utf8(desk.read(path)).expect("text");
    let long = "Une douleur qui ne passe pas et qui revient. ".repeat(40);
    let at = signs.find("911").or_else(|| signs.find("emergency }}")).expect("a sign");
    let line = signs[at..].find("\n  - ").or_else(|| signs[at..].find("\n    ")).expect("a line") + at;
    desk.write(path, format!("{}{long}{}", &signs[..line], &signs[line..]));
    let ended = desk.call("--clinic clinic brochure --language en,fr -o three/");
    assert_eq!(ended.code, 2, "{}", ended.stderr);
    assert!(!desk.path("three").exists(), "half a job was given out");
}

#[test]
fn it_goes_to_standard_output() {
    let ended = Desk::with_phone().call("brochure --for press --draft -o -");
    assert_eq!(ended.code, 0);
    assert!(ended.stdout.starts_with(b"%PDF-1.6") && ended.stdout.ends_with(b"%%EOF"));
}

#[test]
fn the_report_is_text_or_json_as_its_file_is_named() {
    let desk = Desk::with_phone();
    let ended = desk.call("brochure --for press --draft -o a.pdf --preflight -");
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert!(ended.stdout.starts_with(b"Preflight: ready for the press\n"));
    for _ in 0..2 {
        assert_eq!(desk.call("brochure --for press --draft -o a.pdf --preflight a.json").code, 0);
        assert_eq!(desk.call("brochure --for press --draft -o a.pdf --preflight a.txt").code, 0);
    }
    let json: serde_json::Value = serde_json::from_slice(&desk.read("a.json")).expect("JSON");
    assert_eq!(json["ready"], true);
    assert!(desk.read("a.txt").starts_with(b"Preflight: ready"));
}

/// A cover whose picture reaches over the trim and not to the end of the bleed.
#[test]
fn a_faulty_file_is_not_given_out_but_its_report_is() {
    let desk = Desk::new();
    assert_eq!(desk.call("init clinic").code, 0);
    let profile = String::from_utf8(desk.read("clinic/content/clinic.yaml")).expect("text");
    desk.write("clinic/content/clinic.yaml", profile.replace("phone: \"\"", "phone: 416 555-0100"));
    let cover = String::from_utf8(desk.read("clinic/content/figures/cover.svg")).expect("a picture");
    let bar = "<path d=\"M60 60 L157 60 L157 90 L60 90 Z\" fill=\"#ff0000\"/></svg>";
    desk.write("clinic/content/figures/cover.svg", cover.replace("</svg>", bar));
    for (name, says) in [
        ("a.txt", "Preflight: 1 fault\n  fault  page 1: colour at the right"),
        ("a.json", "\"ready\": false"),
    ] {
        let ended =
            desk.call(&format!("--clinic clinic brochure --for press --draft -o a.pdf --preflight {name}"));
        assert_eq!(ended.code, 2, "{}", ended.stderr);
        assert!(ended.stderr.contains("short of the bleed"), "{}", ended.stderr);
        assert!(!desk.path("a.pdf").exists(), "a faulty file was given out");
        let report = String::from_utf8(desk.read(name)).expect("text");
        assert!(report.contains(says), "{report}");
    }
    let ended = desk.call("--clinic clinic brochure --for press --draft -o - --preflight b.txt");
    assert!(ended.code == 2 && ended.stdout.is_empty() && desk.path("b.txt").exists());
    let ended = desk.call("--clinic clinic brochure --for press --draft -o a.pdf --preflight -");
    assert!(ended.code == 2 && ended.stdout.starts_with(b"Preflight: 1 fault\n"));
    desk.write("mine.txt", "my own");
    let ended = desk.call("--clinic clinic brochure --for press --draft -o a.pdf --preflight mine.txt");
    assert!(ended.code == 2 && desk.read("mine.txt") == b"my own");
    assert!(ended.stderr.contains("short of the bleed") && ended.stderr.contains("did not make this file"));
}

#[test]
fn what_cannot_be_understood_is_refused() {
    let desk = Desk::new();
    for (line, message) in [
        ("--for press", "is a draft: nobody has signed it"),
        ("--preflight -", "there is no preflight but for the press"),
        ("--proof --for press --preflight a.txt", "there is no preflight but for the press"),
        ("--for press -o - --preflight -", "standard output takes one thing"),
        ("--for press -o a.pdf --preflight b.pdf", "the report is no PDF"),
        ("--for press -o a --preflight a", "the report is no PDF"),
        ("--language fx", "unknown language `fx`"),
        ("--fold quarter", "invalid value 'quarter'"),
    ] {
        let ended = desk.call(&format!("brochure {line}"));
        assert_eq!(ended.code, 2, "{line}: {}", ended.stderr);
        assert!(ended.stderr.contains(message), "{line}: {}", ended.stderr);
        assert!(desk.files().is_empty(), "{line}");
    }
}

#[test]
fn a_file_of_others_is_left_as_it_is() {
    let desk = Desk::new();
    desk.write("mine.pdf", "my own");
    let ended = desk.call("brochure -o mine.pdf");
    assert_eq!(ended.code, 1);
    assert!(ended.stderr.contains("aftercare did not make this file"), "{}", ended.stderr);
    assert_eq!(desk.read("mine.pdf"), b"my own");
    assert_eq!(desk.call("brochure -o mine.pdf --force").code, 0);
}

#[test]
fn without_a_number_to_call_nothing_goes_to_the_press() {
    let desk = Desk::new();
    let ended = desk.call("brochure --for press --draft -o a.pdf");
    assert_eq!(ended.code, 2, "{}", ended.stderr);
    assert!(ended.stderr.contains("has no number to call"), "{}", ended.stderr);
    assert!(ended.stderr.contains("--for office"), "{}", ended.stderr);
    assert!(desk.files().is_empty());
    assert_eq!(desk.call("brochure -o a.pdf").code, 0, "an office writes it on");
}
