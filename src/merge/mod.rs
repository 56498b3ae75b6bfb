//! MERGE: library and request become a document.
//!
//! [`Merger::new`] compiles every text of the library once and finds every fault in them; [`Merger::merge`] then
//! fills the texts for one request. The time windows ([`protocol`]) and the safety tiers ([`safety`]) are code
//! over data: content says them in words and can neither change a figure nor leave a sign out.

mod brochure;
mod compile;
mod drafts;
mod escape;
mod filled;
mod fillers;
mod handout;
mod keep;
mod masthead;
pub mod names;
mod own_page;
pub mod protocol;
mod review;
pub mod safety;
mod select;
mod sheet;
mod signs;
mod spaces;
mod texts;
mod timeline;
mod trial;
mod uncovered;
mod variables;

use crate::content::Library;
use crate::diagnostic::{Diagnostic, Faults, Place, Report, Sink};
use crate::document::{Brochure, Document, Meta, Text};
use crate::locale::Language;
use crate::options::Fold;
use crate::options::chosen::{Answer, Chosen};
use crate::request::Request;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use compile::Compiled;
use indexmap::IndexMap;
use protocol::{Session, Windows};
use sheet::Sheet;
use std::borrow::Cow;
use std::collections::BTreeMap;
use texts::Values;
use variables::{Situation, Wording};

/// The texts of a library, compiled. Made once, shared by threads.
#[derive(Debug)]
pub struct Merger {
    packs: IndexMap<Language, Compiled>,
}

impl Merger {
    /// Compiles every text of every language and tries each with the options that it depends on.
    ///
    /// Errors: all faults of all texts, each at its place in the author's file: syntax, unknown names, filters and
    /// section ids (in branches that are rarely taken too), Markdown that cannot be printed, safety wording that
    /// could come out blank.
    pub fn new(library: &Library) -> Result<Report<Merger>, Faults> {
        Merger::compiled(library, trial::try_all)
    }

    /// The same for a library whose texts were tried before: trying them again takes longer than a sheet.
    ///
    /// Errors: faults that are found without trying a text out.
    pub fn tried_before(library: &Library) -> Result<Report<Merger>, Faults> {
        Merger::compiled(library, |_, _, _| {})
    }

    fn compiled(
        library: &Library,
        attempt: impl Fn(&Library, &Compiled, &mut Sink),
    ) -> Result<Report<Merger>, Faults> {
        let mut sink = Sink::default();
        let mut packs = IndexMap::new();
        for (index, (language, pack)) in library.packs.iter().enumerate() {
            if let Some(compiled) = compile::compile(library, pack, index == 0, &mut sink) {
                attempt(library, &compiled, &mut sink);
                packs.insert(language.clone(), compiled);
            }
        }
        sink.finish(Some(Merger { packs }))
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
        let pack = self.pack(&request.language)?;
        let session = Session::new(request.session_at.with_timezone(&Utc), library.clinic.time_zone)?;
        let name = request.patient.as_deref().map(|name| uncovered::name(name, covered)).unwrap_or_default();
        let mut situation = situation(library, request, session, name.text.as_deref());
        let mut warnings = name.warnings;
        for option in library.treatment.options.values() {
            let Some(Answer::Text(text)) = request.chosen.get(&option.id) else { continue };
            let (text, told) = uncovered::line(text, covered);
            let at = |warning: Diagnostic| warning.at(Place::file(option.key.column.to_string()));
            warnings.extend(told.into_iter().map(at));
            situation.chosen.to_mut().set(option.id.clone(), Answer::Text(text));
        }
        let mut sheet = sheet(library, pack, situation, request.today, covered);
        sheet.request = Some(request);
        sheet.warnings.extend(warnings);
        document(sheet, &request.language, request.session_at.with_timezone(&Utc))
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
        let pack = self.pack(language)?;
        let situation = public_situation(library);
        let sheet = sheet(library, pack, situation, today, &|_| true);
        document(sheet, language, today.and_time(NaiveTime::MIN).and_utc())
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
        let pack = self.pack(language)?;
        let situation = Situation { fold: Some(fold), ..public_situation(library) };
        let mut sheet = sheet(library, pack, situation, today, &|_| true);
        let brochure = brochure::brochure(&mut sheet, language)?;
        Ok(Report { value: brochure, warnings: sheet.warnings })
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
        let pack = self.pack(language)?;
        let situation = public_situation(library);
        let wording = Wording { fillers: &pack.fillers, dates: &pack.dates, clinic: &library.clinic };
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
        let pack = self.pack(language)?;
        let situation = public_situation(library);
        let wording = Wording { fillers: &pack.fillers, dates: &pack.dates, clinic: &library.clinic };
        let values = Values { context: wording.context(&situation), trial: false };
        let missing = || Diagnostic::error("missing-key", format!("words.yaml has no `{key}`"));
        let id = pack.words.get(key).ok_or_else(missing)?;
        pack.texts.line(*id, &values)
    }

    fn pack(&self, language: &Language) -> Result<&Compiled, Faults> {
        self.packs.get(language).ok_or_else(|| {
            let known: Vec<&str> = self.packs.keys().map(Language::tag).collect();
            let message = format!("the clinic has no texts in the language `{language}`");
            let hint = format!("known are {}", texts::quoted(&known));
            Diagnostic::error("unknown-language", message).about(language.tag()).hint(hint).into()
        })
    }
}

fn situation<'a>(
    library: &'a Library,
    request: &'a Request,
    session: Session,
    name: Option<&'a str>,
) -> Situation<'a> {
    Situation {
        treatment: &library.treatment,
        windows: Windows::of_session(library, &request.chosen),
        session: Some(session),
        patient: name.unwrap_or_default(),
        therapist: request.therapist.as_deref().map(|name| signed(library, name)).unwrap_or_default(),
        chosen: Cow::Borrowed(&request.chosen),
        next_visit: request.next_visit,
        has_note: request.note.is_some(),
        fold: None,
    }
}

/// A therapist as the sheet names them.
fn signed<'a>(library: &'a Library, name: &'a str) -> &'a str {
    let found = library.clinic.therapists.iter().find(|therapist| therapist.name == name);
    found.map_or(name, |therapist| &therapist.signed)
}

fn public_situation(library: &Library) -> Situation<'_> {
    Situation {
        treatment: &library.treatment,
        windows: Windows::general(&library.protocol),
        session: None,
        patient: "",
        therapist: "",
        chosen: Cow::Owned(Chosen::default()),
        next_visit: None,
        has_note: false,
        fold: None,
    }
}

fn sheet<'a>(
    library: &'a Library,
    pack: &'a Compiled,
    situation: Situation<'a>,
    today: NaiveDate,
    covered: &'a dyn Fn(char) -> bool,
) -> Sheet<'a> {
    let wording = Wording { fillers: &pack.fillers, dates: &pack.dates, clinic: &library.clinic };
    let values = Values { context: wording.context(&situation), trial: false };
    Sheet {
        library,
        pack,
        situation,
        values,
        request: None,
        covered,
        today,
        warnings: Vec::new(),
        reviewed: None,
    }
}

fn document(
    mut sheet: Sheet<'_>,
    language: &Language,
    date: DateTime<Utc>,
) -> Result<Report<Document>, Faults> {
    let safety = safety::safety(&sheet)?;
    let masthead = masthead::masthead(&mut sheet)?;
    let body = handout::body(&mut sheet)?;
    let running = masthead::running(&sheet, &masthead.outline_title)?;
    let meta = meta(&sheet, running.subject.clone(), language, date);
    let document = Document::new(meta, masthead, safety, body, running);
    Ok(Report { value: document, warnings: sheet.warnings })
}

fn meta(sheet: &Sheet<'_>, title: String, language: &Language, date: DateTime<Utc>) -> Meta {
    let clinic = &sheet.library.clinic;
    Meta {
        language: language.clone(),
        author: clinic.name.clone(),
        description: format!("{title}, {}, {}", clinic.name, clinic.city),
        title,
        date,
        content_version: sheet.library.version.clone(),
    }
}
