//! Pages without transparency, before poppler and Ghostscript: what is seen stays, text stays text, and black stays black.

use std::path::Path;

use press::Profile;
use press::check::Rule;

use crate::ensure;
use crate::support::needs::{Need, trial};
use crate::support::pdf::{from_hex, jpeg_2000, page, stream};
use crate::support::program::{Place, pdf_text, tool};
use crate::support::{self, Failed, Outcome, Trial};

const JUDGES: &[Need] = &[Need::Judge("qpdf"), Need::Judge("pdftotext"), Need::Command("pdftoppm"), Need::Command("pdffonts"), Need::Command("gs")];

pub fn trials() -> Vec<Trial> {
    let mut trials: Vec<Trial> = CASES.iter().map(|(name, ..)| trial(format!("flatten/{name}"), JUDGES, move || stays(name))).collect();
    trials.push(trial("flatten/black and greys stay on the black plate", JUDGES, black));
    trials.push(Trial::test("flatten/pictures that are packed in newer ways need no other program", packed));
    trials.push(trial("flatten/only what shines through becomes a picture", &[Need::Command("pdfimages"), Need::Command("gs")], small));
    trials
}

const BOX: &str = "/MediaBox [0 0 200 300]";
const FONT: &str = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>";
/// The same with widths and a box.
const WIDE: &str = "/W << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 97 /LastChar 122 \
                    /Widths [556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500] \
                    /FontDescriptor << /Type /FontDescriptor /FontName /Helvetica /Flags 32 /FontBBox [-166 -225 1000 931] /ItalicAngle 0 /Ascent 718 /Descent -207 \
                    /CapHeight 718 /StemV 88 >> >>";
const HALF: &str = "/ExtGState << /H << /ca 0.5 /CA 0.5 >> /N << /ca 1 /CA 1 >> /M << /BM /Multiply >> /S << /SMask << /S /Luminosity /G 7 0 R >> >> >>";
const OBJECTS: &str = "/XObject << /Im 5 0 R /Fm 6 0 R /Jp 9 0 R /Jb 10 0 R /Js 11 0 R /Ja 12 0 R /Ft 14 0 R >>";
const TEXT: &str = "0 g BT /F 12 Tf 20 280 Td (first words) Tj ET";
const LAST: &str = "0 g BT /F 12 Tf 30 120 Td (over all) Tj 0 -100 Td (last words) Tj ET";

/// What a page paints between its first and its last words.
const CASES: &[(&str, &str)] = &[
    ("a box that lets half through", "0.8 g 20 100 90 90 re f q /H gs 1 0 0 rg 60 60 90 90 re f Q"),
    ("a state that stays on", "0.8 g 20 100 90 90 re f /H gs 0 0.5 0 rg 60 60 90 90 re f /N gs 0 0 1 rg 150 10 20 20 re f"),
    ("a picture with a mask", "0.8 g 20 100 90 90 re f q 90 0 0 90 60 60 cm /Im Do Q"),
    ("a group, on its head and turned", "q 0 -1 1 0 0 300 cm /Fm Do Q q 1 0 0 -1 0 300 cm 0.5 0 0 0.5 20 20 cm /Fm Do Q"),
    ("within a clip that is no rectangle", "q 100 20 m 180 180 l 20 180 l h W n /H gs 1 0 0 rg 20 20 160 160 re f 0 0 1 rg 60 60 30 30 re f Q"),
    ("within a turned clip", "q 0.7 0.7 -0.7 0.7 100 0 cm 0 0 120 120 re W n q /M gs 1 1 0 rg 0 0 90 90 re f Q 0 1 1 rg 60 60 20 20 re f Q"),
    ("a soft mask", "q /S gs 1 0 0 rg 20 60 150 90 re f Q"),
    ("text that lets half through", "0.8 g 20 100 90 90 re f q /H gs 1 0 0 rg BT /F 40 Tf 20 150 Td (pale) Tj ET Q"),
    (
        "text that is filled and stroked, in several strings",
        "0.8 g 20 100 160 90 re f q /H gs 1 0 0 rg 0 0 1 RG 2 Tr 2 w BT /F 40 Tf 20 150 Td [(pa) -200 (le)] TJ 0 -45 Td (red) Tj ET Q",
    ),
    (
        "text of a font that says how wide it is",
        "0.8 g 20 100 160 90 re f q /H gs 1 0 0 rg BT 80 Tz 1 Tc /W 40 Tf 14 TL 20 150 Td [(pa) -200 (le)] TJ -30 0 0 -20 150 100 Tm (red) ' ET 0 1 1 RG 1 Tr 1 w BT /W 1 Tf 0 -24 24 0 180 100 Tm 5 Ts (up) Tj ET Q",
    ),
    ("text within a group", "0.8 g 20 100 160 90 re f q 1 0 0 1 40 60 cm /Ft Do Q"),
    (
        "text that clips what lets half through",
        "0.8 g 20 100 160 90 re f /H gs 0 0.6 0 rg 20 20 60 60 re f q 7 Tr BT /F 60 Tf 20 150 Td (clip) Tj ET 1 0 0 rg 20 100 160 120 re f Q",
    ),
    ("states that nobody closes", "q q 0.9 0 0 0.9 5 5 cm /H gs 1 0 0 rg 60 60 90 90 re f"),
    ("pictures that are packed in newer ways", "q 90 0 0 90 60 60 cm /Jp Do Q q 20 0 0 20 150 10 cm /Jb Do Q q 60 0 0 60 100 190 cm /Js Do Q"),
    ("a picture that says how opaque it is", "0.8 g 20 100 90 90 re f q 90 0 0 90 60 60 cm /Ja Do Q"),
    ("the units are turned for the whole page", "1 0 0 -1 0 300 cm 0.8 g 20 100 90 90 re f q /H gs 1 0 0 rg 60 60 90 90 re f Q 1 0 0 -1 0 300 cm"),
];

/// Eight by eight black pixels in JBIG2: the segments of a page and of a region, written by hand.
const JBIG2: &str = "00000000300001000000130000000800000008000000000000000000000000000001260001000000190000000800000008000000000000000000\
                     0126a2fffe002002";

/// Eight by eight pixels of red and green, of which the right half lets four fifths through: a code stream of Pillow in the boxes that say so.
const OPACITY: &str = "0000000c6a5020200d0a870a00000014667479706a703220000000006a7032200000004f6a703268000000166968647200000008000000080004070700000000000f636f6c720100000000\
                       001000000022636465660004000000000001000100000002000200000003000300010000000000c06a703263ff4fff51003200000000000800000008000000000000000000000008000000\
                       0800000000000000000004070101070101070101070101ff52000c00000001000304040001ff5c000d4040484850484850484850ff90000a0000000000630001ff93c7d404082fc7d40408\
                       2fcfb40805c9cfb408041fcfc008045fa7e004045f80cfc008084fc7da06000d0209a3ed03000b3d8680c7da0a00025d15bd5fc3ea0300221a15a1f50180037feb80c7da0c0017d7d0b17e\
                       1fffd9";

fn input(painted: &str) -> Vec<u8> {
    let fonts = FONT.replacen("/Font <<", &format!("/Font << {WIDE}"), 1);
    input_with(painted, &format!("{fonts} {HALF} {OBJECTS}"))
}

fn input_with(painted: &str, resources: &str) -> Vec<u8> {
    let group = "/Group << /S /Transparency /CS /DeviceRGB >>";
    let pixels: Vec<u8> = (0..16_u8).flat_map(|at| [at * 16, 255 - at * 16, 40]).collect();
    let alpha: Vec<u8> = (0..16_u8).map(|at| at * 16).collect();
    let image = |more: &str, bytes: &[u8]| stream(&format!("/Type /XObject /Subtype /Image /Width 4 /Height 4 /BitsPerComponent 8 {more}"), bytes);
    let form = |content: &str| stream(&format!("/Type /XObject /Subtype /Form /BBox [0 0 120 120] {group} /Resources << {HALF} >>"), content);
    page(
        &format!("{TEXT} {painted} {LAST}"),
        resources,
        BOX,
        &[
            image("/ColorSpace /DeviceRGB /SMask 8 0 R", &pixels),
            form("0 0 1 rg 10 10 60 60 re f /H gs 1 0 0 rg 40 40 70 70 re f"),
            stream(&format!("/Type /XObject /Subtype /Form /BBox [0 0 200 300] {group} /Resources << >>"), "0.3 g 0 0 100 300 re f 0.9 g 100 0 100 300 re f"),
            image("/ColorSpace /DeviceGray", &alpha),
            stream("/Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /JPXDecode", jpeg_2000(8)),
            stream("/Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /JBIG2Decode", from_hex(JBIG2)),
            image("/ColorSpace /DeviceRGB /Mask 13 0 R", &pixels),
            stream("/Type /XObject /Subtype /Image /Width 8 /Height 8 /SMaskInData 1 /Filter /JPXDecode", from_hex(OPACITY)),
            stream("/Type /XObject /Subtype /Image /Width 8 /Height 8 /ImageMask true /Filter /JBIG2Decode", from_hex(JBIG2)),
            stream(
                &format!("/Type /XObject /Subtype /Form /BBox [0 0 120 120] {group} /Resources << {FONT} {HALF} >>"),
                "0.5 0 0.5 rg BT /F 30 Tf 0 60 Td (of a group) Tj ET /H gs 1 0 0 rg BT /F 40 Tf 0 30 Td (pale) Tj ET",
            ),
        ],
    )
}

/// Presses it by PDF/X-4, which keeps transparency, and by PDF 1.3, which has none; without bleed, so that both lie in one place.
fn both(place: &Place, bytes: Vec<u8>, more: &str) -> Result<(), Failed> {
    place.write("in.pdf", bytes)?;
    for (name, standard) in [("with", "x-4"), ("without", "x-1a")] {
        place.write(&format!("{name}.toml"), format!("description = \"a\"\nstandard = \"{standard}\"\n[sheet]\nbleed = 0\n{more}"))?;
        place.run(&["press", "in.pdf", "--profile", &format!("{name}.toml"), "-o", &format!("{name}.pdf")])?.exits(0)?;
        tool("qpdf", &["--check".as_ref(), place.at(&format!("{name}.pdf")).as_ref()])?;
    }
    Ok(())
}

fn picture(place: &Place, name: &str) -> Result<image::RgbImage, Failed> {
    let arguments = ["-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=png16m", "-r576", "-dDownScaleFactor=8"].map(AsRef::as_ref);
    let to = format!("-sOutputFile={}", place.at(&format!("{name}.png")).display());
    let from = place.at(&format!("{name}.pdf"));
    tool("gs", &[&arguments[..], &[to.as_ref(), from.as_ref()]].concat())?;
    Ok(image::load_from_memory(&support::bytes(&place.at(&format!("{name}.png")))?)?.to_rgb8())
}

fn fonts(path: &Path) -> Result<usize, Failed> {
    Ok(tool("pdffonts", &[path.as_ref()])?.lines().skip(2).count())
}

fn stays(name: &str) -> Outcome {
    let place = Place::new()?;
    let painted = CASES.iter().find(|(known, _)| *known == name).map(|(_, painted)| *painted).ok_or("no case")?;
    both(&place, input(painted), "")?;
    let (with, without) = (picture(&place, "with")?, picture(&place, "without")?);
    ensure!(with.dimensions() == without.dimensions(), "{:?} and {:?}", with.dimensions(), without.dimensions());
    let colours = |pixel: &image::Rgb<u8>| pixel.0.iter().max().zip(pixel.0.iter().min()).is_some_and(|(most, least)| most - least > 40);
    ensure!(with.pixels().filter(|pixel| colours(pixel)).count() > 500, "there is hardly any colour, so that nothing is proved");
    // Where an edge runs through a pixel, its place is known to a dot of six hundred to the inch.
    let far = with.pixels().zip(without.pixels()).filter(|(one, other)| one.0.iter().zip(other.0).any(|(one, other)| one.abs_diff(other) > 48)).count();
    ensure!(far < 200, "{far} pixels differ");
    let before = pdf_text(&place.at("in.pdf"), &[])?;
    ensure!(before.contains("first words") && before == pdf_text(&place.at("without.pdf"), &[])?, "other text than {before}");
    ensure!(fonts(&place.at("in.pdf"))? == fonts(&place.at("without.pdf"))?, "the fonts are others");
    let profile = Profile::built_in("x1a").ok_or("no profile")?;
    let found = press::check::check(&support::bytes(&place.at("without.pdf"))?, &profile)?;
    ensure!(found.iter().all(|finding| !matches!(finding.rule, Rule::Transparency | Rule::RgbColour | Rule::TotalInk)), "{found:?}");
    let raw = support::bytes(&place.at("without.pdf"))?;
    let holds = |what: &[u8]| raw.windows(what.len()).any(|window| window == what);
    ensure!(raw.starts_with(b"%PDF-1.3") && !holds(b"/SMask") && !holds(b"JPXDecode") && !holds(b"JBIG2Decode"), "something newer than PDF 1.3 is left");
    Ok(())
}

/// The press alone makes PDF 1.3 of them, with their pixels and their masks.
fn packed() -> Outcome {
    let painted = CASES.iter().find(|(name, _)| name.starts_with("pictures that are packed")).map(|(_, painted)| *painted).ok_or("no case")?;
    let profile = Profile::built_in("x1a").ok_or("no profile")?;
    let (icc, condition) = press::intent::built_in(&profile.intent.profile).ok_or("no output profile")?;
    let order = press::Order { profile: &profile, profile_name: "x1a", name: "in", icc, condition, font: &[], folds: &[], identity: None };
    let pressed = press::press(&input_with(painted, "/XObject << /Jp 9 0 R /Jb 10 0 R /Js 11 0 R >>"), &order)?;
    let holds = |what: &[u8]| pressed.bytes.windows(what.len()).any(|window| window == what);
    ensure!(!holds(b"JPXDecode") && !holds(b"JBIG2Decode") && holds(b"/ImageMask"), "a picture is not packed anew");
    ensure!(pressed.notes.is_empty(), "{:?}", pressed.notes);
    Ok(())
}

fn black() -> Outcome {
    let place = Place::new()?;
    let grey = CASES[0].1.replace("1 0 0 rg", "0.2 g");
    for more in ["", "[colour]\ninterior = \"grey\"\n"] {
        both(&place, input(&grey), more)?;
        let said = tool(
            "gs",
            &["-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=inkcov", "-o", "-", &place.at("without.pdf").to_string_lossy()].map(AsRef::as_ref),
        )?;
        let inks: Vec<f64> = said.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        ensure!(inks.len() == 4 && inks[..3] == [0.0; 3] && inks[3] > 0.1, "{said}");
    }
    Ok(())
}

fn small() -> Outcome {
    // Ninety points and what a stroke might add; four letters of twenty points, and as much to each side as they are high.
    let words = "q /H gs 1 0 0 rg BT /W 20 Tf 60 150 Td (pale) Tj ET Q";
    for (painted, widths) in [(CASES[0].1, 750..900), (words, 600..750)] {
        let place = Place::new()?;
        both(&place, input(painted), "")?;
        let said = tool("pdfimages", &["-list".as_ref(), place.at("without.pdf").as_ref()])?;
        let sizes: Vec<Vec<&str>> = said.lines().skip(2).map(|line| line.split_whitespace().collect()).collect();
        // At six hundred dots to the inch.
        let width: usize = sizes.first().and_then(|row| row.get(3)?.parse().ok()).ok_or("no picture")?;
        ensure!(sizes.len() == 1 && widths.contains(&width) && sizes[0][5] == "cmyk" && sizes[0][12] == "600", "{said}");
    }
    Ok(())
}
