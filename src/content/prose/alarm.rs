//! The lines that say when to call: each of them tells to, for every reader. A sign that is gone is missed where it stood; a call
//! that became "that is normal" reads like any other line.

use super::ProseWords;
use super::negations::denial_of;
use super::readings::{LINE, readings};
use super::text::VALUE;
use crate::content::{Pack, Source};
use crate::diagnostic::Diagnostic;
use crate::letter::is_letter;

/// Words of the program that tell to call: at the foot of the timeline, on the page behind a sheet's code, in a calendar.
const LINES: [&str; 3] = ["timeline.alarm", "site.yours.call", "calendar.call"];

/// What stands above the signs of each way to get help, with what introduces them; whether a number is dialled there.
const HEADINGS: [(&str, &str, bool); 3] = [
    ("emergency.heading", "emergency.intro", true),
    ("same-day.heading", "same-day.intro", false),
    ("call.heading", "call.intro", false),
];

pub fn check(pack: &Pack, words: &ProseWords) -> Vec<Diagnostic> {
    // A list that is still to be written finds a call in no line.
    if words.tells_to_call.is_empty() {
        return Vec::new();
    }
    let lines = LINES.iter().filter_map(|key| Some((key, pack.words.get(*key)?)));
    let silent = lines.filter_map(|(key, source)| silent(key, source, words));
    silent.chain(headings(pack, words)).collect()
}

/// Words above the signs that tell nobody to get help: a list of signs alone asks for nothing.
fn headings(pack: &Pack, words: &ProseWords) -> Vec<Diagnostic> {
    let told = HEADINGS.iter().filter_map(|(heading, intro, number)| {
        let source = pack.safety.words.get(*heading)?;
        let intro = pack.safety.words.get(*intro).map(|intro| &*intro.text).unwrap_or_default();
        let text = format!("{}\n{intro}", source.text);
        let dials = |reading: &str| {
            *number && [&words.call, &words.call_after].iter().any(|list| list.said(reading).next().is_some())
        };
        let is_silent = |reading: &String| !dials(reading) && !calls(reading, words);
        if text.len() > LINE || !readings(&text).iter().any(is_silent) {
            return None;
        }
        let message = format!("`{heading}` does not tell to get help");
        let letters = u32::try_from(source.text.chars().count()).unwrap_or(0);
        let fault = Diagnostic::warning("silent-alarm", message).at(source.at(0, letters));
        Some(fault.hint("say above the signs whom to call, and when"))
    });
    told.collect()
}

fn silent(key: &str, source: &Source, words: &ProseWords) -> Option<Diagnostic> {
    if source.text.len() > LINE {
        return None;
    }
    let all = readings(&source.text);
    let says = |reading: &&String| reading.chars().any(|c| is_letter(c) || c == VALUE);
    let silent = all.iter().filter(says).find(|reading| !calls(reading, words))?;
    let written = silent.replace(VALUE, "").split_whitespace().collect::<Vec<_>>().join(" ");
    let message = format!("`{key}` does not tell to call where it says “{written}”");
    let letters = u32::try_from(source.text.chars().count()).unwrap_or(0);
    let fault = Diagnostic::warning("silent-alarm", message).at(source.at(0, letters));
    Some(
        fault.hint(
            "this line says when to call: let each of its branches tell to, as in “Not better? Call us.”",
        ),
    )
}

/// Whether a text tells to call or to ask somebody, and says neither no to that nor that all is well.
fn calls(text: &str, words: &ProseWords) -> bool {
    let calm: Vec<(usize, usize)> =
        words.normal.said(text).map(|((), at, length)| (at, at + length)).collect();
    let is_calm = |(at, end): (usize, usize)| calm.iter().any(|(from, to)| *from <= at && end <= *to);
    let mut said = words.tells_to_call.said(text).map(|((), at, length)| (at, at + length));
    said.any(|place| denial_of(text, place, words).is_none() && !is_calm(place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::files::Embedded;
    use crate::locale::Language;

    #[test]
    fn a_line_calls_where_it_tells_to_and_does_not_deny_it() {
        let (prose, _) = crate::content::prose_words(&Embedded);
        for (language, line, tells) in [
            ("en", "Still sore? Call us.", true),
            ("en", "Not better? Call us.", true),
            ("en", "Still sore? See your doctor.", true),
            ("en", "If it is not better call us.", true),
            ("en", "Still sore? Do not hesitate to call us.", true),
            ("en", "You do not need to call us.", false),
            ("en", "If you are sore do not call us.", false),
            ("en", "Still sore? Lie down.", false),
            ("en", "Keep taking your pills.", false),
            ("en", "Check the skin.", false),
            ("en", "Still sore? No need to call.", false),
            ("en", "Keep your phone near.", false),
            ("fr", "Encore mal? Téléphonez-nous.", true),
            ("fr", "Encore mal? Appelez le \u{1}.", true),
            ("fr", "Toujours mal? N'hésitez pas à nous appeler.", true),
            ("fr", "Ne nous appelez pas.", false),
            ("es", "¿Aún duele? Comuníquese con nosotros.", true),
            ("es", "Si no mejora llámenos.", true),
            ("es", "No nos llame.", false),
            ("zh-Hans", "还痛？请打给我们。", true),
            ("zh-Hans", "如果不好转请打给我们。", true),
            ("zh-Hans", "不用打给我们。", false),
            ("fa", "هنوز درد دارید؟ به ما خبر بدهید.", true),
            ("fa", "اگر بهتر نشد به ما زنگ بزنید.", true),
            ("fa", "لازم نیست به ما زنگ بزنید.", false),
            ("ta", "இன்னும் வலியா? எங்களைத் தொடர்பு கொள்ளுங்கள்.", true),
            ("ta", "குறையவில்லை என்றால் எங்களை அழையுங்கள்.", true),
            ("ta", "எங்களை அழைக்க வேண்டாம்.", false),
        ] {
            let words = prose.of(&Language::new(language)).expect("its words");
            assert_eq!(calls(line, words), tells, "{line}");
        }
    }
}
