//! Lists.

use super::Reader;
use crate::document::{Block, List};
use pulldown_cmark::{Event, Tag};

impl<'t> Reader<'t> {
    pub(super) fn list(&mut self, start: Option<u64>, depth: usize) -> List {
        let mut items = Vec::new();
        while let Some((Event::Start(Tag::Item), range)) = self.next() {
            let pieces = self.blocks(depth + 1);
            for piece in &pieces {
                if matches!(piece.block, Block::Heading { .. }) {
                    self.fault(piece.at, "wrong-heading", "a list may not hold headings", None);
                }
            }
            if pieces.is_empty() {
                self.fault(range.start, "blank", "the item is blank", None);
            }
            items.push(pieces.into_iter().map(|piece| piece.block).collect());
        }
        List { start, items }
    }
}
