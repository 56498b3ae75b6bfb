//! MERGE: library and request become a document.
//!
//! [`Merger::new`] compiles every text of the library once and finds every fault in them; [`Merger::merge`] then
//! fills the texts for one request. In three parts, each of which knows only those before it: [`compile`] makes the texts
//! ready, [`rules`] decides what stands on a sheet and how long things take, [`fill`] writes it. [`trial`] takes all
//! three through made-up cases when a folder is loaded, so that no text fails on a patient's sheet.

mod compile;
mod fill;
mod rules;
mod trial;

#[doc(hidden)]
pub use compile::names;
pub use fill::own_page;

use crate::content::Library;
use crate::diagnostic::{Diagnostic, Faults, Place, Report, Sink};
use crate::document::{Brochure, Calendar, ChartNote, Document, Notice, Reach, Text};
use crate::locale::Language;
use crate::options::chosen::Answer;
use crate::options::{Fold, Name};
use crate::request::Request;
use chrono::{NaiveDate, NaiveTime, Utc};
use compile::{Compiled, Values};
use fill::{Given, Wording};
use indexmap::IndexMap;
use rules::{Session, Sheet, Situation};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The texts of a library, compiled. Made once, shared by threads.
#[derive(Debug)]
pub struct Merger {
    packs: IndexMap<Language, OnceLock<Result<Compiled, Faults>>>,
    trial: Trial,
}

/// How texts are tried when they are compiled.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Trial {
    /// Each with the options that it depends on.
    All,
    /// Those that come with the program only with what the clinic's profile says.
    Own,
    /// They were tried before.
    None,
}

impl Merger {
    /// Compiles every text of every language and tries each with the options that it depends on.
    ///
    /// Errors: all faults of all texts, each at its place in the author's file: syntax, unknown names, filters and
    /// section ids (in branches that are rarely taken too), Markdown that cannot be printed, safety wording that
    /// could come out blank.
    pub fn new(library: &Library) -> Result<Report<Merger>, Faults> {
        Merger::compiled(library, Trial::All)
    }

    /// The same where the texts of a language that come with the program are compiled when a sheet first asks for them, and
    /// tried with little beside what the clinic's profile says: the test suite tries them with everything.
    ///
    /// Errors: as [`Merger::new`], of the other texts.
    pub fn of_folder(library: &Library) -> Result<Report<Merger>, Faults> {
        Merger::compiled(library, Trial::Own)
    }

    /// The same for a library whose texts were tried before: trying them again takes longer than a sheet.
    ///
    /// Errors: faults that are found without trying a text out.
    pub fn tried_before(library: &Library) -> Result<Report<Merger>, Faults> {
        Merger::compiled(library, Trial::None)
    }

    fn compiled(library: &Library, trial: Trial) -> Result<Report<Merger>, Faults> {
        let mut sink = Sink::default();
        let mut packs = IndexMap::new();
        for (language, pack) in library.packs.iter() {
            let waits = trial != Trial::All && pack.is_tried;
            let compiled = if waits { None } else { trial.compiled(library, language, &mut sink) };
            packs
                .insert(language.clone(), compiled.map_or_else(OnceLock::new, |one| OnceLock::from(Ok(one))));
        }
        sink.finish(Some(Merger { packs, trial }))
    }

    /// One patient's document. `covered` says whether a font has a character.
    ///
    /// Errors: safety text past its review date; a request that its library does not fit. Messages hold nothing
    /// of the patient's.
    pub fn merge(
        &self,
        library: &Library,
        request: &Request,
        covered: &dyn Fn(char) -> bool,
    ) -> Result<Report<Document>, Faults> {
        let at = request.session_at.with_timezone(&Utc);
        self.sheet(library, request, covered, |sheet| fill::document(sheet, &request.language, at))
    }

    /// The same, and what a clinician asks the patient before the end: in the sheet's language, without anything that was
    /// typed for the patient.
    ///
    /// Errors: as [`Merger::merge`].
    pub fn merge_asking(
        &self,
        library: &Library,
        request: &Request,
        covered: &dyn Fn(char) -> bool,
    ) -> Result<(Report<Document>, Vec<String>), Faults> {
        let at = request.session_at.with_timezone(&Utc);
        self.sheet(library, request, covered, |mut sheet| {
            let questions = fill::unnamed(&mut sheet, fill::questions)?;
            Ok((fill::document(sheet, &request.language, at)?, questions))
        })
    }

    /// What is made of a patient's sheet.
    fn sheet<T>(
        &self,
        library: &Library,
        request: &Request,
        covered: &dyn Fn(char) -> bool,
        make: impl FnOnce(Sheet<'_>) -> Result<T, Faults>,
    ) -> Result<T, Faults> {
        let pack = self.pack(library, &request.language)?;
        let session = Session::new(request.session_at.with_timezone(&Utc), library.clinic.time_zone)?;
        let name = request.patient.as_deref().map(|name| fill::name(name, covered)).unwrap_or_default();
        let patient = name.text.map(|name| fill::isolated(&name, pack.direction));
        let mut situation = Situation::of_request(library, request, session, patient.as_deref());
        let mut warnings = name.warnings;
        for option in library.treatment.options.values() {
            let Some(Answer::Text(text)) = request.chosen.get(&option.id) else { continue };
            let (text, told) = fill::line(text, covered);
            let text = fill::isolated(&text, pack.direction);
            let at = |warning: Diagnostic| warning.at(Place::file(option.key.column.to_string()));
            warnings.extend(told.into_iter().map(at));
            situation.chosen.to_mut().set(option.id.clone(), Answer::Text(text));
        }
        let mut sheet = fill::sheet(library, pack, situation, request.today, covered);
        sheet.request = Some(request);
        sheet.warnings.extend(warnings);
        make(sheet)
    }

    /// Every text that is past its date, and every claim that one rests on, whether or not a sheet of it can be made: warnings
    /// that do not print keep nobody from knowing of the others.
    pub fn expired(&self, library: &Library, today: NaiveDate) -> Vec<Diagnostic> {
        let packs = self.packs.keys().filter_map(|language| self.pack(library, language).ok());
        let reviews = packs.flat_map(Compiled::reviews);
        let expired = reviews.flat_map(|review| review.expired(today, &library.claims));
        expired.map(|expired| expired.as_warning()).collect()
    }

    /// The note for the chart about a patient's sheet, in the clinic's first language. It knows neither name nor note of the
    /// patient. `exercises` stand on the sheet; for the sections `omitted` it had no room.
    ///
    /// Errors: as [`Merger::merge`]; words of a folder that no note has room for.
    pub fn chart_note(
        &self,
        library: &Library,
        request: &Request,
        exercises: &[String],
        omitted: &[String],
    ) -> Result<ChartNote, Faults> {
        let approval = &self.pack(library, &request.language)?.approval;
        let language = self.packs.keys().next().unwrap_or(&request.language);
        let given = Given { request, approval, exercises, omitted };
        self.beside(library, &unnamed(request), language, |sheet| fill::chart_note(sheet, &given))
    }

    /// What marks a sheet as the copy for a clinician who does not read the patient's, in its own language.
    ///
    /// Errors: as [`Merger::merge`].
    pub fn copy_mark(&self, library: &Library, request: &Request) -> Result<String, Faults> {
        self.beside(library, &unnamed(request), &request.language, fill::copy_mark)
    }

    /// The moments of a patient's sheet for a calendar, in the sheet's language. It knows neither name nor note of the patient.
    ///
    /// Errors: as [`Merger::merge`].
    pub fn calendar(&self, library: &Library, request: &Request) -> Result<Calendar, Faults> {
        self.beside(library, &unnamed(request), &request.language, |sheet| fill::calendar(sheet, request))
    }

    /// Something that goes with a sheet.
    fn beside<T>(
        &self,
        library: &Library,
        request: &Request,
        language: &Language,
        make: impl FnOnce(&Sheet<'_>) -> Result<T, Faults>,
    ) -> Result<T, Faults> {
        let pack = self.pack(library, language)?;
        let session = Session::new(request.session_at.with_timezone(&Utc), library.clinic.time_zone)?;
        let situation = Situation::of_request(library, request, session, None);
        let mut sheet = fill::sheet(library, pack, situation, request.today, &|_| true);
        sheet.request = Some(request);
        make(&sheet)
    }

    /// The text for everybody (brochure, site): spans in place of clock times, the signs of every area, nothing of a patient.
    ///
    /// Errors: as [`Merger::merge`].
    pub fn merge_public(
        &self,
        library: &Library,
        language: &Language,
        today: NaiveDate,
    ) -> Result<Report<Document>, Faults> {
        let pack = self.pack(library, language)?;
        let situation = Situation::public(library);
        let sheet = fill::sheet(library, pack, situation, today, &|_| true);
        fill::document(sheet, language, today.and_time(NaiveTime::MIN).and_utc())
    }

    /// The general text as a folded brochure: as [`Merger::merge_public`], on the panels of `brochure.md.tera`.
    ///
    /// Errors: as [`Merger::merge`]; panels that make no brochure.
    pub fn merge_brochure(
        &self,
        library: &Library,
        language: &Language,
        fold: Fold,
        today: NaiveDate,
    ) -> Result<Report<Brochure>, Faults> {
        let pack = self.pack(library, language)?;
        let situation = Situation { fold: Some(fold), ..Situation::public(library) };
        let mut sheet = fill::sheet(library, pack, situation, today, &|_| true);
        let brochure = fill::brochure(&mut sheet, language)?;
        Ok(Report { value: brochure, warnings: sheet.warnings })
    }

    /// What posters and cards say: as [`Merger::merge_public`], at its shortest. `medium`: what the address of its code ends in.
    ///
    /// Errors: as [`Merger::merge`].
    pub fn merge_notice(
        &self,
        library: &Library,
        language: &Language,
        medium: &str,
        today: NaiveDate,
    ) -> Result<Report<Notice>, Faults> {
        let pack = self.pack(library, language)?;
        let mut sheet = fill::sheet(library, pack, Situation::public(library), today, &|_| true);
        let notice = fill::notice(&mut sheet, language, medium)?;
        Ok(Report { value: notice, warnings: sheet.warnings })
    }

    /// The line that says when it is an emergency, and the one that says how to reach the clinic, if anybody knows.
    ///
    /// Errors: as [`Merger::merge`]; a line that tells another number.
    pub fn lines_to_call(
        &self,
        library: &Library,
        language: &Language,
        today: NaiveDate,
    ) -> Result<(Text, Option<Text>), Faults> {
        let pack = self.pack(library, language)?;
        let sheet = fill::sheet(library, pack, Situation::public(library), today, &|_| true);
        let safety = fill::safety(&sheet)?;
        Ok((fill::emergency_line(&sheet)?, fill::reach(&sheet, &safety)))
    }

    /// How to reach the clinic, for screens.
    ///
    /// Errors: an unknown language; a text that fails.
    pub fn reach(&self, library: &Library, language: &Language) -> Result<Reach, Faults> {
        let pack = self.pack(library, language)?;
        let situation = Situation::public(library);
        let sheet = fill::sheet(library, pack, situation, NaiveDate::default(), &|_| true);
        fill::reached(&sheet)
    }

    /// The words of a group of `words.yaml` (`site`) in their wording for everybody, by the key inside the group.
    ///
    /// Errors: an unknown language; a text that fails.
    pub fn public_words(
        &self,
        library: &Library,
        language: &Language,
        group: &str,
    ) -> Result<BTreeMap<String, Text>, Faults> {
        let pack = self.pack(library, language)?;
        let situation = Situation::public(library);
        let wording = Wording::of(pack, &library.clinic);
        let values = Values { context: wording.context(&situation), trial: false };
        let words = pack
            .words
            .iter()
            .filter_map(|(key, id)| Some((key.strip_prefix(group)?.strip_prefix('.')?.to_owned(), *id)));
        words.map(|(key, id)| Ok((key, pack.texts.line(id, &values)?))).collect()
    }

    /// One word of `words.yaml` in its wording for everybody.
    ///
    /// Errors: an unknown language; a text that fails; a word that there is not.
    pub fn public_word(&self, library: &Library, language: &Language, key: &str) -> Result<Text, Faults> {
        let pack = self.pack(library, language)?;
        let situation = Situation::public(library);
        let wording = Wording::of(pack, &library.clinic);
        let values = Values { context: wording.context(&situation), trial: false };
        let missing = || Diagnostic::error("missing-key", format!("words.yaml has no `{key}`"));
        let id = pack.words.get(key).ok_or_else(missing)?;
        pack.texts.line(*id, &values)
    }

    fn pack(&self, library: &Library, language: &Language) -> Result<&Compiled, Faults> {
        let Some(pack) = self.packs.get(language) else {
            let known: Vec<&str> = self.packs.keys().map(Language::tag).collect();
            let message = format!("the clinic has no texts in the language `{language}`");
            let hint = format!("known are {}", compile::quoted(&known));
            return Err(Diagnostic::error("unknown-language", message)
                .about(language.tag())
                .hint(hint)
                .into());
        };
        let compiled = || {
            let mut sink = Sink::default();
            let compiled = self.trial.compiled(library, language, &mut sink);
            sink.finish(compiled).map(|report| report.value)
        };
        pack.get_or_init(compiled).as_ref().map_err(Clone::clone)
    }
}

impl Trial {
    fn compiled(self, library: &Library, language: &Language, sink: &mut Sink) -> Option<Compiled> {
        let (index, _, pack) = library.packs.get_full(language)?;
        let compiled = compile::compile(library, pack, index == 0, sink)?;
        match self {
            Trial::All => trial::try_all(library, &compiled, sink),
            Trial::Own => trial::try_own(library, &compiled, sink),
            Trial::None => {}
        }
        Some(compiled)
    }
}

/// A request without what was typed for its patient to read.
fn unnamed(request: &Request) -> Request {
    let mut unnamed = Request { patient: None, note: None, ..request.clone() };
    let typed = |(id, answer): (&Name, &Answer)| matches!(answer, Answer::Text(_)).then(|| id.clone());
    let typed: Vec<Name> = request.chosen.iter().filter_map(typed).collect();
    typed.iter().for_each(|id| drop(unnamed.chosen.take(id)));
    unnamed
}
