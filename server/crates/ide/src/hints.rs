//! What is shown behind the lines of a table: how its sums stand.
//!
//! At the ends of lines only: inside a line it would move what is aligned.

use std::ops::Range;

use gouji_analysis::relations::{Balance, Verdict, balances};
use gouji_analysis::{Blocks, Checked, Message, Place};
use gouji_syntax::Number;

use crate::spot::{Unread, reports};

/// Which lines get a hint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hints {
    /// None.
    Off,
    /// Those with a total that is not what its addends come to.
    #[default]
    Broken,
    /// Those with any total that can be checked.
    All,
}

/// A hint.
#[derive(Clone, Debug)]
pub struct Hint {
    /// The end of the line: a byte of the document.
    pub at: usize,
    /// What it says.
    pub parts: Vec<Message>,
}

/// Totals of one line that are told one by one.
const MOST: usize = 4;

/// The hints in a range of a document.
#[must_use]
pub fn hints(checked: &Checked, range: &Range<usize>, which: Hints) -> Vec<Hint> {
    let is_worth_it = |it: &Unread| match which {
        Hints::Off => false,
        Hints::Broken => it.part.summary.tally.broken > 0,
        Hints::All => true,
    };
    let mut hints = Vec::new();
    for report in reports(checked, range).filter(is_worth_it) {
        let Some((reading, starts)) = report.read() else { continue };
        for table in &reading.report.tables {
            let lines = by_line(&reading.blocks, balances(table));
            hints.extend(lines.into_iter().filter_map(|(line_end, balances)| {
                let at = line_end.resolve(&starts).end;
                let parts = told(&balances, which);
                (range.contains(&at) || range.end == at).then_some(())?;
                (!parts.is_empty()).then_some(Hint { at, parts })
            }));
        }
    }
    hints.sort_by_key(|it| it.at);
    hints
}

/// Balances by the end of the line of their total, in the order of these.
fn by_line(blocks: &Blocks, balances: Vec<Balance>) -> Vec<(Place, Vec<Balance>)> {
    let mut lines: Vec<(Place, Vec<Balance>)> = Vec::new();
    for balance in balances {
        let Some(end) = line_end(blocks, balance.place) else { continue };
        match lines.iter_mut().find(|it| it.0 == end) {
            Some(line) => line.1.push(balance),
            None => lines.push((end, vec![balance])),
        }
    }
    lines
}

/// Right before the end of the line on which a place ends.
fn line_end(blocks: &Blocks, place: Place) -> Option<Place> {
    let text = &*blocks.get(place.block as usize)?.data.text;
    let from = place.range.end() as usize;
    let rest = text.get(from..)?;
    let end = from + rest.find(['\n', '\r']).unwrap_or(rest.len());
    Some(Place::new(place.block as usize, gouji_syntax::range(end, end)))
}

/// What is said of the totals of one line.
fn told(balances: &[Balance], which: Hints) -> Vec<Message> {
    let mut broken: Vec<&Balance> = Vec::new();
    for it in balances.iter().filter(|it| it.verdict == Verdict::Broken) {
        // A total of totals is off by the same both ways.
        let is_told =
            |known: &&&Balance| known.column == it.column && known.difference == it.difference;
        if !broken.iter().any(|known| is_told(&known)) {
            broken.push(it);
        }
    }
    let difference = |key, it: &Balance| {
        let difference = gouji_analysis::relations::signed(it.difference);
        Message::new(key).with("difference", difference).with("name", &it.column)
    };
    match *broken {
        [one] if balances.len() <= 2 => vec![difference("inlay.broken", one)],
        [_, ..] => {
            broken.iter().take(MOST).map(|it| difference("inlay.broken.named", it)).collect()
        }
        [] if which == Hints::All => {
            let held = balances.iter().find(|it| it.verdict == Verdict::Holds);
            let value = held.and_then(|it| it.expected).map(Number::plain);
            let message = |value| Message::new("inlay.holds").with("value", value);
            value.map(message).into_iter().collect()
        }
        [] => Vec::new(),
    }
}
