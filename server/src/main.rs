//! The program's entry.

use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("lsp") => gouji::lsp::run(),
        Some("--version") => {
            let version = env!("CARGO_PKG_VERSION");
            let said = writeln!(std::io::stdout(), "gouji {version}");
            if said.is_ok() { ExitCode::SUCCESS } else { ExitCode::from(2) }
        }
        _ => ExitCode::from(2),
    }
}
