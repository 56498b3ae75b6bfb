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
    static COMPRESSOR: RefCell<Compressor> = RefCell::new(compressor(FAST));
    static SMALL_COMPRESSOR: RefCell<Compressor> = RefCell::new(compressor(SMALL));
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
        let mut compressed = Vec::new();
        let length =
            SMALL_COMPRESSOR.with_borrow_mut(|compressor| deflate(compressor, data, &mut compressed));
        compressed.truncate(length);
        StaticStream::of(entries, compressed)
    }

    /// For one document.
    pub fn fast(entries: &str, data: &[u8]) -> StaticStream {
        let mut compressed = Vec::new();
        let length = deflate_fast(data, &mut compressed);
        compressed.truncate(length);
        StaticStream::of(entries, compressed)
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

/// Compresses into the beginning of `out`, and tells how much of it is good; what stands behind that saves clearing it again.
pub(super) fn deflate_fast(data: &[u8], out: &mut Vec<u8>) -> usize {
    COMPRESSOR.with_borrow_mut(|compressor| deflate(compressor, data, out))
}

pub(super) fn head(entries: &str, length: usize) -> String {
    format!("<<{entries}/Filter/FlateDecode/Length {length}>>stream\n")
}

fn compressor(level: i32) -> Compressor {
    Compressor::new(CompressionLvl::new(level).unwrap_or_default())
}

fn deflate(compressor: &mut Compressor, data: &[u8], out: &mut Vec<u8>) -> usize {
    let bound = compressor.zlib_compress_bound(data.len());
    if out.len() < bound {
        out.resize(bound, 0);
    }
    // The bound is what the compressor itself promises to stay under.
    compressor.zlib_compress(data, out).unwrap_or(0)
}
