//! What a style made of a citation, led back to the leaves of the master.
//!
//! 1. [`Shown::of`] lays the style's output out as characters, and remembers what each stretch looks like and which construct made it.
//! 2. [`place`] looks for each field in it, the longest first: names in the output of their name, dates in that of dates, the rest elsewhere.
//! 3. What is found is shown by its leaves; what is found in other letters, and what is shown in a shorter form, is text of the program, and its
//!    leaves are omitted as `formatted`.
//! 4. What is not found at all is set after the entry, so that nothing is lost.

use hayagriva::citationberg::taxonomy::NameVariable;
use hayagriva::citationberg::{Display, FontStyle, FontVariant, FontWeight, TextDecoration, VerticalAlign};
use hayagriva::{ElemChild, ElemChildren, ElemMeta, Formatting};
use indexmap::IndexMap;

use super::Words;
use super::entry::{is_address_of_doi, ordinal};
use super::fields::{Fields, relettered, retire};
use crate::leaf::{Leaves, Reason};
use crate::model::citation::{Field, Part, Role};
use crate::model::doi;
use crate::model::inline::{Inline, Inlines, Link, Style};
use crate::source::Span;

/// Which construct of the style made a stretch of the output.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Maker {
    /// One name.
    Name(Role, usize),
    /// A date.
    Date,
    /// Anything else.
    Else,
}

/// A stretch of the output that looks the same.
struct Run {
    from: usize,
    to: usize,
    formatting: Formatting,
    href: Option<String>,
    maker: Maker,
}

/// The output of a style.
struct Shown {
    chars: Vec<char>,
    /// The same characters without the differences that styles make: case, dashes, quotation marks.
    plain: Vec<char>,
    runs: Vec<Run>,
    /// Where each name stands.
    names: IndexMap<(Role, usize), (usize, usize)>,
}

/// A field that was found.
struct Found {
    from: usize,
    to: usize,
    field: usize,
}

/// A citation as its style sets it, by its leaves. `others` is what stands for further persons.
pub(super) fn align(leaves: &mut Leaves, others: &str, words: &Words, fields: &Fields, output: &ElemChildren) -> Inlines {
    let shown = Shown::of(output);
    let (mut found, mut missed) = place(&shown, fields);
    let season = season(fields, &mut missed);
    found.sort_by_key(|found| found.from);
    let mut bodies: Vec<Inlines> = Vec::with_capacity(found.len());
    for place in &found {
        let body = &fields.citation.fields[place.field].body;
        let letters = &shown.chars[place.from..place.to];
        let same = fields.texts[place.field].chars().eq(letters.iter().copied());
        // A year keeps the letter that the master gave it.
        bodies.push(if same || fields.citation.fields[place.field].part == Part::Year {
            body.clone()
        } else {
            changed(leaves, body, letters, &fields.texts[place.field])
        });
        if let Some((season, body)) = season.zip(bodies.last_mut()).filter(|_| fields.citation.fields[place.field].part == Part::Year) {
            body.push(Inline::Generated(" ".to_owned()));
            body.extend(fields.citation.fields[season].body.clone());
        }
    }
    let mut line = assemble(&shown, &found, bodies, fields.citation.span);
    et_al(others, fields, &shown, &mut line);
    let rest = settle_missed(leaves, fields, &found, missed);
    append_rest(leaves, words, fields, &rest, &mut line.run);
    line.run
}

/// The season of a journal that comes out four times a year, which stands after its year; the engine for CSL knows months only.
fn season(fields: &Fields, missed: &mut Vec<usize>) -> Option<usize> {
    let all = &fields.citation.fields;
    let is_year_missed = missed.iter().any(|at| all[*at].part == Part::Year);
    let has = |part: Part| all.iter().filter(|field| field.part == part).count();
    let place = missed.iter().position(|at| all[*at].part == Part::Season).filter(|_| !is_year_missed && has(Part::Year) == 1 && has(Part::Month) == 0)?;
    Some(missed.remove(place))
}

/// A field that is shown in other letters.
fn changed(leaves: &mut Leaves, body: &Inlines, letters: &[char], text: &str) -> Inlines {
    if text.chars().count() == letters.len() {
        return relettered(leaves, body, &mut letters.iter());
    }
    if retire(leaves, body, Reason::Formatted) { vec![Inline::Generated(letters.iter().collect())] } else { body.clone() }
}

impl Shown {
    fn of(output: &ElemChildren) -> Self {
        let mut shown = Self { chars: Vec::new(), plain: Vec::new(), runs: Vec::new(), names: IndexMap::new() };
        shown.children(output, Maker::Else);
        // Blanks at the ends are the list's affair.
        while shown.chars.last().is_some_and(|c| c.is_whitespace()) {
            shown.chars.pop();
            shown.plain.pop();
        }
        let end = shown.chars.len();
        for run in &mut shown.runs {
            run.to = run.to.min(end);
        }
        shown.runs.retain(|run| run.from < run.to);
        shown
    }

    fn children(&mut self, children: &ElemChildren, maker: Maker) {
        for child in &children.0 {
            match child {
                ElemChild::Text(text) => self.text(&text.text, text.formatting, None, maker),
                ElemChild::Link { text, url } => self.text(&text.text, text.formatting, Some(url.clone()), maker),
                ElemChild::Markup(text) => self.text(text, Formatting::default(), None, maker),
                ElemChild::Transparent { .. } => {}
                ElemChild::Elem(elem) => {
                    if matches!(elem.display, Some(Display::Block | Display::Indent | Display::RightInline))
                        && self.chars.last().is_some_and(|c| !c.is_whitespace())
                    {
                        self.text(" ", Formatting::default(), None, Maker::Else);
                    }
                    let inner = match &elem.meta {
                        Some(ElemMeta::Name(variable, at)) => role(*variable).map_or(Maker::Else, |role| Maker::Name(role, *at)),
                        Some(ElemMeta::Date) => Maker::Date,
                        Some(
                            ElemMeta::Names(_)
                            | ElemMeta::Text
                            | ElemMeta::Number
                            | ElemMeta::Label
                            | ElemMeta::CitationNumber
                            | ElemMeta::Entry(_)
                            | ElemMeta::CitationLabel,
                        )
                        | None => maker,
                    };
                    let from = self.chars.len();
                    self.children(&elem.children, inner);
                    if let Maker::Name(role, at) = inner
                        && inner != maker
                    {
                        self.names.entry((role, at)).or_insert((from, self.chars.len()));
                    }
                }
            }
        }
    }

    fn text(&mut self, text: &str, formatting: Formatting, href: Option<String>, maker: Maker) {
        let from = self.chars.len();
        self.chars.extend(text.chars());
        self.plain.extend(text.chars().map(plain));
        if from < self.chars.len() {
            self.runs.push(Run { from, to: self.chars.len(), formatting, href, maker });
        }
    }

    /// Whether the names of a role end in an initial that the style gives a stop: other initials of theirs have one.
    fn ends_in_initial(&self, role: Role, end: usize) -> bool {
        let letters = self.chars[..end].iter().rev().take_while(|c| c.is_alphabetic()).count();
        let stops = |(from, to): &(usize, usize)| self.chars[*from..*to].contains(&'.');
        letters == 1 && self.names.iter().any(|((named, _), place)| *named == role && stops(place))
    }

    /// What made each character.
    fn makers(&self) -> Vec<Maker> {
        let mut makers = vec![Maker::Else; self.chars.len()];
        for run in &self.runs {
            makers[run.from..run.to].fill(run.maker);
        }
        makers
    }
}

/// A character without what styles change of it.
fn plain(c: char) -> char {
    match c {
        '–' | '—' | '‐' | '‑' | '−' => '-',
        '“' | '”' | '„' | '«' | '»' | '"' | '‘' | '’' | '‚' | '‹' | '›' | '\'' => '\'',
        '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

fn role(variable: NameVariable) -> Option<Role> {
    Some(match variable {
        NameVariable::Author => Role::Author,
        NameVariable::Editor | NameVariable::EditorTranslator => Role::Editor,
        NameVariable::Translator => Role::Translator,
        NameVariable::Compiler => Role::Compiler,
        NameVariable::Director => Role::Director,
        NameVariable::Illustrator => Role::Illustrator,
        _ => return None,
    })
}

/// Finds the fields in the output. Beside them: those that were not found.
fn place(shown: &Shown, fields: &Fields) -> (Vec<Found>, Vec<usize>) {
    let makers = shown.makers();
    let mut taken = vec![false; shown.chars.len()];
    let mut found = Vec::new();
    let mut missed = Vec::new();
    let mut others = Vec::new();
    for role in [Role::Author, Role::Editor, Role::Translator, Role::Compiler, Role::Director, Role::Illustrator, Role::Other] {
        for (at, (_, pieces)) in fields.persons(role).into_iter().enumerate() {
            let Some((from, to)) = shown.names.get(&(role, at)).copied() else {
                missed.extend(pieces);
                continue;
            };
            for piece in longest_first(pieces, fields) {
                match find(shown, &taken, (from, to), &fields.texts[piece], false, |_| true) {
                    Some(place) => take(&mut taken, &mut found, place, piece),
                    None => missed.push(piece),
                }
            }
        }
    }
    others.extend((0..fields.citation.fields.len()).filter(|at| !fields.citation.fields[*at].part.is_name()));
    for at in longest_first(others, fields) {
        let field = &fields.citation.fields[at];
        let text = fields.texts[at].as_str();
        let whole = (0, shown.chars.len());
        let fits = |place: usize| match makers[place] {
            Maker::Date => field.part.is_date() || field.part == Part::Accessed,
            Maker::Name(..) => false,
            Maker::Else => !field.part.is_date() || field.part == Part::Season,
        };
        let stop = text.trim_end_matches(['.', ',', ';', ':', ' ']);
        let seek = |text: &str, suffixed: bool| find(shown, &taken, whole, text, suffixed, fits);
        let place = if matches!(field.part, Part::Other | Part::EtAl) {
            None
        } else if matches!(field.part, Part::Doi | Part::Link) {
            seek(text, true).or_else(|| seek(doi::bare(text), true).filter(|_| field.part == Part::Doi))
        } else if field.part == Part::Year {
            seek(text, false).or_else(|| seek(digits(text), false))
        } else {
            let exact = seek(text, false).or_else(|| seek(stop, false));
            exact.or_else(|| seek(ordinal(text), true).filter(|_| field.part == Part::Edition))
        };
        match place {
            Some(place) => take(&mut taken, &mut found, place, at),
            None => missed.push(at),
        }
    }
    (found, missed)
}

/// The digits at the head of a text: the year in “2001a”.
fn digits(text: &str) -> &str {
    &text[..text.bytes().take_while(u8::is_ascii_digit).count()]
}

fn longest_first(mut places: Vec<usize>, fields: &Fields) -> Vec<usize> {
    places.sort_by_key(|at| std::cmp::Reverse(fields.texts[*at].len()));
    places
}

fn take(taken: &mut [bool], found: &mut Vec<Found>, (from, to): (usize, usize), field: usize) {
    taken[from..to].fill(true);
    found.push(Found { from, to, field });
}

/// Whether a letter is of a script that puts no blanks between words: Chinese, Japanese, and Korean names.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
}

/// The first free place of a text, as a word of its own; `suffixed` allows letters to follow it, as they do a year (“2001a”).
fn find(shown: &Shown, taken: &[bool], (from, to): (usize, usize), text: &str, suffixed: bool, fits: impl Fn(usize) -> bool) -> Option<(usize, usize)> {
    let wanted: Vec<char> = text.chars().map(plain).collect();
    let (first, last) = (wanted.first()?, wanted.last()?);
    if wanted.len() > to - from {
        return None;
    }
    (from..=to - wanted.len()).find_map(|at| {
        let end = at + wanted.len();
        let matches = shown.plain[at] == *first && !taken[at] && fits(at) && shown.plain[at..end] == wanted[..];
        let parted = |inner: char, outer: Option<&char>| {
            !inner.is_alphanumeric() || outer.is_none_or(|outer| !outer.is_alphanumeric() || is_unspaced(*outer) || is_unspaced(inner))
        };
        let alone = matches
            && parted(*first, at.checked_sub(1).and_then(|before| shown.chars.get(before)))
            && (suffixed || parted(*last, shown.chars.get(end)))
            && taken[at..end].iter().all(|taken| !taken);
        alone.then_some((at, end))
    })
}

/// A line, and which place of the output each of its pieces begins at.
struct Line {
    run: Inlines,
    starts: Vec<usize>,
}

/// Puts the line together: the leaves where they were found, the style's own text between them, all in the style's looks.
fn assemble(shown: &Shown, found: &[Found], bodies: Vec<Inlines>, span: Span) -> Line {
    let mut line = Line { run: Inlines::new(), starts: Vec::new() };
    let kept = kept(shown, found);
    let mut bodies = found.iter().zip(bodies).peekable();
    let mut at = 0;
    for run in &shown.runs {
        let mut pieces = Inlines::new();
        let start = at.max(run.from);
        at = start;
        while at < run.to {
            let next = bodies.peek().map_or(run.to, |(found, _)| found.from.min(run.to));
            if at < next {
                let text: String = (at..next).filter(|at| kept[*at]).map(|at| shown.chars[at]).collect();
                if !text.is_empty() {
                    pieces.push(Inline::Generated(text));
                }
                at = next;
            }
            if let Some((found, body)) = bodies.next_if(|(found, _)| found.from == at && at < run.to) {
                pieces.extend(body);
                at = found.to;
            }
        }
        if pieces.is_empty() {
            continue;
        }
        if let Some(href) = &run.href {
            pieces = vec![Inline::Link(Link { href: href.clone(), body: unlinked(pieces), span })];
        }
        for piece in dressed(pieces, run.formatting) {
            line.run.push(piece);
            line.starts.push(start);
        }
    }
    line
}

/// Which characters of the style's own are set: a stop is not doubled, no blank stands before a comma, and a Russian year has no “г.”, which
/// the locale of CSL gives it and the standards do not (GOST R 7.0.5-2008, 7.6).
fn kept(shown: &Shown, found: &[Found]) -> Vec<bool> {
    let mut kept = vec![true; shown.chars.len()];
    let mut own = vec![true; shown.chars.len()];
    for found in found {
        own[found.from..found.to].fill(false);
    }
    for run in shown.runs.iter().filter(|run| run.maker == Maker::Date) {
        for at in run.from..run.to.saturating_sub(2) {
            if shown.chars[at].is_whitespace() && shown.chars[at + 1..at + 3] == ['г', '.'] {
                kept[at..at + 3].fill(false);
            }
        }
    }
    // The last two characters that are set.
    let (mut before, mut last) = (' ', ' ');
    for at in 0..shown.chars.len() {
        if !kept[at] {
            continue;
        }
        let c = shown.chars[at];
        let next = (at + 1..shown.chars.len()).find(|next| kept[*next]).filter(|next| own[*next]).map(|next| shown.chars[next]);
        let ends = |c: char| matches!(c, '.' | '?' | '!');
        let needless = match c {
            '.' => ends(last) || matches!(last, '”' | '’' | '»' | '"') && ends(before),
            ' ' | ',' if next == Some(')') => true,
            ',' if next == Some('.') => true,
            ' ' => last == ' ' && at > 0 || matches!(next, Some(';' | ',' | '.' | ':')) && !shown.chars[at + 1..].starts_with(&['.', '.']),
            _ => false,
        };
        if own[at] && needless {
            kept[at] = false;
            continue;
        }
        (before, last) = (last, c);
    }
    kept
}

/// Pieces without links of their own: one link is not to stand in another.
fn unlinked(pieces: Inlines) -> Inlines {
    pieces
        .into_iter()
        .flat_map(|piece| match piece {
            Inline::Link(link) => link.body,
            Inline::Styled(style, body) => vec![Inline::Styled(style, unlinked(body))],
            Inline::Foreign(lang, body) => vec![Inline::Foreign(lang, unlinked(body))],
            Inline::Text(_)
            | Inline::Generated(_)
            | Inline::Xref(_)
            | Inline::Note(_)
            | Inline::Image(_)
            | Inline::Formula(_)
            | Inline::Ruby(..)
            | Inline::Break
            | Inline::Place(_) => vec![piece],
        })
        .collect()
}

fn dressed(mut pieces: Inlines, formatting: Formatting) -> Inlines {
    let looks = [
        (formatting.font_style == FontStyle::Italic, Style::Italic),
        (formatting.font_weight == FontWeight::Bold, Style::Bold),
        (formatting.font_variant == FontVariant::SmallCaps, Style::SmallCaps),
        (formatting.text_decoration == TextDecoration::Underline, Style::Underline),
        (formatting.vertical_align == VerticalAlign::Sup, Style::Superscript),
        (formatting.vertical_align == VerticalAlign::Sub, Style::Subscript),
    ];
    for (_, style) in looks.into_iter().filter(|(is, _)| *is) {
        pieces = vec![Inline::Styled(style, pieces)];
    }
    pieces
}

/// `others` after the last of the persons where the master says that there are more.
fn et_al(others: &str, fields: &Fields, shown: &Shown, line: &mut Line) {
    for field in fields.citation.fields.iter().filter(|field| field.part == Part::EtAl) {
        let said = if field.body.is_empty() { vec![Inline::Generated(others.to_owned())] } else { field.body.clone() };
        let end = shown.names.iter().filter(|((role, _), _)| *role == field.role).map(|(_, (_, to))| *to).max();
        // Behind the last piece that begins before the end of the last name.
        let at = end.map_or(0, |end| line.starts.iter().take_while(|start| **start < end).count());
        // The engine gives the stop of a last initial and that of the list of names once only.
        let stop = if end.is_some_and(|end| shown.ends_in_initial(field.role, end)) { "., " } else { ", " };
        let mut piece = if at == 0 { Inlines::new() } else { vec![Inline::Generated(stop.to_owned())] };
        piece.extend(said);
        if at == 0 {
            piece.push(Inline::Generated(" ".to_owned()));
        }
        let start = if at == 0 { 0 } else { line.starts[at - 1] };
        let count = piece.len();
        if let Some(Inline::Generated(next)) = line.run.get_mut(at).filter(|_| at > 0)
            && next.starts_with('.')
            && (field.body.is_empty() || fields.citation.fields.iter().zip(&fields.texts).any(|(field, text)| field.part == Part::EtAl && text.ends_with('.')))
        {
            next.remove(0);
        }
        line.run.splice(at..at, piece);
        line.starts.splice(at..at, std::iter::repeat_n(start, count));
    }
}

/// What was not found and is no part of something that was: places of fields, in the order of the master.
fn settle_missed(leaves: &mut Leaves, fields: &Fields, found: &[Found], mut missed: Vec<usize>) -> Vec<usize> {
    missed.sort_unstable();
    let all = &fields.citation.fields;
    let is_shown = |wanted: &dyn Fn(&Field) -> bool| found.iter().any(|found| wanted(&all[found.field]));
    let mut shown_persons = vec![false; all.iter().map(|field| field.person + 1).max().unwrap_or(0)];
    for found in found.iter().filter(|found| all[found.field].part.is_name()) {
        shown_persons[all[found.field].person] = true;
    }
    let date = is_shown(&|field| field.part == Part::Year);
    let doi = is_shown(&|field| field.part == Part::Doi);
    let pages = is_shown(&|field| matches!(field.part, Part::FirstPage | Part::Pages));
    missed.retain(|at| {
        let field = &all[*at];
        if field.part == Part::EtAl {
            return false;
        }
        let reason = if field.part.is_name() && shown_persons[field.person]
            || matches!(field.part, Part::Month | Part::Day | Part::Season) && date
            || matches!(field.part, Part::LastPage | Part::Pages) && pages
        {
            Reason::Formatted
        } else if field.part == Part::FirstPage && pages || field.part == Part::Link && doi && is_address_of_doi(fields, &fields.texts[*at]) {
            Reason::Alternative
        } else {
            return true;
        };
        !retire(leaves, &field.body, reason)
    });
    missed
}

/// What the style does not show, after the entry: remarks as they stand, identifiers with their name, the rest in square brackets, with a word where that is
/// needed.
fn append_rest(leaves: &Leaves, words: &Words, fields: &Fields, rest: &[usize], line: &mut Inlines) {
    let all = &fields.citation.fields;
    let mut bracketed = Inlines::new();
    let mut remarks = Inlines::new();
    let (mut person, mut before, mut role) = (None, None, None);
    for at in rest {
        let field = &all[*at];
        let part = field.part;
        let names = [(Part::Doi, "doi:"), (Part::Pmid, "PMID: "), (Part::Pmcid, "PMCID: "), (Part::Isbn, "ISBN "), (Part::Issn, "ISSN ")];
        let text = fields.texts[*at].to_lowercase();
        // A value that brings its name needs no other.
        let named = names.iter().find(|(named, _)| *named == part).map(|(_, name)| *name);
        let named = named.filter(|name| !text.starts_with(name.trim_end_matches([' ', ':']).to_lowercase().as_str()));
        let is_remark = matches!(part, Part::Other | Part::Doi | Part::Pmid | Part::Pmcid | Part::Link);
        let line = if is_remark { &mut remarks } else { &mut bracketed };
        if !line.is_empty() {
            let gap = if is_remark || part.is_name() && person == Some(field.person) {
                " "
            } else if part == Part::LastPage && before == Some(Part::FirstPage) {
                "–"
            } else {
                "; "
            };
            line.push(Inline::Generated(gap.to_owned()));
        }
        if !is_remark {
            line.extend(Some(words.before(field, &fields.texts[*at], role)).filter(|word| !word.is_empty()).map(|word| Inline::Generated(format!("{word} "))));
            role = part.is_name().then_some(field.role);
            person = part.is_name().then_some(field.person);
            before = Some(part);
        }
        line.extend(named.map(|name| Inline::Generated(name.to_owned())));
        line.extend(field.body.clone());
    }
    // What brings its brackets, such as “(accessed on 1 May 2020)”, needs no others, and follows the address that it speaks of.
    let said = crate::model::plain::text(leaves, &bracketed);
    let has_own = said.starts_with('(') && said.ends_with(')');
    if !bracketed.is_empty() && !has_own {
        bracketed.insert(0, Inline::Generated("[".to_owned()));
        bracketed.push(Inline::Generated("]".to_owned()));
    }
    let pieces = if has_own { [remarks, bracketed] } else { [bracketed, remarks] };
    for piece in pieces {
        if piece.is_empty() {
            continue;
        }
        if !line.is_empty() {
            let ends = crate::model::plain::text(leaves, line);
            let gap = if ends.ends_with(['.', '?', '!', ']', ')']) || ends.contains("://") { " " } else { ". " };
            line.push(Inline::Generated(gap.to_owned()));
        }
        line.extend(piece);
    }
}
