//! `check`: everything that is wrong with a clinic folder, for people or for programs.

mod json;
mod rules;
mod sarif;
mod scorecard;

use super::args::Global;
use super::check_args::{CheckArgs, ReportFormat};
use super::clock;
use super::outcome::Failure;
use super::output::to_stdout;
use super::report::Reporter;
use crate::diagnostic::{Diagnostic, Faults, Severity};
use crate::locale::Zone;
use crate::{BuiltIn, Engine, Files, Folder};
use std::collections::BTreeSet;

pub fn run(args: &CheckArgs, global: &Global, reporter: &Reporter) -> Result<(), Failure> {
    let folder: Box<dyn Files> = match &global.clinic {
        Some(folder) => Box::new(Folder::new(folder)),
        None => Box::new(BuiltIn),
    };
    let files = match folder.list() {
        Ok(listed) => listed.len(),
        // Nothing to report about: there is no clinic folder here.
        Err(faults) if is_no_clinic(&faults) => return Err(faults.into()),
        Err(_) => 0,
    };
    if args.scorecard && args.format == ReportFormat::Sarif {
        return Err(Failure::call("a scorecard is no SARIF report", "leave `--format` out, or take `json`"));
    }
    let mut found = Engine::check(&*folder, |zone| clock::now(global, zone))?;
    found.iter_mut().for_each(advise);
    let cards = match args.scorecard && count(&found, Severity::Error) == 0 {
        true => Some(scorecard::of(args.request.as_deref(), &*folder, global)?),
        false => None,
    };
    let report = match (args.format, args.scorecard) {
        (ReportFormat::Text, _) => {
            let line = format!("{}; time zones {}", closing_line(&found, files), Zone::edition());
            reporter.report(&found, &line) + &cards.as_ref().map(scorecard::text).unwrap_or_default()
        }
        (ReportFormat::Json, true) => {
            format!("{:#}\n", scorecard::json(json::report(&found), cards.as_ref()))
        }
        (ReportFormat::Json, false) => format!("{:#}\n", json::report(&found)),
        (ReportFormat::Sarif, _) => format!("{:#}\n", sarif::report(&found)),
    };
    to_stdout(report.as_bytes())?;
    let warnings = if args.strict { count(&found, Severity::Warning) } else { 0 };
    match count(&found, Severity::Error) + warnings {
        0 => Ok(()),
        _ => Err(Failure::Reported),
    }
}

/// A finding without advice of its own has that of its rule.
fn advise(fault: &mut Diagnostic) {
    if fault.hints.is_empty() {
        let rule = rules::rule(fault.code).filter(|rule| !rule.advice.is_empty());
        fault.hints.extend(rule.map(|rule| rule.advice.into()));
    }
}

fn is_no_clinic(faults: &Faults) -> bool {
    faults.0.iter().any(|fault| fault.code == "no-content")
}

fn count(found: &[Diagnostic], severity: Severity) -> usize {
    found.iter().filter(|fault| fault.severity == severity).count()
}

/// "2 errors and 1 warning in 3 files".
fn closing_line(found: &[Diagnostic], files: usize) -> String {
    let (errors, warnings) = (count(found, Severity::Error), count(found, Severity::Warning));
    let faulty: BTreeSet<&str> =
        found.iter().filter_map(|fault| Some(&*fault.place.as_ref()?.file)).collect();
    let told = match (errors, warnings) {
        (0, 0) => return format!("no faults in {}", several(files, "file")),
        (_, 0) => several(errors, "error"),
        (0, _) => format!("no errors, {}", several(warnings, "warning")),
        _ => format!("{} and {}", several(errors, "error"), several(warnings, "warning")),
    };
    match faulty.len() {
        0 => told,
        faulty => format!("{told} in {}", several(faulty, "file")),
    }
}

fn several(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// A line or column, from 1, where it is known.
fn known(number: u32) -> Option<u32> {
    (number > 0).then_some(number)
}

fn level(fault: &Diagnostic) -> &'static str {
    match fault.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;

    #[test]
    fn the_closing_line_counts_in_words() {
        let error = Diagnostic::error("a", "a").at(Place::line("f", 1, 1));
        let warning = Diagnostic::warning("a", "a").at(Place::line("f", 1, 1));
        let line = |found: &[Diagnostic]| closing_line(found, 9);
        assert_eq!(line(&[]), "no faults in 9 files");
        assert_eq!(line(std::slice::from_ref(&error)), "1 error in 1 file");
        assert_eq!(line(&[warning.clone(), warning.clone()]), "no errors, 2 warnings in 1 file");
        assert_eq!(line(&[error, warning]), "1 error and 1 warning in 1 file");
        assert_eq!(line(&[Diagnostic::error("folder-too-big", "a")]), "1 error");
    }
}
