//! Text that runs the other way than the words around it (UAX #9). A typed name or note gets marks around it, so that the
//! figures and full stops behind it stay where they belong.

use crate::locale::Direction;
use unicode_bidi::{BidiClass, bidi_class};

/// First strong isolate: what follows has the direction of its first letter; and the end of it.
const START: char = '\u{2068}';
const END: char = '\u{2069}';

/// Each line that holds letters or figures of another direction than the text around it, kept together with marks; other
/// text as it is.
pub fn isolated(text: &str, around: Direction) -> String {
    let differs = |character: char| match around {
        Direction::LeftToRight => is_right_to_left(character),
        Direction::RightToLeft => character.is_alphanumeric() && !is_right_to_left(character),
    };
    if !text.chars().any(differs) {
        return text.to_owned();
    }
    let lines = text.split('\n').map(|line| match line.chars().any(differs) {
        true => format!("{START}{line}{END}"),
        false => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn is_right_to_left(character: char) -> bool {
    character >= '\u{590}' && matches!(bidi_class(character), BidiClass::R | BidiClass::AL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_runs_the_other_way_is_kept_together_line_by_line() {
        let isolated_in_english = |text: &str| isolated(text, Direction::LeftToRight);
        assert_eq!(isolated_in_english("Zoë"), "Zoë");
        assert_eq!(isolated_in_english("محمد 2"), "\u{2068}محمد 2\u{2069}");
        assert_eq!(isolated_in_english("Rest\nמנוחה."), "Rest\n\u{2068}מנוחה.\u{2069}");
        let isolated_in_hebrew = |text: &str| isolated(text, Direction::RightToLeft);
        assert_eq!(isolated_in_hebrew("Zoë"), "\u{2068}Zoë\u{2069}");
        assert_eq!(isolated_in_hebrew("מנוחה."), "מנוחה.");
    }
}
