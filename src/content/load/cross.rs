//! How the files of a clinic folder hang together: names that one file uses and another defines.

use crate::content::yaml::{Node, Reader};
use crate::diagnostic::{Diagnostic, Place, Sink, allowed};
use crate::limits::LISTED;
use crate::options::Name;
use indexmap::IndexSet;

/// What a name refers to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Named {
    Claim,
    Figure,
    /// Of that library.
    Exercise(Name),
}

/// Names used and names defined, kept until every file is read. A thing defines its name even when the rest of it
/// is faulty, so that one fault does not bring others with it.
#[derive(Clone, Default)]
pub struct References {
    used: Vec<(Named, String, Place)>,
    defined: IndexSet<(Named, String)>,
}

impl References {
    pub fn define(&mut self, kind: &Named, id: &str) {
        self.defined.insert((kind.clone(), id.to_owned()));
    }

    /// The id that a thing gives itself; a second thing of that name is a fault.
    pub fn definition(&mut self, kind: &Named, node: &Node, reader: &mut Reader<'_>) -> Option<String> {
        let id = reader.id(node)?;
        if !self.defined.insert((kind.clone(), id.clone())) {
            reader.fault(
                node.span,
                "duplicate-id",
                format!("the {} `{id}` stands twice", kind.noun()),
                Some("take one out, or give it an id of its own".into()),
            );
        }
        Some(id)
    }

    /// A list of ids that are defined elsewhere.
    pub fn list(&mut self, kind: &Named, node: &Node, reader: &mut Reader<'_>) -> Vec<String> {
        reader
            .items_within(node, "the list", LISTED)
            .iter()
            .filter_map(|item| self.one(kind, item, reader))
            .collect()
    }

    pub fn one(&mut self, kind: &Named, node: &Node, reader: &mut Reader<'_>) -> Option<String> {
        let id = reader.id(node)?;
        self.used.push((kind.clone(), id.clone(), reader.place(node.span)));
        Some(id)
    }

    /// Every name that nothing defines.
    pub fn check(&self, sink: &mut Sink) {
        for (kind, id, place) in &self.used {
            if !self.defined.contains(&(kind.clone(), id.clone())) {
                let known = self.defined.iter().filter(|(defined, _)| defined == kind);
                let hint = allowed(id, known.map(|(_, id)| id.as_str()));
                let fault = Diagnostic::error("unknown-name", format!("unknown {} `{id}`", kind.noun()));
                sink.push_once(fault.at(place.clone()).hint(hint));
            }
        }
    }
}

impl Named {
    fn noun(&self) -> &'static str {
        match self {
            Named::Claim => "claim",
            Named::Figure => "figure",
            Named::Exercise(_) => "exercise",
        }
    }
}
