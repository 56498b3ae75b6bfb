//! The texts that are tried: which print together, for whom, and what each must hold.

use crate::content::{Audience, Step, Treatment};
use crate::merge::compile::{Compiled, TextId, is_plain};
use crate::options::sections::QUICK_ANSWER;
use indexmap::IndexMap;

/// Words that may not come out blank, with all of `timeline`.
const NEVER_BLANK: [&str; 10] = [
    "title",
    "document-title",
    "quick-lead",
    "quick-answer",
    "exercises",
    "note",
    "note-plain",
    "next-visit",
    "contact.heading",
    "faq",
];

/// Groups of such words.
const RECORDS: [&str; 5] = ["timeline.", "steps.", "chart.", "calendar.", "teach-back."];
/// Those that a patient acts on, with the quick answer: a mark alone says nothing.
const WORDED: [&str; 2] = ["timeline.", "steps."];

/// Texts that print together, and when.
pub struct Unit<'t> {
    pub audience: Audience,
    pub conditions: Vec<TextId>,
    /// The one whose words they are: they stand where it does.
    pub step: Option<&'t Step>,
    pub texts: Vec<(TextId, Shape)>,
}

/// How a text is read, and what it may lack.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Line(Least),
    Plain(Least),
    Blocks(Least),
}

/// What a text has at least, for everybody.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Least {
    /// It may be blank.
    Nothing,
    Mark,
    Word,
}

pub fn units<'t>(pack: &Compiled, treatment: &'t Treatment) -> Vec<Unit<'t>> {
    let mut units = Vec::new();
    for (id, section) in &pack.sections {
        let least = if id == QUICK_ANSWER { Least::Word } else { Least::Nothing };
        units.push(Unit {
            audience: section.audience,
            conditions: section.conditions.clone(),
            step: None,
            texts: vec![(section.title, Shape::Line(Least::Mark)), (section.body, Shape::Blocks(least))],
        });
    }
    for question in &pack.questions {
        let answer = (question.answer, Shape::Blocks(Least::Nothing));
        units.push(Unit {
            audience: question.audience,
            conditions: question.conditions.clone(),
            step: None,
            texts: vec![(question.question, Shape::Line(Least::Mark)), answer],
        });
    }
    let line = |text: TextId, shape: Shape| Unit {
        audience: Audience::Both,
        conditions: Vec::new(),
        step: None,
        texts: vec![(text, shape)],
    };
    for exercise in pack.libraries.values().flat_map(IndexMap::values) {
        units.push(line(exercise.name, Shape::Line(Least::Mark)));
        units.push(line(exercise.alt, Shape::Plain(Least::Mark)));
        units.extend(exercise.steps.iter().map(|step| line(*step, Shape::Line(Least::Mark))));
    }
    for (key, word) in &pack.words {
        let least = least(key);
        let shape = if is_plain(key) { Shape::Plain(least) } else { Shape::Line(least) };
        units.push(Unit { step: step_of(key, treatment), ..line(*word, shape) });
    }
    units
}

fn least(key: &str) -> Least {
    let is_of = |groups: &[&str]| groups.iter().any(|group| key.starts_with(group));
    match () {
        () if is_of(&WORDED) => Least::Word,
        () if is_of(&RECORDS) || NEVER_BLANK.contains(&key) => Least::Mark,
        () => Least::Nothing,
    }
}

fn step_of<'t>(key: &str, treatment: &'t Treatment) -> Option<&'t Step> {
    let (id, _) = key.strip_prefix("steps.")?.split_once('.')?;
    treatment.steps.iter().find(|step| *step.id == *id)
}

impl Shape {
    pub fn least(self) -> Least {
        match self {
            Shape::Line(least) | Shape::Plain(least) | Shape::Blocks(least) => least,
        }
    }
}

impl Least {
    /// What a text that lacks it is told to be.
    pub fn lacking(self, text: &str) -> Option<&'static str> {
        match self {
            Least::Nothing => None,
            _ if text.trim().is_empty() => Some("this text comes out blank for some requests"),
            Least::Word if !text.chars().any(char::is_alphanumeric) => {
                Some("this text comes out as a mark without words for some requests")
            }
            Least::Mark | Least::Word => None,
        }
    }
}
