//! An object read where it is wanted, a block at a time.

use super::Place;
use super::error::{Doing, StoreError};
use object_store::ObjectStoreExt;
use std::io::{self, Read, Seek, SeekFrom};

/// Bytes that are fetched at once.
const BLOCK: u64 = 1 << 20;

pub struct Reader {
    place: Place,
    length: u64,
    at: u64,
    /// The block that was read last, and where it starts.
    block: Vec<u8>,
    start: u64,
}

impl Reader {
    pub(super) fn new(place: Place, length: u64) -> Reader {
        Reader { place, length, at: 0, block: Vec::new(), start: 0 }
    }

    /// The same object from its start.
    pub fn again(&self) -> Reader {
        Reader::new(self.place.clone(), self.length)
    }

    fn fetch(&mut self) -> io::Result<()> {
        let start = self.at / BLOCK * BLOCK;
        let range = start..self.length.min(start + BLOCK);
        let place = &self.place;
        let fetched = place.runtime.block_on(place.store.get_range(&place.path, range));
        let fault = |error| io::Error::other(StoreError::of(&error, Doing::Reading, &place.shown));
        self.block = fetched.map_err(fault)?.to_vec();
        self.start = start;
        Ok(())
    }
}

impl Read for Reader {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.length || out.is_empty() {
            return Ok(0);
        }
        if !(self.start..self.start + self.block.len() as u64).contains(&self.at) {
            self.fetch()?;
        }
        let rest = self.block.get((self.at - self.start) as usize..).unwrap_or_default();
        if rest.is_empty() {
            // It has become shorter since it was looked at.
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let length = rest.len().min(out.len());
        out[..length].copy_from_slice(&rest[..length]);
        self.at += length as u64;
        Ok(length)
    }
}

impl Seek for Reader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let (from, by) = match to {
            SeekFrom::Start(at) => (at, 0),
            SeekFrom::End(by) => (self.length, by),
            SeekFrom::Current(by) => (self.at, by),
        };
        self.at = from.checked_add_signed(by).ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}
