use super::*;

/// The words of a document in the order in which they are read, one entry a heading, line, item or cell; a
/// no-break space is an ordinary space. What repeats on every page ([`Running`]) and alternative texts are not
/// in it. HTML and PDF must both give exactly these words: the tests of both compare with this list.
pub fn reading_order(document: &Document) -> Vec<String> {
    let mut reader = Reader(Vec::new());
    reader.masthead(document.masthead());
    reader.safety(document.safety());
    if document.masthead().details_below {
        reader.details(document.masthead());
    }
    for section in document.body().iter().flat_map(|group| &group.sections) {
        reader.texts(&section.title);
        reader.blocks(&section.blocks);
    }
    reader.0
}

/// The words of some blocks, as [`reading_order`] reads them.
pub fn reading_order_of(blocks: &[Block]) -> Vec<String> {
    let mut reader = Reader(Vec::new());
    reader.blocks(blocks);
    reader.0
}

struct Reader(Vec<String>);

impl Reader {
    fn text(&mut self, text: &Text) {
        let plain = plain_text(text).replace('\u{a0}', " ");
        if !plain.trim().is_empty() {
            self.0.push(plain);
        }
    }

    fn texts<'a>(&mut self, texts: impl IntoIterator<Item = &'a Text>) {
        for text in texts {
            self.text(text);
        }
    }

    fn masthead(&mut self, masthead: &Masthead) {
        self.texts(&masthead.next_visit);
        self.text(&masthead.title);
        self.texts(&masthead.name_line);
        self.texts(&masthead.facts);
        self.text(&masthead.quick.lead);
        self.text(&masthead.quick.answer);
        self.texts(&masthead.quick.beside);
        if !masthead.details_below {
            self.details(masthead);
        }
    }

    fn details(&mut self, masthead: &Masthead) {
        self.blocks(&masthead.quick.blocks);
        self.timeline(&masthead.timeline);
    }

    fn timeline(&mut self, timeline: &Timeline) {
        self.texts(timeline.days.iter().map(|day| &day.label));
        self.texts(timeline.ticks.iter().map(|tick| &tick.label));
        for bar in &timeline.bars {
            self.text(&bar.label);
            self.text(&bar.until);
            self.texts(&bar.open_end);
        }
        self.text(&timeline.alarm.label);
    }

    fn safety(&mut self, safety: &Safety) {
        self.text(safety.heading());
        for tier in [safety.emergency(), safety.same_day(), safety.call()] {
            self.text(&tier.heading);
            self.texts(&tier.intro);
            self.texts(&tier.signs);
            self.texts(&tier.closing);
        }
        self.texts(safety.precautions());
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => self.text(text),
            Block::List(list) => list.items.iter().for_each(|item| self.blocks(item)),
            Block::DoDont(DoDont { do_, dont }) => {
                for list in [do_, dont] {
                    self.text(&list.heading);
                    self.texts(&list.items);
                }
            }
            Block::Callout(callout) => self.blocks(&callout.blocks),
            Block::Figure(figure) => self.texts(&figure.caption),
            Block::Exercises(exercises) => {
                for exercise in exercises {
                    self.text(&exercise.name);
                    self.texts(&exercise.steps);
                }
            }
            Block::Questions(questions) => {
                for question in questions {
                    self.text(&question.question);
                    self.blocks(&question.answer);
                }
            }
            Block::Contact(contact) => self.contact(contact),
            Block::Table(table) => {
                self.texts(&table.head);
                self.texts(table.rows.iter().flatten());
            }
            Block::WriteOn { .. } => {}
        }
    }

    fn contact(&mut self, contact: &Contact) {
        for line in &contact.lines {
            self.text(&line.label);
            self.text(&line.value);
        }
        self.texts(contact.qr.as_ref().map(|qr| &qr.label));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn safety_is_read_before_the_body_and_after_the_timeline() {
        let read = reading_order(&sample::sample());
        let place = |words: &str| read.iter().position(|line| line == words);
        let order = [
            "Next visit Tuesday, December 1, 2026, 10 am",
            "Your next few days, Zoë",
            "Take it easy until",
            "Still stiff here? Call us.",
            "When to get help",
        ];
        let places: Vec<_> =
            order.iter().chain(&["Get help today", "What to expect", "In short"]).map(|w| place(w)).collect();
        assert!(places.iter().all(Option::is_some), "{places:?}");
        assert!(places.is_sorted(), "{places:?}");
    }

    #[test]
    fn a_bar_is_read_as_label_end_and_what_comes_after() {
        let read = reading_order(&sample::sample());
        let first = read.iter().position(|line| line == "No hard exercise").unwrap_or_default();
        assert_eq!(read[first + 1..first + 3], ["until Wed 3:30 pm", "until you feel well"]);
    }

    #[test]
    fn alternative_texts_and_running_lines_are_not_words_of_the_page() {
        let read = reading_order(&sample::sample_of_everything()).join("\n");
        assert!(!read.contains("QR code for") && !read.contains("Large print or another format"));
        assert!(read.contains("Scan for the web page") && read.contains("Slow circles"));
    }
}
