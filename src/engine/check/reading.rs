//! How hard the sheets of made-up patients are to read, and which sentences make them so.

use crate::content::{Clinic, Pack, ProseWords, ReadingLimits, place_of};
use crate::diagnostic::{Diagnostic, Place, shown};
use crate::document::{Document, Origin, Passage, passages};
use crate::readability::{Counts, Measure, Syllables, sentences, words_of};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The hardest sentences that a message shows.
const WORST: usize = 5;
/// A sentence of fewer words is not shown as a hard one: it only has a hard word.
const TELLING: usize = 6;
/// A word of one syllable.
const SHORT: &str = "A";
/// Findings of one rule in one language, at most.
const MOST: usize = 20;

/// The sheets of one treatment in one language.
pub struct Readings<'p> {
    pack: &'p Pack,
    limits: &'p ReadingLimits,
    syllables: Syllables,
    /// The clinic and its therapists: how hard their names are is nobody's fault.
    names: Vec<&'p str>,
    /// Each passage once: most patients read the same ones.
    read: BTreeMap<Passage, Read>,
    sheets: Vec<Sheet>,
}

/// A passage, read.
struct Read {
    counts: Counts,
    passives: usize,
    sentences: usize,
}

/// One patient's sheet.
struct Sheet {
    whose: String,
    passages: Vec<Passage>,
    counts: Counts,
    passives: usize,
    sentences: usize,
}

/// A sentence of a sheet.
struct Sentence<'r> {
    origin: &'r Origin,
    text: &'r str,
    grade: f64,
}

/// A figure of the hardest sheet, and its limit.
#[derive(Clone, Debug)]
pub struct Figure {
    pub figure: f64,
    pub limit: f64,
    pub whose: String,
}

impl Figure {
    fn is_beyond(&self) -> bool {
        rounded(self.figure) > self.limit
    }
}

impl<'p> Readings<'p> {
    /// Nothing where no syllables of the language are known.
    pub fn new(pack: &'p Pack, words: &'p ProseWords, clinic: &'p Clinic) -> Option<Readings<'p>> {
        let syllables = Syllables::of_language(&pack.language.primary())?;
        let mut names: Vec<&str> = clinic.therapists.iter().map(|one| one.signed.as_str()).collect();
        names.push(&clinic.name);
        let (read, sheets) = (BTreeMap::new(), Vec::new());
        Some(Readings { pack, limits: &words.reading, syllables, names, read, sheets })
    }

    pub fn add(&mut self, document: &Document, whose: &str) {
        let passages = passages(document);
        let mut sheet =
            Sheet { whose: whose.to_owned(), passages, counts: Counts::default(), passives: 0, sentences: 0 };
        for passage in &sheet.passages {
            if !self.read.contains_key(passage) {
                let read = self.read(passage);
                self.read.insert(passage.clone(), read);
            }
            if let Some(read) = self.read.get(passage) {
                sheet.counts += read.counts;
                sheet.passives += read.passives;
                sheet.sentences += read.sentences;
            }
        }
        self.sheets.push(sheet);
    }

    fn read(&self, passage: &Passage) -> Read {
        let all = || passage.lines.iter().flat_map(|line| sentences(line));
        let passives = self.limits.passives.as_ref();
        let counted = passage.lines.iter().map(|line| self.without_names(line)).collect::<Vec<_>>();
        Read {
            counts: Counts::of(counted.iter().map(|line| &**line), &self.syllables),
            passives: passives.map_or(0, |rule| all().filter(|one| rule.is_said(one)).count()),
            sentences: all().count(),
        }
    }

    /// With one short word for each name of the clinic.
    fn without_names<'l>(&self, line: &'l str) -> Cow<'l, str> {
        let names = self.names.iter().filter(|name| line.contains(**name)).collect::<Vec<_>>();
        names.into_iter().fold(Cow::Borrowed(line), |line, name| line.replace(name, SHORT).into())
    }

    /// The hardest sheet by each measure that has a limit.
    pub fn levels(&self) -> Vec<(Measure, Figure)> {
        let measures = self.limits.sheet.iter();
        measures.filter_map(|(measure, limit)| Some((*measure, self.hardest(*measure, *limit)?))).collect()
    }

    fn hardest(&self, measure: Measure, limit: f64) -> Option<Figure> {
        let figures = self.sheets.iter().filter_map(|sheet| Some((measure.of(&sheet.counts)?, sheet)));
        let harder = |one: &(f64, &Sheet), other: &(f64, &Sheet)| {
            measure.beyond(one.0, limit).total_cmp(&measure.beyond(other.0, limit))
        };
        // Of equal ones the first.
        let (figure, sheet) = figures.rev().max_by(harder)?;
        Some(Figure { figure, limit, whose: sheet.whose.clone() })
    }

    /// Words in a sentence of the sheet whose sentences are longest.
    pub fn average(&self) -> Option<Figure> {
        self.most(self.limits.average, |sheet| sheet.counts.sentence_length())
    }

    /// Passive sentences in a hundred, of the sheet that has most.
    pub fn passive(&self) -> Option<Figure> {
        self.limits.passives.as_ref()?;
        self.most(self.limits.passive, |sheet| 100.0 * sheet.passives as f64 / sheet.sentences.max(1) as f64)
    }

    fn most(&self, limit: Option<usize>, figure: impl Fn(&Sheet) -> f64) -> Option<Figure> {
        let limit = limit? as f64;
        let sheet = self.sheets.iter().rev().max_by(|one, other| figure(one).total_cmp(&figure(other)))?;
        Some(Figure { figure: figure(sheet), limit, whose: sheet.whose.clone() })
    }

    /// What is harder to read than the language's limits allow.
    pub fn faults(&self) -> Vec<Diagnostic> {
        let mut found = self.hard_texts();
        found.extend(self.long_sentences());
        for (measure, figure) in self.levels() {
            if !measure.is_met(figure.figure, figure.limit) {
                found.push(self.hard_sheet(measure, &figure));
            }
        }
        found.extend(self.long_on_average());
        found.extend(self.many_passives());
        found
    }

    fn long_on_average(&self) -> Option<Diagnostic> {
        let Figure { figure, limit, whose } = self.average().filter(Figure::is_beyond)?;
        let message = format!(
            "the sentences of a sheet with {whose} have {figure:.1} words on average; {limit} are the most"
        );
        let shown = self.longest(&whose);
        let fault = Diagnostic::warning("long-on-average", message).at(self.place_of_first(&shown));
        Some(fault.hint(format!("cut long sentences in two: {}", self.listed(&shown))))
    }

    fn many_passives(&self) -> Option<Diagnostic> {
        let Figure { figure, limit, whose } = self.passive().filter(Figure::is_beyond)?;
        let message = format!(
            "of the sentences of a sheet with {whose}, {figure:.0} in a hundred are passive; {limit} are the most"
        );
        let shown = self.passive_ones(&whose);
        let fault = Diagnostic::warning("many-passives", message).at(self.place_of_first(&shown));
        Some(fault.hint(format!("say who does it; passive: {}", self.listed(&shown))))
    }

    fn place_of_first(&self, shown: &[Sentence<'_>]) -> Place {
        let place = shown.first().and_then(|one| place_of(one.text, one.origin, self.pack));
        place.unwrap_or_else(|| self.folder())
    }

    fn folder(&self) -> Place {
        Place::file(self.pack.safety.place.file.clone())
    }

    fn hard_sheet(&self, measure: Measure, figure: &Figure) -> Diagnostic {
        let worst = self.worst(self.passages_of(&figure.whose));
        let message =
            format!("a sheet with {} {}", figure.whose, reads(measure, figure.figure, figure.limit));
        let place = worst.first().and_then(|one| place_of(one.text, one.origin, self.pack));
        let fault = Diagnostic::warning("hard-sheet", message).at(place.unwrap_or_else(|| self.folder()));
        fault.hint(format!("shorter words and sentences; the hardest: {}", self.listed(&worst)))
    }

    /// The hardest sentences, hardest first.
    fn worst<'r>(&self, passages: &'r [Passage]) -> Vec<Sentence<'r>> {
        let telling = said(passages).filter(|(_, text)| words_of(text).count() >= TELLING);
        ordered(telling.map(|(origin, text)| Sentence { origin, text, grade: self.grade(text) }).collect())
    }

    /// How hard a sentence alone is, by any language's own measure: to put sentences in order.
    fn grade(&self, sentence: &str) -> f64 {
        let measure = self.limits.sheet.first().map_or(Measure::FleschKincaid, |(measure, _)| *measure);
        let counts = Counts::of([sentence], &self.syllables);
        measure.of(&counts).map_or(f64::NEG_INFINITY, |figure| measure.beyond(figure, 0.0))
    }

    fn listed(&self, worst: &[Sentence<'_>]) -> String {
        let told = worst.iter().map(|one| {
            let place = place_of(one.text, one.origin, self.pack);
            let at =
                place.map(|place| format!(" ({}:{})", file_name(&place), place.line)).unwrap_or_default();
            format!("“{}”{at}", shown(one.text))
        });
        told.collect::<Vec<_>>().join("; ")
    }

    fn passages_of(&self, whose: &str) -> &[Passage] {
        self.sheets.iter().find(|sheet| sheet.whose == whose).map_or(&[], |sheet| &sheet.passages)
    }

    fn passive_ones(&self, whose: &str) -> Vec<Sentence<'_>> {
        let Some(rule) = &self.limits.passives else { return Vec::new() };
        let passive = said(self.passages_of(whose)).filter(|(_, text)| rule.is_said(text));
        passive.take(WORST).map(|(origin, text)| Sentence { origin, text, grade: 0.0 }).collect()
    }

    fn longest(&self, whose: &str) -> Vec<Sentence<'_>> {
        let length = |text: &str| words_of(text).count() as f64;
        let all = said(self.passages_of(whose));
        ordered(all.map(|(origin, text)| Sentence { origin, text, grade: length(text) }).collect())
    }

    /// Texts that are hard by themselves, as the patient reads them for whom they are hardest.
    fn hard_texts(&self) -> Vec<Diagnostic> {
        let mut hardest: BTreeMap<(&Origin, Measure), (f64, f64, &Passage)> = BTreeMap::new();
        for (passage, read) in &self.read {
            for (measure, limit) in &self.limits.text {
                let Some(figure) = measure.of(&read.counts) else { continue };
                let place = hardest.entry((&passage.origin, *measure)).or_insert((figure, *limit, passage));
                if measure.beyond(figure, place.0) > 0.0 {
                    *place = (figure, *limit, passage);
                }
            }
        }
        let hard = hardest
            .into_iter()
            .filter(|((_, measure), (figure, limit, _))| !measure.is_met(rounded(*figure), *limit));
        let told = hard.take(MOST).filter_map(|((_, measure), (figure, limit, passage))| {
            let worst = self.worst(std::slice::from_ref(passage));
            // Of a few words no measure can tell.
            worst.first()?;
            let message = format!("this text {}", reads(measure, figure, limit));
            let fault = Diagnostic::warning("hard-text", message).at(self.place_of_first(&worst));
            let say = format!("shorter words and sentences; the hardest: {}", self.listed(&worst));
            Some(fault.hint(say))
        });
        told.collect()
    }

    fn long_sentences(&self) -> Vec<Diagnostic> {
        let Some(most) = self.limits.sentence else { return Vec::new() };
        let mut told = BTreeSet::new();
        let mut found = Vec::new();
        for passage in self.read.keys() {
            for sentence in passage.lines.iter().flat_map(|line| sentences(line)) {
                let words = words_of(sentence).count();
                if words <= most {
                    continue;
                }
                let place = place_of(sentence, &passage.origin, self.pack).unwrap_or_else(|| self.folder());
                // With other values it is the same sentence.
                if told.insert((place.file.clone(), place.line)) {
                    let message = format!("a sentence of {words} words; {most} are the most");
                    let fault = Diagnostic::warning("long-sentence", message).at(place);
                    found.push(fault.hint(format!("cut it in two: “{}”", shown(sentence))));
                }
            }
        }
        found.truncate(MOST);
        found
    }
}

/// Every sentence of some passages.
fn said(passages: &[Passage]) -> impl Iterator<Item = (&Origin, &str)> {
    let lines = passages.iter().flat_map(|passage| passage.lines.iter().map(|line| (&passage.origin, line)));
    lines.flat_map(|(origin, line)| sentences(line).map(move |text| (origin, text)))
}

/// The first few, hardest first.
fn ordered(mut all: Vec<Sentence<'_>>) -> Vec<Sentence<'_>> {
    all.sort_by(|one, other| other.grade.total_cmp(&one.grade));
    all.truncate(WORST);
    all
}

/// "reads at grade 6.2 by Flesch-Kincaid; 5 is the most".
fn reads(measure: Measure, figure: f64, limit: f64) -> String {
    match measure.is_grade() {
        true => format!("reads at grade {figure:.1} by {}; {limit} is the most", measure.title()),
        false => format!("has an ease of {figure:.0} by {}; {limit} is the least", measure.title()),
    }
}

/// To a tenth, as messages show it: what reads as the limit is within it.
fn rounded(figure: f64) -> f64 {
    (figure * 10.0).round() / 10.0
}

fn file_name(place: &Place) -> &str {
    place.file.rsplit('/').next().unwrap_or_default()
}
