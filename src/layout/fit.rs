//! Fitting: parts go until the handout fills no more sides than its style allows, and come back while there is room.
//! What gives way to what is one table, [`Rank`]. What never goes ([`NEVER`]) is not among the parts, and what guards
//! exercises does not go before them.

use super::Omitted;
use crate::document::{Block, CHOSEN, Document, Exercise, NEVER, Section};
use crate::options::Name;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Parts that are tried to be put back on a sheet: more would rarely find room, and thousands may have gone.
const MOST_TRIES: usize = 12;

/// The order of giving way: a row goes before any of the next. Within a row the lower priority goes first, of equals
/// the later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// What says again what stands elsewhere ("In short"): of a lower priority than every question.
    Repeats,
    Question,
    /// An exercise whose areas have another one on the sheet.
    Further,
    /// The only exercise of an area, and any other section, by their priorities; what says how to do exercises without
    /// harm once none of them is left.
    Section,
    /// What the therapist chose for the patient.
    Chosen,
}

impl Rank {
    /// What was chosen outranks what it is.
    fn of(priority: u8, rank: Rank) -> Rank {
        if priority >= CHOSEN { Rank::Chosen } else { rank }
    }
}

/// Everything that may go, what goes first at the front.
pub fn candidates(document: &Document) -> Vec<Omitted> {
    let mut found: Vec<(Rank, Omitted)> = Vec::new();
    for section in sections(document) {
        let mut parts = parts(section);
        // A section of such parts goes with the last of them.
        if parts.is_empty() {
            let part = Omitted { id: section.id.clone(), priority: section.priority };
            found.push((Rank::of(section.priority, Rank::Section), part));
        }
        // One that may not go keeps what would go last.
        if section.priority >= NEVER
            && let Some(last) = (0..parts.len()).max_by_key(|at| (order(&parts[*at]), Reverse(*at)))
        {
            parts.remove(last);
        }
        found.extend(parts);
    }
    found.retain(|(_, part)| part.priority < NEVER);
    let least = found.iter().filter(|(rank, _)| *rank == Rank::Question).map(|(_, part)| part.priority).min();
    // What guards exercises goes behind them, whatever its priority.
    let guards = |id: &str| sections(document).any(|section| section.id == id && !section.guards.is_empty());
    let exercise = |id: &str| id.contains('/');
    let last = found.iter().filter(|(rank, part)| *rank == Rank::Section && exercise(&part.id));
    let last = last.map(|(_, part)| part.priority).max().unwrap_or_default();
    for (rank, part) in &mut found {
        let own = *rank == Rank::Section && !exercise(&part.id) && !guards(&part.id);
        if own && least.is_some_and(|least| part.priority < least) {
            *rank = Rank::Repeats;
        }
    }
    found.reverse();
    found.sort_by_key(|(rank, part)| match guards(&part.id) {
        true => (*rank, part.priority.max(last.saturating_add(1))),
        false => (*rank, part.priority),
    });
    found.into_iter().map(|(_, part)| part).collect()
}

fn sections(document: &Document) -> impl Iterator<Item = &Section> {
    document.body().iter().flat_map(|group| &group.sections)
}

fn order((rank, part): &(Rank, Omitted)) -> (Rank, u8) {
    (*rank, part.priority)
}

/// Questions or exercises of a section that holds nothing else.
fn parts(section: &Section) -> Vec<(Rank, Omitted)> {
    let mut found = Vec::new();
    let mut push = |rank: Rank, id: &str, priority: u8| {
        found.push((Rank::of(priority, rank), Omitted { id: format!("{}/{id}", section.id), priority }));
    };
    for block in &section.blocks {
        match block {
            Block::Questions(questions) => {
                questions.iter().for_each(|it| push(Rank::Question, &it.id, it.priority));
            }
            Block::Exercises(exercises) => {
                let only = only_ones(exercises);
                for it in exercises {
                    let rank = if only.contains(it.id.as_str()) { Rank::Section } else { Rank::Further };
                    push(rank, &it.id, it.priority);
                }
            }
            _ => return Vec::new(),
        }
    }
    found
}

/// As few exercises as leave none of the areas without one: first those that were chosen for the patient, then those
/// for the most areas.
fn only_ones(exercises: &[Exercise]) -> BTreeSet<&str> {
    let mut kept = BTreeSet::new();
    let mut open: BTreeSet<&Name> = exercises.iter().flat_map(|it| &it.areas).collect();
    let still_open =
        |it: &Exercise, open: &BTreeSet<&Name>| it.areas.iter().filter(|area| open.contains(area)).count();
    for it in exercises.iter().filter(|it| it.priority >= CHOSEN) {
        open.retain(|area| !it.areas.contains(*area));
    }
    // Of equals the first.
    let best =
        |open: &BTreeSet<&Name>| exercises.iter().rev().max_by_key(|it| (still_open(it, open), it.priority));
    while !open.is_empty() {
        let Some(it) = best(&open) else { break };
        kept.insert(it.id.as_str());
        open.retain(|area| !it.areas.contains(*area));
    }
    kept
}

/// Whether no exercise stands without the section that says how to do it without harm.
pub fn is_guarded(document: &Document, candidates: &[Omitted], gone: &[bool]) -> bool {
    let mut gone_guards = sections(document)
        .filter(|section| !section.guards.is_empty() && is_gone(&section.id, candidates, gone));
    let stands = |exercise: &String| !is_gone(exercise, candidates, gone);
    !gone_guards.any(|section| section.guards.iter().any(stands))
}

fn is_gone(id: &str, candidates: &[Omitted], gone: &[bool]) -> bool {
    candidates.iter().zip(gone).any(|(part, gone)| *gone && part.id == id)
}

/// Which of the candidates of these ranks go: as few from the front as let `attempt` succeed, found in halves, but for those
/// that can come back, the last one to go first. `attempt` is told of each whether it is gone, and gives nothing when the
/// rest does not fit. Nothing: it does not fit without all of them.
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
    // What had to go last is gone for good. Of the others each is asked, the last one to go first: a question in room that is
    // too small for an exercise takes nothing from anybody, and an empty half of a page tells nobody anything.
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
    for section in sections(document) {
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

#[cfg(test)]
mod tests;
