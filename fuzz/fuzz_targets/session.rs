//! Any bytes as what an editor says, a line a message.
#![no_main]

use diglot::cli::untrusted;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = untrusted::session(bytes);
});
