//! The cross-reference streams (ISO 32000-1 7.5.8): where each object is. Objects of one object stream mostly have
//! numbers in a row, so the table is kept as runs. A long file has the table in sections, so that memory does not grow
//! with it.

use super::flate::with_deflated;
use super::object::{end_of_stream, push_hex};
use super::{Ref, push_int};

#[derive(Debug, Default)]
pub(super) struct Xref {
    runs: Vec<Run>,
    count: usize,
}

/// Objects `first` to `first + count - 1`.
#[derive(Debug)]
struct Run {
    first: u32,
    count: u32,
    place: Place,
}

#[derive(Debug)]
enum Place {
    /// Bytes from the start of the file; a run of one.
    Offset(u64),
    /// In this object stream, from this index on.
    In { stream: Ref, index: u32 },
}

impl Xref {
    pub fn stands_at(&mut self, id: Ref, offset: u64) {
        self.count += 1;
        self.runs.push(Run { first: id.0, count: 1, place: Place::Offset(offset) });
    }

    /// These objects stand in an object stream, in this order.
    pub fn stand_in(&mut self, stream: Ref, ids: impl Iterator<Item = Ref>) {
        let start = self.runs.len();
        for (index, id) in (0..).zip(ids) {
            self.count += 1;
            let grows = self.runs.len() > start;
            match self.runs.last_mut().filter(|run| grows && run.first + run.count == id.0) {
                Some(run) => run.count += 1,
                None => self.runs.push(Run { first: id.0, count: 1, place: Place::In { stream, index } }),
            }
        }
    }

    /// Objects whose places it holds.
    pub fn count(&self) -> usize {
        self.count
    }

    fn widest(&self) -> (u64, u32) {
        self.runs.iter().fold((0, 0), |(field, last), run| match run.place {
            Place::Offset(offset) => (field.max(offset), last),
            Place::In { stream, index } => (field.max(u64::from(stream.0)), last.max(index + run.count - 1)),
        })
    }
}

/// What a cross-reference stream says of the file beside its rows.
pub(super) struct Trailer<'a> {
    /// One more than the highest number.
    pub size: u32,
    pub root: Ref,
    /// The last section has them: the information dictionary and the file's identifier.
    pub end: Option<(Ref, &'a [u8])>,
    /// Where the section before this one starts.
    pub previous: Option<u64>,
}

/// A section of the table as a stream object. The only one of a file has a row for every number; where sections
/// follow each other, each has rows for its own objects.
pub(super) fn push_xref_stream(out: &mut Vec<u8>, xref: &mut Xref, id: Ref, trailer: &Trailer<'_>) {
    xref.runs.sort_by_key(|run| run.first);
    let (field, index) = xref.widest();
    let widths = [1, bytes_for(field), bytes_for(u64::from(index))];
    let alone = trailer.end.is_some() && trailer.previous.is_none();
    let data = with_deflated(&rows(xref, alone.then_some(trailer.size), widths), <[u8]>::to_vec);
    let columns: usize = widths.iter().sum();
    let mut head = String::new();
    push_int(&mut head, i64::from(id.0));
    let Trailer { size, root, .. } = trailer;
    head.push_str(&format!(
        " 0 obj\n<</Type/XRef/Size {size}/W[{} {} {}]/Root {root}",
        widths[0], widths[1], widths[2]
    ));
    if let Some((info, digest)) = trailer.end {
        let mut identity = String::new();
        digest.iter().for_each(|byte| push_hex(&mut identity, *byte));
        head.push_str(&format!("/Info {info}/ID[<{identity}><{identity}>]"));
    }
    if !alone {
        push_index(&mut head, xref);
    }
    if let Some(previous) = trailer.previous {
        head.push_str(&format!("/Prev {previous}"));
    }
    head.push_str(&format!(
        "/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns {columns}>>/Length {}>>stream\n",
        data.len()
    ));
    out.extend_from_slice(head.as_bytes());
    out.extend_from_slice(&data);
    out.extend_from_slice(end_of_stream(&data));
}

/// The first number and the count of each stretch of rows; number 0 is in every section.
fn push_index(out: &mut String, xref: &Xref) {
    out.push_str("/Index[0 1");
    let mut stretches: Vec<(u32, u32)> = Vec::new();
    for run in &xref.runs {
        match stretches.last_mut().filter(|(first, count)| first + count == run.first) {
            Some((_, count)) => *count += run.count,
            None => stretches.push((run.first, run.count)),
        }
    }
    for (first, count) in stretches {
        out.push_str(&format!(" {first} {count}"));
    }
    out.push(']');
}

fn bytes_for(value: u64) -> usize {
    (8 - value.leading_zeros() as usize / 8).max(1)
}

/// A row an object, each as its difference to the row above (PNG "up"): a run of objects in one stream becomes
/// equal rows, which compress to next to nothing.
/// With `size`, every number up to it has a row; without, number 0 and those of the runs.
fn rows(xref: &Xref, size: Option<u32>, widths: [usize; 3]) -> Vec<u8> {
    let columns: usize = widths.iter().sum();
    let count = size.map_or_else(|| xref.count() + 1, |size| size as usize);
    let mut rows = Vec::with_capacity(count * (columns + 1));
    let mut above = [0; 24];
    let mut number = 0;
    let mut push = |entry: [u64; 3]| {
        rows.push(2);
        let mut at = 0;
        for (value, width) in entry.into_iter().zip(widths) {
            for byte in &value.to_be_bytes()[8 - width..] {
                rows.push(byte.wrapping_sub(above[at]));
                above[at] = *byte;
                at += 1;
            }
        }
    };
    if size.is_none() {
        push([0, 0, 0]);
    }
    for run in &xref.runs {
        while size.is_some() && number < run.first {
            push([0, 0, 0]);
            number += 1;
        }
        for step in 0..run.count {
            push(match run.place {
                Place::Offset(offset) => [1, offset, 0],
                Place::In { stream, index } => [2, u64::from(stream.0), u64::from(index + step)],
            });
            number += 1;
        }
    }
    rows
}
