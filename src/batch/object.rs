//! A ZIP on its way into an object store.

use super::BatchError;
use super::sink::{Fate, Sink};
use super::window::Window;
use crate::store::{Place, StoreError, Upload};
use std::io::{self, Seek, SeekFrom, Write};

pub struct Object {
    place: Place,
    window: Window,
    upload: Upload,
    fate: Fate,
    /// Where whoever writes stands, and how long the archive would be, once nothing more is wanted.
    lost: Option<(u64, u64)>,
}

impl Object {
    /// `over`: in place of what stands.
    pub fn new(place: &Place, over: bool, fate: Fate) -> Object {
        Object {
            place: place.clone(),
            window: Window::default(),
            upload: place.upload(over),
            fate,
            lost: None,
        }
    }

    fn send(&mut self) -> io::Result<()> {
        let sent = self.upload.push(&self.window.release());
        sent.map_err(|error| self.fault(error))
    }

    fn fault(&self, error: StoreError) -> io::Error {
        let mut told = self.fate.told();
        told.fault.get_or_insert(BatchError::Store(error));
        told.is_shut = true;
        io::Error::other("the store failed")
    }

    fn is_lost(&mut self) -> bool {
        if self.lost.is_none() && self.fate.told().is_shut {
            self.lost = Some((self.window.at(), self.window.end()));
        }
        self.lost.is_some()
    }
}

impl Write for Object {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.is_lost();
        match &mut self.lost {
            Some((at, end)) => {
                *at += bytes.len() as u64;
                *end = (*end).max(*at);
            }
            None => self.window.write(bytes),
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Object {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        if self.is_lost()
            && let Some((at, end)) = &mut self.lost
        {
            let (from, by) = match to {
                SeekFrom::Start(at) => (at, 0),
                SeekFrom::End(by) => (*end, by),
                SeekFrom::Current(by) => (*at, by),
            };
            *at = from.saturating_add_signed(by);
            return Ok(*at);
        }
        if self.window.seek(to)? {
            self.send()?;
        }
        Ok(self.window.at())
    }
}

impl Sink for Object {
    fn keep(mut self: Box<Self>) -> io::Result<bool> {
        if self.is_lost() {
            return Err(io::Error::other("the store failed"));
        }
        self.send()?;
        let kept = self.upload.finish().map_err(|error| self.fault(error))?;
        self.place.clear();
        Ok(kept)
    }
}

impl Drop for Object {
    fn drop(&mut self) {
        if !self.upload.abort() {
            self.fate.told().left = Some(self.place.shown().to_owned());
        }
    }
}
