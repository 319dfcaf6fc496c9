//! Servers in turn on one document.

use std::io;

use crate::measure::{self, COLUMNS, Metrics, Pace, Session};
use crate::support::reports::Size;
use crate::support::statistics::median;
use crate::{floor, gouji};

/// Which server of a round is measured, and which it is held against.
pub(crate) const GOUJI: usize = 0;
pub(crate) const FLOOR: usize = 1;

/// The first peer of a round; between them stands the floor with few diagnostics.
pub(crate) const PEERS: usize = 3;

/// What some people's files have.
const FEW: usize = 10;

/// All rounds on one document.
pub(crate) struct Rounds {
    pub(crate) size: Size,
    pub(crate) lines: usize,
    /// The servers' names, in the order in which each round measures them.
    pub(crate) names: Vec<String>,
    /// By round and server.
    pub(crate) sessions: Vec<Vec<Session>>,
}

/// Measures all servers in turn. The floor publishes as many diagnostics as gouji just did.
pub(crate) fn measure(
    size: Size,
    rounds: usize,
    peers: &[String],
    pace: Pace,
) -> io::Result<Rounds> {
    let text = size.document();
    let mut names = vec!["gouji".to_owned(), "floor".to_owned(), format!("floor, {FEW}")];
    names.extend(peers.iter().cloned());
    let mut sessions = Vec::new();
    for _ in 0..rounds {
        let first = measure::run(&gouji(), &text, pace)?;
        #[expect(clippy::cast_sign_loss, reason = "a count")]
        let same = first.diagnostics.round() as usize;
        let mut round = vec![first];
        for diagnostics in [same, FEW] {
            round.push(measure::run(&floor(diagnostics)?, &text, pace)?);
        }
        for peer in peers {
            let command: Vec<_> = peer.split_whitespace().map(str::to_owned).collect();
            round.push(measure::run(&command, &text, pace)?);
        }
        sessions.push(round);
    }
    Ok(Rounds { size, lines: text.lines().count(), names, sessions })
}

impl Rounds {
    /// What a server took: the median over the rounds.
    pub(crate) fn metrics(&self, server: usize) -> Metrics {
        self.over_rounds(|round, column| round[server].metrics[column])
    }

    /// `server` as a multiple of `other`: the median of each round's ratio, since machines
    /// change from round to round.
    pub(crate) fn ratios(&self, server: usize, other: usize) -> Metrics {
        self.over_rounds(|round, column| {
            round[server].metrics[column] / round[other].metrics[column]
        })
    }

    pub(crate) fn diagnostics(&self, server: usize) -> f64 {
        median(&self.sessions.iter().map(|it| it[server].diagnostics).collect::<Vec<_>>())
    }

    fn over_rounds(&self, value: impl Fn(&[Session], usize) -> f64) -> Metrics {
        let mut metrics = [0.0; COLUMNS.len()];
        for (column, metric) in metrics.iter_mut().enumerate() {
            *metric = median(&self.sessions.iter().map(|it| value(it, column)).collect::<Vec<_>>());
        }
        metrics
    }
}
