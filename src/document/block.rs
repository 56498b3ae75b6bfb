//! Blocks and inlines: the parts of a section.

use super::{Picture, QrModules};
use crate::locale::Language;
use crate::options::Name;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A run of inlines: one paragraph's content.
pub type Text = Vec<Inline>;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Inline {
    /// Characters as they print. A no-break space (U+00A0) holds a number to its unit: layout sets it as a
    /// space that does not break, HTML as a `nowrap` span.
    Text(String),
    Strong(Text),
    /// Titles of works and words of another language.
    Emphasis(Text),
    Link {
        url: String,
        text: Text,
    },
    /// Words of another language.
    Foreign {
        language: Language,
        text: Text,
    },
    /// A line break that the author asked for.
    Break,
}

/// How the sections of a group may stand to each other. Only a wish: large print stacks everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrangement {
    Stacked,
    /// Balanced columns, read down then right.
    Columns,
    /// Boxes side by side.
    Cards,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub arrangement: Arrangement,
    pub sections: Vec<Section>,
}

/// The priority of what never goes.
pub const NEVER: u8 = 100;
/// The priority of what a therapist chose for this patient: the last of all that can go.
pub const CHOSEN: u8 = 99;

#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// The id that a request can exclude, e.g. `rest`.
    pub id: String,
    /// Level-2 heading.
    pub title: Option<Text>,
    pub icon: Option<Arc<Picture>>,
    /// 1–99: on a full sheet the lowest goes first. [`NEVER`]: what the sheet may not do without.
    pub priority: u8,
    /// Ids of the exercises that this section says how to do without harm: it stays as long as one of them does. Empty:
    /// it stands for itself.
    pub guards: BTreeSet<String>,
    pub blocks: Vec<Block>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// Levels 3 to 6.
    Heading {
        level: u8,
        text: Text,
    },
    Paragraph(Text),
    List(List),
    DoDont(DoDont),
    Callout(Callout),
    Figure(Figure),
    Exercises(Vec<Exercise>),
    Questions(Vec<Question>),
    Contact(Contact),
    Table(Table),
    /// Rule lines to write on, e.g. a note that cannot be set in a known script.
    WriteOn {
        lines: u8,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// The first number of an ordered list; `None` is a bullet list.
    pub start: Option<u64>,
    pub items: Vec<Vec<Block>>,
}

/// Two lists with drawn marks; side by side when there is room.
#[derive(Clone, Debug, PartialEq)]
pub struct DoDont {
    pub do_: MarkedList,
    pub dont: MarkedList,
}

#[derive(Clone, Debug, PartialEq)]
pub struct MarkedList {
    /// Level-3 heading.
    pub heading: Text,
    pub items: Vec<Text>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalloutRole {
    Note,
    Tip,
    Warning,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Callout {
    pub role: CalloutRole,
    pub blocks: Vec<Block>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub picture: Arc<Picture>,
    /// Never blank.
    pub alt: String,
    pub caption: Option<Text>,
}

/// An exercise: a figure and three short lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Exercise {
    pub id: String,
    /// Level-3 heading.
    pub name: Text,
    pub picture: Option<Arc<Picture>>,
    pub alt: String,
    pub steps: Vec<Text>,
    /// The treated areas that it is for.
    pub areas: BTreeSet<Name>,
    /// 1–99, as a section's.
    pub priority: u8,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub id: String,
    /// Level-3 heading.
    pub question: Text,
    pub answer: Vec<Block>,
    /// 1–99, as a section's.
    pub priority: u8,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Contact {
    pub lines: Vec<ContactLine>,
    /// The clinic's web page, also as a QR code.
    pub qr: Option<QrCode>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ContactLine {
    /// "Phone".
    pub label: Text,
    /// May be a link (`tel:`, `mailto:`, `https:`).
    pub value: Text,
}

#[derive(Clone, Debug, PartialEq)]
pub struct QrCode {
    pub code: Arc<QrModules>,
    /// "Scan for the web page".
    pub label: Text,
    pub alt: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Start,
    Centre,
    End,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub align: Vec<Align>,
    pub head: Vec<Text>,
    pub rows: Vec<Vec<Text>>,
}

/// The characters of a text, without its marks.
pub fn plain_text(text: &[Inline]) -> String {
    let mut plain = String::new();
    collect_plain(text, &mut plain);
    plain
}

fn collect_plain(text: &[Inline], plain: &mut String) {
    for inline in text {
        match inline {
            Inline::Text(characters) => plain.push_str(characters),
            Inline::Strong(inner) | Inline::Emphasis(inner) => collect_plain(inner, plain),
            Inline::Link { text: inner, .. } | Inline::Foreign { text: inner, .. } => {
                collect_plain(inner, plain)
            }
            Inline::Break => plain.push(' '),
        }
    }
}
