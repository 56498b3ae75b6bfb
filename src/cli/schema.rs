//! `schema`: JSON Schemas of the files that people write, from the table of keys and the clinic folder.

mod request;

use super::args::{Global, Schema, SchemaArgs};
use super::clinic;
use super::outcome::Failure;
use super::output::to_stdout;
use super::report::Reporter;

pub fn run(args: &SchemaArgs, global: &Global, reporter: &Reporter) -> Result<(), Failure> {
    let engine = clinic::engine(global, reporter)?;
    let schema = match args.what {
        Schema::Request => request::request(&engine),
        Schema::Roster => request::roster(&engine),
        Schema::Clinic => crate::clinic_schema().to_value(),
        Schema::Treatment => crate::file_schema("treatment"),
        Schema::Language => crate::file_schema("language-words"),
    };
    to_stdout(format!("{schema:#}\n").as_bytes())
}
