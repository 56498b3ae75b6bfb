//! Cases of faults: a folder each, with the message that it must give in `message.txt`.

use aftercare::diagnostic::Faults;
use chrono::{DateTime, Utc};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

pub fn now() -> DateTime<Utc> {
    "2026-11-24T20:30:00Z".parse().expect("a time")
}

pub fn cases(kind: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/invalid").join(kind);
    let mut cases: Vec<PathBuf> =
        fs::read_dir(folder).expect("cases").map(|entry| entry.expect("a case").path()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    cases
}

/// What is wrong with the cases, in their order, judged on all processors: some kinds have hundreds.
#[allow(dead_code)] // Lists have few cases.
pub fn judged(cases: &[PathBuf], judge: impl Fn(&Path) -> Option<String> + Sync) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let work = || {
        let numbers = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
        let mine = numbers.map_while(|number| Some((number, judge(cases.get(number)?))));
        mine.filter_map(|(number, wrong)| Some((number, wrong?))).collect::<Vec<_>>()
    };
    let workers = thread::available_parallelism().map_or(1, |number| number.get());
    let mut wrong: Vec<(usize, String)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("no case breaks the test")).collect()
    });
    wrong.sort();
    wrong.into_iter().map(|(_, wrong)| wrong).collect()
}

/// Long lists of what is allowed are cut after their first name: most are the clinic's to change.
pub fn with_short_lists(message: &str) -> String {
    let cut = |line: &str| match line.split_once("allowed are ") {
        Some((before, list)) if list.matches(", ").count() > 7 => {
            format!("{before}allowed are {}, …", list.split(", ").next().unwrap_or_default())
        }
        _ => line.to_owned(),
    };
    message.lines().map(cut).collect::<Vec<_>>().join("\n")
}

/// Holds a case's message against its file; gives the case's name when they differ.
pub fn compare(case: &Path, message: &str) -> Option<String> {
    let message = with_short_lists(message);
    let file = case.join("message.txt");
    if std::env::var_os("UPDATE_MESSAGES").is_some() {
        fs::write(&file, format!("{message}\n")).expect("a message is written");
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    let name = case.file_name().unwrap_or_default().to_string_lossy();
    (expected.trim_end() != message).then(|| format!("{name}:\n  wanted: {expected}\n  got:    {message}\n"))
}

/// Each fault after its code, by which docs/checks.md explains it.
pub fn coded(faults: &Faults) -> String {
    let each = faults.0.iter().map(|fault| format!("{}: {}", fault.code, Faults(vec![fault.clone()])));
    each.collect::<Vec<_>>().join("\n")
}

pub fn finish(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
