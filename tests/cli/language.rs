//! A language of one's own: the places to write in, and what becomes of them when they are filled.

use crate::kit::Desk;
use std::path::Path;

const RECORD: &str = "clinic/content/treatments/dry-needling/pt-BR/translation.yaml";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.call("init clinic --quiet").succeeds();
    desk
}

/// The words of another language are made from what was written in the first, not from a skeleton.
#[test]
fn a_new_treatment_stands_in_the_first_language_and_others_follow_it() {
    let desk = Desk::new();
    desk.call("init clinic --quiet").succeeds();
    let profile = String::from_utf8(desk.read("clinic/content/clinic.yaml")).unwrap();
    desk.write("clinic/content/clinic.yaml", profile.replace("languages: [en]", "languages: [en, fr]"));
    let made = desk.call("init clinic --treatment ice-bath").succeeds();
    assert!(made.stderr.contains("aftercare init clinic --language fr"), "{}", made.stderr);
    let folder = "clinic/content/treatments/ice-bath";
    let own: Vec<String> = desk.files().into_iter().filter(|path| path.starts_with(folder)).collect();
    let tags: Vec<&str> =
        own.iter().filter_map(|path| path[folder.len() + 1..].split_once('/')).map(|(tag, _)| tag).collect();
    assert!(!tags.is_empty() && tags.iter().all(|tag| *tag == "en"), "{own:?}");
    let signs = String::from_utf8(desk.read(&format!("{folder}/en/safety.yaml"))).unwrap();
    let signs = signs.replace("TODO: a sign that cannot wait", "You cannot feel your feet.");
    desk.write(&format!("{folder}/en/safety.yaml"), &signs);
    desk.call("init clinic --language fr").succeeds();
    let signs = String::from_utf8(desk.read(&format!("{folder}/fr/safety.yaml"))).unwrap();
    assert!(signs.contains("# en: You cannot feel your feet."), "{signs}");
    // In the evening of the clinic, when it is tomorrow elsewhere.
    desk.call("init clinic --treatment mud-bath --now 2026-11-24T22:30").succeeds();
    let claims = String::from_utf8(desk.read("clinic/content/treatments/mud-bath/claims.yaml")).unwrap();
    assert!(claims.contains("reviewed: 2026-11-24"), "{claims}");
    desk.call("init nowhere --treatment x").fails(2, &["there is no such clinic folder"]);
}

#[test]
fn every_text_of_the_first_language_becomes_a_place_beside_it() {
    let desk = desk();
    let made = desk.call("init clinic --language PT-br");
    assert_eq!(made.code, 0, "{}", made.stderr);
    let said = made.stderr;
    assert!(
        said.contains("files of `pt-BR`") && said.contains("texts of `pt-BR` are left to write"),
        "{said}"
    );
    assert!(said.contains("  content/treatments/dry-needling/pt-BR/safety.yaml"), "{said}");
    assert!(said.contains("add `pt-BR` to `languages`"), "{said}");
    let english: Vec<String> = desk.files().into_iter().filter(|file| is_of(file, "en")).collect();
    for file in &english {
        let own = file.replace("/en/", "/pt-BR/").replace("/en.yaml", "/pt-BR.yaml");
        assert!(desk.path(&own).is_file(), "{own}");
    }
    assert!(english.len() > 50, "{}", english.len());
    let words = String::from_utf8(desk.read("clinic/content/languages/pt-BR/words.yaml")).expect("text");
    assert!(words.contains("# en: Name\nname-label: \"TODO: Name\"\n"), "{words}");
    let safety = String::from_utf8(desk.read("clinic/content/treatments/dry-needling/pt-BR/safety.yaml"))
        .expect("text");
    assert!(
        safety.contains("    # en: New chest pain.\n    chest-pain: \"TODO: New chest pain.\"\n"),
        "{safety}"
    );
}

/// A place that nobody wrote in is told by the check, in each file, and no sheet is made.
#[test]
fn what_is_not_written_reaches_no_patient() {
    let desk = desk();
    desk.call("init clinic --language pt-BR").succeeds();
    list(&desk, "[en, pt-BR]");
    let checked = desk.call("--clinic clinic check");
    assert_eq!(checked.code, 1);
    for file in [
        "dates/pt-BR.yaml",
        "languages/pt-BR/web.yaml",
        "records/pt-BR.yaml",
        "exercises/pt-BR/stretches.yaml",
    ] {
        assert!(told(&checked).contains(file), "{file}");
    }
    assert!(told(&checked).contains("this text is still to be written"));
    assert_eq!(desk.call("--clinic clinic render --region calf --language pt-BR -o sheet.pdf").code, 2);
    assert!(!desk.path("sheet.pdf").exists());
}

#[test]
fn a_language_that_is_written_is_one_like_the_others() {
    let desk = desk();
    desk.call("init clinic --language pt-BR").succeeds();
    fill(&desk.path("clinic/content"), "pt-BR");
    let again = desk.call("init clinic --language pt-BR");
    assert!(again.stderr.contains("no text of `pt-BR` has a `TODO`"), "{again:?}");
    list(&desk, "[pt-BR, en]");
    let checked = desk.call("--clinic clinic check");
    assert_eq!(checked.code, 0, "{}", told(&checked));
    let sheet = desk.call("--clinic clinic render --region shoulder --format html -o -");
    let page = String::from_utf8(sheet.stdout).expect("text");
    assert!(page.contains("lang=\"pt-BR\"") && page.contains("Ýóúr ňéxt féw dáýš"), "{page}");
    assert!(page.contains("911"), "the clinic's own number stands in every language");
    // First in the list or not: a translation is one, and needs a second reader.
    let sign = "--clinic clinic sign --by Ann,Physiotherapist --treatment dry-needling --language pt-BR";
    let signed = desk.call(sign);
    assert!(signed.stderr.contains("names no translator and no second reader"), "{}", signed.stderr);
    list(&desk, "[pt-BR]");
    assert!(desk.call(sign).stderr.contains("names no translator and no second reader"));
}

/// Nobody translates what the clinic does not show, nor ids and names of files.
#[test]
fn a_skeleton_has_the_texts_of_the_clinics_treatments_alone() {
    let desk = desk();
    let profile = String::from_utf8(desk.read("clinic/content/clinic.yaml")).expect("text");
    let line = profile.lines().find(|line| line.starts_with("treatments:")).expect("a list");
    desk.write("clinic/content/clinic.yaml", profile.replace(line, "treatments: [cupping]"));
    let own = "- id: finger-fist\n  name: Make a fist\n  figure: finger-fist\n  alt: A hand closes.\n  steps: [Close it.]\n  \
               claims: [own-advice]\n";
    desk.write("clinic/content/treatments/cupping/en/moves.yaml", own);
    desk.call("init clinic --language pt-BR").succeeds();
    let made = |treatment: &str| desk.path(&format!("clinic/content/treatments/{treatment}/pt-BR")).is_dir();
    assert!(made("cupping") && !made("shockwave") && !made("dry-needling"));
    let moves = desk.read("clinic/content/treatments/cupping/pt-BR/moves.yaml");
    let moves = String::from_utf8(moves).expect("text");
    for same in ["- id: finger-fist\n", "  figure: finger-fist\n", "  claims: [own-advice]\n"] {
        assert!(moves.contains(same), "{moves}");
    }
    assert!(moves.contains("name: \"TODO: Make a fist\""), "{moves}");
}

/// What somebody wrote is never written over, and a text that is new in the original is added.
#[test]
fn a_second_call_adds_what_is_new_and_leaves_what_is_there() {
    let desk = desk();
    desk.call("init clinic --language pt-BR").succeeds();
    let rest = "clinic/content/treatments/dry-needling/pt-BR/rest.md";
    desk.write(rest, "ours");
    desk.write(RECORD, "translator: Ana Roy\n");
    desk.write(
        "clinic/content/treatments/dry-needling/en/new.md",
        "---\nid: new\ntitle: New\n---\nSome words.\n",
    );
    let again = desk.call("init clinic --language pt-BR");
    assert!(again.stderr.contains("made 1 files of `pt-BR`"), "{again:?}");
    assert_eq!(desk.read(rest), b"ours");
    assert_eq!(desk.read(RECORD), b"translator: Ana Roy\n");
    let new =
        String::from_utf8(desk.read("clinic/content/treatments/dry-needling/pt-BR/new.md")).expect("text");
    assert!(
        new.contains("{# en:\nSome words.\n#}\nTODO") && new.contains("# en: New\ntitle: \"TODO: New\""),
        "{new}"
    );
}

#[test]
fn what_is_no_language_and_no_clinic_is_refused() {
    let desk = desk();
    for tag in ["../x", "english", "e", "fa/"] {
        desk.call_words(&["init", "clinic", "--language", tag])
            .fails(2, &["cannot be the tag of a language", "zh-Hans"]);
    }
    desk.call("init clinic --language en").fails(2, &["is the clinic's first language"]);
    desk.call("init nothing --language fa").fails(2, &["no such clinic folder", "aftercare init"]);
    desk.call("init clinic --language fa --treatment x").fails(2, &["cannot be used with"]);
}

fn told(ended: &crate::kit::Ended) -> String {
    format!("{}{}", String::from_utf8_lossy(&ended.stdout), ended.stderr)
}

fn is_of(file: &str, tag: &str) -> bool {
    file.contains(&format!("/{tag}/")) || file.ends_with(&format!("/{tag}.yaml"))
}

fn list(desk: &Desk, languages: &str) {
    let profile = String::from_utf8(desk.read("clinic/content/clinic.yaml")).expect("text");
    let lines = profile.lines().map(|line| match line.starts_with("languages:") {
        true => format!("languages: {languages}\n"),
        false => format!("{line}\n"),
    });
    desk.write("clinic/content/clinic.yaml", lines.collect::<String>());
}

/// Fills the places of a language as a translator would who only puts accents on the letters.
fn fill(folder: &Path, tag: &str) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            fill(&path, tag);
        } else if is_of(&path.to_string_lossy().replace('\\', "/"), tag) {
            let text = std::fs::read_to_string(&path).expect("text");
            std::fs::write(&path, filled(&text, path.extension().is_some_and(|end| end == "md")))
                .expect("written");
        }
    }
}

fn filled(text: &str, is_section: bool) -> String {
    const PLACE: &str = "TODO: ";
    let (mut out, mut block, mut is_body) = (String::new(), None, false);
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches(' ').len();
        if is_section && line.starts_with("TODO: say it in your language") {
            is_body = true;
            continue;
        }
        block = block.filter(|deep| indent >= *deep && !line.trim().is_empty());
        match line.trim_start().strip_prefix(PLACE) {
            _ if line.starts_with("direction:") => out.push_str("direction: ltr\n"),
            _ if line.trim_start().starts_with('#') && !is_body => out.push_str(line),
            _ if is_body || block.is_some() => out.push_str(&accented(line)),
            Some(rest) => {
                block = Some(indent);
                out.push_str(&format!("{}{}", &line[..indent], accented(rest)));
            }
            None => {
                let mut parts = line.split("\"TODO: ");
                out.push_str(parts.next().unwrap_or_default());
                for part in parts {
                    // A quotation mark in a text stands behind a backslash.
                    let ends = part.match_indices('"').find(|(at, _)| !part[..*at].ends_with('\\'));
                    let end = ends.map_or(part.len(), |(at, _)| at);
                    out.push_str(&format!("\"{}{}", accented(&part[..end]), &part[end..]));
                }
            }
        }
    }
    out
}

/// Letters get accents, but not in names and conditions of the template.
fn accented(text: &str) -> String {
    let letters = ["aá", "eé", "ií", "oó", "uú", "yý", "cč", "nň", "sš", "zž"].map(|pair| {
        let mut pair = pair.chars();
        (pair.next().expect("a letter"), pair.next().expect("an accent"))
    });
    let mut depth = 0;
    let accent = |letter: char| {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        let pair = letters.iter().find(|(plain, _)| *plain == letter.to_ascii_lowercase());
        match pair {
            Some((_, accent)) if depth == 0 && letter.is_uppercase() => {
                accent.to_uppercase().next().expect("a letter")
            }
            Some((_, accent)) if depth == 0 => *accent,
            _ => letter,
        }
    };
    text.chars().map(accent).collect()
}

/// A clinician who does not read French reads what the patient was given, on a sheet that nobody takes for theirs.
#[test]
fn a_copy_in_the_original_goes_behind_the_patients_sheet() {
    let desk = desk();
    list(&desk, "[en, fr]");
    desk.write(
        "request.yaml",
        "id: one\npatient: Zoë\nlanguage: fr\nsession: {at: 2026-11-24T15:30, regions: [shoulder]}\n",
    );
    let made =
        desk.call("--clinic clinic render request.yaml --with-source --format pdf,text -o out/").succeeds();
    assert!(made.stderr.contains("made out/one.pdf (4 pages)"), "{}", made.stderr);
    let words = String::from_utf8(desk.read("out/one.txt")).expect("text");
    let (sheet, copy) = words.split_once("\n== English copy, for the clinician ==\n").expect("a copy");
    let (french, english) = ("Appelez le 911", "Call 911 for any of these");
    assert!(sheet.contains(french) && !sheet.contains(english), "{sheet}");
    assert!(copy.contains(english) && copy.contains("Zoë") && !copy.contains(french), "{copy}");
    let alone = desk.call("--clinic clinic render request.yaml -o alone.pdf").succeeds();
    assert!(alone.stderr.contains("(2 pages)"), "{}", alone.stderr);
    let english =
        desk.call("--clinic clinic render request.yaml --language en --with-source -o en.pdf").succeeds();
    assert!(
        english.stderr.contains("it has no copy") && english.stderr.contains("(2 pages)"),
        "{}",
        english.stderr
    );
    let page = desk.call("--clinic clinic render request.yaml --with-source -o page.html");
    page.fails(2, &["a copy for the clinician goes with a PDF or a text", "--format pdf"]);
}

/// What a clinician reads was said: a part that had no room on the patient's sheet is not on the copy.
#[test]
fn a_copy_has_the_parts_of_the_patients_sheet() {
    let desk = desk();
    list(&desk, "[en, ta]");
    let note = "Take it slow on the stairs. ".repeat(3);
    desk.write(
        "request.yaml",
        format!(
            "id: one\npatient: Zoe\nlanguage: ta\nsession: {{at: 2026-11-24T10:00, regions: [neck]}}\n\
             precautions: [blood-thinners]\nplan: {{next_visit: 2026-12-04T10:00, note: {note}}}\n"
        ),
    );
    let made =
        desk.call("--clinic clinic render request.yaml --with-source --format text -o one.txt").succeeds();
    let names = [("head-turns", "Head turns"), ("chin-tucks", "Chin glides")];
    let words = String::from_utf8(desk.read("one.txt")).expect("text");
    let (_, copy) = words.split_once("\n== English copy, for the clinician ==\n").expect("a copy");
    let gone = names.iter().filter(|(id, _)| made.stderr.contains(&format!("exercises/{id}")));
    let gone: Vec<&str> = gone.map(|(_, name)| *name).collect();
    assert!(!gone.is_empty(), "no exercise was left out: {}", made.stderr);
    assert!(gone.iter().all(|name| !copy.contains(name)), "{gone:?} in {copy}");
}

/// Who begins to translate goes on printing.
#[test]
fn a_language_that_was_begun_stops_nobody() {
    let desk = desk();
    desk.call("init clinic --language pt-BR").succeeds();
    desk.call("--clinic clinic render --region neck -o neck.pdf").succeeds();
    list(&desk, "[en, pt-BR]");
    desk.call("--clinic clinic render --region neck -o two.pdf").fails(2, &["content/dates/pt-BR.yaml"]);
}

/// Of a roster, row by row: only sheets in another language have a copy, and a run that asks for none makes its own.
#[test]
fn a_batch_puts_copies_behind_the_sheets_in_another_language() {
    let desk = desk();
    list(&desk, "[en, fr]");
    desk.write(
        "list.csv",
        "id,language,session_at,regions\na,fr,2026-11-24T15:30,calf\nb,en,2026-11-24T15:30,calf\n",
    );
    desk.call("--clinic clinic batch list.csv --with-source -o out/").succeeds();
    let pages = |line: &str| line.split("\"pages\":").nth(1).and_then(|rest| rest.chars().next());
    let account = String::from_utf8(desk.read("out/manifest.jsonl")).expect("text");
    let found: Vec<Option<char>> = account.lines().map(pages).collect();
    assert_eq!(found, [Some('4'), Some('2')], "{account}");
    let again = desk.call("--clinic clinic batch list.csv --resume -o out/").succeeds();
    assert!(again.stderr.contains("2 made, 0 kept"), "without copies they are other files: {}", again.stderr);
    let merged = desk.call("--clinic clinic batch list.csv --with-source --merge all.pdf -o out/");
    merged.fails(2, &["cannot be used with"]);
    let pages = desk.call("--clinic clinic batch list.csv --with-source --format html -o out/");
    pages.fails(2, &["a copy for the clinician goes with a PDF of each row"]);
}

/// What a language needs costs nothing to a clinic that does not speak it.
#[test]
fn fonts_of_a_language_are_read_where_it_is_listed() {
    let desk = desk();
    desk.write("clinic/fonts/fr/broken.ttf", "no font");
    let asleep = desk.call("--clinic clinic check");
    assert!(asleep.code == 0 && !told(&asleep).contains("broken.ttf"), "{}", told(&asleep));
    list(&desk, "[en, fr]");
    let awake = desk.call("--clinic clinic check");
    assert!(told(&awake).contains("fonts/fr/broken.ttf"), "{}", told(&awake));
}
