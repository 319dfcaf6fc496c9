//! The language server on standard input and output.
//!
//! The only part of the program that knows tower-lsp. In the order in which a message meets
//! them: [`frames`] (bytes), [`ingress`] (cancellation, panics, exit), [`server`] (one method
//! per message), [`documents`] (state). [`diagnostics`] runs beside, one task per document.
//! Offsets are bytes; [`from_proto`] and [`to_proto`] alone convert positions.

mod actions;
mod capabilities;
mod diagnostics;
mod documents;
mod frames;
mod from_proto;
mod hooks;
mod ingress;
mod lenient;
mod log;
mod server;
mod session;
mod spelling;
mod to_proto;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tower_lsp::Server as Transport;

use ingress::{Ingress, Lifecycle};
use spelling::Spellings;

/// Requests that may be under way at once; tower-lsp's own four would let slow ones block
/// all others.
const CONCURRENCY: usize = 64;

/// Bytes between the reader of frames and tower-lsp.
const PIPE: usize = 1 << 16;

/// How long answers may take to leave after `exit`: a client that reads no more must not
/// keep the process alive.
const GRACE: Duration = Duration::from_secs(1);

/// Serves one client on standard input and output until it says `exit` or its end closes.
#[must_use]
pub fn run() -> ExitCode {
    log::panics_on_one_line();
    // One thread is enough for the protocol; analysis runs on the blocking pool.
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            log::line(format_args!("cannot start: {error}"));
            return ExitCode::from(2);
        }
    };
    let lifecycle = Arc::new(Lifecycle::default());
    runtime.block_on(serve(&lifecycle));
    // A reader blocked on stdin must not be waited for.
    runtime.shutdown_background();
    if lifecycle.was_shut_down() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn serve(lifecycle: &Arc<Lifecycle>) {
    let spellings = Arc::new(Spellings::default());
    let (service, socket) = server::service(&spellings);
    let ingress = Ingress::new(service, spellings, Arc::clone(lifecycle));
    let (output, input) = tokio::io::duplex(PIPE);
    let transport =
        Transport::new(input, tokio::io::stdout(), socket).concurrency_level(CONCURRENCY);
    // A task of its own, so that a panic inside tower-lsp still ends in an exit code of ours.
    let mut served = tokio::spawn(transport.serve(ingress));
    tokio::select! {
        _ = &mut served => return,
        () = frames::forward(tokio::io::stdin(), output) => (),
        () = lifecycle.exited() => (),
    }
    // The pipe is closed now: tower-lsp writes what is under way and ends.
    if tokio::time::timeout(GRACE, served).await.is_err() {
        log::line("the client does not read; leaving");
    }
}
