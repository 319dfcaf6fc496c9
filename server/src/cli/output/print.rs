//! Writing to the terminal, or to whatever stands in its place.

use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};

use gouji_analysis::{Lang, Message, message};

use crate::cli::{Outcome, progress};

/// Bytes that are written at once.
const BUFFER: usize = 1 << 16;

/// Standard output, which results are written to as they come.
pub(crate) struct Out {
    buffer: BufWriter<Box<dyn Write + Send>>,
    is_terminal: bool,
    /// Why nothing more is written.
    failed: Option<io::Error>,
}

impl Out {
    /// Writes text as it is.
    pub(crate) fn plain() -> Self {
        Self::new(Box::new(io::stdout()))
    }

    /// Writes text whose colours only a terminal gets to see.
    pub(crate) fn styled() -> Self {
        Self::new(Box::new(anstream::AutoStream::auto(io::stdout())))
    }

    fn new(out: Box<dyn Write + Send>) -> Self {
        let buffer = BufWriter::with_capacity(BUFFER, out);
        Self { buffer, is_terminal: io::stdout().is_terminal(), failed: None }
    }

    /// Whether people see this output: then JSON, which is one line, leaves no room for another.
    pub(crate) fn is_terminal(&self) -> bool {
        self.is_terminal
    }

    /// Writes, unless that has failed before: the work goes on without a reader, as the exit
    /// code speaks of all files.
    pub(crate) fn write(&mut self, text: &str) {
        if text.is_empty() || self.failed.is_some() {
            return;
        }
        let mut written = self.buffer.write_all(text.as_bytes());
        if self.is_terminal {
            progress::clear(&mut io::stderr().lock());
            written = written.and_then(|()| self.buffer.flush());
        }
        self.failed = written.err();
    }

    /// Writes what is left, and says on stderr why not all was written.
    pub(crate) fn end(mut self, lang: Lang) -> Outcome {
        let flushed = match self.failed.take() {
            Some(error) => Err(error),
            None => self.buffer.flush(),
        };
        // What could not be written is not tried again.
        let _ = self.buffer.into_parts();
        outcome(flushed, lang)
    }
}

/// Writes text as it is.
pub(crate) fn plain(text: &str, lang: Lang) -> Outcome {
    outcome(io::stdout().lock().write_all(text.as_bytes()), lang)
}

/// Says in one line on stderr what went wrong.
pub(crate) fn error(message: &Message, lang: Lang) -> Outcome {
    let word = message::sentence("severity.error", lang);
    line(&format!("{word}: {}", message.text(lang)));
    Outcome::Failed
}

/// Says in one line on stderr what is worth knowing.
pub(crate) fn note(message: &Message, lang: Lang) {
    line(&message.text(lang));
}

/// Makes a panic one line instead of a page: it costs one rule or one file.
pub(crate) fn panics_on_one_line() {
    std::panic::set_hook(Box::new(|info| {
        let payload = info.payload();
        let text = payload.downcast_ref::<&str>().copied();
        let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        let at = info.location().map(ToString::to_string).unwrap_or_default();
        line(&format!("panic: {at}: {}", text.unwrap_or_default()));
    }));
}

fn line(text: &str) {
    let text = text.replace(['\r', '\n'], " ");
    let mut stderr = io::stderr().lock();
    progress::clear(&mut stderr);
    // With nobody left to tell, there is nothing to do.
    let _ = writeln!(stderr, "gouji: {text}");
}

/// A reader that has seen enough, as `head`, is no failure.
fn outcome(written: io::Result<()>, lang: Lang) -> Outcome {
    match written.and_then(|()| io::stdout().lock().flush()) {
        Err(it) if it.kind() != ErrorKind::BrokenPipe => {
            error(&Message::new("cli.stdout").with("detail", it), lang)
        }
        _ => Outcome::Clean,
    }
}
