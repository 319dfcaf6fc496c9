//! Inserting a row of the form that a table lacks, written as its neighbours are.

use std::ops::Range;

use gouji_syntax::table::Dialect;

use crate::finding::{Edit, Fix, Place, Safety};
use crate::message::Message;
use crate::report::{Row, Table};
use crate::schema;
use crate::{Blocks, label, names};

/// The insertion of a blank row after the one before it in the form; `None` where the
/// dialect cannot show a blank cell, or no neighbour shows how a row of this part is written.
pub(crate) fn fix(blocks: &Blocks, table: &Table, part: usize, row: usize) -> Option<Fix> {
    let schema = &table.schema.parts[part].rows[row];
    let before = |it: &&Row| it.part == part && it.row < row;
    let neighbour = table.rows.iter().filter(before).max_by_key(|it| it.row);
    // Merged cells of HTML span the neighbour's group only.
    let same_group = |it: &&Row| table.schema.parts[part].rows[it.row].groups == schema.groups;
    let neighbour = match table.dialect {
        Dialect::Lines => return None,
        Dialect::Html => neighbour.filter(same_group),
        _ => neighbour,
    };
    let like = Written::of(table, neighbour?)?;
    let edits = match table.dialect {
        Dialect::Html => html(blocks, &like, schema)?,
        Dialect::PipeCells | Dialect::TabCells => cells(blocks, table.dialect, &like, schema)?,
        _ => line(blocks, &like, schema)?,
    };
    let title = Message::new("fix.insert-row").with("row", names::row(table.schema, part, row));
    Some(Fix { title, safety: Safety::Safe, preferred: true, edits })
}

/// Where a row stands in its block.
struct Written {
    block: usize,
    label: Range<usize>,
    /// In order.
    values: Vec<Range<usize>>,
}

impl Written {
    /// `None` where it has no label, or stands in several blocks.
    fn of(table: &Table, row: &Row) -> Option<Self> {
        let label = row.label?;
        let values: Vec<_> = table.values(row).iter().flatten().map(|it| it.place).collect();
        let in_block = values.iter().all(|it| it.block == label.block);
        in_block.then(|| Self {
            block: label.block as usize,
            label: label.range.into(),
            values: values.into_iter().map(|it| it.range.into()).collect(),
        })
    }
}

/// `text[span]` with the label replaced, and all other text blank, at its display width. `None`
/// where the label is several cells.
fn rewritten(
    text: &str,
    span: Range<usize>,
    label: &Range<usize>,
    blanks: &[Range<usize>],
    new_label: &str,
) -> Option<String> {
    // One that a separator has cut would leave a row of fewer cells.
    if blanks.iter().any(|it| it.start < label.end && label.start < it.end) {
        return None;
    }
    let mut parts: Vec<(Range<usize>, String)> = vec![(label.clone(), new_label.to_owned())];
    parts.extend(blanks.iter().map(|it| (it.clone(), " ".repeat(width(&text[it.clone()])))));
    parts.sort_by_key(|it| it.0.start);
    let (mut written, mut at) = (String::new(), span.start);
    // Values may be bound from other lines than the label's.
    let inside = |it: &(Range<usize>, _)| span.start <= it.0.start && it.0.end <= span.end;
    for (range, replacement) in parts.into_iter().filter(inside) {
        written.push_str(&text[at..range.start]);
        written.push_str(&replacement);
        at = range.end;
    }
    written.push_str(&text[at..span.end]);
    Some(written)
}

fn width(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

/// In dialects with a row a line: a copy of the neighbour's line.
fn line(blocks: &Blocks, like: &Written, schema: &schema::Row) -> Option<Vec<Edit>> {
    let Written { block, label, .. } = like;
    let data = &blocks[*block].data;
    let text = &*data.text;
    let start = text[..label.start].rfind(['\n', '\r']).map_or(0, |it| it + 1);
    let rest = &text[label.end..];
    let end = label.end + rest.find(['\n', '\r']).unwrap_or(rest.len());
    let break_len = if text[end..].starts_with("\r\n") { 2 } else { 1 };
    let line_break = text.get(end..end + break_len).unwrap_or("\n");
    let cells = blocks[*block].cells().rows.iter().flatten().map(|it| Range::from(it.text));
    let others: Vec<Range<usize>> =
        cells.filter(|it| start <= it.start && it.end <= end && it != label).collect();
    let copy = rewritten(text, start..end, label, &others, &schema.label.label)?;
    let place = Place::new(*block, gouji_syntax::range(end, end));
    Some(vec![Edit { place, text: format!("{line_break}{copy}") }])
}

/// In dialects with a cell a line: a copy of the neighbour's cells after its last.
fn cells(
    blocks: &Blocks,
    dialect: Dialect,
    like: &Written,
    schema: &schema::Row,
) -> Option<Vec<Edit>> {
    let Written { block, label, values } = like;
    let data = &blocks[*block].data;
    let slots: Vec<Range<usize>> =
        blocks[*block].cells().rows.iter().flatten().map(|it| it.slot.into()).collect();
    let slot_of = |it: &Range<usize>| {
        slots.iter().find(|slot| slot.start <= it.start && it.end <= slot.end).cloned()
    };
    let start = slot_of(label)?.start;
    let end = slot_of(values.last()?)?.end;
    let copy = rewritten(&data.text, start..end, label, values, &schema.label.label)?;
    let separator = if dialect == Dialect::TabCells {
        // A blank line divides rows where the cells of a row are a block.
        if end == data.text.len() { "\n\t" } else { "\t" }
    } else {
        "|"
    };
    let place = Place::new(*block, gouji_syntax::range(end, end));
    Some(vec![Edit { place, text: format!("{separator}{copy}") }])
}

/// In HTML: a copy of the neighbour's `<tr>` without the merged cells that begin there, and
/// one more row for the merged cells that span the new row.
fn html(blocks: &Blocks, like: &Written, schema: &schema::Row) -> Option<Vec<Edit>> {
    let Written { block, label, values } = like;
    let data = &blocks[*block].data;
    let text = &*data.text;
    let lower = text.to_ascii_lowercase();
    // The row from the label's own cell on: merged cells stand before it.
    let start = lower[..label.start].rfind("<td").or_else(|| lower[..label.start].rfind("<th"))?;
    let end = label.end + lower[label.end..].find("</tr>")?;
    let rest = rewritten(text, start..end, label, values, &schema.label.label)?;
    let after = end + "</tr>".len();
    let place = Place::new(*block, gouji_syntax::range(after, after));
    let mut edits = vec![Edit { place, text: format!("\n<tr>{}</tr>", rest.trim_end()) }];
    edits.extend(widened(blocks, like, schema));
    edits.sort_by_key(|it| it.place);
    Some(edits)
}

/// Raises the `rowspan` of the group cells that span a row.
fn widened(blocks: &Blocks, like: &Written, schema: &schema::Row) -> Vec<Edit> {
    let block = like.block;
    let data = &blocks[block].data;
    let rows = &blocks[block].cells().rows;
    let is_label = |it: &gouji_syntax::table::Cell| Range::<usize>::from(it.text) == like.label;
    let Some(at) = rows.iter().position(|row| row.iter().any(is_label)) else { return Vec::new() };
    let mut edits = Vec::new();
    for (row, cell) in
        rows.iter().enumerate().flat_map(|(i, row)| row.iter().map(move |it| (i, it)))
    {
        let spans = row <= at && at < row + cell.row_span as usize && cell.row_span > 1;
        let text = label::normalise(&data.text[Range::from(cell.text)]);
        if !spans || !schema.groups.iter().any(|it| label::normalise(it) == text) {
            continue;
        }
        let slot: Range<usize> = cell.slot.into();
        let Some(open) = data.text[..slot.start].rfind('<') else { continue };
        let tag = data.text[open..slot.start].to_ascii_lowercase();
        let Some(attribute) = tag.find("rowspan") else { continue };
        let digits = tag[attribute..].find(|c: char| c.is_ascii_digit()).map(|it| attribute + it);
        let Some(first) = digits else { continue };
        let len = tag[first..].find(|c: char| !c.is_ascii_digit()).unwrap_or(tag.len() - first);
        let range = gouji_syntax::range(open + first, open + first + len);
        edits.push(Edit { place: Place::new(block, range), text: (cell.row_span + 1).to_string() });
    }
    edits
}

#[cfg(test)]
mod tests {
    use crate::testing::findings;

    #[test]
    fn a_row_whose_label_is_several_cells_is_not_copied() {
        // One label is cut by a separator.
        let labels = [
            "行政查询事项",
            "不掌握相关政府信息",
            "没有现成信息需要另行制作",
            "补正后申请内容仍不明确",
            "信访举报投诉类申请",
            "重复申请",
            "要求提供公开出版物",
            "无正当理由大量反复申请",
            "要求行政机关确认或重新出具已获取信息",
            "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            "申请人逾期未按",
            "收费通知要求缴纳费用",
            "总计",
            "结转下年度继续办理",
        ];
        let missing = findings(&labels.join("|"), "T201");
        assert!(!missing.is_empty());
        assert!(missing.iter().all(|it| it.fixes.is_empty()), "{missing:?}");
    }
}
