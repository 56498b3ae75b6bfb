//! Tera over Markdown: every text of a language, compiled once, filled for each request.
//!
//! Tera runs first, strict on names, and escapes every value for Markdown; then the outcome is read as Markdown.
//! A text without tags is read once, when the library is loaded. One with tags keeps what it came out as: the
//! same outcome is not read twice.

mod check;
mod fault;
mod outcome_cache;
mod tags;

pub use check::{Dialect, check, quoted};
pub use tags::has_tags;

use super::names::Names;
use super::{escape, marks};
use crate::content::markdown::{self, Pictures};
use crate::content::{Source, Spot};
use crate::diagnostic::{Diagnostic, Faults, Sink};
use crate::document::{Block, Text, plain_text};
use crate::limits;
use outcome_cache::OutcomeCache;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::Arc;
use tera::{Context, Tera};

/// What a text is, once it is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One line with marks: a title, a sign.
    Line,
    /// Paragraphs, lists and more.
    Blocks,
    /// Characters without marks.
    Plain,
    /// A Tera expression that holds or not.
    Condition,
    /// The layout template.
    Layout,
    /// The brochure's template.
    Brochure,
}

/// One of the texts of [`Texts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextId(u32);

/// A text that was filled and read.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Read {
    Line(Arc<Text>),
    Blocks(Arc<[Block]>),
    Plain(Arc<str>),
}

/// All texts of one language.
#[derive(Debug)]
pub struct Texts {
    tera: Tera,
    /// Parses one text after the other, so that each has its own fault.
    parser: Tera,
    entries: Vec<Entry>,
    pictures: Pictures,
    names: Names,
    /// The test suite parses each of them alone.
    are_tried: bool,
}

#[derive(Debug)]
struct Entry {
    source: Source,
    form: Form,
    body: Body,
    /// Names that its outcome depends on.
    used: BTreeSet<String>,
}

#[derive(Debug)]
enum Body {
    Fixed(Read),
    /// A template of this name.
    Changing {
        name: String,
        cache: OutcomeCache,
    },
    /// Its faults are reported already.
    Faulty,
}

impl Texts {
    /// `most`: as many texts as there may be, for which there is room at once.
    /// `are_tried`: they come with the program.
    pub fn new(pictures: &Pictures, names: Names, most: usize, are_tried: bool) -> Texts {
        let mut tera = Tera::new();
        tera.set_escape_fn(escape::markdown);
        tera.autoescape_on([""]);
        marks::register(&mut tera);
        let (parser, entries) = (Tera::new(), Vec::with_capacity(most));
        Texts { tera, parser, entries, pictures: pictures.clone(), names, are_tried }
    }

    /// Checks a text and keeps it. Its faults go to `sink`; it can still be named.
    pub fn add(&mut self, source: &Source, form: Form, sink: &mut Sink) -> TextId {
        let id = TextId(u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
        let source = if form == Form::Condition { condition(source) } else { source.clone() };
        let dialect = match form {
            Form::Layout => Dialect::Layout,
            Form::Brochure => Dialect::Brochure,
            _ => Dialect::Text,
        };
        let checked = check(&source, dialect, &self.names);
        let mut faults = checked.faults;
        if form == Form::Condition && !is_one_condition(&source.text) {
            let fault = Diagnostic::error("wrong-condition", "a condition is one expression, without tags");
            faults = vec![fault.at(source.place.clone())];
        }
        if faults.is_empty() && !self.are_tried && has_tags(&source.text) {
            faults.extend(self.syntax_fault(&source));
        }
        let body = if !faults.is_empty() {
            faults.into_iter().for_each(|fault| sink.push(fault));
            Body::Faulty
        } else if has_tags(&source.text) {
            Body::Changing { name: id.0.to_string(), cache: OutcomeCache::default() }
        } else {
            match self.read(&source, form, &source.text) {
                Ok(read) => Body::Fixed(read),
                Err(faults) => {
                    faults.into_iter().for_each(|fault| sink.push(fault));
                    Body::Faulty
                }
            }
        };
        self.entries.push(Entry { source, form, body, used: checked.used });
        id
    }

    /// Makes the texts that were added ready to be filled; call it once, after the last of them.
    pub fn compile(&mut self, sink: &mut Sink) {
        let changing = self.entries.iter().filter_map(|entry| match &entry.body {
            Body::Changing { name, .. } => Some((name.clone(), entry.source.text.clone())),
            _ => None,
        });
        let templates: Vec<(String, Arc<str>)> = changing.collect();
        if let Err(error) = self.tera.add_raw_templates(templates) {
            sink.push(Diagnostic::error("template", fault::sentence(&error.to_string())));
        }
    }

    /// What Tera's parser says.
    fn syntax_fault(&mut self, source: &Source) -> Option<Diagnostic> {
        let error = self.parser.add_raw_template("text", &source.text).err()?;
        fault::syntax(&error, source)
    }

    pub fn source(&self, id: TextId) -> Option<&Source> {
        self.entry(id).map(|entry| &entry.source)
    }

    /// Names that a text's outcome depends on.
    pub fn used(&self, id: TextId) -> impl Iterator<Item = &str> {
        self.entry(id).into_iter().flat_map(|entry| entry.used.iter().map(String::as_str))
    }

    /// Whether the text was found faulty when it was added.
    pub fn is_faulty(&self, id: TextId) -> bool {
        self.entry(id).is_none_or(|entry| matches!(entry.body, Body::Faulty))
    }

    /// One line of text.
    pub fn line(&self, id: TextId, values: &Values) -> Result<Text, Faults> {
        match self.filled(id, values)? {
            Read::Line(text) => Ok(text.to_vec()),
            Read::Blocks(_) | Read::Plain(_) => Err(fault::misused(self.source(id))),
        }
    }

    pub fn blocks(&self, id: TextId, values: &Values) -> Result<Vec<Block>, Faults> {
        match self.filled(id, values)? {
            Read::Blocks(blocks) => Ok(blocks.to_vec()),
            Read::Line(_) | Read::Plain(_) => Err(fault::misused(self.source(id))),
        }
    }

    pub fn plain(&self, id: TextId, values: &Values) -> Result<String, Faults> {
        match self.filled(id, values)? {
            Read::Plain(text) => Ok(text.to_string()),
            Read::Line(_) | Read::Blocks(_) => Err(fault::misused(self.source(id))),
        }
    }

    /// A plain text without tags; empty for any other.
    pub fn fixed(&self, id: TextId) -> String {
        match self.entry(id).map(|entry| &entry.body) {
            Some(Body::Fixed(Read::Plain(text))) => text.to_string(),
            _ => String::new(),
        }
    }

    /// Whether a condition holds.
    pub fn holds(&self, id: TextId, values: &Values) -> Result<bool, Faults> {
        self.output(id, values).map(|output| !output.is_empty())
    }

    /// The layout template with its marks.
    pub fn output(&self, id: TextId, values: &Values) -> Result<String, Faults> {
        let Some(entry) = self.entry(id) else { return Err(fault::misused(None)) };
        match &entry.body {
            Body::Changing { name, .. } => self.fill(entry, name, values),
            Body::Fixed(_) => Ok(entry.source.text.to_string()),
            Body::Faulty => Err(fault::misused(Some(&entry.source))),
        }
    }

    fn entry(&self, id: TextId) -> Option<&Entry> {
        self.entries.get(id.0 as usize)
    }

    fn filled(&self, id: TextId, values: &Values) -> Result<Read, Faults> {
        let Some(entry) = self.entry(id) else { return Err(fault::misused(None)) };
        let (name, cache) = match &entry.body {
            Body::Fixed(read) => return Ok(read.clone()),
            Body::Faulty => return Err(fault::misused(Some(&entry.source))),
            Body::Changing { name, cache } => (name, cache),
        };
        let output = self.fill(entry, name, values)?;
        if let Some(read) = cache.get(&output) {
            return Ok(read);
        }
        let read = self.read(&entry.source, entry.form, &output);
        let read = read.map_err(|faults| fault::hidden_unless_trial(faults, values, &entry.source))?;
        if !is_personal(entry) {
            cache.put(output, &read);
        }
        Ok(read)
    }

    fn fill(&self, entry: &Entry, name: &str, values: &Values) -> Result<String, Faults> {
        let mut output = Bounded(Vec::with_capacity(entry.source.text.len() * 2));
        match self.tera.render_to(name, &values.context, &mut output) {
            Ok(()) => Ok(String::from_utf8(output.0).unwrap_or_default()),
            Err(error) => {
                let fault = fault::filling(&error, &entry.source);
                Err(fault::hidden_unless_trial(vec![fault], values, &entry.source))
            }
        }
    }

    fn read(&self, source: &Source, form: Form, output: &str) -> Result<Read, Vec<Diagnostic>> {
        let place = fault::from_the_start(source);
        let read = match form {
            Form::Blocks => {
                markdown::parse(output, &place, &self.pictures).map(|blocks| Read::Blocks(blocks.into()))
            }
            Form::Line => markdown::parse_inline(output, &place).map(|text| Read::Line(text.into())),
            Form::Plain => {
                markdown::parse_inline(output, &place).map(|text| Read::Plain(plain_text(&text).into()))
            }
            Form::Condition | Form::Layout | Form::Brochure => Ok(Read::Plain(output.into())),
        };
        read.map_err(|faults| {
            faults.0.into_iter().map(|fault| fault::relocated(fault, output, source)).collect()
        })
    }

    /// Reads Markdown that stands between the calls of the layout template.
    pub fn read_between(&self, id: TextId, output: &str, values: &Values) -> Result<Vec<Block>, Faults> {
        let Some(source) = self.source(id) else { return Err(fault::misused(None)) };
        match self.read(source, Form::Blocks, output) {
            Ok(Read::Blocks(blocks)) => Ok(blocks.to_vec()),
            Ok(_) => Err(fault::misused(Some(source))),
            Err(faults) => Err(fault::hidden_unless_trial(faults, values, source)),
        }
    }
}

/// What texts are filled with.
#[derive(Clone, Debug)]
pub struct Values {
    pub context: Context,
    /// Made up, to find faults when the library is loaded: messages may show them.
    pub trial: bool,
}

/// A text that holds what only one patient has is not kept.
fn is_personal(entry: &Entry) -> bool {
    entry.used.contains("patient") || entry.used.contains("next_visit")
}

const IF: &str = "{% if ";

/// A condition as a text that is empty when it does not hold.
fn condition(source: &Source) -> Source {
    let text = format!("{IF}{} %}}1{{% endif %}}", source.text);
    let start = Spot { offset: 0, line: source.place.line, column: source.place.column };
    let moved = source.spots.iter().map(|spot| Spot { offset: spot.offset + IF.len(), ..*spot });
    let spots = [start, Spot { offset: IF.len(), ..start }].into_iter().chain(moved).collect();
    Source { text: text.into(), spots, ..source.clone() }
}

fn is_one_condition(text: &str) -> bool {
    let tags = tags::tags(text);
    tags.len() == 2 && text.matches("{%").count() == 2 && !text.contains("{#")
}

/// Output that stops growing at [`limits::TEXT`].
struct Bounded(Vec<u8>);

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > limits::TEXT {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
