//! `content/dates/<language>.yaml`: how a language says days and times of day. The program's own stand where a folder has
//! none.

use super::Loading;
use super::day_order::are_in_order;
use super::shelf::Shelf;
use crate::content::dates::Dates;
use crate::content::files::{Embedded, Files};
use crate::content::yaml::{Fields, Key, Kind, Node, Reader, optional, required};
use crate::diagnostic::{Diagnostic, Place, Sink, shown};
use crate::locale::{Clock, DateWords, DayPart, Evening, Language, Said};
use std::sync::{Arc, LazyLock};

pub const FOLDER: &str = "content/dates";

pub(super) const FILE: &[Key] = &[
    required("weekdays", Kind::Lines, "the seven days, from Monday"),
    required("weekdays-short", Kind::Lines, "the same, short"),
    required("months", Kind::Lines, "the twelve months"),
    required("months-short", Kind::Lines, "the same, short"),
    optional("first-day", Kind::Line, "what stands for day 1 of a month, where it is not `1`"),
    required("moment", Kind::Line, "when something ends"),
    required("tick", Kind::Line, "the same, short, within a week"),
    required("tick-dated", Kind::Line, "the same, short, later"),
    required("day", Kind::Line, "a day with its year"),
    optional(
        "visit",
        Kind::Line,
        "a day with its year and the time; without it the day, a comma and the time",
    ),
    required("month", Kind::Line, "a month with its year"),
    required("head", Kind::Line, "a day at the head of its column"),
    required("head-dated", Kind::Line, "the same with its month"),
    required(
        "clock",
        Kind::Keys(CLOCK),
        "twelve hours by `am`, `pm`, `noon` and `day-start`, or twenty-four by the others",
    ),
    optional("said", Kind::Keys(SAID), "ends by the part of the day; without it each has its date and time"),
];
pub(super) const SAID: &[Key] = &[
    required("parts", Kind::List(PART), "the parts of the day that have a name"),
    required("part", Kind::Line, "an end by the part of the day"),
    required("part-dated", Kind::Line, "the same, a week or more away"),
    required("part-short", Kind::Line, "the same at the end of a bar"),
    required("part-short-dated", Kind::Line, "the same, a week or more away"),
    required("weekday-time", Kind::Line, "an end by the day of the week and the time, in running text"),
    required("date-time", Kind::Line, "beside the big answer: the date and the time"),
    required("date", Kind::Line, "the same for an end that waits for the morning: the date"),
    required("date-alone", Kind::Line, "the big answer of an end that is a week or more away"),
];
pub(super) const PART: &[Key] = &[
    required("name", Kind::Line, "what it is called"),
    required("from", Kind::Number(0, 23), "its first hour"),
    required(
        "to",
        Kind::Number(0, 24),
        "the hour at which it is over; the first one again: that moment only",
    ),
];
pub(super) const CLOCK: &[Key] = &[
    optional("am", Kind::Line, "what says that a time is before noon"),
    optional("pm", Kind::Line, "what says that it is after noon"),
    optional("evening", Kind::Line, "what says so in the evening, where that is no afternoon"),
    optional("evening-from", Kind::Number(12, 23), "the first hour of it, of 24"),
    optional("pattern", Kind::Line, "where that stands: `{hour}~{half}` without it"),
    optional("noon", Kind::Line, "noon"),
    optional("day-start", Kind::Line, "the first minute of a day"),
    optional("separator", Kind::Line, "between hours and minutes, of twenty-four hours"),
    optional("full-hour", Kind::Line, "behind a full hour, of twenty-four hours"),
    optional("hour-digits", Kind::Line, "of twenty-four hours, `2` for 08:30; 8:30 without it"),
];

/// The words of both kinds of clocks.
const CLOCK_WORDS: [&str; 6] = ["am", "pm", "noon", "day-start", "separator", "full-hour"];

/// What a pattern can hold, and what it must.
const PLACES: [&str; 7] = ["weekday", "wd", "day", "month", "mon", "year", "time"];
const PLACES_OF_SAID: [&str; 8] = ["weekday", "wd", "day", "month", "mon", "year", "time", "part"];
const PLACES_OF_CLOCK: [&str; 2] = ["hour", "half"];
const MUST: [(&str, &[&str]); 7] = [
    ("moment", &["day", "time"]),
    ("tick", &["time"]),
    ("tick-dated", &["day", "time"]),
    ("day", &["day", "year"]),
    ("month", &["year"]),
    ("head", &["day"]),
    ("head-dated", &["day"]),
];
const MUST_OF_SAID: [(&str, &[&str]); 8] = [
    ("part", &["part"]),
    ("part-dated", &["day", "part"]),
    ("part-short", &["part"]),
    ("part-short-dated", &["day", "part"]),
    ("weekday-time", &["weekday", "time"]),
    ("date-time", &["day", "time"]),
    ("date", &["day"]),
    ("date-alone", &["day"]),
];

/// Those of a folder, over the program's own. `None` when one is faulty. Of a language that the clinic does not list and the
/// program does not bring along, none is read: somebody may have begun to translate.
pub fn read_all(shelf: &Shelf, listed: Option<&[Language]>, loading: &mut Loading) -> Option<Arc<Dates>> {
    if shelf.is_tried() {
        return Some(Arc::clone(built_in()));
    }
    let mut dates = (**built_in()).clone();
    let mut whole = true;
    for path in shelf.inside(FOLDER) {
        let Some(tag) = Language::of_file(path) else {
            let warning =
                Diagnostic::warning("unread-file", "such a file is named by its language: `en.yaml`");
            loading.sink.push(warning.at(Place::file(path)));
            continue;
        };
        let is_listed = listed.is_none_or(|listed| listed.iter().any(|language| language.tag() == tag));
        if shelf.is_built_in(path) || !is_listed && !Embedded.has_language(tag) {
            continue;
        }
        let read = shelf.yaml(path, &mut loading.sink).and_then(|(node, mut reader)| {
            let words = words(tag, &node, &mut reader)?;
            let came = built_in().of(&Language::new(&*words.tag)).filter(|came| came.tag == words.tag);
            came.is_none_or(|came| are_in_order(&node, &words, came, &mut reader)).then_some(words)
        });
        match read {
            Some(words) => dates.insert(words),
            None => whole = false,
        }
    }
    whole.then(|| Arc::new(dates))
}

/// Those that the program brings along; days that people type are read in any of these languages.
pub fn built_in() -> &'static Arc<Dates> {
    static BUILT_IN: LazyLock<Arc<Dates>> = LazyLock::new(|| Arc::new(embedded()));
    &BUILT_IN
}

fn embedded() -> Dates {
    let mut dates = Dates::default();
    let listed = Embedded.list().unwrap_or_default();
    for path in listed.into_iter().map(|file| file.path) {
        let Some(tag) = path.starts_with(FOLDER).then(|| Language::of_file(&path)).flatten() else {
            continue;
        };
        let (tag, own) = (tag.to_owned(), path.clone());
        dates.insert_later(&tag.clone(), move || of_program(&tag, &own));
    }
    dates
}

fn of_program(tag: &str, path: &str) -> Option<DateWords> {
    let bytes = Embedded.read(path).ok()?;
    let mut sink = Sink::default();
    let mut reader = Reader::new(path, std::str::from_utf8(&bytes).ok()?.into(), &mut sink);
    let node = Embedded.tree(path, &bytes).or_else(|| reader.parse())?;
    words(tag, &node, &mut reader)
}

fn words(tag: &str, node: &Node, reader: &mut Reader<'_>) -> Option<DateWords> {
    let fields = reader.fields(node, "the file", FILE)?;
    let weekdays = names::<7>(&fields, "weekdays", reader);
    let weekdays_short = names::<7>(&fields, "weekdays-short", reader);
    let months = names::<12>(&fields, "months", reader);
    let months_short = names::<12>(&fields, "months-short", reader);
    let first_day = fields.get("first-day").map_or(Some("1".to_owned()), |node| reader.written_line(node));
    let mut patterns =
        MUST.map(|(key, must)| fields.get(key).and_then(|node| pattern_of(node, (&PLACES, must), reader)));
    let visit = fields
        .get("visit")
        .map_or(Some(None), |node| pattern_of(node, (&PLACES, &["day", "year", "time"]), reader).map(Some));
    let clock = fields.get("clock").and_then(|node| clock(node, reader));
    let said = fields.get("said").map_or(Some(None), |node| said(node, reader).map(Some));
    let mut next = patterns.iter_mut().map(Option::take);
    let mut pattern = || next.next().flatten();
    let (moment, tick, tick_dated, day) = (pattern(), pattern(), pattern(), pattern());
    let (month, head, head_dated) = (pattern(), pattern(), pattern());
    let day = day?;
    Some(DateWords {
        tag: tag.to_owned(),
        weekdays: weekdays?,
        weekdays_short: weekdays_short?,
        months: months?,
        months_short: months_short?,
        first_day: first_day?,
        moment: moment?,
        ticks: [tick?, tick_dated?],
        visit: visit?.unwrap_or_else(|| format!("{day}, {{time}}")),
        day,
        month: month?,
        heads: [head?, head_dated?],
        clock: clock?,
        said: said?,
    })
}

/// As many names as there are days or months.
fn names<const COUNT: usize>(
    fields: &Fields<'_>,
    key: &str,
    reader: &mut Reader<'_>,
) -> Option<[String; COUNT]> {
    let node = fields.get(key)?;
    let items = reader.items(node);
    let names: Vec<String> = items.iter().filter_map(|item| reader.written_line(item)).collect();
    if items.len() != COUNT {
        let message = format!("`{key}` holds {} names", items.len());
        reader.fault(node.span, "wrong-count", message, Some(format!("it holds {COUNT}").into()));
        return None;
    }
    names.try_into().ok()
}

fn said(node: &Node, reader: &mut Reader<'_>) -> Option<Said> {
    let fields = reader.fields(node, "`said`", SAID)?;
    let listed = fields.get("parts")?;
    let items = reader.items(listed);
    let parts: Vec<DayPart> = items.iter().filter_map(|item| part(item, reader)).collect();
    let [part, part_dated, short, short_dated, weekday_time, date_time, date, date_alone] =
        MUST_OF_SAID.map(|(key, must)| {
            fields.get(key).and_then(|node| pattern_of(node, (&PLACES_OF_SAID, must), reader))
        });
    let meet = |(at, one): (usize, &DayPart)| parts[..at].iter().any(|other| other.meets(one));
    if parts.iter().enumerate().any(meet) {
        reader.fault(listed.span, "wrong-window", "two parts of the day share an hour", None);
        return None;
    }
    (parts.len() == items.len()).then_some(())?;
    Some(Said {
        parts,
        part: [part?, part_dated?],
        part_short: [short?, short_dated?],
        weekday_time: weekday_time?,
        date_time: date_time?,
        date: date?,
        date_alone: date_alone?,
    })
}

fn part(node: &Node, reader: &mut Reader<'_>) -> Option<DayPart> {
    let fields = reader.fields(node, "a part of the day", PART)?;
    let name = fields.get("name").and_then(|node| reader.written_line(node));
    let from = fields.get("from").and_then(|node| reader.number(node, 0..=23));
    let to = fields.get("to").and_then(|node| reader.number(node, 0..=24));
    let (name, from, to) = (name?, from?, to?);
    if to < from {
        let message = format!("a part of the day goes from {from} to {to}");
        reader.fault(node.span, "wrong-window", message, Some("it ends on the same day".into()));
        return None;
    }
    Some(DayPart { name, from, to })
}

/// A pattern, and that its places are known and those that it must have are there.
fn pattern_of(node: &Node, (places, must): (&[&str], &[&str]), reader: &mut Reader<'_>) -> Option<String> {
    let text = reader.written_line(node)?;
    let found: Vec<&str> =
        text.split('{').skip(1).map(|rest| rest.split_once('}').map_or(rest, |(place, _)| place)).collect();
    let known = || places.iter().map(|place| format!("{{{place}}}")).collect::<Vec<_>>().join(" ");
    if let Some(unknown) = found.iter().find(|place| !places.contains(place)) {
        let message = format!("there is no place `{{{}}}` in a date", shown(unknown));
        reader.fault(node.span, "unknown-name", message, Some(format!("known are {}", known()).into()));
        return None;
    }
    if let Some(lacking) = must.iter().find(|place| !found.contains(place)) {
        reader.fault(node.span, "missing-name", format!("`{{{lacking}}}` is missing here"), None);
        return None;
    }
    Some(text)
}

/// What the evening is called, if it is called anything. `None`: what says so is faulty.
fn evening(node: &Node, fields: &Fields<'_>, reader: &mut Reader<'_>) -> Option<Option<Evening>> {
    let name = fields.get("evening").and_then(|node| reader.written_line(node));
    let from = fields.get("evening-from").and_then(|node| reader.number(node, 12..=23));
    match (name, from) {
        (Some(name), Some(from)) => Some(Some(Evening { name, from })),
        (None, None) => Some(None),
        _ => {
            let message = "`evening` and `evening-from` say together what the evening is called";
            reader.fault(node.span, "wrong-clock", message, Some("write both, or none".into()));
            None
        }
    }
}

fn clock(node: &Node, reader: &mut Reader<'_>) -> Option<Clock> {
    let fields = reader.fields(node, "`clock`", CLOCK)?;
    let mut line = |key: &str| fields.get(key).and_then(|node| reader.written_line(node));
    let twelve = (line("am"), line("pm"), line("noon"), line("day-start"));
    let twenty_four = (line("separator"), line("full-hour"));
    let hour_digits =
        line("hour-digits").map(|digits| digits.parse().ok().filter(|digits| (1..=2).contains(digits)));
    let evening = evening(node, &fields, reader)?;
    let must = &PLACES_OF_CLOCK;
    let pattern = match fields.get("pattern") {
        Some(node) => Some(pattern_of(node, (must, must), reader)?),
        None => None,
    };
    // What is still to be written is told where it stands.
    let of_twelve = [&twelve.0, &twelve.1, &twelve.2, &twelve.3];
    let read = of_twelve.into_iter().chain([&twenty_four.0, &twenty_four.1]).flatten().count();
    if CLOCK_WORDS.iter().filter(|key| fields.get(key).is_some()).count() > read {
        return None;
    }
    if let (Some(am), Some(pm), ..) = &twelve
        && am.to_lowercase() == pm.to_lowercase()
    {
        let message = "`am` and `pm` have the same word: nobody would know which half of the day is meant";
        reader.fault(node.span, "wrong-clock", message, None);
        return None;
    }
    match (twelve, twenty_four) {
        ((Some(am), Some(pm), Some(noon), Some(day_start)), (None, None)) if hour_digits.is_none() => {
            Some(Clock::TwelveHours { am, pm, noon, day_start, evening, pattern })
        }
        ((None, None, None, None), (Some(separator), Some(full_hour)))
            if pattern.is_none() && evening.is_none() =>
        {
            if hour_digits == Some(None) {
                let message = "an hour has 1 digit or 2";
                reader.fault(node.span, "wrong-clock", message, Some("write `hour-digits: \"2\"`".into()));
                return None;
            }
            Some(Clock::TwentyFourHours { separator, full_hour, hour_digits: hour_digits.flatten() })
        }
        _ => {
            let message = "a clock has `am`, `pm`, `noon` and `day-start`, or `separator` and `full-hour`";
            reader.fault(
                node.span,
                "wrong-clock",
                message,
                Some("see content/dates/en.yaml and fr.yaml".into()),
            );
            None
        }
    }
}
