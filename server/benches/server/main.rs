//! The server against its own floor: `gouji lsp` and a server that does nothing are given
//! the same keystrokes in turn, and the ratios of what they took are held against the goals
//! of `server/docs/performance.md`. Milliseconds drift with the machine; ratios of one round
//! do not.
#![allow(clippy::print_stdout, reason = "its output is what it is for")]

mod client;
mod goals;
mod measure;
mod noop;
mod rounds;
#[path = "../support/mod.rs"]
mod support;
mod table;
mod typing;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use measure::Pace;
use support::reports::Size;

/// Measures `gouji lsp` against a server that does nothing.
#[derive(Parser)]
struct Options {
    /// The documents.
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = Size::ALL)]
    sizes: Vec<Size>,
    /// Measured edits of each kind, for each size, server and round.
    #[arg(long, default_value_t = 300)]
    edits: usize,
    /// How often each server is measured, in turn.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Another server on standard input and output, in the same rounds; may be repeated.
    #[arg(long, value_name = "COMMAND")]
    peer: Vec<String>,
    /// Writes all that was measured.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Milliseconds between the answer to an edit and the next. Nobody types twenty keys a
    /// second; but who waits longer finds colder caches, in every server.
    #[arg(long, default_value_t = 2)]
    pause: u64,
    /// After each edit the client also asks for hints, lenses, outline, folds and colours.
    #[arg(long)]
    asking: bool,
    /// Only memory: after 100 and after 10 000 edits of the document of 10k lines.
    #[arg(long)]
    soak: bool,
    /// Is the server that does nothing but publish so many diagnostics.
    #[arg(long, value_name = "DIAGNOSTICS", hide = true)]
    noop: Option<usize>,
    #[command(flatten)]
    harness: support::Harness,
}

fn main() -> ExitCode {
    let mut options = Options::parse();
    if let Some(diagnostics) = options.noop {
        noop::serve(diagnostics);
        return ExitCode::SUCCESS;
    }
    let mut settle = Duration::from_millis(options.pause);
    if options.harness.test {
        options.sizes = Size::SMALL.to_vec();
        (options.edits, options.rounds, settle) = (4, 1, Duration::ZERO);
    }
    let pace = Pace { edits: options.edits, settle, asks: options.asking };
    support::exit(if options.soak { soak() } else { compare(&options, pace) })
}

/// The command of the server that is measured.
fn gouji() -> Vec<String> {
    vec![env!("CARGO_BIN_EXE_gouji").to_owned(), "lsp".to_owned()]
}

/// The command of the floor: this program itself.
fn floor(diagnostics: usize) -> io::Result<Vec<String>> {
    let program = std::env::current_exe()?.to_string_lossy().into_owned();
    Ok(vec![program, "--noop".to_owned(), diagnostics.to_string()])
}

fn compare(options: &Options, pace: Pace) -> io::Result<()> {
    let mut results = Vec::new();
    for size in &options.sizes {
        let rounds = rounds::measure(*size, options.rounds, &options.peer, pace)?;
        if results.is_empty() {
            table::head();
        }
        table::rows(&rounds);
        results.push(rounds);
    }
    goals::print(&results);
    if let Some(file) = &options.json {
        std::fs::write(file, format!("{:#}\n", table::json(&results)))?;
    }
    Ok(())
}

fn soak() -> io::Result<()> {
    let tell = |edits, peak, now| {
        println!("after {edits:>5} edits of 10k lines: peak {peak:.1} MB, now {now:.1} MB");
    };
    measure::soak(&gouji(), &Size::TenThousand.document(), &[100, 10_000], tell)
}
