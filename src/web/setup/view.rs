//! The set-up page as its template sees it.

use super::before;
use super::fields::{COLOUR, COLOURS, Fields, LINES, LOGO, PAPER, Row, TABLES, TICKED};
use super::first;
use super::keyed::{self, keyed};
use super::preset_rows;
use crate::approval::{Approval, Draft};
use crate::options::{Edition, Paper};
use crate::web::context::Context;
use crate::web::controls::{merge, treatment_name, word};
use crate::web::form::Typed;
use crate::web::notice::Notice;
use crate::web::page;
use crate::{Library, Pack};
use serde_json::{Value, json};
use std::path::Path;

/// What is known of a form beside its fields.
#[derive(Default)]
pub struct State {
    /// What the fields were when the page was opened, and what the files are known by.
    pub opened: Fields,
    pub hash: String,
    pub said: String,
    pub notices: Vec<Notice>,
    /// Signed texts would become drafts: whether that is meant is asked.
    pub asks: bool,
    /// The same of an undo.
    pub asks_undo: bool,
    /// Names of presets that were typed and are not saved.
    pub presets: Option<Typed>,
}

/// The groups of lines, by the word of their heading.
const GROUPS: [(&str, std::ops::Range<usize>); 3] = [("clinic", 0..2), ("contact", 2..8), ("numbers", 8..11)];

/// A page that offers to make a folder.
pub fn first_start(context: &Context<'_>, typed: Option<&str>, notices: &[Notice]) -> Value {
    let mut view = page::frame(context);
    let path = typed.map_or_else(|| first::usual().to_string_lossy().into_owned(), str::to_owned);
    let general: Vec<&str> = notices.iter().map(|notice| notice.text.as_str()).collect();
    merge(&mut view, json!({ "own": false, "said": "", "path": path, "faults": general }));
    view
}

/// What there is to read at a field.
fn told_at<'s>(state: &'s State, field: &str) -> Vec<&'s str> {
    let own = state.notices.iter().filter(|notice| notice.field == field);
    own.map(|notice| notice.text.as_str()).collect()
}

pub fn whole(context: &Context<'_>, folder: &Path, fields: &Fields, state: &State) -> Value {
    let mut view = page::frame(context);
    merge(&mut view, of_folder(context, folder, state));
    merge(&mut view, of_fields(context, fields, state));
    view
}

/// The folder, what was told of it, and what changed it before.
fn of_folder(context: &Context<'_>, folder: &Path, state: &State) -> Value {
    let last = before::last(folder).ok().flatten();
    json!({
        "own": true,
        "no_remarks": [],
        "folder": folder.to_string_lossy(),
        "said": state.said,
        "faults": told_at(state, ""),
        "asks": state.asks,
        "asks_undo": state.asks_undo,
        "wrong": wrong(context, state),
        "opened": serde_json::to_string(&state.opened).unwrap_or_default(),
        "hash": state.hash,
        "start": format!("aftercare serve --clinic {}", quoted(folder)),
        "last": last.map(|step| json!({
            "stamp": step.stamp, "files": step.files.keys().collect::<Vec<_>>(),
            "when": when(&step.stamp, context),
        })),
        "changes": before::count(folder),
        "presets": preset_rows::view(context, state.presets.as_ref()),
        "preset_letters": preset_rows::LABEL,
        "texts": texts(context, folder),
    })
}

/// The fields by their groups, each with its label, its value and what is wrong with it.
fn of_fields(context: &Context<'_>, fields: &Fields, state: &State) -> Value {
    let at = |field: &str| told_at(state, field);
    let line = |field: &str| {
        json!({
            "id": field, "label": label(context, field),
            "hint": hint(context, field), "value": fields.line(field), "faults": at(field),
        })
    };
    let groups = GROUPS.map(|(id, lines)| {
        let (heading, lines) = (format!("setup.{id}"), LINES[lines].iter());
        let lines = lines.flat_map(|one| fields.fields_of(one)).map(line);
        json!({
            "id": id, "heading": context.word(&heading, &[]), "hint": hint(context, id),
            "lines": lines.collect::<Vec<Value>>(),
        })
    });
    let colours: Vec<Value> = COLOURS.iter().map(|role| line(&format!("{COLOUR}{role}"))).collect();
    let papers = Paper::NAMES.iter().map(|name| {
        json!({ "id": name, "name": own_word(context, "papers", name), "checked": fields.line(PAPER) == *name })
    });
    let is_wrong = |field: &str| !at(field).is_empty();
    json!({
        "groups": groups,
        "tables": TABLES.map(|(table, columns)| self::table(context, fields, (table, columns), &at(table))),
        "ticks": TICKED.map(|list| ticks(context, fields, list, &at(list))),
        "papers": papers.collect::<Vec<Value>>(),
        "paper_faults": at(PAPER),
        "colours": colours,
        "colours_wrong": COLOURS.iter().any(|role| is_wrong(&format!("{COLOUR}{role}"))) || is_wrong("logo"),
        "logo_faults": at("logo"),
        // One that was refused would be refused again.
        "logo_kept": if is_wrong("logo") { "" } else { &fields.logo },
    })
}

/// The fields with something to read, and where they are.
fn wrong(context: &Context<'_>, state: &State) -> Vec<Value> {
    let mut fields: Vec<&str> = Vec::new();
    for notice in state.notices.iter().filter(|notice| !notice.field.is_empty()) {
        if !fields.contains(&&*notice.field) {
            fields.push(&notice.field);
        }
    }
    let view = |field: &str| {
        let is_table = TABLES.iter().any(|(table, _)| *table == field);
        let (key, place) = match field {
            PAPER => ("paper.size".to_owned(), PAPER.to_owned()),
            field if is_table => (format!("setup.{field}.heading"), field.to_owned()),
            field if TICKED.contains(&field) => (format!("setup.{field}"), field.to_owned()),
            LOGO => ("setup.logo".to_owned(), "field-logo".to_owned()),
            field => return json!({ "label": label(context, field), "place": format!("field-{field}") }),
        };
        json!({ "label": context.word(&key, &[]), "place": place })
    };
    fields.into_iter().map(view).collect()
}

/// What the page calls a field: a part of an address by its own name, a wording with its language.
fn label(context: &Context<'_>, field: &str) -> String {
    if let Some(part) = keyed::part(field) {
        return context.word(&format!("setup.parts.{part}"), &[]);
    }
    let (line, language) = keyed(field).map_or((field, None), |(line, tag)| (line, Some(tag)));
    let name = context.word(&format!("setup.fields.{line}"), &[]);
    match language {
        Some(tag) => format!("{name} ({})", context.language_name(tag)),
        None => name,
    }
}

fn hint(context: &Context<'_>, field: &str) -> String {
    let key = format!("setup.hints.{field}");
    if context.knows(&key) { context.word(&key, &[]) } else { String::new() }
}

fn own_word(context: &Context<'_>, group: &str, name: &str) -> String {
    context.pack().map_or_else(|| name.to_owned(), |pack| word(pack, group, name))
}

fn table(context: &Context<'_>, fields: &Fields, (id, columns): (&str, &[&str]), faults: &[&str]) -> Value {
    let label = |column: &&str| context.word(&format!("setup.{id}.{column}"), &[]);
    let rows = fields.rows(id);
    let cell = |row: &Row, index: usize| {
        let value = row.cells.get(index).map_or("", String::as_str);
        let editions = Edition::NAMES.iter().filter(|_| columns[index] == "edition").map(|name| {
            json!({ "id": name, "name": own_word(context, "editions", name), "checked": value == *name })
        });
        json!({
            "id": columns[index], "label": label(&columns[index]), "value": value,
            "options": editions.collect::<Vec<Value>>(),
        })
    };
    let row = |(at, row): (usize, &Row)| {
        let cells: Vec<Value> = (0..columns.len()).map(|index| cell(row, index)).collect();
        let from = row.from.map_or_else(String::new, |from| from.to_string());
        json!({ "from": from, "at": at, "name": row.cells.first(), "cells": cells })
    };
    json!({
        "id": id, "heading": context.word(&format!("setup.{id}.heading"), &[]), "hint": hint(context, id),
        "add": context.word(&format!("setup.{id}.add"), &[]), "rows": rows.iter().enumerate().map(row).collect::<Vec<_>>(),
        "faults": faults,
    })
}

fn ticks(context: &Context<'_>, fields: &Fields, id: &str, faults: &[&str]) -> Value {
    let name = |value: &str| match id {
        "languages" => context.language_name(value),
        _ => {
            let known = context.site.engine.treatments().find(|library| *library.treatment.id == *value);
            known.map_or_else(|| value.to_owned(), |library| treatment_name(context, library))
        }
    };
    let rows: Vec<Value> = fields
        .ticked(id)
        .iter()
        .map(|tick| json!({ "id": tick.id, "name": name(&tick.id), "on": tick.on }))
        .collect();
    json!({
        "id": id, "heading": context.word(&format!("setup.{id}"), &[]), "hint": hint(context, id),
        "rows": rows, "faults": faults,
    })
}

/// `20261124T203000.001`, in the clinic's time.
fn when(stamp: &str, context: &Context<'_>) -> String {
    let time = stamp.split('.').next().unwrap_or_default();
    let parsed = chrono::NaiveDateTime::parse_from_str(time, "%Y%m%dT%H%M%S");
    let zone = context.site.engine.library().clinic.time_zone;
    parsed.map_or_else(
        |_| stamp.to_owned(),
        |time| time.and_utc().with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string(),
    )
}

/// Each treatment in each language: who signed it, or what to do.
fn texts(context: &Context<'_>, folder: &Path) -> Vec<Value> {
    let site = context.site;
    let today = site.now().with_timezone(&site.engine.library().clinic.time_zone).date_naive();
    let view = |library: &Library, pack: &Pack| {
        let signed = pack.approval.on(today);
        let (key, by, until) = match &signed {
            Ok(signature) => ("signed", signature.by.clone(), signature.until.to_string()),
            Err(Draft::Unsigned) => ("unsigned", String::new(), String::new()),
            Err(Draft::Expired(signature)) => ("expired", signature.by.clone(), signature.until.to_string()),
            Err(Draft::NotYet(signature)) => ("not-yet", signature.by.clone(), signature.on.to_string()),
            Err(Draft::Changed(signature, what)) => ("changed", signature.by.clone(), what.join(", ")),
        };
        let (id, tag) = (&library.treatment.id, pack.language.tag());
        let command = format!(
            "aftercare sign --clinic {} --treatment {id} --language {tag} --by \"NAME, ROLE\"",
            quoted(folder)
        );
        json!({
            "treatment": treatment_name(context, library),
            "language": context.language_name(tag),
            "signed": signed.is_ok(),
            "was": !matches!(pack.approval, Approval::None),
            "state": context.word(&format!("setup.texts.{key}"), &[("by", &by), ("until", &until)]),
            "command": command,
        })
    };
    let all =
        site.engine.treatments().flat_map(|library| library.packs.values().map(move |pack| (library, pack)));
    all.map(|(library, pack)| view(library, pack)).collect()
}

/// A path as a shell takes it.
pub fn quoted(path: &Path) -> String {
    let path = path.to_string_lossy();
    let is_plain = |letter: char| letter.is_alphanumeric() || "/\\:._-".contains(letter);
    if path.chars().all(is_plain) { path.into_owned() } else { format!("\"{path}\"") }
}
