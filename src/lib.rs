//! The program.

pub mod pdf;
pub mod proof;
