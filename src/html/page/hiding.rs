//! What a clinic's own style or templates keep from a reader. The warnings are the program's, and nothing reaches them. Of
//! the rest a style may hide what it likes; where that is advice, somebody should know.

use super::Sought;
use crate::diagnostic::{Place, shown};
use crate::document::{Document, Origin, passages};
use crate::html::reading::{visible_text, words};
use crate::template::{TemplateSource, Templates, place_at};
use cssparser::{ParseError, Parser, Token};
use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeSet;

/// Rules of one sheet, at most; more of them say nothing new.
const MOST: usize = 10;
/// Blocks inside each other.
const DEEPEST: u32 = 16;

/// A style sheet of a clinic's, and the same as it came with the program.
pub struct OwnStyle<'a> {
    pub own: &'a TemplateSource,
    pub came: &'a str,
}

/// Rules that hide advice of a page with every kind of part, and advice that is not on it.
pub(in crate::html) fn hidden(
    page: &str,
    document: &Document,
    styles: &[OwnStyle<'_>],
    (templates, template): (&Templates, &str),
) -> Vec<Hidden> {
    let advice: Vec<String> = passages(document)
        .into_iter()
        .filter(|passage| passage.origin != Origin::Safety)
        .flat_map(|passage| passage.lines)
        .map(|line| bare(&line))
        .collect();
    let html = Html::parse_document(page);
    let mut found: Vec<Hidden> = missing(page, &advice, templates, template).into_iter().collect();
    for style in styles {
        found.extend(by_style(&html, &advice, style));
    }
    found.extend(by_attribute(&html, &advice, templates, template));
    found
}

/// Advice that a reader of a page does not see.
pub(in crate::html) struct Hidden {
    pub message: String,
    pub place: Place,
    pub hint: &'static str,
}

const SHOW: &str =
    "patients need these words on a phone and on paper: leave the rule out, or name what else it is for";

/// Advice that no element of the page shows.
fn missing(page: &str, advice: &[String], templates: &Templates, template: &str) -> Option<Hidden> {
    let seen = bare(&visible_text(page));
    let gone = advice.iter().filter(|line| !seen.contains(line.as_str())).count();
    let place = templates.file_of(template).unwrap_or_else(|| Place::file(template));
    (gone > 0).then(|| {
        let message = format!("{gone} of {} lines of a sheet are not on its page", advice.len());
        Hidden { message, place, hint: "a template lost a part, or a condition that is never true leaves it out: compare it with the one that `aftercare init` writes" }
    })
}

fn by_style(html: &Html, advice: &[String], style: &OwnStyle<'_>) -> Vec<Hidden> {
    let (own, came) = (without_tags(&style.own.text), without_tags(style.came));
    let known: BTreeSet<(String, String)> = rules(&came).iter().flat_map(Rule::parts).collect();
    let mut found = Vec::new();
    for rule in rules(&own) {
        let hiding = rule.declarations.iter().find(|declaration| {
            !known.contains(&(words(rule.selector), said(declaration))) && hides(declaration, &rule)
        });
        let Some(hiding) = hiding else { continue };
        let Ok(selector) = Selector::parse(rule.selector) else { continue };
        if let Some(element) = html.select(&selector).find(|element| is_advice(*element, advice)) {
            let hidden = words(&element.text().collect::<String>());
            let message = format!(
                "`{}` with `{}` hides advice: “{}”",
                shown(&words(rule.selector)),
                shown(&said(hiding)),
                shown(&hidden)
            );
            let place = place_at(&style.own.text, rule.at, rule.selector.trim_end().len(), &style.own.place);
            found.push(Hidden { message, place, hint: SHOW });
        }
    }
    found.truncate(MOST);
    found
}

/// `style="display: none"` of an element.
fn by_attribute(html: &Html, advice: &[String], templates: &Templates, template: &str) -> Option<Hidden> {
    let styled = Selector::parse("[style]").ok()?;
    html.select(&styled).find_map(|element| {
        let written = element.attr("style")?;
        let rule = Rule { at: 0, selector: "", declarations: declarations(written) };
        let hiding = rule.declarations.iter().find(|declaration| hides(declaration, &rule))?;
        if !is_advice(element, advice) {
            return None;
        }
        let sought = Sought::Words(written.to_owned());
        let place = templates.place_of(template, |text| sought.find(text));
        let place = place.or_else(|| templates.file_of(template)).unwrap_or_else(|| Place::file(template));
        let message = format!("`{}` of an element hides advice", shown(&said(hiding)));
        Some(Hidden { message, place, hint: SHOW })
    })
}

/// Whether an element holds a line of advice, or a part of one, and stands outside of the warnings.
fn is_advice(element: ElementRef<'_>, advice: &[String]) -> bool {
    let is_warning = |element: ElementRef<'_>| element.attr("data-warnings").is_some();
    let above = element.ancestors().filter_map(ElementRef::wrap);
    if is_warning(element) || above.into_iter().any(is_warning) || element.attr("aria-hidden").is_some() {
        return false;
    }
    let text = bare(&element.text().collect::<String>());
    let is_part = |line: &String| text.len() >= SHORT && line.contains(&text);
    advice.iter().any(|line| text.contains(line.as_str()) || is_part(line))
}

/// A part of a line with fewer letters could stand anywhere.
const SHORT: usize = 8;

/// Letters without spaces: a template may part words as it likes.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{2060}' | '\u{ad}' | '\u{200b}')).collect()
}

/// A rule of a style sheet.
struct Rule<'c> {
    at: usize,
    selector: &'c str,
    declarations: Vec<(String, String)>,
}

impl Rule<'_> {
    fn parts(&self) -> impl Iterator<Item = (String, String)> {
        self.declarations.iter().map(|declaration| (words(self.selector), said(declaration)))
    }

    fn value(&self, names: &[&str]) -> Option<&str> {
        let mut all = self.declarations.iter().rev();
        all.find(|(name, _)| names.contains(&name.as_str())).map(|(_, value)| value.as_str())
    }
}

fn said((name, value): &(String, String)) -> String {
    format!("{name}: {value}")
}

/// Tags of the template language as letters, remarks and conditions as spaces, byte for byte.
fn without_tags(text: &str) -> String {
    let mut css = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) =
        rest.match_indices('{').map(|(at, _)| at).find(|at| rest[at + 1..].starts_with(['{', '%', '#']))
    {
        let close = match &rest[at + 1..at + 2] {
            "{" => "}}",
            "%" => "%}",
            _ => "#}",
        };
        let end = rest[at..].find(close).map_or(rest.len(), |end| at + end + close.len());
        css.push_str(&rest[..at]);
        let fill = if close == "}}" { 'x' } else { ' ' };
        css.extend(std::iter::repeat_n(fill, end - at));
        rest = &rest[end..];
    }
    css.push_str(rest);
    css
}

fn rules(css: &str) -> Vec<Rule<'_>> {
    let mut found = Vec::new();
    statements(&mut Parser::new(css), &mut found, 0);
    found
}

fn declarations(css: &str) -> Vec<(String, String)> {
    statements(&mut Parser::new(css), &mut Vec::new(), 0)
}

/// The rules of a block go into `found`; what it declares itself comes back.
fn statements<'c>(parser: &mut Parser<'c>, found: &mut Vec<Rule<'c>>, depth: u32) -> Vec<(String, String)> {
    let mut declared = Vec::new();
    loop {
        parser.skip_whitespace();
        let start = parser.position();
        loop {
            let Ok(token) = parser.next().cloned() else {
                declared.extend(declaration(parser.slice_from(start)));
                return declared;
            };
            match token {
                Token::Semicolon => {
                    declared.extend(declaration(parser.slice_from(start)));
                    break;
                }
                Token::CurlyBracketBlock => {
                    let selector = parser.slice_from(start).trim_end_matches('{');
                    let inside = parser.parse_nested_block(|block| {
                        Ok::<_, ParseError<()>>(match depth < DEEPEST {
                            true => statements(block, found, depth + 1),
                            false => Vec::new(),
                        })
                    });
                    let declarations = inside.unwrap_or_default();
                    found.push(Rule { at: start.byte_index(), selector, declarations });
                    break;
                }
                _ => {}
            }
        }
    }
}

fn declaration(text: &str) -> Option<(String, String)> {
    let (name, value) = text.trim().trim_end_matches(';').split_once(':')?;
    let value = value.to_lowercase();
    let value = value.split('!').next().unwrap_or_default();
    Some((name.trim().to_lowercase(), words(value)))
}

/// Whether a declaration makes text invisible, too small to read or puts it off the page.
fn hides((name, value): &(String, String), rule: &Rule<'_>) -> bool {
    let number = first_number(value);
    let is_clipped =
        rule.value(&["overflow"]).is_some_and(|value| value.contains("hidden") || value.contains("clip"));
    let ground = rule.value(&["background", "background-color"]);
    match name.as_str() {
        "display" => value == "none",
        "visibility" | "content-visibility" => value == "hidden" || value == "collapse",
        "opacity" => number.is_some_and(|(number, unit)| number < if unit == "%" { 35.0 } else { 0.35 }),
        "font-size" => pixels(number).is_some_and(|pixels| pixels < SMALLEST),
        "text-indent"
        | "left"
        | "right"
        | "top"
        | "bottom"
        | "margin-left"
        | "margin-top"
        | "margin-inline-start"
        | "inset-inline-start"
        | "inset-block-start" => pixels(number).is_some_and(|pixels| !(-FAR..=FAR).contains(&pixels)),
        "clip" => value.starts_with("rect"),
        "clip-path" => ["100%", "50%", "circle(0"].iter().any(|part| value.contains(part)),
        "transform" => value.contains("scale(0") || value.contains("-9999") || value.contains("-100vw"),
        "height" | "max-height" | "width" | "max-width" => {
            is_clipped && pixels(number).is_some_and(|pixels| pixels <= 1.0)
        }
        "color" | "-webkit-text-fill-color" => {
            value == "transparent"
                || ground == Some(value)
                || ground.is_none() && ["#fff", "#ffffff", "white", "var(--paper)"].contains(&value.as_str())
        }
        _ => false,
    }
}

/// CSS pixels: smaller type nobody reads; and further than any page is wide.
const SMALLEST: f32 = 9.0;
const FAR: f32 = 1_500.0;

/// The first number of a value, and its unit.
fn first_number(value: &str) -> Option<(f32, &str)> {
    let first = value.split_whitespace().next()?;
    let end = first.find(|c: char| !c.is_ascii_digit() && !"+-.".contains(c)).unwrap_or(first.len());
    Some((first[..end].parse().ok()?, &first[end..]))
}

fn pixels(number: Option<(f32, &str)>) -> Option<f32> {
    let (number, unit) = number?;
    let of_one = match unit {
        "" | "px" => 1.0,
        "pt" => 4.0 / 3.0,
        "em" | "rem" => 16.0,
        "%" => 0.16,
        "vw" | "vh" => 15.0,
        _ => return None,
    };
    Some(number * of_one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hiding(css: &str) -> Vec<String> {
        let all = rules(css);
        let told = all.iter().flat_map(|rule| {
            rule.declarations
                .iter()
                .filter(|one| hides(one, rule))
                .map(|one| format!("{}|{}", rule.selector.trim(), said(one)))
        });
        told.collect()
    }

    #[test]
    fn ways_to_hide_text_are_known_and_ordinary_style_is_not() {
        let one = |css: &str| assert_eq!(hiding(css).len(), 1, "{css}: {:?}", hiding(css));
        one(".a { display: NONE !important }");
        one("@media print { .a { margin: 0; visibility: hidden; } }");
        one(".a { position: absolute; left: -9999px }");
        one(".a { color: #fff; }");
        one(".a { color: #eee; background: #eee; }");
        one(".a { font-size: 4px } .b { font-size: 1rem }");
        one(".a { text-indent: -999em; }");
        one(".a { height: 0; overflow: hidden; }");
        assert_eq!(
            hiding(
                ".a { display: flex; color: #fff; background: #0b4f5c; opacity: .9; height: 0; left: -1rem }"
            ),
            Vec::<String>::new()
        );
    }

    #[test]
    fn tags_of_templates_keep_their_length() {
        assert_eq!(without_tags("a{{ b }}{# c #}d{"), "axxxxxxx       d{");
    }
}
