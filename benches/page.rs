//! The live sheet of the clinician's page, as many desks ask for it at once: `cargo bench --bench page`, or with the number
//! of desks and of seconds, `cargo bench --bench page -- 50 6`. Each asks for another patient as soon as it has an answer.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const REGIONS: [&str; 6] = ["neck", "shoulder", "calf", "lower-back", "hip", "forearm"];

fn main() {
    let numbers: Vec<u64> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let (desks, seconds) = (numbers.first().copied().unwrap_or(50), numbers.get(1).copied().unwrap_or(6));
    let (mut server, address) = start();
    println!("desks  answers/s   p50 ms   p95 ms   p99 ms  peak MiB");
    // Twice: what memory takes must not grow with the number of sheets.
    for round in 0..2 {
        let took = ask(address, desks, Duration::from_secs(seconds), round);
        let part = |share: f64| took[((took.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
        let rate = took.len() as f64 / seconds as f64;
        let [half, most, nearly_all] = [0.5, 0.95, 0.99].map(part);
        let peak = peak(server.id());
        println!("{desks:5} {rate:10.0} {half:8.1} {most:8.1} {nearly_all:8.1} {peak:9.1}");
    }
    server.kill().expect("the server ends");
    server.wait().expect("the server ends");
}

fn start() -> (Child, SocketAddr) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aftercare"));
    command.args(["serve", "--port", "0"]).env_remove("AFTERCARE_TOKEN").env_remove("AFTERCARE_CLINIC");
    let mut child = command.stderr(Stdio::piped()).spawn().expect("the program starts");
    let lines = BufReader::new(child.stderr.take().expect("its messages")).lines();
    let line = lines.map_while(Result::ok).find(|line| line.contains("http://")).expect("an address");
    let host = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("a host");
    (child, host.parse().expect("a host and a port"))
}

/// How long each answer took, the shortest first.
fn ask(address: SocketAddr, desks: u64, time: Duration, round: u64) -> Vec<Duration> {
    let is_over = Arc::new(AtomicBool::new(false));
    let desk = |number: u64| {
        let is_over = Arc::clone(&is_over);
        thread::spawn(move || sit(address, number, round, &is_over))
    };
    let threads: Vec<_> = (0..desks).map(desk).collect();
    thread::sleep(time);
    is_over.store(true, Ordering::Relaxed);
    let mut took: Vec<Duration> = threads.into_iter().flat_map(|one| one.join().expect("a desk")).collect();
    took.sort_unstable();
    assert!(!took.is_empty(), "no answer came");
    took
}

fn sit(address: SocketAddr, number: u64, round: u64, is_over: &AtomicBool) -> Vec<Duration> {
    let stream = TcpStream::connect(address).expect("the port is open");
    stream.set_nodelay(true).expect("a stream");
    let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
    let mut writer = stream;
    let mut took = Vec::new();
    for sheet in 0u64.. {
        if is_over.load(Ordering::Relaxed) {
            break;
        }
        let region = REGIONS[((number + sheet) % REGIONS.len() as u64) as usize];
        let form = format!("regions={region}&patient=Desk+{number}+sheet+{round}+{sheet}");
        let asked = format!(
            "POST /preview HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nContent-Length: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\r\n{form}",
            form.len()
        );
        let start = Instant::now();
        writer.write_all(asked.as_bytes()).expect("a server that reads");
        read_answer(&mut reader);
        took.push(start.elapsed());
    }
    took
}

/// Reads a whole answer that has a length.
fn read_answer(reader: &mut BufReader<TcpStream>) {
    let mut length = None;
    let mut line = String::new();
    reader.read_line(&mut line).expect("a status");
    assert!(line.contains(" 200 "), "{line}");
    loop {
        line.clear();
        reader.read_line(&mut line).expect("a head");
        let head = line.trim_end().to_ascii_lowercase();
        if head.is_empty() {
            break;
        }
        if let Some(value) = head.strip_prefix("content-length:") {
            length = value.trim().parse::<u64>().ok();
        }
    }
    let length = length.expect("an answer says how long it is");
    std::io::copy(&mut reader.take(length), &mut std::io::sink()).expect("the whole answer");
}

/// The most memory that a process has had, MiB. 0 where the system does not say.
fn peak(process: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kib.unwrap_or_default() / 1024.0
}
