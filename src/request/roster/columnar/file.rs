//! A Parquet file: what it claims, and its rows in batches. All of it is read in threads of their own, so that what a damaged
//! file breaks in the library is told as that.

use super::super::encoding::PARQUET;
use super::column::{Cell, Column};
use super::kind::Kind;
use super::source::Source;
use super::{READER, fault, pages, thrift};
use crate::diagnostic::Diagnostic;
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};
use parquet::schema::types::SchemaDescriptor;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// How a file ends that is encrypted.
const ENCRYPTED: &[u8] = b"PARE";
/// The length of what stands behind the pages, and the sign.
const TAIL: usize = 8;
/// Bytes of what stands behind the pages, at most.
const FOOTER: u64 = 16 << 20;
/// Columns with all that is nested in them, at most: the library goes into them one in another.
const ELEMENTS: u64 = 1024;
/// Rows of each byte of a file, at most: the same row again and again takes next to nothing.
const ROWS_A_BYTE: u64 = 1024;
/// For what is nested as deep as it may be.
const STACK: usize = 16 << 20;
/// Rows that are read at once.
const BATCH: usize = 256;

type Groups = SerializedFileReader<Source>;

/// A file whose claims were looked at.
pub struct File {
    source: Source,
    groups: Arc<Groups>,
    /// The columns, as they stand.
    pub names: Vec<String>,
    pub rows: u64,
}

/// Some rows: their number, and the cells of each column that was asked for.
pub struct Batch {
    pub rows: usize,
    pub columns: Vec<(usize, Vec<Cell>)>,
}

pub type Batches = Receiver<Result<Option<Batch>, Diagnostic>>;

impl File {
    /// # Errors
    ///
    /// It is damaged, encrypted, or claims too much.
    pub fn open(source: Source) -> Result<File, Diagnostic> {
        claims(&source)?;
        apart(move || {
            let groups = Groups::new(source.clone()).map_err(|_| fault::damaged())?;
            let schema = groups.metadata().file_metadata().schema_descr();
            let names = schema.root_schema().get_fields().iter().map(|field| field.name().to_owned());
            let (names, mut rows) = (names.collect(), 0u64);
            for group in groups.metadata().row_groups() {
                let more = u64::try_from(group.num_rows()).map_err(|_| fault::damaged())?;
                rows = rows.checked_add(more).ok_or_else(fault::damaged)?;
            }
            if rows > source.length.saturating_mul(ROWS_A_BYTE) {
                return Err(fault::claims_too_much());
            }
            Ok(File { source, groups: Arc::new(groups), names, rows })
        })
    }

    /// What is wrong with a column that is to be read.
    pub fn unfit(&self, at: usize) -> Option<Diagnostic> {
        let schema = self.groups.metadata().file_metadata().schema_descr();
        let name = self.names.get(at)?;
        let hint = "write it as text, a whole number, a day or a time";
        let Some(leaf) = leaf(schema, name) else {
            let hint = "write it as text, with `;` between the parts";
            return Some(fault::column(name, "holds lists or groups of values", hint));
        };
        let kind = Kind::of(schema.columns().get(leaf)?);
        kind.err().map(|what| fault::column(name, what, hint))
    }

    /// The rows with some of the columns, by their places. The last thing that is sent is `None` or a fault.
    ///
    /// # Errors
    ///
    /// There can be no thread.
    pub fn batches(&self, columns: Vec<usize>) -> Result<Batches, Diagnostic> {
        let (sender, batches) = sync_channel(1);
        let (source, groups) = (self.source.clone(), self.groups.clone());
        let names: Vec<(usize, String)> =
            columns.into_iter().filter_map(|at| Some((at, self.names.get(at)?.clone()))).collect();
        let reading = move || {
            if let Err(fault) = send(&source, &groups, &names, &sender) {
                let _ = sender.send(Err(fault));
            }
        };
        thread().spawn(reading).map_err(|error| no_thread(&error))?;
        Ok(batches)
    }
}

/// What a file claims behind its pages, before the library makes anything of it.
fn claims(source: &Source) -> Result<(), Diagnostic> {
    let read = |start, length| source.read_at(start, length).map_err(|_| fault::damaged());
    let tail_at = source.length.checked_sub(TAIL as u64).ok_or_else(fault::damaged)?;
    let tail = read(tail_at, TAIL)?;
    let (length, sign) = tail.split_at_checked(4).ok_or_else(fault::damaged)?;
    if sign == ENCRYPTED {
        return Err(fault::locked());
    }
    let length = u64::from(u32::from_le_bytes(length.try_into().map_err(|_| fault::damaged())?));
    if sign != PARQUET {
        return Err(fault::damaged());
    }
    let start = tail_at.checked_sub(length).ok_or_else(fault::damaged)?;
    if length > FOOTER {
        return Err(fault::claims_too_much());
    }
    let footer = read(start, usize::try_from(length).map_err(|_| fault::damaged())?)?;
    match thrift::schema_elements(&footer) {
        None => Err(fault::damaged()),
        Some(elements) if elements > ELEMENTS => Err(fault::claims_too_much()),
        Some(_) => Ok(()),
    }
}

/// Where a column that holds one value a row stands among those with values.
fn leaf(schema: &SchemaDescriptor, name: &str) -> Option<usize> {
    let is_named = |parts: &[String]| parts.len() == 1 && parts.first().is_some_and(|part| part == name);
    let mut columns = schema.columns().iter();
    columns.position(|column| is_named(column.path().parts()) && column.max_rep_level() == 0)
}

/// Sends all rows; whoever wants no more takes the channel away.
fn send(
    source: &Source,
    groups: &Groups,
    names: &[(usize, String)],
    sender: &SyncSender<Result<Option<Batch>, Diagnostic>>,
) -> Result<(), Diagnostic> {
    for number in 0..groups.num_row_groups() {
        let group = groups.get_row_group(number).map_err(|_| fault::damaged())?;
        let mut columns = Vec::with_capacity(names.len());
        for (at, name) in names {
            columns.push((*at, column(source, groups, &*group, name)?));
        }
        let mut left = usize::try_from(group.metadata().num_rows()).map_err(|_| fault::damaged())?;
        while left > 0 {
            let rows = left.min(BATCH);
            let mut read = Vec::with_capacity(columns.len());
            for (at, column) in &mut columns {
                read.push((*at, column.next(rows).map_err(|_| fault::damaged())?));
            }
            if sender.send(Ok(Some(Batch { rows, columns: read }))).is_err() {
                return Ok(());
            }
            left -= rows;
        }
    }
    let _ = sender.send(Ok(None));
    Ok(())
}

fn column(
    source: &Source,
    groups: &Groups,
    group: &dyn RowGroupReader,
    name: &str,
) -> Result<Column, Diagnostic> {
    let schema = groups.metadata().file_metadata().schema_descr();
    let leaf = leaf(schema, name).ok_or_else(fault::damaged)?;
    let described = schema.columns().get(leaf).ok_or_else(fault::damaged)?;
    let kind = Kind::of(described).map_err(|_| fault::damaged())?;
    let chunk = group.metadata().columns().get(leaf).ok_or_else(fault::damaged)?;
    pages::check(source, chunk, name)?;
    let reader = group.get_column_reader(leaf).map_err(|_| fault::damaged())?;
    Ok(Column { kind, reader, level: described.max_def_level() })
}

fn thread() -> std::thread::Builder {
    std::thread::Builder::new().name(READER.to_owned()).stack_size(STACK)
}

fn apart<T: Send + 'static>(
    read: impl FnOnce() -> Result<T, Diagnostic> + Send + 'static,
) -> Result<T, Diagnostic> {
    let reading = thread().spawn(read).map_err(|error| no_thread(&error))?;
    reading.join().unwrap_or_else(|_| Err(fault::damaged()))
}

fn no_thread(error: &std::io::Error) -> Diagnostic {
    Diagnostic::error("unreadable-file", format!("this machine lets the run start no threads: {error}"))
}
