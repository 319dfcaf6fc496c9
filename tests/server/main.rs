//! The language server as a client sees it: the real process, over its standard input and
//! output.

#[path = "../support/mod.rs"]
mod support;

mod actions;
mod blank_report;
mod cancellation;
mod completion;
mod diagnostics;
mod documents;
mod encodings;
mod formatting;
mod garbage;
mod lifecycle;
mod ordering;
mod panics;
mod slow;
#[cfg(unix)]
mod stdio;
mod uris;
