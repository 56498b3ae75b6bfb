//! The files of a batch: what stood there before it came, what it writes, what it leaves. Nothing that somebody wrote is
//! lost, and nothing that is left over is printed by mistake.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const HEADER: &str = "id,patient,session_at,regions\n";

fn row(id: &str, region: &str) -> String {
    format!("{id},Zoë,2026-11-24T15:30,{region}\n")
}

fn roster(ids: impl IntoIterator<Item = usize>, region: &str) -> String {
    std::iter::once(HEADER.to_owned())
        .chain(ids.into_iter().map(|id| row(&format!("p{id:04}"), region)))
        .collect()
}

/// A folder with a roster of so many good rows.
fn workshop(rows: usize) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    put(&folder, "roster.csv", &roster(0..rows, "neck"));
    folder
}

fn put(shop: &TempDir, name: &str, text: &str) {
    let path = shop.path().join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn text(shop: &TempDir, name: &str) -> String {
    fs::read_to_string(shop.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn aftercare(shop: &TempDir, arguments: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aftercare"));
    command.current_dir(shop.path()).args(arguments.split(' ')).env_remove("AFTERCARE_CLINIC");
    command
}

/// The exit code, and what was said.
fn run(shop: &TempDir, arguments: &str) -> (i32, String) {
    let Output { status, stderr, .. } = aftercare(shop, arguments).output().expect("the program runs");
    (status.code().unwrap_or(-1), String::from_utf8_lossy(&stderr).into_owned())
}

fn good(shop: &TempDir, arguments: &str) -> String {
    let (code, said) = run(shop, arguments);
    assert_eq!(code, 0, "{said}");
    said
}

/// The call is refused with these words, and every file is as it was.
fn refused(shop: &TempDir, arguments: &str, words: &[&str]) {
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
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
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

fn names(shop: &TempDir, folder: &str) -> Vec<String> {
    files(&shop.path().join(folder)).into_keys().collect()
}

fn manifest_ids(shop: &TempDir, folder: &str) -> Vec<String> {
    let ids = text(shop, &format!("{folder}/manifest.jsonl"));
    ids.lines()
        .map(|line| {
            let line: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
            format!("{} {}", line["id"].as_str().unwrap_or("-"), line["status"].as_str().unwrap_or("-"))
        })
        .collect()
}

/// A batch of two good rows and so many bad ones, in `out`; the bad ones are mended in its list.
fn mended(bad: usize) -> TempDir {
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

#[test]
fn mended_rows_are_made_and_the_list_goes_when_all_of_them_are() {
    let shop = mended(3);
    good(&shop, "batch out/errors.csv -o out --resume");
    assert_eq!(
        names(&shop, "out"),
        ["manifest.jsonl", "p0000.pdf", "p0001.pdf", "p0010.pdf", "p0011.pdf", "p0012.pdf"]
    );
    // The rows of the first roster are still proven.
    assert_eq!(
        manifest_ids(&shop, "out"),
        ["p0010 made", "p0011 made", "p0012 made", "p0000 made", "p0001 made"]
    );
    let whole = text(&shop, "roster.csv").replace(",nek", ",neck");
    put(&shop, "whole.csv", &whole);
    let said = good(&shop, "batch whole.csv -o out --resume");
    assert!(said.contains("0 made, 5 kept"), "{said}");
    good(&shop, "batch whole.csv -o fresh");
    assert!(files(&shop.path().join("out")) == files(&shop.path().join("fresh")), "the folders differ");
}

#[test]
fn mending_without_resume_loses_no_proof_either() {
    let shop = mended(1);
    good(&shop, "batch out/errors.csv -o out");
    assert_eq!(manifest_ids(&shop, "out"), ["p0010 made", "p0000 made", "p0001 made"]);
}

#[test]
fn rows_that_fail_again_stay_in_the_list() {
    let shop = mended(2);
    let list = text(&shop, "out/errors.csv").replacen(",neck,", ",nekk,", 1);
    put(&shop, "out/errors.csv", &list);
    let (code, said) = run(&shop, "batch out/errors.csv -o out --resume");
    assert_eq!(code, 1, "{said}");
    let list = text(&shop, "out/errors.csv");
    assert!(list.contains("p0010") && list.contains("`nekk`") && !list.contains("p0011"), "{list}");
    assert_eq!(manifest_ids(&shop, "out"), ["p0010 failed", "p0011 made", "p0000 made", "p0001 made"]);
    assert!(!shop.path().join("out/errors-earlier.csv").exists());
}

/// Rows that are not done stand nowhere but in the mended list.
#[cfg(unix)]
#[test]
fn a_stop_while_mended_rows_are_made_loses_none_of_them() {
    let shop = mended(600);
    let before = text(&shop, "out/errors.csv");
    for (signal, arguments) in
        [("-INT", " --resume"), ("-KILL", " --jobs 1"), ("-INT", " --merge out/all.pdf")]
    {
        let call = format!("batch out/errors.csv -o out{arguments}");
        let mut child = aftercare(&shop, &call).stderr(Stdio::piped()).spawn().expect("the program runs");
        let start = Instant::now();
        let lock = shop.path().join("out/.aftercare.lock");
        while !lock.exists() && start.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(2));
        }
        std::thread::sleep(Duration::from_millis(30));
        assert!(child.try_wait().expect("a state").is_none(), "the run was too short to stop");
        let kill = Command::new("kill").args([signal, &child.id().to_string()]).status().expect("kill runs");
        assert!(kill.success());
        let output = child.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(text(&shop, "out/errors.csv") == before, "the list is not as it was: {said}");
        if arguments == " --resume" {
            assert_eq!(output.status.code(), Some(1), "{said}");
            assert!(said.contains("left as it was"), "{said}");
        }
    }
    good(&shop, "batch out/errors.csv -o out --resume -q");
    assert_eq!(manifest_ids(&shop, "out").len(), 602);
    let left: Vec<_> = names(&shop, "out").into_iter().filter(|name| !name.ends_with(".pdf")).collect();
    assert_eq!(left, ["manifest.jsonl"]);
}

/// The merged file is asked for too: as long as it is not made, the rows are not done.
#[cfg(target_os = "linux")]
#[test]
fn a_mended_list_stays_when_what_it_asks_for_cannot_be_put_in_place() {
    let shop = mended(12);
    let before = text(&shop, "out/errors.csv");
    let call = "batch out/errors.csv -o out --resume --format pdf --merge new/all.pdf";
    for blocks in [40, 64, 120] {
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" {call}");
        let mut shell = Command::new("bash");
        shell.current_dir(shop.path()).args(["-c", &script, env!("CARGO_BIN_EXE_aftercare")]);
        let output = shell.output().expect("bash runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{blocks}: {said}");
        assert!(text(&shop, "out/errors.csv") == before, "{blocks}: the list is not as it was: {said}");
    }
    good(&shop, call);
    assert!(!shop.path().join("out/errors.csv").exists());
}

/// A row that is longer than a row may be stands in no list.
#[test]
fn a_list_with_a_row_that_cannot_be_kept_goes_aside() {
    let shop = mended(2);
    let list = text(&shop, "out/errors.csv") + &format!("p0099,Zoë,,neck,9,{}\n", "x".repeat(100_000));
    put(&shop, "out/errors.csv", &list);
    let (code, said) = run(&shop, "batch out/errors.csv -o out");
    assert!(code == 1 && said.contains("errors-earlier.csv"), "{said}");
    assert_eq!(text(&shop, "out/errors-earlier.csv"), list);
}

#[test]
fn a_list_that_a_spreadsheet_saved_is_still_the_list() {
    let shop = mended(1);
    let list = text(&shop, "out/errors.csv");
    assert!(!list.contains(';'), "{list}");
    let (header, rows) = list.split_once('\n').expect("a header");
    let (reason, _) = rows.rsplit_once(",\"").expect("a reason");
    let saved =
        format!("\u{feff}sep=;\r\n{}\r\n{};mended\r\n", header.replace(',', ";"), reason.replace(',', ";"));
    put(&shop, "out/errors.csv", &saved);
    good(&shop, "batch out/errors.csv -o out");
    assert!(!shop.path().join("out/errors.csv").exists());
}

#[test]
fn a_part_of_a_mended_list_does_not_take_the_place_of_the_whole() {
    let shop = mended(2);
    refused(&shop, "batch out/errors.csv -o out --shard 1/2", &["out/errors.csv", "leave out `--shard`"]);
}

#[test]
fn a_mended_list_that_another_run_meets_is_kept() {
    let shop = mended(1);
    let list = text(&shop, "out/errors.csv");
    let (_, said) = run(&shop, "batch roster.csv -o out");
    assert!(said.contains("errors-earlier.csv"), "{said}");
    assert_eq!(text(&shop, "out/errors-earlier.csv"), list);
    assert!(text(&shop, "out/errors.csv").contains(",nek,"));
    // One that nobody has touched is made anew, and goes when no row fails.
    run(&shop, "batch roster.csv -o out");
    put(&shop, "roster.csv", &text(&shop, "roster.csv").replace(",nek", ",neck"));
    good(&shop, "batch roster.csv -o out");
    assert_eq!(
        names(&shop, "out"),
        ["errors-earlier.csv", "manifest.jsonl", "p0000.pdf", "p0001.pdf", "p0010.pdf"]
    );
    put(&shop, "out/errors.csv", &list);
    good(&shop, "batch roster.csv -o out");
    assert_eq!(text(&shop, "out/errors-earlier-2.csv"), list);
    assert!(!shop.path().join("out/errors.csv").exists());
}

#[test]
fn a_list_of_another_roster_is_kept() {
    let shop = workshop(0);
    put(&shop, "monday.csv", &roster(0..2, "nek"));
    put(&shop, "tuesday.csv", &roster(2..4, "neck"));
    run(&shop, "batch monday.csv -o out");
    let list = text(&shop, "out/errors.csv");
    let said = good(&shop, "batch tuesday.csv -o out");
    assert!(said.contains("errors-earlier.csv"), "{said}");
    assert_eq!(text(&shop, "out/errors-earlier.csv"), list);
    assert!(!shop.path().join("out/errors.csv").exists());
    run(&shop, "batch monday.csv -o parts --shard 1/2");
    run(&shop, "batch monday.csv -o parts --shard 2/2");
    let lists: String = names(&shop, "parts")
        .iter()
        .filter(|name| name.ends_with(".csv"))
        .map(|name| text(&shop, &format!("parts/{name}")))
        .collect();
    assert!(lists.contains("p0000") && lists.contains("p0001"), "{lists}");
}

#[test]
fn a_list_of_somebody_else_is_left_as_it_is() {
    let shop = workshop(1);
    put(&shop, "out/errors.csv", "id,what\n1,a list of my own\n");
    refused(&shop, "batch roster.csv -o out", &["out/errors.csv", "did not make this file", "--force"]);
    good(&shop, "batch roster.csv -o out --force");
    assert_eq!(text(&shop, "out/errors.csv"), "id,what\n1,a list of my own\n", "no row failed");
    put(&shop, "roster.csv", &roster(0..1, "nek"));
    run(&shop, "batch roster.csv -o out --force");
    assert!(text(&shop, "out/errors.csv").contains("unknown"));
}

#[test]
fn a_manifest_of_somebody_else_is_left_as_it_is() {
    let shop = workshop(1);
    put(&shop, "out/manifest.jsonl", "{\"id\": \"of another program\"}\n");
    refused(&shop, "batch roster.csv -o out", &["out/manifest.jsonl", "did not make this file"]);
    refused(&shop, "batch roster.csv -o out --resume", &["out/manifest.jsonl"]);
    good(&shop, "batch roster.csv -o out --force");
    assert_eq!(manifest_ids(&shop, "out"), ["p0000 made"]);
}

#[test]
fn a_roster_is_never_written_over() {
    let shop = workshop(0);
    let own = roster(0..2, "neck");
    put(&shop, "d/errors.csv", &own);
    refused(&shop, "batch d/errors.csv -o d", &["d/errors.csv", "another name"]);
    refused(&shop, "batch d/errors.csv -o d --force", &["d/errors.csv", "another name"]);
    refused(&shop, "batch d/../d/errors.csv -o d --force --dry-run", &["another name"]);
    let rows = "{\"id\": \"a\", \"session\": {\"regions\": [\"hip\"]}}\n";
    for name in ["m/manifest.jsonl", "m/.manifest-earlier.jsonl"] {
        put(&shop, name, rows);
        refused(&shop, &format!("batch {name} -o m --force"), &[name, "cannot be its roster"]);
        fs::remove_file(shop.path().join(name)).expect("removed");
    }
    put(&shop, "p0001.pdf", &own);
    refused(
        &shop,
        "batch p0001.pdf --roster-format csv -o out --merge p0001.pdf --force",
        &["p0001.pdf", "over the roster"],
    );
    let (code, said) = run(&shop, "batch p0001.pdf --roster-format csv -o . --force");
    assert_eq!(code, 1, "{said}");
    assert_eq!(text(&shop, "p0001.pdf"), own);
    assert!(shop.path().join("p0000.pdf").exists(), "the other row is made");
}

#[cfg(unix)]
#[test]
fn a_mended_list_on_standard_input_is_known_again() {
    let shop = mended(2);
    let list = fs::File::open(shop.path().join("out/errors.csv")).expect("a list");
    let part = aftercare(&shop, "batch - -o out --shard 1/2").stdin(list).output().expect("the program runs");
    assert_eq!(part.status.code(), Some(2), "{}", String::from_utf8_lossy(&part.stderr));
    let list = fs::File::open(shop.path().join("out/errors.csv")).expect("a list");
    let done = aftercare(&shop, "batch - -o out").stdin(list).output().expect("the program runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(manifest_ids(&shop, "out").len(), 4);
}

#[test]
fn a_place_that_is_no_folder_is_told() {
    let shop = workshop(1);
    refused(&shop, "batch roster.csv -o roster.csv", &["this is a file, not a folder"]);
    refused(&shop, "batch roster.csv -o -", &["names no folder"]);
}

#[test]
fn the_merged_file_is_not_written_over_what_others_made() {
    let shop = workshop(2);
    put(&shop, "mine.pdf", "%PDF-1.7 of somebody else");
    put(&shop, "all-0002.pdf", "%PDF-1.7 of somebody else");
    fs::create_dir(shop.path().join("folder")).expect("a folder");
    fs::create_dir(shop.path().join("folder.pdf")).expect("a folder");
    let refused = |arguments: &str, words: &[&str]| {
        refused(&shop, &format!("batch roster.csv -o out --merge {arguments}"), words);
    };
    refused("mine.pdf", &["mine.pdf", "did not make this file", "--force"]);
    refused("all.pdf --merge-every 1", &["all-0002.pdf", "did not make this file"]);
    refused("folder", &["this is a folder", "folder/all.pdf"]);
    refused("folder.pdf", &["this is a folder"]);
    refused("new/", &["this is a folder"]);
    refused("-", &["names no file"]);
    refused("all.txt", &["all.txt", "is a PDF", "`--merge all.pdf`"]);
    refused("roster.csv --force", &["roster.csv", "is a PDF"]);
    refused("out/manifest.jsonl --force", &["is a PDF"]);
    good(&shop, "batch roster.csv -o out --merge mine.pdf --force");
    good(&shop, "batch roster.csv -o out --merge mine.pdf");
    good(&shop, "batch roster.csv -o out --merge new/folder/all.pdf");
    assert!(shop.path().join("new/folder/all.pdf").exists());
}

#[test]
fn the_merged_file_does_not_take_the_name_of_a_handout() {
    let shop = workshop(2);
    let (code, said) = run(&shop, "batch roster.csv -o out --format pdf --merge out/P0001.pdf");
    assert_eq!(code, 1, "{said}");
    assert!(text(&shop, "out/errors.csv").contains("the merged file has this name"));
    assert_eq!(manifest_ids(&shop, "out"), ["p0000 made", "p0001 failed"]);
    good(&shop, "batch roster.csv -o whole");
    refused(&shop, "batch roster.csv -o whole --merge whole/p0001.pdf --force", &["the handout of a row"]);
    good(&shop, "batch roster.csv -o whole --merge p0001.pdf");
    // Rows that have no file of their own have none to lose.
    good(&shop, "batch roster.csv -o merged --merge merged/p0001.pdf");
}

#[test]
fn a_merged_file_that_another_run_is_making_is_left_to_it() {
    let shop = workshop(2000);
    let mut first =
        aftercare(&shop, "batch roster.csv -o one --merge new/all.pdf -q").spawn().expect("it runs");
    let start = Instant::now();
    while !shop.path().join("one/manifest.jsonl").exists() && start.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(2));
    }
    let (code, said) = run(&shop, "batch roster.csv -o two --merge new/all.pdf");
    let (lock, locked) = run(&shop, "batch roster.csv -o one --merge other/all.pdf");
    assert!(first.try_wait().expect("a state").is_none(), "the first run was too short to meet");
    first.kill().expect("killed");
    first.wait().expect("gone");
    assert!(code == 2 && said.contains("another run is making `new/all.pdf`"), "{said}");
    assert!(lock == 2 && locked.contains("another run is working in `one`"), "{locked}");
    assert!(!shop.path().join("two").exists() && !shop.path().join("other").exists());
}

#[test]
fn a_place_that_cannot_hold_the_merged_file_is_told_before_any_row_is_made() {
    let shop = workshop(2);
    let (code, said) = run(&shop, "batch roster.csv -o out --merge roster.csv/all.pdf");
    assert_ne!(code, 0, "{said}");
    assert!(said.contains("roster.csv/all.pdf") && !said.contains(".part"), "{said}");
    assert!(!said.contains("--resume") && !shop.path().join("out").exists(), "{said}");
}

/// The system refuses to let the merged file grow.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_full_while_merging_is_told_with_the_file() {
    let shop = workshop(40);
    let script = "trap '' XFSZ; ulimit -f 64; exec \"$0\" batch roster.csv -o out --merge new/all.pdf";
    let mut shell = Command::new("bash");
    shell.current_dir(shop.path()).args(["-c", script, env!("CARGO_BIN_EXE_aftercare")]);
    let output = shell.output().expect("bash runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("`new/all.pdf` cannot be written: File too large"), "{said}");
    assert!(!said.contains(".part") && !said.contains("--resume"), "{said}");
    assert_eq!(names(&shop, "new"), [""; 0]);
}

#[test]
fn numbers_that_no_run_can_use_are_told_in_plain_words() {
    let shop = workshop(1);
    for jobs in ["0", "1025", "20000000", "99999999999", "99999999999999999999999", "-1", "two", "1.5"] {
        refused(&shop, &format!("batch roster.csv -o out --jobs {jobs}"), &["--jobs", "from 1 to 1024"]);
    }
    for rows in ["0", "-1", "all", "99999999999"] {
        let call = format!("batch roster.csv -o out --merge all.pdf --merge-every {rows}");
        refused(&shop, &call, &["--merge-every", "a whole number of rows, from 1"]);
    }
    refused(&shop, "batch roster.csv -o out --format text", &["'text'", "possible values: pdf, html]"]);
    good(&shop, "batch roster.csv -o out --jobs 1024");
}

#[test]
fn files_of_ours_that_were_cut_off_are_made_again() {
    let shop = workshop(6);
    good(&shop, "batch roster.csv -o out --format pdf,html");
    let whole = files(&shop.path().join("out"));
    for (name, left) in [
        ("p0000.pdf", 0),
        ("p0001.pdf", 3),
        ("p0002.pdf", 17_000),
        ("p0003.html", 5),
        ("p0003.pdf", 2000),
        ("p0004.html", 30_000),
    ] {
        fs::write(shop.path().join("out").join(name), &whole[name][..left]).expect("cut");
    }
    fs::write(shop.path().join("out/p0005.pdf"), vec![0; whole["p0005.pdf"].len()]).expect("zeros");
    let said = good(&shop, "batch roster.csv -o out --format pdf,html --resume");
    assert!(said.contains("6 made"), "{said}");
    assert!(files(&shop.path().join("out")) == whole);
}

#[test]
fn a_file_that_took_the_name_of_ours_is_left_as_it_is() {
    let shop = workshop(3);
    good(&shop, "batch roster.csv -o out");
    put(&shop, "out/p0000.pdf", "my own notes");
    put(&shop, "out/p0001.pdf", "%PDF-1.7\nof another program\n%%EOF\n");
    let (code, said) = run(&shop, "batch roster.csv -o out --resume");
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("2 rows were not made") && said.contains("--force"), "{said}");
    assert!(!said.contains("mend the rows"), "nothing is wrong with the rows: {said}");
    assert_eq!(text(&shop, "out/p0000.pdf"), "my own notes");
    assert!(text(&shop, "out/p0001.pdf").contains("another program"));
}

#[test]
fn parts_of_a_roster_add_up_in_one_folder() {
    let shop = workshop(12);
    for part in ["1/3", "2/3", "3/3", "2/3"] {
        good(&shop, &format!("batch roster.csv -o out --shard {part}"));
    }
    good(&shop, "batch roster.csv -o whole");
    let sorted = |folder: &str| {
        let mut lines: Vec<_> =
            text(&shop, &format!("{folder}/manifest.jsonl")).lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted("out"), sorted("whole"));
    // A line tells of what stands: a handout that somebody took away has none.
    fs::remove_file(shop.path().join("out/p0003.pdf")).expect("removed");
    put(&shop, "more.csv", &roster(20..21, "hip"));
    good(&shop, "batch more.csv -o out --resume");
    let ids = manifest_ids(&shop, "out");
    assert_eq!(ids.len(), 12, "{ids:?}");
    assert!(ids[0] == "p0020 made" && !ids.contains(&"p0003 made".to_owned()), "{ids:?}");
    // A run from the start has a manifest of its own rows.
    good(&shop, "batch more.csv -o out");
    assert_eq!(manifest_ids(&shop, "out"), ["p0020 made"]);
}

#[cfg(unix)]
#[test]
fn what_a_killed_run_had_half_made_is_removed_by_the_next() {
    let shop = workshop(2000);
    let call = "batch roster.csv -o out --merge print/all.pdf --format pdf -q";
    let mut child = aftercare(&shop, call).spawn().expect("the program runs");
    let start = Instant::now();
    while !shop.path().join("out/p0010.pdf").exists() && start.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().expect("killed");
    child.wait().expect("gone");
    let half = |folder: &str| names(&shop, folder).into_iter().filter(|name| name.ends_with(".part")).count();
    assert!(half("print") == 1 && half("out") > 0, "it was killed before it began or after it ended");
    put(&shop, "few.csv", &roster(0..2, "neck"));
    good(&shop, "batch few.csv -o out --merge print/other.pdf -q");
    assert_eq!(names(&shop, "print"), ["other.pdf"]);
    assert_eq!(half("out"), 0);
}

#[test]
fn merged_files_of_an_earlier_run_are_told() {
    let shop = workshop(5);
    good(&shop, "batch roster.csv -o out --merge out/all.pdf --merge-every 2");
    put(&shop, "roster.csv", &roster(0..3, "neck"));
    let said = good(&shop, "batch roster.csv -o out --merge out/all.pdf --merge-every 2");
    assert!(said.contains("out/all-0003.pdf") && said.contains("earlier run"), "{said}");
    let said = good(&shop, "batch roster.csv -o out --merge out/all.pdf --format pdf");
    assert!(said.contains("all-0001.pdf") && said.contains("all-0003.pdf"), "{said}");
    for part in 1..=3 {
        fs::remove_file(shop.path().join(format!("out/all-000{part}.pdf"))).expect("removed");
    }
    let said = good(&shop, "batch roster.csv -o out --merge out/all.pdf --format pdf");
    assert!(!said.contains("earlier run"), "{said}");
}

#[test]
fn a_row_that_fails_now_says_that_an_older_handout_stands() {
    let shop = workshop(2);
    good(&shop, "batch roster.csv -o out");
    put(&shop, "roster.csv", &(roster(0..1, "neck") + &row("p0001", "nek")));
    let (code, said) = run(&shop, "batch roster.csv -o out --resume");
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("1 of them has a handout of an earlier run"), "{said}");
    assert!(text(&shop, "out/errors.csv").contains("`p0001.pdf` of an earlier run still stands"));
    assert!(shop.path().join("out/p0001.pdf").exists());
}

#[test]
fn a_line_of_the_manifest_has_the_hash_of_the_file_that_there_is() {
    let shop = workshop(1);
    let line = |format: &str| -> serde_json::Value {
        good(&shop, &format!("batch roster.csv -o {format} --format {format}"));
        let said = good(&shop, &format!("batch roster.csv -o {format} --format {format} --resume"));
        assert!(said.contains("0 made, 1 kept"), "{said}");
        serde_json::from_str(&text(&shop, &format!("{format}/manifest.jsonl"))).expect("one line")
    };
    let (pdf, html, both) = (line("pdf"), line("html"), line("pdf,html"));
    assert_eq!(both["sha256"], pdf["sha256"]);
    assert_eq!(both["html"], html["html"]);
    assert_eq!((&html["sha256"], &html["bytes"]), (&html["html"]["sha256"], &html["html"]["bytes"]));
    let size = fs::metadata(shop.path().join("html/p0000.html")).expect("a file").len();
    assert_eq!(html["bytes"], size);
}

#[test]
fn a_run_for_trial_counts_the_paper_of_the_merged_file() {
    let shop = workshop(3);
    let counts = |arguments: &str| {
        let call = format!("batch roster.csv -o out --merge all.pdf --json{arguments}");
        let output = aftercare(&shop, &call).output().expect("the program runs");
        let told: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        ["sides", "blanks", "sheets"].map(|key| told[key].as_u64())
    };
    let tried = counts(" --dry-run");
    assert!(!shop.path().join("all.pdf").exists());
    assert_eq!(tried, counts(""));
    assert_eq!(tried[2], Some(3));
}
