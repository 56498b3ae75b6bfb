//! A batch as meant.

use super::address::{Address, Use, refuse_addresses};
use super::archive;
use super::stop;
use crate::Engine;
use crate::batch::{Merge, Plan, Shard};
use crate::cli::batch_args::{BatchArgs, RosterFormat};
use crate::cli::formats::RowFormat;
use crate::cli::input::{self, STDIN};
use crate::cli::outcome::Failure;
use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::options::keys::Keys;
use crate::request::roster::{self, ColumnMap, Roster};
use chrono::{DateTime, NaiveDate, Utc};
use std::fs::File;
use std::io::{self, Cursor, Read, Seek};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

/// Bytes of a list of objects that a file of columns is for: it is held as a whole.
const MOST_JSON: u64 = 32 << 20;

pub type Source = Box<dyn Read + Send>;

pub fn plan(args: &BatchArgs, now: DateTime<Utc>) -> Result<Plan, Failure> {
    let shard = match &args.shard {
        None => None,
        Some(text) => Some(Shard::parse(text).ok_or_else(|| {
            Failure::call(format!("`--shard {text}` is no part of a whole"), "write it as `K/N`, e.g. `2/4`")
        })?),
    };
    refuse_addresses(args)?;
    let pack = archive::of(args)?;
    let pdf_by_default = args.format.is_empty() && args.merge.is_none();
    let pdf = pdf_by_default || args.format.contains(&RowFormat::Pdf);
    if args.with_source && !pdf {
        let message = "a copy for the clinician goes with a PDF of each row";
        return Err(Failure::call(message, "ask for one: `--format pdf`"));
    }
    Ok(Plan {
        roster: Some(roster_file(args)),
        folder: args.output.clone(),
        pack,
        pdf,
        with_source: args.with_source,
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

/// The file of columns, whose defaults are checked as a request's values are.
pub fn map(args: &BatchArgs, engine: &Engine, now: DateTime<Utc>) -> Result<Option<Arc<ColumnMap>>, Failure> {
    let Some(path) = &args.columns else { return Ok(None) };
    if path.as_os_str() == "-" && args.roster.as_os_str() == "-" {
        let message = "the roster and its columns cannot both come through standard input";
        return Err(Failure::call(message, "name a file for one of them: `--columns map.yaml`"));
    }
    let (name, text) = input::text(path, roster::MAP_LIMIT, "a file of columns")?;
    let map = ColumnMap::read(&name, &text, engine.keys())?.knowing(engine.treatments());
    let faults = engine.request(map.defaults(), now).err().map_or_else(Vec::new, |faults| faults.0);
    // What it lacks, its rows say.
    let is_own = |fault: &Diagnostic| {
        let place = fault.place.as_ref().filter(|place| *place.file == *name);
        place.is_some() && fault.code != "missing-key"
    };
    let faults: Vec<Diagnostic> = faults.into_iter().filter(is_own).collect();
    if faults.is_empty() { Ok(Some(Arc::new(map))) } else { Err(Faults(faults).into()) }
}

/// Whether a file is a table by columns, which this build reads. A pipe is not looked into: it can be read once only.
fn is_parquet(file: &mut File) -> bool {
    let mut start = Vec::new();
    cfg!(feature = "parquet")
        && file.metadata().is_ok_and(|data| data.is_file())
        && file.take(roster::PARQUET.len() as u64).read_to_end(&mut start).is_ok()
        && file.rewind().is_ok()
        && start == roster::PARQUET
}

/// The roster, its header read and checked. `today`: at the clinic.
pub fn roster(
    args: &BatchArgs,
    keys: &Keys,
    map: Option<Arc<ColumnMap>>,
    today: NaiveDate,
) -> Result<Roster<Source>, Failure> {
    let (name, format) = (name(args), format(args));
    let day = args.day.or(map.as_ref().and_then(|map| map.day)).map(|day| day.date(today));
    let fault = |error: io::Error| {
        let message = format!("the roster cannot be read: {error}");
        Failure::from(Diagnostic::error("unreadable-file", message).at(Place::file(&*name)))
    };
    let opening = Opening { format, name: name.clone(), keys: keys.clone(), map };
    if args.roster.as_os_str() == "-" {
        return Ok(opening.source(Box::new(io::stdin()))?.with_day(day));
    }
    if let Some(address) = Address::of(&args.roster) {
        return opening.address(&address, day);
    }
    let open = || File::open(&args.roster).map_err(fault);
    let file = open()?;
    let data = file.metadata();
    if data.as_ref().is_ok_and(|data| data.is_dir()) {
        return Err(fault(io::Error::other("it is a folder")));
    }
    let roster = opening.file(file)?.with_day(day);
    // A pipe can be read once only.
    if !roster.needs_first_reading() || !data.is_ok_and(|data| data.is_file()) {
        return Ok(roster);
    }
    // The same file, whatever has its name by then. What cannot be read says nothing: such days are refused.
    let again = open()?;
    Ok(roster.with_orders_from(move || opening.file(again).map(Roster::orders).unwrap_or_default()))
}

/// What a roster is opened by.
struct Opening {
    format: roster::Format,
    name: String,
    keys: Keys,
    map: Option<Arc<ColumnMap>>,
}

impl Opening {
    fn source(&self, source: Source) -> Result<Roster<Source>, Faults> {
        match &self.map {
            None => Roster::open(source, self.format, &self.name, &self.keys),
            Some(map) if map.is_of_tables() && self.format == roster::Format::JsonLines => {
                let (source, format) = self.table(source)?;
                let map = Arc::new((**map).clone().of_objects());
                Roster::open_mapped(source, format, &self.name, &self.keys, map)
            }
            Some(map) => Roster::open_mapped(source, self.format, &self.name, &self.keys, map.clone()),
        }
    }

    /// Objects with keys of somebody else's as a table, which a file of columns is for.
    fn table(&self, source: Source) -> Result<(Source, roster::Format), Faults> {
        let place = || Place::file(&*self.name);
        let mut bytes = Vec::new();
        source.take(MOST_JSON + 1).read_to_end(&mut bytes).map_err(|error| {
            let message = format!("the roster cannot be read: {error}");
            Diagnostic::error("unreadable-file", message).at(place())
        })?;
        if bytes.len() as u64 > MOST_JSON {
            let message =
                format!("a list of objects for a file of columns is at most {} MiB", MOST_JSON >> 20);
            return Err(Diagnostic::error("file-too-big", message).at(place()).hint("save it as CSV").into());
        }
        match roster::as_table(&bytes, &self.keys).map_err(|fault| fault.at(place()))? {
            Some(table) => Ok((Box::new(Cursor::new(table)), roster::Format::Csv)),
            None => Ok((Box::new(Cursor::new(bytes)), self.format)),
        }
    }

    /// From an object store. What it writes as days may be looked through once more, as of a file.
    fn address(self, address: &Address<'_>, day: Option<NaiveDate>) -> Result<Roster<Source>, Failure> {
        address.check(Use::Roster)?;
        #[cfg(not(feature = "object-store"))]
        {
            let _ = day;
            Err(super::address::not_built(Use::Roster))
        }
        #[cfg(feature = "object-store")]
        {
            let reader = super::store::roster(address)?;
            let again = reader.again();
            let roster = self.source(Box::new(reader))?.with_day(day);
            if !roster.needs_first_reading() {
                return Ok(roster);
            }
            Ok(roster.with_orders_from(move || {
                self.source(Box::new(again)).map(Roster::orders).unwrap_or_default()
            }))
        }
    }

    fn file(&self, mut file: File) -> Result<Roster<Source>, Faults> {
        match is_parquet(&mut file) {
            #[cfg(feature = "parquet")]
            true => Roster::open_parquet(Box::new(file), &self.name, &self.keys, self.map.clone()),
            _ => self.source(Box::new(file)),
        }
    }
}
