//! What is to be told about a form.

use serde::Serialize;

/// Something that the clinician should know, at the field it belongs to; an empty field: of the sheet as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Notice {
    pub field: String,
    pub text: String,
    /// Nothing that anybody must do something about.
    pub calm: bool,
}

/// What is to be told at a field.
pub fn at_field<'n>(notices: &'n [Notice], field: &str) -> Vec<&'n str> {
    notices.iter().filter(|notice| notice.field == field).map(|notice| notice.text.as_str()).collect()
}
