//! What only Ghostscript can do, where it is installed: pictures in encapsulated PostScript, text as curves, pages as pictures and as inks.
//!
//! 1. `gs` gets the file's bytes, may open no file of its own (`-dSAFER`), and writes a PNG, a PDF, a JPEG or bare pixels.
//! 2. It has a bounded time and may write a bounded number of bytes; it is killed past either.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use ::press::flatten::Pixels;

/// Its name.
pub(super) const PROGRAM: &str = "gs";

/// How long it may take.
const LONGEST: Duration = Duration::from_secs(30);

/// How often it is looked after.
const STEP: Duration = Duration::from_millis(20);

/// The largest file that is taken of it, in bytes: a page of A4 in four inks at 600 dots to the inch has 140 MB.
const MAX_BYTES: u64 = 192 << 20;

/// How many dots to the inch the pixels of a page have, if that are not too many.
const FINE: f64 = 600.0;

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

/// A page as the inks on it, at most so many dots to the inch and fewer where there would be too many: four inks, or black alone.
///
/// # Errors
///
/// Why there is none, as the end of a sentence.
pub(super) fn pixels(pdf: &[u8], page: usize, [width, height]: [f64; 2], grey: bool) -> Result<Pixels, String> {
    let inks = if grey { 1 } else { 4 };
    let needs = |resolution: f64| width * height * (resolution / 72.0).powi(2) * f64::from(inks);
    let resolution = if needs(FINE) <= MAX_BYTES as f64 { FINE } else { FINE / 2.0 };
    let device = if grey { "pgmraw" } else { "pamcmyk32" };
    let arguments = vec![format!("-sDEVICE={device}"), format!("-r{resolution}"), format!("-dFirstPage={page}"), format!("-dLastPage={page}")];
    raw(&run(pdf.to_vec(), &arguments).map_err(why)?).ok_or_else(|| "is one of which Ghostscript makes no pixels".to_owned())
}

/// Reads a greymap or a map of inks. Source: the manual pages of pgm and pam, https://netpbm.sourceforge.net/doc/
fn raw(bytes: &[u8]) -> Option<Pixels> {
    let mut rest = bytes;
    let mut line = || {
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let (line, after) = rest.split_at(end);
        rest = after.get(1..)?;
        std::str::from_utf8(line).ok()
    };
    let (mut width, mut height, inks) = match line()? {
        "P5" => (0, 0, 1),
        "P7" => (0, 0, 4),
        _ => return None,
    };
    loop {
        let words: Vec<&str> = line()?.split_whitespace().collect();
        match words.as_slice() {
            ["WIDTH", number] => width = number.parse().ok()?,
            ["HEIGHT", number] => height = number.parse().ok()?,
            ["ENDHDR"] | ["255"] => break,
            [one, other] if inks == 1 && width == 0 => (width, height) = (one.parse().ok()?, other.parse().ok()?),
            _ => {}
        }
    }
    let length = usize::checked_mul(width, height)?.checked_mul(inks)?;
    Some(Pixels { width, height, inks, data: rest.get(..length).filter(|data| !data.is_empty())?.to_vec() })
}

/// A PDF with its text as outlines. Its colours are inks already, and stay so: four of them, or black alone.
///
/// # Errors
///
/// Why there is none, as the end of a sentence.
pub(super) fn curves(pdf: &[u8], version: &str, grey: bool) -> Result<Vec<u8>, String> {
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
    arguments.push("-dNoOutputFonts".to_owned());
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
