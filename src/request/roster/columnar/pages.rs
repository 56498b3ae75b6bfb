//! What the pages of a column claim, looked at before they are unpacked: memory follows these claims.

use super::fault;
use super::source::Source;
use super::thrift::{self, Page};
use crate::diagnostic::Diagnostic;
use parquet::basic::Compression;
use parquet::file::metadata::ColumnChunkMetaData;

/// Bytes of a page, at most. Programs write pages of 1 MiB.
const PAGE: i64 = 32 << 20;
/// Values of a dictionary, at most.
const DICTIONARY: i64 = 1 << 20;
/// Bytes that what stands above a page may have.
const HEAD: usize = 64 << 10;
/// Ways of writing texts by their lengths, whose number stands nowhere but inside the page.
const BY_LENGTHS: [i64; 2] = [6, 7];

/// # Errors
///
/// The column is written in a way that is not read, or claims too much.
pub fn check(source: &Source, column: &ColumnChunkMetaData, name: &str) -> Result<(), Diagnostic> {
    if !matches!(column.compression(), Compression::UNCOMPRESSED | Compression::SNAPPY) {
        let hint = "write the file with `snappy`, or without compression";
        return Err(fault::column(name, "is compressed in a way that is not read", hint));
    }
    let start = column.dictionary_page_offset().unwrap_or(column.data_page_offset());
    let (start, length) = (u64::try_from(start), u64::try_from(column.compressed_size()));
    let (Ok(mut at), Ok(length)) = (start, length) else { return Err(fault::damaged()) };
    let end = at.checked_add(length).filter(|end| *end <= source.length).ok_or_else(fault::damaged)?;
    let mut window = Window { start: 0, bytes: Vec::new() };
    while at < end {
        let page = window.page(source, at).ok_or_else(fault::damaged)?;
        let behind = at + page.head as u64;
        let packed = u64::try_from(page.packed).map_err(|_| fault::damaged())?;
        at = behind.checked_add(packed).filter(|at| *at <= end).ok_or_else(fault::damaged)?;
        fits(&page, name)?;
    }
    Ok(())
}

fn fits(page: &Page, name: &str) -> Result<(), Diagnostic> {
    if page.unpacked < 0 || page.values < 0 {
        return Err(fault::damaged());
    }
    if page.unpacked > PAGE || page.packed > PAGE || page.is_dictionary && page.values > DICTIONARY {
        return Err(fault::claims_too_much());
    }
    if BY_LENGTHS.contains(&page.encoding) {
        let hint = "write it with a dictionary or plain, as most programs do";
        return Err(fault::column(name, "is written in an encoding that is not read", hint));
    }
    Ok(())
}

/// Bytes that were read once for the heads of several small pages.
struct Window {
    start: u64,
    bytes: Vec<u8>,
}

impl Window {
    fn page(&mut self, source: &Source, at: u64) -> Option<Page> {
        let inside =
            at.checked_sub(self.start).and_then(|skipped| self.bytes.get(usize::try_from(skipped).ok()?..));
        if let Some(page) = inside.and_then(thrift::page) {
            return Some(page);
        }
        *self = Window { start: at, bytes: source.read_at(at, HEAD).ok()? };
        thrift::page(&self.bytes)
    }
}
