//! `site`: the general text as a folder of web pages.

use super::args::{Global, SiteArgs, SiteFormat};
use super::outcome::Failure;
use super::output::{Spot, prepare, refuse_address};
use super::report::Reporter;
use super::{clinic, clock};
use crate::atomic_file::{Readers, is_ours};
use crate::diagnostic::{Diagnostic, Place, path_shown};
use crate::{BaseUrl, Engine, Outlet, SiteFiles, plain_file};
use chrono::NaiveDate;
use std::fs;
use std::path::Path;

/// What to do in place of an address behind `-o`.
pub const A_FOLDER: &str = "name a folder, and send its files on";

pub fn run(args: &SiteArgs, global: &Global, reporter: &Reporter) -> Result<(), Failure> {
    refuse_address(&args.output, A_FOLDER)?;
    let (engine, base, today) = begin(args.base_url.as_deref(), global, reporter)?;
    let site = engine.outlets(&outlets(args), base.as_ref(), today)?;
    reporter.diagnostics(&site.warnings);
    write(&args.output, &site.value, args.force)?;
    if outlets(args).contains(&Outlet::Pages) {
        reporter.diagnostics(&left_over(&args.output, &site.value));
    }
    let pages = site.value.keys().filter(|name| name.ends_with(".html")).count();
    reporter.note(&format!("made {} ({pages} pages, {} files)", path_shown(&args.output), site.value.len()));
    if base.is_none() && outlets(args).contains(&Outlet::Pages) {
        reporter.note("without `--base-url` there is no sitemap, and links are relative");
    }
    Ok(())
}

/// What pages are made with: the clinic's engine, the address where they will be found (as typed, else the profile's), and the
/// clinic's day. A wrong address is told before anything is read.
pub(super) fn begin(
    typed: Option<&str>,
    global: &Global,
    reporter: &Reporter,
) -> Result<(Engine, Option<BaseUrl>, NaiveDate), Failure> {
    let typed = typed.map(BaseUrl::new).transpose()?;
    let engine = clinic::engine(global, reporter)?;
    let base = match (typed, &engine.library().clinic.site) {
        (None, Some(site)) => Some(BaseUrl::new(site)?),
        (typed, _) => typed,
    };
    let zone = engine.library().clinic.time_zone;
    let today = clock::now(global, zone)?.with_timezone(&zone).date_naive();
    Ok((engine, base, today))
}

fn outlets(args: &SiteArgs) -> Vec<Outlet> {
    let of = |format: &SiteFormat| match format {
        SiteFormat::Html => Outlet::Pages,
        SiteFormat::Email => Outlet::Email,
        SiteFormat::Markdown => Outlet::Markdown,
    };
    args.format.iter().map(of).chain(args.embed.then_some(Outlet::Embed)).collect()
}

/// Files that are there already stay as they are, so that a copy to the server moves only what has changed.
pub(super) fn write(folder: &Path, files: &SiteFiles, force: bool) -> Result<(), Failure> {
    let (spots, changed): (Vec<Spot>, Vec<&Vec<u8>>) = files
        .iter()
        .map(|(name, bytes)| (Spot::within(folder, name), bytes))
        .filter(|(spot, bytes)| !holds(&spot.path, bytes))
        .unzip();
    for (target, bytes) in prepare(&spots, force, Readers::Anybody)?.into_iter().zip(changed) {
        target.write(bytes)?;
    }
    Ok(())
}

fn holds(path: &Path, bytes: &[u8]) -> bool {
    let same_length = plain_file::length(path).is_ok_and(|length| length == bytes.len() as u64);
    same_length && plain_file::read(path).is_ok_and(|there| there == bytes)
}

/// Pages of an earlier run that belong to the site no more. They are named, not removed: an address may be in print.
fn left_over(folder: &Path, files: &SiteFiles) -> Vec<Diagnostic> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".html") && !files.contains_key(name))
        .filter(|name| is_ours(&folder.join(name)).unwrap_or(false))
        .collect();
    names.sort();
    let warning = |name: &String| {
        let place = Place::file(folder.join(name).to_string_lossy().into_owned());
        Diagnostic::warning("old-page", "an earlier run made this page, and the site has it no more")
            .at(place)
            .hint("remove it, or let its address lead to another page")
    };
    names.iter().map(warning).collect()
}
