//! `templates/handout.md.tera`: which sections stand on a sheet, in which groups and order. What stands above them
//! (title, quick answer, timeline, safety) the program places; no template reaches it.

use super::generated;
use crate::diagnostic::Faults;
use crate::document::{Arrangement, Block, Group, Section};
use crate::merge::compile::{CLOSE, OPEN};
use crate::merge::rules::{Sheet, keep};
use crate::options::sections::{FILLED, QUICK_ANSWER, WHEN_TO_CALL};
use std::collections::BTreeSet;

/// A part of a filled layout.
#[derive(Debug, PartialEq, Eq)]
enum Part<'o> {
    Group(Arrangement, Vec<&'o str>),
    /// Markdown between the calls.
    Between(&'o str),
}

fn parts(output: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = output;
    while let Some((between, after)) = rest.split_once(OPEN) {
        parts.push(Part::Between(between));
        let (mark, after) = after.split_once(CLOSE).unwrap_or((after, ""));
        let (name, ids) = mark.split_once(':').unwrap_or((mark, ""));
        let arrangement = match name {
            "columns" => Arrangement::Columns,
            "cards" => Arrangement::Cards,
            _ => Arrangement::Stacked,
        };
        parts.push(Part::Group(arrangement, ids.split(',').filter(|id| !id.is_empty()).collect()));
        rest = after;
    }
    parts.push(Part::Between(rest));
    parts.retain(|part| !matches!(part, Part::Between(text) if text.trim().is_empty()));
    parts
}

/// The groups below the safety tiers. A section prints once, where it is named first.
pub fn body(sheet: &mut Sheet<'_>) -> Result<Vec<Group>, Faults> {
    let output = sheet.pack.texts.output(sheet.pack.layout, &sheet.values)?;
    let mut printed = BTreeSet::new();
    let mut groups = Vec::new();
    let mut texts = 0;
    for part in parts(&output) {
        let (arrangement, sections) = match part {
            Part::Group(arrangement, ids) => {
                let ids = ids.into_iter().filter(|id| printed.insert(*id));
                let sections = ids.map(|id| section(sheet, id)).collect::<Result<Vec<_>, Faults>>()?;
                (arrangement, sections.into_iter().flatten().collect())
            }
            Part::Between(text) => {
                texts += 1;
                (Arrangement::Stacked, vec![between(sheet, texts, text)?])
            }
        };
        let sections: Vec<Section> = sections;
        if !sections.is_empty() {
            groups.push(Group { arrangement, sections });
        }
    }
    Ok(groups)
}

/// A section by its id; `None`: it does not apply, or has nothing to say.
pub fn section(sheet: &mut Sheet<'_>, id: &str) -> Result<Option<Section>, Faults> {
    if FILLED.contains(&id) {
        let excluded = sheet.request.is_some_and(|request| request.exclude.contains(id));
        return if excluded { Ok(None) } else { generated::section(sheet, id) };
    }
    // Not in this language: `check` compares languages.
    let Some(section) = sheet.pack.sections.get(id) else { return Ok(None) };
    if [QUICK_ANSWER, WHEN_TO_CALL].contains(&id) || !sheet.section_applies(id, section)? {
        return Ok(None);
    }
    let blocks = sheet.pack.texts.blocks(section.body, &sheet.values)?;
    if blocks.is_empty() {
        return Ok(None);
    }
    let title = sheet.pack.texts.line(section.title, &sheet.values)?;
    sheet.prints(&section.review);
    let (priority, guards) = keep::standing(sheet, id, section.priority)?;
    Ok(Some(Section {
        id: id.to_owned(),
        title: (section.show_title && !title.is_empty()).then_some(title),
        icon: section.icon.clone(),
        priority,
        guards,
        blocks,
    }))
}

/// Fills the layout and reads the Markdown that stands in it.
pub fn try_layout(sheet: &Sheet<'_>) -> Result<(), Faults> {
    let output = sheet.pack.texts.output(sheet.pack.layout, &sheet.values)?;
    for part in parts(&output) {
        if let Part::Between(text) = part {
            between(sheet, 1, text)?;
        }
    }
    Ok(())
}

/// Priority of text that stands in the template itself.
const BETWEEN: u8 = 50;

/// `number`: which of the texts it is, from 1.
fn between(sheet: &Sheet<'_>, number: usize, text: &str) -> Result<Section, Faults> {
    let blocks: Vec<Block> = sheet.pack.texts.read_between(sheet.pack.layout, text, &sheet.values)?;
    Ok(Section {
        id: format!("text-{number}"),
        title: None,
        icon: None,
        priority: BETWEEN,
        guards: BTreeSet::new(),
        blocks,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_the_text_between_them() {
        let output = "\u{e000}stacked:a\u{e001}\nWash your hands.\n\u{e000}columns:b,c\u{e001}\n";
        let expected = [
            Part::Group(Arrangement::Stacked, vec!["a"]),
            Part::Between("\nWash your hands.\n"),
            Part::Group(Arrangement::Columns, vec!["b", "c"]),
        ];
        assert_eq!(parts(output), expected);
    }
}
