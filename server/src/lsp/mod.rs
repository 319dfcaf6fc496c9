//! The language server on standard input and output.
//!
//! The only part of the program that knows tower-lsp. In the order in which a message meets
//! them: [`stdio`] (bytes), [`frames`] (messages), [`transport`] (the loop), [`ingress`]
//! (cancellation, panics), [`server`] (one method per message), [`documents`] (state).
//! [`diagnostics`] has one task per document, and what editors ask by themselves a thread of
//! its own ([`beside`]). What leaves is a [`framed`] message in the [`outbox`]; [`client`] is
//! whom the server asks. Offsets are bytes; [`from_proto`] and [`to_proto`] alone convert
//! positions.

mod actions;
mod beside;
mod blank_report;
mod capabilities;
mod client;
mod completion;
mod configuration;
mod debug;
mod diagnostics;
mod documents;
mod formatting;
mod framed;
mod frames;
mod from_proto;
mod hash;
mod hints;
mod hooks;
mod hover;
mod ingress;
mod lenient;
mod lines;
mod log;
mod navigation;
mod outbox;
mod outline;
mod peer;
mod preview;
mod progress;
mod publication;
mod pull;
mod server;
mod session;
mod spelling;
mod stdio;
mod to_proto;
mod tokens;
mod transport;

use std::process::ExitCode;
use std::sync::Arc;

use client::Client;
use diagnostics::Publisher;
use ingress::Ingress;
use outbox::Outbox;
use spelling::Spellings;
use stdio::Stdio;
use transport::Transport;

/// Serves one client on standard input and output until it says `exit` or its end closes.
#[must_use]
pub fn run() -> ExitCode {
    log::panics_on_one_line();
    // One thread is enough for the protocol; long analyses run on the blocking pool.
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            log::line(format_args!("cannot start: {error}"));
            return ExitCode::from(2);
        }
    };
    let shut_down = runtime.block_on(serve());
    // A reader blocked on stdin must not be waited for.
    runtime.shutdown_background();
    if shut_down { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn serve() -> bool {
    let Stdio { input, mut output, restore } = Stdio::open();
    let spellings = Arc::new(Spellings::default());
    let outbox = Outbox::new(output.now.take());
    let client = Client::new(outbox.clone(), Arc::clone(&spellings));
    let publisher = Publisher {
        outbox: outbox.clone(),
        spellings: Arc::clone(&spellings),
        client: client.clone(),
    };
    let ingress = Ingress::new(server::service(publisher, client.clone()), spellings);
    let shut_down = match Transport::new(input, ingress, client, outbox) {
        Ok(transport) => transport.serve(output).await,
        Err(error) => {
            log::line(format_args!("cannot start: {error}"));
            false
        }
    };
    drop(restore);
    shut_down
}
