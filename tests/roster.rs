//! Rosters: what each row means, and which faults it has.

use aftercare::content::files::Embedded;
use aftercare::content::{Library, load};
use aftercare::request::resolve;
use aftercare::request::roster::{Format, ROW, Roster, Row};
use proptest::prelude::*;
use std::io::{Cursor, Read};
use std::sync::OnceLock;

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| load(&Embedded).unwrap_or_else(|faults| panic!("{faults}")).value.first)
}

fn rows(format: Format, text: impl AsRef<[u8]>) -> Vec<Row> {
    let roster = Roster::open(Cursor::new(text.as_ref().to_vec()), format, "roster", &library().keys)
        .expect("a roster");
    roster.map(|row| row.expect("a row")).collect()
}

fn refused(format: Format, text: impl AsRef<[u8]>) -> String {
    match Roster::open(Cursor::new(text.as_ref().to_vec()), format, "roster", &library().keys) {
        Ok(_) => panic!("the roster was taken"),
        Err(faults) => faults.to_string(),
    }
}

/// The faults of a row, one a line.
fn faults(row: &Row) -> String {
    match resolve(&row.raw, library(), "2026-11-24T20:30:00Z".parse().expect("a time")) {
        Ok(_) => String::new(),
        Err(faults) => faults.to_string(),
    }
}

#[test]
fn the_three_formats_say_the_same() {
    let csv = "id,regions,patient,note\na-1,neck; shoulder,Zoë,\"two\nlines\"\n";
    let json = r#"{"id": "a-1", "session": {"regions": ["neck", "shoulder"]}, "patient": "Zo\u00eb", "plan": {"note": "two\nlines"}}"#;
    let yaml =
        "# Monday\n- id: a-1\n  regions: neck; shoulder\n  patient: Zoë\n  note: |\n    two\n    lines\n";
    for (format, text) in [(Format::Csv, csv), (Format::JsonLines, json), (Format::Yaml, yaml)] {
        let rows = rows(format, text);
        assert_eq!(rows.len(), 1);
        let now = "2026-11-24T20:30:00Z".parse().expect("a time");
        let request = resolve(&rows[0].raw, library(), now).unwrap_or_else(|faults| panic!("{faults}")).value;
        assert_eq!(request.chosen.ids("regions"), ["neck", "shoulder"]);
        assert_eq!(request.patient.as_deref(), Some("Zoë"));
        assert_eq!(request.note.as_deref(), Some("two\nlines"));
    }
}

#[test]
fn the_sign_between_cells_is_told_from_the_header() {
    for text in [
        "id;patient;regions\na;Ann;neck\n",
        "id\tpatient\tregions\r\na\tAnn\tneck\r\n",
        "\u{feff}ID,Patient,\"regions\"\na,Ann,neck",
    ] {
        let rows = rows(Format::Csv, text);
        assert_eq!(rows.len(), 1, "{text}");
        assert_eq!(faults(&rows[0]), "", "{text}");
        assert_eq!(rows[0].given, ["a", "Ann", "neck"]);
    }
}

#[test]
fn the_header_is_checked_before_any_row() {
    let found = refused(Format::Csv, "id,name,region,language,language\na,Ann,neck,en,en\n");
    assert!(found.contains("unknown column `name`; did you mean `patient`?"), "{found}");
    assert!(found.contains("unknown column `region`; did you mean `regions`?"), "{found}");
    assert!(found.contains("the column `language` stands twice"), "{found}");
    assert!(found.contains("the roster has no column `regions`"), "{found}");
}

#[test]
fn a_roster_without_a_header_does_not_show_its_patients() {
    let found = refused(Format::Csv, "a-1,Zebediah Smith,neck\n");
    assert!(found.contains("the first row names no column"), "{found}");
    assert!(!found.contains("Zebediah"), "{found}");
    assert!(refused(Format::Csv, "").contains("the roster is empty"));
}

#[test]
fn a_stray_quote_prints_no_row_on_the_sheet_of_another() {
    for (body, said) in [
        (
            "p1,neck,\"open\np2,calf,x\n",
            "the quote that opens on line 2 is not closed; lines 2 to 4 were read as one row",
        ),
        ("p1,neck,\"abc\" def\n", "text stands behind the closing quote of a cell"),
        (
            "p1,neck,\"open\np2,calf,x\np3,calf,\"y\"\n",
            "text stands behind the quote on line 4, which closes the one that opens on line 2; lines 2 to 4",
        ),
        ("p1,neck,\"open\np2,calf,x\"\n", "line 3 looks like a row, but stands inside a quoted cell"),
        ("p1,neck,\"open\r\np2, calf, hurts\r\nmore\"\r\n", "line 3 looks like a row"),
    ] {
        let rows = rows(Format::Csv, format!("id,regions,note\n{body}p9,hip,z\n"));
        let found = faults(&rows[0]);
        assert!(found.contains(said), "{body}: {found}");
        assert!(!found.contains("calf"), "{found}");
        if !body.contains("open\np2,calf,x\n") || body.contains("\"y\"") {
            assert_eq!(faults(rows.last().expect("a row")), "", "the next row is read: {body}");
        }
    }
}

#[test]
fn a_note_of_several_lines_is_a_note() {
    for note in [
        "Rest, then walk.\nIce, water, sleep",
        "one\n\ntwo; three",
        "a, b, c\nd, e, f\n- g, h, i",
        "x,y\nz",
        "Treated:\n- shoulder, hip, knee",
        "We did\nneck, shoulder, upper back, hip",
    ] {
        let rows = rows(Format::Csv, format!("id,regions,note\np1,neck,\"{note}\"\np2,hip,\n"));
        assert_eq!(rows.iter().map(faults).collect::<Vec<_>>(), ["", ""], "{note}");
    }
}

#[test]
fn a_list_of_failed_rows_that_nobody_mended_holds_the_swallowed_row_back() {
    for swallowed in ["p2,calf,x", "p2,calf,hello, x\"\"", "p2,calf", "p2, calf, x"] {
        let text = format!("id,regions,note,line,reason\np1,neck,\"open\n{swallowed}\",2,a quote\n");
        assert!(faults(&rows(Format::Csv, text)[0]).contains("line 3 looks like a row"), "{swallowed}");
    }
}

#[test]
fn a_long_row_with_an_open_quote_names_the_quote_and_its_lines() {
    let many = "p,neck,x\n".repeat(10_000);
    let found = faults(&rows(Format::Csv, format!("id,regions,note\np1,neck,\"open\n{many}"))[0]);
    assert!(
        found.contains("longer than 64 KiB, and the quote that opens on line 2 is not closed"),
        "{found}"
    );
    assert!(found.contains("lines 2 to 10002"), "{found}");
}

#[test]
fn column_names_may_be_spelt_with_capitals_spaces_hyphens_or_dots() {
    let text = "ID,Session At,rest-hours,session.regions,Next Visit,\np1,2026-11-24 15:30,24,neck,,\n";
    let rows = rows(Format::Csv, text);
    assert_eq!(faults(&rows[0]), "");
    assert_eq!(rows[0].given, ["p1", "2026-11-24 15:30", "24", "neck", ""]);
}

#[test]
fn faults_of_the_header_say_where_they_stand() {
    let found = refused(Format::Csv, "\n\"id\",Zoë,regions,note,xyzzy,language\n");
    assert!(found.contains("roster:2:6: unknown column (3 characters)"), "{found}");
    assert!(found.contains("roster:2:23: unknown column (5 characters)"), "{found}");
    assert_eq!(found.matches("`rest_hours`").count(), 1, "the columns are listed once: {found}");
    let found = refused(Format::Csv, "id,regions,Regions\n");
    assert!(found.contains("roster:1:12: the column `regions` stands twice"), "{found}");
    assert!(refused(Format::Csv, "id,note\n").contains("roster:1: the roster has no column `regions`"));
}

#[test]
fn a_first_row_of_patients_is_no_header_even_with_a_word_of_one_in_it() {
    let found = refused(Format::Csv, "p1,Zoe Secret,neck,note,\np2,Jo,hip,,\n");
    assert!(found.contains("the first row is no header") && !found.contains("Secret"), "{found}");
}

#[test]
fn an_open_quote_in_the_first_row_shows_nobody() {
    let text = "id,patient,\"regions\na,Bob Secret,neck\nb,Alice Secret,calf\n";
    let faults = Roster::open(text.as_bytes(), Format::Csv, "roster.csv", &library().keys)
        .err()
        .expect("a fault")
        .to_string();
    assert!(faults.contains("the quote that opens on line 1 is not closed"), "{faults}");
    assert!(!faults.contains("Secret"), "{faults}");
}

#[test]
fn a_first_row_of_misspelt_names_is_helped() {
    let text = "id,region,sesion_at\n1,neck,\n";
    let faults = Roster::open(text.as_bytes(), Format::Csv, "roster.csv", &library().keys)
        .err()
        .expect("a fault")
        .to_string();
    for help in ["cell 2 meant to be `regions`", "cell 3 meant to be `session_at`"] {
        assert!(faults.contains(help), "{faults}");
    }
}

#[test]
fn empty_columns_that_a_spreadsheet_left_are_passed_over() {
    let rows = rows(Format::Csv, "id,regions,,\np1,neck,,\np2,hip\np3,hip,,late\np4,hip,,,\n");
    let found: Vec<String> = rows.iter().map(faults).collect();
    assert_eq!(found[..2], ["", ""]);
    assert!(found[2].contains("a cell stands behind the last column"), "{}", found[2]);
    assert!(found[3].contains("the row has 5 cells"), "{}", found[3]);
}

#[test]
fn signs_between_cells_and_encodings_that_no_roster_has_are_named() {
    assert_eq!(faults(&rows(Format::Csv, "sep=;\r\nid;regions\r\np1;neck\r\n")[0]), "");
    let second = rows(Format::Csv, "sep=,\nid,regions\np1,nek\n");
    assert!(faults(&second[0]).starts_with("roster:3, row 1, column regions"), "{}", faults(&second[0]));
    assert_eq!(faults(&rows(Format::Csv, "id|regions\np1|neck\n")[0]), "");
    assert!(refused(Format::Csv, "id:regions\np1:neck\n").contains("`:` between them"));
}

#[test]
fn a_list_is_read_in_every_encoding_that_spreadsheets_save() {
    let text = "id,regions,patient\np1,neck,Zoë Müller\np2,hip,François\n";
    let of = |wide: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(wide).collect::<Vec<u8>>();
    let marked = |mark: &[u8], text: Vec<u8>| [mark, &text].concat();
    let western: Vec<u8> = text.chars().map(|sign| u32::from(sign) as u8).collect();
    for (encoding, bytes) in [
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-8 with a mark", marked(b"\xef\xbb\xbf", text.into())),
        ("UTF-16 LE", of(u16::to_le_bytes)),
        ("UTF-16 BE", of(u16::to_be_bytes)),
        ("UTF-16 LE with a mark", marked(b"\xff\xfe", of(u16::to_le_bytes))),
        ("UTF-16 BE with a mark", marked(b"\xfe\xff", of(u16::to_be_bytes))),
        ("Windows-1252", western),
    ] {
        let rows = rows(Format::Csv, bytes);
        let given: Vec<_> = rows.iter().map(|row| row.given.join("|")).collect();
        assert_eq!(given, ["p1|neck|Zoë Müller", "p2|hip|François"], "{encoding}");
        assert_eq!(rows.iter().map(faults).collect::<Vec<_>>(), ["", ""], "{encoding}");
        let guessed = rows.iter().flat_map(|row| &row.raw.faults).count();
        assert_eq!(guessed, usize::from(encoding == "Windows-1252"), "a guess is told once: {encoding}");
    }
    let json: Vec<u8> =
        "{\"id\": \"a\", \"regions\": \"neck\"}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(faults(&rows(Format::JsonLines, json)[0]), "");
    // What has shown that it is UTF-8 is damaged where it is none.
    let damaged = [text.as_bytes(), b"p3,hip,Zo\xeb\n"].concat();
    assert!(faults(&rows(Format::Csv, damaged)[2]).contains("the cell is not UTF-8"));
}

#[test]
fn titles_above_the_heading_are_passed_over() {
    let list = "Patients of the day\n\nPrinted 24/11/2026 by the desk\nid;patient;regions\np1;Ann;neck\n";
    let rows = rows(Format::Csv, list);
    assert_eq!((rows[0].number, rows[0].line), (1, 5));
    assert_eq!(rows[0].given, ["p1", "Ann", "neck"]);
    assert_eq!(faults(&rows[0]), "");
    let quoted = "\"Clinic, Toronto\",,\nid,patient,regions\np1,Ann,neck\n";
    assert_eq!(self::rows(Format::Csv, quoted)[0].given, ["p1", "Ann", "neck"]);
    // A row that could be a patient's is no title, and its words are not shown.
    let found = refused(Format::Csv, "p1;Ann Smith;neck\nid;patient\np2;Bo\n");
    assert!(found.contains("the first row names no column") && !found.contains("Smith"), "{found}");
}

#[test]
fn a_short_row_says_what_it_lacks() {
    let rows = rows(Format::Csv, "id,regions,note\np1\np2;neck;x\n");
    assert!(
        faults(&rows[0])
            .contains("the row has 1 cell, the header names 3 columns; an empty cell needs its comma too")
    );
    assert!(faults(&rows[1]).contains("the header has a comma between its cells, this row a semicolon"));
}

#[test]
fn a_list_of_failed_rows_is_itself_a_roster() {
    let rows = rows(Format::Csv, "line,reason,id,regions\n3,unknown region,a,neck\n");
    assert_eq!(faults(&rows[0]), "");
    assert_eq!(rows[0].given, ["a", "neck"]);
}

#[test]
fn faults_name_row_and_column() {
    let rows = rows(Format::Csv, "id,regions,rest_hours\n\na,\"neck,sholder\",96\n,neck,\nb,,\n");
    assert_eq!(rows.iter().map(|row| (row.number, row.line)).collect::<Vec<_>>(), [(1, 3), (2, 4), (3, 5)]);
    let found = faults(&rows[0]);
    assert!(
        found.contains("roster:3, row 1, column regions: unknown region `sholder`; did you mean `shoulder`"),
        "{found}"
    );
    assert!(found.contains("roster:3, row 1, column rest_hours: `96` is not allowed"), "{found}");
    assert!(
        faults(&rows[1]).starts_with("roster:4, row 2, column id: `id` is missing"),
        "{}",
        faults(&rows[1])
    );
    assert!(faults(&rows[2]).starts_with("roster:5, row 3, column regions: `session.regions` is missing"));
}

#[test]
fn rows_of_json_and_yaml_name_their_row_too() {
    let json = rows(
        Format::JsonLines,
        "\n{\"id\": \"a\", \"regions\": \"nek\"}\n{\"id\": Zebediah}\n[1]\n{\"id\":\"a\",\"id\":\"b\",\"regions\":\"neck\"}\n",
    );
    assert!(
        faults(&json[0]).starts_with("roster:2, row 1, column regions: unknown region `nek`"),
        "{}",
        faults(&json[0])
    );
    assert_eq!(
        faults(&json[1]),
        "roster:3, row 2: this is not JSON at character 8; each line holds one object: `{\"id\": \"a-1\", …}`"
    );
    assert!(faults(&json[2]).contains("a request must be keys with values"));
    assert!(faults(&json[3]).contains("`id` stands twice"));
    let twice = rows(Format::JsonLines, r#"{"id": "a", "session": {"regions": ["neck"]}, "regions": "jaw"}"#);
    assert!(faults(&twice[0]).contains("`regions` is given twice, also as `session.regions`"));
    let yaml = rows(
        Format::Yaml,
        "- id: a\n  regions: [nek]\n- id: b\n  regoins: [neck]\n-\n- id: [\n- id: d\n  regions: [neck]\n",
    );
    assert!(
        faults(&yaml[0]).starts_with("roster:2:13, row 1, column regions: unknown region `nek`"),
        "{}",
        faults(&yaml[0])
    );
    assert!(faults(&yaml[1]).contains("roster:4:3, row 2: unknown key `regoins`"), "{}", faults(&yaml[1]));
    assert!(faults(&yaml[2]).contains("`id` is missing"));
    assert!(faults(&yaml[3]).contains("this is not YAML"));
    assert_eq!(faults(&yaml[4]), "");
    assert!(refused(Format::Yaml, "id: a\n").contains("not a list of requests"));
}

#[test]
fn words_that_no_column_holds_stand_in_one_of_their_own() {
    let text = r#"{"id": "a", "regions": "neck", "plan": {"nots": "Walk."}, "therapists": ["Ann", "Bo"], "note": ["x"]}
{"id": "b", "patient": {"first": "Zoë", "age": 40}, "session": {"regions": ["neck"]}, "regions": "jaw; hip"}
{"id": "c", "note": "Walk.", "note": "Rest.", "session": "today"}
{"id": "d", "regions: neck}
"just words"
{"id": "e", "regions": " neck; hip ", "note": " ", "patient": null, "rest_hours": 36}
"#;
    let roster =
        Roster::open(text.as_bytes(), Format::JsonLines, "roster", &library().keys).expect("a roster");
    assert_eq!(roster.columns().last(), Some(&"unread"));
    let unread: Vec<_> = roster.map(|row| row.expect("a row").given.pop().expect("a cell")).collect();
    assert_eq!(
        unread,
        [
            "plan.nots: Walk.; therapists: Ann; therapists: Bo; note: x",
            "patient.first: Zoë; patient.age: 40; session.regions: neck",
            "note: Walk.; session: today",
            r#"{"id": "d", "regions: neck}"#,
            "just words",
            "",
        ]
    );
    let yaml = "- id: a\n  regoins: [neck, hip]\n  note: |\n    Walk.\n- id: [\n- - b\n  - c\n- id: d\n  regions: neck\n";
    let unread: Vec<_> =
        rows(Format::Yaml, yaml).into_iter().map(|mut row| row.given.pop().expect("a cell")).collect();
    assert_eq!(unread, ["regoins: neck; regoins: hip", "- id: [", "b; c", ""]);
}

/// Keys as long as a row, over and over.
#[test]
fn words_that_no_column_holds_are_no_longer_than_the_row() {
    let values = vec!["1"; 5000].join(",");
    let text = format!("{{\"id\": \"a\", \"{}\": {{\"k\": [{values}]}}}}\n", "x".repeat(30_000));
    let given = rows(Format::JsonLines, &text).remove(0).given;
    assert_eq!(given.last().map(String::as_str), Some(text.trim_end()), "the row as it was written");
}

#[test]
fn a_row_with_words_left_over_is_not_mended() {
    let csv = "id,regions,Unread,line,reason\na,neck,precautions: pregnancy,2,x\nb,neck, ,3,x\nc,neck,,,\n";
    let rows = rows(Format::Csv, csv);
    let found: Vec<String> = rows.iter().map(faults).collect();
    assert_eq!(
        found[0],
        "roster:2, row 1, column unread: these words belong to no column yet; \
         move them into the cells that they belong to, and empty this one"
    );
    assert_eq!((&*found[1], &*found[2]), ("", ""));
    assert_eq!(rows[0].given, ["a", "neck", "precautions: pregnancy"]);
}

#[test]
fn a_wrong_value_that_stands_a_thousand_times_in_a_cell_is_told_once() {
    let many = |value: &str| vec![value; 1000].join(";");
    let cells = [many("knee-bend"), many("when-to-call"), many("nek")].join(",");
    let rows = rows(Format::Csv, format!("id,stretches,exclude,regions\np1,{cells}\n"));
    assert_eq!(faults(&rows[0]).lines().count(), 3, "{}", faults(&rows[0]));
}

#[test]
fn a_json_array_is_a_roster() {
    let text = "\n[ {\"id\": \"a\", \"regions\": [\"neck\"], \"note\": \"a ] , { \\\" b\"},\n  {\"id\": \"b\",\n   \"regions\": \"nek\"},\n {\"id\": \n x}, {\"id\": \"A\", \"regions\": \"hip\"}\n]\n";
    let rows = rows(Format::JsonLines, text);
    assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 3, 5, 6]);
    assert_eq!(faults(&rows[0]), "");
    assert!(faults(&rows[1]).starts_with("roster:3, row 2, column regions: unknown region `nek`"));
    assert!(
        faults(&rows[2]).contains("this is not JSON at line 6, character 2; each row is one object"),
        "{}",
        faults(&rows[2])
    );
    assert!(faults(&rows[3]).contains("the row on line 2 has the same `id`"));
    assert_eq!(self::rows(Format::JsonLines, "[]").len(), 0);
    let twice =
        self::rows(Format::JsonLines, r#"[{"id": "a", "regions": "hip"}, {"id": "a", "regions": "hip"}]"#);
    assert!(faults(&twice[1]).contains("another row on this line has the same `id`"));
}

#[test]
fn a_json_array_that_does_not_end_is_told_after_its_rows() {
    for (text, said) in [
        ("[{\"id\": \"a\", \"regions\": \"hip\"}\n", "roster:2: the list is not closed"),
        ("[{\"id\": \"a\", \"regions\": \"hip\"}] {}", "something stands behind the end of the list"),
    ] {
        let mut roster =
            Roster::open(Cursor::new(text), Format::JsonLines, "roster", &library().keys).expect("a roster");
        assert!(roster.next().expect("a row").is_ok());
        assert!(roster.next().expect("a fault").expect_err("a fault").to_string().contains(said), "{text}");
        assert!(roster.next().is_none());
    }
    let long = format!(
        "[{{\"id\": \"a\", \"note\": \"{}\"}}, {{\"id\": \"b\", \"regions\": \"hip\"}}]",
        "x".repeat(ROW)
    );
    let rows = rows(Format::JsonLines, long);
    assert!(faults(&rows[0]).contains("longer than 64 KiB"));
    assert_eq!(faults(&rows[1]), "");
}

#[test]
fn a_yaml_list_in_brackets_is_a_roster() {
    let rows =
        rows(Format::Yaml, "# Monday\n---\n[{id: p1, regions: [neck]},\n {id: p2, regions: [nek]},\n 7]\n");
    assert_eq!(faults(&rows[0]), "");
    assert!(
        faults(&rows[1]).starts_with("roster:4:21, row 2, column regions: unknown region `nek`"),
        "{}",
        faults(&rows[1])
    );
    assert!(faults(&rows[2]).contains("a request must be keys with values"), "{}", faults(&rows[2]));
    assert_eq!(self::rows(Format::Yaml, "[]\n").len(), 0);
    assert!(refused(Format::Yaml, "[{id: p1}\n").contains("not YAML"));
    let long = format!("[{}]", "{id: a, regions: hip},\n".repeat(60_000));
    assert!(refused(Format::Yaml, long).contains("at most 1024 KiB"));
}

#[test]
fn an_empty_roster_is_refused_however_it_is_written() {
    for format in [Format::Csv, Format::JsonLines, Format::Yaml] {
        for text in ["", "\n \n"] {
            assert!(refused(format, text).contains("the roster is empty"), "{format:?} {text:?}");
        }
    }
    assert!(refused(Format::Yaml, "# nothing yet\n---\n").contains("the roster is empty"));
}

#[test]
fn an_id_may_stand_once_whatever_its_capitals() {
    let rows = rows(Format::Csv, "id,regions\nAnn,neck\nann,neck\n");
    assert!(
        faults(&rows[1]).contains("row 2, column id: the row on line 2 has the same `id`"),
        "{}",
        faults(&rows[1])
    );
    assert_eq!(faults(&rows[0]), "");
}

#[test]
fn a_row_that_cannot_be_read_does_not_stop_the_next() {
    let long = "x".repeat(10 << 20);
    let csv = format!("id,regions,note\na,neck,{long}\nb,neck,\nc,neck\nd,neck,,,\n");
    let rows = rows(Format::Csv, [csv.as_bytes(), b"e,ne\x81ck,\nf,neck,\n"].concat());
    let found: Vec<String> = rows.iter().map(faults).collect();
    assert_eq!(found[0], "roster:2, row 1: the row is longer than 64 KiB");
    assert_eq!(found[1], "");
    assert!(found[2].contains("the row has 2 cells, the header names 3 columns"), "{}", found[2]);
    assert!(found[3].contains("the row has 5 cells"), "{}", found[3]);
    assert_eq!(
        found[4],
        "roster:6, row 5, column regions: the cell is not UTF-8; save the roster as CSV UTF-8"
    );
    assert_eq!(found[5], "");
}

#[test]
fn a_row_with_too_many_cells_keeps_all_its_words_for_whoever_mends_it() {
    let rows = rows(Format::Csv, "id;regions;note\na1;neck;Walk; do not run; rest\n");
    let text = "a1;neck;Walk; do not run; rest";
    assert_eq!(rows[0].given, ["a1", "neck", "Walk; do not run; rest", text]);
}

#[test]
fn long_rows_of_json_and_yaml_are_passed_over() {
    let long = "x".repeat(ROW + 1);
    let json =
        rows(Format::JsonLines, format!("{{\"id\":\"{long}\"}}\n{{\"id\":\"b\",\"regions\":\"neck\"}}"));
    assert!(faults(&json[0]).contains("longer than 64 KiB"));
    assert_eq!(faults(&json[1]), "");
    let yaml =
        rows(Format::Yaml, format!("- id: a\n{}- id: b\n  regions: [neck]\n", "  # more\n".repeat(ROW / 8)));
    assert!(faults(&yaml[0]).contains("longer than 64 KiB"));
    assert_eq!(faults(&yaml[1]), "");
}

/// Gives one byte at a time, as a slow pipe does.
struct Slow(Cursor<Vec<u8>>);

impl Read for Slow {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(&mut buffer[..1])
    }
}

#[test]
fn a_slow_pipe_reads_the_same() {
    let text = b"\r\n\xef\xbb\xbf"[..2].iter().chain(b"id;regions\r\na;\"neck\"\r\nb;jaw").copied().collect();
    let roster =
        Roster::open(Slow(Cursor::new(text)), Format::Csv, "roster", &library().keys).expect("a roster");
    let rows: Vec<Row> = roster.map(|row| row.expect("a row")).collect();
    assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 4]);
    assert_eq!(rows[1].given, ["b", "jaw"]);
}

#[test]
fn nothing_shows_what_was_typed() {
    let rows = rows(Format::JsonLines, "{\"id\": \"a\", \"patient\": [\"Zebediah\"], \"regions\": \"neck\"}");
    assert!(!format!("{:?} {}", rows[0], faults(&rows[0])).contains("Zebediah"));
}

/// A roster whose rows have a word each that no other has, in one of the ways of spreadsheets, its columns turned round.
fn marked(rows: usize, way: usize, turn: usize) -> String {
    let regions = ["neck", "calf", "hip;knee", "hand"];
    let row = |row: usize| {
        let (id, region, word) = (format!("p{row}"), regions[row % regions.len()], format!("word{row}w"));
        match way {
            0 => [id, region.to_owned(), word, "24".to_owned()],
            1 => [id, region.to_owned(), format!("{word}, rest"), "24".to_owned()]
                .map(|cell| format!("\"{cell}\"")),
            2 => [id, region.to_owned(), format!("\"{word}\nsecond line, of {row}\""), String::new()],
            _ => [id, format!(" {region}"), format!(" {word}"), " 24".to_owned()],
        }
    };
    let line = |mut cells: [String; 4]| {
        cells.rotate_left(turn);
        cells.join(",") + if way == 3 { "\r\n" } else { "\n" }
    };
    let header = ["id", "regions", "note", "rest_hours"].map(str::to_owned);
    line(header) + &(0..rows).map(|number| line(row(number))).collect::<String>()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    /// Wherever quotes are typed by mistake: a row that is taken has its own words only, and every row that is not
    /// there is inside one that is held back.
    #[test]
    fn no_stray_quote_moves_words_to_another_row(
        way in 0..4usize,
        turn in 0..4usize,
        places in proptest::collection::vec(any::<proptest::sample::Index>(), 1..4),
    ) {
        let mut text = marked(6, way, turn).into_bytes();
        let header = text.iter().position(|byte| *byte == b'\n').expect("a header") + 1;
        for place in places {
            let at = header + place.index(text.len() - header);
            text.insert(at, b'"');
        }
        let Ok(roster) = Roster::open(Cursor::new(text.clone()), Format::Csv, "roster", &library().keys) else { return Ok(()) };
        let read: Vec<Row> = roster.map(|row| row.expect("a row")).collect();
        let mut found = String::new();
        for row in &read {
            let cells = row.given.join("\n");
            if faults(row).is_empty() {
                let words = cells.matches("word").count();
                prop_assert!(words <= 1, "{} rows in one: {cells}\n{}", words, String::from_utf8_lossy(&text));
            }
            found.push_str(&cells);
        }
        let all = found.replace('"', "").matches("word").count();
        prop_assert!(all == 6 || read.iter().any(|row| !faults(row).is_empty()), "rows are lost");
    }
}

#[test]
fn no_message_holds_words_that_got_into_the_wrong_column() {
    let private = ["Zoë", "Smith", "HIV", "positive", "Sore"];
    let rosters = [
        (Format::Csv, "id,regions,patient,note\np1,Zoë Smith,neck,Sore\n"),
        (
            Format::Csv,
            "id,regions,activity,session_at,rest_hours\np1,neck,HIV positive,Zoë Smith,Sore neck\n",
        ),
        (Format::Csv, "id,regions,language,therapist,exclude\np1,neck,Zoë,Zoë Smith,Sore\n"),
        (Format::Csv, "id,Zoë Smith,regions\np1,,neck\n"),
        (Format::Csv, "id,Zoë Smith,regions,Zoë Smith\np1,,neck,\n"),
        (Format::Yaml, "- {id: p1, regions: [neck], patient:Zoë Smith}\n"),
        (Format::Yaml, "- {id: p1, regions: [Zoë Smith], precautions: HIV positive}\n"),
        (Format::Yaml, "- {id: p1, regions: neck, Zoë: 1, Zoë: 2}\n"),
        (Format::JsonLines, "{\"id\":\"p1\",\"regions\":[\"neck\"],\"Zoë Smith\":1,\"Zoë Smith\":2}\n"),
    ];
    for (format, text) in rosters {
        let told = match Roster::open(text.as_bytes(), format, "roster", &library().keys) {
            Err(faults) => faults.to_string(),
            Ok(roster) => roster.map(|row| faults(&row.unwrap())).collect::<Vec<_>>().join("\n"),
        };
        assert!(!told.is_empty(), "{text}");
        assert!(!private.iter().any(|word| told.contains(word)), "{text}\n{told}");
    }
}

#[test]
fn lines_of_a_note_that_yaml_takes_for_remarks_stand_in_the_list_of_failed_rows() {
    let text = "- id: p1\n  session: {regions: [calf]}\n  plan:\n    note: first\n      #2 second\n\n      # third\n  patient: Ann\n";
    let rows = rows(Format::Yaml, text);
    assert!(faults(&rows[0]).contains("cut short"), "{}", faults(&rows[0]));
    assert!(rows[0].given.iter().any(|cell| cell == "first #2 second # third"), "{:?}", rows[0].given);
}

#[test]
fn a_note_that_a_hash_cuts_short_fails_its_row_and_is_whole_in_the_list_of_failed_rows() {
    let whole = "Do exercise #1 twice a day";
    for text in [
        format!("- id: p1\n  regions: neck # left\n  note: {whole}\n"),
        "- id: p1\n  regions: neck\n  plan:\n    note: Do\n      exercise #1 twice a day\n".to_string(),
        format!("[{{id: p1, regions: neck, note: {whole}\n}}]\n"),
    ] {
        let rows = rows(Format::Yaml, &text);
        assert!(faults(&rows[0]).contains("cut short"), "{text}: {}", faults(&rows[0]));
        assert!(rows[0].given.iter().any(|cell| cell == whole), "{text}: {:?}", rows[0].given);
    }
    let fine = rows(Format::Yaml, "- id: p1 # first\n  regions: neck # left\n  note: 'Do #1' # quoted\n");
    assert_eq!(faults(&fine[0]), "");
}

#[test]
fn of_thousands_of_wrong_values_a_few_are_told() {
    let wrong: Vec<String> = (0..2000).map(|number| format!("zz{number}")).collect();
    for column in ["regions", "exclude", "exercises"] {
        let areas = if column == "regions" { "" } else { ",regions" };
        let neck = if column == "regions" { "" } else { ",neck" };
        let csv = format!("id,{column}{areas}\na-1,{}{neck}\n", wrong.join(";"));
        let told = faults(&rows(Format::Csv, csv)[0]);
        assert!(told.contains("unknown "), "{column}: {told}");
        assert!(told.lines().count() < 20, "{column}: {told}");
    }
}

#[test]
fn a_list_is_read_as_what_it_is_whatever_it_is_called() {
    for (called, text) in [
        (Format::Csv, "[{\"id\":\"a\",\"regions\":[\"neck\"]}]"),
        (Format::Csv, "- id: a\n  regions: [neck]\n"),
        (Format::JsonLines, "id,regions\na,neck\n"),
        (Format::Csv, "sep=,\nid;regions\na;neck\n"),
        (Format::Csv, "id,\u{a0}regi\u{200b}ons\na,neck\n"),
    ] {
        let rows = rows(called, text);
        assert_eq!((rows.len(), faults(&rows[0])), (1, String::new()), "{text}");
    }
    assert!(refused(Format::JsonLines, "{\n \"id\": \"a\"\n}\n").contains("over several lines"));
    assert!(refused(Format::Csv, "sep=:\nid:regions\na:neck\n").contains("`:` between them"));
    assert!(refused(Format::Csv, "BEGIN:VCALENDAR\nVERSION:2.0\n").contains("this is a calendar"));
    let day = refused(Format::Csv, "id,regions,Date\na,neck,x\n");
    assert!(!day.contains("did you mean `note`"), "{day}");
}

#[test]
fn what_page_and_sheet_print_is_understood() {
    for (column, text) in [
        ("exclude", "Water"),
        ("exclude", "How to reach us"),
        ("regions", "jaw (TMJ)"),
        ("regions", "\"\"\"neck\"\"\""),
        ("regions", "neck • shoulder"),
        ("regions", "肩部（left）"),
        ("session_at", "Tues Nov 24th, 2026 3:30pm"),
        ("session_at", "3:30 PM 11/24/2026"),
        ("session_at", "2026‑11‑24 15:30"),
    ] {
        let regions = if column == "regions" { "" } else { ",neck" };
        let head = if column == "regions" { "" } else { ",regions" };
        let quoted = if text.starts_with('"') { text.to_owned() } else { format!("\"{text}\"") };
        let rows = rows(Format::Csv, format!("id,{column}{head}\na,{quoted}{regions}\n"));
        let told = faults(&rows[0]);
        assert_eq!(told.is_empty(), !text.contains('肩'), "{column} {text}: {told}");
    }
    for text in ["R+L knee", "right & left knee", "B/L knee", "left and right knee"] {
        let rows = rows(Format::Csv, format!("id,regions\na,{text}\n"));
        let now = "2026-11-24T20:30:00Z".parse().expect("a time");
        let request =
            resolve(&rows[0].raw, library(), now).unwrap_or_else(|faults| panic!("{text}: {faults}"));
        assert_eq!(request.value.chosen.ids("regions"), ["knee"], "{text}");
    }
    let no_year = faults(&rows(Format::Csv, "id,regions,session_at\na,neck,Nov 24 3:30 PM\n")[0]);
    assert!(no_year.contains("has no year"), "{no_year}");
}

#[test]
fn a_value_of_another_shape_names_its_key_and_what_is_allowed() {
    let json = "{\"id\":\"a\",\"regions\":5}\n{\"id\":\"b\",\"regions\":[{\"a\":1}],\"patient\":[\"Zoe\"]}\n";
    let rows = rows(Format::JsonLines, json);
    let told = faults(&rows[0]);
    assert!(told.contains("column regions") && told.contains("allowed are `jaw`, `neck`"), "{told}");
    let told = faults(&rows[1]);
    assert!(
        told.contains("each value of `regions` is text or a number, not keys; allowed are `jaw`"),
        "{told}"
    );
    assert!(
        told.contains("the value of `patient` is text or a number, not a list; write `\"patient\":"),
        "{told}"
    );
    assert!(!told.contains("Zoe"), "{told}");
}

#[test]
fn a_year_of_two_digits_is_read_where_its_day_can_be_one_only() {
    let list = |times: [&str; 2]| {
        let csv = format!("id,regions,session_at\na,neck,{}\nb,hip,{}\n", times[0], times[1]);
        let open = || Roster::open(csv.as_bytes(), Format::Csv, "day", &library().keys).expect("a roster");
        let rows = open().with_orders(open().orders());
        rows.map(|row| faults(&row.expect("a row"))).collect::<Vec<_>>()
    };
    // The second one shows how the column writes days.
    assert_eq!(list(["11/12/26 9:00", "11/23/26 9:30"]), ["", ""]);
    let told = list(["23/11/26 9:00", "24/11/26 9:30"]);
    assert!(told[0].contains("has a year of two digits") && told[0].contains("dates: day-first"), "{told:?}");
}

#[test]
fn a_time_of_a_list_before_the_morning_is_asked_about() {
    let rows = rows(Format::Csv, "id,regions,session_at\na,neck,2026-11-24 1:30\nb,hip,2026-11-24 6:00\n");
    let codes = rows.iter().map(|row| {
        let now = "2026-11-24T20:30:00Z".parse().expect("a time");
        let request = resolve(&row.raw, library(), now).unwrap_or_else(|faults| panic!("{faults}"));
        request.warnings.iter().map(|warning| warning.code).collect::<Vec<_>>()
    });
    assert_eq!(codes.collect::<Vec<_>>(), [vec!["night-time"], vec!["early-time"]]);
}
