//! Where results go, and what is never written over.

use crate::kit::Desk;
use std::process::Stdio;

const CALF: &str = "render --region calf --session-at 2026-11-24T15:30";

#[test]
fn several_formats_go_into_a_folder_side_by_side() {
    let desk = Desk::new();
    desk.call(&format!("{CALF} --format pdf,html,text -o new")).succeeds();
    assert_eq!(desk.files(), ["new/handout.html", "new/handout.pdf", "new/handout.txt"]);
}

#[test]
fn the_ending_of_the_file_says_the_format() {
    let desk = Desk::new();
    desk.call(&format!("{CALF} -o deep/down/sheet.html")).succeeds();
    assert!(desk.read("deep/down/sheet.html").starts_with(b"<!"));
    desk.call(&format!("{CALF} -o sheet.html --format pdf")).fails(2, &["ends in `.html`"]);
    desk.call(&format!("{CALF} -o sheet.pdf --format pdf,html")).fails(2, &["several formats"]);
    desk.call(&format!("{CALF} -o - --format pdf,html")).fails(2, &["one format"]);
}

#[test]
fn our_own_file_is_written_over() {
    let desk = Desk::new();
    for _ in 0..2 {
        desk.call(&format!("{CALF} --format pdf,html,text -o out/")).succeeds();
    }
    assert_eq!(desk.files().len(), 3, "nothing is left beside them: {:?}", desk.files());
}

#[test]
fn a_file_of_somebody_else_is_left_alone() {
    let desk = Desk::new();
    desk.write("out/handout.html", "<!DOCTYPE html><title>Mine</title>");
    let ended = desk.call(&format!("{CALF} --format pdf,html -o out/"));
    ended.fails(1, &["aftercare did not make this file", "handout.html", "--force"]);
    assert_eq!(desk.files(), ["out/handout.html"], "nothing at all is made");
    assert!(desk.read("out/handout.html").ends_with(b"Mine</title>"));
    desk.call(&format!("{CALF} --format pdf,html -o out/ --force")).succeeds();
    assert!(!desk.read("out/handout.html").ends_with(b"Mine</title>"));
}

#[test]
fn a_folder_in_the_way_is_told() {
    let desk = Desk::new();
    desk.write("out/handout.pdf/x", "");
    desk.call(&format!("{CALF} -o out/")).fails(1, &["this is a folder"]);
    desk.write("file", "");
    desk.call(&format!("{CALF} -o file/")).fails(1, &["file"]);
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_a_quiet_success() {
    let desk = Desk::new();
    for line in
        [&format!("{CALF} -o -"), "list options", "--help", "schema request", "man", "completions bash"]
    {
        let words: Vec<&str> = line.split_whitespace().collect();
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = desk.command(&words).stdout(writer).stderr(Stdio::piped()).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{line}");
        assert_eq!(String::from_utf8_lossy(&output.stderr).replace("warning: left out", ""), "", "{line}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_goes_on_pointing_and_a_device_stays_a_device() {
    let desk = Desk::new();
    desk.call(&format!("{CALF} -o real.pdf")).succeeds();
    std::os::unix::fs::symlink(desk.path("real.pdf"), desk.path("link.pdf")).unwrap();
    desk.call(&format!("{CALF} --name Zoë -o link.pdf")).succeeds();
    assert!(desk.path("link.pdf").is_symlink());
    assert_eq!(desk.read("real.pdf"), desk.call(&format!("{CALF} --name Zoë -o -")).succeeds().stdout);
    desk.call(&format!("{CALF} -o /dev/null")).succeeds();
    assert!(!std::fs::metadata("/dev/null").unwrap().is_file());
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_a_failure() {
    if std::path::Path::new("/dev/full").exists() {
        Desk::new().call(&format!("{CALF} -o /dev/full")).fails(1, &["/dev/full", "cannot be written"]);
    }
}

#[test]
fn init_copies_a_folder_that_makes_the_same_bytes() {
    let desk = Desk::new();
    desk.call("init clinic").succeeds();
    assert!(desk.files().contains(&"clinic/content/treatments/dry-needling/en/rest.md".to_owned()));
    for format in ["pdf", "html"] {
        let built_in = desk.call(&format!("{CALF} --format {format} -o -")).succeeds().stdout;
        let line = format!("{CALF} --format {format} -o - --clinic clinic");
        assert!(built_in == desk.call(&line).succeeds().stdout, "{format} differs");
    }
    let other = Desk::new().with("AFTERCARE_CLINIC", desk.path("clinic").to_str().unwrap());
    std::fs::remove_file(desk.path("clinic/content/treatments/dry-needling/treatment.yaml")).unwrap();
    other.call(&format!("{CALF} -o -")).fails(2, &["content/treatments/dry-needling/treatment.yaml"]);
}

#[test]
fn init_fills_only_an_empty_folder() {
    let desk = Desk::new();
    desk.write("clinic/mine.txt", "mine");
    desk.call("init clinic").fails(2, &["not empty", "--force"]);
    assert_eq!(desk.files(), ["clinic/mine.txt"]);
    desk.call("init clinic --force").succeeds();
    assert_eq!(desk.read("clinic/mine.txt"), b"mine");
    assert!(desk.files().len() > 20);
}

#[cfg(unix)]
#[test]
fn a_name_that_nobody_chose_is_no_link_and_no_pipe() {
    use std::os::unix::fs::symlink;
    for line in [&format!("{CALF} -o out/"), "brochure -o out/", "site -o out", "init out --force"] {
        for name in ["handout.pdf", "brochure-tri-letter.pdf", "index.html", "content/clinic.yaml"] {
            for kind in ["link", "pipe"] {
                let desk = Desk::new();
                desk.write("keep", "keep");
                desk.write("out/content/notes.txt", "");
                match kind {
                    "link" => symlink(desk.path("keep"), desk.path(&format!("out/{name}"))).unwrap(),
                    _ => pipe(&desk, &format!("out/{name}")),
                }
                let ended = desk.call(line);
                assert_eq!(desk.read("keep"), b"keep", "{line} {name}");
                let is_wanted =
                    !desk.path(&format!("out/{name}")).metadata().is_ok_and(|data| data.is_file())
                        || desk.path(&format!("out/{name}")).is_symlink();
                let makes = line.contains("render") && name.contains("handout")
                    || line.contains("brochure") && name.contains("brochure")
                    || line.contains("site") && name.contains("index")
                    || line.contains("init") && name.contains("clinic");
                assert!(is_wanted, "{line}: {name} was replaced");
                match makes {
                    true => ended.fails(1, &[name, "link or a pipe"]),
                    false => ended.succeeds(),
                };
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn init_fills_no_folder_that_a_link_leads_to() {
    let desk = Desk::new();
    desk.write("elsewhere/notes.txt", "");
    desk.write("clinic/notes.txt", "");
    std::os::unix::fs::symlink(desk.path("elsewhere"), desk.path("clinic/content")).unwrap();
    desk.call("init clinic --force").fails(1, &["clinic/content", "out of its folder"]);
    assert_eq!(desk.files().len(), 3, "nothing is made: {:?}", desk.files());
}

#[cfg(unix)]
fn pipe(desk: &Desk, name: &str) {
    assert!(std::process::Command::new("mkfifo").arg(desk.path(name)).status().unwrap().success());
}

#[cfg(unix)]
#[test]
fn a_pipe_that_was_named_is_written_to_and_waited_for_only_shortly() {
    let desk = Desk::new();
    pipe(&desk, "pipe.pdf");
    desk.call(&format!("{CALF} -o pipe.pdf")).fails(1, &["nobody reads this pipe"]);
    let reader = std::process::Command::new("cat")
        .arg(desk.path("pipe.pdf"))
        .stdout(Stdio::piped())
        .spawn()
        .expect("cat runs");
    desk.call(&format!("{CALF} -o pipe.pdf")).succeeds();
    let read = reader.wait_with_output().unwrap().stdout;
    assert_eq!(read, desk.call(&format!("{CALF} -o -")).succeeds().stdout);
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_is_closed_or_full_is_a_failure() {
    let desk = Desk::new();
    let code = |arguments: &str, to: &str| {
        let script = format!("exec \"$AFTERCARE\" {arguments} {to}");
        let mut command = std::process::Command::new("sh");
        command.args(["-c", &script]).env("AFTERCARE", env!("CARGO_BIN_EXE_aftercare"));
        command.current_dir(desk.path("")).stderr(Stdio::null()).status().unwrap().code()
    };
    desk.write("roster.csv", "id,regions\na,neck\n");
    let archive = "batch roster.csv -o -";
    for arguments in [&format!("{CALF} -o -"), archive, "--help", "--version", "list regions", "man"] {
        assert_eq!(code(arguments, ">&-"), Some(1), "{arguments}: closed");
        assert_eq!(code(arguments, ">/dev/full"), Some(1), "{arguments}: full");
        assert_eq!(code(arguments, ">/dev/null"), Some(0), "{arguments}: not wanted");
    }
}

#[test]
fn rows_with_faults_may_be_no_failure_of_the_run() {
    let desk = Desk::new();
    desk.write("roster.csv", "id,regions\na,neck\nb,nek\n");
    assert_eq!(desk.call("batch roster.csv -o out/").code, 1);
    let ended = desk.call("batch roster.csv -o out/ --faults-ok --force");
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert!(ended.stderr.contains("warning: 1 row has faults"), "{}", ended.stderr);
    assert!(desk.path("out/a.pdf").exists() && desk.path("out/errors.csv").exists());
    desk.write("taken/a.pdf", "somebody's own");
    let ended = desk.call("batch roster.csv -o taken/ --faults-ok");
    assert_eq!(ended.code, 1, "a file in the way may be gone at the next try: {}", ended.stderr);
    assert_eq!(desk.read("taken/a.pdf"), b"somebody's own");
}
