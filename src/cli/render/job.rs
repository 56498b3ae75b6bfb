//! One handout as meant.

use crate::cli::args::RenderArgs;
use crate::cli::formats::Format;
use crate::cli::input;
use crate::cli::outcome::Failure;
use crate::cli::output::{Destination, Spot, meant};
use crate::cli::request_flags::{self, RequestFlags};
use crate::options::keys::Keys;
use crate::{RawRequest, Request};
use std::path::Path;

/// The name of a handout that has no other.
const NAMELESS: &str = "handout";

/// What a call of `render` asks for.
#[derive(Debug)]
pub struct RenderJob<'a> {
    /// A file, or `-`.
    file: Option<&'a Path>,
    flags: &'a RequestFlags,
    /// At least one, without doubles.
    pub formats: Vec<Format>,
    pub destination: Destination,
    pub force: bool,
}

impl<'a> RenderJob<'a> {
    pub fn meant(args: &'a RenderArgs, keys: &Keys) -> Result<RenderJob<'a>, Failure> {
        if args.request.is_none() && args.flags.is_empty() {
            return Err(Failure::call(
                "there is nothing to render",
                format!("name a request file, or give at least `{}`", request_flags::sample(keys)),
            ));
        }
        let (destination, formats) = meant(args.output.as_deref(), &args.format)?;
        let file = args.request.as_deref();
        Ok(RenderJob { file, flags: &args.flags, formats, destination, force: args.force })
    }

    /// The request as typed: the file's, with the flags over it.
    pub fn request(&self, keys: &Keys) -> Result<RawRequest, Failure> {
        let flags = self.flags.request(keys);
        let Some(path) = self.file else { return Ok(flags) };
        let (name, text) = input::text(path, crate::REQUEST_LIMIT, "a request")?;
        Ok(flags.over(crate::request_from_yaml(&name, &text, keys)))
    }

    /// The files to write, one a format. They are named by the request's id, else by its file, never by a person.
    pub fn spots(&self, request: &Request) -> Vec<Spot> {
        match &self.destination {
            Destination::Stdout => Vec::new(),
            Destination::File(path) => vec![Spot::named(path)],
            Destination::Folder(folder) => {
                let name = self.name(request);
                let file = |format: &Format| Spot::within(folder, &format!("{name}.{}", format.extension()));
                self.formats.iter().map(file).collect()
            }
        }
    }

    fn name(&self, request: &Request) -> String {
        let stem = || {
            let path = self.file.filter(|path| path.as_os_str() != "-")?;
            Some(path.file_stem()?.to_string_lossy().into_owned())
        };
        request.id.clone().or_else(stem).unwrap_or_else(|| NAMELESS.to_owned())
    }
}
