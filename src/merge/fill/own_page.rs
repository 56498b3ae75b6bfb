//! The address behind a sheet's QR code: the clinic's own web page, opened with this sheet's options. They stand in the
//! fragment, which a browser never sends to a server, and say nothing of who the patient is: no name, note, id,
//! therapist or precaution.

use crate::content::{Library, OptionKind};
use crate::locale::{Language, Zone};
use crate::merge::rules::Sheet;
use crate::options::Name;
use crate::options::chosen::Answer;
use crate::request::Request;
use chrono::{DateTime, LocalResult, TimeZone};

/// Bytes of an address whose code has at most 53 modules a side (ISO/IEC 18004, version 9, level M): 0.42 mm each on a
/// sheet, which a printer of 300 dots an inch draws and a phone reads.
const LONGEST: usize = 180;

/// The page of a treatment in a language.
pub fn page(site: &str, library: &Library, language: &Language) -> String {
    let language = language.tag().to_ascii_lowercase();
    format!("{}/{}{language}.html", site.trim_end_matches('/'), library.page_prefix())
}

/// The page of the request's treatment and language with its options; with fewer of them when the code would become too
/// fine.
///
/// A sheet for somebody of whom something is true that the page does not know gets the plain page: it must not advise
/// against it.
pub fn address(site: &str, library: &Library, request: &Request) -> String {
    let treatment = &library.treatment;
    let page = page(site, library, &request.language);
    let chosen = &request.chosen;
    if treatment.facts.iter().any(|fact| !fact.of_regions && fact.is_true(chosen)) {
        return page;
    }
    // What the address does not tell decides on none of its times.
    let is_told = |id: &Name| {
        let option = treatment.options.get(id);
        option.is_some_and(|option| matches!(option.kind, OptionKind::Choice(_))) || !chosen.has(id)
    };
    let instead =
        treatment.timeline.rows.iter().filter_map(|row| treatment.facts.get(row.instead.as_ref()?.0));
    if !library.protocol.windows.values().flat_map(|window| window.by.keys()).all(is_told)
        || instead.into_iter().any(|fact| fact.is_true(chosen))
    {
        return page;
    }
    let mut regions = String::new();
    let mut times = Vec::new();
    for option in treatment.options.values() {
        match (&option.kind, request.chosen.get(&option.id)) {
            (OptionKind::Regions { .. }, Some(Answer::Names(names))) => {
                regions = format!("{REGIONS}={}", names.join(";"));
            }
            (OptionKind::Choice(_), Some(Answer::Names(names))) => {
                times.extend(names.iter().map(|name| format!("{}={name}", option.id)));
            }
            (OptionKind::Hours { window }, Some(Answer::Hours(hours))) => {
                times.push(format!("{window}={hours}"))
            }
            _ => {}
        }
    }
    // The page of a treatment may be another one's tomorrow.
    if library.treatments.len() > 1 {
        times.push(format!("treatment={}", treatment.id));
    }
    times.push(format!("at={}", written(request.session_at)));
    let times = times.join("&");
    let regions = (!regions.is_empty()).then(|| format!("{page}#{regions}&{times}"));
    let all = regions.into_iter().chain([format!("{page}#{times}")]);
    all.into_iter().find(|address| address.len() <= LONGEST).unwrap_or(page)
}

/// The same from a medium that the clinic hands out, told by a letter.
pub fn page_from(medium: &str, site: &str, sheet: &Sheet<'_>) -> String {
    format!("{}?{medium}", page(site, sheet.library, &sheet.pack.language))
}

/// What the page calls the treated areas.
const REGIONS: &str = "regions";

/// The clinic's clock, as a request writes it; with its offset when the clock shows the same time twice.
fn written(at: DateTime<Zone>) -> String {
    let local = at.naive_local();
    let form = match at.timezone().from_local_datetime(&local) {
        LocalResult::Ambiguous(..) => "%Y-%m-%dT%H:%M%:z",
        _ => "%Y-%m-%dT%H:%M",
    };
    at.format(form).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Name;

    fn library() -> Library {
        crate::content::load(&crate::content::files::Embedded).expect("the built-in clinic").value.first
    }

    fn request(yaml: &str) -> Request {
        let library = library();
        let typed = crate::request::from_yaml("r.yaml", yaml, &library.keys);
        let now = chrono::DateTime::UNIX_EPOCH;
        crate::request::resolve(&typed, &library, now).unwrap_or_else(|faults| panic!("{faults}")).value
    }

    fn address(site: &str, request: &Request) -> String {
        super::address(site, &library(), request)
    }

    fn names(names: &[&str]) -> Answer {
        Answer::Names(names.iter().map(|name| Name::from(*name)).collect())
    }

    const PLAIN: &str = "id: p-1\npatient: Zoë\nactivity: running\nplan: {rest_hours: 30, note: Secret}\n\
                         session: {regions: [neck, upper-back], at: 2026-11-24T15:30, therapist: Rachel}";

    #[test]
    fn the_options_stand_in_the_fragment_and_nothing_of_the_patient_does() {
        let address = address("https://www.example.org/aftercare/", &request(PLAIN));
        assert_eq!(
            address,
            "https://www.example.org/aftercare/en.html\
             #regions=neck;upper-back&intensity=moderate&rest=30&activity=running&treatment=dry-needling&at=2026-11-24T15:30"
        );
    }

    #[test]
    fn a_sheet_with_precautions_leads_to_the_plain_page() {
        let mut careful = request(PLAIN);
        careful.chosen.set("precautions".into(), names(&["fluid-limit"]));
        assert_eq!(address("https://a.example", &careful), "https://a.example/en.html");
    }

    /// The address tells areas and choices, and of areas no more than fit.
    #[test]
    fn a_time_that_hangs_on_what_the_address_does_not_tell_leads_to_the_plain_page() {
        let mut library = library();
        let request = request(PLAIN);
        let rest = library.protocol.windows.get_mut("rest").expect("a window");
        rest.by.insert("regions".into(), [(Name::from("neck"), 12)].into_iter().collect());
        assert_eq!(super::address("https://a.example", &library, &request), "https://a.example/en.html");
        let mut plain = request.clone();
        plain.chosen.take("regions");
        assert!(super::address("https://a.example", &library, &plain).contains("#intensity"));
    }

    #[test]
    fn a_code_never_becomes_too_fine_to_print() {
        let mut all = request(PLAIN);
        let regions = library().treatment.regions().expect("areas").values().to_vec();
        all.chosen.set("regions".into(), Answer::Names(regions));
        all.chosen.set("activity".into(), names(&["running"]));
        let long = format!("https://www.example.org/{}", "x".repeat(200));
        for (site, holds) in [("https://a.example", "#intensity="), (&*long, ".html")] {
            let address = address(site, &all);
            assert!(address.contains(holds) && !address.contains("regions="), "{address}");
        }
        let address = address("https://a.example", &request(PLAIN));
        let code = crate::document::QrCode {
            code: crate::document::QrModules::of(&format!("{address:x<LONGEST$}")),
            label: Vec::new(),
            alt: String::new(),
        };
        assert_eq!(code.modules().map(Vec::len), Some(53));
    }

    #[test]
    fn a_time_that_comes_twice_carries_its_offset() {
        let twice = PLAIN.replace("2026-11-24T15:30", "2026-11-01T01:30-05:00");
        let once = PLAIN.replace("2026-11-24T15:30", "2026-11-24T20:30Z");
        assert!(address("https://a.example", &request(&twice)).ends_with("at=2026-11-01T01:30-05:00"));
        assert!(address("https://a.example", &request(&once)).ends_with("at=2026-11-24T15:30"));
    }
}
