//! What a request can choose: the names that every treatment has, and the options that a treatment declares. Their words in
//! each language are content.

pub mod chosen;
pub mod dose;
pub mod keys;
pub mod sections;
mod side;

pub use side::Side;

use serde::{Deserialize, Serialize};

/// Makes a closed list of names: parsing, printing and listing come from one place.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
        pub enum $name { $(#[serde(rename = $text)] $variant),+ }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            pub const NAMES: &'static [&'static str] = &[$($text),+];

            /// The name as users write it.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            pub fn from_name(name: &str) -> Option<$name> {
                match name { $($text => Some($name::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

choice! {
    /// A style of the same sheet.
    Edition { Standard = "standard", LargePrint = "large-print", InkSaver = "ink-saver" }
}

impl Edition {
    /// Whether the details of the quick answer stand below it.
    pub fn has_details_below(self) -> bool {
        self == Edition::LargePrint
    }
}

choice! {
    /// Paper size.
    Paper { Letter = "letter", A4 = "a4" }
}

choice! {
    /// How a brochure is folded.
    Fold { Tri = "tri", Half = "half" }
}

choice! {
    /// Who prints a brochure.
    Purpose { Office = "office", Press = "press" }
}

choice! {
    /// What stands outside the bleed of a file for the press.
    Marks { Crop = "crop", None = "none" }
}

choice! {
    /// A poster, a card or a picture to share, by its size.
    NoticeShape {
        PosterLetter = "poster-letter",
        PosterTabloid = "poster-tabloid",
        PosterA4 = "poster-a4",
        PosterA3 = "poster-a3",
        Card = "card-4x6",
        Story = "story",
        Screen = "screen",
        Slides = "slides",
    }
}

impl NoticeShape {
    /// On paper.
    pub const PRINTED: [NoticeShape; 5] = [
        NoticeShape::PosterLetter,
        NoticeShape::PosterTabloid,
        NoticeShape::PosterA4,
        NoticeShape::PosterA3,
        NoticeShape::Card,
    ];
    /// On a phone or a screen, in pixels.
    pub const SHOWN: [NoticeShape; 3] = [NoticeShape::Slides, NoticeShape::Story, NoticeShape::Screen];

    pub fn is_shown(self) -> bool {
        NoticeShape::SHOWN.contains(&self)
    }
}

/// An id that a clinic folder gives: of a treatment's option, one of its values, a window.
pub type Name = std::sync::Arc<str>;
