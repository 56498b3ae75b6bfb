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
    optional(
        "detours",
        Kind::Lines,
        "words that send elsewhere first: not where a warning is of an emergency",
    ),
    optional("well", Kind::Lines, "words for feeling well: no sign to get help for"),
    optional("no-phones", Kind::Lines, "words beside a number that nobody answers: a fax"),
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
    let mut lists = Lists { fields: &fields, reader };
    let quotes = lists.quotes();
    let figures = lists.figures();
    Some(ProseWords { quotes, reading: reading_limits(&fields, reader), ..figures })
}

/// The lists of a file, key by key.
struct Lists<'f, 'n, 'r, 'a> {
    fields: &'f Fields<'n>,
    reader: &'r mut Reader<'a>,
}

impl Lists<'_, '_, '_, '_> {
    /// What is said of numbers, times and calls.
    fn figures(&mut self) -> ProseWords {
        let call_numbers = self.lines("call-numbers");
        ProseWords {
            numbers: Phrases::new(by_number(self.fields, "numbers", self.reader)),
            units: Phrases::new(units(self.fields, self.reader)),
            spans: Phrases::new(by_number(self.fields, "spans", self.reader)),
            joins: self.plain("joins"),
            between: self.plain("between"),
            idioms: self.plain("idioms"),
            halves: self.plain("halves"),
            doses: self.plain("doses"),
            medicines: self.plain("medicines"),
            measures: self.plain("measures"),
            clock: self.plain("clock"),
            clock_before: self.plain("clock-before"),
            day_parts: self.plain("day-parts"),
            until: self.plain("until"),
            limits: self.plain("limits"),
            clock_between: self.lines("clock-between"),
            moments: self.plain("moments"),
            call: self.plain("call"),
            call_names: Phrases::new(call_numbers.iter().filter(|one| !is_digits(one)).map(|one| ((), one))),
            call_after: self.plain("call-after"),
            call_numbers,
            labels: self.plain("labels"),
            spelled: Phrases::new(by_number(self.fields, "spelled", self.reader)),
            often: Phrases::new(by_number(self.fields, "often", self.reader)),
            ..self.advice()
        }
    }

    /// What weighs a sentence of advice or of the warnings.
    fn advice(&mut self) -> ProseWords {
        ProseWords {
            tells_to_call: self.plain("tells-to-call"),
            delays: self.plain("delays"),
            meanwhile: self.plain("meanwhile"),
            detours: self.plain("detours"),
            well: self.plain("well"),
            no_phones: self.plain("no-phones"),
            negations: self.plain("negations"),
            affirmations: self.plain("affirmations"),
            conditions: self.plain("conditions"),
            opposites: Phrases::new(opposites(self.fields, self.reader)),
            softeners: self.plain("softeners"),
            safeguards: Phrases::new(by_name(self.fields, "safeguards", self.reader)),
            risks: Phrases::new(by_name(self.fields, "risks", self.reader)),
            hazards: self.plain("hazards"),
            alarms: self.plain("alarms"),
            normal: self.plain("normal"),
            strong: self.plain("strong"),
            ..self.wording()
        }
    }

    /// How a text speaks, and slips of the pen.
    fn wording(&mut self) -> ProseWords {
        ProseWords {
            familiar: self.plain("familiar"),
            polite: self.plain("polite"),
            clinics: self.plain("clinics"),
            clinic_joins: self.lines("clinic-joins").into_iter().collect(),
            services: self.plain("services"),
            placeholders: self.plain("placeholders"),
            doubles: self.lines("doubles"),
            no_break_before: self.lines("no-break-before").concat(),
            no_break_after: self.lines("no-break-after").concat(),
            person: self.plain("person"),
            small_words: self.lines("small-words").into_iter().collect(),
            ..ProseWords::default()
        }
    }

    fn quotes(&mut self) -> Option<[String; 2]> {
        let quotes = self.lines("quotes");
        if let (Some(node), false) = (self.fields.get("quotes"), [0, 2].contains(&quotes.len())) {
            let hint = "the one that opens and the one that closes: `[«, »]`";
            self.reader.fault(node.span, "wrong-list", "`quotes` are two marks", Some(hint.into()));
        }
        quotes.try_into().ok()
    }

    fn plain(&mut self, key: &str) -> Phrases<()> {
        Phrases::new(self.lines(key).into_iter().map(|phrase| ((), phrase)))
    }

    /// Lower case, as texts are compared.
    fn lines(&mut self, key: &str) -> Vec<String> {
        self.fields.get(key).map(|node| phrases(node, self.reader)).unwrap_or_default()
    }
}

fn is_digits(number: &str) -> bool {
    number.bytes().all(|byte| byte.is_ascii_digit())
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
