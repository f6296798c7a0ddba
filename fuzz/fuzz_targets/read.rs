//! Any bytes as a master: read, resolved, set as code and bound as a book, with nothing lost.
#![no_main]

use fuzz::{mutate, read};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

fuzz_target!(|bytes: &[u8]| read::master(bytes));

// Every second change is one of the document's structure, the others are libFuzzer's own.
fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    if seed % 2 == 0
        && let Some(changed) = mutate::structure(&data[..size], u64::from(seed))
        && changed.len() <= max_size
    {
        data[..changed.len()].copy_from_slice(&changed);
        return changed.len();
    }
    fuzzer_mutate(data, size, max_size)
});
