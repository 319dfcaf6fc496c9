//! How messages tell what happened to a table.

use gouji_syntax::Number;

use super::{Seen, Suspects};
use crate::localise::{Event, EventKind, Explanation};
use crate::message::Message;
use crate::names;

/// `其他 1 → 0`
pub(crate) fn change(suspects: &Suspects, (cell, value): (usize, i64)) -> Message {
    let message = Message::new("change").with("cell", suspects.name(cell));
    message.with("old", suspects.old(cell)).with("new", value)
}

/// What happened.
pub(crate) fn event(suspects: &Suspects, event: &Event) -> Message {
    let row = |cell| {
        let (part, row, _) = suspects.key(cell);
        names::row(suspects.schema, part, row).to_owned()
    };
    let column = |cell| {
        let (part, _, column) = suspects.key(cell);
        names::column(suspects.schema, part, column)
    };
    let first = event.changes.first().copied().unwrap_or_default();
    match event.kind {
        EventKind::Cell => change(suspects, first),
        EventKind::Swap => ends(event, "event.swap", &|it| suspects.name(it)),
        EventKind::RowShift | EventKind::ColumnShift => Message::new("event.shift")
            .with("cell", suspects.name(first.0))
            .with("old", listed(event.changes.iter().map(|it| suspects.old(it.0))))
            .with("new", listed(event.changes.iter().map(|it| it.1.to_string()))),
        EventKind::Propagated => Message::new("event.propagated")
            .with_part("change", change(suspects, first))
            .with("totals", listed(event.changes.iter().skip(1).map(|it| it.1.to_string()))),
        EventKind::Rows => ends(event, "event.rows", &row),
        EventKind::RowsShift => ends(event, "event.rows-shift", &row),
        EventKind::Columns => ends(event, "event.columns", &column),
        EventKind::ColumnsShift => ends(event, "event.columns-shift", &column),
    }
}

fn listed(numbers: impl Iterator<Item = String>) -> String {
    numbers.collect::<Vec<_>>().join("、")
}

/// A message with what the first change of an event is in, and the first that is in another.
fn ends(event: &Event, key: &'static str, name: &dyn Fn(usize) -> String) -> Message {
    let mut names = event.changes.iter().map(|it| name(it.0));
    let first = names.next().unwrap_or_default();
    let second = names.find(|it| *it != first).unwrap_or_default();
    Message::new(key).with("first", first).with("second", second)
}

/// All that happened; `None` where nothing did.
pub(crate) fn events(suspects: &Suspects, explanation: &Explanation) -> Option<Message> {
    joined("list.and", explanation.events.iter().map(|it| event(suspects, it)))
}

/// Some messages in a row. `key` says how two are joined.
pub(crate) fn joined(
    key: &'static str,
    parts: impl DoubleEndedIterator<Item = Message>,
) -> Option<Message> {
    let join = |rest, first| Message::new(key).with_part("first", first).with_part("rest", rest);
    parts.rev().reduce(join)
}

impl Suspects {
    /// What messages call a cell.
    fn name(&self, cell: usize) -> String {
        let (part, row, column) = self.key(cell);
        names::cell(self.schema, part, row, column)
    }

    /// What a cell says now.
    fn old(&self, cell: usize) -> String {
        match self.seen.get(cell) {
            Some(Seen::Number(value)) => Number::plain(*value),
            _ => "□".to_owned(),
        }
    }
}
