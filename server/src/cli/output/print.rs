//! Writing to the terminal, or to whatever stands in its place.

use std::io::{self, ErrorKind, Write};

use gouji_analysis::{Lang, Message, message};

use crate::cli::Outcome;

/// Writes text as it is.
pub(crate) fn plain(text: &str, lang: Lang) -> Outcome {
    outcome(io::stdout().lock().write_all(text.as_bytes()), lang)
}

/// Writes text whose colours only a terminal gets to see.
pub(crate) fn styled(text: &str, lang: Lang) -> Outcome {
    let mut out = anstream::AutoStream::auto(io::stdout().lock());
    outcome(out.write_all(text.as_bytes()).and_then(|()| out.flush()), lang)
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
    // With nobody left to tell, there is nothing to do.
    let _ = writeln!(io::stderr().lock(), "gouji: {text}");
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
