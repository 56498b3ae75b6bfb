//! Signs that people paste from word processors, web pages and messages, and what fonts have in their place. None of them
//! is a letter: a letter is never written as another one.

/// What a sign is written as; `None` when there is nothing that says the same.
pub fn fitting(sign: char) -> Option<&'static str> {
    FITTING.iter().find(|(signs, _)| signs.contains(sign)).map(|(_, fitting)| *fitting)
}

/// The signs, and what they are written as. What cannot be told from another one at reading distance stands with it.
const FITTING: [(&str, &str); 35] = [
    // Arrows. Those of word processors' own symbol fonts come as private characters.
    ("→⟶➔➙➛➜➝➞➟➠➡➢➣➤➥➦➧➨➩➪➫➬➭➮➯➱➲➳➵➸➺➻➼➽➾⇢⇾⭢🡒🠖↦↣↠⇀⇁\u{f0e0}\u{f0d8}\u{f0e8}", "->"),
    ("⇒⟹⇨\u{f0f0}", "=>"),
    ("←⟵⬅⇠⇽⭠🡐🠔↤\u{f0df}\u{f0e7}", "<-"),
    ("⇐⟸⇦\u{f0ef}", "<="),
    ("↔⟷⬌⇿⭤\u{f0f3}", "<->"),
    ("⇔⟺", "<=>"),
    ("↑⬆⇑⇧⇡⭡🠕🡑\u{f0e1}\u{f0e9}\u{f0f1}", "/\\"),
    ("↓⬇⇓⇩⇣⭣🠗🡓\u{f0e2}\u{f0ea}\u{f0f2}", "\\/"),
    ("↗⬈➚", "/"),
    ("↘⬊", "\\"),
    ("↻↺⟳⟲🔁🔄", "(again)"),
    // Ticks, crosses and boxes.
    ("✓✔✅🗸\u{f0fc}", "√"),
    ("✗✘✕✖❌❎╳⨯\u{f0fb}", "×"),
    ("☑☒🗹🗵🗷\u{f0fd}\u{f0fe}", "[x]"),
    ("☐□▢◻◽⬜❏❐❑❒⬚\u{f06f}\u{f0a8}\u{f071}\u{f072}", "[\u{a0}]"),
    // Bullets.
    ("●⚫⬤■▪◼◾⬛◆◇◈❖▶►▸▹▷⦿◉✦✧❯❱○◦⚪◯▫⚬\u{f0b7}\u{f0a7}\u{f06c}\u{f06e}\u{f076}\u{f0a1}", "•"),
    ("★☆⭐🌟✱✲✳✴✵✶✷✸✹✻✽❇❋\u{f0ab}", "*"),
    // Mathematics.
    ("∗⋆⁎", "*"),
    ("⋅∘", "·"),
    ("≅≃≌", "≈"),
    ("≦≲⩽⪅", "≤"),
    ("≧≳⩾⪆", "≥"),
    ("∼", "~"),
    ("∣", "|"),
    ("➕", "+"),
    ("➖─━―⸺\u{f02d}", "–"),
    ("➗", "÷"),
    ("│┃", "|"),
    ("∅⌀", "Ø"),
    ("⊕⊞", "(+)"),
    ("⊖⊟", "(-)"),
    // Punctuation.
    ("❗❕", "!"),
    ("❓❔", "?"),
    ("❛❜", "'"),
    ("❝❞", "\""),
];

/// What is a part of the sign before it: skin tones, the box around a digit. Nothing is lost with them.
pub fn is_part(character: char) -> bool {
    matches!(character, '\u{20dd}'..='\u{20e4}' | '\u{1f3fb}'..='\u{1f3ff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_sign_stands_once_and_is_no_letter() {
        let mut met = BTreeSet::new();
        for character in FITTING.iter().flat_map(|(signs, _)| signs.chars()) {
            assert!(met.insert(character), "{character} stands twice");
            assert!(!character.is_alphabetic() && !is_part(character), "{character}");
        }
    }
}
