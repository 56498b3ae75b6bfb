//! What an OpenDocument sheet unfolds to. A cell and a row of it can say that they stand there any number of times.

use super::fault::{claims_too_much, damaged, too_big};
use super::hidden::{self, Hidden};
use super::struck;
use super::table::Merged;
use crate::diagnostic::Diagnostic;
use crate::limits::{AREA, SHEET_TEXT};
use quick_xml::Reader as XmlReader;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeSet, HashSet};
use std::io::{BufReader, Cursor};
use zip::ZipArchive;

/// Cells of a row, at most.
const COLUMNS: usize = 16_384;
/// Cells that are merged downwards, of all sheets.
const MERGED: usize = 10_000;

/// What a sheet says beside its cells: those that are merged, the rows that are not shown, and those with words that are
/// struck through.
#[derive(Clone, Default)]
pub struct Beside {
    pub merged: Vec<Merged>,
    pub hidden: Hidden,
    pub struck: Hidden,
    /// Rows with comments on their cells.
    pub commented: BTreeSet<u32>,
}

/// That of each sheet, if no sheet unfolds to more than it may.
///
/// # Errors
///
/// One does, or the file is damaged.
pub fn checked(bytes: &[u8]) -> Result<Vec<Beside>, Diagnostic> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    // What is protected is told by who reads it.
    let Ok(part) = archive.by_name("content.xml") else { return Ok(Vec::new()) };
    let mut xml = XmlReader::from_reader(BufReader::new(part));
    xml.config_mut().expand_empty_elements = true;
    let (mut unfolded, mut buffer) = (Unfolded::default(), Vec::new());
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(start)) => unfolded.begin(&start)?,
            Ok(Event::Text(text)) => unfolded.text += text.len(),
            Ok(Event::End(end)) => unfolded.end(end.name().as_ref())?,
            Ok(Event::Eof) => return Ok(unfolded.beside),
            Ok(_) => {}
            // A protected file is no XML; what is damaged is told by who reads it.
            Err(_) => return Ok(unfolded.beside),
        }
    }
}

#[derive(Default)]
struct Unfolded {
    beside: Vec<Beside>,
    merges: usize,
    /// The style that is read, and those whose letters are struck through.
    style: String,
    struck: HashSet<String>,
    /// Whether words of the row are.
    is_struck: bool,
    /// Rows so far, the widest of them, and where the last one that says something ends.
    rows: usize,
    width: usize,
    height: usize,
    /// How often the row stands there, and how wide it is so far and up to its last cell that says something.
    row: usize,
    columns: usize,
    filled: usize,
    /// Bytes in the row, and in the cell.
    row_text: usize,
    text: usize,
    cell: usize,
    /// All cells and all text so far.
    cells: usize,
    all_text: usize,
}

impl Unfolded {
    fn begin(&mut self, start: &BytesStart<'_>) -> Result<(), Diagnostic> {
        match start.name().as_ref() {
            "table:table" => {
                (self.rows, self.width, self.height) = (0, 0, 0);
                self.beside.push(Beside::default());
            }
            "table:table-row" => {
                self.row = number(start, "table:number-rows-repeated")?;
                (self.columns, self.filled, self.row_text, self.is_struck) = (0, 0, 0, false);
                if let Some(sheet) = self.beside.last_mut().filter(|_| is_hidden(start)) {
                    let end = self.rows.saturating_add(self.row).saturating_sub(1);
                    hidden::add(&mut sheet.hidden, self.rows as u32, end as u32);
                }
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.cell = number(start, "table:number-columns-repeated")?.min(COLUMNS);
                let span = number(start, "table:number-rows-spanned")?;
                if span > 1 && self.merges < MERGED {
                    self.merges += 1;
                    let rows = (self.rows as u32, self.rows.saturating_add(span - 1) as u32);
                    let merged = Merged { rows, column: self.columns as u32 };
                    self.beside.last_mut().into_iter().for_each(|sheet| sheet.merged.push(merged));
                }
                self.columns += self.cell;
                let says = |name: &str| name.starts_with("office:") || name == "table:formula";
                let mut attributes = start.attributes().filter_map(Result::ok);
                if attributes.any(|attribute| says(attribute.key.as_ref())) {
                    self.filled = self.columns;
                    self.is_struck |= self.has_struck_style(start, "table:style-name");
                }
                self.text = start.len();
            }
            "style:style" => self.style = text_of(start, "style:name").unwrap_or_default(),
            "style:text-properties" => {
                let lines = ["style:text-line-through-style", "style:text-line-through-type"];
                if lines.iter().any(|name| text_of(start, name).is_some_and(|line| struck::is_line(&line))) {
                    self.struck.insert(self.style.clone());
                }
            }
            "office:annotation" => {
                let row = self.rows as u32;
                let sheet = self.beside.last_mut().filter(|sheet| sheet.commented.len() < MERGED);
                sheet.into_iter().for_each(|sheet| sheet.commented.extend([row]));
            }
            "text:span" => self.is_struck |= self.has_struck_style(start, "text:style-name"),
            _ => {}
        }
        Ok(())
    }

    fn has_struck_style(&self, start: &BytesStart<'_>, name: &str) -> bool {
        !self.struck.is_empty() && text_of(start, name).is_some_and(|style| self.struck.contains(&style))
    }

    fn end(&mut self, name: &str) -> Result<(), Diagnostic> {
        match name {
            "table:table-cell" | "table:covered-table-cell" => {
                self.row_text = self.row_text.saturating_add(self.text.saturating_mul(self.cell));
                self.text = 0;
            }
            "table:table-row" => {
                let end = self.rows.saturating_add(self.row).saturating_sub(1);
                if let Some(sheet) = self.beside.last_mut().filter(|_| self.is_struck) {
                    struck::add(&mut sheet.struck, self.rows as u32, end as u32);
                }
                self.rows = self.rows.saturating_add(self.row);
                if self.filled > 0 {
                    self.height = self.rows;
                    self.width = self.width.max(self.filled);
                    self.cells = self.cells.saturating_add(self.filled);
                    let text = self.row_text.saturating_mul(self.row);
                    self.all_text = self.all_text.saturating_add(text);
                }
                let area = self.height.saturating_mul(self.width);
                if area > AREA || self.cells > AREA {
                    return Err(claims_too_much());
                }
                if self.all_text > 4 * SHEET_TEXT {
                    return Err(too_big());
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// Whether a filter or somebody's hand hides a row.
fn is_hidden(start: &BytesStart<'_>) -> bool {
    let mut attributes = start.attributes().filter_map(Result::ok);
    attributes.any(|one| one.key.as_ref() == "table:visibility" && *one.value != *"visible")
}

fn text_of(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes().filter_map(Result::ok);
    let found = attributes.find(|attribute| attribute.key.as_ref() == name)?;
    Some(found.value.trim().to_owned())
}

/// The number of an attribute; 1 where it is not there.
fn number(start: &BytesStart<'_>, name: &str) -> Result<usize, Diagnostic> {
    let mut attributes = start.attributes().filter_map(Result::ok);
    match attributes.find(|attribute| attribute.key.as_ref() == name) {
        None => Ok(1),
        Some(found) => found.value.trim().parse().map_err(|_| damaged()),
    }
}
