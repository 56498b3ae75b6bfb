//! Objects in the stores of clouds. An object appears there when it is whole, or not at all; of two machines that make
//! one at once, one has it, and what stands is not written over unless that is asked for.
//!
//! Whoever uses the library brings the store, with its keys and its ways to it ([`Place::new`]): nothing here reads the
//! environment.

mod error;
mod reader;
mod upload;

pub use error::StoreError;
pub use reader::Reader;
pub use upload::Upload;

use error::Doing;
use object_store::path::Path;
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt};
use std::sync::Arc;
use tokio::runtime::{Builder, Runtime};

/// Threads that talk to a store. They mostly wait.
const THREADS: usize = 2;

/// Where an object is, or will be.
#[derive(Clone)]
pub struct Place {
    store: Arc<dyn ObjectStore>,
    path: Path,
    /// As messages name it: an address without keys.
    shown: Arc<str>,
    runtime: Arc<Runtime>,
}

impl Place {
    /// `shown`: how messages name it.
    ///
    /// # Errors
    ///
    /// This machine lets it start no threads.
    pub fn new(store: Arc<dyn ObjectStore>, path: Path, shown: &str) -> std::io::Result<Place> {
        let runtime = Builder::new_multi_thread().worker_threads(THREADS).enable_all().build()?;
        Ok(Place { store, path, shown: shown.into(), runtime: Arc::new(runtime) })
    }

    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Bytes of the object that stands here, if one does.
    ///
    /// # Errors
    ///
    /// The store cannot be reached, or does not say.
    pub fn length(&self) -> Result<Option<u64>, StoreError> {
        Ok(self.found()?.map(|found| found.size))
    }

    fn found(&self) -> Result<Option<ObjectMeta>, StoreError> {
        match self.runtime.block_on(self.store.head(&self.path)) {
            Ok(found) => Ok(Some(found)),
            // Also where there is no such bucket: what writes there says so.
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(StoreError::of(&error, Doing::Looking, &self.shown)),
        }
    }

    /// What stands here, to be read where it is wanted.
    ///
    /// # Errors
    ///
    /// As [`Place::length`].
    pub fn open(&self) -> Result<Option<Reader>, StoreError> {
        Ok(self.found()?.map(|found| Reader::new(self.clone(), found)))
    }

    /// An object that is not here yet. `over`: in place of one that stands.
    pub fn upload(&self, over: bool) -> Upload {
        Upload::new(self.clone(), over)
    }

    /// Removes what runs that were killed at their very end have left of this object. Only once it stands: who had
    /// still been about to put it has nothing to put any more. What cannot go now goes another time.
    pub fn clear(&self) {
        self.runtime.block_on(async {
            let Ok(found) = self.store.list_with_delimiter(Some(&self.staging())).await else { return };
            for staged in found.objects {
                let _ = self.store.delete(&staged.location).await;
            }
        });
    }

    /// Objects that are whole and not in their place stand below it.
    fn staging(&self) -> Path {
        Path::from(format!("{}.aftercare-staged", self.path))
    }
}

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Place").field(&self.shown).finish()
    }
}
