//! A library and a request become a document.

#[path = "merge/kit.rs"]
mod kit;

use aftercare::document::plain_text;
use kit::*;

#[test]
fn a_title_speaks_to_the_patient_and_the_outline_does_not() {
    let sheet = built_in().sheet("{patient: Zoë, session: {regions: [neck]}}");
    assert_eq!(plain_text(&sheet.masthead().title), "Your next few days, Zoë");
    assert_eq!(sheet.masthead().outline_title, "Your next few days");
}
