//! What can be asked for.

use crate::kit::Desk;
use serde_json::Value;

fn json(line: &str) -> Value {
    let text = Desk::new().call(line).succeeds().text();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{line}: {error}"))
}

#[test]
fn every_listing_reads_for_people_and_as_json() {
    for what in ["sections", "regions", "stretches", "exercises", "options", "languages", "editions"] {
        let text = Desk::new().call(&format!("list {what}")).succeeds().text();
        let entries = json(&format!("list {what} --json"));
        for entry in entries.as_array().unwrap() {
            let (id, means) = (entry["id"].as_str().unwrap(), entry["means"].as_str().unwrap());
            assert!(!means.is_empty() && !means.contains("{%"), "{what}: {entry}");
            assert!(text.lines().any(|line| line.starts_with(id) && line.contains(means)), "{what}: {entry}");
        }
    }
}

#[test]
fn every_listed_exercise_can_be_asked_for() {
    for (what, flag) in [("stretches", "--stretch"), ("exercises", "--exercise")] {
        for entry in json(&format!("list {what} --json")).as_array().unwrap() {
            let (id, region) = (entry["id"].as_str().unwrap(), entry["regions"][0].as_str().unwrap());
            let line = format!("render --region {region} {flag} {id} --format text -o -");
            Desk::new().call(&line).succeeds();
        }
    }
}

#[test]
fn every_listed_section_can_be_left_out_but_the_warnings() {
    for entry in json("list sections --json").as_array().unwrap() {
        let id = entry["id"].as_str().unwrap();
        // How to exercise without harm goes only together with the exercises.
        let with = if ["stretching", "range-of-motion"].contains(&id) { " --exclude exercises" } else { "" };
        let line = format!("render --region calf --exclude {id}{with} -o -");
        let ended = Desk::new().call(&line);
        assert_eq!(ended.code == 0, entry["can_be_left_out"].as_bool().unwrap(), "{entry} {}", ended.stderr);
    }
}

#[test]
fn the_schema_knows_every_key_and_the_clinics_names() {
    let schema = json("schema request");
    for entry in json("list options --json").as_array().unwrap() {
        let path = entry["id"].as_str().unwrap().replace('.', "/properties/");
        let key = schema.pointer(&format!("/properties/{path}"));
        assert!(key.is_some_and(|key| key["description"].is_string()), "{path}");
    }
    assert_eq!(schema["properties"]["session"]["properties"]["therapist"]["enum"][0], "Rachel");
    assert_eq!(schema["properties"]["plan"]["properties"]["rest_hours"]["maximum"], 72);
    assert_eq!(json("schema roster")["type"], "array");
    assert!(json("schema clinic")["definitions"]["clinic"]["properties"]["time-zone"].is_object());
}
