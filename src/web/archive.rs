//! Single sheets in one ZIP archive. It is made in memory and says nothing but ids: no names, no clock.

use std::io::{Cursor, Write};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The permissions of a file in it.
const MODE: u32 = 0o644;

/// Sheets in the order in which they came; the same sheets give the same bytes.
pub struct Archive(ZipWriter<Cursor<Vec<u8>>>);

impl Archive {
    pub fn new() -> Archive {
        Archive(ZipWriter::new(Cursor::new(Vec::new())))
    }

    /// A PDF is compressed in itself, so that it is stored as it is.
    ///
    /// # Errors
    /// A name that stands in it already; more than an archive can hold.
    pub fn add(&mut self, id: &str, pdf: &[u8]) -> Result<(), ZipError> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(DateTime::default())
            .unix_permissions(MODE);
        self.0.start_file(format!("{id}.pdf"), options)?;
        Ok(self.0.write_all(pdf)?)
    }

    /// # Errors
    /// As [`Archive::add`].
    pub fn finish(self) -> Result<Vec<u8>, ZipError> {
        Ok(self.0.finish()?.into_inner())
    }
}
