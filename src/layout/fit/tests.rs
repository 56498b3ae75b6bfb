use super::*;
use crate::document::{Group, Question, sample};
use std::convert::Infallible;

/// What goes of parts of these heights, so that the others fit; and how often a layout was tried.
fn gone(heights: &[u32], room: u32) -> (Option<Vec<usize>>, usize) {
    let mut tries = 0;
    let attempt = |gone: &[bool]| {
        tries += 1;
        let kept: u32 = heights.iter().zip(gone).filter(|(_, gone)| !**gone).map(|(height, _)| height).sum();
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

const NECK: &str = "neck";
const CALF: &str = "calf";
const HIP: &str = "hip";

/// A sheet with a part of each rank: id, height, areas of an exercise.
struct Sheet {
    document: Document,
    heights: Vec<(String, u32)>,
}

impl Sheet {
    /// "In short" 2, two questions of 3, advice of 4, how to stretch 3, and these exercises: id, height, priority, areas.
    fn with(exercises: &[(&str, u32, u8, &[&str])], chosen: bool) -> Sheet {
        let pattern = sample::sample();
        let section = |id: &str, priority: u8, blocks: Vec<Block>| Section {
            id: id.to_owned(),
            title: None,
            icon: None,
            priority,
            guards: BTreeSet::new(),
            blocks,
        };
        let words = || vec![Block::Paragraph(Vec::new())];
        let question = |id: &str, priority: u8| Question {
            id: id.to_owned(),
            question: Vec::new(),
            answer: words(),
            priority,
        };
        let exercise = |(id, _, priority, areas): &(&str, u32, u8, &[&str])| Exercise {
            id: (*id).to_owned(),
            name: Vec::new(),
            picture: None,
            alt: String::new(),
            steps: Vec::new(),
            areas: areas.iter().map(|area| (*area).into()).collect(),
            priority: *priority,
        };
        let parts: Vec<Exercise> = exercises.iter().map(exercise).collect();
        let guards = parts.iter().map(|it| format!("exercises/{}", it.id)).collect();
        let how = section("stretching", 65, words());
        let how = match chosen {
            true => Section { priority: NEVER, ..how },
            false => Section { guards, ..how },
        };
        let shown = section("exercises", if chosen { NEVER } else { 70 }, vec![Block::Exercises(parts)]);
        let asked = vec![Block::Questions(vec![question("a", 40), question("b", 50)])];
        let sections = vec![
            section("advice", 60, words()),
            how,
            shown,
            section("faq", 50, asked),
            section("closing", 30, words()),
        ];
        let body = vec![Group { arrangement: crate::document::Arrangement::Stacked, sections }];
        let (meta, masthead) = (pattern.meta().clone(), pattern.masthead().clone());
        let document =
            Document::new(meta, masthead, pattern.safety().clone(), body, pattern.running().clone());
        let fixed = [("closing", 2), ("faq/a", 3), ("faq/b", 3), ("advice", 4), ("stretching", 3)];
        let own = exercises.iter().map(|(id, height, ..)| (format!("exercises/{id}"), *height));
        Sheet {
            document,
            heights: fixed.map(|(id, height)| (id.to_owned(), height)).into_iter().chain(own).collect(),
        }
    }

    /// The ids that stay in this room, in the order of the heights.
    fn kept(&self, room: u32) -> String {
        let candidates = candidates(&self.document);
        let gone = leave_out(candidates.len(), |gone| {
            let stay = self.heights.iter().filter(|(id, _)| !is_gone(id, &candidates, gone));
            let fits = stay.map(|(_, height)| height).sum::<u32>() <= room;
            Ok::<_, Infallible>((fits && is_guarded(&self.document, &candidates, gone)).then_some(()))
        });
        let Ok(Some((gone, ()))) = gone else { return "does not fit".to_owned() };
        let stay = self.heights.iter().filter(|(id, _)| !is_gone(id, &candidates, &gone));
        stay.map(|(id, _)| id.rsplit('/').next().unwrap_or(id)).collect::<Vec<_>>().join(" ")
    }
}

#[test]
fn no_area_loses_its_only_exercise_while_anything_lesser_can_go() {
    let sheet = Sheet::with(
        &[
            ("nod", 5, 70, &[NECK]),
            ("turn", 5, 70, &[NECK]),
            ("rise", 5, 70, &[CALF]),
            ("swing", 5, 70, &[HIP]),
        ],
        false,
    );
    let table = [
        (34, "a b advice stretching nod turn rise swing"),
        (32, "closing b advice stretching nod turn rise swing"),
        (29, "closing advice stretching nod turn rise swing"),
        (26, "b advice stretching nod rise swing"),
        (22, "advice stretching nod rise swing"),
        // What an author gives less than the exercises goes before the only one of an area.
        (21, "b stretching nod rise swing"),
        (20, "closing stretching nod rise swing"),
        (18, "stretching nod rise swing"),
        // Too little for an exercise, and enough for advice: nobody is served by an empty place.
        (17, "advice stretching nod rise"),
        (16, "b stretching nod rise"),
        (13, "stretching nod rise"),
        (12, "advice stretching nod"),
        (8, "stretching nod"),
        (7, "advice stretching"),
        (4, "stretching"),
        (2, "closing"),
        (0, ""),
    ];
    for (room, kept) in table {
        assert_eq!(sheet.kept(room), kept, "room of {room}");
    }
}

#[test]
fn one_exercise_for_two_areas_is_kept_before_two() {
    let sheet = Sheet::with(
        &[("nod", 5, 70, &[NECK]), ("rise", 5, 70, &[CALF]), ("walk", 5, 70, &[NECK, CALF])],
        false,
    );
    assert_eq!(sheet.kept(12), "advice stretching walk");
}

#[test]
fn what_was_chosen_and_how_to_do_it_stay_to_the_last() {
    let sheet = Sheet::with(
        &[("nod", 5, CHOSEN, &[NECK]), ("turn", 5, 70, &[NECK]), ("rise", 5, CHOSEN, &[CALF])],
        true,
    );
    let table = [
        (17, "advice stretching nod rise"),
        (13, "stretching nod rise"),
        (12, "advice stretching nod"),
        (8, "stretching nod"),
        (7, "does not fit"),
    ];
    for (room, kept) in table {
        assert_eq!(sheet.kept(room), kept, "room of {room}");
    }
}

/// Nothing stands in room that what outranks it would fill.
#[test]
fn nothing_lesser_keeps_out_what_outranks_it_and_nothing_that_has_room_stays_out() {
    let sheet = Sheet::with(&[("nod", 9, 70, &[NECK]), ("rise", 9, 70, &[CALF])], false);
    for room in 0..33 {
        let kept = sheet.kept(room);
        let has = |id: &str| kept.split(' ').any(|own| own == id);
        let filled: u32 = sheet
            .heights
            .iter()
            .filter(|(id, _)| has(id.rsplit('/').next().unwrap_or(id)))
            .map(|it| it.1)
            .sum();
        let lesser: u32 =
            [("closing", 2), ("a", 3), ("b", 3)].iter().filter(|(id, _)| has(id)).map(|it| it.1).sum();
        let left = room - filled;
        assert!(has("advice") || left + lesser < 4, "room of {room}: {kept}");
        assert!(has("rise") || !has("stretching") || left + lesser < 9, "room of {room}: {kept}");
        assert!(has("closing") || left < 2 || room < 2, "room of {room}: {kept}");
        assert!(has("a") && has("b") || left < 3, "room of {room}: {kept}");
    }
}

/// An author may give it a priority below every question: it still stands as long as what it guards.
#[test]
fn how_to_do_it_stays_with_the_exercises_whatever_its_priority() {
    let mut sheet = Sheet::with(&[("nod", 5, 70, &[NECK]), ("rise", 5, 70, &[CALF])], false);
    let mut body = sheet.document.body().to_vec();
    body[0].sections[1].priority = 30;
    let whole = &sheet.document;
    let (meta, masthead, safety) = (whole.meta().clone(), whole.masthead().clone(), whole.safety().clone());
    sheet.document = Document::new(meta, masthead, safety, body, whole.running().clone());
    for (room, kept) in [(17, "advice stretching nod rise"), (12, "advice stretching nod"), (4, "stretching")]
    {
        assert_eq!(sheet.kept(room), kept, "room of {room}");
    }
}

#[test]
fn what_is_said_twice_goes_first_then_questions_and_all_others() {
    let document = sample::sample();
    let found = candidates(&document);
    assert_eq!(found[0].id, "closing", "of a lower priority than every question");
    let ranks: Vec<usize> = found[1..]
        .iter()
        .map(|part| match part.id.split_once('/') {
            Some(("faq", _)) => 0,
            _ => 1,
        })
        .collect();
    assert!(ranks.is_sorted() && ranks.contains(&0) && ranks.contains(&1), "{ranks:?}");
}
