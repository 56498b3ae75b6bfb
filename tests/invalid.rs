//! A folder a failing case, with the exact message that it must give. `UPDATE_MESSAGES=1 cargo test --test invalid`
//! writes the messages anew: read them before you keep them.

#[path = "support/cases.rs"]
mod cases;
#[path = "support/made_folder.rs"]
mod made_folder;

use aftercare::content::files::{Embedded, Memory};
use aftercare::content::{load, proofread, prose_words};
use aftercare::diagnostic::{Diagnostic, Faults, Place, Report, Severity};
use aftercare::{Engine, request_from_yaml};
use cases::{cases, coded, compare, finish, judged, now, with_short_lists};
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn requests_name_every_fault() {
    let engine = Engine::built_in().expect("the built-in folder").value;
    let wrong = cases("request").into_iter().filter_map(|case| {
        let text = fs::read_to_string(case.join("request.yaml")).expect("a request");
        let faults = asked(&engine, &text);
        let seen = format!("{faults:?}");
        assert!(!seen.contains("Zebediah"), "{}: a patient's word is in a message: {seen}", case.display());
        compare(&case, &coded(&faults))
    });
    finish(wrong.collect());
}

/// What a request is refused for; of one that is understood, what there is to say of its sheet.
fn asked(engine: &Engine, text: &str) -> Faults {
    let made = || {
        let Report { value: request, mut warnings } =
            engine.request(&request_from_yaml("request.yaml", text, engine.keys()), now())?;
        let document = engine.document(&request)?;
        warnings.extend(document.warnings);
        warnings.extend(engine.layout(&document.value, &request)?.warnings);
        Ok(Faults(warnings))
    };
    made().unwrap_or_else(|faults| faults)
}

/// Each case is a few files laid over the built-in folder (an empty one takes its file away), or an edit of one
/// built-in file. Lines of edited files are not compared: their other text is the clinic's to change.
#[test]
fn clinic_folders_name_every_fault() {
    let built_in = of_one_treatment();
    let wrong = judged(&cases("content"), |case| {
        let mut folder = built_in.clone();
        overlay(&mut folder, case, case);
        let edited = edit(&mut folder, case);
        let message = match load(&folder) {
            Err(faults) => coded(&faults),
            Ok(read) if read.warnings.is_empty() => "no fault".to_owned(),
            Ok(read) => coded(&Faults(read.warnings)),
        };
        compare(case, &if edited { without_lines(&message) } else { message })
    });
    finish(wrong);
}

/// What only a careful reader finds in a folder that can be used: each case shows one finding, with its line and column.
#[test]
fn texts_name_each_slip_alone() {
    let built_in = of_one_treatment();
    let today = now().date_naive();
    let found = |folder: &Memory| {
        let read = load(folder).unwrap_or_else(|faults| panic!("{faults}")).value;
        proofread(folder, &read, &prose_words(folder).0, Some(today))
    };
    let usual = found(&built_in);
    let wrong = judged(&cases("check"), |case| {
        let mut folder = built_in.clone();
        overlay(&mut folder, case, case);
        edit(&mut folder, case);
        let own = found(&folder).into_iter().filter(|fault| {
            !usual.iter().any(|other| other.code == fault.code && other.message == fault.message)
        });
        let mut own: Vec<String> = own.map(|fault| coded(&Faults(vec![fault]))).collect();
        // An edit that another rule marks may turn the sense round as well.
        let is_of_sense = |told: &String| told.starts_with("changed-");
        if !own.iter().all(is_of_sense) {
            own.retain(|told| !is_of_sense(told));
        }
        match own.len() {
            1 => compare(case, &own[0]),
            _ => Some(format!("{}: not one finding: {own:#?}", case.display())),
        }
    });
    finish(wrong);
}

/// Edits that a clinic makes and that say nothing else than before: other words, a line more, a question or an exercise of its own.
/// Whoever is told of these looks at nothing any more.
#[test]
fn good_edits_of_texts_are_told_of_nothing() {
    let today = now().date_naive();
    let found = |folder: &Memory| {
        let read = load(folder).unwrap_or_else(|faults| panic!("{faults}"));
        let told = proofread(folder, &read.value, &prose_words(folder).0, Some(today));
        read.warnings.into_iter().chain(told).collect::<Vec<_>>()
    };
    let one_treatment = of_one_treatment();
    let mut usual: BTreeMap<String, (Memory, Vec<Diagnostic>)> = BTreeMap::new();
    let wrong = cases("../good").into_iter().filter_map(|case| {
        // In its own language, and beside the first.
        let text = fs::read_to_string(case.join("edit.txt")).expect("an edit");
        let language = ["fr", "es", "fa"].into_iter().find(|other| text.contains(&format!("/{other}/")));
        let languages = language.map_or("en".to_owned(), |other| format!("en, {other}"));
        let (before, usual) = usual.entry(languages).or_insert_with_key(|languages| {
            let folder = in_languages(one_treatment.clone(), languages);
            let told = found(&folder);
            (folder, told)
        });
        let mut folder = before.clone();
        edit(&mut folder, &case);
        let mut told = found(&folder);
        told.retain(|fault| !usual.iter().any(|one| one.code == fault.code && one.message == fault.message));
        (!told.is_empty()).then(|| format!("{}: {}", case.display(), coded(&Faults(told))))
    });
    finish(wrong.collect());
}

/// What shows when texts are compiled, when layouts are, and when sheets and pages are made. Checking a folder takes long, so many cases
/// stand in one; each alone gives its message, which is how the messages are written.
#[test]
fn texts_layouts_and_sheets_name_every_fault() {
    let built_in = of_one_treatment();
    for kind in ["texts", "layouts", "sheets", "pages"] {
        let cases = cases(kind);
        if std::env::var_os("UPDATE_MESSAGES").is_some() {
            for case in &cases {
                let told: Vec<String> = told(&built_in, &[case]).into_iter().collect();
                fs::write(case.join("message.txt"), told.join("\n") + "\n").expect("a message is written");
            }
        }
        for group in apart(&cases, kind == "texts") {
            let messages =
                group.iter().map(|case| fs::read_to_string(case.join("message.txt")).expect("a message"));
            let wanted: BTreeSet<String> =
                messages.flat_map(|message| message.lines().map(str::to_owned).collect::<Vec<_>>()).collect();
            assert_eq!(told(&built_in, &group), wanted);
        }
    }
}

/// What keeps the rest from being tried, or would be told of other cases' parts too.
#[test]
fn faults_that_hide_others_are_told() {
    let built_in = of_one_treatment();
    let wrong = cases("alone").into_iter().filter_map(|case| {
        let told: Vec<String> = told(&built_in, &[&case]).into_iter().collect();
        compare(&case, &told.join("\n"))
    });
    finish(wrong.collect());
}

/// What only a treatment of another shape can have wrong, with steps and without areas: each case shows one finding.
#[test]
fn a_treatment_of_another_shape_names_every_fault() {
    let made = made_folder::folder();
    assert_eq!(told(&made, &[]), BTreeSet::new());
    let wrong = cases("made").into_iter().filter_map(|case| {
        let told: Vec<String> = told(&made, &[&case]).into_iter().collect();
        match told.len() {
            1 => compare(&case, &told[0]),
            _ => Some(format!("{}: not one finding: {told:#?}", case.display())),
        }
    });
    finish(wrong.collect());
}

/// All that `check` tells of the built-in folder with the edits of these cases.
fn told(built_in: &Memory, cases: &[&PathBuf]) -> BTreeSet<String> {
    let mut folder = built_in.clone();
    for case in cases {
        overlay(&mut folder, case, case);
        edit(&mut folder, case);
    }
    let found = Engine::check(&folder, |_| Ok::<_, Infallible>(now())).expect("a time");
    let told = found.into_iter().filter(|fault| fault.code != "no-phone");
    told.map(|fault| with_short_lists(&coded(&Faults(vec![fault])))).collect()
}

/// Groups of cases; without two faults in one file where who finds one in a text looks no further.
fn apart(cases: &[PathBuf], by_file: bool) -> Vec<Vec<&PathBuf>> {
    let mut groups: BTreeMap<usize, Vec<&PathBuf>> = BTreeMap::new();
    let mut files: BTreeMap<String, usize> = BTreeMap::new();
    for case in cases {
        let edit = fs::read_to_string(case.join("edit.txt")).unwrap_or_default();
        let before = files.entry(edit.lines().next().unwrap_or_default().to_owned()).or_default();
        groups.entry(if by_file { *before } else { 0 }).or_default().push(case);
        *before += 1;
    }
    groups.into_values().collect()
}

/// The built-in folder with dry needling alone: a fault in what treatments share is told once for each.
fn of_one_treatment() -> Memory {
    let mut folder = Memory::copy(&Embedded).expect("the built-in folder");
    let others = |path: &str| {
        path.strip_prefix("content/treatments/").is_some_and(|path| !path.starts_with("dry-needling/"))
    };
    folder.0.retain(|path, _| !others(path));
    let profile = "content/clinic.yaml";
    let text = String::from_utf8(folder.0[profile].to_vec()).expect("text");
    let line = |line: &str| match line.starts_with("treatments:") {
        true => "treatments: [dry-needling]\n".to_owned(),
        false => format!("{line}\n"),
    };
    let text: String = text.lines().map(line).collect();
    folder.0.insert(profile.into(), text.into_bytes().into());
    folder
}

fn in_languages(mut folder: Memory, languages: &str) -> Memory {
    let profile = "content/clinic.yaml";
    let text = String::from_utf8(folder.0[profile].to_vec()).expect("text");
    let text = text.replace("languages: [en]", &format!("languages: [{languages}]"));
    folder.0.insert(profile.into(), text.into_bytes().into());
    folder
}

fn overlay(folder: &mut Memory, root: &Path, from: &Path) {
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("a file").path();
        if path.is_dir() {
            overlay(folder, root, &path);
            continue;
        }
        let name = path.strip_prefix(root).expect("inside").to_string_lossy().into_owned();
        let data = fs::read(&path).expect("a file");
        match (name.as_str(), data.is_empty()) {
            ("message.txt" | "edit.txt", _) => {}
            (_, true) => drop(folder.0.remove(&name)),
            (_, false) => drop(folder.0.insert(name, data.into())),
        }
    }
}

/// `edit.txt`: the path of a file, the lines to take out after `< `, the lines to put in after `> `.
fn edit(folder: &mut Memory, case: &Path) -> bool {
    let Ok(edit) = fs::read_to_string(case.join("edit.txt")) else { return false };
    let (path, lines) = edit.split_once('\n').expect("a path");
    let of =
        |mark: &str| lines.lines().filter_map(|line| line.strip_prefix(mark)).collect::<Vec<_>>().join("\n");
    let text = String::from_utf8(folder.0[path].to_vec()).expect("text");
    assert!(text.contains(&of("< ")), "{}: the text to edit is not there", case.display());
    folder.0.insert(path.to_owned(), text.replacen(&of("< "), &of("> "), 1).into_bytes().into());
    true
}

fn without_lines(message: &str) -> String {
    let line = |line: &str| match line.splitn(3, ": ").collect::<Vec<_>>()[..] {
        [code, place, rest] => {
            format!("{code}: {}: {rest}", place.split(':').next().unwrap_or_default())
        }
        _ => line.to_owned(),
    };
    message.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// The built-in folder with a second language, whose texts are those of the first.
fn in_language(tag: &str) -> Memory {
    let mut folder = of_one_treatment();
    folder.0.retain(|path, _| !path.contains(&format!("/{tag}/")));
    let texts = folder.0.iter().filter(|(path, _)| path.contains("/en/"));
    let copies: Vec<_> =
        texts.map(|(path, data)| (path.replace("/en/", &format!("/{tag}/")), data.clone())).collect();
    folder.0.extend(copies);
    replace(&mut folder, "content/clinic.yaml", "languages: [en]", &format!("languages: [en, {tag}]"));
    folder
}

fn replace(folder: &mut Memory, path: &str, from: &str, to: &str) {
    let text = String::from_utf8(folder.0[path].to_vec()).expect("text");
    assert!(text.contains(from), "{path}: {from}");
    folder.0.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes().into());
}

fn codes(folder: &Memory) -> Vec<(&'static str, String)> {
    let read = load(folder).unwrap_or_else(|faults| panic!("{faults}")).value;
    let found = proofread(folder, &read, &prose_words(folder).0, Some(now().date_naive()));
    let place = |place: Option<Place>| place.map(|place| place.to_string()).unwrap_or_default();
    found.into_iter().map(|fault| (fault.code, place(fault.place))).collect()
}

/// Digits of two bytes each: a text with them is cut where its letters end, and nowhere inside.
#[test]
fn an_edit_in_digits_of_another_script_is_told() {
    const HELP: &str = "content/treatments/dry-needling/fa/safety.yaml";
    let mut folder = of_one_treatment();
    replace(&mut folder, "content/clinic.yaml", "languages: [en]", "languages: [fa]");
    let text = String::from_utf8(folder.0[HELP].to_vec()).expect("text");
    let line = text.lines().find(|line| line.contains(" 10 ")).expect("a number");
    let (at, behind) = line.split_once(" 10 ").expect("a number");
    for (text, is_told) in [
        (format!("{at} \u{6f1}\u{6f0}\u{6f0} {behind}"), true),
        (format!("{at} {behind} \u{6f1}\u{6f0}\u{6f0}"), false),
        (format!("{at} \u{6f1}\u{6f0}\u{6f0}. {behind}"), false),
    ] {
        let mut edited = folder.clone();
        replace(&mut edited, HELP, line, &text);
        let told = codes(&edited).iter().any(|(code, _)| *code == "changed-sense");
        assert_eq!(told, is_told, "{text}");
    }
}

#[test]
fn a_language_that_says_other_things_than_the_first_is_told() {
    const HELP: &str = "content/treatments/dry-needling/fr/safety.yaml";
    const FAQ: &str = "content/treatments/dry-needling/fr/faq.yaml";
    const REST: &str = "content/treatments/dry-needling/fr/rest.md";
    const WATER: &str = "content/treatments/dry-needling/fr/hydration.md";
    const SHORT: &str = "content/treatments/dry-needling/fr/what-to-expect.md";
    const AVOID: &str = "content/treatments/dry-needling/fr/avoid.md";
    const MOVES: &str = "content/exercises/fr/stretches.yaml";
    const SWAPPED: &str = "{{ fatigue.day }} or tired until {{ soreness.day }}";
    let copied = in_language("fr");
    let usual = codes(&copied);
    assert!(usual.iter().any(|(code, place)| *code == "same-text" && place.starts_with(HELP)), "{usual:#?}");
    assert!(
        usual.iter().all(|(code, place)| place.contains("/fr/") || *code == "unused-claim"),
        "{usual:#?}"
    );
    let of = |change: &dyn Fn(&mut Memory)| {
        let mut folder = copied.clone();
        change(&mut folder);
        let mut found = codes(&folder);
        // English stands in the place of French here, so each text that is touched is another than the French that came.
        let is_untranslated = |code: &str| {
            ["same-text", "other-language", "changed-head", "changed-text", "lost-sentence"].contains(&code)
        };
        found.retain(|one| !is_untranslated(one.0) && !usual.contains(one));
        found.into_iter().map(|(code, _)| code).collect::<Vec<_>>()
    };
    let file = |path: &'static str, from: &'static str, to: &'static str| {
        of(&move |folder: &mut Memory| replace(folder, path, from, to))
    };
    assert_eq!(file(HELP, "10 minutes of", "20 minutes of"), ["literal-duration", "other-number"]);
    assert_eq!(file(HELP, "10 minutes of", "dix minutes de"), Vec::<&str>::new());
    assert_eq!(file(FAQ, "{{ fatigue.after }}", "{{ soreness.after }}"), ["other-window"]);
    assert_eq!(file(REST, "Rest is the", "{% if pregnancy %}Rest{% endif %} is the"), ["other-condition"]);
    assert_eq!(file(REST, "Rest is the", "« Repos\u{a0}» is the"), ["breaking-space"]);
    assert_eq!(file(REST, "Rest is the", "\"Repos\" is the"), ["straight-quotes"]);
    assert_eq!(file(HELP, "Do not drive. Do", "Drive. Do"), ["other-negation"]);
    assert_eq!(file(HELP, "10 minutes of", "10 heures of"), ["literal-duration", "other-number"]);
    assert_eq!(file(FAQ, "{{ fatigue.after }}", "{{ fatigue.when }}"), ["other-window"]);
    assert_eq!(file(SHORT, "{{ soreness.day }} or tired until {{ fatigue.day }}", SWAPPED), ["other-window"]);
    assert_eq!(file(REST, "intensity == \"light\"", "intensity == \"intense\""), ["other-condition"]);
    assert_eq!(file(WATER, "{% if fluid_limit %}Keep", "{% if not fluid_limit %}Keep"), ["other-condition"]);
    assert_eq!(file(REST, "{% elif for_patient %}", "{% elif not for_patient %}"), ["other-condition"]);
    assert_eq!(file(WATER, "audience: both", "audience: public"), ["other-head"]);
    assert_eq!(file(WATER, "priority: 60", "priority: 20"), ["other-head"]);
    assert_eq!(file(FAQ, "priority: 45", "priority: 45\n  conditions: [immune]"), ["other-head"]);
    assert_eq!(file(MOVES, "regions: [neck]", "regions: [neck, chest]"), ["other-head"]);
    let (dose, wider) = ("hold: {usual: 20, from: 10, to: 30}", "hold: {usual: 20, from: 10, to: 60}");
    assert_eq!(file(MOVES, dose, wider), ["other-head"]);
    let lost = file(AVOID, "- Walk and stretch gently. Both are fine.\n", "");
    assert!(lost.contains(&"other-length"), "{lost:?}");
    let brief = |folder: &mut Memory| {
        let text = String::from_utf8(folder.0[SHORT].to_vec()).unwrap();
        let (head, _) = text.rsplit_once("---\n").expect("a head");
        folder.0.insert(SHORT.into(), format!("{head}---\nSome feel well.\n").into_bytes().into());
    };
    assert!(of(&brief).contains(&"other-length"), "{:?}", of(&brief));
    let gone = of(&|folder: &mut Memory| drop(folder.0.remove(REST)));
    assert_eq!(gone, ["untranslated"]);
}

/// What all treatments share may name areas, facts and claims of those that a clinic took out.
#[test]
fn a_clinic_may_keep_any_one_treatment_alone() {
    for id in ["dry-needling", "shockwave", "cupping"] {
        let mut folder = Memory::copy(&Embedded).expect("the built-in folder");
        let own = format!("{id}/");
        folder.0.retain(|path, _| {
            path.strip_prefix("content/treatments/").is_none_or(|path| path.starts_with(&own))
        });
        let list = "treatments: [dry-needling, shockwave, cupping]";
        replace(&mut folder, "content/clinic.yaml", list, &format!("treatments: [{id}]"));
        let read = load(&folder).unwrap_or_else(|faults| panic!("{id}: {faults}"));
        assert!(read.warnings.is_empty(), "{id}: {:#?}", read.warnings);
        let found = codes(&folder);
        assert!(found.is_empty(), "{id}: {found:#?}");
    }
}

/// Digits of another script, and digits that stand between letters without a space.
#[test]
fn numbers_are_found_in_every_script() {
    for (tag, call, rest) in [
        ("fa", "با ۱۱۵ تماس بگیرید.", "۴۸ ساعت استراحت کنید."),
        ("zh-Hans", "请打120。", "请休息48小时的时间。"),
    ] {
        let mut folder = of_one_treatment();
        replace(&mut folder, "content/clinic.yaml", "languages: [en]", &format!("languages: [{tag}]"));
        let path = format!("content/treatments/dry-needling/{tag}/when-to-call.md");
        assert!(codes(&folder).is_empty(), "{tag}: {:?}", codes(&folder));
        for (text, code) in [(call, "foreign-number"), (rest, "literal-duration")] {
            let mut folder = folder.clone();
            let old = String::from_utf8(folder.0[&path].to_vec()).unwrap();
            folder.0.insert(path.clone(), format!("{}\n{text}\n", old.trim_end()).into_bytes().into());
            let found = codes(&folder);
            assert!(found.iter().any(|(own, _)| *own == code), "{tag}: {text}: {found:?}");
        }
    }
}

/// What is written out in the words of each language, line by line.
#[test]
fn sentences_of_every_language_are_told() {
    let sentences: Vec<Vec<&str>> =
        include_str!("fixtures/told-sentences.txt").lines().map(|line| line.split('\t').collect()).collect();
    for tag in ["en", "fr", "es", "fa", "zh-Hans"] {
        let (mut folder, path) = alone_in(tag);
        let old = String::from_utf8(folder.0[&path].to_vec()).unwrap();
        let own: Vec<&Vec<&str>> = sentences.iter().filter(|sentence| sentence[0] == tag).collect();
        let lines: String = own.iter().map(|sentence| format!("\n\n{}", sentence[2])).collect();
        folder.0.insert(path, format!("{}{lines}\n", old.trim_end()).into_bytes().into());
        let found = codes(&folder);
        for (index, sentence) in own.iter().enumerate() {
            let line = format!(":{}:", old.trim_end().lines().count() + 2 * (index + 1));
            let told = found.iter().any(|(code, place)| *code == sentence[1] && place.contains(&line));
            assert!(told, "{sentence:?}: {found:#?}");
        }
    }
}

/// The folder in one language, and a text of it.
fn alone_in(tag: &str) -> (Memory, String) {
    let mut folder = of_one_treatment();
    replace(&mut folder, "content/clinic.yaml", "languages: [en]", &format!("languages: [{tag}]"));
    (folder, format!("content/treatments/dry-needling/{tag}/when-to-call.md"))
}

/// A warning that says to get help at once, and then that it can wait.
#[test]
fn help_that_is_put_off_is_told_in_every_language() {
    for (tag, old, new) in [
        ("fr", "Appelez aujourd'hui", "Appelez cette semaine"),
        ("fr", "N'attendez pas notre", "Attendez notre"),
        ("es", "Pida ayuda hoy", "Pida ayuda mañana"),
        ("es", "No espere nuestra", "Espere nuestra"),
        ("fa", "همین امروز، روز یا شب", "فردا، روز یا شب"),
        ("zh-Hans", "当天求助，白天", "明天求助，白天"),
        ("zh-Hans", "不要等我们", "先等我们"),
    ] {
        let (mut folder, _) = alone_in(tag);
        let signs = format!("content/treatments/dry-needling/{tag}/safety.yaml");
        replace(&mut folder, &signs, old, new);
        let found = codes(&folder);
        assert!(found.iter().any(|(code, _)| *code == "delayed-help"), "{tag}: {new}: {found:?}");
    }
}

/// What to do until help comes puts nothing off.
#[test]
fn what_to_do_while_one_waits_is_no_delay() {
    for (tag, old, new) in [
        (
            "en",
            "act: Do not drive. Do not wait for our call.",
            "act: Lie still while you wait. Do not drive.",
        ),
        (
            "fr",
            "act: Ne conduisez pas. N'attendez pas notre appel.",
            "act: Restez couché pendant que vous attendez. Ne conduisez pas.",
        ),
    ] {
        let (mut folder, _) = alone_in(tag);
        let signs = format!("content/treatments/dry-needling/{tag}/safety.yaml");
        replace(&mut folder, &signs, old, new);
        let found = codes(&folder);
        assert!(found.iter().all(|(code, _)| *code != "delayed-help"), "{tag}: {new}: {found:?}");
    }
}

/// A precaution that no fact, window or text asks for.
#[test]
fn a_value_from_which_nothing_follows_is_told() {
    const TREATMENT: &str = "content/treatments/dry-needling/treatment.yaml";
    let mut folder = of_one_treatment();
    assert!(codes(&folder).iter().all(|(code, _)| *code != "idle-value"));
    replace(&mut folder, TREATMENT, "faints, immune]", "faints, immune, athlete]");
    let words = "content/treatments/dry-needling/en/words.yaml";
    replace(&mut folder, words, "  immune: weak", "  athlete: athlete\n  immune: weak");
    let told = codes(&folder);
    assert!(told.iter().any(|(code, place)| *code == "idle-value" && place.contains(TREATMENT)), "{told:?}");
    replace(
        &mut folder,
        TREATMENT,
        "immune: {precautions: [immune]}",
        "immune: {precautions: [immune, athlete]}",
    );
    assert!(codes(&folder).iter().all(|(code, _)| *code != "idle-value"));
}

/// In a warning sign the same window said another way is no matter of style.
#[test]
fn a_sign_that_names_a_window_another_way_is_an_error() {
    let mut folder = in_language("fr");
    let signs = "content/treatments/dry-needling/fr/safety.yaml";
    replace(&mut folder, signs, "{{ call_if_sore_after.after }}", "{{ call_if_sore_after.when }}");
    let read = load(&folder).unwrap_or_else(|faults| panic!("{faults}")).value;
    let found = proofread(&folder, &read, &prose_words(&folder).0, None);
    let window = found.iter().find(|fault| fault.code == "other-window").expect("a finding");
    assert_eq!(window.severity, Severity::Error);
}

#[test]
fn a_language_without_a_list_of_words_is_told() {
    let mut folder = in_language("eo");
    let dates = folder.0["content/dates/en.yaml"].clone();
    folder.0.insert("content/dates/eo.yaml".into(), dates);
    for language in ["en", "eo"] {
        let words = format!("content/languages/{language}/words.yaml");
        replace(&mut folder, &words, "  fr: French", "  fr: French\n  eo: Esperanto");
    }
    assert!(codes(&folder).contains(&("no-prose-words", "content/clinic.yaml".to_owned())));
}

/// Sentences of clinics that are right as they stand.
#[test]
fn good_texts_are_left_alone() {
    let mut folder = of_one_treatment();
    let good = "Our nurse line answers 24 hours a day, 7 days a week. In 2018, 20,464 sessions were counted: about 1 in 1,000 \
        had trouble. You may feel worse one day and better the next. Rate your pain from 0 to 10. Call us, your doctor or \
        {{ clinic.nurse_line }} above 38.3 °C or 101 °F. We are at 1234 Main Street, suite 300. It's \"fine\", always (x5) – \
        3 * 5 = 15. Two days a week is enough. Write to hello_us@clinic.example, or see [our page](https://clinic.example/a_b). The pain that that man \
        had had was gone. {% if pregnancy %}Walk{% else %}Walk{% endif %} with *care* and **slowly**, 5 \\* 3.";
    let sentences = include_str!("fixtures/good-sentences.txt");
    let path = "content/treatments/dry-needling/en/when-to-call.md";
    let close = "Ignoring it can hide a problem and slow recovery.";
    let usual = codes(&folder);
    replace(&mut folder, path, close, &format!("{close} {good}\n{sentences}"));
    let found: Vec<_> = codes(&folder).into_iter().filter(|one| !usual.contains(one)).collect();
    assert!(found.is_empty(), "{found:#?}");
}

/// A translation says who answers for it, and from which state of the original it was made.
#[test]
fn a_translation_older_than_its_original_is_told() {
    const RECORD: &str = "content/treatments/dry-needling/fr/translation.yaml";
    const REST: &str = "content/treatments/dry-needling/en/rest.md";
    let mut folder = in_language("fr");
    let told = |folder: &Memory| {
        let read = load(folder).unwrap_or_else(|faults| panic!("{faults}")).value;
        let found = proofread(folder, &read, &prose_words(folder).0, Some(now().date_naive()));
        let codes = ["no-translation-record", "older-translation", "no-original"];
        let own = found.into_iter().filter(|fault| codes.contains(&fault.code));
        own.map(|fault| coded(&Faults(vec![fault]))).collect::<Vec<_>>()
    };
    let none = told(&folder);
    assert!(none.len() == 1 && none[0].contains("nobody says who translated these texts"), "{none:#?}");
    let (_, lines) = none[0].split_once("write under `translates`: ").expect("the lines to write");
    let lines = lines.split(", ").map(|line| format!("  {}\n", line.trim_matches('`'))).collect::<String>();
    assert!(lines.contains("  rest.md: ") && lines.contains("  safety.yaml: "), "{lines}");
    let record = format!("translator: Ana Roy\nsecond-reader: Luc Roy\ntranslates:\n{lines}");
    folder.0.insert(RECORD.into(), record.clone().into_bytes().into());
    assert_eq!(told(&folder), Vec::<String>::new());
    // Line ends of another system change nothing.
    let text = String::from_utf8(folder.0[REST].to_vec()).unwrap();
    folder.0.insert(REST.into(), text.replace('\n', "\r\n").into_bytes().into());
    assert_eq!(told(&folder), Vec::<String>::new());
    replace(&mut folder, REST, "Rest is the", "Today rest is the");
    let older = told(&folder);
    let at = "older-translation: content/treatments/dry-needling/fr/translation.yaml:";
    assert!(older.len() == 1 && older[0].starts_with(at), "{older:#?}");
    assert!(
        older[0].contains("`rest.md` translates an older content/treatments/dry-needling/en/rest.md"),
        "{older:#?}"
    );
    let of_nothing = record.replace("  rest.md", "  resting.md");
    folder.0.insert(RECORD.into(), of_nothing.into_bytes().into());
    let told = told(&folder);
    assert!(told.len() == 2 && told.iter().any(|one| one.starts_with("no-original: ")), "{told:#?}");
}
