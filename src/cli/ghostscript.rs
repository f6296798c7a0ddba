//! Encapsulated PostScript, through Ghostscript where it is installed.
//!
//! 1. `gs` gets the file's bytes, may open no file of its own (`-dSAFER`), and writes a PNG at 300 dots to the inch.
//! 2. It has a bounded time and may write a bounded number of bytes; it is killed past either.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long it may take.
const LONGEST: Duration = Duration::from_secs(30);

/// How often it is looked after.
const STEP: Duration = Duration::from_millis(20);

/// The largest PNG that is taken, in bytes.
const MAX_BYTES: u64 = 64 << 20;

const ARGUMENTS: [&str; 10] =
    ["-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-dEPSCrop", "-sDEVICE=png16m", "-r300", "-dTextAlphaBits=4", "-dGraphicsAlphaBits=4", "-sstdout=%stderr"];

/// A picture as PNG.
///
/// # Errors
///
/// Why there is none, as the end of a sentence.
pub(super) fn png(eps: Vec<u8>) -> Result<Vec<u8>, String> {
    let mut child = Command::new("gs")
        .args(ARGUMENTS)
        .args(["-sOutputFile=-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|_| "is an EPS, which only Ghostscript can read, and `gs` is not installed".to_owned())?;
    let input = child.stdin.take();
    let output = child.stdout.take();
    // Both ends are served at once, or each would wait for the other.
    let writer = thread::spawn(move || {
        // A program that stops reading has failed, which its status says.
        let _ = input.map(|mut input| input.write_all(&eps));
    });
    let reader = thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = output.map(|output| output.take(MAX_BYTES + 1).read_to_end(&mut bytes));
        bytes
    });
    let ended = wait(&mut child);
    let _ = writer.join();
    let bytes = reader.join().unwrap_or_default();
    match ended {
        Some(true) if bytes.len() as u64 <= MAX_BYTES && !bytes.is_empty() => Ok(bytes),
        Some(_) => Err("is an EPS that Ghostscript cannot read".to_owned()),
        None => Err(format!("is an EPS that took Ghostscript more than {} s", LONGEST.as_secs())),
    }
}

/// Whether it ended well; `None` where it had to be killed.
fn wait(child: &mut Child) -> Option<bool> {
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status.success()),
            Ok(None) if start.elapsed() < LONGEST => thread::sleep(STEP),
            Ok(None) | Err(_) => {
                let _ = child.kill();
                let _ = child.wait();
                return None;
            }
        }
    }
}
