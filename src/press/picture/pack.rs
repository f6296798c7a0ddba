//! Pixels and content packed without loss (ISO 32000-1, 7.4.4).

use std::cell::RefCell;

use flate2::{Compress, Compression, FlushCompress};
use lopdf::{Dictionary, Object, Stream};

/// Packs rows, each after the filter of PNG that leaves least.
pub(super) fn pack(mut dict: Dictionary, bytes: &[u8], width: usize, parts: usize) -> Stream {
    let stride = width * parts;
    let mut rows = Vec::with_capacity(bytes.len() + bytes.len() / stride.max(1) + 1);
    let mut above = vec![0_u8; stride];
    for row in bytes.chunks(stride.max(1)) {
        let left = |at: usize| at.checked_sub(parts).and_then(|at| row.get(at)).copied().unwrap_or(0);
        let sub: Vec<u8> = row.iter().enumerate().map(|(at, byte)| byte.wrapping_sub(left(at))).collect();
        let up: Vec<u8> = row.iter().zip(&above).map(|(byte, above)| byte.wrapping_sub(*above)).collect();
        let cost = |line: &[u8]| line.iter().map(|byte| u64::from(byte.cast_signed().unsigned_abs())).sum::<u64>();
        let (filter, line) = if cost(&sub) <= cost(&up) { (1, sub) } else { (2, up) };
        rows.push(filter);
        rows.extend(line);
        above.clear();
        above.extend_from_slice(row);
        above.resize(stride, 0);
    }
    let mut parameters = Dictionary::new();
    parameters.set("Predictor", 15);
    parameters.set("Colors", number(parts));
    parameters.set("Columns", number(width));
    dict.set("DecodeParms", parameters);
    deflated(dict, &rows)
}

/// A count or a size as an object.
pub(super) fn number(value: usize) -> Object {
    Object::Integer(i64::try_from(value).unwrap_or(i64::MAX))
}

thread_local! {
    /// One encoder for all streams: its state is larger than nearly everything that it packs, and what thousands of them leave behind, between what is kept, no
    /// allocator puts together again (measured: 320 KB a sheet).
    static PACKER: RefCell<Compress> = RefCell::new(Compress::new(Compression::default(), true));
}

/// Bytes as zlib packs them; `None` where it cannot, and the bytes go as they are.
fn packed(bytes: &[u8]) -> Option<Vec<u8>> {
    PACKER.with_borrow_mut(|packer| {
        packer.reset();
        let mut out = Vec::with_capacity(bytes.len() / 2 + 64);
        loop {
            let done = usize::try_from(packer.total_in()).ok()?;
            match packer.compress_vec(bytes.get(done..)?, &mut out, FlushCompress::Finish).ok()? {
                flate2::Status::StreamEnd => break,
                flate2::Status::Ok | flate2::Status::BufError => out.reserve(bytes.len() / 4 + 64),
            }
        }
        // What was in reserve would stay with each of thousands of streams.
        out.shrink_to_fit();
        Some(out)
    })
}

/// A stream, compressed.
pub(crate) fn deflated(mut dict: Dictionary, bytes: &[u8]) -> Stream {
    let mut stream = match packed(bytes) {
        Some(packed) => {
            dict.set("Filter", "FlateDecode");
            Stream::new(dict, packed)
        }
        None => Stream::new(dict, bytes.to_vec()),
    };
    stream.allows_compression = false;
    stream
}
