//! The roster page as its template sees it.

use super::answer;
use super::context::Context;
use super::controls;
use super::faults::said;
use super::page::{self, in_textarea};
use super::roster::{self, Checked, Glance, MOST_ROWS, Unread};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

/// Rows that a sentence names.
const NAMED: usize = 10;

impl Checked {
    /// Which rows nobody has printed or saved.
    pub fn left_said(&self, context: &Context<'_>) -> String {
        let left: Vec<&Glance> = self.rows.iter().filter(|row| row.done.is_empty() && !row.is_out).collect();
        if left.is_empty() {
            return context.word("roster.all_done", &[]);
        }
        let row = |row: &&Glance| {
            let named = [("row", &*row.number.to_string()), ("name", &row.name)];
            context.word("roster.left_row", &named).trim().to_owned()
        };
        let named: Vec<String> = left.iter().take(NAMED).map(row).collect();
        let rows = ("rows", &*named.join(", "));
        match left.len().saturating_sub(NAMED) {
            0 => context.word("roster.left", &[rows]),
            more => context.word("roster.left_more", &[rows, ("more", &more.to_string())]),
        }
    }

    /// How many rows there are, and what is to be done about them.
    fn result(&self, context: &Context<'_>) -> String {
        let count = |number: usize| number.to_string();
        let all = self.rows.len().saturating_sub(self.aside);
        let rows = count(all);
        let rows = ("rows", rows.as_str());
        let mend = match (all, self.faulty) {
            (1, 1) => context.word("roster.to_mend_one", &[]),
            (_, faulty) if faulty > 0 => context.word("roster.to_mend", &[rows, ("faulty", &count(faulty))]),
            (1, _) if self.look > 0 => context.word("roster.none_to_mend_one", &[]),
            (_, _) if self.look > 0 => context.word("roster.none_to_mend", &[rows]),
            (1, _) => context.word("roster.all_good_one", &[]),
            _ => context.word("roster.all_good", &[rows]),
        };
        let look = match self.look {
            0 => String::new(),
            1 => context.word("roster.look_one", &[]),
            look => context.word("roster.look", &[("look", &count(look))]),
        };
        let aside = match self.aside {
            0 => String::new(),
            aside => context.word("roster.aside_count", &[("aside", &count(aside))]),
        };
        let told = [mend, look, aside].into_iter().filter(|text| !text.is_empty());
        told.collect::<Vec<_>>().join(" ")
    }

    fn print(&self, context: &Context<'_>) -> String {
        match self.wanted {
            0 => context.word("roster.print_none", &[]),
            1 => context.word("roster.print_one", &[]),
            wanted => context.word("roster.print", &[("good", &wanted.to_string())]),
        }
    }
}

/// The table; `said`: what has just happened.
pub fn checked(context: &Context<'_>, status: StatusCode, checked: &Checked, said: &str) -> Response {
    let more = match checked.more {
        0 => String::new(),
        more => context.word("roster.more_to_mend", &[("more", &more.to_string())]),
    };
    let parts = json!({
        "table": checked,
        "result": checked.result(context),
        "print": checked.print(context),
        "more": more,
        "said": said,
        "copy": page::copy_label(context),
    });
    // The whole table is longer than a template may write.
    pictured(context, status, parts, &[in_textarea(&checked.csv)])
}

pub fn unreadable(context: &Context<'_>, unread: Unread) -> Response {
    let faults = match unread {
        Unread::Columns(step) => {
            let view = step.view(context);
            return shown(context, StatusCode::UNPROCESSABLE_ENTITY, json!({ "step": view }));
        }
        Unread::Faults(faults) => faults.iter().map(|fault| said(context, "", fault)).collect(),
        Unread::NoRows(remarks) => [vec![context.word("roster.no_rows", &[])], remarks].concat(),
        Unread::TooManyRows => vec![context.word("roster.too_many", &[("most", &MOST_ROWS.to_string())])],
    };
    shown(context, StatusCode::UNPROCESSABLE_ENTITY, json!({ "faults": faults }))
}

pub fn shown(context: &Context<'_>, status: StatusCode, parts: Value) -> Response {
    pictured(context, status, parts, &[])
}

fn pictured(context: &Context<'_>, status: StatusCode, parts: Value, csv: &[String]) -> Response {
    let mut view = page::frame(context);
    let guide: Vec<Value> = roster::guide(context)
        .into_iter()
        .map(|(column, label, names)| {
            let help = format!("roster.help.{column}");
            let help = if context.knows(&help) { context.word(&help, &[]) } else { String::new() };
            json!({ "column": column, "label": label, "names": names.join(", "), "help": help })
        })
        .collect();
    let mut all = json!({
        "table": null,
        "step": null,
        "csv": page::place(0),
        "guide": guide,
        "faults": [],
        "result": "",
        "print": "",
        "more": "",
        "said": "",
        "copy": "",
        "printers": page::printers(context),
    });
    controls::merge(&mut all, parts);
    controls::merge(&mut view, all);
    answer::pictured(context, status, "roster.html", &view, csv)
}
