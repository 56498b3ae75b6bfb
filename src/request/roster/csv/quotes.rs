//! The quotes of a record. `csv-core` takes whatever stands there, and a stray quote would put the rows below into one
//! patient's cell.

use super::super::lines::line_ends;
use crate::diagnostic::Diagnostic;

/// What is wrong with the quotes of a record. Lines count from the record's own, which is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuoteFault {
    /// The quote that opens here is not closed before the record's end.
    Open { opened: u64 },
    /// Text stands between a closing quote and the next sign between cells.
    Behind { opened: u64, line: u64 },
    /// A line inside a quoted cell is a row of its own.
    Swallowed { opened: u64, line: u64 },
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    CellStart,
    Bare,
    Quoted,
    /// Behind a quote inside a quoted cell: it closes the cell, or it is the first of two that stand for one.
    Closing,
    /// Behind a closing quote: nothing but space may follow.
    Closed,
}

/// A line that begins inside a quoted cell.
struct Inner {
    opened: u64,
    line: u64,
    /// Where its cell begins.
    begun: usize,
    start: usize,
    /// Where the cell or the line ends.
    end: Option<usize>,
}

/// The first fault of a record's quotes. `is_row` says whether a line would be a row; it is given the line, and that part of
/// it that stands inside the quotes.
pub fn check(record: &[u8], sign: u8, is_row: impl Fn(&[u8], &[u8]) -> bool) -> Option<QuoteFault> {
    // Most rows have none.
    if !record.contains(&b'"') {
        return None;
    }
    let (mut state, mut line, mut opened, mut begun, mut before) = (State::CellStart, 0, 0, 0, 0);
    let mut inner: Vec<Inner> = Vec::new();
    let mut behind = None;
    for (at, byte) in record.iter().copied().enumerate() {
        let ends_cell = byte == sign || matches!(byte, b'\n' | b'\r');
        if state == State::Closing && byte != b'"' {
            end(&mut inner, at.saturating_sub(1));
        }
        state = match state {
            State::Quoted if byte == b'"' => State::Closing,
            State::Quoted => State::Quoted,
            State::Closing if byte == b'"' => State::Quoted,
            _ if ends_cell => State::CellStart,
            State::CellStart if byte == b'"' => {
                (opened, begun) = (line, at + 1);
                State::Quoted
            }
            State::CellStart | State::Bare => State::Bare,
            State::Closing | State::Closed if byte == b' ' => State::Closed,
            State::Closing | State::Closed => {
                behind = behind.or(Some(QuoteFault::Behind { opened, line }));
                State::Bare
            }
        };
        line += line_ends(&[byte], &mut before);
        // A carriage return alone ends a row too.
        if state == State::Quoted && matches!(byte, b'\n' | b'\r') {
            end(&mut inner, at);
            inner.push(Inner { opened, line, begun, start: at + 1, end: None });
        }
    }
    let swallowed = inner.iter().filter(|inner| !is_one_cell(record, inner.begun, sign)).find(|inner| {
        let rest = record.get(inner.start..).unwrap_or_default();
        let whole = rest.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
        let inside = inner.end.map_or(rest.len(), |end| end.saturating_sub(inner.start));
        is_row(whole.trim_ascii_end(), rest.get(..inside).unwrap_or_default())
    });
    let swallowed = swallowed.map(|inner| QuoteFault::Swallowed { opened: inner.opened, line: inner.line });
    let open = (state == State::Quoted).then_some(QuoteFault::Open { opened });
    open.or(behind).or(swallowed)
}

/// Whether a quoted cell is closed and holds nothing of another row: no sign but at the end of a line, as a name has it that is
/// broken behind its comma.
fn is_one_cell(record: &[u8], begun: usize, sign: u8) -> bool {
    let rest = record.get(begun..).unwrap_or_default();
    let Some(end) = rest.iter().position(|byte| *byte == b'"') else { return false };
    let cell = rest.get(..end).unwrap_or_default();
    let is_within = |at: usize| !matches!(cell.get(at + 1), Some(b'\n' | b'\r'));
    let has_sign = cell.iter().enumerate().any(|(at, byte)| *byte == sign && is_within(at));
    !has_sign && matches!(cell.iter().filter(|byte| **byte == sign).count(), 0 | 1)
}

fn end(inner: &mut [Inner], at: usize) {
    if let Some(last) = inner.last_mut().filter(|last| last.end.is_none()) {
        last.end = Some(at);
    }
}

/// The fault of a record that stands on these lines, without its place.
pub fn told(fault: QuoteFault, sign: u8, first_line: u64, last_line: u64) -> Diagnostic {
    let twice = "a quote inside a quoted cell is written twice: `\"\"`";
    let read_as_one = match last_line > first_line {
        true => format!("lines {first_line} to {last_line} were read as one row; "),
        false => String::new(),
    };
    match fault {
        QuoteFault::Open { opened } => {
            let message = format!("the quote that opens on line {} is not closed", first_line + opened);
            Diagnostic::error("open-quote", message)
                .hint(format!("{read_as_one}close it, or take it out"))
                .hint(twice)
        }
        QuoteFault::Behind { opened, line } => {
            let message = match line == opened {
                true => "text stands behind the closing quote of a cell".to_owned(),
                false => format!(
                    "text stands behind the quote on line {}, which closes the one that opens on line {}",
                    first_line + line,
                    first_line + opened
                ),
            };
            Diagnostic::error("bad-quote", message)
                .hint(format!("{read_as_one}close each quote where its cell ends"))
                .hint(twice)
        }
        QuoteFault::Swallowed { opened, line } => {
            let message =
                format!("line {} looks like a row, but stands inside a quoted cell", first_line + line);
            let sign = if sign == b'\t' { "tab".to_owned() } else { format!("`{}`", char::from(sign)) };
            let hint = format!(
                "close the quote that opens on line {} where its cell ends; if the line belongs to the cell, begin it \
                 with `- ` and put a space behind each {sign}",
                first_line + opened
            );
            Diagnostic::error("row-in-quotes", message).hint(hint)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(record: &str) -> Option<QuoteFault> {
        check(record.as_bytes(), b',', |line, _| line.split(|byte| *byte == b',').count() == 3)
    }

    #[test]
    fn quotes_that_are_in_order() {
        for record in
            ["a,b,c", "a,\"b, b\",c\r", "\"a \"\"b\"\"\",,", "a,5\" needle,c", "a,\"two\nlines\" ,c"]
        {
            assert_eq!(found(record), None, "{record}");
        }
    }

    #[test]
    fn a_quote_that_nothing_closes() {
        assert_eq!(found("a,neck,\"open\nb,calf,x\n"), Some(QuoteFault::Open { opened: 0 }));
        assert_eq!(found("\"a\nb\",\"\n\"\"\n"), Some(QuoteFault::Open { opened: 1 }));
    }

    #[test]
    fn text_behind_a_closing_quote() {
        assert_eq!(found("a,neck,\"abc\" def"), Some(QuoteFault::Behind { opened: 0, line: 0 }));
        assert_eq!(found("a,\"open\nb,c,\"y\"\n"), Some(QuoteFault::Behind { opened: 0, line: 1 }));
    }

    #[test]
    fn a_row_inside_a_quoted_cell() {
        assert_eq!(found("a,neck,\"open\nb,calf,x\nc\""), Some(QuoteFault::Swallowed { opened: 0, line: 1 }));
        assert_eq!(found("a,\"open\rb,calf,x\rc\""), Some(QuoteFault::Swallowed { opened: 0, line: 1 }));
        assert_eq!(found("a,\"open\r\nb,calf,x\r\nc\""), Some(QuoteFault::Swallowed { opened: 0, line: 1 }));
        assert_eq!(found("a,\"open\nb,calf,\""), Some(QuoteFault::Swallowed { opened: 0, line: 1 }));
    }
}
