//! Disks that fail, and power that goes: the order in which a batch syncs and renames, faults put into its system calls, and a
//! hundred kills. What stands is whole, and the next run leaves what an undisturbed one does.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_aftercare");
const BATCH: [&str; 8] = ["--now", "2026-11-24T15:30", "batch", "roster.csv", "-q", "-j", "2", "-o"];
/// Whatever writes, syncs and renames.
const CALLS: &str = "write,pwrite64,writev,fsync,fdatasync,syncfs,rename,renameat,renameat2";

fn workshop(rows: usize) -> TempDir {
    let shop = TempDir::new().expect("a folder");
    let rows = (0..rows).map(|row| format!("p{row:04},Zoë {row},neck; calf:left,2026-11-24T15:30\n"));
    let roster: String = std::iter::once("id,patient,regions,session_at\n".to_owned()).chain(rows).collect();
    // One that fails, so that there is a list of failed rows.
    fs::write(shop.path().join("roster.csv"), roster + "bad,Bo,nek,2026-11-24T15:30\n").expect("a roster");
    shop
}

fn command(shop: &TempDir, program: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(shop.path()).env_remove("AFTERCARE_CLINIC");
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command
}

fn batch(shop: &TempDir, out: &str) -> Output {
    command(shop, PROGRAM)
        .args(BATCH)
        .args([out, "--resume", "--faults-ok"])
        .output()
        .expect("the program runs")
}

/// What a run leaves that somebody sees.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let Ok(entries) = fs::read_dir(folder) else { return BTreeMap::new() };
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    let seen = names.filter(|name| !name.starts_with('.'));
    seen.map(|name| (name.clone(), fs::read(folder.join(name)).expect("a file"))).collect()
}

/// Fails when a handout that stands is not what it should be.
fn assert_whole(found: &BTreeMap<String, Vec<u8>>, whole: &BTreeMap<String, Vec<u8>>, when: &str) {
    for (name, bytes) in found.iter().filter(|(name, _)| name.ends_with(".pdf")) {
        assert!(whole.get(name) == Some(bytes), "{when}: {name} is not whole");
    }
}

/// strace with these arguments in front of the program; `None` where it may not look at other programs.
fn traced(shop: &TempDir, arguments: &[&str], out: &str) -> Option<Output> {
    let Ok(probe) = command(shop, "strace").args(["-o", "/dev/null", "true"]).output() else {
        let loud = "*** NOT CHECKED: strace is missing ***";
        assert!(std::env::var("CI").as_deref() != Ok("true"), "{loud}");
        eprintln!("{loud}");
        return None;
    };
    if !probe.status.success() {
        eprintln!("*** NOT CHECKED: strace may not look at programs here ***");
        return None;
    }
    let mut strace = command(shop, "strace");
    strace.args(["-f", "-y", "-o", "trace.txt"]).args(arguments).arg(PROGRAM).args(BATCH).arg(out);
    Some(strace.output().expect("strace runs"))
}

/// A call that has ended, with its words and what it gave.
struct Call {
    name: String,
    words: String,
}

/// The calls of a trace that succeeded, in the order in which they ended; renames where they began.
fn calls(trace: &str) -> Vec<Call> {
    let mut begun: BTreeMap<&str, String> = BTreeMap::new();
    let mut calls = Vec::new();
    for line in trace.lines() {
        let Some((thread, text)) = line.trim_start().split_once(' ') else { continue };
        let mut text = text.trim_start().to_owned();
        if let Some(start) = text.strip_suffix("<unfinished ...>") {
            begun.insert(thread, start.to_owned());
            continue;
        }
        if let Some((_, rest)) = text.strip_prefix("<... ").and_then(|rest| rest.split_once("resumed>")) {
            text = begun.remove(thread).unwrap_or_default() + rest;
        }
        let Some((name, words)) = text.split_once('(') else { continue };
        if !words.contains("= -1") {
            calls.push(Call { name: name.to_owned(), words: words.to_owned() });
        }
    }
    calls
}

/// The path of the file that a call is about.
fn path_of(words: &str) -> &str {
    words.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or("", |(path, _)| path)
}

#[test]
fn what_has_its_name_is_on_the_disk_and_what_the_manifest_names_has_its_name() {
    let shop = workshop(150);
    let Some(run) = traced(&shop, &["-e", &format!("trace={CALLS}")], "out") else { return };
    assert_eq!(run.status.code(), Some(1), "one row fails: {}", String::from_utf8_lossy(&run.stderr));
    let trace = fs::read_to_string(shop.path().join("trace.txt")).expect("a trace");
    let (mut written, mut synced, mut renamed, mut named) = (BTreeMap::new(), 0, 0, 0);
    let (mut handouts, mut manifest_written, mut manifest_synced) = (0, 0, 0);
    for (at, call) in calls(&trace).into_iter().enumerate() {
        let path = path_of(&call.words);
        let is_manifest = path.ends_with("/out/manifest.jsonl");
        match &*call.name {
            "write" | "pwrite64" | "writev" if is_manifest => {
                assert!(named > renamed, "a line was written before its files had their names on the disk");
                manifest_written = at;
            }
            "write" | "pwrite64" | "writev" => drop(written.insert(path.to_owned(), at)),
            "syncfs" => synced = at,
            "fsync" | "fdatasync" if path.ends_with("/out") => named = at,
            "fsync" | "fdatasync" if is_manifest => manifest_synced = at,
            "rename" | "renameat" | "renameat2" if call.words.contains(".pdf\"") => {
                let from = call.words.split('"').nth(1).unwrap_or_default();
                let last = written.get(from).expect("a handout that was written");
                assert!(*last < synced, "{from} got its name before its bytes were on the disk");
                (handouts, renamed) = (handouts + 1, at);
            }
            _ => {}
        }
    }
    assert_eq!(handouts, 150);
    assert!(named > renamed && manifest_synced > manifest_written, "the end was not synced");
}

#[test]
fn faults_of_a_disk_lose_nothing() {
    let shop = workshop(24);
    assert!(batch(&shop, "whole").status.success());
    let whole = files(&shop.path().join("whole"));
    assert_eq!(whole.len(), 26, "handouts, manifest and list");
    let (mut stopped, mut number) = (0, 0);
    for calls in ["write,pwrite64", "fsync,fdatasync", "syncfs", "rename,renameat,renameat2"] {
        for fault in ["EIO", "ENOSPC", "EINTR"] {
            for when in [1, 2, 9] {
                number += 1;
                let out = format!("out-{number}");
                let told = format!("{fault} at call {when} of {calls}");
                let inject = format!("inject={calls}:error={fault}:when={when}");
                let Some(run) = traced(&shop, &["-e", &format!("trace={calls}"), "-e", &inject], &out) else {
                    return;
                };
                // strace ends as the program does: by its code, and by none of a panic.
                let code = run.status.code();
                assert!(matches!(code, Some(0..=2)), "{told}: {code:?}");
                stopped += usize::from(code != Some(0));
                assert_whole(&files(&shop.path().join(&out)), &whole, &told);
                let resumed = batch(&shop, &out);
                let said = String::from_utf8_lossy(&resumed.stderr);
                assert!(resumed.status.success(), "{told}: {said}");
                let found = files(&shop.path().join(&out));
                assert!(found == whole, "{told}: other files: {:?}", found.keys().collect::<Vec<_>>());
            }
        }
    }
    assert!(stopped > 12, "most faults stop a run: {stopped}");
}

#[test]
fn a_hundred_kills_lose_nothing() {
    let shop = workshop(200);
    assert!(batch(&shop, "whole").status.success());
    let whole = files(&shop.path().join("whole"));
    for turn in 0..100u64 {
        let mut run = command(&shop, PROGRAM);
        run.args(BATCH).args(["cut", "--resume", "--faults-ok"]).stderr(Stdio::null());
        let mut child = run.spawn().expect("the program runs");
        std::thread::sleep(Duration::from_millis(turn * 37 % 120));
        child.kill().expect("killed");
        child.wait().expect("gone");
        if turn % 10 == 9 {
            assert_whole(&files(&shop.path().join("cut")), &whole, &format!("kill {turn}"));
        }
    }
    assert!(batch(&shop, "cut").status.success());
    assert!(files(&shop.path().join("cut")) == whole, "the resumed run left other files");
}
