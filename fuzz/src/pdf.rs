//! Any bytes as a PDF for the press: a panic is a finding, and so is a file that cannot be read again.
//!
//! 1. Bytes that begin as a PDF are one. Others are the bodies of objects with a line `%%` between them, of which a PDF is written whose table is right, so
//!    that changes reach what stands behind it. What follows a line `stream` is the data of a stream, whose length is counted.
//! 2. The length of the bytes says by which profile it is pressed. What keeps transparency is then flattened, and bound with itself.

use std::sync::OnceLock;

use press::flatten::{Flattening, Pixels};
use press::{Fault, Order, Profile};

/// The press profiles.
pub const PROFILES: [&str; 6] = ["x4", "offset-marks", "offset-grey", "booklet-a4", "perfect-16", "x1a"];
const FONT: &[u8] = include_bytes!("../../fonts/DejaVuSans.ttf");

/// Presses it, looks at it as a press does, and gives what was made; `None` where it was refused.
///
/// # Panics
///
/// When a stage panics, and when what was made has not the pages that it should have.
pub fn any(bytes: &[u8]) -> Option<Vec<u8>> {
    let whole = if bytes.starts_with(b"%PDF-") { bytes.to_vec() } else { written(bytes) };
    let (name, profile) = profile(bytes.len());
    let _ = press::check::check(&whole, profile);
    let order = Order { profile, profile_name: name, name: "fuzz", icc: icc(), condition: "FUZZ", font: FONT, folds: &[], identity: None };
    let pressed = press::press(&whole, &order).ok()?;
    has_pages(&pressed.bytes, pressed.sheets);
    if name == "x4" {
        has_pages(&flattened(&pressed.bytes), pressed.sheets);
        let bound = press::bind::bind(&[&whole, &pressed.bytes], "fuzz").expect("what can be pressed can be bound");
        has_pages(&bound.bytes, 2 * pressed.pages);
        assert!(press::press(&bound.bytes, &order).is_ok_and(|both| both.pages == 2 * pressed.pages), "what is bound cannot be pressed");
    }
    Some(pressed.bytes)
}

/// A profile by a number.
fn profile(number: usize) -> (&'static str, &'static Profile) {
    static READ: OnceLock<Vec<(&str, Profile)>> = OnceLock::new();
    let read = READ.get_or_init(|| PROFILES.iter().map(|name| (*name, Profile::built_in(name).expect("it is built in"))).collect());
    let (name, profile) = &read[number % read.len()];
    (*name, profile)
}

/// An output profile of half a kilobyte (ICC.1, tables of two steps): each file that is made has it, is written with it, read again and written once more, and
/// those that come with the program have hundreds of kilobytes.
fn icc() -> &'static [u8] {
    static MADE: OnceLock<Vec<u8>> = OnceLock::new();
    MADE.get_or_init(|| {
        let to_lab = |corner: usize| {
            let ink = |at: usize| corner >> (3 - at) & 1 == 1;
            let light = if ink(3) { 0 } else { 0xff00 - 0x5000 * [0, 1, 2].iter().filter(|at| ink(**at)).count() as u16 };
            vec![light, if ink(0) { 0x4000 } else { 0x8000 }, if ink(2) { 0xc000 } else { 0x8000 }]
        };
        let to_inks = |corner: usize| {
            let [light, red, yellow] = [2, 1, 0].map(|at| corner >> at & 1 == 1);
            let amount = |is_there: bool| if is_there { 0xffff } else { 0 };
            vec![amount(!red), amount(red), amount(yellow), amount(!light)]
        };
        let tables = [(b"A2B0", table(4, 3, to_lab)), (b"B2A0", table(3, 4, to_inks))];
        let mut head = vec![0_u8; 128];
        for (at, word) in [
            (8, b"\x02\x40\0\0"),
            (12, b"prtr"),
            (16, b"CMYK"),
            (20, b"Lab "),
            (36, b"acsp"),
            (68, b"\0\0\xf6\xd6"),
            (72, b"\0\x01\0\0"),
            (76, b"\0\0\xd3\x2d"),
        ] {
            head[at..at + 4].copy_from_slice(word);
        }
        head.extend_from_slice(&(tables.len() as u32).to_be_bytes());
        let mut at = head.len() + 12 * tables.len();
        for (name, data) in &tables {
            head.extend_from_slice(*name);
            head.extend_from_slice(&(at as u32).to_be_bytes());
            head.extend_from_slice(&(data.len() as u32).to_be_bytes());
            at += data.len();
        }
        head[..4].copy_from_slice(&(at as u32).to_be_bytes());
        tables.into_iter().fold(head, |all, (_, data)| [all, data].concat())
    })
}

/// A table of an ICC profile with two steps for each part that goes in.
fn table(from: u8, to: u8, at: impl Fn(usize) -> Vec<u16>) -> Vec<u8> {
    let mut bytes = b"mft2\0\0\0\0".to_vec();
    bytes.extend_from_slice(&[from, to, 2, 0]);
    for place in 0..9_u32 {
        bytes.extend_from_slice(&(if place % 4 == 0 { 0x1_0000_u32 } else { 0 }).to_be_bytes());
    }
    let straight = [0_u16, 0xffff];
    let numbers = [2, 2].into_iter().chain(straight.repeat(usize::from(from))).chain((0..1 << from).flat_map(at)).chain(straight.repeat(usize::from(to)));
    bytes.extend(numbers.flat_map(u16::to_be_bytes));
    bytes
}

/// The same without transparency, with one white pixel in place of what another program would draw.
fn flattened(bytes: &[u8]) -> Vec<u8> {
    let flattening = Flattening::of(bytes).expect("what was made can be looked at");
    let _ = flattening.parts().expect("parts can be written");
    let pixels = flattening.sizes().map(|_| Pixels { width: 1, height: 1, inks: 4, data: vec![0; 4] }).collect();
    flattening.flat(pixels).expect("pages can be flattened")
}

fn has_pages(bytes: &[u8], pages: usize) {
    match press::cover::measure(bytes) {
        Ok(extent) => assert_eq!(extent.pages, pages, "pages are lost"),
        // Sheets of several sizes are no fault.
        Err(fault) => assert!(matches!(fault, Fault::Sheet(..)), "what was made cannot be read: {fault}"),
    }
}

/// Bodies of objects as a PDF.
#[must_use]
pub fn written(bodies: &[u8]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for body in split(bodies, b"\n%%\n") {
        places.push(out.len());
        out.extend_from_slice(format!("{} 0 obj\n", places.len()).as_bytes());
        match split(body, b"\nstream\n").as_slice() {
            [dict, data] => {
                let inner = dict.strip_suffix(b">>").unwrap_or(dict);
                out.extend_from_slice(inner);
                out.extend_from_slice(format!(" /Length {} >>\nstream\n", data.len()).as_bytes());
                out.extend_from_slice(data);
                out.extend_from_slice(b"\nendstream");
            }
            _ => out.extend_from_slice(body),
        }
        out.extend_from_slice(b"\nendobj\n");
    }
    let table = out.len();
    let count = places.len() + 1;
    out.extend_from_slice(format!("xref\n0 {count}\n0000000000 65535 f \n").as_bytes());
    for place in places {
        out.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
    }
    out.extend_from_slice(format!("trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").as_bytes());
    out
}

fn split<'a>(bytes: &'a [u8], mark: &[u8]) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest.windows(mark.len()).position(|window| window == mark) {
        parts.push(&rest[..at]);
        rest = &rest[at + mark.len()..];
    }
    parts.push(rest);
    parts
}
