use super::inline::TextView;
use super::picture::{PictureView, QrView};
use crate::document::{
    Align, Block, CalloutRole, Contact, DoDont, Exercise, List, MarkedList, Question, Table, Text,
};
use serde::Serialize;

/// A block; `kind` says which fields it has.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum BlockView {
    Heading { level: u8, text: TextView },
    Paragraph { text: TextView },
    List { start: Option<u64>, items: Vec<ItemView> },
    DoDont { level: u8, lists: [MarkedView; 2] },
    Callout { role: &'static str, blocks: Vec<BlockView> },
    Figure { picture: PictureView, alt: String, caption: Option<TextView> },
    Exercises { exercises: Vec<ExerciseView> },
    Questions { questions: Vec<QuestionView> },
    Contact { lines: Vec<ContactView>, qr: Option<QrCodeView> },
    Table { head: Vec<CellView>, rows: Vec<Vec<CellView>> },
    WriteOn { lines: u8 },
}

#[derive(Serialize)]
pub(crate) struct ItemView {
    /// The item is one paragraph: its text needs no element of its own.
    text: Option<TextView>,
    blocks: Vec<BlockView>,
}

#[derive(Serialize)]
pub(crate) struct MarkedView {
    /// `do` or `dont`.
    mark: &'static str,
    heading: TextView,
    items: Vec<TextView>,
}

#[derive(Serialize)]
pub(crate) struct ExerciseView {
    id: String,
    name: TextView,
    picture: Option<PictureView>,
    alt: String,
    steps: Vec<TextView>,
}

#[derive(Serialize)]
pub(crate) struct QuestionView {
    id: String,
    question: TextView,
    answer: Vec<BlockView>,
}

#[derive(Serialize)]
pub(crate) struct ContactView {
    label: TextView,
    value: TextView,
}

#[derive(Serialize)]
pub(crate) struct QrCodeView {
    code: QrView,
    label: TextView,
    alt: String,
}

#[derive(Serialize)]
pub(crate) struct CellView {
    text: TextView,
    /// `start`, `centre` or `end`.
    align: &'static str,
}

/// The views of the blocks under a heading of level `under`. No heading skips a level (WCAG 2.2, 1.3.1): one that
/// its author set too deep moves up to the level after the heading before it.
pub(crate) fn views(blocks: &[Block], under: u8) -> Vec<BlockView> {
    let mut last = under;
    blocks.iter().map(|block| view(block, under, &mut last)).collect()
}

fn view(block: &Block, under: u8, last: &mut u8) -> BlockView {
    match block {
        Block::Heading { level, text } => {
            *last = (*level).max(under + 1).min(*last + 1).min(6);
            BlockView::Heading { level: *last, text: TextView::of(text) }
        }
        Block::Paragraph(text) => BlockView::Paragraph { text: TextView::of(text) },
        Block::List(list) => list_view(list, *last),
        Block::DoDont(DoDont { do_, dont }) => {
            *last = under + 1;
            BlockView::DoDont { level: *last, lists: [marked("do", do_), marked("dont", dont)] }
        }
        Block::Callout(callout) => {
            BlockView::Callout { role: role(callout.role), blocks: views(&callout.blocks, *last) }
        }
        Block::Figure(figure) => BlockView::Figure {
            picture: PictureView::of(&figure.picture),
            alt: figure.alt.clone(),
            caption: figure.caption.as_ref().map(TextView::of),
        },
        Block::Exercises(exercises) => {
            BlockView::Exercises { exercises: exercises.iter().map(exercise).collect() }
        }
        Block::Questions(questions) => {
            BlockView::Questions { questions: questions.iter().map(question).collect() }
        }
        Block::Contact(contact) => contact_view(contact),
        Block::Table(table) => table_view(table),
        Block::WriteOn { lines } => BlockView::WriteOn { lines: *lines },
    }
}

fn list_view(list: &List, under: u8) -> BlockView {
    let item = |blocks: &Vec<Block>| match blocks.as_slice() {
        [Block::Paragraph(text)] => ItemView { text: Some(TextView::of(text)), blocks: Vec::new() },
        blocks => ItemView { text: None, blocks: views(blocks, under) },
    };
    BlockView::List { start: list.start, items: list.items.iter().map(item).collect() }
}

fn marked(mark: &'static str, list: &MarkedList) -> MarkedView {
    let items = list.items.iter().map(TextView::of).collect();
    MarkedView { mark, heading: TextView::of(&list.heading), items }
}

fn role(role: CalloutRole) -> &'static str {
    match role {
        CalloutRole::Note => "note",
        CalloutRole::Tip => "tip",
        CalloutRole::Warning => "warning",
    }
}

fn exercise(exercise: &Exercise) -> ExerciseView {
    ExerciseView {
        id: exercise.id.clone(),
        name: TextView::of(&exercise.name),
        picture: exercise.picture.as_deref().map(PictureView::of),
        alt: exercise.alt.clone(),
        steps: exercise.steps.iter().map(TextView::of).collect(),
    }
}

fn question(question: &Question) -> QuestionView {
    QuestionView {
        id: question.id.clone(),
        question: TextView::of(&question.question),
        answer: views(&question.answer, 3),
    }
}

fn contact_view(contact: &Contact) -> BlockView {
    let line =
        |label: &Text, value: &Text| ContactView { label: TextView::of(label), value: TextView::of(value) };
    let qr = contact.qr.as_ref().and_then(|qr| {
        Some(QrCodeView { code: QrView::of(qr)?, label: TextView::of(&qr.label), alt: qr.alt.clone() })
    });
    BlockView::Contact { lines: contact.lines.iter().map(|one| line(&one.label, &one.value)).collect(), qr }
}

fn table_view(table: &Table) -> BlockView {
    let row = |cells: &Vec<Text>| -> Vec<CellView> {
        let align = |column: usize| table.align.get(column).map_or("start", |align| align_name(*align));
        cells
            .iter()
            .enumerate()
            .map(|(i, text)| CellView { text: TextView::of(text), align: align(i) })
            .collect()
    };
    BlockView::Table { head: row(&table.head), rows: table.rows.iter().map(row).collect() }
}

fn align_name(align: Align) -> &'static str {
    match align {
        Align::Start => "start",
        Align::Centre => "centre",
        Align::End => "end",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Inline;

    fn levels(asked: &[u8], under: u8) -> Vec<u8> {
        let heading =
            |level: &u8| Block::Heading { level: *level, text: vec![Inline::Text("Heading".into())] };
        let blocks: Vec<Block> = asked.iter().map(heading).collect();
        let level = |view| match view {
            BlockView::Heading { level, .. } => level,
            _ => 0,
        };
        views(&blocks, under).into_iter().map(level).collect()
    }

    #[test]
    fn headings_never_skip_a_level() {
        assert_eq!(levels(&[3, 4, 3], 2), [3, 4, 3]);
        assert_eq!(levels(&[5, 6, 3], 2), [3, 4, 3]);
        assert_eq!(levels(&[3], 3), [4]);
        assert_eq!(levels(&[3, 3], 1), [2, 3]);
    }
}
