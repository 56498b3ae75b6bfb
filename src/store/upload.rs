//! An object on its way to a store, in parts of one size.
//!
//! One that fits into a part is put at once, on the condition that nothing stands in its place. A longer one goes in parts that
//! nobody sees until all are there. Few stores have a condition for the end of such an upload, all have one for a copy
//! within them: so it ends under a name of its own, is copied into its place if nothing stands there, and goes.

use super::Place;
use super::error::{Doing, StoreError};
use object_store::path::Path;
use object_store::{
    CopyMode, CopyOptions, Error, MultipartUpload, ObjectStore, ObjectStoreExt, PutMode, PutOptions,
    PutPayload,
};
use tokio::task::JoinSet;

/// Bytes of each part but the last: more than any store asks for, and all the same, which some ask for.
const PART: usize = 8 << 20;
/// Parts on their way at once, each of them in memory.
const ON_THE_WAY: usize = 2;
/// What a store copies within itself in one piece, bytes.
const MOST: u64 = 5 << 30;

pub struct Upload {
    place: Place,
    /// In place of what stands.
    over: bool,
    part: Vec<u8>,
    /// Bytes that were handed on.
    sent: u64,
    begun: Option<Begun>,
    /// Whether the store kept what should have gone.
    left: bool,
}

/// An upload in parts.
struct Begun {
    upload: Box<dyn MultipartUpload>,
    to: Path,
    parts: JoinSet<object_store::Result<()>>,
}

impl Upload {
    pub(super) fn new(place: Place, over: bool) -> Upload {
        Upload { place, over, part: Vec::new(), sent: 0, begun: None, left: false }
    }

    /// Takes the next bytes. Waits while enough of them are on their way.
    ///
    /// # Errors
    ///
    /// The store does not take them; nothing of them can be seen there.
    pub fn push(&mut self, mut bytes: &[u8]) -> Result<(), StoreError> {
        while !bytes.is_empty() {
            let (now, later) = bytes.split_at(bytes.len().min(PART - self.part.len()));
            self.part.extend_from_slice(now);
            bytes = later;
            if self.part.len() == PART {
                self.send()?;
            }
        }
        Ok(())
    }

    /// Sends the part that is full, or the last.
    fn send(&mut self) -> Result<(), StoreError> {
        self.sent += self.part.len() as u64;
        if self.sent > MOST {
            return Err(StoreError::TooLong { place: self.place.shown.to_string(), most: MOST });
        }
        let part = std::mem::replace(&mut self.part, Vec::with_capacity(PART));
        let Place { store, runtime, shown, .. } = self.place.clone();
        let sent = runtime.block_on(async {
            if self.begun.is_none() {
                let to = if self.over { self.place.path.clone() } else { self.staged() };
                let upload = store.put_multipart(&to).await?;
                self.begun = Some(Begun { upload, to, parts: JoinSet::new() });
            }
            let Some(begun) = &mut self.begun else { return Ok(()) };
            begun.parts.spawn(begun.upload.put_part(PutPayload::from(part)));
            begun.wait(ON_THE_WAY).await
        });
        sent.map_err(|error| StoreError::of(&error, Doing::Writing, &shown))
    }

    /// A name that no other run has.
    fn staged(&self) -> Path {
        let mut name = [0; 16];
        // Where the system gives no chance numbers, two runs at once could put the same parts: they are of one roster.
        let _ = getrandom::fill(&mut name);
        self.place.staging().join(crate::hex::hex(&name))
    }

    /// Puts the object in its place. `false`: something stands there, and stays.
    ///
    /// # Errors
    ///
    /// The store does not take it; nothing of it can be seen there.
    pub fn finish(&mut self) -> Result<bool, StoreError> {
        if self.begun.is_some() && !self.part.is_empty() {
            self.send()?;
        }
        let Place { store, runtime, shown, path } = self.place.clone();
        let put = match self.begun.take() {
            None => {
                let mode = if self.over { PutMode::Overwrite } else { PutMode::Create };
                let bytes = PutPayload::from(std::mem::take(&mut self.part));
                runtime.block_on(store.put_opts(&path, bytes, PutOptions::from(mode))).map(drop)
            }
            Some(mut begun) => {
                let whole = runtime.block_on(begun.complete());
                match whole {
                    Err(error) => {
                        // To be taken back.
                        self.begun = Some(begun);
                        Err(error)
                    }
                    Ok(()) if self.over => Ok(()),
                    Ok(()) => self.move_from(&begun.to),
                }
            }
        };
        match put {
            Ok(()) => Ok(true),
            Err(Error::AlreadyExists { .. }) => Ok(false),
            Err(error) => Err(StoreError::of(&error, Doing::Writing, &shown)),
        }
    }

    /// Into its place, where nothing stands.
    fn move_from(&mut self, staged: &Path) -> object_store::Result<()> {
        let Place { store, runtime, path, .. } = &self.place;
        let (copied, removed) = runtime.block_on(async {
            // A store that does not know the condition would write over what stands.
            let stands = || Error::AlreadyExists { path: path.to_string(), source: "it stands".into() };
            let mut copied = match store.head(path).await {
                Ok(_) => Err(stands()),
                Err(_) => store.copy_opts(staged, path, CopyOptions::new().with_mode(CopyMode::Create)).await,
            };
            // Who was there in this moment has removed what is of no use any more.
            if matches!(copied, Err(Error::NotFound { .. })) && store.head(path).await.is_ok() {
                copied = Err(stands());
            }
            (copied, store.delete(staged).await)
        });
        // A run that finds the object in its place may have removed it before.
        self.left = removed.is_err_and(|error| !matches!(error, Error::NotFound { .. }));
        copied
    }

    /// Takes back what was sent. `false`: some of it is left in the store, where nobody sees it or under a name of its own.
    pub fn abort(&mut self) -> bool {
        let Some(mut begun) = self.begun.take() else { return !self.left };
        let aborted = self.place.runtime.block_on(async {
            begun.parts.shutdown().await;
            begun.upload.abort().await
        });
        aborted.is_ok() && !self.left
    }
}

impl Begun {
    /// Until so many parts are still on their way.
    async fn wait(&mut self, most: usize) -> object_store::Result<()> {
        while self.parts.len() > most {
            match self.parts.join_next().await {
                Some(Ok(sent)) => sent?,
                Some(Err(error)) => return Err(error.into()),
                None => return Ok(()),
            }
        }
        Ok(())
    }

    async fn complete(&mut self) -> object_store::Result<()> {
        self.wait(0).await?;
        self.upload.complete().await.map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use object_store::memory::InMemory;
    use std::sync::Arc;

    fn place(store: &Arc<InMemory>) -> Place {
        Place::new(store.clone(), Path::from("day/part-1.zip"), "memory").expect("threads")
    }

    fn stands(store: &Arc<InMemory>) -> Vec<(String, u64)> {
        let listed = place(store).runtime.block_on(async {
            let mut all = store.list_with_delimiter(Some(&Path::from("day"))).await.expect("a list").objects;
            let staged = Path::from("day/part-1.zip.aftercare-staged");
            all.extend(store.list_with_delimiter(Some(&staged)).await.expect("a list").objects);
            all
        });
        listed.into_iter().map(|object| (object.location.to_string(), object.size)).collect()
    }

    #[test]
    fn short_or_long_it_is_there_once_it_is_whole_and_stays() {
        for length in [0, 1, PART, PART + 1, 3 * PART + 7] {
            let store = Arc::new(InMemory::new());
            let put = |byte: u8, over| {
                let mut upload = place(&store).upload(over);
                for piece in vec![byte; length].chunks(300_001) {
                    upload.push(piece).expect("bytes");
                }
                upload.finish().expect("an end")
            };
            let is = [("day/part-1.zip".to_owned(), length as u64)];
            assert!(put(1, false) && stands(&store) == is, "{length}: {:?}", stands(&store));
            assert!(!put(2, false), "{length}: it was written over");
            let first = |store: &Arc<InMemory>| {
                let found = place(store).runtime.block_on(store.get_range(&is[0].0.as_str().into(), 0..1));
                found.map(|bytes| bytes[0]).ok()
            };
            assert!(stands(&store) == is && first(&store) == (length > 0).then_some(1), "{length}");
            assert!(put(3, true) && first(&store) == (length > 0).then_some(3), "{length}");
            assert_eq!(stands(&store), is);
        }
    }

    #[test]
    fn one_that_is_taken_back_leaves_nothing() {
        let store = Arc::new(InMemory::new());
        let mut upload = place(&store).upload(false);
        upload.push(&vec![1; 2 * PART]).expect("bytes");
        assert!(upload.abort());
        assert_eq!(stands(&store), []);
    }

    #[test]
    fn what_a_killed_run_left_under_a_name_of_its_own_goes_with_the_next() {
        let store = Arc::new(InMemory::new());
        let place = place(&store);
        let left = place.staging().join("0f");
        place.runtime.block_on(store.put(&left, "patients".into())).expect("an object");
        assert_eq!(stands(&store).len(), 1);
        place.clear();
        assert_eq!(stands(&store), []);
    }
}
