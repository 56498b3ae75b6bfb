//! The do/don't pair: two marked headings, each with a list.

use super::{Mark, Piece, Reader};
use crate::document::{Block, DoDont, List, MarkedList, Text};
use std::iter::Peekable;
use std::vec::IntoIter;

const FORM: &str = "write `### Do {.do}`, a list, `### Do not {.dont}`, and a list";

impl Reader<'_> {
    /// The blocks, with marked headings and their lists made into pairs.
    pub(super) fn pair(&mut self, pieces: Vec<Piece>) -> Vec<Block> {
        let mut blocks = Vec::with_capacity(pieces.len());
        let mut pieces = pieces.into_iter().peekable();
        while let Some(piece) = pieces.next() {
            match piece.mark {
                None => blocks.push(piece.block),
                Some(Mark::Dont) => {
                    self.fault(
                        piece.at,
                        "half-pair",
                        "`{.dont}` has no `{.do}` before it",
                        Some(FORM.into()),
                    );
                }
                Some(Mark::Do) => blocks.extend(self.rest_of_pair(piece, &mut pieces)),
            }
        }
        blocks
    }

    fn rest_of_pair(&mut self, first: Piece, pieces: &mut Peekable<IntoIter<Piece>>) -> Option<Block> {
        let at = first.at;
        let do_ = self.marked_list(first, pieces);
        let Some(second) = pieces.next_if(|piece| piece.mark == Some(Mark::Dont)) else {
            self.fault(at, "half-pair", "`{.do}` has no `{.dont}` after its list", Some(FORM.into()));
            return None;
        };
        let dont = self.marked_list(second, pieces);
        Some(Block::DoDont(DoDont { do_: do_?, dont: dont? }))
    }

    fn marked_list(&mut self, heading: Piece, pieces: &mut Peekable<IntoIter<Piece>>) -> Option<MarkedList> {
        let at = heading.at;
        let Block::Heading { level, text } = heading.block else { return None };
        if level != 3 {
            self.fault(at, "wrong-heading", "a marked heading must be level 3", Some("write `###`".into()));
        }
        let list = pieces.next_if(|piece| matches!(&piece.block, Block::List(list) if list.start.is_none()));
        let Some(Block::List(list)) = list.map(|piece| piece.block) else {
            self.fault(at, "half-pair", "a marked heading needs a list of `-` after it", Some(FORM.into()));
            return None;
        };
        let items = self.one_line_items(list, at);
        Some(MarkedList { heading: text, items: items? })
    }

    fn one_line_items(&mut self, list: List, at: usize) -> Option<Vec<Text>> {
        let mut items = Vec::with_capacity(list.items.len());
        for item in list.items {
            let mut blocks = item.into_iter();
            match (blocks.next(), blocks.next()) {
                (Some(Block::Paragraph(text)), None) => items.push(text),
                _ => {
                    let message = "each point of a do/don't pair must be one paragraph";
                    self.fault(at, "half-pair", message, None);
                    return None;
                }
            }
        }
        Some(items)
    }
}
