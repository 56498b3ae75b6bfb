//! The same bytes, today or next year: hashes of whole files from the built-in clinic folder.
//!
//! A change of content, layout or writer changes them, and is then accepted with `cargo insta accept`. A change that
//! nobody meant shows here.

use aftercare::locale::Language;
use aftercare::options::{Fold, Marks, Paper, Purpose};
use aftercare::{BrochureRequest, Engine, request_from_yaml};
use chrono::{TimeZone, Utc};
use sha2::{Digest, Sha256};

#[path = "support/phone.rs"]
#[allow(dead_code)]
mod phone;

const REQUESTS: [(&str, &str); 5] = [
    ("plain", "session: {at: 2026-11-24T15:30, regions: [calf]}"),
    (
        "full",
        "patient: Zoë\nsession: {at: 2026-11-24T15:30, therapist: Valerie, intensity: intense, regions: [neck, shoulder]}\n\
         plan: {note: Start with the wall slide., next_visit: 2026-12-01T10:00}\nactivity: running",
    ),
    (
        "careful",
        "patient: Ανδρέας Nguyễn\nsession: {at: 2026-11-24T15:30, regions: [ribs]}\n\
         precautions: [blood-thinners, fluid-limit, pregnancy, faints, immune]",
    ),
    ("large", "session: {at: 2026-11-24T15:30, regions: [hip]}\nprint: {edition: large-print, paper: a4}"),
    ("grey", "session: {at: 2026-11-24T15:30, regions: [hand]}\nprint: {edition: ink-saver}"),
];

#[test]
fn the_files_are_the_bytes_that_they_were() {
    let engine = Engine::built_in().expect("the built-in folder loads").value;
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap();
    let mut lines = Vec::new();
    for (name, yaml) in REQUESTS {
        let typed = request_from_yaml("request.yaml", yaml, engine.keys());
        let request = engine.request(&typed, now).expect("a good request").value;
        let pdf = engine.render_pdf(&request).expect("a sheet").value;
        let html = engine.render_html(&request).expect("a page").value;
        lines.push(format!("{name}.pdf  {} {} bytes", hash(&pdf.bytes), pdf.bytes.len()));
        lines.push(format!("{name}.html {} {} bytes", hash(html.as_bytes()), html.len()));
        if pdf.pages == 2 {
            // The fullest of them has a section more since "In short" found room on it, some 350 bytes.
            assert!(pdf.bytes.len() <= 40_350, "{name}: {} bytes", pdf.bytes.len());
        }
    }
    lines.extend(brochures(&phone::engine()));
    insta::assert_snapshot!(lines.join("\n"));
}

fn brochures(engine: &Engine) -> impl Iterator<Item = String> {
    let day = "2026-11-24".parse().expect("a day");
    let papers = |fold: &'static Fold| Paper::ALL.iter().map(move |paper| (*fold, *paper));
    let sheets = Fold::ALL.iter().flat_map(papers);
    let each =
        sheets.flat_map(|(fold, paper)| Purpose::ALL.iter().map(move |purpose| (fold, paper, *purpose)));
    each.map(move |(fold, paper, purpose)| {
        let language = Language::new("en");
        let asked = BrochureRequest {
            treatment: "dry-needling".into(),
            fold,
            paper,
            purpose,
            language,
            proof: false,
            marks: Marks::Crop,
        };
        let bytes = engine.brochure(&asked, day).expect("a brochure").value.bytes;
        format!("brochure {fold} {paper} {purpose} {} {} bytes", hash(&bytes), bytes.len())
    })
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn three_sheets_sound_as_they_did() {
    let engine = Engine::built_in().expect("the built-in folder loads").value;
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap();
    for (name, yaml) in &REQUESTS[..3] {
        let typed = request_from_yaml("request.yaml", yaml, engine.keys());
        let request = engine.request(&typed, now).expect("a good request").value;
        insta::assert_snapshot!(*name, engine.render_text(&request).expect("a reading").value);
    }
}
