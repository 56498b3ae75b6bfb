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
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};

/// Rows in hand for each worker: enough that a slow one does not hold up the others.
const IN_HAND: usize = 16;

/// Numbered outcomes; the number is the row's place among those of this run.
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
        let (ticket_back, tickets) = sync_channel::<()>(jobs * IN_HAND);
        let (outcomes_in, outcomes) = channel::<Numbered<Outcome>>();
        for _ in 0..jobs * IN_HAND {
            let _ = ticket_back.try_send(());
        }
        let stop = &halt;
        let reader = scope.spawn(move || read(roster, plan, stop, &tickets, rows_in));
        let (columns, rows) = (&columns, &rows);
        for _ in 0..jobs {
            let outcomes = outcomes_in.clone();
            scope.spawn(move || labour(engine, columns, plan, proven, rows, &outcomes));
        }
        drop(outcomes_in);
        let collected = collect(&outcomes, &ticket_back, account);
        halt.store(true, Ordering::Relaxed);
        // Closes the way back, so that a waiting reader ends too.
        drop((ticket_back, outcomes));
        let read = reader.join().unwrap_or(Ok(false));
        collected.and(read)
    })
}

fn read<R: Read>(
    roster: Roster<R>,
    plan: &Plan,
    halt: &AtomicBool,
    tickets: &Receiver<()>,
    rows: Sender<Numbered<Row>>,
) -> Result<bool, BatchError> {
    let mut number = 0;
    for row in roster {
        if halt.load(Ordering::Relaxed) || plan.stop.load(Ordering::Relaxed) {
            return Ok(false);
        }
        let row = row.map_err(BatchError::Roster)?;
        let id = row.raw.one("id").map(|given| given.value.trim());
        if plan.shard.is_some_and(|shard| !shard.holds(id, row.number)) {
            continue;
        }
        if tickets.recv().is_err() || rows.send((number, row)).is_err() {
            return Ok(false);
        }
        number += 1;
    }
    Ok(true)
}

fn labour(
    engine: &Engine,
    columns: &[String],
    plan: &Plan,
    proven: &Proven,
    rows: &Mutex<Receiver<Numbered<Row>>>,
    outcomes: &Sender<Numbered<Outcome>>,
) {
    loop {
        let next = rows.lock().ok().and_then(|rows| rows.recv().ok());
        let Some((number, row)) = next else { return };
        let outcome = row::make(engine, row, columns, plan, proven);
        if outcomes.send((number, outcome)).is_err() {
            return;
        }
    }
}

/// Puts outcomes back into order and into the account.
fn collect(
    outcomes: &Receiver<Numbered<Outcome>>,
    tickets: &SyncSender<()>,
    account: &mut Account<'_>,
) -> Result<(), BatchError> {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for (number, outcome) in outcomes {
        waiting.insert(number, outcome);
        while let Some(outcome) = waiting.remove(&next) {
            account.take(outcome)?;
            next += 1;
            // The channel has room for every ticket.
            let _ = tickets.try_send(());
        }
    }
    Ok(())
}
