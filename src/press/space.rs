//! Colour spaces (ISO 32000-1, 8.6), as far as it must be known what their numbers mean.
//!
//! 1. [`Space::read`] takes the name or the array of a space, with the page's resources for names and defaults.
//! 2. [`Space::value`] says what numbers in it mean; `None` where they are an ink of their own (a spot colour), which is kept.

use std::sync::Arc;

use lopdf::{Dictionary, Document, Object};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformExecutor, TransformOptions};

use crate::ink::{Value, encoded, is_neutral};
use crate::read::{decoded, dictionary, floats};

/// How deep spaces may stand in each other.
const MAX_DEPTH: usize = 8;

/// A colour space.
#[derive(Clone)]
pub(crate) enum Space {
    /// From black to white; `DeviceGray`, `CalGray`, and profiles with one part.
    Grey,
    /// Red, green and blue of the device, which is taken for sRGB.
    Rgb,
    /// Red, green and blue of a profile.
    IccRgb(Arc<dyn TransformExecutor<u16> + Send + Sync>, Arc<dyn TransformExecutor<u8> + Send + Sync>),
    /// Red, green and blue with their own curve and primaries (8.6.5.3).
    CalRgb { gamma: [f64; 3], matrix: [f64; 9], white: [f64; 3] },
    /// Lightness and two axes (8.6.5.4).
    Lab { white: [f64; 3], range: [f64; 4] },
    /// Four inks.
    Cmyk,
    /// A table of colours of another space (8.6.6.3).
    Indexed { base: Box<Space>, table: Vec<u8> },
    /// A spot colour, or several, which stay as they are.
    Spot(usize),
    /// A pattern; for those without colours of their own, with the space of the colour that they get.
    Pattern(Option<Box<Space>>),
    /// What whoever uses a form had chosen: known by its count of numbers.
    Inherited,
}

impl Space {
    /// Reads a space; `None` where it is none.
    pub(crate) fn read(document: &Document, object: &Object, resources: &Dictionary) -> Option<Self> {
        Self::nested(document, object, resources, 0)
    }

    /// The space of a name in a content stream.
    pub(crate) fn named(document: &Document, name: &[u8], resources: &Dictionary) -> Option<Self> {
        Self::nested(document, &Object::Name(name.to_vec()), resources, 0)
    }

    fn nested(document: &Document, object: &Object, resources: &Dictionary, depth: usize) -> Option<Self> {
        if depth > MAX_DEPTH {
            return None;
        }
        let (_, object) = document.dereference(object).ok()?;
        match object {
            Object::Name(name) => {
                let spaces = dictionary(document, resources.get(b"ColorSpace").ok());
                let default: &[u8] = match name.as_slice() {
                    b"DeviceGray" | b"G" | b"CalGray" => return Some(Self::Grey),
                    b"Pattern" => return Some(Self::Pattern(None)),
                    b"DeviceRGB" | b"RGB" | b"CalRGB" => b"DefaultRGB",
                    b"DeviceCMYK" | b"CMYK" | b"CalCMYK" => b"DefaultCMYK",
                    name => return Self::nested(document, spaces?.get(name).ok()?, resources, depth + 1),
                };
                let replaced = spaces.and_then(|spaces| spaces.get(default).ok()).filter(|_| depth < 2);
                let replaced = replaced.and_then(|space| Self::nested(document, space, &Dictionary::new(), depth + 1));
                Some(replaced.unwrap_or(if default == b"DefaultRGB" { Self::Rgb } else { Self::Cmyk }))
            }
            Object::Array(parts) => Self::family(document, parts, resources, depth),
            _ => None,
        }
    }

    fn family(document: &Document, parts: &[Object], resources: &Dictionary, depth: usize) -> Option<Self> {
        let part = |at: usize| parts.get(at).and_then(|part| document.dereference(part).ok()).map(|(_, part)| part);
        let family = part(0)?.as_name().ok()?;
        let triple = |key: &[u8], otherwise: [f64; 3]| {
            let list = part(1).and_then(|dict| dict.as_dict().ok()).and_then(|dict| floats(document, dict.get(key).ok()));
            list.and_then(|list| <[f64; 3]>::try_from(list).ok()).unwrap_or(otherwise)
        };
        match family {
            b"CalGray" => Some(Self::Grey),
            b"CalRGB" => {
                let list = part(1).and_then(|dict| dict.as_dict().ok()).and_then(|dict| floats(document, dict.get(b"Matrix").ok()));
                let matrix = list.and_then(|list| <[f64; 9]>::try_from(list).ok());
                Some(Self::CalRgb {
                    gamma: triple(b"Gamma", [1.0; 3]),
                    matrix: matrix.unwrap_or([1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]),
                    white: triple(b"WhitePoint", [0.9505, 1.0, 1.089]),
                })
            }
            b"Lab" => {
                let list = part(1).and_then(|dict| dict.as_dict().ok()).and_then(|dict| floats(document, dict.get(b"Range").ok()));
                let range = list.and_then(|list| <[f64; 4]>::try_from(list).ok()).unwrap_or([-100.0, 100.0, -100.0, 100.0]);
                Some(Self::Lab { white: triple(b"WhitePoint", [0.9642, 1.0, 0.8249]), range })
            }
            b"ICCBased" => {
                let stream = part(1)?.as_stream().ok()?;
                match stream.dict.get_deref(b"N", document).ok()?.as_i64().ok()? {
                    1 => Some(Self::Grey),
                    3 => Some(Self::profile(stream, document, resources, depth)),
                    4 => Some(Self::Cmyk),
                    _ => None,
                }
            }
            b"Indexed" | b"I" => {
                let base = Self::nested(document, parts.get(1)?, resources, depth + 1)?;
                let table = match part(3)? {
                    Object::String(bytes, _) => bytes.clone(),
                    Object::Stream(stream) => decoded(stream).ok()?,
                    _ => return None,
                };
                Some(Self::Indexed { base: Box::new(base), table })
            }
            b"Separation" => Some(Self::Spot(1)),
            b"DeviceN" => Some(Self::Spot(part(1)?.as_array().ok()?.len())),
            b"Pattern" => Some(Self::Pattern(parts.get(1).and_then(|base| Self::nested(document, base, resources, depth + 1)).map(Box::new))),
            b"DeviceGray" | b"DeviceRGB" | b"DeviceCMYK" | b"G" | b"RGB" | b"CMYK" => Self::nested(document, parts.first()?, resources, depth + 1),
            _ => None,
        }
    }

    /// A profile with three parts: red, green and blue, or Lab where its alternate says so.
    fn profile(stream: &lopdf::Stream, document: &Document, resources: &Dictionary, depth: usize) -> Self {
        let own = decoded(stream).ok().and_then(|bytes| ColorProfile::new_from_slice(&bytes).ok()).filter(|profile| profile.color_space == DataColorSpace::Rgb);
        let Some(profile) = own else {
            let alternate = stream.dict.get(b"Alternate").ok().and_then(|alternate| Self::nested(document, alternate, resources, depth + 1));
            return alternate.filter(|space| space.parts() == 3).unwrap_or(Self::Rgb);
        };
        Self::of_rgb(&profile)
    }

    /// The space of a profile that stands in a picture; `None` where it is damaged or for colours of another kind.
    pub(crate) fn of_profile(icc: &[u8]) -> Option<Self> {
        let profile = ColorProfile::new_from_slice(icc).ok()?;
        match profile.color_space {
            DataColorSpace::Gray => Some(Self::Grey),
            DataColorSpace::Rgb => Some(Self::of_rgb(&profile)),
            DataColorSpace::Cmyk => Some(Self::Cmyk),
            _ => None,
        }
    }

    /// ROMM RGB (ISO 22028-2), which pictures in JPEG 2000 name by a number.
    pub(crate) fn romm() -> Self {
        Self::of_rgb(&ColorProfile::new_pro_photo_rgb())
    }

    fn of_rgb(profile: &ColorProfile) -> Self {
        let srgb = ColorProfile::new_srgb();
        let options = TransformOptions::default();
        let fine = profile.create_transform_16bit(Layout::Rgb, &srgb, Layout::Rgb, options);
        match (fine, profile.create_transform_8bit(Layout::Rgb, &srgb, Layout::Rgb, options)) {
            (Ok(fine), Ok(coarse)) => Self::IccRgb(fine, coarse),
            _ => Self::Rgb,
        }
    }

    /// How many numbers name a colour; 0 where it is not known.
    pub(crate) fn parts(&self) -> usize {
        match self {
            Self::Grey | Self::Indexed { .. } => 1,
            Self::Rgb | Self::IccRgb(..) | Self::CalRgb { .. } | Self::Lab { .. } => 3,
            Self::Cmyk => 4,
            Self::Spot(parts) => *parts,
            Self::Pattern(_) | Self::Inherited => 0,
        }
    }

    /// What the numbers mean.
    pub(crate) fn value(&self, numbers: &[f64]) -> Option<Value> {
        let at = |index: usize| numbers.get(index).copied().unwrap_or(0.0);
        let three = [at(0), at(1), at(2)];
        match self {
            Self::Grey => Some(Value::Grey(at(0).clamp(0.0, 1.0))),
            Self::Rgb => Some(Value::Rgb(three.map(|part| part.clamp(0.0, 1.0)))),
            Self::IccRgb(fine, _) => {
                if is_neutral(three) {
                    return Some(Value::Rgb(three.map(|part| part.clamp(0.0, 1.0))));
                }
                let source = three.map(|part| (part.clamp(0.0, 1.0) * 65_535.0).round() as u16);
                let mut found = source;
                fine.transform(&source, &mut found).ok()?;
                Some(Value::Rgb(found.map(|part| f64::from(part) / 65_535.0)))
            }
            Self::CalRgb { gamma, matrix, white } => {
                if is_neutral(three) && gamma[0] == gamma[1] && gamma[1] == gamma[2] {
                    return Some(Value::Rgb([encoded(at(0).clamp(0.0, 1.0).powf(gamma[0])); 3]));
                }
                let [a, b, c] = [0, 1, 2].map(|index| at(index).clamp(0.0, 1.0).powf(gamma[index]));
                let [m0, m1, m2, m3, m4, m5, m6, m7, m8] = *matrix;
                Some(Value::Rgb(of_xyz([m0 * a + m3 * b + m6 * c, m1 * a + m4 * b + m7 * c, m2 * a + m5 * b + m8 * c], *white)))
            }
            Self::Lab { white, range } => {
                let (a, b) = (at(1).clamp(range[0], range[1]), at(2).clamp(range[2], range[3]));
                let middle = (at(0).clamp(0.0, 100.0) + 16.0) / 116.0;
                let light = |part: f64| if part >= 6.0 / 29.0 { part.powi(3) } else { 108.0 / 841.0 * (part - 4.0 / 29.0) };
                let xyz = [white[0] * light(middle + a / 500.0), white[1] * light(middle), white[2] * light(middle - b / 200.0)];
                Some(Value::Rgb(of_xyz(xyz, *white)))
            }
            Self::Cmyk => Some(Value::Cmyk([at(0), at(1), at(2), at(3)].map(|ink| ink.clamp(0.0, 1.0)))),
            Self::Indexed { base, table } => {
                let parts = base.parts();
                let index = at(0).max(0.0) as usize * parts;
                let entry = table.get(index..index + parts)?;
                base.value(&base.spread(entry))
            }
            Self::Inherited => match numbers.len() {
                1 => Self::Grey.value(numbers),
                3 => Self::Rgb.value(numbers),
                4 => Self::Cmyk.value(numbers),
                _ => None,
            },
            Self::Spot(_) | Self::Pattern(_) => None,
        }
    }

    /// Bytes as the numbers of this space, each over its range.
    pub(crate) fn spread(&self, bytes: &[u8]) -> Vec<f64> {
        bytes
            .iter()
            .enumerate()
            .map(|(at, byte)| {
                let [low, high] = self.range(at);
                low + f64::from(*byte) / 255.0 * (high - low)
            })
            .collect()
    }

    /// The least and the largest number of a part.
    pub(crate) fn range(&self, part: usize) -> [f64; 2] {
        match (self, part) {
            (Self::Lab { .. }, 0) => [0.0, 100.0],
            (Self::Lab { range, .. }, 1) => [range[0], range[1]],
            (Self::Lab { range, .. }, _) => [range[2], range[3]],
            _ => [0.0, 1.0],
        }
    }
}

/// A colour of XYZ as sRGB, with its white made the white of sRGB.
fn of_xyz(xyz: [f64; 3], white: [f64; 3]) -> [f64; 3] {
    let d65 = [0.950_47, 1.0, 1.088_83];
    let [x, y, z] = [0, 1, 2].map(|at| if white[at] > 0.0 { xyz[at] / white[at] * d65[at] } else { xyz[at] });
    [
        encoded(3.240_454_2 * x - 1.537_138_5 * y - 0.498_531_4 * z),
        encoded(-0.969_266 * x + 1.876_010_8 * y + 0.041_556 * z),
        encoded(0.055_643_4 * x - 0.204_025_9 * y + 1.057_225_2 * z),
    ]
}

#[cfg(test)]
mod tests {
    use lopdf::{StringFormat, dictionary};

    use super::*;

    fn space(object: Object) -> Space {
        Space::read(&Document::with_version("1.7"), &object, &Dictionary::new()).expect("a space")
    }

    fn rgb(space: &Space, numbers: &[f64]) -> [f64; 3] {
        match space.value(numbers) {
            Some(Value::Rgb(rgb)) => rgb,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn lab_is_known_by_its_white_and_its_red() {
        let white =
            dictionary! { "WhitePoint" => vec![0.9642.into(), 1.into(), 0.8249.into()], "Range" => vec![(-128).into(), 127.into(), (-128).into(), 127.into()] };
        let lab = space(Object::Array(vec!["Lab".into(), white.into()]));
        assert!(rgb(&lab, &[100.0, 0.0, 0.0]).iter().all(|part| *part > 0.99));
        let [r, g, b] = rgb(&lab, &[54.0, 81.0, 70.0]);
        assert!(r > 0.95 && g < 0.2 && b < 0.2, "{r} {g} {b}");
    }

    #[test]
    fn a_table_names_colours() {
        let table = Object::String(vec![0, 0, 0, 255, 0, 0], StringFormat::Hexadecimal);
        let indexed = space(Object::Array(vec!["Indexed".into(), "DeviceRGB".into(), 1.into(), table]));
        assert_eq!(rgb(&indexed, &[1.0]), [1.0, 0.0, 0.0]);
        assert_eq!(indexed.value(&[2.0]), None);
    }
}
