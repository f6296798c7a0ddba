//! PDFs of whatever kind before `diglot press`: done right, or one clear error with the page; never a panic, and never a file that qpdf rejects.

use press::Profile;
use press::profile::BUILT_IN;

use crate::ensure;
use crate::support::needs::{Need, trial};
use crate::support::pdf::{CATALOG, JPEG_2000, from_hex, jpeg_2000, numbered, page, pdf, stream};
use crate::support::program::{Place, tool};
use crate::support::{self, Failed, Outcome, Trial, built};

#[path = "../fuzz/src/pdf.rs"]
mod seeds;

const QPDF: &[Need] = &[Need::Judge("qpdf")];

pub fn trials() -> Vec<Trial> {
    vec![
        trial("hostile-pdf/what can be printed is, and qpdf takes it", QPDF, printed),
        trial("hostile-pdf/other ways to write the same objects", &[Need::Judge("qpdf"), Need::Judge("pdftotext")], same_objects),
        trial("hostile-pdf/damaged files", QPDF, damaged),
        trial("hostile-pdf/the seeds of the fuzzer", QPDF, replayed),
        Trial::test("hostile-pdf/what cannot be printed has one error, with the page", refused),
        Trial::test("hostile-pdf/pictures of any kind", pictures),
        Trial::test("hostile-pdf/what pages share is converted once", shared),
        Trial::test("hostile-pdf/ten thousand pages", many_pages),
        Trial::test("hostile-pdf/bombs are bounded", bombs),
    ]
}

const SMALL: &str = "/MediaBox [0 0 200 300]";
const RED: &str = "1 0 0 rg 5 5 50 50 re f";

fn form(resources: &str, content: &str) -> Vec<u8> {
    stream(&format!("/Type /XObject /Subtype /Form /BBox [0 0 200 300] {resources}"), content)
}

/// Pages that are odd, and yet can be printed.
fn odd() -> Vec<(&'static str, Vec<u8>)> {
    let group = "/Group << /S /Transparency /CS /DeviceRGB >>";
    let mask = "/ExtGState << /G << /SMask << /S /Luminosity /G 5 0 R >> >> >>";
    vec![
        (
            "a form that draws itself",
            page("/F Do", "/XObject << /F 5 0 R >>", SMALL, &[form("/Resources << /XObject << /F 5 0 R >> >>", "1 0 0 rg 5 5 5 5 re f /F Do")]),
        ),
        (
            "a pattern that paints with itself",
            page(
                "/Pattern cs /P scn 0 0 90 90 re f",
                "/Pattern << /P 5 0 R >>",
                SMALL,
                &[stream(
                    "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 5 5] /XStep 5 /YStep 5 /Resources << /Pattern << /P 5 0 R >> >>",
                    "/Pattern cs /P scn 0 0 3 3 re f",
                )],
            ),
        ),
        (
            "a mask that masks itself",
            page("/G gs 1 0 0 rg 0 0 9 9 re f", mask, SMALL, &[form(&format!("{group} /Resources << {mask} >>"), "/G gs 1 0 0 rg 0 0 9 9 re f")]),
        ),
        (
            "a tree with knots, holes and strangers",
            pdf(
                "1.7",
                &[
                    CATALOG.to_vec(),
                    b"<< /Type /Pages /Kids [2 0 R 3 0 R null 9 0 R 3 0 R (x)] /Count 77 >>".to_vec(),
                    format!("<< /Type /Page {SMALL} >>").into_bytes(),
                ],
                "",
            ),
        ),
        (
            "boxes with their corners the other way round",
            page(RED, "", "/MediaBox [300 300 0 0] /Rotate 270 /UserUnit 2.5 /TrimBox [150 150 20 20] /CropBox [10 10 250 250]", &[]),
        ),
        ("a turn that is none", page(RED, "", "/MediaBox [0 0 200 300] /Rotate 45", &[])),
        ("a trim box outside the page", page(RED, "", "/MediaBox [0 0 200 300] /TrimBox [400 400 500 500]", &[])),
        ("an operator in two streams", {
            let pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec();
            let page = format!("<< /Type /Page {SMALL} /Contents [4 0 R 5 0 R 9 0 R] /Resources << >> >>").into_bytes();
            pdf("1.7", &[CATALOG.to_vec(), pages, page, stream("", "1 0 0 "), stream("", "rg 0 0 9 9 re f")], "")
        }),
        ("a string that nobody closes", page("q q 1 0 0 rg 5 5 9 9 re f (open 0 0 9 9 re f", "", SMALL, &[])),
        ("a stream that does not say how long it is", {
            let pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec();
            let page = format!("<< /Type /Page {SMALL} /Contents 4 0 R /Resources << >> >>").into_bytes();
            pdf("1.7", &[CATALOG.to_vec(), pages, page, format!("<< >>\nstream\n{RED}\nendstream").into_bytes()], "")
        }),
        (
            "numbers that no program holds",
            page(&format!("q 50 {} 70 0 50 0 cm [{}] 0 d 1 0 0 rg 5 5 9 9 re f Q {}", "7".repeat(67), "8".repeat(20), "9".repeat(30)), "", SMALL, &[]),
        ),
        ("states that nobody opened", page("Q Q Q 1 0 0 rg 0 0 9 9 re f", "", SMALL, &[])),
        (
            "no content and no resources",
            pdf("1.7", &[CATALOG.to_vec(), b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(), format!("<< /Type /Page {SMALL} >>").into_bytes()], ""),
        ),
        ("a form of Acrobat whose pages are there too", {
            let catalog = b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /XFA [(a) 4 0 R] /Fields [] >> >>".to_vec();
            let page = format!("<< /Type /Page {SMALL} /Contents 4 0 R /Resources << >> >>").into_bytes();
            pdf("1.7", &[catalog, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(), page, stream("", RED)], "")
        }),
        ("names that mean another thing on each page", {
            let spot = "[/Separation /Gold /DeviceCMYK << /FunctionType 2 /Domain [0 1] /N 1 /C0 [0 0 0 0] /C1 [0 0.2 0.8 0] >>]";
            let own = |form: usize, space: &str| {
                let resources = format!("/XObject << /Page1 {form} 0 R /Page2 {form} 0 R /G70 {form} 0 R >> /ColorSpace << /AllPlates {space} >>");
                format!("<< /Type /Page {SMALL} /Contents 5 0 R /Resources << {resources} >> >>").into_bytes()
            };
            let content = stream("", "/Page1 Do /AllPlates cs 1 scn 10 10 9 9 re f /Page2 Do");
            let pages = b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>".to_vec();
            pdf(
                "1.7",
                &[CATALOG.to_vec(), pages, own(6, spot), own(7, "/DeviceGray"), content, form("", "0 g 50 50 9 9 re f"), form("", "1 0 0 rg 80 80 9 9 re f")],
                "",
            )
        }),
    ]
}

/// Presses it by a profile; whether something was made. Whatever was made is looked at by qpdf.
fn pressed(place: &Place, what: &str, profile: &str) -> Result<bool, Failed> {
    let output = place.at("out.pdf");
    if output.exists() {
        std::fs::remove_file(&output)?;
    }
    let run = place.run(&["press", "in.pdf", "--profile", profile, "-o", "out.pdf"])?;
    ensure!(matches!(run.code, Some(0 | 1)), "{what}, {profile}: {run:?}");
    ensure!(output.exists() == (run.code == Some(0)), "{what}, {profile}: a half-made file, or none: {run:?}");
    if run.code == Some(0) {
        tool("qpdf", &["--check".as_ref(), output.as_ref()]).map_err(|failed| format!("{what}, {profile}: {}", failed.message().unwrap_or_default()))?;
        tool("qpdf", &["--warning-exit-0".as_ref(), "--check".as_ref(), output.as_ref()])?;
    }
    Ok(run.code == Some(0))
}

fn printed() -> Outcome {
    let place = Place::new()?;
    for (what, bytes) in odd() {
        place.write("in.pdf", bytes)?;
        for profile in ["x4", "offset-marks", "offset-grey", "booklet-a4", "perfect-16"] {
            ensure!(pressed(&place, what, profile)?, "{what}: `{profile}` makes nothing of it");
        }
    }
    Ok(())
}

/// Object streams, streams of references, linearised files, files that are for old and new readers at once, and junk around the file.
fn same_objects() -> Outcome {
    let place = Place::new()?;
    let input = built::with(|built| built::of_kind(&built.folder(), "pdf").into_iter().next().ok_or_else(|| "there is no pdf".into()))?;
    let text = crate::support::program::pdf_text(&input, &[])?;
    let whole = support::bytes(&input)?;
    let mut all: Vec<(String, Vec<u8>)> = Vec::new();
    for how in ["--object-streams=generate", "--object-streams=disable", "--linearize", "--qdf"] {
        let path = place.at("other.pdf");
        tool("qpdf", &[how.as_ref(), input.as_ref(), path.as_ref()])?;
        all.push((how.to_owned(), support::bytes(&path)?));
    }
    all.push(("blanks before".to_owned(), ["\n".repeat(700).as_bytes(), &whole].concat()));
    all.push(("noughts behind".to_owned(), [&whole[..], &[0; 3_000]].concat()));
    for (what, bytes) in all {
        place.write("in.pdf", bytes)?;
        ensure!(pressed(&place, &what, "x4")?, "{what}: nothing was made");
        ensure!(crate::support::program::pdf_text(&place.at("out.pdf"), &[])? == text, "{what}: other text");
    }
    place.write("in.pdf", hybrid())?;
    ensure!(pressed(&place, "hybrid", "x4")?, "hybrid: nothing was made");
    // The red rectangle is known to the stream of references alone: it must have become ink.
    let profile = Profile::built_in("x4").ok_or("no profile")?;
    ensure!(press::check::check(&hybrid(), &profile)?.iter().any(|found| found.rule == press::check::Rule::RgbColour), "the hidden objects are not read");
    Ok(())
}

/// A file whose table of references leaves out the resources of its page, which the stream of references has (ISO 32000-1, 7.5.8.4).
fn hybrid() -> Vec<u8> {
    let resources = "<< /XObject << /F 7 0 R >> >>";
    let objects: [(usize, Vec<u8>); 6] = [
        (1, CATALOG.to_vec()),
        (2, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec()),
        (3, format!("<< /Type /Page /Parent 2 0 R {SMALL} /Contents 4 0 R /Resources 5 0 R >>").into_bytes()),
        (4, stream("", "0 g 0 0 9 9 re f /F Do")),
        (6, stream("/Type /ObjStm /N 1 /First 4", format!("5 0 {resources}"))),
        (7, form("", RED)),
    ];
    let mut out = b"%PDF-1.5\n".to_vec();
    let mut places = [0; 8];
    for (number, object) in objects {
        places[number] = out.len();
        out.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        out.extend_from_slice(&object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let hidden = out.len();
    let mut rows = vec![2, 0, 0, 0, 6, 0, 0, 1];
    rows.extend_from_slice(&u32::try_from(hidden).unwrap_or_default().to_be_bytes());
    rows.extend_from_slice(&[0, 0]);
    out.extend_from_slice(b"8 0 obj\n");
    out.extend_from_slice(&stream("/Type /XRef /Size 9 /W [1 4 2] /Index [5 1 8 1] /Root 1 0 R", rows));
    out.extend_from_slice(b"\nendobj\n");
    let table = out.len();
    out.extend_from_slice(b"xref\n0 8\n0000000000 65535 f \n");
    for (number, at) in places.iter().enumerate().skip(1) {
        out.extend_from_slice(if number == 5 { "0000000000 65535 f \n".to_owned() } else { format!("{at:010} 00000 n \n") }.as_bytes());
    }
    out.extend_from_slice(format!("trailer\n<< /Size 9 /Root 1 0 R /XRefStm {hidden} >>\nstartxref\n{table}\n%%EOF\n").as_bytes());
    out
}

fn damaged() -> Outcome {
    let place = Place::new()?;
    let input = built::with(|built| built::of_kind(&built.folder(), "pdf").into_iter().next().ok_or_else(|| "there is no pdf".into()))?;
    let whole = support::bytes(&input)?;
    for part in 1..12 {
        place.write("in.pdf", &whole[..whole.len() * part / 12])?;
        pressed(&place, &format!("{part} twelfths"), "x4")?;
    }
    let mut bytes = whole.clone();
    for at in (0..bytes.len()).step_by(997) {
        bytes[at] ^= 0x55;
    }
    place.write("in.pdf", bytes)?;
    pressed(&place, "every 997th byte", "booklet-a4")?;
    place.write("in.pdf", &whole[..whole.len() / 2])?;
    place.run(&["press", "in.pdf"])?.exits(1)?.says("qpdf")?;
    Ok(())
}

/// What fuzzing begins with, and what it found: each seed is pressed by each of the target's profiles.
fn replayed() -> Outcome {
    let place = Place::new()?;
    let folder = support::entries(&support::root().join("fuzz/corpus/press"));
    ensure!(folder.len() > 4, "there are no seeds");
    for path in folder {
        let seed = support::bytes(&path)?;
        // The length says by which profile.
        for more in 1..=seeds::PROFILES.len() {
            let bytes = [&seed[..], &b" ".repeat(more)].concat();
            if let Some(made) = seeds::any(&bytes) {
                place.write("made.pdf", made)?;
                // Objects that are nothing but references are led past, and leave nothing to warn of.
                let mildly = if support::name(&path).starts_with("detours") { "--no-warn" } else { "--warning-exit-0" };
                tool("qpdf", &[mildly.as_ref(), "--check".as_ref(), place.at("made.pdf").as_ref()])?;
            }
        }
    }
    Ok(())
}

fn refused() -> Outcome {
    let place = Place::new()?;
    let two = |second: &str| {
        let pages = b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>".to_vec();
        pdf("1.7", &[CATALOG.to_vec(), pages, format!("<< /Type /Page {SMALL} >>").into_bytes(), format!("<< /Type /Page {second} >>").into_bytes()], "")
    };
    let dynamic = b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /XFA [(a) 3 0 R] /Fields [] >> /NeedsRendering true >>".to_vec();
    let cases: Vec<(&str, Vec<u8>, &str, &str)> = vec![
        ("no size", two(""), "x4", "page 2 does not say how large it is"),
        ("a size without area", two("/MediaBox [0 0 0 0]"), "x4", "page 2 does not say how large it is"),
        ("mixed sizes on one sheet", two("/MediaBox [0 0 500 300]"), "booklet-a4", "page 2 is 176 × 106 mm and the first one 71 × 106 mm"),
        ("mixed sizes in one cover", two("/MediaBox [0 0 500 300]"), "cover", "page 2 has another size"),
        ("a page larger than the sheet", page(RED, "", "/MediaBox [0 0 2000 3000]", &[]), "booklet-a4", "need"),
        (
            "XFA",
            pdf("1.7", &[dynamic, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(), format!("<< /Type /Page {SMALL} >>").into_bytes()], ""),
            "x4",
            "is an XFA form",
        ),
        ("no catalogue", pdf("1.7", &[b"<< >>".to_vec()], ""), "x4", "the PDF"),
        ("a tree that is the catalogue", pdf("1.7", &[b"<< /Type /Catalog /Pages 1 0 R >>".to_vec()], ""), "x4", "page 1 does not say how large it is"),
        (
            "content that is not packed as it says",
            {
                let page = format!("<< /Type /Page {SMALL} /Contents 4 0 R >>").into_bytes();
                pdf("1.7", &[CATALOG.to_vec(), b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(), page, stream("/Filter /FlateDecode", "no zlib")], "")
            },
            "x4",
            "page 1 has a stream that cannot be decoded",
        ),
        (
            "a picture that the standard does not know and that cannot be read",
            page(
                "q 9 0 0 9 20 20 cm /Im Do Q",
                "/XObject << /Im 5 0 R >>",
                SMALL,
                &[stream("/Type /XObject /Subtype /Image /Width 8 /Height 8 /Filter /JPXDecode", jpeg_2000(60_000))],
            ),
            "x1a",
            "has a picture on page 1 that the standard of the profile does not know: it is JPEG 2000 with more pixels than are taken",
        ),
        ("no PDF at all", b"GIF89a".to_vec(), "x4", "cannot be read as a PDF"),
        ("nothing", Vec::new(), "x4", "cannot be read as a PDF"),
    ];
    place.write("diglot.toml", "[journal]\ntitle = \"The Herald\"\n")?;
    for (what, bytes, profile, says) in cases {
        place.write("in.pdf", bytes)?;
        let arguments: &[&str] =
            if profile == "cover" { &["press", "in.pdf", "--cover", "-o", "out.pdf"] } else { &["press", "in.pdf", "--profile", profile, "-o", "out.pdf"] };
        let run = place.run(arguments)?.exits(1).map_err(|failed| format!("{what}: {}", failed.message().unwrap_or_default()))?;
        ensure!(run.err.contains(says) && run.err.matches("error[").count() == 1, "{what}: {}", run.err);
        ensure!(!place.at("out.pdf").exists(), "{what}: something was made");
    }
    Ok(())
}

/// The dictionary of the one picture of a file.
fn picture_of(bytes: &[u8]) -> Result<String, Failed> {
    let text = String::from_utf8_lossy(bytes);
    let at = text.find("/Subtype/Image").ok_or("there is no picture")?;
    let (start, end) = (text[..at].rfind("obj").unwrap_or_default(), text[at..].find("stream").map_or(text.len(), |end| at + end));
    Ok(text[start..end].to_owned())
}

fn pictures() -> Outcome {
    let place = Place::new()?;
    let fax = b"\x00\x00\x00\x00\x30\x00\x01\x00\x00\x00\x13\x00\x00\x00\x08";
    let image = |dict: &str, bytes: &[u8]| {
        page(
            "q 9 0 0 9 20 20 cm /Im Do Q",
            "/XObject << /Im 5 0 R >>",
            SMALL,
            &[stream(&format!("/Type /XObject /Subtype /Image /Width 8 /Height 8 {dict}"), bytes)],
        )
    };
    let two = "[/Indexed /DeviceRGB 1 <ffffff000000>]";
    // The bits of red pixels, three a pixel, as Pillow packs them by T.6.
    let red_fax = from_hex("26a8ba2e8ba2e8ba2e8105fffffffffffffffffffffffffffffe002002");
    // What the picture's dictionary must hold then, and what may be noted.
    let cases = [
        ("JBIG2", image("/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode", fax), "/DeviceGray", ""),
        ("JBIG2 with a table", image(&format!("/ColorSpace {two} /BitsPerComponent 1 /Filter /JBIG2Decode"), fax), "/Indexed/DeviceGray 1<FF00>", ""),
        ("fax with a table", image(&format!("/ColorSpace {two} /BitsPerComponent 1 /Filter /CCITTFaxDecode"), fax), "/Indexed/DeviceGray", ""),
        ("JPEG 2000 that is damaged", image("/Filter /JPXDecode", b"\x00\x00\x00\x0cjP  \r\n\x87\n"), "/JPXDecode", "is JPEG 2000 that cannot be read"),
        (
            "JPEG 2000 that is damaged, with a space",
            image("/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /JPXDecode", b"\x00\x00\x00\x0cjP  "),
            "/JPXDecode",
            "is JPEG 2000 that cannot be read",
        ),
        ("JPEG 2000 with red and green", image("/Filter /JPXDecode", &jpeg_2000(8)), "/DeviceCMYK", ""),
        ("JPEG 2000 with a space", image("/ColorSpace /DeviceRGB /Filter /JPXDecode", &jpeg_2000(8)), "/DeviceCMYK", ""),
        ("JPEG 2000 in a filter more", image("/Filter [/ASCIIHexDecode /JPXDecode]", JPEG_2000.as_bytes()), "/DeviceCMYK", ""),
        ("JPEG 2000 that says it is vast", image("/Filter /JPXDecode", &jpeg_2000(60_000)), "/JPXDecode", "with more pixels than are taken"),
        (
            "a fax with a colour",
            image("/ColorSpace /DeviceRGB /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 24 /BlackIs1 true >>", &red_fax),
            "/DeviceCMYK",
            "",
        ),
        ("no JPEG", image("/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode", b"\xff\xd8\xff"), "/DCTDecode", "is a JPEG that cannot be read"),
        ("half a picture", image("/ColorSpace /DeviceRGB /BitsPerComponent 8", &[200; 20]), "/DeviceRGB", "has data for less than half of its pixels"),
        ("nearly a picture", image("/ColorSpace /DeviceRGB /BitsPerComponent 8", &[200; 190]), "/DeviceCMYK", ""),
        ("a space that nobody knows", image("/ColorSpace /Nonsense /BitsPerComponent 8", &[200; 64]), "/Nonsense", "has a colour space that nobody knows"),
        ("bits that there are not", image("/ColorSpace /DeviceRGB /BitsPerComponent 5", &[200; 192]), "/Device", ""),
        (
            "a size below nought",
            page(
                "q 9 0 0 9 20 20 cm /Im Do Q",
                "/XObject << /Im 5 0 R >>",
                SMALL,
                &[stream("/Type /XObject /Subtype /Image /Width -8 /Height 8 /ColorSpace /DeviceRGB /BitsPerComponent 8", [0; 9])],
            ),
            "/DeviceRGB",
            "has no size",
        ),
    ];
    for (what, bytes, holds, note) in cases {
        place.write("in.pdf", bytes)?;
        let run = place.run(&["press", "in.pdf", "--profile", "x4", "-o", "out.pdf"])?.exits(0)?;
        let dict = picture_of(&support::bytes(&place.at("out.pdf"))?)?.replace(' ', "");
        ensure!(dict.contains(&holds.replace(' ', "")), "{what}: {dict}");
        ensure!(if note.is_empty() { !run.err.contains("press-note") } else { run.err.contains("page 1") && run.err.contains(note) }, "{what}: {}", run.err);
    }
    Ok(())
}

/// Three pages with the same content, resources, picture and form: a second conversion would convert inks.
fn shared() -> Outcome {
    let pixels = [255, 0, 0, 0, 255, 0, 0, 0, 255, 200, 200, 0];
    let mut objects = vec![CATALOG.to_vec(), format!("<< /Type /Pages /Kids [3 0 R 4 0 R 5 0 R] /Count 3 /Resources 6 0 R {SMALL} >>").into_bytes()];
    objects.extend(std::iter::repeat_n(b"<< /Type /Page /Parent 2 0 R /Contents 7 0 R >>".to_vec(), 3));
    objects.push(b"<< /XObject << /Im 8 0 R /F 9 0 R >> >>".to_vec());
    objects.push(stream("", "1 0 0 rg 0 0 9 9 re f q 50 0 0 50 20 20 cm /Im Do Q /F Do"));
    objects.push(stream("/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceRGB /BitsPerComponent 8", pixels));
    objects.push(form("", "0 1 0 rg 50 50 9 9 re f"));
    let place = Place::new()?;
    place.write("in.pdf", pdf("1.7", &objects, ""))?;
    place.run(&["press", "in.pdf", "--profile", "x4", "-o", "out.pdf"])?.exits(0)?;
    let bytes = support::bytes(&place.at("out.pdf"))?;
    let count = |what: &str| bytes.windows(what.len()).filter(|window| *window == what.as_bytes()).count();
    ensure!(count("/Subtype/Image") == 1 && count("/Subtype/Form") == 1, "{} pictures and {} forms", count("/Subtype/Image"), count("/Subtype/Form"));
    ensure!(count("/DeviceRGB") == 0, "red, green and blue are left");
    Ok(())
}

fn many_pages() -> Outcome {
    let place = Place::new()?.bounded(30, 1_500_000);
    place.write("in.pdf", numbered(10_000))?;
    for profile in ["x4", "offset-marks", "booklet-a4"] {
        place.run(&["press", "in.pdf", "--profile", profile, "-o", "out.pdf"])?.exits(0)?;
    }
    place.write("in.pdf", numbered(20_001))?;
    place.run(&["press", "in.pdf", "-o", "none.pdf"])?.exits(1)?.says("has 20001 pages, more than are taken")?;
    Ok(())
}

/// A page of which a gibibyte is unpacked, and a picture that says it is one of two.
fn bombs() -> Outcome {
    // Half a gibibyte is taken of a stream. Room for it grows by doubling, and the old one stands beside the new one for a moment.
    let place = Place::new()?.bounded(30, 2_200_000);
    let page_of = |filter: &str, bytes: Vec<u8>| {
        let page = format!("<< /Type /Page {SMALL} /Contents 4 0 R >>").into_bytes();
        pdf("1.7", &[CATALOG.to_vec(), b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(), page, stream(filter, bytes)], "")
    };
    // Runs of 128 zeroes, packed twice over.
    let runs: Vec<u8> = std::iter::repeat_n([129_u8, 0], 8 << 20).flatten().collect();
    place.write("in.pdf", page_of("/Filter /RunLengthDecode", runs))?;
    let run = place.run(&["press", "in.pdf", "-o", "out.pdf"])?;
    ensure!(matches!(run.code, Some(0 | 1)), "{run:?}");
    let vast = "/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB /BitsPerComponent 8";
    let large = vast.replace("60000", "15000");
    for dict in [vast, &large] {
        place.write("in.pdf", page("q 9 0 0 9 20 20 cm /Im Do Q", "/XObject << /Im 5 0 R >>", SMALL, &[stream(dict, "abc")]))?;
        place.run(&["press", "in.pdf", "-o", "out.pdf"])?.exits(0)?.says("page 1")?;
    }
    // Forms that draw the next one ten times, and one that draws itself twice.
    let mut levels: Vec<Vec<u8>> = (6..20).map(|next| form(&format!("/Resources << /XObject << /F {next} 0 R >> >>"), &"/F Do ".repeat(10))).collect();
    levels.push(form("/Resources << /XObject << /F 5 0 R /G 19 0 R >> >>", "1 0 0 rg 0 0 9 9 re f /G Do /G Do"));
    place.write("in.pdf", page("/F Do", "/XObject << /F 5 0 R >>", SMALL, &levels))?;
    for profile in ["x4", "booklet-a4", "x1a"] {
        place.run(&["press", "in.pdf", "--profile", profile, "-o", "out.pdf"])?.exits(0)?;
        place.run(&["press", "in.pdf", "--profile", profile, "--check"])?.exits(1)?.says("rgb-colour")?;
    }
    for (name, _) in BUILT_IN.iter().filter(|(name, _)| *name != "proof") {
        place.write("in.pdf", page(RED, "", SMALL, &[]))?;
        let run = place.run(&["press", "in.pdf", "--profile", name, "-o", "out.pdf"])?;
        ensure!(matches!(run.code, Some(0 | 1)), "{name}: {run:?}");
    }
    Ok(())
}
