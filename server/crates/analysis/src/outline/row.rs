//! Tells rows of several cells, which hold no heading, from lines with one cell.

/// A line with one cell, or with a number and a cell: `一、⇥总体情况`.
pub(super) fn is_single_cell(line: &str) -> bool {
    if ends_with_cells(line.as_bytes()) {
        return false;
    }
    let is_border = |it: char| matches!(it, '|' | '\t');
    let cells = line.trim_matches(|it: char| is_border(it) || it.is_whitespace());
    let Some(end) = memchr::memchr2(b'|', b'\t', cells.as_bytes()) else {
        return !cells.is_empty();
    };
    let first = cells[..end].trim_end();
    let others = || cells[end..].split(is_border).filter(|it| !it.trim().is_empty());
    first.ends_with('、') && first.chars().count() <= 3 && others().count() == 1
}

/// Whether the last two cells of a line are filled and the first of them is no number of a heading,
/// as far as the bytes that they end with tell. They do of most rows.
fn ends_with_cells(line: &[u8]) -> bool {
    let is_word = |cell: &[u8]| matches!(cell, [.., b'!'..=b'~'] | [.., 0xe4..=0xe9, _, _]);
    let without_blanks = |cells: &[u8]| {
        let end = cells.iter().rposition(|it| !matches!(it, b'|' | b'\t' | b' '));
        end.map_or(0, |it| it + 1)
    };
    let line = &line[..without_blanks(line)];
    let border = line.iter().rposition(|it| matches!(it, b'|' | b'\t'));
    let before = border.map_or(&[][..], |it| &line[..without_blanks(&line[..it])]);
    is_word(line) && is_word(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_several_cells_is_told_from_one_and_its_number() {
        const PARTS: [&str; 10] =
            ["|", "\t", " ", "\u{3000}", "\u{a0}", "😀", "、", "表", "1", "十一、"];
        let mut single = 0;
        for number in 0..PARTS.len().pow(5) {
            let part = |it: u32| PARTS[number / PARTS.len().pow(it) % PARTS.len()];
            let line: String = (0..5).map(part).collect();
            let cells: Vec<_> =
                line.split(['|', '\t']).map(str::trim).filter(|it| !it.is_empty()).collect();
            let expected = match cells[..] {
                [_] => true,
                [first, _] => first.chars().count() <= 3 && first.ends_with('、'),
                _ => false,
            };
            assert_eq!(is_single_cell(&line), expected, "{line:?}");
            single += usize::from(expected);
        }
        assert!(single > 10_000, "{single}");
    }
}
