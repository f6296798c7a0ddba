//! Rectangles and matrices, in points (1/72 inch) unless a name says otherwise.

/// Points of a millimetre.
pub const MM: f64 = 72.0 / 25.4;

/// A rectangle with its corners in order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Left.
    pub x0: f64,
    /// Bottom.
    pub y0: f64,
    /// Right.
    pub x1: f64,
    /// Top.
    pub y1: f64,
}

impl Rect {
    /// A clip that leaves nothing.
    pub const NOWHERE: Self = Self { x0: 0.0, y0: 0.0, x1: 0.0, y1: 0.0 };

    /// A rectangle of two opposite corners, in whatever order they come.
    #[must_use]
    pub fn new(x0: f64, y0: f64, x1: f64, y1: f64) -> Self {
        Self { x0: x0.min(x1), y0: y0.min(y1), x1: x0.max(x1), y1: y0.max(y1) }
    }

    /// The width.
    #[must_use]
    pub fn width(self) -> f64 {
        self.x1 - self.x0
    }

    /// The height.
    #[must_use]
    pub fn height(self) -> f64 {
        self.y1 - self.y0
    }

    /// The same, larger by `by` on every side.
    #[must_use]
    pub fn grown(self, by: f64) -> Self {
        Self { x0: self.x0 - by, y0: self.y0 - by, x1: self.x1 + by, y1: self.y1 + by }
    }

    /// What both cover; `None` where they do not meet.
    #[must_use]
    pub fn meet(self, other: Self) -> Option<Self> {
        let met = Self { x0: self.x0.max(other.x0), y0: self.y0.max(other.y0), x1: self.x1.min(other.x1), y1: self.y1.min(other.y1) };
        (met.x0 < met.x1 && met.y0 < met.y1).then_some(met)
    }

    /// Whether the other lies in this one, but for a hundredth of a millimetre.
    #[must_use]
    pub fn holds(self, other: Self) -> bool {
        let slack = 0.03;
        other.x0 >= self.x0 - slack && other.y0 >= self.y0 - slack && other.x1 <= self.x1 + slack && other.y1 <= self.y1 + slack
    }

    /// The four numbers in the order of a PDF.
    #[must_use]
    pub fn numbers(self) -> [f64; 4] {
        [self.x0, self.y0, self.x1, self.y1]
    }
}

/// An affine map: `x' = a x + c y + e`, `y' = b x + d y + f` (ISO 32000-1, 8.3.3).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Matrix(pub [f64; 6]);

impl Matrix {
    /// The map that changes nothing.
    pub const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// A move.
    #[must_use]
    pub fn shift(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// A change of size.
    #[must_use]
    pub fn scale(by: f64) -> Self {
        Self([by, 0.0, 0.0, by, 0.0, 0.0])
    }

    /// A turn about the origin by quarters, clockwise.
    #[must_use]
    pub fn quarters(clockwise: i64) -> Self {
        match clockwise.rem_euclid(4) {
            1 => Self([0.0, -1.0, 1.0, 0.0, 0.0, 0.0]),
            2 => Self([-1.0, 0.0, 0.0, -1.0, 0.0, 0.0]),
            3 => Self([0.0, 1.0, -1.0, 0.0, 0.0, 0.0]),
            _ => Self::IDENTITY,
        }
    }

    /// First this map, then the other.
    #[must_use]
    pub fn then(self, other: Self) -> Self {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, other.0);
        Self([a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l])
    }

    /// The map that undoes this one; `None` where it makes a line or a point of everything.
    #[must_use]
    pub fn inverse(self) -> Option<Self> {
        let [a, b, c, d, e, f] = self.0;
        let area = a * d - b * c;
        let found = [d / area, -b / area, -c / area, a / area, (c * f - d * e) / area, (b * e - a * f) / area];
        found.iter().all(|number| number.is_finite()).then_some(Self(found))
    }

    /// Where a point goes.
    #[must_use]
    pub fn point(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// The smallest upright rectangle around where a rectangle goes.
    #[must_use]
    pub fn rect(self, rect: Rect) -> Rect {
        let corners = [(rect.x0, rect.y0), (rect.x1, rect.y0), (rect.x0, rect.y1), (rect.x1, rect.y1)].map(|(x, y)| self.point(x, y));
        let first = Rect::new(corners[0].0, corners[0].1, corners[0].0, corners[0].1);
        corners.into_iter().fold(first, |all, (x, y)| Rect { x0: all.x0.min(x), y0: all.y0.min(y), x1: all.x1.max(x), y1: all.y1.max(y) })
    }

    /// By how much an area grows, as the side of a square.
    #[must_use]
    pub fn size(self) -> f64 {
        let [a, b, c, d, ..] = self.0;
        (a * d - b * c).abs().sqrt()
    }
}

/// A number as content streams have it: at most four decimals, no exponent. Pages are full of them, so that they are made of whole numbers where that gives the
/// same digits; where a number lies between two of four decimals, or is vast, the exact way decides.
#[must_use]
pub fn number(value: f64) -> String {
    let scaled = value * 10_000.0;
    let steps = scaled.round();
    if !(scaled.abs() < 1e12 && (scaled - steps).abs() < 0.499) {
        return exact(value);
    }
    let (whole, part) = (steps.abs() as u64 / 10_000, steps.abs() as u64 % 10_000);
    let sign = if steps < 0.0 { "-" } else { "" };
    if part == 0 {
        return format!("{sign}{whole}");
    }
    let mut text = format!("{sign}{whole}.{part:04}");
    text.truncate(text.trim_end_matches('0').len());
    text
}

fn exact(value: f64) -> String {
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" || text.is_empty() { "0".to_owned() } else { text.to_owned() }
}

/// Numbers with a blank between them.
#[must_use]
pub fn numbers(values: &[f64]) -> String {
    values.iter().map(|value| number(*value)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_digits_that_they_have() {
        for (value, wanted) in
            [(0.0, "0"), (-0.00001, "0"), (1.5, "1.5"), (-12.3456789, "-12.3457"), (100.0, "100"), (0.00005, "0.0001"), (1e15, "1000000000000000")]
        {
            assert_eq!(number(value), wanted);
        }
        let mut value = 1e-7_f64;
        while value < 1e13 {
            for value in [value, -value, value.round() + 0.5, (value * 20_000.0).round() / 20_000.0] {
                assert_eq!(number(value), exact(value), "{value}");
            }
            value *= 1.000_7;
        }
        for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX] {
            assert_eq!(number(odd), exact(odd));
        }
    }
}
