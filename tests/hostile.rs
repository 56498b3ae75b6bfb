//! Whatever somebody feeds the readers, they answer: no panic, no endless loop, no memory without bound.

use aftercare::content::files::{Embedded, Files, Folder, Memory};
use aftercare::content::markdown::{self, Pictures};
use aftercare::content::{Library, load, picture, yaml};
use aftercare::diagnostic::Place;
use aftercare::request::roster::{Format, Roster};
use aftercare::request::{from_yaml, resolve};
use proptest::collection::vec;
use proptest::prelude::*;
use std::fs;
use std::sync::OnceLock;

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| load(&Embedded).unwrap_or_else(|faults| panic!("{faults}")).value.first)
}

fn ask(text: &str) {
    let now = "2026-11-24T20:30:00Z".parse().expect("a time");
    let _ = resolve(&from_yaml("request.yaml", text, &library().keys), library(), now);
}

/// Texts made of the pieces that a grammar cares about, with any text between.
fn pieces(of: &'static [&'static str]) -> impl Strategy<Value = String> {
    let piece = prop_oneof![4 => proptest::sample::select(of).prop_map(str::to_owned), 1 => "\\PC{0,4}", 1 => any::<char>().prop_map(String::from)];
    vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

const YAML: &[&str] = &[
    "session",
    "regions",
    "at",
    "patient",
    "plan",
    "note",
    "id",
    ": ",
    ":",
    "\n",
    "\n  ",
    "\n- ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "\"",
    "'",
    "|",
    ">-",
    "&a",
    "*a",
    "!!str",
    "? ",
    "# ",
    "%YAML 1.2\n",
    "---\n",
    "...\n",
    "\t",
    "\\u202e",
    "2026-11-24T15:30",
    "neck",
    "~",
    "\u{feff}",
    "\r",
];
const MARKDOWN: &[&str] = &[
    "# ",
    "### ",
    "{.do}",
    "{.dont}",
    "\n",
    "\n\n",
    "- ",
    "1. ",
    "> ",
    "[!NOTE]",
    "**",
    "*",
    "_",
    "[",
    "](",
    ")",
    "![",
    "walk",
    "|",
    "|--|",
    "`",
    "```",
    "<b>",
    "<!--",
    "&amp;",
    "\\",
    "    ",
    "[^1]",
    "[^1]: ",
    "---",
    "***",
    "https://a.b",
    "\"",
    "'",
    "...",
    "--",
];
const SVG: &[&str] = &[
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 48 48\">",
    "<svg",
    "</svg>",
    "<g>",
    "</g>",
    "<path d=\"M0 0",
    "h9",
    "a1 1 0 0 1 2 2",
    "q1 1 2 2",
    "z",
    "\"/>",
    " fill=\"#000000\"",
    " stroke=\"#ff0000\"",
    " stroke-width=\"1e38\"",
    " transform=\"scale(1e20)\"",
    "<circle r=\"9\"/>",
    "<rect width=\"9\" height=\"9\"/>",
    "<!DOCTYPE a [",
    "<!ENTITY a \"b\">",
    "]>",
    "&a;",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?xml?>",
    "1e999",
    "-",
    ".",
];
const ROSTER: &[&str] = &[
    "id",
    "regions",
    "patient",
    ",",
    ";",
    "\t",
    "\n",
    "\r\n",
    "\"",
    "neck",
    "a-1",
    "{\"id\": \"a\"",
    "\"regions\": ",
    "[",
    "]",
    "}",
    "- id: a",
    "\n  regions: ",
    "\u{feff}",
    ": ",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_yaml_is_answered(text in pieces(YAML)) {
        let _ = yaml::parse(&text);
        ask(&text);
    }

    #[test]
    fn any_request_values_are_answered(at in "\\PC{0,24}", id in any::<String>(), name in any::<String>()) {
        let quoted = |text: &str| serde_json::to_string(text).expect("a text is JSON");
        ask(&format!("id: {}\npatient: {}\nsession: {{at: {}, regions: [neck]}}", quoted(&id), quoted(&name), quoted(&at)));
    }

    #[test]
    fn any_markdown_is_answered(text in pieces(MARKDOWN)) {
        let _ = markdown::parse(&text, &Place::line("a.md", 3, 1), &library().pictures);
        let _ = markdown::parse_inline(&text, &Place::default());
    }

    #[test]
    fn any_drawing_is_answered(text in pieces(SVG)) {
        let _ = picture::parse("a", &text, "a.svg");
    }

    #[test]
    fn any_roster_is_answered(text in pieces(ROSTER), bytes in vec(any::<u8>(), 0..40)) {
        let all = [text.as_bytes(), &bytes].concat();
        for format in [Format::Csv, Format::JsonLines, Format::Yaml] {
            if let Ok(roster) = Roster::open(all.as_slice(), format, "roster", &library().keys) {
                prop_assert!(roster.take(500).count() < 500);
            }
        }
    }

    #[test]
    fn any_section_is_answered(head in pieces(YAML), body in pieces(MARKDOWN)) {
        let mut folder = Memory::default();
        for path in ["content/treatments/dry-needling/en/rest.md", "content/claims.yaml", "content/treatments/dry-needling/en/words.yaml", "templates/brand.yaml"] {
            folder.0.insert(path.into(), format!("---\n{head}\n---\n{body}").into_bytes().into());
        }
        prop_assert!(load(&folder).is_err());
    }
}

#[test]
fn deep_and_long_yaml_is_refused() {
    for piece in [
        "[",
        "{a: ",
        "- ",
        "? ",
        "[[]",
        "a:\n ",
        "!a ",
        "&a ",
        "\"",
        "'",
        "|\n",
        "- |\n",
        "%TAG ! a\n",
        "a: b\n",
        "*a ",
    ] {
        let text = piece.repeat(200_000 / piece.len());
        let _ = yaml::parse(&text);
        ask(&text);
    }
}

#[test]
fn deep_and_long_markdown_is_refused() {
    for piece in [
        "> ",
        "- ",
        "*",
        "**a",
        "[",
        "![",
        "<",
        "`",
        "1. ",
        "|",
        "&",
        "\\",
        "### {.do}\n",
        "- a\n  ",
        "[a](",
        "[^a]",
        "_a_ ",
    ] {
        let text = piece.repeat(100_000 / piece.len());
        let _ = markdown::parse(&text, &Place::default(), &Pictures::new());
    }
}

#[test]
fn deep_and_long_drawings_are_refused() {
    let start = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 48 48\">";
    for piece in [
        "<g>",
        "<g ",
        "<path d=\"M0 0h9\"/>",
        "<!--",
        "<circle r=\"9\" cx=\"9\"/>",
        "&lt;",
        "<?a ?>",
        "<g a=\"",
        "<g/>",
    ] {
        let _ =
            picture::parse("a", &format!("{start}{}</svg>", piece.repeat(200_000 / piece.len())), "a.svg");
    }
    for piece in ["a1 1 0 0 1 2 2", "z", "M", "h1 ", "1 ", "q1 1 2 2 ", "e", "z1"] {
        let path = piece.repeat(200_000 / piece.len());
        let long = format!("{start}<path stroke=\"#000000\" d=\"M0 0{path}\"/></svg>");
        let _ = picture::parse("a", &long, "a.svg");
        let moved =
            format!("{start}<g transform=\"{path}\"><path stroke=\"#000000\" d=\"M0 0h9\"/></g></svg>");
        let _ = picture::parse("a", &moved, "a.svg");
    }
    let long = format!("{start}<path stroke=\"#000000\" d=\"M0 0{}\"/></svg>", "h1".repeat(2_001));
    assert!(picture::parse("a", &long, "a.svg").is_err());
}

/// A clinic folder on disk, with what a test adds to it.
fn folder(add: impl FnOnce(&std::path::Path)) -> String {
    let root = tempfile::tempdir().expect("a folder");
    for (path, data) in Memory::copy(&Embedded).expect("the built-in folder").0 {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, data).expect("a file");
    }
    add(root.path());
    load(&Folder::new(root.path())).err().map(|faults| faults.to_string()).unwrap_or_default()
}

#[test]
fn a_folder_on_disk_is_the_built_in_one() {
    assert_eq!(folder(|_| {}), "");
    let root = tempfile::tempdir().expect("a folder");
    let missing = load(&Folder::new(root.path())).expect_err("no content").to_string();
    assert!(missing.contains("has no folder `content`"), "{missing}");
    let nowhere = load(&Folder::new(root.path().join("nowhere"))).expect_err("no folder").to_string();
    assert!(nowhere.contains("there is no such clinic folder"), "{nowhere}");
}

#[test]
fn templates_and_fonts_that_are_missing_whole_are_the_built_in_ones() {
    let found = folder(|root| {
        fs::remove_dir_all(root.join("templates")).expect("removed");
        fs::remove_dir_all(root.join("fonts")).expect("removed");
    });
    assert_eq!(found, "");
}

#[test]
fn systems_own_files_are_passed_over() {
    assert_eq!(folder(|root| fs::write(root.join("content/.DS_Store"), [0xff]).expect("a file")), "");
}

#[test]
fn a_big_file_is_refused_unread() {
    let found = folder(|root| {
        let file = fs::File::create(root.join("content/treatments/dry-needling/en/rest.md")).expect("a file");
        file.set_len(100 << 30).expect("a sparse file");
    });
    assert!(
        found.contains("content/treatments/dry-needling/en/rest.md: the file is bigger than 1 MiB"),
        "{found}"
    );
    assert!(found.contains("allowed are 192 MiB"), "{found}");
}

#[test]
fn too_many_files_and_folders_are_refused() {
    let found = folder(|root| {
        for number in 0..2_100 {
            fs::create_dir(root.join(format!("content/figures/{number}"))).expect("a folder");
        }
    });
    assert_eq!(found, "the clinic folder holds more than 2000 files; is it the right folder?");
    let found =
        folder(|root| fs::create_dir_all(root.join("content").join("a/".repeat(20))).expect("folders"));
    assert!(found.contains("folders are nested deeper than 8"), "{found}");
}

#[cfg(unix)]
#[test]
fn links_out_of_the_folder_and_pipes_are_refused() {
    use std::os::unix::fs::symlink;
    let found = folder(|root| {
        symlink("/etc/passwd", root.join("content/treatments/dry-needling/en/passwd.md")).expect("a link");
        symlink(root.join("content"), root.join("content/again")).expect("a link");
        symlink("/dev/zero", root.join("content/treatments/dry-needling/en/zero.yaml")).expect("a link");
        assert!(
            std::process::Command::new("mkfifo")
                .arg(root.join("content/treatments/dry-needling/en/pipe.md"))
                .status()
                .expect("mkfifo")
                .success()
        );
    });
    for path in [
        "content/again",
        "content/treatments/dry-needling/en/passwd.md",
        "content/treatments/dry-needling/en/zero.yaml",
    ] {
        assert!(
            found.contains(&format!("{path}: this link does not lead to a file of the clinic folder")),
            "{found}"
        );
    }
    assert!(
        found.contains("content/treatments/dry-needling/en/pipe.md: this is neither a file nor a folder"),
        "{found}"
    );
    let found = folder(|root| {
        fs::remove_dir_all(root.join("fonts")).expect("removed");
        symlink("/usr/share", root.join("fonts")).expect("a link");
    });
    assert!(found.contains("fonts: this link does not lead to a file"), "{found}");
    let inside = folder(|root| {
        fs::rename(root.join("content/treatments/dry-needling/en/rest.md"), root.join("content/rest.md"))
            .expect("moved");
        symlink("../../../rest.md", root.join("content/treatments/dry-needling/en/rest.md")).expect("a link");
    });
    assert_eq!(inside, "");
}

#[test]
fn the_same_files_are_listed_wherever_they_are() {
    let root = tempfile::tempdir().expect("a folder");
    for (path, data) in Memory::copy(&Embedded).expect("the built-in folder").0 {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, data).expect("a file");
    }
    assert_eq!(Folder::new(root.path()).list(), Embedded.list());
    let version = load(&Folder::new(root.path())).expect("a library").value.first.version;
    assert_eq!(version, library().version);
}
