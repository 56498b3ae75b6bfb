//! `batch -o FILE.zip` and `-o -`: all results of a run in one archive.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

type Files = BTreeMap<String, Vec<u8>>;

fn aftercare(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aftercare"));
    command.current_dir(folder).args(["--now", "2026-11-24T15:30"]).args(arguments);
    command.env_remove("AFTERCARE_CLINIC").stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    aftercare(folder, arguments).output().expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn shop() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let mut roster = String::from("id,patient,session_at,regions\n");
    for row in 0..40 {
        let region = if row % 13 == 12 { "sholder" } else { "neck" };
        roster.push_str(&format!("p{row:02},Zoë {row},2026-11-24T15:30,{region}\n"));
    }
    fs::write(folder.path().join("roster.csv"), roster).expect("a roster");
    folder
}

/// What stands in a folder, but for hidden files.
fn of_folder(folder: &Path) -> Files {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    let shown = entries.filter(|path| !name(path).starts_with('.'));
    shown.map(|path| (name(&path), fs::read(&path).expect("a file"))).collect()
}

fn of_zip(bytes: Vec<u8>) -> Files {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut files = Files::new();
    for index in 0..zip.len() {
        let mut member = zip.by_index(index).expect("a member");
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).expect("a member");
        files.insert(member.name().expect("a name").into_owned(), bytes);
    }
    files
}

fn of_tar(bytes: &[u8]) -> Files {
    let mut tar = tar::Archive::new(bytes);
    let mut files = Files::new();
    for member in tar.entries().expect("an archive") {
        let mut member = member.expect("a member");
        let name = member.path().expect("a name").to_string_lossy().into_owned();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).expect("a member");
        files.insert(name, bytes);
    }
    files
}

#[test]
fn an_archive_holds_the_files_of_a_folder_at_any_number_of_jobs() {
    let shop = shop();
    let formats = ["--format", "pdf,html"];
    let output = run(shop.path(), &[&["batch", "roster.csv", "-o", "out"][..], &formats].concat());
    assert_eq!(output.status.code(), Some(1));
    let files = of_folder(&shop.path().join("out"));
    assert_eq!(files.len(), 2 * 37 + 2, "sheets, the list and the manifest");
    let (mut zips, mut tars) = (Vec::new(), Vec::new());
    for jobs in ["1", "3"] {
        let name = format!("day-{jobs}.zip");
        let output =
            run(shop.path(), &[&["batch", "roster.csv", "-o", &name, "-j", jobs][..], &formats].concat());
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert!(said(&output).contains(&format!("errors.csv in {name}")), "{}", said(&output));
        assert!(said(&output).contains(&format!("the account of every row: manifest.jsonl in {name}")));
        zips.push(fs::read(shop.path().join(name)).expect("an archive"));
        let output =
            run(shop.path(), &[&["batch", "roster.csv", "-o", "-", "-j", jobs][..], &formats].concat());
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert!(said(&output).contains("37 made"), "messages stand on standard error: {}", said(&output));
        tars.push(output.stdout);
    }
    assert!(zips[0] == zips[1] && tars[0] == tars[1], "the same bytes at any number of jobs");
    assert!(of_zip(zips.remove(0)) == files, "a ZIP holds the same files");
    assert!(of_tar(&tars.remove(0)) == files, "a tar holds the same files");
    // Made again, over its own.
    assert_eq!(run(shop.path(), &["batch", "roster.csv", "-o", "day-1.zip"]).status.code(), Some(1));
    let hidden = fs::read_dir(shop.path()).expect("a folder").filter(|entry| {
        entry.as_ref().is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with('.'))
    });
    assert_eq!(hidden.count(), 0, "nothing is left beside an archive");
}

#[test]
fn a_roster_may_come_and_an_archive_go_through_a_pipe() {
    let shop = shop();
    let mut command = aftercare(shop.path(), &["batch", "-", "-o", "-", "--faults-ok", "--quiet"]);
    command.stdin(fs::File::open(shop.path().join("roster.csv")).expect("a roster"));
    let output = command.output().expect("the program runs");
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(of_tar(&output.stdout).len(), 37 + 2);
    // Parts of a roster are archives of their own.
    let parts: Vec<Files> = ["1/2", "2/2"]
        .iter()
        .map(|part| of_tar(&run(shop.path(), &["batch", "roster.csv", "-o", "-", "--shard", part]).stdout))
        .collect();
    let sheets = |files: &Files| files.keys().filter(|name| name.ends_with(".pdf")).count();
    assert_eq!(parts.iter().map(sheets).sum::<usize>(), 37);
}

#[test]
fn whoever_stops_reading_has_what_they_wanted() {
    let shop = shop();
    let mut command = aftercare(shop.path(), &["batch", "roster.csv", "-o", "-"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
    let mut first = [0; 1024];
    child.stdout.take().expect("its output").read_exact(&mut first).expect("the first bytes");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{}", said(&output));
    assert!(
        !said(&output).contains("stopped") && !said(&output).contains("cannot be written"),
        "{}",
        said(&output)
    );
}

/// One row of the list has faults.
#[test]
fn an_archive_that_stands_is_kept_if_it_is_of_these_rows() {
    let shop = shop();
    let (roster, day) = (shop.path().join("roster.csv"), shop.path().join("day.zip"));
    let resume = |more: &[&str]| {
        run(
            shop.path(),
            &[&["batch", "roster.csv", "-o", "day.zip", "--resume", "--faults-ok"], more].concat(),
        )
    };
    let made = resume(&[]);
    assert!(made.status.success() && said(&made).contains(" 0 kept"), "{}", said(&made));
    let (first, rows) = (fs::read(&day).expect("an archive"), fs::read_to_string(&roster).expect("a list"));
    let kept = resume(&[]);
    assert!(kept.status.success() && said(&kept).contains("0 made"), "{}", said(&kept));
    let refused = |kept: Output, why: &str| {
        assert_eq!(kept.status.code(), Some(2), "{why}: {}", said(&kept));
        assert!(said(&kept).contains("not of these rows as they are now"), "{why}: {}", said(&kept));
        assert!(fs::read(&day).expect("an archive") == first, "{why}");
    };
    refused(resume(&["--format", "pdf,note"]), "other files");
    let shorter = rows.trim_end().rsplit_once('\n').expect("rows").0.to_owned() + "\n";
    fs::write(&roster, &shorter).expect("a list");
    refused(resume(&[]), "a row less");
    fs::write(&roster, format!("{}\n{}", rows.trim_end(), rows.lines().last().expect("a row")))
        .expect("a list");
    refused(resume(&[]), "a row twice");
    let (head, rest) = rows.split_once('\n').expect("rows");
    let (one, rest) = rest.split_once('\n').expect("rows");
    let (two, rest) = rest.split_once('\n').expect("rows");
    fs::write(&roster, [head, two, one, rest].join("\n")).expect("a list");
    refused(resume(&[]), "another order");
    fs::write(&roster, &rows).expect("a list");
    assert!(resume(&[]).status.success());
    assert!(fs::read(&day).expect("an archive") == first);
}

#[test]
fn what_does_not_go_with_an_archive_is_refused_with_a_reason() {
    let shop = shop();
    let mine = shop.path().join("mine.zip");
    fs::write(&mine, b"PK\x03\x04 of somebody else").expect("a file");
    fs::create_dir(shop.path().join("folder.zip")).expect("a folder");
    fs::copy(shop.path().join("roster.csv"), shop.path().join("roster.zip")).expect("a copy");
    for (roster, arguments, told) in [
        ("roster.csv", &["-o", "-", "--resume"][..], "a stream is made from the first row on"),
        (
            "roster.csv",
            &["-o", "day.zip", "--resume", "--merge", "all.pdf"],
            "a merged file needs every row again",
        ),
        ("roster.csv", &["-o", "ftp://clinic/day.zip"], "which is none of an object store"),
        ("roster.csv", &["-o", "s3://clinic/out/"], "is given one archive a run"),
        ("roster.csv", &["-o", "out", "--merge", "s3://clinic/all.pdf"], "a merged file stands in a folder"),
        ("https://clinic.example/day.csv?key=1", &["-o", "out"], "which is none of an object store"),
        #[cfg(not(feature = "object-store"))]
        ("s3://clinic/day.csv", &["-o", "out"], "this program was built without object stores"),
        #[cfg(not(feature = "object-store"))]
        ("roster.csv", &["-o", "s3://clinic/day.zip"], "this program was built without object stores"),
        (
            "roster.csv",
            &["-o", "-", "--json"],
            "standard output holds the archive, and cannot hold the account too",
        ),
        ("roster.csv", &["-o", "mine.zip"], "aftercare did not make this file"),
        ("roster.csv", &["-o", "folder.zip"], "this is a folder with the name of an archive"),
        ("roster.zip", &["-o", "roster.zip", "--force"], "the archive would be written over the roster"),
    ] {
        let output = run(shop.path(), &[&["batch", roster][..], arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", said(&output));
        assert!(said(&output).contains(told), "{arguments:?}: {}", said(&output));
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }
    assert_eq!(fs::read(&mine).expect("it stands"), b"PK\x03\x04 of somebody else");
    assert!(!shop.path().join("day.zip").exists());
    let output =
        run(shop.path(), &["batch", "roster.csv", "-o", "mine.zip", "--force", "--merge", "all.pdf"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert_eq!(of_zip(fs::read(&mine).expect("an archive")).len(), 2, "the list and the manifest");
    assert!(shop.path().join("all.pdf").exists(), "the merged file has a place of its own");
    // A folder may be called as it likes.
    assert_eq!(run(shop.path(), &["batch", "roster.csv", "-o", "folder.zip/"]).status.code(), Some(1));
    assert!(shop.path().join("folder.zip/p00.pdf").exists());
}
