//! A layout as text, for tests and for people: a line a fragment, with its place.

use super::{Artifact, Layout, Role, Shape, Tag};
use std::fmt::Write;

impl Layout {
    /// Pages, then each placed line with the role of its element; shapes without words are counted.
    pub fn dump(&self) -> String {
        let mut out = String::new();
        for (index, page) in self.pages.iter().enumerate() {
            let _ = writeln!(out, "page {} of {}", index + 1, self.pages.len());
            let mut shapes = 0;
            for fragment in &page.fragments {
                match &fragment.shape {
                    Shape::Line { line, origin, .. } => {
                        let role = self.role_name(fragment.tag);
                        let text = line.text();
                        let _ = writeln!(
                            out,
                            "{:6.1} {:6.1} {role:<9} {}",
                            origin.x.0,
                            origin.y.0,
                            text.trim_end()
                        );
                    }
                    Shape::Picture { picture, rect, .. } => {
                        let role = self.role_name(fragment.tag);
                        let _ = writeln!(out, "{:6.1} {:6.1} {role:<9} [{}]", rect.x.0, rect.y.0, picture.id);
                    }
                    Shape::Photo { photo, rect, .. } => {
                        let role = self.role_name(fragment.tag);
                        let _ = writeln!(out, "{:6.1} {:6.1} {role:<9} [{}]", rect.x.0, rect.y.0, photo.file);
                    }
                    _ => shapes += 1,
                }
            }
            let _ = writeln!(out, "{shapes} shapes");
        }
        for part in &self.omitted {
            let _ = writeln!(out, "left out: {} ({})", part.id, part.priority);
        }
        out
    }

    fn role_name(&self, tag: Tag) -> String {
        match tag {
            Tag::Artifact(Artifact::Header) => "head".into(),
            Tag::Artifact(Artifact::Footer) => "foot".into(),
            Tag::Artifact(Artifact::Decoration) => "-".into(),
            Tag::Element(id) => match self.elements.get(id.0 as usize).map(|element| element.role) {
                Some(Role::Heading(level)) => format!("H{level}"),
                Some(Role::Paragraph) => "P".into(),
                Some(Role::List { .. }) => "L".into(),
                Some(role) => format!("{role:?}"),
                None => "?".into(),
            },
        }
    }
}
