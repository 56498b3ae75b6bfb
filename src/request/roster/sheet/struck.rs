//! Rows with words that are struck through: somebody cancelled them, or wrote a word anew. Who reads workbooks does not say
//! so.

use super::hidden::{self, Hidden, attribute, find, part_of, walk};
use quick_xml::events::{BytesStart, Event};
use std::collections::HashSet;
use std::io::Cursor;
use zip::ZipArchive;

/// Adds a row; one that is there already stays once.
pub fn add(struck: &mut Hidden, from: u32, to: u32) {
    if struck.last().is_none_or(|last| *last.end() < from) {
        hidden::add(struck, from, to);
    }
}

/// Whether an attribute says that a line goes through letters.
pub fn is_line(value: &str) -> bool {
    !["none", "0", "false"].contains(&value)
}

/// Those of a sheet of a workbook that was found sound. What cannot be followed strikes nothing.
pub fn of_xlsx(bytes: &[u8], sheet: &str) -> Hidden {
    let (formats, texts) = (formats(bytes).unwrap_or_default(), texts(bytes).unwrap_or_default());
    part_of(bytes, sheet).map(|part| rows(bytes, &part, &formats, &texts)).unwrap_or_default()
}

/// The numbers of the workbook's texts in which words are struck through: a name of which one word was written anew.
fn texts(bytes: &[u8]) -> Option<HashSet<u32>> {
    let part = named(bytes, "sharedstrings.xml")?;
    let (mut texts, mut count) = (HashSet::new(), 0u32);
    find(bytes, &part, |start| -> Option<()> {
        match start.local_name().as_ref() {
            "si" => count += 1,
            "strike" if is_struck(start) => drop(texts.insert(count.saturating_sub(1))),
            _ => {}
        }
        None
    });
    Some(texts)
}

/// A part of the workbook, by the end of its name.
fn named(bytes: &[u8], end: &str) -> Option<String> {
    let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut names = archive.file_names().filter_map(Result::ok);
    Some(names.find(|name| name.to_ascii_lowercase().ends_with(end))?.into_owned())
}

fn is_struck(start: &BytesStart<'_>) -> bool {
    attribute(start, "val").is_none_or(|value| is_line(&value))
}

/// The numbers of the cells' formats whose letters are struck through.
fn formats(bytes: &[u8]) -> Option<HashSet<u32>> {
    let part = named(bytes, "styles.xml")?;
    let (mut fonts, mut formats) = (HashSet::new(), HashSet::new());
    let (mut group, mut font, mut format) = (String::new(), 0u32, 0u32);
    find(bytes, &part, |start| -> Option<()> {
        match (&*group, start.local_name().as_ref()) {
            (
                _,
                name @ ("fonts" | "fills" | "borders" | "cellStyleXfs" | "cellXfs" | "cellStyles" | "dxfs"),
            ) => {
                name.clone_into(&mut group);
            }
            ("fonts", "font") => font += 1,
            ("fonts", "strike") if is_struck(start) => {
                fonts.insert(font);
            }
            ("cellXfs", "xf") => {
                let own = number(start, "fontId").and_then(|own| own.checked_add(1));
                if own.is_some_and(|own| fonts.contains(&own)) {
                    formats.insert(format);
                }
                format += 1;
            }
            _ => {}
        }
        None
    });
    Some(formats)
}

fn rows(bytes: &[u8], part: &str, formats: &HashSet<u32>, texts: &HashSet<u32>) -> Hidden {
    let (mut struck, mut row, mut next, mut is_of_format) = (Hidden::new(), 0, 0u32, false);
    // Whether a number is in hand that stands for a text of the workbook.
    let (mut is_shared, mut is_number) = (false, false);
    walk(bytes, part, |event| -> Option<()> {
        match event {
            Event::Start(start) | Event::Empty(start) => match start.local_name().as_ref() {
                "row" => {
                    row = number(start, "r").and_then(|number| number.checked_sub(1)).unwrap_or(next);
                    next = row.saturating_add(1);
                }
                "c" => {
                    is_of_format = number(start, "s").is_some_and(|format| formats.contains(&format));
                    is_shared = attribute(start, "t").as_deref() == Some("s");
                }
                // A cell that says nothing may have any format.
                "v" | "is" if is_of_format => add(&mut struck, row, row),
                "v" => is_number = is_shared,
                "strike" if is_struck(start) => add(&mut struck, row, row),
                _ => {}
            },
            Event::Text(text) if is_number => {
                let at = text.trim().parse::<u32>();
                if at.is_ok_and(|at| texts.contains(&at)) {
                    add(&mut struck, row, row);
                }
                is_number = false;
            }
            _ => {}
        }
        None
    });
    struck
}

fn number(start: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(start, name)?.parse().ok()
}
