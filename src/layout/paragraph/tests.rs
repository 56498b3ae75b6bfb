//! Paragraphs as a reader sees them.

use super::*;
use crate::document::{Inline, Text};
use crate::locale::Language;
use crate::text::FaceId;
use crate::text::samples::fonts;

const INK: Colour = Colour::new(0x1d, 0x25, 0x2c);
const BLUE: Colour = Colour::new(0x0b, 0x4f, 0x6c);

const ADVICE: &str = "Your muscles may feel sore for a day or two. This is normal. It shows that the needle reached \
    the tight spot. Drink water, keep moving, and rest from hard work until tomorrow.";

pub(super) fn body() -> ParagraphStyle {
    ParagraphStyle {
        size: Pt(12.0),
        leading: Pt(16.5),
        weight: Weight::Regular,
        strong: Weight::Semibold,
        colour: INK,
        link: BLUE,
        indent: Pt::ZERO,
        even: false,
        align: Align::Start,
    }
}

pub(super) fn plain(text: &str) -> Text {
    vec![Inline::Text(text.to_owned())]
}

pub(super) fn setter() -> Setter {
    Setter::new(fonts())
}

pub(super) fn set(text: &[Inline], width: f32) -> Arc<Paragraph> {
    setter().set(text, &body(), Pt(width)).expect("every character has a glyph")
}

pub(super) fn lines_of(paragraph: &Paragraph) -> Vec<String> {
    paragraph.lines.iter().map(|line| line.line.text()).collect()
}

fn lines(text: &str, width: f32) -> Vec<String> {
    lines_of(&set(&plain(text), width))
}

fn width_of(text: &str) -> f32 {
    setter().width_of(&plain(text), &body()).expect("every character has a glyph").0
}

#[test]
fn a_paragraph_keeps_every_word_and_a_space_at_each_line_end() {
    let set = lines(ADVICE, 200.0);
    assert_eq!(set.concat(), ADVICE);
    let (last, others) = set.split_last().expect("lines");
    assert!(others.iter().all(|line| line.ends_with(' ')));
    assert!(!last.ends_with(' '));
}

#[test]
fn the_space_at_a_line_end_is_no_part_of_its_width() {
    let paragraph = set(&plain("water water"), width_of("water") + 1.0);
    assert_eq!(lines_of(&paragraph), ["water ", "water"]);
    // The kerning of r and space may move the edge by a hair.
    assert!((paragraph.lines[0].line.width.0 - paragraph.lines[1].line.width.0).abs() < 0.3);
}

#[test]
fn the_space_at_a_line_end_stays_within_the_measure() {
    for slack in [0.0, 1.0, 2.0, 6.0] {
        let width = width_of("water") + slack;
        let paragraph = set(&plain("water water"), width);
        let run = &paragraph.lines[0].line.runs[0];
        let em = f64::from(fonts().face(run.face).units_per_em());
        let pen: i32 = run.glyphs.iter().map(|glyph| glyph.advance).sum();
        let end = f64::from(pen + run.glyphs[run.glyphs.len() - 1].x_offset) * 12.0 / em;
        assert!(end <= f64::from(width) + 0.01, "{slack} pt to spare: {end} of {width}");
        let moved = run.glyphs.last().is_some_and(|space| space.x_offset < 0);
        assert_eq!(moved, slack < 3.0, "only a space that would leave it moves");
    }
}

#[test]
fn baselines_stand_on_the_grid_whatever_the_faces() {
    let mixed = vec![
        Inline::Strong(plain("Олена")),
        Inline::Text(" reads ".to_owned()),
        Inline::Emphasis(plain("The Magic Mountain")),
        Inline::Text(" on the sofa all day long.".to_owned()),
    ];
    let paragraph = set(&mixed, 120.0);
    let first = (16.5 - 15.6) / 2.0 + 0.984 * 12.0;
    for (index, line) in paragraph.lines.iter().enumerate() {
        assert!((line.baseline.0 - (first + 16.5 * index as f32)).abs() < 0.001);
    }
    assert_eq!(paragraph.height, Pt(16.5 * paragraph.lines.len() as f32));
    assert_eq!(paragraph.lines[0].baseline, setter().baseline(&body()));
}

#[test]
fn nothing_to_set_is_no_line() {
    assert_eq!(*set(&[], 100.0), Paragraph::default());
    assert_eq!(*set(&plain(" \n "), 100.0), Paragraph::default());
    assert_eq!(*set(&[Inline::Break], 100.0), Paragraph::default());
}

#[test]
fn white_space_collapses() {
    assert_eq!(lines("  a \t b\n\nc ", 500.0), ["a b c"]);
    let split =
        vec![Inline::Text("a ".to_owned()), Inline::Strong(plain(" b ")), Inline::Text(" c".to_owned())];
    assert_eq!(lines_of(&set(&split, 500.0)), ["a b c"]);
}

#[test]
fn a_break_ends_the_line_with_a_space() {
    let text = vec![Inline::Text("one".to_owned()), Inline::Break, Inline::Text("two".to_owned())];
    assert_eq!(lines_of(&set(&text, 500.0)), ["one ", "two"]);
    let blank =
        vec![Inline::Text("one".to_owned()), Inline::Break, Inline::Break, Inline::Text("two".to_owned())];
    assert_eq!(lines_of(&set(&blank, 500.0)), ["one ", " ", "two"]);
}

#[test]
fn a_text_set_to_its_own_width_stays_on_one_line() {
    for text in ["Call us.", ADVICE, "Nguyễn Thị Hồng", "3:30\u{a0}pm", "« Bonjour »"] {
        assert_eq!(lines(text, width_of(text)).len(), 1, "{text}");
        assert!(lines(text, width_of(text) - 1.0).len() > 1, "{text}");
    }
}

#[test]
fn numbers_stay_with_their_units_at_every_measure() {
    let text = "Rest until 3:30 pm, then wait 24 hours and drink 2\u{a0}cups an hour.";
    for width in 100..350 {
        for line in lines(text, width as f32) {
            let end = line.trim_end();
            assert!(!end.ends_with(|last: char| last.is_ascii_digit()), "{width}: {line}");
        }
    }
}

#[test]
fn a_web_address_breaks_only_where_no_line_holds_it() {
    let text = "See www.vancouverphysio.example/aftercare/needling for more.";
    let address = "www.vancouverphysio.example/aftercare/needling";
    assert!(lines(text, width_of(address) + 1.0).iter().any(|line| line.trim() == address));
    let narrow = lines(text, 150.0);
    assert!(narrow.contains(&"www.".to_owned()) || narrow.iter().any(|line| line.ends_with(['.', '/'])));
    assert!(narrow.iter().all(|line| line.ends_with(['.', '/', ' '])), "{narrow:?}");
}

#[test]
fn an_address_does_not_end_a_line_in_its_own_hyphen() {
    let address = "hello@harbour-physio.example";
    let narrow = lines(address, width_of("harbour-physio.example") + 1.0);
    assert!(narrow.iter().all(|line| !line.ends_with('-')), "{narrow:?}");
}

#[test]
fn a_word_longer_than_the_measure_is_cut_between_letters() {
    let word = "ne\u{301}vralgie".repeat(60);
    let paragraph = set(&plain(&word), 100.0);
    assert_eq!(lines_of(&paragraph).concat(), word);
    assert!(paragraph.width.0 <= 100.01);
    assert!(lines_of(&paragraph).iter().all(|line| !line.starts_with('\u{301}')));
}

#[test]
fn a_word_is_cut_with_a_hyphen_a_number_and_an_address_without() {
    let cut = |text: &str| set(&plain(text), 60.0).lines.iter().filter(|line| line.line.cut).count();
    let set = set(&plain("Wolfeschlegelsteinhausen"), 60.0);
    let lines = lines_of(&set);
    assert_eq!(set.lines.iter().filter(|line| line.line.cut).count(), lines.len() - 1);
    assert!(lines.iter().all(|line| line.chars().count() > 2), "{lines:?}");
    assert_eq!((cut("123456789012345678"), cut("a.example/abcdefghijklmnopqrst")), (0, 0));
}

#[test]
fn invisible_marks_steer_breaks_and_leave_no_trace() {
    assert_eq!(lines("hand\u{200b}out", width_of("hand") + 1.0), ["hand", "out"]);
    assert!(
        lines("red\u{2060}-\u{2060}blue sky", width_of("red-blue") + 1.0).contains(&"red-blue ".to_owned())
    );
    assert_eq!(lines("so\u{ad}re\u{200e}\u{feff}\u{202b}\u{fe0f}\u{0}", 500.0), ["sore"]);
    assert_eq!(lines("a\u{a0}b\u{202f}c\u{2011}d", 500.0), ["a b\u{2009}c-d"]);
}

#[test]
fn total_fit_is_less_ragged_than_greedy() {
    let measure = 162.0;
    let mut greedy: Vec<String> = vec![String::new()];
    for word in ADVICE.split_inclusive(' ') {
        let line = greedy.last_mut().expect("a line");
        if width_of(&format!("{line}{word}")) <= measure {
            line.push_str(word);
        } else {
            greedy.push(word.to_owned());
        }
    }
    let ragged = |lines: &[String]| {
        let empty = |line: &String| (measure - width_of(line)).powi(2);
        lines.iter().take(lines.len() - 1).map(empty).sum::<f32>()
    };
    let total = lines(ADVICE, measure);
    assert_eq!(total.len(), greedy.len());
    assert!(ragged(&total) < 0.8 * ragged(&greedy), "{total:#?} {greedy:#?}");
}

#[test]
fn a_last_line_is_not_one_short_word() {
    let text = "Rest your arm for a day and then go for a walk in it.";
    let lines = lines(text, width_of(text) / 2.0 + 14.0);
    assert!(width_of(lines.last().expect("lines")) > 60.0, "{lines:#?}");
}

#[test]
fn a_line_would_rather_not_end_on_a_dangling_word() {
    let text = "Take a slow walk this evening. A hot bath is fine, and so is a good night of sleep.";
    let first = |end: &str| lines(text, width_of(end) + 3.0).swap_remove(0);
    assert_eq!(first("Take a slow walk this evening. A"), "Take a slow walk this evening. ");
    assert_eq!(
        first("Take a slow walk this evening. A hot bath is"),
        "Take a slow walk this evening. A hot bath "
    );
    assert_eq!(
        first("Take a slow walk this evening. A hot bath"),
        "Take a slow walk this evening. A hot bath "
    );
}

#[test]
fn the_same_weight_runs_together_and_the_strong_words_stand_out() {
    let text = vec![
        Inline::Strong(plain("Call 911")),
        Inline::Text(" if you ".to_owned()),
        Inline::Emphasis(plain("cannot")),
        Inline::Text(" breathe.".to_owned()),
    ];
    let paragraph = set(&text, 500.0);
    let runs = &paragraph.lines[0].line.runs;
    let seen: Vec<(u8, &str)> = runs.iter().map(|run| (run.face.0, &*run.text)).collect();
    assert_eq!(seen, [(2, "Call 911"), (0, " if you "), (1, "cannot"), (0, " breathe.")]);
    let fonts = fonts();
    for pair in runs.windows(2) {
        let face = fonts.face(pair[0].face);
        let advance: i32 = pair[0].glyphs.iter().map(|glyph| glyph.advance).sum();
        let width = advance as f32 * 12.0 / f32::from(face.units_per_em());
        assert!((pair[1].x.0 - pair[0].x.0 - width).abs() < 0.001);
    }
}

#[test]
fn a_link_keeps_its_span_and_colour_over_a_line_break() {
    let link = Inline::Link {
        url: "https://example.org/".to_owned(),
        text: vec![Inline::Text("the page about ".to_owned()), Inline::Strong(plain("rest and water"))],
    };
    let text = vec![Inline::Text("Read ".to_owned()), link, Inline::Text(" at home.".to_owned())];
    let paragraph = set(&text, 90.0);
    let linked = paragraph.lines.iter().filter(|line| line.line.runs.iter().any(|run| run.span == Some(0)));
    assert!(linked.count() >= 2);
    let runs = paragraph.lines.iter().flat_map(|line| &line.line.runs);
    let words: String = runs.clone().filter(|run| run.span.is_some()).map(|run| &*run.text).collect();
    assert_eq!(words, "the page about rest and water");
    assert!(runs.clone().all(|run| (run.colour == BLUE) == run.span.is_some()));
    let contents = "the page about rest and water".to_owned();
    assert_eq!(paragraph.spans, [Span::Link { url: "https://example.org/".to_owned(), contents }]);
}

#[test]
fn words_of_another_language_are_a_span() {
    let language = Language::new("ja");
    let text = vec![
        Inline::Text("It is called ".to_owned()),
        Inline::Foreign { language: language.clone(), text: vec![Inline::Emphasis(plain("hari"))] },
        Inline::Text(".".to_owned()),
    ];
    let paragraph = set(&text, 500.0);
    assert_eq!(paragraph.spans, [Span::Foreign(language)]);
    let spans: Vec<_> = paragraph.lines[0].line.runs.iter().map(|run| (run.face, run.span)).collect();
    assert_eq!(spans, [(FaceId(0), None), (FaceId(1), Some(0)), (FaceId(0), None)]);
}

#[test]
fn fallback_words_are_smaller_but_never_under_the_least_sizes() {
    let sizes = |size: f32| {
        let style = ParagraphStyle { size: Pt(size), ..body() };
        let paragraph = setter().set(&plain("rest, Олена"), &style, Pt(400.0)).expect("glyphs");
        paragraph.lines[0].line.runs.iter().map(|run| run.size.0).collect::<Vec<f32>>()
    };
    assert_eq!(sizes(12.0), [12.0, 12.0]);
    assert_eq!(sizes(10.5), [10.5, 10.5]);
    assert_eq!(sizes(18.0), [18.0, 18.0]);
    assert_eq!(sizes(26.0), [26.0, 24.1]);
}

#[test]
fn a_character_that_no_font_has_refuses_the_paragraph() {
    let missing = setter().set(&plain("Dear 山田"), &body(), Pt(100.0));
    assert_eq!(missing.expect_err("no glyph"), Unset::MissingGlyph { character: '山' });
}

#[test]
fn alignment_moves_whole_lines() {
    let at = |align| {
        let style = ParagraphStyle { align, ..body() };
        let paragraph = setter().set(&plain("Call us"), &style, Pt(200.0)).expect("glyphs");
        (paragraph.lines[0].x.0, paragraph.width.0)
    };
    let (left, width) = at(Align::Start);
    assert_eq!(left, 0.0);
    assert_eq!(at(Align::Centre).0, (200.0 - width) / 2.0);
    assert_eq!(at(Align::End).0, 200.0 - width);
    let style = ParagraphStyle { align: Align::End, ..body() };
    assert_eq!(setter().width_of(&plain("Call us"), &style).expect("glyphs").0, width);
}

#[test]
fn an_indent_shortens_the_first_line_only() {
    let style = ParagraphStyle { indent: Pt(80.0), ..body() };
    let paragraph = setter().set(&plain(ADVICE), &style, Pt(200.0)).expect("glyphs");
    assert_eq!(paragraph.lines[0].x, Pt(80.0));
    assert!(paragraph.lines[0].line.width.0 <= 120.0);
    assert!(paragraph.lines[1..].iter().all(|line| line.x == Pt::ZERO));
    assert!(paragraph.lines[1..].iter().any(|line| line.line.width.0 > 120.0));
    assert!(paragraph.width.0 <= 200.01);
}

#[test]
fn centred_lines_are_about_as_long_as_each_other() {
    let style = ParagraphStyle { align: Align::Centre, ..body() };
    let text = plain("Large print or another format? Ask us at the desk.");
    let paragraph = setter().set(&text, &style, Pt(220.0)).expect("glyphs");
    let widths: Vec<f32> = paragraph.lines.iter().map(|line| line.line.width.0).collect();
    assert_eq!(widths.len(), 2);
    assert!((widths[0] - widths[1]).abs() < 60.0, "{widths:?}");
}

#[test]
fn even_lines_end_with_a_sentence_where_they_stay_even() {
    let style = ParagraphStyle { even: true, ..body() };
    let first = |text: &str| {
        let paragraph = setter().set(&plain(text), &style, Pt(220.0)).expect("glyphs");
        paragraph.lines[0].line.text().trim_end().to_owned()
    };
    assert_eq!(first("Sore? Some heat can help. Ask us before you do it."), "Sore? Some heat can help.");
    // Not where that is far off.
    assert_ne!(first("Rest. Walk a little more on each day of this week."), "Rest.");
}

#[test]
fn threads_and_earlier_work_change_nothing() {
    let texts: Vec<Text> = (0..40).map(|index| plain(&format!("{index} times: {ADVICE}"))).collect();
    let expected: Vec<_> = texts.iter().map(|text| set(text, 180.0)).collect();
    let shared = setter();
    std::thread::scope(|scope| {
        for start in 0..4 {
            let (shared, texts, expected) = (shared.clone(), &texts, &expected);
            scope.spawn(move || {
                for step in 0..texts.len() {
                    let index = (step * 7 + start * 11) % texts.len();
                    let set = shared.set(&texts[index], &body(), Pt(180.0)).expect("glyphs");
                    assert_eq!(set, expected[index]);
                }
            });
        }
    });
    let again = shared.set(&texts[3], &body(), Pt(180.0)).expect("glyphs");
    let once_more = shared.set(&texts[3], &body(), Pt(180.0)).expect("glyphs");
    assert!(Arc::ptr_eq(&again, &once_more));
}

/// Quadratic work on any of these would keep the test for minutes.
#[test]
fn endless_words_are_set_all_the_same() {
    for part in ["a-", "\u{301}\u{200b}", "x", "a/", "A. ", "Ễ", "9 ", "\u{a0}", "a@b.c/"] {
        let text = part.repeat(30_000 / part.len());
        let paragraph = set(&plain(&text), 200.0);
        assert!(paragraph.lines.iter().all(|line| line.line.width.0 <= 200.01), "{part:?}");
        setter().width_of(&plain(&text), &body()).expect("glyphs");
    }
}

#[test]
fn languages_and_styles_do_not_share_a_cache_entry() {
    let shared = setter();
    let french = shared.in_tongue(Tongue { language: Some(Language::new("fr")), ..Tongue::default() });
    let text = plain("24 heures");
    let plain = shared.set(&text, &body(), Pt(200.0)).expect("glyphs");
    let in_french = french.set(&text, &body(), Pt(200.0)).expect("glyphs");
    let small = shared.set(&text, &ParagraphStyle { size: Pt(11.0), ..body() }, Pt(200.0)).expect("glyphs");
    assert!(!Arc::ptr_eq(&plain, &in_french));
    assert_eq!(plain, in_french);
    assert_ne!(plain, small);
}
