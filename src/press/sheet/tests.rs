//! Sheets in millimetres: the leaves are put into each other as paper of a thickness goes, and each page has to come to stand over the others.

use super::*;
use crate::impose::plan;
use crate::profile::Profile;

/// How much a page may be off once all is folded, in millimetres.
const OFF: f64 = 0.1;

/// By how much the leaves around a leaf push its fold outwards: the paper of each, one after the other from the outside.
fn pushed(leaf: usize, leaves: usize, thickness: f64) -> f64 {
    let (before, behind) = (leaf, leaves - 1 - leaf);
    (0..before.min(behind)).fold(0.0, |all, _| all + thickness)
}

/// Lays out all sheets of so many pages, and gives the place of each page's spine edge from its fold, in millimetres, with what of it is seen.
fn edges(pages: usize, imposition: &str) -> Vec<(usize, f64, f64)> {
    let text = format!("description = 'a'\n[sheet]\nbleed = 3\n[imposition]\n{imposition}");
    let profile = Profile::parse(&text).unwrap_or_else(|refused| panic!("{imposition}: {refused:?}"));
    let maker = Maker { profile: &profile, mode: Mode::Colour, font: &[], folds: &[], slug: String::new() };
    let (width, height) = (148.0 * MM, 210.0 * MM);
    let mut found = Vec::new();
    for side in plan(pages, profile.imposition.as_ref().expect("there is one")) {
        let layout = maker.layout(&side, width, height).expect("it fits");
        let cells = side.rows.iter().flatten().filter(|cell| cell.page.is_some());
        for (cell, (page, matrix, clip)) in cells.zip(&layout.places) {
            let (right, _) = matrix.point(if cell.turned { 0.0 } else { width }, 0.0);
            let edge = if cell.spine_right { right } else { right - width };
            let fold = layout.folds_x.iter().copied().min_by(|one, other| (one - edge).abs().total_cmp(&(other - edge).abs())).expect("a fold");
            let outwards = if cell.spine_right { fold - edge } else { edge - fold };
            // What is seen at the edge that is cut off: the page's own bleed, which creep may not use up.
            let seen = if cell.spine_right { right - width - clip.x0 } else { clip.x1 - right };
            found.push((*page, outwards / MM, seen / MM));
        }
    }
    found
}

#[test]
fn pages_of_a_booklet_stand_over_each_other() {
    for (pages, thickness) in [(8, 0.1), (64, 0.12), (136, 0.08)] {
        for binding in ["left", "right"] {
            for (page, edge, _) in edges(pages, &format!("scheme = 'saddle-stitch'\nthickness = {thickness}\nbinding = '{binding}'")) {
                let stands = pushed(page / 2, pages / 2, thickness) + edge;
                assert!(stands.abs() < OFF, "page {} of {pages}, {binding}: {stands} mm from where it should be", page + 1);
            }
        }
    }
}

#[test]
fn pages_of_a_section_stand_over_each_other() {
    for signature in [4, 8, 16, 32] {
        for turn in ["sheetwise", "work-and-turn", "work-and-tumble"] {
            for binding in ["left", "right"] {
                let wish = format!("scheme = 'perfect-bound'\nsignature = {signature}\nturn = '{turn}'\nbinding = '{binding}'\nthickness = 0.3\nspine = 3");
                for (page, edge, _) in edges(3 * signature, &wish) {
                    // What is milled off is between the fold and the page, for every leaf the same.
                    let stands = pushed(page % signature / 2, signature / 2, 0.3) + edge - 3.0;
                    assert!(stands.abs() < OFF, "page {}, {wish}: {stands} mm", page + 1);
                }
            }
        }
    }
}

#[test]
fn bleed_is_left_where_it_is_cut() {
    // 136 pages of 0.08 mm creep by 2.6 mm in the middle, and have bleed to the edge of what is seen.
    for (page, edge, seen) in edges(136, "scheme = 'saddle-stitch'\nthickness = 0.08") {
        assert!(seen - 3.0 > -0.01 && seen < 6.0 + edge.abs(), "page {}: {seen} mm", page + 1);
    }
}
