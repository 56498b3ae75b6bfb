//! The command line: arguments as typed ([`args`]) become a job as meant, the job is run, and what went wrong is
//! drawn ([`report`], where exit codes are decided too).

mod args;
mod batch;
mod batch_args;
mod brochure;
mod brochure_args;
mod check;
mod check_args;
mod clinic;
mod clock;
mod formats;
mod init;
mod input;
mod kit;
mod kit_args;
mod limits;
mod list;
mod outcome;
mod output;
mod render;
mod report;
mod request_flags;
mod schema;
#[cfg(feature = "web")]
mod serve;
#[cfg(feature = "web")]
mod serve_args;
mod shell;
mod sign;
mod sign_args;
mod site;
mod version;

use crate::options::keys::Keys;
use args::{Args, Command, Global};
use clap::{CommandFactory, FromArgMatches};
use outcome::Failure;
use report::Reporter;
use std::process::ExitCode;

/// Runs the program with the process's own arguments, streams and environment.
pub fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    let keys = clinic::keys(&arguments);
    let args = match command(&keys).try_get_matches_from(&arguments).and_then(|m| Args::from_arg_matches(&m))
    {
        Ok(args) => args,
        Err(error) => return report::usage(error, &arguments, &keys),
    };
    quiet_panics("please report it");
    limits::heed();
    let reporter = Reporter::new(args.global.color, args.global.quiet, args.global.clinic.clone());
    let result = run(&args.command, &keys, &args.global, &reporter);
    report::exit(result, &reporter)
}

/// A panic's message may quote a patient's words; its place says enough.
fn quiet_panics(what_then: &'static str) {
    std::panic::set_hook(Box::new(move |panic| match panic.location() {
        // Whoever waits for this thread tells of the workbook.
        _ if std::thread::current().name() == Some(crate::request::roster::READER) => {}
        Some(place) => eprintln!("internal error at {}:{}: {what_then}", place.file(), place.line()),
        None => eprintln!("internal error: {what_then}"),
    }));
}

/// A variable that is set to nothing is not set.
fn command(keys: &Keys) -> clap::Command {
    let is_blank = std::env::var_os("AFTERCARE_CLINIC").is_some_and(|value| value.is_empty());
    let command = whole(keys);
    if is_blank { command.mut_arg("clinic", |clinic| clinic.env(None::<&str>)) } else { command }
}

/// Every command, with the flags of the folder's treatments.
fn whole(keys: &Keys) -> clap::Command {
    let sample = request_flags::sample(keys);
    let filled = |examples: &str| examples.replace("{flags}", &sample);
    Args::command().after_help(filled(args::AFTER_HELP)).mut_subcommand("render", |render| {
        request_flags::with_flags_of(render, keys).after_long_help(filled(args::RENDER_EXAMPLES))
    })
}

fn run(command: &Command, keys: &Keys, global: &Global, reporter: &Reporter) -> Result<(), Failure> {
    match command {
        Command::Render(args) => render::run(args, keys, global, reporter),
        #[cfg(feature = "web")]
        Command::Serve(args) => serve::run(args, global, reporter),
        Command::Batch(args) => batch::run(args, global, reporter),
        Command::Brochure(args) => brochure::run(args, global, reporter),
        Command::Kit(args) => kit::run(args, global, reporter),
        Command::Site(args) => site::run(args, global, reporter),
        Command::Check(args) => check::run(args, global, reporter),
        Command::Sign(args) => sign::run(args, global, reporter),
        Command::Init(args) => init::run(args, global, reporter),
        Command::List(args) => list::run(args, global, reporter),
        Command::Schema(args) => schema::run(args, global, reporter),
        Command::Completions(args) => shell::completions(args, keys),
        Command::Man(args) => shell::manual(args, keys),
    }
}
