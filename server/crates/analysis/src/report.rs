//! A report as the rules see it: title, sections, bound tables, prose.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use gouji_syntax::table::{self, Dialect};
use gouji_syntax::{Number, TextRange};
use rust_decimal::Decimal;

use crate::Blocks;
use crate::finding::Place;
use crate::prose;
use crate::schema::{self, Schema};
use crate::sums::{self, Tally};

mod read;
mod renumber;

pub(crate) use read::{read, read_all};

/// One report of a document.
#[derive(Clone, Debug)]
pub struct Report {
    /// The form that its tables follow, by their labels; the newest where it has none.
    pub schema: &'static Schema,
    /// Whether a table's labels showed the form.
    pub schema_is_certain: bool,
    /// The title.
    pub title: Option<Title>,
    /// The section headings, in the order in which they stand.
    pub sections: Vec<Section>,
    /// The bound tables, in the order in which they stand.
    pub tables: Vec<Arc<Table>>,
    /// The sentences outside tables, by paragraph.
    pub paragraphs: Vec<Paragraph>,
    /// 统计期限: first and last day, as (year, month, day), and where it stands.
    pub period: Option<Period>,
    /// The signing agency and date at the end.
    pub signature: Signature,
}

/// A calendar day as written; it need not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year.
    pub year: i32,
    /// Month, 1 to 12 in a real date.
    pub month: u32,
    /// Day, 1 to 31 in a real date.
    pub day: u32,
}

/// 统计期限.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// Where the start's year stands.
    pub start_year_place: Place,
    /// Where the end's year stands, if it is written.
    pub end_year_place: Option<Place>,
    /// Where the start's month and day stand: 1月1日.
    pub start_day_place: Place,
    /// Where the end's month and day stand.
    pub end_day_place: Place,
}

/// Who signed, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// The agency's name.
    pub agency: Option<(String, Place)>,
    /// The date.
    pub date: Option<(Date, Place)>,
}

/// The title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// Where it stands, from its first to its last character.
    pub place: Place,
    /// The title without line breaks and spaces.
    pub text: String,
    /// The agency's name in it.
    pub agency: Option<String>,
    /// The year in it, and where it stands.
    pub year: Option<(i32, Place)>,
}

/// A section heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Index in [`Schema::sections`].
    pub section: usize,
    /// The heading's visible text, number included.
    pub place: Place,
    /// The heading's visible text.
    pub text: String,
    /// How its wording matched.
    pub wording: Wording,
    /// Whether its number is the official one.
    pub number_is_right: bool,
    /// The blocks from the heading's own to the next section's.
    pub blocks: Range<usize>,
}

/// How well a label matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wording {
    /// The official wording, but for spaces, width, brackets and numbering.
    Official,
    /// An accepted variant.
    Variant,
    /// Near enough to be meant, but wrong.
    Damaged,
}

/// A paragraph of prose.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// The block that it is, or is part of.
    pub block: usize,
    /// Index in [`Schema::sections`] of the section that it stands in, if any.
    pub section: Option<usize>,
    /// What it says with the blocks in which it goes on; places count from its own.
    pub(crate) joined: Option<Arc<prose::Prose>>,
}

/// A table bound to the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its schema.
    pub schema: &'static schema::Table,
    /// How it is written.
    pub dialect: Dialect,
    /// From its first to its last cell.
    pub place: Place,
    /// The blocks that hold its cells.
    pub blocks: Range<usize>,
    /// Rows of the schema that were found, in the order in which they stand.
    pub rows: Vec<Row>,
    /// Header cells of value columns that were found.
    pub headers: Vec<Header>,
    /// Header cells that are no label of the form: perhaps a column in other words.
    pub unknown_headers: usize,
    /// What could not be bound.
    pub oddities: Vec<Oddity>,
    /// The values of all rows, one row after another: a form has dozens of rows, and a list for
    /// each would cost more than to read them.
    pub(crate) values: Vec<Option<Cell>>,
    /// How many of its equalities hold or do not, by the values that were read.
    pub tally: Tally,
    /// Whether there are [`Self::unusual_cells`].
    pub(crate) has_unusual: bool,
}

/// A header cell of a value column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Part and column in the schema.
    pub part: usize,
    /// Column in the part.
    pub column: usize,
    /// The label's text.
    pub place: Place,
    /// How it matched.
    pub wording: Wording,
}

/// A row of a bound table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Part in the schema.
    pub part: usize,
    /// Row in the part.
    pub row: usize,
    /// The label's text; `None` where the row has no label.
    pub label: Option<Place>,
    /// How the label matched.
    pub wording: Wording,
    /// Which of the table's values are its own: [`Table::values`].
    pub(crate) values: Range<usize>,
}

/// A value cell. Small, because a form has hundreds, and what is in no cache takes longest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The cell's text; empty, where text would go, in a blank cell.
    pub place: Place,
    /// [`Self::slot`], in the same block.
    slot: TextRange,
    /// What it says.
    pub value: Value,
}

/// What a value cell says. It owns nothing, so that the values of a table are freed unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number in a few plain digits, as in most cells.
    Count(u32),
    /// Any other number: [`Cell::number`] tells how it is written.
    Number(Decimal),
    /// Nothing, or a mark that stands for nothing: /, -, —, 无.
    Blank,
    /// Anything else: [`Cell::text`].
    Text,
}

/// What could not be bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// A label that the form does not have.
    UnknownRow {
        /// The label.
        place: Place,
    },
    /// A row with too few or too many values.
    CellCount {
        /// Part and row in the schema.
        row: (usize, usize),
        /// The row's label, or its first value.
        place: Place,
        /// Values found.
        found: usize,
        /// Values expected.
        expected: usize,
    },
    /// Most rows have no values at all: the page lost them.
    ValuesLost {
        /// The table's first label.
        place: Place,
        /// Rows without values.
        rows: usize,
    },
    /// A second row with the same label.
    DuplicateRow {
        /// The second label.
        place: Place,
        /// The first label.
        first: Place,
        /// Part and row in the schema.
        row: (usize, usize),
    },
}

impl Report {
    /// A title, or at least three of the headings.
    #[must_use]
    pub fn is_likely(&self) -> bool {
        self.title.is_some() || self.sections.len() >= 3
    }

    /// The name of the agency: the title's, or that of who signed.
    #[must_use]
    pub fn agency(&self) -> Option<&str> {
        let title = self.title.as_ref().and_then(|it| it.agency.as_deref());
        title.or_else(|| self.signature.agency.as_ref().map(|it| &*it.0))
    }

    /// The report's year: the title's, or that of 统计期限.
    #[must_use]
    pub fn year(&self) -> Option<i32> {
        let title = self.title.as_ref().and_then(|it| it.year);
        title.map(|it| it.0).or_else(|| self.period.as_ref().map(|it| it.start.year))
    }

    /// The bound table `id`, the first where there are several.
    #[must_use]
    pub fn table(&self, id: &str) -> Option<&Table> {
        self.tables.iter().find(|it| it.schema.id == id).map(|it| &**it)
    }
}

impl Value {
    /// The number that it is.
    #[must_use]
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Count(value) => Some((*value).into()),
            Self::Number(value) => Some(*value),
            Self::Blank | Self::Text => None,
        }
    }
}

/// A number in plain digits.
impl From<u64> for Value {
    fn from(value: u64) -> Self {
        u32::try_from(value).map_or_else(|_| Self::Number(value.into()), Self::Count)
    }
}

impl Cell {
    /// A cell with a text and all between its separators, of one block.
    pub(crate) fn new(place: Place, slot: TextRange, value: Value) -> Self {
        Self { place, slot, value }
    }

    /// All between the separators.
    #[must_use]
    pub fn slot(&self) -> Place {
        Place::new(self.place.block as usize, self.slot)
    }

    fn is_count(&self) -> bool {
        matches!(self.value, Value::Count(_))
    }

    /// The visible text.
    #[must_use]
    pub fn text<'a>(&self, blocks: &'a Blocks) -> Cow<'a, str> {
        table::visible_text(self.place.text(blocks))
    }

    /// The number that it holds, and how it is written.
    #[must_use]
    pub fn number(&self, blocks: &Blocks) -> Option<Number> {
        match self.value {
            Value::Count(count) => Some(u64::from(count).into()),
            Value::Number(_) => Number::parse(&self.text(blocks)),
            Value::Blank | Value::Text => None,
        }
    }

    /// Where a finding on it stands: a blank one is shown by all that is between its separators.
    #[must_use]
    pub fn visible(&self) -> Place {
        let is_empty = |it: Place| it.text_range().is_empty();
        if is_empty(self.place) && !is_empty(self.slot()) { self.slot() } else { self.place }
    }
}

impl Table {
    /// This table with what is told by going through its values: while it is read, these are in a
    /// cache.
    pub(crate) fn counted(mut self) -> Self {
        self.tally = sums::tally(&self);
        self.has_unusual = self.values.iter().flatten().any(|it| !it.is_count());
        self
    }

    /// The first cell that was bound: where findings about the table as a whole stand.
    #[must_use]
    pub fn first_cell(&self) -> Option<Place> {
        let label = self.rows.first().and_then(|it| it.label);
        let value = self.rows.first().and_then(|it| self.values(it).iter().flatten().next());
        let header = self.headers.first().map(|it| it.place);
        header.into_iter().chain(label).min().or(value.map(|it| it.place))
    }

    /// The label of the last bound row that comes before a row of the schema.
    #[must_use]
    pub fn label_before(&self, part: usize, row: usize) -> Option<Place> {
        let before = self.rows.iter().filter(|it| (it.part, it.row) < (part, row));
        before.max_by_key(|it| (it.part, it.row)).and_then(|it| it.label)
    }

    /// The values of one of its rows, one for each column of the part; `None` where the column or
    /// the value is absent. Empty where their number is wrong.
    #[must_use]
    pub fn values(&self, row: &Row) -> &[Option<Cell>] {
        self.values.get(row.values.clone()).unwrap_or_default()
    }

    /// Its value cells with their rows and columns.
    pub fn cells(&self) -> impl Iterator<Item = (&Row, usize, &Cell)> {
        self.rows.iter().flat_map(|row| {
            let cells = self.values(row).iter().enumerate();
            cells.filter_map(move |(column, cell)| Some((row, column, cell.as_ref()?)))
        })
    }

    /// Those of [`Self::cells`] that hold anything but a count in a few plain digits.
    #[must_use]
    pub fn unusual_cells(&self) -> Vec<(&Row, usize, &Cell)> {
        // As in most tables.
        if !self.has_unusual {
            return Vec::new();
        }
        self.cells().filter(|it| !it.2.is_count()).collect()
    }

    /// The cell in row `row` and column `column`, by their keys.
    #[must_use]
    pub fn cell(&self, row: &str, column: &str) -> Option<&Cell> {
        self.rows.iter().find_map(|it| {
            let part = &self.schema.parts[it.part];
            let column = part.columns.iter().position(|it| it.key == column)?;
            (part.rows[it.row].key == row).then(|| self.values(it).get(column)?.as_ref())?
        })
    }
}
