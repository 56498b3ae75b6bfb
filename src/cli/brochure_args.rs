//! Arguments of `brochure` as typed.

use clap::{ValueEnum, ValueHint};
use std::path::PathBuf;

/// Make the folded brochure
///
/// The general text on one sheet, printed on both sides and folded. The sheet says what it is; what does not fit on a
/// panel is left out by priority and named, never the warning signs.
#[derive(Debug, clap::Args)]
#[command(after_long_help = BROCHURE_EXAMPLES)]
pub struct BrochureArgs {
    /// Of this treatment [default: the clinic's first]
    #[arg(long, value_name = "ID")]
    pub treatment: Option<String>,

    /// How it is folded
    #[arg(long, value_enum, value_name = "FOLD", default_value_t = Fold::Tri)]
    pub fold: Fold,

    /// The paper [default: the clinic's]
    #[arg(long, value_enum, value_name = "PAPER")]
    pub paper: Option<Paper>,

    /// Who prints it
    #[arg(long = "for", value_enum, value_name = "PRINTER", default_value_t = Purpose::Office)]
    pub purpose: Purpose,

    /// For the press: what stands outside the bleed
    #[arg(long, value_enum, value_name = "MARKS", default_value_t = Marks::Crop)]
    pub marks: Marks,

    /// A numbered paper model to fold first, for office paper
    #[arg(long)]
    pub proof: bool,

    /// A language of the clinic, or several with commas, each a file of its own [default: its first]
    #[arg(long, value_name = "LANGUAGE", value_delimiter = ',')]
    pub language: Vec<String>,

    /// A file, a folder (with `/` at its end, or one that exists), or `-` for standard output
    #[arg(long, short, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub output: Option<PathBuf>,

    /// For the press: write what the finished file was found to be, good or bad: as text, or as JSON to a file that ends
    /// in `.json`
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub preflight: Option<PathBuf>,

    /// For the press, though nobody has signed the texts: it prints as the draft that it says it is
    #[arg(long)]
    pub draft: bool,

    /// Write over files that aftercare did not make
    #[arg(long)]
    pub force: bool,
}

const BROCHURE_EXAMPLES: &str = "\
Examples:
  aftercare brochure                                   brochure-tri-letter.pdf in this folder
  aftercare brochure --proof -o proof.pdf              fold this one first
  aftercare brochure --fold half --paper a4 -o out/
  aftercare brochure --language en,fr -o out/          two files in one job: all or none
  aftercare brochure --for press -o out/               bleed, marks, CMYK; of texts that somebody signed
  aftercare brochure --for press --draft -o out/ --preflight -";

/// How a brochure is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Fold {
    /// Three panels a side, one folds in
    Tri,
    /// Two panels a side
    Half,
}

/// The paper of a brochure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Paper {
    /// 11 by 8.5 inches
    Letter,
    /// 297 by 210 mm
    A4,
}

/// What stands outside the bleed of a file for the press.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Marks {
    /// Crop and fold marks
    Crop,
    /// Nothing: the page ends with the bleed, as many online printers ask
    None,
}

/// Who prints a brochure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Purpose {
    /// An office printer: fold marks, white edges, tagged for screen readers
    Office,
    /// A print shop: PDF/X-4 with bleed, crop marks and CMYK
    Press,
}
