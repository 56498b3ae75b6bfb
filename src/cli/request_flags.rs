//! The keys of a request as flags, from the table of keys: `--session-at` is `session.at`.

use crate::RawRequest;
use crate::diagnostic::{Diagnostic, Place, allowed, marked, shown};
use crate::options::keys::{COMMON, Key, Keys, Value};
use clap::builder::{PossibleValue, StyledStr, TypedValueParser};
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use std::ffi::OsStr;
use std::sync::Arc;

/// The flags that were given, with their texts as typed. Stands for one patient: its `Debug` hides what was typed.
#[derive(Clone, Default)]
pub struct RequestFlags {
    /// By flag, in the order of the table of keys.
    given: Vec<(String, Vec<String>)>,
    /// `--set KEY=VALUE`.
    set: Vec<String>,
}

/// What the id of a key's flag begins with, so that no flag of a command is taken for one.
const KEY: &str = "key:";
const SET: &str = "set";

impl RequestFlags {
    /// A request that says what the flags say. A list key takes its values from commas and semicolons too.
    pub fn request(&self, keys: &Keys) -> RawRequest {
        let needed = keys.needed().first().and_then(|column| keys.of_column(column));
        let lacking = needed.map_or_else(|| format!("--{SET}"), |key| format!("--{}", key.flag));
        let mut request = RawRequest::new(Place::file(lacking));
        for (flag, texts) in &self.given {
            let Some(key) = keys.iter().find(|key| key.flag == *flag) else { continue };
            add(&mut request, key, texts, &format!("--{flag}"));
        }
        for text in &self.set {
            match text.split_once('=').map(|(name, value)| (name.trim(), value)) {
                Some((name, value)) if key_of(keys, name).is_some() => {
                    let key = key_of(keys, name).into_iter().next();
                    key.into_iter().for_each(|key| {
                        add(&mut request, key, &[value.to_owned()], &format!("--{SET} {name}"))
                    });
                }
                Some((name, _)) => {
                    let known = keys.iter().map(|key| &*key.column);
                    let place = Place::file(format!("--{SET}"));
                    let key = marked(name, known.clone(), &place);
                    let fault = Diagnostic::error("unknown-key", format!("unknown key {key}"));
                    request.faults.push(fault.at(place).about(shown(name)).hint(allowed(name, known)));
                }
                None => {
                    let fault = Diagnostic::error("not-a-pair", format!("`--{SET}` takes KEY=VALUE"));
                    request
                        .faults
                        .push(fault.at(Place::file(format!("--{SET}"))).hint("put a `=` between them"));
                }
            }
        }
        request
    }

    pub fn is_empty(&self) -> bool {
        self.given.is_empty() && self.set.is_empty()
    }
}

/// By the column, the path or the flag.
fn key_of<'k>(keys: &'k Keys, name: &str) -> Option<&'k Key> {
    let is_it = |key: &&Arc<Key>| key.column == name || key.path == name || key.flag == name;
    keys.iter().find(is_it).map(|key| &**key)
}

/// Of a key that has one value, nobody knows which of two is meant: `--name Ann --set patient=Bob`.
fn add(request: &mut RawRequest, key: &Key, texts: &[String], place: &str) {
    if !key.list && request.one(&key.path).is_some() {
        let message = format!("`{}` is given twice", key.column);
        let fault = Diagnostic::error("duplicate-key", message).at(Place::file(place));
        request.faults.push(fault.hint("give it once"));
        return;
    }
    for value in texts.iter().flat_map(|text| values(key, text)) {
        request.add(key, value, Place::file(place));
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
        f.debug_list().entries(self.given.iter().map(|(flag, _)| flag)).finish()
    }
}

impl Args for RequestFlags {
    fn augment_args(command: Command) -> Command {
        let set = Arg::new(SET)
            .long(SET)
            .value_name("KEY=VALUE")
            .help("Any key of a request, above all of the treatment's own options; may be given again")
            .help_heading("Patient")
            .allow_hyphen_values(true)
            .action(ArgAction::Append);
        command.args(COMMON.iter().map(flag)).arg(set)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

/// The flags of a folder's treatments, where the command has none of that name; the others are reached by `--set`.
pub fn with_flags_of(mut command: Command, keys: &Keys) -> Command {
    for key in keys.iter() {
        let is_it = |arg: &Arg| {
            let aliases = arg.get_all_aliases().unwrap_or_default();
            arg.get_long() == Some(&*key.flag) || aliases.contains(&&*key.flag)
        };
        let taken = command.get_arguments().any(is_it)
            || ["clinic", "now", "quiet", "color", "help", "version"].contains(&&*key.flag);
        if !taken {
            command = command.arg(flag(key));
        }
    }
    command
}

/// What a sheet cannot be without, as flags: `--flag value`.
pub fn sample(keys: &Keys) -> String {
    let needed = keys.iter().filter(|key| keys.needed().contains(&key.column));
    let flags = needed.map(|key| match &key.value {
        Value::Listed(names) => format!("--{} {}", key.flag, names.first().map_or("…", |name| name)),
        _ => format!("--{} …", key.flag),
    });
    let flags: Vec<String> = flags.collect();
    if flags.is_empty() { "--name Zoë".to_owned() } else { flags.join(" ") }
}

impl FromArgMatches for RequestFlags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<RequestFlags, clap::Error> {
        let flags = matches.ids().filter_map(|id| id.as_str().strip_prefix(KEY));
        let texts = |flag: &str| {
            let texts = matches.get_many::<String>(&format!("{KEY}{flag}"))?;
            Some((flag.to_owned(), texts.cloned().collect()))
        };
        let set = matches.get_many::<String>(SET).into_iter().flatten().cloned().collect();
        Ok(RequestFlags { given: flags.filter_map(texts).collect(), set })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = RequestFlags::from_arg_matches(matches)?;
        Ok(())
    }
}

fn flag(key: &Key) -> Arg {
    let arg = Arg::new(format!("{KEY}{}", key.flag))
        .long(key.flag.to_string())
        .value_name(value_name(key))
        .help(help(key))
        .help_heading(heading(key))
        .allow_hyphen_values(matches!(key.value, Value::Line { .. } | Value::Text { .. }))
        .action(if key.list { ArgAction::Append } else { ArgAction::Set });
    let arg = if key.flag == "name" { arg.visible_alias("patient") } else { arg };
    match &key.value {
        Value::Fixed(names) => {
            arg.value_parser(Suggested(names.iter().map(|name| (*name).to_owned()).collect()))
        }
        Value::Listed(names) => {
            arg.value_parser(Suggested(names.iter().map(|name| name.to_string()).collect()))
        }
        _ => arg,
    }
}

fn help(key: &Key) -> StyledStr {
    let mut help = key.changes.clone().into_owned();
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
    match &key.value {
        Value::Id { .. } => "ID",
        Value::Line { .. } | Value::Text { .. } => "TEXT",
        Value::Time => "TIME",
        Value::Hours { .. } => "HOURS",
        Value::Fixed(_) | Value::Listed(_) | Value::Defined(_) => "NAME",
    }
}

/// Offers names to help and completions, and takes any text: a wrong name is a fault of the request, reported with
/// all its other faults.
#[derive(Clone)]
struct Suggested(Vec<String>);

impl TypedValueParser for Suggested {
    type Value = String;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<String, clap::Error> {
        clap::builder::StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.0.iter().map(PossibleValue::new)))
    }
}
