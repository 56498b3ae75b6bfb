//! The file as a whole: what PDF/X-4 wants to be told, and what it does not allow.

use super::{Intent, Preflight, Profile};
use lopdf::{Dictionary, Document, Object};

pub(super) fn check(file: &Document, found: &mut Preflight) {
    found.pdf_version.clone_from(&file.version);
    let catalogue = file.catalog().cloned().unwrap_or_default();
    identification(file, &catalogue, found);
    found.intent = intent(file, &catalogue, found);
    if file.is_encrypted() || file.trailer.has(b"Encrypt") {
        found.fault("encrypted", None, "the file is encrypted");
    }
    for (key, what) in
        [(&b"OpenAction"[..], "an action on opening"), (b"AA", "actions"), (b"AcroForm", "a form")]
    {
        if catalogue.has(key) {
            found.fault("action", None, format!("the file has {what}"));
        }
    }
    let names = catalogue.get(b"Names").ok().and_then(|names| file.dereference(names).ok()?.1.as_dict().ok());
    if names.is_some_and(|names| names.has(b"JavaScript")) {
        found.fault("action", None, "the file has scripts");
    }
}

/// ISO 15930-7, 6.10: version, dates, title, trapping, identity.
fn identification(file: &Document, catalogue: &Dictionary, found: &mut Preflight) {
    let xmp = xmp(file, catalogue);
    found.standard = value(&xmp, "pdfxid:GTS_PDFXVersion");
    if found.standard.as_deref() != Some("PDF/X-4") {
        found.fault("not-pdf-x", None, "the file does not say that it is PDF/X-4");
    }
    let wanted = [
        "xmp:CreateDate",
        "xmp:ModifyDate",
        "xmp:MetadataDate",
        "dc:title",
        "xmpMM:DocumentID",
        "xmpMM:VersionID",
        "xmpMM:RenditionClass",
    ];
    for key in wanted.into_iter().filter(|key| value(&xmp, key).is_none()) {
        found.fault("metadata", None, format!("the metadata has no `{key}`"));
    }
    let info = file.trailer.get(b"Info").ok().and_then(|info| file.dereference(info).ok()?.1.as_dict().ok());
    let trapped = info.and_then(|info| info.get(b"Trapped").ok()?.as_name().ok());
    let told = value(&xmp, "pdf:Trapped");
    let said = trapped.map(|name| String::from_utf8_lossy(name).into_owned()).or(told);
    if !matches!(said.as_deref(), Some("True" | "False")) {
        found.fault("trapped", None, "the file does not say whether it is trapped");
    }
    let id = file.trailer.get(b"ID").and_then(Object::as_array).map_or(0, Vec::len);
    if id != 2 {
        found.fault("identity", None, "the trailer has no ID");
    }
}

fn xmp(file: &Document, catalogue: &Dictionary) -> String {
    let stream =
        catalogue.get(b"Metadata").ok().and_then(|data| file.dereference(data).ok()?.1.as_stream().ok());
    let bytes = stream.map(|stream| stream.decompressed_content().unwrap_or_else(|_| stream.content.clone()));
    String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned()
}

/// What stands between the tags of a key, without tags inside; `None` when that is nothing.
fn value(xmp: &str, key: &str) -> Option<String> {
    let (_, rest) = xmp.split_once(&format!("<{key}>"))?;
    let (inside, _) = rest.split_once(&format!("</{key}>"))?;
    let mut text = String::new();
    let mut in_tag = false;
    for character in inside.chars() {
        match character {
            '<' => in_tag = true,
            '>' => in_tag = false,
            character if !in_tag => text.push(character),
            _ => {}
        }
    }
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The one output intent for PDF/X, with a profile of a press inside.
fn intent(file: &Document, catalogue: &Dictionary, found: &mut Preflight) -> Option<Intent> {
    let intents =
        catalogue.get(b"OutputIntents").ok().and_then(|all| file.dereference(all).ok()?.1.as_array().ok());
    let all: Vec<&Dictionary> = intents
        .into_iter()
        .flatten()
        .filter_map(|intent| file.dereference(intent).ok()?.1.as_dict().ok())
        .filter(|intent| intent.get(b"S").and_then(Object::as_name).is_ok_and(|kind| kind == b"GTS_PDFX"))
        .collect();
    let [intent] = all[..] else {
        found.fault(
            "output-intent",
            None,
            format!("there are {} output intents for PDF/X, not one", all.len()),
        );
        return None;
    };
    let condition = intent.get(b"OutputConditionIdentifier").and_then(Object::as_str).unwrap_or_default();
    let profile = intent.get(b"DestOutputProfile").ok();
    let profile = profile.and_then(|profile| file.dereference(profile).ok()?.1.as_stream().ok());
    let profile =
        profile.map(|stream| stream.decompressed_content().unwrap_or_else(|_| stream.content.clone()));
    let profile = profile.map(|bytes| {
        let word = |at: usize| {
            let word = bytes.get(at..at + 4).unwrap_or_default();
            String::from_utf8_lossy(word).trim().to_owned()
        };
        Profile { class: word(12), space: word(16), bytes: bytes.len() }
    });
    let fits = profile.as_ref().is_some_and(|profile| profile.class == "prtr" && profile.space == "CMYK");
    if !fits {
        found.fault("output-intent", None, "the output intent holds no CMYK profile of a press");
    }
    Some(Intent { condition: String::from_utf8_lossy(condition).into_owned(), profile })
}
