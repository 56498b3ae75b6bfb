//! A language's texts, compiled: what `content` loaded, with each text ready to be filled.

use super::names::{self, Names};
use super::phrases::{self, Phrases};
use super::qr_cache::QrCache;
use super::signs;
use super::templates;
use super::texts::{Form, TextId, Texts, quoted};
use crate::content::approval::Approval;
use crate::content::{self, Audience, Library, Pack};
use crate::diagnostic::{Diagnostic, Place, Sink};
use crate::document::Picture;
use crate::locale::{DateWords, Direction, Language, Letters};
use crate::options::Name;
use crate::options::dose::Dosage;
use crate::options::sections::WHEN_TO_CALL;
use chrono::NaiveDate;
use indexmap::IndexMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One language, ready to be filled.
#[derive(Debug)]
pub struct Compiled {
    pub language: Language,
    pub direction: Direction,
    /// Words that stay with the number before them.
    pub units: Arc<[Box<str>]>,
    /// How the letters of its script are set.
    pub letters: Letters,
    /// Families of CSS that have its letters.
    pub web_fonts: Arc<str>,
    pub texts: Texts,
    pub dates: Arc<DateWords>,
    pub phrases: Phrases,
    /// Dotted key → text.
    pub words: BTreeMap<String, TextId>,
    pub safety: SafetyTexts,
    pub sections: IndexMap<String, Section>,
    pub questions: Vec<Question>,
    /// Libraries of exercises, by id.
    pub libraries: IndexMap<Name, IndexMap<String, Exercise>>,
    /// Codes of addresses that sheets of this language share.
    pub codes: QrCache,
    pub layout: TextId,
    pub brochure: TextId,
    /// Whether somebody signed these texts.
    pub approval: Approval,
}

impl Compiled {
    /// Of all texts but the warnings, which do not print when they are past it.
    pub fn reviews(&self) -> impl Iterator<Item = &Review> {
        let sections = self.sections.iter().filter(|(id, _)| *id != WHEN_TO_CALL);
        let exercises = self.libraries.values().flat_map(IndexMap::values);
        let questions = self.questions.iter().map(|question| &question.review);
        let sections = sections.map(|(_, section)| &section.review);
        sections.chain(questions).chain(exercises.map(|exercise| &exercise.review))
    }
}

/// When a text was read, and what it claims.
#[derive(Clone, Debug)]
pub struct Review {
    /// "the section `rest`".
    pub what: String,
    pub claims: Vec<String>,
    pub reviewed: NaiveDate,
    pub review_by: NaiveDate,
    pub place: Place,
}

#[derive(Debug)]
pub struct SafetyTexts {
    pub words: BTreeMap<String, TextId>,
    pub review: Review,
    pub place: Place,
}

#[derive(Debug)]
pub struct Section {
    pub title: TextId,
    pub show_title: bool,
    pub body: TextId,
    pub audience: Audience,
    pub priority: u8,
    pub icon: Option<Arc<Picture>>,
    pub conditions: Vec<TextId>,
    pub review: Review,
    pub place: Place,
}

#[derive(Debug)]
pub struct Question {
    pub id: String,
    pub question: TextId,
    pub answer: TextId,
    pub audience: Audience,
    pub priority: u8,
    pub conditions: Vec<TextId>,
    pub review: Review,
}

#[derive(Debug)]
pub struct Exercise {
    pub name: TextId,
    pub alt: TextId,
    pub steps: Vec<TextId>,
    /// What may be changed, and the steps with places for the numbers.
    pub dose: Option<(Dosage, Vec<TextId>)>,
    pub picture: Option<Arc<Picture>>,
    pub regions: Vec<Name>,
    /// Facts (indices into those of the treatment) that rule it out.
    pub not_with: Vec<usize>,
    pub priority: u8,
    pub review: Review,
}

/// Words that are used without marks: file titles and what repeats on every page.
const PLAIN: [&str; 5] =
    ["document-title", "running.head", "running.foot-left", "running.other-format", "brochure.picture"];

/// How the words of the paper model begin, which are all used without marks.
pub const DUMMY: &str = "brochure.dummy.";

/// Whether a word is used without marks.
pub fn is_plain(key: &str) -> bool {
    PLAIN.contains(&key) || key.starts_with(DUMMY)
}

/// `None`: the language cannot be printed at all; why stands in `sink`, as every other fault does.
pub fn compile(library: &Library, pack: &Pack, first: bool, sink: &mut Sink) -> Option<Compiled> {
    let Some(dates) = library.dates.of(&pack.language) else {
        let known: Vec<&str> = library.dates.tags().collect();
        let message = format!("there are no date words for the language `{}`", pack.language);
        let fault = Diagnostic::error("unknown-language", message).at(Place::file("content/clinic.yaml"));
        let primary = pack.language.primary();
        let known = quoted(&known);
        sink.push(fault.hint(format!("write content/dates/{primary}.yaml, as those of {known}")));
        return None;
    };
    check_names(library, sink);
    let mut texts = Texts::new(&library.pictures, Names::of(library), most_texts(pack), pack.is_tried);
    let mut compiler = Compiler { texts: &mut texts, library, sink };
    let regions = library.treatment.regions();
    let regions = regions.map(|option| (option.values(), option.sided())).unwrap_or_default();
    let phrases = Phrases::new(pack, regions, compiler.texts, compiler.sink);
    let words = compiler.words(pack);
    let safety = compiler.safety(pack);
    let sections =
        pack.sections.iter().map(|(id, section)| (id.clone(), compiler.section(section))).collect();
    let questions = pack.questions.iter().map(|question| compiler.question(question)).collect();
    let libraries = pack.libraries.iter();
    let libraries = libraries.map(|(id, library)| (id.clone(), compiler.exercises(library))).collect();
    let layout = compiler.layout(first);
    let brochure = compiler.brochure(first);
    texts.compile(sink);
    Some(Compiled {
        language: pack.language.clone(),
        direction: pack.direction,
        units: pack.units.clone(),
        letters: pack.letters,
        web_fonts: pack.web_fonts.clone(),
        approval: pack.approval.clone(),
        codes: QrCache::default(),
        texts,
        dates: Arc::clone(dates),
        phrases,
        words,
        safety,
        sections,
        questions,
        libraries,
        layout,
        brochure,
    })
}

/// As many texts as a language may come to: their list is long, and is not copied as it grows.
fn most_texts(pack: &Pack) -> usize {
    let exercises: usize = pack.libraries.values().map(IndexMap::len).sum();
    pack.words.len() + pack.safety.words.len() + 8 * (pack.sections.len() + pack.questions.len() + exercises)
}

/// No option, window or fact may have the name of something else that text can use.
fn check_names(library: &Library, sink: &mut Sink) {
    let treatment = &library.treatment;
    let facts = treatment.facts.iter().map(|fact| ("fact", &*fact.name));
    let options = treatment.options.keys().map(|id| ("option", &**id));
    let windows = library.protocol.windows.keys().map(|id| ("window", &**id));
    for (what, name) in facts.chain(options).chain(windows).filter(|(_, name)| names::is_taken(name)) {
        let message = format!("text has another `{name}` than the {what} `{name}`");
        let fault = Diagnostic::error("bad-id", message).at(treatment.place.clone());
        sink.push_once(fault.hint("take another name"));
    }
}

struct Compiler<'a> {
    texts: &'a mut Texts,
    library: &'a Library,
    sink: &'a mut Sink,
}

impl Compiler<'_> {
    fn add(&mut self, source: &content::Source, form: Form) -> TextId {
        self.texts.add(source, form, self.sink)
    }

    fn words(&mut self, pack: &Pack) -> BTreeMap<String, TextId> {
        let needed = content::LANGUAGE_WORDS.iter().chain(content::TREATMENT_WORDS);
        for key in needed.filter(|key| !pack.words.contains_key(**key)) {
            self.sink.push(phrases::missing(pack, key));
        }
        let form = |key: &str| if is_plain(key) { Form::Plain } else { Form::Line };
        pack.words.iter().map(|(key, source)| (key.clone(), self.add(source, form(key)))).collect()
    }

    fn safety(&mut self, pack: &Pack) -> SafetyTexts {
        let safety = &pack.safety;
        let treatment = &self.library.treatment;
        for key in treatment.safety_keys().filter(|key| !safety.words.contains_key(*key)) {
            let message = format!("safety.yaml has no `{key}`");
            self.sink.push(Diagnostic::error("missing-key", message).at(safety.place.clone()));
        }
        let words: BTreeMap<String, TextId> =
            safety.words.iter().map(|(key, source)| (key.clone(), self.add(source, Form::Line))).collect();
        signs::check(self.library, self.texts, &words, self.sink);
        SafetyTexts {
            words,
            review: Review {
                what: "the safety text".into(),
                claims: safety.claims.clone(),
                reviewed: safety.reviewed,
                review_by: safety.review_by,
                place: safety.place.clone(),
            },
            place: safety.place.clone(),
        }
    }

    fn section(&mut self, section: &content::Section) -> Section {
        if section.id == WHEN_TO_CALL
            && let Some(condition) = section.conditions.first()
        {
            let fault =
                Diagnostic::error("locked-section", "safety text prints always and has no conditions");
            self.sink.push(fault.at(condition.place.clone()).hint("remove `conditions`"));
        }
        Section {
            title: self.add(&section.title, Form::Line),
            show_title: section.show_title,
            body: self.add(&section.body, Form::Blocks),
            audience: section.audience,
            priority: section.priority,
            icon: self.picture(section.icon.as_deref()),
            conditions: self.conditions(&section.conditions),
            review: Review {
                what: format!("the section `{}`", section.id),
                claims: section.claims.clone(),
                reviewed: section.reviewed,
                review_by: section.review_by,
                place: section.place.clone(),
            },
            place: section.place.clone(),
        }
    }

    fn question(&mut self, question: &content::Question) -> Question {
        Question {
            id: question.id.clone(),
            question: self.add(&question.question, Form::Line),
            answer: self.add(&question.answer, Form::Blocks),
            audience: question.audience,
            priority: question.priority,
            conditions: self.conditions(&question.conditions),
            review: Review {
                what: format!("the question `{}`", question.id),
                claims: question.claims.clone(),
                reviewed: question.reviewed,
                review_by: question.review_by,
                place: question.place.clone(),
            },
        }
    }

    fn exercises(&mut self, exercises: &IndexMap<String, content::Exercise>) -> IndexMap<String, Exercise> {
        exercises.iter().map(|(id, exercise)| (id.clone(), self.exercise(exercise))).collect()
    }

    fn exercise(&mut self, exercise: &content::Exercise) -> Exercise {
        let facts = &self.library.treatment.facts;
        // A library that treatments share names facts of others too.
        let not_with = facts.iter().enumerate().filter(|(_, fact)| exercise.not_with.contains_key(&fact.id));
        let steps: Vec<TextId> = exercise.steps.iter().map(|step| self.add(step, Form::Line)).collect();
        Exercise {
            name: self.add(&exercise.name, Form::Line),
            alt: self.add(&exercise.alt, Form::Plain),
            steps: steps.clone(),
            dose: exercise.dose.as_ref().map(|dose| (dose.dosage, self.dosed(exercise, dose, &steps))),
            picture: self.picture(exercise.figure.as_deref()),
            regions: exercise.regions.clone(),
            not_with: not_with.map(|(index, _)| index).collect(),
            priority: exercise.priority,
            review: Review {
                what: format!("the exercise `{}`", exercise.id),
                claims: exercise.claims.clone(),
                reviewed: exercise.reviewed,
                review_by: exercise.review_by,
                place: exercise.place.clone(),
            },
        }
    }

    /// Steps without a number are those of every sheet.
    fn dosed(
        &mut self,
        exercise: &content::Exercise,
        dose: &content::Dosed,
        steps: &[TextId],
    ) -> Vec<TextId> {
        let pairs = exercise.steps.iter().zip(&dose.steps).zip(steps);
        let text = |((usual, marked), step): ((&content::Source, &content::Source), &TextId)| {
            if usual.text == marked.text {
                *step
            } else {
                self.texts.add(marked, Form::Line, &mut Sink::default())
            }
        };
        pairs.map(text).collect()
    }

    fn conditions(&mut self, conditions: &[content::Source]) -> Vec<TextId> {
        conditions.iter().map(|condition| self.add(condition, Form::Condition)).collect()
    }

    /// `content::load` has checked that it is there.
    fn picture(&self, id: Option<&str>) -> Option<Arc<Picture>> {
        id.and_then(|id| self.library.pictures.get(id)).cloned()
    }

    /// The layout is one for all languages, so its faults are told once.
    fn layout(&mut self, first: bool) -> TextId {
        let source = &self.library.templates.handout;
        if first {
            templates::check_handout(self.library, self.sink);
            return self.add(source, Form::Layout);
        }
        self.texts.add(source, Form::Layout, &mut Sink::default())
    }

    fn brochure(&mut self, first: bool) -> TextId {
        let source = &self.library.templates.brochure;
        if first {
            templates::check_brochure(self.library, self.sink);
            return self.add(source, Form::Brochure);
        }
        self.texts.add(source, Form::Brochure, &mut Sink::default())
    }
}
