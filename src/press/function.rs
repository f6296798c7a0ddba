//! PDF functions, as far as colours need them (ISO 32000-1, 7.10): sampled, exponential, stitched, and the calculator.
//!
//! 1. [`Function::read`] takes one, or an array of them with one output each.
//! 2. [`Function::at`] gives its outputs for some inputs. What is out of range is clamped, as the standard says.

use lopdf::{Document, Object};

use crate::read::{decoded, dictionary, floats};

/// The deepest nesting of functions and of procedures.
const MAX_DEPTH: usize = 16;

/// The most steps of a calculator, which has no loops.
const MAX_STEPS: usize = 4_096;

/// A function.
#[derive(Clone, Debug)]
pub(crate) struct Function {
    pub(crate) domain: Vec<f64>,
    range: Option<Vec<f64>>,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    Identity,
    Sampled {
        size: Vec<usize>,
        encode: Vec<f64>,
        decode: Vec<f64>,
        samples: Vec<f64>,
        outputs: usize,
    },
    Exponential {
        c0: Vec<f64>,
        c1: Vec<f64>,
        n: f64,
    },
    Stitched {
        parts: Vec<Function>,
        bounds: Vec<f64>,
        encode: Vec<f64>,
    },
    Calculator(Vec<Step>),
    /// One function an output.
    Several(Vec<Function>),
}

#[derive(Clone, Debug)]
enum Step {
    Number(f64),
    Word(Vec<u8>),
    Procedure(Vec<Step>),
}

impl Function {
    /// Reads a function; `None` where it is none, or of a kind that nobody knows.
    pub(crate) fn read(document: &Document, object: &Object) -> Option<Self> {
        Self::nested(document, object, 0)
    }

    fn nested(document: &Document, object: &Object, depth: usize) -> Option<Self> {
        if depth > MAX_DEPTH {
            return None;
        }
        let (_, object) = document.dereference(object).ok()?;
        if let Object::Array(parts) = object {
            let parts: Vec<Self> = parts.iter().map(|part| Self::nested(document, part, depth + 1)).collect::<Option<_>>()?;
            let domain = parts.first()?.domain.clone();
            return Some(Self { domain, range: None, kind: Kind::Several(parts) });
        }
        if object.as_name().is_ok_and(|name| name == b"Identity") {
            return Some(Self { domain: vec![0.0, 1.0], range: None, kind: Kind::Identity });
        }
        let dict = dictionary(document, Some(object))?;
        let list = |key: &[u8]| floats(document, dict.get(key).ok());
        let domain = list(b"Domain").filter(|domain| domain.len() >= 2)?;
        let range = list(b"Range");
        let kind = match dict.get_deref(b"FunctionType", document).ok()?.as_i64().ok()? {
            0 => {
                let range = range.as_ref()?;
                let size: Vec<usize> = list(b"Size")?.iter().map(|size| (*size as usize).max(1)).collect();
                let bits = dict.get_deref(b"BitsPerSample", document).ok()?.as_i64().ok()?;
                let bits = usize::try_from(bits).ok().filter(|bits| (1..=32).contains(bits))?;
                let outputs = range.len() / 2;
                let count = size.iter().try_fold(outputs, |all, size| all.checked_mul(*size)).filter(|count| *count <= 1 << 24)?;
                let bytes = decoded(object.as_stream().ok()?).ok()?;
                let most = ((1_u64 << bits) - 1) as f64;
                let samples = (0..count).map(|at| bits_at(&bytes, at * bits, bits) as f64 / most).collect();
                let encode = list(b"Encode").unwrap_or_else(|| size.iter().flat_map(|size| [0.0, (*size - 1) as f64]).collect());
                Kind::Sampled { decode: list(b"Decode").unwrap_or_else(|| range.clone()), size, encode, samples, outputs }
            }
            2 => Kind::Exponential {
                c0: list(b"C0").unwrap_or_else(|| vec![0.0]),
                c1: list(b"C1").unwrap_or_else(|| vec![1.0]),
                n: f64::from(dict.get_deref(b"N", document).ok()?.as_float().ok()?),
            },
            3 => {
                let parts = dict.get_deref(b"Functions", document).ok()?.as_array().ok()?;
                let parts = parts.iter().map(|part| Self::nested(document, part, depth + 1)).collect::<Option<Vec<_>>>()?;
                Kind::Stitched { bounds: list(b"Bounds")?, encode: list(b"Encode")?, parts }
            }
            4 => {
                let bytes = decoded(object.as_stream().ok()?).ok()?;
                let mut words = words(&bytes).into_iter();
                (words.next()? == b"{").then_some(())?;
                Kind::Calculator(procedure(&mut words, 0)?)
            }
            _ => return None,
        };
        Some(Self { domain, range, kind })
    }

    /// The outputs for some inputs.
    pub(crate) fn at(&self, inputs: &[f64]) -> Vec<f64> {
        let inputs: Vec<f64> = inputs.iter().enumerate().map(|(at, input)| clamp(*input, &self.domain, at)).collect();
        let outputs = match &self.kind {
            Kind::Identity => inputs,
            Kind::Sampled { size, encode, decode, samples, outputs } => sampled(&inputs, &self.domain, size, encode, decode, samples, *outputs),
            Kind::Exponential { c0, c1, n } => {
                let power = inputs.first().copied().unwrap_or(0.0).powf(*n);
                c0.iter().zip(c1).map(|(from, to)| from + power * (to - from)).collect()
            }
            Kind::Stitched { parts, bounds, encode } => {
                let x = inputs.first().copied().unwrap_or(0.0);
                let part = bounds.iter().take_while(|bound| x >= **bound).count().min(parts.len().saturating_sub(1));
                let pair = |list: &[f64], at: usize| list.get(at).copied();
                let low = if part == 0 { pair(&self.domain, 0) } else { pair(bounds, part - 1) }.unwrap_or(0.0);
                let high = pair(bounds, part).or(pair(&self.domain, 1)).unwrap_or(1.0);
                let (from, to) = (pair(encode, part * 2).unwrap_or(0.0), pair(encode, part * 2 + 1).unwrap_or(1.0));
                let x = if high > low { from + (x - low) / (high - low) * (to - from) } else { from };
                parts.get(part).map(|part| part.at(&[x])).unwrap_or_default()
            }
            Kind::Calculator(steps) => {
                let mut machine = Machine { stack: inputs, steps: 0 };
                machine.run(steps);
                let count = self.range.as_ref().map_or(machine.stack.len(), |range| range.len() / 2);
                let skip = machine.stack.len().saturating_sub(count);
                machine.stack.split_off(skip)
            }
            Kind::Several(parts) => parts.iter().map(|part| part.at(&inputs).first().copied().unwrap_or(0.0)).collect(),
        };
        match &self.range {
            Some(range) => outputs.iter().enumerate().map(|(at, output)| clamp(*output, range, at)).collect(),
            None => outputs,
        }
    }
}

fn clamp(value: f64, bounds: &[f64], at: usize) -> f64 {
    match (bounds.get(at * 2), bounds.get(at * 2 + 1)) {
        (Some(low), Some(high)) if low <= high => value.clamp(*low, *high),
        _ => value,
    }
}

/// Some bits as a number, the first the highest; what is not there is zero.
pub(crate) fn bits_at(bytes: &[u8], start: usize, bits: usize) -> u64 {
    (start..start + bits).fold(0, |all, at| all << 1 | bytes.get(at / 8).map_or(0, |byte| u64::from(byte >> (7 - at % 8) & 1)))
}

/// Between the samples that stand around a place, in as many dimensions as there are inputs.
fn sampled(inputs: &[f64], domain: &[f64], size: &[usize], encode: &[f64], decode: &[f64], samples: &[f64], outputs: usize) -> Vec<f64> {
    let places: Vec<f64> = size
        .iter()
        .enumerate()
        .map(|(at, size)| {
            let pair = |list: &[f64]| (list.get(at * 2).copied().unwrap_or(0.0), list.get(at * 2 + 1).copied().unwrap_or(1.0));
            let ((low, high), (from, to)) = (pair(domain), pair(encode));
            let x = inputs.get(at).copied().unwrap_or(0.0);
            let x = if high > low { from + (x - low) / (high - low) * (to - from) } else { from };
            x.clamp(0.0, (*size - 1) as f64)
        })
        .collect();
    let mut result = vec![0.0; outputs];
    for corner in 0..1_usize << places.len().min(8) {
        let (mut weight, mut index, mut stride) = (1.0, 0, 1);
        for (at, place) in places.iter().enumerate() {
            let low = place.floor();
            let rest = place - low;
            let step = corner >> at & 1;
            weight *= if step == 1 { rest } else { 1.0 - rest };
            let most = size.get(at).copied().unwrap_or(1);
            index += (low as usize + step).min(most - 1) * stride;
            stride *= most;
        }
        if weight > 0.0 {
            for (at, output) in result.iter_mut().enumerate() {
                *output += weight * samples.get(index * outputs + at).copied().unwrap_or(0.0);
            }
        }
    }
    result
        .iter()
        .enumerate()
        .map(|(at, value)| {
            let (low, high) = (decode.get(at * 2).copied().unwrap_or(0.0), decode.get(at * 2 + 1).copied().unwrap_or(1.0));
            low + value * (high - low)
        })
        .collect()
}

/// The words of a calculator; braces are words of their own.
fn words(bytes: &[u8]) -> Vec<Vec<u8>> {
    let text = String::from_utf8_lossy(bytes).replace('{', " { ").replace('}', " } ");
    text.lines()
        .flat_map(|line| line.split('%').next().unwrap_or_default().split_ascii_whitespace().map(|word| word.as_bytes().to_vec()).collect::<Vec<_>>())
        .collect()
}

fn procedure(words: &mut impl Iterator<Item = Vec<u8>>, depth: usize) -> Option<Vec<Step>> {
    if depth > MAX_DEPTH {
        return None;
    }
    let mut steps = Vec::new();
    loop {
        let word = words.next()?;
        match word.as_slice() {
            b"}" => return Some(steps),
            b"{" => steps.push(Step::Procedure(procedure(words, depth + 1)?)),
            text => match std::str::from_utf8(text).ok().and_then(|text| text.parse().ok()) {
                Some(number) => steps.push(Step::Number(number)),
                None => steps.push(Step::Word(word)),
            },
        }
    }
}

/// The stack machine of calculator functions; truth is 1 and 0.
struct Machine {
    stack: Vec<f64>,
    steps: usize,
}

impl Machine {
    fn pop(&mut self) -> f64 {
        self.stack.pop().unwrap_or(0.0)
    }

    fn run(&mut self, steps: &[Step]) {
        for (at, step) in steps.iter().enumerate() {
            self.steps += 1;
            if self.steps > MAX_STEPS || self.stack.len() > 256 {
                return;
            }
            match step {
                Step::Number(number) => self.stack.push(*number),
                Step::Procedure(_) => {}
                Step::Word(word) => {
                    let before = |back: usize| match at.checked_sub(back).and_then(|at| steps.get(at)) {
                        Some(Step::Procedure(steps)) => Some(steps.as_slice()),
                        _ => None,
                    };
                    match word.as_slice() {
                        b"if" => {
                            if self.pop() != 0.0 {
                                self.run(before(1).unwrap_or_default());
                            }
                        }
                        b"ifelse" => {
                            let chosen = if self.pop() != 0.0 { before(2) } else { before(1) };
                            self.run(chosen.unwrap_or_default());
                        }
                        word => self.word(word),
                    }
                }
            }
        }
    }

    fn word(&mut self, word: &[u8]) {
        let truth = |is: bool| if is { 1.0 } else { 0.0 };
        let one: Option<fn(f64) -> f64> = match word {
            b"abs" => Some(f64::abs),
            b"neg" => Some(|x| -x),
            b"ceiling" => Some(f64::ceil),
            b"floor" => Some(f64::floor),
            b"round" => Some(f64::round),
            b"truncate" | b"cvi" => Some(f64::trunc),
            b"cvr" => Some(|x| x),
            b"sqrt" => Some(|x| x.max(0.0).sqrt()),
            b"sin" => Some(|x| x.to_radians().sin()),
            b"cos" => Some(|x| x.to_radians().cos()),
            b"ln" => Some(|x| x.max(f64::MIN_POSITIVE).ln()),
            b"log" => Some(|x| x.max(f64::MIN_POSITIVE).log10()),
            b"not" => Some(|x| if x == 0.0 { 1.0 } else { 0.0 }),
            _ => None,
        };
        if let Some(one) = one {
            let x = self.pop();
            self.stack.push(one(x));
            return;
        }
        match word {
            b"true" => self.stack.push(1.0),
            b"false" => self.stack.push(0.0),
            b"pop" => drop(self.pop()),
            b"dup" => {
                let x = self.pop();
                self.stack.extend([x, x]);
            }
            b"exch" => {
                let (b, a) = (self.pop(), self.pop());
                self.stack.extend([b, a]);
            }
            b"copy" => {
                let count = (self.pop().max(0.0) as usize).min(self.stack.len());
                let top = self.stack.get(self.stack.len() - count..).unwrap_or_default().to_vec();
                self.stack.extend(top);
            }
            b"index" => {
                let back = self.pop().max(0.0) as usize;
                let value = self.stack.len().checked_sub(back + 1).and_then(|at| self.stack.get(at)).copied();
                self.stack.push(value.unwrap_or(0.0));
            }
            b"roll" => {
                let (by, count) = (self.pop() as i64, (self.pop().max(0.0) as usize).min(self.stack.len()));
                let start = self.stack.len() - count;
                if let Some(part) = self.stack.get_mut(start..).filter(|part| !part.is_empty()) {
                    part.rotate_right(usize::try_from(by.rem_euclid(count as i64)).unwrap_or(0));
                }
            }
            _ => {
                let (b, a) = (self.pop(), self.pop());
                self.stack.push(match word {
                    b"add" => a + b,
                    b"sub" => a - b,
                    b"mul" => a * b,
                    b"div" if b != 0.0 => a / b,
                    b"idiv" if b.trunc() != 0.0 => (a.trunc() / b.trunc()).trunc(),
                    b"mod" if b.trunc() != 0.0 => a.trunc() % b.trunc(),
                    b"exp" => a.powf(b),
                    b"atan" => a.atan2(b).to_degrees().rem_euclid(360.0),
                    b"eq" => truth(a == b),
                    b"ne" => truth(a != b),
                    b"gt" => truth(a > b),
                    b"ge" => truth(a >= b),
                    b"lt" => truth(a < b),
                    b"le" => truth(a <= b),
                    b"and" => (a as i64 & b as i64) as f64,
                    b"or" => (a as i64 | b as i64) as f64,
                    b"xor" => (a as i64 ^ b as i64) as f64,
                    b"bitshift" => {
                        let by = (b as i64).clamp(-31, 31);
                        (if by >= 0 { (a as i64) << by } else { a as i64 >> -by }) as f64
                    }
                    _ => 0.0,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use lopdf::{Stream, dictionary};

    use super::*;

    fn near(function: &Function, inputs: &[f64], wanted: &[f64]) {
        let found = function.at(inputs);
        assert_eq!(found.len(), wanted.len(), "{found:?}");
        assert!(found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-3), "{found:?} is not {wanted:?}");
    }

    fn read(object: Object) -> Function {
        Function::read(&Document::with_version("1.7"), &object).expect("a function")
    }

    #[test]
    fn exponential_and_stitched() {
        let to_red = dictionary! { "FunctionType" => 2, "Domain" => vec![0.into(), 1.into()], "N" => 1, "C0" => vec![0.into(), 0.into()], "C1" => vec![1.into(), 0.5.into()] };
        near(&read(to_red.clone().into()), &[0.5], &[0.5, 0.25]);
        let parts = vec![to_red.clone().into(), to_red.into()];
        let both = dictionary! { "FunctionType" => 3, "Domain" => vec![0.into(), 1.into()], "Functions" => parts, "Bounds" => vec![0.5.into()], "Encode" => vec![0.into(), 1.into(), 1.into(), 0.into()] };
        near(&read(both.clone().into()), &[0.25], &[0.5, 0.25]);
        near(&read(both.into()), &[0.75], &[0.5, 0.25]);
    }

    #[test]
    fn sampled_in_two_dimensions() {
        let dict = dictionary! { "FunctionType" => 0, "Domain" => vec![0.into(), 1.into(), 0.into(), 1.into()], "Range" => vec![0.into(), 1.into()], "Size" => vec![2.into(), 2.into()], "BitsPerSample" => 8 };
        near(&read(Stream::new(dict, vec![0, 255, 0, 255]).into()), &[0.25, 0.7], &[0.25]);
    }

    #[test]
    fn the_calculator() {
        let dict = dictionary! { "FunctionType" => 4, "Domain" => vec![0.into(), 1.into()], "Range" => vec![0.into(), 1.into(), 0.into(), 1.into()] };
        let of = |code: &str| read(Stream::new(dict.clone(), code.as_bytes().to_vec()).into());
        near(&of("{ dup 0.5 gt { 1 exch sub } { 2 mul } ifelse dup 2 div }"), &[0.25], &[0.5, 0.25]);
        near(&of("{ dup 0.5 gt { 1 exch sub } { 2 mul } ifelse dup 2 div }"), &[0.75], &[0.25, 0.125]);
        near(&of("{ 0.2 3 1 roll pop 0.1 exch }"), &[0.6], &[0.1, 0.2]);
    }
}
