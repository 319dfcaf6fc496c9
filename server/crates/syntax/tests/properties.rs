//! What holds for any text and any edits: nothing is lost, incremental equals full, much is
//! reused, and cells and positions stay inside the text.
//!
//! `GOUJI_PROPERTY_EDITS=1000000` makes the run of random edits longer.

mod common;

use std::ops::Range;

use common::{HOSTILE, Random, assert_whole, edit, hostile, report};
use gouji_syntax::table;
use gouji_syntax::{BlockKind, Document, Edit, Encoding, Position, TableKind, position};
use proptest::prelude::*;

const EDITS: usize = 20_000;

fn edits() -> usize {
    let wanted = std::env::var("GOUJI_PROPERTY_EDITS").ok().and_then(|it| it.parse().ok());
    wanted.unwrap_or(EDITS)
}

fn apply(text: &mut String, edit: &Edit) {
    text.replace_range(edit.range.clone(), &edit.text);
}

/// Blocks of `new` that are the very blocks of `old`, and all blocks of `new`.
fn shared(old: &Document, new: &Document) -> (usize, usize) {
    let kept = |block: &&gouji_syntax::Block| old.blocks().any(|it| it.data.is(&block.data));
    (new.blocks().filter(kept).count(), new.count())
}

#[test]
fn random_edits_give_what_parsing_in_full_gives() {
    const CHAIN: usize = 25;
    let (mut kept, mut all) = (0, 0);
    for seed in 0..edits().div_ceil(CHAIN) as u64 {
        let mut random = Random(seed);
        let mut text = hostile(&mut random, 60);
        let mut doc = Document::new(&text);
        for step in 1..=CHAIN {
            let edit = edit(&mut random, &text);
            apply(&mut text, &edit);
            let reuse = doc.edit(&edit);
            assert_eq!(reuse.kept + reuse.parsed, doc.count(), "seed {seed}");
            kept += reuse.kept;
            all += doc.count();
            // Debug builds compare with a full parse at every edit as it is.
            if step == CHAIN || !cfg!(debug_assertions) {
                assert_whole(&doc, &text);
            }
        }
    }
    eprintln!("kept {kept} of {all} blocks");
    assert!(kept * 100 >= all * HOSTILE_FLOOR, "kept {kept} of {all} blocks");
}

/// Percent of blocks that random hostile edits on tiny documents leave unread. Measured: 51;
/// the rest is what an edit may change, as an opener that swallows all that follows. An
/// implementation that parses in full has 0.
const HOSTILE_FLOOR: usize = 45;

#[test]
fn edits_of_a_report_leave_nearly_all_of_it_alone() {
    let (mut kept, mut all) = (0, 0);
    for seed in 0..400 {
        let mut random = Random(seed);
        let mut text = report();
        let mut doc = Document::new(&text);
        for _ in 0..5 {
            let start = common::floor(&text, random.below(text.len() + 1));
            let end = common::floor(&text, (start + random.below(6)).min(text.len()));
            // Openers without closers rightly swallow the rest.
            let with = random
                .pick(&["", "\n", "\n\n", "|", "\t", "一、", "12", "字", "\r\n", "</p>", "**"]);
            let edit = Edit { range: start..end, text: with.to_owned() };
            apply(&mut text, &edit);
            let reuse = doc.edit(&edit);
            kept += reuse.kept;
            all += reuse.kept + reuse.parsed;
            assert_whole(&doc, &text);
        }
    }
    assert!(kept * 100 >= all * 90, "kept {kept} of {all} blocks");
}

/// Types `with` character by character where `at` first stands in a report; the worst share
/// of blocks kept over the keystrokes, in percent.
fn typing(at: &str, with: &str) -> (usize, usize) {
    let mut text = report();
    let mut doc = Document::new(&text);
    let mut place = text.find(at).expect("a place in the report");
    let (mut same, mut unread) = (100, 100);
    for c in with.chars() {
        let edit = Edit { range: place..place, text: c.to_string() };
        let before = doc.clone();
        let reuse = doc.edit(&edit);
        apply(&mut text, &edit);
        place += c.len_utf8();
        let (kept, all) = shared(&before, &doc);
        same = same.min(kept * 100 / all);
        unread = unread.min(reuse.kept * 100 / all);
    }
    assert_whole(&doc, &text);
    (same, unread)
}

#[test]
fn typing_in_prose_keeps_the_other_blocks() {
    for at in ["及时更新栏目", "统计期限", "第3个问题", "2025年1月20日"] {
        let (same, unread) = typing(at, "加强公开20件，做好3项工作");
        assert!(same >= 95 && unread >= 90, "{at}: {same} % kept, {unread} % not read");
    }
}

#[test]
fn typing_in_a_table_cell_keeps_the_other_blocks() {
    for at in ["3 | 1 | 21", "12.申请情形", "0 | 0 | 0 | 0 | 0 | 7"] {
        let (same, unread) = typing(at, "1234");
        assert!(same >= 95 && unread >= 90, "{at}: {same} % kept, {unread} % not read");
    }
}

#[test]
fn blocks_that_did_not_change_keep_their_data() {
    let text = "一、甲\n正文\n\n| 规章 | 0 |\n\n二、乙\n";
    let old = Document::new(text);
    let mut new = old.clone();
    let at = text.find("| 0").expect("a cell") + 2;
    new.edit(&Edit { range: at..at + 1, text: "1".to_owned() });
    for (index, (old, new)) in old.blocks().zip(new.blocks()).enumerate() {
        assert_eq!(old.data.is(&new.data), index != 3, "block {index}");
    }
    new.edit(&Edit { range: 0..0, text: "题\n\n".to_owned() });
    assert!(old.block(5).unwrap().data.is(&new.block(7).unwrap().data), "shifted blocks are kept");
}

#[test]
fn a_report_typed_and_deleted_character_by_character() {
    let whole = report();
    let (mut text, mut doc) = (String::new(), Document::new(""));
    // Every edit is checked against a full parse in debug builds; here at some of them.
    for (at, c) in whole.char_indices() {
        doc.edit(&Edit { range: at..at, text: c.to_string() });
        text.push(c);
        if at % 64 == 0 {
            assert_whole(&doc, &text);
        }
    }
    assert_whole(&doc, &whole);
    while let Some(c) = text.pop() {
        doc.edit(&Edit { range: text.len()..text.len() + c.len_utf8(), text: String::new() });
        if text.len() % 64 == 0 {
            assert_whole(&doc, &text);
        }
    }
    assert_whole(&doc, "");
}

#[test]
fn a_batch_gives_the_same_in_both_orders() {
    for seed in 0..500 {
        let mut random = Random(seed);
        let text = hostile(&mut random, 80);
        let mut ends: Vec<_> =
            (0..8).map(|_| common::floor(&text, random.below(text.len() + 1))).collect();
        ends.sort_unstable();
        let batch: Vec<_> = ends
            .chunks(2)
            .map(|it| Edit { range: it[0]..it[1], text: hostile(&mut random, 3) })
            .collect();
        let mut expected = text.clone();
        let mut bottom_up = Document::new(&text);
        for edit in batch.iter().rev() {
            apply(&mut expected, edit);
            bottom_up.edit(edit);
        }
        let mut top_down = Document::new(&text);
        let (mut added, mut removed) = (0, 0);
        for edit in &batch {
            let range = edit.range.start + added - removed..edit.range.end + added - removed;
            top_down.edit(&Edit { range, text: edit.text.clone() });
            added += edit.text.len();
            removed += edit.range.len();
        }
        assert_whole(&bottom_up, &expected);
        assert_whole(&top_down, &expected);
    }
}

#[test]
fn replacing_the_whole_text_is_one_small_edit() {
    for seed in 0..1000 {
        let mut random = Random(seed);
        let mut doc = Document::new(&hostile(&mut random, 40));
        for _ in 0..3 {
            let text = hostile(&mut random, 40);
            doc.replace(&text);
            assert_whole(&doc, &text);
        }
    }
    let mut doc = Document::new(&report());
    let reuse = doc.replace(&report().replace("第3个问题", "第三个问题"));
    assert!(reuse.parsed <= 4, "{reuse:?}");
}

#[test]
fn edits_outside_the_text_are_clamped() {
    let backwards = Range { start: 2, end: 1 };
    for range in [0..99, 99..200, 1..2, backwards, 4..4] {
        let mut doc = Document::new("甲乙");
        doc.edit(&Edit { range, text: "x".to_owned() });
        let text = doc.text().to_string();
        assert_whole(&doc, &text);
    }
}

const KINDS: [BlockKind; 8] = [
    BlockKind::Blank,
    BlockKind::Heading,
    BlockKind::Paragraph,
    BlockKind::Table(TableKind::Pipe),
    BlockKind::Table(TableKind::Tab),
    BlockKind::Table(TableKind::Html),
    BlockKind::Fence,
    BlockKind::Comment,
];

/// Slots are parts of the text in order, apart from each other, and hold their texts.
#[track_caller]
fn assert_cells(kind: BlockKind, text: &str) {
    let mut after = 0;
    for cell in table::cells(kind, text).rows.iter().flatten() {
        for range in [cell.text, cell.slot] {
            let range = Range::<usize>::from(range);
            assert!(text.get(range).is_some(), "{cell:?} in {text:?}");
        }
        assert!(cell.slot.contains_range(cell.text), "{cell:?} in {text:?}");
        assert!(usize::from(cell.slot.start()) >= after, "{cell:?} in {text:?}");
        assert!(cell.column_span > 0 && cell.row_span > 0, "{cell:?} in {text:?}");
        after = cell.slot.end().into();
        let _ = table::cell_text(text, cell);
    }
}

/// What is told to be the only cell of a paragraph is.
#[track_caller]
fn assert_only_cell(text: &str) {
    let Some(only) = table::only_cell(text) else { return };
    let cells = table::cells(BlockKind::Paragraph, text);
    let [cell] = cells.rows.cells() else { panic!("{cells:?} in {text:?}") };
    assert_eq!(Range::<usize>::from(cell.text), only, "{text:?}");
    assert_eq!(table::cell_text(text, cell), text[only], "{text:?}");
}

#[test]
fn the_only_cell_of_a_line_is_its_text() {
    for text in ["公开信息2条。", " 本机关 \u{3000}\r\n", "\u{200b}（一）主动公开\n", "共 3 件"]
    {
        assert!(table::only_cell(text).is_some(), "{text:?}");
        assert_only_cell(text);
    }
    for text in ["", " \n", "总计 3", "甲\n乙", "**甲**", "<b>甲</b>", "甲 /", "甲&amp;乙"]
    {
        assert_eq!(table::only_cell(text), None, "{text:?}");
    }
    for seed in 0..3000 {
        let text = hostile(&mut Random(seed), 6);
        text.split_inclusive('\n').for_each(assert_only_cell);
    }
}

#[test]
fn cells_of_hostile_text_stay_in_order_inside_it() {
    for seed in 0..3000 {
        let text = hostile(&mut Random(seed), 40);
        for kind in KINDS {
            assert_cells(kind, &text);
        }
    }
}

/// Repeated, with a space for `·`, these would make a scan that looks back or restarts quadratic.
const REPEATED: &str = "中 0 0· <b>0</b>· -· | \\| a\\| \\\\ < <a <p> </p> <p>中</p> <td> <td·colspan=300·rowspan=9> <tr><td> <table \
    <td·a=\" <td·a='\" <!-- <! & &# ** 一、 # 1, \u{feff} |\n \t \t\n \r ```\n ~~~\n```\n （一）\n </table> <table></table>";

/// The same of one pattern after the other.
const HALVES: [(&str, &str); 8] = [
    (" ", "\\|"),
    (" ", "|"),
    (" ", "\n<b>"),
    ("\n", "<"),
    ("a ", "\n"),
    ("<table>", "x"),
    ("<!--", "x"),
    ("| ", "\\"),
];

/// No clock: such a scan would take minutes, and on the megabytes of a release build not end.
#[test]
fn huge_single_lines_are_read_in_one_pass() {
    const BYTES: usize = if cfg!(debug_assertions) { 1 << 16 } else { 1 << 21 };
    let fill = |it: &str, bytes: usize| it.repeat(bytes / it.len());
    let pieces = REPEATED.split(' ').filter(|it| !it.is_empty()).map(|it| it.replace('·', " "));
    let repeated = pieces.map(|it| fill(&it, BYTES));
    let halves = HALVES.map(|it| fill(it.0, BYTES / 2) + &fill(it.1, BYTES / 2));
    for text in repeated.chain(halves) {
        let mut doc = Document::new(&text);
        for kind in KINDS {
            let _ = table::cells(kind, &text);
        }
        for cell in
            table::cells(doc.block(0).unwrap().data.kind, &text).rows.iter().flatten().take(9)
        {
            let _ = table::cell_text(&text, cell);
        }
        let _ = gouji_syntax::plain::Plain::new(&text, 0);
        doc.edit(&Edit { range: 0..0, text: "\n".to_owned() });
    }
}

const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

/// Text of hostile pieces and any characters.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(&HOSTILE[..]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|it| it.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn blocks_are_the_text(text in any_text(), arbitrary: String) {
        for text in [text, arbitrary] {
            assert_whole(&Document::new(&text), &text);
        }
    }

    #[test]
    fn any_edit_gives_what_parsing_in_full_gives(
        text in any_text(), with in any_text(), start: prop::sample::Index, end: prop::sample::Index,
    ) {
        let ends = [start, end].map(|it| common::floor(&text, it.index(text.len() + 1)));
        let edit = Edit { range: ends[0].min(ends[1])..ends[0].max(ends[1]), text: with };
        let mut doc = Document::new(&text);
        doc.edit(&edit);
        let mut expected = text;
        apply(&mut expected, &edit);
        assert_whole(&doc, &expected);
    }

    #[test]
    fn cells_of_any_text_stay_in_order_inside_it(text in any_text(), arbitrary: String) {
        for kind in KINDS {
            assert_cells(kind, &text);
            assert_cells(kind, &arbitrary);
        }
        assert_only_cell(&text);
        assert_only_cell(&arbitrary);
    }

    #[test]
    fn positions_lead_back(text in any_text()) {
        let rope = Document::new(&text).text().clone();
        for at in text.char_indices().map(|it| it.0).chain([text.len()]) {
            let inside_terminator = text[..at].ends_with('\r') && text[at..].starts_with('\n');
            let expected = if inside_terminator { at - 1 } else { at };
            for encoding in ENCODINGS {
                let place = position::position(&rope, at, encoding);
                prop_assert_eq!(position::offset(&rope, place, encoding), expected);
            }
        }
    }

    #[test]
    fn any_position_is_clamped(text in any_text(), line in 0u32..12, column: u32, near in 0u32..20) {
        let rope = Document::new(&text).text().clone();
        for encoding in ENCODINGS {
            for column in [column, near] {
                let at = position::offset(&rope, Position { line, column }, encoding);
                prop_assert!(text.is_char_boundary(at));
                let place = position::position(&rope, at, encoding);
                prop_assert!(place.line <= line && (place.line < line || place.column <= column));
                prop_assert_eq!(position::offset(&rope, place, encoding), at);
            }
            let outside = position::position(&rope, text.len() + line as usize, encoding);
            prop_assert_eq!(position::offset(&rope, outside, encoding), text.len());
        }
    }
}
