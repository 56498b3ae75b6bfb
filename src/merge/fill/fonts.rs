//! Which font would set a letter: families that a clinic can have for nothing, each named as it is to be looked for.

use unicode_script::{Script, UnicodeScript};

/// A family that has the letters of a character's script. Most are named after the script, as Unicode calls it.
pub fn with(character: char) -> String {
    match character.script() {
        Script::Han => "Noto Sans SC".to_owned(),
        Script::Bopomofo => "Noto Sans TC".to_owned(),
        Script::Hiragana | Script::Katakana => "Noto Sans JP".to_owned(),
        Script::Hangul => "Noto Sans KR".to_owned(),
        Script::Nko => "Noto Sans NKo".to_owned(),
        Script::Common | Script::Inherited | Script::Unknown => "Noto Sans Symbols 2".to_owned(),
        script @ (Script::Tibetan | Script::Ahom | Script::Dogra | Script::Tangut) => family("Serif", script),
        script => family("Sans", script),
    }
}

fn family(style: &str, script: Script) -> String {
    format!("Noto {style} {}", script.full_name().replace('_', " "))
}
