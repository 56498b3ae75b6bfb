//! A PDF through a queue of the machine's own print system: `lp`, which takes the bytes over its standard input. No
//! shell, no file, and a job's title that says nothing of a patient.

use crate::Printer;
use crate::options::Paper;
use std::io::{self, ErrorKind, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// `lp` only hands the job over; a queue that does not answer for so long is not there.
const PATIENCE: Duration = Duration::from_secs(15);
/// Where the token may be told from; no other program is.
const TOKEN: &str = "AFTERCARE_TOKEN";
/// How often we look whether it has ended.
const GLANCE: Duration = Duration::from_millis(20);
/// Bytes of its complaint that are read.
const COMPLAINT: u64 = 4 << 10;
/// Characters of it that are shown.
const SHOWN: usize = 200;

/// Why a queue did not take a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotPrinted {
    /// There is no `lp` on this machine.
    Missing,
    /// It did not end in time.
    Slow,
    /// It refused, with its own last words; they may be empty.
    Refused(String),
}

/// Hands a PDF over. `paper`: of all its pages; `None` when they differ.
///
/// # Errors
/// The print system did not take it.
pub fn print(printer: &Printer, paper: Option<Paper>, pdf: Vec<u8>) -> Result<(), NotPrinted> {
    let mut child = command(printer, paper).spawn().map_err(|error| match error.kind() {
        ErrorKind::NotFound => NotPrinted::Missing,
        _ => NotPrinted::Refused(error.to_string()),
    })?;
    let complaint = match feed(&mut child, pdf).and_then(|()| listen(&mut child)) {
        Ok(complaint) => complaint,
        Err(error) => {
            let _ = child.kill();
            let _ = child.wait();
            return Err(NotPrinted::Refused(error.to_string()));
        }
    };
    match ended(&mut child) {
        Some(status) if status.success() => Ok(()),
        // Whoever inherited its standard error may never close it: the words are waited for as shortly.
        Some(_) => Err(NotPrinted::Refused(complaint.recv_timeout(GLANCE * 10).unwrap_or_default())),
        None => {
            let _ = child.kill();
            let _ = child.wait();
            Err(NotPrinted::Slow)
        }
    }
}

fn command(printer: &Printer, paper: Option<Paper>) -> Command {
    let mut command = Command::new("lp");
    command.env_remove(TOKEN);
    command.args(["-d", &printer.queue, "-t", "aftercare", "-o", "sides=two-sided-long-edge"]);
    let size = paper.map(|paper| match paper {
        Paper::Letter => "Letter",
        Paper::A4 => "A4",
    });
    let media: Vec<&str> = size.into_iter().chain(printer.tray.as_deref()).collect();
    if !media.is_empty() {
        command.args(["-o", &format!("media={}", media.join(","))]);
    }
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// Writes on a thread of its own: a program that does not read must not hold us.
fn feed(child: &mut Child, pdf: Vec<u8>) -> io::Result<()> {
    let Some(mut input) = child.stdin.take() else { return Ok(()) };
    // One that ends before it has read all says why by its status.
    thread::Builder::new().spawn(move || drop(input.write_all(&pdf))).map(drop)
}

/// The last line that it complains with, once it is there.
fn listen(child: &mut Child) -> io::Result<mpsc::Receiver<String>> {
    let (sender, receiver) = mpsc::channel();
    if let Some(errors) = child.stderr.take() {
        thread::Builder::new().spawn(move || {
            let mut bytes = Vec::new();
            let _ = errors.take(COMPLAINT).read_to_end(&mut bytes);
            let text = String::from_utf8_lossy(&bytes);
            let line = text.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
            let line: String = line.chars().filter(|c| !c.is_control()).take(SHOWN).collect();
            let _ = sender.send(line.trim_start_matches("lp:").trim().to_owned());
        })?;
    }
    Ok(receiver)
}

/// `None`: not in time.
fn ended(child: &mut Child) -> Option<ExitStatus> {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        if let Ok(Some(status)) = child.try_wait() {
            return Some(status);
        }
        thread::sleep(GLANCE);
    }
    None
}
