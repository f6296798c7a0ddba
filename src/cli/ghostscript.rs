//! What only Ghostscript can do, where it is installed: pictures in encapsulated PostScript, pages without transparency, pages as pictures.
//!
//! 1. `gs` gets the file's bytes, may open no file of its own (`-dSAFER`), and writes a PNG, a PDF or a JPEG.
//! 2. It has a bounded time and may write a bounded number of bytes; it is killed past either.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Its name.
pub(super) const PROGRAM: &str = "gs";

/// How long it may take.
const LONGEST: Duration = Duration::from_secs(30);

/// How often it is looked after.
const STEP: Duration = Duration::from_millis(20);

/// The largest file that is taken of it, in bytes.
const MAX_BYTES: u64 = 64 << 20;

const ARGUMENTS: [&str; 5] = ["-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sstdout=%stderr"];

/// Smooth edges, for pictures.
const SMOOTH: [&str; 2] = ["-dTextAlphaBits=4", "-dGraphicsAlphaBits=4"];

/// A picture as PNG: an EPS, or the first page of a PDF, as large as its crop box. `kind` names it, as in `an EPS`.
///
/// # Errors
///
/// Why there is none, as the end of a sentence.
pub(super) fn png(picture: Vec<u8>, kind: &str) -> Result<Vec<u8>, String> {
    let arguments = ["-dEPSCrop", "-dUseCropBox", "-dFirstPage=1", "-dLastPage=1", "-sDEVICE=png16m", "-r300", SMOOTH[0], SMOOTH[1]].map(str::to_owned);
    run(picture, &arguments).map_err(|failed| match failed {
        Failed::NotThere => format!("is {kind}, which only Ghostscript can read, and `gs` is not installed"),
        Failed::Refused => format!("is {kind} that Ghostscript cannot read"),
        Failed::TooLong => format!("is {kind} that took Ghostscript more than {} s", LONGEST.as_secs()),
    })
}

/// A PDF of a version without transparency (1.3 has none), its text as outlines where that is wanted. Its colours are inks already, and stay so in what has to
/// become a picture: four of them, or black alone.
///
/// # Errors
///
/// Why there is none, as the end of a sentence.
pub(super) fn flat(pdf: &[u8], version: &str, curves: bool, grey: bool) -> Result<Vec<u8>, String> {
    let mut arguments = vec!["-sDEVICE=pdfwrite".to_owned(), format!("-dCompatibilityLevel={version}"), "-r600".to_owned()];
    // What is a picture already is not packed with loss again.
    arguments.extend(
        ["-dAutoFilterColorImages=false", "-dColorImageFilter=/FlateEncode", "-dAutoFilterGrayImages=false", "-dGrayImageFilter=/FlateEncode"]
            .map(str::to_owned),
    );
    arguments.extend(["-dDownsampleColorImages=false", "-dDownsampleGrayImages=false", "-dDownsampleMonoImages=false"].map(str::to_owned));
    let inks = if grey {
        ["-sColorConversionStrategy=Gray", "-dProcessColorModel=/DeviceGray"]
    } else {
        ["-sColorConversionStrategy=CMYK", "-dProcessColorModel=/DeviceCMYK"]
    };
    arguments.extend(inks.map(str::to_owned));
    if curves {
        arguments.push("-dNoOutputFonts".to_owned());
    }
    run(pdf.to_vec(), &arguments).map_err(why)
}

/// A page as a JPEG.
///
/// # Errors
///
/// Why there is none, as the end of a sentence.
pub(super) fn jpeg(pdf: &[u8], page: usize, resolution: u32) -> Result<Vec<u8>, String> {
    let mut arguments =
        vec!["-sDEVICE=jpeg".to_owned(), "-dJPEGQ=90".to_owned(), format!("-r{resolution}"), format!("-dFirstPage={page}"), format!("-dLastPage={page}")];
    arguments.extend(SMOOTH.map(str::to_owned));
    run(pdf.to_vec(), &arguments).map_err(why)
}

/// Why Ghostscript did not do something.
enum Failed {
    NotThere,
    Refused,
    TooLong,
}

fn why(failed: Failed) -> String {
    match failed {
        Failed::NotThere => "needs Ghostscript, and `gs` is not installed".to_owned(),
        Failed::Refused => "is one that Ghostscript cannot read".to_owned(),
        Failed::TooLong => format!("took Ghostscript more than {} s", LONGEST.as_secs()),
    }
}

/// What Ghostscript makes of some bytes.
fn run(input_bytes: Vec<u8>, arguments: &[String]) -> Result<Vec<u8>, Failed> {
    let mut child = Command::new(PROGRAM)
        .args(ARGUMENTS)
        .args(arguments)
        .args(["-sOutputFile=-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|_| Failed::NotThere)?;
    let input = child.stdin.take();
    let output = child.stdout.take();
    // Both ends are served at once, or each would wait for the other.
    let writer = thread::spawn(move || {
        // A program that stops reading has failed, which its status says.
        let _ = input.map(|mut input| input.write_all(&input_bytes));
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
        Some(_) => Err(Failed::Refused),
        None => Err(Failed::TooLong),
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
