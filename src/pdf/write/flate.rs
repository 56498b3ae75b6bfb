//! Deflate (ISO 32000-1 7.4.4) with libdeflate: what never changes once per engine and as small as can be, what
//! differs from sheet to sheet as fast as can be.

use libdeflater::{CompressionLvl, Compressor};
use sha2::{Digest, Sha256};
use std::cell::RefCell;

/// The level for what differs from sheet to sheet.
const FAST: i32 = 1;

/// The level for what is made once and kept. Higher ones take twice the time for a hundredth of the size.
const SMALL: i32 = 9;

thread_local! {
    /// Setting up a compressor costs more than compressing a page.
    static FAST_PRESS: RefCell<Press> = RefCell::new(Press::new(FAST));
    static SMALL_PRESS: RefCell<Press> = RefCell::new(Press::new(SMALL));
}

/// A stream that has been compressed before it is written.
pub(in crate::pdf) struct StaticStream {
    /// From `<<` to the byte before the data.
    pub head: String,
    pub data: Vec<u8>,
    pub digest: [u8; 32],
}

impl StaticStream {
    /// For many documents. `entries` stand in the stream's dictionary before its filter and length.
    pub fn small(entries: &str, data: &[u8]) -> StaticStream {
        StaticStream::of(entries, SMALL_PRESS.with_borrow_mut(|press| press.deflated(data).to_vec()))
    }

    /// For one document.
    pub fn fast(entries: &str, data: &[u8]) -> StaticStream {
        StaticStream::of(entries, with_deflated(data, <[u8]>::to_vec))
    }

    /// Of data that is compressed in a way of its own.
    pub fn filtered(entries: &str, filter: &str, data: Vec<u8>) -> StaticStream {
        let digest = Sha256::digest(&data).into();
        let head = format!("<<{entries}/Filter/{filter}/Length {}>>stream\n", data.len());
        StaticStream { head, data, digest }
    }

    fn of(entries: &str, data: Vec<u8>) -> StaticStream {
        let digest = Sha256::digest(&data).into();
        StaticStream { head: head(entries, data.len()), data, digest }
    }
}

/// What `work` makes of the compressed data.
pub(super) fn with_deflated<R>(data: &[u8], work: impl FnOnce(&[u8]) -> R) -> R {
    FAST_PRESS.with_borrow_mut(|press| work(press.deflated(data)))
}

pub(super) fn head(entries: &str, length: usize) -> String {
    format!("<<{entries}/Filter/FlateDecode/Length {length}>>stream\n")
}

/// A thread's compressor, and the memory that it writes into: a sheet asks for no other.
struct Press {
    compressor: Compressor,
    out: Vec<u8>,
}

/// Of a stream that is larger than any of a sheet, the memory is not kept.
const KEPT: usize = 256 * 1024;

impl Press {
    fn new(level: i32) -> Press {
        let compressor = Compressor::new(CompressionLvl::new(level).unwrap_or_default());
        Press { compressor, out: Vec::new() }
    }

    fn deflated(&mut self, data: &[u8]) -> &[u8] {
        let bound = self.compressor.zlib_compress_bound(data.len());
        if self.out.len() < bound || (self.out.len() > KEPT && bound <= KEPT) {
            self.out = vec![0; bound];
        }
        // The bound is what the compressor itself promises to stay under.
        let length = self.compressor.zlib_compress(data, &mut self.out).unwrap_or(0);
        &self.out[..length]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_of_a_large_stream_changes_no_later_one_and_is_given_back() {
        let small = StaticStream::fast("", b"A sheet's page.").data;
        let large: Vec<u8> = (0..=KEPT).map(|at| ((at * at) >> 7) as u8).collect();
        assert!(with_deflated(&large, |deflated| deflated.len() > 1000));
        assert_eq!(StaticStream::fast("", b"A sheet's page.").data, small);
        assert!(FAST_PRESS.with_borrow(|press| press.out.len() <= KEPT));
    }
}
