//! The archive that `-o` means: a ZIP by its name, in a file or in an object store, or a tar on standard output.

use super::address::{Address, Use};
use crate::batch::{Destination, Stream};
use crate::cli::batch_args::BatchArgs;
use crate::cli::outcome::Failure;
use crate::cli::output::open_stdout;
use std::io::{self, BufWriter, IsTerminal};
use std::path::Path;

pub fn of(args: &BatchArgs) -> Result<Option<Destination>, Failure> {
    let is_stream = args.output.as_os_str() == "-";
    let address = Address::of(&args.output);
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
        Some(address) => object(&address, is_zip).map(Some),
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

fn object(address: &Address<'_>, is_zip: bool) -> Result<Destination, Failure> {
    address.check(Use::Archive)?;
    if !is_zip || !address.rest.contains('/') {
        let message = "an object store is given one archive a run, and the address names none";
        return Err(Failure::call(message, "end it in the archive's name: `s3://bucket/part-1.zip`"));
    }
    #[cfg(feature = "object-store")]
    return super::store::open(address).map(Destination::Object);
    #[cfg(not(feature = "object-store"))]
    Err(super::address::not_built(Use::Archive))
}
