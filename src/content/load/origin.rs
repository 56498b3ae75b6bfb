//! Treatments of a clinic's own that were copied from one that came with the program, or are one under another name. What came is
//! held against them as it is against that one: a folder's name takes no guard off its warnings.

use super::treatment;
use crate::content::Folder;
use crate::content::files::{Embedded, Files};
use crate::options::Name;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Of ten lines of the warnings so many are the same in a copy.
const SAME: usize = 6;
const WARNINGS: &str = "safety.yaml";

/// Which treatment of the program each other one of a folder comes from.
#[derive(Default)]
pub struct Origins(BTreeMap<Name, Name>);

impl Origins {
    pub fn of(files: &dyn Files, folder: &Folder) -> Origins {
        let own = folder.treatments().map(|library| (&library.treatment.id, library.packs.keys()));
        let found = own.filter(|(id, _)| !shipped().any(|shipped| *shipped == ***id)).filter_map(
            |(id, languages)| {
                let likest = languages.filter_map(|language| likest(files, id, &language.to_string()));
                Some((id.clone(), likest.max()?.1.into()))
            },
        );
        Origins(found.collect())
    }

    /// The treatment that came with the program, or the one in hand.
    pub fn treatment<'i>(&'i self, id: &'i Name) -> &'i Name {
        self.0.get(id).unwrap_or(id)
    }

    /// Where a file of a treatment stands in the program.
    pub fn path<'p>(&self, path: &'p str) -> Cow<'p, str> {
        let own =
            path.strip_prefix(treatment::FOLDER).and_then(|rest| rest.strip_prefix('/')?.split_once('/'));
        let found = own.and_then(|(id, rest)| Some((self.0.get(id)?, rest)));
        found.map_or(Cow::Borrowed(path), |(id, rest)| format!("{}/{id}/{rest}", treatment::FOLDER).into())
    }
}

fn shipped() -> impl Iterator<Item = &'static str> {
    let rest = |path: &'static str| path.strip_prefix(treatment::FOLDER)?.strip_prefix('/');
    let of_path = move |path| rest(path)?.strip_suffix(treatment::NAME)?.strip_suffix('/');
    Embedded.all().filter_map(of_path)
}

/// The treatment of the program that says most of the same in a language, with how much of it.
fn likest(files: &dyn Files, id: &str, language: &str) -> Option<(usize, &'static str)> {
    let path = |id: &str| format!("{}/{id}/{language}/{WARNINGS}", treatment::FOLDER);
    let own = files.read(&path(id)).ok()?;
    let own = lines(std::str::from_utf8(&own).ok()?);
    let share = |shipped: &'static str| {
        let came = lines(std::str::from_utf8(Embedded.bytes(&path(shipped))?).ok()?);
        let same = own.intersection(&came).count();
        (same > 0 && same * 10 >= came.len() * SAME).then_some((same, shipped))
    };
    shipped().filter_map(share).max()
}

/// The lines that say something.
fn lines(text: &str) -> BTreeSet<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_a_copy_stands_where_its_original_does() {
        let origins = Origins(BTreeMap::from([("copy".into(), "original".into())]));
        let path = |path| origins.path(path).into_owned();
        assert_eq!(path("content/treatments/copy/en/rest.md"), "content/treatments/original/en/rest.md");
        for other in ["content/treatments/copied/en/rest.md", "content/exercises/copy/en.yaml", "copy/a"] {
            assert_eq!(path(other), other);
        }
        assert!(shipped().count() > 2, "the program has treatments");
    }
}
