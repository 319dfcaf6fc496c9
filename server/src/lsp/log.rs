//! The server's log: lines on stderr, which every client shows or keeps.
//!
//! stdout is the protocol's. A client that closed stderr costs the line, nothing else; the
//! macros of the standard library would panic.

use std::fmt::Display;
use std::io::Write;
use std::panic::PanicHookInfo;

/// Writes one line.
pub(super) fn line(text: impl Display) {
    let text = text.to_string().replace(['\r', '\n'], " ");
    let _ = writeln!(std::io::stderr().lock(), "gouji: {text}");
}

/// Makes a panic one line instead of a page: they are caught, and the server goes on.
pub(super) fn panics_on_one_line() {
    std::panic::set_hook(Box::new(|info| line(describe(info))));
}

fn describe(info: &PanicHookInfo) -> String {
    let payload = info.payload();
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let reason = text.unwrap_or("no reason given");
    match info.location() {
        Some(at) => format!("panic at {}:{}: {reason}", at.file(), at.line()),
        None => format!("panic: {reason}"),
    }
}
