//! Templates and styles that try to take the warnings from a reader, in a real browser: a page that is made shows and says
//! them all. Needs Node and Chromium: `npm install --prefix tests/browser`, then
//! `cargo test --test html_hostile -- --ignored`.

#[path = "support/html_pages.rs"]
#[allow(dead_code)] // shared with tests/html.rs, which uses all of it
mod html_pages;

use aftercare::document::{Safety, Text, plain_text, sample};
use aftercare::html::HtmlRenderer;
use aftercare::options::Edition;
use html_pages::{built_in_templates, source};
use std::path::Path;
use std::process::Command;

const SAFETY: &str = "{{ <Safety safety={safety} /> }}";

/// What stands in `handout.html` in place of the warnings. The first is an ordinary page, with which the others are compared.
const MARKUP: [&str; 20] = [
    "SAFETY",
    "<div class=cover>COVER</div>SAFETY<div class=cover>COVER</div>",
    "<div hidden>SAFETY</div>",
    "<DIV HIDDEN=''>SAFETY</DIV>",
    "<details><summary>x</summary>SAFETY</details>",
    "<dialog>SAFETY</dialog>",
    "<div popover>SAFETY</div>",
    "<select>SAFETY</select>",
    "<textarea>SAFETY</textarea>",
    "<noscript>SAFETY</noscript>",
    "<svg><desc>SAFETY</desc></svg>",
    "<!-- SAFETY -->",
    "<!--> SAFETY",
    "<table>SAFETY</table>",
    "<div aria-hidden='true'>SAFETY</div>",
    "<div style='opacity:0'>SAFETY</div>",
    "<section class=gone id=gone>SAFETY</section>",
    "<p style='height:99999px'>x</p>SAFETY",
    "<p style='margin-bottom:-9999px'>x</p>SAFETY<p style='margin-top:-9999px;background:red;height:9999px'>x</p>",
    "<div id=safety>x</div><b>SAFETY<p>x",
];

/// What is added to `style.css`, with `P` for whatever holds or is the warnings.
const STYLES: [&str; 46] = [
    "P { display: none !important }",
    "P { visibility: hidden !important }",
    "P { visibility: collapse !important; display: contents !important }",
    "P { opacity: 0 !important }",
    "P { clip-path: inset(100%) !important; clip: rect(0 0 0 0) !important; position: absolute !important }",
    "P { transform: scale(0) !important }",
    "P { translate: -9999px !important; rotate: 90deg !important; scale: .01 !important }",
    "P { position: fixed !important; left: -9999px !important }",
    "P { filter: opacity(0) blur(9px) !important }",
    "P { mask: linear-gradient(transparent, transparent) !important }",
    "P { mix-blend-mode: difference !important; isolation: isolate }",
    "P { font-size: 1px !important; line-height: 0 !important }",
    "P { font: 0/0 serif !important }",
    "P { color: white !important; background: white !important; -webkit-text-fill-color: white !important }",
    "P { color: transparent !important; text-shadow: none !important }",
    "P { max-height: 0 !important; overflow: hidden !important }",
    "P { width: 1px !important; height: 1px !important; overflow: clip !important; contain: strict !important }",
    "P { inline-size: 9px !important; block-size: 9px !important; max-inline-size: 9px !important; overflow: hidden !important }",
    "P { text-indent: -9999px !important; white-space: nowrap !important }",
    "P { zoom: .05 !important }",
    "P { content-visibility: hidden !important }",
    "P { writing-mode: vertical-rl !important; unicode-bidi: bidi-override !important; direction: rtl !important }",
    "P { letter-spacing: -1em !important; word-spacing: -9em !important }",
    "P { animation: gone 9s infinite !important } @keyframes gone { from, to { opacity: 0; font-size: 0 } }",
    "P { transition: all 99999s !important }",
    "@media print { P { display: none !important } }",
    "@media (prefers-color-scheme: dark) { P { color: #111 !important } }",
    "@container (min-width: 1px) { P { display: none !important } }",
    "@layer a, b; @layer a { P { display: none !important } } @layer { P { opacity: 0 !important } }",
    "@supports (display: grid) { P { display: none !important } }",
    "@scope (html) { P { display: none !important } :scope { opacity: 0 !important } }",
    "@starting-style { P { opacity: 0 } } P { transition: opacity 9999s !important }",
    "P { float: left !important; margin-left: -9999px !important; margin: -9999px !important; padding: 9999px !important }",
    "P { columns: 1px 99 !important; column-gap: 900px !important }",
    "P { line-clamp: 1 !important; -webkit-line-clamp: 1 !important; -webkit-box-orient: vertical; display: -webkit-box !important; overflow: hidden !important }",
    "P { border: 4000px solid white !important; outline: 9999px solid white !important; outline-offset: -9999px; box-shadow: inset 0 0 0 9999px white !important }",
    "P { content: url('data:image/svg+xml,<svg xmlns=\"http://www.w3.org/2000/svg\"/>') !important }",
    "P::before, P::after { content: '' !important; display: block !important; position: fixed !important; inset: 0 !important; background: white !important; z-index: 2147483647 !important }",
    "P::first-line { font-size: 1px !important; color: white !important } P::first-letter { font-size: 0 !important }",
    "P::marker { font-size: 0; color: white }",
    ".band, h1, .group, .foot, .timeline { position: fixed !important; inset: 0 !important; z-index: 2147483647 !important; background: white !important; margin: -9999px !important }",
    ".group { margin-top: -900px !important; position: relative; z-index: 9; background: white } .quick { margin-bottom: -900px !important; box-shadow: 0 0 0 9999px white; position: relative; z-index: 9 }",
    ".quick { padding-bottom: 90000px !important }",
    "html { font-size: 1px !important } body { font-size: 900px !important }",
    "body::before { content: ''; display: block; height: 99999px }",
    "#safety#safety#safety#safety, #safety#safety#safety#safety *, :root body main section[data-warnings] { display: none !important }",
];

/// What holds or is the warnings, by every way to name it.
const PARTS: &str = ":is(html, body, main, .gone, [data-frame], [data-beside], section, #safety, #safety *, [data-warnings] h2, \
                     [data-warnings] li, .tier, .tiers, .emergency, p, ul, h2, h3, svg, span)";

fn made(handout: &str, style: &str) -> Result<String, String> {
    let mut templates = built_in_templates();
    let middle = handout.replace("SAFETY", SAFETY);
    let built_in = templates["handout.html"].text.replace(SAFETY, &middle);
    let css = format!("{}\n{}", templates["style.css"].text, style.replace('P', PARTS));
    templates.insert("handout.html".into(), source("handout.html", &built_in));
    templates.insert("style.css".into(), source("style.css", &css));
    HtmlRenderer::new(&templates, &aftercare::brand::sample_brand())
        .and_then(|renderer| renderer.render(&sample::sample(), Edition::Standard))
        .map_err(|faults| faults.to_string())
}

fn texts(safety: &Safety) -> Vec<String> {
    let tiers = [safety.emergency(), safety.same_day(), safety.call()];
    let of_tiers = tiers.into_iter().flat_map(|tier| {
        std::iter::once(&tier.heading).chain(&tier.intro).chain(&tier.signs).chain(&tier.closing)
    });
    let all = std::iter::once(safety.heading()).chain(of_tiers).chain(safety.precautions());
    let words = |text: &Text| plain_text(text).replace('\u{a0}', " ");
    all.map(words).collect()
}

/// Writes the pages that are made. What is not made says what to do.
fn write(folder: &Path, name: &str, handout: &str, style: &str) -> bool {
    match made(handout, style) {
        Ok(html) => std::fs::write(folder.join(name), html).is_ok(),
        Err(told) => {
            assert!(told.contains("; ") && told.contains("templates/html/"), "{told}");
            false
        }
    }
}

#[test]
#[ignore = "needs Node, Chromium and `npm install --prefix tests/browser`"]
fn no_template_or_style_takes_a_warning_from_a_reader() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let texts = serde_json::to_string(&texts(sample::sample().safety())).expect("JSON");
    std::fs::write(folder.path().join("texts.json"), texts).expect("a writable folder");
    let mut pages = 0;
    for (number, markup) in MARKUP.iter().enumerate() {
        let cover = ".cover { position: fixed; inset: 0; z-index: 2147483647; background: white } .gone { display: none !important }";
        let style = if number == 0 { "" } else { cover };
        pages += usize::from(write(folder.path(), &format!("markup-{number:02}.html"), markup, style));
    }
    for (number, style) in STYLES.iter().enumerate() {
        pages += usize::from(write(folder.path(), &format!("style-{number:02}.html"), "SAFETY", style));
    }
    assert!(pages > 40, "{pages} pages were made");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/hostile.mjs");
    let status = Command::new("node").arg(script).arg(folder.path()).status().expect("Node is installed");
    assert!(status.success(), "see the faults above");
}
