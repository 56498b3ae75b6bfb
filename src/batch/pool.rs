//! Reader, workers and collector. Rows in hand are counted: the reader waits for the collector.

use super::checkpoint::Checkpoint;
use super::collector::Collector;
use super::row::{self, Outcome};
use super::{BatchError, Plan};
use crate::Engine;
use crate::request::roster::{Roster, Row};
use std::collections::BTreeMap;
use std::io::Read;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// Rows in hand for each worker: enough that a slow one does not hold up the others.
const IN_HAND: usize = 16;

/// Rows that a worker takes at once when as many wait: waking a thread for each row costs a thirtieth of making its
/// sheet. Rows that come one by one are made one by one.
const BUNDLE: usize = 8;

/// The first rows are taken one by one, so that a short roster keeps every worker busy.
const SINGLES: u64 = 32;

/// When nothing has come for as long, what is made gets its names.
const IDLE: Duration = Duration::from_millis(200);

/// Numbered rows or outcomes; the number is the row's place among those of this run.
type Numbered<T> = (u64, T);

/// Does all rows. `Ok(true)`: to the end of the roster; `Ok(false)`: stopped from outside. A reader that waits for a
/// row which does not come is left behind: it has nothing that anybody misses.
pub fn work<R: Read + Send + 'static>(
    engine: &Engine,
    roster: Roster<R>,
    plan: &Plan,
    checkpoint: &Checkpoint,
    collector: &mut Collector<'_>,
) -> Result<bool, BatchError> {
    let columns = collector.columns.clone();
    let jobs = plan.jobs.get();
    let (rows_in, rows) = channel::<Numbered<Row>>();
    let (permits_back, permits) = channel::<usize>();
    let _ = permits_back.send(jobs * IN_HAND);
    let shared = Arc::new(Shared { halt: AtomicBool::new(false), sent: AtomicU64::new(0) });
    let reader = {
        let (shared, stop) = (shared.clone(), plan.stop);
        let reading = move || read(roster, stop, &shared, &permits, rows_in);
        thread("reader").spawn(reading).map_err(BatchError::Threads)?
    };
    let rows = Mutex::new(rows);
    let collected = std::thread::scope(|scope| {
        let (outcomes_in, outcomes) = channel::<Vec<Numbered<Outcome>>>();
        let (columns, rows, shared) = (&columns, &rows, &*shared);
        let worker = || {
            let outcomes = outcomes_in.clone();
            let worker_loop = move || worker_loop(engine, columns, plan, checkpoint, rows, shared, &outcomes);
            thread("worker").spawn_scoped(scope, worker_loop).map(drop)
        };
        let first = worker();
        // Fewer than were asked for make the same, only later.
        let others = (1..jobs).map_while(|_| worker().ok()).count();
        debug_assert!(others < jobs);
        drop(outcomes_in);
        let collected = match first {
            Ok(()) => collect(&outcomes, &permits_back, shared, plan.stop, collector),
            Err(error) => Err(BatchError::Threads(error)),
        };
        shared.halt.store(true, Ordering::Relaxed);
        collected
    });
    // Closes the way back, so that a reader that waits for it ends too.
    drop(permits_back);
    match collected? {
        End::Stop if !reader.is_finished() => Ok(false),
        End::Stop | End::Roster => reader.join().unwrap_or(Ok(false)),
    }
}

fn thread(name: &str) -> thread::Builder {
    thread::Builder::new().name(name.to_owned())
}

/// What reader, workers and collector know of each other.
struct Shared {
    /// No more rows are wanted.
    halt: AtomicBool,
    /// Rows that the reader has handed on.
    sent: AtomicU64,
}

/// Why the collector is done.
enum End {
    Roster,
    Stop,
}

/// `permits` say how many more rows may be in hand.
fn read<R: Read>(
    roster: Roster<R>,
    stop: &AtomicBool,
    shared: &Shared,
    permits: &Receiver<usize>,
    rows: Sender<Numbered<Row>>,
) -> Result<bool, BatchError> {
    let (mut number, mut may) = (0, 0);
    for row in roster {
        if shared.halt.load(Ordering::Relaxed) || stop.load(Ordering::Relaxed) {
            return Ok(false);
        }
        let row = row.map_err(BatchError::Roster)?;
        while may == 0 {
            match permits.recv() {
                Ok(more) => may += more,
                Err(_) => return Ok(false),
            }
        }
        (number, may) = (number + 1, may - 1);
        shared.sent.store(number, Ordering::SeqCst);
        if rows.send((number - 1, row)).is_err() {
            return Ok(false);
        }
    }
    Ok(true)
}

fn worker_loop(
    engine: &Engine,
    columns: &[String],
    plan: &Plan,
    checkpoint: &Checkpoint,
    rows: &Mutex<Receiver<Numbered<Row>>>,
    shared: &Shared,
    outcomes: &Sender<Vec<Numbered<Outcome>>>,
) {
    loop {
        let rows = take(rows, shared);
        if rows.is_empty() {
            return;
        }
        let made =
            rows.into_iter().map(|(number, row)| (number, row::make(engine, row, columns, plan, checkpoint)));
        if outcomes.send(made.collect()).is_err() {
            return;
        }
    }
}

/// Waits for a row and takes it, with others that have come; none at the end.
fn take(rows: &Mutex<Receiver<Numbered<Row>>>, shared: &Shared) -> Vec<Numbered<Row>> {
    let Ok(rows) = rows.lock() else { return Vec::new() };
    while !shared.halt.load(Ordering::Relaxed) {
        let first = match rows.recv_timeout(IDLE) {
            Ok(first) => first,
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => break,
        };
        let others = if first.0 < SINGLES { 0 } else { BUNDLE - 1 };
        return std::iter::once(first).chain(rows.try_iter().take(others)).collect();
    }
    Vec::new()
}

/// Puts outcomes back into order and into the collector.
fn collect(
    outcomes: &Receiver<Vec<Numbered<Outcome>>>,
    permits: &Sender<usize>,
    shared: &Shared,
    stop: &AtomicBool,
    collector: &mut Collector<'_>,
) -> Result<End, BatchError> {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    loop {
        match outcomes.recv_timeout(IDLE) {
            Ok(made) => waiting.extend(made),
            Err(RecvTimeoutError::Timeout) => collector.rest()?,
            Err(RecvTimeoutError::Disconnected) => return Ok(End::Roster),
        }
        let before = next;
        while let Some(outcome) = waiting.remove(&next) {
            collector.take(outcome)?;
            next += 1;
        }
        if next > before {
            // Who reads may have come to the end.
            let _ = permits.send((next - before) as usize);
        }
        if stop.load(Ordering::Relaxed) && shared.sent.load(Ordering::SeqCst) == next {
            return Ok(End::Stop);
        }
    }
}
