//! What all requests share.

use super::assets::Assets;
use super::form::Typed;
use super::{Door, sheet, words};
use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::options::Region;
use crate::{BuiltIn, Engine, Files, Pack, TemplateSource, Templates, Theme};
use chrono::{DateTime, Utc};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The page's templates, built in: they belong to the program as its code does.
const TEMPLATES: [&str; 8] = [
    "base.html",
    "page.html",
    "parts.html",
    "preview.html",
    "message.html",
    "key.html",
    "app.css",
    "roster.html",
];

/// Requests that wait for a processor at most; one more is told to come again.
const WAITING: usize = 256;

/// Tells the time: the system's, or one that is fixed for a test or a reproducible run.
pub type Clock = Box<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// The engine and everything the page is made with; loaded once, nothing of a request is ever put in.
pub struct Site {
    pub(super) engine: Engine,
    pub(super) door: Door,
    pub(super) templates: Templates,
    pub(super) assets: Assets,
    /// The page's words, nested as templates see them.
    pub(super) words: Value,
    /// What the sections of a sheet are called, by id, as far as a plain sheet has them.
    pub(super) titles: BTreeMap<String, String>,
    clock: Clock,
    /// As many sheets are made at a time as there are processors.
    pub(super) processors: Arc<Semaphore>,
    pub(super) queue: Semaphore,
}

impl Site {
    /// # Errors
    /// A fault of the built-in templates; a clinic folder without a language.
    pub fn new(engine: Engine, door: Door, clock: Clock) -> Result<Site, Faults> {
        let templates = Templates::compile(&sources()?)?;
        let theme = Theme::of(&engine.library().brand.palette);
        let assets = Assets::new(&engine, &templates, &theme)?;
        let words = words::nested(pack_of(&engine)?);
        let titles = titles(&engine, clock());
        let processors = std::thread::available_parallelism().map_or(2, usize::from);
        Ok(Site {
            engine,
            door,
            templates,
            assets,
            words,
            titles,
            clock,
            processors: Arc::new(Semaphore::new(processors)),
            queue: Semaphore::new(WAITING),
        })
    }

    /// The same site behind another door: the one with the port that the system gave.
    pub(super) fn behind(self, door: Door) -> Site {
        Site { door, ..self }
    }

    /// The language of the page: the clinic's first.
    pub(super) fn pack(&self) -> Option<&Pack> {
        self.engine.library().packs.values().next()
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        (self.clock)()
    }

    /// Makes a first sheet of each kind for nobody, so that the first patient's comes as fast as the next.
    pub(super) fn warm(&self) {
        let mut typed = Typed::default();
        typed.set("regions", [Region::Neck.to_string()]);
        // What is wrong with it is told when somebody asks for one.
        let _ = sheet::preview(self, &typed);
        let _ = sheet::pdf(self, &typed);
        let _ = sheet::html(self, &typed);
    }

    /// A word of the page with its `{braces}` filled.
    pub(super) fn word(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.pack().map(|pack| words::filled(pack, key, values)).unwrap_or_default()
    }
}

fn pack_of(engine: &Engine) -> Result<&Pack, Faults> {
    let first = engine.library().packs.values().next();
    first.ok_or_else(|| Diagnostic::error("no-language", "the clinic folder has no language").into())
}

/// Titles are templates: a sheet says what they come to. None when it cannot be made; that is told when somebody asks.
fn titles(engine: &Engine, now: DateTime<Utc>) -> BTreeMap<String, String> {
    let mut typed = Typed::default();
    typed.set("regions", [Region::Neck.to_string()]);
    let made = engine.request(&typed.request(), now).and_then(|request| engine.document(&request.value));
    made.map(|document| engine.section_titles(&document.value)).unwrap_or_default()
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
