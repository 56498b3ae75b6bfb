//! What `check` takes.

use clap::{ValueEnum, ValueHint};
use std::path::PathBuf;

/// Find every fault of the clinic folder
///
/// Reads all content, templates, brand and fonts, and makes sheets, pages and brochures of them for trial, in every language
/// and edition. Each fault is told with its file, line and what to do. The exit code is 1 when there are errors; warnings
/// alone leave it 0.
#[derive(Debug, clap::Args)]
#[command(after_long_help = CHECK_EXAMPLES)]
pub struct CheckArgs {
    /// With `--scorecard`: the request whose sheet is looked at, in place of each treatment's usual one
    #[arg(value_name = "REQUEST.yaml", value_hint = ValueHint::FilePath, requires = "scorecard")]
    pub request: Option<PathBuf>,

    /// Also what published lists of questions about leaflets ask, and what sheets leave out
    #[arg(long)]
    pub scorecard: bool,

    /// How the report is written, to standard output
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = ReportFormat::Text)]
    pub format: ReportFormat,

    /// Warnings count as errors
    #[arg(long)]
    pub strict: bool,
}

const CHECK_EXAMPLES: &str = "\
Examples:
  aftercare check --clinic clinic                      every fault, and how many there are
  aftercare check --clinic clinic --format sarif > check.sarif
  aftercare check --scorecard                          how the sheets read, and what they leave out
  aftercare check --scorecard request.yaml             the same of one sheet";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For people
    Text,
    /// A list of objects
    Json,
    /// SARIF 2.1.0, for editors and code hosts
    Sarif,
}
