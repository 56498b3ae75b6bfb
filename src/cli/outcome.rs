//! Why a run did not end well.

use crate::diagnostic::{Diagnostic, Faults};
use std::io;

/// Why a job did not end well.
#[derive(Debug)]
pub enum Failure {
    /// The call or its inputs could not be understood; nothing was made.
    Refused(Faults),
    /// Something that was asked for was not made.
    NotMade(Faults),
    /// The report that was asked for names errors; it stands where it belongs.
    Reported,
    /// Whoever read our output went away: they have what they wanted.
    ClosedPipe,
}

impl Failure {
    /// The call asks for something that cannot be.
    pub fn call(message: impl Into<String>, hint: impl Into<crate::diagnostic::Hint>) -> Failure {
        Diagnostic::error("call", message).hint(hint).into()
    }

    /// A write to standard output that failed.
    pub fn of_stdout(error: io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
            _ => Failure::NotMade(
                Diagnostic::error("write", format!("standard output cannot be written: {error}")).into(),
            ),
        }
    }
}

impl From<Faults> for Failure {
    fn from(faults: Faults) -> Failure {
        Failure::Refused(faults)
    }
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Failure {
        Failure::Refused(diagnostic.into())
    }
}
