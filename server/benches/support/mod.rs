//! What the benches share: documents, the places at which they are edited, and the one call
//! that edits and checks.

#![allow(dead_code, reason = "each bench uses its own part")]

mod numbers;
pub(crate) mod random;
pub(crate) mod reports;
pub(crate) mod session;
pub(crate) mod statistics;

use std::process::ExitCode;

/// What `cargo bench` says to every bench.
#[derive(clap::Args)]
pub(crate) struct Harness {
    /// Runs once, with little, to see that it runs.
    #[arg(long, hide = true)]
    pub(crate) test: bool,
    /// Said by `cargo bench`.
    #[arg(long, hide = true)]
    bench: bool,
}

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
