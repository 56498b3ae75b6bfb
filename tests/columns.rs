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
    fs::write(shop.path().join("list.jsonl"), "{\"id\": \"a\", \"regions\": [\"neck\"]}\n").expect("a list");
    let output = run(shop.path(), &["batch", "list.jsonl", "-o", "out", "--columns", "map.yaml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said(&output).contains("a file of columns is for a table: a workbook or CSV"),
        "{}",
        said(&output)
    );
}

/// A list, its file of columns and what a run says of them: code, messages, and the ids that were made.
fn made_of(map: &str, list: &str, arguments: &[&str]) -> (Option<i32>, String, Vec<String>) {
    let shop = TempDir::new().expect("a folder");
    fs::write(shop.path().join("map.yaml"), map).expect("a map");
    fs::write(shop.path().join("list.csv"), list).expect("a list");
    made_in(&shop, "list.csv", arguments)
}

fn made_in(shop: &TempDir, list: &str, arguments: &[&str]) -> (Option<i32>, String, Vec<String>) {
    let batch = ["batch", list, "-o", "out", "--columns", "map.yaml", "--format", "note"];
    let output = run(shop.path(), &[&batch, arguments].concat());
    let entries = fs::read_dir(shop.path().join("out")).into_iter().flatten();
    let names = entries.map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned());
    let mut ids: Vec<String> =
        names.filter_map(|name| name.strip_suffix(".note.txt").map(str::to_owned)).collect();
    ids.sort();
    (output.status.code(), said(&output), ids)
}

const PLAIN: &str = "columns: {patient: Name, regions: Area, session_at: When}\n";
const WHEN: &str = "2026-12-03 09:00";

#[test]
fn no_patient_is_taken_for_a_total() {
    let head = "Name;Area;When;Memo\n";
    let first = format!("{head}Ann;neck;{WHEN};\n");
    for (kind, row) in [
        ("another sign", format!("Bob,hip,{WHEN},1\n")),
        ("another sign, with spaces", format!("Bob, hip, {WHEN}, 1\n")),
        ("an open quote", format!("\"Bob;hip;{WHEN};1\nCy;jaw;{WHEN};2\n")),
        ("an open quote, apart", format!("\n\"Bob;hip;{WHEN};1\nCy;jaw;{WHEN};2\n")),
        ("a telephone number", "Bob;;;4165550101\n".to_owned()),
        ("words in a column that is not read", "\nBob;;;pregnant, ask her\n".to_owned()),
    ] {
        let (code, told, _) = made_of(PLAIN, &format!("{first}{row}"), &[]);
        assert_eq!(code, Some(1), "{kind}: {told}");
        assert!(told.contains("1 made, 0 kept from before, 1 failed"), "{kind}: {told}");
        assert!(!told.contains("passed over") && !told.contains("Bob"), "{kind}: {told}");
    }
    let map =
        "columns: {id: Nr, patient: Name, regions: Area, note: Memo, precautions: Alert, session_at: When}\n";
    let list = format!("Nr;Name;Area;Memo;Alert;When\n1;Ann;neck;;;{WHEN}\n");
    for row in ["\n2;;;on warfarin;;\n", "\n2;;;;pregnancy;\n", "2;Bob;;;;\n"] {
        let (code, told, _) = made_of(map, &format!("{list}{row}"), &[]);
        assert_eq!((code, told.contains("passed over")), (Some(1), false), "{row}: {told}");
    }
    let (code, told, ids) = made_of(map, &format!("{list}Total;1;;;;\n\nPrinted by the desk;;;;;\n"), &[]);
    assert_eq!((code, ids), (Some(0), vec!["1".to_owned()]), "{told}");
    assert!(told.contains("warning: lines 3, 5 stand below the list and are passed over"), "{told}");
    // What stands alone is the list itself.
    let (code, told, _) = made_of(PLAIN, &format!("{head}Bob;;;1\n"), &[]);
    assert!(code == Some(1) && told.contains("1 failed"), "{told}");
}

/// What sums up a list right below it, and what explains its signs, are no patients.
#[test]
fn a_total_and_a_legend_right_below_a_list_are_passed_over() {
    let map = "columns: {patient: Name, regions: Area, note: Memo, session_at: When}\n";
    for heading in ["Name;Area;When;Memo", "When;Name;Area;Memo", "Room;Name;Area;When;Memo"] {
        let row: Vec<&str> = heading.split(';').collect();
        let cell = |name: &&str| match *name {
            "Name" => "Ann",
            "Area" => "neck",
            "When" => WHEN,
            _ => "",
        };
        let ann = row.iter().map(cell).collect::<Vec<_>>().join(";");
        let empty = ";".repeat(row.len() - 1);
        let list = format!("{heading}\n{ann}\nTotal appointments: 3{empty}\n* = new patient{empty}\n");
        let shop = shop(map, &list);
        for list in ["list.csv", "list.xlsx"] {
            let (code, told, ids) = made_in(&shop, list, &["--force"]);
            assert_eq!((code, ids), (Some(0), vec!["1".to_owned()]), "{heading}: {told}");
            assert!(told.contains("3, 4 stand below the list and are passed over"), "{told}");
        }
    }
    for row in ["* Bo;;;", "Bo = Bob;;;", "Bo;;;", ";;;N = numb"] {
        let (code, told, _) = made_of(map, &format!("Name;Area;When;Memo\nAnn;neck;{WHEN};\n{row}\n"), &[]);
        assert_eq!((code, told.contains("passed over")), (Some(1), false), "{row}: {told}");
    }
}

/// Of two tables side by side one is read: that the other has patients of its own is told.
#[test]
fn a_second_table_beside_the_list_is_told() {
    let list = format!(
        "Time;Patient;Area;;Time;Patient;Area\n{WHEN};Zoe;L knee;;{WHEN};Cy;hip\n{WHEN};Bo;hip;;{WHEN};Di;calf\n{WHEN};Ed;hip;;;;\n"
    );
    let map = "columns: {patient: Patient (1), session_at: Time (1), regions: Area (1)}\n";
    let shop = shop(map, &list);
    for list in ["list.csv", "list.xlsx"] {
        let (code, told, ids) = made_in(&shop, list, &["--force"]);
        assert_eq!((code, ids.len()), (Some(0), 3), "{told}");
        let words = "a second table stands beside the one that is read, and says something in 2 rows";
        assert!(told.contains(words) && !told.contains("Di"), "{told}");
    }
    let map = "columns: {patient: Patient, session_at: Time, regions: Area}\n";
    let (code, told, _) = made_of(map, &list, &[]);
    assert!(code == Some(2) && told.contains("two lists stand beside each other"), "{told}");
    // An area that stands twice makes no second table.
    let list = format!("Time;Patient;Area;Area\n{WHEN};Zoe;knee;hip\n");
    let map = "columns: {patient: Patient, session_at: Time, regions: Area (1)}\n";
    let (code, told, _) = made_of(map, &list, &[]);
    assert!(code == Some(0) && !told.contains("second table"), "{told}");
}

/// What looks like a list and is written in another way is told in words that help.
#[test]
fn bars_and_quotes_around_lines_are_told_as_such() {
    let run = |list: &str, more: &[&str]| {
        let shop = shop("columns: {patient: patient, regions: regions}\n", list);
        let output =
            run(shop.path(), &[&["batch", "list.csv", "-o", "out", "--format", "note"], more].concat());
        let made =
            |id: &str| fs::read_to_string(shop.path().join(format!("out/{id}.note.txt"))).unwrap_or_default();
        (output.status.code(), said(&output), made("b"))
    };
    let (code, told, _) = run("| id | patient | regions |\n|---|---|---|\n| a | Ann | neck |\n", &[]);
    assert!(code == Some(2) && told.contains("each line begins with a bar"), "{told}");
    let quoted = "\"id,patient,regions\"\n\"a,Ann,neck\"\n";
    for more in [&[][..], &["--columns", "map.yaml"]] {
        let (code, told, _) = run(quoted, more);
        assert!(code == Some(2) && told.contains("the quotes stand around whole lines"), "{told}");
    }
    // A space in front of quotes is nobody's letter.
    let (code, told, note) = run("\"id\" , \"patient\" , \"regions\"\n\"b\" , \"Bo, Jr\" , \"hip\"\n", &[]);
    assert!(code == Some(0) && note.contains("hip"), "{told}");
    let (code, told, _) = run("id,patient,regions\n\"b\" , \"Bo, Jr , \"hip\"\n", &[]);
    assert!(code == Some(1) && told.contains("no space may stand between a comma and the quotes"), "{told}");
}

#[test]
fn line_ends_of_every_program_make_the_same_rows() {
    let list = format!("Name;Area;When\nAnn;neck;{WHEN}\nBob;;\nCy;jaw;{WHEN}\nDi;;\n");
    let told = ["\n", "\r\n", "\r"].map(|end| {
        let (code, told, ids) = made_of(PLAIN, &list.replace('\n', end), &[]);
        (code, ids, told.contains("2 failed"), told.contains("passed over"))
    });
    let wanted = (Some(1), vec!["1".to_owned(), "3".to_owned()], true, false);
    assert_eq!(told, [wanted.clone(), wanted.clone(), wanted]);
}

#[test]
fn a_patient_above_the_heading_is_never_dropped() {
    let heading = format!("Name;Area;When\nAnn;neck;{WHEN}\n");
    let (code, told, ids) = made_of(PLAIN, &format!("Zoe Smith;hip;{WHEN}\n{heading}"), &[]);
    assert_eq!((code, ids.len()), (Some(2), 0), "{told}");
    assert!(told.contains("line 1 stands above the heading and may be a patient's"), "{told}");
    assert!(!told.contains("Zoe"), "{told}");
    let (code, told, ids) = made_of(PLAIN, &format!("Day list;;\nPrinted on:;3.12.2026;\n{heading}"), &[]);
    assert_eq!((code, ids.len()), (Some(0), 1), "{told}");
    assert!(
        told.contains("warning: lines 1, 2 stand above the heading and are passed over, as titles"),
        "{told}"
    );
    // The first heading counts, also where a second list has more columns: its rows are told, not those of the first lost.
    let second = format!("{heading}Name;Area;When;Memo\nBob;hip;{WHEN};x\n");
    let (code, told, ids) =
        made_of("columns: {patient: Name, regions: Area, session_at: When}\n", &second, &[]);
    assert_eq!((code, ids), (Some(1), vec!["1".to_owned()]), "{told}");
}

#[test]
fn a_second_list_with_its_columns_elsewhere_mixes_up_nobody() {
    let map = "columns: {patient: Name, regions: Area, note: Memo, session_at: When}\n";
    let list = format!(
        "Name;Area;Memo;When\nAnn;neck;rest;{WHEN}\nName;Area;Memo;When\nMemo;Area;Name;When\nwalk;hip;Bob;{WHEN}\n"
    );
    let (code, told, ids) = made_of(map, &list, &[]);
    assert_eq!((code, ids), (Some(1), vec!["1".to_owned()]), "{told}");
    assert!(told.contains("the heading on line 4 has other columns than the first"), "{told}");
    assert!(!told.contains("Bob"), "{told}");
}

/// A second list that calls one column something else: `Alert` is no note, and `Last seen` no session.
#[test]
fn a_second_list_that_calls_a_column_something_else_mixes_up_nobody() {
    let map = "columns: {patient: Name, regions: Area, note: Memo, session_at: When}\n";
    for heading in ["Name;Area;Alert;When", "Name;Area;Memo;Last seen", "Name;Area;;When"] {
        let list = format!("Name;Area;Memo;When\nAnn;neck;rest;{WHEN}\n{heading}\nBob;hip;pregnant;{WHEN}\n");
        let shop = shop(map, &list);
        for list in ["list.csv", "list.xlsx"] {
            let (code, told, ids) = made_in(&shop, list, &["--force"]);
            assert_eq!((code, ids), (Some(1), vec!["1".to_owned()]), "{heading}: {told}");
            assert!(told.contains("3 has other columns than the first"), "{heading}: {told}");
            assert!(!told.contains("Bob") && !told.contains("pregnant"), "{heading}: {told}");
        }
    }
    // Words of the heading in a patient's row are the patient's.
    let list =
        format!("Name;Area;Memo;When\nAnn;neck;Memo;{WHEN}\nName;Area;Memo;{WHEN}\nBob;hip;Area;{WHEN}\n");
    let (_, told, ids) = made_of(map, &list, &[]);
    assert_eq!(ids, ["1", "3"], "{told}");
    assert!(!told.contains("other columns"), "{told}");
}

/// The same of a list with columns of its own names: a precaution is no note.
#[test]
fn a_second_roster_that_calls_a_column_something_else_mixes_up_nobody() {
    let roster = format!(
        "id,patient,regions,session_at,note\na,Zoe,knee,{WHEN},x\nid,patient,regions,session_at,precautions\nb,Bo,hip,{WHEN},pregnant\n"
    );
    let shop = shop("", &roster);
    let output = run(shop.path(), &["batch", "list.csv", "-o", "out"]);
    let told = said(&output);
    assert!(told.contains("the heading on line 3 has other columns than the first"), "{told}");
    assert!(!shop.path().join("out/b.pdf").exists() && shop.path().join("out/a.pdf").exists(), "{told}");
    let errors = fs::read_to_string(shop.path().join("out/errors.csv")).expect("a list");
    assert!(errors.contains("pregnant") && errors.contains("Bo"), "{errors}");
}

#[test]
fn no_cell_of_a_patients_row_stands_in_a_message() {
    for list in ["Ann Smithson;Hip;3\n", "Ann Smithson;Hip;3\nBob;Hip;4\n"] {
        let (code, told, _) =
            made_of("columns: {patient: Name, regions: Hip, session_at: When}\n", list, &[]);
        assert_eq!(code, Some(2), "{told}");
        assert!(!told.contains("Smithson") && told.contains("as the roster's heading does"), "{told}");
    }
}

#[test]
fn rows_that_only_passes_over_are_told_to_people_and_programs() {
    let list = format!("Name;Area;When;State\nAnn;neck;{WHEN};Arrived\nBob;hip;{WHEN};Gone\nTotal;2;;\n");
    let map = format!("{PLAIN}only: {{State: Arrived}}\n");
    let shop = TempDir::new().expect("a folder");
    fs::write(shop.path().join("map.yaml"), &map).expect("a map");
    fs::write(shop.path().join("list.csv"), &list).expect("a list");
    let output = run(shop.path(), &["batch", "list.csv", "-o", "out", "--columns", "map.yaml", "--json"]);
    let account: serde_json::Value = serde_json::from_slice(&output.stdout).expect("an account");
    assert_eq!((&account["made"], &account["unwanted"]), (&1.into(), &2.into()), "{account}");
    assert!(said(&output).contains("warning: 2 rows passed over that `only` does not ask for"));
    // A slip in the word is no day without patients.
    let (code, told, ids) = made_of(&map.replace("Arrived", "Arived"), &list, &["-q"]);
    assert_eq!((code, ids.len()), (Some(1), 0), "{told}");
    assert!(told.contains("error: `only` does not ask for any of 3 rows"), "{told}");
}

#[test]
fn a_cell_of_only_that_cannot_be_read_holds_its_row_back() {
    let shop = TempDir::new().expect("a folder");
    fs::write(shop.path().join("map.yaml"), format!("{PLAIN}only: {{State: Arrived}}\n")).expect("a map");
    let text = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let row =
        |name: &str, state: &str| format!("<row>{}{}{}{state}</row>", text(name), text("neck"), text(WHEN));
    let head = format!("<row>{}{}{}{}</row>", text("Name"), text("Area"), text("When"), text("State"));
    let rows = [
        row("Ann", &text("Arrived")),
        row("Bob", "<c t=\"e\"><v>#REF!</v></c>"),
        row("Cy", "<c><f>1+1</f></c>"),
        row("Di", &text("Gone")),
    ];
    fs::write(shop.path().join("list.xlsx"), of_rows(&(head + &rows.concat()))).expect("a workbook");
    let (code, told, ids) = made_in(&shop, "list.xlsx", &[]);
    assert_eq!((code, ids), (Some(1), vec!["1".to_owned()]), "{told}");
    assert!(told.contains("id 2, column State: cell D3 of sheet 1 holds the error `#REF!`"), "{told}");
    assert!(told.contains("id 3, column State: cell D4 of sheet 1 holds a formula whose result"), "{told}");
    let list = fs::read_to_string(shop.path().join("out/errors.csv")).expect("a list");
    assert!(list.contains("State: #REF!"), "{list}");
}

#[test]
fn a_side_in_a_column_of_its_own_is_that_of_every_area_beside_it() {
    let map = "columns: {patient: Name, regions: [Area, Side], session_at: When}\n";
    let list = format!(
        "Name;Area;Side;When\nAnn;knee, hip;left;{WHEN}\nBob;Knee;R;{WHEN}\nCy;neck;n/a;{WHEN}\n\
         Di;neck, knee;left;{WHEN}\nEd;left knee;right;{WHEN}\n"
    );
    let (code, told, ids) = made_of(map, &list, &["--json"]);
    assert_eq!((code, ids), (Some(1), ["1", "2", "3"].map(str::to_owned).to_vec()), "{told}");
    let shop = TempDir::new().expect("a folder");
    fs::write(shop.path().join("map.yaml"), map).expect("a map");
    fs::write(shop.path().join("list.csv"), &list).expect("a list");
    made_in(&shop, "list.csv", &[]);
    let note = |id: &str| {
        fs::read_to_string(shop.path().join("out").join(format!("{id}.note.txt"))).expect("a note")
    };
    let (both, one) = (note("1").to_lowercase(), note("2").to_lowercase());
    assert!(both.contains("left knee") && both.contains("left hip"), "{both}");
    assert!(one.contains("right knee"), "{one}");
}

#[test]
fn dates_that_nobody_gave_are_empty_cells() {
    let map = "columns: {patient: Name, regions: Area, session_at: When, next_visit: [Next, At]}\n";
    for empty in ["1899-12-30;1899-12-30", "1900-01-00;", "30/12/1899 00:00:00;30/12/1899 00:00:00", ";"] {
        let list = format!("Name;Area;When;Next;At\nAnn;neck;{WHEN};{empty}\n");
        let (code, told, _) = made_of(map, &list, &[]);
        assert_eq!(code, Some(0), "{empty}: {told}");
    }
}

/// A session without a time would be now.
#[test]
fn a_session_on_no_day_is_refused() {
    let map = "columns: {patient: Name, regions: Area, session_at: [When, At]}\n";
    for none in ["0000-00-00;", "1900-01-00;", "1899-12-30;1899-12-30", "0;", "0000-00-00;15:30"] {
        let (code, told, ids) = made_of(map, &format!("Name;Area;When;At\nAnn;neck;{none}\n"), &[]);
        assert_eq!((code, ids.len()), (Some(1), 0), "{none}: {told}");
        assert!(told.contains("column When + At"), "{none}: {told}");
    }
}

/// Each form of a roster reads the sentinel of an optional time as none.
#[test]
fn a_roster_of_ones_own_takes_dates_that_nobody_gave_as_a_workbook_does() {
    for none in ["0000-00-00", "1900-01-00", "12/30/1899", "0001-01-01T00:00:00", "0"] {
        let shop = TempDir::new().expect("a folder");
        let rows: Vec<Vec<String>> =
            [["id", "regions", "session_at", "next_visit"], ["1", "neck", WHEN, none]]
                .map(|row| row.map(str::to_owned).to_vec())
                .to_vec();
        let csv: String = rows.iter().map(|row| row.join(",") + "\n").collect();
        fs::write(shop.path().join("list.csv"), csv).expect("a list");
        fs::write(shop.path().join("list.xlsx"), of_rows(&texts(&rows))).expect("a workbook");
        let json = format!(
            "{{\"id\": \"1\", \"regions\": \"neck\", \"session_at\": \"{WHEN}\", \"next_visit\": \"{none}\"}}\n"
        );
        fs::write(shop.path().join("list.jsonl"), json).expect("a list");
        for list in ["list.csv", "list.xlsx", "list.jsonl"] {
            let output = run(
                shop.path(),
                &["batch", list, "-o", list.trim_start_matches("list."), "--format", "note"],
            );
            assert!(output.status.success(), "{list} {none}: {}", said(&output));
        }
        let session = format!("id,regions,session_at\n1,neck,{none}\n");
        fs::write(shop.path().join("list.csv"), session).expect("a list");
        let output = run(shop.path(), &["batch", "list.csv", "-o", "out", "--format", "note"]);
        assert_eq!(output.status.code(), Some(1), "{none}: {}", said(&output));
    }
}

/// As many rows are totals in a text as in a workbook: more of them are patients'.
#[test]
fn a_few_rows_below_a_list_are_totals_and_many_are_not() {
    let list = |totals: usize| {
        let totals: String = (0..totals).map(|number| format!("Sum {number};{number};\n")).collect();
        format!("Name;Memo;Area;When\nAnn;;neck;{WHEN}\n{totals}")
    };
    for totals in [1, 8, 9, 10, 20] {
        let shop = shop(PLAIN, &list(totals));
        for list in ["list.csv", "list.xlsx"] {
            let (_, told, _) = made_in(&shop, list, &[]);
            let failed = if totals > 8 { totals } else { 0 };
            assert_eq!(told.contains("passed over"), failed == 0, "{list} {totals}: {told}");
            assert!(failed == 0 || told.contains(&format!("{failed} failed")), "{list} {totals}: {told}");
        }
    }
}

/// A name may be a number to a program.
#[test]
fn nobody_is_called_a_number() {
    for name in ["Nan", "Inf", "infinity"] {
        let (code, told, _) = made_of(PLAIN, &format!("Name;Area;When\nAnn;neck;{WHEN}\n{name};;\n"), &[]);
        assert_eq!((code, told.contains("passed over")), (Some(1), false), "{name}: {told}");
    }
}

/// A file without columns: the roster's own names are looked for, and a row that is no heading is not shown.
#[test]
fn no_cell_of_a_row_that_is_no_heading_stands_in_a_message() {
    for rest in ["dates: day-first\n", "only: {regions: [Hip]}\n", "defaults: {language: en}\n"] {
        let shop = shop(rest, "Ann Smithson;Regions;3;walk\nBob;Hip;4;x\n");
        for list in ["list.csv", "list.xlsx"] {
            let (code, told, _) = made_in(&shop, list, &[]);
            assert_eq!(code, Some(2), "{told}");
            assert!(!told.contains("Smithson") && !told.contains("walk"), "{list}: {told}");
            assert!(told.contains("names the columns of a roster"), "{list}: {told}");
        }
    }
}

/// Somebody else's list may have columns of these names: its cells are as they were typed.
#[test]
fn a_list_with_a_line_and_a_reason_is_no_list_of_failed_rows() {
    let list = format!("Line;Reason;Name;Area;When\n1;x;'=Ann;sholder;{WHEN}\n");
    let shop = shop(PLAIN, &list);
    for file in ["list.csv", "list.xlsx"] {
        let (code, told, _) = made_in(&shop, file, &[]);
        assert_eq!(code, Some(1), "{file}: {told}");
        let failed = fs::read_to_string(shop.path().join("out/errors.csv")).expect("a list");
        assert!(failed.contains("''=Ann"), "{file}: {failed}");
        fs::remove_dir_all(shop.path().join("out")).expect("a folder");
    }
}

#[test]
fn rows_that_say_nothing_there_may_be_wanted() {
    let list = format!("Name;Area;When;State\nAnn;neck;{WHEN};\nBob;hip;{WHEN};Gone\n");
    for only in ["[\"\"]", "''", "[Arrived, '']"] {
        let (code, told, ids) = made_of(&format!("{PLAIN}only: {{State: {only}}}\n"), &list, &[]);
        assert_eq!((code, ids), (Some(0), vec!["1".to_owned()]), "{only}: {told}");
    }
    let (code, told, _) = made_of(&format!("{PLAIN}only: {{State: }}\n"), &list, &[]);
    assert_eq!(code, Some(2), "{told}");
}

#[test]
fn a_heading_that_is_broken_over_lines_is_a_heading() {
    for sign in [";", ",", "\t"] {
        let list = format!("\"First\nName\";\"Body\r\npart\";When\nAnn;neck;{WHEN}\n").replace(';', sign);
        let map = "columns: {patient: First Name, regions: Body part, session_at: When}\n";
        let (code, told, ids) = made_of(map, &list, &[]);
        assert_eq!((code, ids), (Some(0), vec!["1".to_owned()]), "{told}");
        let own = format!("\"id\";\"session\nat\";regions\np1;{WHEN};neck\n").replace(';', sign);
        let shop = TempDir::new().expect("a folder");
        fs::write(shop.path().join("own.csv"), own).expect("a roster");
        let output = run(shop.path(), &["batch", "own.csv", "-o", "out"]);
        assert!(output.status.success(), "{}", said(&output));
    }
}

#[test]
fn a_day_that_its_column_makes_another_is_made_again() {
    let shop = TempDir::new().expect("a folder");
    let roster = |day: &str| format!("id,regions,session_at\np1,neck,03/12/2026 9:00\np2,hip,{day}\n");
    let resumed = |day: &str| {
        fs::write(shop.path().join("roster.csv"), roster(day)).expect("a roster");
        let batch = ["batch", "roster.csv", "-o", "out", "--format", "note", "--resume"];
        said(&run(shop.path(), &batch))
    };
    assert!(resumed("24/11/2026 9:00").contains("2 made, 0 kept from before"));
    assert!(resumed("24/11/2026 9:00").contains("0 made, 2 kept from before"));
    let told = resumed("11/24/2026 9:00");
    assert!(
        told.contains("2 made, 0 kept from before"),
        "the third of December is the twelfth of March: {told}"
    );
}

#[test]
fn a_list_of_one_day_with_times_alone_is_asked_for_its_day() {
    let map = "columns: {patient: Name, regions: Area, session_at: Time}\n";
    let list = "Time;Name;Area\n9:30 AM;Ann;neck\n1015;Bob;hip\n11:30 - 12:00;Cy;calf\nTotal;3;\n";
    let (code, told, ids) = made_of(map, list, &[]);
    assert_eq!((code, ids.len()), (Some(1), 0), "{told}");
    assert!(told.contains("has no day") && told.contains("`--day 2026-11-24`"), "{told}");
    let shop = shop(map, list);
    fs::write(shop.path().join("map.yaml"), map).expect("a map");
    fs::write(shop.path().join("list.csv"), list).expect("a list");
    let note =
        |row: u32| fs::read_to_string(shop.path().join(format!("out/{row}.note.txt"))).expect("a note");
    for (flags, file) in
        [(&["--day", "2026-12-03"][..], map.to_owned()), (&[], format!("{map}day: 2026-12-03\n"))]
    {
        fs::write(shop.path().join("map.yaml"), file).expect("a map");
        let (code, told, ids) = made_in(&shop, "list.csv", &[flags, &["--force"]].concat());
        assert_eq!((code, ids.len()), (Some(0), 3), "{told}");
        for (row, time) in [(1, "9:30 am"), (2, "10:15 am"), (3, "11:30 am")] {
            assert!(
                note(row).contains("Dec 3") && note(row).contains(time) || note(row).contains("December 3"),
                "{}",
                note(row)
            );
        }
    }
    let (code, told, _) = made_of(&format!("{map}day: tomorrow\n"), list, &[]);
    assert!(code == Some(2) && told.contains("`tomorrow` is no day"), "{told}");
    let (code, told, _) = made_of(map, list, &["--day", "soon"]);
    assert!(code == Some(2) && told.contains("it takes a day as `2026-11-24`, or `today`"), "{told}");
}

#[test]
fn what_a_program_prints_on_each_page_is_no_patient() {
    let map = "columns: {patient: Client, regions: Area, session_at: When}\n";
    let page = |rows: &str, foot: &str| format!("Sunny Clinic;;\nClient;Area;When\n{rows}{foot}");
    let ann = format!("Ann;neck;{WHEN}\n");
    let bob = format!("Bob;hip;{WHEN}\n");
    let list = page(&ann, "Page 1 of 2;;\n;;\n") + &page(&bob, "Page 2 of 2;;\n");
    let (code, told, ids) = made_of(map, &list, &[]);
    assert_eq!((code, ids.len()), (Some(0), 2), "{told}");
    assert!(told.contains("lines 6, 7 say what the heading says and are passed over"), "{told}");
    assert!(told.contains("lines 4, 9 stand below the list and are passed over"), "{told}");
    // Units below the heading, and a patient in brackets who is none.
    let units = format!("Client;Area;When\n(text);(body part);(yyyy-mm-dd hh:mm)\n{ann}(Bob);(hip);(soon)\n");
    let (code, told, ids) = made_of(map, &units, &[]);
    assert_eq!((code, ids.len(), told.contains("1 failed")), (Some(1), 1, true), "{told}");
}

#[test]
fn two_columns_of_one_name_are_told_apart_by_their_numbers() {
    let list = format!("Name;When;Area;Name\n\"Lee, Ann\";{WHEN};neck;Rachel\n");
    let map = |name: &str| format!("columns: {{patient: {name}, regions: Area, session_at: When}}\n");
    let (code, told, _) = made_of(&map("Name"), &list, &[]);
    assert!(
        code == Some(2) && told.contains("say which by its number, from the left: `Name (1)`, `Name (2)`"),
        "{told}"
    );
    let shop = TempDir::new().expect("a folder");
    fs::write(shop.path().join("list.csv"), &list).expect("a list");
    fs::write(shop.path().join("map.yaml"), map("Name (1)") + "names: last-first\n").expect("a map");
    let output =
        run(shop.path(), &["batch", "list.csv", "-o", "out", "--columns", "map.yaml", "--format", "html"]);
    let html = fs::read_to_string(shop.path().join("out/1.html")).expect("a sheet");
    assert!(
        output.status.success() && html.contains("Ann Lee") && !html.contains("Lee, Ann"),
        "{}",
        said(&output)
    );
}

/// The warning is `untimed-row`.
#[test]
fn a_row_without_a_time_among_others_that_have_one_is_told() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let list = "Name,When,Area\nAnn,2026-11-24 9:00,Neck\nBo,,Hip\n";
    std::fs::write(folder.path().join("day.csv"), list).expect("a list");
    let map = "columns: {patient: Name, session_at: When, regions: Area}\n";
    std::fs::write(folder.path().join("map.yaml"), map).expect("a map");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_aftercare"));
    command.current_dir(folder.path()).args(["--now", "2026-11-24T15:30", "batch", "day.csv", "-o", "out"]);
    let output = command.args(["--columns", "map.yaml", "--dry-run"]).output().expect("a run");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("the session counts as now"), "{said}");
    assert!(said.contains("line 3") || said.contains("csv:3"), "{said}");
    assert!(!said.contains("Bo") && !said.contains("Ann"), "no name: {said}");
}

/// Under the name of a side a list has crosses, and under `L/R/B` letters.
#[test]
fn a_tick_under_a_side_is_that_side() {
    let list = "Name,Start,Area,Left,Right\nAnn,2026-12-03 9:00,Knee,x,\nBo,2026-12-03 9:30,Shoulder,,TRUE\n\
                Cy,2026-12-03 10:00,Hip,x,X\nDi,2026-12-03 10:30,Neck,0,no\nEd,2026-12-03 11:00,Knee,?,\n\
                Flo,2026-12-03 11:30,Neck,x,\n";
    let map = "columns: {regions: [Area, Left, Right], patient: Name, session_at: Start}\n";
    let rows: Vec<Vec<String>> =
        list.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("list.csv"), list).expect("a list");
    fs::write(folder.path().join("list.xlsx"), of_rows(&texts(&rows))).expect("a workbook");
    fs::write(folder.path().join("map.yaml"), map).expect("a map");
    for list in ["list.csv", "list.xlsx"] {
        let out = format!("out-{list}");
        let output =
            run(folder.path(), &["batch", list, "-o", &out, "--columns", "map.yaml", "--format", "note"]);
        let told = said(&output);
        assert!(told.contains("4 made, 0 kept from before, 2 failed"), "{told}");
        let note = |id: &str| {
            fs::read_to_string(folder.path().join(&out).join(format!("{id}.note.txt"))).expect("a note")
        };
        assert!(note("1").contains("left knee"), "{}", note("1"));
        assert!(note("2").contains("right shoulder"), "{}", note("2"));
        assert!(note("3").contains("both hips"), "{}", note("3"));
        assert!(note("4").contains("neck") && !note("4").contains("left"), "{}", note("4"));
    }
    let letters = "Name,Area,L/R/B\nAnn,Knee,L\nBo,Hip,B\n";
    fs::write(folder.path().join("letters.csv"), letters).expect("a list");
    fs::write(folder.path().join("letters.yaml"), "columns: {regions: [Area, L/R/B], patient: Name}\n")
        .expect("a map");
    let output = run(
        folder.path(),
        &["batch", "letters.csv", "-o", "letters", "--columns", "letters.yaml", "--format", "note"],
    );
    assert!(output.status.success(), "{}", said(&output));
    let note = fs::read_to_string(folder.path().join("letters/2.note.txt")).expect("a note");
    assert!(note.contains("both hips"), "{note}");
}

/// What a list made of rows comes to: its account, the notes by row, and the list of failed rows.
fn notes_of(map: &str, list: &str, count: usize) -> (String, Vec<String>, String) {
    let shop = TempDir::new().expect("a folder");
    fs::write(shop.path().join("map.yaml"), map).expect("a map");
    fs::write(shop.path().join("list.csv"), list).expect("a list");
    let (_, told, _) = made_in(&shop, "list.csv", &[]);
    let out = |name: String| fs::read_to_string(shop.path().join("out").join(name)).unwrap_or_default();
    let notes = (1..=count).map(|row| out(format!("{row}.note.txt")).to_lowercase()).collect();
    (told, notes, out("errors.csv".to_owned()))
}

/// A list that asks `Pregnant?` in a column of its own has a cross there: nobody types the word again.
#[test]
fn a_tick_under_a_value_is_that_value_and_other_words_stay_with_it() {
    let map = "columns: {regions: Area, session_at: Start, \
               precautions: [Pregnant?, Blood thinners, Faints (Y/N), Diabetic, Remarks]}\n";
    let list = format!(
        "Start;Area;Pregnant?;Blood thinners;Faints (Y/N);Diabetic;Remarks\n\
         {WHEN};knee;Yes;No;;;\n{WHEN};knee;;x;;;-\n{WHEN};knee;N;TRUE;Y;FALSE;none\n\
         {WHEN};knee;;Eliquis;;;\n{WHEN};knee;20 wks;;;;\n{WHEN};knee;;;;;yes\n\
         {WHEN};knee;Pregnant;n/a;fainting;;\n{WHEN};knee;;;;x;\n"
    );
    let (told, notes, failed) = notes_of(map, &list, 8);
    let said = |row: usize| {
        ["pregnan", "blood thinner", "faint"].map(|word| {
            let line = notes[row - 1].lines().find(|line| line.starts_with("precautions"));
            line.is_some_and(|line| line.contains(word))
        })
    };
    assert!(told.contains("3 made, 0 kept from before, 5 failed"), "{told}\n{failed}");
    assert_eq!(said(1), [true, false, false], "{}", notes[0]);
    assert_eq!(said(2), [false, true, false], "{}", notes[1]);
    assert_eq!(said(3), [false, true, true], "{}", notes[2]);
    // Words that are no tick are refused, each beside what its column asks: nobody has to guess which it was.
    for words in
        ["blood-thinners: Eliquis", "pregnancy: 20 wks", "Remarks: yes", "pregnancy; faints: fainting"]
    {
        assert!(failed.contains(words), "{words}: {failed}");
    }
    // What another treatment asks is no word of this one: its row waits, with the word.
    assert!(failed.contains("diabetes"), "{failed}");
}

/// `No` under `No alerts` says that there is one: whoever wrote it is asked which.
#[test]
fn a_no_under_a_name_that_turns_it_round_is_asked_about() {
    for (heading, cell, is_made) in [
        ("No contraindications", "No", false),
        ("Red flags cleared", "N", false),
        ("Free of contraindications", "0", false),
        ("Sans contre-indication", "Non", false),
        ("Contraindications", "No", true),
        ("Contraindications (Y/N)", "N", true),
        ("Contre-indications oui/non", "Non", true),
        ("No contraindications", "", true),
        // Words for yes and no are of any language.
        ("Pregnant", "Non", true),
        ("Pregnant", "Oui", true),
        ("Pregnant", "Sí", true),
        ("Pregnant", "是", true),
    ] {
        let map = format!("columns: {{regions: Area, session_at: Start, precautions: [\"{heading}\"]}}\n");
        let list = format!("Start;Area;{heading}\n{WHEN};knee;{cell}\n");
        let (told, notes, failed) = notes_of(&map, &list, 1);
        assert_eq!(!notes[0].is_empty(), is_made, "{heading}={cell}: {told}\n{failed}");
        let has = notes[0].contains("pregnan");
        assert_eq!(has, ["Oui", "Sí", "是"].contains(&cell), "{heading}={cell}: {}", notes[0]);
    }
}

#[test]
fn a_tick_under_an_area_with_its_side_in_brackets_keeps_the_side() {
    let map = "columns: {regions: [Knee (L), Knee (R), Hip (L/R)], session_at: Start}\n";
    let list = format!(
        "Start;Knee (L);Knee (R);Hip (L/R)\n{WHEN};x;;\n{WHEN};;Yes;\n{WHEN};1;1;\n{WHEN};;;R\n{WHEN};;;x\n"
    );
    let (told, notes, failed) = notes_of(map, &list, 5);
    for (row, area) in [(0, "left knee"), (1, "right knee"), (2, "both knees"), (3, "right hip")] {
        assert!(notes[row].contains(area), "{told}\n{failed}\n{}", notes[row]);
    }
    assert!(notes[4].is_empty() && failed.contains("Hip (L/R): x"), "which side nobody said: {failed}");
}

/// Forms write the name of a box that is ticked into its cell.
#[test]
fn a_row_that_repeats_the_names_of_its_ticked_columns_is_a_patients() {
    let map = "columns: {patient: Name, regions: [Neck, Shoulder, Hip], session_at: Start}\n";
    let list = format!("Name;Start;Neck;Shoulder;Hip\nZoe;{WHEN};Neck;Shoulder;\nBo;{WHEN};;;Hip\n");
    let (told, notes, failed) = notes_of(map, &list, 2);
    assert!(notes[0].contains("shoulder") && notes[1].contains("hip"), "{told}\n{failed}");
    let bare = "columns: {patient: Name, regions: [Neck, Shoulder, Hip]}\n";
    let (told, notes, failed) = notes_of(bare, "Name,Neck,Shoulder,Hip\nZoe,Neck,Shoulder,\nBo,,,Hip\n", 2);
    assert!(notes[0].contains("shoulder") && notes[1].contains("hip"), "{told}\n{failed}");
    // With the name of the patients' column it is a heading.
    let (told, notes, _) =
        notes_of(bare, "Name,Neck,Shoulder,Hip\nZoe,Neck,,\nName,Neck,Shoulder,Knee\nBo,,,x\n", 3);
    assert!(told.contains("has other columns than the first") && notes[2].is_empty(), "{told}");
}

#[test]
fn a_tick_under_an_area_is_that_area_with_the_side_that_its_column_says() {
    let map = "columns: {regions: [Neck, L Shoulder, R Shoulder, Low back], session_at: Start}\n";
    let list = format!(
        "Start;Neck;L Shoulder;R Shoulder;Low back\n{WHEN};x;;;TRUE\n{WHEN};;x;;\n{WHEN};;1;1;\n\
         {WHEN};;;sore;\n{WHEN};;R;;\n{WHEN};0;;;☐\n{WHEN};x;;;R\n\
         {WHEN};;L;;\n"
    );
    let (told, notes, failed) = notes_of(map, &list, 8);
    assert!(told.contains("5 made, 0 kept from before, 3 failed"), "{told}\n{failed}");
    assert!(notes[0].contains("neck") && notes[0].contains("lower back"), "{}", notes[0]);
    assert!(notes[1].contains("left shoulder") && !notes[1].contains("neck"), "{}", notes[1]);
    assert!(notes[2].contains("both shoulders"), "{}", notes[2]);
    assert!(
        notes[6].contains("neck and right side of the lower back"),
        "the side of its own column: {}",
        notes[6]
    );
    assert!(notes[7].contains("left shoulder"), "{}", notes[7]);
    for words in ["shoulder:right = sore", "shoulder:left = R"] {
        assert!(failed.contains(words), "{words}: {failed}");
    }
}

/// `R` under the column for the left side is a slip: which of the two it was, nobody knows, and both it is not.
#[test]
fn another_side_under_a_side_is_refused_and_never_both() {
    let map = "columns: {regions: [Area, Left, Right], session_at: Start}\n";
    let list = format!(
        "Start;Area;Left;Right\n{WHEN};knee;R;\n{WHEN};knee;L;\n{WHEN};knee;;both\n{WHEN};;knee;\n{WHEN};knee;L;R\n"
    );
    let (told, notes, failed) = notes_of(map, &list, 5);
    assert!(told.contains("3 made, 0 kept from before, 2 failed"), "{told}\n{failed}");
    assert!(notes[1].contains("left knee") && notes[3].contains("left knee"), "{notes:?}");
    assert!(notes[4].contains("both knees"), "{notes:?}");
    assert!(failed.contains("knee; left: R") && failed.contains("knee; right: both"), "{failed}");
}

/// As some programs part cells, and keep a spreadsheet from changing one.
#[test]
fn a_list_with_bars_and_cells_that_are_kept_as_text_is_read() {
    let folder = TempDir::new().expect("a folder");
    let list = "Name|Start|Area\n=\"Ann Lee\"|=\"2026-12-03 09:00\"|=\"Knee\"\nBo|2026-12-03 9:30|nek\n";
    fs::write(folder.path().join("list.csv"), list).expect("a list");
    fs::write(folder.path().join("map.yaml"), "columns: {regions: Area, patient: Name, session_at: Start}\n")
        .expect("a map");
    let call = ["batch", "list.csv", "-o", "out", "--columns", "map.yaml", "--format", "html"];
    let output = run(folder.path(), &call);
    assert!(said(&output).contains("1 made, 0 kept from before, 1 failed"), "{}", said(&output));
    let html = fs::read_to_string(folder.path().join("out/1.html")).expect("a sheet");
    assert!(
        html.contains("Ann Lee") && !html.contains("Ann Lee&quot;") && !html.contains("Ann Lee\""),
        "{html}"
    );
    let errors = fs::read_to_string(folder.path().join("out/errors.csv")).expect("a list");
    assert!(errors.contains("2,nek,Bo,"), "a spreadsheet opens it: {errors}");
    fs::write(folder.path().join("out/errors.csv"), errors.replace("nek", "neck")).expect("mended");
    let again = run(folder.path(), &["batch", "out/errors.csv", "-o", "out", "--format", "html", "--resume"]);
    assert!(again.status.success() && said(&again).contains("1 made"), "{errors}{}", said(&again));
    let own = "id|regions|patient\np1|neck, hip|Ann\n";
    fs::write(folder.path().join("own.csv"), own).expect("a list");
    let output = run(folder.path(), &["batch", "own.csv", "-o", "own"]);
    assert!(output.status.success(), "{}", said(&output));
}

/// The warning is `untimed-row`: a file that says how days are written does not hide it.
#[test]
fn a_row_without_a_time_is_told_also_where_days_are_known() {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("list.csv"), "Name,When,Area\nAnn,03/12/2026 9:00,Neck\nBo,,Hip\n")
        .expect("a list");
    let map = "columns: {patient: Name, session_at: When, regions: Area}\ndates: day-first\n";
    fs::write(folder.path().join("map.yaml"), map).expect("a map");
    let output =
        run(folder.path(), &["batch", "list.csv", "-o", "out", "--columns", "map.yaml", "--dry-run"]);
    let told = said(&output);
    assert!(output.status.success() && told.contains("the session counts as now"), "{told}");
    assert!(!told.contains("days after") && !told.contains("is the date right"), "day first: {told}");
}

/// The warning is `unnamed-row`: a row that goes on with the one above would be a sheet of its own, and the patient's lack its
/// areas.
#[test]
fn a_row_without_a_name_among_others_that_have_one_is_told() {
    let list = "Patient,Start,Area\nAnn Lee,2026-12-03 9:00,Neck\n,2026-12-03 9:00,Ribs\nBo Oz,2026-12-03 9:30,Knee\n";
    let map = "columns: {patient: Patient, session_at: Start, regions: Area}\n";
    let rows: Vec<Vec<String>> =
        list.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("list.csv"), list).expect("a list");
    fs::write(folder.path().join("list.xlsx"), of_rows(&texts(&rows))).expect("a workbook");
    fs::write(folder.path().join("map.yaml"), map).expect("a map");
    fs::write(folder.path().join("map-2.yaml"), format!("{map}dates: iso\n")).expect("a map");
    fs::write(folder.path().join("own.csv"), "id,patient,regions\na,Ann,neck\nb,,ribs\n").expect("a list");
    fs::write(folder.path().join("nobody.csv"), "id,patient,regions\na,,neck\nb,,ribs\n").expect("a list");
    let told = |arguments: &[&str]| {
        let output = run(folder.path(), &[&["batch", "-o", "out", "--dry-run"], arguments].concat());
        let told = said(&output);
        assert!(output.status.success() && !told.contains("Ann") && !told.contains("Bo"), "{told}");
        told.matches("does the row belong to the one above").count()
    };
    for list in ["list.csv", "list.xlsx"] {
        for map in ["map.yaml", "map-2.yaml"] {
            assert_eq!(told(&[list, "--columns", map]), 1, "{list} {map}");
        }
    }
    assert_eq!((told(&["own.csv"]), told(&["nobody.csv"])), (1, 0));
    run(folder.path(), &["batch", "own.csv", "-o", "made"]);
    let manifest = fs::read_to_string(folder.path().join("made/manifest.jsonl")).expect("a manifest");
    assert_eq!(manifest.matches("unnamed-row").count(), 1, "{manifest}");
}
