//! What comes with a roster's form, and how much of it may be in hand at a time.

use super::answer::Problem;
use super::context::Context;
use super::upload_budget::{NoRoom, Share, UploadBudget};
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError, MultipartRejection};
use axum::http::StatusCode;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Bytes of a roster's file, at most: 500 rows are some 100 KiB.
const FILE: usize = 8 << 20;
/// Bytes of a roster's form, at most. The table that comes back with it may be twice as long as the file: quotes are doubled
/// in a table, and browsers double line ends.
pub const FORM: usize = 24 << 20;
/// The fields of a roster's form.
#[derive(Default)]
pub struct Sent {
    /// A file's name; empty for a table that comes back from the page.
    pub name: String,
    pub roster: Vec<u8>,
    pub edits: Vec<(String, String)>,
    held: Share,
}

impl Sent {
    /// # Errors
    /// The page that says why the form is not read.
    pub async fn read(
        context: &Context<'_>,
        form: Result<Multipart, MultipartRejection>,
    ) -> Result<Sent, Response> {
        Sent::all(&context.site.uploads, form).await.map_err(|problem| problem.page(context))
    }

    async fn all(
        budget: &UploadBudget,
        form: Result<Multipart, MultipartRejection>,
    ) -> Result<Sent, Problem> {
        let mut form = form.map_err(|_| Problem::NotAForm)?;
        let mut sent = Sent::default();
        while let Some(field) = form.next_field().await.map_err(problem)? {
            let name = field.name().unwrap_or_default().to_owned();
            let file = field.file_name().unwrap_or_default().to_owned();
            // Many empty fields take memory too.
            sent.held.add(budget, size_of::<(String, String)>() + name.len() + file.len())?;
            let most = if file.is_empty() { FORM } else { FILE };
            let bytes = sent.bytes(budget, field, most).await?;
            if name == "roster" {
                (sent.name, sent.roster) = (file, bytes);
            } else {
                sent.edits.push((name, text(&bytes)));
            }
        }
        Ok(sent)
    }

    async fn bytes(
        &mut self,
        budget: &UploadBudget,
        mut field: Field<'_>,
        most: usize,
    ) -> Result<Vec<u8>, Problem> {
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(problem)? {
            if bytes.len() + chunk.len() > most {
                return Err(Problem::TooBig);
            }
            self.held.add(budget, chunk.len())?;
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

/// A field's text; a picture in pixels as the address that holds it.
fn text(bytes: &[u8]) -> String {
    match crate::is_png(bytes) {
        true => format!("{PNG}{}", STANDARD.encode(bytes)),
        false => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// How the text of such a picture begins (RFC 2397).
pub const PNG: &str = "data:image/png;base64,";

fn problem(error: MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Problem::TooBig } else { Problem::NotAForm }
}

impl From<NoRoom> for Problem {
    fn from(no_room: NoRoom) -> Problem {
        match no_room {
            NoRoom::Ever => Problem::TooBig,
            NoRoom::Now => Problem::Busy,
        }
    }
}
