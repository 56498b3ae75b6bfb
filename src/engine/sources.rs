//! What a sheet rests on: the claims of everything that it says, with their sources.

use super::Engine;
use crate::content::{Claim, Library, Pack};
use crate::document::{Block, Document};
use crate::options::sections::{QUICK_ANSWER, WHEN_TO_CALL};
use crate::request::Request;

/// A claim, and which parts of a sheet say what rests on it.
#[derive(Clone, Debug)]
pub struct Cited<'e> {
    pub claim: &'e Claim,
    /// As the clinic folder names them: `section rest`, `question how-long-sore`, `window soreness`.
    pub said_in: Vec<String>,
}

impl Engine {
    /// The claims behind a document of a request, in the order of the ledger. The warning signs are behind every one, and so are
    /// the time windows, which every sheet draws.
    pub fn sources(&self, document: &Document, request: &Request) -> Vec<Cited<'_>> {
        let library = self.treatments().find(|library| library.treatment.id == request.treatment);
        let pack = library.and_then(|library| Some((library, library.packs.get(&request.language)?)));
        let Some((library, pack)) = pack else { return Vec::new() };
        let named = self.named(document, library, pack);
        let cited = library.claims.values().map(|claim| {
            let names = named.iter().filter(|(_, claims)| claims.contains(&claim.id));
            Cited { claim, said_in: names.map(|(name, _)| name.clone()).collect() }
        });
        cited.filter(|cited| !cited.said_in.is_empty()).collect()
    }

    /// Every part of the document with the claims that its text names.
    fn named<'e>(
        &self,
        document: &Document,
        library: &'e Library,
        pack: &'e Pack,
    ) -> Vec<(String, &'e [String])> {
        let mut named: Vec<(String, &[String])> = vec![("warning signs".to_owned(), &pack.safety.claims)];
        let windows = library.protocol.windows.iter();
        named.extend(windows.map(|(id, window)| (format!("window {id}"), window.claims.as_slice())));
        let sections = document.body().iter().flat_map(|group| &group.sections);
        let ids =
            [QUICK_ANSWER, WHEN_TO_CALL].into_iter().chain(sections.clone().map(|section| &*section.id));
        let texts = ids.filter_map(|id| pack.sections.get(id));
        named.extend(texts.map(|text| (format!("section {}", text.id), text.claims.as_slice())));
        for block in sections.flat_map(|section| &section.blocks) {
            let Block::Questions(questions) = block else { continue };
            let shown = pack.questions.iter().filter(|one| questions.iter().any(|shown| shown.id == one.id));
            named.extend(shown.map(|one| (format!("question {}", one.id), one.claims.as_slice())));
        }
        let exercises = self.shown_exercises(document);
        let known = pack.libraries.values().flat_map(|library| library.values());
        let shown = known.filter(|one| exercises.contains(&one.id));
        named.extend(shown.map(|one| (format!("exercise {}", one.id), one.claims.as_slice())));
        named
    }
}
