//! Rows of a sheet that are not shown: a filter was set, or somebody hid them. Who reads workbooks does not say so.

use quick_xml::Reader as XmlReader;
use quick_xml::events::{BytesStart, Event};
use std::io::{BufReader, Cursor};
use std::ops::RangeInclusive;
use zip::ZipArchive;

/// Ranges of such rows, from 0, at most.
pub const RANGES: usize = 100_000;

/// Of one sheet.
pub type Hidden = Vec<RangeInclusive<u32>>;

/// Adds rows behind those that are there.
pub fn add(hidden: &mut Hidden, from: u32, to: u32) {
    let room = hidden.len() < RANGES;
    match hidden.last_mut().filter(|last| last.end().checked_add(1) == Some(from)) {
        Some(last) => *last = *last.start()..=to,
        None if room => hidden.push(from..=to),
        None => {}
    }
}

/// Those of a sheet of a workbook that was found sound. What cannot be followed hides nothing.
pub fn of_xlsx(bytes: &[u8], sheet: &str) -> Hidden {
    part_of(bytes, sheet).and_then(|part| rows(bytes, &part)).unwrap_or_default()
}

type Part<'b> = XmlReader<BufReader<zip::read::ZipFile<'b, Cursor<&'b [u8]>>>>;

/// Gives each element that begins to `take`, until it has something.
pub fn find<T>(bytes: &[u8], part: &str, mut take: impl FnMut(&BytesStart<'_>) -> Option<T>) -> Option<T> {
    walk(bytes, part, |event| match event {
        Event::Start(start) | Event::Empty(start) => take(start),
        _ => None,
    })
}

/// The same of elements and texts.
pub fn walk<T>(bytes: &[u8], part: &str, mut take: impl FnMut(&Event<'_>) -> Option<T>) -> Option<T> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut xml: Part<'_> = XmlReader::from_reader(BufReader::new(archive.by_name(part).ok()?));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).ok()? {
            Event::Eof => return None,
            event => {
                if let Some(found) = take(&event) {
                    return Some(found);
                }
            }
        }
    }
}

pub fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes().filter_map(Result::ok);
    let found = attributes.find(|one| one.key.local_name().as_ref() == name)?;
    quick_xml::escape::unescape(&found.value).ok().map(|value| value.into_owned())
}

/// The part that holds a sheet, by way of its number.
pub fn part_of(bytes: &[u8], sheet: &str) -> Option<String> {
    let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut names = archive.file_names().filter_map(Result::ok);
    let book = names.find(|name| name.to_ascii_lowercase().ends_with("workbook.xml"))?.into_owned();
    let is_sheet = |start: &BytesStart<'_>| {
        start.local_name().as_ref() == "sheet" && attribute(start, "name").as_deref() == Some(sheet)
    };
    let id = find(bytes, &book, |start| is_sheet(start).then(|| attribute(start, "id"))?)?;
    let (folder, file) = book.rsplit_once('/').unwrap_or(("", &book));
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let is_own = |start: &BytesStart<'_>| attribute(start, "Id").as_deref() == Some(&*id);
    let list = format!("{folder}_rels/{file}.rels");
    let target = find(bytes, &list, |start| is_own(start).then(|| attribute(start, "Target"))?)?;
    Some(target.strip_prefix('/').map_or_else(|| format!("{folder}{target}"), str::to_owned))
}

fn rows(bytes: &[u8], part: &str) -> Option<Hidden> {
    let (mut hidden, mut next) = (Hidden::new(), 0u32);
    find(bytes, part, |start| -> Option<()> {
        if start.local_name().as_ref() == "row" {
            let number = attribute(start, "r").and_then(|number| number.parse::<u32>().ok());
            let row = number.and_then(|number| number.checked_sub(1)).unwrap_or(next);
            next = row.saturating_add(1);
            if attribute(start, "hidden").is_some_and(|is| ["1", "true"].contains(&&*is)) {
                add(&mut hidden, row, row);
            }
        }
        None
    });
    Some(hidden)
}
