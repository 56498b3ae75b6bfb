//! `content/prose/<language>.yaml`: what `check` looks for in the texts of a language. The program's own stand where a folder
//! has none. No handout needs them, so they are read for a check alone.

use super::reading::{PASSIVE, READING, phrases, reading_limits};
use super::shelf::Shelf;
use crate::content::files::{Embedded, Files};
use crate::content::phrases::Phrases;
use crate::content::prose_words::{Prose, ProseWords, UNITS};
use crate::content::yaml::{Entry, Fields, Key, Kind, Node, Reader, optional, required};
use crate::diagnostic::{Diagnostic, Place, Sink, allowed, shown};
use crate::locale::Language;

pub const FOLDER: &str = "content/prose";

pub(super) const FILE: &[Key] = &[
    required("numbers", Kind::Phrases, "numbers in words, by what they mean"),
    optional("halves", Kind::Lines, "behind a number: half more"),
    required("joins", Kind::Lines, "what stands between two numbers of one span"),
    optional("between", Kind::Lines, "what may stand between a number and its unit"),
    required("units", Kind::Phrases, "the words for `minute`, `hour`, `day`, `week` and `month`"),
    optional("spans", Kind::Phrases, "spans without a number, by their hours"),
    optional("idioms", Kind::Lines, "no spans and no times, though they have a number and a unit"),
    optional("doses", Kind::Lines, "behind a number: a dose of a medicine"),
    optional("medicines", Kind::Lines, "medicines: a number beside one is a dose"),
    optional("measures", Kind::Lines, "behind a number: no dose, however large it is"),
    optional("clock", Kind::Lines, "behind a number: a time of day"),
    optional("clock-before", Kind::Lines, "in front of an hour: a time of day"),
    optional("day-parts", Kind::Lines, "behind an hour: a part of the day"),
    optional("until", Kind::Lines, "in front of a number alone: it is a time of day"),
    optional("limits", Kind::Lines, "in front of a day of the week or a date: it ends something"),
    optional("clock-between", Kind::Lines, "between hours and minutes"),
    optional("moments", Kind::Lines, "times of day without a number"),
    required("call", Kind::Lines, "in front of a number that a patient would dial"),
    optional("call-numbers", Kind::Lines, "numbers that a patient would dial, wherever they stand"),
    optional("call-after", Kind::Lines, "behind a number that a patient would dial"),
    optional("tells-to-call", Kind::Lines, "phrases that tell to call the clinic, or to ask somebody"),
    optional("spelled", Kind::Phrases, "digits told one by one, beside `numbers`"),
    optional("delays", Kind::Lines, "words that put help off: not where a warning says to get it at once"),
    optional("meanwhile", Kind::Lines, "phrases that hold such a word and say what to do until help comes"),
    optional("labels", Kind::Lines, "in front of a number that nobody dials"),
    optional("negations", Kind::Lines, "words that say no"),
    optional("affirmations", Kind::Lines, "phrases that hold such a word and deny nothing"),
    optional("conditions", Kind::Lines, "words by which the rest of a clause hangs on something: `if`"),
    optional(
        "opposites",
        Kind::Phrases,
        "words, each with those that turn a text's meaning round in its place",
    ),
    optional(
        "softeners",
        Kind::Lines,
        "words that ask less of the reader: an edit that only puts one in is told",
    ),
    optional("often", Kind::Phrases, "how often something is done, by how many times a day"),
    optional("safeguards", Kind::Phrases, "what a caution tells to do, by a name for it"),
    optional("risks", Kind::Phrases, "whom or what a caution is about, by a name for it"),
    optional("hazards", Kind::Lines, "advice that may harm some: not without a word that tells to ask first"),
    optional("alarms", Kind::Lines, "signs of harm, which no text calls normal"),
    optional("normal", Kind::Lines, "words that call something normal"),
    optional("familiar", Kind::Lines, "words that speak to the reader as to a friend"),
    optional("polite", Kind::Lines, "words that speak to the reader politely: one form throughout"),
    optional("clinics", Kind::Lines, "what clinics are called: a name with one of these is a clinic's"),
    optional(
        "clinic-joins",
        Kind::Lines,
        "small words within a clinic's name; without a list all `small-words` may stand there",
    ),
    optional(
        "services",
        Kind::Lines,
        "what clinics offer: with nothing else beside a word for clinics it is no name",
    ),
    optional("strong", Kind::Lines, "words that a text on weak claims alone does not say"),
    optional("placeholders", Kind::Lines, "text that only holds a place"),
    optional("doubles", Kind::Lines, "words that may stand twice"),
    optional("quotes", Kind::Lines, "two marks around what somebody says, where they are not “ and ”"),
    optional("no-break-before", Kind::Lines, "marks before which no ordinary space stands"),
    optional("no-break-after", Kind::Lines, "marks behind which no ordinary space stands"),
    optional("person", Kind::Lines, "words that speak to the reader"),
    optional("small-words", Kind::Lines, "words that only join others: for how dense a text is"),
    optional("reading", Kind::Keys(READING), "how hard texts may be to read"),
    optional("passive", Kind::Keys(PASSIVE), "how the language makes passives"),
    optional("plain", Kind::Phrases, "plain words, each with those in whose place it stands"),
];

/// The words of every language that the folder or the program has, and what is wrong with the files.
pub fn read(files: &dyn Files) -> (Prose, Vec<Diagnostic>) {
    let mut prose = Prose::default();
    let mut sink = Sink::default();
    add(&Embedded, &mut prose, &mut Sink::default());
    add(files, &mut prose, &mut sink);
    (prose, sink.into_vec())
}

fn add(files: &dyn Files, prose: &mut Prose, sink: &mut Sink) {
    let listed = files.list().unwrap_or_default().into_iter().map(|file| file.path);
    let shelf = Shelf::of(files, listed.filter(|path| path.starts_with(FOLDER)));
    for path in shelf.inside(FOLDER) {
        let Some(tag) = Language::of_file(path) else {
            let message = "such a file is named by its language: `en.yaml`";
            sink.push(Diagnostic::warning("unread-file", message).at(Place::file(path)));
            continue;
        };
        let comes_with = shelf.is_built_in(path);
        // A folder of an earlier version lacks lists that were added since: what they find is not lost to it.
        let usual = (!comes_with).then(|| Shelf::of(&Embedded, std::iter::once(path.to_owned())));
        let usual = usual.and_then(|usual| Some(usual.yaml(path, &mut Sink::default())?.0));
        let Some((node, mut reader)) = shelf.yaml(path, sink) else { continue };
        let words = words(&node, usual.as_ref(), &mut reader);
        words.into_iter().for_each(|words| prose.insert(tag, ProseWords { comes_with, ..words }));
    }
}

/// `usual`: what stands for keys that the file lacks.
fn words(node: &Node, usual: Option<&Node>, reader: &mut Reader<'_>) -> Option<ProseWords> {
    let fields = reader.fields_over(node, usual, "the file", FILE)?;
    let mut list = |key: &str| lines(&fields, key, reader);
    let (doses, medicines, measures) = (list("doses"), list("medicines"), list("measures"));
    let (halves, labels, negations) = (list("halves"), list("labels"), list("negations"));
    let (before_hours, day_parts) = (list("clock-before"), list("day-parts"));
    let (until, limits) = (list("until"), list("limits"));
    let (joins, between, idioms) = (list("joins"), list("between"), list("idioms"));
    let (clock, clock_between, moments) = (list("clock"), list("clock-between"), list("moments"));
    let (clinics, clinic_joins, services) = (list("clinics"), list("clinic-joins"), list("services"));
    let (call, call_numbers, strong) = (list("call"), list("call-numbers"), list("strong"));
    let (placeholders, doubles, quotes) = (list("placeholders"), list("doubles"), list("quotes"));
    let (before, after) = (list("no-break-before"), list("no-break-after"));
    let (delays, meanwhile, call_after) = (list("delays"), list("meanwhile"), list("call-after"));
    let (softeners, hazards) = (list("softeners"), list("hazards"));
    let (alarms, normal) = (list("alarms"), list("normal"));
    let (familiar, polite) = (list("familiar"), list("polite"));
    let (person, small, affirmations) = (list("person"), list("small-words"), list("affirmations"));
    let (tells_to_call, conditions) = (list("tells-to-call"), list("conditions"));
    if let (Some(node), false) = (fields.get("quotes"), [0, 2].contains(&quotes.len())) {
        let hint = "the one that opens and the one that closes: `[«, »]`";
        reader.fault(node.span, "wrong-list", "`quotes` are two marks", Some(hint.into()));
    }
    let plain = |list: Vec<String>| Phrases::new(list.into_iter().map(|phrase| ((), phrase)));
    Some(ProseWords {
        comes_with: false,
        numbers: Phrases::new(by_number(&fields, "numbers", reader)),
        units: Phrases::new(units(&fields, reader)),
        spans: Phrases::new(by_number(&fields, "spans", reader)),
        joins: plain(joins),
        between: plain(between),
        idioms: plain(idioms),
        halves: plain(halves),
        doses: plain(doses),
        medicines: plain(medicines),
        measures: plain(measures),
        clock: plain(clock),
        clock_before: plain(before_hours),
        day_parts: plain(day_parts),
        until: plain(until),
        limits: plain(limits),
        clock_between,
        moments: plain(moments),
        call: plain(call),
        call_names: plain(call_numbers.iter().filter(|one| !is_digits(one)).cloned().collect()),
        call_after: plain(call_after),
        call_numbers,
        tells_to_call: plain(tells_to_call),
        labels: plain(labels),
        spelled: Phrases::new(by_number(&fields, "spelled", reader)),
        delays: plain(delays),
        meanwhile: plain(meanwhile),
        negations: plain(negations),
        affirmations: plain(affirmations),
        conditions: plain(conditions),
        opposites: Phrases::new(opposites(&fields, reader)),
        softeners: plain(softeners),
        often: Phrases::new(by_number(&fields, "often", reader)),
        safeguards: Phrases::new(by_name(&fields, "safeguards", reader)),
        risks: Phrases::new(by_name(&fields, "risks", reader)),
        hazards: plain(hazards),
        alarms: plain(alarms),
        normal: plain(normal),
        familiar: plain(familiar),
        polite: plain(polite),
        clinics: plain(clinics),
        clinic_joins: clinic_joins.into_iter().collect(),
        services: plain(services),
        strong: plain(strong),
        placeholders: plain(placeholders),
        doubles,
        quotes: <[String; 2]>::try_from(quotes).ok(),
        no_break_before: before.concat(),
        no_break_after: after.concat(),
        person: plain(person),
        small_words: small.into_iter().collect(),
        reading: reading_limits(&fields, reader),
    })
}

fn is_digits(number: &str) -> bool {
    number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Lower case, as texts are compared.
fn lines(fields: &Fields<'_>, key: &str, reader: &mut Reader<'_>) -> Vec<String> {
    fields.get(key).map(|node| phrases(node, reader)).unwrap_or_default()
}

fn entries<'n>(fields: &Fields<'n>, key: &str, reader: &mut Reader<'_>) -> &'n [Entry] {
    let entries = fields.get(key).and_then(|node| reader.entries(node, "the list"));
    entries.unwrap_or_default()
}

/// Each word with an even number of its own, and its opposites with the odd one behind it.
fn opposites(fields: &Fields<'_>, reader: &mut Reader<'_>) -> Vec<(u32, String)> {
    let mut found = Vec::new();
    for (pair, entry) in (0..).step_by(2).zip(entries(fields, "opposites", reader)) {
        found.push((pair, entry.key.to_lowercase()));
        found.extend(phrases(&entry.node, reader).into_iter().map(|phrase| (pair + 1, phrase)));
    }
    found
}

/// Phrases by the place of their key.
fn by_name(fields: &Fields<'_>, key: &str, reader: &mut Reader<'_>) -> Vec<(u32, String)> {
    let all = (0..).zip(entries(fields, key, reader));
    all.flat_map(|(name, entry)| phrases(&entry.node, reader).into_iter().map(move |phrase| (name, phrase)))
        .collect()
}

/// Phrases by the number that is their key.
fn by_number(fields: &Fields<'_>, key: &str, reader: &mut Reader<'_>) -> Vec<(u32, String)> {
    let mut found = Vec::new();
    for entry in entries(fields, key, reader) {
        let Ok(number) = entry.key.parse::<u32>() else {
            let message = format!("`{}` is no whole number", shown(&entry.key));
            reader.fault(entry.key_span, "wrong-number", message, None);
            continue;
        };
        found.extend(phrases(&entry.node, reader).into_iter().map(|phrase| (number, phrase)));
    }
    found
}

/// Phrases by the minutes of the unit that is their key.
fn units(fields: &Fields<'_>, reader: &mut Reader<'_>) -> Vec<(u32, String)> {
    let mut found = Vec::new();
    for entry in entries(fields, "units", reader) {
        let Some((_, minutes)) = UNITS.iter().find(|(name, _)| *name == entry.key) else {
            let message = format!("unknown unit `{}`", shown(&entry.key));
            let hint = allowed(&entry.key, UNITS.iter().map(|(name, _)| *name));
            reader.fault(entry.key_span, "unknown-key", message, Some(hint));
            continue;
        };
        found.extend(phrases(&entry.node, reader).into_iter().map(|phrase| (*minutes, phrase)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::files::Memory;

    #[test]
    fn a_list_that_an_earlier_folder_lacks_is_the_programs_own() {
        let (built_in, _) = read(&Embedded);
        let english = Language::new("en");
        let own = |text: &str| {
            let files = [("content/prose/en.yaml".to_owned(), text.as_bytes().to_vec().into())];
            let (prose, faults) = read(&Memory(files.into_iter().collect()));
            assert!(faults.is_empty(), "{text}: {faults:?}");
            prose.of(&english).expect("its words").clone()
        };
        let usual = built_in.of(&english).expect("its words");
        let words = own("call: [ring]\n");
        let says = |phrases: &Phrases<()>, text: &str| phrases.said(text).next().is_some();
        assert!(says(&words.call, "ring 1") && !says(&words.call, "call 1") && says(&usual.call, "call 1"));
        assert!(says(&words.clinics, "physiotherapy") && words.small_words == usual.small_words);
        assert!(!says(&own("clinics: []\n").clinics, "physiotherapy"));
    }

    /// Each with what makes it harmful, and as a clinic may well say it.
    #[test]
    fn daily_words_are_neither_alarms_nor_promises() {
        let (prose, _) = read(&Embedded);
        type List = fn(&ProseWords) -> &Phrases<()>;
        let (alarms, strong, hazards): (List, List, List) =
            (|words| &words.alarms, |words| &words.strong, |words| &words.hazards);
        for (language, list, text, is_found) in [
            ("en", alarms, "Small red spots where the needles were are normal.", false),
            ("en", alarms, "A red spot that grows is normal.", true),
            ("fr", alarms, "De petites taches rouges sont normales.", false),
            ("fr", alarms, "Une tache rouge qui grandit est normale.", true),
            ("es", alarms, "Las manchas rojas pequeñas son normales.", false),
            ("es", alarms, "Una mancha roja que crece es normal.", true),
            ("fa", alarms, "لکه‌های قرمز کوچک طبیعی است.", false),
            ("fa", alarms, "لکه قرمزی که بزرگ می‌شود طبیعی است.", true),
            ("zh-Hans", alarms, "进针时有点刺痛是正常的。", false),
            ("zh-Hans", alarms, "刚开始有点麻木是正常的。", false),
            ("zh-Hans", alarms, "越来越麻是正常的。", true),
            ("en", strong, "Your energy may be low for a day.", false),
            ("en", strong, "It restores your energy.", true),
            ("fr", strong, "Votre énergie peut baisser un jour.", false),
            ("es", strong, "Su energía puede bajar un día.", false),
            ("fa", strong, "انرژی شما شاید یک روز کم باشد.", false),
            ("es", hazards, "Tome un trago de agua.", false),
            ("es", hazards, "Tome un trago de licor.", true),
            ("fr", hazards, "Buvez un petit verre d’eau.", false),
        ] {
            let words = prose.of(&Language::new(language)).expect("its words");
            assert_eq!(list(words).said(text).next().is_some(), is_found, "{text}");
        }
    }
}
