//! The arguments of `batch`.

use super::formats::RowFormat;
use crate::request::roster::ListDay;
use clap::{ValueEnum, ValueHint};
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;

/// Make one handout a row of a roster
///
/// A row's `id` names its files. Rows with faults do not stop the others: they stand in `errors.csv`, which is a
/// roster again once it is mended; words that belong to no column stand there under `unread`, until somebody moves them.
/// `manifest.jsonl` has a line for every row that is made.
#[derive(Debug, clap::Args)]
#[command(after_long_help = BATCH_EXAMPLES)]
pub struct BatchArgs {
    /// The roster: a workbook (XLSX, XLS, ODS), CSV, JSON (lines or an array) or a YAML list; `-` reads standard input
    #[arg(value_name = "ROSTER", value_hint = ValueHint::FilePath)]
    pub roster: PathBuf,

    /// The folder for handouts, manifest and failed rows; FILE.zip packs them, `-` writes a tar to standard output
    #[arg(long, short, value_name = "DIR", value_hint = ValueHint::AnyPath)]
    pub output: PathBuf,

    /// How the roster is written [default: as its name ends, else csv]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub roster_format: Option<RosterFormat>,

    /// Which columns of somebody else's list are read, and as what; the others are not looked at
    #[arg(long, value_name = "MAP.yaml", value_hint = ValueHint::FilePath)]
    pub columns: Option<PathBuf>,

    /// The day of sessions of which the list says the time alone: `2026-11-24` or `today`
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub day: Option<ListDay>,

    /// Files for each row; several with commas [default: pdf, or none with --merge]
    #[arg(long, value_enum, value_name = "FORMAT", value_delimiter = ',')]
    pub format: Vec<RowFormat>,

    /// All rows in one print-ready PDF, each beginning on a front side
    #[arg(long, value_name = "FILE.pdf", value_hint = ValueHint::FilePath)]
    pub merge: Option<PathBuf>,

    /// A new merged file after N rows: FILE-0001.pdf, FILE-0002.pdf, …
    #[arg(long, value_name = "N", requires = "merge", allow_negative_numbers = true, value_parser = parts_of)]
    pub merge_every: Option<NonZeroU32>,

    /// Rows made at the same time, at most 1,024 [default: one for each processor]
    #[arg(long, short, value_name = "N", allow_negative_numbers = true, value_parser = jobs)]
    pub jobs: Option<NonZeroUsize>,

    /// Keep what an earlier run is proven to have made
    #[arg(long)]
    pub resume: bool,

    /// Only the rows of part K of N, chosen by id
    #[arg(long, value_name = "K/N")]
    pub shard: Option<String>,

    /// Make no sheet whose texts nobody has signed as they are
    #[arg(long)]
    pub require_signed: bool,

    /// Behind the PDF of a row in another language its copy in the language of the original, marked, for a clinician
    #[arg(long, conflicts_with = "merge")]
    pub with_source: bool,

    /// Check all rows and write nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Write over files that aftercare did not make
    #[arg(long)]
    pub force: bool,

    /// End well when all that is wrong are rows with faults: each is in `errors.csv`, and trying again would not help
    #[arg(long)]
    pub faults_ok: bool,

    /// The account at the end as JSON, on standard output
    #[arg(long)]
    pub json: bool,
}

/// Each takes some memory, and more than there are processors make nothing faster.
const MOST_JOBS: usize = 1024;

fn jobs(text: &str) -> Result<NonZeroUsize, String> {
    let jobs = text.trim().parse().ok().filter(|jobs: &NonZeroUsize| jobs.get() <= MOST_JOBS);
    jobs.ok_or_else(|| "it takes a whole number from 1 to 1024".to_owned())
}

fn day(text: &str) -> Result<ListDay, String> {
    ListDay::parse(text).ok_or_else(|| "it takes a day as `2026-11-24`, or `today`".to_owned())
}

fn parts_of(text: &str) -> Result<NonZeroU32, String> {
    text.trim().parse().map_err(|_| format!("it takes a whole number of rows, from 1 to {}", u32::MAX))
}

const BATCH_EXAMPLES: &str = "\
Examples:
  aftercare batch roster.csv -o out/
  aftercare batch roster.csv -o out/ --resume          go on after a stop
  aftercare batch roster.csv -o out/ --merge all.pdf   one file for the printer
  aftercare batch roster.csv -o out/ --dry-run         check the rows first
  aftercare batch out/errors.csv -o out/ --resume      mended rows
  aftercare batch export.xlsx -o out/ --columns map.yaml
  aftercare batch day.xlsx -o out/ --columns map.yaml --day today
  aftercare batch roster.csv -o day.zip                all files in one archive

A file of columns says which column of a list is what:
  columns: {regions: Body part, patient: [First Name], session_at: [Date, Time]}
  dates: day-first              # or month-first, or iso
  names: last-first             # of names like `Lee, Ann`
  only: {State: [Arrived]}      # rows with one of these values
  defaults: {language: en}      # what a row says that says nothing";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RosterFormat {
    /// Comma, semicolon or tab
    Csv,
    /// One JSON object a line, or an array of them
    Jsonl,
    /// A list of requests
    Yaml,
}
