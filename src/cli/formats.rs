//! What can be made of a request and of a row.

use clap::ValueEnum;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Format {
    /// A tagged PDF for paper and screen
    Pdf,
    /// One web page with everything inside
    Html,
    /// The words in reading order
    Text,
    /// A note for the patient's chart, without the name
    Note,
    /// Its times for a calendar, without the name
    Ics,
}

impl Format {
    pub const ALL: [Format; 5] = [Format::Pdf, Format::Html, Format::Text, Format::Note, Format::Ics];

    /// The ending of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Pdf => "pdf",
            Format::Html => "html",
            Format::Text => "txt",
            Format::Note => "note.txt",
            Format::Ics => "ics",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Format::Pdf => "pdf",
            Format::Html => "html",
            Format::Text => "text",
            Format::Note => "note",
            Format::Ics => "ics",
        }
    }
}

/// What a batch makes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RowFormat {
    /// A tagged PDF for paper and screen
    Pdf,
    /// One web page with everything inside
    Html,
    /// A note for the patient's chart, without the name
    Note,
    /// Its times for a calendar, without the name
    Ics,
}
