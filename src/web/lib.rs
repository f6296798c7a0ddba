//! A small HTTP server for one user on one machine. It knows nothing of articles.
//!
//! 1. [`server::Server`] listens on 127.0.0.1 and nowhere else, with bounds on connections, sizes and time.
//! 2. [`request::read`] makes a [`Request`] of bytes, or refuses: what another site's page or another name of this machine asks for, what leads out of a
//!    path, what has a body.
//! 3. The owner answers with a [`Reply`]: bytes, or events for as long as somebody listens ([`hub::Hub`]).
//!
//! One request a connection, no files, no state: there is little that could be wrong. A browser asks some dozens of times a second at most.

pub mod hub;
pub mod reply;
pub mod request;
pub mod server;

pub use hub::Hub;
pub use reply::Reply;
pub use request::{Method, Request};
pub use server::Server;
