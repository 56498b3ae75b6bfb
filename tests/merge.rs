//! A library and a request become a document.

#[path = "merge/kit.rs"]
mod kit;
#[path = "merge/read.rs"]
mod read;
#[path = "support/values.rs"]
mod values;

#[path = "merge/faults.rs"]
mod faults;
#[path = "merge/hostile.rs"]
mod hostile;
#[path = "merge/safety.rs"]
mod safety;
#[path = "merge/sheets.rs"]
mod sheets;

use kit::*;
use std::fs;

/// A folder a request, with the sheet as it reads. `UPDATE_SHEETS=1 cargo test --test merge` writes them anew: read
/// them before you keep them.
#[test]
fn sheets_read_as_they_should() {
    let mut cases: Vec<_> = fs::read_dir(fixtures().join("merge"))
        .expect("cases")
        .map(|entry| entry.expect("a case").path())
        .collect();
    cases.sort();
    for case in cases {
        let request = fs::read_to_string(case.join("request.yaml")).expect("a request");
        let seen = read::read(&small().sheet(&request));
        if std::env::var_os("UPDATE_SHEETS").is_some() {
            fs::write(case.join("sheet.txt"), &seen).expect("a sheet is written");
        }
        let wanted = fs::read_to_string(case.join("sheet.txt")).unwrap_or_default();
        assert_eq!(wanted, seen, "{}", case.display());
    }
}
