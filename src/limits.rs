//! What a clinic folder may hold of each thing. Real folders stay far below; more would make a sheet slow, or cost more
//! memory than a small machine has. Sizes of files stand in `content::files`.

use crate::diagnostic::Diagnostic;

/// The code of every fault that this module words.
pub const TOO_MANY: &str = "too-many";

/// The most of a thing, and what to do about more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    pub most: usize,
    /// In the plural: `questions`.
    things: &'static str,
    advice: &'static str,
}

/// Questions in a `faq.yaml`.
pub const QUESTIONS: Limit =
    Limit::new(200, "questions", "a sheet has room for ten: merge some, or leave some out");
/// Entries of a library of exercises.
pub const EXERCISES: Limit = Limit::new(200, "entries", "leave out those that nobody chooses");
/// Exercises of one library that a sheet shows, at most: a request names no more.
pub const EXERCISES_PER_SHEET: u32 = 6;
/// Facts of a treatment.
pub const FACTS: Limit = Limit::new(40, "facts", "leave out those that no sign and no text asks for");
/// Treatments of a folder.
pub const TREATMENTS: Limit = Limit::new(20, "treatments", "make a folder for each clinic that has its own");
/// Options of a treatment.
pub const OPTIONS: Limit = Limit::new(24, "options", "ask for less: what nobody asks for goes into the note");
/// Options of all treatments of a folder: each is a column of a roster.
pub const OWN_KEYS: Limit = Limit::new(40, "options", "let treatments share those that ask the same");
/// Treated areas of a treatment, in all their groups.
pub const REGIONS: Limit = Limit::new(100, "areas", "put those together that lead to the same advice");
/// Situations that one text is tried in, and patients that `check` makes up.
pub const TRIED: usize = 50_000;
/// Sections in one language.
pub const SECTIONS: Limit = Limit::new(60, "sections", "merge some, or leave some out");
/// Claims in `claims.yaml`.
pub const CLAIMS: Limit = Limit::new(500, "claims", "leave out those that no text rests on");
/// Entries of any list of `clinic.yaml`, and of each group of `treatment.yaml` and `advertising.yaml`.
pub const LISTED: Limit = Limit::new(100, "entries", "leave out those that nobody uses");
/// Phrases in `advertising.yaml`, of all its rules.
pub const PHRASES: Limit = Limit::new(1000, "phrases", "leave out those that another one covers");
/// Letters and spaces of one phrase.
pub const PHRASE: Limit = Limit::new(100, "characters", "a few words are enough");
/// Paragraphs, headings, items, figures and other blocks of one text, those inside each other too.
pub const BLOCKS: Limit =
    Limit::new(200, "paragraphs, items and other blocks", "part it into sections of their own");
/// Figures in all texts of one language: each stands whole in every page that shows it.
pub const FIGURES: Limit = Limit::new(60, "figures", "leave some out of the texts");
/// Rows of a table, without its head.
pub const ROWS: Limit = Limit::new(40, "rows", "part it into tables of their own, each with a head");
/// Columns of a table.
pub const COLUMNS: Limit =
    Limit::new(8, "columns", "a column of a sheet is narrow: turn the table, or say it in a list");
/// Namespaces that a picture declares.
pub const NAMESPACES: Limit = Limit::new(32, "namespaces", "save it as plain SVG");
/// Attributes of one element of a picture.
pub const ATTRIBUTES: Limit = Limit::new(100, "attributes", "save it as plain SVG");
/// Points of one glyph, those of its parts counted with it.
pub const POINTS: Limit = Limit::new(5_000, "points", "take a text font");
/// Fonts for the scripts of names and notes.
pub const SCRIPT_FONTS: Limit = Limit::new(60, "fonts", "keep one or two a script");
/// Glyphs that a font may make of one character on the average of a stretch: real ones make two or three.
pub const GLYPHS: usize = 8;

/// Cells of one sheet of a workbook that is read as a roster: a hospital's month. More come as CSV, which is read row by
/// row.
pub const CELLS: Limit = Limit::new(500_000, "cells", "save the sheet as CSV UTF-8");
/// Cells of the rectangle around what stands in a sheet, where it has to be held as one.
pub const AREA: usize = 2_000_000;
/// Bytes of a workbook as it is saved, and of all of its parts unpacked.
pub const WORKBOOK: usize = 32 << 20;
pub const WORKBOOK_UNPACKED: u64 = 128 << 20;
/// Parts of a workbook; marks (`<`) in those that grow with the rows, and in all others.
pub const PARTS: usize = 4_096;
pub const MARKUP: usize = 3_000_000;
pub const STYLES: usize = 300_000;
/// Bytes of all text of one sheet.
pub const SHEET_TEXT: usize = 32 << 20;

/// Bytes of one text, as written and as filled in.
pub const TEXT: usize = 32 << 10;
/// Bytes of all texts of one language together.
pub const TEXTS: usize = 512 << 10;
/// Bytes of all figures together.
pub const DRAWINGS: usize = 4 << 20;
/// Glyphs made of glyphs, inside each other.
pub const PARTS_DEEP: usize = 8;

impl Limit {
    const fn new(most: usize, things: &'static str, advice: &'static str) -> Limit {
        Limit { most, things, advice }
    }

    /// `holder` has too many: "the table has 41 rows, allowed are 40".
    pub fn fault(&self, holder: &str, count: usize) -> Diagnostic {
        let message = format!("{holder} has {count} {}, allowed are {}", self.things, self.most);
        Diagnostic::error(TOO_MANY, message).hint(self.advice)
    }
}

/// A text, or all texts together, of too many bytes.
pub fn too_long(what: &str, bytes: usize, most: usize, advice: &'static str) -> Diagnostic {
    let kib = |bytes: usize| bytes.div_ceil(1 << 10);
    let message = format!("{what} {} KiB long, allowed are {}", kib(bytes), kib(most));
    Diagnostic::error("text-too-long", message).hint(advice)
}

/// How many wrong values of a list are looked at: a list of thousands would hold a processor for minutes, and far fewer are
/// told.
pub const MOST_WRONG: usize = 64;
