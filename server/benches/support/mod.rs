//! What the benches share: documents, the places at which they are edited, and the one call
//! that edits and checks.

#![allow(dead_code, reason = "each bench uses its own part")]

mod numbers;
pub(crate) mod random;
pub(crate) mod reports;
pub(crate) mod session;
pub(crate) mod statistics;
