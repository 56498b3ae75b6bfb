//! Copy-fitting: panels get less air, then parts go, lowest declared priority first, until all fits; what finds room after
//! all comes back. The warning signs, the quick answer and the timeline never go.

use crate::document::{Block, Part};
use crate::layout::Omitted;
use crate::options::sections::NEXT_VISIT;

/// The line for the next visit: at the desk it is worth more than what the web page says too, and takes less than any of it.
const NEXT_VISIT_PRIORITY: u8 = 98;

/// Everything that may go, lowest priority first; of equals the later one first. Pictures to look at go before words.
pub fn candidates<'a>(parts: impl Iterator<Item = &'a Part>) -> Vec<Omitted> {
    let mut found = vec![Omitted { id: NEXT_VISIT.to_owned(), priority: NEXT_VISIT_PRIORITY }];
    for part in parts {
        if matches!(part, Part::Photo(_) | Part::Pictograms(_)) {
            found.push(Omitted { id: part.id().to_owned(), priority: 0 });
        }
        let Part::Section(section) = part else { continue };
        found.push(Omitted { id: section.id.clone(), priority: section.priority });
        for question in section.blocks.iter().flat_map(questions) {
            let id = format!("{}/{}", section.id, question.id);
            found.push(Omitted { id, priority: question.priority });
        }
    }
    found.retain(|part| part.priority < 100);
    found.reverse();
    found.sort_by_key(|part| part.priority);
    found
}

fn questions(block: &Block) -> &[crate::document::Question] {
    match block {
        Block::Questions(questions) => questions,
        _ => &[],
    }
}

/// Those that are gone; of a section that went as a whole, no question is named.
pub fn gone(candidates: &[Omitted], gone: &[bool]) -> Vec<Omitted> {
    let gone: Vec<&Omitted> =
        candidates.iter().zip(gone).filter(|(_, gone)| **gone).map(|(part, _)| part).collect();
    let is_whole = |id: &str| gone.iter().any(|part| part.id == id);
    let is_named = |part: &&&Omitted| part.id.split_once('/').is_none_or(|(section, _)| !is_whole(section));
    gone.iter().filter(is_named).map(|part| (*part).clone()).collect()
}

/// The parts without those that went.
pub fn without(parts: &[Part], omitted: &[Omitted]) -> Vec<Part> {
    let gone = |id: &str| omitted.iter().any(|part| part.id == id);
    let may_go = |part: &Part| matches!(part, Part::Section(_) | Part::Pictograms(_) | Part::Photo(_));
    let kept = parts.iter().filter(|part| !(may_go(part) && gone(part.id())));
    kept.filter_map(|part| match part {
        Part::Section(section) => {
            let mut section = section.clone();
            for block in &mut section.blocks {
                if let Block::Questions(questions) = block {
                    questions.retain(|question| !gone(&format!("{}/{}", section.id, question.id)));
                }
            }
            section
                .blocks
                .retain(|block| !matches!(block, Block::Questions(questions) if questions.is_empty()));
            (!section.blocks.is_empty()).then_some(Part::Section(section))
        }
        part => Some(part.clone()),
    })
    .collect()
}
