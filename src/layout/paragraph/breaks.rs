//! Where lines may end: UAX #14, and what readers of a handout need besides: numbers stay with their units, times
//! whole, quotes closed, dashes off the start of a line, web addresses in one piece where they fit, and words whole in
//! scripts that write no spaces between them.

use super::collect::Collected;
use super::words::Words;
use crate::letter::is_letter_or_digit;
use crate::locale::{first_word, is_glued, is_in_range, is_one_word, is_unspaced, last_word};
use crate::text::is_space;
use unicode_linebreak::linebreaks;

/// A place where a line may or must end, from strongest to weakest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// The author asked for it, or the text ends.
    Forced,
    /// After a space.
    Space,
    /// After a hyphen, dash or slash, and between words without a space.
    Inside,
    /// Only in a piece that no line can hold: inside a web address or a word, at a glued space.
    Reluctant,
    /// Only where even that does not help: between two grapheme clusters.
    Emergency,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Break {
    /// The line ends before this byte.
    pub(super) at: usize,
    pub(super) kind: Kind,
}

/// All places in order; the last is the end of the text.
pub(super) fn breaks(collected: &Collected) -> Vec<Break> {
    let text = collected.text.as_str();
    let mut found: Vec<Break> = Vec::with_capacity(text.len() / 4 + 2);
    let place = |kind| move |at: &usize| Break { at: *at, kind };
    let words = Words::of(text);
    let places = linebreaks(text).map(|(at, _)| at).filter(|at| *at < text.len());
    found.extend(places.map(|at| judge(text, at, &words, collected.units)));
    found.extend(words.looked_up(text).map(|at| place(Kind::Inside)(&at)));
    found.extend(in_addresses(text));
    found.extend(collected.allowed.iter().map(place(Kind::Inside)));
    found.retain(|it| collected.glued.binary_search(&it.at).is_err());
    found.extend(collected.glued.iter().map(place(Kind::Reluctant)));
    found.extend(collected.forced.iter().map(place(Kind::Forced)));
    found.retain(|it| (1..text.len()).contains(&it.at));
    if !found.is_sorted_by_key(|it| (it.at, it.kind)) {
        found.sort_by_key(|it| (it.at, it.kind));
    }
    found.dedup_by_key(|it| it.at);
    found.push(Break { at: text.len(), kind: Kind::Forced });
    found
}

/// What one opportunity of UAX #14 is worth.
fn judge(text: &str, at: usize, words: &Words, units: &[Box<str>]) -> Break {
    let (before, after) = text.split_at(at);
    let kind = if before.ends_with(is_space) {
        let before = before.trim_end_matches(is_space);
        match () {
            () if is_glued(before, after, units) || is_in_range(before, after) => Kind::Reluctant,
            () => Kind::Space,
        }
    } else {
        let (stem, rest) = (last_word(before), first_word(after));
        let address = is_address(&text[at - stem.len()..at + rest.len()]);
        let bad = address || words.splits(at) || is_counted(stem, rest) || is_one_word(stem, rest);
        if bad { Kind::Reluctant } else { Kind::Inside }
    };
    Break { at, kind }
}

/// A number and the word behind it in a script without spaces, and what goes on behind that with a number: "24小时",
/// "11月24日". A syllable of a script that has spaces is inside a word too.
fn is_counted(stem: &str, rest: &str) -> bool {
    let mut back = stem.chars().rev();
    let (last, before, next) = (back.next(), back.next(), rest.chars().next());
    let digit = |one: Option<char>| one.is_some_and(|one| one.is_ascii_digit());
    let letter = |one: Option<char>| one.is_some_and(is_unspaced);
    let syllable = |one: Option<char>| {
        one.is_some_and(|one| matches!(one, '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}'))
    };
    (digit(last) && letter(next))
        || (digit(before) && letter(last) && digit(next))
        || (syllable(last) && syllable(next))
}

/// Places of last resort in web addresses: after `/`, `.` and their like.
fn in_addresses(text: &str) -> impl Iterator<Item = Break> + '_ {
    let mut start = 0;
    let may_hold_one = text.contains(['/', '@']) || text.contains("www.");
    let text = if may_hold_one { text } else { "" };
    let words = text.split_inclusive(is_space).map(move |word| {
        start += word.len();
        (start - word.len(), word.trim_end_matches(is_space))
    });
    words.filter(|(_, word)| is_address(word)).flat_map(|(start, word)| {
        let marks = word.match_indices(['/', '.', '@', '-', '_', '?', '&', '=', '#']);
        let ends = marks.map(|(offset, mark)| offset + mark.len());
        let inside = ends.filter(|end| word[*end..].starts_with(is_letter_or_digit));
        inside.map(move |end| Break { at: start + end, kind: Kind::Reluctant })
    })
}

/// A web or mail address.
pub(super) fn is_address(word: &str) -> bool {
    let dotted = || word.trim_end_matches(['.', ',', ';', ')']).contains('.');
    word.contains("://") || word.starts_with("www.") || (word.contains(['@', '/']) && dotted())
}

#[cfg(test)]
mod tests {
    use super::super::collect::collect;
    use super::super::{Align, ParagraphStyle, Tongue, Weight};
    use super::*;
    use crate::brand::Colour;
    use crate::document::Inline;
    use crate::geometry::Pt;
    use crate::text::samples::fonts;

    /// What a place in a text, marked `|`, is.
    fn kind(marked: &str) -> Option<Kind> {
        let black = Colour::new(0, 0, 0);
        let style = ParagraphStyle {
            size: Pt(12.0),
            leading: Pt(16.0),
            weight: Weight::Regular,
            strong: Weight::Bold,
            colour: black,
            link: black,
            indent: Pt::ZERO,
            even: false,
            align: Align::Start,
        };
        let (before, after) = marked.split_once('|').expect("a mark");
        let at: usize = before.chars().map(|character| fonts().printed(character).len_utf8()).sum();
        let text = [Inline::Text(format!("{before}{after}"))];
        let fonts = fonts();
        let own = ["hours", "heures", "pm", "p.m", "ชั่วโมง"].map(Box::from);
        let tongue = Tongue { units: own.into(), ..Tongue::default() };
        let collected = collect(&fonts, &text, &style, &tongue);
        breaks(&collected).iter().find(|place| place.at == at).map(|place| place.kind)
    }

    #[test]
    fn lines_end_after_words() {
        for text in [
            "Call 911 |if you faint",
            "Sore? |Rest.",
            "a 200 |metre walk",
            "Rest – |then walk",
            "Walk for 1 |Rest",
            "dial |8110 now",
            "in 2026 |24-48 hours",
            "of 2026 |12345 words",
        ] {
            assert_eq!(kind(text), Some(Kind::Space), "{text}");
        }
        assert_eq!(kind("Call us|"), Some(Kind::Forced));
        assert_eq!(kind("Ca|ll us"), None);
    }

    #[test]
    fn numbers_stay_with_their_units() {
        for text in [
            "until 3:30\u{a0}|pm on",
            "until 3:30 |pm on",
            "until 3:30 |p.m. on",
            "Wait for 24 |hours, then",
            "for (24 |hours)",
            "Hold for 20 |s",
            "side. 3 |holds of",
            "10 |slow repeats",
            "(dial |811):",
            "خط ۱ (شماره |811) زنگ",
            "(எண் |811) ஐ",
            "911 |ஐ அழை",
            "call |911 if",
            "Drink 2\u{202f}|l of water",
            "Ask Ann Lee, |RN; or us.",
            "请问 Ann Lee, |RN；Bo Li",
            "Call (604) |555-0100",
            "Call 416 |555-0100.",
            "Call +1 |416 555-0100",
            "Call +1 416 |555-0100, or",
            "Call 416 555 |0100.",
            "Attendez 24 |heures",
            "Comptez 1 |500 pas",
            "to 50 |% of",
            "jusqu’à 15 |h 30",
        ] {
            assert_eq!(kind(text), Some(Kind::Reluctant), "{text}");
        }
        for text in ["604-|555-0100", "24–|48 hours", "3:|30 pm", "1/|2 cup", "2|0 km", "50|%"] {
            assert!(!matches!(kind(text), Some(Kind::Space | Kind::Inside)), "{text}");
        }
    }

    #[test]
    fn a_range_is_split_only_where_no_line_holds_it() {
        for text in ["24 |to 48 hours", "24 to |48 hours", "2 |or 3", "de 24 à |48 heures"] {
            assert_eq!(kind(text), Some(Kind::Reluctant), "{text}");
        }
        assert_eq!(kind("24 |עד 48 שעות"), Some(Kind::Reluctant), "in a script without capitals");
        for text in ["240 |to them", "go to |48 shops", "911 |or us", "240 |until 300", "240 |May 300"] {
            assert_eq!(kind(text), Some(Kind::Space), "{text}");
        }
    }

    #[test]
    fn quotes_and_dashes_keep_their_company() {
        for text in [
            "Il dit « |bonsoir »",
            "Il dit « bonsoir |»",
            "Il dit «\u{a0}|bonsoir",
            "Rest |– then walk",
            "A |· B",
        ] {
            assert_eq!(kind(text), Some(Kind::Reluctant), "{text}");
        }
        for text in ["said “|rest", "(|rest)", "rest|”", "rest|, then", "Repos |: oui", "Repos |!"] {
            assert_eq!(kind(text), None, "{text}");
        }
        assert_eq!(kind("Rest—|then"), Some(Kind::Inside));
        assert_eq!(kind("Rest|—then"), Some(Kind::Reluctant));
    }

    #[test]
    fn words_with_hyphens_break_into_halves_of_some_length() {
        for text in ["low-|impact", "heat/|water"] {
            assert_eq!(kind(text), Some(Kind::Inside), "{text}");
        }
        for text in
            ["follow-|up", "X-|ray", "and/|or", "Sors-|tu", "low-|salt", "couchez-|vous", "Marie-|Claire Roy"]
        {
            assert_eq!(kind(text), Some(Kind::Reluctant), "{text}");
        }
        assert_eq!(kind("low\u{2011}|impact"), Some(Kind::Reluctant));
    }

    #[test]
    fn scripts_without_spaces_break_between_words() {
        for text in ["หลัง|การรักษา", "物理|治疗师", "今天，|请休息", "请休息|（今天", "筋肉が|痛む"]
        {
            assert_eq!(kind(text), Some(Kind::Inside), "{text}");
        }
        for text in ["物|理治疗师", "筋|肉が痛む", "休息24|小时", "11月|24日", "김|민수", "24 |ชั่วโมงหลัง"]
        {
            assert_eq!(kind(text), Some(Kind::Reluctant), "{text}");
        }
        for text in ["หลั|งการรักษา", "เบา|ๆ", "今天|，请休息", "休息|。", "（|今天", "「|今天", "今天|」"]
        {
            assert_eq!(kind(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_break_reluctantly() {
        for text in
            ["https://a.example/|care", "www.|a.example", "see example.org/|care", "desk@|clinic.example"]
        {
            assert_eq!(kind(text), Some(Kind::Reluctant), "{text}");
        }
        for text in ["https:/|/a.example", "https:|//a.example", "www.a.example|/"] {
            assert_eq!(kind(text), None, "{text}");
        }
    }
}
