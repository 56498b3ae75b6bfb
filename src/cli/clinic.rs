//! The clinic folder that a call uses.

use super::args::Global;
use super::outcome::Failure;
use super::report::Reporter;
use crate::diagnostic::{Choice, Diagnostic, shown};
use crate::options::keys::Keys;
use crate::{BuiltIn, Engine, Folder, Library, Report, folder_keys};
use std::ffi::OsString;
use std::path::PathBuf;

/// What is known of the clinic's folder before the call is read: treatments have flags of their own. What is wrong with the
/// folder is told when it is loaded.
pub struct Opened {
    /// The keys of requests for the folder that the call names.
    pub keys: Keys,
    /// The built-in folder, where a sheet of it is asked for: it is read once.
    built_in: Option<Report<Engine>>,
}

impl Opened {
    pub fn new(arguments: &[OsString]) -> Opened {
        if let Some(folder) = named(arguments) {
            return Opened { keys: folder_keys(&Folder::new(&folder)), built_in: None };
        }
        let is_sheet = arguments.iter().any(|word| word == "render");
        match is_sheet.then(Engine::built_in) {
            Some(Ok(loaded)) => Opened { keys: loaded.value.keys().clone(), built_in: Some(loaded) },
            _ => Opened { keys: folder_keys(&BuiltIn), built_in: None },
        }
    }

    /// As [`engine`].
    pub fn engine(self, global: &Global, reporter: &Reporter) -> Result<Engine, Failure> {
        match self.built_in.filter(|_| global.clinic.is_none()) {
            Some(loaded) => Ok(told(loaded, reporter)),
            None => engine(global, reporter),
        }
    }
}

/// The folder that `--clinic` names, else the built-in one.
pub fn engine(global: &Global, reporter: &Reporter) -> Result<Engine, Failure> {
    let loaded = match &global.clinic {
        Some(folder) => Engine::load(&Folder::new(folder))?,
        None => Engine::built_in()?,
    };
    Ok(told(loaded, reporter))
}

fn told(loaded: Report<Engine>, reporter: &Reporter) -> Engine {
    reporter.diagnostics(&loaded.warnings);
    loaded.value
}

/// The treatment that a flag names; the clinic's first one without.
pub fn treatment<'e>(engine: &'e Engine, named: Option<&str>) -> Result<&'e Library, Failure> {
    let Some(named) = named else { return Ok(engine.library()) };
    engine.treatments().find(|library| library.treatment.id.eq_ignore_ascii_case(named)).ok_or_else(|| {
        let ids = engine.treatments().map(|library| &*library.treatment.id);
        let message = format!("the clinic has no treatment `{}`", shown(named));
        let hint = Choice::among(named, ids.collect::<Vec<_>>().into_iter());
        Failure::from(Diagnostic::error("unknown-value", message).about(shown(named)).hint(hint))
    })
}

fn named(arguments: &[OsString]) -> Option<PathBuf> {
    let mut words = arguments.iter().skip(1);
    while let Some(word) = words.next() {
        if word == "--clinic" {
            return words.next().map(PathBuf::from);
        }
        if let Some(folder) = word.to_str().and_then(|word| word.strip_prefix("--clinic=")) {
            return Some(folder.into());
        }
        if word == "--" {
            break;
        }
    }
    std::env::var_os("AFTERCARE_CLINIC").filter(|folder| !folder.is_empty()).map(PathBuf::from)
}
