//! The lines of a text, each with its own end. Lines and columns count from 1, columns in characters.

use crate::content::yaml::Span;

pub struct Lines {
    lines: Vec<String>,
    /// How the file ends its lines.
    end: &'static str,
}

impl Lines {
    pub fn of(text: &str) -> Lines {
        let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        Lines { lines: text.split_inclusive('\n').map(str::to_owned).collect(), end }
    }

    pub fn count(&self) -> u32 {
        u32::try_from(self.lines.len()).unwrap_or(u32::MAX)
    }

    pub fn line(&self, number: u32) -> Option<&str> {
        self.lines.get(number.checked_sub(1)? as usize).map(String::as_str)
    }

    pub fn char_at(&self, span: Span) -> Option<char> {
        self.line(span.line)?.chars().nth(span.column.checked_sub(1)? as usize)
    }

    /// Whether a line says nothing: it is blank or a remark.
    pub fn is_idle(&self, number: u32) -> bool {
        self.line(number).is_none_or(|line| {
            let line = line.trim();
            line.is_empty() || line.starts_with('#')
        })
    }

    /// Puts a text in the place of a part of a line, from a column to before another.
    pub fn replace(&mut self, number: u32, start: u32, end: u32, text: &str) {
        if let Some(line) = self.lines.get_mut(number as usize - 1) {
            let before: String = line.chars().take(start as usize - 1).collect();
            let after: String = line.chars().skip(end as usize - 1).collect();
            *line = format!("{before}{text}{after}");
        }
    }

    /// Takes away everything from a column of a line to the end of another.
    pub fn cut(&mut self, first: u32, column: u32, last: u32) {
        if let Some(line) = self.lines.get_mut(first as usize - 1) {
            let before: String = line.chars().take(column as usize - 1).collect();
            *line = format!("{}{}", before.trim_end(), self.end);
            self.lines.drain(first as usize..(last as usize).min(self.lines.len()));
        }
    }

    /// Puts lines in the place of others: from the first to the last, both counted.
    pub fn put(&mut self, first: u32, last: u32, lines: &[String]) {
        let ended = lines.iter().map(|line| format!("{}{}", line.trim_end_matches(['\r', '\n']), self.end));
        let ended: Vec<String> = ended.collect();
        self.close();
        self.lines.splice(first as usize - 1..last as usize, ended);
    }

    pub fn insert_below(&mut self, number: u32, lines: &[String]) {
        self.put(number + 1, number, lines);
    }

    pub fn append(&mut self, line: &str) {
        self.close();
        self.lines.push(format!("{line}{}", self.end));
    }

    /// The last line of a file may lack its end.
    fn close(&mut self) {
        let end = self.end;
        if let Some(last) = self.lines.last_mut().filter(|last| !last.ends_with('\n')) {
            last.push_str(end);
        }
    }

    pub fn into_text(self) -> String {
        self.lines.concat()
    }
}
