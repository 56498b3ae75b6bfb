//! The cross-reference stream (ISO 32000-1 7.5.8): where each object is. Objects of one object stream mostly have
//! numbers in a row, so the table is kept as runs.

use super::flate::deflate_fast;
use super::object::push_hex;
use super::objects::end_of_stream;
use super::{Ref, push_int};

#[derive(Debug, Default)]
pub(super) struct Xref {
    runs: Vec<Run>,
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
        self.runs.push(Run { first: id.0, count: 1, place: Place::Offset(offset) });
    }

    /// These objects stand in an object stream, in this order.
    pub fn stand_in(&mut self, stream: Ref, ids: impl Iterator<Item = Ref>) {
        let start = self.runs.len();
        for (index, id) in (0..).zip(ids) {
            let grows = self.runs.len() > start;
            match self.runs.last_mut().filter(|run| grows && run.first + run.count == id.0) {
                Some(run) => run.count += 1,
                None => self.runs.push(Run { first: id.0, count: 1, place: Place::In { stream, index } }),
            }
        }
    }

    fn widest(&self) -> (u64, u32) {
        self.runs.iter().fold((0, 0), |(field, last), run| match run.place {
            Place::Offset(offset) => (field.max(offset), last),
            Place::In { stream, index } => (field.max(u64::from(stream.0)), last.max(index + run.count - 1)),
        })
    }
}

/// The stream object with the trailer's entries; `size` is one more than the highest number.
pub(super) fn push_xref_stream(
    out: &mut Vec<u8>,
    xref: &mut Xref,
    id: Ref,
    size: u32,
    (root, info): (Ref, Ref),
    digest: &[u8],
) {
    xref.runs.sort_by_key(|run| run.first);
    let (field, index) = xref.widest();
    let widths = [1, bytes_for(field), bytes_for(u64::from(index))];
    let mut data = Vec::new();
    deflate_fast(&rows(xref, size, widths), &mut data);
    let columns: usize = widths.iter().sum();
    let mut identity = String::new();
    digest.iter().for_each(|byte| push_hex(&mut identity, *byte));
    let mut head = String::new();
    push_int(&mut head, i64::from(id.0));
    head.push_str(&format!(
        " 0 obj\n<</Type/XRef/Size {size}/W[{} {} {}]/Root {root}/Info {info}/ID[<{identity}><{identity}>]\
         /Filter/FlateDecode/DecodeParms<</Predictor 12/Columns {columns}>>/Length {}>>stream\n",
        widths[0],
        widths[1],
        widths[2],
        data.len()
    ));
    out.extend_from_slice(head.as_bytes());
    out.extend_from_slice(&data);
    out.extend_from_slice(end_of_stream(&data));
}

fn bytes_for(value: u64) -> usize {
    (8 - value.leading_zeros() as usize / 8).max(1)
}

/// A row an object, each as its difference to the row above (PNG "up"): a run of objects in one stream becomes
/// equal rows, which compress to next to nothing.
fn rows(xref: &Xref, size: u32, widths: [usize; 3]) -> Vec<u8> {
    let columns: usize = widths.iter().sum();
    let mut rows = Vec::with_capacity(size as usize * (columns + 1));
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
    for run in &xref.runs {
        while number < run.first {
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
