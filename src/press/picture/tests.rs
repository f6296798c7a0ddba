//! Pictures in JPEG 2000, JBIG2 and fax: what becomes of them under each standard.

use lopdf::dictionary;

use super::jpx::{Jpx, Wanted};
use super::*;
use crate::intent;
use crate::read::decoded;

fn from_hex(text: &str) -> Vec<u8> {
    text.as_bytes().chunks(2).filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

// Code streams as Pillow writes them (`save("a.j2k", no_jp2=True, irreversible=False)`), from the marker COD on and without their comment. Eight by eight pixels: grey is
// 16 x + 16 y; red and green are 32 x and 32 y, blue is 40, and the right half lets four fifths through; cyan and magenta are 32 x and 32 y, yellow is none, black is 10.
const GREY: &str = "ff52000c00000001000304040001ff5c000d4040484850484850484850ff90000a0000000000350001ff93c7d404081fc7da051f6810045f045fc3ea0387d4060d02070b3d85c1f38383e706221a13037f\
                    ebffd9";
const RGB: &str = "ff52000c00000001000304040001ff5c000d4040484850484850484850ff90000a0000000000460001ff93c7d404082fc7d404082fcfb40805c9cfc008045fa7e004045f80c7da06000d0209a3ed03000b3d\
                   8680c3ea0300221a15a1f50180037feb80ffd9";
const RGBA: &str = "ff52000c00000001000304040001ff5c000d4040484850484850484850ff90000a0000000000630001ff93c7d404082fc7d404082fcfb40805c9cfb408041fcfc008045fa7e004045f80cfc008084fc7da0600\
                    0d0209a3ed03000b3d8680c7da0a00025d15bd5fc3ea0300221a15a1f50180037feb80c7da0c0017d7d0b17e1fffd9";
const CMYK: &str = "ff52000c00000001000304040001ff5c000d4040484850484850484850ff90000a00000000004d0001ff93c7d404082fc7d404082fdf800807cfb4080997cfc008045fa7e004045f8080c7da06000d0209a3ed0\
                    3000b3d868080c3ea0300221a15a1f50180037feb8080ffd9";
/// The numbers from 0 to 3 in each of four rows.
const NUMBERS: &str = "ff52000c00000001000004040001ff5c00044040ff90000a0000000000210001ff93df808011622bbb6e12f52008f242e46023c075ffd9";

/// A fax of T.6 with the bits of eight by eight red pixels, three bits a pixel, as Pillow packs them in TIFF.
const FAX: &str = "26a8ba2e8ba2e8ba2e8105fffffffffffffffffffffffffffffe002002";

/// Eight by eight black pixels in JBIG2: the segment of a page, and that of a region.
const PAGE: &str = "000000003000010000001300000008000000080000000000000000000000";
const REGION: &str = "000000012600010000001900000008000000080000000000000000000126a2fffe002002";

/// A code stream of so many pixels a side and so many components of eight bits.
fn codestream(side: u8, components: u8, rest: &str) -> Vec<u8> {
    let sizes = [side, side, 0, 0, side, side, 0, 0].into_iter().flat_map(|size| [0, 0, 0, size]);
    let head = [0xff, 0x4f, 0xff, 0x51, 0, 38 + 3 * components, 0, 0].into_iter().chain(sizes).chain([0, components]);
    head.chain((0..components).flat_map(|_| [7, 1, 1])).chain(from_hex(rest)).collect()
}

fn boxed(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    [&u32::try_from(content.len() + 8).unwrap_or_default().to_be_bytes()[..], kind, content].concat()
}

/// A file of JPEG 2000 with these boxes in its header.
fn jp2(header: &[Vec<u8>], codestream: &[u8]) -> Vec<u8> {
    [boxed(b"jP  ", b"\r\n\x87\n"), boxed(b"ftyp", b"jp2 \0\0\0\0jp2 "), boxed(b"jp2h", &header.concat()), boxed(b"jp2c", codestream)].concat()
}

fn enumerated(number: u8) -> Vec<u8> {
    boxed(b"colr", &[1, 0, 0, 0, 0, 0, number])
}

/// A definition of channels: kind and association of each.
fn channels(definitions: &[(u8, u8)]) -> Vec<u8> {
    let count = u8::try_from(definitions.len()).unwrap_or_default();
    let each = definitions.iter().enumerate().flat_map(|(at, (kind, association))| [0, u8::try_from(at).unwrap_or_default(), 0, *kind, 0, *association]);
    boxed(b"cdef", &[0, count].into_iter().chain(each).collect::<Vec<_>>())
}

fn picture(dict: Dictionary, data: Vec<u8>) -> Stream {
    let mut whole = dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 8, "Height" => 8 };
    whole.extend(&dict);
    Stream::new(whole, data)
}

fn jpx(mut dict: Dictionary, data: Vec<u8>) -> Stream {
    dict.set("Filter", "JPXDecode");
    picture(dict, data)
}

fn converted(stream: &Stream, wish: Wish, version: &str) -> Outcome {
    let inks = Inks::new(intent::FOGRA39, 300.0).expect("inks");
    let terms = Terms { inks: &inks, wish, srgb: &"ThisIsSrgb".into(), version };
    convert(&Document::with_version("1.7"), stream, &Dictionary::new(), &terms)
}

/// What a picture has become: its space, its filter, its pixels where they are plain, its mask.
fn become_of(stream: &Stream, wish: Wish, version: &str) -> (String, String, Vec<u8>, Option<Mask>) {
    let (new, mask) = match converted(stream, wish, version) {
        Outcome::Same => (stream.clone(), None),
        Outcome::New(new, mask) => (new, mask),
        Outcome::Kept(why) => panic!("it is kept: it {why}"),
    };
    let name = |key: &[u8]| new.dict.get(key).and_then(Object::as_name).map(|name| String::from_utf8_lossy(name).into_owned()).unwrap_or_default();
    assert!(!new.dict.has(b"SMaskInData") || new.dict.has(b"Filter") && name(b"Filter") == "JPXDecode");
    let pixels = if name(b"Filter") == "FlateDecode" { decoded(&new).expect("pixels") } else { Vec::new() };
    (name(b"ColorSpace"), name(b"Filter"), pixels, mask)
}

const INKS: Wish = Wish::Convert(Mode::Colour);

#[test]
fn the_data_name_their_space() {
    let space = |header: &[Vec<u8>], data: &[u8]| Jpx::read(&jp2(header, data)).and_then(|jpx| jpx.space());
    let (grey, rgb, four) = (codestream(8, 1, GREY), codestream(8, 3, RGB), codestream(8, 4, CMYK));
    assert!(matches!(space(&[enumerated(17)], &grey), Ok(Space::Grey)));
    assert!(matches!(space(&[enumerated(16)], &rgb), Ok(Space::Rgb)));
    assert!(matches!(space(&[enumerated(18)], &rgb), Ok(Space::Rgb)));
    assert!(matches!(space(&[enumerated(12)], &four), Ok(Space::Cmyk)));
    assert!(matches!(space(&[enumerated(21)], &rgb), Ok(Space::IccRgb(..))));
    assert!(space(&[enumerated(14)], &rgb).is_err_and(|why| why.contains("number 14")));
    let profile = |icc: &[u8]| boxed(b"colr", &[&[2, 0, 0][..], icc].concat());
    assert!(matches!(space(&[profile(intent::SRGB)], &rgb), Ok(Space::IccRgb(..))));
    assert!(matches!(space(&[profile(intent::FOGRA39)], &four), Ok(Space::Cmyk)));
    // A damaged profile, a method of a vendor, nothing at all: the count of channels says it.
    for header in [profile(b"no profile"), boxed(b"colr", &[4, 0, 0, 1, 2]), Vec::new()] {
        assert!(matches!(space(std::slice::from_ref(&header), &grey), Ok(Space::Grey)));
        assert!(matches!(space(std::slice::from_ref(&header), &rgb), Ok(Space::Rgb)));
        assert!(matches!(space(std::slice::from_ref(&header), &four), Ok(Space::Cmyk)));
        let opacity = channels(&[(0, 1), (0, 2), (0, 3), (1, 0)]);
        assert!(matches!(space(&[header, opacity], &four), Ok(Space::Rgb)));
    }
    // The first space that can be made use of is taken.
    assert!(matches!(space(&[boxed(b"colr", &[4, 0, 0]), enumerated(16), enumerated(12)], &four), Ok(Space::Rgb)));
}

#[test]
fn what_the_standard_knows_stays() {
    let grey = jpx(dictionary! {}, jp2(&[enumerated(17)], &codestream(8, 1, GREY)));
    // Its grey is that of the black plate, which has to be said.
    assert_eq!(become_of(&grey, INKS, "1.6").0, "DeviceGray");
    assert_eq!(become_of(&grey, INKS, "1.6").1, "JPXDecode");
    let four = jpx(dictionary! { "ColorSpace" => "DeviceCMYK" }, codestream(8, 4, CMYK));
    assert!(matches!(converted(&four, INKS, "1.6"), Outcome::Same));
    let spots = Object::Array(vec!["DeviceN".into(), vec!["A".into(), "B".into(), "C".into()].into()]);
    assert!(matches!(converted(&jpx(dictionary! { "ColorSpace" => spots }, codestream(8, 3, RGB)), INKS, "1.6"), Outcome::Same));
    let rgb = jpx(dictionary! {}, codestream(8, 3, RGB));
    assert!(matches!(converted(&rgb, Wish::Keep, "1.6"), Outcome::Same));
}

#[test]
fn what_it_does_not_know_is_packed_anew() {
    let ramp: Vec<u8> = (0..64_u8).map(|at| at % 8 * 16 + at / 8 * 16).collect();
    let grey = |dict: Dictionary| jpx(dict, jp2(&[enumerated(17)], &codestream(8, 1, GREY)));
    for dict in
        [dictionary! {}, dictionary! { "ColorSpace" => "DeviceGray" }, dictionary! { "ColorSpace" => "DeviceGray", "Decode" => vec![1.into(), 0.into()] }]
    {
        let (space, filter, pixels, _) = become_of(&grey(dict), INKS, "1.4");
        assert_eq!((space.as_str(), filter.as_str()), ("DeviceGray", "FlateDecode"));
        assert_eq!(pixels, ramp);
    }
    let (space, _, pixels, _) = become_of(&jpx(dictionary! {}, jp2(&[enumerated(12)], &codestream(8, 4, CMYK))), INKS, "1.3");
    assert_eq!((space.as_str(), pixels.get(4 * 9..4 * 10)), ("DeviceCMYK", Some(&[32, 32, 0, 10][..])));
    // A spot colour keeps its name.
    let spots = Object::Array(vec!["DeviceN".into(), vec!["A".into(), "B".into(), "C".into()].into()]);
    let Outcome::New(new, None) = converted(&jpx(dictionary! { "ColorSpace" => spots.clone() }, codestream(8, 3, RGB)), INKS, "1.3") else {
        panic!("no new one")
    };
    assert_eq!(new.dict.get(b"ColorSpace").ok(), Some(&spots));
    assert_eq!(decoded(&new).ok().and_then(|pixels| pixels.get(27..30).map(<[u8]>::to_vec)), Some(vec![32, 32, 40]));
    // Kept pictures are what the profile wants, and yet no JPEG 2000.
    let Outcome::New(new, None) = converted(&jpx(dictionary! {}, codestream(8, 3, RGB)), Wish::Keep, "1.4") else { panic!("no new one") };
    assert_eq!(new.dict.get(b"ColorSpace").ok(), Some(&"ThisIsSrgb".into()));
}

#[test]
fn colours_become_inks_or_greys() {
    let rgb = |dict: Dictionary| jpx(dict, jp2(&[enumerated(16)], &codestream(8, 3, RGB)));
    for dict in [dictionary! {}, dictionary! { "ColorSpace" => "DeviceRGB" }] {
        let (space, filter, pixels, _) = become_of(&rgb(dict.clone()), INKS, "1.6");
        assert_eq!((space.as_str(), filter.as_str(), pixels.len()), ("DeviceCMYK", "FlateDecode", 256));
        assert_eq!(become_of(&rgb(dict), Wish::Convert(Mode::Grey), "1.6").2.len(), 64);
    }
    // The space of the PDF goes before that of the data.
    let four = jpx(dictionary! { "ColorSpace" => "DeviceCMYK" }, jp2(&[enumerated(16)], &codestream(8, 4, CMYK)));
    assert_eq!(become_of(&four, INKS, "1.3").2.get(36..40), Some(&[32, 32, 0, 10][..]));
    // In sYCC the parts are lightness and two differences, which are none at 128.
    let grey = jp2(&[enumerated(18)], &codestream(8, 3, RGB));
    let pixels = Jpx::read(&grey).and_then(|jpx| jpx.pixels(Wanted { parts: 3, resolves: true, opacity: false })).expect("pixels");
    assert_eq!(pixels.colours.get(12..15), Some(&[5, 235, 0][..]));
    // Channels can stand in any order.
    let turned = jp2(&[enumerated(16), channels(&[(0, 3), (0, 2), (0, 1)])], &codestream(8, 3, RGB));
    let pixels = Jpx::read(&turned).and_then(|jpx| jpx.pixels(Wanted { parts: 3, resolves: true, opacity: false })).expect("pixels");
    assert_eq!(pixels.colours.get(3..6), Some(&[40, 0, 32][..]));
}

#[test]
fn opacity_becomes_a_mask() {
    let of = |kind: i64, definition: u8| {
        let data = jp2(&[enumerated(16), channels(&[(0, 1), (0, 2), (0, 3), (definition, 0)])], &codestream(8, 4, RGBA));
        become_of(&jpx(dictionary! { "SMaskInData" => kind }, data), INKS, "1.4")
    };
    let (space, _, _, mask) = of(1, 1);
    let Some(Mask::Soft(mask)) = mask else { panic!("no mask") };
    assert_eq!((space.as_str(), mask.dict.get(b"ColorSpace").ok()), ("DeviceCMYK", Some(&"DeviceGray".into())));
    assert_eq!(decoded(&mask).expect("pixels"), [[255_u8; 4], [51; 4]].concat().repeat(8));
    assert!(of(0, 1).3.is_none());
    // Colours that are multiplied by it are what they were before.
    let data = jp2(&[enumerated(16), channels(&[(0, 1), (0, 2), (0, 3), (2, 0)])], &codestream(8, 4, RGBA));
    let pixels = Jpx::read(&data).and_then(|jpx| jpx.pixels(Wanted { parts: 3, resolves: true, opacity: true })).expect("pixels");
    assert_eq!(pixels.colours.get(3 * 12..3 * 13), Some(&[255, 160, 200][..]));
    // Without definitions one channel more than the colours have is taken for it.
    let Outcome::New(_, Some(Mask::Soft(_))) =
        converted(&jpx(dictionary! { "SMaskInData" => 1, "ColorSpace" => "DeviceRGB" }, codestream(8, 4, RGBA)), INKS, "1.6")
    else {
        panic!("no mask")
    };
}

#[test]
fn palettes_are_colours_and_tables_stay() {
    let palette = boxed(b"pclr", &[&[0, 4, 3, 7, 7, 7][..], &[255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9]].concat());
    let data = jp2(&[enumerated(16), palette.clone()], &codestream(4, 1, NUMBERS));
    let jpx_of = |data: &[u8], resolves: bool, parts: usize| {
        Jpx::read(data).and_then(|jpx| jpx.pixels(Wanted { parts, resolves, opacity: false })).map(|pixels| pixels.colours)
    };
    assert_eq!(jpx_of(&data, true, 3).expect("pixels").get(..12), Some(&[255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9][..]));
    assert_eq!(jpx_of(&data, false, 1).expect("pixels").get(..4), Some(&[0, 1, 2, 3][..]));
    let table = Object::String(vec![255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9], StringFormat::Hexadecimal);
    let indexed: Object = vec!["Indexed".into(), "DeviceRGB".into(), 3.into(), table].into();
    let Outcome::New(new, None) = converted(&jpx(dictionary! { "ColorSpace" => indexed }, data), INKS, "1.3") else { panic!("no new one") };
    assert_eq!(decoded(&new).expect("pixels").get(..4), Some(&[0, 1, 2, 3][..]));
    assert_eq!(new.dict.get(b"ColorSpace").and_then(Object::as_array).ok().and_then(|parts| parts.get(1)), Some(&"DeviceCMYK".into()));
    // A list of no channels, a column and a component that are not there.
    for mapping in [&[][..], &[0, 0, 1, 9], &[0, 9, 0, 0, 0, 9, 0, 0, 0, 9, 0, 0]] {
        let data = jp2(&[enumerated(16), palette.clone(), boxed(b"cmap", mapping)], &codestream(4, 1, NUMBERS));
        assert!(jpx_of(&data, true, 3).is_err() || mapping.is_empty());
    }
}

#[test]
fn faxes_are_rows_of_bits() {
    let parameters = dictionary! { "K" => -1, "Columns" => 24, "BlackIs1" => true };
    let fax =
        picture(dictionary! { "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 1, "Filter" => "CCITTFaxDecode", "DecodeParms" => parameters }, from_hex(FAX));
    let Ok(found) = samples(&Document::with_version("1.7"), &fax, &Space::Rgb, &filters(&Document::with_version("1.7"), &fax.dict)) else {
        panic!("no pixels")
    };
    assert_eq!(found.bytes, [255, 0, 0].repeat(64));
    assert_eq!(become_of(&fax, INKS, "1.3").0, "DeviceCMYK");
    let black = picture(dictionary! { "ColorSpace" => "DeviceGray", "BitsPerComponent" => 1, "Filter" => "JBIG2Decode" }, from_hex(&format!("{PAGE}{REGION}")));
    assert!(matches!(converted(&black, INKS, "1.4"), Outcome::Same));
    let (space, filter, bits, _) = become_of(&black, INKS, "1.3");
    assert_eq!((space.as_str(), filter.as_str(), bits), ("DeviceGray", "FlateDecode", vec![0; 8]));
    // A stencil, whose page stands in segments that pictures share.
    let mut document = Document::with_version("1.7");
    let shared = document.add_object(Stream::new(Dictionary::new(), from_hex(PAGE)));
    let parts = dictionary! { "ImageMask" => true, "Filter" => "JBIG2Decode", "DecodeParms" => vec![dictionary! { "JBIG2Globals" => shared }.into()] };
    let (new, _) = repacked(&document, &picture(parts, from_hex(REGION)), &Dictionary::new(), &Object::Null).expect("a stencil");
    assert_eq!((new.dict.has(b"DecodeParms"), decoded(&new).expect("bits")), (false, vec![0; 8]));
}

#[test]
fn whatever_the_bytes_are_there_is_an_answer() {
    let wanted = Wanted { parts: 3, resolves: true, opacity: true };
    let whole = jp2(&[enumerated(16), channels(&[(0, 1), (0, 2), (0, 3), (1, 0)])], &codestream(8, 4, RGBA));
    for end in 0..whole.len() {
        let _ = Jpx::read(&whole[..end]).and_then(|jpx| jpx.pixels(wanted));
    }
    for at in 0..whole.len() {
        for change in [0x01, 0x80, 0xff] {
            let mut bytes = whole.clone();
            bytes[at] ^= change;
            let _ = Jpx::read(&bytes).and_then(|jpx| jpx.pixels(wanted));
        }
    }
    let jbig2 = from_hex(&format!("{PAGE}{REGION}"));
    for at in 0..jbig2.len() {
        for change in [0x01, 0x80, 0xff] {
            let mut bytes = jbig2.clone();
            bytes[at] ^= change;
            let _ = converted(&picture(dictionary! { "ColorSpace" => "DeviceGray", "Filter" => "JBIG2Decode" }, bytes), INKS, "1.3");
        }
    }
    // A region of more pixels than are taken, in few bytes.
    let vast = from_hex(&format!("{PAGE}{}", REGION.replacen("0000000800000008", "0000ffff0000ffff", 1)));
    let Outcome::Kept(why) = converted(&picture(dictionary! { "ColorSpace" => "DeviceGray", "Filter" => "JBIG2Decode" }, vast), INKS, "1.3") else {
        panic!("taken")
    };
    assert!(why.contains("more pixels"), "{why}");
}

#[test]
fn a_jpeg_is_as_large_as_it_says_itself() {
    // The headers of a frame of 65 535 pixels a side and of its scan, and nothing behind them.
    let head = "ffd8ffc0001108ffffffff03011100021100031100ffda000c03010002000300003f00";
    let vast = picture(dictionary! { "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 8, "Filter" => "DCTDecode" }, from_hex(head));
    let Outcome::Kept(why) = converted(&vast, INKS, "1.6") else { panic!("taken") };
    assert!(why.contains("more pixels"), "{why}");
    let large = head.replacen("ffffffff", "20002000", 1);
    let large = picture(dictionary! { "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 8, "Filter" => "DCTDecode" }, from_hex(&large));
    let Outcome::Kept(why) = converted(&large, INKS, "1.6") else { panic!("taken") };
    assert!(why.contains("less than half"), "{why}");
}

/// Eight pixels a side of one colour in JPEG (`tests/preflight.rs` says how they were made): 200, 150, 100 and 50, as inks and as luminance, colour differences and black.
#[test]
fn a_jpeg_of_inks_is_read_however_it_is_packed() {
    let jpegs = [
        "ffd8ffee000e41646f626500640000000000ffdb00430001010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101\
         010101010101010101010101ffc000140800080008044311004d11005911004b1100ffc400150001010000000000000000000000000000080affc400141001000000000000000000000000\
         00000000ffda000e0443004d0059004b00003f00a402c01f4c7bffd9",
        "ffd8ffee000e41646f626500640000000002ffdb00430001010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101\
         010101010101010101010101ffdb00430101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101\
         010101010101ffc00014080008000804012200021101031101042200ffc40016000101010000000000000000000000000000090affc40014100100000000000000000000000000000000ff\
         c4001501010100000000000000000000000000000809ffc40014110100000000000000000000000000000000ffda000e040100021103110400003f009fe028402ecc780fffd9",
    ];
    for jpeg in jpegs {
        let (width, height, pixels) = jpeg::pixels(&from_hex(jpeg), 4).unwrap_or_else(|why| panic!("{why}"));
        assert_eq!((width, height, pixels.len()), (8, 8, 256));
        assert!(pixels.chunks(4).all(|pixel| pixel.iter().zip([200_u8, 150, 100, 50]).all(|(found, wanted)| found.abs_diff(wanted) <= 2)), "{pixels:?}");
    }
    assert!(jpeg::pixels(&from_hex(jpegs[0]), 3).is_ok(), "they can be seen as colours");
}
