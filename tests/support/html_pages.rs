//! Pages made with the repository's own templates.

use aftercare::diagnostic::Place;
use aftercare::document::Document;
use aftercare::html::HtmlRenderer;
use aftercare::options::Edition;
use aftercare::template::TemplateSource;
use std::collections::BTreeMap;

pub fn source(name: &str, text: &str) -> TemplateSource {
    TemplateSource { text: text.into(), place: Place::file(format!("templates/html/{name}")) }
}

pub fn built_in_templates() -> BTreeMap<String, TemplateSource> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/html");
    let files = std::fs::read_dir(folder).expect("the repository holds templates/html");
    files
        .map(|file| {
            let path = file.expect("a readable folder").path();
            let name = path.file_name().and_then(|name| name.to_str()).expect("a UTF-8 name").to_string();
            let text = std::fs::read_to_string(&path).expect("a template is UTF-8");
            (name.clone(), source(&name, &text))
        })
        .collect()
}

pub fn page(document: &Document, edition: Edition) -> String {
    HtmlRenderer::new(&built_in_templates(), &aftercare::brand::sample_brand())
        .and_then(|renderer| renderer.render(document, edition))
        .unwrap_or_else(|faults| panic!("{faults}"))
}
