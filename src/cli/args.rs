//! Arguments as typed. Help, manual page and completions come from here; to them come the flags of the treatments' options.

use super::batch_args::BatchArgs;
use super::brochure_args::BrochureArgs;
use super::check_args::CheckArgs;
use super::formats::Format;
use super::kit_args::KitArgs;
use super::request_flags::RequestFlags;
#[cfg(feature = "web")]
use super::serve_args::ServeArgs;
use super::sign_args::SignArgs;
use clap::{Parser, Subcommand, ValueEnum, ValueHint};
use std::path::PathBuf;

/// Printable aftercare handouts.
///
/// Merges a clinic's content with one patient's session into a clear, safe sheet: a tagged PDF for paper, and a web
/// page of the same words. Everything is built in; no network, no fonts and no service are needed.
#[derive(Debug, Parser)]
#[command(name = "aftercare", version, long_version = super::version::LONG.as_str(), max_term_width = 100, propagate_version = true)]
pub struct Args {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// `{flags}`: what the folder's first treatment asks for, see [`super::request_flags::sample`].
pub const AFTER_HELP: &str = "\
Examples:
  aftercare render request.yaml -o out/
  aftercare render {flags} -o sheet.pdf
  aftercare batch roster.csv -o out/
  aftercare list options

Exit codes:
  0  everything that was asked for was made
  1  something was not made; the messages name it
  2  the call or its inputs could not be understood; nothing was made";

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// Use this clinic folder in place of the built-in one
    #[arg(long, global = true, value_name = "DIR", env = "AFTERCARE_CLINIC", hide_env_values = true)]
    #[arg(value_hint = ValueHint::DirPath)]
    pub clinic: Option<PathBuf>,

    /// Take this time for now, e.g. `2026-11-24T15:30`; SOURCE_DATE_EPOCH does the same
    #[arg(long, global = true, value_name = "TIME")]
    pub now: Option<String>,

    /// Show errors only
    #[arg(long, short, global = true)]
    pub quiet: bool,

    /// Colour the messages
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    pub color: Color,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Render(Box<RenderArgs>),
    Batch(BatchArgs),
    Brochure(BrochureArgs),
    Site(SiteArgs),
    Kit(KitArgs),
    Check(CheckArgs),
    Sign(SignArgs),
    #[cfg(feature = "web")]
    Serve(ServeArgs),
    Init(InitArgs),
    List(ListArgs),
    Schema(SchemaArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// Make one handout
///
/// The request comes from a file, from standard input, or from flags alone. A flag takes the place of the same key
/// in the file. Without a name the sheet has a line to write one on.
#[derive(Debug, clap::Args)]
pub struct RenderArgs {
    /// The request; `-` reads standard input
    #[arg(value_name = "REQUEST.yaml", value_hint = ValueHint::FilePath)]
    pub request: Option<PathBuf>,

    /// A file, a folder (with `/` at its end, or one that exists), or `-` for standard output
    #[arg(long, short, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub output: Option<PathBuf>,

    /// What to make; several with commas [default: as the file ends, else pdf]
    #[arg(long, value_enum, value_name = "FORMAT", value_delimiter = ',')]
    pub format: Vec<Format>,

    /// Also list what the sheet rests on, to standard output: each claim, how firm it is, its sources
    #[arg(long)]
    pub sources: bool,

    /// Also the same sheet in the language in which its texts were first written, behind it and marked, for a clinician who
    /// does not read the patient's
    #[arg(long)]
    pub with_source: bool,

    /// Write over files that aftercare did not make
    #[arg(long)]
    pub force: bool,

    #[command(flatten)]
    pub flags: RequestFlags,
}

pub const RENDER_EXAMPLES: &str = "\
Examples:
  aftercare render request.yaml                        handout.pdf or ID.pdf in this folder
  aftercare render request.yaml -o out/ --format pdf,html
  aftercare render {flags} -o - > sheet.pdf
  aftercare render request.yaml --edition large-print -o large.pdf
  aftercare render request.yaml --format text -o -     the sheet as a screen reader reads it";

/// Make the public web pages
///
/// The general text as a folder that any web server can show: a page a language, a page a group of questions, the choice
/// of language, "not found", and what search engines read. One script shows the own times of whoever comes by a sheet's code;
/// without it the pages say the same to everybody. No cookie, nothing from another server. Also the same text for other
/// tools: mails, Markdown, and pages of somebody else's.
#[derive(Debug, clap::Args)]
#[command(after_long_help = SITE_EXAMPLES)]
pub struct SiteArgs {
    /// The folder of the pages; it is made if it is not there
    #[arg(long, short, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub output: PathBuf,

    /// Where the pages will stand: for the sitemap, canonical links and languages
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
    pub base_url: Option<String>,

    /// What to make of each treatment and language; several with commas
    #[arg(long, value_enum, value_name = "FORMAT", value_delimiter = ',', default_value = "html")]
    pub format: Vec<SiteFormat>,

    /// Also what is pasted into pages of somebody else's: a part that no style of theirs hides, and a frame
    #[arg(long)]
    pub embed: bool,

    /// Write over files that aftercare did not make
    #[arg(long)]
    pub force: bool,
}

/// What is made of the general text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SiteFormat {
    /// The web pages
    Html,
    /// An e-mail as HTML of tables, and its words alone for readers without HTML
    Email,
    /// Markdown, for a blog or a profile
    Markdown,
}

const SITE_EXAMPLES: &str = "\
Examples:
  aftercare site -o public/
  aftercare site -o public/ --base-url https://www.example.org/aftercare/
  aftercare site -o public/ --base-url https://www.example.org/aftercare/ --embed
  aftercare site -o texts/ --format email,markdown";

/// Copy the built-in clinic folder out, to be changed
///
/// The folder holds the content, the templates, the brand and the fonts. Until you change it, `--clinic DIR` makes
/// the same bytes as the built-in one. With `--treatment` it adds a treatment to a clinic folder, to be written.
#[derive(Debug, clap::Args)]
pub struct InitArgs {
    /// Where to put it; with `--treatment` or `--language`, the clinic folder that is there
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,

    /// Add the files of a treatment of this name, with places for its words
    #[arg(long, value_name = "ID", conflicts_with = "force")]
    pub treatment: Option<String>,

    /// Add the files of a language, each text of the first language beside a place for its own; again: what is left to write
    #[arg(long, value_name = "TAG", conflicts_with_all = ["force", "treatment"])]
    pub language: Option<String>,

    /// Also into a folder that is not empty; files of the same names are replaced
    #[arg(long)]
    pub force: bool,
}

/// Show what can be asked for
#[derive(Debug, clap::Args)]
pub struct ListArgs {
    #[arg(value_enum)]
    pub what: Listing,

    /// Of this treatment [default: the clinic's first]
    #[arg(long, value_name = "ID")]
    pub treatment: Option<String>,

    /// As JSON, for other programs
    #[arg(long)]
    pub json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Listing {
    /// The treatments of the clinic folder
    Treatments,
    /// The sections of the sheet
    Sections,
    /// The parts of the body that can be treated
    Regions,
    /// The library of stretches
    Stretches,
    /// The other libraries of exercises
    Exercises,
    /// Every key of a request
    Options,
    /// The languages of the clinic folder
    Languages,
    /// The styles of the sheet
    Editions,
}

/// Show the JSON Schema of a file, for editors
#[derive(Debug, clap::Args)]
pub struct SchemaArgs {
    #[arg(value_enum)]
    pub what: Schema,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Schema {
    /// A request
    Request,
    /// A roster as a list, or a line of JSON Lines
    Roster,
    /// The files of a clinic folder
    Clinic,
    /// A treatment's treatment.yaml
    Treatment,
    /// A language's words.yaml
    Language,
}

/// Write a completion script for a shell
#[derive(Debug, clap::Args)]
pub struct CompletionsArgs {
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

/// Write the manual page
///
/// View it with `aftercare man | man -l -`.
#[derive(Debug, clap::Args)]
pub struct ManArgs {
    /// The page of this command; without it, the page of the whole program
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}
