//! How many bytes a sheet has: what a clinic mails and archives by the thousand.

use aftercare::{Engine, RawRequest, Request};
use chrono::{TimeZone, Utc};
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::built_in().expect("the built-in folder").value);

const REGIONS: [&str; 21] = [
    "jaw",
    "neck",
    "shoulder",
    "upper-back",
    "mid-back",
    "chest",
    "ribs",
    "lower-back",
    "hip",
    "glute",
    "thigh",
    "hamstring",
    "knee",
    "calf",
    "ankle",
    "foot",
    "upper-arm",
    "elbow",
    "forearm",
    "wrist",
    "hand",
];

const NAMES: [&str; 10] = [
    "Ann Lee",
    "Zoë Nguyen",
    "Łukasz Sørensen",
    "José Muñoz",
    "Anaïs Lefèvre",
    "Björn Åkesson",
    "Chloé Brontë",
    "",
    "Noor",
    "Šárka Dvořáková",
];

/// How many rows are tried.
const ROWS: usize = 120;

/// Rows that differ in all that a row can differ in, the same in every run.
fn requests(edition: &str) -> impl Iterator<Item = Request> {
    (0..ROWS).map(move |row: usize| {
        let areas: Vec<&str> =
            (0..=row % 3).map(|more| REGIONS[(row * 5 + more * 8) % REGIONS.len()]).collect();
        let time = format!("2026-11-{:02}T{:02}:{:02}", 10 + row % 18, 8 + row % 11, row % 4 * 15);
        let visit = format!("2026-12-{:02}T10:30", 1 + row % 28);
        let note = ["", "Left only.", "Walk 10 minutes a day. Stop when it hurts.", "Ice is fine."][row % 4];
        let given = [
            ("patient", NAMES[row % NAMES.len()]),
            ("regions", &areas.join(";")),
            ("intensity", ["light", "moderate", "intense"][row / 2 % 3]),
            ("session_at", &time),
            ("next_visit", if row.is_multiple_of(3) { "" } else { &visit }),
            ("note", note),
            ("edition", edition),
            ("paper", ["letter", "a4"][row / 3 % 2]),
        ];
        request(&given)
    })
}

fn request(given: &[(&str, &str)]) -> Request {
    let mut raw = RawRequest::new(Default::default());
    for (column, value) in given.iter().filter(|(_, value)| !value.is_empty()) {
        let key = ENGINE.keys().iter().find(|key| key.column == *column).expect("a column");
        raw.set(key, value, Default::default());
    }
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap();
    ENGINE.request(&raw, now).unwrap_or_else(|fault| panic!("{given:?}: {fault}")).value
}

fn sheet(request: &Request) -> Vec<u8> {
    ENGINE.render_pdf(request).unwrap_or_else(|fault| panic!("{fault}")).value.bytes
}

/// The middle and the most.
fn bytes(edition: &str) -> (usize, usize) {
    let mut sizes: Vec<usize> = requests(edition).map(|request| sheet(&request).len()).collect();
    sizes.sort_unstable();
    (sizes[sizes.len() / 2], sizes[sizes.len() - 1])
}

#[test]
fn a_standard_sheet_is_under_32_kib_with_accents_too() {
    let (middle, most) = bytes("");
    assert!(most < 32_768 && middle <= 31_500, "{middle} bytes in the middle, {most} at the most");
}

#[test]
fn an_ink_saver_is_under_32_kib() {
    let (middle, most) = bytes("ink-saver");
    assert!(most < 32_768 && middle <= 31_500, "{middle} bytes in the middle, {most} at the most");
}

#[test]
fn large_print_is_under_36_000_bytes() {
    let (middle, most) = bytes("large-print");
    assert!(most <= 36_000, "{middle} bytes in the middle, {most} at the most");
}

/// All but the fonts and figures, which a file has once.
#[test]
fn a_record_of_a_merged_file_is_under_9_000_bytes() {
    let length = |rows: usize| {
        let mut file = None;
        for request in requests("").take(rows) {
            let document = ENGINE.document(&request).unwrap().value;
            let layout = ENGINE.layout(&document, &request).unwrap().value;
            let file = file.get_or_insert_with(|| ENGINE.collection(Vec::new(), document.meta()).unwrap());
            file.add_named(&layout, "row").unwrap();
        }
        file.expect("rows").finish().unwrap().len()
    };
    let record = (length(ROWS) - length(ROWS / 4)) / (ROWS - ROWS / 4);
    assert!(record <= 9_000, "{record} bytes a record");
}
