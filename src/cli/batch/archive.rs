//! The archive that `-o` means: a ZIP by its name, in a file or in an object store, or a tar on standard output.

use crate::batch::{Destination, Stream};
use crate::cli::batch_args::BatchArgs;
use crate::cli::outcome::Failure;
use crate::cli::output::open_stdout;
use std::io::{self, BufWriter, IsTerminal};
use std::path::Path;

/// Schemes of object stores, as their own tools write them.
const STORES: [&str; 8] = ["s3", "s3a", "gs", "az", "azure", "adl", "abfs", "abfss"];

pub fn of(args: &BatchArgs) -> Result<Option<Destination>, Failure> {
    let is_stream = args.output.as_os_str() == "-";
    let address = address(&args.output);
    let is_zip = ends_in_zip(&args.output);
    if !is_stream && address.is_none() && !is_zip {
        return Ok(None);
    }
    if args.resume && is_stream {
        let message = "a stream is made from the first row on, so that nothing of it can be kept";
        return Err(Failure::call(message, "leave out `--resume`, or name a file: `-o out.zip`"));
    }
    if args.resume && args.merge.is_some() {
        let message = "a merged file needs every row again, also of an archive that is kept";
        return Err(Failure::call(message, "leave out `--resume`, or `--merge`"));
    }
    match address {
        Some((scheme, rest)) => object(scheme, rest, is_zip).map(Some),
        None if is_stream => stream(args).map(Some),
        None => Ok(Some(Destination::Zip(args.output.clone()))),
    }
}

fn ends_in_zip(output: &Path) -> bool {
    let is_folder = output.to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]);
    !is_folder && output.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}

fn stream(args: &BatchArgs) -> Result<Destination, Failure> {
    if args.json && !args.dry_run {
        let message = "standard output holds the archive, and cannot hold the account too";
        return Err(Failure::call(message, "leave out `--json`, or name a file: `-o out.zip`"));
    }
    if io::stdout().is_terminal() && !args.dry_run {
        let message = "the archive would be written to the terminal";
        return Err(Failure::call(message, "send it on: `-o - > out.tar`"));
    }
    if !args.dry_run {
        open_stdout()?;
    }
    Ok(Destination::Tar(Stream::new(BufWriter::with_capacity(256 << 10, io::stdout()))))
}

/// An address, `scheme://rest`. A single letter is a drive.
fn address(path: &Path) -> Option<(&str, &str)> {
    let (scheme, rest) = path.to_str()?.split_once("://")?;
    let is_scheme = scheme.len() > 1
        && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme.then_some((scheme, rest))
}

/// What is a file may not be an address: a folder of that name would be looked for, or made. What an address says is not
/// repeated, since it may hold keys.
pub fn refuse_addresses(args: &BatchArgs) -> Result<(), Failure> {
    if address(&args.roster).is_some() {
        let message = "the roster is an address, and a roster is read from a file or from standard input";
        return Err(Failure::call(
            message,
            "fetch it with the store's own program: `aws s3 cp … - | aftercare batch - …`",
        ));
    }
    if args.merge.as_deref().and_then(address).is_some() {
        let message = "`--merge` names an address, and a merged file stands in a folder";
        return Err(Failure::call(message, "name a file: `--merge all.pdf`"));
    }
    Ok(())
}

fn object(scheme: &str, rest: &str, is_zip: bool) -> Result<Destination, Failure> {
    let scheme = scheme.to_ascii_lowercase();
    if scheme == "file" {
        let message = "a file is named by its path, not by an address";
        return Err(Failure::call(message, "leave out `file://`: `-o /data/part-1.zip`"));
    }
    if !STORES.contains(&&*scheme) {
        let message =
            format!("`-o` names an address of the kind `{scheme}:`, which is none of an object store");
        return Err(Failure::call(message, "name a bucket or a container: `s3://…`, `gs://…`, `az://…`"));
    }
    if rest.contains(['?', '#']) || is_login(rest) {
        let message = "the address of an object store is a bucket and a name, without keys or a signature";
        return Err(Failure::call(message, "set the keys in the environment: AWS_…, GOOGLE_… or AZURE_…"));
    }
    if !is_zip || !rest.contains('/') {
        let message = "an object store is given one archive a run, and the address names none";
        return Err(Failure::call(message, "end it in the archive's name: `s3://bucket/part-1.zip`"));
    }
    open(&scheme, rest)
}

/// `name:password@host`, in which a password may hold a slash; `container@account` is no secret.
fn is_login(rest: &str) -> bool {
    rest.split_once('@').is_some_and(|(login, _)| login.contains(':'))
}

#[cfg(feature = "object-store")]
fn open(scheme: &str, rest: &str) -> Result<Destination, Failure> {
    super::store::open(scheme, rest).map(Destination::Object)
}

#[cfg(not(feature = "object-store"))]
fn open(_: &str, _: &str) -> Result<Destination, Failure> {
    let message = "this program was built without object stores";
    Err(Failure::call(
        message,
        "build it with `cargo build --release --features object-store`, name a file (`-o part-1.zip`), or send a tar to \
         the store's own program: `-o - | aws s3 cp - …`",
    ))
}
