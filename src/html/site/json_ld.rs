//! What the pages say to search engines (schema.org, JSON-LD 1.1): nothing that the page does not show.

use super::text::{Evidence, Reviewer, SiteClinic};
use serde_json::{Map, Value, json};

/// What a page is, beyond its evidence.
pub(super) struct Described<'a> {
    pub name: &'a str,
    pub description: &'a str,
    pub language: &'a str,
    /// Absolute; `None` while nobody knows where the site will stand.
    pub url: Option<&'a str>,
    pub clinic: &'a SiteClinic,
    pub evidence: &'a Evidence,
}

/// A page of advice. `parts`: name and address of the pages that belong to it.
pub(super) fn medical_page(page: &Described<'_>, parts: &[(String, String)]) -> String {
    let mut data = described(page, json!("MedicalWebPage"));
    if !parts.is_empty() {
        let part = |(name, url): &(String, String)| json!({"@type": "FAQPage", "name": name, "url": url});
        data.insert("hasPart".into(), parts.iter().map(part).collect());
    }
    written(data)
}

/// A page of questions, each with its answer in plain words.
pub(super) fn question_page(page: &Described<'_>, questions: &[(String, String)]) -> String {
    let mut data = described(page, json!(["MedicalWebPage", "FAQPage"]));
    let question = |(question, answer): &(String, String)| json!({"@type": "Question", "name": question, "acceptedAnswer": {"@type": "Answer", "text": answer}});
    data.insert("mainEntity".into(), questions.iter().map(question).collect());
    written(data)
}

fn described(page: &Described<'_>, kind: Value) -> Map<String, Value> {
    let evidence = page.evidence;
    let mut data = Map::new();
    let mut put = |key: &str, value: Value| data.insert(key.to_owned(), value);
    put("@context", json!("https://schema.org"));
    put("@type", kind);
    put("name", json!(page.name));
    put("description", json!(page.description));
    put("inLanguage", json!(page.language));
    if let Some(url) = page.url {
        put("url", json!(url));
    }
    put("audience", json!({"@type": "MedicalAudience", "audienceType": "Patient"}));
    put("publisher", publisher(page.clinic));
    match &evidence.reviewer {
        Some(Reviewer { name, role, on }) => {
            put("reviewedBy", json!({"@type": "Person", "name": name, "jobTitle": role}));
            put("lastReviewed", json!(on.to_string()))
        }
        None => put("creativeWorkStatus", json!("Draft")),
    };
    put("dateModified", json!(evidence.modified.to_string()));
    put("expires", json!(evidence.review_by.to_string()));
    let sources: Vec<Value> = evidence
        .sources
        .iter()
        .map(|source| {
            let mut citation = json!({"@type": "CreativeWork", "name": source.title});
            if let (Some(url), Some(citation)) = (&source.url, citation.as_object_mut()) {
                citation.insert("url".into(), json!(url));
            }
            citation
        })
        .collect();
    put("citation", json!(sources));
    data
}

fn publisher(clinic: &SiteClinic) -> Value {
    let mut data = Map::new();
    data.insert("@type".into(), json!("MedicalOrganization"));
    data.insert("name".into(), json!(clinic.name));
    let mut address = json!({"@type": "PostalAddress", "addressLocality": clinic.city});
    if let (Some(street), Some(address)) = (&clinic.address, address.as_object_mut()) {
        address.insert("streetAddress".into(), json!(street));
    }
    data.insert("address".into(), address);
    let known = [("telephone", &clinic.phone), ("email", &clinic.email), ("url", &clinic.web)];
    for (key, value) in known.into_iter().filter_map(|(key, value)| Some((key, value.as_ref()?))) {
        data.insert(key.into(), json!(value));
    }
    Value::Object(data)
}

/// Safe inside `<script>`: no text in it can end the element or open a comment.
fn written(data: Map<String, Value>) -> String {
    Value::Object(data).to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_leave_the_script_element() {
        let mut data = Map::new();
        data.insert("name".into(), json!("</script><!-- & \"quoted\""));
        let text = written(data.clone());
        assert!(!text.contains(['<', '>', '&']), "{text}");
        assert_eq!(serde_json::from_str::<Map<String, Value>>(&text).unwrap(), data);
    }
}
