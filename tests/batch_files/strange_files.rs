//! Somebody else may write to the folder too: links that lead elsewhere, pipes that never answer, forged lines. None is
//! followed, none is waited for, and what cannot be used is named.

use crate::shop::*;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Names that a run takes for itself in its folder.
const OWN: [&str; 8] = [
    "manifest.jsonl",
    ".manifest-earlier.jsonl",
    "errors.csv",
    ".aftercare-errors.sha256",
    ".aftercare.lock",
    ".aftercare-making-errors.csv.part",
    ".aftercare-making-.manifest-earlier.jsonl.part",
    ".aftercare-making-all.pdf.part",
];

fn pipe(shop: &TempDir, name: &str) {
    let path = shop.path().join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo").success());
}

fn link(shop: &TempDir, to: &str, name: &str) {
    let path = shop.path().join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    symlink(to, path).expect("a link");
}

/// As [`run`], but a run that waits for ever fails the test instead of holding it up.
fn run_soon(shop: &TempDir, arguments: &str) -> (i32, String) {
    let mut child = aftercare(shop, arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let until = Instant::now() + Duration::from_secs(120);
    while child.try_wait().expect("it is a child").is_none() {
        if Instant::now() > until {
            child.kill().expect("killed");
            panic!("`{arguments}` waits for ever");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let output = child.wait_with_output().expect("its words");
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn refused_by_name(shop: &TempDir, arguments: &str, name: &str) {
    let (code, said) = run_soon(shop, arguments);
    assert_eq!(code, 2, "{arguments}, {name}: {said}");
    assert!(said.contains(name) && said.contains("link, a pipe or a device"), "{name}: {said}");
    assert!(!shop.path().join("out/p0000.pdf").exists(), "{name}: nothing is made");
}

#[test]
fn no_link_in_the_folder_of_a_batch_is_followed() {
    for name in OWN {
        for way in ["", " --resume", " --force", " --shard 1/1"] {
            let shop = workshop(1);
            put(&shop, "precious", "PRECIOUS\n");
            link(&shop, "../precious", &format!("out/{name}"));
            // A row that fails too, so that every file is wanted.
            put(&shop, "roster.csv", &(roster(0..1, "neck") + &row("bad", "nek")));
            refused_by_name(
                &shop,
                &format!("batch roster.csv -o out --format pdf --merge out/all.pdf{way}"),
                name,
            );
            assert_eq!(text(&shop, "precious"), "PRECIOUS\n", "{name}{way}");
            assert!(shop.path().join("out").join(name).is_symlink(), "{name}{way}");
        }
    }
}

#[test]
fn a_link_to_nothing_makes_no_file_elsewhere() {
    for name in OWN {
        let shop = workshop(1);
        link(&shop, "../elsewhere", &format!("out/{name}"));
        refused_by_name(&shop, "batch roster.csv -o out --format pdf --merge out/all.pdf", name);
        assert!(!shop.path().join("elsewhere").exists(), "{name}");
    }
}

#[test]
fn no_pipe_in_the_folder_of_a_batch_is_waited_for() {
    for name in OWN {
        let shop = workshop(1);
        pipe(&shop, &format!("out/{name}"));
        refused_by_name(&shop, "batch roster.csv -o out --format pdf --merge out/all.pdf --resume", name);
    }
}

#[test]
fn a_pipe_or_a_link_with_the_name_of_a_handout_fails_its_row_alone() {
    let shop = workshop(3);
    pipe(&shop, "out/p0000.pdf");
    put(&shop, "precious", "PRECIOUS");
    link(&shop, "../precious", "out/p0001.pdf");
    let (code, said) = run_soon(&shop, "batch roster.csv -o out");
    assert_eq!(code, 1, "{said}");
    let listed = text(&shop, "out/errors.csv");
    for name in ["p0000.pdf", "p0001.pdf"] {
        assert!(listed.contains(&format!("`{name}` is a link, a pipe or a device")), "{listed}");
    }
    assert!(shop.path().join("out/p0002.pdf").is_file(), "the other row is made");
    assert_eq!(text(&shop, "precious"), "PRECIOUS");
    // With `--force` they are written over: the link itself, never what it leads to.
    let (code, said) = run_soon(&shop, "batch roster.csv -o out --force");
    assert_eq!((code, text(&shop, "precious").as_str()), (0, "PRECIOUS"), "{said}");
    assert!(!shop.path().join("out/p0001.pdf").is_symlink());
}

#[test]
fn a_merged_file_goes_over_no_link() {
    for merge in ["--merge m/all.pdf", "--merge m/all.pdf --merge-every 1"] {
        let shop = workshop(2);
        put(&shop, "precious", "PRECIOUS");
        let name = if merge.ends_with('1') { "m/all-0002.pdf" } else { "m/all.pdf" };
        link(&shop, "../precious", name);
        for force in ["", " --force"] {
            refused_by_name(&shop, &format!("batch roster.csv -o out {merge}{force}"), name);
        }
        assert_eq!(text(&shop, "precious"), "PRECIOUS");
    }
}

#[test]
fn only_lines_of_ours_are_taken_over_from_a_manifest() {
    let shop = workshop(2);
    good(&shop, "batch roster.csv -o out");
    let ours = text(&shop, "out/manifest.jsonl");
    put(&shop, "out/manifest.jsonl", &format!("{ours}id > PWNED\n{{\"id\": 7}}\n"));
    put(&shop, "out/.manifest-earlier.jsonl", "rm -rf everything\n");
    // What is set aside is looked at while the run waits for its roster.
    pipe(&shop, "rows.csv");
    let mut child = aftercare(&shop, "batch rows.csv -o out --resume -q").spawn().expect("the program runs");
    let mut rows = fs::OpenOptions::new().write(true).open(shop.path().join("rows.csv")).expect("the pipe");
    std::io::Write::write_all(&mut rows, HEADER.as_bytes()).expect("a header");
    let until = Instant::now() + Duration::from_secs(60);
    let aside = || fs::read_to_string(shop.path().join("out/.manifest-earlier.jsonl")).unwrap_or_default();
    while aside().contains("rm -rf") && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(20));
    }
    let kept = aside();
    drop(rows);
    assert!(child.wait().expect("it ends").success());
    assert_eq!(kept.lines().count(), 2, "{kept}");
    assert!(!kept.contains("PWNED") && kept.contains("p0001"), "{kept}");
}

#[test]
fn failed_rows_pass_through_no_other_disk() {
    let shop = workshop(0);
    put(&shop, "roster.csv", &(HEADER.to_owned() + &row("b", "nekk")));
    let mut command = aftercare(&shop, "batch roster.csv -o out");
    let output = command.env("TMPDIR", "/nonexistent").output().expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(!said.contains("cannot be written"), "{said}");
    assert!(text(&shop, "out/errors.csv").contains("nekk"));
}

#[test]
fn a_file_that_cannot_be_read_is_not_called_somebody_elses() {
    let shop = workshop(2);
    let nobody = "setpriv --reuid 65534 --regid 65534 --clear-groups";
    let script = format!(
        "cp $AFTERCARE aftercare && chmod 777 . && {nobody} sh -c '
            ./aftercare batch roster.csv -o out -q && chmod 000 out/p0000.pdf && ! cat out/p0000.pdf' || exit 9
         {nobody} ./aftercare batch roster.csv -o out"
    );
    let mut command = Command::new("sh");
    command.args(["-c", &script]).current_dir(shop.path()).env("AFTERCARE", env!("CARGO_BIN_EXE_aftercare"));
    let output = command.output().expect("sh runs");
    if output.status.code() == Some(9) {
        return; // Only the superuser may become somebody who cannot read.
    }
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("what stands as `p0000.pdf` cannot be read"), "{said}");
    assert!(!said.contains("did not make the file `p0000"), "{said}");
}

/// The permissions of every file in a folder whose name holds this.
fn modes(shop: &TempDir, holds: &str) -> Vec<u32> {
    let named = names(shop, "out").into_iter().filter(|name| name.contains(holds));
    named
        .map(|name| fs::metadata(shop.path().join("out").join(name)).expect("it stands").mode() & 0o777)
        .collect()
}

#[test]
fn a_patients_words_are_for_their_owner_unless_the_umask_says_otherwise() {
    for (umask, mode) in [("022", 0o600), ("027", 0o600), ("077", 0o600), ("002", 0o660), ("000", 0o666)] {
        let shop = workshop(1);
        put(&shop, "roster.csv", &(roster(0..1, "neck") + &row("bad", "nek")));
        let script = format!(
            "umask {umask} && $AFTERCARE batch roster.csv -o out --format pdf,html \
             --merge out/all.pdf -q; $AFTERCARE render --region neck --name Zoë -o out/one.pdf -q"
        );
        let status = Command::new("sh")
            .args(["-c", &script])
            .current_dir(shop.path())
            .env("AFTERCARE", env!("CARGO_BIN_EXE_aftercare"))
            .status();
        assert!(status.expect("sh runs").success());
        for name in ["p0000.pdf", "p0000.html", "errors.csv", "all.pdf", "one.pdf"] {
            assert_eq!(modes(&shop, name), [mode], "{name} with umask {umask}");
        }
    }
}

#[test]
fn what_a_killed_render_left_goes_with_the_next_run_in_the_folder() {
    for arguments in ["render --region neck -o out/new.pdf -q", "batch roster.csv -o out -q"] {
        let shop = workshop(1);
        put(&shop, "out/.aftercare-TkzelC.part", "Your next few days, ZQNAME");
        put(&shop, "out/.aftercare-making-all.pdf.part", "of a killed batch");
        put(&shop, "out/.aftercare-TkzelC.part.txt", "mine");
        link(&shop, "../roster.csv", "out/.aftercare-abcdef.part");
        good(&shop, arguments);
        let left = names(&shop, "out");
        assert!(
            !left.iter().any(|name| name.ends_with("TkzelC.part") || name.contains("making")),
            "{left:?}"
        );
        assert!(left.iter().any(|name| name == ".aftercare-TkzelC.part.txt"), "{left:?}");
        assert!(shop.path().join("out/.aftercare-abcdef.part").is_symlink(), "a link is none of ours");
        assert!(shop.path().join("roster.csv").is_file());
    }
}

#[test]
fn a_run_whose_lock_was_removed_is_not_robbed_by_the_next() {
    let shop = workshop(0);
    pipe(&shop, "rows.csv");
    let mut child = aftercare(&shop, "batch rows.csv -o out -q").spawn().expect("the program runs");
    let mut rows = fs::OpenOptions::new().write(true).open(shop.path().join("rows.csv")).expect("the pipe");
    std::io::Write::write_all(&mut rows, roster(0..3, "neck").as_bytes()).expect("rows");
    let manifest = || fs::read_to_string(shop.path().join("out/manifest.jsonl")).unwrap_or_default();
    let until = Instant::now() + Duration::from_secs(60);
    while manifest().lines().count() < 3 && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(20));
    }
    fs::remove_file(shop.path().join("out/.aftercare.lock")).expect("the lock");
    let before = files(&shop.path().join("out"));
    put(&shop, "roster.csv", &roster(5..6, "neck"));
    let (code, said) = run(&shop, "batch roster.csv -o out");
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("another run is working"), "{said}");
    assert!(before == files(&shop.path().join("out")), "the second run changed a file of the first");
    drop(rows);
    assert!(child.wait().expect("it ends").success());
    assert_eq!(manifest().lines().count(), 3);
}

#[test]
fn a_limit_of_the_machine_is_a_sentence() {
    let shop = workshop(40);
    // The size of files: the manifest, or a handout, may not be written on.
    let script = "ulimit -f 16; exec $AFTERCARE batch roster.csv -o small -q";
    let limited = |script: &str| {
        Command::new("sh")
            .args(["-c", script])
            .current_dir(shop.path())
            .env("AFTERCARE", env!("CARGO_BIN_EXE_aftercare"))
            .output()
            .expect("sh runs")
    };
    let output = limited(script);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("cannot be written"), "{said}");
    // No threads: of a user of its own, as the superuser has no such limit.
    let nobody = Command::new("setpriv").args(["--reuid", "65534", "--clear-groups", "true"]).status();
    if !nobody.is_ok_and(|status| status.success()) {
        return;
    }
    let open = fs::Permissions::from_mode(0o777);
    fs::set_permissions(shop.path(), open).expect("a folder for everybody");
    let program = shop.path().join("aftercare");
    fs::copy(env!("CARGO_BIN_EXE_aftercare"), &program).expect("a copy that everybody can run");
    let output = limited(
        "exec setpriv --reuid 65534 --regid 65534 --clear-groups prlimit --nproc=1 ./aftercare batch roster.csv -o threads -q",
    );
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("no threads") && !said.contains("report it"), "{said}");
    let output = limited(
        "exec setpriv --reuid 65534 --regid 65534 --clear-groups prlimit --nproc=1 ./aftercare serve --port 0",
    );
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("cannot be served") && !said.contains("internal error"), "{said}");
}

#[test]
fn rows_without_a_time_never_keep_that_of_an_earlier_run() {
    let shop = workshop(0);
    put(&shop, "roster.csv", "id,session_at,regions\np1,,neck\np2,2026-11-24T09:00,neck\n");
    let (first, later) = ("2026-11-24T15:30", "2026-11-24T18:45");
    good(&shop, &format!("batch roster.csv -o out --now {first}"));
    let before = files(&shop.path().join("out"));
    let said = good(&shop, &format!("batch roster.csv -o out --resume --now {first}"));
    assert!(said.contains("0 made, 2 kept"), "{said}");
    let said = good(&shop, &format!("batch roster.csv -o out --resume --now {later}"));
    assert!(said.contains("1 made, 1 kept"), "{said}");
    assert!(said.contains("1 row has no `session_at`") && said.contains("--now"), "{said}");
    let after = files(&shop.path().join("out"));
    assert!(before["p1.pdf"] != after["p1.pdf"] && before["p2.pdf"] == after["p2.pdf"]);
}
