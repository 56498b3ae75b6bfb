//! The general text in other people's tools: a part of a page, a frame, an e-mail, Markdown.

use aftercare::content::files::{Embedded, Files, Memory};
use aftercare::document::{Document, plain_text};
use aftercare::html::visible_text;
use aftercare::locale::Language;
use aftercare::merge::Merger;
use aftercare::{BaseUrl, Engine, Outlet, SiteFiles};
use scraper::{Html, Selector};
use std::process::Command;

const BASE: &str = "https://www.example.org/aftercare/";
const ALL: [Outlet; 3] = [Outlet::Embed, Outlet::Email, Outlet::Markdown];

/// The built-in folder of a clinic with a number, an address and hours, in two languages.
fn folder() -> Memory {
    let mut folder = Memory::copy(&Embedded).expect("the built-in folder");
    let path = "content/clinic.yaml";
    let text = String::from_utf8(folder.read(path).expect("a file").into_owned()).expect("text");
    let text = text
        .replace("phone: \"\"", "phone: 416 555-0100")
        .replace("address: \"\"", "address: 1 Sample Street")
        .replace("languages: [en]", "languages: [en, fa]");
    folder.0.insert(path.into(), text.into_bytes().into());
    folder
}

fn made(outlets: &[Outlet], base: Option<&str>) -> SiteFiles {
    let engine = Engine::load(&folder()).unwrap_or_else(|faults| panic!("{faults}")).value;
    let base = base.map(|base| BaseUrl::new(base).expect("an address"));
    let day = "2026-11-24".parse().expect("a day");
    engine.outlets(outlets, base.as_ref(), day).unwrap_or_else(|faults| panic!("{faults}")).value
}

fn text<'f>(files: &'f SiteFiles, name: &str) -> &'f str {
    std::str::from_utf8(files.get(name).unwrap_or_else(|| panic!("no {name}"))).expect("UTF-8")
}

fn general() -> Document {
    let library = aftercare::content::load(&folder()).expect("a folder").value.first;
    let merger = Merger::new(&library).expect("its texts").value;
    let day = "2026-11-24".parse().expect("a day");
    merger.merge_public(&library, &Language::new("en"), day).expect("the general text").value
}

/// Words without what a writer puts around and between them.
fn words(text: &str) -> String {
    let text = text.replace("\n!", "\n").replace("\n>", "\n").replace(['\\', '*', '\u{a0}'], " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ,", ",").replace(" .", ".")
}

/// Every sign and line of the warnings.
fn warnings(document: &Document) -> Vec<String> {
    let safety = document.safety();
    let tiers = [safety.emergency(), safety.same_day(), safety.call()];
    let lines = tiers.into_iter().flat_map(|tier| {
        std::iter::once(&tier.heading).chain(&tier.intro).chain(&tier.signs).chain(&tier.closing)
    });
    lines.chain(safety.precautions()).map(|line| words(&plain_text(line))).collect()
}

#[test]
fn each_treatment_and_language_has_a_file_of_each_kind() {
    let names: Vec<String> =
        made(&ALL, Some(BASE)).into_keys().filter(|name| !name.contains("shockwave")).collect();
    let of = |prefix: &str| {
        ["email.html", "email.txt", "embed.html", "embed.txt", "fragment.html", "md"]
            .map(|ending| format!("{prefix}.{ending}"))
    };
    let mut wanted: Vec<String> = ["en", "fa", "cupping-en", "cupping-fa"].into_iter().flat_map(of).collect();
    wanted.extend(["embed.js".to_owned(), "embed-frame.js".to_owned()]);
    wanted.sort();
    assert_eq!(names, wanted);
    assert!(made(&[Outlet::Markdown], None).keys().all(|name| name.ends_with(".md")));
}

#[test]
fn the_warnings_stand_whole_and_before_all_that_is_normal() {
    let (files, document) = (made(&ALL, Some(BASE)), general());
    let first =
        document.body()[0].sections[0].title.as_ref().map(|title| plain_text(title)).expect("a title");
    for name in ["en.email.html", "en.email.txt", "en.fragment.html", "en.embed.html", "en.md"] {
        let file = text(&files, name);
        let shown = if name.ends_with(".html") { visible_text(file) } else { file.replace("](<", " ](<") };
        let shown = if name.ends_with(".md") { links_removed(&shown) } else { shown };
        let shown = words(&shown);
        let body = shown.find(&first).unwrap_or_else(|| panic!("{name}: no “{first}”"));
        for line in warnings(&document) {
            let at = shown.find(&line).unwrap_or_else(|| panic!("{name}: no “{line}” in\n{shown}"));
            assert!(at < body, "{name}: “{line}” stands too late");
        }
    }
    for name in ["en.email.html", "en.fragment.html", "en.md"] {
        for link in ["tel:911", "tel:811", "tel:4165550100", &format!("{BASE}en.html")] {
            assert!(text(&files, name).contains(link), "{name}: no {link}");
        }
    }
}

/// `[words](<address>)` as its words.
fn links_removed(markdown: &str) -> String {
    let mut rest = markdown;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once('[') {
        let (words, after) = after.split_once(" ](<").unwrap_or((after, ""));
        kept.push_str(before);
        kept.push_str(words);
        rest = after.split_once(">)").map_or("", |(_, after)| after);
    }
    kept + rest
}

#[test]
fn each_says_how_old_it_is_and_that_nobody_has_signed_it() {
    let files = made(&ALL, Some(BASE));
    for name in ["en.email.html", "en.email.txt", "en.fragment.html", "en.md"] {
        // In a mail an element holds the month and its year together.
        let plain =
            text(&files, name).split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
        assert!(plain.collect::<String>().contains("Draft of Nov 2026 · v"), "{name}");
    }
}

/// What mail programs know: Apple Mail, Gmail, Outlook for Windows, Outlook.com, Yahoo. `y`: all of it that is used here; `a`: not
/// everywhere, and the mail is whole without it. Written down from their makers' notes and tests of ours; the site
/// caniemail.com has the same.
const PROPERTIES: [(&str, &str); 19] = [
    ("background-color", "yyyyy"),
    ("border", "yyyyy"),
    ("border-left", "yyyyy"),
    ("border-right", "yyyyy"),
    ("color", "yyyyy"),
    ("font-family", "yyyyy"),
    ("font-size", "yyyyy"),
    ("font-style", "yyyyy"),
    ("font-weight", "yyyyy"),
    ("line-height", "yyyyy"),
    // No negative ones, no `auto`.
    ("margin", "yyyyy"),
    // Of cells, headings, paragraphs and lists.
    ("padding", "yyyyy"),
    ("text-align", "yyyyy"),
    ("text-decoration", "yyyyy"),
    ("width", "yyyyy"),
    // Outlook for Windows: lines are longer.
    ("max-width", "yyayy"),
    ("height", "yyyyy"),
    // Of a number: Outlook for Windows may part it.
    ("white-space", "yyayy"),
    ("direction", "yyyyy"),
];

/// Elements that they all show.
const ELEMENTS: &str =
    "html head meta title body table tbody tr td th h1 h2 h3 h4 p ul ol li strong em span a br bdi";

#[test]
fn an_email_has_nothing_that_a_mail_program_does_not_know() {
    for name in ["en.email.html", "fa.email.html", "shockwave-en.email.html"] {
        let files = made(&[Outlet::Email], Some(BASE));
        let mail = text(&files, name);
        assert!(mail.len() < 100_000, "{name}: Gmail cuts a mail of {} bytes", mail.len());
        let html = Html::parse_document(mail);
        for element in html.select(&Selector::parse("*").expect("a selector")) {
            let of = element.value();
            assert!(ELEMENTS.split(' ').any(|known| known == of.name()), "{name}: <{}>", of.name());
            for attribute in ["class", "id", "src", "background"] {
                assert!(of.attr(attribute).is_none(), "{name}: <{} {attribute}>", of.name());
            }
            for declaration in of.attr("style").unwrap_or_default().split(';').filter(|one| !one.is_empty()) {
                let (property, value) = declaration.split_once(':').expect("a declaration");
                let support =
                    PROPERTIES.iter().find(|(known, _)| *known == property).map(|(_, support)| *support);
                assert!(support.is_some_and(|support| !support.contains('n')), "{name}: {property}");
                for odd in ["url(", "var(", "calc(", "rem", "!important", "-", "auto", "light-dark", "rgb"] {
                    let family = property == "font-family";
                    assert!(family || !value.contains(odd), "{name}: {declaration}");
                }
            }
            if of.name() == "table" {
                assert!(
                    of.attr("role") == Some("presentation") || of.attr("style").is_some(),
                    "{name}: a table"
                );
            }
        }
    }
}

#[test]
fn a_plain_mail_has_lines_that_every_program_takes() {
    let files = made(&[Outlet::Email], Some(BASE));
    let mail = text(&files, "en.email.txt");
    for line in mail.lines() {
        assert!(line.chars().count() <= 78 || !line.trim().contains(' '), "{line}");
    }
    assert!(mail.contains("\n! Call 911 for any of these"), "{mail}");
    assert!(!mail.contains(['<', '*']), "{mail}");
}

#[test]
fn a_fragment_reaches_nothing_outside_of_itself() {
    let files = made(&[Outlet::Embed], Some(BASE));
    for name in ["en.fragment.html", "fa.fragment.html"] {
        let html = Html::parse_fragment(text(&files, name));
        for element in html.select(&Selector::parse("div.aftercare-embed *").expect("a selector")) {
            let of = element.value();
            for attribute in ["id", "class", "src", "name"] {
                assert!(of.attr(attribute).is_none(), "{name}: <{} {attribute}>", of.name());
            }
            match of.name() {
                "style" => {
                    let css: String = element.text().collect();
                    let rules =
                        css.strip_prefix("@layer{").expect("a layer").split('{').next().unwrap_or_default();
                    assert!(rules.split(',').all(|one| one.starts_with(".aftercare-embed")), "{css}");
                }
                "br" | "bdi" | "tbody" => {}
                of_name => {
                    let style = of.attr("style").unwrap_or_default();
                    assert!(style.starts_with("all:revert!important"), "{name}: <{of_name}> {style}");
                    assert!(style.split(';').all(|one| one.ends_with("!important")), "{name}: {style}");
                }
            }
        }
        assert!(!text(&files, name).contains("<script"), "{name}");
    }
    let fa = text(&files, "fa.fragment.html");
    assert!(fa.contains("dir=\"rtl\"") && fa.contains("border-right") && !fa.contains("border-left"));
}

#[test]
fn a_frame_runs_its_own_script_and_loads_nothing_else() {
    let files = made(&[Outlet::Embed], Some(BASE));
    let frame = text(&files, "en.embed.html");
    let html = Html::parse_document(frame);
    let script = html.select(&Selector::parse("script").expect("a selector")).collect::<Vec<_>>();
    assert_eq!(script.len(), 1);
    assert_eq!(script[0].value().attr("src"), Some("embed-frame.js"));
    assert_eq!(script[0].text().collect::<String>(), "");
    assert!(frame.contains("default-src 'none'; style-src 'unsafe-inline'; script-src 'self'"));
    let snippet = text(&files, "en.embed.txt");
    assert!(
        snippet.contains(&format!("<iframe src=\"{BASE}en.embed.html\" title=\"Dry needling aftercare\""))
    );
    assert!(snippet.contains(&format!("<script src=\"{BASE}embed.js\" async></script>")));
    for script in ["embed.js", "embed-frame.js"] {
        let script = text(&files, script);
        for word in ["fetch(", "XMLHttp", "cookie", "localStorage", "innerHTML", "eval(", "sendBeacon"] {
            assert!(!script.contains(word), "{word}");
        }
    }
}

#[test]
fn markdown_is_read_as_it_is_meant() {
    use pulldown_cmark::{Event, HeadingLevel, Parser, Tag};
    let files = made(&[Outlet::Markdown], Some(BASE));
    let markdown = text(&files, "en.md");
    let events: Vec<Event<'_>> = Parser::new(markdown).collect();
    let headings = |level: HeadingLevel| {
        events
            .iter()
            .filter(|event| matches!(event, Event::Start(Tag::Heading { level: of, .. }) if *of == level))
            .count()
    };
    assert_eq!(headings(HeadingLevel::H1), 1);
    assert!(headings(HeadingLevel::H2) >= 4 && headings(HeadingLevel::H3) >= 5);
    let document = general();
    let signs = document.safety().emergency().signs.len();
    let quoted = markdown.lines().filter(|line| line.starts_with("> - ")).count();
    assert_eq!(quoted, signs, "{markdown}");
    let html = events.iter().filter(|event| matches!(event, Event::Html(_) | Event::InlineHtml(_))).count();
    assert!(html <= 1, "only the mark at the end is HTML");
    assert!(!markdown.contains("\n\n\n"));
}

#[test]
fn the_same_texts_give_the_same_bytes() {
    assert_eq!(made(&ALL, Some(BASE)), made(&ALL, Some(BASE)));
}

#[test]
#[ignore = "needs Node, Chromium and `npm install --prefix tests/browser`"]
fn embedded_texts_hold_in_pages_of_others() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in made(&[Outlet::Embed], None) {
        std::fs::write(folder.path().join(name), bytes).expect("a file");
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/embed.mjs");
    let ended = Command::new("node").arg(script).arg(folder.path()).output().expect("Node");
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
}
