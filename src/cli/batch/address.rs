//! Addresses of object stores where a file or a folder could be named. What one says is never repeated before it is checked,
//! since it may hold keys.

use crate::cli::batch_args::BatchArgs;
use crate::cli::outcome::Failure;
use crate::cli::output::address;
use std::path::Path;

/// Schemes of object stores, as their own tools write them.
const STORES: [&str; 8] = ["s3", "s3a", "gs", "az", "azure", "adl", "abfs", "abfss"];

/// `scheme://rest`.
pub struct Address<'a> {
    pub scheme: String,
    pub rest: &'a str,
}

/// What stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    Archive,
    Roster,
}

impl Address<'_> {
    pub fn of(path: &Path) -> Option<Address<'_>> {
        let (scheme, rest) = address(path)?;
        Some(Address { scheme: scheme.to_ascii_lowercase(), rest })
    }

    /// # Errors
    ///
    /// It is none of an object store, or holds keys.
    pub fn check(&self, of: Use) -> Result<(), Failure> {
        let Address { scheme, rest } = self;
        if scheme == "file" {
            let message = "a file is named by its path, not by an address";
            return Err(Failure::call(message, "leave out `file://`: `/data/part-1.zip`"));
        }
        if !STORES.contains(&&**scheme) {
            let what = match of {
                Use::Archive => "`-o`",
                Use::Roster => "the roster",
            };
            let message =
                format!("{what} is an address of the kind `{scheme}:`, which is none of an object store");
            return Err(Failure::call(message, "name a bucket or a container: `s3://…`, `gs://…`, `az://…`"));
        }
        if rest.contains(['?', '#']) || is_login(rest) {
            let message =
                "the address of an object store is a bucket and a name, without keys or a signature";
            return Err(Failure::call(
                message,
                "set the keys in the environment: AWS_…, GOOGLE_… or AZURE_…",
            ));
        }
        Ok(())
    }
}

/// `name:password@host`, in which a password may hold a slash; `container@account` is no secret.
fn is_login(rest: &str) -> bool {
    rest.split_once('@').is_some_and(|(login, _)| login.contains(':'))
}

/// A merged file stands in a folder: one with the name of an address would be looked for, or made.
pub fn refuse_addresses(args: &BatchArgs) -> Result<(), Failure> {
    if args.merge.as_deref().and_then(Address::of).is_some() {
        let message = "`--merge` names an address, and a merged file stands in a folder";
        return Err(Failure::call(message, "name a file: `--merge all.pdf`"));
    }
    Ok(())
}

#[cfg(not(feature = "object-store"))]
pub fn not_built(of: Use) -> Failure {
    let instead = match of {
        Use::Archive => {
            "name a file (`-o part-1.zip`), or send a tar to the store's own program: `-o - | aws s3 cp - …`"
        }
        Use::Roster => "fetch the roster with the store's own program: `aws s3 cp … - | aftercare batch - …`",
    };
    let hint = format!("build it with `cargo build --release --features object-store`, or {instead}");
    Failure::call("this program was built without object stores", hint)
}
