//! All results of a run in one archive, written as the run goes: a ZIP in a file, or a tar on a stream. The list of
//! failed rows and the manifest stand at its end.

use super::entry::{Entry, Line};
use super::errors::{self, Rows};
use super::manifest::{self, Failed};
use super::remark::Remarks;
use super::row::{Member, reason};
use super::sink::{Beside, Fate, Sink};
use super::spool::Spool;
use super::{BatchError, Destination};
use crate::atomic_file;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// What an archive of ours says of itself at its end.
pub(super) const COMMENT: &str = concat!("[aftercare ", env!("CARGO_PKG_VERSION"), " batch]");
/// Whoever unpacks it may read what is in it, and nobody else.
const MODE: u32 = 0o600;
/// A ZIP that may have as many bytes needs other numbers.
const LARGE: u64 = u32::MAX as u64;

/// The last member of an archive that lacks rows.
const NOT_WHOLE_NAME: &str = "NOT-WHOLE.txt";
const NOT_WHOLE: &str =
    "This archive is not whole: the run was stopped before the end of the roster. Run it again.\n";
/// Bytes that a tar is made of.
const BLOCK: usize = 512;

pub struct Pack<'a> {
    out: Out,
    /// As messages name it.
    path: PathBuf,
    lines: Spool,
    /// Of the lines.
    hash: Sha256,
    failed: Rows<Spool>,
    content_version: &'a str,
    fate: Fate,
}

/// How an archive ended.
#[derive(Debug)]
pub enum Packed {
    Kept,
    /// Another one has its place, and stays. The hash of the manifest that this one would have.
    Stood([u8; 32]),
}

enum Out {
    Zip(Box<ZipWriter<Box<dyn Sink>>>),
    Tar(Box<tar::Builder<Gate>>),
}

impl<'a> Pack<'a> {
    /// # Errors
    ///
    /// Another run is making it, or its folder cannot be written. `over`: an object may take the place of one that stands.
    pub fn begin(
        to: &Destination,
        over: bool,
        columns: &[String],
        sign: Option<u8>,
        content_version: &'a str,
    ) -> Result<Pack<'a>, BatchError> {
        let sign = sign.unwrap_or(b',');
        let fate = Fate::default();
        #[cfg(not(feature = "object-store"))]
        let _ = over;
        let packing = |out, path: PathBuf, lines, failed| -> Result<Pack<'a>, BatchError> {
            let failed = Rows::new(failed, columns, sign).map_err(BatchError::write(&path))?;
            Ok(Pack { out, path, lines, hash: Sha256::new(), failed, content_version, fate: fate.clone() })
        };
        match to {
            Destination::Zip(path) => {
                let folder = atomic_file::folder(path);
                let begin = || -> io::Result<_> {
                    atomic_file::make_folder(folder)?;
                    atomic_file::clear_unfinished(folder)?;
                    let spools = (Spool::beside(path)?, Spool::beside(path)?);
                    Ok((atomic_file::begin(path)?, spools))
                };
                let (file, (lines, failed)) = begin().map_err(|error| match error.kind() {
                    io::ErrorKind::ResourceBusy => BatchError::Busy(path.clone()),
                    _ => BatchError::write(path)(error),
                })?;
                let beside = Beside::new(file, path.clone());
                packing(zip(Box::new(beside), path)?, path.clone(), lines, failed)
            }
            #[cfg(feature = "object-store")]
            Destination::Object(place) => {
                let path = PathBuf::from(place.shown());
                let object = super::object::Object::new(place, over, fate.clone());
                let lines = Spool::in_system_folder().map_err(BatchError::write(&path))?;
                packing(zip(Box::new(object), &path)?, path, lines, Spool::in_memory())
            }
            Destination::Tar(stream) => {
                let path = PathBuf::from(super::STDOUT);
                // Lines of the manifest hold no patient's words; rows that failed do, and stay in memory.
                let lines = Spool::in_system_folder().map_err(BatchError::write(&path))?;
                let gate = Gate { out: stream.clone(), is_within: false, is_shut: false };
                let out = Out::Tar(Box::new(tar::Builder::new(gate)));
                packing(out, path, lines, Spool::in_memory())
            }
        }
    }

    pub fn add(&mut self, entry: Entry, members: Vec<Member>) -> Result<(), BatchError> {
        for Member { name, bytes } in members {
            let is_stored = name.ends_with(".pdf");
            let length = bytes.len() as u64;
            let added = self.out.member(&name, length, &mut bytes.as_slice(), is_stored);
            added.map_err(|error| self.fault(error))?;
        }
        self.line(&Line::of(entry))
    }

    pub fn fail(
        &mut self,
        columns: &[String],
        given: &[String],
        remarks: &Remarks,
    ) -> Result<(), BatchError> {
        let added = self.failed.add(columns, given, remarks.line, &reason(&remarks.remarks));
        added.map_err(|error| self.fault(error))?;
        self.line(&Failed::new(remarks, self.content_version))
    }

    fn line(&mut self, line: &impl Serialize) -> Result<(), BatchError> {
        let written = serde_json::to_vec(line).map_err(io::Error::from).and_then(|mut line| {
            line.push(b'\n');
            self.hash.update(&line);
            self.lines.write_all(&line)
        });
        written.map_err(|error| self.fault(error))
    }

    fn fault(&self, error: io::Error) -> BatchError {
        self.fate.told().fault.take().unwrap_or_else(|| fault(&self.path)(error))
    }

    /// What becomes known at its end.
    pub fn fate(&self) -> Fate {
        self.fate.clone()
    }

    /// Ends an archive of all rows.
    pub fn end(self) -> Result<Packed, BatchError> {
        let (path, fate) = (self.path.clone(), self.fate());
        let ended = self.ended();
        ended.map_err(|error| fate.told().fault.take().unwrap_or_else(|| fault(&path)(error)))
    }

    /// Leaves an archive that lacks rows as none: a file is not put in its place, nor an object, and what went out on a
    /// stream ends in a member that is cut short, so that whoever unpacks it is told.
    pub fn stop(self) {
        self.fate.told().is_shut = true;
        let Out::Tar(tar) = self.out else { return };
        // Whoever reads it may be gone, and the run tells that it was stopped.
        let _ = cut_short(*tar);
    }

    fn ended(self) -> io::Result<Packed> {
        let Pack { mut out, path, lines, hash, failed, fate, .. } = self;
        let ended = last_members(&mut out, lines, failed, &path);
        match (out, ended) {
            (Out::Zip(zip), Ok(())) => Ok(match zip.finish()?.keep()? {
                true => Packed::Kept,
                false => Packed::Stood(hash.finalize().into()),
            }),
            (Out::Tar(tar), Ok(())) => {
                let mut gate = tar.into_inner()?;
                gate.flush().map(|()| Packed::Kept)
            }
            (Out::Zip(_), Err(fault)) => {
                fate.told().is_shut = true;
                Err(fault)
            }
            (Out::Tar(tar), Err(fault)) => {
                // The fault is told already.
                let _ = cut_short(*tar);
                Err(fault)
            }
        }
    }
}

/// An archive that is empty.
fn zip(sink: Box<dyn Sink>, path: &Path) -> Result<Out, BatchError> {
    let mut zip = ZipWriter::new(sink);
    zip.set_comment(COMMENT).map_err(io::Error::from).map_err(BatchError::write(path))?;
    Ok(Out::Zip(Box::new(zip)))
}

/// The list of failed rows and the manifest.
fn last_members(out: &mut Out, lines: Spool, failed: Rows<Spool>, path: &Path) -> io::Result<()> {
    if failed.count > 0 {
        let (length, mut rows) = Out::list(failed, path)?.read()?;
        out.member(errors::NAME, length, &mut rows, false)?;
    }
    let (length, mut lines) = lines.read()?;
    out.member(manifest::NAME, length, &mut lines, false)
}

fn cut_short(mut tar: tar::Builder<Gate>) -> io::Result<()> {
    let mut text = NOT_WHOLE.as_bytes().to_vec();
    text.resize(BLOCK, b'\n');
    let mut header = tar::Header::new_gnu();
    header.set_path(NOT_WHOLE_NAME)?;
    // More than follows.
    header.set_size(2 * BLOCK as u64);
    header.set_mode(MODE);
    header.set_mtime(0);
    header.set_cksum();
    let gate = tar.get_mut();
    // A member that is cut in its middle says so by itself.
    let written = match gate.is_within {
        true => Ok(()),
        false => gate.write_all(header.as_bytes()).and_then(|()| gate.write_all(&text)),
    };
    let flushed = written.and_then(|()| gate.flush());
    // An archive's end is written even when it is only dropped.
    gate.is_shut = true;
    flushed
}

/// The way to a stream, which can be shut.
struct Gate {
    out: super::Stream,
    /// Whether some bytes of a member went through, and not all of them.
    is_within: bool,
    is_shut: bool,
}

impl Write for Gate {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_shut {
            return Ok(bytes.len());
        }
        self.is_within = true;
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Out {
    /// The list of failed rows, without a column that none of them needs.
    fn list(rows: Rows<Spool>, path: &Path) -> io::Result<Spool> {
        let sign = rows.sign;
        let (list, unused) = rows.end()?;
        if unused.is_empty() {
            return Ok(list);
        }
        let mut other = match list {
            Spool::File(_) => Spool::beside(path)?,
            Spool::Memory(_) => Spool::in_memory(),
        };
        errors::copy_without(list.read()?.1, &mut other, sign, &unused)?;
        Ok(other)
    }

    fn member(&mut self, name: &str, length: u64, bytes: &mut dyn Read, is_stored: bool) -> io::Result<()> {
        match self {
            Out::Zip(zip) => {
                // A PDF is compressed in itself.
                let method = if is_stored { CompressionMethod::Stored } else { CompressionMethod::Deflated };
                let options = SimpleFileOptions::default()
                    .compression_method(method)
                    .last_modified_time(DateTime::default())
                    .large_file(length >= LARGE)
                    .unix_permissions(MODE);
                zip.start_file(name, options)?;
                io::copy(bytes, zip).map(drop)
            }
            Out::Tar(tar) => {
                let mut header = tar::Header::new_gnu();
                header.set_size(length);
                header.set_mode(MODE);
                header.set_mtime(0);
                tar.append_data(&mut header, name, bytes)?;
                tar.get_mut().is_within = false;
                Ok(())
            }
        }
    }
}

/// Whoever read a stream and went away has what they wanted.
fn fault(path: &Path) -> impl FnOnce(io::Error) -> BatchError {
    let path = path.to_owned();
    |error| match error.kind() {
        io::ErrorKind::BrokenPipe => BatchError::ClosedPipe,
        _ => BatchError::write(path)(error),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Stream;
    use super::*;
    use std::fs::File;
    use std::io::BufWriter;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Shared(Arc<Mutex<Vec<u8>>>);

    impl Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("no panic").write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// A spool whose disk takes nothing any more.
    fn full() -> Spool {
        let file = File::open(std::env::current_exe().expect("a program")).expect("a file");
        let mut spool = Spool::File(BufWriter::new(file));
        spool.write_all(b"{}\n").expect("it is held back");
        spool
    }

    #[test]
    fn an_ending_that_fails_leaves_no_archive_that_looks_whole() {
        let out = Shared::default();
        let to = Destination::Tar(Stream::new(out.clone()));
        let mut pack = Pack::begin(&to, false, &[], None, "1").expect("a pack");
        pack.out.member("a.pdf", 3, &mut &b"abc"[..], true).expect("a member");
        pack.lines = full();
        pack.end().expect_err("the manifest cannot be written");
        let bytes = out.0.lock().expect("no panic").clone();
        let mut archive = tar::Archive::new(bytes.as_slice());
        let mut read = String::new();
        let whole = archive
            .entries()
            .expect("entries")
            .all(|entry| entry.and_then(|mut entry| entry.read_to_string(&mut read)).is_ok());
        assert!(!whole, "{read}");
        assert!(read.contains("abc") && read.contains("not whole"), "{read}");
    }

    #[test]
    fn a_member_that_is_cut_in_its_middle_is_the_end() {
        let out = Shared::default();
        let to = Destination::Tar(Stream::new(out.clone()));
        let mut pack = Pack::begin(&to, false, &[], None, "1").expect("a pack");
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("gone"))
            }
        }
        let mut bytes = (&b"ab"[..]).chain(Broken);
        pack.out.member("a.pdf", 900, &mut bytes, true).expect_err("it breaks");
        pack.stop();
        let bytes = out.0.lock().expect("no panic").clone();
        assert_eq!(bytes.len(), BLOCK + 2, "nothing follows the part that there is");
    }
}
