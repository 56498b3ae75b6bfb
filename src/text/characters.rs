//! Characters that are set in a way of their own: spaces, and marks that steer text without being drawn.

/// White space that a run of text collapses to one space, as HTML does.
pub fn is_collapsible(character: char) -> bool {
    matches!(character, ' ' | '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A space or hyphen after which no line ends.
pub fn is_no_break(character: char) -> bool {
    matches!(character, '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{2011}')
}

/// Any space, no-break ones too.
pub fn is_space(character: char) -> bool {
    character.is_whitespace()
}

/// A joiner or non-joiner, which decides the shape of letters beside it (Persian, Sinhala, the scripts of India).
pub fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}')
}

/// A mark that begins or ends a stretch whose direction is its own (UAX #9).
pub fn is_isolate(character: char) -> bool {
    matches!(character, '\u{2066}'..='\u{2069}')
}

/// Controls, joiners, direction marks, variation selectors, tags and noncharacters: they leave no ink, and a PDF
/// must not map glyphs to them. Zero-width space and word joiner are among them: line breaking heeds them first.
pub fn is_undrawn(character: char) -> bool {
    match character {
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{feff}' => true,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => true,
        '\u{fe00}'..='\u{fe0f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}' => true,
        '\u{fdd0}'..='\u{fdef}' => true,
        _ => (character.is_control() && !character.is_whitespace()) || character as u32 & 0xfffe == 0xfffe,
    }
}
