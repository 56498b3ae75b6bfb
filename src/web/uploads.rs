//! What comes with a roster's form, and how much of it may be in hand at a time.

use super::answer::Problem;
use super::visit::Visit;
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError, MultipartRejection};
use axum::http::StatusCode;
use axum::response::Response;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Bytes of a roster's file, at most: 500 rows are some 100 KiB.
const FILE: usize = 8 << 20;
/// Bytes of a roster's form, at most. The table that comes back with it may be twice as long as the file: quotes are doubled
/// in a table, and browsers double line ends.
pub const FORM: usize = 24 << 20;
/// Bytes of all such forms together. Reading one takes some times its size, but that is done as often at a time as there are
/// processors; what waits takes no more than this. A clinic's tables are a thousand times smaller, so that nobody meets it
/// but who sends too much.
const ALL: usize = 64 << 20;

/// The bytes that all requests hold.
pub struct InHand(Arc<Semaphore>);

impl Default for InHand {
    fn default() -> InHand {
        InHand(Arc::new(Semaphore::new(ALL)))
    }
}

/// The bytes that one request holds; given back when dropped.
#[derive(Default)]
struct Held(Option<OwnedSemaphorePermit>);

impl Held {
    /// # Errors
    /// There is no room for them now.
    fn add(&mut self, all: &InHand, bytes: usize) -> Result<(), Problem> {
        let bytes = u32::try_from(bytes).map_err(|_| Problem::TooBig)?;
        let more = all.0.clone().try_acquire_many_owned(bytes).map_err(|_| Problem::Busy)?;
        match &mut self.0 {
            Some(held) => held.merge(more),
            None => self.0 = Some(more),
        }
        Ok(())
    }
}

/// The fields of a roster's form.
#[derive(Default)]
pub struct Sent {
    /// A file's name; empty for a table that comes back from the page.
    pub name: String,
    pub roster: Vec<u8>,
    pub edits: Vec<(String, String)>,
    held: Held,
}

impl Sent {
    /// # Errors
    /// The page that says why the form is not read.
    pub async fn read(
        site: &Visit<'_>,
        form: Result<Multipart, MultipartRejection>,
    ) -> Result<Sent, Response> {
        Sent::all(&site.uploads, form).await.map_err(|problem| problem.page(site))
    }

    async fn all(in_hand: &InHand, form: Result<Multipart, MultipartRejection>) -> Result<Sent, Problem> {
        let mut form = form.map_err(|_| Problem::NotAForm)?;
        let mut sent = Sent::default();
        while let Some(field) = form.next_field().await.map_err(problem)? {
            let name = field.name().unwrap_or_default().to_owned();
            let file = field.file_name().unwrap_or_default().to_owned();
            // Many empty fields take memory too.
            sent.held.add(in_hand, size_of::<(String, String)>() + name.len() + file.len())?;
            let most = if file.is_empty() { FORM } else { FILE };
            let bytes = sent.bytes(in_hand, field, most).await?;
            if name == "roster" {
                (sent.name, sent.roster) = (file, bytes);
            } else {
                sent.edits.push((name, String::from_utf8_lossy(&bytes).into_owned()));
            }
        }
        Ok(sent)
    }

    async fn bytes(
        &mut self,
        in_hand: &InHand,
        mut field: Field<'_>,
        most: usize,
    ) -> Result<Vec<u8>, Problem> {
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(problem)? {
            if bytes.len() + chunk.len() > most {
                return Err(Problem::TooBig);
            }
            self.held.add(in_hand, chunk.len())?;
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }

    /// All that was sent: the roster, then the other fields in their order.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let edits = self.edits.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
        [("roster", &*self.roster)].into_iter().chain(edits)
    }

    /// A field that is no cell; empty when there is none.
    pub fn field(&self, name: &str) -> &str {
        self.edits.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }
}

fn problem(error: MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Problem::TooBig } else { Problem::NotAForm }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_hold_together_is_bounded_and_given_back() {
        let all = InHand::default();
        let mut held: Vec<Held> = Vec::new();
        let eight = |held: &mut Vec<Held>| {
            let mut one = Held::default();
            let added = one.add(&all, FILE / 2).and_then(|()| one.add(&all, FILE / 2));
            held.push(one);
            added
        };
        for _ in 0..ALL / FILE {
            assert_eq!(eight(&mut held), Ok(()));
        }
        assert_eq!(eight(&mut held), Err(Problem::Busy));
        held.clear();
        assert_eq!(eight(&mut held), Ok(()));
    }
}
