//! `list`: what can be asked for, for people or as JSON.

mod entries;

use super::args::{Global, ListArgs};
use super::clinic;
use super::outcome::Failure;
use super::output::to_stdout;
use super::report::Reporter;
use entries::Entry;

pub fn run(args: &ListArgs, global: &Global, reporter: &Reporter) -> Result<(), Failure> {
    let engine = clinic::engine(global, reporter)?;
    let library = clinic::treatment(&engine, args.treatment.as_deref())?;
    let entries = entries::of(args.what, &engine, library);
    let text = match args.json {
        true => {
            let objects: Vec<_> = entries.iter().map(Entry::json).collect();
            format!("{:#}\n", serde_json::Value::from(objects))
        }
        false => table(&entries),
    };
    to_stdout(text.as_bytes())
}

/// An entry a line: the id, what it means, and the rest below.
fn table(entries: &[Entry]) -> String {
    let width = entries.iter().map(|entry| entry.id.chars().count()).max().unwrap_or_default();
    let mut table = String::new();
    for entry in entries {
        let line = format!("{:width$}  {}", entry.id, entry.means);
        table.push_str(line.trim_end());
        table.push('\n');
        for (label, text) in entry.facts() {
            table.push_str(&format!("{:width$}    {label}: {text}\n", ""));
        }
    }
    table
}
