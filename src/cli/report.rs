//! Messages to standard error: diagnostics drawn with their place, and what was made. Where diagnostics are the result,
//! they are drawn for standard output.

use super::args::Color;
use super::outcome::Failure;
use super::output::to_stdout;
use crate::diagnostic::{Diagnostic, Place, Severity, is_unseen, path_shown, printable};
use crate::options::keys::Keys;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Writes messages. A message that cannot be written is dropped: nobody is there to read it.
pub struct Reporter {
    renderer: Renderer,
    /// The same, for standard output.
    result: Renderer,
    quiet: bool,
    /// The clinic folder, if it is not the built-in one: faults name its files as they can be opened.
    clinic: Option<PathBuf>,
}

impl Reporter {
    pub fn new(color: Color, quiet: bool, clinic: Option<PathBuf>) -> Reporter {
        let renderer = |styled: bool| if styled { Renderer::styled() } else { Renderer::plain() };
        let (renderer, result) = (renderer(wants_color(color)), renderer(colors_results(color)));
        Reporter { renderer, result, quiet, clinic }
    }

    /// Errors always; warnings unless the run is quiet.
    pub fn diagnostics(&self, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            if diagnostic.severity == Severity::Error || !self.quiet {
                write_line(&self.draw(&self.renderer, diagnostic));
            }
        }
    }

    /// Diagnostics as the result of a run, with a line that sums them up. A quiet run has the errors alone.
    pub fn report(&self, diagnostics: &[Diagnostic], closing_line: &str) -> String {
        let told = diagnostics.iter().filter(|found| found.severity == Severity::Error || !self.quiet);
        let mut text: String = told.map(|found| self.draw(&self.result, found) + "\n\n").collect();
        if !self.quiet {
            text.push_str(closing_line);
            text.push('\n');
        }
        text
    }

    /// Something worth knowing, unless the run is quiet.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            write_line(text);
        }
    }

    fn draw(&self, renderer: &Renderer, diagnostic: &Diagnostic) -> String {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let place = diagnostic.place.as_ref().map(|place| self.opened(place));
        let message = printable(&diagnostic.message);
        let mut group = level.primary_title(&message).elements([] as [Origin<'_>; 0]);
        if let Some(place) = &place {
            group = at(group, place);
        }
        for hint in &diagnostic.hints {
            group = group.element(Level::HELP.message(printable(&hint.to_string())));
        }
        let drawn = renderer.render(&[group]);
        if place.is_some() { drawn } else { without_bar(&drawn) }
    }

    /// A place in the clinic folder, with the folder before it.
    fn opened(&self, place: &Place) -> Place {
        let path = self.clinic.as_ref().map(|folder| folder.join(&*place.file));
        let is_in_folder = FOLDERS.iter().any(|folder| place.file.starts_with(folder));
        match path.filter(|path| is_in_folder && place.cell.is_none() && path.exists()) {
            Some(path) => Place { file: path_shown(&path).into(), ..place.clone() },
            None => Place { file: printable(&place.file).into(), ..place.clone() },
        }
    }
}

/// A message without the line between it and its help that only draws the edge of a place.
fn without_bar(drawn: &str) -> String {
    // Colours are orders that begin with ESC and end with `m`.
    let bare = |line: &str| -> String {
        let mut parts = line.split('\u{1b}');
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |line, part| line + part.split_once('m').map_or("", |(_, behind)| behind))
    };
    drawn.lines().filter(|line| bare(line).trim() != "|").collect::<Vec<_>>().join("\n")
}

/// What a clinic folder holds.
const FOLDERS: [&str; 3] = ["content/", "templates/", "fonts/"];

/// Adds the place: the marked line where there is one, else what is known of it.
fn at<'a>(group: Group<'a>, place: &'a Place) -> Group<'a> {
    match &place.excerpt {
        Some(line) if place.line > 0 && place.column > 0 && place.cell.is_none() => {
            let mark = AnnotationKind::Primary.span(marked(line, place));
            let source = Snippet::source(&**line).line_start(place.line as usize);
            group.element(source.path(place.file.to_string()).annotation(mark))
        }
        _ => group.element(Origin::path(place.to_string())),
    }
}

/// The marked bytes of a line; at least one character, or the line's end.
fn marked(line: &str, place: &Place) -> std::ops::Range<usize> {
    let byte = |character: usize| line.char_indices().nth(character).map_or(line.len(), |(byte, _)| byte);
    let start = place.column.saturating_sub(1) as usize;
    byte(start)..byte(start.saturating_add(place.length.max(1) as usize))
}

/// Tells what went wrong, and turns it into the exit code.
pub fn exit(result: Result<(), Failure>, reporter: &Reporter) -> ExitCode {
    match result {
        Ok(()) | Err(Failure::ClosedPipe) => ExitCode::SUCCESS,
        Err(Failure::Reported) => ExitCode::from(1),
        Err(Failure::NotMade(faults)) => {
            reporter.diagnostics(&faults.0);
            ExitCode::from(1)
        }
        Err(Failure::Refused(faults)) => {
            reporter.diagnostics(&faults.0);
            ExitCode::from(2)
        }
    }
}

/// What clap has to say: help and version to standard output, a fault of the call to standard error.
pub fn usage(error: clap::Error, arguments: &[OsString], keys: &Keys) -> ExitCode {
    let text = if holds_a_value(&error) { without_the_value(keys) } else { error.render() };
    let color = asked_color(arguments);
    // A value could give the terminal orders: it is shown without colours then, its own among them.
    if error.use_stderr() && arguments.iter().any(|word| word.to_string_lossy().chars().any(is_unseen)) {
        let lines: Vec<String> = text.to_string().trim_end().lines().map(printable).collect();
        write_line(&lines.join("\n"));
        return ExitCode::from(2);
    }
    if !error.use_stderr() {
        let text = if colors_results(color) { text.ansi().to_string() } else { text.to_string() };
        return match to_stdout(text.as_bytes()) {
            Err(Failure::NotMade(faults)) => {
                faults.0.iter().for_each(|fault| write_line(&format!("error: {}", fault.message)));
                ExitCode::from(1)
            }
            _ => ExitCode::SUCCESS,
        };
    }
    let text = if wants_color(color) { text.ansi().to_string() } else { text.to_string() };
    write_line(text.trim_end());
    ExitCode::from(2)
}

/// Whether the message repeats a word that is no flag: half of a name, say, that was not quoted.
fn holds_a_value(error: &clap::Error) -> bool {
    let word = error.get(ContextKind::InvalidArg);
    error.kind() == ErrorKind::UnknownArgument
        && matches!(word, Some(ContextValue::String(word)) if !word.starts_with('-'))
}

fn without_the_value(keys: &Keys) -> StyledStr {
    let message = "a word too many; a value with spaces needs quotes: `--name \"Jo Lee\"`";
    super::whole(keys).error(ErrorKind::UnknownArgument, message).render()
}

/// The colour that a call asks for which cannot be understood as a whole.
fn asked_color(arguments: &[OsString]) -> Color {
    let words: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let asks = |value: &str| {
        words.iter().any(|word| word.strip_prefix("--color=") == Some(value))
            || words.windows(2).any(|pair| pair == ["--color", value])
    };
    match (asks("always"), asks("never")) {
        (true, _) => Color::Always,
        (_, true) => Color::Never,
        _ => Color::Auto,
    }
}

fn wants_color(color: Color) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => std::io::stderr().is_terminal() && is_color_welcome(),
    }
}

/// The same for standard output.
fn colors_results(color: Color) -> bool {
    match color {
        Color::Auto => std::io::stdout().is_terminal() && is_color_welcome(),
        other => wants_color(other),
    }
}

/// Whether `NO_COLOR` is unset or empty (no-color.org), and the terminal can do more than letters.
fn is_color_welcome() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && std::env::var_os("TERM").is_none_or(|value| value != "dumb")
}

fn write_line(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
