//! 统计期限: the first statement of it in a report.

use crate::Document;
use crate::finding::Place;
use crate::memo;
use crate::report::{Paragraph, Period};

/// The period that the paragraphs state first. Days that lost digits give none.
pub(crate) fn period(doc: &Document, paragraphs: &[Paragraph]) -> Option<Period> {
    paragraphs.iter().find_map(|paragraph| {
        let block = doc.blocks().get(paragraph.block)?;
        let written = memo::prose(&block.data).period.as_ref()?;
        let place = |range| Place::new(paragraph.block, range);
        Some(Period {
            start: written.start,
            end: written.end,
            start_year_place: place(written.start_year),
            end_year_place: written.end_year.map(place),
        })
    })
}
