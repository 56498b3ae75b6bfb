//! Arguments of `sign` as typed.

use chrono::NaiveDate;

/// Record who approved the texts, and see which approvals hold
///
/// Writes who, when, and what was approved to the treatment's `signoff.yaml` in the clinic folder. Texts that nobody signed,
/// that were changed since, or whose signature has run out are a draft, and every output says so. It is a record of an
/// approval, no proof of who wrote it.
#[derive(Debug, clap::Args)]
#[command(after_long_help = SIGN_EXAMPLES)]
pub struct SignArgs {
    /// Who approved the texts, and what they are at the clinic
    #[arg(long, value_name = "NAME, ROLE", required_unless_present = "status")]
    pub by: Option<String>,

    /// Of this treatment [default: the clinic's, if it has one only]
    #[arg(long, value_name = "ID")]
    pub treatment: Option<String>,

    /// In this language [default: the clinic's, if it has one only]
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,

    /// The day of the approval [default: today]
    #[arg(long, value_name = "DATE")]
    pub on: Option<NaiveDate>,

    /// Show what is signed, what has changed since, and what is a draft
    #[arg(long, conflicts_with_all = ["by", "on"])]
    pub status: bool,
}

const SIGN_EXAMPLES: &str = "\
Examples:
  aftercare sign --status
  aftercare sign --clinic clinic --by \"Ann Lee, Clinical lead\" --treatment ID";
