//! The files of a batch: what stood there before it came, what it writes, what it leaves. Nothing that somebody wrote is
//! lost, and nothing that is left over is printed by mistake.

mod mended_lists;
mod merged_files;
mod shop;
#[cfg(unix)]
mod strange_files;

use shop::*;
use std::fs;
use std::time::{Duration, Instant};

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

#[test]
fn a_place_that_is_no_folder_is_told() {
    let shop = workshop(1);
    refused(&shop, "batch roster.csv -o roster.csv", &["this is a file, not a folder"]);
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
    refused(
        &shop,
        "batch roster.csv -o out --format text",
        &["'text'", "possible values: pdf, html, note, ics]"],
    );
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

/// A list that changed: the file of the other format may be another patient's.
#[test]
fn files_of_formats_that_are_not_made_again_are_named() {
    let shop = workshop(1);
    good(&shop, "batch roster.csv -o out --format pdf,html,ics");
    let said = good(&shop, "batch roster.csv -o out --format pdf,html,ics");
    assert!(!said.contains("earlier run"), "{said}");
    put(&shop, "roster.csv", &roster(0..1, "hip"));
    let said = good(&shop, "batch roster.csv -o out");
    assert!(said.contains("`p0000.html`, `p0000.ics` of an earlier run still stand"), "{said}");
    assert!(!text(&shop, "out/manifest.jsonl").contains("earlier run"));
}

/// Zoe cancelled, and her row was taken out: the sheets below it have other numbers now.
#[test]
fn handouts_of_an_earlier_run_that_are_of_no_row_are_named() {
    let shop = workshop(0);
    let rows = ["Zoe,2026-11-30 9:00,neck\n", "Bo,2026-11-30 9:30,hip\n", "Cy,2026-11-30 10:00,calf\n"];
    let list = |rows: &[&str]| format!("P,S,A\n{}", rows.concat());
    put(&shop, "m.yaml", "columns: {patient: P, session_at: S, regions: A}\n");
    put(&shop, "l.csv", &list(&rows));
    let call = "batch l.csv -o out --columns m.yaml --format pdf,note";
    assert!(!good(&shop, call).contains("of no row"));
    put(&shop, "out/7.pdf", "a file of somebody else");
    put(&shop, "l.csv", &list(&rows[1..]));
    // It stands as long as nobody takes it away, and no manifest names it any more.
    for call in [call, call, &format!("{call} --resume"), call] {
        let said = good(&shop, call);
        let told = "`3.note.txt`, `3.pdf` of an earlier run still stand, and are of no row of this list";
        assert!(said.contains(told) && !said.contains("7.pdf"), "{said}");
    }
    fs::remove_file(shop.path().join("out/3.pdf")).expect("removed");
    fs::remove_file(shop.path().join("out/3.note.txt")).expect("removed");
    assert!(!good(&shop, call).contains("of no row"));
}

#[test]
fn handouts_of_another_list_are_named_and_those_of_its_other_parts_are_not() {
    let shop = workshop(0);
    put(&shop, "monday.csv", &roster(0..8, "neck"));
    put(&shop, "tuesday.csv", &roster(8..9, "neck"));
    assert!(!good(&shop, "batch monday.csv -o out --shard 1/2").contains("of no row"));
    assert!(!good(&shop, "batch monday.csv -o out --shard 2/2").contains("of no row"));
    assert!(!good(&shop, "batch monday.csv -o out --resume").contains("of no row"));
    put(
        &shop,
        "part.csv",
        &format!(
            "id,patient,session_at,regions,line,reason\n{}",
            row("p0009", "nek").replace(",nek", ",neck,2,x")
        ),
    );
    assert!(!good(&shop, "batch part.csv -o out --resume").contains("of no row"));
    let json = aftercare(&shop, "batch tuesday.csv -o out --json").output().expect("the program runs");
    let said = String::from_utf8_lossy(&json.stderr);
    assert!(said.contains("`p0004.pdf` and 4 more of an earlier run still stand"), "{said}");
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(
        (json["others"]["count"].clone(), json["others"]["files"][0].clone()),
        (9.into(), "p0000.pdf".into())
    );
    assert!(shop.path().join("out/p0000.pdf").exists());
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

/// Rows that cannot be read have no id, and stand nowhere but in the list.
#[test]
fn a_list_of_rows_without_an_id_is_kept_from_the_next_roster() {
    let shop = workshop(0);
    put(&shop, "first.jsonl", "{\"id\": \"a\", \"regions\": [\"neck\"\n");
    put(&shop, "second.csv", "id,regions\np1,neck\n");
    assert_eq!(run(&shop, "batch first.jsonl -o out").0, 1);
    let list = text(&shop, "out/errors.csv");
    assert_eq!(run(&shop, "batch first.jsonl -o out").0, 1, "the same roster makes its own list anew");
    assert_eq!(text(&shop, "out/errors.csv"), list);
    assert!(!names(&shop, "out").iter().any(|name| name.contains("earlier")));
    good(&shop, "batch second.csv -o out");
    assert_eq!(text(&shop, "out/errors-earlier.csv"), list);
}

#[test]
fn a_folder_in_the_place_of_a_handout_fails_that_row_alone() {
    let shop = workshop(0);
    put(&shop, "roster.csv", "id,regions\np1,neck\np2,neck\n");
    fs::create_dir_all(shop.path().join("out/p1.pdf")).expect("a folder");
    let (code, said) = run(&shop, "batch roster.csv -o out --force");
    assert_eq!(code, 1, "{said}");
    assert!(text(&shop, "out/errors.csv").contains("p1,neck,2,"));
    assert!(shop.path().join("out/p2.pdf").is_file());
}

#[test]
fn an_id_that_changes_its_capitals_has_one_line() {
    let shop = workshop(0);
    put(&shop, "roster.csv", "id,regions\nann,neck\nbob,neck\n");
    good(&shop, "batch roster.csv -o out");
    put(&shop, "roster.csv", "id,regions\nAnn,neck\n");
    good(&shop, "batch roster.csv -o out --resume");
    assert_eq!(manifest_ids(&shop, "out"), ["Ann made", "bob made"]);
}
