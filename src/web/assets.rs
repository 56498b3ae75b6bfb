//! The page's own files: style, script, typefaces. Their address holds a hash of what they say, so that a browser
//! may keep them; they hold nothing of a patient.

use crate::diagnostic::Faults;
use crate::{BuiltIn, Engine, Files, Templates, Theme, icon};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The pages' scripts are `app.js` and `roster.js`, which import the others.
const SCRIPTS: [&str; 13] = [
    "again.js",
    "app.js",
    "exercises.js",
    "fields.js",
    "held.js",
    "live.js",
    "note.js",
    "print.js",
    "roster.js",
    "columns.js",
    "cells.js",
    "idle.js",
    "printing.js",
];

/// A file to be sent as it is.
pub struct Asset {
    pub media_type: &'static str,
    pub data: Cow<'static, [u8]>,
}

pub struct Assets {
    by_name: BTreeMap<String, Asset>,
    /// Part of every address.
    pub version: String,
}

impl Assets {
    /// # Errors
    /// A fault of the style sheet's template.
    pub fn new(engine: &Engine, templates: &Templates, theme: &Theme) -> Result<Assets, Faults> {
        let fonts = &engine.library().fonts;
        let files = [
            &fonts.regular,
            &fonts.italic,
            &fonts.semibold,
            &fonts.bold,
            &fonts.fallback_regular,
            &fonts.fallback_bold,
        ];
        let own = files.into_iter().map(|file| file.data.clone());
        // Of a collection, the page gets the one font that the sheet is set in.
        let scripts = engine.faces().skip(files.len()).map(|data| Cow::Owned(data.to_vec()));
        let mut by_name: BTreeMap<String, Asset> = own
            .chain(scripts)
            .enumerate()
            .map(|(index, data)| (format!("font-{index}"), Asset { media_type: "font/ttf", data }))
            .collect();
        let faces: Vec<usize> = (0..by_name.len()).collect();
        let mut regions: Vec<&str> = Vec::new();
        let mut facts: Vec<Value> = Vec::new();
        for treatment in engine.treatments().map(|library| &library.treatment) {
            let own = treatment.regions().map(|option| option.values()).unwrap_or_default();
            let own: Vec<&str> =
                own.iter().map(|region| &**region).filter(|one| !regions.contains(one)).collect();
            regions.extend(own);
            facts.extend(treatment.region_facts().map(|fact| {
                let some: Vec<&str> = fact.any_of.iter().map(|region| &**region).collect();
                json!({ "id": &*fact.id, "treatment": &*treatment.id, "regions": some })
            }));
        }
        let packs = engine.library().packs.values().filter(|pack| !pack.web_fonts.is_empty());
        let fonts: Vec<Value> = packs
            .map(|pack| json!({ "language": pack.language.tag(), "families": &*pack.web_fonts }))
            .collect();
        let told =
            json!({ "theme": theme, "regions": regions, "facts": facts, "faces": faces, "fonts": fonts });
        let style = templates.fill("app.css", &told)?;
        by_name.insert(
            "app.css".to_owned(),
            Asset { media_type: "text/css; charset=utf-8", data: Cow::Owned(style.into_bytes()) },
        );
        for name in SCRIPTS {
            let data = BuiltIn.read(&format!("templates/web/{name}"))?;
            by_name.insert(name.to_owned(), Asset { media_type: "text/javascript; charset=utf-8", data });
        }
        by_name.insert(
            "icon.svg".to_owned(),
            Asset { media_type: "image/svg+xml", data: Cow::Owned(tab_icon(engine)) },
        );
        let version = version(&by_name);
        Ok(Assets { by_name, version })
    }

    pub fn get(&self, version: &str, name: &str) -> Option<&Asset> {
        self.by_name.get(name).filter(|_| version == self.version)
    }
}

/// The logo as a picture of its own, in the brand's colours.
fn tab_icon(engine: &Engine) -> Vec<u8> {
    let brand = &engine.library().brand;
    let palette = &brand.palette;
    let style = [("line", palette.brand), ("accent", palette.accent), ("paper", palette.paper)]
        .map(|(role, colour)| format!(".f-{role}{{fill:{0}}}.s-{role}{{stroke:{0}}}", colour.to_hex()))
        .concat();
    let drawn =
        icon(&brand.logo).replacen("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" fill=\"none\" ", 1);
    drawn.replacen('>', &format!("><style>{style}</style>"), 1).into_bytes()
}

fn version(assets: &BTreeMap<String, Asset>) -> String {
    let mut hash = Sha256::new();
    for (name, asset) in assets {
        hash.update(name.as_bytes());
        hash.update((asset.data.len() as u64).to_le_bytes());
        hash.update(&asset.data);
    }
    crate::hex::hex(&hash.finalize()[..6])
}
