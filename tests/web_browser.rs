//! The clinician's page in a real browser, on its users' paths: six interactions, keyboard only, without scripts,
//! clearing, faults, axe in every state. Needs Node and Chromium: `npm install --prefix tests/browser`, then
//! `cargo test --test web_browser -- --ignored`.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The program, ended with the test.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts the page on a port of the system's choice; its address.
fn served(extra: &[&str], path: Option<&str>) -> (Served, String) {
    served_in(None, extra, path)
}

/// The same from a folder.
fn served_in(place: Option<&Path>, extra: &[&str], path: Option<&str>) -> (Served, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aftercare"));
    command.args(["serve", "--port", "0", "--now", "2026-11-24T15:30"]).args(extra).stderr(Stdio::piped());
    if let Some(path) = path {
        command.env("PATH", path);
    }
    if let Some(place) = place {
        command.current_dir(place);
    }
    let mut child = command.spawn().expect("the program starts");
    let errors = BufReader::new(child.stderr.take().expect("its messages"));
    let served = Served(child);
    let ready = errors.lines().map_while(Result::ok).find(|line| line.contains("http://"));
    let line = ready.expect("the page says where it is");
    let address =
        line.split_whitespace().find(|word| word.starts_with("http://")).expect("an address").to_owned();
    (served, address)
}

/// Runs a script of `tests/browser/` on the page. With `AFTERCARE_SHOTS` it leaves pictures in that folder.
fn passes(script: &str, address: &str) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser").join(script);
    let shots = std::env::var_os("AFTERCARE_SHOTS");
    let status =
        Command::new("node").arg(script).arg(address).args(shots).status().expect("Node is installed");
    assert!(status.success(), "see the faults above");
}

#[test]
#[ignore = "needs Node, Chromium and `npm install --prefix tests/browser`"]
fn the_page_passes_in_a_browser() {
    let (_served, address) = served(&[], None);
    passes("web.mjs", &address);
}

#[test]
#[ignore = "needs Node, Chromium and `npm install --prefix tests/browser`"]
fn what_is_the_patients_stays_in_a_browser() {
    let (_served, address) = served(&[], None);
    passes("patient.mjs", &address);
}

#[test]
#[ignore = "needs Node, Chromium and `npm install --prefix tests/browser`"]
fn somebody_elses_list_is_asked_about_once_in_a_browser() {
    let (_served, address) = served(&[], None);
    passes("columns.mjs", &address);
}

#[test]
#[ignore = "needs Node, Chromium and `npm install --prefix tests/browser`"]
fn the_note_the_questions_and_the_sides_work_in_a_browser() {
    let (_served, address) = served(&[], None);
    passes("note.mjs", &address);
}

#[test]
#[ignore = "needs Node, Chromium and `npm install --prefix tests/browser`"]
fn a_clinic_is_set_up_without_an_editor_in_a_browser() {
    let place = tempfile::tempdir().expect("a folder");
    let (_served, address) = served_in(Some(place.path()), &[], None);
    passes("setup.mjs", &address);
}

#[test]
#[ignore = "needs Node, Chromium and `npm install --prefix tests/browser`"]
fn the_last_sheets_can_be_had_again_in_a_browser() {
    let (_served, address) = served(&[], None);
    passes("again.mjs", &address);
}

#[test]
#[ignore = "needs Node, Chromium and `npm install --prefix tests/browser`"]
fn several_sheets_for_one_patient_print_together_in_a_browser() {
    let (_served, address) = served(&[], None);
    passes("beside.mjs", &address);
}

#[test]
#[ignore = "needs Node, Chromium and `npm install --prefix tests/browser`"]
fn a_sheet_can_be_sent_in_a_browser() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = folder.path().join("clinic");
    let made = Command::new(env!("CARGO_BIN_EXE_aftercare")).arg("init").arg(&clinic).output().unwrap();
    assert!(made.status.success());
    let file = clinic.join("content/clinic.yaml");
    let text = fs::read_to_string(&file).unwrap() + "\nsite: https://sheets.example/\n";
    fs::write(&file, text).unwrap();
    let (_served, address) = served(&["--clinic", clinic.to_str().unwrap()], None);
    passes("send.mjs", &address);
}

#[test]
#[ignore = "needs Node, Chromium and `npm install --prefix tests/browser`"]
fn exercises_are_found_ordered_and_bounded_in_a_browser() {
    let (_served, address) = served(&[], None);
    passes("exercises.mjs", &address);
}

#[test]
#[ignore = "needs Node, Chromium, Xvfb, xdotool and `npm install --prefix tests/browser`"]
fn the_print_window_leaves_the_keys_and_a_way_back() {
    let (_served, address) = served(&[], None);
    passes("headed.mjs", &address);
}

/// A clinic with two print queues, one of which is broken, and with a page in French.
#[cfg(unix)]
fn clinic(folder: &Path) -> PathBuf {
    let clinic = folder.join("clinic");
    let made = Command::new(env!("CARGO_BIN_EXE_aftercare")).arg("init").arg(&clinic).output().unwrap();
    assert!(made.status.success());
    let file = clinic.join("content/clinic.yaml");
    let printers =
        "\nprinters:\n  - {name: Front desk, queue: front-desk}\n  - {name: Broken, queue: broken}\n";
    let text = fs::read_to_string(&file).unwrap().replace("languages: [en]", "languages: [en, fr]");
    fs::write(&file, text + printers).unwrap();
    in_french(&clinic.join("content"));
    fs::write(clinic.join("content/languages/fr/web.yaml"), "actions: {print: Imprimer}\n").unwrap();
    clinic
}

/// Each folder `en` a second time, as `fr`.
#[cfg(unix)]
fn in_french(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
    {
        if entry.ends_with("en") {
            let french = folder.join("fr");
            // The program may bring French texts of its own; this clinic has its own.
            let _ = fs::remove_dir_all(&french);
            fs::create_dir(&french).unwrap();
            for file in fs::read_dir(entry).unwrap().map(Result::unwrap) {
                fs::copy(file.path(), french.join(file.file_name())).unwrap();
            }
        } else {
            in_french(&entry);
        }
    }
}

/// A folder with a program `lp` that takes what comes, but not for the broken queue.
#[cfg(unix)]
fn lp(folder: &Path) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let bin = folder.join("bin");
    fs::create_dir(&bin).unwrap();
    let script =
        "#!/bin/sh\ncase \"$2\" in broken) echo 'lp: out of paper' >&2; exit 1;; esac\ncat > /dev/null\n";
    fs::write(bin.join("lp"), script).unwrap();
    fs::set_permissions(bin.join("lp"), fs::Permissions::from_mode(0o755)).unwrap();
    bin
}

#[cfg(unix)]
#[test]
#[ignore = "needs Node, Chromium and `npm install --prefix tests/browser`"]
fn queues_languages_and_rosters_pass_in_a_browser() {
    let folder = tempfile::tempdir().unwrap();
    let path = format!("{}:/usr/bin:/bin", lp(folder.path()).display());
    let clinic = clinic(folder.path());
    let (_served, address) = served(&["--clinic", clinic.to_str().unwrap()], Some(&path));
    passes("desk.mjs", &address);
}
