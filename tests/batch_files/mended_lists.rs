//! Lists of failed rows: mended, run again, stopped on the way, and of somebody else.

use super::shop::*;
#[cfg(unix)]
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

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
    let shop = mended(1_500);
    let before = text(&shop, "out/errors.csv");
    for (signal, arguments) in
        [(Signal::INT, " --resume"), (Signal::KILL, " --jobs 1"), (Signal::INT, " --merge out/all.pdf")]
    {
        let call = format!("batch out/errors.csv -o out{arguments}");
        let lock = shop.path().join("out/.aftercare.lock");
        // A killed run leaves its own behind, which says nothing of the next.
        let _ = fs::remove_file(&lock);
        let mut child = aftercare(&shop, &call).stderr(Stdio::piped()).spawn().expect("the program runs");
        let start = Instant::now();
        while !lock.exists() && start.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(2));
        }
        std::thread::sleep(Duration::from_millis(30));
        assert!(child.try_wait().expect("a state").is_none(), "the run was too short to stop");
        // At once, and by no program that would have to start: the run must not come to its end before.
        kill_process(Pid::from_child(&child), signal).expect("it can be told to stop");
        let output = child.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            shop.path().join("out/errors.csv").exists(),
            "{signal:?}{arguments}: the list is gone: {said}"
        );
        assert!(text(&shop, "out/errors.csv") == before, "the list is not as it was: {said}");
        if arguments == " --resume" {
            assert_eq!(output.status.code(), Some(1), "{said}");
            assert!(said.contains("left as it was"), "{said}");
        }
    }
    good(&shop, "batch out/errors.csv -o out --resume -q");
    assert_eq!(manifest_ids(&shop, "out").len(), 1_502);
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
    for blocks in [40, 64, 100] {
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

/// A spreadsheet that saves in a code page of its own: what was mended there stands in no other file.
#[test]
fn a_list_that_was_saved_in_another_encoding_goes_aside_whole() {
    let shop = mended(2);
    let list = text(&shop, "out/errors.csv").replace("Zoë", "Zo~");
    let saved: Vec<u8> = list.bytes().map(|byte| if byte == b'~' { 0x81 } else { byte }).collect();
    assert!(saved.contains(&0x81));
    fs::write(shop.path().join("out/errors.csv"), &saved).expect("written");
    let (code, said) = run(&shop, "batch out/errors.csv -o out --resume");
    assert!(code == 1 && said.contains("errors-earlier.csv") && said.contains("CSV UTF-8"), "{said}");
    assert_eq!(fs::read(shop.path().join("out/errors-earlier.csv")).expect("read"), saved);
}

#[test]
fn a_list_that_a_spreadsheet_saved_is_still_the_list() {
    let shop = mended(1);
    let list = text(&shop, "out/errors.csv");
    assert!(!list.contains(';'), "{list}");
    let (header, rows) = list.trim_start_matches('\u{feff}').split_once('\n').expect("a header");
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

const NUMBERED: &str = "columns: {patient: P, session_at: S, regions: A}\n";

/// Without ids rows are called by their numbers: tomorrow's first patient is not today's.
#[test]
fn a_failed_row_without_an_id_is_not_met_by_another_patients() {
    let shop = workshop(0);
    put(&shop, "m.yaml", NUMBERED);
    put(&shop, "l.csv", "P,S,A\nZoe,2026-11-30 9:00,nekk\nBo,2026-11-30 9:30,hip\n");
    put(&shop, "l2.csv", "P,S,A\nDi,2026-12-01 9:30,neck\nEd,2026-12-01 10:00,calf\n");
    assert_eq!(run(&shop, "batch l.csv -o out --columns m.yaml").0, 1);
    let list = text(&shop, "out/errors.csv");
    let said = good(&shop, "batch l2.csv -o out --columns m.yaml");
    assert!(said.contains("an earlier list of failed rows is now") && !said.contains("Zoe"), "{said}");
    assert_eq!(text(&shop, "out/errors-earlier.csv"), list);
    // So is the list of a run whose first row fails too.
    put(&shop, "l2.csv", "P,S,A\nDi,2026-12-01 9:30,nekk\n");
    assert_eq!(run(&shop, "batch l.csv -o both --columns m.yaml").0, 1);
    assert_eq!(run(&shop, "batch l2.csv -o both --columns m.yaml").0, 1);
    assert!(text(&shop, "both/errors-earlier.csv").contains("Zoe"));
    assert!(text(&shop, "both/errors.csv").contains("Di"));
}

/// Mended where it failed, or in its list, also where a row above it was taken out.
#[test]
fn a_mended_row_without_an_id_is_met() {
    let monday = "P,S,A\nZoe,2026-11-30 9:00,hip\nBo,2026-11-30 9:30,nekk\nCy,9:45,calf\n";
    let mended = "P,S,A\nBo,2026-11-30 9:30,neck\nCy,2026-11-30 9:45,calf\n";
    let whole = "P,S,A\nZoe,2026-11-30 9:00,hip\nBo,2026-11-30 9:30,neck\nCy,2026-11-30 9:45,calf\n";
    let shop = workshop(0);
    put(&shop, "m.yaml", NUMBERED);
    put(&shop, "l.csv", monday);
    for flags in ["", " --resume"] {
        put(&shop, "l.csv", monday);
        assert_eq!(run(&shop, "batch l.csv -o out --columns m.yaml").0, 1);
        put(&shop, "l.csv", whole);
        let said = good(&shop, &format!("batch l.csv -o out --columns m.yaml{flags}"));
        assert!(!said.contains("earlier"), "{said}");
    }
    put(&shop, "l.csv", monday);
    assert_eq!(run(&shop, "batch l.csv -o errors --columns m.yaml").0, 1);
    let list = text(&shop, "errors/errors.csv")
        .replace("nekk", "neck")
        .replace("which day? 9:45", "2026-11-30 9:45");
    put(&shop, "errors/errors.csv", &list);
    let said = good(&shop, "batch errors/errors.csv -o errors --resume");
    assert!(!said.contains("earlier") && !shop.path().join("errors/errors.csv").exists(), "{said}");
    // With a row taken out above it, one of two is found by who comes and when.
    put(&shop, "l.csv", "P,S,A\nZoe,2026-11-30 9:00,hip\nBo,2026-11-30 9:30,nekk\n");
    assert_eq!(run(&shop, "batch l.csv -o less --columns m.yaml").0, 1);
    put(&shop, "l.csv", mended);
    let said = good(&shop, "batch l.csv -o less --columns m.yaml");
    assert!(!said.contains("earlier list"), "{said}");
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

/// Cells may stand under the wrong columns, or be cut in the wrong places, though the list makes them look right.
#[test]
fn rows_that_were_held_back_are_not_made_from_a_list_that_nobody_mended() {
    let header = "id,regions,patient,note,precautions\n";
    let held: [(&str, &[u8]); 5] = [
        ("too few cells", b"p1,neck,Lee,pregnancy\n"),
        ("too many cells", b"p1,neck,Lee, Ann,careful,\n"),
        ("text behind a quote", b"p1,neck,Lee,\"walk\" slowly,\n"),
        ("a quote that is not closed", b"p1,neck,Lee,\"walk,\np2 walks;\n"),
        ("no UTF-8", b"p1,neck,Zo\x81,,\n"),
    ];
    for (what, row) in held {
        let shop = workshop(0);
        fs::write(shop.path().join("roster.csv"), [header.as_bytes(), row].concat()).expect("a roster");
        assert_eq!(run(&shop, "batch roster.csv -o out").0, 1, "{what}");
        let list = text(&shop, "out/errors.csv");
        assert!(
            list.starts_with("\u{feff}id,regions,patient,note,precautions,unread,line,reason\n"),
            "{what}: {list}"
        );
        let (code, said) = run(&shop, "batch out/errors.csv -o out --resume");
        assert_eq!(code, 1, "{what}: {said}");
        assert!(said.contains("these words belong to no column yet"), "{what}: {said}");
        assert!(names(&shop, "out").iter().all(|name| !name.ends_with(".pdf")), "{what}");
        // Looked at, and its last words moved or let go.
        let mended =
            "id,regions,patient,note,precautions,unread,line,reason\np1,neck,Lee,walk,pregnancy,,2,x\n";
        put(&shop, "out/errors.csv", mended);
        good(&shop, "batch out/errors.csv -o out --resume");
    }
}

#[test]
fn a_list_without_such_words_has_the_columns_of_its_roster() {
    let shop = workshop(0);
    put(&shop, "roster.csv", "id,regions\np1,nowhere\np2,neck\n");
    assert_eq!(run(&shop, "batch roster.csv -o out").0, 1);
    assert!(text(&shop, "out/errors.csv").starts_with("\u{feff}id,regions,line,reason\np1,nowhere,2,"));
}

/// What a spreadsheet makes of a table: numbers as it shows them, and commas.
fn saved_by_a_spreadsheet(list: &str, sign: u8) -> String {
    let list =
        list.strip_prefix('\u{feff}').expect("a byte order mark, or the names are read in another code page");
    let mut rows = csv::ReaderBuilder::new().delimiter(sign).has_headers(false).from_reader(list.as_bytes());
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows.records() {
        let cells = row.expect("a row");
        let shown = cells.iter().map(|cell| {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝']),
                "a spreadsheet would run {cell}"
            );
            match cell.parse::<f64>() {
                Ok(number) => number.to_string(),
                Err(_) => cell.replace("nek", "neck"),
            }
        });
        out.write_record(shown).expect("a row");
    }
    format!("\u{feff}{}", String::from_utf8(out.into_inner().expect("a table")).expect("text"))
}

#[test]
fn a_list_that_was_mended_in_a_spreadsheet_gives_back_what_was_typed() {
    for (sign, between) in [(b';', ";"), (b',', ","), (b'\t', "\t")] {
        let shop = workshop(0);
        let rows = [
            ["id", "patient", "regions", "note"],
            ["007", "Zoë", "nek", "=1+1"],
            ["1e5", "+1 Ann", "nek", "\"- rest\n- walk, slowly; often\""],
            ["p3", "'=Bob", "nek", "＝2 times"],
        ];
        let roster: String = rows.iter().map(|row| row.join(between) + "\n").collect();
        put(&shop, "roster.csv", &roster);
        assert_eq!(run(&shop, "batch roster.csv -o out").0, 1);
        let mended = saved_by_a_spreadsheet(&text(&shop, "out/errors.csv"), sign);
        put(&shop, "out/errors.csv", &mended);
        good(&shop, "batch out/errors.csv -o out --resume --format html");
        for (id, words) in [
            ("007", ["Zoë", "=1+1"]),
            ("1e5", ["+1 Ann", "- walk, slowly; often"]),
            ("p3", ["'=Bob", "2 times"]),
        ] {
            let sheet = text(&shop, &format!("out/{id}.html"));
            assert!(words.iter().all(|word| sheet.contains(word)), "{id}: {sheet}");
        }
        assert!(!shop.path().join("out/errors.csv").exists());
    }
}
