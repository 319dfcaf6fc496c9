//! 统计期限: the first statement of it in a report.

use crate::Blocks;
use crate::finding::Place;
use crate::prose;
use crate::report::{Paragraph, Period};

/// The period that the paragraphs state first. Days that lost digits give none.
pub(crate) fn period(blocks: &Blocks, paragraphs: &[Paragraph]) -> Option<Period> {
    paragraphs.iter().find_map(|paragraph| {
        let written = prose::of_paragraph(blocks, paragraph)?.period.as_ref()?;
        let place = |range| Place::new(paragraph.block, range);
        Some(Period {
            start: written.start,
            end: written.end,
            start_year_place: place(written.start_year),
            end_year_place: written.end_year.map(place),
            start_day_place: place(written.start_day),
            end_day_place: place(written.end_day),
        })
    })
}
