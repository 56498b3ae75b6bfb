//! What a clinic's own folder makes of the clinician's page, as a service without a port.

use aftercare::web::app;
use aftercare::{AccessGuard, BuiltIn, Engine, Memory, Site};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use chrono::{TimeZone, Utc};
use std::net::SocketAddr;
use std::sync::Arc;
use tower::ServiceExt;

const HOST: &str = "127.0.0.1:8017";

/// The page of the built-in clinic with more in its profile.
fn page_with(profile: &str) -> Router {
    page_of(|text| format!("{text}\n{profile}"))
}

/// The page of the built-in clinic with another profile.
fn page_of(change: impl Fn(&str) -> String) -> Router {
    let mut folder = Memory::copy(&BuiltIn).expect("the built-in folder");
    let file = folder.0.get_mut("content/clinic.yaml").expect("a profile");
    let text = change(&String::from_utf8_lossy(file));
    *file = text.into_bytes().into();
    let engine = Engine::load(&folder).expect("a profile that is sound").value;
    let access = AccessGuard::new(SocketAddr::from(([127, 0, 0, 1], 8017)), None).expect("loopback");
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap();
    app(Arc::new(Site::new(engine, access, Box::new(move || now)).expect("a page")))
}

async fn html(page: &Router, request: Request<Body>) -> String {
    let response = page.clone().oneshot(request).await.expect("an answer");
    let bytes = to_bytes(response.into_body(), 64 << 20).await.expect("a whole body");
    String::from_utf8_lossy(&bytes).into_owned()
}

fn get(path: &str) -> Request<Body> {
    Request::get(path).header(header::HOST, HOST).body(Body::empty()).unwrap()
}

fn post(path: &str, body: &str) -> Request<Body> {
    Request::post(path)
        .header(header::HOST, HOST)
        .header(header::ORIGIN, format!("http://{HOST}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body.to_owned()))
        .unwrap()
}

#[tokio::test]
async fn a_clinic_says_how_many_sheets_are_remembered_how_long_and_whether_at_all() {
    let usual = html(&page_with(""), get("/")).await;
    assert!(usual.contains(r#"data-keep="12" data-minutes="60""#) && usual.contains("for 60 minutes"));
    assert!(usual.contains(r#"id="again-keep" checked"#));
    let few = page_with("last-sheets: {keep: 3, minutes: 15, from-start: false}\n");
    let few = html(&few, get("/")).await;
    assert!(few.contains(r#"data-keep="3" data-minutes="15""#) && few.contains(r#"id="again-keep">"#));
    let none = html(&page_with("last-sheets: {keep: 0}\n"), post("/", "again=held&regions=neck")).await;
    assert!(!none.contains(r#"id="again"#) && !none.contains("held&"), "a clinic that wants none has none");
}

#[tokio::test]
async fn remembered_sheets_come_along_to_the_page_of_another_treatment_as_they_were_sent() {
    let page =
        html(&page_with(""), post("/", "to_treatment=cupping&again=%7B%22a%22%3A%22%3Cb%3E%22%7D")).await;
    assert!(page.contains(r#"data-held="{&quot;a&quot;:&quot;&lt;b&gt;&quot;}""#), "{page}");
}

/// A sheet as the form sets it aside.
const NECK: &str = "%5B%5B%22treatment%22%2C%22dry-needling%22%5D%2C%5B%22language%22%2C%22en%22%5D%2C%5B%22edition%22\
                    %2C%22standard%22%5D%2C%5B%22regions%22%2C%22neck%22%5D%5D";

async fn sheet(page: &Router, form: &str) -> (axum::http::StatusCode, Vec<u8>) {
    let response = page.clone().oneshot(post("/sheet.pdf", form)).await.expect("an answer");
    (response.status(), to_bytes(response.into_body(), 64 << 20).await.expect("a whole body").to_vec())
}

#[tokio::test]
async fn the_sheets_of_a_patient_are_one_pdf_in_which_each_begins_on_a_front() {
    let page = page_with("");
    let own = "treatment=cupping&language=en&edition=standard&regions=calf&patient=Anna";
    let (status, bytes) = sheet(&page, &format!("{own}&beside={NECK}")).await;
    assert_eq!(status, 200);
    assert_eq!(
        lopdf::Document::load_mem(&bytes).expect("a PDF").get_pages().len(),
        4,
        "two sheets of two sides"
    );
    let form = post("/preview", &format!("{own}&beside={NECK}&precautions=blood-thinners"));
    let shown = html(&page, form).await;
    assert!(shown.contains("Prints too: Dry needling · Neck · Standard"), "{shown}");
    assert_eq!(shown.matches("Anna").count(), 2, "the name is said once and holds for both");
    let bleeds = shown.split("Prints too: ").filter(|sheet| sheet.contains("thinners")).count();
    assert_eq!(bleeds, 2, "what is true of the patient holds for both");
    // The same sheet twice is one.
    let same = format!("treatment=dry-needling&language=en&edition=standard&regions=neck&beside={NECK}");
    let (_, once) = sheet(&page, &same).await;
    assert_eq!(lopdf::Document::load_mem(&once).expect("a PDF").get_pages().len(), 2);
}

#[tokio::test]
async fn a_sheet_that_was_set_aside_unfinished_stops_the_print_and_is_named() {
    let page = page_with("");
    let unfinished = NECK.replace("%2C%5B%22regions%22%2C%22neck%22%5D", "");
    let form = format!("treatment=cupping&language=en&edition=standard&regions=calf&beside={unfinished}");
    let (status, bytes) = sheet(&page, &form).await;
    let page = String::from_utf8_lossy(&bytes).into_owned();
    assert_eq!(status, 422);
    assert!(page.contains("Dry needling · Standard: "), "{page}");
}

#[tokio::test]
async fn what_was_never_set_aside_by_this_page_is_passed_over() {
    let page = page_with("");
    for odd in ["%5B", "x", "%5B%5B%22treatment%22%5D%5D", "%5B%5D"] {
        let (status, bytes) = sheet(&page, &format!("treatment=cupping&regions=calf&beside={odd}")).await;
        assert_eq!(status, 200, "{odd}");
        let pages = lopdf::Document::load_mem(&bytes).expect("a PDF").get_pages().len();
        assert_eq!(pages, 2, "{odd}: the form's own sheet alone");
    }
}

#[tokio::test]
async fn a_sheet_that_was_set_aside_keeps_what_was_chosen_since() {
    let page = page_with("");
    let now =
        "treatment=dry-needling&language=en&edition=standard&regions=neck&regions=knee&precautions=pregnancy";
    let other = html(&page, post("/", &format!("{now}&to_treatment=cupping&beside={NECK}"))).await;
    assert!(other.contains("<li><span>Dry needling · Neck, Knee · Standard</span>"), "{other}");
    // Taking another one away takes no more than that.
    let large = NECK.replace("standard", "large-print");
    let less = html(&page, post("/", &format!("{now}&take_sheet=0&beside={NECK}&beside={large}"))).await;
    assert!(less.contains("Taken away: Dry needling · Neck, Knee · Large print."), "{less}");
    assert_eq!(less.matches(r#"name="beside""#).count(), 1, "the form's own one is still set aside");
    // The button that brings it back holds it.
    let back = format!("{now}&return_sheet={large}&beside={NECK}");
    let back = html(&page, post("/", &back)).await;
    assert!(back.contains("<li><span>Dry needling · Neck, Knee · Large print</span>"), "{back}");
    assert!(less.contains(r#"name="return_sheet""#) && !back.contains(r#"name="return_sheet""#));
}

#[tokio::test]
async fn a_form_of_one_language_says_which() {
    let page = html(&page_with(""), get("/")).await;
    assert!(page.contains(r#"<input type="hidden" name="language" value="en">"#), "{page}");
}

#[tokio::test]
async fn the_summary_speaks_of_every_sheet_that_prints() {
    let page = page_with("");
    let beside = NECK.replace("neck", "chest").replace("standard", "large-print");
    let form = format!("treatment=cupping&language=en&edition=standard&regions=calf&beside={beside}");
    let shown = html(&page, post("/preview", &form)).await;
    let summary =
        shown.split("data-summary=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
    assert!(summary.starts_with("2 sheets · ") && summary.contains("standard · large print"), "{summary}");
    assert!(summary.contains("with lung signs"), "the other sheet's signs: {summary}");
    assert_eq!(summary.matches("not signed yet").count(), 1, "{summary}");
}

#[tokio::test]
async fn a_sheet_that_changes_places_with_another_loses_neither_nor_what_goes_along() {
    let form = "treatment=cupping&language=en&edition=standard&regions=calf&again=kept&elsewhere=precautions%3Dfaints";
    let page = html(&page_with(""), post("/", &format!("{form}&change_sheet=0&beside={NECK}"))).await;
    assert!(
        page.contains(r#"name="treatment" value="dry-needling""#) && page.contains(r#"data-held="kept""#)
    );
    assert!(
        page.contains("Cupping · Calf · Standard") && page.contains(r#"value="precautions=faints""#),
        "{page}"
    );
}

#[tokio::test]
async fn more_exercises_than_the_treatment_says_are_remarked_on_and_print_all_the_same() {
    let page = page_with("");
    let chosen = "treatment=dry-needling&regions=neck&regions=shoulder&choose=own&stretches=side-neck-stretch\
                  &stretches=arm-across-stretch&exercises=head-turns&exercises=shoulder-rolls";
    let told = "People keep up with 4 or fewer more easily.";
    assert!(!html(&page, post("/preview", chosen)).await.contains(told), "four are not too many");
    let five = format!("{chosen}&exercises=wall-slide");
    let shown = html(&page, post("/preview", &five)).await;
    assert!(shown.contains("That is 5 in all.") && shown.contains(told), "{shown}");
    assert_eq!(sheet(&page, &five).await.0, 200, "the therapist decides");
}

#[tokio::test]
async fn a_sheet_in_another_language_has_its_copy_behind_it_for_who_does_not_read_it() {
    let page = page_of(|text| text.replace("languages: [en]", "languages: [en, fr]"));
    let shown = html(&page, get("/")).await;
    assert!(shown.contains("With a copy in English for yourself"), "it is offered");
    assert!(
        shown.contains(r#"value="en" checked class="original""#),
        "what hides it with a sheet in English"
    );
    assert!(!html(&page_with(""), get("/")).await.contains("with_source"), "a clinic of one language");
    let form =
        "treatment=dry-needling&regions=neck&intensity=light&edition=standard&session_at=2026-11-24T15:30";
    let (status, plain) = sheet(&page, &format!("{form}&language=fr")).await;
    assert_eq!(status, 200);
    let (status, both) = sheet(&page, &format!("{form}&language=fr&with_source=yes")).await;
    assert_eq!(status, 200);
    let pages = |bytes: &[u8]| lopdf::Document::load_mem(bytes).expect("a PDF").get_pages().len();
    assert_eq!((pages(&plain), pages(&both)), (2, 4));
    let preview = html(&page, post("/preview", &format!("{form}&language=fr&with_source=yes"))).await;
    assert_eq!(preview.matches("<figure class=\"page\"").count(), 4, "what prints is shown");
    assert!(preview.contains("Copy in English, for yourself"), "{}", &preview[..400]);
    // The sheet of the original's own language has none, and is the same to the last byte.
    let (_, own) = sheet(&page, &format!("{form}&language=en&with_source=yes")).await;
    let (_, usual) = sheet(&page, &format!("{form}&language=en")).await;
    assert!(own == usual);
}

/// A form with a file, as browsers send it.
fn roster(path: &str, list: &str, fields: &[(&str, &str)]) -> Request<Body> {
    let part = |name: &str, text: &str| {
        format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
    };
    let body: String = fields.iter().map(|(name, text)| part(name, text)).collect();
    let file = part("roster\"; filename=\"day.csv", list);
    let mut request = post(path, &(file + &body + "--edge--\r\n"));
    request.headers_mut().insert(header::CONTENT_TYPE, "multipart/form-data; boundary=edge".parse().unwrap());
    request
}

#[tokio::test]
async fn many_sheets_in_other_languages_have_their_copies_behind_them() {
    let page = page_of(|text| text.replace("languages: [en]", "languages: [en, fr]"));
    let offer = "With a copy in English for yourself";
    let own = "id,regions,language\na,neck,en\n";
    assert!(!html(&page, roster("/roster", own, &[])).await.contains(offer), "none is in another language");
    let list = "id,regions,language\na,neck,fr\nb,hip,en\n";
    let plain = html(&page, roster("/roster", list, &[])).await;
    assert!(plain.contains(offer) && plain.contains("name=\"with_source\" value=\"yes\">"), "{plain}");
    let wanted = [("with_source", "yes")];
    let kept = html(&page, roster("/roster", list, &wanted)).await;
    assert!(kept.contains("name=\"with_source\" value=\"yes\" checked>"), "it stays chosen: {kept}");
    let bytes = async |path: &str, fields: &[(&str, &str)]| {
        let response = page.clone().oneshot(roster(path, list, fields)).await.expect("an answer");
        assert_eq!(response.status(), 200);
        to_bytes(response.into_body(), 64 << 20).await.expect("a whole body").to_vec()
    };
    let pages = |bytes: &[u8]| lopdf::Document::load_mem(bytes).expect("a PDF").get_pages().len();
    let (alone, both) = (bytes("/roster.pdf", &[]).await, bytes("/roster.pdf", &wanted).await);
    assert_eq!((pages(&alone), pages(&both)), (4, 6), "of the French one alone");
    let mut archive =
        zip::ZipArchive::new(std::io::Cursor::new(bytes("/roster.zip", &wanted).await)).expect("an archive");
    let mut counts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let mut file = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut file).expect("a part");
        counts.push(pages(&file));
    }
    assert_eq!(counts, [4, 2], "a file a row, the copy behind its sheet");
}
