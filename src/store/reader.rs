//! An object read where it is wanted, a block at a time.

use super::Place;
use super::error::{Doing, StoreError};
use object_store::{Error, GetOptions, ObjectMeta};
use std::io::{self, Read, Seek, SeekFrom};

/// Bytes that are fetched at once.
const BLOCK: u64 = 1 << 20;

pub struct Reader {
    place: Place,
    length: u64,
    /// What it was when it was looked at: a block of one roster and a block of another would be a row of neither.
    tag: Option<String>,
    at: u64,
    /// The block that was read last, and where it starts.
    block: Vec<u8>,
    start: u64,
}

impl Reader {
    pub(super) fn new(place: Place, found: ObjectMeta) -> Reader {
        // A weak one matches nothing (RFC 9110 13.1.1).
        let tag = found.e_tag.filter(|tag| !tag.starts_with("W/"));
        Reader { place, length: found.size, tag, at: 0, block: Vec::new(), start: 0 }
    }

    /// The same object from its start.
    pub fn again(&self) -> Reader {
        let (place, tag) = (self.place.clone(), self.tag.clone());
        Reader { place, length: self.length, tag, at: 0, block: Vec::new(), start: 0 }
    }

    fn fetch(&mut self) -> io::Result<()> {
        let start = self.at / BLOCK * BLOCK;
        let range = start..self.length.min(start + BLOCK);
        let place = &self.place;
        let asked = GetOptions::new().with_range(Some(range)).with_if_match(self.tag.clone());
        let fetched = place.runtime.block_on(async {
            let found = place.store.get_opts(&place.path, asked).await?;
            found.bytes().await
        });
        let fault = |error| match error {
            Error::Precondition { .. } | Error::NotFound { .. } => {
                io::Error::other(StoreError::Changed { place: place.shown.to_string() })
            }
            error => io::Error::other(StoreError::of(&error, Doing::Reading, &place.shown)),
        };
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

#[cfg(test)]
mod tests {
    use super::*;
    use object_store::ObjectStoreExt;
    use object_store::memory::InMemory;
    use object_store::path::Path;
    use std::sync::Arc;

    #[test]
    fn an_object_that_is_written_over_while_it_is_read_is_not_read_on() {
        let store = Arc::new(InMemory::new());
        let place = Place::new(store.clone(), Path::from("roster.csv"), "memory").expect("threads");
        let put = |byte: u8| {
            let bytes = vec![byte; BLOCK as usize + 10];
            place.runtime.block_on(store.put(&place.path, bytes.into())).expect("an object");
        };
        put(1);
        let mut reader = place.open().expect("the store").expect("an object");
        let mut again = reader.again();
        let mut whole = Vec::new();
        assert_eq!(again.read_to_end(&mut whole).expect("all of it"), BLOCK as usize + 10);
        reader.read_exact(&mut [0; 9]).expect("its first block");
        put(2);
        let told = reader.read_to_end(&mut whole).expect_err("the rest is of another").to_string();
        assert_eq!(told, "what stands at `memory` was written over while it was read");
    }
}
