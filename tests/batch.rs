//! Batch as a clinic uses it: the real program, killed, stopped, run twice, mended and run again.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;
use tempfile::TempDir;

const REGIONS: [&str; 6] = ["neck", "shoulder; ribs", "calf", "hip;glute", "lower-back", "hand"];

fn aftercare(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aftercare"));
    command.current_dir(folder).args(arguments).env_remove("AFTERCARE_CLINIC");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    aftercare(folder, arguments).output().expect("the program runs")
}

/// A roster of so many good rows.
fn roster(rows: usize) -> String {
    let mut text = String::from("id,patient,session_at,therapist,intensity,regions,note\n");
    for row in 0..rows {
        let regions = REGIONS[row % REGIONS.len()];
        let line = format!(
            "p{row:04},Zoë {row},2026-11-24T15:{:02},Valerie,moderate,{regions},Note {row}\n",
            row % 60
        );
        text.push_str(&line);
    }
    text
}

/// Every file of a folder by name, hidden ones too.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("the folder stands").map(|entry| entry.expect("an entry"));
    entries
        .map(|entry| {
            (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).expect("a file"))
        })
        .collect()
}

fn workshop(rows: usize) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("roster.csv"), roster(rows)).expect("a roster");
    folder
}

#[test]
fn the_same_bytes_at_any_number_of_jobs() {
    let shop = workshop(12);
    for (jobs, out) in [("1", "one"), ("4", "four")] {
        let done =
            run(shop.path(), &["batch", "roster.csv", "-o", out, "--jobs", jobs, "--format", "pdf,html"]);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
    let one = files(&shop.path().join("one"));
    assert_eq!(one.len(), 12 * 2 + 1);
    assert!(one == files(&shop.path().join("four")), "the folders differ");
}

#[test]
fn a_killed_run_resumes_to_what_an_undisturbed_one_leaves() {
    let shop = workshop(300);
    assert!(run(shop.path(), &["batch", "roster.csv", "-o", "whole", "-q"]).status.success());
    let whole = files(&shop.path().join("whole"));
    for pause in [5, 60, 150, 400, 800] {
        let arguments = ["batch", "roster.csv", "-o", "cut", "--resume", "-q"];
        let mut child =
            aftercare(shop.path(), &arguments).stderr(Stdio::null()).spawn().expect("the program runs");
        std::thread::sleep(Duration::from_millis(pause));
        child.kill().expect("killed");
        child.wait().expect("gone");
        let cut = shop.path().join("cut");
        let Ok(standing) = fs::read_dir(&cut) else { continue };
        for entry in standing.map(|entry| entry.expect("an entry")) {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.ends_with(".pdf") {
                assert_eq!(fs::read(entry.path()).expect("a file"), whole[&name], "{name} is not whole");
            }
        }
    }
    assert!(run(shop.path(), &["batch", "roster.csv", "-o", "cut", "--resume", "-q"]).status.success());
    let cut = files(&shop.path().join("cut"));
    assert_eq!(cut.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>());
    assert!(cut == whole, "the resumed run left other bytes");
}

#[test]
fn resume_makes_only_what_is_missing_or_changed() {
    let shop = workshop(6);
    assert!(run(shop.path(), &["batch", "roster.csv", "-o", "out", "-q"]).status.success());
    let before = files(&shop.path().join("out"));
    fs::remove_file(shop.path().join("out/p0002.pdf")).expect("removed");
    fs::write(shop.path().join("out/p0004.pdf"), b"%PDF-1.7 /Producer (aftercare 0) cut").expect("cut");
    let done = run(shop.path(), &["batch", "roster.csv", "-o", "out", "--resume", "--json"]);
    let told = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(told.contains("\"made\":2,\"skipped\":4"), "{told}");
    assert!(files(&shop.path().join("out")) == before);
}

#[test]
fn failed_rows_stand_in_a_list_that_is_a_roster_once_mended() {
    let shop = workshop(2);
    let rows = roster(2)
        + "bad1,\"Ann \"\"Q\"\" Lee\",2026-11-24T15:30,Nobody,moderate,sholder,\"two\nlines\"\n"
        + "P0001,Twin,2026-11-24T15:30,Valerie,moderate,hip,\n";
    fs::write(shop.path().join("roster.csv"), rows).expect("a roster");
    let done = run(shop.path(), &["batch", "roster.csv", "-o", "out"]);
    assert_eq!(done.status.code(), Some(1));
    let messages = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(messages.contains("2 rows have faults"), "{messages}");
    assert!(!messages.contains("Lee") && !messages.contains("Twin"), "{messages}");
    let failed = fs::read_to_string(shop.path().join("out/errors.csv")).expect("the list");
    assert!(
        failed.starts_with("\u{feff}id,patient,session_at,therapist,intensity,regions,note,line,reason\n")
    );
    assert!(
        failed.contains("did you mean `shoulder`?") && failed.contains("the row on line 3 has the same `id`"),
        "{failed}"
    );
    let manifest = fs::read_to_string(shop.path().join("out/manifest.jsonl")).expect("the manifest");
    let lines: Vec<serde_json::Value> =
        manifest.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    let status: Vec<_> = lines.iter().map(|line| (&line["id"], &line["status"], &line["code"])).collect();
    let (made, not_made, none) = (&"made".into(), &"failed".into(), &serde_json::Value::Null);
    assert_eq!(
        status,
        [
            (&"p0000".into(), made, none),
            (&"p0001".into(), made, none),
            (&"bad1".into(), not_made, &"unknown-value".into()),
            (&"P0001".into(), not_made, &"duplicate-id".into()),
        ]
    );
    assert!(!["Zoë", "Lee", "sholder", "Nobody"].iter().any(|word| manifest.contains(word)), "{manifest}");
    let mended = failed.replace("sholder", "shoulder").replace("Nobody", "Rachel").replace("P0001", "twin");
    fs::write(shop.path().join("mended.csv"), mended).expect("mended");
    let done = run(shop.path(), &["batch", "mended.csv", "-o", "out2", "-q"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(shop.path().join("out2/bad1.pdf").exists() && shop.path().join("out2/twin.pdf").exists());
}

#[test]
fn no_word_of_a_failed_row_is_lost_whatever_the_roster_is_written_in() {
    let shop = TempDir::new().expect("a folder");
    let rows = "{\"id\": \"a\", \"regions\": \"neck\", \"precaution\": [\"pregnancy\"]}\n{\"id\": \"b\", \"regions\": \"hip\"}\n";
    fs::write(shop.path().join("roster.jsonl"), rows).expect("a roster");
    let batch = |roster: &str, out: &str| run(shop.path(), &["batch", roster, "-o", out]);
    assert_eq!(batch("roster.jsonl", "out").status.code(), Some(1));
    let list = |out: &str| fs::read_to_string(shop.path().join(out).join("errors.csv")).expect("the list");
    let failed = list("out");
    assert!(failed.lines().next().is_some_and(|header| header.ends_with(",unread,line,reason")), "{failed}");
    assert!(failed.contains(",precaution: pregnancy,1,"), "{failed}");
    // Run again as it stands, the row is not made without its precaution, and the words stay.
    let again = batch("out/errors.csv", "again");
    assert_eq!(again.status.code(), Some(1));
    assert!(
        !String::from_utf8_lossy(&again.stderr).contains("pregnancy"),
        "a message holds no words of a row"
    );
    assert!(list("again").contains(",precaution: pregnancy,2,\"unread: these words"), "{}", list("again"));
    let mut reader = csv::Reader::from_reader(failed.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let record = reader.records().next().expect("a row").expect("a record");
    let cells = header.iter().zip(&record).map(|(column, cell)| match column {
        "precautions" => "pregnancy",
        "unread" => "",
        _ => cell,
    });
    let mut mended = csv::Writer::from_path(shop.path().join("mended.csv")).expect("a file");
    mended.write_record(&header).expect("written");
    mended.write_record(cells).expect("written");
    drop(mended);
    assert!(batch("mended.csv", "mended").status.success());
    assert!(shop.path().join("mended/a.pdf").exists());
}

#[test]
fn unknown_columns_are_named_before_anything_is_made() {
    let shop = workshop(0);
    fs::write(shop.path().join("roster.csv"), "id,regoins\na,neck\n").expect("a roster");
    let done = run(shop.path(), &["batch", "roster.csv", "-o", "out"]);
    assert_eq!(done.status.code(), Some(2));
    let messages = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(messages.contains("regoins") && messages.contains("regions"), "{messages}");
    assert!(!shop.path().join("out").exists());
}

#[test]
fn shards_share_the_rows_among_them() {
    let shop = workshop(20);
    assert!(run(shop.path(), &["batch", "roster.csv", "-o", "all", "-q"]).status.success());
    let mut lines = Vec::new();
    for shard in ["1/3", "2/3", "3/3"] {
        let out = format!("part{}", &shard[..1]);
        assert!(
            run(shop.path(), &["batch", "roster.csv", "-o", &out, "--shard", shard, "-q"]).status.success()
        );
        let manifest = fs::read_to_string(shop.path().join(&out).join("manifest.jsonl")).expect("a manifest");
        lines.extend(manifest.lines().map(str::to_owned));
    }
    let whole = fs::read_to_string(shop.path().join("all/manifest.jsonl")).expect("a manifest");
    let mut whole: Vec<&str> = whole.lines().collect();
    lines.sort_unstable();
    whole.sort_unstable();
    assert_eq!(lines, whole);
}

#[test]
fn a_second_part_does_not_take_the_place_of_the_firsts_archive() {
    let shop = workshop(4);
    let part = |shard: &str, out: &str, more: &[&str]| {
        let batch = ["batch", "roster.csv", "-o", out, "--shard", shard, "--format", "note", "-q"];
        run(shop.path(), &[&batch, more].concat())
    };
    assert!(part("1/2", "out.zip", &[]).status.success());
    let first = fs::read(shop.path().join("out.zip")).expect("an archive");
    let refused = part("2/2", "out.zip", &[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("may be that of another part of the roster"));
    assert_eq!(fs::read(shop.path().join("out.zip")).expect("an archive"), first);
    assert!(part("2/2", "out-2.zip", &[]).status.success());
    assert!(part("1/2", "out.zip", &["--force"]).status.success());
}

#[test]
fn a_merged_file_begins_every_record_on_a_front_side() {
    let shop = workshop(5);
    let done = run(shop.path(), &["batch", "roster.csv", "-o", "out", "--merge", "all.pdf", "--json"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let merged = lopdf::Document::load(shop.path().join("all.pdf")).expect("a PDF");
    assert_eq!(merged.get_pages().len() % 2, 0);
    assert_eq!(merged.get_pages().len(), 10, "five sheets of two sides");
    assert!(!shop.path().join("out/p0000.pdf").exists(), "single files only when they are asked for");
    let parts = ["batch", "roster.csv", "-o", "out", "--merge", "all.pdf", "--merge-every", "2", "-q"];
    assert!(run(shop.path(), &parts).status.success());
    let parts = ["all-0001.pdf", "all-0002.pdf", "all-0003.pdf"].map(|name| shop.path().join(name).exists());
    assert_eq!(parts, [true; 3]);
}

#[test]
fn files_of_others_are_left_as_they_are() {
    let shop = workshop(2);
    fs::create_dir(shop.path().join("out")).expect("a folder");
    fs::write(shop.path().join("out/p0001.pdf"), "my own notes").expect("a file");
    let done = run(shop.path(), &["batch", "roster.csv", "-o", "out", "-q"]);
    assert_eq!(done.status.code(), Some(1));
    assert_eq!(fs::read(shop.path().join("out/p0001.pdf")).expect("a file"), b"my own notes");
    assert!(shop.path().join("out/p0000.pdf").exists());
    assert!(run(shop.path(), &["batch", "roster.csv", "-o", "out", "-q", "--force"]).status.success());
}

#[test]
fn a_dry_run_checks_and_writes_nothing() {
    let shop = workshop(3);
    let done = run(shop.path(), &["batch", "roster.csv", "-o", "out", "--dry-run"]);
    assert!(done.status.success());
    assert!(String::from_utf8_lossy(&done.stderr).contains("3 would be made"));
    assert!(!shop.path().join("out").exists());
}

#[test]
fn a_second_run_in_the_same_folder_is_refused() {
    let shop = workshop(400);
    let mut first = aftercare(shop.path(), &["batch", "roster.csv", "-o", "out", "-q"])
        .spawn()
        .expect("the program runs");
    let lock = shop.path().join("out/.aftercare.lock");
    for _ in 0..500 {
        if lock.exists() || first.try_wait().expect("a state").is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let second = run(shop.path(), &["batch", "roster.csv", "-o", "out"]);
    let still_running = first.try_wait().expect("a state").is_none();
    first.kill().expect("killed");
    first.wait().expect("gone");
    assert!(still_running, "the first run was too short to meet");
    assert_eq!(second.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&second.stderr).contains("another run is working"));
}

#[test]
fn json_lines_and_yaml_lists_are_rosters_too() {
    let shop = workshop(0);
    let path = shop.path();
    fs::write(path.join("r.jsonl"), "{\"id\": \"a\", \"session\": {\"regions\": [\"hip\"]}}\n")
        .expect("a roster");
    fs::write(path.join("r.yaml"), "- id: b\n  session: {regions: [hip]}\n").expect("a roster");
    for (name, made) in [("r.jsonl", "out/a.pdf"), ("r.yaml", "out/b.pdf")] {
        let done = run(path, &["batch", name, "-o", "out", "-q"]);
        assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&done.stderr));
        assert!(path.join(made).exists());
    }
}
