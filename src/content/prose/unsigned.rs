//! Texts that came with the program, were edited, and that nobody has signed since: whoever signs a text has read it, and nothing of
//! it is held against the program's any more.

use crate::content::files::{Embedded, Files};
use crate::content::load::Origins;
use crate::content::{Folder, Pack};
use chrono::NaiveDate;
use std::borrow::Cow;

pub const TREATMENTS: &str = "content/treatments/";
pub const EXERCISES: &str = "content/exercises/";
/// Folders of what treatments share, by language.
const SHARED: [&str; 4] = [EXERCISES, "content/languages/", "content/records/", "content/dates/"];

/// A folder of texts, and what is known of where they come from and who has signed them.
pub struct Edited<'f> {
    pub files: &'f dyn Files,
    pub folder: &'f Folder,
    pub origins: &'f Origins,
    pub today: Option<NaiveDate>,
}

/// A file that is not as it came.
pub struct EditedFile<'f> {
    pub path: String,
    /// Where it stands in the program.
    pub came: String,
    /// Some of the texts that it belongs to.
    pub pack: &'f Pack,
}

impl<'f> Edited<'f> {
    /// The files of a kind that came with the program, say something else now, and are not signed.
    pub fn files(&self, is_read: &dyn Fn(&str) -> bool) -> Vec<EditedFile<'f>> {
        let paths = self.files.paths(is_read).unwrap_or_default();
        let own = paths.into_iter().filter_map(|path| {
            let came = self.origins.path(&path).into_owned();
            let shipped = Embedded.read(&came).ok()?;
            let is_same = self.files.read(&path).is_ok_and(|own| own == shipped);
            let pack = if is_same { None } else { self.unsigned(&path) };
            Some(EditedFile { came, pack: pack?, path })
        });
        own.collect()
    }

    /// A file as it came and as it is, where both are text.
    pub fn texts(&self, file: &EditedFile<'_>) -> Option<[String; 2]> {
        let text = |data: Cow<'_, [u8]>| String::from_utf8(data.into_owned()).ok();
        Some([text(Embedded.read(&file.came).ok()?)?, text(self.files.read(&file.path).ok()?)?])
    }

    /// Texts of the file's language, where somebody has still to sign them.
    fn unsigned(&self, path: &str) -> Option<&'f Pack> {
        let (treatment, language) = treatment_and_language(path)?;
        let libraries = self
            .folder
            .treatments()
            .filter(|library| treatment.is_none_or(|id| &*library.treatment.id == id));
        let mut packs = libraries.flat_map(|library| library.packs.values());
        packs.find(|pack| {
            [pack.language.tag(), &pack.language.primary()].contains(&language)
                && !is_signed(pack, self.today)
        })
    }
}

/// Whether somebody has signed texts as they are.
pub fn is_signed(pack: &Pack, today: Option<NaiveDate>) -> bool {
    today.is_some_and(|today| pack.approval.on(today).is_ok())
}

fn treatment_and_language(path: &str) -> Option<(Option<&str>, &str)> {
    if let Some(own) = path.strip_prefix(TREATMENTS) {
        let (treatment, rest) = own.split_once('/')?;
        return Some((Some(treatment), rest.split_once('/')?.0));
    }
    let shared = SHARED.iter().find_map(|folder| path.strip_prefix(folder))?;
    Some((None, shared.split('/').next()?.trim_end_matches(".yaml")))
}
