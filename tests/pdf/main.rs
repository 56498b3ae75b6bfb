//! Finished PDFs, read back by programs that did not write them.

mod sheet;

#[test]
fn a_sheet_is_small_and_the_same_every_time() {
    let bytes = sheet::pdf();
    assert!(bytes.len() < 32 * 1024, "{} bytes", bytes.len());
    assert_eq!(bytes, sheet::pdf());
}
