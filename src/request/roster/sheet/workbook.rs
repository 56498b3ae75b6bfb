//! A workbook of any kind, and its sheets.

use super::archive::{self, Kind};
use super::fault::{damaged, locked, other_kind};
use super::hidden::{self, Hidden};
use super::ods::{self, Beside};
use super::table::{self, Merged, Table};
use super::{comments, struck, value, xls};
use crate::diagnostic::Diagnostic;
use calamine::{
    Data, Dimensions, Ods, OdsError, Range, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsx,
};
use std::io::Cursor;
use std::sync::Arc;

type Bytes = Cursor<Arc<[u8]>>;

pub enum Workbook {
    /// With all of it.
    Xlsx(Box<Xlsx<Bytes>>, Arc<[u8]>),
    /// With the rows that are not shown, for each sheet.
    Xls(Box<Xls<Bytes>>, Vec<xls::Beside>),
    /// With what each sheet says beside its cells.
    Ods(Box<Ods<Bytes>>, Vec<Beside>),
}

/// A sheet as the workbook lists it.
pub struct Listed {
    name: String,
    pub is_hidden: bool,
    /// From 1, of those that are shown.
    pub number: usize,
    index: usize,
}

impl Listed {
    /// As messages call it: by where its tab stands. Its name may be a patient's.
    pub fn shown(&self) -> String {
        if self.is_hidden { "a hidden sheet".to_owned() } else { format!("sheet {}", self.number) }
    }
}

impl Workbook {
    /// # Errors
    ///
    /// It is damaged, protected, of a kind that is not read, or holds more than a roster may.
    pub fn open(bytes: Vec<u8>) -> Result<Workbook, Diagnostic> {
        let bytes: Arc<[u8]> = bytes.into();
        if !bytes.starts_with(b"PK") {
            let beside = xls::checked(&bytes)?;
            let book = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
                XlsError::Password => locked(),
                _ => damaged(),
            })?;
            return Ok(Workbook::Xls(Box::new(book), beside));
        }
        match archive::checked(&bytes)? {
            Kind::Xlsx => {
                let book = Xlsx::new(Cursor::new(bytes.clone())).map_err(|_| damaged())?;
                Ok(Workbook::Xlsx(Box::new(book), bytes))
            }
            Kind::Ods => {
                let beside = ods::checked(&bytes)?;
                let book = Ods::new(Cursor::new(bytes)).map_err(|error| match error {
                    OdsError::Password => locked(),
                    _ => damaged(),
                })?;
                Ok(Workbook::Ods(Box::new(book), beside))
            }
            Kind::Xlsb => Err(other_kind("a workbook in Excel's binary form (`.xlsb`)")),
            Kind::Other => Err(other_kind("a packed file without a sheet that can be read")),
        }
    }

    /// The sheets with cells, in the order of their tabs.
    pub fn sheets(&self) -> Vec<Listed> {
        let sheets = match self {
            Workbook::Xlsx(book, _) => book.sheets_metadata(),
            Workbook::Xls(book, _) => book.sheets_metadata(),
            Workbook::Ods(book, _) => book.sheets_metadata(),
        };
        let mut number = 0;
        let listed = sheets.iter().enumerate().map(|(index, sheet)| {
            let is_hidden = sheet.visible != SheetVisible::Visible;
            number += usize::from(!is_hidden);
            (sheet.typ, Listed { name: sheet.name.clone(), is_hidden, number, index })
        });
        listed.filter(|(kind, _)| *kind == SheetType::WorkSheet).map(|(_, sheet)| sheet).collect()
    }

    /// # Errors
    ///
    /// The sheet is damaged, or holds more than a roster may.
    pub fn table(&mut self, sheet: &Listed) -> Result<Table, Diagnostic> {
        let is_later = match self {
            Workbook::Xlsx(book, _) => book.has_1904_epoch(),
            Workbook::Xls(book, _) => book.has_1904_epoch(),
            Workbook::Ods(..) => false,
        };
        let mut table = Table::counting(is_later);
        let merged = match self {
            Workbook::Xlsx(book, _) => {
                streamed(book, &sheet.name, &mut table)?;
                down(book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default())
            }
            Workbook::Xls(book, _) => {
                copied(&book.worksheet_range(&sheet.name).map_err(|_| damaged())?, &mut table)?;
                down(book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default())
            }
            Workbook::Ods(book, beside) => {
                copied(&book.worksheet_range(&sheet.name).map_err(|_| damaged())?, &mut table)?;
                beside.get(sheet.index).map(|beside| beside.merged.clone()).unwrap_or_default()
            }
        };
        table.sort();
        table.fill(merged)?;
        Ok(table)
    }
}

impl Workbook {
    /// The rows of a sheet that are not shown.
    pub fn hidden(&self, sheet: &Listed) -> Hidden {
        match self {
            Workbook::Xlsx(_, bytes) => hidden::of_xlsx(bytes, &sheet.name),
            Workbook::Xls(_, beside) => {
                beside.get(sheet.index).map(|beside| beside.hidden.clone()).unwrap_or_default()
            }
            Workbook::Ods(_, beside) => {
                beside.get(sheet.index).map(|beside| beside.hidden.clone()).unwrap_or_default()
            }
        }
    }
}

impl Workbook {
    /// The rows of a sheet in which words are struck through, as far as its kind is looked at for them.
    pub fn struck(&self, sheet: &Listed) -> Hidden {
        match self {
            Workbook::Xlsx(_, bytes) => struck::of_xlsx(bytes, &sheet.name),
            Workbook::Xls(_, beside) => {
                beside.get(sheet.index).map(|beside| beside.struck.clone()).unwrap_or_default()
            }
            Workbook::Ods(_, beside) => {
                beside.get(sheet.index).map(|beside| beside.struck.clone()).unwrap_or_default()
            }
        }
    }
}

impl Workbook {
    /// The rows of a sheet with comments on their cells.
    pub fn commented(&self, sheet: &Listed) -> Hidden {
        match self {
            Workbook::Xlsx(_, bytes) => comments::of_xlsx(bytes, &sheet.name),
            Workbook::Xls(_, beside) => {
                let rows = beside.get(sheet.index).map(|beside| beside.commented.clone());
                comments::of_rows(rows.unwrap_or_default())
            }
            Workbook::Ods(_, beside) => {
                let rows = beside.get(sheet.index).map(|beside| beside.commented.clone());
                comments::of_rows(rows.unwrap_or_default())
            }
        }
    }
}

/// Cell by cell: no room is made for what a sheet claims to hold.
fn streamed(book: &mut Xlsx<Bytes>, name: &str, table: &mut Table) -> Result<(), Diagnostic> {
    let mut cells = book.worksheet_cells_reader(name).map_err(|_| damaged())?;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|_| damaged())? {
        let (row, column) = cell.pos;
        match value::said(&cell.value) {
            Some((kind, text)) => table.add(row, column, kind, &text)?,
            None if cell.formula.is_some() => table.add(row, column, table::Kind::Unsaved, "")?,
            None => {}
        }
    }
    Ok(())
}

/// What was read as a whole, within bounds that were looked at before.
fn copied(range: &Range<Data>, table: &mut Table) -> Result<(), Diagnostic> {
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        if let Some((kind, text)) = value::said_of(value) {
            table.add(top + row as u32, left + column as u32, kind, &text)?;
        }
    }
    Ok(())
}

fn down(merged: Vec<Dimensions>) -> Vec<Merged> {
    let one = |merged: Dimensions| Merged { rows: (merged.start.0, merged.end.0), column: merged.start.1 };
    merged.into_iter().map(one).collect()
}
