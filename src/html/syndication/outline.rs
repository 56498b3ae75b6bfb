//! What stands in which order: the answer, the warnings, and then the rest. No part of it hangs on where it will stand.

use crate::document::{
    Bar, Block, Contact, ContactLine, Document, Inline, MarkedList, Reach, Safety, Text, Tier, plain_text,
};

/// A part of the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    /// Level 1 is the title.
    Heading(u8, Text),
    Paragraph(Text),
    List {
        start: Option<u64>,
        items: Vec<Vec<Part>>,
    },
    /// Name and value, a line each.
    Lines(Vec<(Text, Text)>),
    Table {
        head: Vec<Text>,
        rows: Vec<Vec<Text>>,
    },
    Boxed(Role, Vec<Part>),
    /// Who made it, how old it is.
    Small(Text),
}

/// What a box is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Answer,
    Emergency,
    SameDay,
    Call,
    Note,
}

pub(super) fn outline(document: &Document, reach: &Reach, page: Option<&(String, Text)>) -> Vec<Part> {
    let mut parts = vec![Part::Heading(1, text(&document.meta().title)), answer(document)];
    safety(document.safety(), &mut parts);
    parts.push(timeline(document));
    let mut reached = false;
    for section in document.body().iter().flat_map(|group| &group.sections) {
        parts.extend(section.title.iter().map(|title| Part::Heading(2, title.clone())));
        blocks(&section.blocks, 3, &mut parts);
        reached |= section.blocks.iter().any(|block| matches!(block, Block::Contact(_)));
    }
    if !reached && !reach.lines.is_empty() {
        parts.push(Part::Heading(2, reach.heading.clone()));
        parts.push(lines(reach.lines.iter().map(|(_, line)| line)));
    }
    foot(document, page, &mut parts);
    parts
}

fn text(words: &str) -> Text {
    vec![Inline::Text(words.to_owned())]
}

fn strong(words: &Text) -> Text {
    vec![Inline::Strong(words.clone())]
}

fn answer(document: &Document) -> Part {
    let quick = &document.masthead().quick;
    let mut lead = quick.lead.clone();
    lead.push(Inline::Text(" ".into()));
    lead.extend(strong(&quick.answer));
    let mut parts = vec![Part::Paragraph(lead)];
    parts.extend(quick.beside.iter().cloned().map(Part::Paragraph));
    blocks(&quick.blocks, 3, &mut parts);
    Part::Boxed(Role::Answer, parts)
}

fn safety(safety: &Safety, parts: &mut Vec<Part>) {
    parts.push(Part::Heading(2, safety.heading().clone()));
    let tiers = [
        (Role::Emergency, safety.emergency()),
        (Role::SameDay, safety.same_day()),
        (Role::Call, safety.call()),
    ];
    parts.extend(tiers.map(|(role, one)| tier(role, one, safety)));
    if !safety.precautions().is_empty() {
        parts.push(Part::Boxed(Role::Note, vec![list(safety.precautions().iter().map(strong))]));
    }
}

fn tier(role: Role, tier: &Tier, safety: &Safety) -> Part {
    let shown = |text: &Text| safety.on_screen(text);
    let mut parts = vec![Part::Heading(3, shown(&tier.heading_on_screen()))];
    parts.extend(tier.intro.iter().map(|intro| Part::Paragraph(shown(intro))));
    parts.push(list(tier.signs.iter().map(shown)));
    parts.extend(tier.closing.iter().map(|line| Part::Paragraph(strong(&shown(line)))));
    Part::Boxed(role, parts)
}

fn list(items: impl Iterator<Item = Text>) -> Part {
    Part::List { start: None, items: items.map(|item| vec![Part::Paragraph(item)]).collect() }
}

/// The bars in words.
fn timeline(document: &Document) -> Part {
    let timeline = &document.masthead().timeline;
    let bar = |bar: &Bar| {
        let mut line = strong(&bar.label);
        let until = Some(&bar.until).filter(|until| !plain_text(until).is_empty());
        for more in [until, bar.open_end.as_ref()].into_iter().flatten() {
            line.push(Inline::Text(", ".into()));
            line.extend(more.iter().cloned());
        }
        line
    };
    list(timeline.bars.iter().map(bar).chain([strong(&timeline.alarm.label)]))
}

fn lines<'a>(lines: impl Iterator<Item = &'a ContactLine>) -> Part {
    Part::Lines(lines.map(|line| (line.label.clone(), line.value.clone())).collect())
}

/// `level`: of a heading inside.
fn blocks(blocks: &[Block], level: u8, parts: &mut Vec<Part>) {
    for block in blocks {
        self::block(block, level, parts);
    }
}

fn block(block: &Block, level: u8, parts: &mut Vec<Part>) {
    match block {
        Block::Heading { level: asked, text } => parts.push(Part::Heading((*asked).max(level), text.clone())),
        Block::Paragraph(text) => parts.push(Part::Paragraph(text.clone())),
        Block::List(of) => {
            let item = |inner: &Vec<Block>| {
                let mut parts = Vec::new();
                blocks(inner, level, &mut parts);
                parts
            };
            parts.push(Part::List { start: of.start, items: of.items.iter().map(item).collect() });
        }
        Block::DoDont(pair) => {
            for MarkedList { heading, items } in [&pair.do_, &pair.dont] {
                parts.push(Part::Heading(level, heading.clone()));
                parts.push(list(items.iter().cloned()));
            }
        }
        Block::Callout(callout) => {
            let mut inner = Vec::new();
            blocks(&callout.blocks, level, &mut inner);
            parts.push(Part::Boxed(Role::Note, inner));
        }
        // A picture would have to be loaded from somewhere.
        Block::Figure(figure) => parts.extend(figure.caption.iter().cloned().map(Part::Paragraph)),
        Block::Exercises(exercises) => {
            for exercise in exercises {
                parts.push(Part::Heading(level, exercise.name.clone()));
                parts.push(list(exercise.steps.iter().cloned()));
            }
        }
        Block::Questions(questions) => {
            for question in questions {
                parts.push(Part::Heading(level, question.question.clone()));
                blocks(&question.answer, level + 1, parts);
            }
        }
        Block::Contact(Contact { lines: of, .. }) => parts.push(lines(of.iter())),
        Block::Table(table) => {
            parts.push(Part::Table { head: table.head.clone(), rows: table.rows.clone() });
        }
        Block::WriteOn { .. } => {}
    }
}

fn foot(document: &Document, page: Option<&(String, Text)>, parts: &mut Vec<Part>) {
    if let Some((url, words)) = page {
        parts.push(Part::Paragraph(vec![Inline::Link { url: url.clone(), text: words.clone() }]));
    }
    let running = document.running();
    let imprint = running.foot_right.split(" · ").filter(|part| !part.contains("{page}"));
    let small = std::iter::once(running.foot_left.as_str()).chain(imprint).collect::<Vec<_>>();
    parts.push(Part::Small(text(&small.join(" · "))));
}
