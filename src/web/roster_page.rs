//! The roster page as its template sees it.

use super::answer;
use super::faults::said;
use super::page::{self, in_textarea};
use super::roster::{self, Checked, Glance, MOST_ROWS, Unread};
use super::visit::Visit;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

/// Rows that a sentence names.
const NAMED: usize = 10;

impl Checked {
    /// Which rows nobody has printed or saved.
    pub fn left_said(&self, site: &Visit<'_>) -> String {
        let left: Vec<&Glance> = self.rows.iter().filter(|row| row.done.is_empty()).collect();
        if left.is_empty() {
            return site.word("roster.all_done", &[]);
        }
        let row = |row: &&Glance| {
            let named = [("row", &*row.number.to_string()), ("name", &row.name)];
            site.word("roster.left_row", &named).trim().to_owned()
        };
        let named: Vec<String> = left.iter().take(NAMED).map(row).collect();
        let rows = ("rows", &*named.join(", "));
        match left.len().saturating_sub(NAMED) {
            0 => site.word("roster.left", &[rows]),
            more => site.word("roster.left_more", &[rows, ("more", &more.to_string())]),
        }
    }

    /// How many rows there are, and what is to be done about them.
    fn result(&self, site: &Visit<'_>) -> String {
        let count = |number: usize| number.to_string();
        let rows = count(self.rows.len());
        let rows = ("rows", rows.as_str());
        let mend = match (self.rows.len(), self.faulty) {
            (1, 1) => site.word("roster.to_mend_one", &[]),
            (_, faulty) if faulty > 0 => site.word("roster.to_mend", &[rows, ("faulty", &count(faulty))]),
            (1, _) if self.look > 0 => site.word("roster.none_to_mend_one", &[]),
            (_, _) if self.look > 0 => site.word("roster.none_to_mend", &[rows]),
            (1, _) => site.word("roster.all_good_one", &[]),
            _ => site.word("roster.all_good", &[rows]),
        };
        match self.look {
            0 => mend,
            1 => format!("{mend} {}", site.word("roster.look_one", &[])),
            look => format!("{mend} {}", site.word("roster.look", &[("look", &count(look))])),
        }
    }

    fn print(&self, site: &Visit<'_>) -> String {
        match self.wanted {
            0 => site.word("roster.print_none", &[]),
            1 => site.word("roster.print_one", &[]),
            wanted => site.word("roster.print", &[("good", &wanted.to_string())]),
        }
    }
}

/// The table; `said`: what has just happened.
pub fn checked(site: &Visit<'_>, status: StatusCode, checked: &Checked, said: &str) -> Response {
    let more = match checked.more {
        0 => String::new(),
        more => site.word("roster.more_to_mend", &[("more", &more.to_string())]),
    };
    let parts = json!({
        "table": checked,
        "result": checked.result(site),
        "print": checked.print(site),
        "more": more,
        "said": said,
    });
    // The whole table is longer than a template may write.
    pictured(site, status, parts, &[in_textarea(&checked.csv)])
}

pub fn unreadable(site: &Visit<'_>, unread: Unread) -> Response {
    let faults = match unread {
        Unread::Faults(faults) => faults.iter().map(|fault| said(site, "", fault)).collect(),
        Unread::NoRows => vec![site.word("roster.no_rows", &[])],
        Unread::TooManyRows => vec![site.word("roster.too_many", &[("most", &MOST_ROWS.to_string())])],
    };
    shown(site, StatusCode::UNPROCESSABLE_ENTITY, json!({ "faults": faults }))
}

pub fn shown(site: &Visit<'_>, status: StatusCode, parts: Value) -> Response {
    pictured(site, status, parts, &[])
}

fn pictured(site: &Visit<'_>, status: StatusCode, parts: Value, csv: &[String]) -> Response {
    let mut view = page::frame(site);
    let guide: Vec<Value> = roster::guide(site)
        .into_iter()
        .map(|(column, label, names)| {
            let help = format!("roster.help.{column}");
            let help = if site.knows(&help) { site.word(&help, &[]) } else { String::new() };
            json!({ "column": column, "label": label, "names": names.join(", "), "help": help })
        })
        .collect();
    let mut all = json!({
        "table": null,
        "csv": page::place(0),
        "guide": guide,
        "faults": [],
        "result": "",
        "print": "",
        "more": "",
        "said": "",
        "printers": page::printers(site),
    });
    page::merge(&mut all, parts);
    page::merge(&mut view, all);
    answer::pictured(site, status, "roster.html", &view, csv)
}
