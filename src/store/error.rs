//! What a store answers, in words. What it says itself is never passed on: an answer may repeat keys, and an address
//! a signature.

use std::error::Error;

/// Why an object could not be put, or found. Names the object and no key.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the store of `{place}` cannot be reached")]
    Unreachable { place: String },
    #[error("the store does not let this run {doing} `{place}`{said}")]
    NotAllowed { place: String, doing: &'static str, said: String },
    #[error("there is no bucket or container for `{place}`{said}")]
    NoBucket { place: String, said: String },
    #[error("the store cannot put `{place}` only where nothing stands yet")]
    NoCondition { place: String },
    #[error("another run is putting `{place}` just now")]
    Busy { place: String },
    #[error("what stands at `{place}` was written over while it was read")]
    Changed { place: String },
    #[error("`{place}` would be longer than an object that is put in one piece may be, {} GiB", .most >> 30)]
    TooLong { place: String, most: u64 },
    #[error("the store failed to {doing} `{place}`{said}")]
    Failed { place: String, doing: &'static str, said: String },
}

/// What was tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    Looking,
    Reading,
    Writing,
}

impl Doing {
    fn word(self) -> &'static str {
        match self {
            Doing::Looking => "look for",
            Doing::Reading => "read",
            Doing::Writing => "write",
        }
    }
}

impl StoreError {
    pub(super) fn of(error: &object_store::Error, doing: Doing, place: &str) -> StoreError {
        use object_store::Error as E;
        let (place, doing, said) = (place.to_owned(), doing.word(), said(error));
        // Also of whoever hands out keys on a machine of a cloud.
        let is_refused = ["401", "403"].iter().any(|status| said.starts_with(&format!(": {status}")));
        match error {
            _ if is_refused => StoreError::NotAllowed { place, doing, said },
            E::PermissionDenied { .. } | E::Unauthenticated { .. } => {
                StoreError::NotAllowed { place, doing, said }
            }
            E::NotFound { .. } => StoreError::NoBucket { place, said },
            E::NotSupported { .. } | E::NotImplemented { .. } => StoreError::NoCondition { place },
            E::AlreadyExists { .. } | E::Precondition { .. } => StoreError::Busy { place },
            _ if never_answered(error) => StoreError::Unreachable { place },
            _ => StoreError::Failed { place, doing, said },
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            StoreError::Unreachable { .. } => {
                "see that this machine has a way to it and that its keys and its endpoint are set in the environment \
                 (AWS_…, GOOGLE_… or AZURE_…), then run again"
            }
            StoreError::NotAllowed { .. } => {
                "set keys in the environment (AWS_…, GOOGLE_… or AZURE_…) that have the rights to list, read, write and delete there"
            }
            StoreError::NoBucket { .. } => "make it first, or mend its name",
            StoreError::NoCondition { .. } => {
                "name a store that can (docs/scale.md), or write over what stands with `--force`"
            }
            StoreError::Busy { .. } => "run again with `--resume`: what the other one made is then kept",
            StoreError::Changed { .. } => "run again once nobody writes there",
            StoreError::TooLong { .. } => "divide the roster into more parts: `--shard 1/N`",
            StoreError::Failed { .. } => "run again; where it stays so, ask whoever keeps the store",
        }
    }
}

/// The number and the word of an answer.
fn said(error: &object_store::Error) -> String {
    let text = error.to_string();
    let status = text.split("status code: ").nth(1).and_then(|rest| rest.get(..3));
    let status = status.filter(|status| status.bytes().all(|byte| byte.is_ascii_digit()));
    let word = text.split("<Code>").nth(1).and_then(|rest| rest.split("</Code>").next());
    let word = word.filter(|word| word.len() <= 64 && word.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    match (status, word) {
        (None, None) => String::new(),
        (Some(one), None) | (None, Some(one)) => format!(": {one}"),
        (Some(status), Some(word)) => format!(": {status}, {word}"),
    }
}

/// Whether nothing came back at all.
fn never_answered(error: &(dyn Error + 'static)) -> bool {
    use object_store::client::{HttpError, HttpErrorKind as Kind};
    let mut cause = Some(error);
    while let Some(error) = cause {
        let kind = error.downcast_ref::<HttpError>().map(HttpError::kind);
        if matches!(kind, Some(Kind::Connect | Kind::Request | Kind::Timeout | Kind::Interrupted)) {
            return true;
        }
        cause = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_told_without_what_it_repeats() {
        let body = "Server returned non-2xx status code: 403 Forbidden: <Error><Code>SignatureDoesNotMatch</Code>\
                    <AWSAccessKeyId>AKIAEXAMPLE</AWSAccessKeyId></Error> https://a/b?sig=secret";
        let error = object_store::Error::PermissionDenied { path: "part-1.zip".into(), source: body.into() };
        let told = StoreError::of(&error, Doing::Writing, "s3://b/part-1.zip");
        let words = "the store does not let this run write `s3://b/part-1.zip`: 403, SignatureDoesNotMatch";
        assert_eq!(told.to_string(), words);
    }
}
