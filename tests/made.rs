//! A made-up treatment of another shape (no areas, weeks, ordered steps with gates, no exercises) goes through every output,
//! and no line of the program knows it.

#[path = "support/made_folder.rs"]
mod made_folder;

use aftercare::content::files::Files;
use aftercare::diagnostic::Faults;
use aftercare::html::visible_text;
use aftercare::locale::Language;
use aftercare::options::{Fold, Marks, Paper, Purpose};
use aftercare::web::app;
use aftercare::{AccessGuard, BaseUrl, BrochureRequest, Engine, Request, Site, SiteFiles, request_from_yaml};
use axum::body::{Body, to_bytes};
use axum::http::{StatusCode, header};
use chrono::{TimeZone, Utc};
use made_folder::folder;
use serde_json::Value;
use std::convert::Infallible;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Arc, OnceLock};
use tower::ServiceExt;

const MADE: &str = "back-to-juggling";
const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const FULL: &str = "patient: Ada\ncare: [dizzy, weak-grip]\n\
    session: {at: 2026-11-24T15:30, hand: both, therapist: Suzie}\n\
    plan: {pace: slow, props: [torches], partner: Zed, next_show: 2026-12-24T19:00}";

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::load(&folder()).unwrap_or_else(|faults| panic!("{faults}")).value)
}

fn asked(yaml: &str) -> Result<Request, Faults> {
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap();
    engine().request(&request_from_yaml("r.yaml", yaml, engine().keys()), now).map(|report| report.value)
}

fn request(yaml: &str) -> Request {
    asked(yaml).unwrap_or_else(|faults| panic!("{faults}"))
}

fn text(yaml: &str) -> String {
    engine().render_text(&request(yaml)).unwrap_or_else(|faults| panic!("{faults}")).value
}

fn faults_of(path: &str, from: &str, to: &str) -> String {
    let mut folder = folder();
    let text = String::from_utf8(folder.0[path].to_vec()).expect("text");
    assert!(text.contains(from), "{path} has no `{from}`");
    folder.0.insert(path.into(), text.replace(from, to).into_bytes().into());
    Engine::load(&folder).err().map(|faults| faults.to_string()).unwrap_or_default()
}

/// What treatments share names areas, exercises and claims of others: a clinic may offer this one, and take the others out.
#[test]
fn it_may_stand_alone() {
    let mut folder = folder();
    folder.0.retain(|path, _| !path.starts_with("content/treatments/dry-needling/"));
    let profile = "content/clinic.yaml";
    let text = String::from_utf8(folder.0[profile].to_vec()).expect("text");
    let text = text.replace(&format!("[{MADE}, dry-needling]"), &format!("[{MADE}]"));
    folder.0.insert(profile.into(), text.into_bytes().into());
    let now = |_| Ok::<_, Infallible>(Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap());
    let found = Engine::check(&folder, now).expect("a time");
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn what_is_typed_prints_in_every_language() {
    let show = "content/treatments/back-to-juggling/en/your-show.md";
    let told = faults_of(show, "{{ partner }}", "Your partner");
    assert!(told.contains("no text of `en` prints `partner`: what is typed there would be lost"), "{told}");
}

#[test]
fn treatments_with_one_name_are_told() {
    let words = "content/treatments/dry-needling/en/words.yaml";
    let told = faults_of(words, "treatment: Dry needling", "treatment: Back to juggling");
    assert!(told.contains("are both called “Back to juggling”"), "{told}");
    let told = faults_of(words, "treatment: Dry needling", "treatment: back-to-juggling");
    assert!(told.contains("are both called “back-to-juggling”"), "{told}");
}

#[test]
fn a_sign_of_a_window_tells_its_time_to_every_reader() {
    let words = "content/treatments/dry-needling/en/safety.yaml";
    let told = faults_of(
        words,
        "Still sore {{ call_if_sore_after.after }}.",
        "Still sore{% if for_patient %} {{ call_if_sore_after.after }}{% endif %}.",
    );
    assert!(
        told.contains("does not tell a time of the window `call_if_sore_after` on every sheet"),
        "{told}"
    );
}

#[test]
fn a_sign_names_no_limit_that_may_be_moved_to_a_morning() {
    let words = "content/treatments/dry-needling/en/safety.yaml";
    let told = faults_of(words, "Still sore {{ call", "Worse {{ rest.after }}, or still sore {{ call");
    assert!(told.contains("names the limit `rest`, whose end may be moved to a morning"), "{told}");
}

/// That these stand in a text, one after the other.
fn in_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let found = rest.split_once(part);
        rest = found.unwrap_or_else(|| panic!("no {part:?} where it belongs in:\n{text}")).1;
    }
}

#[test]
fn the_sheet_counts_weeks_and_has_the_steps_in_order_with_their_gates() {
    let sheet = text("session: {at: 2026-11-24T15:30, hand: left}");
    in_order(
        &sheet,
        &[
            "Your way back to juggling",
            "Throw nothing until December 8\nTuesday, 3:30 pm\n",
            "- Throw nothing until Tue Dec 8, 3:30 pm",
            "- A stiff hand is normal until Tue Dec 15, 3:30 pm",
            "- No full show until Tue Jan 19, 3:30 pm or longer",
            "Still stiff? Call us.",
            "Call 911 for any of these",
            "- You cannot get your breath.",
            "Get help today",
            "- A cold or blue hand.",
            "Call us: 416 555 0142",
            "- A hand still stiff after Tuesday, Jan 5, 3:30 pm.",
            "Step by step",
            "1. Throw one scarf. Start after Tuesday, Dec 8, 3:30 pm. Go on when it does not hurt.",
            "2. Throw one ball. Next step: after Tuesday, Dec 22, 3:30 pm. Go on when you drop none of ten.",
            "3. Throw three balls. Next step: after Tuesday, Jan 19, 3:30 pm.",
            "4. Do a show.",
        ],
    );
    for other in ["burn", "drop things", "dizzy", "sponge", "Your show", "needl"] {
        assert!(!sheet.contains(other), "{other}:\n{sheet}");
    }
}

#[test]
fn what_is_true_of_the_patient_changes_signs_rows_and_steps() {
    let sheet = text(FULL);
    in_order(
        &sheet,
        &[
            "Ada",
            "- No fire before we say so",
            "- A burn as big as your hand.",
            "- You drop things from both hands.",
            "- You get dizzy when you look up.",
            "Juggle in a chair.",
            "1. Throw one scarf.",
            "3. Squeeze a sponge. Go on when your grip is firm.",
            "5. Do a show with no fire.",
            "Your grip comes first.",
            "Zed catches what you drop.",
        ],
    );
    let longer = text("session: {at: 2026-11-24T15:30, hand: left}\nplan: {rest_hours: 840}");
    in_order(&longer, &["Throw nothing until Tue Dec 29, 3:30 pm", "Next step: after Tuesday, Dec 29"]);
}

#[test]
fn a_text_of_an_option_that_no_font_has_costs_itself_and_not_the_sheet() {
    let request = request("session: {at: 2026-11-24T15:30, hand: left}\nplan: {partner: \"Zed \u{1f44d}\"}");
    let made = engine().render_text(&request).expect("a sheet");
    assert!(made.value.contains("Zed catches what you drop."), "{}", made.value);
    let told = made.warnings.iter().find(|warning| warning.code == "changed-note").expect("a warning");
    assert!(told.message.contains("this text prints without U+1F44D"), "{told:?}");
    assert_eq!(told.place.as_ref().map(|place| &*place.file), Some("partner"));
    assert!(engine().render_pdf(&request).is_ok());
    let faults =
        asked("session: {hand: left}\nplan: {partner: \"Zed\\nYan\"}").expect_err("two lines").to_string();
    assert!(faults.contains("`plan.partner` must be one line"), "{faults}");
}

/// Nobody is asked where it was: a library of its own shows its first figures, but those that do not suit the patient.
#[test]
fn without_areas_a_library_shows_its_first_exercises() {
    let mut folder = folder();
    let treatment = format!("content/treatments/{MADE}/treatment.yaml");
    let words = format!("content/treatments/{MADE}/en/words.yaml");
    let template = format!("content/treatments/{MADE}/handout.md.tera");
    let mut edit = |path: &str, from: &str, to: &str| {
        let text = String::from_utf8(folder.0[path].to_vec()).expect("text");
        assert!(text.contains(from), "{path} has no `{from}`");
        folder.0.insert(path.into(), text.replacen(from, to, 1).into_bytes().into());
    };
    edit(&treatment, "windows:", "libraries: {tricks: {per-sheet: 2}}\n\nwindows:");
    edit(&words, "steps:", "exercises: Small tricks\n\nsteps:");
    edit(&template, "\"steps\", ", "\"steps\", \"exercises\", ");
    let trick = |id: &str, name: &str, rest: &str| {
        format!(
            "- {{id: {id}, name: {name}, alt: A hand with a scarf., steps: [Do it slowly.], regions: [], priority: 60, \
             {rest}claims: [own-advice], reviewed: 2026-11-01, review-by: 2029-10-31}}\n"
        )
    };
    let tricks = [
        trick("two-hands", "Both hands at once", "not-with: {dizzy: Not while you are dizzy.}, "),
        trick("circle", "A slow circle", ""),
        trick("cross", "A slow cross", ""),
        trick("snake", "A slow snake", ""),
    ];
    let path = format!("content/treatments/{MADE}/en/tricks.yaml");
    folder.0.insert(path, tricks.concat().into_bytes().into());
    let engine = Engine::load(&folder).unwrap_or_else(|faults| panic!("{faults}")).value;
    let shown = |yaml: &str| {
        let now = Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap();
        let request = engine.request(&request_from_yaml("r.yaml", yaml, engine.keys()), now);
        let request = request.unwrap_or_else(|faults| panic!("{faults}")).value;
        let text = engine.render_text(&request).unwrap_or_else(|faults| panic!("{faults}")).value;
        let names = ["Both hands at once", "A slow circle", "A slow cross", "A slow snake"];
        names.into_iter().filter(|name| text.contains(name)).collect::<Vec<_>>()
    };
    assert_eq!(shown("session: {hand: left}"), ["Both hands at once", "A slow circle"]);
    assert_eq!(shown("session: {hand: left}\ncare: [dizzy]"), ["A slow circle", "A slow cross"]);
}

/// A step of some stands in the text for everybody where its words ask whom it is for.
#[test]
fn the_page_for_everybody_has_the_steps_of_some_that_ask() {
    let text = text("session: {hand: left}\ncare: [weak-grip]");
    assert!(text.contains("Squeeze a sponge.") && !text.contains("A weak grip?"), "{text}");
    let site = public();
    let all: String = site
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(_, bytes)| visible_text(&String::from_utf8_lossy(bytes)))
        .collect();
    assert!(all.contains("A weak grip? Squeeze a sponge first."), "no step that asks");
}

#[test]
fn the_steps_cannot_be_left_out() {
    let mut folder = folder();
    let template = format!("content/treatments/{MADE}/handout.md.tera");
    let text = String::from_utf8(folder.read(&template).expect("a file").into_owned()).expect("text");
    folder.0.insert(template.clone(), text.replace("\"steps\", ", "").into_bytes().into());
    let faults = Engine::load(&folder).map(|_| ()).expect_err("a template without the steps").to_string();
    assert!(faults.contains(&template) && faults.contains("`steps` is on no sheet"), "{faults}");

    let faults = asked("session: {hand: left}\nprint: {sections: {exclude: [steps]}}").unwrap_err();
    assert!(faults.to_string().contains("the steps always print"), "{faults}");
}

#[test]
fn pdf_and_page_hold_the_steps_and_are_the_same_twice() {
    let request = request(FULL);
    let pdf = || engine().render_pdf(&request).unwrap_or_else(|faults| panic!("{faults}")).value.bytes;
    let first = pdf();
    assert!(first.starts_with(b"%PDF"));
    assert_eq!(first, pdf(), "the same bytes twice");
    let html = engine().render_html(&request).unwrap_or_else(|faults| panic!("{faults}")).value;
    assert!(!html.contains("left:99.11%"), "a day's label that would stand outside of the sheet");
    let seen = visible_text(&html);
    in_order(&seen, &["Step by step", "Throw one scarf.", "Squeeze a sponge.", "Throw three balls."]);
}

#[test]
fn an_option_of_another_treatment_is_refused_by_its_name() {
    for (yaml, name) in [
        ("session: {hand: left, intensity: light}", "intensity"),
        ("session: {hand: left, regions: [neck]}", "regions"),
        ("session: {hand: left}\nplan: {stretches: [chin-tucks]}", "stretches"),
    ] {
        let faults = asked(yaml).expect_err(name).to_string();
        assert!(faults.contains(name), "{name}: {faults}");
    }
    let faults = asked("session: {at: 2026-11-24T15:30}").expect_err("no hand").to_string();
    assert!(faults.contains("hand"), "{faults}");
    let faults = asked("session: {hand: both}\nplan: {pace: fast}").expect_err("both, fast").to_string();
    assert!(faults.contains("Both hands rest, so no step can be fast."), "{faults}");
}

#[test]
fn brochures_of_every_fold_are_made_of_its_words() {
    let today = "2026-11-24".parse().expect("a day");
    for fold in Fold::ALL {
        let asked = BrochureRequest {
            treatment: MADE.into(),
            fold: *fold,
            paper: Paper::Letter,
            purpose: Purpose::Office,
            language: Language::new("en"),
            proof: false,
            marks: Marks::Crop,
        };
        let made = engine().brochure(&asked, today).unwrap_or_else(|faults| panic!("{faults}")).value;
        assert!(made.bytes.starts_with(b"%PDF"));
        let text = engine().brochure_text(&asked, today).unwrap_or_else(|faults| panic!("{faults}"));
        for part in [
            "Throw three balls.",
            "7 to 14 days",
            "Call 911 for a burn as big as your hand.",
            "Still stiff after 6 weeks? Call us.",
        ] {
            assert!(text.contains(part), "{fold:?}: no {part}:\n{text}");
        }
    }
}

fn public() -> SiteFiles {
    let base = BaseUrl::new("https://www.example.org/aftercare/").expect("an address");
    let made = engine().site(Some(&base), "2026-11-24".parse().expect("a day"));
    made.unwrap_or_else(|faults| panic!("{faults}")).value
}

#[test]
fn the_public_site_has_its_page_its_pictures_and_a_choice_of_treatments() {
    let site = public();
    let page = |name: &str| {
        let bytes = site.get(name).unwrap_or_else(|| panic!("no {name} in {:?}", site.keys()));
        std::str::from_utf8(bytes).expect("UTF-8")
    };
    let own = page("en.html");
    let seen = visible_text(own);
    for part in [
        "Back to juggling",
        "A stiff hand is normal",
        "Call 911 for a burn as big as your hand.",
        "for 7 to 14 days",
        "Throw three balls.",
    ] {
        assert!(seen.contains(part), "no {part}");
    }
    for window in ["rest", "stiff", "full_show", "call_after"] {
        assert!(own.contains(window), "the page cannot reckon `{window}`");
    }
    let choice = visible_text(page("index.html"));
    assert!(choice.contains("Back to juggling") && choice.contains("Dry needling"), "{choice}");
    assert!(visible_text(page("dry-needling-en.html")).contains("needling"));
    assert!(site.get("en-wide.png").is_some_and(|bytes| bytes.starts_with(b"\x89PNG")));
}

async fn page_of(asked: axum::http::Request<Body>) -> (StatusCode, String) {
    let access = AccessGuard::new(([127, 0, 0, 1], 8017).into(), None).expect("an address");
    let engine = Engine::load(&folder()).unwrap_or_else(|faults| panic!("{faults}")).value;
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap();
    let site = Site::new(engine, access, Box::new(move || now)).expect("sound templates");
    let answer = app(Arc::new(site)).oneshot(asked).await.expect("an answer");
    let status = answer.status();
    let bytes = to_bytes(answer.into_body(), 64 << 20).await.expect("a whole body");
    (status, String::from_utf8_lossy(&bytes).into_owned())
}

#[tokio::test]
async fn the_clinicians_page_asks_for_its_options_and_no_others() {
    let asked = axum::http::Request::get("/").header(header::HOST, "127.0.0.1:8017");
    let (status, html) = page_of(asked.body(Body::empty()).unwrap()).await;
    assert_eq!(status, StatusCode::OK);
    for name in ["hand", "pace", "props", "rest_hours", "next_show", "partner", "care"] {
        assert!(html.contains(&format!("name=\"{name}\"")), "no control of {name}");
    }
    let seen = visible_text(&html);
    for words in ["Which hand", "What they throw", "Next show", "Juggling partner", "Fire show"] {
        assert!(seen.contains(words), "no {words}");
    }
    for name in ["regions", "intensity", "stretches", "activity"] {
        assert!(!html.contains(&format!("name=\"{name}\"")), "{name} is another treatment's");
    }
}

/// The folder on the disk, for the program.
fn desk() -> tempfile::TempDir {
    let desk = tempfile::tempdir().expect("a folder");
    for (path, bytes) in &folder().0 {
        let path = desk.path().join("clinic").join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    desk
}

fn call(desk: &Path, words: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_aftercare"))
        .current_dir(desk)
        .env("AFTERCARE_CLINIC", desk.join("clinic"))
        .env("SOURCE_DATE_EPOCH", "1795552200")
        .args(words.split_whitespace())
        .output()
        .expect("the program")
}

/// What a call that went well wrote.
fn said(desk: &Path, words: &str) -> String {
    let ended = call(desk, words);
    let errors = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(0), "{words}: {errors}");
    String::from_utf8(ended.stdout).expect("UTF-8")
}

#[test]
fn flags_lists_and_schemas_of_the_program_know_its_options() {
    let desk = desk();
    let desk = desk.path();
    let flags =
        "render --hand both --prop torches --pace slow --session-at 2026-11-24T15:30 --format text -o -";
    let by_flag = said(desk, flags);
    let by_set = "render --set hand=both --set props=torches --set pace=slow --session-at 2026-11-24T15:30 \
                  --format text -o -";
    assert_eq!(by_flag, said(desk, by_set));
    assert!(by_flag.contains("A burn as big as your hand."), "{by_flag}");
    let refused = call(desk, "render --hand left --set intensity=light -o x.pdf");
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("intensity"));

    assert!(said(desk, "list treatments").contains(MADE));
    let options: Value =
        serde_json::from_str(&said(desk, &format!("list options --treatment {MADE} --json"))).unwrap();
    for name in ["session.hand", "plan.rest_hours", "plan.next_show", "plan.partner", "care"] {
        assert!(options.to_string().contains(&format!("\"{name}\"")), "no {name}: {options:#}");
    }
    let schema: Value = serde_json::from_str(&said(desk, "schema request")).unwrap();
    for name in ["hand", "rest_hours", "torches", "weak-grip"] {
        assert!(schema.to_string().contains(&format!("\"{name}\"")), "no {name} in the schema");
    }
    let schema: Value = serde_json::from_str(&said(desk, "schema treatment")).unwrap();
    assert!(schema.to_string().contains("\"gate\""));
}

#[test]
fn a_roster_mixes_it_with_another_treatment() {
    let desk = desk();
    let desk = desk.path();
    let rows = format!(
        "id,treatment,hand,props,next_show,session_at,regions\n\
         a,{MADE},Left hand,clubs;fire,2026-12-24T19:00,2026-11-24T15:30,\n\
         b,dry-needling,,,,2026-11-24T15:30,neck\n\
         c,{MADE},right,,,2026-11-24T15:30,neck\n"
    );
    std::fs::write(desk.join("roster.csv"), rows).unwrap();
    let ended = call(desk, "batch roster.csv -o out --format html");
    let errors = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(1), "{errors}");
    let read = |name: &str| std::fs::read_to_string(desk.join("out").join(name)).expect(name);
    assert!(visible_text(&read("a.html")).contains("A burn as big as your hand."));
    assert!(visible_text(&read("b.html")).contains("needling"));
    assert!(read("errors.csv").contains("regions"), "{}", read("errors.csv"));
}

#[test]
fn its_folder_is_found_sound() {
    let desk = desk();
    let ended = call(desk.path(), "check");
    let found =
        format!("{}{}", String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr));
    assert_eq!(ended.status.code(), Some(0), "{found}");
    assert!(!found.contains("error:"), "{found}");
}

#[test]
fn no_line_of_the_program_knows_it() {
    fn search(folder: &Path) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                search(&path);
            } else {
                let text = std::fs::read(&path).expect("a file");
                let text = String::from_utf8_lossy(&text);
                assert!(!text.contains(MADE) && !text.contains("juggl"), "{}", path.display());
            }
        }
    }
    search(&Path::new(ROOT).join("src"));
    search(&Path::new(ROOT).join("templates"));
}
