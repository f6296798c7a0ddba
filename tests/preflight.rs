//! Preflight against files that are broken one way each, and against a judge of inks from outside.

use std::collections::BTreeSet;
use std::fmt::Write;

use press::Profile;
use press::check::Rule;
use press::profile::BUILT_IN;

use crate::ensure;
use crate::press::{article, pressed};
use crate::support::needs::{Need, trial};
use crate::support::pdf::{jpeg_2000, page, pdf, stream};
use crate::support::program::{Place, tool};
use crate::support::{self, Outcome, Trial};

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("preflight/each rule fires alone", rules_fire_alone),
        Trial::test("preflight/what the program makes is clean", own_preflight),
        Trial::test("preflight/docs name every rule and every profile", docs_are_whole),
        trial("preflight/inks of jpegs are those of the judge", &[Need::Command("gs")], jpeg_inks),
    ]
}

/// The parts of a file that a press would take, each of which can be broken.
struct Sound {
    version: &'static str,
    content: &'static str,
    page: &'static str,
    resources: &'static str,
    catalog: &'static str,
    info: &'static str,
    icc: &'static [u8],
    intent: &'static str,
    more: Vec<Vec<u8>>,
}

impl Sound {
    fn new() -> Self {
        Self {
            version: "1.6",
            content: "0 g BT /F 10 Tf 50 100 Td (A) Tj ET 0.5 w 50 50 m 100 50 l S",
            page: "/MediaBox [0 0 220 320] /BleedBox [1 1 219 319] /TrimBox [10 10 210 310]",
            resources: "",
            catalog: "",
            info: "/Trapped /False /GTS_PDFXVersion (PDF/X-4)",
            icc: press::intent::FOGRA39,
            intent: "/DestOutputProfile 6 0 R",
            more: Vec::new(),
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let Self { version, content, page, resources, catalog, info, icc, intent, more } = self;
        let glyph = b"500 0 0 0 400 500 d1 0 0 400 500 re f";
        let mut objects = vec![
            format!("<< /Type /Catalog /Pages 2 0 R /OutputIntents [<< /S /GTS_PDFX /OutputConditionIdentifier (FOGRA39) {intent} >>] {catalog} >>").into_bytes(),
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
            format!("<< /Type /Page /Parent 2 0 R /Contents 4 0 R {page} /Resources << /Font << /F 7 0 R >> {resources} >> >>").into_bytes(),
            stream("", content.as_bytes()),
            format!("<< {info} >>").into_bytes(),
            stream("/N 4", icc),
            b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 500] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << /a 8 0 R >> /Encoding << /Differences [65 /a] >> /FirstChar 65 /LastChar 65 /Widths [500] /Resources << >> >>".to_vec(),
            stream("", glyph),
        ];
        objects.extend(more.iter().cloned());
        pdf(version, &objects, "/Info 5 0 R /ID [<00> <00>]")
    }
}

/// What is broken, the one rule that must speak, and the profile that asks.
fn rules_fire_alone() -> Outcome {
    let picture = |space: &str, bytes: &[u8], size: usize| {
        stream(&format!("/Type /XObject /Subtype /Image /Width {size} /Height {size} /BitsPerComponent 8 /ColorSpace /{space}"), bytes)
    };
    let with = |change: &dyn Fn(&mut Sound)| {
        let mut sound = Sound::new();
        change(&mut sound);
        sound.bytes()
    };
    let x4 = Profile::built_in("x4").ok_or("no profile")?;
    let marks = Profile::built_in("offset-marks").ok_or("no profile")?;
    let x1a = Profile::built_in("x1a").ok_or("no profile")?;
    let clean = press::check::check(&Sound::new().bytes(), &x4)?;
    ensure!(clean.is_empty(), "the sound file is not: {clean:?}");
    let mut screen = press::intent::FOGRA39.to_vec();
    screen[12..16].copy_from_slice(b"mntr");
    let screen: &'static [u8] = screen.leak();
    let cases: Vec<(Rule, Vec<u8>, &Profile)> = vec![
        (
            Rule::FontNotEmbedded,
            with(&|sound| {
                sound.content = "0 g BT /G 10 Tf 50 100 Td (A) Tj ET";
                sound.resources = "";
                sound.page = "/MediaBox [0 0 220 320] /BleedBox [1 1 219 319] /TrimBox [10 10 210 310] /Resources << /Font << /G << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> /X <<";
                sound.resources = ">>";
            }),
            &x4,
        ),
        (
            Rule::LowResolution,
            with(&|sound| {
                sound.content = "q 100 0 0 100 50 50 cm /Im Do Q";
                sound.resources = "/XObject << /Im 9 0 R >>";
                sound.more = vec![picture("DeviceGray", &[128; 100], 10)];
            }),
            &x4,
        ),
        (Rule::RgbColour, with(&|sound| sound.content = "1 0 0 rg 50 50 20 20 re f"), &x4),
        (
            Rule::RgbColour,
            with(&|sound| {
                sound.content = "q 10 0 0 10 50 50 cm /Im Do Q";
                sound.resources = "/XObject << /Im 9 0 R >>";
                sound.more = vec![picture("DeviceRGB", &[128; 7_500], 50)];
            }),
            &x4,
        ),
        (Rule::TotalInk, with(&|sound| sound.content = "1 1 1 1 k 50 50 20 20 re f"), &x4),
        (
            Rule::TotalInk,
            with(&|sound| {
                sound.content = "q 10 0 0 10 50 50 cm /Im Do Q";
                sound.resources = "/XObject << /Im 9 0 R >>";
                sound.more = vec![picture("DeviceCMYK", &[250; 10_000], 50)];
            }),
            &x4,
        ),
        (Rule::Hairline, with(&|sound| sound.content = "q 0.1 0 0 0.1 0 0 cm 1 w 500 500 m 900 500 l S Q"), &x4),
        (
            Rule::WhiteOverprint,
            with(&|sound| {
                sound.content = "/O gs 0 0 0 0 k 50 50 20 20 re f";
                sound.resources = "/ExtGState << /O << /op true /OP true >> >>";
            }),
            &x4,
        ),
        (Rule::SmallType, with(&|sound| sound.content = "0.5 0.5 0 0.5 k BT /F 6 Tf 50 100 Td (A) Tj ET"), &x4),
        (Rule::NearTrim, with(&|sound| sound.content = "0 g BT /F 10 Tf 15 100 Td (A) Tj ET"), &x4),
        (Rule::NearTrim, with(&|sound| sound.content = "0 g BT /F 10 Tf 150 100 Td (AAAAAAAAAA) Tj ET"), &x4),
        (Rule::NoBleed, with(&|sound| sound.content = "0 g 10 100 50 50 re f"), &x4),
        (Rule::NoBleed, with(&|sound| sound.page = "/MediaBox [0 0 220 320] /BleedBox [9 9 211 311] /TrimBox [10 10 210 310]"), &x4),
        (Rule::PageMultiple, with(&|_| ()), &marks),
        (Rule::Boxes, with(&|sound| sound.page = "/MediaBox [0 0 220 320]"), &x4),
        (Rule::Boxes, with(&|sound| sound.page = "/MediaBox [0 0 220 320] /BleedBox [12 12 200 300] /TrimBox [10 10 210 310]"), &x4),
        (Rule::Version, with(&|sound| sound.version = "2.0"), &x4),
        (
            Rule::Version,
            with(&|sound| {
                sound.version = "1.3";
                sound.content = "q 10 0 0 10 50 50 cm /Im Do Q";
                sound.resources = "/XObject << /Im 9 0 R >>";
                sound.more =
                    vec![stream("/Type /XObject /Subtype /Image /Width 50 /Height 50 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /JBIG2Decode", b"")];
            }),
            &x1a,
        ),
        // The picture is one that every version knows, and its stencil is not.
        (
            Rule::Version,
            with(&|sound| {
                sound.version = "1.3";
                sound.content = "q 10 0 0 10 50 50 cm /Im Do Q";
                sound.resources = "/XObject << /Im 9 0 R >>";
                let dict = "/Type /XObject /Subtype /Image /Width 50 /Height 50";
                sound.more = vec![
                    stream(&format!("{dict} /BitsPerComponent 8 /ColorSpace /DeviceGray /Mask 10 0 R"), [128; 2_500]),
                    stream(&format!("{dict} /ImageMask true /Filter /JBIG2Decode"), b""),
                ];
            }),
            &x1a,
        ),
        // JPEG 2000 says itself that it is red, green and blue.
        (
            Rule::RgbColour,
            with(&|sound| {
                sound.content = "q 1 0 0 1 50 50 cm /Im Do Q";
                sound.resources = "/XObject << /Im 9 0 R >>";
                sound.more = vec![stream("/Type /XObject /Subtype /Image /Width 8 /Height 8 /Filter /JPXDecode", jpeg_2000(8))];
            }),
            &x4,
        ),
        (
            Rule::Transparency,
            with(&|sound| {
                sound.version = "1.3";
                sound.content = "/O gs 0 g 50 50 20 20 re f";
                sound.resources = "/ExtGState << /O << /ca 0.5 >> >>";
            }),
            &x1a,
        ),
        (Rule::OutputIntent, with(&|sound| sound.intent = ""), &x4),
        (Rule::OutputIntent, with(&|sound| sound.icc = b"no profile"), &x4),
        // The profile of a screen: only its class is another.
        (Rule::OutputIntent, with(&|sound| sound.icc = screen), &x4),
        (Rule::Identification, with(&|sound| sound.info = "/Trapped /False"), &x4),
        (
            Rule::Annotation,
            with(&|sound| {
                sound.page = "/MediaBox [0 0 220 320] /BleedBox [1 1 219 319] /TrimBox [10 10 210 310] /Annots [<< /Subtype /Link /Rect [0 0 9 9] >>]";
            }),
            &x4,
        ),
        (Rule::Action, with(&|sound| sound.catalog = "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"), &x4),
    ];
    // A picture of some resolution is an error below the first limit of the profile, 150, and a warning below the second, 300.
    for (pixels, is_warning) in [(200, Some(false)), (250, Some(true)), (420, None)] {
        let bytes = with(&|sound| {
            sound.content = "q 100 0 0 100 50 50 cm /Im Do Q";
            sound.resources = "/XObject << /Im 9 0 R >>";
            sound.more = vec![picture("DeviceGray", &vec![128; pixels * pixels], pixels)];
        });
        let found: Vec<_> = press::check::check(&bytes, &x4)?.into_iter().map(|finding| (finding.rule, finding.page, finding.is_warning)).collect();
        let wanted: Vec<_> = is_warning.map(|is_warning| (Rule::LowResolution, 1, is_warning)).into_iter().collect();
        ensure!(found == wanted, "{pixels} pixels on 100 points: {found:?}");
    }
    let mut faults = String::new();
    let mut seen = BTreeSet::from([Rule::MixedSizes]);
    for (at, (rule, bytes, profile)) in cases.iter().enumerate() {
        let found: Vec<Rule> = press::check::check(bytes, profile)?.into_iter().map(|finding| finding.rule).collect();
        seen.insert(*rule);
        if found != [*rule] {
            let _ = writeln!(faults, "case {at}: `{}` should speak alone, and it is {found:?}", rule.name());
        }
    }
    ensure!(faults.is_empty(), "{faults}");
    let silent: Vec<&str> = Rule::ALL.iter().filter(|rule| !seen.contains(rule)).map(|rule| rule.name()).collect();
    ensure!(silent.is_empty(), "no case for {silent:?}");
    mixed_sizes(&x4)
}

fn mixed_sizes(profile: &Profile) -> Outcome {
    let page = |size: &str| format!("<< /Type /Page /Parent 2 0 R /MediaBox {size} /TrimBox {size} >>").into_bytes();
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>".to_vec(),
        page("[0 0 200 300]"),
        page("[0 0 300 300]"),
    ];
    let found = press::check::check(&pdf("1.6", &objects, ""), profile)?;
    let at: Vec<usize> = found.iter().filter(|finding| finding.rule == Rule::MixedSizes).map(|finding| finding.page).collect();
    ensure!(at == [2], "{found:?}");
    Ok(())
}

fn own_preflight() -> Outcome {
    let place = Place::new()?;
    let input = article()?;
    for name in ["x4", "offset-no-marks", "offset-grey", "offset-marks"] {
        let bytes = support::bytes(&pressed(&place, &input, name)?)?;
        let profile = Profile::built_in(name).ok_or("no profile")?;
        let found: Vec<_> = press::check::check(&bytes, &profile)?.into_iter().filter(|finding| finding.rule != Rule::PageMultiple).collect();
        ensure!(found.is_empty(), "{name}: {found:?}");
    }
    Ok(())
}

fn docs_are_whole() -> Outcome {
    let page = support::read(&support::root().join("docs/PRINT.md"))?;
    for rule in Rule::ALL {
        ensure!(page.contains(&format!("| `{}` | {}", rule.name(), rule.summary())), "docs/PRINT.md does not say what `{}` asks", rule.name());
    }
    for (name, text) in BUILT_IN {
        let profile = Profile::parse(text).map_err(|refused| refused.message)?;
        ensure!(page.contains(&format!("| `{name}` | {}", profile.description)), "docs/PRINT.md does not have the profile `{name}`");
    }
    Ok(())
}

/// Eight by eight pixels of one colour as libjpeg packs them (by the package imagecodecs: `jpeg8_encode(pixels, level=100, colorspace="CMYK", outcolorspace=…,
/// optimize=True)`): 200, 150, 100 and 50 of 255, as they are and as luminance, colour differences and black.
const JPEGS: [&str; 2] = [
    "ffd8ffee000e41646f626500640000000000ffdb00430001010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101\
     010101010101010101010101ffc000140800080008044311004d11005911004b1100ffc400150001010000000000000000000000000000080affc400141001000000000000000000000000\
     00000000ffda000e0443004d0059004b00003f00a402c01f4c7bffd9",
    "ffd8ffee000e41646f626500640000000002ffdb00430001010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101\
     010101010101010101010101ffdb00430101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101\
     010101010101ffc00014080008000804012200021101031101042200ffc40016000101010000000000000000000000000000090affc40014100100000000000000000000000000000000ff\
     c4001501010100000000000000000000000000000809ffc40014110100000000000000000000000000000000ffda000e040100021103110400003f009fe028402ecc780fffd9",
];

/// How much ink a picture has, by preflight and by Ghostscript, for both ways of packing and both ways up.
fn jpeg_inks() -> Outcome {
    let place = Place::new()?;
    let mut profile = Profile::built_in("x4").ok_or("no profile")?;
    profile.colour.total_ink = 100.0;
    for (packed, jpeg) in JPEGS.iter().enumerate() {
        for (decode, wanted) in [("", 196.0), ("/Decode [1 0 1 0 1 0 1 0]", 204.0)] {
            let dict = format!(
                "/Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8 /ColorSpace /DeviceCMYK {decode} /Filter [/ASCIIHexDecode /DCTDecode]"
            );
            let bytes = page("q 10 0 0 10 0 0 cm /Im Do Q", "/XObject << /Im 5 0 R >>", "/MediaBox [0 0 10 10] /TrimBox [0 0 10 10]", &[stream(&dict, jpeg)]);
            let found = press::check::check(&bytes, &profile)?;
            let said = found.iter().find(|finding| finding.rule == Rule::TotalInk).map(|finding| finding.message.clone()).unwrap_or_default();
            ensure!(said.contains(&format!("a picture has {wanted:.0} % of ink")), "{packed} {decode}: {found:?}");
            place.write("in.pdf", bytes)?;
            let judged = tool(
                "gs",
                &["-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=ink_cov", "-o", "-", &place.at("in.pdf").to_string_lossy()].map(AsRef::as_ref),
            )?;
            let total: f64 = judged.split_whitespace().take(4).filter_map(|ink| ink.parse::<f64>().ok()).sum();
            ensure!((total - wanted).abs() < 1.5, "{packed} {decode}: {judged}");
        }
    }
    Ok(())
}
