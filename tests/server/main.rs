//! The language server as a client sees it: the real process, over its standard input and
//! output.

#[path = "../support/mod.rs"]
mod support;

mod actions;
mod blank_report;
mod cancellation;
mod completion;
mod configuration;
mod debug;
mod diagnostics;
mod documents;
mod encodings;
mod formatting;
mod garbage;
mod hints;
mod ignore;
mod lifecycle;
mod navigation;
mod ordering;
mod outline;
mod page;
mod panics;
mod preview;
mod progress;
mod pull;
mod slow;
#[cfg(unix)]
mod stdio;
mod tokens;
mod uris;
