//! What people write in lists: the words of the sheet, everyday names, several in one cell, titles, days as spreadsheets
//! write them. What is clear is taken; what is not is asked, and never guessed.

use aftercare::content::files::Embedded;
use aftercare::content::{Library, load};
use aftercare::diagnostic::Faults;
use aftercare::options::{Edition, Side};
use aftercare::request::roster::{Format, Roster};
use aftercare::request::{Request, resolve};
use std::sync::OnceLock;

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| load(&Embedded).unwrap_or_else(|faults| panic!("{faults}")).value.first)
}

/// The rows of a roster whose columns have been looked at.
fn rows(format: Format, text: &[u8]) -> Vec<Result<Request, Faults>> {
    let open =
        || Roster::open(text, format, "roster", &library().keys).unwrap_or_else(|faults| panic!("{faults}"));
    let now = "2026-11-24T20:30:00Z".parse().expect("a time");
    let rows = open().with_orders(open().orders());
    rows.map(|row| resolve(&row.expect("a row").raw, library(), now).map(|report| report.value)).collect()
}

fn csv(columns: &str, cells: &str) -> Result<Request, Faults> {
    let text = format!("id,{columns}\np1,{cells}\n");
    rows(Format::Csv, text.as_bytes()).remove(0)
}

fn regions(cell: &str) -> Result<Vec<String>, String> {
    let found = csv("regions", &format!("\"{cell}\""));
    let ids = |request: Request| request.chosen.ids("regions").into_iter().map(str::to_owned).collect();
    found.map(ids).map_err(|faults| faults.to_string())
}

/// The side of the one area of a cell.
fn side_of(cell: &str) -> Option<&'static str> {
    let row = csv("regions", &format!("\"{cell}\"")).unwrap_or_else(|faults| panic!("{cell}: {faults}"));
    let areas = row.chosen.ids("regions");
    assert_eq!(areas.len(), 1, "{cell}: {areas:?}");
    row.chosen.side(areas[0]).map(Side::name)
}

fn are(names: &[&str]) -> Result<Vec<String>, String> {
    Ok(names.iter().map(|name| (*name).to_owned()).collect())
}

fn with(column: &str, cell: &str) -> Result<Request, String> {
    csv(&format!("regions,{column}"), &format!("neck,\"{cell}\"")).map_err(|faults| faults.to_string())
}

#[test]
fn the_words_of_sheet_and_page_are_taken() {
    for cell in
        ["Lower back", "lower_back", "LOWER-BACK", " lowerback ", "Lower\u{a0}back", "lower\u{2011}back"]
    {
        assert_eq!(regions(cell), are(&["lower-back"]), "{cell}");
    }
    let row = with_cells("precautions,edition,activity,paper", "Blood thinners,Large print,Desk work,A4");
    assert_eq!(row.chosen.ids("precautions"), ["blood-thinners"]);
    assert_eq!((row.edition, row.chosen.one("activity")), (Edition::LargePrint, Some("desk")));
    let row =
        with_cells("precautions,activity,exclude,therapist,next_visit,rest_hours", "None,N/A,-,Nobody,—,n/a");
    assert!(row.chosen.ids("precautions").is_empty() && row.exclude.is_empty());
    assert_eq!((row.chosen.one("activity"), row.chosen.hours("rest_hours")), (None, None));
    assert_eq!((row.therapist, row.next_visit), (None, None));
}

fn with_cells(columns: &str, cells: &str) -> Request {
    let row = csv(&format!("regions,{columns}"), &format!("neck,{cells}"));
    row.unwrap_or_else(|faults| panic!("{faults}"))
}

#[test]
fn several_areas_in_one_cell_are_several_areas() {
    for cell in [
        "neck, shoulder",
        "neck/shoulder",
        "neck and shoulder",
        "Neck & Shoulder",
        "neck\nshoulder",
        "neck; shoulder",
    ] {
        assert_eq!(regions(cell), are(&["neck", "shoulder"]), "{cell}");
    }
    assert_eq!(regions("neck, LBP and shoulder"), are(&["neck", "lower-back", "shoulder"]));
    let wrong = regions("neck, sholder").expect_err("one of them is none");
    assert!(wrong.contains("unknown region `sholder`; did you mean `shoulder`?"), "{wrong}");
    assert!(regions("None").expect_err("no area").contains("`session.regions` is missing"));
}

#[test]
fn everyday_names_of_areas_are_understood() {
    for (cell, region) in [
        ("LBP", "lower-back"),
        ("lumbar", "lower-back"),
        ("SI joint", "lower-back"),
        ("upper trap", "shoulder"),
        ("Rotator cuff", "shoulder"),
        ("quads", "thigh"),
        ("ITB", "thigh"),
        ("gluteus medius", "glute"),
        ("piriformis", "glute"),
        ("T.M.J.", "jaw"),
        ("pecs", "chest"),
        ("pec", "chest"),
        ("calves", "calf"),
        ("shin", "calf"),
        ("plantar fascia", "foot"),
        ("hams", "hamstring"),
        ("groin", "hip"),
        ("Golfer\u{2019}s elbow", "elbow"),
    ] {
        assert_eq!(regions(cell), are(&[region]), "{cell}");
    }
}

#[test]
fn a_name_of_several_areas_is_asked() {
    for (cell, named) in [
        ("back", "`upper-back`, `mid-back`, `lower-back`"),
        ("traps", "`neck`, `shoulder`, `upper-back`"),
        ("QL", "`ribs`, `lower-back`"),
        ("Arm", "`shoulder`, `upper-arm`"),
    ] {
        let wrong = regions(cell).expect_err(cell);
        assert!(
            wrong.contains("may mean several of the regions") && wrong.contains(named),
            "{cell}: {wrong}"
        );
    }
}

/// `LT` is the left side and the lower trapezius, which lies over the lungs.
#[test]
fn a_word_that_may_be_a_side_or_an_area_is_asked() {
    for cell in ["glute; LT", "UT, LT", "UT/LT", "UT LT", "lower back, LT", "LT"] {
        let wrong = regions(cell).expect_err(cell);
        assert!(wrong.contains("may mean several of the regions"), "{cell}: {wrong}");
    }
    for cell in ["LT knee", "knee LT", "knee (lt)"] {
        assert_eq!(side_of(cell), Some("left"), "{cell}");
    }
}

#[test]
fn two_sides_that_contradict_each_other_are_asked() {
    for cell in ["left knee:right", "both hip left", "bilateral hip (R)", "right both hip", "R hip L"] {
        let wrong = regions(cell).expect_err(cell);
        assert!(wrong.contains("does not say which side"), "{cell}: {wrong}");
    }
    // Either of two, or both of them: nobody knows, and how to say each is told.
    for cell in ["L/R shoulder", "shoulder L/R", "Right / left shoulder", "shoulder (R/L)"] {
        let wrong = regions(cell).expect_err(cell);
        assert!(wrong.contains("does not say which side"), "{cell}: {wrong}");
        assert!(wrong.contains("`shoulder:left`, `shoulder:right`, `shoulder:both`"), "{cell}: {wrong}");
    }
    assert_eq!(regions("neck/shoulder"), are(&["neck", "shoulder"]));
    for (cell, side) in [
        ("left and right knee", "both"),
        ("knee R+L", "both"),
        ("both knees", "both"),
        ("both knees (L and R)", "both"),
        ("left knee left", "left"),
    ] {
        assert_eq!(side_of(cell), Some(side), "{cell}");
    }
}

/// No wrong guess between parts of the body: what is near in letters may be another part, without lung signs.
#[test]
fn nothing_is_guessed_of_short_or_other_words() {
    for cell in [
        "hed",
        "nek",
        "lpb",
        "hnd",
        "ribz",
        "upper tarp",
        "upper leg",
        "chin",
        "cheek",
        "sideback",
        "elbw",
        "scalp",
        "hind",
        "upper bak",
    ] {
        let wrong = regions(cell).expect_err(cell);
        assert!(!wrong.contains("did you mean"), "{cell}: {wrong}");
        assert!(wrong.contains('`'), "the areas are listed: {wrong}");
    }
    for (cell, meant) in [
        ("sholder", "shoulder"),
        ("ankel", "ankle"),
        ("hampstring", "hamstring"),
        ("uppper-back", "upper-back"),
    ] {
        assert!(regions(cell).expect_err(cell).contains(&format!("did you mean `{meant}`?")), "{cell}");
    }
}

#[test]
fn every_everyday_name_means_one_area_or_is_asked() {
    let names = &library().packs.values().next().expect("a language").names;
    let text = include_str!("../content/languages/en/names.yaml");
    for line in text.lines().filter(|line| line.starts_with("  ") && line.contains('[')) {
        let (name, areas) = line.trim().split_once(": [").expect("a list");
        let areas = areas.trim_end_matches(']').split(", ").count();
        let meant = names.of("regions", &aftercare::content::names::fold(name));
        assert!(meant.is_empty() || meant.len() == areas && areas > 1, "{name}");
    }
}

#[test]
fn a_therapist_is_found_without_capitals_and_with_a_title() {
    for cell in ["valerie", "VALERIE", "Valerie, PT", "Valerie (PT, CGIMS)", " Valerie ,  MScPT"] {
        assert_eq!(
            with("therapist", cell).map(|row| row.therapist),
            Ok(Some("Valerie".to_owned())),
            "{cell}"
        );
    }
    // Whom the clinic calls by a first name, a practice's program calls by a family name too.
    for cell in ["Valerie Chen", "CHEN, VALERIE", "Valerie Ann Chen, PT", "van der Berg, Valerie"] {
        assert_eq!(
            with("therapist", cell).map(|row| row.therapist),
            Ok(Some("Valerie".to_owned())),
            "{cell}"
        );
    }
    for cell in ["Dr. Valerie", "Mme Valerie Chen", "Valerie RMT", "Chen, Dr. Valerie, PT", "دکتر Valerie"]
    {
        assert_eq!(
            with("therapist", cell).map(|row| row.therapist),
            Ok(Some("Valerie".to_owned())),
            "{cell}"
        );
    }
    for cell in [
        "Valerie, Dr. Suzie",
        "Dr. Chen",
        "Valerie, Suzie",
        "Val",
        "Valerie / Suzie",
        "Valerie and Max",
        "Valerie Suzie",
        "Chen Valerie",
        "Suzie Chen, Valerie",
        "Max & Valerie Chen",
    ] {
        let wrong = with("therapist", cell).expect_err(cell);
        assert!(wrong.contains("allowed are `") && !wrong.contains("put `;`"), "{cell}: {wrong}");
    }
}

/// The warning is `several-names`.
#[test]
fn a_name_that_may_be_two_peoples_is_told() {
    let warned = |name: &str| {
        let list = format!("id,regions,patient\np1,neck,\"{name}\"\n");
        let mut roster =
            Roster::open(list.as_bytes(), Format::Csv, "day", &library().keys).expect("a roster");
        let row = roster.next().expect("a row").expect("read");
        let now = "2026-11-24T20:30:00Z".parse().expect("a time");
        let warnings = resolve(&row.raw, library(), now).expect("a request").warnings;
        warnings.iter().any(|told| told.code == "several-names" && !told.message.contains(name))
    };
    for name in ["Ann Lee / Bo Lee", "Ann/Bo", "Ann & Bo", "Gus Ito and Hal Ito", "Ann + Bo"] {
        assert!(warned(name), "{name}");
    }
    for name in ["Ann Lee", "Ali S/O Omar", "Ortega y Gasset", "Andy And", "Ferdinand", "Zoë-Ann"] {
        assert!(!warned(name), "{name}");
    }
}

/// The warnings are `turned-name` and `odd-name`: a sheet says a name as it stands.
#[test]
fn a_family_name_in_front_and_a_phone_number_beside_a_name_are_told() {
    let warned = |name: &str| {
        let list = format!("id,regions,patient\np1,neck,\"{name}\"\n");
        let mut roster =
            Roster::open(list.as_bytes(), Format::Csv, "day", &library().keys).expect("a roster");
        let row = roster.next().expect("a row").expect("read");
        let now = "2026-11-24T20:30:00Z".parse().expect("a time");
        let warnings = resolve(&row.raw, library(), now).expect("a request").warnings;
        warnings.iter().map(|told| told.code).find(|code| code.ends_with("-name"))
    };
    for name in ["Lee, Ann", "da Silva, Zoë Marie", "O'Brien, Pat", "李, 明华"] {
        assert_eq!(warned(name), Some("turned-name"), "{name}");
    }
    for name in ["Ann Lee (416-555-0101)", "416 555 0101 Ann"] {
        assert_eq!(warned(name), Some("odd-name"), "{name}");
    }
    for name in ["Ann Lee", "Lee, Jr.", "Ann Lee, III", "Ann, B", "Ann Lee 2"] {
        assert_eq!(warned(name), None, "{name}");
    }
}

#[test]
fn two_lists_beside_each_other_are_not_taken_for_one() {
    let codes = |list: &str| {
        let offered = aftercare::request::roster::offered(list.as_bytes(), "day", library());
        offered.map(|_| ()).map_err(|faults| faults.0.iter().map(|fault| fault.code).collect::<Vec<_>>())
    };
    let day = "Rachel,,,Suzie,,\nTime,Patient,Area,Time,Patient,Area\n9:00,Ann,neck,9:00,Bo,hip\n";
    assert_eq!(codes(day), Err(vec!["two-lists"]));
    assert_eq!(codes("Name,Time,Area,Name\nAnn,9:00,neck,Rachel\n"), Ok(()));
}

#[test]
fn a_number_of_a_program_is_the_number() {
    assert_eq!(with("rest_hours", "36.0").map(|row| row.chosen.hours("rest_hours")), Ok(Some(36)));
    let json = br#"{"id": 7.0, "regions": ["neck"], "rest_hours": 36.0}
{"id": 1e20, "regions": ["neck"]}
{"id": 12345678901234567890123, "regions": ["neck"]}
"#;
    let ids: Vec<_> = rows(Format::JsonLines, json)
        .into_iter()
        .map(|row| row.unwrap_or_else(|faults| panic!("{faults}")).id.expect("an id"))
        .collect();
    assert_eq!(ids, ["7.0", "1e20", "12345678901234567890123"]);
}

/// When the sessions of a roster are, or what is wrong with them.
fn times(cells: &[&str]) -> Vec<String> {
    let lines: String =
        cells.iter().enumerate().map(|(row, cell)| format!("p{row},neck,\"{cell}\"\n")).collect();
    let rows = rows(Format::Csv, format!("id,regions,session_at\n{lines}").as_bytes());
    let said = |row: Result<Request, Faults>| match row {
        Ok(request) => request.session_at.format("%Y-%m-%dT%H:%M").to_string(),
        Err(faults) => faults.to_string(),
    };
    rows.into_iter().map(said).collect()
}

#[test]
fn times_are_read_as_spreadsheets_write_them() {
    for cell in [
        "11/24/2026 3:30 PM",
        "24/11/2026 15:30",
        "24-Nov-26 15:30",
        "Nov 24, 2026 3:30 p.m.",
        "46350.64583333",
    ] {
        assert_eq!(times(&[cell]), ["2026-11-24T15:30"], "{cell}");
    }
}

#[test]
fn the_column_says_whether_days_or_months_come_first() {
    assert_eq!(times(&["03/11/2026 9:00", "24/11/2026 9:00"]), ["2026-11-03T09:00", "2026-11-24T09:00"]);
    assert_eq!(times(&["11/03/2026 9:00", "11/24/2026 9:00"]), ["2026-11-03T09:00", "2026-11-24T09:00"]);
    let open = times(&["03/11/2026 9:00"]).concat();
    assert!(open.contains("may be one of two days"), "{open}");
    assert!(open.contains("`2026-11-03T09:00`, or write it as `2026-03-11T09:00`"), "{open}");
    let both = times(&["24/11/2026 9:00", "11/24/2026 9:00", "03/11/2026 9:00"]);
    assert_eq!(&both[..2], ["2026-11-24T09:00", "2026-11-24T09:00"]);
    assert!(both[2].contains("may be one of two days"), "{both:?}");
}

#[test]
fn a_wrong_time_says_how_to_write_it() {
    for (cell, said) in [
        ("tomorrow", "`2026-11-24T15:30` or `11/24/2026 3:30 PM`"),
        ("3:30 PM", "`2026-11-24T15:30` or `11/24/2026 3:30 PM`"),
        ("2026-11-24", "has no time of day"),
        ("11/24/2026", "has no time of day"),
        ("46350", "has no time of day"),
        ("24/11/26 15:30", "write the year with four digits"),
        ("0026-11-24T15:30", "years go from"),
        ("11/24/1926 3:30 PM", "years go from"),
        ("2026-03-08T02:30", "the clocks went forward"),
        ("03/08/2026 2:30 AM", "may be one of two days"),
        ("-", "is no time"),
    ] {
        let wrong = times(&[cell]).concat();
        assert!(wrong.contains(said), "{cell}: {wrong}");
        assert!(cell.contains("02:30") || !wrong.contains("clocks"), "{cell}: {wrong}");
    }
}

#[test]
fn a_file_that_is_no_table_says_what_it_is() {
    let refused = |bytes: &[u8]| match Roster::open(bytes, Format::Csv, "roster", &library().keys) {
        Ok(_) => panic!("the file was taken"),
        Err(faults) => faults.to_string(),
    };
    assert!(refused(b"PK\x03\x04rest").contains("this workbook is damaged, or not whole"));
    assert!(refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").contains("this workbook is damaged"));
    assert!(refused(&[0; 4096]).contains("damaged"));
    assert!(refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").contains("holds no text"));
    assert!(rows(Format::Csv, b"\"sep=,\"\nid,regions\np1,neck\n").remove(0).is_ok());
}
