//! The keys of each kind of file of a clinic folder, for its schemas and the author's manual.

use super::{LANGUAGE_WORDS, TREATMENT_WORDS};
use super::{
    advertising, brand, claims, clinic, dates, exercises, names, presets, prose, questions, review, section,
    setting, translation, treatment, words,
};
use crate::content::HEADINGS;
use crate::content::yaml::Key as Field;

/// What a file of a clinic folder holds.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    Keys(&'static [Field]),
    /// A list of such mappings.
    List(&'static [Field]),
    /// A list of such mappings, with the keys of a request beside these.
    Presets(&'static [Field]),
    /// Keys, and others that a treatment's options bring.
    Open(&'static [Field]),
    /// Texts by dotted key, with the keys that stand beside them.
    Words(&'static [&'static str], &'static [Field]),
}

/// Every kind of file that holds keys, by the name of its chapter in the author's manual.
pub const FILES: [(&str, Shape); 18] = [
    ("content/clinic.yaml", Shape::Keys(clinic::FILE)),
    ("content/claims.yaml", Shape::List(claims::CLAIM)),
    ("content/advertising.yaml", Shape::List(advertising::RULE)),
    ("content/treatments/<id>/treatment.yaml", Shape::Keys(treatment::FILE)),
    ("content/treatments/<id>/presets.yaml", Shape::Presets(presets::PRESET)),
    ("content/treatments/<id>/<language>/*.md", Shape::Keys(section::SECTION)),
    ("content/treatments/<id>/<language>/faq.yaml", Shape::List(questions::QUESTION)),
    ("content/treatments/<id>/<language>/safety.yaml", Shape::Words(&HEADINGS, review::KEYS)),
    ("content/treatments/<id>/<language>/words.yaml", Shape::Words(TREATMENT_WORDS, &[])),
    ("content/treatments/<id>/<language>/translation.yaml", Shape::Keys(translation::FILE)),
    ("content/languages/<language>/language-words.yaml", Shape::Words(LANGUAGE_WORDS, setting::OF_LANGUAGE)),
    ("content/languages/<language>/names.yaml", Shape::Open(names::FILE)),
    ("content/dates/<language>.yaml", Shape::Keys(dates::FILE)),
    ("content/prose/<language>.yaml", Shape::Keys(prose::FILE)),
    ("content/records/<language>.yaml", Shape::Words(words::RECORD_WORDS, &[])),
    ("content/exercises/<language>/library.yaml", Shape::List(exercises::EXERCISE)),
    ("templates/brand.yaml", Shape::Keys(brand::FILE)),
    ("content/languages/<language>/web.yaml", Shape::Words(&[], &[])),
];
