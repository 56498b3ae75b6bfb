//! The values of a column, some at a time.

use super::kind::Kind;
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::errors::{ParquetError, Result};

/// What stands in a cell.
pub enum Cell {
    Empty,
    Said(String),
    /// It says nothing that there is.
    Wrong,
}

/// A column of a row group.
pub struct Column {
    pub kind: Kind,
    pub reader: ColumnReader,
    /// The level of a value that is there, where one may be missing.
    pub level: i16,
}

impl Column {
    /// The next cells, exactly so many.
    ///
    /// # Errors
    ///
    /// There are fewer, or they are damaged.
    pub fn next(&mut self, count: usize) -> Result<Vec<Cell>> {
        let (kind, level) = (self.kind, self.level);
        match &mut self.reader {
            ColumnReader::BoolColumnReader(reader) => {
                cells(reader, count, level, |is| Some(if *is { "TRUE" } else { "FALSE" }.to_owned()))
            }
            ColumnReader::Int32ColumnReader(reader) => {
                cells(reader, count, level, |value| kind.number(i64::from(*value), i32::BITS))
            }
            ColumnReader::Int64ColumnReader(reader) => {
                cells(reader, count, level, |value| kind.number(*value, i64::BITS))
            }
            ColumnReader::FloatColumnReader(reader) => {
                cells(reader, count, level, |value| Some(value.to_string()))
            }
            ColumnReader::DoubleColumnReader(reader) => {
                cells(reader, count, level, |value| Some(value.to_string()))
            }
            ColumnReader::ByteArrayColumnReader(reader) => {
                cells(reader, count, level, |value| kind.bytes(value.data()))
            }
            ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                cells(reader, count, level, |value| kind.bytes(value.data()))
            }
            ColumnReader::Int96ColumnReader(_) => Err(ParquetError::NYI("times of an old form".to_owned())),
        }
    }
}

fn cells<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    count: usize,
    level: i16,
    text: impl Fn(&T::T) -> Option<String>,
) -> Result<Vec<Cell>> {
    let short = || ParquetError::EOF("a column ends before the others".to_owned());
    let (mut levels, mut values) = (Vec::new(), Vec::new());
    let mut read = 0;
    while read < count {
        let (records, ..) = reader.read_records(count - read, Some(&mut levels), None, &mut values)?;
        if records == 0 {
            return Err(short());
        }
        read += records;
    }
    let mut said = values.iter().map(|value| text(value).map_or(Cell::Wrong, Cell::Said));
    if level == 0 {
        let cells: Vec<Cell> = said.collect();
        return if cells.len() == count { Ok(cells) } else { Err(short()) };
    }
    let cell = |found: &i16| if *found == level { said.next().ok_or_else(short) } else { Ok(Cell::Empty) };
    let cells = levels.iter().map(cell).collect::<Result<Vec<Cell>>>()?;
    if cells.len() == count { Ok(cells) } else { Err(short()) }
}
