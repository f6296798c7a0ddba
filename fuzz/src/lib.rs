//! What the fuzz targets share.
//!
//! 1. [`mutate`] changes the structure of a document: elements are copied, moved, renamed, cut and put into each other.
//! 2. [`pdf`] takes bytes to the press.
//! 3. [`read`] takes bytes through everything that does not link the engine, and panics where something is lost.

pub mod mutate;
pub mod pdf;
pub mod read;
