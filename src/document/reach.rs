//! How to reach the clinic, in the words of a language: what screens show on every page, beside what a text says.

use super::{ContactLine, Text};

/// What is not known is not there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reach {
    pub name: String,
    pub city: String,
    /// "How to reach us".
    pub heading: Text,
    /// In the order in which a card has them, each with what it is: `phone`, `email`, `web`, `address`, `hours`, `booking`.
    pub lines: Vec<(&'static str, ContactLine)>,
    /// A map that shows the address.
    pub map: Option<Text>,
    /// Its pages in social media.
    pub social: Vec<Text>,
    /// As they print: "Valerie, PT".
    pub therapists: Vec<String>,
    /// The ambulance, to dial.
    pub emergency: Text,
    /// Who answers when the clinic does not.
    pub nurse_line: Option<Text>,
}

impl Reach {
    pub fn line(&self, kind: &str) -> Option<&ContactLine> {
        self.lines.iter().find(|(of, _)| *of == kind).map(|(_, line)| line)
    }
}
