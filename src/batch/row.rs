//! One row: checked, made, written. The only place of the batch that sees a patient's words.

use super::checkpoint::Checkpoint;
use super::copy::{Copy, behind};
use super::entry::{Entry, NOTE_ENDING, Written};
use super::open_cells::with_open_cells;
use super::remark::{Remark, Remarks, remarks, sorted};
use super::{BatchError, Plan};
use crate::atomic_file::{self, Staged};
use crate::diagnostic::{Diagnostic, Faults, Report, Severity};
use crate::document::{Document, Meta};
use crate::hex::hex;
use crate::layout::Layout;
use crate::locale::Zone;
use crate::plain_file::is_not_plain;
use crate::request::roster::{DOUBLED, Row};
use crate::{Engine, Request};
use sha2::{Digest, Sha256};
use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// What became of a row.
pub enum Outcome {
    Done(Box<Done>),
    /// The others go on.
    Failed {
        given: Vec<String>,
        remarks: Remarks,
    },
    /// The folder cannot be written: no row could be.
    Stopped(BatchError),
}

/// A row that is made, or was made before.
pub struct Done {
    pub entry: Entry,
    /// Its cells as they were given.
    pub given: Vec<String>,
    /// Kept from an earlier run.
    pub kept: bool,
    /// Made again because its row has no time of its own, and the earlier run's now is past.
    pub is_retimed: bool,
    /// Its files, to be placed.
    pub files: Vec<Staged>,
    /// Or what goes into an archive in their place.
    pub members: Vec<Member>,
    /// For the merged file.
    pub layout: Option<(Layout, Meta)>,
    /// Warnings about the row.
    pub remarks: Remarks,
    /// Warnings about the clinic folder.
    pub clinics: Vec<Diagnostic>,
}

/// A file of an archive.
pub struct Member {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Does a row's work.
pub fn make(engine: &Engine, row: Row, columns: &[String], plan: &Plan, checkpoint: &Checkpoint) -> Outcome {
    // A fault of ours in one row must not take the others with it.
    let attempted = catch_unwind(AssertUnwindSafe(|| attempt(engine, &row, columns, plan, checkpoint)));
    let attempted = attempted.unwrap_or_else(|_| {
        Err(Fault::Row(
            Diagnostic::error("internal", "aftercare failed on this row: please report it").into(),
        ))
    });
    let failed = |row: Row, mut faults: Vec<Diagnostic>| {
        faults.extend(older_handout(&row, plan, &faults));
        let remarks = Remarks::new(&row, remarks(&faults, Severity::Error));
        Outcome::Failed { given: with_open_cells(row.given, columns, &faults), remarks }
    };
    match attempted {
        Ok(done) => Outcome::Done(Box::new(Done { given: row.given, ..done })),
        Err(Fault::Disk(error)) => Outcome::Stopped(error),
        Err(Fault::Row(faults)) => failed(row, faults.0),
        Err(Fault::InTheWay(fault)) => failed(row, vec![*fault]),
    }
}

/// A file of somebody else has the name of the row's: no fault of the row.
pub const NOT_OURS: &str = "not-ours";
/// What has the name of the row's file is no file, or cannot be looked into. No fault of the row either.
pub const UNREADABLE: &str = "unreadable-file";
/// A handout that an earlier run made for a failed row still stands.
pub const OLDER_HANDOUT: &str = "older-handout";

/// What earlier runs made for a row is not what it says now. Of two rows with one id, the first may have made it just
/// now.
fn older_handout(row: &Row, plan: &Plan, faults: &[Diagnostic]) -> Option<Diagnostic> {
    let id = row.raw.file_id().filter(|_| !plan.dry_run && plan.pack.is_none())?;
    if faults.iter().any(|fault| ["duplicate-id", NOT_OURS, UNREADABLE].contains(&fault.code)) {
        return None;
    }
    let message = match standing(id, plan, |_| true).as_slice() {
        [] => return None,
        [one] => format!("the handout {one} of an earlier run still stands, and is not what this row says"),
        several => format!(
            "the handouts {} of an earlier run still stand, and are not what this row says",
            several.join(", ")
        ),
    };
    Some(Diagnostic::error(OLDER_HANDOUT, message).hint("do not give it out"))
}

/// The same of a row that was made, in formats that this run does not make.
fn older_formats(entry: &Entry, plan: &Plan) -> Option<Remark> {
    if plan.dry_run || plan.pack.is_some() {
        return None;
    }
    let made = [("pdf", plan.pdf), ("html", plan.html), (NOTE_ENDING, plan.note), ("ics", plan.ics)];
    let message = match standing(&entry.id, plan, |ending| !made.contains(&(ending, true))).as_slice() {
        [] => return None,
        [one] => format!("{one} of an earlier run still stands, and was not made again"),
        several => format!("{} of an earlier run still stand, and were not made again", several.join(", ")),
    };
    let hint = "do not give it out where the row has changed; to make all of them again, name their formats";
    Some(Remark::of(&Diagnostic::warning(OLDER_HANDOUT, message).hint(hint)))
}

/// The files of a row that stand and that aftercare made, of those formats that count.
fn standing(id: &str, plan: &Plan, counts: impl Fn(&str) -> bool) -> Vec<String> {
    let endings = ["pdf", "html", NOTE_ENDING, "ics"].into_iter().filter(|ending| counts(ending));
    let names = endings.map(|ending| format!("{id}.{ending}"));
    let is_ours = |name: &String| atomic_file::is_ours(&plan.folder.join(name)).unwrap_or(false);
    names.filter(is_ours).map(|name| format!("`{name}`")).collect()
}

const DRAFT: &str = "draft";

enum Fault {
    Row(Faults),
    InTheWay(Box<Diagnostic>),
    Disk(BatchError),
}

impl From<Faults> for Fault {
    fn from(faults: Faults) -> Fault {
        Fault::Row(faults)
    }
}

fn attempt(
    engine: &Engine,
    row: &Row,
    columns: &[String],
    plan: &Plan,
    checkpoint: &Checkpoint,
) -> Result<Done, Fault> {
    let Report { value: request, mut warnings } = engine.request(&row.raw, plan.now)?;
    let mut of_list = of_list(&mut warnings);
    let id = request.id.clone().unwrap_or_default();
    let is_timed = row.raw.one("session.at").is_some();
    let mut asked = Asked {
        row,
        columns,
        plan,
        session_at: None,
        version: &engine.library().version,
        signed: engine.is_signed(&request),
    };
    if !is_timed {
        asked.session_at = Some(request.session_at.format("%FT%H:%M%:z").to_string());
    }
    let mut entry = asked.entry(id);
    entry.treatment = request.treatment.to_string();
    if let Some(fault) = refused(&request, &entry, plan) {
        return Err(Faults::from(fault).into());
    }
    of_list.extend(older_formats(&entry, plan));
    let is_retimed = !is_timed && plan.resume && checkpoint.knows(&entry.id);
    let done = |entry: Entry, clinics| {
        let remarks = Remarks::new(row, [entry.warnings.clone(), of_list].concat());
        let (files, members) = (Vec::new(), Vec::new());
        let given = Vec::new();
        Done { entry, given, kept: false, is_retimed, files, members, layout: None, remarks, clinics }
    };
    // The merged file needs every row's pages again.
    if plan.merge.is_none()
        && let Some(entry) = checkpoint.entry(&entry, plan)
    {
        return Ok(Done { kept: true, is_retimed: false, ..done(entry, Vec::new()) });
    }
    let (document, layout, copy) = sheet(engine, &request, plan, &mut warnings)?;
    entry.pages = layout.pages.len() + copy.as_ref().map_or(0, Copy::sides);
    let clinics;
    (entry.warnings, clinics) = sorted(warnings);
    let done = done(entry, clinics);
    match plan.dry_run {
        true => Ok(done),
        false => write(engine, &request, (&document, layout, copy), done, plan, checkpoint),
    }
}

/// What is said of a row beside the others is told, and not recorded: in a part of the list, or in one that is mended, the same
/// handout stands without them.
fn of_list(warnings: &mut Vec<Diagnostic>) -> Vec<Remark> {
    let taken = warnings.extract_if(.., |warning| warning.code == DOUBLED);
    taken.map(|warning| Remark::of(&warning)).collect()
}

/// A row's sheet with everything in its place, and the copy that goes behind it.
fn sheet(
    engine: &Engine,
    request: &Request,
    plan: &Plan,
    warnings: &mut Vec<Diagnostic>,
) -> Result<(Document, Layout, Option<Copy>), Fault> {
    let document = engine.document(request)?;
    warnings.extend(document.warnings);
    let layout = engine.layout(&document.value, request)?;
    warnings.extend(layout.warnings);
    let copied = plan.with_source.then(|| engine.source_request(request)).flatten();
    let copy = copied.map(|copied| Copy::of(engine, copied, &layout.value)).transpose()?;
    Ok((document.value, layout.value, copy))
}

/// A row that is understood, and that this run makes no handout of.
fn refused(request: &Request, entry: &Entry, plan: &Plan) -> Option<Diagnostic> {
    if plan.merged_has_the_name_of(&entry.id) {
        let message = "the merged file has this name, in the folder of the handouts";
        return Some(Diagnostic::error("merged-name", message).hint("give the merged file another name"));
    }
    (plan.require_signed && !entry.signed).then(|| {
        let message =
            format!("nobody has signed the texts of `{}` in {}", request.treatment, request.language);
        Diagnostic::error(DRAFT, message).hint("`aftercare sign --status` says what is a draft, and why")
    })
}

/// What a row asks for.
struct Asked<'a> {
    row: &'a Row,
    columns: &'a [String],
    plan: &'a Plan,
    /// The session's time of a row that has none: now, as the sheet says it.
    session_at: Option<String>,
    version: &'a str,
    /// Whether its texts are signed today: a sheet says so.
    signed: bool,
}

impl Asked<'_> {
    /// The entry of a row of which nothing is made yet.
    fn entry(&self, id: String) -> Entry {
        Entry {
            id,
            row: self.row.number,
            request: self.hash(),
            pages: 0,
            pdf: None,
            html: None,
            note: None,
            ics: None,
            content_version: self.version.to_owned(),
            treatment: String::new(),
            signed: self.signed,
            warnings: Vec::new(),
        }
    }

    /// As a hash: the row's cells by column, the formats, the content. The order of columns does not count.
    fn hash(&self) -> String {
        let Asked { row, columns, plan, version, signed, .. } = self;
        let mut cells: Vec<(&str, &str)> = columns
            .iter()
            .map(String::as_str)
            .zip(row.given.iter().map(|cell| cell.trim()))
            .filter(|(column, cell)| !cell.is_empty() && !crate::request::roster::ADDED.contains(column))
            .collect();
        cells.sort_unstable();
        let mut hash = Sha256::new();
        for (column, cell) in cells {
            for part in [column, "\u{0}", &cell.len().to_string(), "\u{0}", cell] {
                hash.update(part);
            }
        }
        let (program, zones) = (env!("CARGO_PKG_VERSION"), Zone::edition());
        hash.update(format!("{version} {program} {zones} {signed} {} {}", plan.pdf, plan.html));
        // Lines of runs before there were these still prove what they did.
        let later = [(plan.note, " note"), (plan.ics, " ics"), (plan.with_source, " source")];
        for format in later.iter().filter(|one| one.0) {
            hash.update(format.1);
        }
        if let Some(now) = &self.session_at {
            hash.update(format!(" {now}"));
        }
        hex(&hash.finalize())
    }
}

fn write(
    engine: &Engine,
    request: &Request,
    (document, mut layout, copy): (&Document, Layout, Option<Copy>),
    mut done: Done,
    plan: &Plan,
    checkpoint: &Checkpoint,
) -> Result<Done, Fault> {
    let mut pdf = None;
    if plan.pdf {
        pdf = Some(match copy {
            Some(mut copy) => {
                let (bytes, pages) = behind(engine, (document, &mut layout), &mut copy)?;
                done.entry.pages = pages;
                bytes
            }
            None => engine.pdf(&layout, document)?,
        });
    }
    let html = plan.html.then(|| engine.html(document, request)).transpose()?.map(String::into_bytes);
    let note = plan.note.then(|| engine.chart_note(request, document, Some(&layout))).transpose()?;
    let note = note.map(|note| engine.marked(&note));
    let ics = plan.ics.then(|| engine.calendar(request)).transpose()?.map(String::into_bytes);
    let (files, members, entry) = (&mut done.files, &mut done.members, &mut done.entry);
    let mut staged = |bytes: Option<Vec<u8>>, ending: &str| -> Result<Option<Written>, Fault> {
        let Some(bytes) = bytes else { return Ok(None) };
        let name = format!("{}.{ending}", entry.id);
        let written = Written { sha256: hex(&Sha256::digest(&bytes)), bytes: bytes.len() as u64 };
        if plan.pack.is_some() {
            members.push(Member { name, bytes });
            return Ok(Some(written));
        }
        let path = plan.folder.join(name);
        if let Some(fault) = in_the_way(&path, &entry.id, plan, checkpoint) {
            return Err(Fault::InTheWay(Box::new(fault)));
        }
        files.push(
            atomic_file::stage(path.clone(), &bytes).map_err(BatchError::write(path)).map_err(Fault::Disk)?,
        );
        Ok(Some(written))
    };
    let (pdf, html) = (staged(pdf, "pdf")?, staged(html, "html")?);
    let (note, ics) = (staged(note, NOTE_ENDING)?, staged(ics, "ics")?);
    (entry.pdf, entry.html, entry.note, entry.ics) = (pdf, html, note, ics);
    done.layout = plan.merge.as_ref().map(|_| (layout, document.meta().clone()));
    Ok(done)
}

/// What others made is left as it is, and the roster in any case.
fn in_the_way(path: &Path, id: &str, plan: &Plan, checkpoint: &Checkpoint) -> Option<Diagnostic> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let told =
        |code, message| Diagnostic::error(code, message).hint("move it away, or write it over with --force");
    let foreign =
        || told(NOT_OURS, format!("aftercare did not make the file `{name}`, so it is left as it is"));
    let found = match atomic_file::is_ours(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return None,
        found => found,
    };
    if plan.reads(path) || path.is_dir() {
        return Some(foreign());
    }
    match found {
        _ if plan.force => None,
        Ok(true) => None,
        Ok(false) if checkpoint.is_remnant(id, path) => None,
        Ok(false) => Some(foreign()),
        Err(error) if is_not_plain(&error) => {
            Some(told(UNREADABLE, format!("`{name}` is a link, a pipe or a device, so it is left as it is")))
        }
        Err(error) => Some(told(
            UNREADABLE,
            format!("what stands as `{name}` cannot be read, so it is left as it is: {error}"),
        )),
    }
}

/// Every fault of a row in one cell.
pub fn reason(remarks: &[Remark]) -> String {
    remarks.iter().map(told).collect::<Vec<_>>().join("; ")
}

fn told(remark: &Remark) -> String {
    let mut text = remark.column.as_ref().map_or_else(String::new, |column| format!("{column}: "));
    text.push_str(&remark.message);
    for hint in &remark.hints {
        text.push_str(&format!(" ({hint})"));
    }
    text
}
