//! The warnings as HTML: the program's own, so that no template can leave out or change a word of them.

use super::isolates::with_isolates;
use crate::document::{Document, Safety, Text, Tier, by_question, plain_text};
use crate::html::view::{TextView, escaped};
use crate::locale::unmarked;

/// Drawings on a square of 24: a triangle, a clock, a handset.
const ALARM: &str = "M12 3.2 22 20.4H2ZM12 9.6V14.4M12 17.3V17.4";
const CLOCK: &str = "M2.6 12a9.4 9.4 0 1 0 18.8 0a9.4 9.4 0 1 0-18.8 0M12 6.6V12.4L15.8 14.8";
const HANDSET: &str = "M5 3.6H8.4L10.2 8.2 7.8 10C9 12.6 11.2 14.9 13.9 16.1L15.8 13.8 20.4 15.6V19C20.4 20.2 19.5 20.9 18.4 20.8 10.2 20.2 3.8 13.8 3.2 5.6 3.1 4.5 3.9 3.6 5 3.6Z";

/// The element that shows them, in the order of the printed sheet.
pub(super) fn markup(document: &Document) -> String {
    let safety = document.safety();
    let mut html = String::with_capacity(4096);
    let name = escaped(&unmarked(&plain_text(safety.heading())).replace('\u{a0}', " "));
    let language = escaped(document.meta().language.tag());
    html.extend([
        "<section data-warnings id=\"safety\" lang=\"",
        &language,
        "\" aria-label=\"",
        &name,
        "\"><div>\n",
    ]);
    html.extend(["<h2>", &marked(safety.heading()), "</h2>\n"]);
    tier(safety, safety.emergency(), ("emergency", ALARM), &mut html);
    html.push_str("<div class=\"tiers\">\n");
    tier(safety, safety.same_day(), ("same-day", CLOCK), &mut html);
    tier(safety, safety.call(), ("call", HANDSET), &mut html);
    html.push_str("</div>\n");
    if let Some(heading) = safety.precautions_heading().filter(|_| !safety.precautions().is_empty()) {
        guarded(heading, safety, &mut html);
    } else if !safety.precautions().is_empty() {
        html.push_str("<ul class=\"precautions\" role=\"list\">\n");
        for precaution in safety.precautions() {
            html.push_str("<li>");
            mark(ALARM, &mut html);
            html.extend(["<span>", &marked(precaution), "</span></li>\n"]);
        }
        html.push_str("</ul>\n");
    }
    html.push_str("</div></section>");
    with_isolates(&html, document.meta().direction)
}

/// The advice for everybody who reads, under one heading: line for line it looks like as many alarms.
fn guarded(heading: &Text, safety: &Safety, html: &mut String) {
    html.push_str("<div class=\"tier guarded\">\n<h3>");
    mark(ALARM, html);
    html.extend(["<span>", &marked(heading), "</span></h3>\n<div class=\"body\">\n<ul role=\"list\">\n"]);
    for advice in by_question(safety.precautions()) {
        html.extend(["<li>", &marked(&advice), "</li>\n"]);
    }
    html.push_str("</ul>\n</div>\n</div>\n");
}

fn tier(safety: &Safety, tier: &Tier, (class, drawing): (&str, &str), html: &mut String) {
    let marked = |text: &Text| marked(&safety.on_screen(text));
    html.extend(["<div class=\"tier ", class, "\">\n<h3>"]);
    mark(drawing, html);
    html.extend(["<span>", &marked(&tier.heading_on_screen())]);
    // On paper there is a pen.
    if tier.has_line() {
        html.push_str(" <span class=\"write-on\"></span>");
    }
    html.push_str("</span></h3>\n<div class=\"body\">\n");
    if let Some(intro) = &tier.intro {
        html.extend(["<p>", &marked(intro), "</p>\n"]);
    }
    html.push_str("<ul role=\"list\">\n");
    for sign in &tier.signs {
        html.extend(["<li>", &marked(sign), "</li>\n"]);
    }
    html.push_str("</ul>\n");
    for line in by_question(&tier.closing) {
        html.extend(["<p class=\"closing\">", &marked(&line), "</p>\n"]);
    }
    html.push_str("</div>\n</div>\n");
}

fn marked(text: &Text) -> String {
    TextView::of(text).into_html()
}

fn mark(drawing: &str, html: &mut String) {
    html.extend([
        "<svg class=\"mark\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"",
        drawing,
        "\"/></svg>",
    ]);
}
