//! What the program says when something is wrong, and what it never says.

use crate::kit::Desk;

#[test]
fn all_faults_of_a_request_come_together_with_their_places() {
    let desk = Desk::new();
    let text = "sesion: {}\nsession:\n  regions: [sholder]\n  intensity: stron\nplan: {rest_hours: 100}\n";
    desk.write("request.yaml", text);
    let ended = desk.call("render request.yaml --edition huge -o out/");
    insta::assert_snapshot!(ended.stderr);
    assert_eq!(ended.code, 2);
    assert_eq!(desk.files(), ["request.yaml"], "nothing is made");
}

#[test]
fn a_patients_words_stand_in_no_message() {
    let desk = Desk::new();
    let text =
        "patient: Marguerite\u{7}\nnote: Marguerite\nplan: {note: [Marguerite]}\nsession: {regions: [x]}\n";
    desk.write("request.yaml", text);
    let ended = desk.call("render request.yaml").fails(2, &["request.yaml"]);
    assert!(!ended.stderr.contains("Marguerite"), "{}", ended.stderr);
    let long = "Marguerite".repeat(20);
    let ended = desk.call_words(&["render", "--region", "calf", "--name", &long]).fails(2, &["--name"]);
    assert!(!ended.stderr.contains("Marguerite"), "{}", ended.stderr);
    let ended = desk.call("render a.yaml --name Jo Marguerite").fails(2, &["needs quotes"]);
    assert!(!ended.stderr.contains("Marguerite"), "{}", ended.stderr);
    let ended =
        desk.call("render --name Jo Marguerite").fails(2, &["no such file (10 characters)", "needs quotes"]);
    assert!(!ended.stderr.contains("Marguerite"), "{}", ended.stderr);
}

/// When a patient comes again is the patient's, however it is given; other times are shown, so that they can be mended.
#[test]
fn a_next_visit_stands_in_no_message() {
    let desk = Desk::new();
    let visits = [
        "2026-13-07T09:00",
        "2026-12-07",
        "Marguerite 9:00",
        "03/04/2026 9:00",
        "2026-11-01T01:30",
        "2028-12-07T09:00",
    ];
    for visit in visits {
        for given in [
            ["--next-visit".to_owned(), visit.to_owned()],
            ["--set".to_owned(), format!("next_visit={visit}")],
        ] {
            let base = [
                "render",
                "--region",
                "calf",
                "--session-at",
                "2026-10-24T15:30",
                "--now",
                "2026-10-24T16:00",
                "-o",
                "a.pdf",
                "--force",
            ];
            let words: Vec<&str> = base.into_iter().chain(given.iter().map(String::as_str)).collect();
            let told = desk.call_words(&words).stderr;
            assert!(told.contains("`plan.next_visit`"), "{visit}: {told}");
            for part in [visit, "12-07", "03-04", "04-03", "01T", "Marguerite"] {
                assert!(!told.contains(part), "{visit}: {told}");
            }
        }
    }
    let told = desk.call("render --region calf --session-at 2026-13-07T09:00").stderr;
    assert!(told.contains("2026-13-07T09:00"), "{told}");
}

#[test]
fn a_request_that_cannot_be_read_is_told() {
    let desk = Desk::new();
    desk.call("render missing.yaml").fails(2, &["missing.yaml", "no such file"]);
    desk.call("render .").fails(2, &["folder"]);
    desk.write("latin1.yaml", b"id: a\npatient: Zo\xeb\n");
    desk.call("render latin1.yaml").fails(2, &["latin1.yaml:2:12", "UTF-8"]);
    desk.write("empty.yaml", "");
    desk.call("render empty.yaml").fails(2, &["session.regions"]);
}

#[test]
fn endless_input_is_refused() {
    let desk = Desk::new();
    desk.pipe("render -", &vec![b'#'; 1 << 20]).fails(2, &["at most 256 KiB"]);
    if std::path::Path::new("/dev/zero").exists() {
        desk.call("render /dev/zero").fails(2, &["at most 256 KiB"]);
    }
}

#[test]
fn now_is_read_as_every_other_time() {
    let desk = Desk::new();
    desk.call("render --region calf -o a.pdf --now 2026-11-24T20:30Z").succeeds();
    desk.call("render --region calf -o b.pdf --now 2026-11-24T15:30").succeeds();
    desk.call("render --region calf -o day.pdf --now 2026-11-24").succeeds();
    assert!(desk.read("a.pdf") == desk.read("b.pdf"), "the same moment, written in two ways");
    let told = ["--now", "came twice", "2026-11-01T01:30-04:00", "2026-11-01T01:30-05:00"];
    desk.call("render --region calf -o c.pdf --now 2026-11-01T01:30").fails(2, &told);
    desk.call("render --region calf -o c.pdf --now 2026-03-08T02:30").fails(2, &["skipped", "03:30-04:00"]);
    desk.call("render --region calf -o c.pdf --now 1969-01-01").fails(2, &["`1969-01-01` is out of range"]);
    assert!(!desk.path("c.pdf").exists());
}

#[test]
fn a_sheet_of_1969_is_not_made() {
    let desk = Desk::new().with("SOURCE_DATE_EPOCH", "-5");
    desk.call("render --region calf -o a.pdf").fails(2, &["SOURCE_DATE_EPOCH", "seconds since 1970"]);
    assert!(!desk.path("a.pdf").exists());
}

#[test]
fn a_variable_that_is_set_to_nothing_is_not_set() {
    let desk = Desk::new().with("AFTERCARE_CLINIC", "").with("SOURCE_DATE_EPOCH", "");
    desk.call("render --region calf -o a.pdf").succeeds();
    desk.call("init clinic -q").succeeds();
    desk.call("render --region calf -o b.pdf --clinic clinic").succeeds();
}

#[test]
fn faults_of_a_clinic_folder_name_a_file_that_can_be_opened() {
    let desk = Desk::new();
    desk.call("init my/clinic -q").succeeds();
    let text = String::from_utf8(desk.read("my/clinic/content/clinic.yaml")).expect("a text");
    desk.write("my/clinic/content/clinic.yaml", text.replace("time-zone: ", "time-zone: Mars/"));
    desk.call("render --region calf --clinic my/clinic").fails(2, &["--> my/clinic/content/clinic.yaml:"]);
}

#[test]
fn a_place_that_takes_no_file_is_told_once() {
    let desk = Desk::new();
    desk.write("file", "");
    let ended = desk.call("site -o file/site").fails(1, &["the same goes for"]);
    assert_eq!(
        ended.stderr.matches("error").count(),
        2,
        "one fault, with the system's words: {}",
        ended.stderr
    );
}

#[test]
fn colour_is_as_asked() {
    let color = |line: &str| Desk::new().call(line).stderr.contains('\u{1b}');
    assert!(!color("render --region sholder"), "no terminal, no colour");
    assert!(color("render --region sholder --color always"));
    assert!(color("render --regio sholder --color=always"), "faults of the call too");
    assert!(!color("render --region sholder --color never"));
}

#[test]
fn a_broken_clinic_folder_names_every_fault() {
    let desk = Desk::new();
    desk.call("init clinic --quiet").succeeds();
    desk.write("clinic/content/treatments/dry-needling/en/rest.md", "no front matter");
    desk.write("clinic/content/treatments/dry-needling/treatment.yaml", "windows: {rest: {from: 1}}");
    let ended = desk.call("render --region calf --clinic clinic -o out/");
    ended.fails(
        2,
        &["content/treatments/dry-needling/en/rest.md", "content/treatments/dry-needling/treatment.yaml"],
    );
    assert!(!desk.path("out").exists());
    desk.call("list regions --clinic nowhere").fails(2, &["nowhere", "no such clinic folder"]);
}

#[test]
fn calls_that_cannot_be_meant_say_how_they_are_written() {
    let desk = Desk::new();
    desk.call("render --region calf --set intensity -o a.pdf").fails(2, &["`--set` takes KEY=VALUE"]);
    for color in ["never", "always"] {
        let ended = desk.call(&format!("site -o pages/ --base-url clinic --color {color}"));
        let ended = ended.fails(2, &["this is no address that a site can stand at"]);
        assert_eq!(ended.stderr.lines().count(), 2, "no edge of a place, as there is none: {}", ended.stderr);
    }
    desk.write("roster.csv", "id,regions\na-1,neck\n");
    let merged = "batch roster.csv -o out --format pdf --merge out/a-1.pdf";
    desk.call(merged).fails(1, &["the merged file has this name, in the folder of the handouts"]);
}

#[test]
fn what_an_earlier_run_left_is_named() {
    let desk = Desk::new();
    desk.write("roster.csv", "id,regions\na-1,neck\n");
    desk.call("batch roster.csv -o out --now 2026-11-24T15:30").succeeds();
    let again = desk.call("batch roster.csv -o out --resume --now 2026-11-24T16:30").succeeds();
    assert!(again.stderr.contains("1 row has no `session_at` and was made again"), "{}", again.stderr);
    desk.write("roster.csv", "id,regions\na-1,nek\n");
    desk.call("batch roster.csv -o out").fails(1, &["`a-1.pdf` of an earlier run still stands"]);
}
