//! `serve`: the clinician's page on this machine.

use super::args::Global;
use super::outcome::Failure;
use super::report::Reporter;
use super::serve_args::ServeArgs;
use super::{clinic, clock, quiet_panics};
use crate::diagnostic::{Diagnostic, Place};
use crate::{AccessGuard, ServeError, Site};
use chrono::Utc;
use std::fs::File;
use std::io::{self, Read};
use std::net::SocketAddr;
use std::path::Path;

pub fn run(args: &ServeArgs, global: &Global, reporter: &Reporter) -> Result<(), Failure> {
    let address = SocketAddr::new(args.host, args.port);
    let token = token(args)?;
    let access = AccessGuard::new(address, token.as_deref()).map_err(|refused| {
        let hint = "write one of at least 16 characters into a file and name it with `--token-file`, or set \
                    AFTERCARE_TOKEN; on this machine alone none is needed";
        Failure::call(refused, hint)
    })?;
    let access = match &args.public_url {
        None => access,
        Some(url) => access.behind_proxy(url).map_err(|refused| {
            let hint = "name it as a browser does: `--public-url https://sheets.example.org`, with a token in \
                        `--token-file FILE`";
            Failure::call(refused, hint)
        })?,
    };
    let engine = clinic::engine(global, reporter)?;
    let fixed = clock::now(global, engine.library().clinic.time_zone)?;
    let is_fixed = clock::is_fixed(global);
    if is_fixed {
        // Who tries the page wants it; in a clinic it would be the time of every sheet.
        let at = fixed.with_timezone(&engine.library().clinic.time_zone).format("%F %H:%M");
        reporter.note(&format!(
            "the clock stands still at {at}, by `--now` or SOURCE_DATE_EPOCH: make no sheet for a patient so"
        ));
    }
    let clock = Box::new(move || if is_fixed { fixed } else { Utc::now() });
    let site = Site::new(engine, access, clock)?;
    // A folder of the call is meant from where the call was made.
    let folder = global
        .clinic
        .as_deref()
        .map(|folder| std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned()));
    let site = match folder {
        Some(folder) => site.of_folder(folder),
        None => site,
    };
    keep_out_of_cores();
    // Until the page is open nothing but the runtime panics, where the system gives it no threads; that is told as an error.
    std::panic::set_hook(Box::new(|_| {}));
    let opened = |access: &AccessGuard| {
        quiet_panics("the page goes on");
        reporter.note(&ready(access));
    };
    crate::serve(site, asked_to_stop, opened).map_err(not_served)
}

/// Scraps of patients' words stay in memory for a while: no core file shall hold them.
#[cfg(target_os = "linux")]
fn keep_out_of_cores() {
    // A system that cannot do this is no worse than before.
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

#[cfg(not(target_os = "linux"))]
fn keep_out_of_cores() {}

/// Listens for signals from now on; the future ends when one comes.
#[cfg(unix)]
fn asked_to_stop() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn asked_to_stop() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

/// From the call, a file or the environment. A variable that is set to nothing is not set.
fn token(args: &ServeArgs) -> Result<Option<String>, Failure> {
    if let Some(path) = &args.token_file {
        return Ok(Some(token_in(path)?));
    }
    let set = || std::env::var(TOKEN).ok().filter(|token| !token.is_empty());
    Ok(args.token.clone().or_else(set))
}

const TOKEN: &str = "AFTERCARE_TOKEN";
/// Bytes of a token's file that are read.
const LONGEST: u64 = 4 << 10;

fn token_in(path: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    let read = File::open(path).and_then(|file| file.take(LONGEST).read_to_string(&mut text));
    let fault = |message: String| -> Failure {
        Diagnostic::error("token-file", message)
            .at(Place::file(path.to_string_lossy()))
            .hint("its first line is the token, at least 16 characters")
            .into()
    };
    read.map_err(|error| fault(format!("the token cannot be read: {error}")))?;
    let line = text.lines().next().unwrap_or_default().trim().to_owned();
    if line.is_empty() { Err(fault("the file begins with an empty line".to_owned())) } else { Ok(line) }
}

fn ready(access: &AccessGuard) -> String {
    let here = format!("http://{}/", access.address());
    let shown = access.shown();
    match shown == here {
        true => format!("the clinician's page is at {here} (Ctrl-C ends it)"),
        false => format!("the clinician's page is at {shown}, for its proxy at {here} (Ctrl-C ends it)"),
    }
}

fn not_served(error: ServeError) -> Failure {
    let hint = match &error {
        ServeError::PortTaken(port) => {
            format!("choose another, for example `--port {}`", port.wrapping_add(1))
        }
        ServeError::Address(..) => "is `--host` an address of this machine?".to_owned(),
        ServeError::System(_) => {
            return Failure::NotMade(Diagnostic::error("serve", error.to_string()).into());
        }
    };
    Diagnostic::error("serve", error.to_string()).hint(hint).into()
}
