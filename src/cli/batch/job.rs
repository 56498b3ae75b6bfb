//! A batch as meant.

use super::stop;
use crate::batch::{Merge, Plan, Shard};
use crate::cli::args::{BatchArgs, RosterFormat};
use crate::cli::formats::RowFormat;
use crate::cli::input::STDIN;
use crate::cli::outcome::Failure;
use crate::diagnostic::{Diagnostic, Place};
use crate::options::keys::Keys;
use crate::request::roster::{self, Roster};
use chrono::{DateTime, Utc};
use std::fs::File;
use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::path::PathBuf;

pub type Source = Box<dyn Read + Send>;

pub fn plan(args: &BatchArgs, now: DateTime<Utc>) -> Result<Plan, Failure> {
    let shard = match &args.shard {
        None => None,
        Some(text) => Some(Shard::parse(text).ok_or_else(|| {
            Failure::call(format!("`--shard {text}` is no part of a whole"), "write it as `K/N`, e.g. `2/4`")
        })?),
    };
    let pdf_by_default = args.format.is_empty() && args.merge.is_none();
    Ok(Plan {
        roster: Some(roster_file(args)),
        folder: args.output.clone(),
        pdf: pdf_by_default || args.format.contains(&RowFormat::Pdf),
        html: args.format.contains(&RowFormat::Html),
        note: args.format.contains(&RowFormat::Note),
        ics: args.format.contains(&RowFormat::Ics),
        merge: args.merge.clone().map(|file| Merge { file, every: args.merge_every }),
        jobs: args.jobs.unwrap_or_else(|| std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)),
        resume: args.resume,
        force: args.force,
        require_signed: args.require_signed,
        dry_run: args.dry_run,
        shard,
        now,
        stop: stop::flag(),
    })
}

/// The file that rows are read from; standard input may be one.
fn roster_file(args: &BatchArgs) -> PathBuf {
    match args.roster.as_os_str() == "-" {
        true => PathBuf::from("/dev/stdin"),
        false => args.roster.clone(),
    }
}

/// About how many rows a run does: the lines of a roster that is a file of lines. Never a reason to fail.
pub fn rows(args: &BatchArgs, plan: &Plan, roster: &Roster<Source>) -> Option<u64> {
    let shards = plan.shard.map_or(1, |shard| u64::from(shard.count.get()));
    if let Some(rows) = roster.count() {
        return Some((rows / shards).max(1));
    }
    let format = format(args);
    if format == roster::Format::Yaml || !args.roster.metadata().ok()?.is_file() {
        return None;
    }
    let mut file = File::open(&args.roster).ok()?;
    let mut buffer = vec![0; 256 << 10];
    let mut lines = 0;
    loop {
        match file.read(&mut buffer).ok()? {
            0 => break,
            read => lines += buffer[..read].iter().filter(|byte| **byte == b'\n').count() as u64,
        }
    }
    let header = u64::from(format == roster::Format::Csv);
    Some((lines.saturating_sub(header) / shards).max(1))
}

fn format(args: &BatchArgs) -> roster::Format {
    match args.roster_format {
        Some(RosterFormat::Csv) => roster::Format::Csv,
        Some(RosterFormat::Jsonl) => roster::Format::JsonLines,
        Some(RosterFormat::Yaml) => roster::Format::Yaml,
        None => roster::Format::of(&args.roster.to_string_lossy()).unwrap_or(roster::Format::Csv),
    }
}

/// The roster's name in messages.
pub fn name(args: &BatchArgs) -> String {
    match args.roster.as_os_str() == "-" {
        true => STDIN.to_owned(),
        false => args.roster.to_string_lossy().into_owned(),
    }
}

/// The roster, its header read and checked.
pub fn roster(args: &BatchArgs, keys: &Keys) -> Result<Roster<Source>, Failure> {
    let (name, format) = (name(args), format(args));
    if args.roster.as_os_str() == "-" {
        return Ok(Roster::open(Box::new(io::stdin()) as Source, format, &name, keys)?);
    }
    let fault = |error: io::Error| {
        let message = format!("the roster cannot be read: {error}");
        Failure::from(Diagnostic::error("unreadable-file", message).at(Place::file(&*name)))
    };
    let open = || File::open(&args.roster).map_err(fault);
    let file = open()?;
    let data = file.metadata();
    if data.as_ref().is_ok_and(|data| data.is_dir()) {
        return Err(fault(io::Error::other("it is a folder")));
    }
    let roster = Roster::open(Box::new(file) as Source, format, &name, keys)?;
    // A pipe can be read once only.
    match roster.needs_first_reading() && data.is_ok_and(|data| data.is_file()) {
        true => Ok(roster.with_orders(Roster::open(open()?, format, &name, keys)?.orders())),
        false => Ok(roster),
    }
}
