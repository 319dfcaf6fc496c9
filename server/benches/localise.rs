//! How often the localiser finds what went wrong in a damaged table 三, and how long it takes.
#![allow(clippy::print_stdout, reason = "its output is what it is for")]

#[path = "../../tests/support/damaged.rs"]
mod damaged;
mod support;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use damaged::{COLUMNS, Damage, Damaged, Size};
use gouji_analysis::localise::{Explanation, Outcome, Problem, System, Verdict};
use gouji_analysis::schema::{SCHEMAS, Table};
use serde::Deserialize;
use support::random::Random;
use support::statistics::{percentile, show};

/// How many damages a table has at most.
const MOST_DAMAGES: usize = 4;

/// The quickest of so many: what the machine does beside is not in it.
const TIMES: usize = 3;

/// Measures the localisation of errors in table 三.
#[derive(Parser)]
struct Options {
    /// How many tables of each size and number of damages.
    #[arg(long, default_value_t = 500)]
    tables: u64,
    /// The first table's seed; the next ones follow.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Damages that the ranking of explanations was not made for.
    #[arg(long)]
    second: bool,
    /// Tables from a file instead, an object a line.
    #[arg(long, value_name = "FILE")]
    cases: Option<PathBuf>,
    /// Shows so many of the slowest.
    #[arg(long, value_name = "N", default_value_t = 0)]
    worst: usize,
    /// Shows wrong offers, and tables whose first explanation is not what happened.
    #[arg(long)]
    wrong: bool,
    #[command(flatten)]
    harness: support::Harness,
}

fn main() -> ExitCode {
    let mut options = Options::parse();
    if options.harness.test {
        options.tables = 5;
    }
    support::exit(measure(&options))
}

fn measure(options: &Options) -> io::Result<()> {
    let cases = match &options.cases {
        Some(file) => read(file)?,
        None => generate(options),
    };
    let table = SCHEMAS.iter().flat_map(|it| &it.tables).rfind(|it| it.id == "requests");
    let table = table.ok_or_else(|| io::Error::other("no form has table 三"))?;
    let system = System::of(table);
    let runs: Vec<_> = cases.into_iter().map(|it| Run::new(&system, it)).collect();
    let mut groups: BTreeMap<(Size, usize), Vec<&Run>> = BTreeMap::new();
    for run in &runs {
        groups.entry((run.case.size, run.case.count)).or_default().push(run);
    }
    println!(
        "size k tables | {:>6} {:>6} {:>6} {:>6} | {:>7} {:>6} | {:>7} | {:>5} {:>6} {:>7} µs | {:>5} {:>6} nodes",
        "exact%",
        "shown%",
        "among%",
        "uniq.%",
        "offer.%",
        "wrong%",
        "gave up%",
        "p50",
        "p95",
        "max",
        "p50",
        "p95"
    );
    let summaries: BTreeMap<_, _> = groups.iter().map(|it| (*it.0, Summary::of(it.1))).collect();
    for (group, summary) in &summaries {
        println!("{}", summary.line(*group));
    }
    gates(&summaries, &runs);
    show_runs(options, table, &runs);
    Ok(())
}

/// One table and what it was made of.
struct Case {
    size: Size,
    count: usize,
    seed: u64,
    table: Damaged,
}

fn generate(options: &Options) -> Vec<Case> {
    let kinds = if options.second { &Damage::SECOND } else { &Damage::FIRST };
    let mut cases = Vec::new();
    for size in Size::ALL {
        for count in 1..=MOST_DAMAGES {
            for seed in options.seed..options.seed + options.tables {
                let table = Damaged::new(&mut Random::new(seed), size, count, kinds);
                cases.push(Case { size, count, seed, table });
            }
        }
    }
    cases
}

/// A line of a file of tables.
#[derive(Deserialize)]
struct Line {
    size: Size,
    k: usize,
    seed: u64,
    truth: Vec<i64>,
    obs: Vec<Option<i64>>,
    events: Vec<Damage>,
}

fn read(file: &Path) -> io::Result<Vec<Case>> {
    let text = std::fs::read_to_string(file)?;
    let case = |line: &str| -> io::Result<Case> {
        let Line { size, k: count, seed, truth, obs: observed, events: damages } =
            serde_json::from_str(line)?;
        Ok(Case { size, count, seed, table: Damaged { truth, observed, damages } })
    };
    text.lines().map(case).collect()
}

/// What the localiser said of a table.
struct Run {
    case: Case,
    outcome: Outcome,
    microseconds: f64,
}

impl Run {
    fn new(system: &System, case: Case) -> Self {
        let problem = Problem::new(system, &case.table.observed);
        let mut outcome = Outcome::gave_up(0);
        let mut microseconds = f64::INFINITY;
        for _ in 0..TIMES {
            let start = Instant::now();
            outcome = problem.solve(&|| false).expect("nobody cancels");
            microseconds = microseconds.min(start.elapsed().as_secs_f64() * 1e6);
        }
        Self { case, outcome, microseconds }
    }

    fn first(&self) -> Option<&Explanation> {
        self.outcome.explanations.first()
    }

    /// Whether an explanation is what happened.
    fn is_true(&self, explanation: &Explanation) -> bool {
        self.case.table.is_repaired_by(&explanation.changes())
    }

    fn is_exact(&self) -> bool {
        self.first().is_some_and(|it| self.is_true(it))
    }

    fn is_among(&self) -> bool {
        self.outcome.explanations.iter().any(|it| self.is_true(it))
    }

    /// Whether what happened is what the finding says, or one of several that it names.
    fn is_shown(&self) -> bool {
        /// As many as R305 names.
        const SHOWN: usize = 3;
        self.outcome.explanations.iter().take(SHOWN).any(|it| self.is_true(it))
    }

    /// Whether a repair is offered that leaves no blank.
    fn is_offered(&self) -> bool {
        let blanks = self.case.table.observed.iter().filter(|it| it.is_none()).count();
        self.outcome.repair().is_some_and(|it| it.blanks.len() == blanks)
    }

    fn is_wrong(&self) -> bool {
        self.outcome.repair().is_some_and(|it| !self.is_true(it))
    }

    /// Whether what happened is as likely as what is said first.
    fn is_tied(&self) -> bool {
        let explanations = &self.outcome.explanations;
        let likeliest = explanations.iter().filter(|it| {
            (explanations[0].probability - it.probability).abs() < f64::EPSILON.sqrt()
        });
        likeliest.into_iter().any(|it| self.is_true(it))
    }

    /// What should be looked at, if anything.
    fn complaint(&self) -> Option<&'static str> {
        match self {
            _ if self.outcome.verdict == Verdict::GaveUp => Some("gave up"),
            _ if self.is_wrong() => Some("wrong offer"),
            _ if !self.is_among() => Some("missed"),
            _ if self.is_exact() => None,
            _ if self.is_tied() => Some("tied"),
            _ => Some("outranked"),
        }
    }

    /// All about it in one line.
    fn line(&self, table: &Table) -> String {
        let Case { size, count, seed, table: Damaged { truth, observed, damages } } = &self.case;
        let Outcome { verdict, explanations, nodes } = &self.outcome;
        let mut line = format!(
            "{size:?} k={count} seed {seed}: {damages:?}, {verdict:?}, {nodes} nodes, {} µs;",
            show(self.microseconds)
        );
        for (cell, (was, is)) in observed.iter().zip(truth).enumerate() {
            if *was != Some(*is) {
                _ = write!(line, " {} {}→{is}", name(table, cell), number(*was));
            }
        }
        for explanation in explanations.iter().take(5) {
            let kinds: Vec<_> = explanation.events.iter().map(|it| it.kind).collect();
            _ = write!(line, "; {:.3} {kinds:?}", explanation.probability);
            for (cell, value) in explanation.changes() {
                _ = write!(line, " {} {}→{value}", name(table, cell), number(observed[cell]));
            }
        }
        line
    }
}

fn name(table: &Table, cell: usize) -> String {
    let part = &table.parts[0];
    format!("{}×{}", part.rows[cell / COLUMNS].key, part.columns[cell % COLUMNS].key)
}

fn number(value: Option<i64>) -> String {
    value.map_or_else(|| "blank".to_owned(), |it| it.to_string())
}

/// Percentages and percentiles of many runs.
struct Summary {
    tables: usize,
    exact: f64,
    shown: f64,
    among: f64,
    unique: f64,
    offered: f64,
    wrong: f64,
    gave_up: f64,
    microseconds: [f64; 3],
    nodes: [f64; 2],
}

impl Summary {
    fn of(runs: &[&Run]) -> Self {
        let percent = |is: &dyn Fn(&Run) -> bool| {
            #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
            let [part, whole] =
                [runs.iter().filter(|it| is(it)).count(), runs.len()].map(|it| it as f64);
            100.0 * part / whole
        };
        let times: Vec<_> = runs.iter().map(|it| it.microseconds).collect();
        #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
        let nodes: Vec<_> = runs.iter().map(|it| it.outcome.nodes as f64).collect();
        Self {
            tables: runs.len(),
            exact: percent(&Run::is_exact),
            shown: percent(&Run::is_shown),
            among: percent(&Run::is_among),
            unique: percent(&|it| it.outcome.verdict == Verdict::Unique),
            offered: percent(&Run::is_offered),
            wrong: percent(&Run::is_wrong),
            gave_up: percent(&|it| it.outcome.verdict == Verdict::GaveUp),
            microseconds: [0.5, 0.95, 1.0].map(|it| percentile(&times, it)),
            nodes: [0.5, 0.95].map(|it| percentile(&nodes, it)),
        }
    }

    fn line(&self, (size, count): (Size, usize)) -> String {
        let Self { tables, exact, shown, among, unique, offered, wrong, gave_up, .. } = self;
        let ([p50, p95, max], nodes) = (self.microseconds, self.nodes);
        let size = &format!("{size:?}")[..1];
        format!(
            "{size:>4} {count} {tables:>6} | {exact:>6.1} {shown:>6.1} {among:>6.1} {unique:>6.1} | {offered:>7.1} {wrong:>6.1} | {gave_up:>8.1} | {p50:>5.0} {p95:>6.0} {max:>7.0}    | {:>5} {:>6}",
            nodes[0], nodes[1]
        )
    }
}

/// Says which goals are met.
fn gates(summaries: &BTreeMap<(Size, usize), Summary>, runs: &[Run]) {
    println!("goals");
    for (count, exact, offered, wrong) in [(1, 99.0, 97.0, 0.0), (2, 94.0, 90.0, 1.0)] {
        let of = || summaries.iter().filter(|it| it.0.1 == count);
        for ((size, _), it) in of() {
            let what = format!("{size:?}, k={count}");
            at_least(&format!("{what}: exact %"), it.exact, exact);
            at_least(&format!("{what}: shown %"), it.shown, exact);
            at_least(&format!("{what}: offered %"), it.offered, offered);
            at_most(&format!("{what}: wrong %"), it.wrong, wrong);
        }
    }
    for ((size, count), it) in summaries {
        if *size != Size::Small && *count <= 3 {
            at_most(&format!("{size:?}, k={count}: wrong %"), it.wrong, 0.5);
        }
    }
    let all = Summary::of(&runs.iter().collect::<Vec<_>>());
    for ((what, time), most) in
        ["p50", "p95", "max"].iter().zip(all.microseconds).zip([1e3, 1e4, 1e5])
    {
        at_most(&format!("{what} µs"), time, most);
    }
}

fn at_least(what: &str, is: f64, least: f64) {
    verdict(is >= least, &format!("{what} {} ≥ {least}", show(is)));
}

fn at_most(what: &str, is: f64, most: f64) {
    verdict(is <= most, &format!("{what} {} ≤ {most}", show(is)));
}

fn verdict(is_met: bool, what: &str) {
    println!("{:>8} {what}", if is_met { "met" } else { "NOT MET" });
}

fn show_runs(options: &Options, table: &Table, runs: &[Run]) {
    let mut slowest: Vec<_> = runs.iter().collect();
    slowest.sort_by(|a, b| b.microseconds.total_cmp(&a.microseconds));
    for run in slowest.iter().take(options.worst) {
        println!("slow: {}", run.line(table));
    }
    if options.wrong {
        for run in runs {
            if let Some(complaint) = run.complaint() {
                println!("{complaint}: {}", run.line(table));
            }
        }
    }
}
