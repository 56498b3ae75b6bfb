//! `kit`: what is in it, its index, and what one failure takes with it.

use crate::kit::Desk;

const PIECES: [&str; 7] = [
    "brochure-half-letter.pdf",
    "brochure-tri-letter.pdf",
    "card-4x6.pdf",
    "poster-a3.pdf",
    "poster-a4.pdf",
    "poster-letter.pdf",
    "poster-tabloid.pdf",
];

#[test]
fn a_kit_holds_every_piece_once_and_its_index_names_each() {
    let desk = Desk::with_phone();
    let ended = desk.call("kit -o kit --treatment cupping");
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert!(ended.stderr.contains("made kit ("), "{}", ended.stderr);
    let files = desk.files();
    let readme = String::from_utf8(desk.read("kit/README.md")).expect("text");
    let manifest: serde_json::Value = serde_json::from_slice(&desk.read("kit/manifest.json")).expect("JSON");
    let named: Vec<&str> = manifest["files"]
        .as_array()
        .expect("files")
        .iter()
        .map(|file| file["path"].as_str().unwrap())
        .collect();
    for piece in PIECES {
        let path = format!("cupping/en/{piece}");
        assert!(files.contains(&format!("kit/{path}")), "{path}: {files:?}");
        assert!(readme.contains(&format!("]({path})")), "{path}: {readme}");
        assert!(named.contains(&path.as_str()), "{path}: {named:?}");
    }
    assert!(files.iter().any(|file| file == "kit/site/cupping-en.html"), "{files:?}");
    assert!(!files.iter().any(|file| file.starts_with("kit/dry-needling/")), "{files:?}");
    let first = &manifest["files"][0];
    assert_eq!((first["signed"].as_bool(), first["treatment"].as_str()), (Some(false), Some("cupping")));
    let version = manifest["content_version"].as_str().expect("a version");
    assert!(readme.contains("cupping, en: draft") && readme.contains(version), "{readme}");
    assert!(readme.contains("Nothing for the print shop: nobody has signed the texts"), "{readme}");
    // Made again, all of it is the same.
    let before: Vec<Vec<u8>> = files.iter().map(|file| desk.read(file)).collect();
    assert_eq!(desk.call("kit -o kit --treatment cupping").code, 0);
    assert_eq!(desk.files(), files);
    assert!(files.iter().zip(before).all(|(file, bytes)| desk.read(file) == bytes));
}

#[test]
fn signed_texts_come_for_the_press_with_their_preflight() {
    let desk = Desk::with_phone();
    let signed = desk.call_words(&["sign", "--by", "Ann Lee, Clinical lead", "--treatment", "cupping"]);
    assert_eq!(signed.code, 0, "{}", signed.stderr);
    let ended = desk.call("kit -o kit --treatment cupping");
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    for fold in ["tri", "half"] {
        assert!(
            desk.read(&format!("kit/cupping/en/brochure-{fold}-letter-press.pdf")).starts_with(b"%PDF-1.6")
        );
        let report = desk.read(&format!("kit/cupping/en/brochure-{fold}-letter-press-preflight.txt"));
        assert!(report.starts_with(b"Preflight: ready for the press"));
    }
    let readme = String::from_utf8(desk.read("kit/README.md")).expect("text");
    assert!(readme.contains("cupping, en: signed") && readme.contains("PDF/X-4"), "{readme}");
}

#[test]
fn what_fails_takes_nothing_else_with_it() {
    let desk = Desk::with_phone();
    desk.write("kit/cupping/en/poster-a4.pdf", "a poster of somebody else");
    let ended = desk.call("kit -o kit --treatment cupping");
    assert_eq!(ended.code, 1, "{}", ended.stderr);
    assert!(ended.stderr.contains("for this the kit has no cupping/en/poster-a4.pdf"), "{}", ended.stderr);
    assert_eq!(desk.read("kit/cupping/en/poster-a4.pdf"), b"a poster of somebody else");
    assert!(desk.read("kit/cupping/en/poster-letter.pdf").starts_with(b"%PDF-1.7"));
    let readme = String::from_utf8(desk.read("kit/README.md")).expect("text");
    assert!(!readme.contains("poster-a4.pdf"), "{readme}");
}

#[test]
fn a_call_that_cannot_be_understood_makes_nothing() {
    let desk = Desk::new();
    for line in
        ["kit -o kit --treatment knitting", "kit -o kit --language tlh", "--now 2031-01-05 kit -o kit"]
    {
        let ended = desk.call(line);
        assert_eq!(ended.code, 2, "{line}: {}", ended.stderr);
        assert_eq!(desk.files(), Vec::<String>::new(), "{line}");
    }
}

#[test]
fn an_address_is_no_folder_for_pieces() {
    let desk = Desk::new();
    for call in
        ["kit -o s3://clinic/kit", "site -o https://a.example/?key=secret", "brochure -o gs://clinic/b.pdf"]
    {
        let told = desk.call(call).fails(2, &["`-o` is an address"]).text();
        assert!(!told.contains("secret"), "{told}");
    }
    assert!(!desk.path("s3:").exists() && !desk.path("https:").exists(), "a folder was made");
}
