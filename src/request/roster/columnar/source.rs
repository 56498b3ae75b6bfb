//! A file that is read here and there.

use bytes::Bytes;
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{ChunkReader, Length};
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

/// What can be read from any place on.
pub trait Random: Read + Seek + Send {}

impl<T: Read + Seek + Send> Random for T {}

/// One source, with as many places in it as are wanted.
#[derive(Clone)]
pub struct Source {
    inner: Arc<Mutex<Box<dyn Random>>>,
    pub length: u64,
}

impl Source {
    pub fn new(mut inner: Box<dyn Random>) -> io::Result<Source> {
        let length = inner.seek(SeekFrom::End(0))?;
        Ok(Source { inner: Arc::new(Mutex::new(inner)), length })
    }

    /// As many bytes as there are from a place on, up to a length.
    pub fn read_at(&self, start: u64, length: usize) -> io::Result<Vec<u8>> {
        let length = self.length.saturating_sub(start).min(length as u64);
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.seek(SeekFrom::Start(start))?;
        let mut bytes = Vec::new();
        inner.by_ref().take(length).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

impl Length for Source {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for Source {
    type T = BufReader<From>;

    fn get_read(&self, start: u64) -> Result<BufReader<From>> {
        Ok(BufReader::new(From { source: self.clone(), at: start }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        let bytes = self.read_at(start, length)?;
        if bytes.len() != length {
            return Err(ParquetError::EOF("the file ends".to_owned()));
        }
        Ok(bytes.into())
    }
}

/// A place of a source.
pub struct From {
    source: Source,
    at: u64,
}

impl Read for From {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read_at(self.at, bytes.len())?;
        bytes.iter_mut().zip(&read).for_each(|(to, from)| *to = *from);
        self.at += read.len() as u64;
        Ok(read.len())
    }
}
