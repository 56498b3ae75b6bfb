use super::super::*;
use super::{paragraph, pictures, text, texts};
use std::collections::BTreeSet;

pub(super) fn body() -> Vec<Group> {
    use Arrangement::{Cards, Columns, Stacked};
    let group = |arrangement, sections| Group { arrangement, sections };
    vec![
        group(Stacked, vec![expect()]),
        group(Columns, advice()),
        group(Stacked, vec![avoid(), exercises()]),
        group(Columns, vec![questions(), closing()]),
        group(Cards, cards()),
    ]
}

fn section(id: &str, title: &str, priority: u8, blocks: Vec<Block>) -> Section {
    Section {
        id: id.into(),
        title: Some(text(title)),
        icon: pictures::icon(id),
        priority,
        guards: BTreeSet::new(),
        blocks,
    }
}

fn expect() -> Section {
    let normal = vec![
        Inline::Text(
            "Some people feel better at once. Others feel stiff or tired for 24~to~72~hours. "
                .replace('~', "\u{a0}"),
        ),
        Inline::Text(
            "A small mark or a brief ache can come. They soon fade. Pain that is sharp or lasts is ".into(),
        ),
        Inline::Strong(text("not")),
        Inline::Text(" normal.".into()),
    ];
    let first = "A heavy feeling, and a mild ache there, is \
                 normal. It feels like the day after a hard workout.";
    section("what-to-expect", "What to expect", 70, vec![paragraph(first), Block::Paragraph(normal)])
}

fn advice() -> Vec<Section> {
    let rest = "Rest is the most important part of healing. Hold off on hard exercise so that your body can \
                recover. After a strong session or a large area, plan 24~to~48~hours of lighter days. You need not \
                stay in bed. Gentle movement keeps you moving and eases stiffness.";
    let water = "We suggest more breaks than usual until Wednesday, 3:30~pm. Skip long drives. Sit down for a \
                 while, or lie down, with your phone (and a book) away.";
    let stretching = "Stretch the treated area gently. It must feel good and never hurt. Too much makes you more \
                      stiff. If your therapist gave you stretches, do those.";
    let movement = "Do the simple moves that we give you. Go slowly and stay in control. They keep the movement you \
                    gained in the session.";
    vec![
        section("rest", "Rest", 80, vec![paragraph(rest)]),
        section("breaks", "Breaks", 60, vec![paragraph(water)]),
        section("stretching", "Stretching", 50, vec![paragraph(stretching)]),
        section("range-of-motion", "Movement", 45, vec![paragraph(movement)]),
    ]
}

fn avoid() -> Section {
    let pair = DoDont {
        do_: MarkedList {
            heading: text("Do"),
            items: texts(&[
                "Walk and stretch lightly. Both are fine.",
                "Use mild heat if it feels good.",
                "Eat well and sleep enough.",
            ]),
        },
        dont: MarkedList {
            heading: text("Do not"),
            items: texts(&[
                "No heavy lifting, sprints or hard training until Wednesday, 3:30~pm. After that, wait until \
                 you feel recovered.",
                "No competitive sport or long runs.",
                "No long drives until Thursday, 3:30~pm.",
            ]),
        },
    };
    section("avoid", "What to do, what not to do", 90, vec![Block::DoDont(pair)])
}

fn exercises() -> Section {
    let exercise = |id: &str, name: &str, alt: &str, steps: &[&str]| Exercise {
        id: id.into(),
        name: text(name),
        picture: Some(pictures::figure(id)),
        alt: alt.into(),
        steps: texts(steps),
        areas: BTreeSet::new(),
        priority: 70,
    };
    let exercises = vec![
        exercise(
            "side-bend",
            "Side bend",
            "A person sits tall and lets one ear sink to the side.",
            &["Sit tall.", "Let your ear sink to one side.", "Hold 20~seconds, 3~times a side."],
        ),
        exercise(
            "arm-across-stretch",
            "Arm across",
            "A person draws one straight arm across the body with the other hand.",
            &["Draw one arm across your body.", "Keep your elbow low.", "Hold 20~seconds, 3~times a side."],
        ),
        exercise(
            "head-turns",
            "Head turns",
            "A person turns the head from side to side.",
            &["Sit tall.", "Turn your head slowly each way.", "10~times, twice a day."],
        ),
        exercise(
            "arm-rolls",
            "Arm rolls",
            "A person rolls both arms back in circles.",
            &["Let your arms hang.", "Roll both arms back.", "10~slow circles, twice a day."],
        ),
    ];
    section("exercises", "Your stretches and movements", 75, vec![Block::Exercises(exercises)])
}

fn questions() -> Section {
    let question = |id: &str, question: &str, answer: &str, priority| Question {
        id: id.into(),
        question: text(question),
        answer: vec![paragraph(answer)],
        priority,
    };
    let questions = vec![
        question(
            "how-long-stiff",
            "How long will I be stiff?",
            "It starts within a few hours and lasts 24~to~72~hours. It depends on how many spots we treated. \
             It depends, too, on how long we worked there. Mild heat, water and gentle stretching can help.",
            50,
        ),
        question(
            "can-i-walk",
            "Can I go for a walk?",
            "Yes, please walk gently. It helps, eases tension and keeps joints moving. If you get more \
             stiff, walk less or stretch gently instead.",
            45,
        ),
        question(
            "tired-next-day",
            "Will I be tired the next day?",
            "You may be, above all if we treated many spots. It is a normal reaction. Rest, water and a \
             balanced meal help.",
            40,
        ),
        question(
            "back-to-routine",
            "When can I go back to my routine?",
            "Most people do in 24~to~48~hours. Lasting relief may take a few sessions as part of a plan. The plan \
             follows your goals.",
            35,
        ),
    ];
    section("faq", "Questions people ask", 55, vec![Block::Questions(questions)])
}

fn closing() -> Section {
    let words = "Take it easy for 24~to~48~hours. Rest, drink water and move lightly. Skip hard exercise and long \
                 drives. Your therapist's own plan for you comes first.";
    section("closing", "In short", 20, vec![paragraph(&words.replace('\'', "’"))])
}

fn cards() -> Vec<Section> {
    let therapists = "Ask for your therapist: Rachel, Valerie and Suzie.";
    vec![
        section(
            "note",
            "Note from Valerie",
            100,
            vec![paragraph("Start with the wall slide and stop if it pinches.")],
        ),
        section("contact", "How to reach us", 95, vec![paragraph(therapists)]),
    ]
}
