//! `content/clinic.yaml`: the clinic.

use super::Loading;
use super::contact::{Check, EMAIL, PHONE, REGISTER, SITE, WEB, contact};
use super::dialling::{Extension, extension};
use super::localized::localized;
use super::shelf::Shelf;
use super::trackers::{TRACKER, trackers};
use super::visiting::{self, ADDRESS_PARTS, OPENING};
use crate::content::files::Files;
use crate::content::names::fold;
use crate::content::yaml::{Key, Kind, Node, Reader, Value, optional, required};
use crate::content::{Clinic, LastSheets, Printer, Therapist, WHOLE};
use crate::diagnostic::{Diagnostic, Hint, Place, Sink, shown};
use crate::limits::LISTED;
use crate::locale::{Language, Zone};
use crate::options::{Edition, Name, Paper};

/// The clinic's profile in its folder.
pub const PATH: &str = "content/clinic.yaml";

pub(super) const FILE: &[Key] = &[
    required("name", Kind::Line, "the clinic's name"),
    required("city", Kind::Line, "its city"),
    required("time-zone", Kind::Line, "its time zone, as Area/City in the IANA table"),
    required("paper", Kind::Choice(Paper::NAMES), "the paper of a request that names none"),
    required("languages", Kind::Lines, "language tags: which folders of that name are read"),
    optional("treatments", Kind::Ids, "the folders of content/treatments, the usual one first; all without"),
    required("therapists", Kind::LinesOr(THERAPIST), "whom a request can name"),
    required("emergency", Kind::Line, "the number of the ambulance"),
    optional(
        "nurse-line",
        Kind::LineByLanguage,
        "who answers when the clinic is closed, with the number: a line, or one by language",
    ),
    optional("phone", Kind::LineOrNone, "empty: its line is left out"),
    optional("email", Kind::LineOrNone, "empty: its line is left out"),
    optional("web", Kind::LineOrNone, "empty: its line is left out"),
    optional("address", Kind::LineOrKeys(ADDRESS_PARTS), "a line, or its parts; empty: its line is left out"),
    optional("hours", Kind::List(OPENING), "when it is open"),
    optional("booking", Kind::LineOrNone, "the https address of the page on which a visit is booked"),
    optional("map", Kind::LineOrNone, "the https address of a map that shows the clinic"),
    optional("social", Kind::Lines, "https addresses of its pages in social media"),
    optional(
        "register",
        Kind::LineByLanguage,
        "the public register in which its therapists stand: a line, or one by language; empty: no text names one",
    ),
    optional(
        "trackers",
        Kind::List(TRACKER),
        "servers that count the readers of the web pages, each named to them",
    ),
    optional("site", Kind::LineOrNone, "where the pages of `aftercare site` stand; QR codes lead there"),
    optional("printers", Kind::List(PRINTER), "print queues of the clinician's page"),
    optional("last-sheets", Kind::Keys(LAST_SHEETS), "the sheets that the clinician's page can give again"),
];
pub(super) const THERAPIST: &[Key] = &[
    required("name", Kind::Line, "as a request names them"),
    optional("title", Kind::Line, "as the register gives it, printed after the name: PT"),
];
pub(super) const PRINTER: &[Key] = &[
    required("name", Kind::Line, "its button"),
    required("queue", Kind::Line, "as `lp -d` takes it"),
    optional("edition", Kind::Choice(Edition::NAMES), "the edition of its sheets, whatever the form says"),
    optional("tray", Kind::Line, "as `lp -o media=` takes it"),
];

pub(super) const LAST_SHEETS: &[Key] = &[
    optional("keep", Kind::Number(0, LastSheets::MOST), "how many an open page remembers; 0: none"),
    optional("minutes", Kind::Number(5, 720), "without a touch, after which it forgets them"),
    optional("from-start", Kind::Flag, "false: only once somebody ticks that it shall"),
];

/// What the profile lists beside the clinic's own lines.
pub struct Listed {
    pub languages: Vec<Language>,
    /// `None`: every treatment that there is.
    pub treatments: Option<Vec<(Name, Place)>>,
}

/// The clinic, and what it lists.
pub fn read(shelf: &Shelf, loading: &mut Loading) -> Option<(Clinic, Listed)> {
    let (node, mut reader) = shelf.yaml(PATH, &mut loading.sink)?;
    let reader = &mut reader;
    let fields = reader.fields(&node, "clinic.yaml", FILE)?;
    let name = fields.get("name").and_then(|node| reader.line(node));
    let city = fields.get("city").and_then(|node| reader.line(node));
    let time_zone = fields.get("time-zone").and_then(|node| time_zone(node, reader));
    let paper = fields.get("paper").and_then(|node| reader.choice(node, "paper", Paper::NAMES));
    let languages = fields.get("languages").map(|node| languages(node, reader)).unwrap_or_default();
    let therapists = fields.get("therapists").map(|node| therapists(node, reader)).unwrap_or_default();
    let emergency = fields.get("emergency").and_then(|node| emergency(node, reader));
    let mut worded =
        |key, check: &Check| fields.get(key).and_then(|node| localized(node, key, check, reader));
    let (nurse_line, register) = (worded("nurse-line", &PHONE), worded("register", &REGISTER));
    let treatments = fields.get("treatments").map(|node| treatments(node, reader));
    let place = fields.get("address").map(|node| visiting::address(node, city.as_deref(), reader));
    let (address, postal) = place.unwrap_or_default();
    let hours = fields.get("hours").map(|node| visiting::hours(node, reader)).unwrap_or_default();
    let [booking, map] =
        ["booking", "map"].map(|key| fields.get(key).and_then(|node| visiting::page(node, reader)));
    let social = fields.get("social").map(|node| visiting::profiles(node, reader)).unwrap_or_default();
    let trackers = fields.get("trackers").map(|node| trackers(node, reader)).unwrap_or_default();
    let phone = fields.get("phone").and_then(|node| phone(node, emergency.as_deref(), reader));
    let mut line = |key, check: &Check| fields.get(key).and_then(|node| contact(node, check, reader));
    let clinic = Clinic {
        phone,
        email: line("email", &EMAIL),
        web: line("web", &WEB),
        address,
        postal,
        hours,
        booking,
        map,
        social,
        trackers,
        register,
        site: line("site", &SITE),
        name: name?,
        city: city?,
        time_zone: time_zone?,
        paper: paper?,
        therapists,
        emergency: emergency?,
        nurse_line,
        printers: fields.get("printers").map(|node| printers(node, reader)).unwrap_or_default(),
        last_sheets: fields.get("last-sheets").map(|node| last_sheets(node, reader)).unwrap_or_default(),
    };
    Some((clinic, Listed { languages, treatments }))
}

/// Where the profile says a line.
pub fn place_of(files: &dyn Files, key: &str) -> Place {
    let mut sink = Sink::default();
    let shelf = Shelf::of(files, std::iter::once(PATH.to_owned()));
    let read = shelf.yaml(PATH, &mut sink);
    let place = read.and_then(|(node, reader)| node.get(key).map(|node| reader.place(node.span)));
    place.unwrap_or_else(|| Place::file(PATH))
}

/// The clinic's own number. Under the ambulance's, whoever has a question calls an ambulance.
fn phone(node: &Node, emergency: Option<&str>, reader: &mut Reader<'_>) -> Option<String> {
    let line = contact(node, &PHONE, reader)?;
    let Some(emergency) = emergency.filter(|emergency| shares_a_number(&line, emergency)) else {
        return Some(line);
    };
    let message =
        format!("`{}` is the clinic's phone, and `emergency` is {}", shown(&line), shown(emergency));
    let hint = "write the clinic's own number, or leave `phone` empty".to_owned();
    reader.fault(node.span, "bad-contact", message, Some(hint.into()));
    None
}

/// Whether two lines tell one number.
fn shares_a_number(line: &str, other: &str) -> bool {
    let others = numbers(other);
    numbers(line).iter().any(|number| others.contains(number))
}

/// The digits of the numbers of a line, without extensions. Words and marks stand between them, and brackets behind a whole one.
fn numbers(line: &str) -> Vec<String> {
    let mut line = line.to_owned();
    while let Some(Extension { at, end, .. }) = extension(&line) {
        line.replace_range(at..end, ";");
    }
    let (mut found, mut digits): (Vec<String>, String) = Default::default();
    for letter in line.chars().chain([';']) {
        let parts = letter.is_alphabetic()
            || ",;/|&".contains(letter)
            || "()".contains(letter) && digits.len() >= WHOLE;
        if letter.is_ascii_digit() {
            digits.push(letter);
        }
        if parts && !digits.is_empty() {
            found.push(std::mem::take(&mut digits));
        }
    }
    found
}

fn emergency(node: &Node, reader: &mut Reader<'_>) -> Option<String> {
    // `line` refuses an empty one: the warning signs must say whom to call.
    reader.line(node).and_then(|_| contact(node, &PHONE, reader))
}

fn time_zone(node: &Node, reader: &mut Reader<'_>) -> Option<Zone> {
    let name = reader.word(node)?;
    let zone = Zone::named(&name);
    if zone.is_none() {
        let message = format!("unknown time zone `{}`", shown(&name));
        // Of a name without an area the nearest one is another's clock: `UTC-5` is not `UTC`.
        let near = name.contains('/').then(|| Hint::nearest(&name, Zone::names())).flatten();
        reader.fault(node.span, "unknown-value", message, near.or(Some(AREA_CITY.into())));
    }
    if zone.is_some_and(Zone::is_bare_offset) {
        let message = format!("`{name}` has one time all year: its clocks never change");
        let warning = Diagnostic::warning("fixed-zone", message).at(reader.place(node.span));
        reader.sink.push(warning.hint(AREA_CITY));
    }
    zone
}

const AREA_CITY: &str = "write it as `Area/City`, by a city of your zone";

fn treatments(node: &Node, reader: &mut Reader<'_>) -> Vec<(Name, Place)> {
    let mut treatments: Vec<(Name, Place)> = Vec::new();
    for item in reader.items_within(node, "the list", LISTED) {
        let Some(id) = reader.id(item).map(Name::from) else { continue };
        if treatments.iter().any(|(other, _)| *other == id) {
            reader.fault(item.span, "duplicate-value", format!("`{id}` stands twice"), None);
            continue;
        }
        treatments.push((id, reader.place(item.span)));
    }
    treatments
}

fn languages(node: &Node, reader: &mut Reader<'_>) -> Vec<Language> {
    let mut languages = Vec::new();
    for item in reader.items_within(node, "the list", LISTED) {
        let Some(tag) = reader.word(item) else { continue };
        if !Language::is_tag(&tag) {
            let message = format!("`{}` is no language tag", shown(&tag));
            reader.fault(item.span, "bad-language", message, Some("write `en`, `fr` or `pt-BR`".into()));
        } else if languages.iter().any(|language: &Language| language.tag().eq_ignore_ascii_case(&tag)) {
            reader.fault(item.span, "duplicate-value", format!("`{tag}` stands twice"), None);
        } else {
            languages.push(Language::new(tag));
        }
    }
    if languages.is_empty() && matches!(node.value, Value::List(_)) {
        reader.fault(node.span, "no-language", "a clinic needs at least one language", None);
    }
    languages
}

/// Each a name, or a name with a title.
fn therapists(node: &Node, reader: &mut Reader<'_>) -> Vec<Therapist> {
    let mut therapists: Vec<Therapist> = Vec::new();
    for item in reader.items_within(node, "the list", LISTED) {
        let Some((node, therapist)) = therapist(item, reader) else { continue };
        if therapists.iter().any(|other| fold(&other.name) == fold(&therapist.name)) {
            let message = format!("`{}` stands twice", therapist.name);
            reader.fault(node.span, "duplicate-value", message, None);
        } else {
            therapists.push(therapist);
        }
    }
    therapists
}

fn therapist<'n>(item: &'n Node, reader: &mut Reader<'_>) -> Option<(&'n Node, Therapist)> {
    if matches!(item.value, Value::Scalar(_)) {
        return reader.line(item).map(|name| (item, Therapist::new(name, None)));
    }
    let fields = reader.fields(item, "a therapist", THERAPIST)?;
    let title = fields.get("title").and_then(|node| reader.line(node));
    let node = fields.get("name")?;
    Some((node, Therapist::new(reader.line(node)?, title.as_deref())))
}

fn printers(node: &Node, reader: &mut Reader<'_>) -> Vec<Printer> {
    let mut printers: Vec<Printer> = Vec::new();
    for item in reader.items_within(node, "the list", LISTED) {
        let Some(printer) = printer(item, reader) else { continue };
        if printers.iter().any(|other| other.name == printer.name) {
            reader.fault(item.span, "duplicate-value", format!("`{}` stands twice", printer.name), None);
        }
        printers.push(printer);
    }
    printers
}

fn printer(node: &Node, reader: &mut Reader<'_>) -> Option<Printer> {
    let fields = reader.fields(node, "a printer", PRINTER)?;
    let name = fields.get("name").and_then(|node| reader.line(node));
    let queue = fields.get("queue").and_then(|node| queue_name(node, reader));
    let edition = fields.get("edition").and_then(|node| reader.choice(node, "edition", Edition::NAMES));
    let tray = fields.get("tray").map(|node| queue_name(node, reader));
    Some(Printer {
        name: name?,
        queue: queue?,
        edition,
        tray: tray.map_or(Some(None), |tray| Some(Some(tray?)))?,
    })
}

fn last_sheets(node: &Node, reader: &mut Reader<'_>) -> LastSheets {
    let usual = LastSheets::default();
    let Some(fields) = reader.fields(node, "last-sheets", LAST_SHEETS) else { return usual };
    let keep = fields.get("keep").and_then(|node| reader.number(node, 0..=LastSheets::MOST));
    let minutes = fields.get("minutes").and_then(|node| reader.number(node, 5..=720));
    let from_start = fields.get("from-start").and_then(|node| reader.flag(node));
    LastSheets {
        keep: keep.unwrap_or(usual.keep),
        minutes: minutes.unwrap_or(usual.minutes),
        from_start: from_start.unwrap_or(usual.from_start),
    }
}

/// A name of the print system. It becomes an argument of another program, which must not take it for a flag or for
/// two values.
fn queue_name(node: &Node, reader: &mut Reader<'_>) -> Option<String> {
    let name = reader.line(node)?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    if name.len() > 127 || name.starts_with('-') || !name.bytes().all(plain) {
        let message = format!("`{}` is no name of a queue or tray", shown(&name));
        let hint = "write it as `lpstat -a` shows it: letters, digits, `-`, `_` and `.`".to_owned();
        reader.fault(node.span, "bad-queue", message, Some(hint.into()));
        return None;
    }
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clinics_phone_is_not_the_ambulances() {
        for (line, shares) in [
            ("112", true),
            ("Call 112", true),
            ("416 555-0100 (112)", true),
            ("416 555-0100, 112", true),
            ("416 555-0100 or 112", true),
            ("416 555-0100, emergency 112", true),
            ("416 555-0100 ext. 112", false),
            ("514 555-0100 poste 112", false),
            ("416 555-0100 x112", false),
            ("(112) 555-0100", false),
            ("416 555-0112", false),
            ("Desk 416 555-0100", false),
        ] {
            assert_eq!(shares_a_number(line, "112"), shares, "{line}");
        }
    }
}
