//! The object store of an address, with what the environment says of it.

use super::address::Address;
use crate::cli::outcome::Failure;
use crate::diagnostic::{Diagnostic, Place as Spot};
use crate::store::{Place, Reader, StoreError};
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey, S3CopyIfNotExists};
use object_store::azure::{AzureConfigKey, MicrosoftAzureBuilder};
use object_store::gcp::{GoogleCloudStorageBuilder, GoogleConfigKey};
use object_store::path::Path;
use object_store::{BackoffConfig, ClientConfigKey, ObjectStore, RetryConfig};
use std::sync::Arc;
use std::time::Duration;

/// A request that fails for now is tried so often, over some seconds: who runs it tries the whole again.
const RETRIES: usize = 6;
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
const LONGEST: Duration = Duration::from_secs(120);
/// One request: a part over a slow line, or a copy of gigabytes within the store.
const REQUEST: &str = "300s";

/// The roster that stands there. It is read as it comes, and its words stand on no disk.
pub fn roster(address: &Address<'_>) -> Result<Reader, Failure> {
    let place = open(address)?;
    match place.open() {
        Ok(Some(reader)) => Ok(reader),
        Ok(None) => {
            let message = "the roster cannot be read: the store has no such object";
            Err(Diagnostic::error("unreadable-file", message).at(Spot::file(place.shown())).into())
        }
        Err(error) => Err(failed(&error)),
    }
}

fn failed(error: &StoreError) -> Failure {
    Failure::NotMade(Diagnostic::error("batch", error.to_string()).hint(error.hint()).into())
}

pub fn open(address: &Address<'_>) -> Result<Place, Failure> {
    let Address { scheme, rest } = address;
    let address = format!("{scheme}://{rest}");
    let (_, name) = rest.split_once('/').unwrap_or_default();
    let path = Path::from_url_path(name).map_err(|_| {
        let message = "the name in the store is none that every store takes";
        Failure::call(message, "use letters, digits, `.`, `-`, `_` and `/`")
    })?;
    // Whoever has this process decides whose ciphers it uses; there may be only one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let store = store(scheme, &address).map_err(|_| {
        let message = "the environment does not say all that the store needs, or says what it cannot mean";
        Failure::call(message, "docs/scale.md names the variables: AWS_…, GOOGLE_… or AZURE_…")
    })?;
    Place::new(store, path, &address).map_err(|error| {
        let message = format!("this machine lets the run start no threads: {error}");
        Failure::NotMade(Diagnostic::error("batch", message).into())
    })
}

fn store(scheme: &str, address: &str) -> object_store::Result<Arc<dyn ObjectStore>> {
    let backoff = BackoffConfig { max_backoff: LONGEST_PAUSE, ..BackoffConfig::default() };
    let retry = RetryConfig { backoff, max_retries: RETRIES, retry_timeout: LONGEST };
    let timeout = ClientConfigKey::Timeout;
    Ok(match scheme {
        "s3" | "s3a" => {
            let mut builder = AmazonS3Builder::from_env();
            if builder.get_config_value(&AmazonS3ConfigKey::CopyIfNotExists).is_none() {
                builder = builder.with_copy_if_not_exists(S3CopyIfNotExists::Multipart);
            }
            Arc::new(
                builder
                    .with_config(AmazonS3ConfigKey::Client(timeout), REQUEST)
                    .with_url(address)
                    .with_retry(retry)
                    .build()?,
            )
        }
        "gs" => Arc::new(
            GoogleCloudStorageBuilder::from_env()
                .with_config(GoogleConfigKey::Client(timeout), REQUEST)
                .with_url(address)
                .with_retry(retry)
                .build()?,
        ),
        _ => Arc::new(
            MicrosoftAzureBuilder::from_env()
                .with_config(AzureConfigKey::Client(timeout), REQUEST)
                .with_url(address)
                .with_retry(retry)
                .build()?,
        ),
    })
}
