//! All that is wrong with a clinic folder: what reading it shows, and what only real sheets, pages and brochures show.

mod cores;
mod known;
mod letters;
mod mended;
mod output;
mod overlong;
mod panels;
mod patients;
mod reading;
mod told;

pub(super) use patients::usual_request;
pub(super) use reading::Readings;

use super::{Care, Engine, face_files, site};
use crate::content::files::{Embedded, Files, Memory};
use crate::content::{self, Folder, Library, Prose, Source, check_advertising};
use crate::diagnostic::{Diagnostic, Faults, Place, Report, Severity, Sink};
use crate::html::site::SiteRenderer;
use crate::html::{HtmlRenderer, NO_TEMPLATE, OwnStyle};
use crate::locale::Zone;
use crate::merge::Merger;
use crate::template::TemplateSource;
use crate::text::FontSet;
use chrono::{DateTime, Utc};
use cores::{Job, on_all_cores_beside};
use known::Known;
use std::collections::BTreeMap;

impl Engine {
    /// Every fault of a clinic folder, each once, in order of file and line. Where files cannot be read, the others are
    /// tried with the built-in ones in their place; where all can be used, sheets, pages and brochures are made of them.
    /// `now` is asked once, with the clinic's zone, for what is past its review date.
    ///
    /// # Errors
    /// Those of `now`.
    pub fn check<E>(
        files: &dyn Files,
        now: impl FnOnce(Zone) -> Result<DateTime<Utc>, E>,
    ) -> Result<Vec<Diagnostic>, E> {
        // The program's own folder too is read as a whole here.
        let copy = if files.is_tried() { Memory::copy(files).ok() } else { None };
        let files = copy.as_ref().map_or(files, |copy| copy as &dyn Files);
        let mut found = Found::default();
        match content::load(files) {
            Ok(Report { value: folder, warnings }) => {
                let now = now(folder.first.clinic.time_zone)?;
                found.extend(warnings);
                found.extend(no_phone(&folder.first));
                let today = now.with_timezone(&folder.first.clinic.time_zone).date_naive();
                let (prose, faults) = content::prose_words(files);
                found.extend(faults);
                let ready = Ready::of(&folder, &prose, || {
                    found.extend(content::proofread_beside(files, &folder, &prose, Some(today)));
                });
                let known = Known::of(files, &folder.first);
                whole(folder, ready, (&prose, known), now, &mut found);
            }
            Err(faults) => {
                found.extend(mended::rest(files, &faults));
                found.extend(faults.0);
            }
        }
        Ok(found.in_order())
    }
}

/// Sheets say "Call us": without a number they have a line to write it on.
fn no_phone(library: &Library) -> Option<Diagnostic> {
    let clinic = &library.clinic;
    let lines = [("email", &clinic.email), ("web", &clinic.web), ("address", &clinic.address)];
    let empty: Vec<String> =
        lines.iter().filter(|(_, line)| line.is_none()).map(|(key, _)| format!("`{key}`")).collect();
    if clinic.phone.is_some() {
        return None;
    }
    let message =
        "`phone` is empty: the warning signs say \"Call us\" and have a line to write the number on";
    let mut warning = Diagnostic::warning("no-phone", message)
        .at(Place::file(content::PROFILE))
        .hint("write the clinic's number; no brochure is made for the press without it");
    if !empty.is_empty() {
        warning = warning.hint(format!("also empty, their lines are left out: {}", empty.join(", ")));
    }
    Some(warning)
}

/// What is made of a folder before a sheet is.
struct Ready {
    fonts: Result<Report<FontSet>, Faults>,
    /// Of each treatment, the first one first.
    mergers: Vec<Result<Report<Merger>, Faults>>,
    found: Vec<Diagnostic>,
}

/// What a job of [`Ready::of`] gives.
enum Made {
    Fonts(Result<Report<FontSet>, Faults>, Vec<Diagnostic>),
    Merger(Result<Report<Merger>, Faults>),
    Found(Vec<Diagnostic>),
}

impl Ready {
    /// On all cores, with the texts proofread; `own` is done meanwhile.
    fn of(folder: &Folder, prose: &Prose, own: impl FnOnce()) -> Ready {
        let mut jobs: Vec<Job<'_, Made>> = Vec::new();
        for library in folder.treatments() {
            jobs.push(Box::new(move || Made::Merger(Merger::of_folder(library))));
        }
        jobs.push(Box::new(|| {
            let fonts = fonts(&folder.first);
            let texts = folder.treatments().map(|library| {
                let mut found = check_advertising(library);
                found.extend(fonts.iter().flat_map(|fonts| letters::without_a_glyph(library, &fonts.value)));
                found
            });
            let found = texts.flatten().collect();
            Made::Fonts(fonts, found)
        }));
        jobs.push(Box::new(|| {
            Made::Found(templates(&folder.first).into_iter().chain(not_read(&folder.first)).collect())
        }));
        jobs.extend(
            content::proofreading(folder, prose)
                .into_iter()
                .map(|read| -> Job<'_, Made> { Box::new(move || Made::Found(read())) }),
        );
        let (made, ()) = on_all_cores_beside(&jobs, own);
        drop(jobs);
        let mut ready = Ready { fonts: Err(Faults(Vec::new())), mergers: Vec::new(), found: Vec::new() };
        for made in made {
            match made {
                Made::Fonts(fonts, found) => {
                    ready.fonts = fonts;
                    ready.found.extend(found);
                }
                Made::Merger(merger) => ready.mergers.push(merger),
                Made::Found(found) => ready.found.extend(found),
            }
        }
        ready
    }
}

/// A folder whose every file could be read.
fn whole(folder: Folder, ready: Ready, with: (&Prose, Known), now: DateTime<Utc>, found: &mut Found) {
    let fonts = found.take(ready.fonts);
    found.extend(ready.found);
    let libraries = std::iter::once(folder.first).chain(folder.others);
    let mut cares = libraries
        .zip(ready.mergers)
        .map(|(library, merger)| found.take(merger).map(|merger| Care::new(library, merger)));
    let first = cares.next().flatten();
    let others: Vec<Option<Care>> = cares.collect();
    for care in others.iter().chain([&first]).flatten() {
        let library = &care.library;
        let today = now.with_timezone(&library.clinic.time_zone).date_naive();
        found.extend(care.merger().iter().flat_map(|merger| merger.expired(library, today)));
    }
    // What cannot be filled makes no sheets to look at.
    if let (Some(fonts), Some(first), Some(others)) = (fonts, first, others.into_iter().collect()) {
        let engine = Engine::new(first, others, fonts);
        let mut shown = output::faults(&engine, with, now, found.has("missing-glyph"));
        // Told with its own file; every sheet of the trials lacks it again.
        shown.retain(|fault| fault.code != NO_TEMPLATE);
        found.extend(shown);
    }
}

fn fonts(library: &Library) -> Result<Report<FontSet>, Faults> {
    FontSet::new(&face_files(library)).map(|fonts| {
        let warnings = fonts.passed_over().to_vec();
        Report { value: fonts, warnings }
    })
}

/// Templates of pages, compiled, and tried with every kind of part.
fn templates(library: &Library) -> Vec<Diagnostic> {
    let (html, pages) = (site::sources(&library.templates.html), site::sources(&library.templates.site));
    let styles = own_styles(&html, &pages);
    let is_own = has_own_pages(library) || styles.iter().any(|style| *style.own.text != *style.came);
    let handout = HtmlRenderer::new(&html, &library.brand).and_then(|renderer| match is_own {
        true => renderer.hidden(&styles),
        false => renderer.try_out().map(|()| Vec::new()),
    });
    let site = SiteRenderer::new(&html, &pages, &library.brand).map(|_| Vec::new());
    let told = |found: Result<Vec<Diagnostic>, Faults>| found.unwrap_or_else(|faults| faults.0);
    [handout, site].into_iter().flat_map(told).collect()
}

/// The style sheets of pages, each beside the one that came with the program.
fn own_styles<'t>(html: &'t Sources, site: &'t Sources) -> Vec<OwnStyle<'t>> {
    let styles = [(html, "templates/html/style.css"), (site, "templates/site/style.css")];
    let beside = |(sources, path): (&'t Sources, &str)| {
        let own = sources.get(path.rsplit('/').next()?)?;
        let came = std::str::from_utf8(Embedded.bytes(path)?).ok()?;
        Some(OwnStyle { own, came })
    };
    styles.into_iter().filter_map(beside).collect()
}

type Sources = BTreeMap<String, TemplateSource>;

/// Whether a template of pages is another than the program's.
fn has_own_pages(library: &Library) -> bool {
    library.templates.html.iter().any(|(name, source)| {
        let built_in = Embedded.read(&format!("templates/html/{name}"));
        built_in.map_or(true, |built_in| *built_in != *source.text.as_bytes())
    })
}

/// Files of older folders whose work the program does now.
fn not_read(library: &Library) -> Vec<Diagnostic> {
    let script = library.templates.site.get("yours.js").filter(|script| {
        Embedded.read("templates/site/yours.js").is_ok_and(|own| *own != *script.text.as_bytes())
    });
    let told = |source: &Source, message: &str, hint: &str| {
        Diagnostic::warning("not-read", message).at(Place::file(source.place.file.clone())).hint(hint)
    };
    let safety = library.templates.html.get("safety.html");
    let safety = safety.map(|source| {
        told(source, "this file is not read: the program itself writes the warnings", "remove it")
    });
    let script = script.map(|source| {
        told(
            source,
            "the words of this file are not read: the site runs the program's own script",
            "remove it, and no page has a script; or leave it as `aftercare init` writes it",
        )
    });
    safety.into_iter().chain(script).collect()
}

/// Faults without doubles.
#[derive(Default)]
struct Found(Sink);

impl Found {
    fn extend(&mut self, faults: impl IntoIterator<Item = Diagnostic>) {
        faults.into_iter().for_each(|fault| self.0.push(fault));
    }

    fn take<T>(&mut self, made: Result<Report<T>, Faults>) -> Option<T> {
        match made {
            Ok(report) => {
                self.extend(report.warnings);
                Some(report.value)
            }
            Err(faults) => {
                self.extend(faults.0);
                None
            }
        }
    }

    fn has(&self, code: &str) -> bool {
        self.0.iter().any(|fault| fault.code == code && fault.severity == Severity::Error)
    }

    fn in_order(mut self) -> Vec<Diagnostic> {
        self.0.keep_first();
        let mut found = self.0.into_vec();
        content::once_a_line(&mut found);
        found.sort_by(|one, other| {
            let key = |fault: &Diagnostic| {
                spot(fault).map(|(file, line, column)| (file.to_owned(), line, column)).unwrap_or_default()
            };
            (key(one), one.severity, one.code, &one.message).cmp(&(
                key(other),
                other.severity,
                other.code,
                &other.message,
            ))
        });
        found
    }
}

fn spot(fault: &Diagnostic) -> Option<(&str, u32, u32)> {
    fault.place.as_ref().map(|Place { file, line, column, .. }| (&**file, *line, *column))
}
