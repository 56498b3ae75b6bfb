//! A side of the body.

/// Which of two a treated area is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    Left,
    Right,
    Both,
}

impl Side {
    pub const ALL: [Side; 3] = [Side::Left, Side::Right, Side::Both];
    pub const NAMES: [&str; 3] = ["left", "right", "both"];

    /// As a request has it behind the area: `shoulder:left`.
    pub fn name(self) -> &'static str {
        match self {
            Side::Left => "left",
            Side::Right => "right",
            Side::Both => "both",
        }
    }

    pub fn from_name(name: &str) -> Option<Side> {
        Side::ALL.into_iter().find(|side| side.name() == name)
    }

    /// Of two sides that are named together.
    pub fn and(self, other: Side) -> Side {
        if self == other { self } else { Side::Both }
    }
}
