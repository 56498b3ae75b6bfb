//! Copies the built-in clinic folder out, or adds a treatment or a language to one.

mod language;
mod skeleton;

use super::args::{Global, InitArgs};
use super::outcome::Failure;
use super::output::{Spot, prepare};
use super::report::Reporter;
use crate::atomic_file::Readers;
use crate::diagnostic::{Diagnostic, Place};
use crate::{BuiltIn, Files};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

pub fn run(args: &InitArgs, global: &Global, reporter: &Reporter) -> Result<(), Failure> {
    if let Some(id) = &args.treatment {
        return skeleton::add(&args.folder, id, global, reporter);
    }
    if let Some(tag) = &args.language {
        return language::add(&args.folder, tag, reporter);
    }
    refuse_what_is_there(&args.folder, args.force)?;
    let listed = BuiltIn.list()?;
    let spots: Vec<Spot> = listed.iter().map(|file| Spot::within(&args.folder, &file.path)).collect();
    for (file, target) in listed.iter().zip(prepare(&spots, true, Readers::Anybody)?) {
        target.write(&BuiltIn.read(&file.path)?)?;
    }
    let folder = args.folder.to_string_lossy();
    reporter.note(&format!("made {folder} ({} files)", listed.len()));
    reporter.note(&format!("use it with `--clinic {folder}`, or set AFTERCARE_CLINIC"));
    Ok(())
}

/// Only an empty folder, or none, may be filled without `force`.
fn refuse_what_is_there(folder: &Path, force: bool) -> Result<(), Failure> {
    let fault =
        |message: String| Diagnostic::error("init", message).at(Place::file(folder.to_string_lossy()));
    match fs::read_dir(folder).map(|mut entries| entries.next().is_none()) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(fault(format!("the folder cannot be used: {error}")).into()),
        Ok(empty) if force || empty => Ok(()),
        Ok(_) => Err(fault("the folder is not empty".to_owned())
            .hint("name a new folder, or replace files of the same names with `--force`")
            .into()),
    }
}
