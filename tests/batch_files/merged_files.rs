//! One file of all rows: what it is not written over, and what stops it.

use super::shop::*;
use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

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
    assert!(said.contains("`new/all.pdf` cannot be written: the disk takes no larger file"), "{said}");
    assert!(!said.contains(".part") && !said.contains("--resume"), "{said}");
    assert_eq!(names(&shop, "new"), [""; 0]);
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

#[test]
fn a_run_for_trial_tells_that_the_merged_file_takes_the_name_of_a_handout() {
    let shop = workshop(2);
    let (code, said) = run(&shop, "batch roster.csv -o out --format pdf --merge ./out/p0001.pdf --dry-run");
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("the merged file has this name"), "{said}");
}
