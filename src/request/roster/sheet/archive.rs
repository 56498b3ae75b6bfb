//! What a compressed workbook may unpack to. A file of a few kilobytes can claim gigabytes, so that all of its parts are
//! unpacked once and counted before anything is read.

use super::fault::{claims_too_much, damaged, locked, too_big};
use crate::diagnostic::Diagnostic;
use crate::limits::{CELLS, MARKUP, PARTS, STYLES, WORKBOOK_UNPACKED};
use quick_xml::Reader as XmlReader;
use quick_xml::events::Event;
use std::io::{BufReader, Cursor, Read};
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

pub type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// What the archive holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Xlsx,
    Ods,
    /// Excel's binary form.
    Xlsb,
    Other,
}

/// The kind of an archive whose parts are all within bounds.
///
/// # Errors
///
/// It is damaged, protected, or unpacks to more than a workbook may hold.
pub fn checked(bytes: &[u8]) -> Result<Kind, Diagnostic> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    if archive.len() > PARTS {
        return Err(too_big());
    }
    let mut counted = Counted::default();
    for index in 0..archive.len() {
        counted.part(archive.by_index(index).map_err(wrong)?)?;
    }
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(wrong)?;
        if lower_name(&part).ends_with("sharedstrings.xml") {
            claimed_strings(part)?;
        }
    }
    Ok(kind(&archive))
}

pub fn wrong(error: ZipError) -> Diagnostic {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => locked(),
        _ => damaged(),
    }
}

fn lower_name(part: &ZipFile<'_, Cursor<&[u8]>>) -> String {
    part.name().map_or_else(|_| String::new(), |name| name.to_ascii_lowercase())
}

fn kind(archive: &Archive<'_>) -> Kind {
    let names = || archive.file_names().filter_map(Result::ok).map(|name| name.to_ascii_lowercase());
    let has = |wanted: &str| names().any(|name| name == wanted);
    let ends = |end: &str| names().any(|name| name.ends_with(end));
    if has("content.xml") && has("mimetype") {
        return Kind::Ods;
    }
    match (ends("workbook.bin"), ends("workbook.xml"), has("[content_types].xml")) {
        (true, _, _) => Kind::Xlsb,
        // Some programs give the part another name.
        (_, true, _) => Kind::Xlsx,
        (_, _, true) if ends("worksheets/sheet1.xml") => Kind::Xlsx,
        _ => Kind::Other,
    }
}

/// What all parts take together.
#[derive(Default)]
struct Counted {
    bytes: u64,
    /// Marks in parts that grow with the rows, and in the others.
    rows: usize,
    others: usize,
}

impl Counted {
    fn part(&mut self, mut part: ZipFile<'_, Cursor<&[u8]>>) -> Result<(), Diagnostic> {
        let name = lower_name(&part);
        let grows =
            name.contains("worksheets/") || name.ends_with("sharedstrings.xml") || name == "content.xml";
        let mut chunk = vec![0; 64 << 10];
        loop {
            let read = part.read(&mut chunk).map_err(|_| damaged())?;
            let Some(text) = chunk.get(..read).filter(|text| !text.is_empty()) else { return Ok(()) };
            let marks = text.iter().filter(|byte| **byte == b'<').count();
            self.bytes += read as u64;
            match grows {
                true => self.rows += marks,
                false => self.others += marks,
            }
            if self.bytes > WORKBOOK_UNPACKED || self.rows > MARKUP || self.others > STYLES {
                return Err(too_big());
            }
        }
    }
}

/// A list of texts says how many it holds, and whoever reads it makes room for as many.
fn claimed_strings(part: ZipFile<'_, Cursor<&[u8]>>) -> Result<(), Diagnostic> {
    let mut xml = XmlReader::from_reader(BufReader::new(part));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|_| damaged())? {
            Event::Start(start) | Event::Empty(start) if start.local_name().as_ref() == "sst" => {
                let counts = start.attributes().filter_map(Result::ok);
                let mut counts = counts.filter(|one| one.key.as_ref() == "uniqueCount");
                let is_small =
                    |text: &str| text.trim().parse::<usize>().is_ok_and(|count| count <= CELLS.most);
                return match counts.all(|one| is_small(&one.value)) {
                    true => Ok(()),
                    false => Err(claims_too_much()),
                };
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}
