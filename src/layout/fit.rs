//! Fitting: parts go until the handout fills no more sides than its style allows, and come back while there is room.
//! Questions give way first, then exercises, then sections, each by their declared priority; a section of a lower
//! priority than every question goes before them. What a therapist chose for
//! the patient goes with the sections, as the last. What never goes ([`NEVER`]) is not among them.

use super::Omitted;
use crate::document::{Block, CHOSEN, Document, Group, NEVER, Section};
use std::collections::BTreeSet;

/// Parts that are tried to be put back on a sheet: more would rarely find room, and each takes a layout.
const MOST_TRIES: usize = 12;

/// What gives way to what.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Question,
    Exercise,
    Section,
}

/// Everything that may go, what goes first at the front; of equals the later one first.
pub fn candidates(document: &Document) -> Vec<Omitted> {
    let mut found: Vec<(Rank, Omitted)> = Vec::new();
    for section in document.body().iter().flat_map(|group| &group.sections) {
        let parts = parts(section);
        // A section of such parts goes with the last of them.
        if parts.is_empty() {
            found.push((Rank::Section, Omitted { id: section.id.clone(), priority: section.priority }));
        }
        // One that may not go keeps one of them.
        found.extend(parts.into_iter().skip(usize::from(section.priority >= NEVER)));
    }
    found.retain(|(_, part)| part.priority < NEVER);
    // What counts less than every question only says again what stands elsewhere: it goes before them.
    let least = found.iter().filter(|(rank, _)| *rank == Rank::Question).map(|(_, part)| part.priority).min();
    for (rank, part) in &mut found {
        if least.is_some_and(|least| part.priority < least) {
            *rank = Rank::Question;
        }
    }
    found.reverse();
    found.sort_by_key(|(rank, part)| (*rank, part.priority));
    found.into_iter().map(|(_, part)| part).collect()
}

/// Questions or exercises of a section that holds nothing else.
fn parts(section: &Section) -> Vec<(Rank, Omitted)> {
    let mut found = Vec::new();
    let mut push = |rank: Rank, id: &str, priority: u8| {
        let rank = if priority >= CHOSEN { Rank::Section } else { rank };
        found.push((rank, Omitted { id: format!("{}/{id}", section.id), priority }));
    };
    for block in &section.blocks {
        match block {
            Block::Questions(questions) => {
                questions.iter().for_each(|it| push(Rank::Question, &it.id, it.priority));
            }
            Block::Exercises(exercises) => {
                exercises.iter().for_each(|it| push(Rank::Exercise, &it.id, it.priority));
            }
            _ => return Vec::new(),
        }
    }
    found
}

/// Which of the candidates go: as few from the front as let `attempt` succeed, found in halves, but for those that can
/// come back, the last one to go first. `attempt` is told of each whether it is gone, and gives nothing when the rest
/// does not fit. Nothing: it does not fit without all of them.
pub fn leave_out<T, E>(
    count: usize,
    mut attempt: impl FnMut(&[bool]) -> Result<Option<T>, E>,
) -> Result<Option<(Vec<bool>, T)>, E> {
    let first = |going: usize| (0..count).map(|index| index < going).collect::<Vec<bool>>();
    let (mut too_few, mut going) = (0, 1.min(count));
    let mut made = loop {
        if let Some(made) = attempt(&first(going))? {
            break made;
        }
        if going == count {
            return Ok(None);
        }
        (too_few, going) = (going, (going * 2).min(count));
    };
    while going - too_few > 1 {
        let middle = too_few + (going - too_few) / 2;
        match attempt(&first(middle))? {
            Some(fewer) => (going, made) = (middle, fewer),
            None => too_few = middle,
        }
    }
    let mut gone = first(going);
    for index in (0..going.saturating_sub(1)).rev().take(MOST_TRIES) {
        gone[index] = false;
        match attempt(&gone)? {
            Some(fuller) => made = fuller,
            None => gone[index] = true,
        }
    }
    Ok(Some((gone, made)))
}

/// The parts that went, in order; a section that lost all its parts by its own name.
pub fn told(document: &Document, candidates: Vec<Omitted>, gone: &[bool]) -> Vec<Omitted> {
    let mut omitted: Vec<Omitted> =
        candidates.into_iter().zip(gone).filter(|(_, gone)| **gone).map(|(part, _)| part).collect();
    for section in document.body().iter().flat_map(|group| &group.sections) {
        let parts = parts(section);
        let is_part = |part: &Omitted| parts.iter().any(|(_, own)| own.id == part.id);
        if parts.len() < 2 || omitted.iter().filter(|part| is_part(part)).count() < parts.len() {
            continue;
        }
        if let Some(at) = omitted.iter().rposition(is_part) {
            omitted[at] = Omitted { id: section.id.clone(), priority: section.priority };
            omitted.retain(|part| !is_part(part));
        }
    }
    omitted
}

/// The body without the candidates that are gone.
pub fn without(body: &[Group], candidates: &[Omitted], gone: &[bool]) -> Vec<Group> {
    let gone: BTreeSet<&str> =
        candidates.iter().zip(gone).filter(|(_, gone)| **gone).map(|(part, _)| part.id.as_str()).collect();
    let stays = |section: &Section, id: &str| !gone.contains(format!("{}/{id}", section.id).as_str());
    let keep = |section: &Section| {
        let blocks = section.blocks.iter().filter_map(|block| match block {
            Block::Questions(questions) => {
                let left: Vec<_> = questions.iter().filter(|it| stays(section, &it.id)).cloned().collect();
                (!left.is_empty()).then_some(Block::Questions(left))
            }
            Block::Exercises(exercises) => {
                let left: Vec<_> = exercises.iter().filter(|it| stays(section, &it.id)).cloned().collect();
                (!left.is_empty()).then_some(Block::Exercises(left))
            }
            block => Some(block.clone()),
        });
        let (title, icon) = (section.title.clone(), section.icon.clone());
        Section { id: section.id.clone(), title, icon, priority: section.priority, blocks: blocks.collect() }
    };
    let group = |group: &Group| Group {
        arrangement: group.arrangement,
        sections: group
            .sections
            .iter()
            .filter(|section| !gone.contains(section.id.as_str()))
            .map(keep)
            .filter(|section| !section.blocks.is_empty())
            .collect(),
    };
    body.iter().map(group).filter(|group| !group.sections.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::sample;
    use std::convert::Infallible;

    /// What goes of parts of these heights, so that the others fit; and how often a layout was tried.
    fn gone(heights: &[u32], room: u32) -> (Option<Vec<usize>>, usize) {
        let mut tries = 0;
        let attempt = |gone: &[bool]| {
            tries += 1;
            let kept: u32 =
                heights.iter().zip(gone).filter(|(_, gone)| !**gone).map(|(height, _)| height).sum();
            Ok::<_, Infallible>((kept <= room).then_some(()))
        };
        let left = leave_out(heights.len(), attempt).unwrap_or_else(|never| match never {});
        let indices = |gone: Vec<bool>| (0..gone.len()).filter(|index| gone[*index]).collect();
        (left.map(|(gone, ())| indices(gone)), tries)
    }

    #[test]
    fn the_first_parts_go_until_the_others_fit() {
        assert_eq!(gone(&[10, 10, 10], 20).0, Some(vec![0]));
        assert_eq!(gone(&[10, 10, 10], 9).0, Some(vec![0, 1, 2]));
        assert_eq!(gone(&[10; 40], 70).0, Some((0..33).collect()));
    }

    #[test]
    fn what_went_comes_back_where_there_is_room_the_last_one_first() {
        assert_eq!(gone(&[5, 5, 40, 10], 22).0, Some(vec![2]));
        assert_eq!(gone(&[9, 5, 40, 10], 20).0, Some(vec![0, 2]));
    }

    #[test]
    fn nothing_is_said_to_fit_that_does_not() {
        assert_eq!(gone(&[], 0).0, Some(vec![]));
        let never = |_: &[bool]| Ok::<Option<()>, Infallible>(None);
        assert_eq!(leave_out(3, never), Ok(None));
        assert_eq!(leave_out(0, never), Ok(None));
    }

    #[test]
    fn thousands_of_parts_take_few_layouts() {
        let (gone, tries) = gone(&[1; 2500], 40);
        assert_eq!(gone.map(|gone| gone.len()), Some(2460));
        assert!(tries < 40, "{tries} layouts");
    }

    #[test]
    fn what_is_said_twice_goes_first_then_questions_exercises_and_sections() {
        let document = sample::sample();
        let found = candidates(&document);
        assert_eq!(found[0].id, "closing", "of a lower priority than every question");
        let ranks: Vec<usize> = found[1..]
            .iter()
            .map(|part| match part.id.split_once('/') {
                Some(("faq", _)) => 0,
                Some(_) => 1,
                None => 2,
            })
            .collect();
        assert!(ranks.is_sorted() && ranks.contains(&0) && ranks.contains(&2), "{ranks:?}");
    }
}
