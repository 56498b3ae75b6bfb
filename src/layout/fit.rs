//! Fitting: parts go by their declared priority until the handout fills no more sides than its style allows.

use super::Omitted;
use crate::document::{Block, Document, Group, Section};

/// Everything that may go, lowest priority first; of equals the later one first.
pub fn candidates(document: &Document) -> Vec<Omitted> {
    let mut found: Vec<Omitted> = Vec::new();
    for section in document.body().iter().flat_map(|group| &group.sections) {
        push(&mut found, section.id.clone(), section.priority);
        for block in &section.blocks {
            match block {
                Block::Questions(questions) => {
                    questions
                        .iter()
                        .for_each(|q| push(&mut found, format!("{}/{}", section.id, q.id), q.priority));
                }
                Block::Exercises(exercises) => {
                    exercises
                        .iter()
                        .for_each(|e| push(&mut found, format!("{}/{}", section.id, e.id), e.priority));
                }
                _ => {}
            }
        }
    }
    found.reverse();
    found.sort_by_key(|part| part.priority);
    found
}

fn push(found: &mut Vec<Omitted>, id: String, priority: u8) {
    if priority < 100 {
        found.push(Omitted { id, priority });
    }
}

/// The body without the parts that went.
pub fn without(body: &[Group], omitted: &[Omitted]) -> Vec<Group> {
    let gone = |id: &str| omitted.iter().any(|part| part.id == id);
    let keep = |section: &Section| {
        let mut section = section.clone();
        for block in &mut section.blocks {
            match block {
                Block::Questions(questions) => {
                    questions.retain(|q| !gone(&format!("{}/{}", section.id, q.id)))
                }
                Block::Exercises(exercises) => {
                    exercises.retain(|e| !gone(&format!("{}/{}", section.id, e.id)))
                }
                _ => {}
            }
        }
        section.blocks.retain(|block| !is_empty(block));
        section
    };
    let group = |group: &Group| Group {
        arrangement: group.arrangement,
        sections: group
            .sections
            .iter()
            .filter(|section| !gone(&section.id))
            .map(keep)
            .filter(|section| !section.blocks.is_empty())
            .collect(),
    };
    body.iter().map(group).filter(|group| !group.sections.is_empty()).collect()
}

fn is_empty(block: &Block) -> bool {
    match block {
        Block::Questions(questions) => questions.is_empty(),
        Block::Exercises(exercises) => exercises.is_empty(),
        _ => false,
    }
}
