//! The command line: arguments, dispatch, exit codes.
//!
//! Exit 0: nothing at the failing level; 1: findings; 2: wrong usage or unreadable input,
//! said in one line on stderr. What is wrong in a report is decided by the analysis alone.

mod args;
mod check;
mod encoding;
mod explain;
mod extract;
mod fix;
mod help;
mod input;
mod new;
mod ordered;
mod output;
pub mod pages;
mod progress;
mod settings;
mod write;

use std::ffi::OsString;
use std::process::ExitCode;

use gouji_analysis::Lang;

use args::Command;
use help::Stop;
use output::print;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// Nothing at the failing level.
    Clean,
    /// Findings.
    Findings,
    /// Wrong usage or unreadable input.
    Failed,
}

/// Runs the program on its command line.
#[must_use]
pub fn main() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().collect();
    // Editors wait for this, and building the parser takes a third of the time to the first answer.
    if let [_, command, rest @ ..] = &args[..]
        && command == "lsp"
        && rest.iter().all(|it| it == "--stdio")
    {
        return crate::lsp::run();
    }
    let (lang, parsed) = help::parse(&args);
    let outcome = match parsed {
        Ok(args) if matches!(args.command, Command::Lsp { .. }) => return crate::lsp::run(),
        Ok(args) => run(&args.command, lang),
        Err(Stop::Show(text)) => print::plain(&text, lang),
        Err(Stop::Wrong(message)) => print::error(&message, lang),
    };
    ExitCode::from(outcome as u8)
}

fn run(command: &Command, lang: Lang) -> Outcome {
    print::panics_on_one_line();
    match command {
        Command::Check(args) => check::run(args, lang),
        Command::Fix(args) => fix::run(args, lang),
        Command::Extract(args) => extract::run(args, lang),
        Command::New(args) => new::run(args, lang),
        Command::Explain { code } => explain::explain(code, lang),
        Command::Rules { format } => explain::rules(*format, lang),
        Command::Lsp { .. } => Outcome::Clean,
    }
}
