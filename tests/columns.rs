//! `--columns`: somebody else's list, read by a file that says which of its columns is what.

#[path = "support/workbook.rs"]
mod workbook;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;
use workbook::{of_rows, texts};

const MAP: &str = "\
columns:
  regions: Body part
  patient: [First Name, Surname]
  session_at: [Date, Time]
dates: day-first
only: {State: [Arrived, Seated]}
defaults:
  intensity: light
  therapist: [Valerie]
";

/// As a practice's own program exports it.
const LIST: &str = "\
Appointments of the week;;;;;;;
Printed 03/12/2026;;;;;;;
;;;;;;;
State;Phone;Surname;First Name;Date;Time;Body part;Remarks
Arrived;416 555 0101;Smith;Zoë;03/12/2026;9:00;neck;SECRET cell
Cancelled;416 555 0102;Jones;Al;03/12/2026;9:30;nonsense;SECRET
arrived ;416 555 0103;Lee;;04/12/2026;3:30 PM;Lower back;
Seated;416 555 0104;Bo;Ann;05/12/2026;10:00;sholder;SECRET
Total;4;;;;;;
";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aftercare"));
    command.current_dir(folder).args(["--now", "2026-12-03T15:30"]).args(arguments);
    command.env_remove("AFTERCARE_CLINIC").stdin(Stdio::null()).output().expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn shop(map: &str, list: &str) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("map.yaml"), map).expect("a map");
    fs::write(folder.path().join("list.csv"), list).expect("a list");
    let rows: Vec<Vec<String>> =
        list.lines().map(|line| line.split(';').map(str::to_owned).collect()).collect();
    fs::write(folder.path().join("list.xlsx"), of_rows(&texts(&rows))).expect("a workbook");
    folder
}

#[test]
fn only_the_columns_that_are_named_are_read_and_kept() {
    let shop = shop(MAP, LIST);
    for list in ["list.csv", "list.xlsx"] {
        let out = format!("out-{list}");
        let output = run(shop.path(), &["batch", list, "-o", &out, "--columns", "map.yaml"]);
        let told = said(&output);
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(told.contains("id 4, column Body part: unknown region `sholder`"), "{told}");
        assert!(told.contains("2 made, 0 kept from before, 1 failed"), "{told}");
        assert!(told.contains("row"), "{told}");
        assert!(told.contains("passed over that `only` does not ask for"), "{told}");
        let folder = shop.path().join(&out);
        let mut names: Vec<String> = fs::read_dir(&folder)
            .expect("a folder")
            .map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned())
            .filter(|name| !name.starts_with('.'))
            .collect();
        names.sort();
        assert_eq!(names, ["1.pdf", "3.pdf", "errors.csv", "manifest.jsonl"]);
        let list = fs::read_to_string(folder.join("errors.csv")).expect("a list");
        assert!(!list.contains("SECRET") && !list.contains("416") && !list.contains("Seated"), "{list}");
        let sign = if out.ends_with("csv") { ';' } else { ',' };
        let row = "4,sholder,Ann Bo,2026-12-05T10:00,Valerie,light".replace(',', &sign.to_string());
        assert!(list.contains(&row), "{list}");
        let mended = list.replace("sholder", "shoulder");
        fs::write(folder.join("errors.csv"), mended).expect("a mended list");
        // With the map or without it: its columns have their own names now.
        let more: &[&str] = if sign == ';' { &["--columns", "map.yaml"] } else { &[] };
        let mended = format!("{out}/errors.csv");
        let output = run(shop.path(), &[&["batch", &mended, "-o", &out, "--resume"], more].concat());
        assert!(output.status.success(), "{}", said(&output));
        assert!(!folder.join("errors.csv").exists());
    }
    for name in ["1.pdf", "3.pdf", "4.pdf"] {
        let of = |list: &str| fs::read(shop.path().join(format!("out-{list}")).join(name)).expect("a sheet");
        assert!(of("list.csv") == of("list.xlsx"), "{name} of a workbook is that of a text");
    }
}

#[test]
fn a_mapped_list_says_what_a_roster_of_ones_own_says() {
    let shop = shop(MAP, LIST);
    let own = "id,regions,patient,session_at,intensity,therapist\n\
               1,neck,Zoë Smith,2026-12-03T09:00,light,Valerie\n3,lower-back,Lee,2026-12-04T15:30,light,Valerie\n";
    fs::write(shop.path().join("own.csv"), own).expect("a roster");
    run(shop.path(), &["batch", "list.csv", "-o", "mapped", "--columns", "map.yaml"]);
    assert!(run(shop.path(), &["batch", "own.csv", "-o", "own"]).status.success());
    for name in ["1.pdf", "3.pdf"] {
        let of = |folder: &str| fs::read(shop.path().join(folder).join(name)).expect("a sheet");
        assert!(of("mapped") == of("own"), "{name}");
    }
}

#[test]
fn everything_that_is_wrong_with_a_file_of_columns_is_told_together() {
    let map = "\
colums: {}
columns:
  region: Body part
  patient: [First Name]
  patient: Surname
dates: day-frist
only: {State: []}
defaults:
  language: english
  intensty: light
  id: x
";
    let shop = shop(map, LIST);
    let output = run(shop.path(), &["batch", "list.csv", "-o", "out", "--columns", "map.yaml"]);
    let told = said(&output);
    assert_eq!(output.status.code(), Some(2), "{told}");
    for (line, message) in [
        ("map.yaml:1:1", "unknown key `colums` in a file of columns"),
        ("map.yaml:3:3", "unknown key `region` in `columns`"),
        ("map.yaml:5:3", "`patient` stands twice in `columns`"),
        ("map.yaml:6:8", "unknown way to write days `day-frist`"),
        ("map.yaml:7:8", "`State` has no values"),
        ("map.yaml:10:3", "unknown key `intensty` in `defaults`"),
        ("map.yaml:11:3", "`id` is each row's own, and has no default"),
    ] {
        assert!(told.contains(line) && told.contains(message), "{line}: {message}\n{told}");
    }
    for near in ["columns", "regions", "day-first", "intensity"] {
        assert!(told.contains(&format!("did you mean `{near}`?")), "{near}\n{told}");
    }
    assert!(!shop.path().join("out").exists(), "nothing is made");
}

#[test]
fn columns_that_the_list_has_not_are_told_where_they_are_named() {
    let map =
        "columns: {regions: Body prt, patient: Firstname, session_at: [Date, Time]}\nonly: {Status: [x]}\n";
    for list in ["list.csv", "list.xlsx"] {
        let shop = shop(map, LIST);
        let output = run(shop.path(), &["batch", list, "-o", "out", "--columns", "map.yaml"]);
        let told = said(&output);
        assert_eq!(output.status.code(), Some(2), "{told}");
        for (place, message, near) in [
            ("map.yaml:1:20", "the roster has no column `Body prt`", "Body part"),
            ("map.yaml:1:39", "the roster has no column `Firstname`", "First Name"),
            ("map.yaml:2:8", "the roster has no column `Status`", "State"),
        ] {
            assert!(told.contains(place) && told.contains(message), "{place} {message}\n{told}");
            assert!(told.contains(&format!("did you mean `{near}`?")), "{near}\n{told}");
        }
        assert!(!told.contains("SECRET") && !told.contains("Smith"), "{told}");
    }
    let other = shop("columns: {regions: Zone}\n", LIST);
    let output = run(other.path(), &["batch", "list.csv", "-o", "out", "--columns", "map.yaml"]);
    assert!(
        said(&output).contains("no row of the roster names a column that is asked for"),
        "{}",
        said(&output)
    );
    let nothing = shop("columns: {patient: First Name}\n", LIST);
    let output = run(nothing.path(), &["batch", "list.csv", "-o", "out", "--columns", "map.yaml"]);
    assert!(said(&output).contains("nothing says which column is `regions`"), "{}", said(&output));
}

#[test]
fn a_default_is_checked_as_a_value_is() {
    let shop = shop("columns: {regions: Body part}\ndefaults: {intensity: lihgt, language: xx}\n", LIST);
    let output = run(shop.path(), &["batch", "list.csv", "-o", "out", "--columns", "map.yaml"]);
    let told = said(&output);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("map.yaml:2:23") && told.contains("did you mean `light`?"), "{told}");
    assert!(told.contains("map.yaml:2:40"), "{told}");
}

#[test]
fn days_that_a_list_leaves_open_are_refused_with_what_to_do() {
    let list = "Body part;When\nneck;03/04/2026 9:00\n";
    let shop = shop("columns: {regions: Body part, session_at: When}\n", list);
    let output = run(shop.path(), &["batch", "list.csv", "-o", "out", "--columns", "map.yaml"]);
    let told = said(&output);
    assert!(told.contains("id 1, column When") && told.contains("`dates: day-first`"), "{told}");
    fs::write(
        shop.path().join("map.yaml"),
        "columns: {regions: Body part, session_at: When}\ndates: month-first\n",
    )
    .expect("a map");
    let output = run(shop.path(), &["batch", "list.csv", "-o", "new", "--columns", "map.yaml"]);
    assert!(output.status.success(), "{}", said(&output));
}

#[test]
fn a_list_that_is_no_table_takes_no_file_of_columns() {
    let shop = shop(MAP, LIST);
    fs::write(shop.path().join("list.jsonl"), "{\"id\": \"a\"}\n").expect("a list");
    let output = run(shop.path(), &["batch", "list.jsonl", "-o", "out", "--columns", "map.yaml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said(&output).contains("a file of columns is for a table: a workbook or CSV"),
        "{}",
        said(&output)
    );
}
