//! How far a long run has come: one line on a terminal, drawn over itself.
//!
//! It is drawn where results are printed and needs no thread. A library for this would bring
//! several more and still have to be told when to begin and when to be out of the way.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use gouji_analysis::{Lang, Message};
use unicode_width::UnicodeWidthStr;

/// Shorter runs show nothing.
const DELAY: Duration = Duration::from_millis(500);

/// The least time between two drawings.
const PAUSE: Duration = Duration::from_millis(100);

/// Columns of the line that is on the terminal, of which there is one. Changed with stderr
/// locked.
static SHOWN: AtomicUsize = AtomicUsize::new(0);

/// Counts files.
#[derive(Debug)]
pub(crate) struct Progress {
    done: usize,
    of: usize,
    lang: Lang,
    /// When to draw next; `None` for never.
    due: Option<Instant>,
}

impl Progress {
    /// For a run over so many files that begins now. Shown if stderr is a terminal.
    pub(crate) fn new(of: usize, lang: Lang, is_wanted: bool) -> Self {
        let is_shown = is_wanted && io::stderr().is_terminal();
        Self { done: 0, of, lang, due: is_shown.then(|| Instant::now() + DELAY) }
    }

    /// One more file is done.
    pub(crate) fn step(&mut self) {
        self.done += 1;
        if self.due.is_some_and(|it| it <= Instant::now()) {
            self.due = Some(Instant::now() + PAUSE);
            let line = line(self.done, self.of, self.lang);
            let mut stderr = io::stderr().lock();
            SHOWN.store(line.width(), Ordering::Relaxed);
            // Counts only grow, so a line covers the one before.
            let _ = write!(stderr, "\r{line}");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        clear(&mut io::stderr().lock());
    }
}

/// Takes the line away, if it is there, before something else is written to the terminal.
pub(crate) fn clear(stderr: &mut io::StderrLock<'_>) {
    let width = SHOWN.swap(0, Ordering::Relaxed);
    if width > 0 {
        // Spaces are understood by every terminal.
        let _ = write!(stderr, "\r{:width$}\r", "");
    }
}

fn line(done: usize, of: usize, lang: Lang) -> String {
    Message::new("cli.progress").with("done", done).with("files", of).text(lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_how_many_of_how_many() {
        assert_eq!(line(312, 2000, Lang::Zh), "检查中 312/2000 …");
        assert_eq!(line(312, 2000, Lang::En), "checking 312/2000 …");
    }
}
