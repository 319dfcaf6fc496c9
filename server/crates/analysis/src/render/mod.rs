//! Tables of a form, and whole reports, as text in any dialect that reports come in.
//!
//! The inverse of reading: what is written here reads back as the same table. Lines end
//! with `\n`; whoever inserts the text into a document turns them into its own.

mod blank;
mod grid;
mod report;
mod sample;
mod table;

pub use blank::{Blank, blank};
pub use grid::{Cell, Grid, Role};
pub use report::Markup;
pub use sample::{Contents, report};
pub use table::{blank_table, table};

/// What a cell of a table holds, by part, row and column; `None` leaves it blank.
pub type Values<'a> = &'a dyn Fn(usize, usize, usize) -> Option<String>;
