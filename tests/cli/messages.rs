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
    desk.write("clinic/content/en/rest.md", "no front matter");
    desk.write("clinic/content/protocol.yaml", "windows: {rest: {from: 1}}");
    let ended = desk.call("render --region calf --clinic clinic -o out/");
    ended.fails(2, &["content/en/rest.md", "content/protocol.yaml"]);
    assert!(!desk.path("out").exists());
    desk.call("list regions --clinic nowhere").fails(2, &["nowhere", "no such clinic folder"]);
}
