//! What loading and asking cost: the clinic folder once, Markdown and requests for each document.

use aftercare::content::files::Embedded;
use aftercare::content::markdown::{parse, parse_inline};
use aftercare::content::{Library, load};
use aftercare::request::roster::{Format, Roster};
use aftercare::request::{from_yaml, resolve};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

fn library() -> Library {
    load(&Embedded).unwrap_or_else(|faults| panic!("{faults}")).value.first
}

#[divan::bench]
fn clinic_folder(bencher: Bencher<'_, '_>) {
    bencher.bench(|| load(&Embedded));
}

/// Every body, answer, step, sign and word of a language: what one document takes from Markdown at the most.
#[divan::bench]
fn markdown_of_a_sheet(bencher: Bencher<'_, '_>) {
    let library = library();
    let pack = &library.packs[0];
    let bodies: Vec<_> = pack
        .sections
        .values()
        .map(|section| &section.body)
        .chain(pack.questions.iter().map(|question| &question.answer))
        .collect();
    bencher.bench(|| {
        for body in &bodies {
            black_box(parse(&body.text, &body.place, &library.pictures)).ok();
        }
    });
}

#[divan::bench]
fn words_of_a_sheet(bencher: Bencher<'_, '_>) {
    let library = library();
    let pack = &library.packs[0];
    bencher.bench(|| {
        for word in pack.words.values().chain(pack.safety.words.values()) {
            black_box(parse_inline(&word.text, &word.place)).ok();
        }
    });
}

const REQUEST: &str = "id: a-1\npatient: Zoë\nsession:\n  at: 2026-11-24T15:30\n  therapist: Rachel\n  regions: [neck, shoulder]\nplan:\n  next_visit: 2026-12-01T09:00\n  note: Walk a little.\n";

#[divan::bench]
fn request_file(bencher: Bencher<'_, '_>) {
    let library = library();
    let now = "2026-11-24T20:30:00Z".parse().unwrap_or_default();
    bencher.bench(|| resolve(&from_yaml("request.yaml", REQUEST, &library.keys), &library, now));
}

/// A thousand rows of CSV, read and resolved.
#[divan::bench]
fn roster_of_a_thousand(bencher: Bencher<'_, '_>) {
    let library = library();
    let now = "2026-11-24T20:30:00Z".parse().unwrap_or_default();
    let mut roster = "id,patient,session_at,therapist,regions,note\n".to_owned();
    for number in 0..1_000 {
        roster += &format!("a-{number},Zoë,2026-11-24T15:30,Rachel,neck;shoulder,Walk a little.\n");
    }
    bencher.bench(|| {
        let rows =
            Roster::open(roster.as_bytes(), Format::Csv, "roster.csv", &library.keys).into_iter().flatten();
        for row in rows {
            black_box(row.map(|row| resolve(&row.raw, &library, now))).ok();
        }
    });
}
