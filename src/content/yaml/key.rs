//! What a mapping may hold: the readers, the schemas and the author's manual are held to the same tables.

/// A key that a mapping may hold.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    pub name: &'static str,
    pub required: bool,
    pub kind: Kind,
    /// For an editor's hint: what it changes.
    pub about: &'static str,
}

/// What a key's value is.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Text that is not blank.
    Text,
    Texts,
    /// Text on one line.
    Line,
    LineOrNone,
    /// Such a line, or a mapping.
    LineOrKeys(&'static [Key]),
    /// Such a line, or language tags with a line each.
    LineByLanguage,
    Lines,
    Id,
    Ids,
    /// `2026-11-01`.
    Day,
    /// `#0b4f5c`.
    Colour,
    /// `[92, 40, 42, 42]`: cyan, magenta, yellow and black, per cent.
    Inks,
    Flag,
    /// A whole number, both ends included.
    Number(u32, u32),
    /// One of these names.
    Choice(&'static [&'static str]),
    /// Keys of one's own, each with a list of ids.
    Groups,
    /// Keys of one's own, each with a list of texts.
    Phrases,
    /// Keys of one's own, each with a text.
    Reasons,
    /// Keys of one's own, each with what its chapter in the author's manual says.
    Free,
    Keys(&'static [Key]),
    /// Keys of one's own, each with such a mapping.
    Named(&'static [Key]),
    /// Keys of one's own, each with such a mapping or a word that stands for the first of its keys.
    Rules(&'static [Key]),
    /// A list of mappings.
    List(&'static [Key]),
    /// A list of mappings, or of lines that stand for the first of their keys.
    LinesOr(&'static [Key]),
}

impl Key {
    /// How to write one that holds keys or a list. What is one value the manual of findings tells.
    pub fn how(&self) -> Option<String> {
        match self.kind {
            Kind::Keys(_) | Kind::Named(_) | Kind::Rules(_) | Kind::Groups | Kind::Free => {
                Some(format!("write `{}:` and its keys below it, further right: {}", self.name, self.about))
            }
            Kind::List(_) | Kind::LinesOr(_) => {
                Some(format!("write `{}:` and its list below it: {}", self.name, self.about))
            }
            _ => None,
        }
    }
}

pub const fn required(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key { name, required: true, kind, about }
}

pub const fn optional(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key { name, required: false, kind, about }
}
