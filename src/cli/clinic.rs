//! The clinic folder that a call uses.

use super::args::Global;
use super::outcome::Failure;
use super::report::Reporter;
use crate::diagnostic::{Choice, Diagnostic, shown};
use crate::options::keys::Keys;
use crate::{BuiltIn, Engine, Folder, Library, folder_keys};
use std::ffi::OsString;
use std::path::PathBuf;

/// The folder that `--clinic` names, else the built-in one.
pub fn engine(global: &Global, reporter: &Reporter) -> Result<Engine, Failure> {
    let loaded = match &global.clinic {
        Some(folder) => Engine::load(&Folder::new(folder))?,
        None => Engine::built_in()?,
    };
    reporter.diagnostics(&loaded.warnings);
    Ok(loaded.value)
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

/// The keys of requests for the folder that a call names: its treatments have flags of their own, which must be known before
/// the call can be read. What is wrong with the folder is told when it is loaded.
pub fn keys(arguments: &[OsString]) -> Keys {
    match named(arguments) {
        Some(folder) => folder_keys(&Folder::new(&folder)),
        None => folder_keys(&BuiltIn),
    }
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
