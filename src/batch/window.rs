//! The end of an archive that is written to where nobody can go back: what may still be changed is held.

use std::io::{self, SeekFrom};

/// A member's head is written again once its length is known; what stands before that member is never touched.
#[derive(Default)]
pub struct Window {
    /// Bytes before those that are held.
    gone: u64,
    held: Vec<u8>,
    at: u64,
}

impl Window {
    pub fn end(&self) -> u64 {
        self.gone + self.held.len() as u64
    }

    pub fn write(&mut self, bytes: &[u8]) {
        // It never stands before what is held, nor behind it.
        let start = (self.at - self.gone) as usize;
        let over = bytes.len().min(self.held.len() - start);
        self.held[start..start + over].copy_from_slice(&bytes[..over]);
        self.held.extend_from_slice(&bytes[over..]);
        self.at += bytes.len() as u64;
    }

    /// `true`: somebody went back and has come to the end again, so that what is held is as it will be.
    pub fn seek(&mut self, to: SeekFrom) -> io::Result<bool> {
        let (from, by) = match to {
            SeekFrom::Start(at) => (at, 0),
            SeekFrom::End(by) => (self.end(), by),
            SeekFrom::Current(by) => (self.at, by),
        };
        let to = from.checked_add_signed(by).filter(|to| (self.gone..=self.end()).contains(to));
        let was_back = self.at < self.end();
        self.at = to.ok_or_else(|| io::Error::other("what is sent cannot be changed"))?;
        Ok(was_back && self.at == self.end())
    }

    pub fn at(&self) -> u64 {
        self.at
    }

    /// All that is held, to be sent.
    pub fn release(&mut self) -> Vec<u8> {
        self.gone = self.end();
        std::mem::take(&mut self.held)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_can_be_changed_until_it_is_sent() {
        let mut window = Window::default();
        window.write(b"0000abc");
        assert!(!window.seek(SeekFrom::Current(0)).expect("where it is"));
        assert!(!window.seek(SeekFrom::Start(0)).expect("its head"));
        window.write(b"1234");
        assert!(window.seek(SeekFrom::Start(7)).expect("its end"));
        assert_eq!(window.release(), b"1234abc");
        window.write(b"def");
        assert_eq!(window.at(), 10);
        assert!(window.seek(SeekFrom::Start(6)).is_err() && window.seek(SeekFrom::End(1)).is_err());
        assert!(!window.seek(SeekFrom::End(-3)).expect("what is held"));
        window.write(b"gh");
        assert!(window.seek(SeekFrom::End(0)).expect("its end"));
        assert_eq!(window.release(), b"ghf");
    }
}
