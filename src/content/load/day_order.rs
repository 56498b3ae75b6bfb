//! Whether what a language calls its days, months and parts of the day stands where it belongs. Known are the names of the
//! languages that the program brings along.

use crate::content::yaml::{Node, Reader, Span};
use crate::diagnostic::shown;
use crate::locale::{Clock, DateWords, DayPart, Said};

/// Whether none has the name of another: each date of each sheet would be another one.
pub fn are_in_order(node: &Node, own: &DateWords, came: &DateWords, reader: &mut Reader<'_>) -> bool {
    let lists: [(&str, &[String], &[String]); 4] = [
        ("weekdays", &own.weekdays, &came.weekdays),
        ("weekdays-short", &own.weekdays_short, &came.weekdays_short),
        ("months", &own.months, &came.months),
        ("months-short", &own.months_short, &came.months_short),
    ];
    let mut whole = true;
    for (key, own, came) in lists {
        whole &= is_list_in_order(node, key, [own, came], reader);
    }
    whole
        & are_halves_in_place(node, [&own.clock, &came.clock], reader)
        & are_parts_in_place(node, [&own.said, &came.said], reader)
}

fn is_list_in_order(node: &Node, key: &str, [own, came]: [&[String]; 2], reader: &mut Reader<'_>) -> bool {
    let Some(items) = node.get(key).map(|list| reader.items(list)) else { return true };
    for (at, (name, item)) in own.iter().zip(items).enumerate() {
        let is_there = |index: usize| is_same(&came[index], name);
        let Some(other) = (0..came.len()).find(|index| is_there(*index)).filter(|_| !is_there(at)) else {
            continue;
        };
        let message =
            format!("`{}` is number {} of `{key}`, and should be {}", shown(name), at + 1, other + 1);
        let hint = format!("write the list in its order; it begins with `{}`", came[0]);
        reader.fault(item.span, "other-place", message, Some(hint.into()));
        return false;
    }
    true
}

/// The halves of twelve hours: an afternoon is not called as the morning was.
fn are_halves_in_place(node: &Node, clocks: [&Clock; 2], reader: &mut Reader<'_>) -> bool {
    let [Clock::TwelveHours { am, pm, .. }, Clock::TwelveHours { am: came_am, pm: came_pm, .. }] = clocks
    else {
        return true;
    };
    let halves = [("am", am, "pm", came_pm), ("pm", pm, "am", came_am)];
    let turned = halves.into_iter().find(|(_, own, _, other)| is_same(own, other));
    let Some((key, own, other, _)) = turned else { return true };
    let message = format!("`{key}` is `{}`, with which `{other}` came", shown(own));
    let span = span_of(node, &["clock", key]);
    reader.fault(
        span,
        "other-place",
        message,
        Some("each time of each sheet would be twelve hours off".into()),
    );
    false
}

/// A part of the day that came by the same name has an hour of it.
fn are_parts_in_place(node: &Node, said: [&Option<Said>; 2], reader: &mut Reader<'_>) -> bool {
    let [Some(own), Some(came)] = said else { return true };
    for (at, part) in own.parts.iter().enumerate() {
        let named = came.parts.iter().find(|other| is_same(&other.name, &part.name));
        let Some(other) = named.filter(|other| !part.meets(other)) else { continue };
        let hours = |part: &DayPart| format!("{} to {}", part.from, part.to);
        let message =
            format!("`{}` goes from {}, and came from {}", shown(&part.name), hours(part), hours(other));
        let items = node.get("said").and_then(|said| said.get("parts")).map(|list| reader.items(list));
        let span = items.and_then(|items| items.get(at)).map_or(node.span, |item| item.span);
        let hint = "each part of the day has the name that people call it by";
        reader.fault(span, "other-place", message, Some(hint.into()));
        return false;
    }
    true
}

fn span_of(node: &Node, keys: &[&str]) -> Span {
    keys.iter().try_fold(node, |node, key| node.get(key)).unwrap_or(node).span
}

fn is_same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}
