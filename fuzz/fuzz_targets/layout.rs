//! Any bytes as `layout.toml` and `layout.css` of a layout.
#![no_main]

use diglot::cli::untrusted;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = untrusted::layout(bytes);
});
