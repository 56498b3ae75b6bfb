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

/// Bundles in hand for each worker: enough that a slow one does not hold up the others.
const IN_HAND: usize = 2;

/// Rows that go from hand to hand at once: waking a thread for each row costs a thirtieth of making its sheet.
const BUNDLE: usize = 8;

/// The first rows go one by one, so that a short roster keeps every worker busy.
const SINGLES: u64 = 32;

/// Rows, or their outcomes, that follow each other; the number is the bundle's place in this run.
type Bundle<T> = (u64, Vec<T>);

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
    let (rows_in, rows) = channel::<Bundle<Row>>();
    let rows = Mutex::new(rows);
    std::thread::scope(|scope| {
        let (ticket_back, tickets) = sync_channel::<()>(jobs * IN_HAND);
        let (outcomes_in, outcomes) = channel::<Bundle<Outcome>>();
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
    rows: Sender<Bundle<Row>>,
) -> Result<bool, BatchError> {
    let (mut number, mut singles) = (0, 0);
    let mut bundle = Vec::new();
    let mut hand_on = |bundle: &mut Vec<Row>| {
        let sent = tickets.recv().is_ok() && rows.send((number, std::mem::take(bundle))).is_ok();
        number += 1;
        sent
    };
    for row in roster {
        if halt.load(Ordering::Relaxed) || plan.stop.load(Ordering::Relaxed) {
            return Ok(false);
        }
        let row = match row {
            Ok(row) => row,
            // What was read before the roster broke off is made.
            Err(faults) => {
                hand_on(&mut bundle);
                return Err(BatchError::Roster(faults));
            }
        };
        let id = row.raw.one("id").map(|given| given.value.trim());
        if plan.shard.is_some_and(|shard| !shard.holds(id, row.number)) {
            continue;
        }
        bundle.push(row);
        singles += 1;
        if (singles <= SINGLES || bundle.len() == BUNDLE) && !hand_on(&mut bundle) {
            return Ok(false);
        }
    }
    Ok(bundle.is_empty() || hand_on(&mut bundle))
}

fn labour(
    engine: &Engine,
    columns: &[String],
    plan: &Plan,
    proven: &Proven,
    rows: &Mutex<Receiver<Bundle<Row>>>,
    outcomes: &Sender<Bundle<Outcome>>,
) {
    loop {
        let next = rows.lock().ok().and_then(|rows| rows.recv().ok());
        let Some((number, rows)) = next else { return };
        let made = rows.into_iter().map(|row| row::make(engine, row, columns, plan, proven)).collect();
        if outcomes.send((number, made)).is_err() {
            return;
        }
    }
}

/// Puts outcomes back into order and into the account.
fn collect(
    outcomes: &Receiver<Bundle<Outcome>>,
    tickets: &SyncSender<()>,
    account: &mut Account<'_>,
) -> Result<(), BatchError> {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for (number, made) in outcomes {
        waiting.insert(number, made);
        while let Some(made) = waiting.remove(&next) {
            made.into_iter().try_for_each(|outcome| account.take(outcome))?;
            next += 1;
            // The channel has room for every ticket.
            let _ = tickets.try_send(());
        }
    }
    Ok(())
}
