//! The three safety tiers (content brief §3). Their only constructor refuses an empty or blank sign, so that
//! a document either carries them whole or is not made.

use super::{Inline, Text, plain_text};

/// One tier: when to seek which help.
#[derive(Clone, Debug, PartialEq)]
pub struct Tier {
    /// Level-3 heading.
    pub heading: Text,
    pub intro: Option<Text>,
    /// What to look for, one sign an item.
    pub signs: Vec<Text>,
    /// What to say or do.
    pub closing: Vec<Text>,
}

/// What a line to write a number on is made of.
pub const LINE: char = '_';

/// A text without the colon that leads on to what follows it, and without the space that some languages have before one.
pub fn without_colon(text: &str) -> &str {
    text.trim_end_matches(|last: char| last.is_whitespace() || matches!(last, ':' | '：'))
}

impl Tier {
    /// Whether its heading ends with a line to write a number on.
    pub fn has_line(&self) -> bool {
        self.heading.last().is_some_and(is_line)
    }

    /// Its heading, without a line to write on: a screen has no use for one.
    pub fn heading_on_screen(&self) -> Text {
        let mut heading = self.heading.clone();
        if heading.pop_if(|last| is_line(last)).is_none() {
            return heading;
        }
        // "Call us:" asks for what is gone.
        while let Some(Inline::Text(text)) = heading.last_mut() {
            text.truncate(without_colon(text).len());
            if !text.is_empty() {
                break;
            }
            heading.pop();
        }
        heading
    }
}

fn is_line(inline: &Inline) -> bool {
    match inline {
        Inline::Text(text) => !text.is_empty() && text.chars().all(|character| character == LINE),
        _ => false,
    }
}

/// A number that a screen dials wherever the warnings tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dial {
    /// As the texts write it.
    pub number: String,
    /// `tel:…`
    pub url: String,
}

impl Dial {
    /// A text with its number as a link, wherever that stands by itself.
    pub fn within(&self, text: &[Inline]) -> Text {
        let mut linked = Text::new();
        for inline in text {
            match inline {
                Inline::Text(words) => self.within_words(words, &mut linked),
                Inline::Strong(inner) => linked.push(Inline::Strong(self.within(inner))),
                Inline::Emphasis(inner) => linked.push(Inline::Emphasis(self.within(inner))),
                other => linked.push(other.clone()),
            }
        }
        linked
    }

    fn within_words(&self, words: &str, linked: &mut Text) {
        let mut from = 0;
        for (at, number) in words.match_indices(self.number.as_str()) {
            let end = at + number.len();
            let joins = |beside: Option<char>| beside.is_some_and(char::is_alphanumeric);
            if joins(words[..at].chars().next_back()) || joins(words[end..].chars().next()) {
                continue;
            }
            if from < at {
                linked.push(Inline::Text(words[from..at].to_owned()));
            }
            linked.push(Inline::Link { url: self.url.clone(), text: vec![Inline::Text(number.to_owned())] });
            from = end;
        }
        if from < words.len() {
            linked.push(Inline::Text(words[from..].to_owned()));
        }
    }
}

/// Emergency, same day, call the clinic: in this order, on page 1, above the lines that call a complaint normal.
#[derive(Clone, Debug, PartialEq)]
pub struct Safety {
    heading: Text,
    emergency: Tier,
    same_day: Tier,
    call: Tier,
    /// Advice by precaution that belongs to the warnings.
    precautions: Vec<Text>,
    /// Above these, where they are for everybody who reads and not for one patient.
    precautions_heading: Option<Text>,
    dials: Vec<Dial>,
}

/// Why a [`Safety`] could not be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IncompleteSafety {
    #[error("the {0} tier has no signs")]
    NoSigns(&'static str),
    #[error("the {0} tier holds a blank text")]
    Blank(&'static str),
    #[error("the call tier does not say how to call")]
    NoNumber,
}

impl Safety {
    /// `call` comes with how to call: a number, or a line to write it on. It goes behind that tier's heading.
    pub fn new(
        heading: Text,
        emergency: Tier,
        same_day: Tier,
        (mut call, number): (Tier, Text),
        precautions: Vec<Text>,
    ) -> Result<Safety, IncompleteSafety> {
        if is_blank(&number) {
            return Err(IncompleteSafety::NoNumber);
        }
        if !is_blank(&call.heading) {
            call.heading.push(Inline::Text(" ".to_owned()));
            call.heading.extend(number);
        }
        for (name, tier) in [("emergency", &emergency), ("same-day", &same_day), ("call", &call)] {
            if tier.signs.is_empty() {
                return Err(IncompleteSafety::NoSigns(name));
            }
            let texts =
                std::iter::once(&tier.heading).chain(&tier.intro).chain(&tier.signs).chain(&tier.closing);
            if texts.into_iter().any(is_blank) {
                return Err(IncompleteSafety::Blank(name));
            }
        }
        if is_blank(&heading) || precautions.iter().any(is_blank) {
            return Err(IncompleteSafety::Blank("safety"));
        }
        Ok(Safety {
            heading,
            emergency,
            same_day,
            call,
            precautions,
            precautions_heading: None,
            dials: Vec::new(),
        })
    }

    /// The same with numbers that a screen dials.
    #[must_use]
    pub fn dialling(mut self, dials: Vec<Dial>) -> Safety {
        self.dials = dials;
        self
    }

    /// The same with a heading above the advice by precaution.
    #[must_use]
    pub fn heading_precautions(mut self, heading: Option<Text>) -> Safety {
        self.precautions_heading = heading.filter(|heading| !is_blank(heading));
        self
    }

    /// One of its texts as a screen shows it: its numbers can be called.
    pub fn on_screen(&self, text: &Text) -> Text {
        self.dials.iter().fold(text.clone(), |text, dial| dial.within(&text))
    }

    pub fn heading(&self) -> &Text {
        &self.heading
    }

    /// The ambulance, at any time in the next days.
    pub fn emergency(&self) -> &Tier {
        &self.emergency
    }

    /// The clinic, a doctor or a nurse line, today.
    pub fn same_day(&self) -> &Tier {
        &self.same_day
    }

    /// The clinic.
    pub fn call(&self) -> &Tier {
        &self.call
    }

    pub fn precautions(&self) -> &[Text] {
        &self.precautions
    }

    pub fn precautions_heading(&self) -> Option<&Text> {
        self.precautions_heading.as_ref()
    }
}

/// Whom an advice is for, in bold, so that a reader finds it: its first words up to a question mark. What is for the same
/// people stands in one paragraph.
pub fn by_question(advice: &[Text]) -> Vec<Text> {
    let mut paragraphs: Vec<(Option<String>, Text)> = Vec::new();
    for text in advice {
        let (question, rest) = question(text);
        match paragraphs.last_mut() {
            Some((last, paragraph)) if question.is_some() && *last == question => paragraph.extend(rest),
            _ => {
                let lead = question.clone().map(|words| Inline::Strong(vec![Inline::Text(words)]));
                paragraphs.push((question, lead.into_iter().chain(rest).collect()));
            }
        }
    }
    paragraphs.into_iter().map(|(_, paragraph)| paragraph).collect()
}

/// Its first words up to a question mark, and the others. With a sentence before the question, that one would be bold too.
fn question(advice: &Text) -> (Option<String>, Text) {
    let mut rest = advice.clone();
    let Some(Inline::Text(first)) = rest.first_mut() else { return (None, rest) };
    let end = first
        .char_indices()
        .find(|(_, c)| matches!(c, '?' | '？' | '؟' | '.' | '!' | '。' | '！' | '۔' | '।'));
    let Some((at, mark @ ('?' | '？' | '؟'))) = end else { return (None, rest) };
    let question = first[..at + mark.len_utf8()].to_owned();
    first.drain(..question.len());
    (Some(question), rest)
}

fn is_blank(text: &Text) -> bool {
    plain_text(text).trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_an_advice_is_for_is_bold_and_no_sentence_before_it() {
        let shown = |words: &str| by_question(&[vec![Inline::Text(words.to_owned())]])[0].clone();
        assert_eq!(
            shown("Pregnant? Call us.")[0],
            Inline::Strong(vec![Inline::Text("Pregnant?".to_owned())])
        );
        let told = "Call us. Not sure? Call all the same.";
        assert_eq!(shown(told), [Inline::Text(told.to_owned())]);
    }
}
