//! What waits for the end of an archive: it has to be known how long a member is before it is written.

use crate::atomic_file;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Cursor, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// Bytes that are held in memory, at most.
const MOST: usize = 32 << 20;

pub enum Spool {
    File(BufWriter<File>),
    Memory(Vec<u8>),
}

impl Spool {
    /// In a file without a name, on the disk of the archive: the words of failed rows stand on no other.
    pub fn beside(path: &Path) -> io::Result<Spool> {
        Ok(Spool::File(BufWriter::new(tempfile::tempfile_in(atomic_file::folder(path))?)))
    }

    pub fn in_system_folder() -> io::Result<Spool> {
        Ok(Spool::File(BufWriter::new(tempfile::tempfile()?)))
    }

    pub fn in_memory() -> Spool {
        Spool::Memory(Vec::new())
    }

    /// How long it is, and all of it.
    pub fn read(self) -> io::Result<(u64, Box<dyn Read>)> {
        match self {
            Spool::File(file) => {
                let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
                let length = file.stream_position()?;
                file.seek(SeekFrom::Start(0))?;
                Ok((length, Box::new(BufReader::new(file))))
            }
            Spool::Memory(bytes) => Ok((bytes.len() as u64, Box::new(Cursor::new(bytes)))),
        }
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Spool::File(file) => file.write(bytes),
            Spool::Memory(held) if held.len() + bytes.len() > MOST => Err(io::Error::other(
                "more rows failed than a stream can hold back: name a folder or a `.zip` with `-o`",
            )),
            Spool::Memory(held) => held.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Spool::File(file) => file.flush(),
            Spool::Memory(_) => Ok(()),
        }
    }
}
