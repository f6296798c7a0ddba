//! A text as a reader sees it, for searching: letters without their case, words that a line divides whole.
//!
//! 1. [`Line::push`] adds what a page or a file shows, each character with the number of the thing that shows it.
//! 2. [`Line::gap`] is white space that is seen and is no character: the end of a line, the gap between two stretches.
//! 3. [`Line::find`] gives for each place of a text the things that show it.

use std::ops::Range;

/// The most places that a search gives: nobody looks at more.
const MOST: usize = 1_000;

/// A text for searching.
#[derive(Clone, Debug, Default)]
pub struct Line {
    chars: Vec<Shown>,
}

/// A character that is shown.
#[derive(Clone, Copy, Debug)]
struct Shown {
    /// The character in lower case; a blank for all white space.
    char: char,
    /// The number of the thing that shows it.
    by: usize,
    /// Whether it is a gap and no character: a word goes on over it in scripts that have no blanks.
    gap: bool,
}

impl Line {
    /// Adds a text that the thing of this number shows.
    pub fn push(&mut self, text: &str, by: usize) {
        for char in folded(text) {
            if char != ' ' || !self.ends_with_blank() {
                self.chars.push(Shown { char, by, gap: false });
            }
        }
    }

    /// Adds a gap before the thing of this number.
    pub fn gap(&mut self, by: usize) {
        if !self.ends_with_blank() {
            self.chars.push(Shown { char: ' ', by, gap: true });
        }
    }

    fn ends_with_blank(&self) -> bool {
        self.chars.last().is_none_or(|last| last.char == ' ')
    }

    /// Where a text is seen: the numbers of the first and of the last thing that shows it. Places do not overlap.
    #[must_use]
    pub fn find(&self, wanted: &str) -> Vec<Range<usize>> {
        let wanted: Vec<char> = folded(wanted.trim()).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.chars.len() && found.len() < MOST && !wanted.is_empty() {
            match self.matched(at, &wanted) {
                Some(end) => {
                    let first = self.chars.get(at).map_or(0, |shown| shown.by);
                    let last = self.chars.get(end - 1).map_or(first, |shown| shown.by);
                    found.push(first..last + 1);
                    at = end;
                }
                None => at += 1,
            }
        }
        found
    }

    /// Where a text ends that begins here.
    fn matched(&self, from: usize, wanted: &[char]) -> Option<usize> {
        let mut at = from;
        for (turn, char) in wanted.iter().enumerate() {
            // A gap stands for a blank that is asked for, and for nothing inside a word.
            while turn > 0 && *char != ' ' && self.chars.get(at)?.gap {
                at += 1;
            }
            if self.chars.get(at)?.char != *char {
                return None;
            }
            at += 1;
        }
        Some(at)
    }
}

/// A text without case and without what leaves no trace, each run of white space as one blank.
fn folded(text: &str) -> impl Iterator<Item = char> {
    let mut blank = false;
    text.chars().flat_map(char::to_lowercase).filter_map(move |c| {
        let is_blank = c.is_whitespace();
        let again = is_blank && blank;
        // What steers the setting is no letter, and stands between the letters of a word.
        if !is_blank && !article::leaf::is_visible(c) {
            return None;
        }
        blank = is_blank;
        (!again).then_some(if is_blank { ' ' } else { c })
    })
}
