//! Blocks: paragraphs, headings, callouts, figures, tables.

use super::{DEPTH, Mark, Piece, Reader};
use crate::diagnostic::{allowed, shown};
use crate::document::{Align, Block, Callout, CalloutRole, Figure, Inline, Table, Text, plain_text};
use crate::limits::{COLUMNS, ROWS};
use pulldown_cmark::{Alignment, BlockQuoteKind, CowStr, Event, HeadingLevel, Tag};

impl<'t> Reader<'t> {
    /// Blocks up to the end of the element they stand in, which is read too.
    pub(super) fn blocks(&mut self, depth: usize) -> Vec<Piece> {
        let mut pieces = Vec::new();
        loop {
            // A tight list's item holds its text without a paragraph around it.
            if let Some(at) = self.at_inline() {
                self.count(at);
                let text = self.inlines();
                pieces.push(Piece { block: Block::Paragraph(text), mark: None, at });
                continue;
            }
            match self.next() {
                None | Some((Event::End(_), _)) => return pieces,
                Some((Event::Start(tag), range)) => pieces.extend(self.block(tag, range.start, depth)),
                Some((Event::Rule, range)) => {
                    let hint = "leave it out: headings and space part a handout";
                    self.fault(range.start, "forbidden-markdown", "a rule is not printed", Some(hint.into()));
                }
                Some(_) => {}
            }
        }
    }

    fn block(&mut self, tag: Tag<'t>, at: usize, depth: usize) -> Option<Piece> {
        self.count(at);
        if depth > DEPTH {
            self.skip();
            let message = format!("lists and callouts are nested deeper than {DEPTH}");
            self.fault(at, "too-deep", message, None);
            return None;
        }
        let mut mark = None;
        let block = match tag {
            Tag::Paragraph => self.paragraph(),
            Tag::Heading { level, id, classes, attrs } => {
                mark = self.mark(at, id.is_some() || !attrs.is_empty(), &classes);
                Some(self.heading(level, at))
            }
            Tag::List(start) => Some(Block::List(self.list(start, depth))),
            Tag::BlockQuote(kind) => self.callout(kind, at, depth),
            Tag::Table(alignments) => Some(Block::Table(self.table(&alignments, at))),
            tag => {
                self.skip();
                self.refuse(&tag, at);
                None
            }
        };
        Some(Piece { block: block?, mark, at })
    }

    fn refuse(&mut self, tag: &Tag<'_>, at: usize) {
        let (message, hint) = match tag {
            Tag::HtmlBlock => ("raw HTML is not printed", "write `\\<` for a sign that is meant"),
            Tag::CodeBlock(_) => {
                ("code is not printed", "text that is indented by four spaces is code: take them out")
            }
            Tag::FootnoteDefinition(_) => ("footnotes are not printed", "say it in the text"),
            _ => ("this Markdown is not printed", "use paragraphs, lists, tables, figures and callouts"),
        };
        self.fault(at, "forbidden-markdown", message, Some(hint.into()));
    }

    /// A paragraph, or the figure that stands alone in it.
    fn paragraph(&mut self) -> Option<Block> {
        if let Some((Event::Start(Tag::Image { .. }), _)) = self.events.peek() {
            let Some((Event::Start(Tag::Image { dest_url, title, .. }), range)) = self.next() else {
                return None;
            };
            let figure = self.figure(&dest_url, &title, range.start);
            let rest = self.inlines();
            self.next();
            if !plain_text(&rest).trim().is_empty() {
                let hint = "put an empty line before and after it".to_owned();
                self.fault(range.start, "figure-in-text", "a figure must stand alone", Some(hint.into()));
            }
            return figure.map(Block::Figure);
        }
        let text = self.inlines();
        self.next();
        Some(Block::Paragraph(text))
    }

    fn figure(&mut self, id: &str, caption: &str, at: usize) -> Option<Figure> {
        let alt = plain_text(&self.inlines());
        self.next();
        if alt.trim().is_empty() {
            let hint = "say what it shows: `![A person walks.](walk)`".to_owned();
            self.fault(at, "no-alternative-text", "a figure needs alternative text", Some(hint.into()));
        }
        let picture = self.pictures.get(id).cloned();
        if picture.is_none() {
            let hint = allowed(id, self.pictures.keys().map(String::as_str));
            self.fault(at, "unknown-figure", format!("unknown figure `{}`", shown(id)), Some(hint));
        }
        let caption = (!caption.trim().is_empty()).then(|| vec![Inline::Text(caption.to_owned())]);
        Some(Figure { picture: picture?, alt: alt.trim().to_owned(), caption })
    }

    fn heading(&mut self, level: HeadingLevel, at: usize) -> Block {
        let level = level as u8;
        let text = self.inlines();
        self.next();
        if level < 3 {
            let hint = "the section's title is level 2: start with `###`".to_owned();
            self.fault(
                at,
                "wrong-heading",
                format!("a heading inside a section may not be level {level}"),
                Some(hint.into()),
            );
        } else if level > self.level + 1 {
            let message = format!("a heading of level {level} follows one of level {}", self.level);
            self.fault(
                at,
                "wrong-heading",
                message,
                Some(format!("write `{}`", "#".repeat(self.level as usize + 1)).into()),
            );
        }
        self.level = level.max(2);
        if plain_text(&text).trim().is_empty() {
            self.fault(at, "blank", "the heading is blank", None);
        }
        Block::Heading { level, text }
    }

    fn mark(&mut self, at: usize, more: bool, classes: &[CowStr<'_>]) -> Option<Mark> {
        let mark = match classes {
            [] if !more => return None,
            [class] if !more && class.as_ref() == "do" => Some(Mark::Do),
            [class] if !more && class.as_ref() == "dont" => Some(Mark::Dont),
            _ => None,
        };
        if mark.is_none() {
            let hint = "a heading may carry `{.do}` or `{.dont}`, nothing else".to_owned();
            self.fault(at, "unknown-class", "unknown mark on a heading", Some(hint.into()));
        }
        mark
    }

    fn callout(&mut self, kind: Option<BlockQuoteKind>, at: usize, depth: usize) -> Option<Block> {
        let role = match kind {
            Some(BlockQuoteKind::Note) => Some(CalloutRole::Note),
            Some(BlockQuoteKind::Tip) => Some(CalloutRole::Tip),
            Some(BlockQuoteKind::Warning) => Some(CalloutRole::Warning),
            Some(BlockQuoteKind::Important | BlockQuoteKind::Caution) | None => None,
        };
        let Some(role) = role else {
            self.skip();
            let hint = "start it with `> [!NOTE]`, `> [!TIP]` or `> [!WARNING]`".to_owned();
            self.fault(at, "forbidden-markdown", "a quote must be a callout", Some(hint.into()));
            return None;
        };
        let pieces = self.blocks(depth + 1);
        for piece in &pieces {
            if matches!(piece.block, Block::Callout(_) | Block::Heading { .. }) {
                let message = "a callout may not hold headings or other callouts";
                self.fault(piece.at, "nested-callout", message, None);
            }
        }
        let blocks: Vec<Block> = pieces.into_iter().map(|piece| piece.block).collect();
        if blocks.is_empty() {
            self.fault(at, "blank", "the callout is blank", None);
        }
        Some(Block::Callout(Callout { role, blocks }))
    }

    fn table(&mut self, alignments: &[Alignment], at: usize) -> Table {
        let align = alignments.iter().map(|alignment| match alignment {
            Alignment::Center => Align::Centre,
            Alignment::Right => Align::End,
            Alignment::None | Alignment::Left => Align::Start,
        });
        let mut table = Table { align: align.collect(), head: Vec::new(), rows: Vec::new() };
        let mut beyond = at;
        while let Some((event, range)) = self.next() {
            match event {
                Event::Start(Tag::TableHead) => table.head = self.row(),
                Event::Start(Tag::TableRow) => {
                    table.rows.push(self.row());
                    if table.rows.len() == ROWS.most + 1 {
                        beyond = range.start;
                    }
                }
                _ => break,
            }
        }
        if table.rows.len() > ROWS.most {
            self.push(beyond, ROWS.fault("the table", table.rows.len()));
        }
        if table.head.len() > COLUMNS.most {
            self.push(at, COLUMNS.fault("the table", table.head.len()));
        }
        if table.head.iter().any(|cell| plain_text(cell).trim().is_empty()) {
            self.fault(at, "blank", "every column of a table needs a head", None);
        }
        table
    }

    fn row(&mut self) -> Vec<Text> {
        let mut cells = Vec::new();
        while let Some((Event::Start(Tag::TableCell), _)) = self.next() {
            cells.push(self.inlines());
            self.next();
        }
        cells
    }
}
