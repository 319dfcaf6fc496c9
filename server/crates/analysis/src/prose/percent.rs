//! Whether a printed percentage is a rounding of part / whole. Integers only: a float
//! decides 1/8 at no decimals by accident.

use rust_decimal::Decimal;

/// A percentage as printed: `41.17` is 4117 with two decimals. Trailing zeros count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Printed {
    /// The digits without the point.
    pub(crate) digits: i128,
    /// How many of them stand after the point.
    pub(crate) decimals: u32,
}

/// How a printed percentage relates to part / whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Rounded half up, or half to even (GB/T 8170).
    Right,
    /// Cut off after the last digit.
    Truncated,
    /// Rounded twice, first one digit further, as GB/T 8170 forbids.
    RoundedTwice,
    /// One unit of the last digit beside the rounded value.
    Near,
    /// Further off.
    Wrong,
}

impl Verdict {
    /// Whether the denominator can be the one that the writer divided by.
    pub(crate) fn fits(self) -> bool {
        matches!(self, Self::Right | Self::Truncated | Self::RoundedTwice)
    }
}

/// More decimals than anyone prints; keeps all products far inside `i128`.
const MOST_DECIMALS: u32 = 8;

/// More than any count in a report.
const LARGEST: i128 = 1_000_000_000_000_000;

impl Printed {
    /// Reads a printed value; `None` where it is negative or absurdly long.
    pub(crate) fn new(value: Decimal) -> Option<Self> {
        let decimals = value.scale();
        (decimals <= MOST_DECIMALS && !value.is_sign_negative() && value.mantissa() < LARGEST)
            .then(|| Self { digits: value.mantissa(), decimals })
    }

    /// Judges it as `part` of `whole`; `None` where `whole` is not positive.
    pub(crate) fn judge(self, part: i128, whole: i128) -> Option<Verdict> {
        let (exact, whole) = scaled(part, whole, self.decimals)?;
        let k = self.digits;
        let (low, high) = ((2 * k - 1) * whole, (2 * k + 1) * whole);
        let twice = 2 * exact;
        let half_up = low <= twice && twice < high;
        let half_even = low < twice && twice < high || k % 2 == 0 && twice == high;
        if half_up || half_even {
            return Some(Verdict::Right);
        }
        if k * whole <= exact && exact < (k + 1) * whole {
            return Some(Verdict::Truncated);
        }
        let once = (20 * exact + whole) / (2 * whole);
        if (once + 5) / 10 == k {
            return Some(Verdict::RoundedTwice);
        }
        let near = (k - rounded(exact, whole)).abs() == 1;
        Some(if near { Verdict::Near } else { Verdict::Wrong })
    }
}

/// `part` of `whole` in per cent, rounded half up to `decimals`.
pub(crate) fn rounded_percent(part: i128, whole: i128, decimals: u32) -> Option<Decimal> {
    let (exact, whole) = scaled(part, whole, decimals)?;
    Decimal::try_from_i128_with_scale(rounded(exact, whole), decimals).ok()
}

/// `part` of `whole` in per cent with two digits more than `decimals`: 2.9411…
pub(crate) fn exact_percent(part: i128, whole: i128, decimals: u32) -> Option<String> {
    let decimals = (decimals + 2).min(MOST_DECIMALS);
    let (exact, whole) = scaled(part, whole, decimals)?;
    let value = Decimal::try_from_i128_with_scale(exact / whole, decimals).ok()?;
    if exact % whole == 0 {
        return Some(value.normalize().to_string());
    }
    Some(format!("{value}…"))
}

/// The exact value in units of the last digit, as a fraction: (numerator, denominator).
fn scaled(part: i128, whole: i128, decimals: u32) -> Option<(i128, i128)> {
    let fits = |it: i128| (0..LARGEST).contains(&it);
    if !fits(part) || !fits(whole) || whole == 0 || decimals > MOST_DECIMALS {
        return None;
    }
    Some((part * 10_i128.pow(decimals + 2), whole))
}

fn rounded(exact: i128, whole: i128) -> i128 {
    (2 * exact + whole) / (2 * whole)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn judge(printed: &str, part: i128, whole: i128) -> Verdict {
        let value: Decimal = printed.parse().unwrap();
        Printed::new(value).unwrap().judge(part, whole).unwrap()
    }

    #[test]
    fn rounding_both_ways_is_right() {
        assert_eq!(judge("2.94", 1, 34), Verdict::Right);
        assert_eq!(judge("32.35", 11, 34), Verdict::Right);
        assert_eq!(judge("86.92", 1303, 1499), Verdict::Right);
        assert_eq!(judge("1.60", 24, 1499), Verdict::Right);
        assert_eq!(judge("100", 5, 5), Verdict::Right);
        assert_eq!(judge("0", 0, 5), Verdict::Right);
    }

    #[test]
    fn a_tie_may_go_up_or_to_the_even_digit() {
        assert_eq!(judge("13", 1, 8), Verdict::Right);
        assert_eq!(judge("12", 1, 8), Verdict::Right);
        assert_eq!(judge("38", 3, 8), Verdict::Right);
        assert_eq!(judge("37", 3, 8), Verdict::Truncated);
    }

    #[test]
    fn cutting_off_is_told_from_other_errors() {
        assert_eq!(judge("41.17", 14, 34), Verdict::Truncated);
        assert_eq!(judge("41", 5, 12), Verdict::Truncated);
        assert_eq!(judge("4.34", 35, 805), Verdict::Truncated);
        assert_eq!(judge("2.98", 1, 34), Verdict::Wrong);
        assert_eq!(judge("2.95", 1, 34), Verdict::Near);
        assert_eq!(judge("33.9", 258, 805), Verdict::Wrong);
    }

    #[test]
    fn rounding_twice_is_seen() {
        // 445/1000 = 44.5 % → 45; 4446/10000 = 44.46 → 44.5 → 45.
        assert_eq!(judge("45", 4446, 10_000), Verdict::RoundedTwice);
    }

    #[test]
    fn the_exact_value_shows_two_more_digits() {
        assert_eq!(exact_percent(1, 34, 2).unwrap(), "2.9411…");
        assert_eq!(exact_percent(1, 4, 2).unwrap(), "25");
        assert_eq!(exact_percent(1, 0, 2), None);
        assert_eq!(rounded_percent(24, 1499, 2).unwrap().to_string(), "1.60");
    }

    /// The verdict by comparing distances of exact fractions, the slow way.
    fn oracle(k: i128, decimals: u32, part: i128, whole: i128) -> Verdict {
        let ulp = |it: i128| it * whole;
        let exact = part * 10_i128.pow(decimals + 2);
        let distance = |it: i128| (ulp(it) - exact).abs();
        let best = (exact / whole..=exact / whole + 1).map(distance).min().unwrap();
        let tie = distance(exact / whole) == distance(exact / whole + 1);
        let up = exact / whole + 1;
        if distance(k) == best && (!tie || k == up || k % 2 == 0) {
            return Verdict::Right;
        }
        if k == exact / whole {
            return Verdict::Truncated;
        }
        let tenths = (10 * exact * 2 + whole) / (2 * whole);
        if (tenths + 5) / 10 == k {
            return Verdict::RoundedTwice;
        }
        let nearest = if distance(up) <= distance(exact / whole) { up } else { exact / whole };
        if (k - nearest).abs() == 1 { Verdict::Near } else { Verdict::Wrong }
    }

    proptest! {
        #[test]
        fn verdicts_equal_those_of_exact_distances(
            whole in 1_i128..5000, share in 0_i128..5000, off in -3_i128..=3, decimals in 0_u32..4,
        ) {
            let part = share % (whole + 1);
            let k = (part * 10_i128.pow(decimals + 2) / whole + off).max(0);
            let printed = Printed { digits: k, decimals };
            prop_assert_eq!(printed.judge(part, whole).unwrap(), oracle(k, decimals, part, whole));
        }

        #[test]
        fn the_recomputed_percentage_is_right(
            whole in 1_i128..1_000_000, share in 0_i128..1_000_000, decimals in 0_u32..=8,
        ) {
            let part = share % (whole + 1);
            let value = rounded_percent(part, whole, decimals).unwrap();
            let printed = Printed::new(value).unwrap();
            prop_assert_eq!(printed.decimals, decimals);
            prop_assert_eq!(printed.judge(part, whole).unwrap(), Verdict::Right);
        }
    }
}
