//! What must cancel out over the equations that a complete repair touches.

/// The weights of each equation in a basis of all `y` with `Σ y·coefficient = 0` for every
/// cell of two or more equations: whatever such cells change, `Σ y·residual` stays as it is.
pub(super) fn balances(equations: usize, of_cell: &[Vec<(usize, i64)>]) -> Vec<Vec<i64>> {
    let mut pivots: Vec<(usize, Vec<i128>)> = Vec::new();
    for cell in of_cell.iter().filter(|it| it.len() >= 2) {
        let mut row = vec![0; equations];
        for (equation, coefficient) in cell {
            row[*equation] += i128::from(*coefficient);
        }
        for (pivot, other) in &pivots {
            cancel(&mut row, other, *pivot);
        }
        let Some(pivot) = row.iter().position(|it| *it != 0) else { continue };
        for (_, other) in &mut pivots {
            cancel(other, &row, pivot);
        }
        pivots.push((pivot, row));
    }
    let free = (0..equations).filter(|it| pivots.iter().all(|(pivot, _)| pivot != it));
    let basis: Vec<_> = free.filter_map(|it| solution(&pivots, equations, it)).collect();
    (0..equations).map(|equation| basis.iter().map(|it| it[equation]).collect()).collect()
}

/// Makes `row` zero at `pivot` by a multiple of `other`, in small numbers.
fn cancel(row: &mut [i128], other: &[i128], pivot: usize) {
    let (own, by) = (other[pivot], row[pivot]);
    if by == 0 {
        return;
    }
    row.iter_mut().zip(other).for_each(|it| *it.0 = *it.0 * own - it.1 * by);
    let divisor = row.iter().fold(0, |sum, it| gcd(sum, *it)).max(1);
    for it in row {
        *it /= divisor;
    }
}

/// The solution with one free unknown, the others 0.
fn solution(pivots: &[(usize, Vec<i128>)], equations: usize, free: usize) -> Option<Vec<i64>> {
    let scale = pivots.iter().fold(1, |scale, (pivot, row)| {
        let needed = row[*pivot] / gcd(row[*pivot], row[free]).max(1);
        scale * needed / gcd(scale, needed).max(1)
    });
    let mut solution = vec![0; equations];
    solution[free] = scale;
    for (pivot, row) in pivots {
        solution[*pivot] = -row[free] * scale / row[*pivot];
    }
    solution.into_iter().map(|it| i64::try_from(it).ok()).collect()
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a.abs() } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_columns_of_a_grid_balance_each_other() {
        // Cells of a 2 × 2 grid in the sums of their rows (0, 1) and columns (2, 3).
        let of_cell: Vec<_> = (0..4).map(|cell| vec![(cell / 2, 1), (2 + cell % 2, 1)]).collect();
        let balances = balances(4, &of_cell);
        let sign = balances[0][0];
        assert_eq!(balances, [[sign], [sign], [-sign], [-sign]]);
    }

    #[test]
    fn sums_that_share_no_cell_need_not_balance() {
        let of_cell = vec![vec![(0, 1)], vec![(1, 1)]];
        assert_eq!(balances(2, &of_cell), [[1, 0], [0, 1]]);
    }
}
