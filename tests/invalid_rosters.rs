//! A folder a roster that cannot be used as it stands, with the exact message for each fault of it. A folder may hold a file of
//! columns beside its roster. `UPDATE_MESSAGES=1 cargo test --test invalid_rosters` writes the messages anew.

#[path = "support/cases.rs"]
mod cases;

use aftercare::content::files::Embedded;
use aftercare::content::{Library, load};
use aftercare::diagnostic::Faults;
use aftercare::request::resolve;
use aftercare::request::roster::{ColumnMap, Format, Roster};
use cases::{cases, coded, compare, finish, now};
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// Every fault of a roster and of its rows, in their order.
fn faults(folder: &Path, library: &Library) -> Result<Faults, Faults> {
    let files = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").file_name());
    let name = files
        .map(|name| name.to_string_lossy().into_owned())
        .find(|name| name.starts_with("roster."))
        .expect("a roster");
    let source = fs::File::open(folder.join(&name)).expect("a roster");
    let format = Format::of(&name).expect("a form of rosters");
    let roster = match fs::read_to_string(folder.join("columns.yaml")) {
        Ok(map) => {
            let map = ColumnMap::read("columns.yaml", &map, &library.keys)?;
            Roster::open_mapped(source, format, &name, &library.keys, Arc::new(map))?
        }
        Err(_) => Roster::open(source, format, &name, &library.keys)?,
    };
    let mut found = roster.remarks().to_vec();
    for row in roster {
        match resolve(&row?.raw, library, now()) {
            Ok(request) => found.extend(request.warnings),
            Err(faults) => found.extend(faults.0),
        }
    }
    Ok(Faults(found))
}

#[test]
fn rosters_name_every_fault() {
    let library = load(&Embedded).unwrap_or_else(|faults| panic!("{faults}")).value.first;
    let wrong = cases("rosters").into_iter().filter_map(|case| {
        let faults = faults(&case, &library).unwrap_or_else(|faults| faults);
        let seen = format!("{faults:?}");
        assert!(!seen.contains("Zebediah"), "{}: a patient's word is in a message: {seen}", case.display());
        compare(&case, &coded(&faults))
    });
    finish(wrong.collect());
}
