//! What an author's Markdown becomes, and what is refused with its line.

use aftercare::content::files::Embedded;
use aftercare::content::markdown::{Pictures, parse, parse_inline};
use aftercare::diagnostic::Place;
use aftercare::document::{Block, CalloutRole, Inline, plain_text};

fn blocks(text: &str) -> Vec<Block> {
    parse(text, &Place::line("rest.md", 10, 1), &pictures()).unwrap_or_else(|faults| panic!("{faults}"))
}

fn faults(text: &str) -> String {
    parse(text, &Place::line("rest.md", 10, 1), &pictures()).expect_err("a fault").to_string()
}

fn pictures() -> Pictures {
    aftercare::content::load(&Embedded).expect("the built-in folder").value.first.pictures.as_ref().clone()
}

fn text(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

#[test]
fn paragraphs_keep_their_marks() {
    let Block::Paragraph(paragraph) = blocks("Rest is **not** *bed rest*.\nWalk.").remove(0) else {
        panic!()
    };
    let expected = [
        text("Rest is "),
        Inline::Strong(vec![text("not")]),
        text(" "),
        Inline::Emphasis(vec![text("bed rest")]),
        text(". Walk."),
    ];
    assert_eq!(paragraph, expected);
}

#[test]
fn quotes_and_dashes_become_typographic() {
    let Block::Paragraph(paragraph) = blocks("Don't say \"no\" -- ever...").remove(0) else { panic!() };
    assert_eq!(plain_text(&paragraph), "Don’t say “no” – ever…");
}

#[test]
fn links_lead_to_pages_mail_and_telephones() {
    let Block::Paragraph(paragraph) =
        blocks("[us](https://a.example) <b@c.example> [call](tel:811)").remove(0)
    else {
        panic!()
    };
    let urls = paragraph.iter().filter_map(|inline| match inline {
        Inline::Link { url, .. } => Some(url.as_str()),
        _ => None,
    });
    assert_eq!(Vec::from_iter(urls), ["https://a.example", "mailto:b@c.example", "tel:811"]);
    assert!(faults("[a](https://a.example/#b)").contains("leads to a part of a page"));
    assert!(faults("[a](other.html)").contains("is no address for a link"));
}

#[test]
fn lists_hold_lists() {
    let Block::List(list) = blocks("3. one\n   - inner\n4. two").remove(0) else { panic!() };
    assert_eq!(list.start, Some(3));
    assert!(matches!(&list.items[0][..], [Block::Paragraph(_), Block::List(inner)] if inner.start.is_none()));
    assert_eq!(list.items.len(), 2);
}

#[test]
fn a_pair_of_marked_headings_is_one_block() {
    let Block::DoDont(pair) = blocks("### Do {.do}\n- walk\n- drink\n\n### Do not {.dont}\n- run").remove(0)
    else {
        panic!()
    };
    assert_eq!(plain_text(&pair.do_.heading), "Do");
    assert_eq!(pair.do_.items, [vec![text("walk")], vec![text("drink")]]);
    assert_eq!(pair.dont.items, [vec![text("run")]]);
}

#[test]
fn callouts_have_a_role() {
    let Block::Callout(callout) = blocks("> [!WARNING]\n> Do not drive.").remove(0) else { panic!() };
    assert_eq!(callout.role, CalloutRole::Warning);
    assert_eq!(callout.blocks, [Block::Paragraph(vec![text("Do not drive.")])]);
}

#[test]
fn a_figure_stands_alone_and_may_have_a_caption() {
    let Block::Figure(figure) = blocks("![A person walks.](walk \"Walk a little\")").remove(0) else {
        panic!()
    };
    assert_eq!((figure.picture.id.as_str(), figure.alt.as_str()), ("walk", "A person walks."));
    assert_eq!(figure.caption, Some(vec![text("Walk a little")]));
}

#[test]
fn tables_have_a_head() {
    let Block::Table(table) = blocks("| When | What |\n|---|--:|\n| day 1 | rest |").remove(0) else {
        panic!()
    };
    assert_eq!(plain_text(&table.head[1]), "What");
    assert_eq!(plain_text(&table.rows[0][0]), "day 1");
}

#[test]
fn every_fault_has_its_line() {
    let found =
        faults("<b>bold</b>\n\n# Big\n\n`code`\n\n> quote\n\n[x](javascript:alert)\n\n![](walk)\n\n---");
    let lines: Vec<&str> = found.lines().map(|line| line.split(": ").next().unwrap_or_default()).collect();
    assert_eq!(
        lines,
        [
            "rest.md:10:1",
            "rest.md:10:8",
            "rest.md:12:1",
            "rest.md:14:1",
            "rest.md:16:1",
            "rest.md:18:1",
            "rest.md:20:1",
            "rest.md:22:1"
        ],
        "{found}"
    );
}

#[test]
fn an_unknown_figure_names_the_nearest() {
    assert!(faults("![A person walks.](wlak)").contains("did you mean `walk`?"));
}

#[test]
fn half_a_pair_is_refused() {
    assert!(faults("### Do {.do}\n- walk").contains("`{.do}` has no `{.dont}`"));
    assert!(faults("### Do not {.dont}\n- run").contains("`{.dont}` has no `{.do}`"));
    assert!(faults("### Do {.does}\n- walk").contains("unknown mark"));
}

#[test]
fn deep_nesting_is_refused() {
    assert!(faults("> [!NOTE]\n").contains("blank"));
    assert!(faults("- a\n  - b\n    - c\n      - d\n        - e\n          - f").contains("nested deeper"));
    assert!(parse(&">".repeat(100_000), &Place::file("x"), &Pictures::new()).is_err());
}

#[test]
fn one_line_is_inlines() {
    let place = Place::line("words.yaml", 3, 8);
    assert_eq!(parse_inline("Take it easy", &place), Ok(vec![text("Take it easy")]));
    assert_eq!(
        parse_inline("It's **on**", &place),
        Ok(vec![text("It’s "), Inline::Strong(vec![text("on")])])
    );
    assert_eq!(parse_inline("  ", &place), Ok(vec![]));
    let found = parse_inline("- a list", &place).expect_err("a list is no line").to_string();
    assert!(found.starts_with("words.yaml:3:8: one line"), "{found}");
}
