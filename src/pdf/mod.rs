//! Pages and PDF from a forme. The only code that names Typst's crates.
//!
//! 1. [`engine::Engine`] holds the fonts and the engine's library: one for the process.
//! 2. [`layout::Layout`] is a folder of files; [`layout::Manifest`] is what its `layout.toml` says.
//! 3. [`set`] runs the forme through the layout in a [`world`] of its own, without disk, network or clock, in as many [`passes`] as it takes, and gives [`Pages`];
//!    [`links`] and [`soften`] make some of their items anew ([`frames`]).
//! 4. [`diagnose`] turns what the engine says into diagnostics at the line of the master, and of the layout where the fault is there.
//! 5. [`cover`] draws the cover of an e-book, [`jacket`] that of printed pages, by the layout too.
//! 6. [`export`] writes the pages as a tagged, archival PDF; [`Pages::text`] writes them as lines of text, for comparison; [`Pages::drawing`] draws one, and
//!    [`Pages::fingerprint`] tells whether it is drawn as before.

pub mod calls;
mod cover;
mod diagnose;
pub mod engine;
mod export;
mod fingerprint;
pub mod fonts;
mod frames;
mod imprint;
pub mod layout;
mod links;
mod passes;
mod set;
mod soften;
mod text;
mod world;

pub use cover::{Code, Cover, Jacket, cover, jacket};
pub use engine::{Asked, Engine, Family, FontSources, system_fonts};
pub use export::{Export, export};
pub use imprint::imprint_page;
pub use set::{Keeping, Pages, Setting, forget, set, set_keeping};
pub use world::Standing;
