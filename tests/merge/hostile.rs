//! What people type prints as they typed it, wherever it stands, and nothing of it is read as anything else.

use crate::kit::*;
use aftercare::document::{Block, Inline, Text, plain_text};
use proptest::prelude::*;
use std::sync::OnceLock;

const BODY: &str = "\
{{ patient }}

- {{ patient }}
- {{ patient }} and more

1. {{ patient }}

### {{ patient }}

| {{ patient }} | b |
|---|---|
| x | {{ patient }} |

**{{ patient }}** [{{ patient }}](https://clinic.example) x{{ patient }}x

> [!NOTE]
> {{ patient }}
> {{ patient }}
";

/// A clinic that puts the name in every place there is.
fn clinic() -> &'static Clinic {
    static CLINIC: OnceLock<Clinic> = OnceLock::new();
    CLINIC.get_or_init(|| {
        let mut folder = folder(&[]);
        let rest =
            String::from_utf8(folder.0["content/treatments/dry-needling/en/rest.md"].to_vec()).expect("text");
        let head = rest.rsplit_once("---\n").expect("a head").0;
        folder.0.insert(
            "content/treatments/dry-needling/en/rest.md".into(),
            format!("{head}conditions: [patient]\n---\n{BODY}").into_bytes().into(),
        );
        crate::kit::clinic(&folder).unwrap_or_else(|faults| panic!("{faults}"))
    })
}

/// What is written from right to left stands in isolates of the program's own, which print as nothing (UAX #9, 2.4).
fn without_isolates(texts: Vec<String>) -> Vec<String> {
    texts.into_iter().map(|text| text.replace(['\u{2068}', '\u{2069}'], "")).collect()
}

/// Every text of the section in order, read without marks.
fn seen(name: &str) -> Vec<String> {
    let mut request = clinic().request("{session: {regions: [calf]}}");
    request.patient = Some(name.to_owned());
    let made = clinic().merge(&request).unwrap_or_else(|faults| panic!("{faults}")).value;
    let mut texts = vec![plain_text(&made.masthead().title)];
    collect(&made.body()[0].sections[0].blocks, &mut texts);
    texts
}

fn collect(blocks: &[Block], texts: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Heading { text, .. } => texts.push(only_text(text)),
            Block::Paragraph(text) => texts.push(plain_text(text)),
            Block::List(list) => list.items.iter().for_each(|item| collect(item, texts)),
            Block::Callout(callout) => collect(&callout.blocks, texts),
            Block::Table(table) => {
                texts.extend(std::iter::once(&table.head).chain(&table.rows).flatten().map(only_text));
            }
            other => panic!("a name became {other:?}"),
        }
    }
}

/// A text that holds no marks at all.
fn only_text(text: &Text) -> String {
    assert!(text.iter().all(|inline| matches!(inline, Inline::Text(_))), "{text:?}");
    plain_text(text)
}

fn wanted(name: &str) -> Vec<String> {
    let n = name;
    vec![
        format!("Your next few days, {n}"),
        n.into(),
        n.into(),
        format!("{n} and more"),
        n.into(),
        n.into(),
        n.into(),
        "b".into(),
        "x".into(),
        n.into(),
        format!("{n} {n} x{n}x"),
        format!("{n} {n}"),
    ]
}

#[test]
fn the_name_that_every_form_fears() {
    for name in [
        "{{ x }} **b** <i>&amp; [a](b) 1. \"q\" 'q' -- ...",
        "{% if patient %}x{% endif %}",
        "{# x #}",
        "\\*not\\*",
        "<script>alert(1)</script>",
        "![a](b)",
        "1. one",
        "1) one",
        "- a",
        "+ a",
        "# a",
        "> a",
        "> [!NOTE]",
        "---",
        "===",
        "***",
        "```",
        "~~a~~",
        "| a | b |",
        "Ann {.do}",
        "{.dont}",
        "http://a.example www.a.example a@b.example",
        "&copy; &#42; &",
        "[^1]: x",
        "[a]: https://a.example",
        "  two  spaces  ",
        "\u{a0}x\u{a0}",
        "O'Brien-Smith",
        "Ann\u{2028}Lee",
        "$x$ :smile: ^a^ ==b==",
        "24",
        "7",
        "\\",
        "`a`",
        "_a_ *b* __c__",
        "a\u{301}e\u{308}",
        "مريم",
        "李小龍",
    ] {
        // A line separator is not on the keyboard; it prints as the space that it looks like.
        let as_printed = name.replace('\u{2028}', " ");
        assert_eq!(without_isolates(seen(name)), wanted(&as_printed), "{name:?}");
    }
}

#[test]
fn a_note_is_never_read_as_anything() {
    let clinic = small();
    let mut request = clinic.request("{session: {regions: [calf]}}");
    let note = "# {{ patient }}\n- *a* <b>\n\n&amp; | \"q\"";
    request.note = Some(note.to_owned());
    let made = clinic.merge(&request).expect("a sheet").value;
    let sections = made.body().iter().flat_map(|group| &group.sections);
    let section = sections.into_iter().find(|section| section.id == "note").expect("the note");
    let lines: Vec<String> = section
        .blocks
        .iter()
        .flat_map(|block| match block {
            // An end of a line stays one.
            Block::Paragraph(text) => {
                text.split(|part| *part == Inline::Break).map(|part| only_text(&part.to_vec()))
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(lines, ["# {{ patient }}", "- *a* <b>", "&amp; | \"q\""]);
}

/// Markdown's own signs, with letters and spaces between.
fn name() -> impl Strategy<Value = String> {
    let sign = prop::sample::select(
        " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~0123456789abXé\u{a0}中".chars().collect::<Vec<_>>(),
    );
    prop::collection::vec(sign, 1..24).prop_map(|signs| signs.into_iter().collect::<String>())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_signs_print_as_typed(name in name().prop_filter("not blank", |name| !name.trim().is_empty())) {
        prop_assert_eq!(seen(&name), wanted(&name));
    }

    #[test]
    fn any_characters_print_as_typed(name in "[^\\p{C}\\p{Z}\u{e000}\u{e001}][^\\p{C}\\p{Zl}\\p{Zp}]{0,20}") {
        // More than four marks on one letter are four.
        let marks = name.chars().filter(|mark| unicode_normalization::char::is_combining_mark(*mark)).count();
        prop_assume!(marks <= 4);
        prop_assert_eq!(without_isolates(seen(&name)), wanted(&name));
    }
}
