//! What was measured, as a table and as JSON.

use serde_json::{Value, json};

use crate::measure::{COLUMNS, Metrics};
use crate::rounds::{FLOOR, GOUJI, PEERS, Rounds};
use crate::support::statistics::show;

/// The widest name that is shown in full.
const NAME: usize = 20;

pub(crate) fn head() {
    print!("{:<5} {:>7} {:<NAME$} {:>9}", "size", "lines", "ms", "findings");
    for it in COLUMNS {
        print!(" {it:>9}");
    }
    println!();
}

pub(crate) fn rows(rounds: &Rounds) {
    for (server, name) in rounds.names.iter().enumerate() {
        row(rounds, name, rounds.diagnostics(server), &rounds.metrics(server));
    }
    row(rounds, "× floor", f64::NAN, &rounds.ratios(GOUJI, FLOOR));
    for peer in PEERS..rounds.names.len() {
        row(rounds, "peer ÷ gouji", f64::NAN, &rounds.ratios(peer, GOUJI));
    }
    println!();
}

fn row(rounds: &Rounds, name: &str, diagnostics: f64, metrics: &Metrics) {
    let name: String = name.chars().take(NAME).collect();
    print!("{:<5} {:>7} {name:<NAME$}", rounds.size.name(), rounds.lines);
    print!(" {:>9}", show(diagnostics));
    for it in metrics {
        print!(" {:>9}", show(*it));
    }
    println!();
}

/// Every session of every round.
pub(crate) fn json(results: &[Rounds]) -> Value {
    let sizes = results.iter().map(|rounds| {
        let servers = rounds.names.iter().enumerate().map(|(server, name)| {
            let sessions = rounds.sessions.iter().map(|it| object(&it[server].metrics));
            json!({
                "server": name,
                "diagnostics": rounds.diagnostics(server),
                "rounds": sessions.collect::<Vec<_>>(),
                "median": object(&rounds.metrics(server)),
            })
        });
        json!({
            "size": rounds.size.name(),
            "lines": rounds.lines,
            "servers": servers.collect::<Vec<_>>(),
            "over_floor": object(&rounds.ratios(GOUJI, FLOOR)),
        })
    });
    json!({"unit": "ms", "sizes": sizes.collect::<Vec<_>>()})
}

fn object(metrics: &Metrics) -> Value {
    COLUMNS.iter().zip(metrics).map(|(name, value)| ((*name).to_owned(), json!(value))).collect()
}
