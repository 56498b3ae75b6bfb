//! Names and notes in the scripts of a clinic's patients: with a font at hand they are set, found and copied; without one
//! the sheet has a line to write on, and the run says which font would help.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// Debian's folder of TrueType fonts (packages fonts-noto-core and fonts-wqy-microhei).
const FONTS: &str = "/usr/share/fonts/truetype";

const PYTHON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/.venv/bin/python");

const NAMES: [(&str, &str); 20] = [
    ("noto/NotoNaskhArabic-Regular.ttf", "محمد رضا"),
    ("noto/NotoNaskhArabic-Regular.ttf", "علی\u{200c}رضا سلامی"),
    ("noto/NotoSansHebrew-Regular.ttf", "שרה כהן"),
    ("wqy/wqy-microhei.ttc", "王小明"),
    ("wqy/wqy-microhei.ttc", "김민수"),
    ("wqy/wqy-microhei.ttc", "さくら 田中"),
    ("noto/NotoSansTamil-Regular.ttf", "தமிழ்ச்செல்வி"),
    ("noto/NotoSansGurmukhi-Regular.ttf", "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ"),
    ("noto/NotoSansDevanagari-Regular.ttf", "प्रिया शर्मा"),
    ("noto/NotoSansBengali-Regular.ttf", "রাহুল চক্রবর্তী"),
    ("noto/NotoSansGujarati-Regular.ttf", "ક્રિષ્ના પટેલ"),
    ("noto/NotoSansThai-Regular.ttf", "สมชาย น้ำใส"),
    ("noto/NotoSansArmenian-Regular.ttf", "Արմեն Պետրոսյան"),
    ("noto/NotoSansGeorgian-Regular.ttf", "გიორგი ბერიძე"),
    ("noto/NotoSansEthiopic-Regular.ttf", "ሰላም ተስፋዬ"),
    ("noto/NotoSansKhmer-Regular.ttf", "សុខា ចាន់"),
    ("noto/NotoSansSinhala-Regular.ttf", "ශ්\u{200d}රී ලංකා"),
    ("noto/NotoSansCanadianAboriginal-Regular.ttf", "ᐃᓄᒃᑎᑐᑦ"),
    ("noto/NotoSans-Regular.ttf", "Дмитрий Ёлкин"),
    ("noto/NotoSans-Regular.ttf", "Ελένη Παπαδοπούλου"),
];

fn aftercare(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aftercare"));
    command.current_dir(folder).args(["--now", "2026-11-24T15:30"]).args(arguments);
    command.env_remove("AFTERCARE_CLINIC").stdin(Stdio::null()).output().expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A clinic folder with all the fonts, or `None` where the machine has none of them.
fn clinic() -> Option<TempDir> {
    let folder = TempDir::new().expect("a folder");
    assert!(aftercare(folder.path(), &["init", "clinic"]).status.success());
    for (font, _) in NAMES {
        let from = Path::new(FONTS).join(font);
        let name = from.file_name().expect("a name");
        let to = folder.path().join("clinic/fonts").join(name);
        if !from.exists() {
            assert!(std::env::var_os("CI").is_none(), "the font {font} is missing");
            return None;
        }
        if !to.exists() {
            fs::copy(&from, to).expect("a copy");
        }
    }
    Some(folder)
}

/// Without the marks by which Poppler shows which way a word runs.
fn without_marks(text: &str) -> String {
    text.replace(['\u{2060}', '\u{202a}', '\u{202b}', '\u{202c}'], "")
}

fn without_spaces(text: &str) -> String {
    text.replace(' ', "")
}

fn read(program: &str, folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(program).current_dir(folder).args(arguments).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
    let text = without_marks(&String::from_utf8_lossy(&output.stdout));
    // A name may stand on two lines.
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
#[ignore = "needs Poppler, MuPDF and fonts"]
fn a_name_in_any_script_is_set_and_two_readers_find_it() {
    let Some(folder) = clinic() else { return };
    let mut roster = String::from("id,patient,session_at,regions,note\n");
    for (row, (_, name)) in NAMES.iter().enumerate() {
        roster.push_str(&format!("p{row:02},{name},2026-11-24T15:30,neck,Ask {name} on 2 Dec.\n"));
    }
    fs::write(folder.path().join("roster.csv"), roster).expect("a roster");
    let output = aftercare(folder.path(), &["batch", "roster.csv", "--clinic", "clinic", "-o", "out"]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(!said(&output).contains("no font"), "{}", said(&output));
    for (row, (_, name)) in NAMES.iter().enumerate() {
        let file = format!("out/p{row:02}.pdf");
        let poppler = read("pdftotext", folder.path(), &[&file, "-"]);
        let script = "import pymupdf, sys; print(*(page.get_text() for page in pymupdf.open(sys.argv[1])))";
        let mupdf = read(PYTHON, folder.path(), &["-c", script, &file]);
        let name = without_marks(name);
        for (reader, text) in [("Poppler", poppler), ("MuPDF", mupdf)] {
            assert!(text.contains(&name), "{reader} does not find {name} in the heading: {text:.400}");
            // Small print with raised letters reads as several lines to MuPDF: every letter is there, in order.
            let found = without_spaces(&text).matches(&without_spaces(&name)).count();
            assert!(found >= 2, "{reader} finds {name} {found} times: {text:.400}");
            assert!(text.contains("on 2 Dec."), "{reader}, {name}: what follows a name stays behind it");
        }
    }
}

/// Vowels that are drawn before the letter behind which they are read, and glyphs of a pack's font beside a document's own.
#[test]
#[ignore = "needs Poppler"]
fn a_sheet_whose_letters_change_places_is_read_word_for_word() {
    let folder = TempDir::new().expect("a folder");
    assert!(aftercare(folder.path(), &["init", "clinic"]).status.success());
    let profile = folder.path().join("clinic/content/clinic.yaml");
    let text = fs::read_to_string(&profile).expect("a profile");
    fs::write(&profile, text.replace("languages: [en]", "languages: [en, ta]")).expect("a profile");
    let name = "கோபாலகிருஷ்ணன்";
    let call = |file: &str| {
        let arguments =
            ["--clinic", "clinic", "render", "--language", "ta", "--region", "neck", "--name", name];
        let output = aftercare(folder.path(), &[&arguments[..], &["-o", file]].concat());
        assert!(output.status.success(), "{}", said(&output));
    };
    call("a.pdf");
    call("a.txt");
    let read = read("pdftotext", folder.path(), &["a.pdf", "-"]);
    assert!(read.contains(name), "{read}");
    let words = fs::read_to_string(folder.path().join("a.txt")).expect("a sheet");
    // What a picture shows stands in brackets, and on the paper as the picture.
    let printed = words
        .split('[')
        .flat_map(|part| part.rsplit_once(']').map_or(part, |(_, rest)| rest).split_whitespace());
    let of_the_script = |word: &&str| word.chars().any(|letter| ('\u{b80}'..='\u{bff}').contains(&letter));
    let lost: Vec<&str> = printed.filter(of_the_script).filter(|word| !read.contains(*word)).collect();
    assert!(lost.is_empty(), "{lost:?}\n{read}");
}

#[test]
fn without_a_font_the_name_alone_is_a_line_and_the_run_names_script_and_font() {
    let folder = TempDir::new().expect("a folder");
    let call = |name: &str, note: &str| {
        let arguments = ["render", "--region", "neck", "--name", name, "--note", note, "-o", "a.txt"];
        let output = aftercare(folder.path(), &arguments);
        assert!(output.status.success(), "{}", said(&output));
        (fs::read_to_string(folder.path().join("a.txt")).expect("a sheet"), said(&output))
    };
    let (sheet, told) = call("王小明", "Rest with 王 on Monday 👍 ok");
    assert!(sheet.contains("Rest with ____ on Monday ok"), "{sheet}");
    assert!(told.contains("the Han script") && told.contains("e.g. Noto Sans SC"), "{told}");
    assert!(!told.contains('王'), "{told}");
    let (sheet, told) = call("Zoë 😀", "Rest");
    assert!(sheet.contains("Zoë") && told.contains("U+1F600"), "{told}");
    let (_, told) = call("สมชาย", "Rest");
    assert!(told.contains("the Thai script") && told.contains("e.g. Noto Sans Thai"), "{told}");
}

#[test]
fn a_font_that_nothing_names_and_nobody_can_use_is_passed_over_with_a_warning() {
    let folder = TempDir::new().expect("a folder");
    assert!(aftercare(folder.path(), &["init", "clinic"]).status.success());
    fs::write(folder.path().join("clinic/fonts/Broken.ttf"), b"\0\x01\0\0 not a font").expect("a file");
    let output =
        aftercare(folder.path(), &["render", "--clinic", "clinic", "--region", "neck", "-o", "a.pdf"]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("fonts/Broken.ttf"), "{}", said(&output));
    let output = aftercare(folder.path(), &["check", "--clinic", "clinic"]);
    let told = [said(&output), String::from_utf8_lossy(&output.stdout).into_owned()].concat();
    assert!(told.contains("fonts/Broken.ttf"), "a check names it too: {told}");
    let brand = folder.path().join("clinic/templates/brand.yaml");
    let text = fs::read_to_string(&brand).expect("brand.yaml");
    fs::write(&brand, text.replacen("fonts:\n", "fonts:\n  scripts: [Broken.ttf]\n", 1)).expect("brand.yaml");
    let output =
        aftercare(folder.path(), &["render", "--clinic", "clinic", "--region", "neck", "-o", "a.pdf"]);
    assert_eq!(output.status.code(), Some(2), "a font that brand.yaml names must be one: {}", said(&output));
}

/// A PDF names each font; who made this one gave it no name that a PDF can hold.
#[test]
fn a_stray_font_without_a_name_breaks_no_sheet() {
    let folder = TempDir::new().expect("a folder");
    assert!(aftercare(folder.path(), &["init", "clinic"]).status.success());
    let fonts = folder.path().join("clinic/fonts");
    let mut font = fs::read(fonts.join("NotoSans-Regular.ttf")).expect("a font");
    let at = font.windows(4).position(|tag| tag == b"name").expect("a table of names");
    font[at..at + 4].copy_from_slice(b"nema");
    fs::write(fonts.join("Stray.ttf"), font).expect("a file");
    let output =
        aftercare(folder.path(), &["render", "--clinic", "clinic", "--region", "neck", "-o", "a.pdf"]);
    assert!(output.status.success(), "{}", said(&output));
}

#[test]
fn a_font_of_a_collection_is_taken_by_its_number() {
    let Some(folder) = clinic() else { return };
    let brand = folder.path().join("clinic/templates/brand.yaml");
    let text = fs::read_to_string(&brand).expect("brand.yaml");
    for (number, fits) in [("#2", true), ("#9", false)] {
        let scripts = format!("fonts:\n  scripts: [wqy-microhei.ttc{number}]\n");
        fs::write(&brand, text.replacen("fonts:\n", &scripts, 1)).expect("brand.yaml");
        let arguments =
            ["render", "--clinic", "clinic", "--region", "neck", "--name", "王小明", "-o", "a.pdf"];
        let output = aftercare(folder.path(), &arguments);
        assert_eq!(output.status.success(), fits, "{number}: {}", said(&output));
        assert_eq!(said(&output).contains("font collection of 2"), !fits, "{}", said(&output));
    }
}
