//! The public pages as a reader, a browser and a search engine meet them.

use aftercare::content::files::{Embedded, Files, Memory};
use aftercare::content::{advertising_places, check_advertising};
use aftercare::html::visible_text;
use aftercare::{BaseUrl, Engine, SiteFiles};
use serde_json::Value;
use std::collections::BTreeSet;

const BASE: &str = "https://www.example.org/aftercare/";

fn site_of(folder: &Memory, base: Option<&str>, today: &str) -> Result<SiteFiles, String> {
    let engine = Engine::load(folder).map_err(|faults| faults.to_string())?.value;
    let base = base.map(|base| BaseUrl::new(base).expect("an address"));
    let made = engine.site(base.as_ref(), today.parse().expect("a day"));
    made.map(|report| report.value).map_err(|faults| faults.to_string())
}

/// The built-in folder of a clinic with one treatment.
fn built_in() -> Memory {
    let mut folder = every_treatment();
    let path = "content/clinic.yaml";
    let text = String::from_utf8(folder.0[path].to_vec()).expect("text");
    let several = "treatments: [dry-needling, shockwave, cupping]";
    assert!(text.contains(several), "{text}");
    folder.0.insert(path.into(), text.replace(several, "treatments: [dry-needling]").into_bytes().into());
    folder
}

fn every_treatment() -> Memory {
    Memory::copy(&Embedded).expect("the built-in folder")
}

fn site() -> SiteFiles {
    site_of(&built_in(), Some(BASE), "2026-11-24").unwrap_or_else(|faults| panic!("{faults}"))
}

/// The built-in folder with a text of a file changed.
fn edited(edits: &[(&str, &str, &str)]) -> Memory {
    let mut folder = built_in();
    for (path, from, to) in edits {
        let text = String::from_utf8(folder.read(path).expect("a file").into_owned()).expect("text");
        assert!(text.contains(from), "{path} holds no {from}");
        folder.0.insert((*path).into(), text.replace(from, to).into_bytes().into());
    }
    folder
}

/// The built-in words a second time, under the name of French.
fn in_two_languages() -> Memory {
    let mut folder = edited(&[("content/clinic.yaml", "languages: [en]", "languages: [en, fr]")]);
    let english = folder
        .0
        .iter()
        .filter(|(path, _)| path.contains("/en/"))
        .map(|(path, data)| (path.replace("/en/", "/fr/"), data.clone()));
    let french: Vec<_> = english.collect();
    if !folder.0.keys().any(|path| path.starts_with("content/treatments/dry-needling/fr/")) {
        folder.0.extend(french);
    }
    folder
}

#[test]
fn own_times_stand_with_the_commas_of_their_language() {
    let folder = edited(&[("content/clinic.yaml", "languages: [en]", "languages: [en, fa, zh-Hans]")]);
    let site = site_of(&folder, Some(BASE), "2026-11-24").expect("a site");
    for (name, more, beside) in
        [("en.html", ", ", ", "), ("fa.html", "، ", "، "), ("zh-hans.html", "、", "，")]
    {
        let page = pages(&site).find(|(page, _)| page.eq_ignore_ascii_case(name)).expect("a page").1;
        let between = format!("\"between\":{{\"more\":\"{more}\",\"beside\":\"{beside}\"}}");
        assert!(
            page.contains(&between) || page.contains(&between.replace('"', "&quot;")),
            "{name}: no {between}"
        );
    }
}

fn pages(site: &SiteFiles) -> impl Iterator<Item = (&str, &str)> {
    fn text(bytes: &[u8]) -> &str {
        std::str::from_utf8(bytes).expect("UTF-8")
    }
    site.iter()
        .filter(|(name, _)| name.ends_with(".html"))
        .map(move |(name, bytes)| (name.as_str(), text(bytes)))
}

fn advice(site: &SiteFiles) -> impl Iterator<Item = (&str, &str)> {
    pages(site).filter(|(name, _)| *name != "404.html")
}

fn attributes<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    let start = format!(" {name}=\"");
    html.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// An address of a file without the mark of its content, by which a browser knows a newer one.
fn without_mark(address: &str) -> &str {
    match address.split_once('?') {
        Some((file, mark)) if mark.len() == 8 && mark.bytes().all(|byte| byte.is_ascii_hexdigit()) => file,
        _ => address,
    }
}

fn between<'h>(html: &'h str, start: &str, end: &str) -> &'h str {
    html.split_once(start).and_then(|(_, rest)| rest.split_once(end)).map_or("", |(inside, _)| inside)
}

fn data(html: &str) -> Value {
    let text = between(html, "<script type=\"application/ld+json\">", "</script>");
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn a_page_a_language_and_a_page_a_group_of_questions() {
    let site = site();
    let names: Vec<&str> = site.keys().map(String::as_str).filter(|name| !name.ends_with(".woff2")).collect();
    let wanted = [
        "404.html",
        "apple-touch-icon.png",
        "en-brochure.pdf",
        "en-questions-activity.html",
        "en-questions-soreness.html",
        "en-square.png",
        "en-square.svg",
        "en-wide.png",
        "en-wide.svg",
        "en.html",
        "favicon.svg",
        "index.html",
        "robots.txt",
        "sitemap.xml",
        "style.css",
        "yours.js",
    ];
    assert_eq!(names, wanted);
    assert_eq!(site["index.html"], site["en.html"], "with one language the first page is the text");
    let fonts: Vec<_> = site.iter().filter(|(name, _)| name.ends_with(".woff2")).collect();
    assert!(!fonts.is_empty() && fonts.iter().all(|(_, bytes)| bytes.starts_with(b"wOF2")));
}

#[test]
fn every_link_leads_to_a_file_and_a_place_of_the_site_or_to_a_source() {
    for site in [site(), site_of(&in_two_languages(), Some(BASE), "2026-11-24").expect("two languages")] {
        for (name, html) in pages(&site) {
            let cited = between(html, "<section class=\"sources\"", "</section>");
            for href in attributes(html, "href").into_iter().filter(|href| !href.starts_with("tel:")) {
                let own =
                    href.strip_prefix(BASE).or_else(|| href.strip_prefix("/aftercare/")).unwrap_or(href);
                if own.contains("://") {
                    assert!(attributes(cited, "href").contains(&href), "{name} leads out to {href}");
                    continue;
                }
                let (file, id) = own.split_once('#').unwrap_or((own, ""));
                let file = without_mark(file);
                let file = if file.is_empty() {
                    if href.starts_with(BASE) { "index.html" } else { name }
                } else {
                    file
                };
                let target = site.get(file).unwrap_or_else(|| panic!("{name}: no {href}"));
                let found = id.is_empty()
                    || attributes(std::str::from_utf8(target).expect("UTF-8"), "id").contains(&id);
                assert!(found, "{name}: no place {href}");
            }
        }
    }
}

#[test]
fn nothing_is_asked_of_another_server_and_nothing_runs() {
    let site = site();
    for (name, html) in pages(&site) {
        let own = if ["en.html", "index.html"].contains(&name) { &["yours.js"][..] } else { &[] };
        let loaded: Vec<&str> = attributes(html, "src").into_iter().map(without_mark).collect();
        assert_eq!(loaded, own, "{name}");
        let scripts: Vec<&str> =
            html.split("<script").skip(1).filter(|rest| !rest.starts_with(" src=")).collect();
        assert!(scripts.iter().all(|rest| rest.starts_with(" type=\"application/ld+json\"")), "{name}");
        assert_eq!(html.contains("script-src 'self'"), !own.is_empty(), "{name}");
        assert!(html.contains("default-src 'none'"), "{name}");
        for word in [" onload=", " onclick=", "javascript:", "@import", "<iframe", "<form"] {
            assert!(!html.contains(word), "{name}: {word}");
        }
    }
    let style = std::str::from_utf8(&site["style.css"]).expect("UTF-8");
    for address in style.split("url(").skip(1).filter_map(|rest| rest.split(')').next()) {
        assert!(site.contains_key(address), "style.css asks for {address}");
    }
}

#[test]
fn pages_are_small() {
    let site = site();
    let style = site["style.css"].len();
    for (name, html) in pages(&site) {
        // Numbers with their units, what is dialled, and words with hyphens are held together by elements of their own; heads of days
        // keep off each other; a printed page is whole; a logo has a ground on dark screens, and what not everybody keeps to is tinted.
        assert!(html.len() + style < 67_900, "{name}: {} bytes with its style", html.len() + style);
    }
    let fonts: usize =
        site.iter().filter(|(name, _)| name.ends_with(".woff2")).map(|(_, bytes)| bytes.len()).sum();
    assert!(fonts < 60_000, "{fonts} bytes of fonts");
}

#[test]
fn every_page_has_one_heading_above_all_and_skips_no_level() {
    let site = site();
    let mut titles = BTreeSet::new();
    for (name, html) in pages(&site).filter(|(name, _)| *name != "index.html") {
        let opened = html.split("<h").skip(1).filter_map(|rest| rest.chars().next()?.to_digit(10));
        let levels: Vec<u32> = opened.collect();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{name}");
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{name}: {levels:?}");
        assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"en\""), "{name}");
        assert!(titles.insert(between(html, "<title>", "</title>")), "{name} has another page's title");
        let ids = attributes(html, "id");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{name}: an id stands twice");
    }
}

#[test]
fn the_warning_signs_stand_whole_on_every_page_of_advice_above_what_is_normal() {
    for (name, html) in advice(&site()) {
        let text = visible_text(html);
        let mut rest = text.as_str();
        let signs = [
            "Call 911 for any of these",
            "You collapse, or faint and do not wake.",
            "New chest pain.",
            "Breathing in hurts: chest, back or shoulder.",
            "You get short of breath.",
            "A new dry cough, or you cough up blood.",
            "Blue or grey lips.",
            "Were your needles in the neck, shoulder, upper or mid back, chest or ribs?",
            "Get help today",
            "Fever or chills, even weeks later.",
            "Call us",
        ];
        for sign in signs {
            rest = rest.split_once(sign).unwrap_or_else(|| panic!("{name}: no {sign}")).1;
        }
        assert!(rest.contains("normal") || rest.contains("Questions people ask"), "{name}");
        assert!(!text.contains("until {") && !text.contains("{{"), "{name}");
    }
}

#[test]
fn several_treatments_have_a_page_each_and_a_choice_of_them() {
    let folder = every_treatment();
    let site = site_of(&folder, Some(BASE), "2026-11-24").expect("a site");
    let text = |name: &str| std::str::from_utf8(&site[name]).expect("UTF-8");
    let choice = text("index.html");
    for (id, own, foreign) in [
        ("en", "You get short of breath.", "You feel a snap"),
        ("shockwave-en", "call 911", "Were your needles in"),
        ("cupping-en", "call 911", "Were your needles in"),
    ] {
        let name = format!("{id}.html");
        let page = text(&name);
        assert!(choice.contains(&format!("href=\"{name}\"")), "{name} is not among the choices");
        assert!(page.contains(&format!("rel=\"canonical\" href=\"{BASE}{name}\"")), "{name}");
        assert!(page.contains("<section data-warnings"), "{name}: no warnings");
        let shown = visible_text(page);
        assert!(shown.contains(own) && !shown.contains(foreign), "{name}");
        assert!(page.contains("yours.js") && page.contains("windows"), "{name}: no times of one's own");
        for other in ["en.html", "shockwave-en.html", "cupping-en.html"] {
            assert_eq!(
                page.contains(&format!("<li class=\"treatment\"><a href=\"{other}\"")),
                other != name,
                "{name}: {other}"
            );
        }
    }
}

#[test]
fn a_template_that_forgets_the_warning_signs_has_them_first() {
    for page in ["whole", "questions"] {
        let path = format!("templates/site/{page}.html");
        let site = site_of(&edited(&[(&path, "{{ <Safety safety={safety} /> }}", "")]), None, "2026-11-24");
        for (name, html) in advice(&site.expect("a site")) {
            assert_eq!(html.matches("<section data-warnings").count(), 1, "{name}");
        }
    }
}

#[test]
fn the_site_runs_the_programs_own_script_whatever_the_folder_holds() {
    let own = &site()["yours.js"];
    let other = edited(&[("templates/site/yours.js", "'use strict';", "location = 'http://a.example';")]);
    let script = |bytes: &[u8]| {
        String::from_utf8_lossy(bytes).split_once('\n').expect("a mark and a script").1.to_owned()
    };
    assert_eq!(script(&site_of(&other, Some(BASE), "2026-11-24").expect("a site")["yours.js"]), script(own));
}

#[test]
fn style_and_icon_of_a_site_load_and_run_nothing() {
    for (path, from, to, told) in [
        ("templates/site/style.css", ".lost {", "@import 'http://a.example'; .lost {", "`@import`"),
        (
            "templates/site/style.css",
            ".lost {",
            ".lost { background: url(//a.example/x) } .lost {",
            "another server",
        ),
        ("templates/site/favicon.svg", "<path", "<script>x</script><path", "`<script>`"),
        (
            "templates/site/favicon.svg",
            "<svg",
            "<!DOCTYPE svg [<!ENTITY x SYSTEM 'http://a.example'>]><svg",
            "`<!`",
        ),
        ("templates/site/page.html", "</head>", "<script>x</script></head>", "run a script"),
        ("templates/site/page.html", "</head>", "<meta http-equiv=refresh content=0></head>", "leads away"),
        (
            "templates/site/404.html",
            "<h1>",
            "<a href='javascript:x'>x</a><h1>",
            "something other than a page",
        ),
    ] {
        let faults = site_of(&edited(&[(path, from, to)]), None, "2026-11-24").expect_err(to);
        assert!(faults.contains(told) && faults.contains("templates/site/"), "{faults}");
    }
}

/// What a page asks of another server is a fault; a server that the profile names may give a picture, and every page says so.
#[test]
fn no_page_asks_another_server_in_silence() {
    let pixel = "<img src=\"https://stats.example.org/count?p=1\" alt=\"\" width=\"1\" height=\"1\">";
    let counted = ("templates/site/page.html", "</main>", format!("</main>{pixel}"));
    let counted = (counted.0, counted.1, counted.2.as_str());
    let faults = site_of(&edited(&[counted]), None, "2026-11-24").expect_err("nobody is told");
    assert!(
        faults.contains("the page asks another server for something: https://stats.example.org"),
        "{faults}"
    );
    assert!(faults.contains("name the server under `trackers` of clinic.yaml"), "{faults}");
    assert!(faults.contains("templates/site/page.html"), "{faults}");
    let named = (
        "content/clinic.yaml",
        "paper: letter",
        "paper: letter\ntrackers: [{name: Example Statistics, host: stats.example.org}]",
    );
    let files = site_of(&edited(&[counted, named]), Some(BASE), "2026-11-24").expect("a site");
    for (name, html) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
        let html = String::from_utf8_lossy(html);
        assert!(html.contains("img-src 'self' https://stats.example.org;"), "{name}");
        let notice = "<p data-trackers>Who counts the readers of this page, and hears of your visit: Example Statistics</p>";
        assert!(html.contains(notice), "{name}");
    }
    // A script of others could change the warnings: no name lets it in, and none of the page's own either.
    for script in [
        "<script src=\"https://stats.example.org/x.js\"></script>",
        "<script>count()</script>",
        "<img src=\"https://elsewhere.example/x.gif\" alt=\"\">",
        "<img src=\"favicon.svg\" alt=\"\" onload=\"count()\">",
    ] {
        let page = ("templates/site/page.html", "</main>", format!("</main>{script}"));
        let edits = [(page.0, page.1, page.2.as_str()), named];
        let faults = site_of(&edited(&edits), None, "2026-11-24").expect_err(script);
        assert!(faults.contains("templates/site/page.html"), "{script}: {faults}");
    }
    // A patient's copy asks nobody, whoever is named.
    let copy = ("templates/html/foot.html", "", "");
    let text = String::from_utf8(built_in().0[copy.0].to_vec()).expect("text");
    let mut folder = edited(&[named]);
    folder.0.insert(copy.0.into(), format!("{text}{pixel}").into_bytes().into());
    let told = Engine::check(&folder, |_| {
        Ok::<_, std::convert::Infallible>("2026-11-24T12:00:00Z".parse().expect("a time"))
    });
    let told = told.unwrap_or_else(|never| match never {});
    assert!(told.iter().any(|fault| fault.code == "unsafe-page"), "{told:?}");
}

#[test]
fn the_page_of_the_whole_text_leads_to_the_brochure() {
    let files = site();
    assert!(files["en-brochure.pdf"].starts_with(b"%PDF-1.7"));
    let page = String::from_utf8_lossy(&files["en.html"]).into_owned();
    let link = "<a href=\"en-brochure.pdf\" type=\"application/pdf\">This advice as a brochure to print and fold (PDF)</a>";
    assert!(page.contains(link), "{page}");
    assert!(!String::from_utf8_lossy(&files["404.html"]).contains("brochure.pdf"));
    // A brochure that cannot be made takes no page with it.
    let panels = "{{ flap(sections=[\"quick-answer\", \"timeline\", \"pictograms\"]) }}";
    let full = edited(&[("templates/brochure.md.tera", panels, "")]);
    let engine = Engine::load(&full).map(|report| report.value);
    if let Ok(engine) = engine {
        let made = engine.site(None, "2026-11-24".parse().expect("a day")).expect("a site");
        assert!(made.warnings.iter().any(|warning| warning.code == "no-brochure"), "{:?}", made.warnings);
        assert!(!made.value.contains_key("en-brochure.pdf"));
    }
}

#[test]
fn answers_above_the_warning_signs_make_no_page() {
    let safety = "{{ <Safety safety={safety} /> }}";
    let moved = edited(&[
        ("templates/site/questions.html", safety, ""),
        (
            "templates/site/questions.html",
            "{{ <Sources site={site} /> }}",
            &format!("{safety}\n{{{{ <Sources site={{site}} /> }}}}"),
        ),
    ]);
    let faults = site_of(&moved, None, "2026-11-24").expect_err("answers above the signs");
    assert!(faults.contains("before the warning signs"), "{faults}");
}

#[test]
fn expired_warning_signs_are_not_published() {
    assert!(site_of(&built_in(), None, "2031-01-01").is_err());
}

#[test]
fn the_sitemap_lists_each_page_and_robots_names_it() {
    for (folder, extra) in [(built_in(), 0), (in_two_languages(), 1)] {
        let site = site_of(&folder, Some(BASE), "2026-11-24").expect("a site");
        let sitemap = std::str::from_utf8(&site["sitemap.xml"]).expect("UTF-8");
        let listed: BTreeSet<String> = sitemap
            .split("<loc>")
            .skip(1)
            .filter_map(|rest| Some(rest.split("</loc>").next()?.trim_start_matches(BASE).to_owned()))
            .collect();
        let wanted: BTreeSet<String> = pages(&site)
            .map(|(name, _)| name.to_owned())
            .filter(|name| name != "404.html" && name != "index.html")
            .collect();
        assert_eq!(listed, wanted);
        assert_eq!(sitemap.matches("hreflang=\"fr\"").count() > 0, extra > 0);
        assert!(
            std::str::from_utf8(&site["robots.txt"])
                .expect("UTF-8")
                .contains(&format!("Sitemap: {BASE}sitemap.xml"))
        );
    }
    let unknown = site_of(&built_in(), None, "2026-11-24").expect("a site");
    assert!(!unknown.contains_key("sitemap.xml"), "a sitemap needs whole addresses");
}

#[test]
fn search_engines_get_dates_sources_and_the_answers_that_the_page_shows() {
    for (name, html) in advice(&site()) {
        let data = data(html);
        assert_eq!(data["creativeWorkStatus"], "Draft");
        assert!(data.get("lastReviewed").is_none(), "nobody has signed it");
        for key in ["dateModified", "expires"] {
            let day = data[key].as_str().unwrap_or_default();
            assert!(day.parse::<chrono::NaiveDate>().is_ok(), "{name}: {key} {day}");
        }
        let shown = visible_text(html);
        let sources = data["citation"].as_array().expect("sources");
        assert!(sources.len() >= 3, "{name}");
        for source in sources {
            let title = source.as_str().or(source["name"].as_str()).expect("a name");
            assert!(shown.contains(title), "{name}: {source}");
        }
        assert_eq!(data["mainEntity"].is_array(), name.contains("questions"), "{name}");
        for (index, question) in data["mainEntity"].as_array().into_iter().flatten().enumerate() {
            assert!(shown.contains(question["name"].as_str().expect("a question")), "{name}");
            let answer = question["acceptedAnswer"]["text"].as_str().expect("an answer");
            // Whoever reads the answers alone reads the warnings first, headings with a colon.
            let parts = answer.split(": ").map(|part| part.trim_end_matches(':'));
            assert!(parts.into_iter().all(|part| shown.contains(part)), "{name}: {answer}");
            let warns = answer.starts_with("Call 911 for any of these") && answer.contains("chest pain");
            assert_eq!(index == 0, warns, "{name}: {answer}");
        }
        assert!(shown.contains("Next review by Nov 2028"), "{name}");
        assert_eq!(data["about"]["@type"], "MedicalTherapy");
        assert_eq!(data["about"]["name"], "Dry needling");
        assert!(data["publisher"].get("telephone").is_none(), "no number is known");
    }
}

#[test]
fn canonical_languages_and_previews_are_whole_addresses() {
    let site = site_of(&in_two_languages(), Some(BASE), "2026-11-24").expect("two languages");
    for (name, html) in pages(&site).filter(|(name, _)| !["404.html", "index.html"].contains(name)) {
        assert!(html.contains(&format!("<link rel=\"canonical\" href=\"{BASE}{name}\">")), "{name}");
        assert!(html.contains(&format!("property=\"og:url\" content=\"{BASE}{name}\"")), "{name}");
        for language in ["en", "fr"] {
            let other = format!("{language}{}", &name[2..]);
            let link = format!("hreflang=\"{language}\" href=\"{BASE}{other}\"");
            assert!(html.contains(&link), "{name}: {link}");
        }
        let description = between(html, "<meta name=\"description\" content=\"", "\"");
        assert!((20..=170).contains(&description.chars().count()), "{name}: {description}");
    }
    let choice = std::str::from_utf8(&site["index.html"]).expect("UTF-8");
    assert!(
        choice.contains("<a href=\"en.html\" lang=\"en\"")
            && choice.contains("<a href=\"fr.html\" lang=\"fr\"")
    );
}

#[test]
fn several_treatments_in_several_languages_are_chosen_by_language() {
    let mut folder = every_treatment();
    let path = "content/clinic.yaml";
    let profile = String::from_utf8(folder.0[path].to_vec()).expect("text");
    let profile = profile.replace("languages: [en]", "languages: [en, fr]");
    folder.0.insert(path.into(), profile.into_bytes().into());
    let site = site_of(&folder, Some(BASE), "2026-11-24").expect("a site");
    for name in ["index.html", "404.html"] {
        let page = std::str::from_utf8(&site[name]).expect("UTF-8");
        let (_, french) = page.split_once("<h2>Français</h2>").unwrap_or_else(|| panic!("{name}: {page}"));
        let (english, _) = page.split_once("<section lang=\"fr\" dir=\"ltr\">").expect("a part in French");
        for treatment in ["", "shockwave-", "cupping-"] {
            assert!(english.contains(&format!("{treatment}en.html\"")), "{name}: {treatment}");
            assert!(french.contains(&format!("{treatment}fr.html\"")), "{name}: {treatment}");
        }
        // A reader who had cupping is not told that this is about something else.
        assert!(
            !page.contains("Dry needling aftercare</p>") && !page.contains("Sore after dry needling"),
            "{page}"
        );
    }
    let index = std::str::from_utf8(&site["index.html"]).expect("UTF-8");
    assert!(index.contains("<title>Dry needling · Shockwave · Cupping · "), "{index}");
    assert!(!index.contains("og:image"), "no picture is about all of them");
}

#[test]
fn ways_to_reach_the_clinic_stand_only_where_they_are_known() {
    let unknown = site();
    for (name, html) in advice(&unknown) {
        let dialled = attributes(html, "href").into_iter().filter(|href| href.starts_with("tel:"));
        assert!(dialled.into_iter().all(|href| ["tel:911", "tel:811"].contains(&href)), "{name}");
        assert!(!html.contains("mailto:"), "{name}");
    }
    assert!(!pages(&unknown).any(|(_, html)| html.contains("class=\"reach\"")), "nothing is known");
    let known = edited(&[("content/clinic.yaml", "phone: \"\"", "phone: 416 555-0100")]);
    let known = site_of(&known, None, "2026-11-24").expect("a site");
    let html = std::str::from_utf8(&known["en.html"]).expect("UTF-8");
    assert!(html.contains("<a href=\"tel:4165550100\"><span class=\"nb\">416 555-0100</span></a>"));
    assert_eq!(data(html)["publisher"]["telephone"], "416 555-0100");
}

/// A clinic of which everything is known.
fn known() -> Memory {
    let address = "address: {street: 1 Sample Street, region: ON, postal-code: M4G 3A1, country: CA}";
    let more = "hours:\n  - {days: mon-fri, opens: \"07:30\", closes: \"19:00\"}\n  - {days: \"sat, sun\", opens: \"09:00\", \
                closes: \"24:00\"}\nbooking: https://clinic.example/book\nmap: https://maps.example/1\n\
                social: [https://social.example/clinic]";
    edited(&[
        ("content/clinic.yaml", "phone: \"\"", "phone: 416 555-0100"),
        ("content/clinic.yaml", "email: \"\"", "email: hello@clinic.example"),
        ("content/clinic.yaml", "address: \"\"", &format!("{address}\n{more}")),
    ])
}

#[test]
fn every_page_says_how_to_reach_the_clinic_and_each_number_can_be_dialled() {
    let mut folder = known();
    folder.0.extend(in_two_languages().0.into_iter().filter(|(path, _)| path.contains("/fr/")));
    let profile = String::from_utf8(folder.0["content/clinic.yaml"].to_vec()).expect("text");
    let profile = profile.replace("languages: [en]", "languages: [en, fr]");
    folder.0.insert("content/clinic.yaml".into(), profile.into_bytes().into());
    let site = site_of(&folder, Some(BASE), "2026-11-24").expect("a site");
    for (name, html) in pages(&site) {
        let links = attributes(html, "href");
        for href in [
            "tel:4165550100",
            "mailto:hello@clinic.example",
            "https://clinic.example/book",
            "https://maps.example/1",
        ] {
            assert!(links.contains(&href), "{name}: no {href}");
        }
        let shown = visible_text(html);
        assert!(shown.contains("1 Sample Street, Toronto, ON M4G 3A1"), "{name}");
        let english = !name.starts_with("fr");
        assert!(!english || shown.contains("Mon–Fri 7:30 am–7 pm"), "{name}: {shown}");
        assert!(!english || shown.contains("Sat–Sun 9 am–11:59 pm"), "{name}: {shown}");
        if !["404.html", "index.html"].contains(&name) {
            let tiers = between(html, "<section data-warnings", "</section>");
            let dialled = attributes(tiers, "href");
            assert_eq!(dialled[..2], ["tel:911", "tel:811"], "{name}");
            assert!(dialled.contains(&"tel:4165550100"), "{name}");
        }
    }
}

#[test]
fn search_engines_find_a_clinic_with_its_address_hours_and_booking() {
    let site = site_of(&known(), Some(BASE), "2026-11-24").expect("a site");
    let html = std::str::from_utf8(&site["en-questions-soreness.html"]).expect("UTF-8");
    let clinic = &data(html)["publisher"];
    assert_eq!(clinic["@type"], "MedicalClinic");
    assert_eq!(clinic["@id"], format!("{BASE}#clinic"));
    let address = serde_json::json!({
        "@type": "PostalAddress", "streetAddress": "1 Sample Street", "addressLocality": "Toronto",
        "addressRegion": "ON", "postalCode": "M4G 3A1", "addressCountry": "CA",
    });
    assert_eq!(clinic["address"], address);
    let hours = clinic["openingHoursSpecification"].as_array().expect("hours");
    assert_eq!(hours[0]["dayOfWeek"].as_array().expect("days").len(), 5);
    assert_eq!((&hours[1]["opens"], &hours[1]["closes"]), (&"09:00".into(), &"23:59".into()));
    assert_eq!(clinic["potentialAction"]["target"], "https://clinic.example/book");
    assert_eq!(clinic["sameAs"][0], "https://social.example/clinic");
    assert!(html.contains(
        "<title>Sore or tired · Dry needling aftercare · Leaside Sports Medicine, Toronto</title>"
    ));
}

#[test]
fn an_address_of_a_style_or_a_script_changes_with_it() {
    let style = |folder: &Memory| {
        let site = site_of(folder, Some(BASE), "2026-11-24").expect("a site");
        let html = String::from_utf8(site["en.html"].clone()).expect("UTF-8");
        let marked = |file: &str| {
            let mark = between(&html, &format!("\"{file}?"), "\"").to_owned();
            assert_eq!(mark.len(), 8, "{file}");
            mark
        };
        (marked("style.css"), marked("yours.js"))
    };
    let (css, script) = style(&built_in());
    let other = edited(&[("templates/site/style.css", ".lost {", ".lost { color: red;")]);
    let (other_css, same_script) = style(&other);
    assert!(css != other_css && script == same_script);
    // A folder of before names the files alone.
    let before = edited(&[(
        "templates/site/page.html",
        "{{ site.root }}{{ site.style }}",
        "{{ site.root }}style.css",
    )]);
    assert!(site_of(&before, Some(BASE), "2026-11-24").is_ok());
}

#[test]
fn the_same_texts_give_the_same_bytes_on_any_day() {
    let folder = built_in();
    let one = site_of(&folder, Some(BASE), "2026-11-24").expect("a site");
    assert_eq!(one, site_of(&folder, Some(BASE), "2027-06-01").expect("a site"));
}

#[test]
fn a_clinic_folder_without_pages_of_its_own_takes_the_built_in_ones() {
    let mut folder = built_in();
    folder.0.retain(|path, _| !path.starts_with("templates/site/") && path != "content/advertising.yaml");
    let site = site_of(&folder, None, "2026-11-24").expect("a site");
    assert!(site.contains_key("en.html"));
    folder.0.insert("templates/site/whole.html".into(), b"x"[..].into());
    let faults = site_of(&folder, None, "2026-11-24").expect_err("half a set of templates");
    assert!(faults.contains("no `templates/site/questions.html`"), "{faults}");
}

#[test]
fn a_group_of_questions_needs_a_title() {
    let faults = site_of(
        &edited(&[("content/treatments/dry-needling/en/faq.yaml", "group: soreness", "group: sorenes")]),
        None,
        "2026-11-24",
    );
    let faults = faults.expect_err("a group without title");
    assert!(faults.contains("did you mean `soreness`?"), "{faults}");
}

#[test]
fn no_shipped_text_advertises() {
    let engine = Engine::built_in().expect("the built-in folder").value;
    let found = check_advertising(engine.library());
    assert!(found.is_empty(), "{found:#?}");
    let rules = &engine.library().advertising;
    let ids: Vec<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids, ["superlative", "guarantee", "comparison", "testimonial", "specialist", "offer"]);
    // What templates say by themselves, and the words that the built site shows.
    let layouts = every_treatment().0.into_iter().filter(|(path, _)| path.ends_with(".tera"));
    let layouts = layouts.map(|(path, data)| (path, String::from_utf8(data.into_owned()).expect("text")));
    let site = site_of(&every_treatment(), Some(BASE), "2026-11-24").expect("a site");
    let shown = pages(&site).map(|(name, html)| (name.to_owned(), visible_text(html)));
    for (name, text) in layouts.chain(shown) {
        for phrase in rules.iter().flat_map(|rule| rule.phrases.values().flatten()) {
            assert!(advertising_places(&text, phrase).is_empty(), "{name}: {phrase}");
        }
    }
}

#[test]
fn advertising_is_refused_where_it_stands() {
    let boasts = [
        (
            "content/treatments/dry-needling/en/rest.md",
            "Rest is the most",
            "We are the best clinic. Rest is the most",
            "`best`",
        ),
        (
            "content/treatments/dry-needling/en/faq.yaml",
            "question: Can I go for a walk?",
            "question: Guaranteed walks?",
            "`Guaranteed`",
        ),
        (
            "content/treatments/dry-needling/en/words.yaml",
            "document-title: Dry needling aftercare",
            "document-title: Needling specialists",
            "`specialists`",
        ),
    ];
    for (path, from, to, named) in boasts {
        let faults = site_of(&edited(&[(path, from, to)]), None, "2026-11-24").expect_err("advertising");
        assert!(faults.contains(named) && faults.contains(path), "{faults}");
    }
}

#[test]
fn a_text_for_patients_alone_is_no_advertising() {
    let folder = edited(&[
        ("content/treatments/dry-needling/en/closing.md", "audience: both", "audience: patient"),
        ("content/treatments/dry-needling/en/closing.md", "It varies.", "It varies; ask which is best."),
    ]);
    assert!(site_of(&folder, None, "2026-11-24").is_ok());
}

#[test]
#[ignore = "needs Node, Chromium and `npm install --prefix tests/browser`"]
fn the_pages_pass_in_a_browser() {
    for folder in [built_in(), in_two_languages()] {
        let on_disk = tempfile::tempdir().expect("a temporary folder");
        for (name, bytes) in site_of(&folder, Some(BASE), "2026-11-24").expect("a site") {
            std::fs::write(on_disk.path().join(name), bytes).expect("a writable folder");
        }
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/check.mjs");
        let call =
            std::process::Command::new("node").arg(script).arg(on_disk.path()).arg("/aftercare/").status();
        assert!(call.expect("Node is installed").success(), "see the faults above");
    }
}

/// On paper a public page leaves nothing out, and "Call us" stands beside its number wherever a line holds both.
#[test]
#[ignore = "needs Node, Chromium and `npm install --prefix tests/browser`"]
fn public_pages_print_whole_and_say_whom_to_call_on_one_line() {
    let on_disk = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in site_of(&known(), Some(BASE), "2026-11-24").expect("a site") {
        std::fs::write(on_disk.path().join(name), bytes).expect("a writable folder");
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/public.mjs");
    let call = std::process::Command::new("node").arg(script).arg(on_disk.path()).status();
    assert!(call.expect("Node is installed").success(), "see the faults above");
}

#[test]
fn links_show_the_quick_answer_as_a_picture() {
    let site = site_of(&in_two_languages(), Some(BASE), "2026-11-24").expect("two languages");
    for (name, html) in advice(&site).filter(|(name, _)| *name != "index.html") {
        let of = |property: &str| between(html, &format!("<meta property=\"{property}\" content=\""), "\"");
        let language = name.get(..2).expect("a language");
        assert_eq!(of("og:image"), format!("{BASE}{language}-wide.png"), "{name}");
        assert_eq!((of("og:image:width"), of("og:image:height")), ("1200", "630"), "{name}");
        assert!(of("og:image:alt").contains("24") && of("og:image:alt").contains("Leaside"), "{name}");
        assert!(html.contains("<meta name=\"twitter:card\" content=\"summary_large_image\">"), "{name}");
    }
    let nowhere = site_of(&built_in(), None, "2026-11-24").expect("a site");
    assert!(pages(&nowhere).all(|(_, html)| !html.contains("og:image")), "only whole addresses can be read");
    assert!(nowhere.contains_key("en-wide.png"), "the pictures are there all the same");
}

/// Kind and data of each chunk of a PNG.
fn chunks(png: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut rest = png.strip_prefix(b"\x89PNG\r\n\x1a\n").expect("a PNG");
    let mut chunks = Vec::new();
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        chunks.push((&after[..4], &after[4..4 + length]));
        rest = &after[8 + length..];
    }
    chunks
}

#[test]
fn pictures_have_their_size_their_words_and_nothing_that_another_machine_could_show_otherwise() {
    let site = site();
    for (format, width, height) in [("wide", 1200u32, 630u32), ("square", 1080, 1080)] {
        let png = &site[&format!("en-{format}.png")];
        let chunks = chunks(png);
        let (kind, head) = chunks[0];
        assert_eq!(kind, b"IHDR");
        assert_eq!(head[..8], [width.to_be_bytes(), height.to_be_bytes()].concat());
        assert!(
            chunks.iter().any(|(kind, data)| *kind == b"tEXt" && data.starts_with(b"Software\0aftercare "))
        );
        assert_eq!(chunks.last().map(|(kind, _)| *kind), Some(&b"IEND"[..]));
        assert!(png.len() < 150_000, "{} bytes", png.len());
        let svg = std::str::from_utf8(&site[&format!("en-{format}.svg")]).expect("UTF-8");
        assert!(svg.contains("Take it easy for 24 to 48 hours</title>"));
        assert!(between(svg, "<desc id=\"description\">", "</desc>").contains("drink water"));
        for word in ["<text", "font", "<style", "<script", "href", "NaN"] {
            assert!(!svg.contains(word), "{format}: {word}");
        }
    }
}

#[test]
fn a_long_answer_in_a_picture_is_set_smaller_and_stays_inside() {
    let long = "Between one whole day and two whole days, and longer after a strong session of many needles";
    let rest = "quick-answer: \"{% if for_patient %}{{ rest.until }}{% else %}{{ rest.span }}{% endif %}\"";
    let changed = format!(
        "quick-answer: \"{{% if for_patient %}}{{{{ rest.until }}}}{{% else %}}{long}{{% endif %}}\""
    );
    let site = site_of(
        &edited(&[("content/treatments/dry-needling/en/words.yaml", rest, &changed)]),
        None,
        "2026-11-24",
    )
    .expect("a site");
    for (format, height) in [("wide", 382.0), ("square", 744.0)] {
        let svg = std::str::from_utf8(&site[&format!("en-{format}.svg")]).expect("UTF-8");
        let tops = baselines(svg);
        assert!(tops.len() > 8, "{format}: {tops:?}");
        let answer = tops.iter().filter(|top| **top < height);
        assert!(
            answer.clone().count() >= 6 && answer.fold(0.0f32, |a, b| a.max(*b)) < height - 8.0,
            "{tops:?}"
        );
    }
}

/// The baselines of the words of a picture.
fn baselines(svg: &str) -> Vec<f32> {
    let places = svg.split("translate(").skip(1);
    places.filter_map(|rest| rest.split(')').next()?.split_once(' ')?.1.parse().ok()).collect()
}

#[test]
fn a_long_name_in_a_picture_stands_above_what_it_says() {
    let long = "name: Riverbend Physiotherapy & Sports Rehabilitation Centre of the Greater Northern Region";
    let name = "name: Leaside Sports Medicine";
    let site = site_of(&edited(&[("content/clinic.yaml", name, long)]), None, "2026-11-24").expect("a site");
    // From the top of the line below the head to the tops of its capitals.
    for (format, below) in [("wide", 112.0..135.0), ("square", 188.0..220.0)] {
        let svg = std::str::from_utf8(&site[&format!("en-{format}.svg")]).expect("UTF-8");
        let all = baselines(svg);
        assert!(all.iter().filter(|y| **y < below.start).count() >= 2, "{format}: {all:?}");
        let met: Vec<&f32> = all.iter().filter(|y| below.contains(*y)).collect();
        assert!(met.is_empty(), "{format}: {met:?}");
    }
}

#[test]
fn the_words_of_a_short_bar_stand_behind_it_where_they_can_be_read() {
    let site = site_of(&every_treatment(), None, "2026-11-24").expect("a site");
    // From the top of the bars to the band below them.
    for (picture, panel) in [
        ("cupping-en-wide", 382.0..544.0),
        ("cupping-en-square", 744.0..938.0),
        ("shockwave-en-square", 744.0..938.0),
    ] {
        let svg = std::str::from_utf8(&site[&format!("{picture}.svg")]).expect("UTF-8");
        let white = svg.split("<path transform=\"translate(").skip(1).filter_map(|path| {
            let (place, rest) = path.split_once(")\" fill=\"")?;
            let (_, y) = place.split_once(' ')?;
            (rest.starts_with("#ffffff") && panel.contains(&y.parse::<f32>().ok()?)).then_some(place)
        });
        assert_eq!(white.collect::<Vec<_>>(), Vec::<&str>::new(), "{picture}: white words beside their bar");
    }
}

#[test]
fn what_a_page_is_drawn_from_in_another_language_runs_its_own_way() {
    let folder = edited(&[("content/clinic.yaml", "languages: [en]", "languages: [en, fa]")]);
    let site = site_of(&folder, None, "2026-11-24").unwrap_or_else(|faults| panic!("{faults}"));
    let page = |name: &str| String::from_utf8(site[name].to_vec()).expect("text");
    let (own, other) = (page("en.html"), page("fa.html"));
    let cited = |html: &str| between(html, "<section class=\"sources\"", "</section>").to_owned();
    assert!(!cited(&own).contains("dir="), "{}", cited(&own));
    let other = cited(&other);
    let foreign = other.matches("<li lang=\"en\" dir=\"ltr\">").count();
    assert!(foreign > 3 && foreign == other.matches("<li").count(), "{other}");
}

#[test]
fn advice_for_some_readers_stands_under_one_heading_and_asks_each_question_once() {
    let site = site();
    let page = String::from_utf8(site["en.html"].to_vec()).expect("text");
    let warnings = between(&page, "id=\"safety\"", "</section>");
    assert!(warnings.contains("If this is you, take extra care"), "{warnings}");
    assert_eq!(warnings.matches("Pregnant?").count(), 1, "{warnings}");
    for words in ["call your maternity team now", "No alcohol at all", "Keep taking them", "get help today"] {
        assert!(warnings.contains(words), "{words}: {warnings}");
    }
}

/// In lines of the picture's width, or there is no picture: none is cut off.
#[test]
fn when_to_call_is_not_cut_off_by_the_edge_of_a_picture() {
    let words = "content/treatments/dry-needling/en/words.yaml";
    let with = |more: usize| {
        let long = format!("{} Sore after", "Stiff and hurting more than before. ".repeat(more));
        site_of(&edited(&[(words, "Sore after", &long)]), None, "2026-11-24")
    };
    let site = with(4).unwrap_or_else(|faults| panic!("{faults}"));
    let svg = std::str::from_utf8(&site["en-wide.svg"]).expect("UTF-8");
    let places = svg.split("translate(").skip(1);
    let across = places.filter_map(|rest| rest.split([' ', ')']).next()?.parse::<f32>().ok());
    assert!(across.fold(0.0f32, f32::max) < 1_200.0 - 40.0, "{svg}");
    let refused = with(16).err().unwrap_or_default();
    assert!(refused.contains("room"), "{refused}");
}

/// Words that have no room in the bar that they end stand below it.
#[test]
fn when_to_call_stands_on_every_picture() {
    let long = (
        "content/treatments/dry-needling/en/words.yaml",
        "Sore after",
        "Sore, stiff and still hurting after",
    );
    let phone = ("content/clinic.yaml", "phone: \"\"", "phone: \"+1 905-555-0142\"");
    let short = site_of(&edited(&[phone]), None, "2026-11-24").unwrap_or_else(|faults| panic!("{faults}"));
    let long =
        site_of(&edited(&[phone, long]), None, "2026-11-24").unwrap_or_else(|faults| panic!("{faults}"));
    let paths = |site: &SiteFiles| {
        let svg = String::from_utf8(site["en-square.svg"].to_vec()).expect("text");
        svg.matches("<path").count()
    };
    // Letters are paths, one for each run of words.
    assert_eq!(paths(&long), paths(&short));
}

#[test]
fn a_source_with_a_stable_number_can_be_opened() {
    let engine = Engine::built_in().expect("the built-in folder").value;
    for source in engine.library().claims.values().flat_map(|claim| &claim.sources) {
        let known = format!("{} {}", source.title, source.note.as_deref().unwrap_or_default());
        let number = known.split(|c: char| !c.is_alphanumeric()).find(|word| word.starts_with("PMC"));
        let address = source.url.as_deref().unwrap_or_default();
        assert!(number.is_none_or(|number| address.ends_with(&format!("/{number}/"))), "{known}");
    }
}

/// The address that a patient's sheet leads to, and the sheet as HTML.
fn led_to(engine: &Engine, request: &str) -> (String, String) {
    let typed = aftercare::request_from_yaml("r.yaml", request, engine.keys());
    let request =
        engine.request(&typed, chrono::DateTime::UNIX_EPOCH).unwrap_or_else(|faults| panic!("{faults}"));
    let html = engine.render_html(&request.value).unwrap_or_else(|faults| panic!("{faults}")).value;
    let address = attributes(&html, "href").into_iter().find(|href| href.contains("example.org"));
    (address.unwrap_or_default().replace("&amp;", "&"), html)
}

const SHEET: &str = "id: p-1\npatient: Zoë\nactivity: running\nplan: {note: Secret}\n\
                     session: {regions: [neck, shoulder], at: 2026-11-24T15:30, therapist: Rachel}\n";

#[test]
fn a_sheets_code_leads_to_a_page_of_the_site_with_its_options_and_without_the_patient() {
    let named = edited(&[("content/clinic.yaml", "web: \"\"", &format!("web: \"\"\nsite: {BASE}"))]);
    let engine = Engine::load(&named).unwrap_or_else(|faults| panic!("{faults}")).value;
    let (address, html) = led_to(&engine, SHEET);
    let (page, fragment) = address.split_once('#').expect("a fragment");
    assert!(site().contains_key(page.strip_prefix(BASE).expect("the site's address")), "{page}");
    assert_eq!(fragment, "regions=neck;shoulder&intensity=moderate&activity=running&at=2026-11-24T15:30");
    assert!(html.contains("class=\"qr\""), "the code stands on the sheet");
    let (plain, _) = led_to(&engine, &format!("{SHEET}precautions: [fluid-limit]\n"));
    assert_eq!(plain, format!("{BASE}en.html"), "the page knows nothing of precautions");
    let engine = Engine::built_in().expect("the built-in folder").value;
    assert_eq!(led_to(&engine, SHEET).0, "", "a clinic that names no site has no such code");
}

#[test]
fn a_site_without_the_script_has_none_on_its_pages() {
    let mut folder = built_in();
    folder.0.remove("templates/site/yours.js");
    let site = site_of(&folder, Some(BASE), "2026-11-24").expect("a site");
    assert!(!site.contains_key("yours.js"));
    assert!(pages(&site).all(|(_, html)| !html.contains("yours.js")
        && !html.contains("data-yours")
        && !html.contains("script-src")));
}

#[test]
#[ignore = "needs Node, Chromium and `npm install --prefix tests/browser`"]
fn a_persons_own_times_show_in_a_browser() {
    let mut folder = in_two_languages();
    let clinic =
        String::from_utf8(folder.read("content/clinic.yaml").expect("a file").into_owned()).expect("text");
    let clinic = clinic.replace("web: \"\"", &format!("web: \"\"\nsite: {BASE}"));
    folder.0.insert("content/clinic.yaml".into(), clinic.into_bytes().into());
    let engine = Engine::load(&folder).unwrap_or_else(|faults| panic!("{faults}")).value;
    let on_disk = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in site_of(&folder, Some(BASE), "2026-11-24").expect("a site") {
        std::fs::write(on_disk.path().join(name), bytes).expect("a writable folder");
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/yours.mjs");
    let mut call = std::process::Command::new("node");
    call.arg(script)
        .arg(on_disk.path())
        .arg(led_to(&engine, SHEET).0)
        .args(std::env::var_os("AFTERCARE_SHOTS"));
    assert!(call.status().expect("Node is installed").success(), "see the faults above");
}
