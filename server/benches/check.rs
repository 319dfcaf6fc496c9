//! `gouji check` over a folder of reports, and other programs on the same files.
#![allow(clippy::print_stdout, reason = "its output is what it is for")]

mod support;

use std::io;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use clap::Parser;
use support::reports::report;
use support::statistics::{median, show};

/// Measures `gouji check` over many files.
#[derive(Parser)]
struct Options {
    /// How many reports.
    #[arg(long, default_value_t = 2000)]
    files: u64,
    /// How often each program is measured, in turn.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Another program, which is given the folder as its last argument; may be repeated.
    #[arg(long, value_name = "COMMAND")]
    peer: Vec<String>,
    #[command(flatten)]
    harness: support::Harness,
}

fn main() -> ExitCode {
    let mut options = Options::parse();
    if options.harness.test {
        (options.files, options.rounds) = (20, 1);
    }
    support::exit(compare(&options))
}

fn compare(options: &Options) -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let mut bytes = 0;
    for index in 0..options.files {
        let text = report(index);
        bytes += text.len();
        std::fs::write(folder.path().join(format!("{index}.md")), text)?;
    }
    let gouji = format!("{} check --format json", env!("CARGO_BIN_EXE_gouji"));
    let commands: Vec<&str> =
        std::iter::once(&gouji).chain(&options.peer).map(String::as_str).collect();
    let mut runs = vec![Vec::new(); commands.len()];
    for _ in 0..options.rounds {
        for (command, runs) in commands.iter().zip(&mut runs) {
            runs.push(run(command, folder.path())?);
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
    let megabytes = bytes as f64 / 1e6;
    println!("{} reports, {megabytes:.1} MB", options.files);
    println!("{:>9} {:>14}", "MB/s", "MB/s a core");
    for (command, runs) in commands.iter().zip(runs) {
        let rate =
            |at: usize| median(&runs.iter().map(|it| megabytes / it[at]).collect::<Vec<_>>());
        let name = command.replace(env!("CARGO_BIN_EXE_gouji"), "gouji");
        println!("{:>9} {:>14} {name}", show(rate(0)), show(rate(1)));
    }
    Ok(())
}

/// Seconds that a command takes on a folder, and those of all cores together.
fn run(command: &str, folder: &Path) -> io::Result<[f64; 2]> {
    let mut words = command.split_whitespace();
    let before = children();
    let start = Instant::now();
    let status = Command::new(words.next().unwrap_or_default())
        .args(words)
        .arg(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    let took = start.elapsed().as_secs_f64();
    // Findings are no failure.
    match status.code() {
        Some(0 | 1) => Ok([took, children() - before]),
        _ => Err(io::Error::other(format!("{command}: {status}"))),
    }
}

/// CPU seconds of the processes that have ended, of user and system; not a number where there
/// is no `/proc`.
fn children() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The program's name, in brackets, may hold spaces. `cutime` and `cstime` are fields 16
    // and 17, in hundredths on every Linux.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: Vec<f64> = fields.skip(13).take(2).filter_map(|it| it.parse().ok()).collect();
    if ticks.len() == 2 { (ticks[0] + ticks[1]) / 100.0 } else { f64::NAN }
}
