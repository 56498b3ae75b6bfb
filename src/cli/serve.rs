//! `serve`: the clinician's page on this machine.

use super::args::{Global, ServeArgs};
use super::outcome::Failure;
use super::report::Reporter;
use super::{clinic, clock};
use crate::diagnostic::Diagnostic;
use crate::{Door, ServeError, Site};
use chrono::Utc;
use std::net::SocketAddr;

pub fn run(args: &ServeArgs, global: &Global, reporter: &Reporter) -> Result<(), Failure> {
    let address = SocketAddr::new(args.host, args.port);
    let door = Door::new(address, args.token.as_deref()).map_err(|refused| {
        Failure::call(refused, "give one of at least 16 characters with `--token`, or leave `--host` out")
    })?;
    let engine = clinic::engine(global, reporter)?;
    let fixed = clock::now(global, engine.library().clinic.time_zone)?;
    let is_fixed = clock::is_fixed(global);
    let clock = Box::new(move || if is_fixed { fixed } else { Utc::now() });
    let site = Site::new(engine, door, clock)?;
    crate::serve(site, |address| reporter.note(&ready(address))).map_err(not_served)
}

fn ready(address: SocketAddr) -> String {
    format!("the clinician's page is at http://{address}/ (Ctrl-C ends it)")
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
