//! How long a document takes: the texts of the built-in clinic, compiled once, filled for one request.

use aftercare::content::files::Embedded;
use aftercare::content::{Library, load};
use aftercare::document::Document;
use aftercare::merge::Merger;
use aftercare::request::{Request, from_yaml, resolve};
use chrono::{DateTime, TimeDelta, Utc};
use divan::Bencher;
use std::sync::OnceLock;

fn main() {
    divan::main();
}

struct Clinic {
    library: Library,
    merger: Merger,
    request: Request,
}

fn clinic() -> &'static Clinic {
    static CLINIC: OnceLock<Clinic> = OnceLock::new();
    CLINIC.get_or_init(|| {
        let library = load(&Embedded).expect("the built-in clinic").value.first;
        let merger = Merger::new(&library).expect("its texts").value;
        let yaml = "{patient: Zoë, activity: running, precautions: [blood-thinners], \
                    session: {therapist: Valerie, regions: [neck, shoulder]}}";
        let now: DateTime<Utc> = "2026-11-24T20:30:00Z".parse().expect("a time");
        let request =
            resolve(&from_yaml("request.yaml", yaml, &library.keys), &library, now).expect("a request").value;
        Clinic { library, merger, request }
    })
}

fn merge(clinic: &Clinic, request: &Request) -> Document {
    clinic.merger.merge(&clinic.library, request, &|_| true).expect("a document").value
}

/// The same session again and again: what its texts came out as is kept.
#[divan::bench]
fn same_session(bencher: Bencher) {
    let clinic = clinic();
    bencher.bench(|| merge(clinic, &clinic.request));
}

/// A different minute each time: every text with a clock time is read anew.
#[divan::bench]
fn other_times(bencher: Bencher) {
    let clinic = clinic();
    let mut minutes = 0;
    bencher
        .with_inputs(|| {
            minutes += 1;
            let mut request = clinic.request.clone();
            request.session_at += TimeDelta::minutes(minutes);
            request
        })
        .bench_local_values(|request| merge(clinic, &request));
}

/// Compiling every text of the clinic and trying each.
#[divan::bench(sample_count = 20)]
fn compile(bencher: Bencher) {
    let clinic = clinic();
    bencher.bench(|| Merger::new(&clinic.library).expect("its texts"));
}
