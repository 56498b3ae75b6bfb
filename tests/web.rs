//! The clinician's page as a service, without a port.

#[path = "support/values.rs"]
mod values;

use aftercare::web::app;
use aftercare::{AccessGuard, BuiltIn, Engine, Memory, Site};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use chrono::{TimeZone, Utc};
use std::fs;
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use tower::ServiceExt;

const HOST: &str = "127.0.0.1:8017";

fn page() -> Router {
    static PAGE: OnceLock<Router> = OnceLock::new();
    PAGE.get_or_init(|| app(Arc::new(site(None)))).clone()
}

/// The built-in folder with another `web.yaml`.
fn with_words(yaml: &str) -> Result<Engine, aftercare::diagnostic::Faults> {
    let mut folder = Memory::copy(&BuiltIn)?;
    folder.0.insert("content/languages/en/web.yaml".to_owned(), yaml.as_bytes().to_vec().into());
    Engine::load(&folder).map(|report| report.value)
}

/// A page on which it is 24 November 2026, half past three in Toronto.
fn site(token: Option<&str>) -> Site {
    site_of(Engine::built_in().expect("the built-in folder is sound").value, token)
}

fn site_of(engine: Engine, token: Option<&str>) -> Site {
    let address: SocketAddr = match token {
        None => ([127, 0, 0, 1], 8017).into(),
        Some(_) => ([0, 0, 0, 0], 8017).into(),
    };
    let access = AccessGuard::new(address, token).expect("an address that may be served");
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap();
    Site::new(engine, access, Box::new(move || now)).expect("the built-in templates are sound")
}

fn get(path: &str) -> Request<Body> {
    Request::get(path).header(header::HOST, HOST).body(Body::empty()).unwrap()
}

fn post(path: &str, fields: &[(&str, &str)]) -> Request<Body> {
    let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    Request::post(path)
        .header(header::HOST, HOST)
        .header(header::ORIGIN, format!("http://{HOST}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body.join("&")))
        .unwrap()
}

fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}

async fn ask(request: Request<Body>) -> Response {
    page().oneshot(request).await.expect("a service that always answers")
}

async fn text(response: Response) -> String {
    let bytes = to_bytes(response.into_body(), 64 << 20).await.expect("a whole body");
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn the_page_opens_with_every_control() {
    let response = ask(get("/")).await;
    assert_eq!(response.status(), StatusCode::OK);
    let html = text(response).await;
    for control in ["neck-moderate", "region-upper-back", "name=\"intensity\"", "Rachel", "2026-11-24T15:30"]
    {
        assert!(html.contains(control), "no {control}");
    }
    assert_eq!(html.matches("name=\"regions\"").count(), 21);
    assert!(
        !html.contains("{%") && !html.contains("{{"),
        "titles are templates; the page shows what they come to"
    );
}

#[tokio::test]
async fn every_answer_is_sealed() {
    let asked = [
        get("/"),
        get("/nowhere"),
        post("/preview", &[("regions", "neck")]),
        post("/sheet.pdf", &[("regions", "neck")]),
    ];
    for request in asked {
        let path = request.uri().path().to_owned();
        let headers = ask(request).await.headers().clone();
        assert_eq!(headers[header::CACHE_CONTROL], "no-store", "{path}");
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(!policy.contains("script-src 'unsafe"), "{path}: {policy}");
    }
}

#[tokio::test]
async fn the_page_asks_nobody_else_and_holds_no_script_or_style_of_its_own() {
    let html =
        text(ask(post("/", &[("regions", "neck"), ("patient", "<script>alert(1)</script>")])).await).await;
    assert_eq!(html.matches("<script").count(), 1, "only the page's own file");
    assert!(!html.contains(" style=") && !html.contains("<style"), "a style in the page");
    for attribute in ["href=\"http", "src=\"http", "onclick", "onload"] {
        assert!(!html.contains(attribute), "{attribute}");
    }
}

#[tokio::test]
async fn the_form_makes_a_pdf_without_scripts() {
    let fields =
        [("regions", "neck"), ("regions", "shoulder"), ("intensity", "moderate"), ("patient", "Ann O'Neil")];
    let response = ask(post("/sheet.pdf", &fields)).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/pdf");
    let disposition = response.headers()[header::CONTENT_DISPOSITION].to_str().unwrap().to_owned();
    assert!(disposition.starts_with("inline") && !disposition.contains("Ann"), "{disposition}");
    assert!(text(response).await.starts_with("%PDF-1.7"));
}

#[tokio::test]
async fn a_download_is_kept_under_a_name_that_tells_sheets_apart_and_says_nothing_of_the_patient() {
    for (path, ending) in [("/sheet.pdf", "pdf"), ("/sheet.html", "html")] {
        let form = [("regions", "calf"), ("regions", "ankle"), ("patient", "Ann"), ("as", "download")];
        let name = format!("attachment; filename=\"aftercare-2026-11-24-1530-calf-ankle.{ending}\"");
        assert_eq!(ask(post(path, &form)).await.headers()[header::CONTENT_DISPOSITION], name);
    }
}

#[tokio::test]
async fn a_preset_without_scripts_keeps_what_is_the_patients_and_says_so() {
    let form = [
        ("start_from", "runners-calf"),
        ("regions", "lower-back"),
        ("intensity", "moderate"),
        ("choose", "region"),
        ("precautions", "blood-thinners"),
        ("precautions", "fluid-limit"),
        ("edition", "large-print"),
        ("rest_hours", "48"),
        ("exclude", "hydration"),
        ("patient", "Ann"),
        ("note", "Walk a little"),
        ("next_visit", "2026-12-01T10:00"),
    ];
    let html = text(ask(post("/", &form)).await).await;
    for kept in ["blood-thinners", "fluid-limit", "large-print", "hydration", "calf"] {
        assert!(html.contains(&format!("value=\"{kept}\" checked")), "{kept}");
    }
    for kept in ["value=\"48\"", "value=\"Ann\"", "\nWalk a little</textarea>", "value=\"2026-12-01T10:00\""]
    {
        assert!(html.contains(kept), "{kept}");
    }
    let said = "Kept for this patient: Rest (hours) 48, Blood thinners, Fluid limit, Large print. Reset: Treated area.";
    assert!(html.contains(said), "says what it kept and what it set anew");
}

#[tokio::test]
async fn another_treatment_holds_what_only_the_former_one_asks() {
    let form = [
        ("treatment", "dry-needling"),
        ("to_treatment", "shockwave"),
        ("regions", "neck"),
        ("regions", "calf"),
        ("precautions", "pregnancy"),
        ("precautions", "fluid-limit"),
        ("intensity", "intense"),
        ("rest_hours", "60"),
        ("choose", "own"),
        ("stretches", "calf-wall-stretch"),
        ("exclude", "hydration"),
        ("patient", "Ann"),
    ];
    let html = text(ask(post("/", &form)).await).await;
    assert!(
        html.contains("This treatment does not ask for: Neck, Rest (hours) 60, Calf stretch, Fluid limit."),
        "{html}"
    );
    for kept in [
        "value=\"pregnancy\" checked",
        "value=\"calf\" checked",
        "value=\"Ann\"",
        "name=\"treatment\" value=\"shockwave\"",
    ] {
        assert!(html.contains(kept), "{kept}");
    }
    assert!(!html.contains("We do not know"), "what it does not ask for is no fault");
    let held: Vec<&str> =
        html.split("name=\"elsewhere\" value=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let wanted = [
        "intensity=intense",
        "regions=neck",
        "rest_hours=60",
        "stretches=calf-wall-stretch",
        "precautions=fluid-limit",
        "exclude=hydration",
    ];
    assert!(wanted.iter().all(|one| held.contains(one)) && held.len() == wanted.len(), "{held:?}");
    let mut back = vec![
        ("treatment", "shockwave"),
        ("to_treatment", "dry-needling"),
        ("regions", "calf"),
        ("precautions", "pregnancy"),
    ];
    back.extend(held.iter().map(|one| ("elsewhere", *one)));
    let html = text(ask(post("/", &back)).await).await;
    for kept in ["neck", "calf", "pregnancy", "fluid-limit", "intense", "calf-wall-stretch", "hydration"] {
        assert!(html.contains(&format!("value=\"{kept}\" checked")), "{kept}");
    }
    assert!(html.contains("value=\"60\"") && !html.contains("name=\"elsewhere\""));
}

#[tokio::test]
async fn a_date_without_its_time_is_told_and_never_dropped() {
    let session = [("regions", "neck"), ("session_at", ""), ("session_now", "2026-11-24T15:30")];
    let visit = [("regions", "neck"), ("next_visit", ""), ("half", "next_visit")];
    for form in [session, visit] {
        let response = ask(post("/sheet.pdf", &form)).await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(text(response).await.matches("The date or the time is missing.").count(), 2);
    }
    // Without scripts the browser itself refuses a half filled field: the page must not tell it to let it pass.
    let form = text(ask(get("/")).await).await;
    let print = form.split("<button").filter(|button| !button.contains("name=\"to_treatment\""));
    assert!(!print.collect::<String>().contains("novalidate"));
}

#[tokio::test]
async fn parts_that_the_paper_has_no_room_for_are_one_calm_line() {
    let note = ["Ice for ten minutes, twice a day."; 12].join("\n");
    let html = text(ask(post("/preview", &[("regions", "neck"), ("note", &note)])).await).await;
    assert_eq!(html.matches("because the paper is full").count(), 1);
    assert!(html.contains("<p class=\"aside\">") && !html.contains("class=\"notice\""));
}

#[tokio::test]
async fn the_pdf_is_the_engines_own_to_the_byte() {
    let engine = Engine::built_in().unwrap().value;
    let request = aftercare::request_from_yaml(
        "r.yaml",
        "session: {regions: [calf, ankle]}\nactivity: running",
        engine.keys(),
    );
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap();
    let request = engine.request(&request, now).unwrap().value;
    let sheet = engine.render_pdf(&request).unwrap().value;
    let form = [("regions", "calf"), ("regions", "ankle"), ("activity", "running")];
    let sent = to_bytes(ask(post("/sheet.pdf", &form)).await.into_body(), 64 << 20).await.unwrap();
    assert!(sent == sheet.bytes, "the page's PDF is not the engine's");
}

#[tokio::test]
async fn the_web_copy_is_one_file() {
    let response = ask(post("/sheet.html", &[("regions", "calf")])).await;
    assert_eq!(response.status(), StatusCode::OK);
    // A policy alone stops no navigation: in a sandbox the page goes nowhere by itself.
    let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("; sandbox allow-popups") && !policy.contains("allow-scripts"), "{policy}");
    assert!(text(response).await.contains("When to get help"));
}

#[tokio::test]
async fn the_live_sheet_shows_every_page() {
    let html = text(ask(post("/preview", &[("regions", "neck"), ("patient", "Zoë & Ann")])).await).await;
    assert_eq!(html.matches("<svg class=\"paper\"").count(), 2);
    assert!(html.contains("Zoë") && html.contains("&amp; "), "the name as it is typed");
    assert!(html.contains("data-shown=\"side-neck-stretch"));
    assert!(html.contains("with lung signs"), "the neck is near the lungs");
}

#[tokio::test]
async fn what_to_ask_before_a_treatment_stands_on_its_page_and_on_no_other() {
    let page = |treatment: &str| post("/", &[("to_treatment", treatment)]);
    let html = text(ask(page("shockwave")).await).await;
    for asked in ["Before you treat, ask:", "Pregnant?", "Under 18?", "steroid shot"] {
        assert!(html.contains(asked), "{asked}");
    }
    assert!(!text(ask(page("dry-needling")).await).await.contains("Before you treat"));
}

#[tokio::test]
async fn the_live_sheet_says_what_to_do_when_nothing_is_chosen() {
    let html = text(ask(post("/preview", &[])).await).await;
    assert!(html.contains("Your sheet shows here") && !html.contains("<svg class=\"paper\""));
}

#[tokio::test]
async fn faults_stand_at_their_fields_in_plain_words() {
    let fields = [
        ("regions", "neck"),
        ("note", &"x".repeat(601)),
        ("rest_hours", "500"),
        ("next_visit", "2026-11-23T10:00"),
        ("patient", "Secret Name"),
    ];
    let response = ask(post("/sheet.pdf", &fields)).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let html = text(response).await;
    for fault in ["The note is too long", "Write whole hours", "must come after the session"] {
        assert_eq!(html.matches(fault).count(), 2, "{fault}: at its field and in the list");
    }
    assert!(html.contains("value=\"Secret Name\""), "what was typed stays");
}

/// A form that is sent by hand: what nobody would read is refused, as it is on the command line. The faults are `unread-choice`,
/// and those of unknown and doubled keys.
#[tokio::test]
async fn what_no_field_reads_is_refused_and_never_left_out() {
    let sound = [("regions", "neck"), ("intensity", "light")];
    for (more, told) in [
        (&[("precaution", "pregnancy")][..], "We do not know the key “precaution”."),
        (&[("id", "p-7")], "We do not know the key “id”."),
        (&[("side-nek", "left")], "We do not know the key “side-nek”."),
        (&[("intensity", "intense")], "intensity is there twice."),
        (
            &[("session_at", "2026-11-24T15:30"), ("session_at", "2026-11-24T09:00")],
            "session_at is there twice.",
        ),
        (&[("side-neck", "left"), ("side-neck", "right")], "side-neck is there twice."),
        (&[("treatment", "dry-needling"), ("treatment", "cupping")], "treatment is there twice."),
        (&[("stretches", "chin-tuck")], "Stretches is read only where choose is own."),
        (&[("choose", "mine"), ("stretches", "chin-tuck")], "We do not know “mine”."),
    ] {
        let fields = [&sound[..], more].concat();
        for path in ["/sheet.pdf", "/sheet.html", "/sheet.note.txt"] {
            let response = ask(post(path, &fields)).await;
            assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY, "{path} {more:?}");
        }
        let html = text(ask(post("/preview", &fields)).await).await;
        assert!(html.contains(told) && !html.contains("<svg"), "{more:?}: {html}");
    }
    // The same value twice says one thing; empty fields say nothing.
    let twice = [&sound[..], &[("intensity", "light"), ("session_at", ""), ("choose", "region")]].concat();
    assert_eq!(ask(post("/sheet.pdf", &twice)).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_sheet_without_a_region_is_refused_at_the_regions() {
    let response = ask(post("/sheet.pdf", &[("intensity", "light")])).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(response).await.contains("Choose at least one treated area."));
}

#[tokio::test]
async fn a_presets_button_fills_the_form_without_scripts() {
    let html = text(ask(post("/", &[("start_from", "runners-calf"), ("patient", "Ann")])).await).await;
    for checked in ["value=\"calf\" checked", "value=\"ankle\" checked", "value=\"running\" checked"] {
        assert!(html.contains(checked), "{checked}");
    }
    assert!(html.contains("value=\"Ann\""), "the name stays");
    assert!(html.contains("aria-pressed=\"true\""));
}

#[tokio::test]
async fn only_what_differs_from_the_preset_is_marked() {
    let fields = [
        ("preset", "runners-calf"),
        ("regions", "calf"),
        ("regions", "ankle"),
        ("activity", "running"),
        ("intensity", "intense"),
        ("choose", "region"),
    ];
    let html = text(ask(post("/", &fields)).await).await;
    assert!(html.contains("class=\"field differs\" data-field=\"intensity\""));
    assert_eq!(html.matches(" differs\"").count(), 1, "only the intensity differs");
}

#[tokio::test]
async fn strangers_stay_outside() {
    let with = |name: header::HeaderName, value: &str| {
        let mut request = post("/sheet.pdf", &[("regions", "neck")]);
        request.headers_mut().insert(name, value.parse().unwrap());
        request
    };
    let rebound = ask(with(header::HOST, "evil.example:8017")).await;
    assert_eq!(rebound.status(), StatusCode::MISDIRECTED_REQUEST);
    for origin in ["http://evil.example", "null", "http://127.0.0.1:9000"] {
        assert_eq!(ask(with(header::ORIGIN, origin)).await.status(), StatusCode::FORBIDDEN, "{origin}");
    }
    let mut silent = post("/preview", &[("regions", "neck")]);
    silent.headers_mut().remove(header::ORIGIN);
    assert_eq!(ask(silent).await.status(), StatusCode::FORBIDDEN);
    let mut nameless = get("/");
    nameless.headers_mut().remove(header::HOST);
    assert_eq!(ask(nameless).await.status(), StatusCode::MISDIRECTED_REQUEST);
}

#[tokio::test]
async fn a_patients_words_never_stand_in_an_address() {
    for path in ["/preview?regions=neck", "/sheet.pdf?patient=Ann", "/sheet.html"] {
        assert_eq!(ask(get(path)).await.status(), StatusCode::METHOD_NOT_ALLOWED, "{path}");
    }
    let html = text(ask(get("/?patient=Ann&regions=neck")).await).await;
    assert!(!html.contains("Ann\""), "an address fills nothing in");
}

#[tokio::test]
async fn a_form_that_is_too_big_or_no_form_is_refused() {
    let big = "x".repeat(300 << 10);
    assert_eq!(ask(post("/preview", &[("note", &big)])).await.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let mut json = post("/preview", &[]);
    json.headers_mut().insert(header::CONTENT_TYPE, "application/json".parse().unwrap());
    assert_eq!(ask(json).await.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_field_a_thousand_times_costs_nothing() {
    let many: Vec<(&str, &str)> = std::iter::repeat_n(("regions", "nowhere"), 5_000).collect();
    let html = text(ask(post("/preview", &many)).await).await;
    assert!(html.len() < 100_000, "{} bytes", html.len());
}

#[tokio::test]
async fn behind_a_token_nothing_shows_before_it_is_given() {
    let page = app(Arc::new(site(Some("a long enough token"))));
    let closed = page.clone().oneshot(get("/")).await.unwrap();
    assert_eq!(closed.status(), StatusCode::UNAUTHORIZED);
    assert!(!text(closed).await.contains("Rachel"));
    let chosen = page.clone().oneshot(post("/language", &[("page_language", "en")])).await.unwrap();
    assert_eq!(chosen.status(), StatusCode::SEE_OTHER, "the locked page too has a language");
    let wrong = page.clone().oneshot(post("/key", &[("token", "not the right token")])).await.unwrap();
    assert_eq!(wrong.status(), StatusCode::FORBIDDEN);
    let right = page.clone().oneshot(post("/key", &[("token", "a long enough token")])).await.unwrap();
    assert_eq!(right.status(), StatusCode::SEE_OTHER);
    let cookie = right.headers()[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let mut request = get("/");
    request.headers_mut().insert(header::COOKIE, cookie.split(';').next().unwrap().parse().unwrap());
    assert_eq!(page.oneshot(request).await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn the_pages_own_files_may_be_kept() {
    let html = text(ask(get("/")).await).await;
    let address = html.split('"').find(|part| part.ends_with("/app.css")).expect("a style sheet");
    let response = ask(get(address)).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert!(response.headers()[header::CACHE_CONTROL].to_str().unwrap().contains("immutable"));
    assert_eq!(ask(get("/assets/000000000000/app.css")).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(ask(get("/assets/../Cargo.toml")).await.status(), StatusCode::NOT_FOUND);
}

const ROSTER: &str = "id,patient,regions,session_at\n\
                      a1,Ann,neck,2026-11-24T15:30\n\
                      a2,Bob,sholder,2026-11-24T16:00\n\
                      a3,Cleo,calf;ankle,2026-11-24T17:00\n";

/// A form as a browser sends files; `fields` come after the file.
fn upload(path: &str, file: &str, roster: impl AsRef<[u8]>, fields: &[(&str, &str)]) -> Request<Body> {
    let part = |head: &str, body: &[u8]| {
        let head = format!("--edge\r\nContent-Disposition: form-data; {head}\r\n\r\n");
        [head.as_bytes(), body, b"\r\n"].concat()
    };
    let mut body = part(&format!("name=\"roster\"; filename=\"{file}\""), roster.as_ref());
    for (name, value) in fields {
        body.extend(part(&format!("name=\"{name}\""), value.as_bytes()));
    }
    body.extend(b"--edge--\r\n");
    let mut request = post(path, &[]);
    request.headers_mut().insert(header::CONTENT_TYPE, "multipart/form-data; boundary=edge".parse().unwrap());
    *request.body_mut() = Body::from(body);
    request
}

#[tokio::test]
async fn a_rosters_rows_are_checked_and_faulty_ones_can_be_mended_in_place() {
    let html = text(ask(upload("/roster", "day.csv", ROSTER, &[])).await).await;
    assert!(html.contains("3 rows, 1 to mend"), "the count");
    assert!(html.contains("name=\"cell.2.regions\"") && html.contains("Did you mean shoulder?"));
    let html = text(ask(upload("/roster", "day.csv", "id;regions\na1;back\n", &[])).await).await;
    assert!(
        html.contains("“back” can mean several things. Choose one of: upper back, mid back, lower back."),
        "{html}"
    );
    let html = text(ask(upload("/roster", "day.csv", ROSTER, &[("cell.2.regions", "shoulder")])).await).await;
    assert!(html.contains("3 rows, all good.") && html.contains("Print 3 sheets"));
}

const FOREIGN: &str = "Day list;;;;;\nName;Body part;Date;Time;State;Phone\n\
                       Ann Smith;neck;03/12/2026;9:00;Arrived;4165550101\n\
                       Bob Jones;hip;03/12/2026;9:30;Gone;4165550102\n\
                       Cy Lee;nowhere;04/12/2026;3:30 PM;Arrived;4165550103\n\
                       Di Bo;jaw;04/12/2026;10:00;Arrived;4165550104\n";

#[tokio::test]
async fn somebody_elses_list_is_asked_about_and_only_its_chosen_columns_are_kept() {
    let html = text(ask(upload("/roster", "week.csv", FOREIGN, &[])).await).await;
    for guess in [
        "<option value=\"Body part\" selected>",
        "<option value=\"Name\" selected>",
        "<option value=\"Date\" selected>",
        "<option value=\"Time\" selected>",
        "name=\"only.State\" value=\"Arrived\" checked",
        "How does this list write days, as in 03/12/2026?",
    ] {
        assert!(html.contains(guess), "{guess}: {html}");
    }
    let chosen = [
        ("column.regions", "Body part"),
        ("column.patient", "Name"),
        ("column.session_at", "Date"),
        ("column.session_at", "Time"),
        ("only.State", "Arrived"),
        ("words.State", "2"),
        ("dates", "day-first"),
    ];
    let html = text(ask(upload("/roster", "week.csv", FOREIGN, &chosen)).await).await;
    assert!(html.contains("3 rows, 1 to mend") && html.contains("Rows that you left out: 1."), "{html}");
    assert!(!html.contains("416555") && !html.contains("Bob") && !html.contains("Arrived"), "{html}");
    assert!(html.contains("2026-12-04T15:30") || html.contains("04/12/2026 3:30 PM"), "{html}");
    // Without the order of days it is asked with what was chosen.
    let html = text(ask(upload("/roster", "week.csv", FOREIGN, &chosen[..6])).await).await;
    assert!(
        html.contains("name=\"only.State\" value=\"Gone\">") && html.contains("id=\"mapping\""),
        "{html}"
    );
    let saved = ask(upload("/roster/columns.yaml", "week.csv", "", &chosen)).await;
    assert_eq!(
        text(saved).await,
        "columns:\n  regions: \"Body part\"\n  patient: \"Name\"\n  session_at: [\"Date\", \"Time\"]\n\
         dates: day-first\nonly:\n  \"State\": [\"Arrived\"]\n"
    );
    // A column that the list has not is told where it is chosen.
    let html = text(ask(upload("/roster", "week.csv", FOREIGN, &[("column.regions", "Zone")])).await).await;
    assert!(html.contains("no names of columns") && html.contains("id=\"mapping\""), "{html}");
}

/// All rows may be left out by a slip: what was left out is told with that.
#[tokio::test]
async fn a_list_of_which_nothing_is_wanted_says_what_was_left_out() {
    let list = "Name;Area;When;State\nAnn;neck;2026-12-03 9:00;Gone\nBob;hip;2026-12-03 9:30;\n";
    let chosen = [
        ("column.regions", "Area"),
        ("column.patient", "Name"),
        ("column.session_at", "When"),
        ("only.State", "Arrived"),
        ("words.State", "3"),
    ];
    let html = text(ask(upload("/roster", "week.csv", list, &chosen)).await).await;
    assert!(
        html.contains("The roster has no rows.") && html.contains("Rows that you left out: 2."),
        "{html}"
    );
}

/// An empty cell is one of the words by which rows are chosen.
#[tokio::test]
async fn rows_that_say_nothing_in_a_column_are_asked_about() {
    let row = |name: &str, state: &str| format!("{name};neck;2026-11-25 9:00;{state}\n");
    let states = ["Arrived", "Gone", "Arrived", "", "Gone"];
    let rows: String = states.iter().map(|state| row("Ann", state)).collect();
    let list = format!("Client;Area;When;State\n{rows}");
    let html = text(ask(upload("/roster", "week.csv", &list, &[("columns", "ask")])).await).await;
    assert!(html.contains("name=\"only.State\" value=\"\" checked> <span>(empty)</span>"), "{html}");
    let chosen = [("column.regions", "Area"), ("column.session_at", "When"), ("words.State", "3")];
    let of = |words: &[&'static str]| {
        let words: Vec<_> = words.iter().map(|word| ("only.State", *word)).collect();
        upload("/roster", "week.csv", &list, &[&chosen[..], &words].concat())
    };
    for (words, count) in [(&["Arrived", ""][..], 3), (&[""], 1), (&["Arrived", "Gone"], 4)] {
        let html = text(ask(of(words)).await).await;
        let said = if count == 1 { "1 row, all good".to_owned() } else { format!("{count} rows, all good") };
        assert!(html.contains(&said), "{words:?}: {html}");
    }
}

#[tokio::test]
async fn an_empty_roster_with_its_areas_can_be_had_as_a_workbook_too() {
    for path in ["/roster/sample.xlsx", "/roster/sample.csv"] {
        let file = to_bytes(ask(get(path)).await.into_body(), 1 << 20).await.unwrap();
        let again = to_bytes(ask(get(path)).await.into_body(), 1 << 20).await.unwrap();
        assert_eq!(file, again, "{path} is the same each time");
        let html = text(ask(upload("/roster", path, &file, &[])).await).await;
        assert!(html.contains("2 rows, all good."), "{path}: {html}");
        assert!(!html.contains("which are not"), "the names beside it are no roster");
    }
    let areas = text(ask(get("/roster/areas.csv")).await).await;
    assert!(areas.contains("Shoulder\n") && areas.lines().count() == 22, "{areas}");
}

#[tokio::test]
async fn a_mended_roster_becomes_one_pdf_and_each_sheet_begins_on_a_front() {
    let response = ask(upload("/roster.pdf", "day.csv", ROSTER, &[("cell.2.regions", "shoulder")])).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/pdf");
    let bytes = to_bytes(response.into_body(), 64 << 20).await.unwrap();
    let pdf = lopdf::Document::load_mem(&bytes).expect("a PDF");
    assert_eq!(pdf.get_pages().len(), 6, "three sheets of two sides");
}

#[tokio::test]
async fn a_file_that_is_no_roster_says_why() {
    let response = ask(upload("/roster", "day.csv", "name,part\nAnn,neck\n", &[])).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(response).await.contains("Which column is what?"), "somebody else's list is asked about");
    let nothing = ask(upload("/roster", "day.csv", "what,is,this\n1,2,3\n", &[])).await;
    assert!(text(nothing).await.contains("We find no names of columns."));
    let long: String = (0..501).map(|row| format!("r{row},neck\n")).collect();
    let response = ask(upload("/roster", "day.csv", format!("id,regions\n{long}"), &[])).await;
    assert!(text(response).await.contains("up to 500 rows"));
    let empty = ask(upload("/roster.pdf", "day.csv", "id,regions\n", &[])).await;
    assert_eq!(empty.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let huge = ask(upload("/roster", "day.csv", "x".repeat(9 << 20), &[])).await;
    assert_eq!(huge.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[test]
fn a_clinic_changes_the_words_that_it_likes_and_keeps_the_others() {
    let engine = with_words("actions: {print: Imprimer}").expect("one word is enough");
    let pack = engine.library().packs.values().next().unwrap();
    assert_eq!((&*pack.web["actions.print"], &*pack.web["actions.clear"]), ("Imprimer", "Clear"));
    let faults = with_words("actions: {prnt: Imprimer}").expect_err("no such word").to_string();
    assert!(faults.contains("unknown word `actions.prnt`"), "{faults}");
}

/// What stands in an archive: name and bytes, in its order.
fn unpacked(bytes: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let count = archive.len();
    let mut entry = |index| {
        let mut file = archive.by_index(index).expect("an entry");
        let mut data = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut data).expect("whole");
        (file.name().expect("a name").into_owned(), data)
    };
    (0..count).map(&mut entry).collect()
}

#[tokio::test]
async fn a_row_that_was_not_read_whole_is_not_printed_before_somebody_has_looked() {
    let cut = "id,regions,note\na1,neck,Walk, but do not run\na2,calf\na3,hip,Rest\n";
    let html = text(ask(upload("/roster", "day.csv", cut, &[])).await).await;
    assert!(html.contains("3 rows, 2 to mend") && html.contains("Print 1 sheet"), "the count");
    assert!(
        html.contains("name=\"lost.1\" value=\"The row has more or fewer cells"),
        "it goes back with the table"
    );
    // The page sends the table as it wrote it, and every cell of a row to mend.
    let table = "id,regions,note\r\na1,neck,Walk\r\na2,calf,\r\na3,hip,Rest\r\n";
    let again = |path: &str, more: &[(&str, &str)]| {
        let untouched =
            [("lost.1", "Cells."), ("lost.2", "Cells."), ("cell.1.note", "Walk"), ("cell.2.note", "")];
        upload(path, "", table, &[&untouched, more].concat())
    };
    let made = to_bytes(ask(again("/roster.zip", &[])).await.into_body(), 64 << 20).await.unwrap();
    let names = |bytes| unpacked(bytes).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(names(made.to_vec()), ["a3.pdf"]);
    let mended = again("/roster.zip", &[("cell.1.note", "Walk, but do not run"), ("right.2", "yes")]);
    let made = to_bytes(ask(mended).await.into_body(), 64 << 20).await.unwrap();
    assert_eq!(names(made.to_vec()), ["a1.pdf", "a2.pdf", "a3.pdf"]);
    let unread = "{\"id\": \"a1\", \"regions\": \"neck\", \"notes\": \"Do not run\"}\n{]\n";
    let html = text(ask(upload("/roster", "day.jsonl", unread, &[])).await).await;
    assert!(
        html.contains("2 rows, 2 to mend"),
        "words under a key that there is not, and a line that is none"
    );
    assert!(
        html.contains("\nnotes: Do not run</textarea>") && html.contains("\n{]</textarea>"),
        "no word is lost"
    );
    assert!(html.contains("We do not know where these words belong."), "and what to do with them");
}

#[tokio::test]
async fn a_note_of_several_lines_keeps_them_while_another_cell_is_mended() {
    let html =
        text(ask(upload("/roster", "day.csv", "id,regions,note\na1,nek,\"Walk.\nRest.\"\n", &[])).await)
            .await;
    assert!(html.contains("\nWalk.\nRest.</textarea>"), "a field of one line would join them");
}

#[tokio::test]
async fn a_mended_roster_becomes_an_archive_of_single_sheets_named_by_id() {
    let mended = || upload("/roster.zip", "day.csv", ROSTER, &[("cell.2.regions", "shoulder")]);
    let response = ask(mended()).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/zip");
    assert_eq!(response.headers()[header::CONTENT_DISPOSITION], "attachment; filename=\"aftercare.zip\"");
    let bytes = to_bytes(response.into_body(), 64 << 20).await.unwrap().to_vec();
    let again = to_bytes(ask(mended()).await.into_body(), 64 << 20).await.unwrap().to_vec();
    assert!(bytes == again, "the same rows, the same bytes");
    let entries = unpacked(bytes);
    let names: Vec<&str> = entries.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["a1.pdf", "a2.pdf", "a3.pdf"]);
    let engine = Engine::built_in().unwrap().value;
    let typed = aftercare::request_from_yaml(
        "r.yaml",
        "id: a1\npatient: Ann\nsession: {regions: [neck], at: 2026-11-24T15:30}",
        engine.keys(),
    );
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap();
    let request = engine.request(&typed, now).unwrap().value;
    assert!(entries[0].1 == engine.render_pdf(&request).unwrap().value.bytes, "the engine's own sheet");
}

#[tokio::test]
async fn how_far_a_roster_is_can_be_asked_only_while_it_is_made() {
    let before = ask(get("/roster/progress/0123456789abcdef")).await;
    assert_eq!(before.status(), StatusCode::NO_CONTENT);
    let rows: String = (0..40).map(|row| format!("r{row},Ann,neck\n")).collect();
    let roster = format!("id,patient,regions\n{rows}");
    let making = tokio::spawn(ask(upload("/roster.zip", "day.csv", &roster, &[("job", "0123456789abcdef")])));
    let mut told = Vec::new();
    while !making.is_finished() {
        let answer = ask(get("/roster/progress/0123456789abcdef")).await;
        if answer.status() == StatusCode::OK {
            told.push(text(answer).await);
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    assert_eq!(making.await.unwrap().status(), StatusCode::OK);
    assert!(told.iter().any(|line| line.contains("\"of\":40")), "{told:?}");
    assert!(told.iter().all(|line| !line.contains("Ann")), "numbers only");
    assert_eq!(ask(get("/roster/progress/0123456789abcdef")).await.status(), StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn rosters_tell_a_doubled_id_in_the_pages_words() {
    let doubled = "id,regions\na1,neck\nA1,calf\n";
    let html = text(ask(upload("/roster", "day.csv", doubled, &[])).await).await;
    assert!(html.contains("2 rows, 1 to mend") && html.contains("Another row has the same id."));
}

/// The built-in folder with a second language, in which each word of the page is put into brackets.
fn in_two_languages() -> Router {
    let mut folder = Memory::copy(&BuiltIn).expect("the built-in folder");
    let text = |folder: &Memory, path: &str| String::from_utf8(folder.0[path].to_vec()).expect("UTF-8");
    let clinic = text(&folder, "content/clinic.yaml").replace("languages: [en]", "languages: [en, fr]");
    folder.0.insert("content/clinic.yaml".into(), clinic.into_bytes().into());
    folder.0.retain(|path, _| !path.starts_with("content/treatments/dry-needling/fr/"));
    let pack: Vec<_> = folder
        .0
        .iter()
        .filter(|(path, _)| path.contains("/en/"))
        .map(|(path, data)| (path.replace("/en/", "/fr/"), data.clone()))
        .collect();
    folder.0.extend(pack);
    let engine = Engine::built_in().expect("the built-in folder").value;
    let library = engine.library();
    let words = &library.packs.values().next().expect("a language").web;
    // What speaks of the treatment's options stands with the treatment.
    let own_groups = ["options.", "facts.", "presets."];
    let own_keys = library.treatment.options.keys();
    let own_keys: Vec<String> = own_keys
        .flat_map(|option| [format!("roster.columns.{option}"), format!("faults.{option}-")])
        .chain(own_groups.map(str::to_owned))
        .collect();
    let mut lines: [Vec<String>; 2] = Default::default();
    for (key, word) in words.iter() {
        let places = word.split('{').skip(1).filter_map(|rest| rest.split('}').next());
        let places: String = places.map(|place| format!(" {{{place}}}")).collect();
        let is_own = own_keys.iter().any(|own| key.starts_with(own));
        lines[usize::from(is_own)].push(format!("{key}: \"[{key}{places}]\"\n"));
    }
    let presets = library.presets.iter();
    lines[1].extend(presets.map(|preset| format!("presets.{0}: \"[presets.{0}]\"\n", preset.id)));
    for (path, mut lines) in ["content/languages/fr/web.yaml", "content/treatments/dry-needling/fr/web.yaml"]
        .into_iter()
        .zip(lines)
    {
        lines.sort();
        folder.0.insert(path.into(), nested(&lines.concat()).into_bytes().into());
    }
    let engine = Engine::load(&folder).unwrap_or_else(|faults| panic!("{faults}")).value;
    app(Arc::new(site_of(engine, None)))
}

/// `a.b: c` as YAML nests it; keys of a group stand together.
fn nested(by_key: &str) -> String {
    let mut yaml = String::new();
    let mut open: Vec<&str> = Vec::new();
    for line in by_key.lines() {
        let (key, value) = line.split_once(": ").expect("a key and a value");
        let parts: Vec<&str> = key.split('.').collect();
        let (name, groups) = parts.split_last().expect("a name");
        let shared = open.iter().zip(groups).take_while(|(a, b)| a == b).count();
        open.truncate(shared);
        for group in &groups[shared..] {
            yaml.push_str(&format!("{}{group}:\n", "  ".repeat(open.len())));
            open.push(group);
        }
        yaml.push_str(&format!("{}{name}: {value}\n", "  ".repeat(open.len())));
    }
    yaml
}

fn in_french(mut request: Request<Body>) -> Request<Body> {
    request.headers_mut().insert(header::COOKIE, "aftercare-language=fr".parse().unwrap());
    request
}

/// Words that a page shows or says outside brackets, but for those of the sheet.
fn english(html: &str) -> Vec<String> {
    let mut said = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        said.push_str(before);
        let (tag, after) = after.split_once('>').expect("a tag that ends");
        for name in
            ["aria-label", "title", "placeholder", "alt", "data-printed", "data-progress", "data-summary"]
        {
            let start = format!(" {name}=\"");
            said.extend(tag.split(&start).skip(1).filter_map(|value| value.split('"').next()));
            said.push(' ');
        }
        rest = match (tag.split(' ').next(), after) {
            (Some(name @ ("script" | "textarea")), after) => {
                after.split_once(&format!("</{name}>")).map_or("", |(_, rest)| rest)
            }
            (Some("figure"), after) if tag.contains("class=\"page\"") => {
                after.split_once("</figure>").map_or("", |(_, rest)| rest)
            }
            (Some("svg"), after) => after.split_once("</svg>").map_or("", |(_, rest)| rest),
            (_, after) => after,
        };
    }
    let mut outside = String::new();
    let mut depth = 0;
    for character in said.chars() {
        match character {
            '[' => depth += 1,
            ']' => depth -= 1,
            other if depth == 0 => outside.push(other),
            _ => outside.push(' '),
        }
    }
    outside.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 1).map(str::to_owned).collect()
}

#[tokio::test]
async fn every_word_of_the_page_comes_from_the_language_file() {
    let page = in_two_languages();
    let engine = Engine::built_in().unwrap().value;
    // What is not the page's own: names, and the words of sheets, which are content too.
    let mut content = String::new();
    for pack in engine.treatments().flat_map(|library| library.packs.values()) {
        content.extend(pack.words.values().map(|source| format!("{} ", source.text)));
    }
    let pack = engine.library().packs.values().next().unwrap();
    for exercise in pack.libraries.values().flat_map(|library| library.values()) {
        content.push_str(&format!("{} ", exercise.name.text));
    }
    content.extend(pack.sections.values().map(|section| format!("{} ", section.title.text)));
    content.push_str("Leaside Sports Medicine Rachel Valerie Suzie PT English French ");
    // A roster's own columns and cells.
    content
        .push_str("id patient regions unread session_at session at sholder shoulder nowhere Zed en fr zz ");
    content.push_str("intensity exercises activity precautions edition paper exclude stage ");
    content.push_str("name part Ann cups loading hours easy sesion use");
    let content = content.to_lowercase();
    let bad =
        "id,patient,regions,session_at,rest_hours,language\na1,Zed,sholder,nowhere,9000,zz\nA1,Zed,,,x,\n";
    let asked = [
        get("/"),
        get("/roster"),
        get("/key"),
        get("/nowhere"),
        post("/", &[("regions", "neck"), ("preset", "runners-calf"), ("choose", "own")]),
        post(
            "/sheet.pdf",
            &[("regions", "neck"), ("rest_hours", "500"), ("next_visit", "x"), ("session_at", "x")],
        ),
        post("/sheet.pdf", &[("regions", "neck"), ("patient", &"x".repeat(99)), ("note", "\u{7}")]),
        post("/sheet.pdf", &[("regions", "neck"), ("exclude", "rest"), ("rest_hours", "30")]),
        post("/print", &[("regions", "neck"), ("printer", "none")]),
        upload("/roster", "day.csv", bad, &[]),
        upload("/roster", "day.csv", "name,part\nAnn,neck\n", &[]),
        upload("/roster", "day.csv", "id,regions,regions,sesion_at\n", &[]),
        upload("/roster", "day.csv", "id,regions\n\"", &[]),
        upload("/roster", "day.jsonl", "{]\n", &[]),
        upload("/roster", "day.yaml", "a: b\n", &[]),
    ];
    for request in asked {
        let path = request.uri().path().to_owned();
        let answer = page.clone().oneshot(in_french(request)).await.unwrap();
        let html = text(answer).await;
        assert!(html.contains("<html lang=\"fr\""), "{path}");
        let strange: Vec<String> = english(&html)
            .into_iter()
            .filter(|word| !content.contains(&word.to_lowercase()) && !word.chars().all(|c| c == 'x'))
            .collect();
        assert!(strange.is_empty(), "{path} says by itself: {strange:?}");
    }
}

#[tokio::test]
async fn an_address_that_cannot_be_read_is_no_page_in_the_pages_language() {
    let page = in_two_languages();
    for path in ["/roster/progress/%ff", "/assets/%ff/app.css", "/assets/0/%ff", "/%ff", "/nowhere"] {
        let answer = page.clone().oneshot(in_french(get(path))).await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        let html = text(answer).await;
        assert!(
            html.contains("[errors.not_found.heading]") && html.contains("<html lang=\"fr\""),
            "{path}: {html}"
        );
    }
    for path in ["/sheet.pdf", "/preview", "/roster.zip"] {
        let answer = page.clone().oneshot(in_french(get(path))).await.unwrap();
        assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED, "{path}");
        assert_eq!(answer.headers()[header::ALLOW], "POST", "{path}");
        assert!(text(answer).await.contains("[errors.not_found.heading]"), "{path} is a blank page");
    }
}

#[tokio::test]
async fn the_language_of_the_page_is_a_choice_that_keeps_what_is_typed() {
    let page = in_two_languages();
    let html = text(page.clone().oneshot(get("/")).await.unwrap()).await;
    assert!(html.contains("<html lang=\"en\"") && html.contains(">French</button>"));
    assert!(html.contains("name=\"language\" value=\"fr\""), "the sheet's language is a choice of its own");
    let fields = [("regions", "neck"), ("patient", "Ann"), ("page_language", "fr")];
    let answer = page.clone().oneshot(post("/", &fields)).await.unwrap();
    let cookie = answer.headers()[header::SET_COOKIE].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("aftercare-language=fr;") && cookie.contains("SameSite=Strict"), "{cookie}");
    let html = text(answer).await;
    assert!(html.contains("<html lang=\"fr\"") && html.contains("value=\"Ann\""));
    assert!(html.contains("value=\"en\" checked"), "the sheet stays in its own language");
    for tag in ["zz", "fr; Path=/evil", ""] {
        let answer = page.clone().oneshot(post("/language", &[("page_language", tag)])).await.unwrap();
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        assert!(!answer.headers().contains_key(header::SET_COOKIE), "{tag}");
    }
    let one = text(ask(get("/")).await).await;
    let languages: Vec<&str> = one.split("name=\"language\"").collect();
    assert!(!one.contains("page_language") && languages.len() == 2, "nothing to choose");
    assert!(languages[0].ends_with("<input type=\"hidden\" "), "said with each sheet, and not asked");
}

#[tokio::test]
async fn a_language_that_no_other_has_a_name_for_calls_itself() {
    let mut folder = Memory::copy(&BuiltIn).expect("the built-in folder");
    for (path, from, to) in [
        ("content/clinic.yaml", "languages: [en]", "languages: [en, ta]"),
        ("content/languages/en/words.yaml", "  ta: Tamil\n", ""),
    ] {
        let text = String::from_utf8(folder.0[path].to_vec()).expect("UTF-8");
        assert!(text.contains(from), "{path}");
        folder.0.insert(path.into(), text.replacen(from, to, 1).into_bytes().into());
    }
    let engine = Engine::load(&folder).unwrap_or_else(|faults| panic!("{faults}")).value;
    let page = app(Arc::new(site_of(engine, None)));
    let html = text(page.oneshot(get("/")).await.unwrap()).await;
    let chip = html.split("name=\"language\" value=\"ta\"").nth(1).expect("a choice of Tamil");
    let chip = chip.split("</label>").next().unwrap();
    assert!(chip.contains("தமிழ்") && !chip.contains(">ta<"), "{chip}");
}

/// A name in quotes that are written as in a page ends the declaration, and the page has the browser's usual letters.
#[tokio::test]
async fn the_page_names_typefaces_of_its_language() {
    let mut folder = Memory::copy(&BuiltIn).expect("the built-in folder");
    let clinic = String::from_utf8(folder.0["content/clinic.yaml"].to_vec()).expect("UTF-8");
    let clinic = clinic.replacen("languages: [en]", "languages: [en, ta]", 1);
    folder.0.insert("content/clinic.yaml".into(), clinic.into_bytes().into());
    let engine = Engine::load(&folder).unwrap_or_else(|faults| panic!("{faults}")).value;
    let page = app(Arc::new(site_of(engine, None)));
    let html = text(page.clone().oneshot(get("/")).await.unwrap()).await;
    let address = html.split('"').find(|part| part.ends_with("/app.css")).expect("a style sheet");
    let style = text(page.oneshot(get(address)).await.unwrap()).await;
    assert!(style.contains(":root:lang(ta) { --web-fonts: 'Noto Sans Tamil','Nirmala UI',"), "{style}");
}

#[test]
fn the_pages_scripts_have_no_words_of_their_own() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/web");
    let files = std::fs::read_dir(folder).expect("the page's folder");
    let scripts = files.map(|file| file.expect("a file").path());
    let scripts: Vec<_> = scripts.filter(|path| path.extension().is_some_and(|it| it == "js")).collect();
    assert!(!scripts.is_empty());
    for path in scripts {
        let name = path.display().to_string();
        let script = std::fs::read_to_string(path).expect("a script");
        let code = script.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            for told in [
                "say(",
                "setMark(",
                "printed(",
                "clear(",
                "textContent = ",
                "innerText",
                "alert(",
                "title = ",
            ] {
                let given = line
                    .split(told)
                    .skip(1)
                    .map(|rest| rest.trim_start_matches(['\'', '"', '`']).len() < rest.len());
                let empty = line.contains(&format!("{told}'')")) || line.contains(&format!("{told}'';"));
                assert!(empty || !given.into_iter().any(|quoted| quoted), "{name} says by itself: {line}");
            }
        }
    }
}

#[tokio::test]
async fn a_roster_of_one_row_or_none_is_counted_in_good_english() {
    let html = text(ask(upload("/roster", "day.csv", "id,regions\na1,sholder\n", &[])).await).await;
    assert!(html.contains("1 row to mend.") && !html.contains("1 rows"));
}

/// It would take a table away that somebody is mending.
#[tokio::test]
async fn a_roster_without_rows_is_a_file_that_cannot_be_used() {
    for bare in ["id,regions\n", "\u{feff}patient;regions\r\n;\r\n", "[]"] {
        let name = if bare == "[]" { "day.json" } else { "day.csv" };
        let response = ask(upload("/roster", name, bare, &[])).await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY, "{bare}");
        let html = text(response).await;
        assert!(
            html.contains("notice bad") && html.contains("no rows") && !html.contains("id=\"table\""),
            "{bare}"
        );
    }
}

#[tokio::test]
async fn the_page_reads_days_as_their_column_writes_them() {
    let roster = "id,regions,session_at\na1,neck,12/11/2026 9:00\na2,neck,24/11/2026 9:00\n";
    assert!(text(ask(upload("/roster", "day.csv", roster, &[])).await).await.contains("2 rows, all good."));
    let open = "id,regions,session_at\na1,neck,03/11/2026 9:00\n";
    // A column that leaves it open is asked about once.
    let html = text(ask(upload("/roster", "day.csv", open, &[])).await).await;
    assert!(
        html.contains("How does this list write days") && html.contains("value=\"month-first\""),
        "{html}"
    );
}

#[tokio::test]
async fn the_file_picker_shows_every_kind_of_roster_and_a_damaged_workbook_is_told() {
    let html = text(ask(get("/roster")).await).await;
    for ending in
        [".xlsx", ".xls,", ".ods", ".csv", ".tsv", ".txt", ".json,", ".jsonl", ".ndjson", ".yaml", ".yml"]
    {
        assert!(html.contains(ending), "{ending}");
    }
    let html = text(ask(upload("/roster", "day.xlsx", "PK\u{3}\u{4}", &[])).await).await;
    assert!(html.contains("This workbook is damaged, or not whole."), "{html}");
}

#[tokio::test]
async fn a_workbook_is_a_roster_and_says_which_sheet_was_read() {
    let book =
        |name: &str| fs::read(format!("{}/tests/fixtures/workbooks/{name}", env!("CARGO_MANIFEST_DIR")));
    for name in ["day.xlsx", "day.xls", "day.ods"] {
        let html = text(ask(upload("/roster", name, book(name).unwrap(), &[])).await).await;
        assert!(html.contains("3 rows"), "{name}: {html}");
        assert!(html.contains("3:47"), "{name}: the second row's time");
    }
    let html = text(ask(upload("/roster", "desk.xlsx", book("desk.xlsx").unwrap(), &[])).await).await;
    for told in [
        "Sheet 2 is read; there are rows on sheet 3 and a hidden one too, which are not.",
        "Rows 12, 14 stand below the list and are passed over, as totals or remarks.",
        "5 rows, 3 to mend",
        "Cell D8 of sheet 2 holds the error #REF! Mend the formula there",
    ] {
        assert!(html.contains(told), "{told}: {html}");
    }
}

#[tokio::test]
async fn every_row_is_listed_with_name_area_and_time_before_it_is_printed() {
    let html = text(ask(upload("/roster", "day.csv", ROSTER, &[])).await).await;
    let row = |number: u32| {
        let start = html.find(&format!("<tr data-row=\"{number}\"")).expect("a row of the list");
        html[start..].split("</tr>").next().unwrap().to_owned()
    };
    for said in ["Ann", "Neck", "3:30", "Tuesday", "name=\"row.1\" value=\"yes\" checked"] {
        assert!(row(1).contains(said), "{said}: {}", row(1));
    }
    assert!(
        row(2).contains("href=\"#mend-2\"") && html.contains("id=\"mend-2\""),
        "a faulty row leads to its cells"
    );
    assert!(!row(2).contains("type=\"checkbox\""), "and has no tick");
    assert!(row(3).contains("Calf, ankle"));
}

#[tokio::test]
async fn cells_to_mend_are_called_as_the_page_calls_them_and_have_their_lists() {
    let roster = "id,regions,exclude,cups,stage\na1,neck,nope,,\n";
    let html = text(ask(upload("/roster", "day.csv", roster, &[])).await).await;
    for said in [
        "<datalist id=\"names-exclude\"",
        "<option value=\"Water\">",
        ">Cups</label>",
        ">Session of the plan</label>",
    ] {
        assert!(html.contains(said), "{said}: {html}");
    }
}

#[tokio::test]
async fn rows_that_can_be_made_but_need_a_look_are_never_all_good() {
    let roster = "id,patient,regions,session_at,note\n\
                  a1,王小明,neck,2026-11-24T15:30,\n\
                  a2,Bob,hip,2036-11-24T16:00,\n\
                  a3,#REF!,calf,2026-11-24T17:00,\n\
                  a4,Cleo,neck,2026-11-24T17:00,Well done \u{1f44d}\n\
                  a5,Dan,neck;neck,2026-11-24T17:00,Walk.\n";
    let html = text(ask(upload("/roster", "day.csv", roster, &[])).await).await;
    assert!(
        html.contains("5 rows, none to mend. 4 rows need a look.") && !html.contains("all good"),
        "{html}"
    );
    for told in [
        "We cannot print these letters.",
        "That session is far from today.",
        "what a program left there",
        "Cannot be printed as it was typed: \u{1f44d} (1, 11).",
    ] {
        assert!(html.contains(told), "{told}");
    }
    assert!(html.contains("Print 5 sheets"), "they can be printed all the same");
    assert!(html.contains("name=\"open\" value=\"4\""), "or changed");
    let html = text(ask(upload("/roster", "day.csv", roster, &[("open", "4")])).await).await;
    assert!(html.contains("name=\"cell.4.note\""), "a row is opened though nothing is wrong with it");
}

#[tokio::test]
async fn a_note_that_does_not_fit_is_told_before_anything_prints() {
    let note = vec!["W".repeat(49); 12].join("\n");
    let everywhere = values::REGIONS.join(";");
    let everything = values::PRECAUTIONS.join(";");
    let wide = "W".repeat(80);
    let head =
        "id,patient,regions,precautions,note,activity,therapist,intensity,session_at,next_visit,edition\n";
    let more = "running,Valerie,intense,2026-11-24T15:30,2026-12-01T10:00,large-print";
    let roster = format!("{head}a1,{wide},{everywhere},{everything},\"{note}\",{more}\na2,,hip,,,,,,,,\n");
    let html = text(ask(upload("/roster", "day.csv", &roster, &[])).await).await;
    let made = ask(upload("/roster.zip", "day.csv", &roster, &[])).await;
    let sound = 2 - html.matches("id=\"mend-").count();
    let bytes = to_bytes(made.into_body(), 64 << 20).await.unwrap().to_vec();
    assert_eq!((sound, unpacked(bytes).len()), (1, 1), "what the list calls sound is what is made");
    assert!(html.contains("Please shorten it.") || html.contains("Shorten the note"), "{html}");
}

#[tokio::test]
async fn only_ticked_rows_are_made_and_what_is_printed_stays_in_the_table() {
    let ticked = [("cell.2.regions", "shoulder"), ("listed", "yes"), ("row.2", "yes"), ("row.3", "yes")];
    let made = ask(upload("/roster.zip", "day.csv", ROSTER, &ticked)).await;
    assert_eq!(made.headers()["aftercare-rows"], "2,3");
    let bytes = to_bytes(made.into_body(), 64 << 20).await.unwrap().to_vec();
    let names: Vec<String> = unpacked(bytes).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["a2.pdf", "a3.pdf"]);
    let none = ask(upload("/roster.pdf", "day.csv", ROSTER, &[("listed", "yes")])).await;
    assert_eq!(none.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(none).await.contains("Tick the rows to print first."));
    let one = ask(upload("/roster.pdf", "day.csv", ROSTER, &[("only", "3")])).await;
    assert_eq!(one.headers()["aftercare-rows"], "3", "a look at one sheet");
    let printed = [("listed", "yes"), ("row.3", "yes"), ("done.1", "printed")];
    let html = text(ask(upload("/roster", "day.csv", ROSTER, &printed)).await).await;
    assert!(html.contains("name=\"done.1\" value=\"printed\"") && html.contains(">Printed</p>"));
    assert!(html.contains("name=\"row.1\" value=\"yes\">"), "without its tick");
    let changed = [&printed[..], &[("cell.1.patient", "Anna")]].concat();
    let html = text(ask(upload("/roster", "day.csv", ROSTER, &changed)).await).await;
    assert!(
        html.contains("name=\"row.1\" value=\"yes\" checked"),
        "what is changed afterwards is to be printed anew"
    );
}

#[tokio::test]
async fn rows_without_an_id_are_numbered_and_a_row_may_still_not_hide_in_a_note() {
    let made = ask(upload("/roster.zip", "day.csv", "First name,Regions\n", &[])).await;
    assert_eq!(made.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let roster = "patient,regions\nAnn,neck\nBob,hip\n";
    for (file, roster) in [
        ("day.csv", roster),
        ("day.csv", "id,patient,regions\n,Ann,neck\n,Bob,hip\n"),
        ("day.jsonl", "{\"regions\": \"neck\"}\n{\"regions\": \"hip\"}\n"),
    ] {
        assert!(text(ask(upload("/roster", file, roster, &[])).await).await.contains("2 rows, all good."));
        let made = ask(upload("/roster.zip", file, roster, &[])).await;
        let bytes = to_bytes(made.into_body(), 64 << 20).await.unwrap().to_vec();
        let names: Vec<String> = unpacked(bytes).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["1.pdf", "2.pdf"]);
    }
    let hidden = "patient,regions,note\nAnn,neck,\"Walk\nBob,hip,Rest\"\nCleo,calf,\n";
    let html = text(ask(upload("/roster", "day.csv", hidden, &[])).await).await;
    assert!(html.contains("2 rows, 1 to mend."), "{html}");
}

#[tokio::test]
async fn of_many_faulty_rows_the_first_come_to_be_mended_and_none_slips_through() {
    let rows: String = (0..60).map(|row| format!("r{row},sholder,Walk, but do not run\n")).collect();
    let html = text(ask(upload("/roster", "day.csv", format!("id,regions,note\n{rows}"), &[])).await).await;
    assert_eq!(html.matches("<fieldset class=\"card mend\"").count(), 50);
    assert!(html.contains("10 more rows to mend."));
    assert_eq!(
        html.matches("name=\"lost.").count(),
        60,
        "what could not be read of a row goes with every row"
    );
}

#[tokio::test]
async fn one_mending_serves_all_rows_with_the_same_fault() {
    let roster = "id,regions\na1,sholder\na2,neck\na3,sholder\na4,sholder\n";
    let html = text(ask(upload("/roster", "day.csv", roster, &[])).await).await;
    assert!(html.contains("Also in the 2 other rows that say the same") && html.contains("value=\"3,4\""));
    let mended = [("cell.1.regions", "shoulder"), ("same.1.regions", "3,4"), ("cell.3.regions", "sholder")];
    let html = text(ask(upload("/roster", "day.csv", roster, &mended)).await).await;
    assert!(html.contains("4 rows, all good."), "{html}");
}

/// One fault can hang on another cell of its row, so that the same words are sound in the next.
#[tokio::test]
async fn one_mending_leaves_rows_alone_that_nobody_was_told_of() {
    let roster = "id,regions,stretches,precautions\na1,knee,thigh-front-stretch,pregnancy\na2,knee,thigh-front-stretch,\n\
                  a3,knee,thigh-front-stretch,pregnancy\n";
    let html = text(ask(upload("/roster", "day.csv", roster, &[])).await).await;
    assert!(html.contains("name=\"same.1.stretches\" value=\"3\""), "{html}");
    let mended =
        [("cell.1.stretches", ""), ("same.1.stretches", "3"), ("cell.3.stretches", "thigh-front-stretch")];
    let html = text(ask(upload("/roster", "day.csv", roster, &mended)).await).await;
    assert!(html.contains("a1,knee,,pregnancy") && html.contains("a3,knee,,pregnancy"), "{html}");
    assert!(html.contains("a2,knee,thigh-front-stretch,"), "{html}");
}

/// A field of one line would glue them together: "Anna" and "Maria" would be somebody else.
#[tokio::test]
async fn a_cell_of_several_lines_is_mended_as_several_lines() {
    let roster = "id,patient,regions\na1,\"Anna\nMaria\",neck\n";
    let html = text(ask(upload("/roster", "day.csv", roster, &[])).await).await;
    let field = html.split("name=\"cell.1.patient\"").next().and_then(|before| before.rsplit('<').next());
    assert!(field.is_some_and(|field| field.starts_with("textarea ")), "{html}");
}

#[tokio::test]
async fn the_biggest_roster_has_a_page_whatever_stands_in_it() {
    let long = "\"\"&<".repeat(3_800);
    let rows: String = (0..500).map(|row| format!("r{row},sholder;hipp;x,\"{long}\"\n")).collect();
    let roster = format!("id,regions,note\n{rows}");
    assert!(roster.len() > 7 << 20 && roster.len() < 8 << 20, "{} bytes", roster.len());
    let answer = ask(upload("/roster", "day.csv", &roster, &[])).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let html = text(answer).await;
    assert!(html.contains("500 rows, 500 to mend."));
    assert!(html.contains("r499,sholder;hipp;x,"), "the whole table goes with the page");
}

#[tokio::test]
async fn a_roster_to_begin_with_is_good_itself_and_the_page_says_what_may_be_written() {
    let answer = ask(get("/roster/sample.csv")).await;
    assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/csv; charset=utf-8");
    let sample = text(answer).await;
    let html = text(ask(upload("/roster", "sample.csv", &sample, &[])).await).await;
    assert!(html.contains("2 rows, all good."), "{sample}{html}");
    assert!(
        text(ask(get("/roster")).await).await.contains("Jaw, Neck, Shoulder"),
        "the areas that can be written"
    );
}

/// Lists as practice software writes them, and what the page takes for the session's time, the name and the area.
#[tokio::test]
async fn columns_of_odd_lists_are_guessed_or_left_and_never_taken_for_others() {
    let cases: [(&str, &[&str], &[&str]); 11] = [
        (
            "Patient,Appointment date,Time,Location,Cancelled at\nAnn,30/11/2026,9:00am - 9:30am,Neck,\n\
             Bo,30/11/2026,9:30am - 10:00am,Hip,\nCy,30/11/2026,10:00am,Hip,29/11/2026 8:00am\n",
            &["Appointment date", "Time", "Patient", "Location"],
            &["Cancelled at"],
        ),
        (
            "Time,Client,Area,Side\n9:00,Ann,Neck,\n9:30,Bo,Knee,L\n10:00,Cy,Hip,R\n",
            &["Time", "Client", "Area", "Side"],
            &[],
        ),
        (
            "When,Name 🧍,Area,First visit?\n11/30/2026 9:00,Ann,Neck,TRUE\n11/30/2026 9:30,Bo,Hip,FALSE\n",
            &["When", "Name 🧍", "Area"],
            &["First visit?"],
        ),
        (
            "Name,When,Area\nAnn,\"Mon Nov 30, 9:00 AM\",Neck\nBo,\"Mon Nov 30, 9:30 AM\",Hip\n",
            &["When"],
            &[],
        ),
        (
            "Date,Time,Name,Area\n11/30/2026,9:00 AM,Ann,Neck\n\"\"\"\",9:30 AM,Bo,Hip\n〃,10:00 AM,Cy,Hip\n",
            &["Date", "Time"],
            &[],
        ),
        (
            "Name,Date,Booked for,Area\nAnn,1980-03-05,2026-11-30 9:00,Neck\nBo,1990-04-06,2026-11-30 9:30,Hip\n",
            &["Booked for"],
            &["Date"],
        ),
        (
            "client_name,starts_at,created_at,body_area\nAnn,2026-11-30T14:00:00Z,2026-11-01T10:00:00Z,Neck\n\
             Bo,2026-11-30T15:00:00Z,2026-11-02T10:00:00Z,Hip\n",
            &["starts_at"],
            &["created_at"],
        ),
        (
            "Name,Area,Modified,Created\nAnn,Neck,2026-11-30 14:00,2026-11-01 10:00\n\
             Bo,Hip,2026-11-30 15:00,2026-11-02 10:00\n",
            &["No column is chosen for the session time"],
            &["Modified", "Created"],
        ),
        (
            "Subject,Start Date,Start Time,Description\nAnn,11/30/2026,9:00 AM,Neck\nBo,11/30/2026,9:30 AM,Hip\n",
            &["Subject", "Start Date", "Start Time", "Description"],
            &["No column is chosen"],
        ),
        (
            "Appt,Calendar,Region\n30/11/2026 9:00,Dr. Rachel,Neck\n30/11/2026 9:30,\"Valerie, PT\",Hip\n",
            &["Appt", "Calendar", "Region", "No column is chosen for the name"],
            &[],
        ),
        (
            "State,(All),\nRow Labels,Area,Count of Patient\nAnn,Neck,1\nBo,Hip,1\n",
            &["Area", "No column is chosen for the name"],
            &["(All)", "Count of Patient"],
        ),
    ];
    for (list, taken, left) in cases {
        let html = text(ask(upload("/roster", "day.csv", list, &[])).await).await;
        let is_taken = |column: &&&str| {
            html.contains(&format!("<option value=\"{column}\" selected>"))
                || html.contains(&format!("<li>{column}"))
        };
        assert!(taken.iter().all(|column| is_taken(&column)), "{taken:?}: {html}");
        assert!(!left.iter().any(|column| is_taken(&column)), "{left:?}: {html}");
    }
}

/// A day sheet by therapist and time has both above its patients, whatever else its rows say.
#[tokio::test]
async fn therapists_and_times_above_their_patients_stand_in_the_table() {
    let list = "Patient,Area\nTherapist: Dr. Rachel,\n9:00 AM,\nAnn,Neck\nBo,Hip\nTherapist: Valerie,\n1:30 PM,\nCy,Calf\nTotal: 3,\n";
    let chosen = [("column.regions", "Area"), ("column.patient", "Patient")];
    let html = text(ask(upload("/roster", "day.csv", list, &chosen)).await).await;
    assert!(html.contains("Which day is this list of?"), "{html}");
    let with_day = [&chosen[..], &[("day", "2026-11-24")]].concat();
    let html = text(ask(upload("/roster", "day.csv", list, &with_day)).await).await;
    assert!(html.contains("3 rows, ") && !html.contains("to mend. Rows"), "{html}");
    assert_eq!((html.matches("<td>Rachel</td>").count(), html.matches("<td>Valerie</td>").count()), (2, 1));
    assert_eq!(
        (html.matches(">9\u{a0}am ").count(), html.matches(">1:30\u{a0}pm ").count()),
        (2, 1),
        "{html}"
    );
    assert!(
        html.contains("Lines 2, 6 name a therapist each") && html.contains("Lines 3, 7 say a time each"),
        "{html}"
    );
    // Names alone are rows where no column says the area.
    let list = "Patient,Phone\nTherapist: Dr. Rachel,\n9:00,\nAnn,\nBo,\n";
    let chosen = [("column.patient", "Patient"), ("day", "2026-11-24")];
    let html = text(ask(upload("/roster", "day.csv", list, &chosen)).await).await;
    assert!(html.contains("2 rows, 2 to mend"), "{html}");
    assert_eq!(html.matches("<td>Dr. Rachel</td>").count(), 2, "{html}");
    assert!(!html.contains("No therapist here") && !html.contains("counts as now"), "{html}");
}

/// Nothing prints an id, so that nobody has to mend one that can name no file. The warning is `numbered-ids`.
#[tokio::test]
async fn phone_numbers_for_ids_are_numbered() {
    let list = "id,patient,regions\n(416) 555-0101,Ann,neck\np-2,Bo,hip\n(416) 555-0101,Cy,calf\n";
    let html = text(ask(upload("/roster", "day.csv", list, &[])).await).await;
    assert!(html.contains("3 rows, all good") && html.contains("2 ids hold signs"), "{html}");
    assert!(html.contains("\n1,Ann") && html.contains("\np-2,Bo") && html.contains("\n3,Cy"), "{html}");
}

#[tokio::test]
async fn rows_without_a_day_among_others_with_one_are_mended_and_of_no_other_day() {
    let list = "Day,Time,Name,Area\n2026-11-25,9:00,Ann,Neck\n,9:30,Bo,Hip\n2026-11-24,9:00,Cy,left knee\n";
    let chosen = [
        ("column.regions", "Area"),
        ("column.patient", "Name"),
        ("column.session_at", "Day"),
        ("column.session_at", "Time"),
    ];
    let html = text(ask(upload("/roster", "day.csv", list, &chosen)).await).await;
    assert!(html.contains("3 rows, 1 to mend") && !html.contains("Which day is this list of?"), "{html}");
    assert!(html.contains("<td>Left knee</td>"), "the table says the side: {html}");
}

#[tokio::test]
async fn what_is_told_of_a_list_says_what_to_do() {
    let list = "id,regions,note\na1,neck,x\n,Total: 1,\n";
    let html = text(ask(upload("/roster", "day.csv", list, &[])).await).await;
    assert!(html.contains("1 to mend"), "{html}");
    let list = "Area,Name,When\nneck,Ann,2026-11-24 9:00\n,,\n,Count: 1,\n";
    let chosen = [("column.regions", "Area"), ("column.patient", "Name"), ("column.session_at", "When")];
    let html = text(ask(upload("/roster", "day.csv", list, &chosen)).await).await;
    assert!(
        html.contains("is passed over, as a total or a remark. If one is a patient")
            && html.contains("1 row, all good"),
        "{html}"
    );
}

#[tokio::test]
async fn who_did_not_come_and_what_is_not_read_is_asked_or_told() {
    let list = "Patient,When,Area,Did not arrive,Cancelled at,State,Left,Right\n\
                Ann,2026-11-24 9:00,Knee,,,Booked,x,\nBo,2026-11-24 9:30,Hip,Yes,,Gone,,x\n\
                Cy,2026-11-24 10:00,Neck,,2026-11-23 8:00,Arrived,,\nDi,2026-11-24 11:00,Neck,,,Seated,,\n";
    let html = text(ask(upload("/roster", "day.csv", list, &[])).await).await;
    for said in [
        "name=\"only.Did not arrive\" value=\"Yes\" checked",
        "name=\"only.Cancelled at\" value=\"2026-11-23 8:00\" checked",
        "name=\"only.State\" value=\"Gone\" checked",
        "<option value=\"Left\" selected>",
        "<option value=\"Right\" selected>",
    ] {
        assert!(html.contains(said), "{said}: {html}");
    }
    let timed = "id,regions,session_at\na1,neck,2026-11-24 9:00\na2,hip,\n";
    let html = text(ask(upload("/roster", "day.csv", timed, &[])).await).await;
    assert!(html.contains("1 row needs a look") && html.contains("session counts as now"), "{html}");
    let all_now = "id,regions,session_at\na1,neck,\na2,hip,\n";
    let html = text(ask(upload("/roster", "day.csv", all_now, &[])).await).await;
    assert!(html.contains("2 rows, all good."), "{html}");
}

/// What the page takes each column of a list for.
async fn guessed(list: &str) -> String {
    let html = text(ask(upload("/roster", "day.csv", list, &[("columns", "ask")])).await).await;
    let mut all = Vec::new();
    for select in html.split("<select name=\"column.").skip(1) {
        let (key, rest) = select.split_once('"').expect("a key");
        let (options, _) = rest.split_once("</select>").expect("its end");
        let chosen = options.split_once("\" selected>").map(|(before, _)| before.rsplit('"').next());
        all.extend(chosen.flatten().map(|column| format!("{key}={column}")));
    }
    all.join(" ")
}

/// The page that comes of a list when its columns are used as they are guessed.
async fn used(list: &str) -> String {
    let found = guessed(list).await;
    let keys = ["regions", "patient", "session_at", "treatment", "precautions", "therapist", "note"];
    let names = keys.map(|key| format!("{key}="));
    let starts = |word: &str| names.iter().any(|name| word.starts_with(name.as_str()));
    let mut pairs: Vec<(String, String)> = Vec::new();
    for word in found.split(' ') {
        match word.split_once('=').filter(|_| starts(word)) {
            Some((key, column)) => pairs.push((format!("column.{key}"), column.to_owned())),
            None => pairs.last_mut().expect("a key first").1.push_str(&format!(" {word}")),
        }
    }
    let chosen: Vec<(&str, &str)> = pairs.iter().map(|(key, column)| (&**key, &**column)).collect();
    text(ask(upload("/roster", "day.csv", list, &chosen)).await).await
}

/// What has to be known of a patient is never thrown away because nobody knows the word for it.
#[tokio::test]
async fn a_column_of_alerts_is_read_whatever_stands_in_it() {
    for name in [
        "Medical alerts",
        "Medical alert",
        "Alerts",
        "Client Alerts",
        "Contraindications",
        "Health flags",
        "Precautions/Alerts",
        "ClientAlerts",
        "Antécédents médicaux",
        "Alertas médicas",
        "病史",
        "هشدار پزشکی",
        "மருத்துவ எச்சரிக்கை",
    ] {
        let list = format!(
            "Start,Client,Area,{name}\n2026-11-30 9:00,A B,knee,Blood thinners (Plavix)\n\
             2026-11-30 9:30,C D,hip,Pregnant 20 wks\n2026-11-30 10:00,E F,hip,\n2026-11-30 10:30,G H,hip,Pregnant\n\
             2026-11-30 11:00,I J,hip,No\n"
        );
        let found = guessed(&list).await;
        assert!(
            found.contains(&format!("precautions={name}")) && found.contains("patient=Client"),
            "{found}"
        );
        let html = used(&list).await;
        assert!(html.contains("5 rows, 2 to mend."), "{name}: {html}");
        assert!(
            html.contains("Blood thinners (Plavix)") && html.contains("Pregnant 20 wks"),
            "{name}: {html}"
        );
    }
    // A few words that come again are no reason to leave rows out by them.
    let few = "Start,Client,Area,Medical alert\n2026-11-30 9:00,A B,knee,Blood thinners\n2026-11-30 9:30,C D,hip,Diabetic\n\
               2026-11-30 10:00,E F,hip,Diabetic\n2026-11-30 10:30,G H,hip,\n";
    let html = text(ask(upload("/roster", "day.csv", few, &[])).await).await;
    assert!(!html.contains("name=\"only.") && html.contains("\"Medical alert\" selected"), "{html}");
    // Also where somebody does not want the column.
    let chosen = [("columns", "ask"), ("column.regions", "Area"), ("column.session_at", "Start")];
    let html = text(ask(upload("/roster", "day.csv", few, &chosen)).await).await;
    assert!(!html.contains("only.Medical alert"), "{html}");
    let all = "Start,Client,Area,Alerts,Precautions,Medical history,Conditions\n\
               2026-11-30 9:00,A B,knee,faints,Pregnancy,Asthma,\n2026-11-30 9:30,C D,hip,,,,\n";
    let found = guessed(all).await;
    for column in ["Alerts", "Precautions", "Medical history", "Conditions"] {
        assert!(found.contains(&format!("precautions={column}")), "{column}: {found}");
    }
    let html = used(all).await;
    assert!(html.contains("2 rows, 1 to mend.") && html.contains("Asthma"), "{html}");
}

/// Terms, mails and money are no precautions: every row of a good list would be one to mend.
#[tokio::test]
async fn a_column_of_other_conditions_is_no_precaution() {
    for (name, cells) in [
        ("Terms and conditions accepted", ["Yes", "No"]),
        ("Email alerts", ["On", "Off"]),
        ("No-show risk", ["Low", "High"]),
        ("Payment warning", ["overdue", ""]),
        ("Alertes courriel", ["Oui", "Non"]),
        ("短信提醒风险", ["低", "高"]),
    ] {
        let list = format!(
            "Start,Client,Area,{name}\n2026-11-30 9:00,A B,knee,{}\n2026-11-30 9:30,C D,hip,{}\n",
            cells[0], cells[1]
        );
        let found = guessed(&list).await;
        assert!(!found.contains("precautions="), "{name}: {found}");
    }
    // What stands there may be one all the same.
    let list = "Start,Client,Area,Account alert\n2026-11-30 9:00,A B,knee,Pregnant\n2026-11-30 9:30,C D,hip,faints\n";
    assert!(guessed(list).await.contains("precautions=Account alert"));
}

/// A column is of choices, whoever is named beside it.
#[tokio::test]
async fn rows_are_chosen_by_what_a_column_says_of_somebody() {
    for (name, cells) in [
        ("Client status", ["Active", "Waiting"]),
        ("Statut du patient", ["Arrivé", "Parti"]),
        ("病人状态", ["已到", "未到"]),
        ("Confirmed by", ["Email", "Phone"]),
        ("Event Type Name", ["Initial", "Review"]),
    ] {
        let rows: String =
            (0..6).map(|row| format!("2026-11-30 9:0{row},Client {row},knee,{}\n", cells[row % 2])).collect();
        let list = format!("Start,Client,Area,{name}\n{rows}");
        let html = text(ask(upload("/roster", "day.csv", &list, &[("columns", "ask")])).await).await;
        assert!(html.contains(&format!("name=\"only.{name}\"")), "{name}: {html}");
    }
}

/// A column for each thing to know, with a tick in it.
#[tokio::test]
async fn ticks_under_what_has_to_be_known_are_that() {
    let list = "Start,Client,Area,Pregnant,Blood thinners,Faints?\n2026-11-30 9:00,A B,knee,Yes,,\n\
                2026-11-30 9:30,C D,hip,No,x,\n2026-11-30 10:00,E F,hip,,No,No\n2026-11-30 10:30,G H,hip,,Eliquis,\n";
    let found = guessed(list).await;
    assert!(found.contains("precautions=Pregnant precautions=Blood thinners precautions=Faints?"), "{found}");
    let html = used(list).await;
    assert!(html.contains("4 rows, 1 to mend.") && html.contains("blood-thinners: Eliquis"), "{html}");
    assert!(html.contains(",pregnancy,\n") && html.contains(",blood-thinners,\n"), "{html}");
    // As people ask, and whatever stands in such a column.
    let asked = "Start,Client,Area,On blood thinners?,Is pregnant,Currently faints: yes/no,Immune issues\n\
                 2026-11-30 9:00,A B,knee,Yes,n,,none\n2026-11-30 9:30,C D,hip,No,Y,no,\n\
                 2026-11-30 10:00,E F,hip,,,yes,\n2026-11-30 10:30,G H,hip,,,,Lupus\n";
    let found = guessed(asked).await;
    for column in ["On blood thinners?", "Is pregnant", "Currently faints: yes/no", "Immune issues"] {
        assert!(found.contains(&format!("precautions={column}")), "{found}");
    }
    let html = used(asked).await;
    assert!(html.contains("4 rows, 1 to mend.") && html.contains("Lupus"), "{html}");
    for value in ["blood-thinners", "pregnancy", "faints"] {
        assert!(html.contains(&format!(",{value},\n")), "{value}: {html}");
    }
    // Two further columns can be chosen by hand.
    let html = text(ask(upload("/roster", "day.csv", asked, &[("columns", "ask")])).await).await;
    assert_eq!(html.matches("name=\"column.precautions\"").count(), 6, "{html}");
    let areas =
        "Start,Client,Neck,L Shoulder,R Shoulder\n2026-11-30 9:00,A B,x,,\n2026-11-30 9:30,C D,,x,x\n";
    let found = guessed(areas).await;
    assert!(found.contains("regions=Neck regions=L Shoulder regions=R Shoulder"), "{found}");
    let html = used(areas).await;
    assert!(html.contains("<td>Both shoulders</td>") && html.contains("<td>Neck</td>"), "{html}");
    let slip = "Start,Client,Area,Left,Right\n2026-11-30 9:00,A B,knee,R,\n2026-11-30 9:30,C D,hip,x,\n";
    let chosen = ["Area", "Left", "Right"].map(|column| ("column.regions", column));
    let chosen = [&chosen[..], &[("column.session_at", "Start")]].concat();
    let html = text(ask(upload("/roster", "day.csv", slip, &chosen)).await).await;
    assert!(html.contains("2 rows, 1 to mend.") && !html.contains("Both knees"), "{html}");
}

/// A day in a row of its own that may be either of two is asked about as one in a column is, and the answer is taken.
#[tokio::test]
async fn a_day_above_rows_asks_how_the_list_writes_days() {
    for zone in ["", " EST"] {
        let list = format!("Start,Client,Area\n12/1/2026,,\n9:00 AM{zone},Ann,knee\n9:30 AM{zone},Bo,hip\n");
        let chosen =
            [("column.regions", "Area"), ("column.session_at", "Start"), ("column.patient", "Client")];
        let html = text(ask(upload("/roster", "day.csv", &list, &chosen)).await).await;
        assert!(html.contains("name=\"dates\""), "{zone}: {html}");
        let said = [&chosen[..], &[("dates", "month-first")]].concat();
        let html = text(ask(upload("/roster", "day.csv", &list, &said)).await).await;
        assert!(html.contains("none to mend.") || html.contains("all good."), "{zone}: {html}");
        assert!(html.contains("Tuesday,"), "{zone}: {html}");
    }
}

/// A family and a given name under short headings, in two columns or in one with a bar.
#[tokio::test]
async fn names_under_short_headings_stand_the_right_way_round() {
    let list = "Start,Surname,Given,Consent given,Area\n2026-11-30 9:00,Lee,Ann,Yes,knee\n2026-11-30 9:30,Fox,Bo,No,hip\n";
    let found = guessed(list).await;
    assert!(found.contains("patient=Given patient=Surname") && !found.contains("Consent"), "{found}");
    for (heading, is_asked) in [("Surname | Given", true), ("Given | Surname", false)] {
        let list =
            format!("Start,{heading},Area\n2026-11-30 9:00,Lee | Ann,knee\n2026-11-30 9:30,Fox | Bo,hip\n");
        assert!(guessed(&list).await.contains(&format!("patient={heading}")), "{heading}");
        let html = text(ask(upload("/roster", "day.csv", &list, &[("columns", "ask")])).await).await;
        assert_eq!(html.contains("last-first"), is_asked, "{heading}: {html}");
    }
}

/// What a list says of a patient in a column that is not read stands beside that patient, and stays there.
#[tokio::test]
async fn what_a_list_says_of_a_row_stands_beside_it() {
    let list = "Start,Client,Area,Status,Is pregnant\n2026-11-30 9:00,A B,knee,Arrived,No\n\
                2026-11-30 9:30,C D,hip,No show,\n2026-11-30 10:00,E F,hip,,Yes\n";
    let chosen = [("column.regions", "Area"), ("column.session_at", "Start"), ("column.patient", "Client")];
    let html = text(ask(upload("/roster", "day.csv", list, &chosen)).await).await;
    let row = |html: &str, number: usize| {
        let from = html.find(&format!("<tr data-row=\"{number}\"")).expect("the row");
        html[from..][..html[from..].find("</tr>").expect("its end")].to_owned()
    };
    let off = "The list says that this session did not take place.";
    let unread = "The column “Is pregnant” says something here, and is not read.";
    let stand = |html: &str| {
        assert!(!row(html, 1).contains(off) && !row(html, 1).contains(unread), "{html}");
        assert!(row(html, 2).contains(off) && !row(html, 2).contains(unread), "{html}");
        assert!(row(html, 3).contains(unread) && !row(html, 3).contains(off), "{html}");
        assert_eq!(html.matches(&format!("<p class=\"remark\">{off}")).count(), 1, "{html}");
    };
    stand(&html);
    // Also when the table comes back with another cell.
    let hidden = |kind: &str, number: usize| {
        let row = row(&html, number);
        let from =
            row.find(&format!("name=\"{kind}.{number}\" value=\"")).expect("it goes back with the table");
        let value = row[from..].split("value=\"").nth(1).expect("a value");
        value.split('"').next().expect("its end").to_owned()
    };
    let (second, third) = (hidden("told", 2), hidden("lost", 3));
    let table = "id,regions,session_at,patient\n1,knee,2026-11-30 9:00,A B\n2,hip,2026-11-30 9:30,C D\n\
                 3,hip,2026-11-30 10:00,E F\n";
    let sent = [("told.2", &*second), ("lost.3", &*third), ("cell.1.regions", "hip")];
    stand(&text(ask(upload("/roster", "", table, &sent)).await).await);
    // What may be a precaution is on no sheet until somebody says that the row is right.
    assert!(html.contains("3 rows, 1 to mend."), "{html}");
    let said = [&sent[..], &[("right.3", "yes")]].concat();
    let html = text(ask(upload("/roster", "", table, &said)).await).await;
    assert!(html.contains("none to mend.") && !row(&html, 3).contains(unread), "{html}");
}

/// The session of another day is never now, whatever its column is called and however the day is written.
#[tokio::test]
async fn a_column_of_days_that_says_no_time_is_never_thrown_away() {
    for (list, taken) in [
        ("Date,Client,Area\n27/11/2026,Zoe Lee,knee\n27/11/2026,Bo Oz,hip\n", "session_at=Date"),
        ("Date,Client,Area\n27/11/26,Zoe Lee,knee\n27/11/26,Bo Oz,hip\n", "session_at=Date"),
        ("Client,Fecha,Area\nZoe Lee,2026-11-27,knee\nBo Oz,2026-11-27,hip\n", "session_at=Fecha"),
        (
            "Client,Termin,Area\nZoe Lee,27.11.2026 09:00 qqq,knee\nBo Oz,27.11.2026 09:30 qqq,hip\n",
            "session_at=Termin",
        ),
        (
            "Client,Booked,Area\nZoe Lee,27 Nov 2026 ~ 9:00,knee\nBo Oz,27 Nov 2026 ~ 9:30,hip\n",
            "session_at=Booked",
        ),
        (
            "Client,dtstart,Area\nZoe Lee,20261127T090000,knee\nBo Oz,20261127T093000,hip\n",
            "session_at=dtstart",
        ),
        (
            "Client;Moment;Area\nZoe Lee;November 27, 2026 = 9:00 AM;knee\nBo Oz;November 27, 2026 = 9:30 AM;hip\n",
            "session_at=Moment",
        ),
        (
            "Patient;Datum;Uhrzeit;Area\nZoe Lee;27.11.2026;09:00 qqq;knee\nBo Oz;27.11.2026;09:30 qqq;hip\n",
            "session_at=Datum session_at=Uhrzeit",
        ),
    ] {
        let found = guessed(list).await;
        assert!(found.contains(taken), "{taken}: {found}");
        let html = used(list).await;
        assert!(!html.contains("<td class=\"time\">now"), "{taken}: {html}");
    }
    // Birthdays and numbers of another kind are no days of sessions.
    for list in [
        "Client,Date,Area\nZoe Lee,1980-11-27,knee\nBo Oz,1990-11-27,hip\n",
        "Client,Invoice,Area\nZoe Lee,INV-2026-0012,knee\nBo Oz,INV-2026-0013,hip\n",
        "Client,Created,Area\nZoe Lee,27.11.2026 09:00 qqq,knee\nBo Oz,27.11.2026 09:30 qqq,hip\n",
    ] {
        let found = guessed(list).await;
        assert!(!found.contains("session_at="), "{found}");
    }
    // Whoever wants no column for it is told what that means, in the table too.
    let list = "Client,Booked,Area\nZoe Lee,27/11/2026,knee\nBo Oz,27/11/2026,hip\n";
    let chosen = [("column.regions", "Area"), ("column.patient", "Client")];
    let html = text(ask(upload("/roster", "day.csv", list, &chosen)).await).await;
    assert!(html.contains("2 rows") && html.contains("No column is chosen for the session time."), "{html}");
    let without = "Client,Area\nZoe Lee,knee\nBo Oz,hip\n";
    let html = text(ask(upload("/roster", "day.csv", without, &chosen)).await).await;
    assert!(html.contains("2 rows, all good.") && !html.contains("No column is chosen"), "{html}");
}

/// Which treatment a sheet is of decides on its warnings: whoever looks at the list sees it.
#[tokio::test]
async fn the_table_says_which_treatment_each_sheet_is_of() {
    let list = "id,regions,treatment\na,neck,cupping\nb,hip,Dry needling\nc,hip,massage\n";
    let html = text(ask(upload("/roster", "day.csv", list, &[])).await).await;
    assert!(html.contains("<th scope=\"col\">Treatment</th>"), "{html}");
    assert!(html.contains("<td>Cupping</td>") && html.contains("<td>Dry needling</td>"), "{html}");
    assert!(html.contains("<td>massage</td>"), "a row to mend has what the list says: {html}");
    let silent = text(ask(upload("/roster", "day.csv", "id,regions\na,neck\n", &[])).await).await;
    assert!(silent.contains("<td>Dry needling</td>"), "the clinic has several: {silent}");
}

/// A row is chosen by what recurs. A name is none of these words: the browser would keep it.
#[tokio::test]
async fn no_name_is_offered_to_choose_rows_by() {
    let list = "Client,Start,Area,Preferred Name,Emergency contact,Nickname,Room,Hint,Carer\n\
                Ann,2026-11-30 9:00,knee,Peggy,Tom O'Brien,Peg,1 West,SECRET,Moe\n\
                Bo,2026-11-30 9:30,hip,,,,1 West,,Moe\nCy,2026-11-30 10:00,hip,,,,2 East,,\n\
                Di,2026-11-30 10:30,hip,,Tom O'Brien,,2 East,,Moe\n";
    let html = text(ask(upload("/roster", "day.csv", list, &[])).await).await;
    for column in ["Preferred Name", "Emergency contact", "Nickname", "Hint", "Carer", "Client"] {
        assert!(!html.contains(&format!("name=\"only.{column}\"")), "{column}: {html}");
    }
    assert!(html.contains("name=\"only.Room\" value=\"1 West\""), "{html}");
}

/// `Handout notes` is what `handout note` is.
#[tokio::test]
async fn a_heading_may_name_several_of_what_it_holds() {
    let list = "Clients,Starts,Areas,Handout notes,Practitioners\nAnn,2026-11-30 9:00,knee,Go easy,Rachel\n\
                Bo,2026-11-30 9:30,hip,,Rachel\n";
    let found = guessed(list).await;
    for one in [
        "patient=Clients",
        "session_at=Starts",
        "regions=Areas",
        "note=Handout notes",
        "therapist=Practitioners",
    ] {
        assert!(found.contains(one), "{one}: {found}");
    }
}

/// What a column holds says what it is, where its name does not.
#[tokio::test]
async fn columns_are_known_by_what_stands_in_them_and_areas_keep_their_own_sides() {
    let alerts = "Name,Start,Area,Alerts\nAnn,2026-11-24 9:00,Neck,Blood thinners\n\
                  Bo,2026-11-24 9:30,Knee,Pregnancy\nCy,2026-11-24 10:00,Hip,\n";
    let found = guessed(alerts).await;
    assert!(found.contains("precautions=Alerts"), "{found}");
    let treatment =
        "Name,Location,Start,Treatment\nAnn,Main St,2026-11-24 9:00,Neck\nBo,Main St,2026-11-24 9:30,Hip\n";
    let found = guessed(treatment).await;
    assert!(found.contains("regions=Treatment") && !found.contains("treatment=Treatment"), "{found}");
    let service = "Name,Start,Area,Service\nAnn,2026-11-24 9:00,Neck,Cupping\n\
                   Bo,2026-11-24 9:30,Hip,Dry needling - 30 min\nCy,2026-11-24 10:00,Hip,Assessment\n";
    let found = guessed(service).await;
    assert!(found.contains("treatment=Service"), "{found}");
    let chosen = [
        ("column.regions", "Area"),
        ("column.patient", "Name"),
        ("column.session_at", "Start"),
        ("column.treatment", "Service"),
    ];
    let html = text(ask(upload("/roster", "day.csv", service, &chosen)).await).await;
    assert!(html.contains("3 rows, 1 to mend"), "an assessment is no treatment: {html}");
    // "Scuppings" is no cupping, and of two treatments nobody knows which.
    let odd =
        "id,regions,treatment\na,neck,Scuppings\nb,neck,Cupping and dry-needling\nc,neck,dry-needling (30)\n";
    let html = text(ask(upload("/roster", "day.csv", odd, &[])).await).await;
    assert!(html.contains("3 rows, 2 to mend"), "{html}");
    let half = "Name,Date,Time,AM/PM,Area\nAnn,11/24/2026,9:00,AM,Neck\nBo,11/24/2026,1:30,PM,Hip\n";
    let found = guessed(half).await;
    assert!(found.contains("session_at=Date session_at=Time session_at=AM/PM"), "{found}");
    let several = "Name,Start,Area 1,Side 1,Area 2,Side 2\nAnn,2026-11-24 9:00,Shoulder,L,Knee,R\n\
                   Bo,2026-11-24 9:30,Knee,R,,\nCy,2026-11-24 10:00,Knee,L,Hip,\n";
    let found = guessed(several).await;
    assert!(found.contains("regions=Area 1 regions=Side 1 regions=Area 2 regions=Side 2"), "{found}");
    let chosen = ["Area 1", "Side 1", "Area 2", "Side 2"].map(|column| ("column.regions", column));
    let chosen = [&chosen[..], &[("column.session_at", "Start")]].concat();
    let html = text(ask(upload("/roster", "day.csv", several, &chosen)).await).await;
    assert!(html.contains("<td>Left shoulder, right knee</td>"), "{html}");
    assert!(html.contains("3 rows, 1 to mend"), "whose side the third row says, nobody knows: {html}");
    let night = "id,regions,session_at\na1,neck,2026-11-24 1:30\na2,hip,2026-11-24 9:00\n";
    let html = text(ask(upload("/roster", "day.csv", night, &[])).await).await;
    assert!(html.contains("1 row needs a look") && html.contains("Is it in the afternoon?"), "{html}");
}

/// Lists that a program wrote: words without a space between them, truths as numbers, and a column of times in which not only
/// times stand.
#[tokio::test]
async fn columns_of_programs_are_known_and_times_are_never_passed_over() {
    let chosen = |html: &str, column: &str| html.contains(&format!("<option value=\"{column}\" selected>"));
    let program = "ClientID,ClientName,ApptDate,ApptTime,Arrived,Cancelled,BodyArea\n12,Ann Lee,30/11/2026,09:00,1,0,Neck\n\
                   13,Bo Oz,30/11/2026,09:30,0,1,Knee\n14,Cy Berg,30/11/2026,10:00,1,0,Hip\n";
    let html = text(ask(upload("/roster", "day.csv", program, &[("columns", "ask")])).await).await;
    for column in ["ClientName", "ApptDate", "ApptTime", "BodyArea"] {
        assert!(chosen(&html, column), "{column}: {html}");
    }
    assert!(html.contains("name=\"only.Arrived\" value=\"0\" checked"), "who did not come is asked: {html}");
    assert!(!html.contains("only.ClientID"), "{html}");
    // The words of the second table stand under the first one's times.
    let two = "Time,Patient,Area\n11/30/2026 9:00 AM,Ann,Neck\n,,\nSuzie,,\nPatient,Time,Area\nCy,11/30/2026 9:00 AM,Hip\n\
               Di,11/30/2026 9:30 AM,Calf\n";
    let html = text(ask(upload("/roster", "day.csv", two, &[("columns", "ask")])).await).await;
    assert!(chosen(&html, "Time"), "{html}");
    let odd =
        "Client,Appt date,Appt time,Area\nAnn,30/11/2026,\"'9:00 AM\",Neck\nBo,30/11/2026,9h30 sharp,Hip\n";
    let html = text(ask(upload("/roster", "day.csv", odd, &[("columns", "ask")])).await).await;
    assert!(chosen(&html, "Appt date") && chosen(&html, "Appt time"), "{html}");
    // In a code page that nobody can tell, no column is offered by half a name.
    let list = [&b"\xd0\xd5\xc3\xfb,\xc8\xd5\xc6\xda,Area\n"[..], b"Ann,2026-11-30 9:00,neck\n"].concat();
    let html = text(ask(upload("/roster", "day.csv", list, &[])).await).await;
    assert!(html.contains("Save the file as CSV UTF-8") && !html.contains("id=\"mapping\""), "{html}");
}

/// A total among the rows, or a heading of a therapist's, is no patient's: it is left out, and stays in the table.
#[tokio::test]
async fn a_row_that_is_nobodys_is_left_out_and_taken_back() {
    let table = "id,regions,patient\na1,neck,Ann\na2,,Subtotal\na3,hip,Bo\n";
    let sent = |path: &str, more: &[(&str, &str)]| {
        let ticks = [("listed", "yes"), ("row.1", "yes"), ("row.2", "yes"), ("row.3", "yes")];
        upload(path, "", table, &[&ticks, more].concat())
    };
    let html = text(ask(sent("/roster", &[])).await).await;
    assert!(html.contains("3 rows, 1 to mend") && html.contains("name=\"out\" value=\"2\""), "{html}");
    let out = [("out", "2"), ("lost.2", "Cells are not read.")];
    let html = text(ask(sent("/roster", &out)).await).await;
    assert!(html.contains("2 rows, all good. Left out: 1.") && html.contains("Print 2 sheets"), "{html}");
    assert!(
        html.contains("Subtotal") && html.contains("name=\"out.2\"") && !html.contains("mend-2"),
        "{html}"
    );
    assert!(html.contains("name=\"lost.2\""), "what could not be read of it goes with it: {html}");
    let back = [("out.2", "yes"), ("lost.2", "Cells are not read."), ("back", "2")];
    let html = text(ask(sent("/roster", &back)).await).await;
    assert!(html.contains("3 rows, 1 to mend") && html.contains("Cells are not read."), "{html}");
    let made = ask(sent("/roster.zip", &[("out.2", "yes"), ("out.3", "yes")])).await;
    let made = to_bytes(made.into_body(), 64 << 20).await.unwrap();
    let names: Vec<_> = unpacked(made.to_vec()).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["a1.pdf"]);
}

/// A sheet says when its session was and speaks to its patient: the next visit, the last one and other people's names are neither.
#[tokio::test]
async fn the_session_and_the_patient_are_no_others() {
    for (list, taken, left) in [
        (
            "Pt Name,DOS,Appt Time,Tx area,Next Appt\nAnn Lee,11/30/2026,9:00 AM,Neck,12/14/2026 9:00 AM\n\
             Bo Oz,11/30/2026,9:30 AM,L knee,\n",
            &["patient=Pt Name", "session_at=DOS session_at=Appt Time", "next_visit=Next Appt"][..],
            &[][..],
        ),
        (
            "Patient,Last appointment,Date,Time,Area\nAnn,2026-11-01 9:00,2026-11-30,9:00,Neck\n\
             Bo,2026-11-02 9:00,2026-11-30,9:30,Hip\n",
            &["session_at=Date session_at=Time"],
            &["Last appointment"],
        ),
        (
            "Patient,Next appointment,Area\nAnn,2026-12-14 9:00,Neck\nBo,2026-12-15 9:00,Hip\n",
            &["next_visit=Next appointment"],
            &["session_at"],
        ),
        (
            "Name,Date,Time,Name,Area\nRachel,30/11/2026,9:00,Ann Lee,Neck\nRachel,30/11/2026,9:30,Bo Oz,Knee\n",
            &["patient=Name (2)", "therapist=Name (1)"],
            &[],
        ),
        (
            "Provider Name,Start,Area\nDr. Who,2026-11-30 9:00,Neck\nDr. No,2026-11-30 9:30,Knee\n",
            &["therapist=Provider Name"],
            &["patient="],
        ),
        (
            "Client / Guardian,Child,Start,Area\nMax Lee,Ann Lee,2026-11-30 9:00,Neck\nMoe Oz,Bo Oz,2026-11-30 9:30,Knee\n",
            &["patient=Child"],
            &[],
        ),
        (
            "Name,Start,Region,R/L\nAnn,2026-11-30 9:00,Knee,R\nBo,2026-11-30 9:30,Shoulder,L/R\nCy,2026-11-30 10:00,Hip,?\n",
            &["regions=Region regions=R/L"],
            &[],
        ),
        (
            "Name,Start,Region,L,R\nAnn,2026-11-30 9:00,Knee,1,0\nBo,2026-11-30 9:30,Shoulder,0,1\n",
            &["regions=Region regions=L regions=R"],
            &[],
        ),
    ] {
        let found = guessed(list).await;
        assert!(taken.iter().all(|one| found.contains(one)), "{taken:?}: {found}");
        assert!(!left.iter().any(|one| found.contains(one)), "{left:?}: {found}");
    }
    let beside =
        "Time,Patient,Area,,Time,Patient,Area\n9:00,Ann,Neck,,9:00,Cy,Hip\n9:30,Bo,Knee,,9:30,Di,Calf\n";
    let html = text(ask(upload("/roster", "day.csv", beside, &[])).await).await;
    assert!(
        html.contains("Two lists stand beside each other.") && !html.contains("id=\"mapping\""),
        "{html}"
    );
}

/// JSON with keys of its own gets the question that a table gets.
#[tokio::test]
async fn a_foreign_list_of_objects_is_asked_about_as_a_table_is() {
    let list = "{\"appointments\": [{\"client\": {\"first_name\": \"Ann\", \"last_name\": \"Lee\"}, \"starts_at\": \
                \"2026-11-30T09:00:00-05:00\", \"body_area\": [\"neck\", \"hip\"], \"phone\": \"555\"}]}";
    let html = text(ask(upload("/roster", "day.json", list, &[])).await).await;
    assert!(
        html.contains("id=\"mapping\"") && html.contains("<option value=\"body_area\" selected>"),
        "{html}"
    );
    let chosen = [
        ("column.regions", "body_area"),
        ("column.patient", "client.first_name"),
        ("column.patient", "client.last_name"),
        ("column.session_at", "starts_at"),
    ];
    let html = text(ask(upload("/roster", "day.json", list, &chosen)).await).await;
    assert!(html.contains("Ann Lee") && html.contains("Neck, hip") && !html.contains("555"), "{html}");
    let own = "[{\"id\": \"a\", \"regions\": [\"neck\"], \"patient\": \"Ann\"}]";
    let html = text(ask(upload("/roster", "day.json", own, &[])).await).await;
    assert!(html.contains("1 row, all good."), "{html}");
}

/// What people make by hand: a heading of two rows, columns for the sides, days above their rows, names below each other.
#[tokio::test]
async fn lists_that_people_make_by_hand_are_offered_as_they_are_meant() {
    let groups = "Patient,,Visit,,Body\nFirst,Last,Date,Time,Area\nAnn,Lee,2026-11-30,9:00,Neck\nBo,Oz,2026-11-30,9:30,Knee\n";
    let found = guessed(groups).await;
    assert!(
        found.contains("patient=First patient=Last") && found.contains("session_at=Date session_at=Time"),
        "{found}"
    );
    let sides = "Name,Start,Left,Right\nAnn,2026-11-30 9:00,Knee,\nBo,2026-11-30 9:30,,Shoulder\nCy,2026-11-30 10:00,Hip,Knee\n";
    assert!(guessed(sides).await.contains("regions=Left regions=Right"));
    let chosen = [
        ("column.regions", "Left"),
        ("column.regions", "Right"),
        ("column.patient", "Name"),
        ("column.session_at", "Start"),
    ];
    let html = text(ask(upload("/roster", "day.csv", sides, &chosen)).await).await;
    assert!(html.contains("Left hip, right knee") && html.contains("Right shoulder"), "{html}");
    let week =
        "Time,Patient,Area\nMonday 30 November 2026,,\n9:00,Ann,Neck\nTuesday 1 December,,\n9:30,Bo,Hip\n";
    let chosen = [
        ("column.regions", "Area"),
        ("column.patient", "Patient"),
        ("column.session_at", "Time"),
        ("day", "2026-11-24"),
    ];
    let html = text(ask(upload("/roster", "week.csv", week, &chosen)).await).await;
    assert!(html.contains("Lines 2, 4 say a day each"), "{html}");
    assert!(html.contains("Ann,2026-11-30T09:00") && html.contains("Bo,2026-12-01T09:30"), "{html}");
    for (list, told) in [
        ("Patient,Ann,Bo\nTime,9:00,9:30\nArea,Neck,Hip\n", "stand below each other"),
        ("TIME   PATIENT  AREA\n09:00  Ann      Neck\n09:30  Bo       Hip\n", "parted by spaces alone"),
    ] {
        let html = text(ask(upload("/roster", "day.csv", list, &[])).await).await;
        assert!(html.contains(told) && !html.contains("id=\"mapping\""), "{html}");
    }
    let two = "[{\"start\": \"9:00\", \"part\": \"hip\", \"part\": \"neck\"}]";
    let html = text(ask(upload("/roster", "day.json", two, &[])).await).await;
    assert!(html.contains("two values under one name"), "{html}");
}

/// A row that stands twice, a ditto mark and two people of one name are told beside their rows.
#[tokio::test]
async fn what_may_mix_up_rows_is_told_beside_them() {
    let list = "id,patient,regions,session_at,therapist\na,Ann,neck,2026-11-24T09:00,Rachel Smith\n\
                b,Ann,neck,2026-11-24T09:00,Valerie\nc,Cy,〃,2026-11-24T10:00,Rachel Jones\n";
    let html = text(ask(upload("/roster", "day.csv", list, &[])).await).await;
    assert!(html.contains("3 rows, 2 to mend"), "{html}");
    assert!(
        html.contains("Row 1 has the same name and time.") && html.contains("has a ditto mark"),
        "{html}"
    );
    assert!(html.contains("several physiotherapists called Rachel"), "{html}");
    // Whoever is chosen for one row does not make the other one the same person.
    let html = text(ask(upload("/roster", "day.csv", list, &[("cell.1.therapist", "Rachel")])).await).await;
    assert!(
        html.contains("3 rows, 1 to mend") && html.contains("several physiotherapists called Rachel"),
        "{html}"
    );
}
