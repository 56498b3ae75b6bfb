//! One patient, one time: what the sheet prints, and what the page says that its QR code opens, in every zone and over
//! every change of clocks.

use aftercare::content::files::{Embedded, Files, Memory};
use aftercare::locale::Zone;
use aftercare::{BaseUrl, Engine, request_from_yaml};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

const BASE: &str = "https://www.example.org/aftercare/";

/// Western Canada keeps summer's clock since 2026, which older tables do not know.
const ZONES: [&str; 9] = [
    "America/Vancouver",
    "America/Edmonton",
    "America/Inuvik",
    "America/Winnipeg",
    "America/Toronto",
    "America/Havana",
    "Europe/Dublin",
    "Africa/Casablanca",
    "Australia/Lord_Howe",
];

/// In Ireland the folder writes days in another way than the others.
const DATED: (&str, &str) = ("Europe/Dublin", "moment: \"{wd} {day} {month} {year}, {time}\"");

fn engine(zone: &str) -> Engine {
    let mut folder = Memory::copy(&Embedded).expect("the built-in folder");
    let clinic =
        String::from_utf8(folder.read("content/clinic.yaml").expect("a file").into_owned()).expect("text");
    let clinic = clinic
        .replace("time-zone: America/Toronto", &format!("time-zone: {zone}"))
        .replace("web: \"\"", &format!("web: \"\"\nsite: {BASE}"));
    folder.0.insert("content/clinic.yaml".into(), clinic.into_bytes().into());
    if zone == DATED.0 {
        let dates = String::from_utf8(folder.0["content/dates/en.yaml"].to_vec()).expect("text");
        let usual = "moment: \"{weekday},~{mon}~{day}, {time}\"";
        assert!(dates.contains(usual), "{dates}");
        folder.0.insert("content/dates/en.yaml".into(), dates.replace(usual, DATED.1).into_bytes().into());
    }
    Engine::load(&folder).unwrap_or_else(|faults| panic!("{faults}")).value
}

/// A sheet, and the page that it leads to.
struct Case {
    folder: String,
    zone: &'static str,
    session: DateTime<Utc>,
    /// What the sheet says, with plain spaces.
    paper: String,
    hash: String,
}

fn case(engine: &Engine, folder: &Path, zone: &'static str, session: DateTime<Utc>, plan: &str) -> Case {
    let yaml = format!(
        "session: {{regions: [calf], at: {:?}, {plan}}}",
        session.format("%Y-%m-%dT%H:%MZ").to_string()
    );
    let yaml = match plan.strip_prefix("rest: ") {
        Some(hours) => yaml.replace(&format!(", {plan}"), "") + &format!("\nplan: {{rest_hours: {hours}}}"),
        None => yaml,
    };
    let now = session + TimeDelta::minutes(5);
    let request = engine.request(&request_from_yaml("r.yaml", &yaml, engine.keys()), now);
    let request = request.unwrap_or_else(|faults| panic!("{yaml}: {faults}")).value;
    let document = engine.document(&request).expect("a document").value;
    let html = engine.html(&document, &request).expect("a page");
    let address = html.split(&format!("href=\"{BASE}en.html")).nth(1).expect("the code's address");
    let hash = address.split('"').next().unwrap_or_default().replace("&amp;", "&").replace("&#x2F;", "/");
    let paper = engine.render_text(&request).expect("a text").value.replace('\u{a0}', " ");
    Case { folder: folder.display().to_string(), zone, session, paper, hash }
}

/// Sessions of the day before each change of clocks, so that a limit or a call comes after it, and some that end at
/// midnight and at noon.
fn sessions(zone: Zone) -> Vec<DateTime<Utc>> {
    let day =
        |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default().and_time(NaiveTime::MIN).and_utc();
    let changes = zone.changes(day(2026), day(2028));
    let before = |change: &DateTime<Utc>| [30, 24, 1].map(|hours| *change - TimeDelta::hours(hours));
    let mut sessions: Vec<DateTime<Utc>> =
        changes.iter().skip(1).flat_map(|change| before(&change.from)).collect();
    for hour in [0, 12] {
        let noon = NaiveDate::from_ymd_opt(2026, 11, 24).and_then(|day| day.and_hms_opt(hour, 0, 0));
        sessions.extend(noon.and_then(|noon| noon.and_local_timezone(zone).single()).map(|at| at.to_utc()));
    }
    sessions
}

#[test]
#[ignore = "needs Node, Chromium and `npm install --prefix tests/browser`"]
fn the_page_behind_the_code_says_the_times_of_the_sheet_in_every_zone() {
    let on_disk = tempfile::tempdir().expect("a temporary folder");
    let mut cases = Vec::new();
    for name in ZONES {
        let engine = engine(name);
        let folder = on_disk.path().join(name.replace('/', "-"));
        std::fs::create_dir(&folder).expect("a folder");
        let base = BaseUrl::new(BASE).expect("an address");
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap_or_default();
        for (file, bytes) in engine.site(Some(&base), today).expect("a site").value {
            std::fs::write(folder.join(file), bytes).expect("a writable folder");
        }
        let plans = ["intensity: light", "intensity: moderate", "intensity: intense", "rest: 12", "rest: 72"];
        let sessions = sessions(Zone::named(name).expect("a zone"));
        for (session, plan) in sessions.into_iter().zip(plans.iter().cycle()) {
            cases.push(case(&engine, &folder, name, session, plan));
        }
        cases.push(case(&engine, &folder, name, midnight_after_36_hours(name), "intensity: moderate"));
    }
    let said = said(on_disk.path(), &cases);
    assert_eq!(said.len(), cases.len());
    let wrong: Vec<String> = cases.iter().zip(&said).flat_map(|(case, said)| differing(case, said)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn midnight_after_36_hours(zone: &str) -> DateTime<Utc> {
    let noon = NaiveDate::from_ymd_opt(2026, 12, 1).and_then(|day| day.and_hms_opt(12, 0, 0));
    let zone = Zone::named(zone).expect("a zone");
    noon.and_then(|noon| noon.and_local_timezone(zone).single()).expect("a time").to_utc()
}

fn said(folder: &Path, cases: &[Case]) -> Vec<Value> {
    let list: Vec<Value> = cases
        .iter()
        .map(|case| json!({ "folder": case.folder, "hash": case.hash, "now": case.session.to_rfc3339() }))
        .collect();
    let file = folder.join("cases.json");
    std::fs::write(&file, json!(list).to_string()).expect("a writable folder");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/zones.mjs");
    let run = Command::new("node").arg(script).arg(&file).output().expect("Node is installed");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let lines = String::from_utf8(run.stdout).expect("text");
    lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// What the page says and the sheet does not.
fn differing(case: &Case, said: &Value) -> Vec<String> {
    let plain = |value: &Value| value.as_str().unwrap_or_default().replace('\u{a0}', " ");
    let mut wanted = Vec::new();
    for row in said["rows"].as_array().into_iter().flatten() {
        let (label, until) = (plain(&row[0]), plain(&row[1]));
        // The sheet writes what stays open beside the bar, without a comma.
        let until = until.replace(", or longer", " or longer");
        let until = until.trim_start_matches("until ");
        // "Wednesday, 3:30 pm", "Thursday morning".
        let (day, time) = until.split_once(' ').unwrap_or_default();
        wanted.push(format!("{label} until {} {time}", day.get(..3).unwrap_or_default()));
        // What is not to be done is said in words too.
        if label == "No hard exercise" {
            wanted.push(format!("until at least {}", until.trim_end_matches(" or longer if still sore")));
        }
    }
    let call = plain(&said["call"]);
    wanted.push(call.split('?').next().unwrap_or_default().to_owned());
    let enough = said["shown"] == true && wanted.len() == 7;
    let missing = wanted.iter().filter(|time| time.is_empty() || !case.paper.contains(time.as_str()));
    let missing: Vec<&String> = missing.collect();
    if enough && missing.is_empty() {
        return Vec::new();
    }
    vec![format!("{} {} {}: {said} but the sheet lacks {missing:?}", case.zone, case.session, case.hash)]
}
