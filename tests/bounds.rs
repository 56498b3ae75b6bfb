//! Time and memory are bounded: what is over a limit of docs/content-format.md is refused with its count, and the worst
//! within the limits is printed with little memory and time.

use aftercare::Engine;
use aftercare::content::files::{Embedded, Memory};
use aftercare::content::{load, proofread, prose_words};
use aftercare::diagnostic::Faults;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Address space of a run, KiB. The program and its libraries count in it, built without optimization too.
const MEMORY: u32 = 300 << 10;
/// Processor time of a run, seconds: many times what it takes, so that it ends what would not end.
const TIME: u32 = 60;

const DATES: &str = "claims: [take-it-easy], reviewed: 2026-11-01, review-by: 2028-11-01";

fn built_in() -> Memory {
    Memory::copy(&Embedded).expect("the built-in folder")
}

fn with(path: &str, text: impl Into<Vec<u8>>) -> Memory {
    let mut folder = built_in();
    put(&mut folder, path, text);
    folder
}

fn put(folder: &mut Memory, path: &str, text: impl Into<Vec<u8>>) {
    folder.0.insert(path.to_owned(), text.into().into());
}

fn questions(count: usize, answer: &str) -> String {
    let question = |number| {
        format!(
            "- {{id: q{number}, question: May I do {number}?, answer: {answer:?}, priority: 40, {DATES}}}\n"
        )
    };
    (0..count).map(question).collect()
}

fn section(id: &str, text: &str) -> String {
    let dates = DATES.replace(", r", "\nr");
    format!("---\nid: {id}\ntitle: More\norder: 80\naudience: both\npriority: 30\n{dates}\n---\n{text}\n")
}

fn table(rows: usize, columns: usize) -> String {
    let row = |cell: &str| format!("|{}\n", format!("{cell}|").repeat(columns));
    row("head") + &row("-") + &row("cell").repeat(rows)
}

fn figure(attributes: &str, inner: &str) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 48 48\"{attributes}>\n{inner}</svg>\n")
}

const TREATMENT: &str = "content/treatments/dry-needling/treatment.yaml";
const CLOSING: &str = "content/treatments/dry-needling/en/closing.md";
const WALK: &str = "content/figures/walk.svg";

/// Each font is held in memory: a list is bounded before it is read, and what stands twice is held once.
#[test]
fn fonts_for_scripts_are_few_and_each_is_loaded_once() {
    let brand = |count: usize| {
        let names = vec!["NotoSans-Regular.ttf, DejaVu.ttf"; count].join(", ");
        let text = String::from_utf8(built_in().0["templates/brand.yaml"].to_vec()).expect("text");
        let mut folder = with(
            "templates/brand.yaml",
            text.replacen("fonts:\n", &format!("fonts:\n  scripts: [{names}]\n"), 1),
        );
        let font = folder.0["fonts/NotoSans-Regular.ttf"].to_vec();
        put(&mut folder, "fonts/DejaVu.ttf", font);
        Engine::load(&folder)
    };
    let engine = brand(30).expect("sixty names").value;
    let fonts = engine.library().fonts.clone();
    assert_eq!(fonts.scripts.len(), 1, "one of the two is a font of every sheet");
    assert!(engine.treatments().all(|library| std::sync::Arc::ptr_eq(&library.fonts, &fonts)));
    let told = brand(31).expect_err("sixty-two names").to_string();
    assert!(told.contains("brand.yaml:") && told.contains("the list has 62 fonts, allowed are 60"), "{told}");
}

#[test]
fn what_is_over_a_limit_is_refused_with_its_count_and_its_place() {
    let namespaces: String = (0..32).map(|number| format!(" xmlns:n{number}=\"u\"")).collect();
    let attributes: String = (0..100).map(|number| format!(" a{number}=\"\"")).collect();
    let rule = |number| format!("- {{id: r{number}, reason: none, words: {{en: [never]}}}}\n");
    let phrases: Vec<String> = (0..1001).map(|number| format!("never{number}")).collect();
    let mut sections = built_in();
    (0..60).for_each(|number| {
        let id = format!("more-{number:02}");
        put(&mut sections, &format!("content/treatments/dry-needling/en/{id}.md"), section(&id, "Rest."));
    });
    let mut drawings = built_in();
    (0..17).for_each(|number| {
        put(&mut drawings, &format!("content/figures/f{number}.svg"), " ".repeat(240 << 10))
    });
    let figures = drawings.0.iter().filter(|(path, _)| path.starts_with("content/figures/"));
    let bytes: usize = figures.map(|(_, data)| data.len()).sum();
    let told = format!(
        "content/figures: the figures are together {} KiB long, allowed are 4096; save them as plain SVG, with fewer points",
        bytes.div_ceil(1 << 10)
    );
    let own: String = (0..33).map(|number| format!("  f{number}: {{precautions: [immune]}}\n")).collect();
    let treatment = String::from_utf8(built_in().0[TREATMENT].to_vec()).expect("text");
    let cases = [
        (
            with(TREATMENT, treatment.replacen("facts:\n", &format!("facts:\n{own}"), 1)),
            "content/treatments/dry-needling/treatment.yaml:166:3: the treatment has 41 facts, allowed are 40; leave out \
             those that no sign and no text asks for",
        ),
        (
            with("content/treatments/dry-needling/en/faq.yaml", questions(201, "Yes.")),
            "content/treatments/dry-needling/en/faq.yaml:201:3: the file has 201 questions, allowed are 200; a sheet has room for ten: merge some, \
             or leave some out",
        ),
        (
            with(CLOSING, section("closing", &"A.\n\n".repeat(201))),
            "content/treatments/dry-needling/en/closing.md:411:1: the text has 201 paragraphs, items and other blocks, allowed are 200; part it \
             into sections of their own",
        ),
        (
            with(CLOSING, section("closing", &table(41, 2))),
            "content/treatments/dry-needling/en/closing.md:53:1: the table has 41 rows, allowed are 40; part it into tables of their own, each with \
             a head",
        ),
        (
            with(CLOSING, section("closing", &table(1, 9))),
            "content/treatments/dry-needling/en/closing.md:11:1: the table has 9 columns, allowed are 8; a column of a sheet is narrow: turn the \
             table, or say it in a list",
        ),
        (
            with(CLOSING, section("closing", &"word ".repeat(7000))),
            "content/treatments/dry-needling/en/closing.md:11:1: the text is 35 KiB long, allowed are 32; part it into sections or questions of \
             their own",
        ),
        (
            with("content/treatments/dry-needling/en/faq.yaml", questions(200, &"word ".repeat(600))),
            "content/treatments/dry-needling/en: the texts of this language are together 607 KiB long, allowed are 512; a sheet has two sides: \
             leave out what no sheet and no page has room for",
        ),
        (
            sections,
            "content/treatments/dry-needling/en/more-55.md: the folder has 72 sections, allowed are 60; merge some, or leave some out",
        ),
        (
            with(CLOSING, section("closing", &"![A person walks.](walk)\n\n".repeat(61))),
            "content/treatments/dry-needling/en: the language has 61 figures, allowed are 60; leave some out of the texts",
        ),
        (drawings, told.as_str()),
        (
            with(WALK, figure(&namespaces, "")),
            "content/figures/walk.svg:1: the picture has 33 namespaces, allowed are 32; save it as plain SVG",
        ),
        (
            with(WALK, figure("", &format!("<g/>\n<g{attributes} b=\"\"/>"))),
            "content/figures/walk.svg:3: an element has 101 attributes, allowed are 100; save it as plain SVG",
        ),
        (
            with("content/advertising.yaml", (0..101).map(rule).collect::<String>()),
            "content/advertising.yaml:101:3: the file has 101 entries, allowed are 100; leave out those that nobody uses",
        ),
        (
            with(
                "content/advertising.yaml",
                format!("- {{id: r, reason: none, words: {{en: [{}]}}}}\n", phrases.join(", ")),
            ),
            "content/advertising.yaml: the file has 1001 phrases, allowed are 1000; leave out those that another one covers",
        ),
    ];
    for (folder, message) in cases {
        let told = match Engine::load(&folder) {
            Err(Faults(faults)) => Faults(faults).to_string(),
            Ok(_) => "no fault".to_owned(),
        };
        assert!(told.lines().any(|line| line == message), "wanted: {message}\ngot:    {told}");
    }
}

/// Runs the program with bounded memory and time, in a folder of its own.
fn run(folder: &Memory, arguments: &[&str]) -> Output {
    let place = tempfile::tempdir().expect("a folder");
    for (path, data) in &folder.0 {
        let file = place.path().join("clinic").join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, data).expect("a file");
    }
    let limited = format!("ulimit -v {MEMORY}; ulimit -t {TIME}; exec \"$0\" --clinic clinic \"$@\"");
    let program = Path::new(env!("CARGO_BIN_EXE_aftercare"));
    let mut command = Command::new("sh");
    command.arg("-c").arg(limited).arg(program).args(arguments).current_dir(place.path());
    command.output().expect("it runs")
}

fn prints(what: &str, folder: &Memory) {
    for arguments in [&["render", "--region", "neck", "-o", "out.pdf"][..], &["brochure", "-o", "out.pdf"]] {
        let output = run(folder, arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{what}, {arguments:?}: {:?}\n{said}", output.status);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_most_questions_of_the_most_words_are_printed_in_little_memory_and_time() {
    let answer =
        "Walk {% if pregnancy %}a little{% elif fluid_limit %}slowly{% else %}gently{% endif %} on. ";
    prints(
        "questions",
        &with("content/treatments/dry-needling/en/faq.yaml", questions(200, &answer.repeat(25))),
    );
}

#[cfg(target_os = "linux")]
#[test]
fn the_longest_text_is_printed_in_little_memory_and_time() {
    for (what, text) in [("words", "a ".repeat(16_000)), ("one word", "a".repeat(32_000))] {
        prints(what, &with(CLOSING, section("closing", &text)));
    }
    let wide = "é".repeat(16_000);
    prints("one word of two bytes", &with(CLOSING, section("closing", &wide)));
}

#[cfg(target_os = "linux")]
#[test]
fn the_most_sections_blocks_rows_and_figures_are_printed_in_little_memory_and_time() {
    let mut folder = built_in();
    let path = "<path d=\"M0 0L9 9\" stroke=\"#000000\"/>\n".repeat(1000);
    put(&mut folder, WALK, figure("", &path));
    let bodies = [
        "![A person walks.](walk)\n\n".repeat(5),
        "### A\n\n".repeat(200),
        "- a\n".repeat(199),
        table(40, 8) + "\n" + &"a\n\n".repeat(190),
    ];
    let names = folder
        .0
        .keys()
        .filter(|path| path.starts_with("content/treatments/dry-needling/en/") && path.ends_with(".md"));
    for number in 0..60 - names.count() {
        let id = format!("more-{number:02}");
        put(
            &mut folder,
            &format!("content/treatments/dry-needling/en/{id}.md"),
            section(&id, &bodies[number % bodies.len()]),
        );
    }
    let places: Vec<String> = (0..40).map(|number| format!("\"more-{number:02}\"")).collect();
    let template = format!("{{{{ stacked(sections=[{}, \"faq\"]) }}}}", places.join(", "));
    put(&mut folder, "templates/handout.md.tera", template);
    prints("sections", &folder);
}

#[cfg(target_os = "linux")]
#[test]
fn phrases_that_all_begin_alike_are_looked_for_in_little_memory_and_time() {
    let phrases: Vec<String> = (0..1000).map(|number| format!("word word word {number}")).collect();
    let mut folder =
        with("content/treatments/dry-needling/en/faq.yaml", questions(170, &"word ".repeat(500)));
    let rules = format!("- {{id: r, reason: none, words: {{en: [{}]}}}}\n", phrases.join(", "));
    put(&mut folder, "content/advertising.yaml", rules);
    prints("phrases", &folder);
}

/// `check` proofreads texts of every hostile kind, and what a clinic's own list of words says.
#[cfg(target_os = "linux")]
#[test]
fn hostile_texts_are_proofread_in_little_memory_and_time() {
    let words = String::from_utf8(built_in().0["content/prose/en.yaml"].to_vec()).expect("text");
    let words = words.replacen("spans:\n", "spans:\n  4000000000: [for ages]\n", 1);
    let mut folder = with("content/prose/en.yaml", words);
    let kinds = ["a", ".", "is ", "a  ", "one day ", "1,000,", "call 119 ", "{{ rest.span }}  ", "for ages "];
    for (number, kind) in kinds.into_iter().enumerate() {
        let id = format!("more-{number}");
        let text = kind.repeat(32_000 / kind.len());
        put(&mut folder, &format!("content/treatments/dry-needling/en/{id}.md"), section(&id, &text));
    }
    let output = run(&folder, &["check"]);
    let told = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    for told_of in ["stands twice", "two spaces stand here", "is written out", "no number of the clinic's"] {
        assert!(told.contains(told_of), "{told_of}");
    }
}

/// A template is read word by word in each language, and so are texts, with what stands in front of their numbers.
#[test]
fn texts_that_would_take_long_to_read_are_refused_or_read_at_once() {
    let layout = "content/treatments/dry-needling/handout.md.tera";
    let shared = "templates/handout.md.tera";
    let built_in = built_in();
    let path = [layout, shared].into_iter().find(|path| built_in.0.contains_key(*path)).unwrap_or(layout);
    let read = load(&built_in).expect("the built-in folder").value;
    let (words, _) = prose_words(&built_in);
    let found = |folder: &Memory| proofread(folder, &read, &words, None);
    let long = with(path, "{# #} call x 12345 1 day \n".repeat(40_000));
    let told: Vec<_> = found(&long).into_iter().filter(|fault| fault.code == "text-too-long").collect();
    assert_eq!(told.len(), 1, "{told:#?}");
    assert_eq!(told[0].place.as_ref().map(|place| &*place.file), Some(path));
    for piece in ["call x 12345 ", "1 day "] {
        let folder = with("templates/html/foot.html", piece.repeat((32 << 10) / piece.len()));
        assert!(found(&folder).iter().any(|fault| fault.code != "text-too-long"));
    }
}
