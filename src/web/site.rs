//! What all requests share.

use super::AccessGuard;
use super::assets::Assets;
use super::folder_mark::mark;
use super::presses::Presses;
use super::progress::Progress;
use super::upload_budget::UploadBudget;
use super::words::UiCatalogue;
use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::{BuiltIn, Engine, Files, TemplateSource, Templates, Theme};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The page's templates, built in: they belong to the program as its code does.
const TEMPLATES: [&str; 10] = [
    "base.html",
    "page.html",
    "parts.html",
    "preview.html",
    "message.html",
    "key.html",
    "app.css",
    "roster.html",
    "setup.html",
    "preset.html",
];

/// Requests that wait for a processor at most; one more is told to come again.
const WAITING: usize = 256;

/// Jobs that are handed to the print system at a time; a queue that hangs takes one for some seconds.
const PRINTING: usize = 16;

/// Tells the time: the system's, or one that is fixed for a test or a reproducible run.
pub type Clock = Box<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// The engine and everything the page is made with; loaded once, nothing of a request is ever put in.
pub struct Site {
    pub(super) engine: Engine,
    pub(super) access: AccessGuard,
    pub(super) templates: Templates,
    pub(super) assets: Assets,
    /// The page in every language of the clinic.
    pub(super) ui: UiCatalogue,
    clock: Arc<Clock>,
    /// The clinic folder on disk; `None`: the one that is built in.
    folder: Option<PathBuf>,
    /// What its files were known by when they were read.
    mark: String,
    /// As many sheets are made at a time as there are processors.
    pub(super) processors: Arc<Semaphore>,
    pub(super) queue: Arc<Semaphore>,
    /// Jobs that the print system is taking; waiting for it takes no processor.
    pub(super) printing: Arc<Semaphore>,
    pub(super) presses: Arc<Presses>,
    /// How far rosters are that are being made.
    pub(super) progress: Arc<Progress>,
    /// Bytes of rosters that are in hand.
    pub(super) uploads: Arc<UploadBudget>,
}

impl Site {
    /// # Errors
    /// A fault of the built-in templates; a clinic folder without a language.
    pub fn new(engine: Engine, access: AccessGuard, clock: Clock) -> Result<Site, Faults> {
        let templates = Templates::compile(&sources()?)?;
        let theme = Theme::of(&engine.library().brand.palette);
        let assets = Assets::new(&engine, &templates, &theme)?;
        let ui = UiCatalogue::of(&engine, clock()).ok_or_else(no_language)?;
        let processors = std::thread::available_parallelism().map_or(2, usize::from);
        Ok(Site {
            engine,
            access,
            templates,
            assets,
            ui,
            clock: Arc::new(clock),
            folder: None,
            mark: String::new(),
            processors: Arc::new(Semaphore::new(processors)),
            queue: Arc::new(Semaphore::new(WAITING)),
            printing: Arc::new(Semaphore::new(PRINTING)),
            presses: Arc::default(),
            progress: Arc::default(),
            uploads: Arc::default(),
        })
    }

    /// The same site behind another access: the one with the port that the system gave.
    pub(super) fn behind(self, access: AccessGuard) -> Site {
        Site { access, ..self }
    }

    /// The same, told where on disk its clinic folder is: the page can change it there.
    #[must_use]
    pub fn of_folder(self, folder: PathBuf) -> Site {
        Site { mark: mark(&folder), folder: Some(folder), ..self }
    }

    pub(super) fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// The site of a clinic folder as it is now. What people are in the middle of goes on: who has come in, who waits, what
    /// is being printed, made or read.
    ///
    /// `mark`: of the folder, as it was before it was read.
    ///
    /// # Errors
    /// As [`Site::new`].
    pub(super) fn renewed(&self, engine: Engine, folder: PathBuf, mark: String) -> Result<Site, Faults> {
        let clock = self.clock.clone();
        let fresh = Site::new(engine, self.access.clone(), Box::new(move || clock()))?;
        Ok(Site {
            clock: self.clock.clone(),
            mark,
            folder: Some(folder),
            processors: self.processors.clone(),
            queue: self.queue.clone(),
            printing: self.printing.clone(),
            presses: self.presses.clone(),
            progress: self.progress.clone(),
            uploads: self.uploads.clone(),
            ..fresh
        })
    }

    /// Whether the folder is as it was when it was read.
    pub(super) fn is_fresh(&self) -> bool {
        self.folder().is_none_or(|folder| mark(folder) == self.mark)
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        (self.clock)()
    }
}

fn no_language() -> Faults {
    Diagnostic::error("no-language", "the clinic folder has no language").into()
}

fn sources() -> Result<BTreeMap<String, TemplateSource>, Faults> {
    let read = |name: &&str| {
        let path = format!("templates/web/{name}");
        let bytes = BuiltIn.read(&path)?;
        let text = String::from_utf8_lossy(&bytes).into_owned().into();
        Ok(((*name).to_owned(), TemplateSource { text, place: Place::line(path, 1, 1) }))
    };
    TEMPLATES.iter().map(read).collect()
}
