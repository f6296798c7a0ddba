//! Any bytes as a PDF for the press. With `FUZZ_KEEP=DIR` every hundredth file that was made is kept there, for a judge from outside.
#![no_main]

use std::sync::atomic::{AtomicU64, Ordering};

use fuzz::pdf;
use libfuzzer_sys::fuzz_target;

static MADE: AtomicU64 = AtomicU64::new(0);

fuzz_target!(|bytes: &[u8]| {
    if let (Some(made), Ok(folder)) = (pdf::any(bytes), std::env::var("FUZZ_KEEP")) {
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        if number % 100 == 0 {
            std::fs::write(format!("{folder}/{number}.pdf"), made).expect("the folder can be written to");
        }
    }
});
