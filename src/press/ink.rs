//! From the colours of a page to the inks of a press.
//!
//! 1. A colour is a [`Value`] of the space in which the page names it.
//! 2. [`Inks::ink`] makes of it an amount of black alone, or of four inks: what is neutral goes onto the black plate, what is coloured through
//!    the output profile, held below the limit of ink; where the sheets have one ink, to the grey that is as light.

use std::sync::Arc;

use moxcms::{ColorProfile, DataColorSpace, Layout, ProfileClass, RenderingIntent, TransformExecutor, TransformOptions};

use crate::fault::Fault;
use crate::intent::Made;

/// How far the parts of a colour may lie apart and still be a grey, of 1.
const NEUTRAL: f64 = 1.5 / 255.0;

/// A colour, its parts from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Value {
    /// From black to white.
    Grey(f64),
    /// Red, green, blue, as sRGB means them.
    Rgb([f64; 3]),
    /// Cyan, magenta, yellow, black.
    Cmyk([f64; 4]),
}

/// What is printed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Ink {
    /// Black alone, written as a grey: 0 is full black.
    Grey(f64),
    /// Four inks.
    Cmyk([f64; 4]),
}

/// Where colours go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mode {
    /// Black and three colours.
    Colour,
    /// Black alone.
    Grey,
}

/// The inks of a press.
#[derive(Clone)]
pub(crate) struct Inks {
    picture: Arc<dyn TransformExecutor<u8> + Send + Sync>,
    single: Arc<dyn TransformExecutor<u16> + Send + Sync>,
    /// The most ink on one spot, of 1 an ink.
    limit: f64,
}

/// Reads an output profile and looks at what it is.
///
/// # Errors
///
/// When it is not the profile of a printing press with four inks.
pub(crate) fn output_profile(icc: &[u8]) -> Result<ColorProfile, Fault> {
    let profile = ColorProfile::new_from_slice(icc).map_err(|error| Fault::Intent(format!("it cannot be read ({error})")))?;
    if profile.profile_class != ProfileClass::OutputDevice {
        return Err(Fault::Intent("it is not of the class of printers (`prtr`)".to_owned()));
    }
    if profile.color_space != DataColorSpace::Cmyk {
        return Err(Fault::Intent("it is not for cyan, magenta, yellow and black".to_owned()));
    }
    Ok(profile)
}

impl Inks {
    /// The inks of an output profile, with a limit in per cent.
    pub(crate) fn new(icc: &[u8], limit: f64) -> Result<Self, Fault> {
        static MADE: Made<Inks> = Made::new();
        let made = MADE.of(icc, || Self::made(icc, limit))?;
        Ok(Self { limit: limit / 100.0, ..made })
    }

    fn made(icc: &[u8], limit: f64) -> Result<Self, Fault> {
        let profile = output_profile(icc)?;
        let source = ColorProfile::new_srgb();
        let options = TransformOptions { rendering_intent: RenderingIntent::Perceptual, ..TransformOptions::default() };
        let refused = |error: moxcms::CmsError| Fault::Intent(format!("nothing can be converted with it ({error})"));
        Ok(Self {
            picture: source.create_transform_8bit(Layout::Rgb, &profile, Layout::Rgba, options).map_err(refused)?,
            single: source.create_transform_16bit(Layout::Rgb, &profile, Layout::Rgba, options).map_err(refused)?,
            limit: limit / 100.0,
        })
    }

    /// The inks of a colour.
    pub(crate) fn ink(&self, value: Value, mode: Mode) -> Ink {
        match (value, mode) {
            (Value::Grey(grey), _) => Ink::Grey(grey.clamp(0.0, 1.0)),
            (Value::Rgb(rgb), _) if is_neutral(rgb) => Ink::Grey(((rgb[0] + rgb[1] + rgb[2]) / 3.0).clamp(0.0, 1.0)),
            (Value::Rgb(rgb), Mode::Grey) => Ink::Grey(luminance(rgb)),
            (Value::Rgb(rgb), Mode::Colour) => {
                let source = rgb.map(|part| (part.clamp(0.0, 1.0) * 65_535.0).round() as u16);
                let mut inks = [0_u16; 4];
                // It takes three parts and gives four, so it cannot refuse; black would be the answer if it did.
                if self.single.transform(&source, &mut inks).is_err() {
                    return Ink::Grey(luminance(rgb));
                }
                Ink::Cmyk(self.limited(inks.map(|ink| f64::from(ink) / 65_535.0)))
            }
            (Value::Cmyk([0.0, 0.0, 0.0, black]), Mode::Grey) => Ink::Grey((1.0 - black).clamp(0.0, 1.0)),
            (Value::Cmyk([c, m, y, k]), Mode::Grey) => Ink::Grey(luminance([c, m, y].map(|ink| ((1.0 - ink) * (1.0 - k)).clamp(0.0, 1.0)))),
            // A page that names inks means these inks.
            (Value::Cmyk(inks), Mode::Colour) => Ink::Cmyk(inks),
        }
    }

    /// Pixels of red, green and blue as pixels of four inks.
    pub(crate) fn picture(&self, rgb: &[u8]) -> Option<Vec<u8>> {
        let mut inks = vec![0; rgb.len() / 3 * 4];
        for (from, to) in rgb.chunks(3 << 16).zip(inks.chunks_mut(4 << 16)) {
            self.picture.transform(from, to).ok()?;
        }
        let most = (self.limit * 255.0).floor() as u32;
        for pixel in inks.as_chunks_mut::<4>().0 {
            let black = u32::from(pixel[3]);
            let rest: u32 = pixel[..3].iter().map(|ink| u32::from(*ink)).sum();
            if rest + black > most {
                // Black keeps the drawing; the three colours give way together, so that the hue stays.
                for ink in &mut pixel[..3] {
                    *ink = (u32::from(*ink) * most.saturating_sub(black) / rest.max(1)).min(255) as u8;
                }
            }
        }
        Some(inks)
    }

    fn limited(&self, [c, m, y, k]: [f64; 4]) -> [f64; 4] {
        let rest = c + m + y;
        if rest + k <= self.limit {
            return [c, m, y, k];
        }
        let by = (self.limit - k).max(0.0) / rest;
        [c * by, m * by, y * by, k]
    }
}

/// Whether a colour is a grey.
pub(crate) fn is_neutral([r, g, b]: [f64; 3]) -> bool {
    (r - g).abs() <= NEUTRAL && (g - b).abs() <= NEUTRAL && (r - b).abs() <= NEUTRAL
}

/// The grey that is as light as a colour: the luminance of IEC 61966-2-1, with its curve.
pub(crate) fn luminance(rgb: [f64; 3]) -> f64 {
    let [r, g, b] = rgb.map(linear);
    encoded(0.2126 * r + 0.7152 * g + 0.0722 * b)
}

/// A part of sRGB as an amount of light.
pub(crate) fn linear(part: f64) -> f64 {
    let part = part.clamp(0.0, 1.0);
    if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
}

/// An amount of light as a part of sRGB.
pub(crate) fn encoded(light: f64) -> f64 {
    let light = light.clamp(0.0, 1.0);
    if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 }
}

/// Pixels of red, green and blue as grey pixels.
pub(crate) fn grey_picture(rgb: &[u8]) -> Vec<u8> {
    let table: Vec<f64> = (0..=255_u8).map(|part| linear(f64::from(part) / 255.0)).collect();
    let curve: Vec<u8> = (0..=4_095_u16).map(|light| (encoded(f64::from(light) / 4_095.0) * 255.0).round() as u8).collect();
    let light = |part: u8| table.get(usize::from(part)).copied().unwrap_or(0.0);
    rgb.as_chunks::<3>()
        .0
        .iter()
        .map(|&[r, g, b]| {
            // A grey keeps its value: the curve has too few steps near black.
            if r == g && g == b {
                return r;
            }
            let sum = 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
            curve.get((sum * 4_095.0).round() as usize).copied().unwrap_or(255)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inks() -> Inks {
        Inks::new(crate::intent::FOGRA39, 300.0).expect("inks")
    }

    #[test]
    fn greys_are_black_alone() {
        for mode in [Mode::Colour, Mode::Grey] {
            assert_eq!(inks().ink(Value::Rgb([0.0; 3]), mode), Ink::Grey(0.0));
            assert_eq!(inks().ink(Value::Rgb([0.5; 3]), mode), Ink::Grey(0.5));
            assert_eq!(inks().ink(Value::Grey(0.25), mode), Ink::Grey(0.25));
        }
        assert_eq!(inks().ink(Value::Cmyk([0.0, 0.0, 0.0, 0.75]), Mode::Grey), Ink::Grey(0.25));
    }

    #[test]
    fn colours_are_inks_below_the_limit() {
        let Ink::Cmyk([c, m, y, k]) = inks().ink(Value::Rgb([1.0, 0.0, 0.0]), Mode::Colour) else { panic!("a grey") };
        assert!(c < 0.1 && m > 0.85 && y > 0.7 && k < 0.1, "{c} {m} {y} {k}");
        for rgb in [[0.0, 0.0, 0.4], [0.05, 0.0, 0.1], [0.2, 0.0, 0.0], [0.0, 0.1, 0.05]] {
            let Ink::Cmyk(found) = inks().ink(Value::Rgb(rgb), Mode::Colour) else { panic!("a grey") };
            assert!(found.iter().sum::<f64>() <= 3.0 + 1e-6, "{found:?}");
        }
        let dark = [13_u8, 0, 26].repeat(100);
        let found = inks().picture(&dark).expect("inks");
        assert!(found.as_chunks::<4>().0.iter().all(|pixel| pixel.iter().map(|ink| u32::from(*ink)).sum::<u32>() <= 765));
    }

    #[test]
    fn lightness_is_kept_in_grey() {
        let Ink::Grey(green) = inks().ink(Value::Rgb([0.0, 1.0, 0.0]), Mode::Grey) else { panic!("no grey") };
        let Ink::Grey(blue) = inks().ink(Value::Rgb([0.0, 0.0, 1.0]), Mode::Grey) else { panic!("no grey") };
        assert!(green > 0.8 && blue < 0.35, "{green} {blue}");
        assert_eq!(grey_picture(&[0, 0, 0, 7, 7, 7, 255, 255, 255]), [0, 7, 255]);
    }
}
