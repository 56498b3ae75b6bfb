//! What the pages say to search engines (schema.org, JSON-LD 1.1): nothing that the page does not show.

use super::text::{Evidence, Reviewer, SiteClinic, SiteHours};
use serde_json::{Map, Value, json};

/// What a page is, beyond its evidence.
pub(super) struct Described<'a> {
    pub name: &'a str,
    pub description: &'a str,
    pub language: &'a str,
    /// Absolute; `None` while nobody knows where the site will stand.
    pub url: Option<&'a str>,
    pub clinic: &'a SiteClinic,
    /// Of the site, where its address is known: what several pages speak of has one name.
    pub base: Option<&'a str>,
    /// The treatment's name.
    pub treatment: &'a str,
    pub evidence: &'a Evidence,
}

/// A question with its answer in plain words.
pub(super) type Answered = (String, String);

/// A page of advice. `parts`: name and address of the pages that belong to it.
pub(super) fn medical_page(page: &Described<'_>, parts: &[(String, String)]) -> String {
    let mut data = described(page, json!("MedicalWebPage"));
    if !parts.is_empty() {
        let part = |(name, url): &(String, String)| json!({"@type": "FAQPage", "name": name, "url": url});
        data.insert("hasPart".into(), parts.iter().map(part).collect());
    }
    written(data)
}

/// A page of questions.
pub(super) fn question_page(page: &Described<'_>, questions: &[Answered]) -> String {
    let mut data = described(page, json!(["MedicalWebPage", "FAQPage"]));
    let question = |(question, answer): &Answered| json!({"@type": "Question", "name": question, "acceptedAnswer": {"@type": "Answer", "text": answer}});
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
    put("about", json!({"@type": "MedicalTherapy", "name": page.treatment}));
    put("publisher", clinic(page.clinic, page.base));
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
        .map(|source| match &source.url {
            Some(url) => json!({"@type": "CreativeWork", "name": source.title, "url": url}),
            None => json!(source.title),
        })
        .collect();
    put("citation", json!(sources));
    data
}

/// A place that can be found, called and booked, as far as its profile tells.
fn clinic(clinic: &SiteClinic, base: Option<&str>) -> Value {
    let mut data = Map::new();
    let mut put = |key: &str, value: Value| data.insert(key.to_owned(), value);
    put("@type", json!("MedicalClinic"));
    if let Some(base) = base {
        put("@id", json!(format!("{base}#clinic")));
    }
    put("name", json!(clinic.name));
    put("address", address(clinic));
    let known = [
        ("telephone", &clinic.phone),
        ("email", &clinic.email),
        ("url", &clinic.web),
        ("hasMap", &clinic.map),
    ];
    for (key, value) in known.into_iter().filter_map(|(key, value)| Some((key, value.as_ref()?))) {
        put(key, json!(value));
    }
    if !clinic.hours.is_empty() {
        put("openingHoursSpecification", clinic.hours.iter().map(opening).collect());
    }
    if let Some(booking) = &clinic.booking {
        put("potentialAction", json!({"@type": "ReserveAction", "target": booking}));
    }
    if !clinic.social.is_empty() {
        put("sameAs", json!(clinic.social));
    }
    Value::Object(data)
}

fn address(clinic: &SiteClinic) -> Value {
    let mut address = Map::new();
    let mut put = |key: &str, value: &Option<String>| {
        address.extend(value.iter().map(|value| (key.to_owned(), json!(value))));
    };
    put("@type", &Some("PostalAddress".to_owned()));
    match &clinic.postal {
        Some(postal) => {
            put("streetAddress", &Some(postal.street.clone()));
            put("addressLocality", &Some(postal.city.clone()));
            put("addressRegion", &postal.region);
            put("postalCode", &postal.postal_code);
            put("addressCountry", &postal.country);
        }
        None => {
            put("streetAddress", &clinic.address);
            put("addressLocality", &Some(clinic.city.clone()));
        }
    }
    Value::Object(address)
}

/// Days as schema.org names them.
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

fn opening(hours: &SiteHours) -> Value {
    let days: Vec<&str> = hours.days.iter().filter_map(|day| DAYS.get(*day).copied()).collect();
    // The vocabulary has no 24th hour.
    let time = |minutes: u16| {
        let minutes = minutes.min(24 * 60 - 1);
        format!("{:02}:{:02}", minutes / 60, minutes % 60)
    };
    json!({
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": days,
        "opens": time(hours.opens),
        "closes": time(hours.closes),
    })
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
