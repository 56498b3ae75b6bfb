//! Times as a patient reads them: no limit contradicts another, none can be read two ways, and a time that nobody can
//! have meant is remarked on.

use aftercare::content::files::{Embedded, Files, Memory};
use aftercare::locale::{End, Language, Zone};
use aftercare::{Engine, Request, request_from_yaml};
use chrono::{DateTime, TimeDelta, Timelike, Utc};
use std::sync::OnceLock;

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::built_in().expect("the built-in folder").value)
}

fn time(text: &str) -> DateTime<Utc> {
    text.parse().expect("a time")
}

/// 24 November 2026, 3:30 pm in Toronto.
fn afternoon() -> DateTime<Utc> {
    time("2026-11-24T20:30:00Z")
}

fn request(engine: &Engine, yaml: &str, now: DateTime<Utc>) -> Request {
    engine
        .request(&request_from_yaml("r.yaml", yaml, engine.keys()), now)
        .unwrap_or_else(|faults| panic!("{yaml}: {faults}"))
        .value
}

fn sheet(engine: &Engine, yaml: &str, now: DateTime<Utc>) -> String {
    let made = engine.render_text(&request(engine, yaml, now));
    made.unwrap_or_else(|faults| panic!("{yaml}: {faults}")).value.replace('\u{a0}', " ")
}

fn codes(yaml: &str, now: DateTime<Utc>) -> Vec<&'static str> {
    let found =
        engine().request(&request_from_yaml("r.yaml", yaml, engine().keys()), now).expect("a request");
    found.warnings.iter().map(|warning| warning.code).collect()
}

/// "24 to 48", "36": what stands before the word hours.
fn spans(text: &str) -> Vec<String> {
    let all: Vec<&str> = text.split(" hours").collect();
    let before = all.iter().take(all.len() - 1).map(|before| {
        let words: Vec<&str> = before.split_whitespace().rev().take(3).collect();
        let digits = |word: &&&str| word.bytes().all(|byte| byte.is_ascii_digit());
        match words.as_slice() {
            [to, "to", from] if digits(&to) && digits(&from) => format!("{from} to {to}"),
            [to, ..] if digits(&to) => (*to).to_owned(),
            _ => String::new(),
        }
    });
    before.filter(|span| !span.is_empty()).collect()
}

#[test]
fn with_a_rest_of_12_to_72_hours_no_other_rest_stands_on_the_sheet_and_hard_exercise_waits() {
    let toronto = Zone::named("America/Toronto").expect("a zone");
    let after = |hours: i64| (afternoon() + TimeDelta::hours(hours)).with_timezone(&toronto);
    let english = &engine().library().dates.of(&Language::new("en")).expect("English").clone();
    let plain = |text: String| text.replace('\u{a0}', " ");
    for hours in 12..=72 {
        let yaml = format!("session: {{regions: [calf]}}\nplan: {{rest_hours: {hours}}}");
        let text = sheet(engine(), &yaml, afternoon());
        // Nobody waits through a night for a limit to end.
        let awake = |at: DateTime<Zone>| {
            let morning = |hours: u32| {
                at + TimeDelta::hours(i64::from(hours)) - TimeDelta::minutes(i64::from(at.minute()))
            };
            match at.hour() {
                7..21 => End { start: after(0), at, waits: false },
                hour => End { start: after(0), at: morning((24 + 8 - hour) % 24), waits: true },
            }
        };
        let (rest, hard) = (awake(after(hours)), awake(after(hours.max(24))));
        let answer = english.answer(&rest);
        for wanted in [
            format!("Take it easy until {}\n{}\n", answer.words, plain(answer.beside.unwrap_or_default())),
            format!("take it easy until {}.", plain(english.until(&rest))),
            format!("- Take it easy until {}", plain(english.tick(&rest))),
            format!("- No hard exercise until {}", plain(english.tick(&hard))),
            format!("competitive sport until at least {}", plain(english.until(&hard))),
        ] {
            assert!(text.contains(&wanted), "{hours}: `{wanted}` is not in {text}");
        }
        let own = hours.to_string();
        let others: Vec<String> =
            spans(&text).into_iter().filter(|span| *span != own && span != "24 to 72").collect();
        assert!(others.is_empty(), "{hours}: {others:?} in {text}");
    }
}

#[test]
fn no_time_of_a_sheet_can_be_read_as_two_days() {
    let mut folder = Memory::copy(&Embedded).expect("the built-in folder");
    let clinic = folder.read("content/clinic.yaml").expect("a file").into_owned();
    let clinic = String::from_utf8(clinic).expect("text").replace("languages: [en]", "languages: [en, fr]");
    folder.0.insert("content/clinic.yaml".into(), clinic.into_bytes().into());
    if !folder.0.keys().any(|path| path.starts_with("content/treatments/dry-needling/fr/")) {
        let english = folder
            .0
            .iter()
            .filter(|(path, _)| path.contains("/en/"))
            .map(|(path, data)| (path.replace("/en/", "/fr/"), data.clone()));
        let french: Vec<_> = english.collect();
        folder.0.extend(french);
    }
    let engine = Engine::load(&folder).unwrap_or_else(|faults| panic!("{faults}")).value;
    let noon = time("2026-11-24T17:00:00Z");
    for (language, end) in [("en", "Thursday, Nov 26, 11:59 pm"), ("fr", "jeudi 26 nov., 23 h 59")] {
        // Three days from midnight: what may be felt, and what says when to call, end at midnight.
        for session in [noon, noon - TimeDelta::hours(12)] {
            let yaml = format!("language: {language}\nsession: {{regions: [calf]}}");
            let text = sheet(&engine, &yaml, session);
            let lower = text.to_lowercase();
            for ambiguous in ["midnight", "12:00 am", "12:00 pm", " 0 h ", "24 h 00", "minuit"] {
                assert!(!lower.replace("2026, 0 h ", "").contains(ambiguous), "{language} {session}: {text}");
            }
        }
        let yaml = format!("language: {language}\nsession: {{regions: [calf]}}");
        assert!(sheet(&engine, &yaml, noon - TimeDelta::hours(12)).contains(end), "{language}");
    }
    let midnight = sheet(&engine, "session: {regions: [calf]}", time("2026-11-24T05:00:00Z"));
    assert!(midnight.contains("Tuesday, November 24, 2026, start of the day"), "{midnight}");
    assert!(midnight.contains("Still sore after Thursday, Nov 26, 11:59 pm."), "{midnight}");
}

#[test]
fn a_session_after_tomorrow_or_weeks_ago_is_remarked_on() {
    let asked = |at: &str| codes(&format!("session: {{regions: [calf], at: {at}}}"), afternoon());
    for far in
        ["2025-11-24T15:30", "2026-10-24T15:30", "2026-11-09T23:59", "2026-11-26T00:00", "2027-11-24T15:30"]
    {
        assert_eq!(asked(far), ["far-time"], "{far}");
    }
    for near in ["2026-11-10T00:00", "2026-11-23T15:30", "2026-11-24T15:30", "2026-11-25T23:59"] {
        assert_eq!(asked(near), [""; 0], "{near}");
    }
}

#[test]
fn a_next_visit_more_than_a_year_after_the_session_is_remarked_on() {
    let asked = |visit: &str| {
        codes(&format!("session: {{regions: [calf]}}\nplan: {{next_visit: {visit}}}"), afternoon())
    };
    assert_eq!(asked("2027-12-01T09:00"), ["far-time"]);
    assert_eq!(asked("2027-11-24T09:00"), [""; 0]);
    assert_eq!(asked("2026-12-01T09:00"), [""; 0]);
}

#[test]
fn a_clock_that_stands_before_the_texts_is_remarked_on_when_a_sheet_takes_it() {
    for now in
        ["1970-01-01T00:00:00Z", "1980-01-01T00:00:00Z", "2000-01-01T15:00:00Z", "2025-11-24T20:30:00Z"]
    {
        assert_eq!(codes("session: {regions: [calf]}", time(now)), ["wrong-clock"], "{now}");
        let given = codes("session: {regions: [calf], at: 2026-11-24T15:30}", time(now));
        assert_eq!(given, ["far-time"], "{now}: the session is given, and far from such a today");
    }
    assert_eq!(codes("session: {regions: [calf]}", afternoon()), [""; 0]);
}
