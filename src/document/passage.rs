//! The prose of a document by the texts that it comes from: what a reading level is counted over.

use super::*;
use crate::options::sections::{CONTACT, NEXT_VISIT, NOTE};

/// Which text of the clinic folder a passage comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    QuickAnswer,
    /// What its bars and its mark say.
    Timeline,
    /// The warning signs and precautions.
    Safety,
    /// A section, without its questions and exercises.
    Section(String),
    Question(String),
    Exercise(String),
}

/// The lines of one text as they print: a paragraph, a list item or a sign each. Headings, names, tables and lines that only
/// hold a fact are no prose.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    pub origin: Origin,
    pub lines: Vec<String>,
}

/// The passages of a document in reading order; none is empty. What is said
/// to one patient alone (a note, a visit) is in none, nor is how to reach the clinic.
pub fn passages(document: &Document) -> Vec<Passage> {
    let mut found = Vec::new();
    let quick = &document.masthead().quick;
    let answer = format!("{} {}", plain(&quick.lead), plain(&quick.answer));
    add(&mut found, Origin::QuickAnswer, vec![answer], &quick.blocks);
    let Timeline { bars, alarm, .. } = &document.masthead().timeline;
    let bar = |bar: &Bar| {
        let parts = [Some(&bar.label), Some(&bar.until), bar.open_end.as_ref()].into_iter().flatten();
        parts.map(plain).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    };
    let lines = bars.iter().map(bar).chain([plain(&alarm.label)]).collect();
    add(&mut found, Origin::Timeline, lines, &[]);
    let safety = document.safety();
    let tiers = [safety.emergency(), safety.same_day(), safety.call()];
    let lines = tiers.into_iter().flat_map(|tier| tier.intro.iter().chain(&tier.signs).chain(&tier.closing));
    let lines = lines.chain(safety.precautions()).map(plain).collect();
    add(&mut found, Origin::Safety, lines, &[]);
    for section in document.body().iter().flat_map(|group| &group.sections) {
        if ![NOTE, NEXT_VISIT, CONTACT].contains(&&*section.id) {
            add(&mut found, Origin::Section(section.id.clone()), Vec::new(), &section.blocks);
        }
    }
    found.retain(|passage| !passage.lines.is_empty());
    found
}

/// The same of a few blocks, in one line.
pub fn prose_of(blocks: &[Block]) -> String {
    let mut found = Vec::new();
    add(&mut found, Origin::QuickAnswer, Vec::new(), blocks);
    found.into_iter().flat_map(|passage| passage.lines).collect::<Vec<_>>().join(" ")
}

fn add(found: &mut Vec<Passage>, origin: Origin, lines: Vec<String>, blocks: &[Block]) {
    let at = found.len();
    found.push(Passage { origin, lines });
    for block in blocks {
        add_block(found, at, block);
    }
}

fn add_block(found: &mut Vec<Passage>, at: usize, block: &Block) {
    let mut say = |text: &Text| found[at].lines.push(plain(text));
    match block {
        Block::Paragraph(text) => say(text),
        Block::DoDont(DoDont { do_, dont }) => do_.items.iter().chain(&dont.items).for_each(say),
        Block::List(list) => list.items.iter().flatten().for_each(|block| add_block(found, at, block)),
        Block::Callout(callout) => callout.blocks.iter().for_each(|block| add_block(found, at, block)),
        Block::Exercises(exercises) => {
            for exercise in exercises {
                let steps = exercise.steps.iter().map(plain).collect();
                add(found, Origin::Exercise(exercise.id.clone()), steps, &[]);
            }
        }
        Block::Questions(questions) => {
            for question in questions {
                add(found, Origin::Question(question.id.clone()), Vec::new(), &question.answer);
            }
        }
        Block::Heading { .. }
        | Block::Figure(_)
        | Block::Contact(_)
        | Block::Table(_)
        | Block::WriteOn { .. } => {}
    }
}

fn plain(text: &Text) -> String {
    plain_text(text).replace('\u{a0}', " ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_comes_by_its_texts_and_without_headings() {
        let found = passages(&sample::sample_of_everything());
        assert_eq!(found[0].origin, Origin::QuickAnswer);
        assert_eq!((&found[1].origin, &found[2].origin), (&Origin::Timeline, &Origin::Safety));
        let lines: Vec<&str> = found.iter().flat_map(|passage| &passage.lines).map(String::as_str).collect();
        assert!(!lines.contains(&"When to get help") && !lines.contains(&""), "{lines:?}");
        assert!(found.iter().any(|passage| matches!(passage.origin, Origin::Exercise(_))));
        assert!(found.iter().any(|passage| matches!(passage.origin, Origin::Question(_))));
    }
}
