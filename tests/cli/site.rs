//! `site`: the folder of public pages.

use crate::kit::Desk;

#[test]
fn a_folder_that_a_server_can_show() {
    let desk = Desk::new();
    let ended = desk.call("site -o public --base-url https://www.example.org/aftercare").succeeds();
    assert!(ended.stderr.contains("made public (12 pages"), "{}", ended.stderr);
    assert!(desk.files().contains(&"public/en.html".to_owned()));
    desk.call("site -o public --base-url https://www.example.org/aftercare").succeeds();
}

#[test]
fn without_an_address_it_says_what_is_missing() {
    let ended = Desk::new().call("site -o public").succeeds();
    assert!(ended.stderr.contains("there is no sitemap"), "{}", ended.stderr);
}

#[test]
fn files_of_others_are_left_as_they_are() {
    let desk = Desk::new();
    for (name, text) in [("robots.txt", "User-agent: *"), ("index.html", "<p>mine"), ("style.css", "p{}")] {
        let path = format!("public/{name}");
        desk.write(&path, text);
        desk.call("site -o public").fails(1, &["aftercare did not make this file", name]);
        assert_eq!(desk.read(&path), text.as_bytes());
        assert!(!desk.files().contains(&"public/en.html".to_owned()), "half a site is none");
        std::fs::remove_file(desk.path(&path)).unwrap();
    }
    desk.write("public/index.html", "<p>mine");
    desk.call("site -o public --force").succeeds();
    assert!(desk.read("public/index.html").starts_with(b"<!DOCTYPE html>"));
}

#[test]
fn a_second_run_writes_over_what_the_first_made() {
    let desk = Desk::new();
    desk.call("site -o public").succeeds();
    desk.call("site -o public --base-url https://other.example/").succeeds();
    let page = String::from_utf8(desk.read("public/en.html")).unwrap();
    assert!(page.contains("https://other.example/en.html"));
}

#[test]
fn a_page_that_the_site_has_no_more_is_named_and_kept() {
    let desk = Desk::new();
    desk.write("public/en-questions-old.html", "<!DOCTYPE html>\n<!-- aftercare 000000 -->\n");
    desk.write("public/mine.html", "<p>mine");
    let ended = desk.call("site -o public").succeeds();
    assert!(
        ended.stderr.contains("en-questions-old.html")
            && ended.stderr.contains("the site has it no more")
            && !ended.stderr.contains("mine.html"),
        "{}",
        ended.stderr
    );
    assert!(desk.files().contains(&"public/en-questions-old.html".to_owned()));
}

#[test]
fn an_address_that_no_site_can_have_is_refused() {
    for address in ["www.example.org", "https://a.example/?x", "javascript:alert(1)"] {
        let call = format!("site -o public --base-url {address}");
        Desk::new().call(&call).fails(2, &["no address that a site can stand at"]);
    }
}

#[test]
fn the_clinics_own_address_needs_no_flag_and_pictures_of_another_version_are_written_over() {
    let desk = Desk::new();
    desk.call("site -o public").succeeds();
    let before = desk.read("public/en-wide.png");
    desk.call("init clinic").succeeds();
    let profile = String::from_utf8(desk.read("clinic/content/clinic.yaml")).unwrap();
    let named = profile.replace("web: \"\"", "web: \"\"\nsite: https://own.example/aftercare");
    desk.write("clinic/content/clinic.yaml", &named);
    desk.call("site -o public --clinic clinic").succeeds();
    let page = String::from_utf8(desk.read("public/en.html")).unwrap();
    assert!(page.contains("<link rel=\"canonical\" href=\"https://own.example/aftercare/en.html\">"));
    assert_ne!(desk.read("public/en-wide.png"), before, "it tells which content it was made from");
    desk.call("site -o public --clinic clinic --base-url https://other.example/").succeeds();
    let page = String::from_utf8(desk.read("public/en.html")).unwrap();
    assert!(page.contains("https://other.example/en.html"), "a flag takes the place of the profile");
    for bad in
        ["ftp://own.example", "https://own.example/?a", "https://own.example/#b", "https://", "own.example"]
    {
        desk.write("clinic/content/clinic.yaml", named.replace("https://own.example/aftercare", bad));
        desk.call("site -o public --clinic clinic").fails(2, &["is no address that a site can stand at"]);
    }
}

#[test]
fn a_picture_of_somebody_else_stays() {
    let desk = Desk::new();
    desk.write("public/en-wide.png", "\u{89}PNG not ours");
    desk.call("site -o public").fails(1, &["aftercare did not make this file", "en-wide.png"]);
}
