//! One session with one server: what it took.

use std::io;
use std::time::{Duration, Instant};

use crate::client::{Published, Server};
use crate::support::statistics::percentile;
use crate::typing::{Place, Typist};

/// What is measured, in the order of [`Metrics`].
pub(crate) const COLUMNS: [&str; 8] =
    ["cell p50", "cell p95", "prose p50", "prose p95", "burst", "open", "start", "peak MB"];

/// Positions in [`Metrics`].
pub(crate) const CELL: usize = 0;
pub(crate) const PROSE: usize = 2;
pub(crate) const BURST: usize = 4;
pub(crate) const OPEN: usize = 5;
pub(crate) const START: usize = 6;
pub(crate) const PEAK: usize = 7;

/// Milliseconds, and the memory in MB.
pub(crate) type Metrics = [f64; COLUMNS.len()];

/// Edits that are sent at once.
const AT_ONCE: usize = 50;

/// Edits before those that are measured.
const WARM_UP: usize = 10;

/// Slow servers get fewer edits: no more begin after so long.
const LONGEST: Duration = Duration::from_secs(10);

/// How edits are sent.
#[derive(Clone, Copy)]
pub(crate) struct Pace {
    /// Measured edits of each kind.
    pub(crate) edits: usize,
    /// Between the answer to an edit and the next: nobody types without a pause, and a
    /// server may be busy behind its answer.
    pub(crate) settle: Duration,
    /// Whether the client asks for what editors show beside the diagnostics, too.
    pub(crate) asks: bool,
}

/// What one session came to.
pub(crate) struct Session {
    pub(crate) metrics: Metrics,
    /// Of a list, on average over the edits.
    pub(crate) diagnostics: f64,
}

/// Runs one session.
pub(crate) fn run(command: &[String], text: &str, pace: Pace) -> io::Result<Session> {
    let mut server = Server::start(command)?;
    let opened = server.open(text)?;
    let mut typist = Typist::new(text, server.wants_all);
    let mut diagnostics = Vec::new();
    edits(&mut server, &mut typist, Place::Cell, Pace { edits: WARM_UP, ..pace })?;
    let mut both = [Vec::new(), Vec::new()];
    for (place, took) in [Place::Cell, Place::Prose].into_iter().zip(&mut both) {
        for it in edits(&mut server, &mut typist, place, pace)? {
            took.push(milliseconds(it.took));
            #[expect(clippy::cast_precision_loss, reason = "a short list")]
            diagnostics.push(it.diagnostics as f64);
        }
    }
    let changes: Vec<_> = (0..AT_ONCE).map(|_| typist.next(Place::Cell)).collect();
    let burst = server.change(&changes)?;
    let [cell, prose] = both;
    let metrics = [
        percentile(&cell, 0.5),
        percentile(&cell, 0.95),
        percentile(&prose, 0.5),
        percentile(&prose, 0.95),
        milliseconds(burst.took),
        milliseconds(opened.took),
        milliseconds(server.start),
        server.memory("VmHWM") / 1024.0,
    ];
    server.stop()?;
    #[expect(clippy::cast_precision_loss, reason = "a short list")]
    let diagnostics = diagnostics.iter().sum::<f64>() / diagnostics.len() as f64;
    Ok(Session { metrics, diagnostics })
}

/// An even number of edits, so that the document is again as it was.
fn edits(
    server: &mut Server,
    typist: &mut Typist,
    at: Place,
    pace: Pace,
) -> io::Result<Vec<Published>> {
    let begun = Instant::now();
    let mut published = Vec::new();
    while published.len() < pace.edits.next_multiple_of(2)
        && (begun.elapsed() < LONGEST || published.len() % 2 == 1)
    {
        server.idle(pace.settle)?;
        let change = typist.next(at);
        published.push(server.change(std::slice::from_ref(&change))?);
        if pace.asks {
            server.ask_beside(change["range"]["start"]["line"].as_u64().unwrap_or_default())?;
        }
    }
    Ok(published)
}

/// A long session: tells memory in MB, at its peak and now, after each of the numbers of edits.
pub(crate) fn soak(
    command: &[String],
    text: &str,
    after: &[usize],
    tell: impl Fn(usize, f64, f64),
) -> io::Result<()> {
    let mut server = Server::start(command)?;
    server.open(text)?;
    let mut typist = Typist::new(text, server.wants_all);
    for edit in 1..=after.iter().copied().max().unwrap_or(0) {
        let place = if edit % 4 < 2 { Place::Cell } else { Place::Prose };
        server.change(&[typist.next(place)])?;
        if after.contains(&edit) {
            let [peak, now] = ["VmHWM", "VmRSS"].map(|it| server.memory(it) / 1024.0);
            tell(edit, peak, now);
        }
    }
    server.stop()
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
