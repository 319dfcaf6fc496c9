//! Numbers of many runs as one.

/// The value below which `share` of the values lie; not a number where there are none.
pub(crate) fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|it| !it.is_nan()).collect();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    #[expect(clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a small index")]
    let at = (last as f64 * share).round() as usize;
    sorted.get(at).copied().unwrap_or(f64::NAN)
}

/// The middle value: of two the upper, so that it is one that was measured.
pub(crate) fn median(values: &[f64]) -> f64 {
    percentile(values, 0.5)
}

/// A number with three digits that count; a dash where there is none.
pub(crate) fn show(value: f64) -> String {
    match value {
        it if it.is_nan() => "–".to_owned(),
        it if it < 10.0 => format!("{it:.3}"),
        it if it < 100.0 => format!("{it:.1}"),
        it => format!("{it:.0}"),
    }
}
