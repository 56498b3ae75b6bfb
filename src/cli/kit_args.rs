//! Arguments of `kit` as typed.

use clap::ValueHint;
use std::path::PathBuf;

/// Make everything that is printed and shown of the general text
///
/// For each treatment and language a folder of posters, cards, brochures and pictures, and beside them the web pages: all of
/// one state of the clinic folder. `README.md` says what each file is for, `manifest.json` says the same to programs. Where
/// the clinic has a phone number and the texts are signed, the brochures come for the print shop too.
#[derive(Debug, clap::Args)]
#[command(after_long_help = KIT_EXAMPLES)]
pub struct KitArgs {
    /// The folder of the kit; it is made if it is not there
    #[arg(long, short, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub output: PathBuf,

    /// Of these treatments, with commas [default: all of the clinic's]
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub treatment: Vec<String>,

    /// In these languages, with commas [default: all of the clinic's]
    #[arg(long, value_name = "LANGUAGE", value_delimiter = ',')]
    pub language: Vec<String>,

    /// Where the web pages will stand [default: the clinic's `site`]
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
    pub base_url: Option<String>,

    /// Write over files that aftercare did not make
    #[arg(long)]
    pub force: bool,
}

const KIT_EXAMPLES: &str = "\
Examples:
  aftercare kit -o kit/                                all treatments, all languages
  aftercare kit -o kit/ --treatment ID            of one of `aftercare list treatments`
  aftercare kit -o kit/ --language en,fr";
