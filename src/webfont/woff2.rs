//! WOFF2 (<https://www.w3.org/TR/WOFF2/>): all tables in one Brotli stream, none of them transformed.

use std::io::Write;

use read_fonts::types::Tag;

/// How hard Brotli tries, of eleven: from the seventh level on it takes tables of many megabytes for each font, for one part in a hundred.
const EFFORT: u32 = 6;

/// The window that Brotli looks back in, as a power of two: a mebibyte, more than what most subsets have before they are packed.
const WINDOW: u32 = 20;

/// The tags that have a number (WOFF2, 4.1).
const KNOWN: [&[u8; 4]; 29] = [
    b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name", b"OS/2", b"post", b"cvt ", b"fpgm", b"glyf", b"loca", b"prep", b"CFF ", b"VORG", b"EBDT", b"EBLC",
    b"gasp", b"hdmx", b"kern", b"LTSH", b"PCLT", b"VDMX", b"vhea", b"vmtx", b"BASE", b"GDEF", b"GPOS", b"GSUB",
];

/// The version that says that a table of outlines is not transformed (WOFF2, 5.1 and 5.3).
const PLAIN_OUTLINES: u8 = 3 << 6;

/// Packs tables, which are sorted by tag, into a font of TrueType outlines. `None` for more than the format can hold.
pub(crate) fn pack(tables: &[(Tag, Vec<u8>)]) -> Option<Vec<u8>> {
    // `loca` follows `glyf` at once (WOFF2, 5.3).
    let loca = Tag::new(b"loca");
    let mut order: Vec<&(Tag, Vec<u8>)> = tables.iter().filter(|(tag, _)| *tag != loca).collect();
    let after = order.iter().position(|(tag, _)| *tag == Tag::new(b"glyf")).map_or(order.len(), |at| at + 1);
    for (at, table) in tables.iter().filter(|(tag, _)| *tag == loca).enumerate() {
        order.insert(after + at, table);
    }
    let mut directory = Vec::new();
    let mut stream = brotli::CompressorWriter::new(Vec::new(), 1 << 16, EFFORT, WINDOW);
    let mut spread = 12 + 16 * order.len();
    for (tag, bytes) in &order {
        let version = if matches!(&tag.to_be_bytes(), b"glyf" | b"loca") { PLAIN_OUTLINES } else { 0 };
        match KNOWN.iter().position(|known| **known == tag.to_be_bytes()) {
            Some(number) => directory.push(version | u8::try_from(number).ok()?),
            None => {
                directory.push(version | 0x3f);
                directory.extend(tag.to_be_bytes());
            }
        }
        number(u32::try_from(bytes.len()).ok()?, &mut directory);
        stream.write_all(bytes).ok()?;
        spread += bytes.len().next_multiple_of(4);
    }
    let packed = stream.into_inner();
    let length = (48 + directory.len() + packed.len()).next_multiple_of(4);
    let mut out = b"wOF2".to_vec();
    out.extend(0x0001_0000_u32.to_be_bytes());
    out.extend(u32::try_from(length).ok()?.to_be_bytes());
    out.extend(u16::try_from(order.len()).ok()?.to_be_bytes());
    out.extend([0, 0]);
    out.extend(u32::try_from(spread).ok()?.to_be_bytes());
    out.extend(u32::try_from(packed.len()).ok()?.to_be_bytes());
    // No version, no metadata, no private data.
    out.extend([0; 24]);
    out.extend(directory);
    out.extend(packed);
    out.resize(length, 0);
    Some(out)
}

/// A number in as few bytes as it takes, seven bits each, the highest first (`UIntBase128`).
fn number(value: u32, out: &mut Vec<u8>) {
    for group in (0..5).rev() {
        let rest = value >> (7 * group);
        if rest > 0 || group == 0 {
            let more = if group > 0 { 0x80 } else { 0 };
            out.push(u8::try_from(rest & 0x7f).unwrap_or_default() | more);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_as_few_bytes_as_they_can() {
        let packed = |value| {
            let mut out = Vec::new();
            number(value, &mut out);
            out
        };
        assert_eq!(packed(0), [0]);
        assert_eq!(packed(127), [127]);
        assert_eq!(packed(128), [0x81, 0]);
        assert_eq!(packed(63_744), [0x83, 0xf2, 0]);
    }
}
