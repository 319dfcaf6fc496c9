//! The language server as a client sees it: the real process, over its standard input and
//! output.

#[path = "../support/mod.rs"]
mod support;

mod actions;
mod cancellation;
mod configuration;
mod debug;
mod diagnostics;
mod documents;
mod encodings;
mod garbage;
mod ignore;
mod lifecycle;
mod ordering;
mod panics;
mod progress;
mod pull;
mod slow;
#[cfg(unix)]
mod stdio;
mod uris;
