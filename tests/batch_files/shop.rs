//! A clinic's folder with a roster, and what a run says and leaves in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

pub const HEADER: &str = "id,patient,session_at,regions\n";

pub fn row(id: &str, region: &str) -> String {
    format!("{id},Zoë,2026-11-24T15:30,{region}\n")
}

pub fn roster(ids: impl IntoIterator<Item = usize>, region: &str) -> String {
    std::iter::once(HEADER.to_owned())
        .chain(ids.into_iter().map(|id| row(&format!("p{id:04}"), region)))
        .collect()
}

/// A folder with a roster of so many good rows.
pub fn workshop(rows: usize) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    put(&folder, "roster.csv", &roster(0..rows, "neck"));
    folder
}

pub fn put(shop: &TempDir, name: &str, text: &str) {
    let path = shop.path().join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

pub fn text(shop: &TempDir, name: &str) -> String {
    fs::read_to_string(shop.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

pub fn aftercare(shop: &TempDir, arguments: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aftercare"));
    command.current_dir(shop.path()).args(arguments.split(' ')).env_remove("AFTERCARE_CLINIC");
    command
}

/// The exit code, and what was said.
pub fn run(shop: &TempDir, arguments: &str) -> (i32, String) {
    let Output { status, stderr, .. } = aftercare(shop, arguments).output().expect("the program runs");
    (status.code().unwrap_or(-1), String::from_utf8_lossy(&stderr).into_owned())
}

pub fn good(shop: &TempDir, arguments: &str) -> String {
    let (code, said) = run(shop, arguments);
    assert_eq!(code, 0, "{said}");
    said
}

/// The call is refused with these words, and every file is as it was.
pub fn refused(shop: &TempDir, arguments: &str, words: &[&str]) {
    let before = files(shop.path());
    let (code, said) = run(shop, arguments);
    assert_eq!(code, 2, "{arguments}: {said}");
    for word in words {
        assert!(said.contains(word), "{arguments}: `{word}` is not in: {said}");
    }
    let after = files(shop.path());
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>(), "{arguments}");
    assert!(before == after, "{arguments} changed a file");
}

/// Every file below a folder, hidden ones too.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the folder stands").map(|entry| entry.expect("an entry")) {
        let name = entry.file_name().to_string_lossy().into_owned();
        match entry.path().is_dir() {
            true => {
                found.insert(format!("{name}/"), Vec::new());
                found.extend(
                    files(&entry.path()).into_iter().map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)),
                );
            }
            false => {
                found.insert(name, fs::read(entry.path()).expect("a file"));
            }
        }
    }
    found
}

pub fn names(shop: &TempDir, folder: &str) -> Vec<String> {
    files(&shop.path().join(folder)).into_keys().collect()
}

pub fn manifest_ids(shop: &TempDir, folder: &str) -> Vec<String> {
    let ids = text(shop, &format!("{folder}/manifest.jsonl"));
    ids.lines()
        .map(|line| {
            let line: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
            format!("{} {}", line["id"].as_str().unwrap_or("-"), line["status"].as_str().unwrap_or("-"))
        })
        .collect()
}

/// A batch of two good rows and so many bad ones, in `out`; the bad ones are mended in its list.
pub fn mended(bad: usize) -> TempDir {
    let shop = workshop(2);
    let rows =
        text(&shop, "roster.csv") + roster(10..10 + bad, "nek").strip_prefix(HEADER).unwrap_or_default();
    put(&shop, "roster.csv", &rows);
    let (code, said) = run(&shop, "batch roster.csv -o out");
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("mend the rows in this file"), "{said}");
    let list = text(&shop, "out/errors.csv").replace(",nek,", ",neck,");
    put(&shop, "out/errors.csv", &list);
    shop
}
