//! Completion scripts and manual pages, from the same table of arguments as the help.

use super::args::{CompletionsArgs, ManArgs};
use super::outcome::Failure;
use super::output::to_stdout;
use crate::diagnostic::nearest;
use crate::options::keys::Keys;

pub fn completions(args: &CompletionsArgs, keys: &Keys) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::whole(keys), "aftercare", &mut script);
    to_stdout(&script)
}

pub fn manual(args: &ManArgs, keys: &Keys) -> Result<(), Failure> {
    let mut program = super::whole(keys);
    program.build();
    let command = match &args.command {
        None => program,
        Some(name) => match program.find_subcommand(name) {
            Some(command) => command.clone(),
            None => return Err(unknown(name, &program)),
        },
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).map_err(Failure::of_stdout)?;
    to_stdout(&page)
}

fn unknown(name: &str, program: &clap::Command) -> Failure {
    let names: Vec<&str> = program.get_subcommands().map(clap::Command::get_name).collect();
    let hint = match nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are `{}`", names.join("`, `")),
    };
    Failure::call(format!("there is no command `{name}`"), hint)
}
