//! Any bytes as a request to `serve`: whoever cut them somewhere, a head that is whole stays what it is.
#![no_main]

use libfuzzer_sys::fuzz_target;
use web::request;

const PORT: u16 = 4173;

fuzz_target!(|bytes: &[u8]| {
    let Ok(Some(whole)) = request::read(bytes, PORT) else { return };
    assert!(!whole.path.split('/').any(|part| part == ".."), "a path leads out");
    let _ = (whole.value("q"), whole.number::<u32>("line"));
    // What follows a head does not change it.
    let more = request::read(&[bytes, b"more"].concat(), PORT);
    assert!(matches!(more, Ok(Some(again)) if again.path == whole.path && again.own == whole.own), "a longer message is another");
});
