//! What the tests of the passes share.
