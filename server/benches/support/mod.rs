//! What the benches share: documents, the places at which they are edited, and the one call
//! that edits and checks.

#![allow(dead_code, reason = "each bench uses its own part")]

mod numbers;
pub(crate) mod random;
pub(crate) mod reports;
pub(crate) mod session;
pub(crate) mod statistics;

use std::process::ExitCode;

/// How a bench ends, and why if it failed.
pub(crate) fn exit(done: std::io::Result<()>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
