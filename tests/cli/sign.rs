//! `sign`: who approved the texts, and what every output says of it.

use crate::kit::{Desk, Ended};

const WORDS: &str = "clinic/content/treatments/dry-needling/en/safety.yaml";
const RECORD: &str = "clinic/content/treatments/dry-needling/signoff.yaml";

/// A clinic with one treatment in one language.
fn desk() -> Desk {
    let desk = Desk::new();
    assert_eq!(desk.call("init clinic --quiet").code, 0);
    for other in ["shockwave", "cupping"] {
        std::fs::remove_dir_all(desk.path(&format!("clinic/content/treatments/{other}"))).unwrap();
    }
    let profile = text(&desk, "clinic/content/clinic.yaml");
    desk.write(
        "clinic/content/clinic.yaml",
        profile.replace("phone: \"\"", "phone: 416 555-0100").replace(", shockwave, cupping]", "]"),
    );
    desk
}

fn text(desk: &Desk, name: &str) -> String {
    String::from_utf8(desk.read(name)).expect("text")
}

fn change(desk: &Desk, name: &str, from: &str, to: &str) {
    let before = text(desk, name);
    assert!(before.contains(from), "{name} has no `{from}`");
    desk.write(name, before.replace(from, to));
}

fn sign(desk: &Desk, more: &[&str]) -> Ended {
    desk.call_words(&[&["--clinic", "clinic", "sign", "--by", "Ann Lee, Physiotherapist"], more].concat())
}

fn status(desk: &Desk, more: &str) -> String {
    let ended = desk.call(&format!("--clinic clinic sign --status {more}"));
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    String::from_utf8(ended.stdout).expect("text")
}

/// What a sheet says at its foot.
fn said(desk: &Desk, more: &str) -> String {
    let ended = desk.call(&format!("--clinic clinic render --region neck --format html -o - {more}"));
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    let html = String::from_utf8(ended.stdout).expect("text");
    let foot = html.split("Draft of ").nth(1).map(|_| "draft");
    let reviewed = html.split("Reviewed ").nth(1).and_then(|rest| rest.split(" · ").next());
    assert!(foot.is_some() != reviewed.is_some(), "it says one of both");
    foot.or(reviewed).unwrap_or_default().to_owned()
}

#[test]
fn a_signature_stands_until_a_word_is_changed() {
    let desk = desk();
    assert_eq!(status(&desk, ""), "dry-needling en  draft: nobody has signed it\n");
    assert_eq!(said(&desk, ""), "draft");
    let ended = sign(&desk, &[]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert!(
        ended.stderr.contains("signed dry-needling in en: Ann Lee, Physiotherapist, on 2026-11-24"),
        "{}",
        ended.stderr
    );
    assert_eq!(
        status(&desk, ""),
        "dry-needling en  signed: Ann Lee, Physiotherapist, on 2026-11-24, until 2028-11-01\n"
    );
    assert_eq!(said(&desk, ""), "Nov 2026");
    let record = text(&desk, RECORD);
    assert!(record.contains("by: Ann Lee\n  role: Physiotherapist\n  on: 2026-11-24\n"), "{record}");
    assert!(
        record.contains("numbers: emergency 911; nurse-line Health811 (dial 811); phone 416 555-0100\n"),
        "{record}"
    );

    let brochure = desk.call("--clinic clinic brochure --for press -o out/");
    assert_eq!(brochure.code, 0, "{}", brochure.stderr);
    let site = desk.call("--clinic clinic site -o site/");
    assert_eq!(site.code, 0, "{}", site.stderr);
    let page = text(&desk, "site/en.html");
    let data = page.split("application/ld+json\">").nth(1).and_then(|rest| rest.split("</script>").next());
    let data: serde_json::Value = serde_json::from_str(data.expect("data for search engines")).expect("JSON");
    assert_eq!(
        (&data["reviewedBy"]["name"], &data["lastReviewed"]),
        (&"Ann Lee".into(), &"2026-11-24".into())
    );
    desk.write("roster.csv", "id,regions\na,neck\n");
    assert_eq!(desk.call("--clinic clinic batch roster.csv --require-signed -o sheets/").code, 0);
    let line: serde_json::Value =
        serde_json::from_slice(&desk.read("sheets/manifest.jsonl")).expect("a line");
    assert_eq!((&line["signed"], &line["treatment"]), (&true.into(), &"dry-needling".into()));

    // Ends of lines are not words.
    change(&desk, WORDS, "\n", "\r\n");
    assert!(status(&desk, "").contains("signed: Ann Lee"), "{}", status(&desk, ""));
    for (name, from, to, told) in [
        (WORDS, "Do not drive", "You may drive", "content/treatments/dry-needling/en/safety.yaml"),
        ("clinic/content/clinic.yaml", "emergency: \"911\"", "emergency: \"112\"", "numbers"),
        ("clinic/content/claims.yaml", "id: soreness-ends\n", "id: soreness-ends\n# \n", ""),
        (
            "clinic/content/treatments/dry-needling/treatment.yaml",
            "weakness-or-numbness: always",
            "weakness-or-numbness: over-spine",
            "content/treatments/dry-needling/treatment.yaml",
        ),
        (
            "clinic/content/exercises/en/stretches.yaml",
            "Lean on a wall",
            "Jump at a wall",
            "content/exercises/en/stretches.yaml",
        ),
        (
            "clinic/templates/html/foot.html",
            "</footer>",
            "<p>All is well.</p></footer>",
            "templates/html/foot.html",
        ),
        (
            "clinic/templates/site/style.css",
            "@media",
            ".lost{display:none} @media",
            "templates/site/style.css",
        ),
        ("clinic/content/figures/walk.svg", "#000000", "#000001", "figures"),
        ("clinic/content/clinic.yaml", "phone: 416 555-0100\n", "phone: Health811 (dial 811)\n", "numbers"),
        ("clinic/content/clinic.yaml", "{en: Health811 (dial 811)", "{en: Health811 (dial 812)", "numbers"),
    ] {
        let before = text(&desk, name);
        change(&desk, name, from, to);
        match told {
            "" => assert!(status(&desk, "").contains("signed: Ann Lee"), "a remark changes no claim"),
            told => {
                let line = "dry-needling en  draft: changed since the signature of Ann Lee, Physiotherapist, on 2026-11-24: ";
                assert_eq!(status(&desk, ""), format!("{line}{told}\n"));
                assert_eq!(said(&desk, ""), "draft", "{name}");
            }
        }
        desk.write(name, before);
    }
    assert_eq!(said(&desk, ""), "Nov 2026", "what was signed is there again");
}

#[test]
fn a_signature_has_an_end_and_a_beginning() {
    let desk = desk();
    assert_eq!(sign(&desk, &["--on", "2026-11-23"]).code, 0);
    assert!(status(&desk, "--now 2026-11-22T10:00").contains("a day to come"));
    assert!(status(&desk, "--now 2028-11-02T10:00").contains("held until 2028-11-01"));
    assert_eq!(said(&desk, "--now 2026-11-22T10:00 --session-at 2026-11-22T09:00"), "draft");
}

#[test]
fn nobody_signs_without_a_name_a_folder_or_readable_texts() {
    let desk = desk();
    let builtin = desk.call_words(&["sign", "--by", "Ann Lee, Physiotherapist"]);
    assert!(builtin.code == 2 && builtin.stderr.contains("aftercare init DIR"), "{}", builtin.stderr);
    for (words, message) in [
        (vec!["--by", "Ann Lee"], "names no role"),
        (vec!["--by", ", Physiotherapist"], "has no name"),
        (vec!["--by", "Ann Lee, Physiotherapist", "--on", "2026-12-24"], "still to come"),
        (vec!["--by", "Ann Lee, Physiotherapist", "--on", "2020-12-24"], "would hold until"),
        (vec!["--by", "Ann Lee, Physiotherapist", "--language", "fr"], "no language `fr`"),
        (vec!["--by", "Ann Lee, Physiotherapist", "--treatment", "dry"], "no treatment `dry`"),
        (vec![], "--by <NAME, ROLE>"),
    ] {
        let ended = desk.call_words(&[&["--clinic", "clinic", "sign"], &words[..]].concat());
        assert_eq!(ended.code, 2, "{words:?}: {}", ended.stderr);
        assert!(ended.stderr.contains(message), "{words:?}: {}", ended.stderr);
    }
    change(&desk, WORDS, "Do not drive", "{{ nothing }}");
    assert_eq!(sign(&desk, &[]).code, 2);
    assert!(!desk.path(RECORD).exists());
}

#[test]
fn drafts_are_held_back_where_somebody_asks_for_that() {
    let desk = desk();
    desk.write("roster.csv", "id,regions\na,neck\n");
    let ended = desk.call("--clinic clinic batch roster.csv --require-signed -o sheets/");
    assert!(ended.code == 2 && ended.stderr.contains("nobody has signed"), "{}", ended.stderr);
    assert!(!desk.path("sheets").exists());
    let ended = desk.call("--clinic clinic brochure --for press -o a.pdf");
    assert!(ended.code == 2 && ended.stderr.contains("is a draft"), "{}", ended.stderr);
    assert!(!desk.path("a.pdf").exists());
    assert_eq!(desk.call("--clinic clinic brochure --for press --draft -o a.pdf").code, 0);
    let page = String::from_utf8(desk.call("--clinic clinic site -o site/").stderr.into_bytes()).unwrap();
    assert!(text(&desk, "site/en.html").contains(r#""creativeWorkStatus":"Draft""#), "{page}");
    assert!(text(&desk, "site/en.html").contains("Draft of Nov 2026"));
    assert!(text(&desk, "site/en-wide.svg").contains("Draft of"), "a picture that goes round says it too");
}

/// A record of a language that the clinic has no more, half merged: nothing of it is written over.
#[test]
fn no_signature_takes_another_ones_place() {
    let desk = desk();
    assert_eq!(sign(&desk, &[]).code, 0);
    let whole = text(&desk, RECORD);
    let former =
        whole.replace("en:\n  by: Ann Lee", "de:\n  by: Max Ott").split_once("de:").unwrap().1.to_owned();
    desk.write(RECORD, format!("{whole}de:{former}"));
    assert_eq!(desk.call("--clinic clinic sign --by Bo,Physio").code, 0);
    let both = text(&desk, RECORD);
    assert!(both.contains("by: Max Ott") && both.contains("by: Bo\n") && !both.contains("Ann Lee"), "{both}");
    let damaged = format!("{whole}de:\n  by: Max\n");
    desk.write(RECORD, &damaged);
    let ended = sign(&desk, &[]);
    assert!(ended.code == 2 && ended.stderr.contains("a signature has no `role`"), "{}", ended.stderr);
    assert_eq!(text(&desk, RECORD), damaged);
}

#[test]
fn a_name_that_no_file_may_hold_is_refused_before_it_is_written() {
    let desk = desk();
    let ended =
        desk.call_words(&["--clinic", "clinic", "sign", "--by", "\u{202a}Ann Lee\u{202c}, Physiotherapist"]);
    assert!(ended.code == 2 && ended.stderr.contains("U+202A"), "{}", ended.stderr);
    assert!(!desk.path(RECORD).exists());
}

#[test]
fn a_sheet_of_a_signature_that_has_run_out_is_made_again() {
    let desk = desk();
    assert_eq!(sign(&desk, &[]).code, 0);
    change(&desk, RECORD, "until: 2028-11-01", "until: 2026-12-02");
    desk.write("roster.csv", "id,regions,session_at\na,neck,2026-12-01T10:00\n");
    let run =
        |now: &str| desk.call(&format!("--clinic clinic --now {now} batch roster.csv -o out/ --resume"));
    let signed = || {
        let line: serde_json::Value =
            serde_json::from_slice(&desk.read("out/manifest.jsonl")).expect("a line");
        line["signed"].clone()
    };
    assert_eq!(run("2026-12-01T12:00").code, 0);
    assert_eq!(signed(), true);
    assert!(run("2026-12-02T12:00").stderr.contains("1 kept from before"));
    let ended = run("2026-12-05T12:00");
    assert!(ended.stderr.contains("1 made, 0 kept from before"), "{}", ended.stderr);
    assert_eq!(signed(), false);
}

#[test]
fn text_says_it_too_and_pages_without_advice_say_nothing() {
    let desk = desk();
    let words = |desk: &Desk| {
        let ended = desk.call("--clinic clinic render --region neck --format text -o -");
        String::from_utf8(ended.stdout).expect("text")
    };
    assert!(words(&desk).contains("\nDraft of Nov 2026\n[aftercare "), "{}", words(&desk));
    assert_eq!(sign(&desk, &[]).code, 0);
    assert!(words(&desk).contains("\nReviewed Nov 2026\n[aftercare "));
    assert_eq!(desk.call("--clinic clinic site -o site/").code, 0);
    assert!(!text(&desk, "site/404.html").contains("Reviewed"));
}

#[test]
fn a_record_that_is_damaged_is_told_with_its_place() {
    let desk = desk();
    desk.write(RECORD, "en:\n  by: Ann Lee\n  on: 2026-11-24\n  until: 2026-01-01\n  covers: {}\n");
    let ended = desk.call("--clinic clinic sign --status");
    assert_eq!(ended.code, 2);
    assert!(ended.stderr.contains("a signature has no `role`"), "{}", ended.stderr);
    assert!(ended.stderr.contains("content/treatments/dry-needling/signoff.yaml:2"), "{}", ended.stderr);
}

#[test]
fn a_translation_is_signed_only_with_a_translator_and_a_second_reader() {
    let desk = desk();
    // A translation that nobody made: the first language's texts under another tag.
    for folder in ["languages/fr", "treatments/dry-needling/fr", "exercises/fr"] {
        std::fs::remove_dir_all(desk.path(&format!("clinic/content/{folder}")))
            .expect("French of the program");
    }
    for folder in ["languages/", "treatments/dry-needling/"] {
        let from = desk.path(&format!("clinic/content/{folder}en"));
        for entry in std::fs::read_dir(from).expect("texts") {
            let entry = entry.expect("a file");
            let name = format!("clinic/content/{folder}fr/{}", entry.file_name().to_string_lossy());
            desk.write(&name, std::fs::read(entry.path()).expect("a text"));
        }
    }
    let library = desk.path("clinic/content/exercises/en");
    for entry in std::fs::read_dir(library).expect("libraries") {
        let entry = entry.expect("a file");
        let name = format!("clinic/content/exercises/fr/{}", entry.file_name().to_string_lossy());
        desk.write(&name, std::fs::read(entry.path()).expect("a library"));
    }
    change(&desk, "clinic/content/clinic.yaml", "languages: [en]", "languages: [en, fr]");
    let refused = |names: &str| {
        let record = "clinic/content/treatments/dry-needling/fr/translation.yaml";
        if !names.is_empty() {
            desk.write(record, names);
        }
        let words =
            ["--clinic", "clinic", "sign", "--by", "Ann Lee, Physiotherapist", "--treatment", "dry-needling"];
        let ended = desk.call_words(&[&words[..], &["--language", "fr"]].concat());
        assert_ne!(ended.code, 0);
        ended.stderr
    };
    assert!(
        refused("").contains("a translation that names no translator and no second reader"),
        "{}",
        refused("")
    );
    assert!(refused("translator: Ana\n").contains("names no second reader"));
    let alone = "translator: Ana Roy\nsecond-reader: ana roy\n";
    assert!(refused(alone).contains("names one person as translator and second reader"));
    // Then the texts themselves are looked at.
    let both = refused("translator: Ana Roy\nsecond-reader: Luc Roy\n");
    assert!(!both.contains("second reader") && both.contains("same"), "{both}");
}

#[test]
fn a_sense_that_somebody_signed_is_not_held_against_what_it_came_as() {
    let desk = desk();
    change(&desk, WORDS, "Do not drive. ", "Drive. ");
    // Another editor's ends of lines hide no change.
    change(&desk, WORDS, "\n", "\r\n");
    let told = || {
        let ended = desk.call("--clinic clinic check");
        String::from_utf8(ended.stdout).expect("text") + &ended.stderr
    };
    let unsigned = told();
    assert!(unsigned.contains("says “not” here, and this one does not"), "{unsigned}");
    assert_eq!(unsigned.matches("came with the program").count(), 1, "{unsigned}");
    assert_eq!(sign(&desk, &[]).code, 0);
    let signed = told();
    assert!(!signed.contains("came with the program"), "{signed}");
}
