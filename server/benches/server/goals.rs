//! The goals of `server/docs/performance.md`, and which of them are met.

use crate::measure::{BURST, CELL, OPEN, PEAK, PROSE, START};
use crate::rounds::{FLOOR, GOUJI, PEERS, Rounds};
use crate::support::reports::Size;
use crate::support::statistics::show;

/// A value that should be small; or, for `more`, large.
struct Goal {
    name: String,
    value: f64,
    least: f64,
    aim: f64,
    more: bool,
}

/// By size: p50 as a multiple of the floor's, at least and as aim.
const EDIT: [(f64, f64); 4] = [(1.4, 0.8), (1.6, 0.9), (2.0, 1.0), (3.0, 1.2)];

/// By size: how many times as fast as rumdl.
const RUMDL: [(f64, f64); 4] = [(5.0, 8.0), (12.0, 20.0), (70.0, 130.0), (1200.0, 3000.0)];

pub(crate) fn print(results: &[Rounds]) {
    println!("{:<36} {:>9} {:>18} {:>18}", "goal", "measured", "at least", "aim");
    for goal in results.iter().flat_map(of_size).chain(growth(results)) {
        let Goal { name, value, least, aim, more } = goal;
        let held = |bound: f64| {
            let met = if more { value >= bound } else { value <= bound };
            let (sign, met) = (if more { "≥" } else { "≤" }, if met { "met" } else { "not met" });
            format!("{sign} {bound} {met}")
        };
        println!("{name:<36} {:>9} {:>18} {:>18}", show(value), held(least), held(aim));
    }
}

fn of_size(rounds: &Rounds) -> Vec<Goal> {
    let (name, index) = (rounds.size.name(), rounds.size as usize);
    let ratios = rounds.ratios(GOUJI, FLOOR);
    let less = |what: &str, column: usize, (least, aim)| Goal {
        name: format!("{what}, {name}, × floor"),
        value: ratios[column],
        least,
        aim,
        more: false,
    };
    let mut goals = vec![
        less("cell p50", CELL, EDIT[index]),
        less("prose p50", PROSE, EDIT[index]),
        less("50 edits at once", BURST, (3.0, 1.5)),
    ];
    match rounds.size {
        Size::Real => goals.push(less("start", START, (2.0, 1.2))),
        Size::HundredThousand => {
            goals.push(less("open", OPEN, (2.0, 1.2)));
            goals.push(less("peak memory", PEAK, (2.5, 1.5)));
        }
        _ => (),
    }
    let rumdl = (PEERS..rounds.names.len()).filter(|it| rounds.names[*it].contains("rumdl"));
    goals.extend(rumdl.map(|peer| Goal {
        name: format!("cell p50, {name}, rumdl ÷ gouji"),
        value: rounds.ratios(peer, GOUJI)[CELL],
        least: RUMDL[index].0,
        aim: RUMDL[index].1,
        more: true,
    }));
    goals
}

/// How an edit's time grows from one report to the longest document.
fn growth(results: &[Rounds]) -> Vec<Goal> {
    let of = |size| results.iter().find(|it| it.size == size).map(|it| it.metrics(GOUJI));
    let (Some(short), Some(long)) = (of(Size::Real), of(Size::HundredThousand)) else {
        return Vec::new();
    };
    let goal = |(what, column): (&str, usize)| Goal {
        name: format!("{what}, 100k ÷ real"),
        value: long[column] / short[column],
        least: 3.0,
        aim: 1.5,
        more: false,
    };
    [("cell p50", CELL), ("prose p50", PROSE)].map(goal).into()
}
