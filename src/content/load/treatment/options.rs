//! What a request can choose of a treatment.

use super::Names;
use crate::content::yaml::{
    Entry, Fields, Key as Field, Kind, Node, Reader, is_variable, optional, required,
};
use crate::content::{OptionKind, TreatmentOption};
use crate::diagnostic::{allowed, shown};
use crate::limits::{LISTED, OPTIONS, REGIONS, TOO_MANY};
use crate::options::Name;
use crate::options::keys::{COMMON, Defined, Key, Value};
use indexmap::IndexMap;
use std::borrow::Cow;
use std::sync::Arc;

pub(in crate::content::load) const OPTION: &[Field] = &[
    required("kind", Kind::Choice(KINDS), "what it takes"),
    optional("at", Kind::Line, "where it stands in a request file, as plan.weeks; its own name without"),
    optional("flag", Kind::Line, "its flag on the command line, without dashes"),
    optional("values", Kind::Ids, "of a choice or choices: what can be chosen"),
    optional("groups", Kind::Groups, "of regions: what can be chosen, by group"),
    optional("sides", Kind::Ids, "of regions: those of which a request may name a side"),
    optional("sets", Kind::Line, "of hours: the window whose end it sets"),
    optional("from", Kind::Id, "of exercises: the library"),
    optional(
        "words",
        Kind::Line,
        "the group of words.yaml and names.yaml that names its values; its own name without",
    ),
    optional("default", Kind::Id, "the choice of a request that makes none"),
    optional("required", Kind::Flag, "a request must give it"),
    optional("clinical", Kind::Flag, "false: it is about print, and no fact can be made of it"),
    required("changes", Kind::Line, "what it changes on the sheet, for lists"),
];
const KINDS: &[&str] = &["choice", "choices", "regions", "hours", "exercises", "time", "text"];

/// Characters of a line that an option takes.
const LINE: usize = 80;
const VARIABLE: &str = "a name is at most 64 lower-case letters, digits and `_`, and starts with a letter";

/// Every option, by id. `names`: the windows and libraries that there are.
pub fn read(
    node: &Node,
    names: &Names<'_>,
    reader: &mut Reader<'_>,
) -> Option<IndexMap<Name, TreatmentOption>> {
    let mut options: IndexMap<Name, TreatmentOption> = IndexMap::new();
    let mut whole = true;
    for entry in reader.entries_within(node, "`options`", OPTIONS)? {
        let option = option(entry, names, reader);
        whole &= option.is_some();
        let Some(option) = option else { continue };
        if !has_place(&option, &options, entry, reader) {
            whole = false;
        }
        options.insert(option.id.clone(), option);
    }
    whole.then_some(options)
}

fn option(entry: &Entry, names: &Names<'_>, reader: &mut Reader<'_>) -> Option<TreatmentOption> {
    let named = is_name(entry, reader);
    let thing = format!("the option `{}`", shown(&entry.key));
    let fields = reader.fields(&entry.node, &thing, OPTION)?;
    let at = fields.get("at").map(|node| path(node, reader));
    let flag = fields.get("flag").map(|node| flag(node, reader));
    let words = fields.get("words").and_then(|node| reader.line(node));
    let changes = fields.get("changes").and_then(|node| reader.line(node));
    let is_flag = |key: &str, reader: &mut Reader<'_>| match fields.get(key) {
        Some(node) => reader.flag(node),
        None => Some(key == "clinical"),
    };
    let (required, clinical) = (is_flag("required", reader), is_flag("clinical", reader));
    let kind = kind(&thing, &fields, names, reader);
    let default = fields.get("default").map(|node| default(node, kind.as_ref(), &thing, reader));
    let at = at.map_or(Some(entry.key.clone()), |at| at)?;
    let flag = flag.map_or(Some(entry.key.replace('_', "-")), |flag| flag)?;
    let default = default.map_or(Some(None), |default| default.map(Some))?;
    let (kind, id) = (kind?, Name::from(entry.key.as_str()));
    let key = Key {
        path: Cow::Owned(at),
        column: Cow::Owned(entry.key.clone()),
        flag: Cow::Owned(flag),
        value: value(&kind),
        list: matches!(
            kind,
            OptionKind::Choices(_) | OptionKind::Regions { .. } | OptionKind::Exercises { .. }
        ),
        default: Cow::Owned(said_default(&kind, default.as_deref(), required?, names)),
        changes: Cow::Owned(changes?),
    };
    let words = words.map_or_else(|| id.clone(), Name::from);
    let (required, clinical) = (required?, clinical?);
    named.then_some(TreatmentOption { id, kind, key, words, default, required, clinical })
}

/// Whether a key of the author's own can be called in texts.
fn is_name(entry: &Entry, reader: &mut Reader<'_>) -> bool {
    let named = is_variable(&entry.key);
    if !named {
        let message = format!("`{}` cannot be the name of an option", shown(&entry.key));
        reader.fault(entry.key_span, "bad-id", message, Some(VARIABLE.into()));
    }
    named
}

/// A dotted path of names.
fn path(node: &Node, reader: &mut Reader<'_>) -> Option<String> {
    let path = reader.word(node)?;
    let sound = path.split('.').all(is_variable) && path.split('.').count() <= 3;
    if !sound {
        let message = format!("`{}` is no place in a request", shown(&path));
        reader.fault(
            node.span,
            "bad-id",
            message,
            Some("write names with dots between, as `plan.weeks`".into()),
        );
    }
    sound.then_some(path)
}

fn flag(node: &Node, reader: &mut Reader<'_>) -> Option<String> {
    reader.id(node)
}

/// No two options, and none of those that every treatment has, share a place, a column or a flag.
fn has_place(
    option: &TreatmentOption,
    others: &IndexMap<Name, TreatmentOption>,
    entry: &Entry,
    reader: &mut Reader<'_>,
) -> bool {
    let others = COMMON.iter().chain(others.values().map(|other| &other.key));
    let inside = |one: &str, other: &str| one.strip_prefix(other).is_some_and(|rest| rest.starts_with('.'));
    let own = &option.key;
    for other in others {
        let what = match () {
            () if own.path == other.path => format!("place `{}`", own.path),
            () if inside(&own.path, &other.path) || inside(&other.path, &own.path) => {
                format!("place `{}`, and `{}` is one", own.path, other.path)
            }
            () if own.column == other.column => format!("column `{}`", own.column),
            () if own.flag == other.flag => format!("flag `--{}`", own.flag),
            () => continue,
        };
        let message = format!("the option `{}` has the {what} of another one", option.id);
        reader.fault(entry.key_span, "doubled-name", message, Some("take another".into()));
        return false;
    }
    true
}

/// What it takes, by its kind.
fn kind(thing: &str, fields: &Fields<'_>, names: &Names<'_>, reader: &mut Reader<'_>) -> Option<OptionKind> {
    let kind_node = fields.get("kind")?;
    let kind = kind_of(kind_node, reader)?;
    let wanted = match kind.as_str() {
        "choice" | "choices" => "values",
        "regions" => "groups",
        "hours" => "sets",
        "exercises" => "from",
        _ => "",
    };
    keys_of_others(thing, &kind, wanted, fields, reader);
    let node = match (fields.get(wanted), &*kind) {
        (Some(node), _) => node,
        (None, "time") => return Some(OptionKind::Time),
        (None, _) if wanted.is_empty() => return Some(OptionKind::Text),
        (None, _) => {
            let message = format!("{thing} is of the kind `{kind}` and has no `{wanted}`");
            reader.fault(kind_node.span, "missing-key", message, None);
            return None;
        }
    };
    match kind.as_str() {
        "regions" => groups(node, fields.get("sides"), reader),
        "hours" => reader.name_of(node, "window", &names.windows).map(|window| OptionKind::Hours { window }),
        "exercises" => {
            reader.name_of(node, "library", &names.libraries).map(|library| OptionKind::Exercises { library })
        }
        _ => {
            let values: Arc<[Name]> = reader.own_ids(node, "value").into();
            if values.is_empty() {
                reader.fault(node.span, "too-few-values", format!("{thing} has no values"), None);
                return None;
            }
            Some(if kind == "choice" { OptionKind::Choice(values) } else { OptionKind::Choices(values) })
        }
    }
}

fn kind_of(node: &Node, reader: &mut Reader<'_>) -> Option<String> {
    let kind: String = reader.choice(node, "kind", KINDS)?;
    let known = KINDS.contains(&kind.as_str());
    if !known {
        let hint = allowed(&kind, KINDS.iter().copied());
        reader.fault(node.span, "unknown-value", format!("unknown kind `{}`", shown(&kind)), Some(hint));
    }
    known.then_some(kind)
}

/// Keys that belong to options of another kind.
fn keys_of_others(thing: &str, kind: &str, wanted: &str, fields: &Fields<'_>, reader: &mut Reader<'_>) {
    let is_own = |key: &str| key == wanted || key == "sides" && kind == "regions";
    for other in ["values", "groups", "sides", "sets", "from"].into_iter().filter(|key| !is_own(key)) {
        if let Some(node) = fields.get(other) {
            let message = format!("{thing} is of the kind `{kind}`, which has no `{other}`");
            reader.fault(node.span, "unknown-key", message, None);
        }
    }
}

fn groups(node: &Node, sides: Option<&Node>, reader: &mut Reader<'_>) -> Option<OptionKind> {
    let mut groups: IndexMap<Name, Vec<Name>> = IndexMap::new();
    let mut all: Vec<Name> = Vec::new();
    for entry in reader.entries_within(node, "`groups`", LISTED)? {
        let regions = reader.own_ids(&entry.node, "region");
        for region in &regions {
            if !all.contains(region) {
                all.push(region.clone());
            }
        }
        groups.insert(entry.key.as_str().into(), regions);
    }
    if all.is_empty() {
        reader.fault(node.span, "too-few-values", "there is no region to choose", None);
        return None;
    }
    if all.len() > REGIONS.most {
        let fault = REGIONS.fault("the treatment", all.len());
        reader.fault(node.span, TOO_MANY, fault.message, fault.hints.into_iter().next());
        return None;
    }
    let sided = sides.map(|node| reader.names_of(node, "region", &all)).unwrap_or_default();
    Some(OptionKind::Regions { all: all.into(), groups, sided: sided.into() })
}

fn default(node: &Node, kind: Option<&OptionKind>, thing: &str, reader: &mut Reader<'_>) -> Option<Name> {
    match kind {
        Some(OptionKind::Choice(values)) => reader.name_of(node, "value", values),
        Some(_) => {
            reader.fault(
                node.span,
                "unknown-key",
                format!("{thing} is no choice: it has no `default`"),
                None,
            );
            None
        }
        None => None,
    }
}

fn value(kind: &OptionKind) -> Value {
    match kind {
        OptionKind::Choice(all) | OptionKind::Choices(all) | OptionKind::Regions { all, .. } => {
            Value::Listed(all.clone())
        }
        // The window's bounds come when it is read.
        OptionKind::Hours { .. } => Value::Hours { from: 0, to: 0 },
        OptionKind::Exercises { library } => Value::Defined(Defined::Exercises(library.clone())),
        OptionKind::Time => Value::Time,
        OptionKind::Text => Value::Line { most: LINE },
    }
}

fn said_default(kind: &OptionKind, default: Option<&str>, required: bool, names: &Names<'_>) -> String {
    match (kind, default) {
        (_, Some(default)) => default.to_owned(),
        _ if required => "required".to_owned(),
        (OptionKind::Exercises { .. }, _) if names.has_regions => "by region".to_owned(),
        (OptionKind::Exercises { .. }, _) => "the first of the library".to_owned(),
        _ => "none".to_owned(),
    }
}
