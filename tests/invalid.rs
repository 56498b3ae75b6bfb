//! A folder a failing case, with the exact message that it must give. `UPDATE_MESSAGES=1 cargo test --test invalid`
//! writes the messages anew: read them before you keep them.

use aftercare::content::files::{Embedded, Memory};
use aftercare::content::{Library, load, proofread};
use aftercare::diagnostic::Faults;
use aftercare::request::{from_yaml, resolve};
use chrono::{DateTime, Utc};
use std::fs;
use std::path::{Path, PathBuf};

fn now() -> DateTime<Utc> {
    "2026-11-24T20:30:00Z".parse().expect("a time")
}

fn built_in() -> Library {
    load(&Embedded).unwrap_or_else(|faults| panic!("{faults}")).value.first
}

fn cases(kind: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/invalid").join(kind);
    let mut cases: Vec<PathBuf> =
        fs::read_dir(folder).expect("cases").map(|entry| entry.expect("a case").path()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    cases
}

/// Long lists of what is allowed are cut after their first name: most are the clinic's to change.
fn with_short_lists(message: &str) -> String {
    let cut = |line: &str| match line.split_once("allowed are ") {
        Some((before, list)) if list.matches(", ").count() > 7 => {
            format!("{before}allowed are {}, …", list.split(", ").next().unwrap_or_default())
        }
        _ => line.to_owned(),
    };
    message.lines().map(cut).collect::<Vec<_>>().join("\n")
}

/// Holds a case's message against its file; gives the case's name when they differ.
fn compare(case: &Path, message: &str) -> Option<String> {
    let message = with_short_lists(message);
    let file = case.join("message.txt");
    if std::env::var_os("UPDATE_MESSAGES").is_some() {
        fs::write(&file, format!("{message}\n")).expect("a message is written");
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    let name = case.file_name().unwrap_or_default().to_string_lossy();
    (expected.trim_end() != message).then(|| format!("{name}:\n  wanted: {expected}\n  got:    {message}\n"))
}

fn finish(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn requests_name_every_fault() {
    let library = built_in();
    let wrong = cases("request").into_iter().filter_map(|case| {
        let text = fs::read_to_string(case.join("request.yaml")).expect("a request");
        let faults = resolve(&from_yaml("request.yaml", &text, &library.keys), &library, now()).err();
        let seen = format!("{faults:?}");
        assert!(!seen.contains("Zebediah"), "{}: a patient's word is in a message: {seen}", case.display());
        let message = faults.map_or("no fault".to_owned(), |faults| faults.to_string());
        compare(&case, &message)
    });
    finish(wrong.collect());
}

/// Each case is a few files laid over the built-in folder (an empty one takes its file away), or an edit of one
/// built-in file. Lines of edited files are not compared: their other text is the clinic's to change.
#[test]
fn clinic_folders_name_every_fault() {
    let built_in = of_one_treatment();
    let wrong = cases("content").into_iter().filter_map(|case| {
        let mut folder = built_in.clone();
        overlay(&mut folder, &case, &case);
        let edited = edit(&mut folder, &case);
        let message = match load(&folder) {
            Err(faults) => faults.to_string(),
            Ok(_) => "no fault".to_owned(),
        };
        compare(&case, &if edited { without_lines(&message) } else { message })
    });
    finish(wrong.collect());
}

/// What only a careful reader finds in a folder that can be used: each case shows one finding, with its line and column.
#[test]
fn texts_name_each_slip_alone() {
    let built_in = of_one_treatment();
    let today = now().date_naive();
    let found = |folder: &Memory| {
        let read = load(folder).unwrap_or_else(|faults| panic!("{faults}")).value;
        proofread(folder, &read, today)
    };
    let usual = found(&built_in);
    let wrong = cases("check").into_iter().filter_map(|case| {
        let mut folder = built_in.clone();
        overlay(&mut folder, &case, &case);
        edit(&mut folder, &case);
        let own = found(&folder).into_iter().filter(|fault| {
            !usual.iter().any(|other| other.code == fault.code && other.message == fault.message)
        });
        let own: Vec<String> =
            own.map(|fault| format!("{}: {}", fault.code, Faults(vec![fault.clone()]))).collect();
        match own.len() {
            1 => compare(&case, &own[0]),
            _ => Some(format!("{}: not one finding: {own:#?}", case.display())),
        }
    });
    finish(wrong.collect());
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
    let line = |line: &str| match line.split_once(": ") {
        Some((place, rest)) => format!("{}: {rest}", place.split(':').next().unwrap_or_default()),
        None => line.to_owned(),
    };
    message.lines().map(line).collect::<Vec<_>>().join("\n")
}
