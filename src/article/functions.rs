//! Names of functions in formulas, which are set upright with room around them (ISO 80000-2, 2.2; the names are those of LaTeX and of Russian books).

const FUNCTIONS: [&str; 46] = [
    "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "coth", "sech", "log", "ln", "lg", "exp", "lim", "limsup",
    "liminf", "max", "min", "sup", "inf", "arg", "argmax", "argmin", "det", "dim", "ker", "deg", "gcd", "hom", "Pr", "mod", "tg", "ctg", "arctg", "arcctg",
    "sh", "ch", "th", "cth", "sgn", "sign",
];

/// Those under which a limit stands on lines of their own.
const LIMITS: [&str; 16] =
    ["lim", "max", "min", "sup", "inf", "limsup", "liminf", "lim sup", "lim inf", "argmax", "argmin", "arg max", "arg min", "det", "gcd", "Pr"];

/// Whether an identifier is the name of a function.
#[must_use]
pub fn is_function(name: &str) -> bool {
    FUNCTIONS.contains(&name.trim())
}

/// Whether a limit stands under the name.
#[must_use]
pub fn takes_limits(name: &str) -> bool {
    LIMITS.contains(&name.trim())
}
