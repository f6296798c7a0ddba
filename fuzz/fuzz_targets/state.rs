//! Any bytes as a note of what was built.
#![no_main]

use diglot::cli::untrusted;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = untrusted::state(bytes);
});
