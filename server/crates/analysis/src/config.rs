//! Which rules run, and how severe their findings are.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::finding::Severity;
use crate::rules::Rule;

/// A user's choices. Rules are named by code, by name or by family letter; the more
/// exact choice wins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// Only these rules; all where empty.
    pub select: Vec<String>,
    /// Not these rules.
    pub ignore: Vec<String>,
    /// Another severity than the rule's own; `off` switches it off.
    pub severity: BTreeMap<String, Level>,
}

/// A severity, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The rule does not run.
    Off,
    /// [`Severity::Hint`]
    Hint,
    /// [`Severity::Information`]
    Information,
    /// [`Severity::Warning`]
    Warning,
    /// [`Severity::Error`]
    Error,
}

impl Config {
    /// The severity of a rule's findings whose own severity is `own`; `None` where the rule
    /// is off.
    #[must_use]
    pub fn severity(&self, rule: &Rule, own: Severity) -> Option<Severity> {
        let named = |names: &[String]| names.iter().any(|it| rule.is_named(it));
        if named(&self.ignore) || (!self.select.is_empty() && !named(&self.select)) {
            return None;
        }
        if self.severity.is_empty() {
            return Some(own);
        }
        let chosen = self.severity.iter().filter(|it| rule.is_named(it.0));
        match chosen.max_by_key(|it| it.0.len()).map(|it| *it.1) {
            None => Some(own),
            Some(level) => level.severity(),
        }
    }
}

impl Level {
    /// The severity; `None` where the rule is off.
    #[must_use]
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Hint => Some(Severity::Hint),
            Self::Information => Some(Severity::Information),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}
