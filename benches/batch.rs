//! Whole batches, as a clinic runs them: the real program over rosters in which every row is another patient, session,
//! therapist, region set and note. CPU time, clock and peak memory; then the floor, which is to compress and write the
//! same bytes and nothing else. Linux only: the figures come from /proc.
//!
//! `cargo bench --bench batch`, or with another count of rows: `cargo bench --bench batch -- 100000`.

#[path = "../tests/support/values.rs"]
mod values;

use libdeflater::{CompressionLvl, Compressor, Decompressor};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use values::REGIONS;

const WORDS: [&str; 12] =
    ["start", "with", "the", "wall", "slide", "stop", "if", "it", "pinches", "walk", "each", "day"];
const NAMES: [&str; 8] = ["Ana", "Ben", "Chloé", "Dmitri", "Eve", "Fadi", "Grace", "Hugo"];

const SYLLABLES: [&str; 12] = ["ma", "re", "vi", "ko", "lu", "shan", "del", "bor", "ti", "ne", "fox", "ga"];

/// A family name that no other row has.
fn family(mut row: usize) -> String {
    let mut name = String::from("Mc");
    loop {
        name.push_str(SYLLABLES[row % SYLLABLES.len()]);
        row /= SYLLABLES.len();
        if row == 0 {
            return name;
        }
    }
}

/// Numbers that look like chance and are the same on every run (Knuth's MMIX generator).
struct Chance(u64);

impl Chance {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % count
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

fn roster(rows: usize) -> String {
    let mut chance = Chance(7);
    let mut text =
        String::from("id,patient,session_at,therapist,intensity,regions,next_visit,activity,note\n");
    for row in 0..rows {
        let (name, therapist) = (chance.of(&NAMES), chance.of(&["Rachel", "Valerie", "Suzie", ""]));
        let intensity = chance.of(&["light", "moderate", "intense"]);
        let activity = chance.of(&["desk", "manual", "running", "lifting", "sport", ""]);
        let first = chance.below(REGIONS.len());
        let regions: Vec<&str> =
            (0..1 + chance.below(3)).map(|step| REGIONS[(first + 5 * step) % REGIONS.len()]).collect();
        let (day, hour, minute) = (1 + chance.below(28), 8 + chance.below(10), 15 * chance.below(4));
        let visit = 1 + chance.below(28);
        let note: Vec<&str> = (0..8 + chance.below(12)).map(|_| chance.of(&WORDS)).collect();
        text.push_str(&format!(
            "p{row:07},{name} {},2026-10-{day:02}T{hour:02}:{minute:02},{therapist},{intensity},{},\
             2026-11-{visit:02}T10:{minute:02},{activity},{}.\n",
            family(row),
            regions.join(";"),
            note.join(" ")
        ));
    }
    text
}

/// User and system time of this process and of the children that have ended, in seconds.
struct Spent {
    own: f64,
    children: f64,
}

fn spent() -> Spent {
    // proc(5): fields 14 to 17, in ticks of 10 ms, counted after the name in brackets.
    let stat = fs::read_to_string("/proc/self/stat").expect("Linux");
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |field: usize| fields[field - 3].parse::<f64>().expect("a number") / 100.0;
    Spent { own: ticks(14) + ticks(15), children: ticks(16) + ticks(17) }
}

/// Runs a batch: CPU seconds, clock seconds, peak memory in KiB.
fn batch(folder: &Path, rows: usize, jobs: usize) -> (f64, f64, u64) {
    let out = format!("out-{rows}-{jobs}");
    let (before, start) = (spent().children, Instant::now());
    let mut child = Command::new(env!("CARGO_BIN_EXE_aftercare"))
        .current_dir(folder)
        .args(["batch", &format!("{rows}.csv"), "-o", &out, "--quiet", "--jobs", &jobs.to_string()])
        .stderr(Stdio::inherit())
        .spawn()
        .expect("the program runs");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    let ended = loop {
        if let Some(ended) = child.try_wait().expect("a state") {
            break ended;
        }
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
        peak = peak.max(line.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0));
        std::thread::sleep(Duration::from_millis(5));
    };
    assert!(ended.success(), "the batch failed");
    (spent().children - before, start.elapsed().as_secs_f64(), peak)
}

/// Compresses what the files of a folder hold once more and writes files of the same size.
fn floor(folder: &Path, made: &Path) -> f64 {
    let mut pieces: Vec<(Vec<Vec<u8>>, usize)> = Vec::new();
    for entry in fs::read_dir(made).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "pdf") {
            let bytes = fs::read(path).expect("a file");
            pieces.push((own_streams(&bytes), bytes.len()));
        }
    }
    let out = folder.join("floor");
    fs::create_dir(&out).expect("a folder");
    let mut compressor = Compressor::new(CompressionLvl::new(1).expect("a level"));
    let mut packed = vec![0; 256 << 10];
    let before = spent().own;
    for (number, (streams, length)) in pieces.iter().enumerate() {
        for stream in streams {
            compressor.zlib_compress(stream, &mut packed).expect("room");
        }
        let mut file = fs::File::create(out.join(format!("{number}.pdf"))).expect("a file");
        file.write_all(&packed[..*length]).expect("written");
    }
    spent().own - before
}

/// What a sheet compresses for itself: its two pages and its objects, the longest streams beside the fonts.
fn own_streams(pdf: &[u8]) -> Vec<Vec<u8>> {
    let (mut found, mut rest) = (Vec::new(), pdf);
    while let Some(start) = position(rest, b">>stream\n") {
        let data = &rest[start + 9..];
        let end = position(data, b"\nendstream").expect("an end");
        let mut plain = vec![0; 256 << 10];
        if let Ok(length) = Decompressor::new().zlib_decompress(&data[..end], &mut plain) {
            plain.truncate(length);
            found.push(plain);
        }
        rest = &data[end..];
    }
    // Fonts begin with their version; what is short was compressed once for all sheets.
    found.retain(|plain| plain.len() > 8_000 && !plain.starts_with(&[0, 1, 0, 0]));
    found
}

fn position(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn main() {
    let counts: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let counts = if counts.is_empty() { vec![1000, 4000] } else { counts };
    let folder = tempfile::tempdir().expect("a folder");
    println!("   rows  jobs   CPU s  clock s  sheets/CPU s  peak MiB");
    for rows in &counts {
        fs::write(folder.path().join(format!("{rows}.csv")), roster(*rows)).expect("a roster");
        for jobs in [1, 2] {
            let (cpu, clock, peak) = batch(folder.path(), *rows, jobs);
            let rate = *rows as f64 / cpu;
            println!("{rows:7} {jobs:5} {cpu:7.2} {clock:8.2} {rate:13.0} {:9.1}", peak as f64 / 1024.0);
        }
    }
    let made = folder.path().join(format!("out-{}-1", counts[0]));
    let cpu = floor(folder.path(), &made);
    println!("floor: to compress and write the same bytes for {} rows takes {cpu:.2} s CPU", counts[0]);
}
