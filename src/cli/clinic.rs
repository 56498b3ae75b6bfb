//! The clinic folder that a call uses.

use super::args::Global;
use super::outcome::Failure;
use super::report::Reporter;
use crate::{Engine, Folder};

/// The folder that `--clinic` names, else the built-in one.
pub fn engine(global: &Global, reporter: &Reporter) -> Result<Engine, Failure> {
    let loaded = match &global.clinic {
        Some(folder) => Engine::load(&Folder::new(folder))?,
        None => Engine::built_in()?,
    };
    reporter.diagnostics(&loaded.warnings);
    Ok(loaded.value)
}
