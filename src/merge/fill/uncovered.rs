//! Characters that no font has. One of them costs itself, not the text around it: a sign is written as one that the fonts
//! have, or left out and named with its place; a word of a note is a gap to write in. Only a name becomes a line to write on
//! as a whole, since half a name is another name, and a note of which nothing is left.

use super::fonts;
use super::substitutes::{fitting, is_part};
use crate::diagnostic::Diagnostic;
use crate::request::is_invisible;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};

/// Marks on one letter that print; no language writes more, and a tower of them would stand on other lines.
const MARKS: usize = 4;
/// A gap to write a word in that no font has the letters of.
const GAP: &str = "____";
/// Characters that are named one by one.
const NAMED: usize = 5;

/// A text as the fonts can set it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Fitted {
    /// `None`: there is nothing left of it, or too little; a line to write on takes its place.
    pub text: Option<String>,
    pub warnings: Vec<Diagnostic>,
}

/// What a text is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Name,
    Note,
    /// What was typed for an option of the treatment, one line.
    Line,
}

pub fn name(text: &str, covered: &dyn Fn(char) -> bool) -> Fitted {
    Fitting::of(text, covered).end(What::Name)
}

/// A line inside of other words: never empty, there is a gap at the least.
pub fn line(text: &str, covered: &dyn Fn(char) -> bool) -> (String, Vec<Diagnostic>) {
    let Fitted { text, warnings } = Fitting::of(text, covered).end(What::Line);
    (text.unwrap_or_else(|| GAP.to_owned()), warnings)
}

pub fn note(text: &str, covered: &dyn Fn(char) -> bool) -> Fitted {
    Fitting::of(text, covered).end(What::Note)
}

/// A character that is left out, and where it was typed.
struct Left {
    character: char,
    line: usize,
    column: usize,
}

struct Fitting<'c> {
    covered: &'c dyn Fn(char) -> bool,
    text: String,
    signs: Vec<Left>,
    letters: Vec<Left>,
    marks: Vec<Left>,
    /// Letters that the fonts have.
    set: usize,
    /// Marks on the letter before.
    stacked: usize,
    /// The last character was left out.
    after_gap: bool,
}

impl<'c> Fitting<'c> {
    fn of(text: &str, covered: &'c dyn Fn(char) -> bool) -> Fitting<'c> {
        let mut fitting = Fitting {
            covered,
            text: String::with_capacity(text.len()),
            signs: Vec::new(),
            letters: Vec::new(),
            marks: Vec::new(),
            set: 0,
            stacked: 0,
            after_gap: false,
        };
        for (line, characters) in text.split('\n').enumerate() {
            if line > 0 {
                fitting.put_str("\n");
            }
            for (column, character) in characters.chars().enumerate() {
                fitting.take(Left { character, line: line + 1, column: column + 1 });
            }
        }
        fitting
    }

    fn take(&mut self, at: Left) {
        let character = at.character;
        if is_combining_mark(character) {
            self.stacked += 1;
            if self.stacked > MARKS {
                return self.marks.push(at);
            }
        } else {
            self.stacked = 0;
        }
        if character.is_whitespace() {
            self.space(character);
        } else if (self.covered)(character) && !is_foreign(character) {
            self.set += usize::from(character.is_alphabetic());
            self.put_str(character.encode_utf8(&mut [0; 4]));
        } else if is_invisible(character) || is_part(character) {
            // Nothing is lost with it.
        } else if let Some(written) = self.written(character) {
            self.set += usize::from(character.is_alphabetic());
            self.put_str(&written);
        } else if is_letter(character) {
            // A word is one gap.
            if !(self.after_gap && self.text.ends_with(GAP)) {
                self.text.push_str(GAP);
            }
            self.after_gap = true;
            self.letters.push(at);
        } else {
            self.after_gap = true;
            self.signs.push(at);
        }
    }

    fn put_str(&mut self, text: &str) {
        self.text.push_str(text);
        self.after_gap = false;
    }

    /// A space beside a sign that was left out would stand double, or at the start of the line.
    fn space(&mut self, character: char) {
        let ends = self.text.is_empty() || self.text.ends_with(['\n', ' ']);
        if !(self.after_gap && ends) {
            self.text.push(character);
        }
        self.after_gap = false;
    }

    /// A character in others that the fonts have: a fitting sign, or what Unicode says is the same (`①` is 1, `Ａ` is A).
    fn written(&self, character: char) -> Option<String> {
        let covered = |text: &str| !text.is_empty() && text.chars().all(|part| (self.covered)(part));
        if let Some(sign) = fitting(character) {
            return Some(sign.to_owned()).filter(|sign| covered(&sign.replace('\u{a0}', "")));
        }
        let composed: String = std::iter::once(character).nfkc().collect();
        let parted: String = std::iter::once(character).nfkd().collect();
        let same = [composed, parted].into_iter().find(|text| !text.contains(' ') && covered(text))?;
        let digits = same.bytes().all(|byte| byte.is_ascii_digit());
        // A number in a circle must not run into the number before it.
        Some(if digits && !same.starts_with(character) && !is_wide(character) {
            format!("({same})")
        } else {
            same
        })
    }

    fn end(self, what: What) -> Fitted {
        let mut warnings = Vec::new();
        let few = match what {
            What::Name => !self.letters.is_empty(),
            What::Note => !self.letters.is_empty() && self.set == 0,
            What::Line => self.letters.len() > self.set,
        };
        let is_blank =
            self.text.chars().all(|character| character.is_whitespace() || is_invisible(character));
        if let Some(first) = self.letters.first().filter(|_| few) {
            warnings.push(lines_instead(what, first.character));
        } else {
            warnings.extend(left_out(what, &self.signs, is_blank));
            warnings.extend(gaps(what, &self.letters));
            warnings.extend(too_many_marks(what, &self.marks));
        }
        let text = match what {
            What::Name if self.signs.is_empty() => self.text,
            What::Name | What::Line => self.text.trim().to_owned(),
            What::Note => self.text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n"),
        };
        Fitted { text: (!few && !is_blank).then_some(text), warnings }
    }
}

/// Characters that one font alone knows: what another font has there is another sign.
fn is_foreign(character: char) -> bool {
    matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

/// Letters, digits and marks of some script, rather than signs.
fn is_letter(character: char) -> bool {
    let of_script = !matches!(character.script(), Script::Common | Script::Inherited | Script::Unknown);
    of_script || character.is_alphabetic() || is_combining_mark(character)
}

/// The wide forms of letters and digits, which are what they are without a circle around them.
fn is_wide(character: char) -> bool {
    matches!(character, '\u{ff00}'..='\u{ffef}' | '\u{1d400}'..='\u{1d7ff}')
}

/// Says what to do without saying the name.
fn lines_instead(what: What, missing: char) -> Diagnostic {
    let first = described(missing);
    let warning = match what {
        What::Name => Diagnostic::warning(
            "uncovered-name",
            format!(
                "the patient's name holds {first}, which no font of the clinic has: the sheet has a line to write it on"
            ),
        ),
        What::Note => Diagnostic::warning(
            "uncovered-note",
            format!(
                "the note holds {first}, which no font of the clinic has: the sheet has lines to write it on"
            ),
        ),
        What::Line => Diagnostic::warning(
            "uncovered-note",
            format!(
                "this text holds {first}, which no font of the clinic has: the sheet has a gap to write it in"
            ),
        ),
    };
    warning.about(fonts::with(missing)).hint(font_hint(missing))
}

/// What would set such letters next time, and what to do now.
fn font_hint(missing: char) -> String {
    let font = fonts::with(missing);
    format!(
        "write it by hand; or put a font with these letters into `fonts/` of the clinic folder, e.g. {font}"
    )
}

fn left_out(what: What, signs: &[Left], all: bool) -> Option<Diagnostic> {
    let named = named(what, signs)?;
    let thing = thing(what);
    let message = match all {
        true => format!(
            "{thing} is {named} alone, which no font of the clinic has: the sheet has a line to write on"
        ),
        false => format!("{thing} prints without {named}, which no font of the clinic has"),
    };
    Some(about(what, signs, Diagnostic::warning(code(what), message).hint("say it in words, if it matters")))
}

fn gaps(what: What, letters: &[Left]) -> Option<Diagnostic> {
    let named = named(what, letters)?;
    let message =
        format!("{} has a gap to write in for {named}, which no font of the clinic has", thing(what));
    let warning = Diagnostic::warning(code(what), message).hint(font_hint(letters.first()?.character));
    Some(about(what, letters, warning))
}

fn too_many_marks(what: What, marks: &[Left]) -> Option<Diagnostic> {
    let first = marks.first()?;
    let message = format!(
        "{} has a letter with more than {MARKS} marks on it {}: it prints with {MARKS} of them",
        thing(what),
        place(what, first)
    );
    Some(about(what, marks, Diagnostic::warning(code(what), message).hint("is it meant?")))
}

/// The signs and their places, without words around them: the clinician's page says the rest in its own language.
fn about(what: What, left: &[Left], diagnostic: Diagnostic) -> Diagnostic {
    left.iter().take(NAMED).fold(diagnostic, |diagnostic, one| match what {
        What::Name | What::Line => diagnostic.about(format!("{} ({})", one.character, one.column)),
        What::Note => diagnostic.about(format!("{} ({}, {})", one.character, one.line, one.column)),
    })
}

fn code(what: What) -> &'static str {
    match what {
        What::Name => "changed-name",
        What::Note | What::Line => "changed-note",
    }
}

fn thing(what: What) -> &'static str {
    match what {
        What::Name => "the patient's name",
        What::Note => "the note",
        What::Line => "this text",
    }
}

/// `U+1F44D (line 1, character 12) and U+2603 (line 2, character 3)`.
fn named(what: What, left: &[Left]) -> Option<String> {
    let mut names: Vec<String> = left
        .iter()
        .take(NAMED)
        .map(|one| format!("{} {}", described(one.character), place(what, one)))
        .collect();
    if left.len() > NAMED {
        names.push(format!("{} more", left.len() - NAMED));
    }
    let last = names.pop()?;
    Some(if names.is_empty() { last } else { format!("{} and {last}", names.join(", ")) })
}

fn place(what: What, left: &Left) -> String {
    match what {
        What::Name | What::Line => format!("(character {})", left.column),
        What::Note => format!("(line {}, character {})", left.line, left.column),
    }
}

/// The script; for signs that belong to none, the code point.
fn described(character: char) -> String {
    match character.script() {
        Script::Common | Script::Inherited | Script::Unknown => format!("U+{:04X}", u32::from(character)),
        script => format!("a character of the {} script", script.full_name()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the built-in fonts have, more or less.
    fn covered(character: char) -> bool {
        matches!(character, '\0'..='\u{2af}' | '\u{2c4}' | '\u{2c5}' | '\u{300}'..='\u{36f}' | '\u{1e00}'..='\u{1eff}' | '–' | '•' | '√' | '≤')
    }

    fn noted(text: &str) -> (Option<String>, String) {
        let Fitted { text, warnings } = note(text, &covered);
        (text, warnings.into_iter().map(|warning| warning.message).collect::<Vec<_>>().join("\n"))
    }

    fn named(text: &str) -> (Option<String>, String) {
        let Fitted { text, warnings } = name(text, &covered);
        (text, warnings.into_iter().map(|warning| warning.message).collect::<Vec<_>>().join("\n"))
    }

    #[test]
    fn signs_are_written_with_what_the_fonts_have() {
        for (typed, printed) in [
            ("Sit → stand", "Sit -> stand"),
            ("✓ walk ☐ run ☑", "√ walk [\u{a0}] run [x]"),
            ("● one\n○ two\n\u{f0b7} three", "• one\n• two\n• three"),
            ("① then ⑫", "(1) then (12)"),
            ("Ｚｏë 𝐀", "Zoë A"),
            ("ﬁne 10 ⩽ 12", "fine 10 ≤ 12"),
            ("1\u{fe0f}\u{20e3} a \u{200b}b\u{feff}", "1 a b"),
        ] {
            assert_eq!(noted(typed), (Some(printed.to_owned()), String::new()), "{typed}");
        }
    }

    #[test]
    fn what_no_sign_fits_is_left_out_and_named_with_its_place() {
        let (text, told) = noted("Great 👍 work\nLine ☃ two");
        assert_eq!(text.as_deref(), Some("Great work\nLine two"));
        assert!(told.contains("U+1F44D (line 1, character 7) and U+2603 (line 2, character 6)"), "{told}");
        assert!(!told.contains("Great") && !told.contains('👍'));
        let (text, told) = named("Zoë 😀");
        assert_eq!(text.as_deref(), Some("Zoë"));
        assert!(told.contains("U+1F600 (character 5)"), "{told}");
        assert!(named("👨\u{200d}👩\u{200d}👧").0.is_none());
        assert!(noted("👍").0.is_none());
    }

    #[test]
    fn a_name_with_letters_that_no_font_has_is_never_half_a_name() {
        for name in ["王小明", "Ann 王", "محمد", "Zoë สมชาย", "Ann-王"] {
            let (text, told) = named(name);
            assert_eq!(text, None, "{name}");
            assert!(
                told.contains("a line to write it on") && !told.contains("Ann") && !told.contains('王'),
                "{told}"
            );
        }
        assert!(named("สมชาย").1.contains("Thai"));
        let hint = |text: &str| name(text, &covered).warnings.remove(0).hints.remove(0).to_string();
        assert!(hint("王小明").contains("into `fonts/` of the clinic folder, e.g. Noto Sans SC"));
        assert!(hint("สมชาย").ends_with("e.g. Noto Sans Thai"));
        assert!(hint("ᓄᓇᕗᑦ").ends_with("e.g. Noto Sans Canadian Aboriginal"));
    }

    #[test]
    fn a_word_of_a_note_that_no_font_has_is_a_gap_and_a_whole_note_lines_to_write_on() {
        let (text, told) = noted("Ask Dr 王小 on Monday");
        assert_eq!(text.as_deref(), Some("Ask Dr ____ on Monday"));
        assert!(told.contains("Han script (line 1, character 8)"), "{told}");
        assert_eq!(noted("多休息,少用力 ok").0.as_deref(), Some("____,____ ok"), "what can be set stays");
        assert_eq!(noted("多休息,少用力!").0, None);
    }

    #[test]
    fn a_tower_of_marks_is_taken_down() {
        let (text, told) = named(&format!("W{}", "\u{330}".repeat(79)));
        assert_eq!(text, Some(format!("W{}", "\u{330}".repeat(4))));
        assert!(told.contains("more than 4 marks"), "{told}");
        assert_eq!(named("Nguyễ\u{301}n").1, "");
    }
}
