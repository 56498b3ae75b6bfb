//! The public pages: what `html::site` is given, from the library and the general text.

use super::pictures::{no_pictures, picture_fault};
use super::{BrochureRequest, Care, Engine, yours};
use crate::content::{Claim, Library, Opening, Pack, PostalAddress, Strength, check_advertising};
use crate::diagnostic::{Diagnostic, Faults, Report, Sink};
use crate::document::{Block, Document, Text, plain_text};
use crate::html::site::{
    BaseUrl, Evidence, EvidenceSource, ICON, Outlet, PHONE_ICON, QuestionGroup, Reviewer, SiteAddress,
    SiteClinic, SiteFiles, SiteHours, SiteLanguage, SiteRenderer,
};
use crate::locale::{Direction, Language};
use crate::options::sections::{QUICK_ANSWER, WHEN_TO_CALL};
use crate::options::{Fold, Marks, Purpose};
use crate::social::{self, Paint};
use crate::template::TemplateSource;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

impl Engine {
    /// The general text as a web site: file name → bytes. `today` decides only whether safety text may still be shown.
    ///
    /// # Errors
    /// Words that advertising rules forbid; safety text past its review date; a fault of a template.
    pub fn site(&self, base: Option<&BaseUrl>, today: NaiveDate) -> Result<Report<SiteFiles>, Faults> {
        self.outlets(&[Outlet::Pages], base, today)
    }

    /// The general text for web sites, mails and pages of others: file name → bytes.
    ///
    /// # Errors
    /// As [`Engine::site`].
    pub fn outlets(
        &self,
        outlets: &[Outlet],
        base: Option<&BaseUrl>,
        today: NaiveDate,
    ) -> Result<Report<SiteFiles>, Faults> {
        let mut sink = Sink::default();
        let rules = self.treatments().flat_map(check_advertising);
        rules.for_each(|fault| sink.push_once(fault));
        sink.join(self.published(outlets, base, today, Paint::Painted))
    }

    /// As [`Engine::site`], whatever its words are; a trial needs no painted pictures.
    pub(super) fn pages(
        &self,
        base: Option<&BaseUrl>,
        today: NaiveDate,
        paint: Paint,
    ) -> Result<Report<SiteFiles>, Faults> {
        self.published(&[Outlet::Pages], base, today, paint)
    }

    fn published(
        &self,
        outlets: &[Outlet],
        base: Option<&BaseUrl>,
        today: NaiveDate,
        paint: Paint,
    ) -> Result<Report<SiteFiles>, Faults> {
        let library = self.library();
        let mut sink = Sink::default();
        let mut languages = Vec::new();
        let packs = self.cares().flat_map(|care| care.library.packs.values().map(move |pack| (care, pack)));
        for (care, pack) in packs {
            let paint = outlets.contains(&Outlet::Pages).then_some(paint);
            match self.language(care, pack, today, paint) {
                Ok(report) => {
                    report.warnings.into_iter().for_each(|warning| sink.push(warning));
                    languages.push(report.value);
                }
                Err(faults) => sink.extend(faults),
            }
        }
        let templates = &library.templates;
        let report = sink.finish(Some(()))?;
        let renderer =
            SiteRenderer::new(&sources(&templates.html), &sources(&templates.site), &library.brand)?;
        let mark = format!("aftercare {}", library.version);
        let mut files = renderer.outlets(&languages, base, outlets, &mark);
        if outlets.contains(&Outlet::Pages) {
            files.extend(renderer.render(&clinic(library), &languages, base, &mark)?);
            if paint == Paint::Painted {
                let drawn = files.get(ICON).map(|icon| String::from_utf8_lossy(icon)).unwrap_or_default();
                let icon = social::icon(&drawn, library.brand.palette.paper, &mark);
                files.insert(PHONE_ICON.to_owned(), icon.map_err(|error| picture_fault(&error))?);
            }
        }
        Ok(Report { value: files, warnings: report.warnings })
    }

    fn language(
        &self,
        care: &Care,
        pack: &Pack,
        today: NaiveDate,
        paint: Option<Paint>,
    ) -> Result<Report<SiteLanguage>, Faults> {
        let (library, merger, language) = (&care.library, care.merger()?, &pack.language);
        let Report { value: document, mut warnings } = merger.merge_public(library, language, today)?;
        let words = merger.public_words(library, language, "site")?;
        let names = merger.public_words(library, language, "languages")?;
        let treatment = merger.public_word(library, language, "treatment")?;
        let prefix = library.page_prefix();
        let reach = merger.reach(library, language)?;
        let name =
            names.get(language.tag()).map_or_else(|| language.tag().to_owned(), |name| plain_text(name));
        let reviewer = reviewer(pack, today);
        let printed = Printed { library, pack, document: &document, words: &words, reviewer };
        let groups = question_groups(&printed);
        let (evidence, questions) = (printed.evidence(&[]), printed.questions_title());
        let pictures = match paint {
            Some(paint) => self.pictures_of((care, language), &document, today, paint)?,
            None => Vec::new(),
        };
        if paint.is_some() && pictures.is_empty() {
            warnings.push(no_pictures());
        }
        let yours = yours::data(care, pack, &words)?;
        let brochure = match paint {
            Some(Paint::Painted) => self.site_brochure(care, pack, today, &mut warnings),
            _ => None,
        };
        let language = SiteLanguage {
            prefix,
            treatment,
            evidence,
            questions,
            groups,
            name,
            words,
            pictures,
            brochure,
            yours,
            document,
            reach,
        };
        Ok(Report { value: language, warnings })
    }
}

impl Engine {
    /// The brochure that an office prints, for the folder of the site. The page has all that it says: without it, the site is made.
    fn site_brochure(
        &self,
        care: &Care,
        pack: &Pack,
        today: NaiveDate,
        warnings: &mut Vec<Diagnostic>,
    ) -> Option<Vec<u8>> {
        let asked = BrochureRequest {
            treatment: care.library.treatment.id.clone(),
            fold: Fold::Tri,
            paper: self.library().clinic.paper,
            purpose: Purpose::Office,
            language: pack.language.clone(),
            proof: false,
            marks: Marks::Crop,
        };
        match self.general_brochure(&asked, today) {
            Ok(made) => Some(made.value.bytes),
            Err(faults) => {
                let why = faults.0.first().map(|fault| fault.message.clone()).unwrap_or_default();
                let message =
                    format!("the site has no brochure of `{}` in {}: {why}", asked.treatment, asked.language);
                let hint = "`aftercare brochure` tells all that is wrong with it";
                warnings.push(Diagnostic::warning("no-brochure", message).hint(hint));
                None
            }
        }
    }
}

/// Who signed the texts of a language, where the signature holds.
fn reviewer(pack: &Pack, today: NaiveDate) -> Option<Reviewer> {
    let signature = pack.approval.on(today).ok()?;
    Some(Reviewer { name: signature.by.clone(), role: signature.role.clone(), on: signature.on })
}

fn question_groups(printed: &Printed<'_>) -> Vec<QuestionGroup> {
    let group = |id: &str| {
        let questions = printed.questions_of(id);
        QuestionGroup {
            id: id.to_owned(),
            title: printed.words.get(&format!("groups.{id}")).cloned().unwrap_or_default(),
            evidence: printed.evidence(&questions),
            questions,
        }
    };
    printed.groups().into_iter().map(group).collect()
}

pub(super) fn sources(files: &BTreeMap<String, crate::content::Source>) -> BTreeMap<String, TemplateSource> {
    let source = |source: &crate::content::Source| TemplateSource {
        text: source.text.clone(),
        place: source.place.clone(),
    };
    files.iter().map(|(name, file)| (name.clone(), source(file))).collect()
}

fn clinic(library: &Library) -> SiteClinic {
    let clinic = &library.clinic;
    let trackers = clinic.trackers.iter().map(|tracker| (tracker.name.clone(), tracker.host.clone()));
    SiteClinic {
        trackers: trackers.collect(),
        name: clinic.name.clone(),
        city: clinic.city.clone(),
        phone: clinic.phone.clone(),
        email: clinic.email.clone(),
        web: clinic.web.clone(),
        address: clinic.address.clone(),
        postal: clinic.postal.as_ref().map(postal),
        hours: clinic.hours.iter().map(hours).collect(),
        booking: clinic.booking.clone(),
        map: clinic.map.clone(),
        social: clinic.social.clone(),
    }
}

fn postal(address: &PostalAddress) -> SiteAddress {
    let PostalAddress { street, city, region, postal_code, country } = address.clone();
    SiteAddress { street, city, region, postal_code, country }
}

fn hours(opening: &Opening) -> SiteHours {
    let Opening { days, opens, closes } = opening.clone();
    SiteHours { days, opens, closes }
}

/// What a document shows of its pack.
struct Printed<'a> {
    library: &'a Library,
    pack: &'a Pack,
    document: &'a Document,
    /// Those of the site.
    words: &'a BTreeMap<String, Text>,
    reviewer: Option<Reviewer>,
}

/// Claims and dates of one text.
type Reviewed<'a> = (&'a [String], NaiveDate, NaiveDate);

impl<'a> Printed<'a> {
    fn sections(&self) -> impl Iterator<Item = &'a crate::document::Section> {
        self.document.body().iter().flat_map(|group| &group.sections)
    }

    /// Ids of the questions that are shown.
    fn questions(&self) -> BTreeSet<&'a str> {
        let blocks = self.sections().flat_map(|section| &section.blocks);
        let questions = blocks.flat_map(|block| match block {
            Block::Questions(questions) => questions.as_slice(),
            _ => &[],
        });
        questions.map(|question| question.id.as_str()).collect()
    }

    fn questions_title(&self) -> crate::document::Text {
        self.sections()
            .find(|section| section.id == "faq")
            .and_then(|section| section.title.clone())
            .unwrap_or_default()
    }

    /// Groups in the order of the file.
    fn groups(&self) -> Vec<&'a str> {
        let shown = self.questions();
        let mut groups = Vec::new();
        for question in self.pack.questions.iter().filter(|question| shown.contains(question.id.as_str())) {
            groups.extend(question.group.as_deref().filter(|group| !groups.contains(group)));
        }
        groups
    }

    fn questions_of(&self, group: &str) -> Vec<String> {
        let shown = self.questions();
        let of_group = self.pack.questions.iter().filter(|question| question.group.as_deref() == Some(group));
        of_group.map(|question| question.id.clone()).filter(|id| shown.contains(id.as_str())).collect()
    }

    /// What the page of some questions rests on; without any, what the whole page does. The warning signs are on both.
    fn evidence(&self, only: &[String]) -> Evidence {
        let safety = &self.pack.safety;
        let mut texts: Vec<Reviewed<'_>> = vec![(&safety.claims, safety.reviewed, safety.review_by)];
        let sections = self.sections().map(|section| section.id.as_str()).chain([QUICK_ANSWER]);
        let shown = self.questions();
        let sections = sections.filter(|_| only.is_empty()).chain([WHEN_TO_CALL]);
        texts.extend(
            sections
                .filter_map(|id| self.pack.sections.get(id))
                .map(|section| (section.claims.as_slice(), section.reviewed, section.review_by)),
        );
        let questions = self.pack.questions.iter().filter(|question| match only {
            [] => shown.contains(question.id.as_str()),
            only => only.contains(&question.id),
        });
        texts.extend(
            questions.map(|question| (question.claims.as_slice(), question.reviewed, question.review_by)),
        );
        let evidence = evidence(&texts, self.library, &self.pack.language);
        let dates = self.library.dates.of(&self.pack.language);
        let month = dates.map(|dates| dates.month(evidence.review_by)).unwrap_or_default();
        let words = self.words.get("next-review").map(|words| plain_text(words)).unwrap_or_default();
        let next_review = words.replace("{month}", &month);
        Evidence { reviewer: self.reviewer.clone(), next_review, ..evidence }
    }
}

fn evidence(texts: &[Reviewed<'_>], library: &Library, language: &Language) -> Evidence {
    // The ledger is told in the language in which the texts were first written.
    let original = library.original().filter(|pack| pack.language != *language);
    let foreign = original.map(|pack| (pack.language.clone(), pack.direction));
    let ids: BTreeSet<&str> = texts.iter().flat_map(|text| text.0).map(String::as_str).collect();
    // In the order of the ledger.
    let claims: Vec<&Claim> =
        library.claims.values().filter(|claim| ids.contains(claim.id.as_str())).collect();
    let modified = texts.iter().map(|text| text.1).chain(claims.iter().map(|claim| claim.reviewed));
    let due = texts.iter().map(|text| text.2).chain(claims.iter().map(|claim| claim.review_by));
    let mut sources: Vec<EvidenceSource> = Vec::new();
    for source in claims
        .iter()
        .filter(|claim| claim.strength != Strength::ClinicAdvice)
        .flat_map(|claim| cited(claim, &foreign))
    {
        if sources.iter().all(|other| other.title != source.title) {
            sources.push(source);
        }
    }
    Evidence {
        modified: modified.max().unwrap_or_default(),
        review_by: due.min().unwrap_or_default(),
        reviewer: None,
        next_review: String::new(),
        sources,
    }
}

fn cited<'c>(
    claim: &'c Claim,
    foreign: &'c Option<(Language, Direction)>,
) -> impl Iterator<Item = EvidenceSource> + 'c {
    claim.sources.iter().map(|source| EvidenceSource {
        title: source.title.clone(),
        note: source.note.clone(),
        url: source.doi.as_ref().map(|doi| format!("https://doi.org/{doi}")).or_else(|| source.url.clone()),
        foreign: foreign.clone(),
    })
}
