//! Lists as people make them by hand: days as headings of their rows, ditto marks, areas under the name of a side, two people of
//! one name, rows that stand twice, columns parted by spaces. What is clear is taken, what is not is told, and no patient gets
//! another one's day, side or name.

#[path = "support/workbook.rs"]
mod workbook;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;
use workbook::{of_rows, texts};

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aftercare"));
    command.current_dir(folder).args(["--now", "2026-11-30T15:30"]).args(arguments);
    command.env_remove("AFTERCARE_CLINIC").stdin(Stdio::null()).output().expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The list as CSV and as a workbook, and a file of columns.
fn shop(map: &str, list: &str) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let put = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("a file");
    put("map.yaml", map.as_bytes());
    put("list.csv", list.as_bytes());
    let rows: Vec<Vec<String>> =
        list.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
    put("list.xlsx", &of_rows(&texts(&rows)));
    folder
}

/// Runs the list; what was told, and the note of each row that was made.
fn notes(folder: &TempDir, list: &str, more: &[&str]) -> (String, Vec<(String, String)>) {
    let out = format!("out-{list}");
    let call = [&["batch", list, "-o", &out, "--format", "note", "--force"], more].concat();
    let told = said(&run(folder.path(), &call));
    let entries = fs::read_dir(folder.path().join(&out)).into_iter().flatten();
    let paths = entries.map(|entry| entry.expect("a file").path());
    let is_note = |path: &Path| path.to_string_lossy().ends_with(".note.txt");
    let read = |path: std::path::PathBuf| {
        let id = path.file_name().unwrap_or_default().to_string_lossy().replace(".note.txt", "");
        (id, fs::read_to_string(path).expect("a note"))
    };
    let mut notes: Vec<_> = paths.filter(|path| is_note(path)).map(read).collect();
    notes.sort();
    (told, notes)
}

/// The same of a list as CSV; how many notes there are.
fn notes_of(map: &str, list: &str) -> (String, usize) {
    let (told, notes) = notes(&shop(map, list), "list.csv", &["--columns", "map.yaml"]);
    (told, notes.len())
}

const MAP: &str = "columns: {patient: Patient, session_at: Time, regions: Area}\n";

/// A week on one sheet: the day stands once, above its patients.
#[test]
fn a_row_that_says_a_day_is_the_day_of_the_rows_below_it() {
    let list = "Time,Patient,Area\nMonday 30 November 2026,,\n9:00,Ann,Neck\n9:30,Bo,Hip\n\
                — Tuesday 1 December —,,\n9:00,Cy,Calf\n2026-12-04 8:00,Di,Calf\n";
    let folder = shop(MAP, list);
    for list in ["list.csv", "list.xlsx"] {
        // The day that somebody gives tells the year, and is no row's that has a day above it.
        let (told, notes) = notes(&folder, list, &["--columns", "map.yaml", "--day", "2026-11-27"]);
        assert!(told.contains("2, 5 say a day each"), "{told}");
        let days = ["November 30", "November 30", "December 1", "December 4"];
        assert_eq!(notes.len(), days.len(), "{told}");
        for ((id, note), day) in notes.iter().zip(days) {
            assert!(note.contains(&format!("{day}, 2026")), "{list} {id}: {note}");
        }
    }
    // Without a year, and nobody to tell it, the rows have no day, and never that of other rows.
    let (told, made) = notes(&folder, "list.csv", &["--columns", "map.yaml"]);
    assert!(told.contains("row 5, id 5, column Time: `session.at`: `9:00` has no day"), "{told}");
    assert_eq!(made.len(), 4, "those of the first run stand: {told}");
}

/// The same in a roster whose columns have their own names, and of a day that may be either.
#[test]
fn below_a_day_that_may_be_either_no_other_day_is_taken() {
    let list = "id,patient,regions,session_at\n03/04/2026,,,\na,Ann,neck,9:00\nTuesday,,,\nb,Bo,hip,9:00\n";
    let folder = shop("", list);
    let (told, notes) = notes(&folder, "list.csv", &["--day", "2026-11-30"]);
    assert!(notes.is_empty() && told.matches("has no day").count() == 2, "{told}");
    assert!(told.contains("lines 2, 4 say a day each") && !told.contains("Ann"), "{told}");
}

/// A day among other words is nobody's, and rows below it are not of the day above it.
#[test]
fn below_a_row_that_may_say_another_day_no_day_is_taken() {
    let list = "Time,Patient,Area\nMonday 30 November 2026,,\n9:00,Ann,Neck\nRoom 2: Tue 1 Dec 2026,,\n9:00,Bo,Hip\n\
                Wed 2 Dec 2026 (continued),,\n9:00,Cy,Calf\n";
    let folder = shop(MAP, list);
    for list in ["list.csv", "list.xlsx"] {
        let (told, notes) = notes(&folder, list, &["--columns", "map.yaml", "--day", "2026-11-27"]);
        assert!(
            told.contains("2, 6 say a day each") && told.contains("`09:00` has no day")
                || told.contains("`9:00` has no day"),
            "{told}"
        );
        assert!(told.contains("2 made, 0 kept from before, 2 failed"), "{told}");
        assert!(
            notes[0].1.contains("November 30, 2026") && notes[1].1.contains("December 2, 2026"),
            "{notes:?}"
        );
    }
    let own = "id,patient,regions,session_at\n30/11/2026,,,\na,Ann,neck,9:00\nOn 1 Dec:,,,\nb,Bo,hip,9:00\n";
    fs::write(folder.path().join("own.csv"), own).expect("a list");
    let (told, notes) = notes(&folder, "own.csv", &["--day", "2026-11-27"]);
    assert!(notes.len() == 1 && notes[0].1.contains("November 30, 2026"), "{told}");
    assert!(told.contains("line 4 may say another day") && !told.contains("which day it is of"), "{told}");
}

/// A next visit or a remark that goes on below its patient's row says nothing of the patients below it, and is not lost.
#[test]
fn a_day_or_words_in_a_patients_own_column_are_no_heading() {
    let map =
        "columns: {id: id, patient: patient, regions: regions, session_at: session_at, COLUMN: COLUMN}\n";
    for (column, text) in [
        ("next_visit", "2026-12-08"),
        ("note", "May be 2 sessions"),
        ("note", "2026-12-08"),
        ("note", "Room 12/1"),
    ] {
        let list = format!(
            "id,patient,regions,session_at,{column}\na1,Ann,neck,9:00,\n,,,,{text}\na2,Bo,hip,9:30,\n"
        );
        let folder = shop(&map.replace("COLUMN", column), &list);
        for list in ["list.csv", "list.xlsx"] {
            for more in [&[][..], &["--columns", "map.yaml"]] {
                let (told, notes) = notes(&folder, list, &[&["--day", "2026-11-29"], more].concat());
                assert!(!told.contains("says a day") && told.contains("1 failed"), "{list} {text}: {told}");
                assert_eq!(notes.len(), 2, "{list} {text}: {told}");
                assert!(notes.iter().all(|(_, note)| note.contains("November 29, 2026")), "{notes:?}");
                let errors = folder.path().join(format!("out-{list}/errors.csv"));
                assert!(fs::read_to_string(errors).expect("a list").contains(text), "{list} {text}");
            }
        }
    }
}

/// The list of failed rows has no headings: what stood above a time whose day it does not tell stands in front of it there.
#[test]
fn a_row_that_failed_for_its_heading_takes_no_other_day_when_it_is_run_again() {
    let list = "id,patient,regions,session_at\nMonday,,,\na,Ann,neck,9:00\nTuesday,,,\nb,Bo,hip,9:00\n";
    let folder = shop("", list);
    for (list, heading) in [("list.csv", "line 4"), ("list.xlsx", "row 4")] {
        let (told, made) = notes(&folder, list, &["--day", "2026-11-30"]);
        assert_eq!(made.len(), 1, "{told}");
        let hint = format!("{heading} says a day, and nothing tells which");
        assert!(told.contains(&hint) && !told.contains("which day it is of"), "{told}");
        let errors = fs::read(folder.path().join(format!("out-{list}/errors.csv"))).expect("a list");
        assert!(String::from_utf8_lossy(&errors).contains("Tuesday 9:00"), "{list}");
        fs::write(folder.path().join("again.csv"), errors).expect("a list");
        let (told, made) = notes(&folder, "again.csv", &["--day", "2026-11-30"]);
        assert!(made.is_empty() && told.contains("1 failed"), "{told}");
    }
}

/// A name that is a day of the week, a number in parts, and words: none of them is a day.
#[test]
fn a_patients_row_is_no_heading() {
    let list = "Patient,Time,Area\nDomingo,,\nAnn,9:00,Neck\n416-555-0101,,\nRuth,,\nBo,9:30,Hip\n";
    let folder = shop(MAP, list);
    let (told, notes) = notes(&folder, "list.csv", &["--columns", "map.yaml", "--day", "2026-11-30"]);
    assert_eq!(notes.len(), 2, "{told}");
    assert!(
        told.contains("3 failed") && !told.contains("say a day") && !told.contains("says a day"),
        "{told}"
    );
}

/// A list with a clinic of its own, whose therapists have whole names.
fn clinic(folder: &TempDir) -> String {
    let path = folder.path().join("clinic");
    if path.exists() {
        return "clinic".to_owned();
    }
    let made = run(folder.path(), &["init", "clinic"]);
    assert!(made.status.success(), "{}", said(&made));
    let profile = path.join("content/clinic.yaml");
    let text = fs::read_to_string(&profile).expect("a profile");
    let text = text.replace("{name: Rachel, title: PT}", "{name: Ann Lee, title: PT}");
    fs::write(&profile, text.replace("{name: Suzie, title: PT}", "{name: Bo Oz, title: PT}"))
        .expect("a profile");
    "clinic".to_owned()
}

/// What was told, and who treated each patient by the note, or nobody.
fn treated(folder: &TempDir, list: &str, more: &[&str]) -> (String, Vec<String>) {
    let clinic = clinic(folder);
    let (told, notes) = notes(folder, list, &[&["--clinic", &clinic], more].concat());
    let who = |note: &str| {
        let names = ["Ann Lee", "Bo Oz", "Valerie"].into_iter().filter(|name| note.contains(name));
        names.collect::<Vec<_>>().join("+")
    };
    (told, notes.iter().map(|(id, note)| format!("{id} {}", who(note)).trim().to_owned()).collect())
}

/// A practice's day sheet has its therapists above their patients. Words that name nobody of the clinic give nobody's name on.
#[test]
fn a_therapist_above_the_patients_is_theirs() {
    let list = "Time,Patient,Area\nDr. Ann Lee,,\n9:00,Zoe,Neck\n9:30,Gus,Hip\n\"Oz, Bo\",,\n9:00,Cy,Calf\n\
                Relief,,\n10:00,Di,Knee\nTherapist: Ann Lee (1),,\n11:00,Ed,nekk\n";
    let folder = shop(MAP, list);
    let more = ["--columns", "map.yaml", "--day", "2026-11-30"];
    let (told, made) = treated(&folder, "list.csv", &more);
    assert!(told.contains("lines 2, 5, 9 name a therapist each and nothing else"), "{told}");
    assert_eq!(made, ["2 Ann Lee", "3 Ann Lee", "5 Bo Oz", "7"], "{told}");
    assert!(
        told.contains("row 7, id 7, column therapist: `therapist` is empty here and not in other rows"),
        "{told}"
    );
    // A row that failed keeps its therapist.
    let errors = fs::read_to_string(folder.path().join("out-list.csv/errors.csv")).expect("a list");
    assert!(
        errors.contains("therapist") && errors.contains("Ann Lee (1)") && !errors.contains("Oz"),
        "{errors}"
    );
    let sheet = "Patient,Area,Therapist\nTherapist: Bo Oz,,\nZoe,Neck,\nGus,Hip,Valerie\nCy,Calf,\n";
    let folder = shop("columns: {patient: Patient, regions: Area, therapist: Therapist}\n", sheet);
    for list in ["list.csv", "list.xlsx"] {
        let (told, made) = treated(&folder, list, &["--columns", "map.yaml"]);
        // Who says it by oneself ends what stands above.
        assert_eq!(made, ["2 Bo Oz", "3 Valerie", "4"], "{list}: {told}");
        assert_eq!(told.matches("`therapist` is empty here").count(), 1, "{list}: {told}");
    }
}

/// A report of several pages: its titles come again with the number of their page, and its totals are nobody's.
#[test]
fn a_title_with_the_number_of_its_page_comes_again() {
    let list = "Day Sheet,Printed: 30/11/2026,Page 1 of 2\nPatient,Area,Time\nZoe,Neck,2026-11-30 9:00\nSub-total: 1,,\n\
                Day Sheet,Printed: 30/11/2026,Page 2 of 2\nPatient,Area,Time\nGus,Hip,2026-11-30 9:30\n";
    let folder = shop("columns: {patient: Patient, regions: Area, session_at: Time}\n", list);
    for list in ["list.csv", "list.xlsx"] {
        let (told, notes) = notes(&folder, list, &["--columns", "map.yaml"]);
        assert!(notes.len() == 2 && !told.contains("failed, "), "{list}: {told}");
        assert!(told.contains("2 made, 0 kept from before, 0 failed"), "{list}: {told}");
        assert!(told.contains("4 stands below the list and is passed over"), "{list}: {told}");
    }
}

/// Words with a number in them are a total, or the heading of somebody whom nobody knows: the rows below are nobody else's.
#[test]
fn below_words_that_may_name_another_therapist_nobody_is_named() {
    for words in ["Dr. Smith (2)", "Oz and Bo: 1 patient", "Mo Ek - Mon 30/11"] {
        let list = format!(
            "Patient,Area,Time\nTherapist: Ann Lee,,\nZoe,Neck,2026-11-30 9:00\n{words},,\nGus,Hip,2026-11-30 9:30\n"
        );
        let folder = shop("columns: {patient: Patient, regions: Area, session_at: Time}\n", &list);
        for list in ["list.csv", "list.xlsx"] {
            let (told, made) = treated(&folder, list, &["--columns", "map.yaml"]);
            assert_eq!(made, ["2 Ann Lee", "4"], "{words} {list}: {told}");
            assert!(told.contains("`therapist` is empty here"), "{words} {list}: {told}");
        }
    }
}

/// A row that nobody wants is under no heading of those above it, and ends what it would end if it were wanted.
#[test]
fn a_row_that_is_passed_over_ends_what_stands_above_it() {
    let map = "columns: {patient: Patient, regions: Area}\nonly: {State: [here]}\n";
    let list = "Patient,Area,State\nTherapist: Ann Lee,,\nZoe,Neck,here\nRelief,,\nGus,Hip,here\nTherapist: Bo Oz,,\n\
                Cy,Hip,gone\nDi,Calf,here\n";
    let folder = shop(map, list);
    for list in ["list.csv", "list.xlsx"] {
        let (told, made) = treated(&folder, list, &["--columns", "map.yaml"]);
        assert_eq!(made, ["2 Ann Lee", "4", "7 Bo Oz"], "{list}: {told}");
    }
}

/// The same in a roster, and with a title that names the therapist of its page.
#[test]
fn a_title_that_names_a_therapist_is_that_of_its_page() {
    let list = "Ann Lee,,\nid,patient,regions\na,Zoe,neck\nBo Oz,,\nb,Gus,hip\nAnn Lee,,\nid,patient,regions\nc,Cy,calf\n";
    let folder = shop("", list);
    for list in ["list.csv", "list.xlsx"] {
        let (told, made) = treated(&folder, list, &[]);
        assert_eq!(made, ["a Ann Lee", "b Bo Oz", "c Ann Lee"], "{list}: {told}");
    }
}

/// Who is called as a therapist and has no area is a patient whose row lacks it, and no therapist of those below.
#[test]
fn a_patient_without_an_area_who_is_called_as_a_therapist_stays_a_patient() {
    for row in ["Ann Lee,,", "Valerie,34,", "Dr. Ann Lee,,", "Valerie LEE,,"] {
        let folder = shop(
            "columns: {patient: Patient, regions: Area}\n",
            &format!("Patient,Age,Area\nZoe,30,neck\n{row}\nGus,40,hip\n"),
        );
        for list in ["list.csv", "list.xlsx"] {
            let (told, made) = treated(&folder, list, &["--columns", "map.yaml"]);
            assert!(told.contains("`session.regions` is missing"), "{row} {list}: {told}");
            assert!(made.iter().all(|row| !row.contains(' ')), "{row} {list}: {made:?}");
        }
    }
}

/// A row whose cells stand under the wrong names is mended in the list of failed rows, where nothing stands above it: it has its
/// day, its time and its therapist there, and its sheet is that of the whole list.
#[test]
fn a_broken_row_that_is_mended_keeps_what_stands_above_it() {
    let heading = "id,patient,regions,therapist,session_at,note\n";
    let list = "Therapist: Ann Lee,,,,,\nTuesday 1 December 2026,,,,,\n9:00 AM,,,,,\na,Zoe,neck,,,\nb,Gus,hip,,\n\
                c,Cy,calf,,,rest, and ice\nd,Di,knee,,9:30,\nWednesday 2 December 2026,,,,,\ne,Ed,hip,,10:00\n\
                f,Fy,hip,10:30,\n";
    let mended = list.replace("b,Gus,hip,,", "b,Gus,hip,,,").replace("rest, and ice", "\"rest, and ice\"");
    let mended =
        mended.replace("e,Ed,hip,,10:00", "e,Ed,hip,,10:00,").replace("f,Fy,hip,10:30,", "f,Fy,hip,,10:30,");
    let names = ["id", "patient", "regions", "therapist", "session_at", "note"];
    let map: Vec<String> = names.iter().map(|name| format!("{name}: {name}")).collect();
    let folder = shop(&format!("columns: {{{}}}\n", map.join(", ")), &format!("{heading}{list}"));
    fs::write(folder.path().join("whole.csv"), format!("{heading}{mended}")).expect("a list");
    for more in [&["--day", "2026-11-30"][..], &["--day", "2026-11-30", "--columns", "map.yaml"]] {
        let clinic = clinic(&folder);
        let more = [&["--clinic", &clinic], more].concat();
        let (told, whole) = notes(&folder, "whole.csv", &more);
        assert_eq!(whole.len(), 6, "{told}");
        let (told, made) = notes(&folder, "list.csv", &more);
        assert_eq!(made.len(), 2, "{told}");
        let failed = folder.path().join("out-list.csv/errors.csv");
        // As somebody mends it: each cell under its name, and no words left under none.
        let mut rows = csv::Reader::from_path(&failed).expect("a list");
        let columns: Vec<String> = rows
            .headers()
            .expect("names")
            .iter()
            .map(|name| name.trim_matches('\u{feff}').to_owned())
            .collect();
        let mut again = csv::Writer::from_path(folder.path().join("again.csv")).expect("a list");
        again.write_record(&columns).expect("a row");
        for row in rows.records() {
            let mut row: Vec<String> = row.expect("a row").iter().map(str::to_owned).collect();
            let at = |name: &str| columns.iter().position(|column| column == name).expect("a column");
            row[at("unread")].clear();
            match row[0].as_str() {
                "c" => row[at("note")] = "rest, and ice".to_owned(),
                "f" => {
                    let reason = row[at("reason")].clone();
                    assert!(reason.contains("above it stands `Ann Lee` for `therapist`"), "{reason}");
                    assert!(row[at("session_at")].contains("2026-12-02"), "its day");
                    (row[at("therapist")], row[at("session_at")]) =
                        ("Ann Lee".to_owned(), "2026-12-02T10:30".to_owned());
                }
                _ => {}
            }
            again.write_record(&row).expect("a row");
        }
        again.flush().expect("a list");
        let (told, remade) = notes(&folder, "again.csv", &["--clinic", &clinic, "--day", "2026-11-30"]);
        assert_eq!(remade.len(), 4, "{told}");
        for note in &remade {
            assert!(whole.contains(note) && note.1.contains("Ann Lee"), "{note:?} is not in {whole:?}");
        }
        for out in ["out-list.csv", "out-whole.csv", "out-again.csv"] {
            fs::remove_dir_all(folder.path().join(out)).expect("it goes");
        }
    }
}

/// Quotes that are not closed may take a heading in: the rows below are not of the one before it.
#[test]
fn below_a_row_that_took_lines_in_nobody_has_the_therapist_of_above() {
    let list = "id,patient,regions,note\nTherapist: Ann Lee,,,\na,Zoe,neck,\nb,Gus,hip,\"ice\nTherapist: Bo Oz,,,\n\
                c,Cy,hip,\"ice\"\nd,Di,hip,\n";
    let folder = shop("columns: {id: id, patient: patient, regions: regions, note: note}\n", list);
    for more in [&[][..], &["--columns", "map.yaml"]] {
        let (told, made) = treated(&folder, "list.csv", more);
        assert_eq!((made[0].as_str(), made.last().map(String::as_str)), ("a Ann Lee", Some("d")), "{told}");
        assert!(told.contains("id d, column therapist: `therapist` is empty here"), "{told}");
    }
}

/// A place that nobody has, an empty row and the next page's heading stand between a time and whoever comes behind them.
#[test]
fn a_time_is_that_of_the_rows_right_below_it() {
    let heading = "id,patient,regions\n";
    let map = "columns: {id: id, patient: patient, regions: regions}\n";
    for between in ["\n", ",,\n", "7,,\n", "-,-,-\n", heading] {
        let list = format!("{heading}9:00,,\na,Zoe,neck\n{between}b,Gus,hip\n10:00,,\nc,Cy,calf\n");
        let folder = shop(map, &list);
        for list in ["list.csv", "list.xlsx"] {
            for more in [&[][..], &["--columns", "map.yaml"]] {
                let (told, notes) = notes(&folder, list, &[&["--day", "2026-11-30"], more].concat());
                let of = |id: &str| &notes.iter().find(|(own, _)| own == id).expect("a note").1;
                assert!(of("a").contains("9 am") || of("a").contains("9:00"), "{between:?} {list}: {told}");
                assert!(!of("b").contains("9 am") && !of("b").contains("9:00"), "{between:?} {list}: {told}");
                assert!(
                    told.contains("id b, column session_at: `session.at` is empty here"),
                    "{list}: {told}"
                );
            }
        }
    }
    // Who treated goes on over an empty row and a page.
    let list = format!("{heading}Therapist: Ann Lee,,\na,Zoe,neck\n,,\nb,Gus,hip\n{heading}c,Cy,calf\n");
    let folder = shop("", &list);
    for list in ["list.csv", "list.xlsx"] {
        let (told, made) = treated(&folder, list, &[]);
        assert_eq!(made, ["a Ann Lee", "b Ann Lee", "c Ann Lee"], "{list}: {told}");
    }
}

/// In a list that has no column for therapists, and names them above its rows.
#[test]
fn a_row_above_the_first_therapist_is_told() {
    let list = "id,patient,regions,session_at\na,Zoe,neck,2026-11-30 9:00\nTherapist: Ann Lee,,,\n\
                b,Gus,hip,2026-11-30 9:30\n";
    let columns = ["id", "patient", "regions", "session_at"].map(|name| format!("{name}: {name}")).join(", ");
    let folder = shop(&format!("columns: {{{columns}}}\n"), list);
    for list in ["list.csv", "list.xlsx"] {
        for more in [&[][..], &["--columns", "map.yaml"]] {
            let (told, made) = treated(&folder, list, more);
            assert_eq!(made, ["a", "b Ann Lee"], "{list}: {told}");
            assert!(told.contains("id a, column therapist: `therapist` is empty here"), "{list}: {told}");
        }
    }
}

/// A total or two at the end are none of a patient; twenty rows that may say a day are rows.
#[test]
fn many_rows_that_may_say_a_day_are_no_totals() {
    let rows = |count: usize| (0..count).map(|row| format!("Room {row} - 1 Dec,,\n")).collect::<String>();
    let list = |count: usize| format!("Patient,Area,Time\nZoe,Neck,2026-11-30 9:00\n{}", rows(count));
    for (count, passed) in [(2, true), (20, false)] {
        let folder = shop(MAP, &list(count));
        for list in ["list.csv", "list.xlsx"] {
            let (told, _) = notes(&folder, list, &["--columns", "map.yaml"]);
            assert_eq!(told.contains("passed over, as totals"), passed, "{list} {count}: {told}");
            assert_eq!(told.contains("20 failed"), !passed, "{list} {count}: {told}");
        }
    }
}

/// A time above rows that lose it is missed: they are not now without a word.
#[test]
fn a_time_that_is_lost_is_missed() {
    let map = "columns: {patient: Patient, regions: Area}\n";
    let folder = shop(map, "Patient,Area\n9:00 AM,\nDr. Smith,\nZoe,Neck\n");
    let (told, _) = treated(&folder, "list.csv", &["--columns", "map.yaml", "--day", "2026-11-30"]);
    assert!(told.contains("`session.at` is empty here and not in other rows"), "{told}");
}

/// Of a list of another day nobody's session is now.
#[test]
fn a_row_without_a_time_in_a_list_of_another_day_is_refused() {
    let list = "id,patient,regions,session_at\n9:00 AM,,,\n\na,Zoe,neck,\n10:00 AM,,,\nb,Gus,hip,\n";
    let folder =
        shop("columns: {id: id, patient: patient, regions: regions, session_at: session_at}\n", list);
    for list in ["list.csv", "list.xlsx"] {
        let (told, made) = notes(&folder, list, &["--day", "2026-12-01"]);
        assert_eq!(made.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["b"], "{list}: {told}");
        assert!(
            told.contains("and the list is of 2026-12-01; write the time of this session"),
            "{list}: {told}"
        );
    }
}

/// Each treatment has its own warnings: a row that names none, beside others that do, gets no other one's sheet, also when the
/// list of failed rows has it alone.
#[test]
fn a_row_without_a_treatment_among_others_that_have_one_is_refused() {
    let list = "id,patient,session_at,treatment,regions\na,Zoe,2026-11-30 9:00,Cupping,upper-back\n\
                b,Gus,2026-11-30 9:30,,neck\nc,Ann,2026-11-30 10:00,dry-needling,hip\n";
    let folder = shop("columns: {}\n", list);
    let object = |id: &str, treatment: &str| {
        format!(
            "{{\"id\":\"{id}\",\"treatment\":\"{treatment}\",\"session_at\":\"2026-11-30T09:00\",\"regions\":[\"neck\"]}}\n"
        )
    };
    let lines = object("a", "cupping") + &object("b", "") + &object("c", "dry-needling");
    fs::write(folder.path().join("list.jsonl"), lines).expect("a list");
    for list in ["list.csv", "list.xlsx", "list.jsonl"] {
        let (told, made) = notes(&folder, list, &[]);
        assert_eq!(made.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["a", "c"], "{list}: {told}");
        assert!(told.contains("`treatment` is empty here and not in other rows"), "{list}: {told}");
        assert!(told.contains("allowed are `dry-needling`, `shockwave`, `cupping`"), "{list}: {told}");
        let account =
            fs::read_to_string(folder.path().join(format!("out-{list}/manifest.jsonl"))).expect("an account");
        assert!(account.contains("no-treatment"), "{account}");
        let failed = format!("out-{list}/errors.csv");
        let again = run(folder.path(), &["batch", &failed, "-o", "again", "--format", "note", "--force"]);
        assert_eq!(again.status.code(), Some(1), "{}", said(&again));
        assert!(said(&again).contains("unknown treatment"), "{}", said(&again));
    }
    // What is wrong whichever it was is told with it.
    let folder = shop("columns: {}\n", &list.replace("30 9:30,,neck", "30,,nekk"));
    let (told, _) = notes(&folder, "list.csv", &[]);
    for fault in ["`treatment` is empty here", "has no time of day", "unknown region `nekk`"] {
        assert!(told.contains(fault), "{told}");
    }
    // Where no row names one, all are of the usual one.
    let usual = list.replace("Cupping", "").replace("dry-needling", "");
    let (told, made) = notes(&shop("columns: {}\n", &usual), "list.csv", &[]);
    assert_eq!(made.len(), 3, "{told}");
}

/// A list writes each day in its first row alone: a time below it is of no other day, whatever day the whole list is said to be of.
#[test]
fn a_time_alone_below_a_row_with_its_day_takes_no_other_day() {
    let map = "columns: {patient: Client, session_at: [Date, Time], regions: Area}\ndates: day-first\n";
    let list = "Date,Time,Client,Area\n24/11/2026,9:00,Ann,neck\n,9:30,Bo,calf\n25/11/2026,9:00,Cy,calf\n,1600,Di,calf\n";
    let folder = shop(map, list);
    let day: &[&str] = &["--columns", "map.yaml", "--day", "2026-11-24"];
    for list in ["list.csv", "list.xlsx"] {
        for more in [day, &day[..2]] {
            let (told, made) = notes(&folder, list, more);
            assert_eq!(made.len(), 2, "{list}: {told}");
            assert!(
                told.contains("other rows have days of their own: write the day in this one too"),
                "{told}"
            );
            assert!(!told.contains("for the whole list which day"), "{told}");
            let failed = format!("out-{list}/errors.csv");
            let again = run(folder.path(), &["batch", &failed, "-o", "again", "--day", "2026-11-24"]);
            assert!(said(&again).contains("0 made, 0 kept from before, 2 failed"), "{}", said(&again));
        }
    }
    // Nor is a session now that has no time at all.
    let untimed = shop(map, &format!("{list},,Eve,hip\n"));
    for list in ["list.csv", "list.xlsx"] {
        let (told, made) = notes(&untimed, list, day);
        assert_eq!(made.len(), 2, "{list}: {told}");
        assert!(told.contains("and the list is of 2026-11-24; write the time of this session"), "{told}");
    }
    // One day in all of its rows is the list's, also one whose numbers alone do not say which.
    for (said, day) in [("24/11", "2026-11-24"), ("03/12", "2026-12-03")] {
        let folder = shop(map, &list.replace("25/11", said).replace("24/11", said));
        for list in ["list.csv", "list.xlsx"] {
            let (told, made) = notes(&folder, list, &["--columns", "map.yaml", "--day", day]);
            assert_eq!(made.len(), 4, "{list} {day}: {told}");
        }
    }
}

/// A patient's row is not taken for a therapist's, whatever the name begins with.
#[test]
fn a_patient_called_as_a_therapist_is_no_heading() {
    for row in ["Ann,,", "Ann Lee,neck,", "Ann Lee,,9:00", "Valerie Smith,,", ",Ann Lee,"] {
        let folder = shop("", &format!("patient,regions,session_at\n{row}\nZoe,hip,2026-11-30 9:00\n"));
        fs::write(
            folder.path().join("map.yaml"),
            "columns: {patient: patient, regions: regions, session_at: session_at}\n",
        )
        .expect("a file");
        let (told, _) = treated(&folder, "list.csv", &["--columns", "map.yaml"]);
        assert!(!told.contains("names a therapist"), "{row}: {told}");
    }
}

/// A book that has the time once above its patients: their sessions are at that time, and never now without a word.
#[test]
fn a_time_above_the_patients_is_theirs() {
    let day = ["--columns", "map.yaml", "--day", "2026-11-30"];
    let list = "Patient,Area\n9:00 AM,\nZoe,Neck\nGus,Hip\n1:30 PM,\nCy,Calf\n";
    let folder = shop("columns: {patient: Patient, regions: Area}\n", list);
    for list in ["list.csv", "list.xlsx"] {
        let (told, notes) = notes(&folder, list, &day);
        assert!(told.contains("2, 5 say a time each and nothing else"), "{list}: {told}");
        let times: Vec<bool> =
            notes.iter().map(|(_, note)| note.contains("9 am") || note.contains("9:00")).collect();
        assert_eq!(times, [true, true, false], "{list}: {notes:?}");
    }
    // An empty slot says nothing of a row that has its own time, nor of those below that one.
    let list = "Time,Patient,Area\n9:00,,\n9:30,Zoe,Neck\n,Gus,Hip\n";
    let folder = shop(MAP, list);
    for list in ["list.csv", "list.xlsx"] {
        let (told, notes) = notes(&folder, list, &day);
        assert!(told.contains("2 says a time and nothing else") && notes.len() == 2, "{list}: {told}");
        assert!(told.contains("`session.at` is empty here and not in other rows"), "{list}: {told}");
    }
}

/// A therapist who stands once in front of several patients: nobody guesses how far down it goes. The
/// warning is `no-therapist`.
#[test]
fn a_row_without_a_therapist_among_others_that_have_one_is_told() {
    let list = "id,therapist,patient,regions\na,Rachel,Zoe,neck\nb,,Gus,hip\nc,-,Cy,hip\nd,Suzie,Di,calf\n";
    let folder = shop("columns: {id: id, therapist: therapist, patient: patient, regions: regions}\n", list);
    for list in ["list.csv", "list.xlsx"] {
        for more in [&[][..], &["--columns", "map.yaml"]] {
            let (told, notes) = notes(&folder, list, more);
            assert_eq!(notes.len(), 4, "{list}: {told}");
            assert_eq!(
                told.matches("`therapist` is empty here and not in other rows").count(),
                1,
                "{list}: {told}"
            );
            assert!(told.contains("id b, column therapist"), "{list}: {told}");
            let manifest = fs::read_to_string(folder.path().join(format!("out-{list}/manifest.jsonl")));
            assert!(manifest.expect("an account").contains(r#""no-therapist""#), "{list}");
        }
    }
    let folder = shop("", "id,therapist,patient,regions\na,,Zoe,neck\nb,,Gus,hip\n");
    let (told, _) = notes(&folder, "list.csv", &[]);
    assert!(!told.contains("therapist"), "nobody is named: {told}");
}

/// Messages on a list of objects tell its objects, not lines that nobody has.
#[test]
fn objects_are_told_by_their_numbers() {
    let list = r#"[{"who": "Zoe", "what": "neck", "when": "9:00"}, {"who": null, "what": null, "when": "10:00"},
        {"who": "Gus", "what": "hip", "when": "9:30", "memo": "one\ntwo,three,four"}, {"who": "Cy", "what": "nekk", "when": "9:45"}]"#;
    let folder = shop("columns: {patient: who, regions: what, session_at: when}\n", "");
    fs::write(folder.path().join("list.json"), list).expect("a list");
    let (told, _) = notes(&folder, "list.json", &["--columns", "map.yaml", "--day", "2026-11-30"]);
    assert!(told.contains("row 2 says a time and nothing else") && !told.contains("line"), "{told}");
    assert!(told.contains("row 4, id 4, column what"), "{told}");
    let errors = fs::read_to_string(folder.path().join("out-list.json/errors.csv")).expect("a list");
    assert!(errors.contains(",4,"), "{errors}");
}

/// The fault is `ditto-mark`: whose words stand above may be another patient's by the time that a list is sorted.
#[test]
fn a_ditto_mark_is_no_value() {
    let list = "id,patient,regions,therapist,note\na,Ann,neck,Rachel,No running\nb,Bo,\"\"\"\",\"\"\"\",〃\n\
                c,〃,hip,,\nd,Di,hip,,same\n";
    let folder = shop("", list);
    let (told, notes) = notes(&folder, "list.csv", &[]);
    assert_eq!(notes.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["a", "d"], "{told}");
    for column in ["regions", "therapist", "note", "patient"] {
        assert!(told.contains(&format!("`{column}` holds a ditto mark")), "{column}: {told}");
    }
    assert!(!told.contains("unknown region") && !told.contains("belong to the one above"), "{told}");
    assert!(told.contains("`plan.note` looks like what a program left there"), "{told}");
    let errors = fs::read_to_string(folder.path().join("out-list.csv/errors.csv")).expect("a list");
    assert!(errors.contains('〃'), "nothing that was typed is lost: {errors}");
}

/// As on a printed sheet with a column for each side.
#[test]
fn an_area_under_the_name_of_a_side_has_that_side() {
    let map = "columns: {patient: Patient, session_at: Time, regions: [Left, Right]}\n";
    let list = "Patient,Time,Left,Right\nAnn,2026-11-30 9:00,Knee,\nBo,2026-11-30 9:30,,Shoulder\n\
                Cy,2026-11-30 10:00,Hip,Knee\nDi,2026-11-30 10:30,L hip,\nEd,2026-11-30 11:00,R hip,\n\
                Fy,2026-11-30 11:30,Hip and knee,\nGi,2026-11-30 12:00,x,-\nHu,2026-11-30 12:30,Hip and knee,Hip\n";
    let folder = shop(map, list);
    for list in ["list.csv", "list.xlsx"] {
        let (told, notes) = notes(&folder, list, &["--columns", "map.yaml"]);
        let areas = [
            ("1", "left knee"),
            ("2", "right shoulder"),
            ("3", "left hip and right knee"),
            ("4", "left hip"),
            ("6", "left hip and left knee"),
        ];
        assert_eq!(notes.len(), areas.len(), "{told}");
        for ((id, note), (number, area)) in notes.iter().zip(areas) {
            assert!(id == number && note.contains(&format!(": {area}\n")), "{list} {id}: {note}");
        }
        assert!(told.contains("5 made, 0 kept from before, 3 failed"), "{told}");
    }
}

/// The fault is `several-therapists`: a clinic that calls one by her first name alone, and a list with two of that name.
#[test]
fn two_therapists_of_one_name_are_not_taken_for_one() {
    let with = |one: &str, other: &str| {
        format!(
            "id,patient,regions,session_at,therapist\n\
             a,Ann,neck,2026-11-30T09:00,{one}\nb,Bo,hip,2026-11-30T09:30,{other}\nc,Cy,hip,2026-11-30T10:00,Valerie\n"
        )
    };
    for (one, other, made) in [
        ("Rachel Smith", "Rachel Jones", 1),
        ("\"Smith, Rachel\"", "Rachel Jones", 1),
        ("Rachel", "Rachel Jones", 2),
        ("Rachel Smith", "\"Smith, Rachel\"", 3),
        ("Rachel Smith", "\"Rachel Smith, PT\"", 3),
        ("\"Rachel Smith, RMT\"", "\"Smith, Rachel (PT)\"", 3),
    ] {
        let folder = shop("", &with(one, other));
        let (told, notes) = notes(&folder, "list.csv", &[]);
        assert_eq!(notes.len(), made, "{one} {other}: {told}");
        assert_eq!(told.matches("several therapists called `Rachel`").count(), 3 - made, "{told}");
        assert!(!told.contains("Smith") && !told.contains("Jones"), "{told}");
    }
    let folder =
        shop("columns: {regions: regions, therapist: therapist}\n", &with("Rachel Smith", "Rachel Jones"));
    let (told, _) = notes(&folder, "list.xlsx", &["--columns", "map.yaml"]);
    assert!(told.contains("several therapists called `Rachel`"), "{told}");
    // What comes through a pipe is read once: from the second of a name on, nobody is taken for that one.
    let mut command = Command::new(env!("CARGO_BIN_EXE_aftercare"));
    command.current_dir(folder.path()).args(["batch", "-", "-o", "piped", "--dry-run"]);
    let mut child = command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
    let mut pipe = child.stdin.take().expect("a pipe");
    pipe.write_all(with("Rachel Smith", "Rachel Jones").as_bytes()).expect("written");
    drop(pipe);
    let told = said(&child.wait_with_output().expect("an end"));
    assert_eq!(told.matches("several therapists called `Rachel`").count(), 1, "{told}");
    let lines = "{\"id\": \"a\", \"regions\": [\"neck\"], \"therapist\": \"Rachel Smith\"}\n\
                 {\"id\": \"b\", \"regions\": [\"neck\"], \"session\": {\"therapist\": \"Rachel Jones\", \"at\": \"2026-11-30T09:30\"}}\n";
    fs::write(folder.path().join("list.jsonl"), lines).expect("a list");
    let (told, _) = notes(&folder, "list.jsonl", &[]);
    assert_eq!(told.matches("several therapists called `Rachel`").count(), 2, "{told}");
}

/// The warning is `double-row`.
#[test]
fn rows_of_one_patient_at_one_time_are_told() {
    let list = "Time,Patient,Area\n2026-11-30 9:00,Ann,Neck\n2026-11-30 9:00,Ann,Neck\n\
                2026-11-30 9:30,Bo,Hip\n2026-11-30 9:30,bo,Calf\n2026-11-30 10:00,Ann,Hip\n2026-11-30 10:00,Cy,Hip\n";
    let folder = shop(MAP, list);
    for list in ["list.csv", "list.xlsx"] {
        let (told, notes) = notes(&folder, list, &["--columns", "map.yaml"]);
        assert_eq!((notes.len(), told.matches("has the same name and time").count()), (6, 2), "{told}");
        assert!(told.contains("the row on line 2 has") && told.contains("the row on line 4 has"), "{told}");
        assert!(!told.contains("Ann") && !told.contains("Bo"), "{told}");
    }
    let untimed = "id,patient,regions\na,Ann,neck\nb,Ann,neck\nc,Ann,hip\nd,,neck\ne,,neck\n";
    fs::write(folder.path().join("untimed.csv"), untimed).expect("a list");
    let (told, _) = notes(&folder, "untimed.csv", &[]);
    assert_eq!(told.matches("the row on line 2 says the same").count(), 1, "{told}");
    let manifest =
        fs::read_to_string(folder.path().join("out-untimed.csv/manifest.jsonl")).expect("a manifest");
    assert!(
        !manifest.contains("double-row"),
        "a list that is mended or in parts has the same account: {manifest}"
    );
    let many: String = (0..30).map(|number| format!("m{number},Ann,neck\n")).collect();
    fs::write(folder.path().join("many.csv"), format!("id,patient,regions\n{many}")).expect("a list");
    let (told, notes) = notes(&folder, "many.csv", &[]);
    assert_eq!((notes.len(), told.matches("says the same").count()), (30, 10), "{told}");
    assert_eq!(told.matches("no further row like another is told").count(), 1, "{told}");
}

/// The faults are `spaced-columns`, and, of a list whose names stand below each other, `list-on-its-side`.
#[test]
fn what_is_no_table_says_what_to_do() {
    let report = "DAY SHEET          30/11/2026\n\nTIME   PATIENT        AREA\n-----  -------------  ------\n\
                  09:00  Lee, Ann       Neck\n09:30  Oz, Bo         Left knee\n";
    let folder = shop(MAP, report);
    for more in [&["--columns", "map.yaml"][..], &[]] {
        let (told, notes) = notes(&folder, "list.csv", more);
        assert!(notes.is_empty() && told.contains("are parted by spaces alone"), "{told}");
        assert!(told.contains("save it as CSV") && !told.contains("Ann"), "{told}");
    }
}

/// The same of objects with keys of their own, `two-values` where nobody knows which is meant.
#[test]
fn a_file_of_columns_reads_objects_too() {
    let map = "columns: {patient: [client.first, client.last], session_at: start, regions: area}\n";
    let folder = shop(map, "");
    let list = "{\"rows\": [{\"start\": \"2026-11-30T09:00\", \"client\": {\"first\": \"Ann\", \"last\": \"Lee\"}, \"area\": \"L knee\"},\n\
                {\"start\": \"2026-11-30T09:30\", \"client\": {\"first\": \"Bo\"}, \"area\": \"nek\"}]}";
    fs::write(folder.path().join("list.json"), list).expect("a list");
    let (told, made) = notes(&folder, "list.json", &["--columns", "map.yaml"]);
    assert!(told.contains("1 made, 0 kept from before, 1 failed") && !told.contains("Ann"), "{told}");
    assert!(made[0].1.contains("left knee"), "{made:?}");
    let doubled = list.replace("\"area\": \"nek\"", "\"area\": \"neck\", \"area\": \"hip\"");
    fs::write(folder.path().join("doubled.json"), doubled).expect("a list");
    let (told, made) = notes(&folder, "doubled.json", &["--columns", "map.yaml"]);
    assert!(made.is_empty() && told.contains("row 2 has two values under one name"), "{told}");
    let own = "[{\"id\": \"a\", \"regions\": [\"neck\"]}]";
    fs::write(folder.path().join("own.json"), own).expect("a list");
    let (told, _) = notes(&folder, "own.json", &["--columns", "map.yaml"]);
    assert!(told.contains("a file of columns is for a table"), "{told}");
}

/// A row that says nothing costs two signs, and a cell of the table for each name that any object has.
#[test]
fn objects_without_a_key_do_not_fill_the_memory() {
    let folder = shop(MAP, "");
    let keys: Vec<String> = (0..200).map(|number| format!("\"k{number}\": 1")).collect();
    let first = format!(
        "{{\"Patient\": \"Ann Lee\", \"Time\": \"2026-11-30T09:00\", \"Area\": \"neck\", {}}}",
        keys.join(",")
    );
    for (below, says) in [("", "1 made"), (",{\"Area\": \"hip\"}", "names 203 columns for 200002 rows")] {
        let list = format!("[{first}{}{below}]", ",{}".repeat(200_000));
        fs::write(folder.path().join("list.json"), list).expect("a list");
        let (told, _) = notes(&folder, "list.json", &["--columns", "map.yaml"]);
        assert!(told.contains(says) && !told.contains("Ann"), "{told}");
    }
}

/// Names that nobody knows are told one by one as far as anybody reads them.
#[test]
fn of_a_heading_of_unknown_names_the_first_are_told() {
    let keys = ["id", "patient", "session_at", "therapist", "intensity", "note", "stage", "cups", "paper"];
    let more = ["regions", "treatment", "language", "rest_hours", "stretches", "exercises", "loading_hours"];
    let rest = ["easy_hours", "next_visit", "activity", "precautions", "edition", "exclude"];
    let own = [&keys[..], &more, &rest].concat();
    let unknown: Vec<String> = (0..own.len()).map(|number| format!("zzzzz{number}")).collect();
    let folder = shop(MAP, &format!("{},{}\n", own.join(","), unknown.join(",")));
    let (told, _) = notes(&folder, "list.csv", &[]);
    assert_eq!(told.matches("unknown column").count(), 20, "{told}");
    assert!(told.contains("column 43 and 1 more are unknown too"), "{told}");
}

/// As spreadsheets save what somebody once touched, and as programs export a patient.
#[test]
fn a_wide_list_is_read() {
    let empty = ",".repeat(3_000);
    let wide: String = (0..100).map(|number| format!(",Question {number}")).collect();
    let list = format!(
        "Time,Patient,Area{wide}{empty}\n2026-11-30 9:00,Ann,Neck{}{empty}\n",
        wide.replace("Question", "x")
    );
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("list.csv"), list).expect("a list");
    fs::write(folder.path().join("map.yaml"), MAP).expect("a map");
    let (told, notes) = notes(&folder, "list.csv", &["--columns", "map.yaml"]);
    assert_eq!(notes.len(), 1, "{told}");
}

/// Letters that are Turkish in one code page and Icelandic in another are no name.
#[test]
fn a_list_of_a_turkish_spreadsheet_is_held_back() {
    let list = b"id,regions,patient\na,neck,Zo\xeb\nb,neck,\xde\xfckr\xfc\nc,hip,Y\xfdlmaz\nd,hip,G\xfcl\n";
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("list.csv"), list).expect("a list");
    let (told, notes) = notes(&folder, "list.csv", &[]);
    assert_eq!((notes.len(), told.matches("save the roster as CSV UTF-8").count()), (1, 3), "{told}");
}

/// What the file seems to be is told, with what to do; no name is guessed.
#[test]
fn a_list_of_an_older_mac_is_told_as_such() {
    let list = b"id,regions,patient\na,neck,Zo\x91 M\x9fller\nb,hip,Jos\x8e\nc,hip,Bo\n";
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("list.csv"), list).expect("a list");
    fs::write(folder.path().join("map.yaml"), "columns: {id: id, regions: regions, patient: patient}\n")
        .expect("a map");
    for more in [&[][..], &["--columns", "map.yaml"]] {
        let (told, notes) = notes(&folder, "list.csv", more);
        assert_eq!((notes.len(), told.matches("seems to be of an older Mac").count()), (1, 2), "{told}");
        assert!(
            told.contains("open the list as `Western (Mac OS Roman)`, and save the roster as CSV UTF-8"),
            "{told}"
        );
    }
}

/// Other alphabets have no empty byte beside their letters.
#[test]
fn utf_16_is_known_by_any_of_its_letters() {
    let list = "姓名,id,patient,regions\n张三,a,李四,neck\n";
    for big in [false, true] {
        let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        let folder = TempDir::new().expect("a folder");
        let text: Vec<u8> = list.encode_utf16().flat_map(bytes).collect();
        fs::write(folder.path().join("list.csv"), text).expect("a list");
        fs::write(folder.path().join("map.yaml"), "columns: {id: id, regions: regions, patient: 姓名}\n")
            .expect("a map");
        let (told, notes) = notes(&folder, "list.csv", &["--columns", "map.yaml"]);
        assert_eq!(notes.len(), 1, "{told}");
    }
}

/// A byte that a broken disk left makes no other alphabet of a list.
#[test]
fn a_stray_empty_byte_is_no_utf_16() {
    let folder = TempDir::new().expect("a folder");
    for list in ["id,patient,regions\na,Zoe\0,neck\nb,Gus,hip\n", "id,patient,regions\na,Zoe,neck\n\0"] {
        for list in [list.to_owned(), list.replacen("id", "ids", 1)] {
            fs::write(folder.path().join("list.csv"), list).expect("a list");
            let (told, _) = notes(&folder, "list.csv", &[]);
            assert!(told.contains("holds no text"), "{told}");
        }
    }
}

/// Under a therapist's name stand the columns of her list: what is wrong with these is told.
#[test]
fn a_list_with_therapists_above_and_a_wrong_column_is_no_day_planner() {
    let list =
        "Rachel,Valerie,,\nsession_at,id,patient,regoins\n9:00,a,Zoe,neck\n9:30,b,Gus,hip\n10:00,c,Cy,calf\n";
    let folder = shop(MAP, list);
    for list in ["list.csv", "list.xlsx"] {
        let (told, _) = notes(&folder, list, &[]);
        assert!(!told.contains("day planner") && told.contains("regions"), "{list}: {told}");
    }
}

/// A time in each row and a therapist in each column: the fault is `day-planner`.
#[test]
fn a_day_planner_is_told_as_such() {
    let grid = "Time,Rachel,Suzie\n9:00,Zoe neck,Gus hip\n9:30,,Cy (knee)\n10:00,Ed neck,\n";
    for list in [grid.to_owned(), format!("Monday 30 November 2026,,\n{}", grid.replace("Time", ""))] {
        let folder = shop(MAP, &list);
        for list in ["list.csv", "list.xlsx"] {
            for more in [&[][..], &["--columns", "map.yaml"]] {
                let (told, notes) = notes(&folder, list, more);
                assert!(
                    notes.is_empty() && told.contains("this seems to be a day planner"),
                    "{list}: {told}"
                );
                assert!(
                    told.contains("take the list of appointments") && !told.contains("Zoe"),
                    "{list}: {told}"
                );
            }
        }
    }
}

/// A half of the day above times is theirs: `1:30` below `PM` is no time of the night.
#[test]
fn a_half_of_the_day_above_times_is_theirs() {
    let list = "Time,Patient,Area\nTuesday 1 December 2026,,\nAM,,\n9:00,Ann,Neck\n11:45,Bo,Hip\nPM,,\n12:15,Cy,Calf\n\
                1:30,Di,Calf\n18:00,Ed,Calf\n6:30,Fe,Knee\nWednesday 2 December 2026,,\n9:00,Gus,Knee\n";
    let folder = shop(MAP, list);
    for list in ["list.csv", "list.xlsx"] {
        let (told, notes) = notes(&folder, list, &["--columns", "map.yaml"]);
        let times = ["1, 2026, 9 am", "11:45 am", "12:15 pm", "1:30 pm", "6 pm", "6:30 pm", "2, 2026, 9 am"];
        assert_eq!(notes.len(), times.len(), "{told}");
        for (_, note) in &notes {
            assert!(times.iter().any(|time| note.contains(time)), "{list}: {note}");
        }
        for time in times {
            assert_eq!(
                notes.iter().filter(|(_, note)| note.contains(time)).count(),
                1,
                "{list} {time}: {told}"
            );
        }
        assert!(told.contains("say a half of the day each") && !told.contains("at night"), "{told}");
    }
}

/// A time that is in another half of the day than the row above it says is nobody's guess, and is not taken when it is run again.
#[test]
fn a_time_in_another_half_of_the_day_than_stands_above_is_refused() {
    for (half, time) in [("AM", "1:30"), ("AM", "14:00"), ("PM", "9:00 am"), ("Afternoon", "9:15 AM")] {
        let list = format!("Time,Patient,Area\n30 November 2026,,\n{half},,\n{time},Ann,Neck\n");
        let folder = shop(MAP, &list);
        for list in ["list.csv", "list.xlsx"] {
            let (told, notes) = notes(&folder, list, &["--columns", "map.yaml"]);
            assert!(
                notes.is_empty() && told.contains("says another half of the day"),
                "{half} {time}: {told}"
            );
        }
        let failed = fs::read(folder.path().join("out-list.csv/errors.csv")).expect("failed rows");
        fs::write(folder.path().join("again.csv"), failed).expect("a list");
        let (told, made) = notes(&folder, "again.csv", &[]);
        assert!(made.is_empty() && told.contains("1 failed"), "{told}");
    }
}

/// Several sides are both of one area; of two areas nobody knows which has which.
#[test]
fn several_sides_are_both_of_one_area_alone() {
    let map = "columns: {patient: Patient, session_at: Time, regions: [Area, Side]}\n";
    for (area, side, made) in [
        ("Knee", "L/R", true),
        ("Knee", "Lt", true),
        ("Hip/Knee", "L/R", false),
        ("Hip and knee", "L + R", false),
    ] {
        let list = format!("Time,Patient,Area,Side\n2026-11-30 9:00,Ann,{area},{side}\n");
        let (told, count) = notes_of(map, &list);
        assert_eq!(count == 1, made, "{area} {side}: {told}");
    }
}

/// Old programs end lines with a carriage return alone: a message names the line that somebody sees.
#[test]
fn lines_of_carriage_returns_have_their_numbers() {
    for end in ["\n", "\r\n", "\r"] {
        let list =
            ["id,patient,regions", "1,Ann,neck", "2,Bo,hipp", "", "3,\"C y\",calf", "4,\"D\"i,calf", ""]
                .join(end);
        let (told, _) = notes(&shop(MAP, &list), "list.csv", &[]);
        assert!(told.contains("list.csv:3, row 2") && told.contains("list.csv:6, row 4"), "{end:?}: {told}");
    }
}

/// A precaution beside a name would print as a name, and the sheet would not say what it means.
#[test]
fn a_precaution_beside_a_name_is_no_name() {
    for name in [
        "Ann Lee - PREGNANT",
        "Ann Lee PREGNANT",
        "Ann Lee (blood thinners)",
        "pregnant: Ann",
        "Ann (on blood thinners)",
        "Ann Lee - on warfarin and pregnant",
        "Pregnant Ann Lee",
    ] {
        let list = format!(
            "Time,Patient,Area,Alerts\n2026-11-30 9:00,{name},Neck,\n2026-11-30 9:30,Bo Faint,Hip,\n"
        );
        let map = "columns: {patient: Patient, session_at: Time, regions: Area, precautions: Alerts}\n";
        let (told, notes) = notes(&shop(map, &list), "list.csv", &["--columns", "map.yaml"]);
        assert!(
            notes.len() == 1 && told.contains("move it from the name to `precautions`"),
            "{name}: {told}"
        );
        assert!(!told.to_lowercase().contains("pregnan") && !told.contains("thinner"), "{name}: {told}");
        // Whoever has chosen it may write it there too.
        let list = list.replace("Neck,", "Neck,Pregnant; blood thinners");
        let (told, count) = notes_of(map, &list);
        assert_eq!(count, 2, "{name}: {told}");
    }
}

/// Programs and people write a word behind a time. One that may be another zone than the clinic's is refused.
#[test]
fn a_word_behind_a_time_is_read_or_told() {
    let list = "Time,Patient,Area\n2026-11-30 9:00 EST,Ann,Neck\n\"Nov 30, 2026 9:30 AM EST\",Bo,Hip\n\
                2026-11-30 10:00 Uhr,Cy,Hip\n";
    let folder = shop(MAP, &list.replace("\"Nov 30, 2026 9:30 AM EST\"", "2026-11-30 9:30 AM (EST)"));
    for list in ["list.csv", "list.xlsx"] {
        let (told, notes) = notes(&folder, list, &["--columns", "map.yaml"]);
        assert_eq!(notes.len(), 3, "{told}");
        for ((_, note), time) in notes.iter().zip(["30, 2026, 9 am", "9:30 am", "10 am"]) {
            assert!(note.contains(time), "{note}");
        }
    }
    for time in [
        "2026-11-30 9:00 EDT",
        "2026-11-30 9:00 AM PST",
        "2026-11-30 9:00 Eastern Time",
        "2026-11-30 9:00 Ann",
    ] {
        let list = format!("Time,Patient,Area\n{time},Ann,Neck\n");
        let (told, made) = notes(&shop(MAP, &list), "list.csv", &["--columns", "map.yaml"]);
        assert!(made.is_empty() && told.contains("a word stands behind the time"), "{time}: {told}");
    }
    let list = "Time,Patient,Area\nNov 30 2026,,\n9:00 AM EST,Ann,Neck\n";
    let (told, made) = notes(&shop(MAP, list), "list.csv", &["--columns", "map.yaml"]);
    assert!(made.len() == 1 && made[0].1.contains("30, 2026, 9 am"), "{told}");
}

/// A day above rows that may be either of two asks how the list writes days, and takes the answer.
#[test]
fn a_day_above_rows_that_may_be_either_asks_for_the_order() {
    let list = "Time,Patient,Area\n12/1/2026,,\n9:00,Ann,Neck\n";
    let (told, made) = notes(&shop(MAP, list), "list.csv", &["--columns", "map.yaml"]);
    assert!(made.is_empty() && told.contains("line 2 says a day that may be one of two"), "{told}");
    let map = format!("{MAP}dates: month-first\n");
    let (told, made) = notes(&shop(&map, list), "list.csv", &["--columns", "map.yaml"]);
    assert!(made.len() == 1 && made[0].1.contains("December 1, 2026"), "{told}");
}

/// A name that is broken over two lines is one, and one that stands alone below a list is nobody's total.
#[test]
fn a_name_on_two_lines_is_one_and_a_last_patient_is_no_total() {
    let list = "Time,Patient,Area\n2026-11-30 9:00,\"Lee\nAnn\",Neck\n2026-11-30 9:30,\"Fox,\nBo\",Hip\n\
                2026-11-30 10:00,\"Cy Ray\nDi Ray\",Hip\n";
    let map = format!("{MAP}names: last-first\n");
    let folder = shop(&map, list);
    let call = ["batch", "list.csv", "-o", "out", "--format", "html", "--columns", "map.yaml", "--force"];
    let told = said(&run(folder.path(), &call));
    let sheet =
        |id: &str| fs::read_to_string(folder.path().join(format!("out/{id}.html"))).unwrap_or_default();
    assert!(sheet("1").contains("Ann Lee") && sheet("2").contains("Bo Fox"), "{told}");
    assert!(told.contains("1 failed"), "two people's names are none: {told}");
    let swallowed = "Time,Patient,Area\n2026-11-30 9:00,\"Lee,Neck\n2026-11-30 9:30,Bo\",Hip\n";
    let (told, made) = notes(&shop(MAP, swallowed), "list.csv", &["--columns", "map.yaml"]);
    assert!(made.is_empty() && told.contains("looks like a row"), "{told}");
    for (last, is_patient) in
        [("Zed Lee", true), ("\"Lee, Zed\"", true), ("Grand Total", false), ("Zed", false)]
    {
        let list = format!("Time,Patient,Area\n2026-11-30 9:00,Ann,Neck\n\n,{last},\n");
        let (told, _) = notes(&shop(MAP, &list), "list.csv", &["--columns", "map.yaml"]);
        assert_eq!(told.contains("1 failed"), is_patient, "{last}: {told}");
        assert_eq!(told.contains("is passed over"), !is_patient, "{last}: {told}");
    }
}

/// What stands beside a name and is none prints with it: that is told, and a nickname is not.
#[test]
fn other_words_beside_a_name_are_told() {
    for (name, told_of) in
        [("Ann Lee (NEW)", "has words beside the name"), ("Ann Lee (DNA)", "did not take place")]
    {
        let list =
            format!("Time,Patient,Area\n2026-11-30 9:00,{name},Neck\n2026-11-30 9:30,Bo (Bobby) Lee,Hip\n");
        let (told, notes) = notes(&shop(MAP, &list), "list.csv", &["--columns", "map.yaml"]);
        assert!(
            notes.len() == 2 && told.contains(told_of) && told.contains("1 sheet needs a look"),
            "{told}"
        );
    }
}

/// A precaution in a column of remarks that is not read is on no sheet: that is told of its row, unless the row has it.
#[test]
fn a_precaution_in_a_cell_that_is_not_read_is_told() {
    let map = "columns: {patient: Patient, session_at: Time, regions: Area, precautions: Alerts}\n";
    for (cell, is_told) in [
        ("20 wks pregnant", true),
        ("On Eliquis since May", true),
        ("no allergies; blood thinners", true),
        ("not pregnant", false),
        ("denies blood thinners", false),
        ("No blood thinners; not pregnant", false),
        ("faints at needles", false),
        ("knee sore after run", false),
        ("Dr Faintly", false),
    ] {
        let list = format!(
            "Time,Patient,Area,Alerts,Remarks\n2026-11-30 9:00,Ann,Neck,faints,{cell}\n2026-11-30 9:30,Bo,Hip,,\n"
        );
        let folder = shop(map, &list);
        for list in ["list.csv", "list.xlsx"] {
            let (told, notes) = notes(&folder, list, &["--columns", "map.yaml"]);
            let found = told.contains("id 1, column Remarks: ") && told.contains("and is not read");
            assert!(notes.len() == 2 && found == is_told, "{cell}: {told}");
        }
    }
    let list = "Time,Patient,Area,Email newsletter\n2026-11-30 9:00,Ann,Neck,pregnancy news\n";
    let (told, _) = notes(&shop(MAP, list), "list.csv", &["--columns", "map.yaml"]);
    assert!(!told.contains("and is not read"), "{told}");
}

/// What a column asks that nobody chose may be what the sheet has to say.
#[test]
fn what_is_known_of_a_patient_in_a_column_that_is_not_read_is_told() {
    for (heading, cells) in [
        ("On blood thinners?", ["No", "Yes"]),
        ("Is pregnant", ["none", "20 weeks"]),
        ("Pregnant since", ["", "2026-08-01"]),
        ("Has fainted", ["no", "yes"]),
        ("Warfarin?", ["N", "Y"]),
        ("ImmuneIssues", ["-", "x"]),
        ("Medical alerts", ["N/A", "Diabetic"]),
        ("No alerts", ["", "No"]),
        ("Pregnancy (ruled out)", ["", "No"]),
        ("Alerte médicale ?", ["non", "oui"]),
    ] {
        let list = format!(
            "Time,Patient,Area,{heading}\n2026-11-30 9:00,Ann,Neck,{}\n2026-11-30 9:30,Bo,Hip,{}\n",
            cells[0], cells[1]
        );
        let folder = shop(MAP, &list);
        for list in ["list.csv", "list.xlsx"] {
            let (told, notes) = notes(&folder, list, &["--columns", "map.yaml"]);
            let of_row = told.matches("and is not read").count();
            assert!(of_row == 1 && told.contains(&format!("id 2, column {heading}: ")), "{heading}: {told}");
            assert!(notes.len() == 2 && !told.contains("weeks") && !told.contains("Diabetic"), "{told}");
        }
    }
    for heading in ["Terms and conditions", "Email alerts", "Room", "Last visit"] {
        let list = format!("Time,Patient,Area,{heading}\n2026-11-30 9:00,Ann,Neck,Yes\n");
        let (told, notes) = notes(&shop(MAP, &list), "list.csv", &["--columns", "map.yaml"]);
        assert!(notes.len() == 1 && !told.contains("is not read"), "{heading}: {told}");
    }
}

/// Exports of practice software hold every booking, also those of patients who never came.
#[test]
fn a_session_that_did_not_take_place_is_told() {
    for (heading, cells) in [
        ("Status", ["Arrived", "Cancelled by client"]),
        ("Appointment status", ["", "Late Cancel"]),
        ("Cancelled at", ["", "2026-11-29 18:02"]),
        ("Did not arrive", ["No", "Yes"]),
        ("Cancelled (Y/N)", ["N", "Y"]),
        ("Status", ["Arrived", "No show - not cancelled"]),
        ("Estado", ["Llegó", "No asistió"]),
    ] {
        let list = format!(
            "Time,Patient,Area,{heading}\n2026-11-30 9:00,Ann,Neck,{}\n2026-11-30 9:30,Bo,Hip,{}\n",
            cells[0], cells[1]
        );
        let folder = shop(MAP, &list);
        for list in ["list.csv", "list.xlsx"] {
            let (told, notes) = notes(&folder, list, &["--columns", "map.yaml"]);
            let of_row = told.matches("the list says that this session did not take place").count();
            assert!(of_row == 1 && told.contains(&format!("id 2, column {heading}: ")), "{told}");
            assert!(notes.len() == 2 && !told.contains("18:02"), "{told}");
        }
        // Who says which rows are wanted is told nothing more.
        let only = format!("{MAP}only: {{\"{heading}\": [\"{}\"]}}\n", cells[0]);
        let folder = shop(&only, &list);
        let (told, notes) = notes(&folder, "list.csv", &["--columns", "map.yaml"]);
        assert!(notes.len() == 1 && !told.contains("did not take place"), "{told}");
    }
    // Also where the family name stands in front.
    let map = format!("{MAP}names: last-first\n");
    let list = "Time;Patient;Area\n2026-11-30 9:00;CANCELLED - Lee, Ann;Neck\n2026-11-30 9:30;Ray, Bo;Hip\n";
    let (told, count) = notes_of(&map, list);
    assert!(told.matches("did not take place").count() == 1 && count == 2, "{told}");
    let list = "Time,Patient,Area\n2026-11-30 9:00,CANCELLED - Ann,Neck\n2026-11-30 9:30,Bo (no show),Hip\n\
                2026-11-30 10:00,Cy,Calf\n";
    let (told, notes) = notes(&shop(MAP, list), "list.csv", &["--columns", "map.yaml"]);
    assert_eq!(told.matches("`patient` says that this session did not take place").count(), 2, "{told}");
    assert!(notes.len() == 3 && !told.contains("Ann"), "{told}");
}

/// `1:30` is one of the afternoon, and then `6:30` may be one of the evening.
#[test]
fn an_early_time_is_asked_about_where_a_list_leaves_out_the_half_of_the_day() {
    let codes = |times: [&str; 3]| {
        let rows = times.map(|time| format!("{time},Ann,Neck\n")).concat();
        let folder = shop(MAP, &format!("Time,Patient,Area\n{rows}"));
        let (told, notes) = notes(&folder, "list.csv", &["--columns", "map.yaml", "--day", "2026-11-30"]);
        assert_eq!(notes.len(), 3, "{told}");
        [told.matches("is at night").count(), told.matches("is it in the evening?").count()]
    };
    // The row that shows it may stand below.
    assert_eq!(codes(["9:00", "6:30", "5:15"]), [1, 1]);
    assert_eq!(codes(["9:00", "7:15 am", "5:15"]), [1, 0]);
    assert_eq!(codes(["7:15", "9:00", "13:30"]), [0, 0]);
}

/// What a list calls a treatment may take it back, or name another one.
#[test]
fn a_treatment_that_words_take_back_is_asked_about() {
    let made = |called: &str| {
        let list = format!("Time,Patient,Area,What\n2026-11-30 9:00,Ann,Shoulder,{called}\n");
        let map = "columns: {patient: Patient, session_at: Time, regions: Area, treatment: What}\n";
        let (told, notes) = notes(&shop(map, &list), "list.csv", &["--columns", "map.yaml"]);
        assert_eq!(notes.is_empty(), told.contains("unknown treatment"), "{called}: {told}");
        notes.into_iter().next().map(|(_, note)| note.lines().next().unwrap_or_default().to_owned())
    };
    for (called, treatment) in [
        ("Dry needling - 30 min", "Dry needling"),
        ("Follow-up: dry needling", "Dry needling"),
        ("Physio + DN", "Dry needling"),
        ("IMS", "Dry needling"),
        ("ESWT 2 of 5", "Shockwave"),
        ("Shock wave therapy", "Shockwave"),
        ("Cupping", "Cupping"),
        // What is not of the treatment takes nothing back.
        ("Dry needling – no charge", "Dry needling"),
        ("Dry needling (10% off)", "Dry needling"),
        ("Dry needling 30 or 45 min", "Dry needling"),
        // An everyday name of one word may have a number and words of a visit beside it.
        ("Needling 30 min", "Dry needling"),
        ("30 min needling", "Dry needling"),
        ("Follow-up needling session", "Dry needling"),
        ("Physio IMS", "Dry needling"),
        ("Massage + cups", "Cupping"),
    ] {
        assert!(made(called).is_some_and(|first| first.contains(treatment)), "{called}: {:?}", made(called));
    }
    for called in [
        "Cupping + needling",
        "Shockwave & IMS",
        "Cupping/DN",
        "Massage (no dry needling)",
        "not shockwave",
        "Physio without dry needling",
        "Dry needling declined",
        "Dry needling - CANCELLED",
        "Dry needling or massage",
        "Wet cupping",
        "Dry needling not done",
        "Dry needling - no",
        "Dry needling / or massage",
        "No more dry needling",
        "Exercise therapy; no further dry needling",
        "Assessment only - without any dry needling",
        "Dry needling session or massage",
        "Dry needling 30 min or massage",
        "Massage or maybe dry needling",
        "Massage or dry needling",
        // With another word beside it, it is something else.
        "Micro-needling facial",
        "Acupuncture needles",
        "Acupuncture (needles)",
        "Shopping for cups",
    ] {
        assert_eq!(made(called), None, "{called}");
    }
}

/// The same in the languages that a clinic has.
#[test]
fn what_a_list_says_of_a_treatment_is_understood_in_other_languages() {
    let rows = [
        ("Aiguilles sèches (sans frais)", true),
        ("无痛干针", true),
        ("干针（未付款）", true),
        ("Séance aiguilles", true),
        ("Agujas 30 min", true),
        ("没有干针", false),
        ("干针取消", false),
        ("Sans aiguilles sèches", false),
        ("Aiguilles sèches ou massage", false),
        ("Acupuncture (aiguilles)", false),
        ("Acupuntura con agujas", false),
        ("Punción lumbar", false),
    ];
    let row = |(at, (called, _)): (usize, &(&str, bool))| {
        format!("2026-11-30 9:{at:02},Ann {at},Shoulder,{called}\n")
    };
    let list: String = rows.iter().enumerate().map(row).collect();
    let map = "columns: {patient: Patient, session_at: Time, regions: Area, treatment: What}\n";
    let folder = shop(map, &format!("Time,Patient,Area,What\n{list}"));
    clinic(&folder);
    let profile = folder.path().join("clinic/content/clinic.yaml");
    let text = fs::read_to_string(&profile).expect("a profile");
    fs::write(&profile, text.replace("languages: [en]", "languages: [en, fr, es, zh-Hans]"))
        .expect("a profile");
    let (told, notes) = notes(&folder, "list.csv", &["--columns", "map.yaml", "--clinic", "clinic"]);
    for (at, (called, is_made)) in rows.iter().enumerate() {
        let id = (at + 1).to_string();
        let note = notes.iter().find(|(name, _)| *name == id).map(|(_, note)| note.as_str());
        assert_eq!(note.is_some(), *is_made, "{called}: {told}");
        assert!(note.is_none_or(|note| note.contains("Dry needling")), "{called}: {note:?}");
    }
    // A good list of another language says yes and no in it.
    let heading = "Start;Région;Enceinte;Anticoagulant;Remarques";
    let list = format!(
        "{heading}\n2026-11-30 9:00;genou;Oui;Non;Aucune\n2026-11-30 9:30;cou;Non;Oui;\n2026-11-30 9:30;cou;Non;Non;Non\n"
    );
    fs::write(folder.path().join("list.csv"), list).expect("a list");
    let map =
        "columns: {regions: Région, session_at: Start, precautions: [Enceinte, Anticoagulant, Remarques]}\n";
    fs::write(folder.path().join("map.yaml"), map).expect("a map");
    fs::remove_dir_all(folder.path().join("out-list.csv")).expect("removed");
    let (told, notes) = self::notes(&folder, "list.csv", &["--columns", "map.yaml", "--clinic", "clinic"]);
    let line = |at: usize| {
        let (_, note) = notes.get(at).unwrap_or_else(|| panic!("{told}"));
        note.lines().find(|line| line.starts_with("Precautions")).unwrap_or_default().to_lowercase()
    };
    assert!(line(0).contains("pregnancy") && !line(0).contains("blood"), "{}", line(0));
    assert!(line(1).contains("blood") && !line(1).contains("pregnancy"), "{}", line(1));
    assert!(!line(2).contains("blood") && !line(2).contains("pregnancy"), "{}", line(2));
}

/// Who treated is not said by who did not.
#[test]
fn a_therapist_whom_words_take_back_is_asked_about() {
    for (called, is_known) in [
        ("Rachel", true),
        ("Dr. Rachel Smith", true),
        ("Rachel (PT)", true),
        ("Rachel or Val", false),
        ("Suzie not in", false),
        ("Rachel (away)", false),
        ("Rachel OFF", false),
        ("Rachel cancelled", false),
    ] {
        let list = format!("Time,Patient,Area,Who\n2026-11-30 9:00,Ann,Shoulder,{called}\n");
        let map = "columns: {patient: Patient, session_at: Time, regions: Area, therapist: Who}\n";
        let (told, notes) = notes(&shop(map, &list), "list.csv", &["--columns", "map.yaml"]);
        assert_eq!(notes.len() == 1, is_known, "{called}: {told}");
        assert_eq!(told.contains("unknown therapist"), !is_known, "{called}: {told}");
    }
}

/// A word that takes back may be somebody's name, and a family name in capitals is no title.
#[test]
fn the_words_of_a_therapists_own_name_take_nothing_back() {
    let folder = shop(MAP, "");
    clinic(&folder);
    let profile = folder.path().join("clinic/content/clinic.yaml");
    let text = fs::read_to_string(&profile).expect("a profile");
    let text = text.replace("{name: Ann Lee, title: PT}", "{name: Wei Ou, title: PT}");
    let text = text.replace("{name: Bo Oz, title: PT}", "{name: 张未, title: PT}");
    let text = text.replace("languages: [en]", "languages: [en, fr, zh-Hans]");
    fs::write(&profile, text).expect("a profile");
    let of = |rows: &[&str]| {
        let rows: String =
            rows.iter().map(|who| format!("2026-11-30 9:00,Cy,Shoulder,\"{who}\"\n")).collect();
        fs::write(folder.path().join("list.csv"), format!("Time,Patient,Area,Who\n{rows}")).expect("a list");
        let map = "columns: {patient: Patient, session_at: Time, regions: Area, therapist: Who}\n";
        fs::write(folder.path().join("map.yaml"), map).expect("a map");
        let call = ["--clinic", "clinic", "--columns", "map.yaml"];
        notes(&folder, "list.csv", &call)
    };
    for who in ["Wei Ou", "Dr. Wei Ou", "Ou, Wei", "WEI OU, PT", "张未", "张未 (PT)"] {
        let (told, notes) = of(&[who]);
        assert_eq!(notes.len(), 1, "{who}: {told}");
    }
    for who in ["Wei Ou (away)", "Wei Ou or Valerie", "Ou, Wei – not in", "张未 取消"] {
        let (told, _) = of(&[who]);
        assert!(told.contains("0 made") && told.contains("unknown therapist"), "{who}: {told}");
    }
    // Two family names in capitals are two people.
    let (told, _) = of(&["Valerie LEE", "Valerie EK"]);
    assert!(told.contains("0 made") && told.contains("several therapists called `Valerie`"), "{told}");
    let (told, _) = of(&["Valerie LEE", "Valerie LEE PT"]);
    assert!(told.contains("2 made"), "{told}");
}

/// `None` in the cell of a note prints as the patient's note.
#[test]
fn a_note_that_is_none_is_told() {
    for note in ["-", "N/A", "None", "null", "TRUE", "0", "2026-12-03", "<p>Ice</p>", "Ice<br>"] {
        let list = format!("Time,Patient,Area,Note\n2026-11-30 9:00,Ann,Neck,{note}\n");
        let map = "columns: {patient: Patient, session_at: Time, regions: Area, note: Note}\n";
        let (told, _) = notes(&shop(map, &list), "list.csv", &["--columns", "map.yaml"]);
        assert!(told.contains("`plan.note` looks like what a program left there"), "{note}: {told}");
    }
}

/// A list writes both of its times alike. Where a day may be another one all the same, somebody looks at it.
#[test]
fn the_sessions_tell_how_the_next_visits_are_written() {
    let told_of = |rows: &str, expected: &str, warned: usize| {
        let list = format!("id,regions,session_at,next_visit\n{rows}");
        let (told, notes) = notes(&shop("", &list), "list.csv", &["--now", "2026-11-30T17:00:00Z"]);
        assert!(notes.iter().any(|(_, note)| note.contains(expected)), "{told} {notes:?}");
        assert_eq!(told.matches("as other times of the list are written").count(), warned, "{told}");
    };
    told_of("a,neck,30/11/2026 9:00,07/12/2026 9:00\n", "December 7", 0);
    told_of("a,neck,30/11/2026 9:00,03/04/2027 9:00\n", "April 3", 1);
    // The other way round one next visit decides on all sessions.
    told_of("a,neck,12/01/2026 9:00,\nb,hip,12/01/2026 9:30,12/25/2026 9:30\n", "December 1", 0);
    told_of("a,neck,01/12/2026 9:00,\nb,hip,01/12/2026 9:30,12/25/2026 9:30\n", "January 12", 2);
}

/// A row of which nobody can tell the id is no other list's.
#[test]
fn a_handout_of_a_row_that_is_broken_today_is_of_this_list() {
    let folder = shop("", "id,regions\na,neck\n7,hip\n");
    let (told, _) = notes(&folder, "list.csv", &[]);
    assert!(!told.contains("of no row"), "{told}");
    for (rows, named) in [("a,neck\n7,hip,,\n", false), ("a,neck\nb,hip\n", true)] {
        fs::write(folder.path().join("list.csv"), format!("id,regions\n{rows}")).expect("a list");
        let told =
            said(&run(folder.path(), &["batch", "list.csv", "-o", "out-list.csv", "--format", "note"]));
        assert_eq!(told.contains("of no row of this list"), named, "{told}");
    }
}
