//! Which page stands where on which sheet: nothing but counting.
//!
//! 1. [`plan`] fills up the count of pages with blanks, and cuts it into sections.
//! 2. Each section becomes the sides of its sheets: a grid of [`Cell`]s, seen by whoever looks at that side.
//!
//! A back is drawn as it is seen after its sheet has been turned over its left or right edge.

use crate::profile::{Binding, Blanks, Imposition, Scheme, Turn};

/// A place on a side of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The page, from 0; `None` is blank.
    pub page: Option<usize>,
    /// Whether it stands on its head.
    pub turned: bool,
    /// How many leaves of the folded section lie outside of its leaf: what creep is counted in.
    pub depth: usize,
    /// Whether it is the first or the last page of its section: the two that lie outside when all is folded.
    pub outer: bool,
    /// Whether the spine is on its right as the cell is seen (before a blank is anything).
    pub spine_right: bool,
}

/// What lies between two columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seam {
    /// The fold at which pages are bound.
    Spine,
    /// Paper that is cut away.
    Cut,
}

/// A side of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// Rows from the top, each from the left.
    pub rows: Vec<Vec<Cell>>,
    /// What lies between the columns, from the left.
    pub seams: Vec<Seam>,
    /// The section, from 0.
    pub section: usize,
    /// Whether it is the outside of its section, where the marks for collation stand.
    pub outside: bool,
    /// Whether the sheet is folded between its rows and its cut columns too.
    pub folds: bool,
}

/// Front and back of sections as the binder's table has them, with the page's number and whether it stands on its head. A sheet is
/// folded until the left half lies under the right one for the last time: head first where there are as many rows as columns.
type Table = &'static [&'static [(usize, bool)]];

const FOUR: [Table; 2] = [&[&[(4, false), (1, false)]], &[&[(2, false), (3, false)]]];

const EIGHT: [Table; 2] = [&[&[(5, true), (4, true)], &[(8, false), (1, false)]], &[&[(3, true), (6, true)], &[(2, false), (7, false)]]];

const SIXTEEN: [Table; 2] = [
    &[&[(5, true), (12, true), (9, true), (8, true)], &[(4, false), (13, false), (16, false), (1, false)]],
    &[&[(7, true), (10, true), (11, true), (6, true)], &[(2, false), (15, false), (14, false), (3, false)]],
];

const THIRTY_TWO: [Table; 2] = [
    &[
        &[(5, true), (28, true), (29, true), (4, true)],
        &[(12, false), (21, false), (20, false), (13, false)],
        &[(9, true), (24, true), (17, true), (16, true)],
        &[(8, false), (25, false), (32, false), (1, false)],
    ],
    &[
        &[(3, true), (30, true), (27, true), (6, true)],
        &[(14, false), (19, false), (22, false), (11, false)],
        &[(15, true), (18, true), (23, true), (10, true)],
        &[(2, false), (31, false), (26, false), (7, false)],
    ],
];

/// The sides of all sheets, front before back.
#[must_use]
pub fn plan(pages: usize, wish: &Imposition) -> Vec<Side> {
    let right = wish.binding == Binding::Right;
    let mut sides = match wish.scheme {
        Scheme::SaddleStitch => saddle(&filled(pages, wish.blanks)),
        Scheme::PerfectBound => perfect(&filled(pages, wish.blanks), wish),
        Scheme::NUp => in_order(pages, wish),
        Scheme::CutAndStack => stacks(pages, wish),
        Scheme::Spreads => spreads(pages),
    };
    if right {
        for side in &mut sides {
            side.seams.reverse();
            for row in &mut side.rows {
                row.reverse();
                for cell in row {
                    cell.spine_right = !cell.spine_right;
                }
            }
        }
    }
    sides
}

/// The pages and as many blanks as make their count a multiple of four.
fn filled(pages: usize, blanks: Blanks) -> Vec<Option<usize>> {
    let mut all: Vec<Option<usize>> = (0..pages).map(Some).collect();
    let missing = pages.next_multiple_of(4) - pages;
    let at = match blanks {
        Blanks::BeforeLast if pages > 1 => pages - 1,
        Blanks::BeforeLast | Blanks::End => pages,
    };
    all.splice(at..at, std::iter::repeat_n(None, missing));
    all
}

/// Whether the spine is on the right of a page (from 1) as it is seen, on its head or not.
fn spine_right(number: usize, turned: bool) -> bool {
    number.is_multiple_of(2) != turned
}

fn cell(pages: &[Option<usize>], number: usize, turned: bool) -> Cell {
    let leaf = (number - 1) / 2;
    let depth = leaf.min((pages.len() / 2).saturating_sub(leaf + 1));
    Cell {
        page: pages.get(number - 1).copied().flatten(),
        turned,
        depth,
        outer: number == 1 || number == pages.len(),
        spine_right: spine_right(number, turned),
    }
}

/// Sheets of four pages in each other, the outermost first.
fn saddle(pages: &[Option<usize>]) -> Vec<Side> {
    let count = pages.len();
    (0..count / 4)
        .flat_map(|sheet| [[count - 2 * sheet, 1 + 2 * sheet], [2 + 2 * sheet, count - 1 - 2 * sheet]].map(|pair| (sheet, pair)))
        .map(|(sheet, pair)| Side {
            rows: vec![pair.map(|number| cell(pages, number, false)).to_vec()],
            seams: vec![Seam::Spine],
            section: sheet,
            outside: false,
            folds: true,
        })
        .collect()
}

/// The lengths of sections: whole ones, and what is left over in shorter ones, which stand before the last whole one, where glue holds them best.
fn sections(count: usize, signature: usize) -> Vec<usize> {
    let mut lengths = vec![signature; count / signature];
    let mut rest = count % signature;
    let mut short = Vec::new();
    while rest > 0 {
        let piece = [16, 8, 4].into_iter().find(|piece| *piece <= rest).unwrap_or(4);
        short.push(piece);
        rest = rest.saturating_sub(piece);
    }
    let at = lengths.len().saturating_sub(1);
    lengths.splice(at..at, short);
    lengths
}

/// Sections that are folded and glued.
fn perfect(pages: &[Option<usize>], wish: &Imposition) -> Vec<Side> {
    let mut sides = Vec::new();
    let mut start = 0;
    for (section, length) in sections(pages.len(), wish.signature).into_iter().enumerate() {
        let part = pages.get(start..start + length).unwrap_or_default();
        start += length;
        let [front, back] = match length {
            4 => FOUR,
            8 => EIGHT,
            16 => SIXTEEN,
            _ => THIRTY_TWO,
        };
        let grid =
            |table: Table| -> Vec<Vec<Cell>> { table.iter().map(|row| row.iter().map(|(number, turned)| cell(part, *number, *turned)).collect()).collect() };
        let (front, back) = (grid(front), grid(back));
        let columns = front.first().map_or(0, Vec::len);
        let side = |rows: Vec<Vec<Cell>>, outside: bool| {
            let seams = (1..rows.first().map_or(0, Vec::len)).map(|at| if at % 2 == 1 { Seam::Spine } else { Seam::Cut }).collect();
            Side { rows, seams, section, outside, folds: true }
        };
        match wish.turn {
            Turn::Sheetwise => sides.extend([side(front, true), side(back, false)]),
            // One plate for both sides: the front's pages beside the back's, and the sheet is turned over its side.
            Turn::WorkAndTurn => {
                let rows: Vec<Vec<Cell>> = front.into_iter().zip(back).map(|(left, right)| [left, right].concat()).collect();
                let mut plate = side(rows, true);
                // The two copies are cut apart in the middle.
                if let Some(middle) = plate.seams.get_mut(columns - 1) {
                    *middle = Seam::Cut;
                }
                sides.extend([plate.clone(), plate]);
            }
            // The same over its foot: the back's pages stand on their heads below the front's.
            Turn::WorkAndTumble => {
                let upset = back
                    .into_iter()
                    .rev()
                    .map(|row| row.into_iter().rev().map(|cell| Cell { turned: !cell.turned, spine_right: !cell.spine_right, ..cell }).collect());
                let plate = side(front.into_iter().chain(upset).collect(), true);
                sides.extend([plate.clone(), plate]);
            }
        }
    }
    sides
}

fn flat(page: Option<usize>) -> Cell {
    Cell { page, turned: false, depth: 0, outer: false, spine_right: page.is_some_and(|page| page % 2 == 1) }
}

fn flat_side(rows: Vec<Vec<Cell>>, sheet: usize) -> Side {
    let seams = vec![Seam::Cut; rows.first().map_or(0, Vec::len).saturating_sub(1)];
    Side { rows, seams, section: sheet, outside: false, folds: false }
}

/// Pages in their order, from the top left.
fn in_order(pages: usize, wish: &Imposition) -> Vec<Side> {
    let each = wish.across * wish.down;
    (0..pages.div_ceil(each))
        .map(|sheet| {
            let place = |row: usize, column: usize| flat(Some(sheet * each + row * wish.across + column).filter(|page| *page < pages));
            flat_side((0..wish.down).map(|row| (0..wish.across).map(|column| place(row, column)).collect()).collect(), sheet)
        })
        .collect()
}

/// Leaves that are cut apart and whose piles, put on each other, are in order.
fn stacks(pages: usize, wish: &Imposition) -> Vec<Side> {
    let each = wish.across * wish.down;
    let sheets = pages.div_ceil(2).div_ceil(each);
    (0..sheets)
        .flat_map(|sheet| {
            let leaf = move |row: usize, column: usize| (row * wish.across + column) * sheets + sheet;
            let side = move |back: bool| {
                let page = move |row: usize, column: usize| {
                    let page = if back { leaf(row, wish.across - 1 - column) * 2 + 1 } else { leaf(row, column) * 2 };
                    flat(Some(page).filter(|page| *page < pages))
                };
                flat_side((0..wish.down).map(|row| (0..wish.across).map(|column| page(row, column)).collect()).collect(), sheet)
            };
            [side(false), side(true)]
        })
        .collect()
}

/// Pages as they lie open before a reader.
fn spreads(pages: usize) -> Vec<Side> {
    (0..=pages / 2)
        .map(|spread| {
            let left = (2 * spread).checked_sub(1).filter(|page| *page < pages);
            let right = Some(2 * spread).filter(|page| *page < pages);
            Side { seams: vec![Seam::Spine], ..flat_side(vec![vec![flat(left), flat(right)]], spread) }
        })
        .filter(|side| side.rows.iter().flatten().any(|cell| cell.page.is_some()))
        .collect()
}

#[cfg(test)]
mod tests {
    //! The sheets are folded and cut as a binder does it, and read; nothing of the code above is used but what it gives.

    use super::*;

    /// A leaf of paper in a pile: what lies up, what lies down, and whether it stands on its head.
    type Leaf = (Option<usize>, Option<usize>, bool);

    /// A sheet, and of each place the pile that lies there.
    type Paper = Vec<Vec<Vec<Leaf>>>;

    fn wish(scheme: Scheme) -> Imposition {
        Imposition {
            scheme,
            signature: 16,
            turn: Turn::Sheetwise,
            across: 2,
            down: 1,
            binding: Binding::Left,
            thickness: 0.1,
            spine: 0.0,
            gap: 6.0,
            blanks: Blanks::End,
        }
    }

    /// Paper printed on both sides, the back turned over the left edge.
    fn printed(front: &[Vec<Cell>], back: &[Vec<Cell>]) -> Paper {
        let rows = front.iter().zip(back);
        rows.map(|(front, back)| {
            let both = front.iter().zip(back.iter().rev());
            both.map(|(up, down)| {
                assert!(up.turned == down.turned, "a leaf whose back stands on its head: {up:?} {down:?}");
                assert!(up.spine_right != down.spine_right && up.depth == down.depth, "{up:?} {down:?}");
                vec![(up.page, down.page, up.turned)]
            })
            .collect()
        })
        .collect()
    }

    fn flipped(pile: &[Leaf], over_head: bool) -> Vec<Leaf> {
        pile.iter().rev().map(|(up, down, turned)| (*down, *up, *turned != over_head)).collect()
    }

    fn left_under(paper: &Paper) -> Paper {
        paper
            .iter()
            .map(|row| {
                let half = row.len() / 2;
                (0..half).map(|at| [row[half + at].clone(), flipped(&row[half - 1 - at], false)].concat()).collect()
            })
            .collect()
    }

    fn right_under(paper: &Paper) -> Paper {
        paper
            .iter()
            .map(|row| {
                let half = row.len() / 2;
                (0..half).map(|at| [row[at].clone(), flipped(&row[row.len() - 1 - at], false)].concat()).collect()
            })
            .collect()
    }

    fn head_under(paper: &Paper) -> Paper {
        let half = paper.len() / 2;
        (0..half)
            .map(|at| {
                let (stays, goes) = (&paper[half + at], &paper[half - 1 - at]);
                stays.iter().zip(goes).map(|(stays, goes)| [stays.clone(), flipped(goes, true)].concat()).collect()
            })
            .collect()
    }

    /// Folds until one pile is left, the last time at the spine.
    fn folded(mut paper: Paper, binding: Binding) -> Vec<Leaf> {
        while paper.len() > 1 || paper[0].len() > 1 {
            let columns = paper[0].len();
            paper = match (paper.len() >= columns && paper.len() > 1, binding) {
                (true, _) => head_under(&paper),
                (false, Binding::Left) => left_under(&paper),
                (false, Binding::Right) => right_under(&paper),
            };
        }
        paper[0][0].clone()
    }

    /// The pages as a reader turns them.
    fn read(leaves: &[Leaf]) -> Vec<Option<usize>> {
        assert!(leaves.iter().all(|(_, _, turned)| !turned), "a page on its head: {leaves:?}");
        leaves.iter().flat_map(|(up, down, _)| [*up, *down]).collect()
    }

    fn in_order(found: &[Option<usize>], pages: usize) {
        let seen: Vec<usize> = found.iter().flatten().copied().collect();
        assert!(seen.iter().copied().eq(0..pages), "{pages} pages are read as {seen:?}");
        assert!(found.len() - pages < 4, "{} blanks", found.len() - pages);
    }

    #[test]
    fn a_booklet_reads_in_order() {
        for pages in [1, 2, 3, 4, 5, 8, 10, 12, 16, 135, 136] {
            for binding in [Binding::Left, Binding::Right] {
                for blanks in [Blanks::End, Blanks::BeforeLast] {
                    let sides = plan(pages, &Imposition { binding, blanks, ..wish(Scheme::SaddleStitch) });
                    // Opened sheets in a pile, the outermost at the bottom; then all are folded at once.
                    let mut first = Vec::new();
                    let mut second = Vec::new();
                    for (sheet, pair) in sides.chunks(2).enumerate() {
                        let leaves = folded(printed(&pair[0].rows, &pair[1].rows), binding);
                        assert!(pair.iter().flat_map(|side| side.rows.iter().flatten()).all(|cell| cell.depth == sheet));
                        first.push(leaves[0]);
                        second.insert(0, leaves[1]);
                    }
                    let found = read(&[first, second].concat());
                    in_order(&found, pages);
                    if blanks == Blanks::BeforeLast && pages > 1 {
                        assert_eq!(found.last(), Some(&Some(pages - 1)));
                    }
                }
            }
        }
    }

    #[test]
    fn sections_read_in_order() {
        for signature in [4, 8, 16, 32] {
            for pages in [4, 15, 16, 20, 28, 32, 52, 64, 135] {
                for binding in [Binding::Left, Binding::Right] {
                    let sides = plan(pages, &Imposition { signature, binding, ..wish(Scheme::PerfectBound) });
                    let found: Vec<_> = sides.chunks(2).flat_map(|pair| read(&folded(printed(&pair[0].rows, &pair[1].rows), binding))).collect();
                    in_order(&found, pages);
                }
            }
        }
    }

    /// The plate printed on the front, the sheet turned over its side, the plate printed again; then cut in two.
    #[test]
    fn work_and_turn_makes_two_copies() {
        for signature in [4, 8, 16, 32] {
            let sides = plan(signature, &Imposition { signature, turn: Turn::WorkAndTurn, ..wish(Scheme::PerfectBound) });
            let paper = printed(&sides[0].rows, &sides[1].rows);
            let columns = paper[0].len() / 2;
            let left: Paper = paper.iter().map(|row| row[..columns].to_vec()).collect();
            in_order(&read(&folded(left, Binding::Left)), signature);
            // The other copy lies with its back up: it is turned over.
            let right: Paper = paper.iter().map(|row| row[columns..].iter().rev().map(|pile| flipped(pile, false)).collect()).collect();
            in_order(&read(&folded(right, Binding::Left)), signature);
        }
    }

    /// The same, turned over the foot: what is behind stands on its head, and in the mirrored row.
    #[test]
    fn work_and_tumble_makes_two_copies() {
        for signature in [4, 8, 16, 32] {
            let sides = plan(signature, &Imposition { signature, turn: Turn::WorkAndTumble, ..wish(Scheme::PerfectBound) });
            let plate = &sides[0].rows;
            let paper: Paper = (0..plate.len())
                .map(|row| {
                    let behind = &plate[plate.len() - 1 - row];
                    let both = plate[row].iter().zip(behind);
                    both.map(|(up, down)| {
                        assert!(up.turned != down.turned, "{up:?} {down:?}");
                        vec![(up.page, down.page, up.turned)]
                    })
                    .collect()
                })
                .collect();
            in_order(&read(&folded(paper[..plate.len() / 2].to_vec(), Binding::Left)), signature);
            let lower: Paper = paper[plate.len() / 2..].iter().rev().map(|row| row.iter().map(|pile| flipped(pile, true)).collect()).collect();
            in_order(&read(&folded(lower, Binding::Left)), signature);
        }
    }

    #[test]
    fn cut_piles_are_in_order() {
        for (across, down) in [(1, 1), (2, 1), (2, 2), (3, 2)] {
            for pages in [1, 7, 24, 41] {
                let sides = plan(pages, &Imposition { across, down, ..wish(Scheme::CutAndStack) });
                let sheets: Vec<Paper> = sides
                    .chunks(2)
                    .map(|pair| {
                        let rows = pair[0].rows.iter().zip(&pair[1].rows);
                        rows.map(|(front, back)| front.iter().zip(back.iter().rev()).map(|(up, down)| vec![(up.page, down.page, false)]).collect()).collect()
                    })
                    .collect();
                let piles = (0..down).flat_map(|row| (0..across).map(move |column| (row, column)));
                let found: Vec<_> = piles.flat_map(|(row, column)| sheets.iter().map(move |sheet| sheet[row][column][0])).collect();
                let seen: Vec<usize> = read(&found).into_iter().flatten().collect();
                assert!(seen.iter().copied().eq(0..pages), "{seen:?}");
            }
        }
    }

    #[test]
    fn spreads_open_at_even_pages() {
        let sides = plan(5, &wish(Scheme::Spreads));
        let pairs: Vec<Vec<Option<usize>>> = sides.iter().map(|side| side.rows[0].iter().map(|cell| cell.page).collect()).collect();
        assert_eq!(pairs, [vec![None, Some(0)], vec![Some(1), Some(2)], vec![Some(3), Some(4)]]);
        let sides = plan(6, &Imposition { across: 2, down: 2, ..wish(Scheme::NUp) });
        assert_eq!(sides.len(), 2);
        assert_eq!(sides[1].rows[0][1].page, Some(5));
    }
}
