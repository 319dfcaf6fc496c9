//! How many variables must change at least.

use rustc_hash::FxHashMap;

use super::bits::{self, Bits};
use super::tableau::Tableau;

/// A row or bound that does not hold.
pub(super) struct Violated {
    /// Its variables that may change.
    pub(super) free: Bits,
    /// How many they are.
    pub(super) count: u32,
    /// Index of the row; a bound has none.
    pub(super) row: Option<usize>,
}

/// Rows for which the partition into blocks is sought exactly.
const FEW: usize = 9;

/// A lower bound on the number of variables that must change. Once it is past `enough`, it
/// may not be the best one. `violated` is sorted by count. `balances` holds if
/// `is_balanced`.
pub(super) fn least(
    violated: &[Violated],
    tableau: &Tableau,
    balances: &[Vec<i64>],
    enough: usize,
    is_balanced: bool,
) -> usize {
    let packed = packing(violated.iter().map(|it| &it.free));
    // No bound is above the number of rows.
    if packed > enough || !is_balanced || violated.len() <= enough {
        return packed;
    }
    packed.max(blocks(violated, tableau, balances, enough))
}

/// Rows that do not hold and have no common variable need one each.
pub(super) fn packing<'a>(broken: impl Iterator<Item = &'a Bits>) -> usize {
    let mut used = Bits::default();
    let mut count = 0;
    for variables in broken {
        if used.is_apart(variables) {
            used = used.with(variables);
            count += 1;
        }
    }
    count
}

/// A repair falls into connected blocks, and over each block the residuals must balance. A
/// block over `v` violated rows needs `v - 1` variables, less what variables save that are in
/// three or more rows. There are no more blocks than disjoint sets of residuals that balance.
fn blocks(violated: &[Violated], tableau: &Tableau, balances: &[Vec<i64>], enough: usize) -> usize {
    let width = balances.first().map_or(0, Vec::len);
    if width == 0 {
        return 0;
    }
    let rows: Vec<_> = violated.iter().filter(|it| it.row.is_some()).collect();
    let weights = rows.iter().filter_map(|it| {
        let row = &tableau.rows[it.row?];
        Some(balances[row.equation].iter().map(|weight| weight.wrapping_mul(row.value)))
    });
    let weights: Vec<Vec<i64>> = weights.map(Iterator::collect).collect();
    let savings = savings(&rows, tableau);
    let needed = |blocks: usize| with_savings(rows.len().saturating_sub(blocks), &savings);
    let (zero, rest): (Vec<_>, Vec<_>) =
        weights.into_iter().partition(|it| it.iter().all(|it| *it == 0));
    // The finest and the coarsest partition that could be: most often they decide.
    let finest = needed(zero.len() + rest.len() / 2);
    if finest > enough || needed(zero.len()) <= enough {
        return finest;
    }
    needed(zero.len() + most_blocks(&rest, width))
}

/// How many variables it takes to lose `need`, each by one and what it saves.
fn with_savings(mut need: usize, savings: &[usize]) -> usize {
    let mut count = 0;
    for saving in savings {
        if need == 0 {
            break;
        }
        need = need.saturating_sub(1 + saving);
        count += 1;
    }
    count + need
}

/// What variables save that are in three or more rows, most first: of those in the same
/// violated rows one counts, for two would be dependent there.
fn savings(rows: &[&Violated], tableau: &Tableau) -> Vec<usize> {
    let held = tableau.rows.iter().filter(|it| it.value == 0);
    let held = held.fold(Bits::default(), |held, it| held.with(&it.line.variables));
    let all = rows.iter().fold(Bits::default(), |all, it| all.with(&it.free));
    // The rows of each variable, a bit each. Beyond 64 nothing is near enough.
    let mut signatures = [0_u64; bits::MOST];
    for (row, it) in rows.iter().take(64).enumerate() {
        it.free.iter().for_each(|variable| signatures[variable] |= 1 << row);
    }
    let mut groups: Vec<(u64, usize)> = Vec::new();
    for variable in all.iter() {
        let signature = signatures[variable];
        let hits = signature.count_ones() as usize;
        if hits < 2 {
            continue;
        }
        let saving = hits - 2 + usize::from(held.contains(variable));
        match groups.iter_mut().find(|it| it.0 == signature) {
            Some(group) => group.1 = group.1.max(saving),
            None => groups.push((signature, saving)),
        }
    }
    let mut savings: Vec<_> = groups.into_iter().map(|it| it.1).filter(|it| *it > 0).collect();
    savings.sort_unstable_by(|a, b| b.cmp(a));
    savings
}

/// The greatest number of disjoint sets of these weights, none of them zero, that add up to
/// zero; perhaps more, where they are many.
fn most_blocks(weights: &[Vec<i64>], width: usize) -> usize {
    if weights.len() > FEW { by_pairs(weights) } else { exactly(weights, width) }
}

/// A set of two is a pair of opposites, and one of three has its weights in triples that add up
/// to zero; all others are of four or more.
fn by_pairs(weights: &[Vec<i64>]) -> usize {
    let mut counts = FxHashMap::<&[i64], usize>::default();
    for it in weights {
        *counts.entry(it).or_default() += 1;
    }
    let negative = |it: &[i64]| it.iter().map(|it| it.wrapping_neg()).collect::<Vec<_>>();
    let opposites = counts.iter().filter_map(|it| Some(*it.1.min(counts.get(&*negative(it.0))?)));
    let pairs = opposites.sum::<usize>() / 2;
    let completes = |a: &Vec<i64>, b: &Vec<i64>| {
        let sum: Vec<_> = a.iter().zip(b).map(|it| it.0.wrapping_add(*it.1)).collect();
        counts.contains_key(&*negative(&sum))
    };
    let in_triple = weights.iter().enumerate().filter(|(index, it)| {
        weights.iter().enumerate().any(|other| other.0 != *index && completes(it, other.1))
    });
    let triples = in_triple.count() / 3;
    let blocks = |pairs: usize| {
        let left = weights.len() - 2 * pairs;
        let triples = triples.min(left / 3);
        pairs + triples + (left - 3 * triples) / 4
    };
    (0..=pairs).map(blocks).max().unwrap_or_default()
}

/// The greatest number of such sets, by dynamic programming over all sets.
fn exactly(weights: &[Vec<i64>], width: usize) -> usize {
    let sets = 1 << weights.len();
    let mut sums = vec![0_i64; sets * width];
    let mut most = vec![0_u8; sets];
    for set in 1..sets {
        let (low, rest) = (set.trailing_zeros() as usize, set & (set - 1));
        let mut is_zero = true;
        for at in 0..width {
            let sum = sums[rest * width + at].wrapping_add(weights[low][at]);
            sums[set * width + at] = sum;
            is_zero &= sum == 0;
        }
        // Ordered so that each block ends where the running sum is zero.
        let mut left = set;
        while left != 0 {
            let one = left & left.wrapping_neg();
            most[set] = most[set].max(most[set ^ one]);
            left ^= one;
        }
        most[set] += u8::from(is_zero);
    }
    usize::from(most[sets - 1])
}
