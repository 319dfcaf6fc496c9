//! Findings and data as text: for people, for programs, for tables.

pub(crate) mod data;
pub(crate) mod json;
pub(crate) mod print;
pub(crate) mod text;

use std::ops::Add;

use gouji_analysis::{Finding, Severity};
use serde::Serialize;

/// Findings by severity.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(crate) struct Counts {
    error: usize,
    warning: usize,
    information: usize,
    hint: usize,
}

impl Counts {
    pub(crate) fn of(findings: &[Finding]) -> Self {
        let count = |severity| findings.iter().filter(|it| it.severity == severity).count();
        Self {
            error: count(Severity::Error),
            warning: count(Severity::Warning),
            information: count(Severity::Information),
            hint: count(Severity::Hint),
        }
    }

    /// Whether any finding is of a severity, or worse.
    pub(crate) fn reach(self, level: Severity) -> bool {
        let all = [
            (Severity::Error, self.error),
            (Severity::Warning, self.warning),
            (Severity::Information, self.information),
            (Severity::Hint, self.hint),
        ];
        all.iter().any(|it| it.0 >= level && it.1 > 0)
    }
}

impl Add for Counts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            error: self.error + other.error,
            warning: self.warning + other.warning,
            information: self.information + other.information,
            hint: self.hint + other.hint,
        }
    }
}
