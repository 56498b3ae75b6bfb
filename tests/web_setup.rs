//! Setting up the clinic on the page: what is written into its folder, what is refused, and what stays.

use aftercare::web::app;
use aftercare::{AccessGuard, BuiltIn, Engine, Files, Folder, Site};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use chrono::{TimeZone, Utc};
use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt;

const HOST: &str = "127.0.0.1:8017";
const PROFILE: &str = "content/clinic.yaml";

/// A clinic with one treatment: loading it takes a third of the time.
fn clinic() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for file in BuiltIn.list().expect("the built-in folder") {
        let place = folder.path().join(&file.path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, BuiltIn.read(&file.path).unwrap()).unwrap();
    }
    let profile = read(folder.path(), PROFILE);
    let one = profile.replace("[dry-needling, shockwave, cupping]", "[dry-needling]");
    fs::write(folder.path().join(PROFILE), one).unwrap();
    folder
}

fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap_or_else(|_| panic!("no {path}"))
}

fn page(folder: Option<&Path>) -> Router {
    let engine = match folder {
        Some(folder) => Engine::load(&Folder::new(folder)).expect("a sound folder").value,
        None => Engine::built_in().expect("the built-in folder").value,
    };
    let access = AccessGuard::new(SocketAddr::from(([127, 0, 0, 1], 8017)), None).expect("loopback");
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap();
    let site = Site::new(engine, access, Box::new(move || now)).expect("a page");
    app(Arc::new(match folder {
        Some(folder) => site.of_folder(folder.to_owned()),
        None => site,
    }))
}

struct Answer {
    status: StatusCode,
    location: String,
    html: String,
}

async fn ask(page: &Router, request: Request<Body>) -> Answer {
    let response = page.clone().oneshot(request).await.expect("an answer");
    let (status, headers) = (response.status(), response.headers().clone());
    if !headers.contains_key("content-disposition") && status == 200 {
        assert_eq!(headers[header::CACHE_CONTROL], "no-store");
    }
    let location = headers.get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
    let bytes = to_bytes(response.into_body(), 64 << 20).await.expect("a whole body");
    Answer {
        status,
        location: location.unwrap_or_default(),
        html: String::from_utf8_lossy(&bytes).into_owned(),
    }
}

fn request(path: &str) -> Request<Body> {
    Request::get(path).header(header::HOST, HOST).body(Body::empty()).unwrap()
}

async fn get(page: &Router, path: &str) -> String {
    ask(page, request(path)).await.html
}

fn from(origin: &str, path: &str, kind: &str, body: String) -> Request<Body> {
    let request = Request::post(path).header(header::HOST, HOST).header(header::ORIGIN, origin);
    request.header(header::CONTENT_TYPE, kind).body(Body::from(body)).unwrap()
}

/// The form as a browser would send it.
#[derive(Clone, Debug)]
struct Form(Vec<(String, String)>);

impl Form {
    /// What the page shows.
    fn of(html: &str) -> Form {
        let form = html.split("<form id=\"setup\"").nth(1).expect("a form").split("</form>").next().unwrap();
        let mut fields = Vec::new();
        for tag in form.split('<') {
            let attribute = |name: &str| {
                let own = tag.split(&format!(" {name}=\"")).nth(1)?;
                Some(plain(own.split('"').next()?))
            };
            let is_off = ["checkbox", "radio"].contains(&&*attribute("type").unwrap_or_default())
                && !tag.contains(" checked");
            if tag.starts_with("input") && !is_off && attribute("type").as_deref() != Some("file") {
                fields.push((attribute("name").unwrap(), attribute("value").unwrap_or_default()));
            } else if tag.starts_with("select") {
                fields.push((attribute("name").unwrap(), String::new()));
            } else if tag.starts_with("textarea") {
                let text = tag.split_once('>').unwrap().1.trim_start_matches('\n');
                fields.push((attribute("name").unwrap(), plain(text)));
            }
        }
        Form(fields)
    }

    fn with(mut self, name: &str, value: &str) -> Form {
        match self.0.iter_mut().find(|(own, _)| own == name) {
            Some((_, own)) => value.clone_into(own),
            None => self.0.push((name.to_owned(), value.to_owned())),
        }
        self
    }

    fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
    }

    fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(own, _)| own == name).map(|(_, value)| value.as_str()).collect()
    }

    async fn save(&self, page: &Router) -> Answer {
        let part = |(name, value): &(String, String)| {
            format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let body = self.0.iter().map(part).collect::<String>() + "--b--\r\n";
        ask(page, from(&format!("http://{HOST}"), "/setup", "multipart/form-data; boundary=b", body)).await
    }
}

fn plain(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

async fn post(page: &Router, path: &str, fields: &[(&str, &str)]) -> Answer {
    let encoded = |text: &str| -> String {
        let byte = |byte: u8| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        };
        text.bytes().map(byte).collect()
    };
    let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    let kind = "application/x-www-form-urlencoded";
    ask(page, from(&format!("http://{HOST}"), path, kind, body.join("&"))).await
}

/// Every file of a folder that belongs to it, for comparison.
fn snapshot(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let all = Folder::new(folder).list().unwrap();
    all.into_iter().map(|file| (file.path.clone(), fs::read(folder.join(&file.path)).unwrap())).collect()
}

#[tokio::test]
async fn what_is_saved_stands_in_the_folder_and_on_the_next_page_and_every_other_line_stays() {
    let clinic = clinic();
    let folder = clinic.path();
    let page = page(Some(folder));
    let before = read(folder, PROFILE);
    let form = Form::of(&get(&page, "/setup").await);
    assert_eq!(form.all("therapists-name"), ["Rachel", "Valerie", "Suzie"]);
    let changed =
        form.with("name", "Physio: Zoë & Co").with("phone", "416 555-0100").with("therapists-title", "MPT");
    let saved = changed.save(&page).await;
    assert_eq!(
        (saved.status, &*saved.location),
        (StatusCode::SEE_OTHER, "/setup?saved#said"),
        "{}",
        saved.html
    );
    let expected = before
        .replace("name: Leaside Sports Medicine", "name: \"Physio: Zoë & Co\"")
        .replace("phone: \"\"", "phone: \"416 555-0100\"")
        .replace("{name: Rachel, title: PT}", "{name: Rachel, title: MPT}");
    assert_eq!(read(folder, PROFILE), expected);
    let shown = get(&page, "/").await;
    assert!(shown.contains("Physio: Zoë &amp; Co"), "the running page is of the new folder");
    let shown = get(&page, "/setup?saved").await;
    assert!(shown.contains("Saved. New sheets are made with it.") && shown.contains("416 555-0100"));
    // What was there is kept, and comes back; and that can be undone as well.
    let form = Form::of(&shown);
    let stamp = shown.split("name=\"stamp\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let copy = folder.join(".before").join(format!("{stamp}-content+clinic.yaml"));
    assert_eq!(fs::read_to_string(copy).unwrap(), before);
    let undone = post(&page, "/setup/undo", &[("stamp", stamp), ("hash", form.one("hash"))]).await;
    assert_eq!(undone.location, "/setup?undone#said", "{}", undone.html);
    assert_eq!(read(folder, PROFILE), before);
    let twice = post(&page, "/setup/undo", &[("stamp", stamp), ("hash", form.one("hash"))]).await;
    assert_eq!(twice.status, StatusCode::CONFLICT, "an undo is pressed once");
    assert_eq!(read(folder, PROFILE), before);
}

#[tokio::test]
async fn what_check_calls_an_error_is_told_at_its_field_and_nothing_is_written() {
    let clinic = clinic();
    let folder = clinic.path();
    let page = page(Some(folder));
    let before = snapshot(folder);
    let form = Form::of(&get(&page, "/setup").await);
    let faulty = form
        .with("phone", "call me")
        .with("emergency", "")
        .with("colours.brand", "#aabbcc")
        .with("therapists-name", "Valerie");
    let refused = faulty.save(&page).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let at = |field: &str| {
        let own = refused.html.split(&format!("id=\"faults-{field}\"")).nth(1).unwrap_or_default();
        own.split("</div>").next().unwrap_or_default().to_owned()
    };
    assert!(
        at("phone").contains("`call me` is no phone number. Write a number as `416 555-0100`."),
        "{}",
        at("phone")
    );
    assert!(
        at("emergency").contains("his text is blank") || at("emergency").contains("emergency"),
        "{}",
        at("emergency")
    );
    assert!(at("therapists").contains("`Valerie` stands twice"), "{}", at("therapists"));
    assert!(at("colours.brand").contains("has a contrast of"), "{}", at("colours.brand"));
    let kept = Form::of(&refused.html);
    assert_eq!(
        (kept.one("phone"), kept.one("colours.brand")),
        ("call me", "#aabbcc"),
        "what was typed stays"
    );
    let logo = kept.with("phone", "").with("emergency", "911").with("colours.brand", "#0b4f5c");
    let logo = logo.with("therapists-name", "Rachel").with("logo", "\u{89}PNG");
    let refused = logo.save(&page).await;
    let own = refused.html.split("id=\"faults-logo\"").nth(1).unwrap().split("</div>").next().unwrap();
    assert!(own.contains("class=\"fault\""), "a picture that is none: {own}");
    assert_eq!(snapshot(folder), before);
    assert!(!folder.join(".before").exists());
}

#[tokio::test]
async fn an_address_by_its_parts_is_changed_part_by_part() {
    let folder = clinic();
    let profile = read(folder.path(), PROFILE);
    let parts = "address:\n  street: \"12 Sample Street, Suite 3\"\n  region: ON\n  country: CA\n";
    let old =
        profile.lines().find(|line| line.starts_with("address:")).expect("an address").to_owned() + "\n";
    let city = profile.lines().find(|line| line.starts_with("city:")).expect("a city").to_owned() + "\n";
    let profile = profile.replace(&old, parts).replace(&city, "city: Sampletown\n");
    fs::write(folder.path().join(PROFILE), &profile).unwrap();
    let page = page(Some(folder.path()));
    let html = get(&page, "/setup").await;
    let form = Form::of(&html);
    let field = |part: &str| form.one(&format!("address.{part}")).to_owned();
    assert_eq!(["street", "region", "country"].map(field), ["12 Sample Street, Suite 3", "ON", "CA"]);
    assert!(html.contains("Street and number") && !html.contains("id=\"field-address\""));
    let saved = form
        .with("address.street", "4 Other Road")
        .with("address.postal-code", "M4G 3A1")
        .with("address.region", "")
        .save(&page)
        .await;
    assert_eq!(saved.location, "/setup?saved#said", "{}", saved.html);
    let new = "address:\n  street: \"4 Other Road\"\n  country: CA\n  postal-code: M4G 3A1\n";
    assert_eq!(read(folder.path(), PROFILE), profile.replace(parts, new));
    // What is wrong with a part is told at its field.
    let form = Form::of(&get(&page, "/setup").await);
    let told = form.with("address.country", "Canada").save(&page).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(told.html.contains("href=\"#field-address.country\""), "{}", told.html);
}

#[tokio::test]
async fn a_line_in_each_languages_words_is_changed_language_by_language() {
    let folder = clinic();
    let line = "nurse-line: {en: Health811 (dial 811), fr: Santé811 (au 811)}";
    let profile = read(folder.path(), PROFILE);
    let old = profile.lines().find(|line| line.starts_with("nurse-line:")).expect("a line").to_owned();
    let profile = profile.replace(&old, line);
    fs::write(folder.path().join(PROFILE), &profile).unwrap();
    let page = page(Some(folder.path()));
    let html = get(&page, "/setup").await;
    let form = Form::of(&html);
    let field = |language: &str| form.one(&format!("nurse-line.{language}")).to_owned();
    assert_eq!(["en", "fr"].map(field), ["Health811 (dial 811)", "Santé811 (au 811)"]);
    assert!(html.contains("(French)") && !html.contains("id=\"field-nurse-line\""), "{html}");
    let saved = form.with("nurse-line.fr", "Santé811 (le 811)").save(&page).await;
    assert_eq!(saved.location, "/setup?saved#said", "{}", saved.html);
    let new = "nurse-line: {en: \"Health811 (dial 811)\", fr: \"Santé811 (le 811)\"}";
    assert_eq!(read(folder.path(), PROFILE), profile.replace(line, new));
    let form = Form::of(&get(&page, "/setup").await);
    let told = form.with("nurse-line.fr", "Santé").save(&page).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(told.html.contains("href=\"#field-nurse-line.fr\""), "{}", told.html);
}

#[tokio::test]
async fn who_saves_second_is_told_what_is_new_and_loses_nothing() {
    let clinic = clinic();
    let folder = clinic.path();
    let page = page(Some(folder));
    let opened = Form::of(&get(&page, "/setup").await);
    let first = opened.clone().with("city", "Ottawa").with("phone", "613 555-0100");
    assert_eq!(first.save(&page).await.status, StatusCode::SEE_OTHER);
    let second = opened.with("phone", "416 555-0199").with("email", "hello@clinic.example");
    let told = second.save(&page).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    assert!(told.html.contains("Somebody else has saved something"));
    assert!(told.html.contains("The folder says “613 555-0100” now."), "both changed it");
    let merged = Form::of(&told.html);
    assert_eq!((merged.one("city"), merged.one("phone")), ("Ottawa", "416 555-0199"));
    assert_eq!(merged.one("email"), "hello@clinic.example");
    assert!(read(folder, PROFILE).contains("613 555-0100"), "not before it was looked at");
    assert_eq!(merged.save(&page).await.status, StatusCode::SEE_OTHER);
    let profile = read(folder, PROFILE);
    assert!(
        profile.contains("city: Ottawa")
            && profile.contains("416 555-0199")
            && profile.contains("hello@clinic.example")
    );
}

#[tokio::test]
async fn rows_move_come_and_go_without_being_saved_until_they_are() {
    let clinic = clinic();
    let folder = clinic.path();
    let page = page(Some(folder));
    let before = snapshot(folder);
    let form = Form::of(&get(&page, "/setup").await).with("city", "half typed");
    let form = Form::of(&form.with("do", "therapists:down:0").save(&page).await.html);
    let form = Form::of(&form.with("do", "therapists:remove:2").save(&page).await.html);
    let form = Form::of(&form.with("do", "printers:add").save(&page).await.html);
    assert_eq!(form.all("therapists-name"), ["Valerie", "Rachel"]);
    assert_eq!((form.one("city"), form.all("printers-name").len()), ("half typed", 1));
    assert_eq!(snapshot(folder), before);
    let form = form.with("city", "Toronto").with("printers-name", "Desk").with("printers-queue", "hp_1");
    let saved = form.save(&page).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.html);
    let profile = read(folder, PROFILE);
    assert!(
        profile
            .contains("therapists:\n  - {name: Valerie, title: PT}\n  - {name: Rachel, title: PT}\n# Whom")
    );
    assert!(profile.ends_with("printers:\n  - {name: Desk, queue: hp_1}\n"), "{profile}");
    assert!(get(&page, "/").await.contains("Print: Desk"));
}

fn sign(folder: &Path) {
    let signed = std::process::Command::new(env!("CARGO_BIN_EXE_aftercare"))
        .args(["sign", "--now", "2026-11-24T12:00", "--by", "Ann Lee, Owner", "--language", "en", "--clinic"])
        .arg(folder)
        .output()
        .unwrap();
    assert!(signed.status.success(), "{}", String::from_utf8_lossy(&signed.stderr));
}

#[tokio::test]
async fn a_signed_text_becomes_a_draft_only_when_that_is_said() {
    let clinic = clinic();
    let folder = clinic.path();
    sign(folder);
    let page = page(Some(folder));
    let shown = get(&page, "/setup").await;
    assert!(shown.contains("Signed by Ann Lee, until") && !shown.contains("aftercare sign --clinic"));
    let before = snapshot(folder);
    let form = Form::of(&shown).with("phone", "416 555-0100");
    let asked = form.save(&page).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(asked.html.contains("would be drafts: Dry needling (en)"), "{}", asked.html);
    assert_eq!(snapshot(folder), before);
    let sure = Form::of(&asked.html).with("drafts", "yes").save(&page).await;
    assert_eq!(sure.status, StatusCode::SEE_OTHER);
    let shown = get(&page, "/setup").await;
    assert!(shown.contains("Draft: changed since Ann Lee signed it: numbers."), "{shown}");
    assert!(shown.contains("--treatment dry-needling --language en --by &quot;NAME, ROLE&quot;"));
    // Signed again with the new number: an undo would take that away, and says so.
    sign(folder);
    assert_eq!(ask(&page, request("/setup")).await.location, "/setup?found#said");
    let shown = get(&page, "/setup").await;
    assert!(shown.contains("Signed by Ann Lee"), "what is signed by the command is seen at once");
    let stamp = shown.split("name=\"stamp\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let email = Form::of(&shown).with("email", "hello@clinic.example").save(&page).await;
    assert_eq!(email.status, StatusCode::SEE_OTHER, "{}", email.html);
    let shown = get(&page, "/setup").await;
    assert!(shown.contains("Signed by Ann Lee") && !shown.contains(stamp), "{shown}");
}

#[tokio::test]
async fn choices_become_a_preset_without_anything_of_the_patient() {
    let clinic = clinic();
    let folder = clinic.path();
    let page = page(Some(folder));
    let form = [
        ("treatment", "dry-needling"),
        ("regions", "neck"),
        ("regions", "shoulder"),
        ("side-shoulder", "left"),
        ("patient", "Wilhelmina"),
        ("note", "Call Bob on 2026-12-01"),
        ("next_visit", "2026-12-01T10:00"),
        ("session_at", "2026-11-23T09:15"),
        ("precautions", "pregnancy"),
        ("edition", "large-print"),
        ("activity", "lifting"),
        ("therapist", "Rachel"),
    ];
    let shown = post(&page, "/setup/preset", &form).await;
    assert!(shown.html.contains("Neck, Shoulder") && shown.html.contains("Large print"), "{}", shown.html);
    assert!(
        !shown.html.contains("2026-12-01") && !shown.html.contains("regnan"),
        "only what is saved is shown"
    );
    let before = snapshot(folder);
    let with = |label| [&form[..], &[("save", "yes"), ("label", label)]].concat();
    let named = post(&page, "/setup/preset", &with("For wilhelmina")).await;
    assert!(named.html.contains("s name. Give the choices another one."), "{}", named.html);
    assert_eq!(snapshot(folder), before);
    let saved = post(&page, "/setup/preset", &with("Lifter's neck")).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.html);
    let path = "content/treatments/dry-needling/presets.yaml";
    let (old, new) = (String::from_utf8(before[path].clone()).unwrap(), read(folder, path));
    let added = "- id: lifter-s-neck\n  label: \"Lifter's neck\"\n  session: {regions: [neck, shoulder]}\n  activity: lifting\n  print: {edition: large-print}\n";
    assert_eq!(new, format!("{old}{added}"));
    assert!(get(&page, "/").await.contains("Lifter&#39;s neck"));
    let twice = post(&page, "/setup/preset", &with("lifter's NECK")).await;
    assert!(twice.html.contains("There is a preset"), "{}", twice.html);
    for entry in fs::read_dir(folder.join(".before")).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        assert!(!text.contains("Wilhelmina"), "nothing of a patient is on disk");
    }
}

#[tokio::test]
async fn a_first_start_makes_a_folder_as_init_does_and_goes_on_from_it() {
    let place = tempfile::tempdir().unwrap();
    let page = page(None);
    let shown = get(&page, "/setup").await;
    assert!(shown.contains("Make a clinic folder") && shown.contains("aftercare-clinic\""), "{shown}");
    fs::write(place.path().join("mine.txt"), "mine").unwrap();
    let refused = post(&page, "/setup/folder", &[("path", place.path().to_str().unwrap())]).await;
    assert!(refused.html.contains("That folder is not empty."));
    let blocked = place.path().join("mine.txt").join("clinic");
    let refused = post(&page, "/setup/folder", &[("path", blocked.to_str().unwrap())]).await;
    assert!(refused.html.contains("Nothing was saved"), "{}", refused.html);
    let folder: PathBuf = place.path().join("our clinic");
    let made = post(&page, "/setup/folder", &[("path", folder.to_str().unwrap())]).await;
    assert_eq!(made.location, "/setup?made#said", "{}", made.html);
    let inits = place.path().join("init");
    let init =
        std::process::Command::new(env!("CARGO_BIN_EXE_aftercare")).arg("init").arg(&inits).output().unwrap();
    assert!(init.status.success());
    assert_eq!(snapshot(&folder), snapshot(&inits));
    let shown = get(&page, "/setup").await;
    assert!(shown.contains(&format!("aftercare serve --clinic &quot;{}&quot;", folder.display())), "{shown}");
    assert_eq!(Form::of(&shown).one("emergency"), "911");
}

#[tokio::test]
async fn only_our_own_page_changes_a_folder_and_only_who_may_come_in() {
    let clinic = clinic();
    let page = page(Some(clinic.path()));
    let before = snapshot(clinic.path());
    let form = Form::of(&get(&page, "/setup").await).with("city", "Elsewhere");
    let body = form.0.iter().map(|(name, value)| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    });
    let body = body.collect::<String>() + "--b--\r\n";
    let foreign = from("http://evil.example", "/setup", "multipart/form-data; boundary=b", body);
    assert_eq!(ask(&page, foreign).await.status, StatusCode::FORBIDDEN);
    for path in ["/setup/undo", "/setup/folder", "/setup/preset"] {
        let foreign = from("null", path, "application/x-www-form-urlencoded", String::new());
        assert_eq!(ask(&page, foreign).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(snapshot(clinic.path()), before);
}

#[tokio::test]
async fn a_disk_that_takes_nothing_is_told_and_everything_stays() {
    let clinic = clinic();
    let folder = clinic.path();
    let page = page(Some(folder));
    let form = Form::of(&get(&page, "/setup").await).with("city", "Ottawa");
    // No copy can be kept: nothing is written either.
    fs::write(folder.join(".before"), "in the way").unwrap();
    let before = snapshot(folder);
    let refused = form.save(&page).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html.contains("Nothing was saved."), "{}", refused.html);
    assert_eq!(Form::of(&refused.html).one("city"), "Ottawa");
    fs::remove_file(folder.join(".before")).unwrap();
    let locked = folder.join(PROFILE);
    let mut permissions = fs::metadata(&locked).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&locked, permissions).unwrap();
    let refused = form.save(&page).await;
    assert!(
        refused.html.contains("may not be written. Give whoever runs the program the right"),
        "{}",
        refused.html
    );
    assert_eq!(snapshot(folder), before);
    assert_eq!(
        fs::read_dir(folder.join(".before")).unwrap().count(),
        0,
        "a change that was not made is no step"
    );
}

#[tokio::test]
async fn a_clinic_stops_offering_a_treatment_by_a_tick_alone() {
    let clinic = clinic();
    let folder = clinic.path();
    let page = page(Some(folder));
    let form = Form::of(&get(&page, "/setup").await);
    assert_eq!(
        (form.all("treatments"), form.all("treatments-id")),
        (vec!["dry-needling"], vec!["dry-needling", "cupping", "shockwave"])
    );
    let other = form.with("treatments", "cupping").save(&page).await;
    assert_eq!(other.status, StatusCode::SEE_OTHER, "{}", other.html);
    assert!(read(folder, PROFILE).contains("treatments: [cupping]"));
    let none = Form::of(&get(&page, "/setup").await).with("languages", "nobody").save(&page).await;
    assert!(none.html.contains("A clinic needs at least one language."), "{}", none.html);
}

/// What an editor or `aftercare sign` did stands on the page that is opened next, with nothing saved on the page.
#[tokio::test]
async fn changes_made_beside_the_page_are_taken_in_when_it_is_opened() {
    let clinic = clinic();
    let folder = clinic.path();
    let page = page(Some(folder));
    assert!(Form::of(&get(&page, "/setup").await).one("name") == "Leaside Sports Medicine");
    let profile = read(folder, PROFILE);
    fs::write(folder.join(PROFILE), profile.replace("name: Leaside Sports Medicine", "name: By Hand"))
        .unwrap();
    let found = ask(&page, request("/setup")).await;
    assert_eq!((found.status, &*found.location), (StatusCode::SEE_OTHER, "/setup?found#said"));
    let shown = get(&page, "/setup?found").await;
    assert!(shown.contains("was changed beside this page") && Form::of(&shown).one("name") == "By Hand");
    assert!(get(&page, "/").await.contains("By Hand"), "sheets are made with it");
    // What cannot be used is told; sheets are made as before.
    fs::write(folder.join(PROFILE), "name: [").unwrap();
    let broken = ask(&page, request("/setup")).await;
    assert_eq!(broken.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(
        broken.html.contains("something in it is wrong") && broken.html.contains(PROFILE),
        "{}",
        broken.html
    );
    assert!(get(&page, "/").await.contains("By Hand"));
    fs::write(folder.join(PROFILE), profile).unwrap();
    assert_eq!(ask(&page, request("/setup")).await.location, "/setup?found#said");
    assert!(get(&page, "/").await.contains("Leaside Sports Medicine"));
}

/// An undo puts a file back as a whole: what somebody wrote into it since then would be gone.
#[tokio::test]
async fn an_undo_loses_nothing_that_was_written_by_hand_since() {
    let clinic = clinic();
    let folder = clinic.path();
    let page = page(Some(folder));
    let form = Form::of(&get(&page, "/setup").await);
    assert_eq!(form.with("city", "Ottawa").save(&page).await.location, "/setup?saved#said");
    let edited = read(folder, PROFILE) + "# a remark by hand\n";
    fs::write(folder.join(PROFILE), &edited).unwrap();
    ask(&page, request("/setup")).await;
    let shown = get(&page, "/setup?found").await;
    let stamp = shown.split("name=\"stamp\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let hash = Form::of(&shown).one("hash").to_owned();
    let refused = post(&page, "/setup/undo", &[("stamp", stamp), ("hash", &hash)]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.html.contains("somebody went on in content/clinic.yaml"), "{}", refused.html);
    assert_eq!(read(folder, PROFILE), edited);
    // As the page left it, it goes back.
    fs::write(folder.join(PROFILE), edited.replace("# a remark by hand\n", "")).unwrap();
    let undone = post(&page, "/setup/undo", &[("stamp", stamp), ("hash", "")]).await;
    assert_eq!(undone.status, StatusCode::CONFLICT, "the page is of another state");
}

#[tokio::test]
async fn presets_are_renamed_and_removed_and_come_back() {
    const PRESETS: &str = "content/treatments/dry-needling/presets.yaml";
    let clinic = clinic();
    let folder = clinic.path();
    let page = page(Some(folder));
    let before = read(folder, PRESETS);
    let shown = get(&page, "/setup").await;
    assert!(shown.contains("value=\"Shoulder, light\""), "the names are there");
    let own = [("treatment", "dry-needling"), ("id", "shoulder-light"), ("was", "Shoulder, light")];
    let with = |label: &'static str| [&own[..], &[("label", label)]].concat();
    for (label, told) in [(" ", "has no name"), ("neck, Moderate", "wo presets are called")] {
        let refused = post(&page, "/setup/presets", &with(label)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{label}");
        assert!(refused.html.contains(told), "{label}: {}", refused.html);
        assert!(refused.html.contains(&format!("value=\"{}\"", label.trim())), "what was typed stays");
        assert_eq!(read(folder, PRESETS), before);
    }
    assert_eq!(
        post(&page, "/setup/presets", &with("Frozen shoulder: \"soft\"")).await.location,
        "/setup?saved#said"
    );
    let after = read(folder, PRESETS);
    assert!(
        after.contains("label: 'Frozen shoulder: \"soft\"'") || after.contains("Frozen shoulder"),
        "{after}"
    );
    assert_eq!(after.lines().count(), before.lines().count(), "every other line stays");
    assert!(get(&page, "/").await.contains("Frozen shoulder: "));
    // Whoever named it meanwhile keeps the name.
    let refused = post(&page, "/setup/presets", &with("Another")).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.html.contains("meanwhile"));
    let gone = [("treatment", "dry-needling"), ("remove", "low-back-intense")];
    assert_eq!(post(&page, "/setup/presets", &gone).await.location, "/setup?saved#said");
    assert!(!read(folder, PRESETS).contains("low-back-intense"));
    assert!(!get(&page, "/").await.contains("Low back, intense"));
    let shown = get(&page, "/setup").await;
    let stamp = shown.split("name=\"stamp\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let hash = Form::of(&shown).one("hash").to_owned();
    assert_eq!(
        post(&page, "/setup/undo", &[("stamp", stamp), ("hash", &hash)]).await.location,
        "/setup?undone#said"
    );
    assert_eq!(read(folder, PRESETS), after);
    // A name that a language has for the old id would hide the new one.
    let treatment = folder.join("content/treatments/dry-needling/en/web.yaml");
    let words = fs::read_to_string(&treatment).unwrap() + "\npresets:\n  neck-moderate: Neck as ever\n";
    fs::write(&treatment, words).unwrap();
    ask(&page, request("/setup")).await;
    assert!(get(&page, "/").await.contains("Neck as ever"));
    let named = [
        ("treatment", "dry-needling"),
        ("id", "neck-moderate"),
        ("was", "Neck, moderate"),
        ("label", "Neck now"),
    ];
    assert_eq!(post(&page, "/setup/presets", &named).await.location, "/setup?saved#said");
    let shown = get(&page, "/").await;
    assert!(shown.contains("Neck now") && !shown.contains("Neck as ever"));
}

/// A PNG of so many pixels a side: a disc on nothing, or a shade.
fn png(side: u32, is_shade: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, side, side);
    encoder.set_color(png::ColorType::Rgba);
    let middle = side as f32 / 2.0;
    let pixel = |at: u32| {
        let (x, y) = ((at % side) as f32 - middle, (at / side) as f32 - middle);
        let is_in = x.hypot(y) < middle * 0.9;
        if is_shade {
            [(at % side) as u8, (at / side) as u8, 9, 255]
        } else {
            [200, 30, 90, if is_in { 255 } else { 0 }]
        }
    };
    let data: Vec<u8> = (0..side * side).flat_map(pixel).collect();
    encoder.write_header().unwrap().write_image_data(&data).unwrap();
    bytes
}

async fn save_logo(page: &Router, form: &Form, logo: &[u8]) -> Answer {
    let part = |(name, value): &(String, String)| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let mut body = form.0.iter().map(part).collect::<String>().into_bytes();
    body.extend(b"--b\r\nContent-Disposition: form-data; name=\"logo\"; filename=\"x.png\"\r\nContent-Type: image/png\r\n\r\n");
    body.extend([logo, b"\r\n--b--\r\n"].concat());
    let request =
        Request::post("/setup").header(header::HOST, HOST).header(header::ORIGIN, format!("http://{HOST}"));
    let request =
        request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=b").body(Body::from(body));
    ask(page, request.unwrap()).await
}

#[tokio::test]
async fn a_logo_in_pixels_is_taken_refused_and_undone_as_a_drawing_is() {
    let clinic = clinic();
    let folder = clinic.path();
    let page = page(Some(folder));
    let before = snapshot(folder);
    let form = Form::of(&get(&page, "/setup").await);
    for (logo, told) in [
        (png(64, false), "too few to print sharply"),
        (png(200, true), "has shades"),
        (png(200, false)[..90].to_vec(), "cannot be read"),
    ] {
        let refused = save_logo(&page, &form, &logo).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let own = refused.html.split("id=\"faults-logo\"").nth(1).unwrap().split("</div>").next().unwrap();
        assert!(own.contains(told), "{told}: {own}");
        assert_eq!(snapshot(folder), before);
    }
    // With a fault elsewhere, what was chosen waits for the next press.
    let waits = save_logo(&page, &form.clone().with("phone", "call me"), &png(200, false)).await;
    assert_eq!(waits.status, StatusCode::UNPROCESSABLE_ENTITY);
    let saved = Form::of(&waits.html).with("phone", "").save(&page).await;
    assert_eq!(saved.location, "/setup?saved#said", "{}", saved.html);
    assert!(read(folder, "templates/brand.yaml").contains("logo: logo.png"));
    assert_eq!(fs::read(folder.join("templates/logo.png")).unwrap(), png(200, false));
    assert!(!folder.join("templates/logo.svg").exists(), "nothing names it any longer");
    assert!(get(&page, "/").await.contains("#c81e5a"), "the page shows it");
    let shown = get(&page, "/setup").await;
    let stamp = shown.split("name=\"stamp\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let hash = Form::of(&shown).one("hash").to_owned();
    assert_eq!(
        post(&page, "/setup/undo", &[("stamp", stamp), ("hash", &hash)]).await.location,
        "/setup?undone#said"
    );
    assert_eq!(snapshot(folder), before);
}
