//! Any bytes as a PDF for the press: a panic is a finding, and so is a file that cannot be read again.
//!
//! 1. Bytes that begin as a PDF are one. Others are the bodies of objects with a line `%%` between them, of which a PDF is written whose table is right, so
//!    that changes reach what stands behind it. What follows a line `stream` is the data of a stream, whose length is counted.
//! 2. The length of the bytes says by which profile it is pressed. What keeps transparency is then flattened, and bound with itself.

use press::flatten::{Flattening, Pixels};
use press::{Fault, Order, Profile, intent};

const PROFILES: [&str; 5] = ["x4", "offset-marks", "offset-grey", "booklet-a4", "perfect-16"];
const FONT: &[u8] = include_bytes!("../../fonts/DejaVuSans.ttf");

/// Presses it, looks at it as a press does, and gives what was made; `None` where it was refused.
///
/// # Panics
///
/// When a stage panics, and when what was made has not the pages that it should have.
pub fn any(bytes: &[u8]) -> Option<Vec<u8>> {
    let whole = if bytes.starts_with(b"%PDF-") { bytes.to_vec() } else { written(bytes) };
    let name = PROFILES[bytes.len() % PROFILES.len()];
    let profile = Profile::built_in(name).expect("it is built in");
    let (icc, condition) = intent::built_in(&profile.intent.profile).expect("it is built in");
    let _ = press::check::check(&whole, &profile);
    let order = Order { profile: &profile, profile_name: name, name: "fuzz", icc, condition, font: FONT, folds: &[], identity: None };
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
