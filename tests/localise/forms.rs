//! The systems of all tables of both forms.

use std::collections::BTreeSet;

use gouji_analysis::localise::{Problem, System, Verdict};
use gouji_analysis::schema::SCHEMAS;

use crate::brute::difference;
use crate::damaged::{COLUMNS, ROWS, Size, cell, right};
use crate::random::Random;
use crate::{form, requests, solve, support};

/// Rows of table 三 of 2021 that are one row, 其他处理, in that of 2019.
const CLOSED: std::ops::Range<usize> = 20..23;

/// The numbers of a table 三 of 2021 on the form of 2019.
fn on_old_form(values: &[i64]) -> Vec<Option<i64>> {
    let mut rows: Vec<_> = values.chunks(COLUMNS).map(<[i64]>::to_vec).collect();
    let closed = (0..COLUMNS).map(|column| CLOSED.map(|row| rows[row][column]).sum()).collect();
    rows.splice(CLOSED, [closed]);
    rows.concat().into_iter().map(Some).collect()
}

#[test]
fn every_table_has_its_cells_and_sums() {
    let mut seen = Vec::new();
    for schema in SCHEMAS.iter() {
        for table in &schema.tables {
            let system = System::of(table);
            let cells = table.parts.iter().map(|it| it.rows.len() * it.columns.len()).sum();
            assert_eq!(system.cells(), cells, "{} {}", schema.id, table.id);
            for cell in 0..cells {
                let (part, row, column) = system.key(cell);
                assert!(table.parts[part].rows.len() > row, "{cell}");
                assert!(table.parts[part].columns.len() > column, "{cell}");
                assert_eq!(system.index((part, row, column)), cell);
            }
            seen.push((&*schema.id, &*table.id, system.equations().len()));
        }
    }
    let expected = [
        ("2019", "disclosure", 0),
        ("2019", "requests", 37),
        ("2019", "litigation", 3),
        ("2021", "disclosure", 0),
        ("2021", "requests", 39),
        ("2021", "litigation", 3),
    ];
    assert_eq!(seen, expected);
}

#[test]
fn every_sum_of_a_right_table_3_holds_and_breaks_with_any_of_its_cells() {
    let (new, old) = (requests(), System::of(form("2019", "requests")));
    let values = right(&mut Random::new(1), Size::Medium);
    let observed: Vec<_> = values.iter().copied().map(Some).collect();
    for (system, observed) in [(new, observed), (old, on_old_form(&values))] {
        let broken = |observed: &[Option<i64>]| {
            let equations = system.equations().iter();
            equations.filter(|it| difference(observed, it) != 0).count()
        };
        assert_eq!(broken(&observed), 0);
        let done = system.cells() / COLUMNS - 2;
        for cell in 0..system.cells() {
            let mut wrong = observed.clone();
            wrong[cell] = wrong[cell].map(|it| it + 1);
            let expected = if cell / COLUMNS == done { 3 } else { 2 };
            assert_eq!(broken(&wrong), expected, "{:?}", system.key(cell));
        }
    }
}

#[test]
fn a_wrong_cell_of_the_older_table_3_is_found() {
    let system = System::of(form("2019", "requests"));
    assert_eq!(system.cells(), cell(ROWS - 2, 0));
    let right = on_old_form(&right(&mut Random::new(7), Size::Medium));
    for cell in 0..right.len() {
        let mut observed = right.clone();
        // No other number of the table is as large: nothing else looks alike.
        observed[cell] = Some(7919);
        let outcome = solve(&Problem { only_cells: true, ..Problem::new(&system, &observed) });
        assert_eq!(outcome.verdict, Verdict::Unique, "{cell}: {outcome:?}");
        let changes = outcome.explanations[0].changes();
        assert_eq!(Some(changes), right[cell].map(|it| vec![(cell, it)]));
        let outcome = solve(&Problem::new(&system, &observed));
        let first =
            outcome.explanations.first().map(gouji_analysis::localise::Explanation::changes);
        assert_eq!(first, right[cell].map(|it| vec![(cell, it)]), "{outcome:?}");
    }
}

#[test]
fn any_cell_of_a_sum_of_table_4_may_be_the_wrong_one() {
    for schema in ["2019", "2021"] {
        let system = System::of(form(schema, "litigation"));
        for sum in 0..3 {
            let mut observed = [2, 1, 0, 0, 3].repeat(3).into_iter().map(Some).collect::<Vec<_>>();
            let total = sum * 5 + 4;
            observed[total] = Some(8);
            let outcome = solve(&Problem::new(&system, &observed));
            assert_eq!(outcome.verdict, Verdict::Ambiguous, "{outcome:?}");
            let supports: Vec<_> = outcome.explanations.iter().map(support).collect();
            // Several numbers may stand one column off, too; but none of another sum.
            let single: BTreeSet<_> =
                supports.iter().filter(|it| it.len() == 1).flatten().collect();
            assert!(single.into_iter().copied().eq(sum * 5..=total), "{outcome:?}");
            let mut all = supports.iter().flatten();
            assert!(all.all(|it| (sum * 5..=total).contains(it)), "{outcome:?}");
        }
    }
}

#[test]
fn broken_sums_of_table_4_are_explained_each_for_itself() {
    let system = System::of(form("2021", "litigation"));
    // No other result can be as much less as these totals are.
    let observed = [2, 1, 0, 0, 0, 2, 1, 0, 0, 3, 0, 4, 0, 0, 1].map(Some);
    let outcome = solve(&Problem { only_cells: true, ..Problem::new(&system, &observed) });
    let supports: BTreeSet<_> = outcome.explanations.iter().map(support).collect();
    assert_eq!(supports, BTreeSet::from([vec![4, 11], vec![4, 14]]), "{outcome:?}");
}

#[test]
fn nothing_in_a_table_without_sums_is_wrong() {
    for schema in ["2019", "2021"] {
        let system = System::of(form(schema, "disclosure"));
        let observed: Vec<_> = (0..).map(|it| Some(it * it % 11)).take(system.cells()).collect();
        let outcome = solve(&Problem::new(&system, &observed));
        assert_eq!((outcome.verdict, outcome.explanations), (Verdict::Valid, Vec::new()));
    }
}
