//! The HTML handout as its reader and the browser meet it.

#[path = "support/html_pages.rs"]
mod html_pages;
#[path = "merge/kit.rs"]
#[allow(dead_code)] // shared with tests/merge.rs, which uses all of it
mod kit;

use aftercare::document::{Document, reading_order, sample};
use aftercare::html::{HtmlRenderer, visible_text};
use aftercare::options::Edition;
use html_pages::{built_in_templates, page, source};

fn both() -> [Document; 2] {
    [sample::sample(), sample::sample_of_everything()]
}

fn between<'a>(html: &'a str, start: &str, end: &str) -> &'a str {
    let from = html.find(start).unwrap_or_else(|| panic!("no {start}"));
    let to = html[from..].find(end).unwrap_or_else(|| panic!("no {end}"));
    &html[from..from + to]
}

#[test]
fn the_page_says_the_words_of_the_document_in_their_order_and_no_others() {
    for document in both() {
        for edition in Edition::ALL {
            let html = page(&document, *edition);
            let shown = visible_text(between(&html, "<main>", "</main>"));
            assert_eq!(shown, reading_order(&document).join(" "), "{edition}");
        }
    }
}

#[test]
fn clinic_and_running_lines_stand_outside_main_without_page_numbers() {
    let html = page(&sample::sample(), Edition::Standard);
    assert_eq!(
        visible_text(between(&html, "<header", "</header>")),
        "Leaside Sports Medicine Dry needling aftercare"
    );
    assert_eq!(
        visible_text(between(&html, "<footer", "</footer>")),
        "Leaside Sports Medicine, Toronto Large print or another format? Ask us. Reviewed Nov 2026 · v3F2A9C"
    );
}

#[test]
fn the_patients_name_stands_in_the_heading_and_nowhere_in_the_head() {
    let html = page(&sample::sample(), Edition::Standard);
    assert!(!between(&html, "<!DOCTYPE", "</head>").contains("Zoë"));
    assert_eq!(html.matches("Zoë").count(), 1);
}

#[test]
fn a_patients_sheet_asks_not_to_be_indexed_or_sent_anywhere() {
    let html = page(&sample::sample(), Edition::Standard);
    for meta in ["content=\"noindex", "name=\"referrer\" content=\"no-referrer\"", "default-src 'none'"] {
        assert!(between(&html, "<head>", "</head>").contains(meta), "{meta}");
    }
}

#[test]
fn nothing_is_fetched_and_nothing_runs() {
    for document in both() {
        let html = page(&document, Edition::Standard);
        for forbidden in
            ["<script", "<link rel=\"stylesheet\"", "@import", "<img", "<iframe", " onload=", "javascript:"]
        {
            assert!(!html.contains(forbidden), "{forbidden}");
        }
        for address in html.split("url(").skip(1) {
            assert!(address.starts_with("data:font/woff2;base64,"), "{}", &address[..40]);
        }
        let sources = html.split(" src=").skip(1).count();
        assert_eq!(sources, 0);
    }
}

#[test]
fn the_typeface_is_under_60_kb_and_the_rest_of_the_page_is_small() {
    let templates = built_in_templates();
    let typeface = templates["typeface.css"].text.len();
    assert!(typeface <= 60_000, "{typeface} bytes");
    let html = page(&sample::sample(), Edition::Standard);
    assert!(html.len() - typeface <= 40_000, "{} bytes without typeface", html.len() - typeface);
}

#[test]
fn one_h1_and_no_heading_skips_a_level() {
    for document in both() {
        let html = page(&document, Edition::Standard);
        let levels: Vec<u32> = html
            .split("<h")
            .filter_map(|after| after.chars().next().and_then(|level| level.to_digit(10)))
            .collect();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
        assert_eq!(levels.first(), Some(&1));
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    }
}

#[test]
fn every_picture_has_words_or_is_hidden_from_readers() {
    let html = page(&sample::sample_of_everything(), Edition::Standard);
    for picture in html.split("<svg").skip(1) {
        let tag = &picture[..picture.find('>').unwrap_or(0)];
        let named = tag.contains("role=\"img\" aria-label=\"") && !tag.contains("aria-label=\"\"");
        assert!(named || tag.contains("aria-hidden=\"true\""), "{tag}");
    }
}

#[test]
fn numbers_keep_to_their_units_without_no_break_spaces_in_the_text() {
    let html = page(&sample::sample(), Edition::Standard);
    assert!(html.contains("<span class=\"nb\">26 Nov,</span> <span class=\"nb\">3:30 pm</span>"));
    assert!(!html.contains('\u{a0}') && !html.contains("&nbsp;"));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    for document in both() {
        assert_eq!(page(&document, Edition::LargePrint), page(&document, Edition::LargePrint));
    }
}

#[test]
fn the_edition_sets_the_style() {
    for edition in Edition::ALL {
        let html = page(&sample::sample(), *edition);
        assert!(html.contains(&format!("<html lang=\"en\" class=\"{edition}\">")));
    }
}

/// The fault that a clinic's own `handout.html` gives.
fn fault_of(handout: &str) -> String {
    let mut templates = built_in_templates();
    templates.insert("handout.html".into(), source("handout.html", handout));
    let made = HtmlRenderer::new(&templates, &sample::sample_brand())
        .and_then(|renderer| renderer.render(&sample::sample(), Edition::Standard));
    made.err().map(|faults| faults.to_string()).unwrap_or_default()
}

#[test]
fn a_template_without_the_warning_signs_makes_no_page() {
    let told = fault_of(
        "{% extends \"base.html\" %}{% block main %}{{ <Masthead masthead={masthead} /> }}{% endblock main %}",
    );
    let expected = "templates/html/handout.html: the page does not show all of the heading of the warning signs where it belongs; call \
                    `<Safety safety={safety} />` above the groups: no page is made without the warning signs";
    assert_eq!(told, expected);
}

#[test]
fn a_template_that_hides_a_warning_sign_makes_no_page() {
    let told = fault_of(
        "{% extends \"base.html\" %}{% block main %}<div hidden>{{ <Safety safety={safety} /> }}</div>{% endblock main %}",
    );
    assert!(told.contains("does not show all of the heading of the warning signs"), "{told}");
}

#[test]
fn a_template_with_the_warning_signs_below_the_body_makes_no_page() {
    let told = fault_of(
        "{% extends \"base.html\" %}{% block main %}{% for group in groups %}{{ <Group group={group} /> }}\
         {% endfor %}{{ <Safety safety={safety} /> }}{% endblock main %}",
    );
    assert!(told.contains("the body before the warning signs"), "{told}");
}

#[test]
fn a_misspelt_name_is_told_with_its_line_and_the_nearest() {
    let told = fault_of(
        "{% extends \"base.html\" %}\n{% block main %}\n<h1>{{ masthead.titel.html }}</h1>{% endblock main %}",
    );
    assert_eq!(told, "templates/html/handout.html:3:17: field `titel` is not defined; did you mean `title`?");
}

#[test]
fn a_folder_without_handout_html_is_told() {
    let mut templates = built_in_templates();
    let handout = templates.remove("handout.html").expect("the repository holds it");
    templates.insert("handouts.html".into(), handout);
    let made = HtmlRenderer::new(&templates, &sample::sample_brand());
    let told = made.err().map(|faults| faults.to_string());
    assert_eq!(
        told.as_deref(),
        Some("templates/html holds no `handout.html`; did you mean `handouts.html`?")
    );
}

#[test]
fn a_fault_in_a_rare_part_is_found_when_the_templates_are_tried_out() {
    let mut templates = built_in_templates();
    let blocks = templates["blocks.html"].text.replace("block.caption.html", "block.captoin.html");
    templates.insert("blocks.html".into(), source("blocks.html", &blocks));
    let tried =
        HtmlRenderer::new(&templates, &sample::sample_brand()).and_then(|renderer| renderer.try_out());
    let told = tried.err().map(|faults| faults.to_string()).unwrap_or_default();
    assert!(
        told.starts_with("templates/html/blocks.html:") && told.contains("did you mean `caption`?"),
        "{told}"
    );
}

/// Requests that change what stands on the sheet.
const REQUESTS: [&str; 3] = [
    "patient: Zoë\nsession: {at: 2026-11-24T15:30, therapist: Valerie, regions: [neck, shoulder]}\n\
     plan: {note: 'Stop if it pinches & <rest>.', next_visit: 2026-12-01T10:00}\n",
    "session: {at: 2026-11-24T15:30, intensity: light, regions: [calf]}\nactivity: running\n",
    "patient: 李\nsession: {at: 2026-11-24T15:30, regions: [chest, ribs, knee]}\nplan: {rest_hours: 12}\n\
     precautions: [blood-thinners, fluid-limit, pregnancy, faints, immune]\n",
];

#[test]
fn sheets_of_the_built_in_clinic_say_the_words_of_their_documents() {
    let clinic = kit::built_in();
    for request in REQUESTS {
        let document = clinic.sheet(request);
        let html = page(&document, Edition::Standard);
        let read: Vec<String> = reading_order(&document);
        let read = read.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(visible_text(between(&html, "<main>", "</main>")), read, "{request}");
    }
}

#[test]
fn the_built_in_clinics_own_templates_are_the_ones_tested_here() {
    let library = &kit::built_in().library;
    let names: Vec<&String> = library.templates.html.keys().collect();
    assert_eq!(names, built_in_templates().keys().collect::<Vec<_>>());
}
