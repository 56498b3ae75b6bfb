//! The keys of a request as flags, from the table of keys: `--session-at` is `session.at`.

use crate::RawRequest;
use crate::diagnostic::Place;
use crate::options::keys::{KEYS, Key, Value};
use clap::builder::{PossibleValue, StyledStr, TypedValueParser};
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use std::ffi::OsStr;

/// The flags that were given, in the order of the table, with their texts as typed. Stands for one patient: its
/// `Debug` hides what was typed.
#[derive(Clone, Default)]
pub struct RequestFlags {
    given: Vec<(&'static Key, Vec<String>)>,
}

impl RequestFlags {
    /// A request that says what the flags say. A list key takes its values from commas and semicolons too.
    pub fn request(&self) -> RawRequest {
        let mut request = RawRequest::new(Place::file("--region"));
        for (key, texts) in &self.given {
            let place = Place::file(format!("--{}", key.flag));
            for value in texts.iter().flat_map(|text| values(key, text)) {
                request.add(key, value, place.clone());
            }
        }
        request
    }

    pub fn is_empty(&self) -> bool {
        self.given.is_empty()
    }
}

fn values<'a>(key: &Key, text: &'a str) -> Vec<&'a str> {
    match key.list {
        true => text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()).collect(),
        false => vec![text],
    }
}

impl std::fmt::Debug for RequestFlags {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.given.iter().map(|(key, _)| key.flag)).finish()
    }
}

impl Args for RequestFlags {
    fn augment_args(command: Command) -> Command {
        command.args(KEYS.iter().map(flag))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for RequestFlags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<RequestFlags, clap::Error> {
        let texts = |key: &'static Key| Some((key, matches.get_many(key.flag)?.cloned().collect()));
        Ok(RequestFlags { given: KEYS.iter().filter_map(texts).collect() })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = RequestFlags::from_arg_matches(matches)?;
        Ok(())
    }
}

fn flag(key: &'static Key) -> Arg {
    let arg = Arg::new(key.flag)
        .long(key.flag)
        .value_name(value_name(key))
        .help(help(key))
        .help_heading(heading(key))
        .allow_hyphen_values(matches!(key.value, Value::Line { .. } | Value::Text { .. }))
        .action(if key.list { ArgAction::Append } else { ArgAction::Set });
    let arg = if key.flag == "name" { arg.visible_alias("patient") } else { arg };
    match key.value {
        Value::Fixed(names) => arg.value_parser(Suggested(names)),
        _ => arg,
    }
}

fn help(key: &Key) -> StyledStr {
    let mut help = key.changes.to_owned();
    if let Some(first) = help.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    if key.list {
        help.push_str("; several with commas, or the flag again");
    }
    if !key.default.starts_with("none") && key.default != "required" {
        help.push_str(&format!(" [default: {}]", key.default));
    }
    help.into()
}

fn heading(key: &Key) -> &'static str {
    match key.path.split('.').next() {
        Some("session") => "Session",
        Some("plan") => "Plan",
        Some("print") => "Print",
        _ => "Patient",
    }
}

fn value_name(key: &Key) -> &'static str {
    match key.value {
        Value::Id { .. } => "ID",
        Value::Line { .. } | Value::Text { .. } => "TEXT",
        Value::Time => "TIME",
        Value::Hours => "HOURS",
        Value::Fixed(_) | Value::Defined(_) => "NAME",
    }
}

/// Offers names to help and completions, and takes any text: a wrong name is a fault of the request, reported with
/// all its other faults.
#[derive(Clone)]
struct Suggested(&'static [&'static str]);

impl TypedValueParser for Suggested {
    type Value = String;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<String, clap::Error> {
        clap::builder::StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.0.iter().map(|name| PossibleValue::new(*name))))
    }
}
