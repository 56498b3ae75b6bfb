//! Reader, workers and collector. Rows in hand are counted: the reader waits for the collector.

use super::account::Account;
use super::proven::Proven;
use super::row::{self, Outcome};
use super::{BatchError, Plan};
use crate::Engine;
use crate::request::roster::{Roster, Row};
use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
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

/// Does all rows. `Ok(true)`: to the end of the roster; `Ok(false)`: stopped from outside.
pub fn work<R: Read + Send>(
    engine: &Engine,
    roster: Roster<R>,
    plan: &Plan,
    proven: &Proven,
    account: &mut Account<'_>,
) -> Result<bool, BatchError> {
    let columns = account.columns.clone();
    let jobs = plan.jobs.get();
    let halt = AtomicBool::new(false);
    let (rows_in, rows) = channel::<Numbered<Row>>();
    let rows = Mutex::new(rows);
    std::thread::scope(|scope| {
        let (tickets_back, tickets) = channel::<usize>();
        let (outcomes_in, outcomes) = channel::<Vec<Numbered<Outcome>>>();
        let _ = tickets_back.send(jobs * IN_HAND);
        let stop = &halt;
        let reader = scope.spawn(move || read(roster, plan, stop, &tickets, rows_in));
        let (columns, rows) = (&columns, &rows);
        for _ in 0..jobs {
            let outcomes = outcomes_in.clone();
            scope.spawn(move || labour(engine, columns, plan, proven, rows, &outcomes));
        }
        drop(outcomes_in);
        let collected = collect(&outcomes, &tickets_back, account);
        halt.store(true, Ordering::Relaxed);
        // Closes the way back, so that a waiting reader ends too.
        drop((tickets_back, outcomes));
        let read = reader.join().unwrap_or(Ok(false));
        collected.and(read)
    })
}

/// `tickets` say how many more rows may be in hand.
fn read<R: Read>(
    roster: Roster<R>,
    plan: &Plan,
    halt: &AtomicBool,
    tickets: &Receiver<usize>,
    rows: Sender<Numbered<Row>>,
) -> Result<bool, BatchError> {
    let (mut number, mut may) = (0, 0);
    for row in roster {
        if halt.load(Ordering::Relaxed) || plan.stop.load(Ordering::Relaxed) {
            return Ok(false);
        }
        let row = row.map_err(BatchError::Roster)?;
        let id = row.raw.one("id").map(|given| given.value.trim());
        if plan.shard.is_some_and(|shard| !shard.holds(id, row.number)) {
            continue;
        }
        while may == 0 {
            match tickets.recv() {
                Ok(more) => may += more,
                Err(_) => return Ok(false),
            }
        }
        if rows.send((number, row)).is_err() {
            return Ok(false);
        }
        (number, may) = (number + 1, may - 1);
    }
    Ok(true)
}

fn labour(
    engine: &Engine,
    columns: &[String],
    plan: &Plan,
    proven: &Proven,
    rows: &Mutex<Receiver<Numbered<Row>>>,
    outcomes: &Sender<Vec<Numbered<Outcome>>>,
) {
    loop {
        let rows = take(rows);
        if rows.is_empty() {
            return;
        }
        let made =
            rows.into_iter().map(|(number, row)| (number, row::make(engine, row, columns, plan, proven)));
        if outcomes.send(made.collect()).is_err() {
            return;
        }
    }
}

/// Waits for a row and takes it, with others that have come; none at the end.
fn take(rows: &Mutex<Receiver<Numbered<Row>>>) -> Vec<Numbered<Row>> {
    let Ok(rows) = rows.lock() else { return Vec::new() };
    let Ok(first) = rows.recv() else { return Vec::new() };
    let others = if first.0 < SINGLES { 0 } else { BUNDLE - 1 };
    std::iter::once(first).chain(rows.try_iter().take(others)).collect()
}

/// Puts outcomes back into order and into the account.
fn collect(
    outcomes: &Receiver<Vec<Numbered<Outcome>>>,
    tickets: &Sender<usize>,
    account: &mut Account<'_>,
) -> Result<(), BatchError> {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    loop {
        match outcomes.recv_timeout(IDLE) {
            Ok(made) => waiting.extend(made),
            Err(RecvTimeoutError::Timeout) => account.rest()?,
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
        let before = next;
        while let Some(outcome) = waiting.remove(&next) {
            account.take(outcome)?;
            next += 1;
        }
        if next > before {
            // Who reads may have come to the end.
            let _ = tickets.send((next - before) as usize);
        }
    }
}
