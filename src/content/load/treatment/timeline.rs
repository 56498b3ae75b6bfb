//! The rows of the timeline, and the steps of an ordered protocol.

use super::rules::Rules;
use crate::content::yaml::{Entry, Key, Kind, Node, is_id, optional, required};
use crate::content::{Row, RowStyle, Rows, Step, When};
use crate::diagnostic::shown;
use crate::limits::LISTED;
use crate::options::Name;

pub(in crate::content::load) const TIMELINE: &[Key] = &[
    required("rows", Kind::List(ROW), "the rows, from the top"),
    required("alarm", Kind::Line, "the window at whose end the patient calls"),
];
const ROW: &[Key] = &[
    required("window", Kind::Line, "the window that it shows"),
    required("style", Kind::Choice(STYLES), "what it tells"),
    optional("instead", Kind::Keys(INSTEAD), "other words, without an end, while a fact is true"),
];
const INSTEAD: &[Key] = &[
    required("when", Kind::Line, "a fact"),
    required("words", Kind::Line, "the words, a key of words.yaml below `timeline`"),
];
const STYLES: &[&str] = &["limit", "more", "expect"];
pub(in crate::content::load) const STEP: &[Key] = &[
    optional("window", Kind::Line, "the window that it lasts at least"),
    optional("gate", Kind::Flag, "what must be true before the next step; the words say what"),
    optional("when", Kind::Line, "`always`, or a fact"),
];

pub fn rows(node: &Node, windows: &[Name], rules: &mut Rules<'_, '_>) -> Option<Rows> {
    let fields = rules.reader.fields(node, "`timeline`", TIMELINE)?;
    let alarm = fields.get("alarm").and_then(|node| rules.reader.name_of(node, "window", windows));
    let items = fields.get("rows").map(|node| rules.reader.items_within(node, "the list", LISTED));
    let items = items.unwrap_or_default();
    let rows: Vec<Row> = items.iter().filter_map(|item| row(item, windows, rules)).collect();
    if let (true, Some(node)) = (items.is_empty(), fields.get("rows")) {
        rules.reader.fault(node.span, "too-few-values", "a timeline has at least one row", None);
    }
    let alarm = alarm?;
    (!rows.is_empty() && rows.len() == items.len()).then_some(Rows { rows, alarm })
}

fn row(node: &Node, windows: &[Name], rules: &mut Rules<'_, '_>) -> Option<Row> {
    let fields = rules.reader.fields(node, "a row of the timeline", ROW)?;
    let window = fields.get("window").and_then(|node| rules.reader.name_of(node, "window", windows));
    let style = fields.get("style").and_then(|node| rules.reader.choice::<RowStyle>(node, "style", STYLES));
    let instead = fields.get("instead").map(|node| instead(node, rules));
    let instead = instead.map_or(Some(None), |instead| instead.map(Some))?;
    Some(Row { window: window?, style: style?, instead })
}

fn instead(node: &Node, rules: &mut Rules<'_, '_>) -> Option<(usize, Name)> {
    let fields = rules.reader.fields(node, "`instead`", INSTEAD)?;
    let words = fields.get("words").and_then(|node| rules.reader.word(node));
    let node = fields.get("when")?;
    match rules.when(node)? {
        When::Fact(index) => Some((index, words?.into())),
        When::Always => {
            let message = "`instead` depends on a fact";
            rules.reader.fault(node.span, "unknown-value", message, Some("leave the row out, then".into()));
            None
        }
    }
}

/// The steps in their order.
pub fn steps(node: &Node, windows: &[Name], rules: &mut Rules<'_, '_>) -> Option<Vec<Step>> {
    let entries = rules.reader.entries_within(node, "`steps`", LISTED)?;
    let steps: Vec<Step> = entries.iter().filter_map(|entry| step(entry, windows, rules)).collect();
    (steps.len() == entries.len()).then_some(steps)
}

fn step(entry: &Entry, windows: &[Name], rules: &mut Rules<'_, '_>) -> Option<Step> {
    let named = is_id(&entry.key);
    if !named {
        let message = format!("`{}` is no id", shown(&entry.key));
        rules.reader.fault(entry.key_span, "bad-id", message, None);
    }
    let fields = rules.reader.fields(&entry.node, &format!("the step `{}`", shown(&entry.key)), STEP)?;
    let window = fields.get("window").map(|node| rules.reader.name_of(node, "window", windows));
    let gate = fields.get("gate").map_or(Some(false), |node| rules.reader.flag(node));
    let when = fields.get("when").map_or(Some(When::Always), |node| rules.when(node));
    let window = window.map_or(Some(None), |window| window.map(Some))?;
    let id = Name::from(entry.key.as_str());
    let place = rules.reader.place(entry.key_span);
    named.then_some(Step { id, window, gate: gate?, when: when?, place })
}
