//! `sign`: records that somebody approved the texts of a treatment in a language, and says which approvals hold.

use super::args::Global;
use super::outcome::Failure;
use super::output::{Spot, prepare, to_stdout};
use super::report::Reporter;
use super::sign_args::SignArgs;
use super::{clinic, clock};
use crate::approval::{Draft, Signature};
use crate::atomic_file::Readers;
use crate::diagnostic::{Diagnostic, Faults, Hint, Severity, allowed, shown};
use crate::locale::Language;
use crate::{Engine, Folder, Library, Pack, SIGNING_MONTHS, signed_record, signing_ends, signing_path};
use crate::{translation, translation_path};
use chrono::NaiveDate;
use std::path::Path;

/// Characters of a name or a role, at most.
const LONGEST: usize = 80;

pub fn run(args: &SignArgs, global: &Global, reporter: &Reporter) -> Result<(), Failure> {
    let engine = clinic::engine(global, reporter)?;
    let zone = engine.library().clinic.time_zone;
    let now = clock::now(global, zone)?;
    let today = now.with_timezone(&zone).date_naive();
    let Some(by) = &args.by else { return status(args, &engine, today) };
    let Some(folder) = &global.clinic else {
        let hint = "copy it out with `aftercare init DIR`, read its texts, then sign with `--clinic DIR`";
        return Err(Failure::call("the built-in texts are nobody's to sign", hint));
    };
    let library = treatment(&engine, args.treatment.as_deref())?;
    let pack = language(library, args.language.as_deref())?;
    let (by, role) = name_and_role(by)?;
    let on = args.on.unwrap_or(today);
    if today < on {
        let message = format!("{on} is still to come: today is {today}");
        return Err(Failure::call(message, "sign on the day on which you read the texts"));
    }
    let until = signing_ends(library, pack, on);
    if until < today {
        let message = format!("a signature of {on} would hold until {until}, and today is {today}");
        let hint = format!(
            "it holds for {SIGNING_MONTHS} months, or until the first text or claim is to be reviewed: read them again, \
             and set `reviewed` and `review-by`"
        );
        return Err(Failure::call(message, hint));
    }
    let files = Folder::new(folder);
    refuse_unread_translation(&files, library, pack)?;
    refuse_faults(Engine::check(&files, |_| Ok::<_, Failure>(now))?)?;
    let signature = Signature { by, role, on, until };
    let id = &library.treatment.id;
    let path = signing_path(id);
    let record = signed_record(&files, library, &pack.language, &signature)?;
    write(folder, &path, record.as_bytes())?;
    reporter.note(&format!("signed {id} in {}: {}, until {until}", pack.language, who(&signature)));
    Ok(())
}

/// A record of texts that may not print would be worth nothing.
fn refuse_faults(found: Vec<Diagnostic>) -> Result<(), Failure> {
    let errors: Vec<Diagnostic> = found.into_iter().filter(|one| one.severity == Severity::Error).collect();
    if errors.is_empty() { Ok(()) } else { Err(Faults(errors).into()) }
}

/// A machine's or one person's translation is a draft until a second reader stands by it.
fn refuse_unread_translation(files: &Folder, library: &Library, pack: &Pack) -> Result<(), Failure> {
    let record = translation(files, library, pack).map(|(record, _)| record);
    let Some(lacks) = record.and_then(|record| record.lacks()) else { return Ok(()) };
    let path = translation_path(&library.treatment.id, &pack.language);
    let message = format!("the texts in {} are a translation that names {lacks}", pack.language);
    Err(Failure::call(message, format!("write `translator: NAME` and `second-reader: NAME` into {path}")))
}

fn write(folder: &Path, path: &str, record: &[u8]) -> Result<(), Failure> {
    for target in prepare(&[Spot::within(folder, path)], true, Readers::Anybody)? {
        target.write(record)?;
    }
    Ok(())
}

fn status(args: &SignArgs, engine: &Engine, today: NaiveDate) -> Result<(), Failure> {
    let asked = args.treatment.as_deref();
    let one = asked.map(|named| clinic::treatment(engine, Some(named))).transpose()?;
    let mut lines = String::new();
    for library in
        engine.treatments().filter(|library| one.is_none_or(|one| one.treatment.id == library.treatment.id))
    {
        let packs: Vec<&Pack> = match args.language.as_deref() {
            Some(named) => vec![language(library, Some(named))?],
            None => library.packs.values().collect(),
        };
        for pack in packs {
            let state = match pack.approval.on(today) {
                Ok(signature) => format!("signed: {}, until {}", who(signature), signature.until),
                Err(draft) => format!("draft: {}", why(&draft)),
            };
            lines += &format!("{} {}  {state}\n", library.treatment.id, pack.language);
        }
    }
    to_stdout(lines.as_bytes())
}

/// Why texts are a draft, in words.
pub fn why(draft: &Draft<'_>) -> String {
    match draft {
        Draft::Unsigned => "nobody has signed it".to_owned(),
        Draft::Expired(signature) => {
            format!("the signature of {} held until {}", who(signature), signature.until)
        }
        Draft::NotYet(signature) => format!("its signature is of {}, a day to come", signature.on),
        Draft::Changed(signature, what) => {
            format!("changed since the signature of {}: {}", who(signature), what.join(", "))
        }
    }
}

/// "Ann Lee, Physiotherapist, on 2026-11-24".
fn who(signature: &Signature) -> String {
    format!("{}, {}, on {}", signature.by, signature.role, signature.on)
}

fn name_and_role(by: &str) -> Result<(String, String), Failure> {
    let hint = "name and role, with a comma between: `--by \"Ann Lee, Clinical lead\"`";
    let fault = |message: String| Failure::call(message, hint);
    let (name, role) = by.split_once(',').ok_or_else(|| fault(format!("`{}` names no role", shown(by))))?;
    let (name, role) = (name.trim(), role.trim());
    for (part, what) in [(name, "name"), (role, "role")] {
        if !part.chars().any(char::is_alphabetic) {
            return Err(fault(format!("`{}` has no {what}", shown(by))));
        }
        if part.chars().count() > LONGEST || part.chars().any(char::is_control) {
            return Err(fault(format!("the {what} must be one line of at most {LONGEST} characters")));
        }
    }
    Ok((name.to_owned(), role.to_owned()))
}

/// Nobody signs for a treatment that they did not name, unless there is one only.
fn treatment<'e>(engine: &'e Engine, named: Option<&str>) -> Result<&'e Library, Failure> {
    let ids: Vec<&str> = engine.treatments().map(|library| &*library.treatment.id).collect();
    match (named, &ids[..]) {
        (None, [_, _, ..]) => Err(which("treatment", &ids)),
        _ => clinic::treatment(engine, named),
    }
}

fn language<'l>(library: &'l Library, named: Option<&str>) -> Result<&'l Pack, Failure> {
    let tags: Vec<&str> = library.packs.keys().map(Language::tag).collect();
    let Some(named) = named else {
        let mut packs = library.packs.values();
        return match (packs.next(), packs.next()) {
            (Some(pack), None) => Ok(pack),
            _ => Err(which("language", &tags)),
        };
    };
    library.packs.values().find(|pack| pack.language.tag().eq_ignore_ascii_case(named)).ok_or_else(|| {
        let message = format!("the clinic has no language `{}`", shown(named));
        let fault = Diagnostic::error("unknown-language", message).about(shown(named));
        fault.hint(allowed(named, tags.into_iter())).into()
    })
}

fn which(what: &str, known: &[&str]) -> Failure {
    let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    let hint: Hint = format!("`--{what}` with one of {}", names.join(", ")).into();
    Failure::call(format!("which {what} is signed?"), hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_approval_has_a_name_and_a_role() {
        let read = name_and_role(" Ann Lee , MScPT, Physiotherapist ").unwrap();
        assert_eq!(read, ("Ann Lee".to_owned(), "MScPT, Physiotherapist".to_owned()));
        for faulty in
            ["", "Ann Lee", ", Physiotherapist", "Ann Lee,", "Ann Lee, -", "A\nB, Physio", &"a".repeat(200)]
        {
            assert!(name_and_role(faulty).is_err(), "{faulty}");
        }
    }
}
