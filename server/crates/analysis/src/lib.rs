//! What a report says, what is wrong in it, and how to repair it.
//!
//! Layers, each a pure function of the one before: blocks → memo (per block) →
//! [`report::Report`]s → findings. Places are a block and bytes inside it, so that an
//! edit elsewhere moves nothing. No clock, no locale, no input or output.

pub mod apply;
mod bind;
pub mod cell_edit;
pub mod config;
pub mod finding;
pub(crate) mod insert_row;
pub mod label;
mod layout;
pub mod memo;
pub mod message;
pub mod names;
pub mod outline;
mod period;
mod prose;
pub mod recompute;
pub mod render;
pub mod report;
pub mod rules;
pub mod schema;
mod signature;
mod sum_findings;
pub mod sums;
#[cfg(test)]
pub(crate) mod testing;

use report::Report;

pub use config::Config;
pub use finding::{Edit, Finding, Fix, Place, Related, Safety, Severity};
pub use message::{Lang, Message};

/// A parsed document whose blocks carry what analysis derives from them.
pub type Document = gouji_syntax::Document<memo::Memo>;

/// The reports of one version of a document and what is wrong in them.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// The reports in the document, usually one.
    pub reports: Vec<Report>,
    /// Findings sorted by place, then code.
    pub findings: Vec<Finding>,
    /// Reconciliation equalities that were checked.
    pub checks: usize,
    /// Those that do not hold.
    pub broken: usize,
}

/// Reads the reports of a document and runs the rules that `config` leaves on.
///
/// `cancelled` is asked between rules; once it says so, `None` comes back.
#[must_use]
pub fn check(doc: &Document, config: &Config, cancelled: &dyn Fn() -> bool) -> Option<Checked> {
    let reports = report::read(doc);
    let mut checked = Checked { reports, ..Checked::default() };
    for report in &checked.reports {
        let ctx = rules::Context { doc, report };
        for rule in rules::ALL {
            if cancelled() {
                return None;
            }
            checked.findings.extend(rules::run(rule, &ctx, config));
        }
    }
    let sums = checked.reports.iter().flat_map(|it| &it.tables).flat_map(sums::sums);
    for state in sums.map(|it| it.state()) {
        checked.checks += usize::from(state != sums::State::Unknown);
        checked.broken += usize::from(matches!(state, sums::State::Broken { .. }));
    }
    checked.findings.sort_by_key(|it| (it.place.block, it.place.range.start(), it.code));
    Some(checked)
}

/// Whether a document looks like such a report: a title, or at least three of the headings.
#[must_use]
pub fn is_report(doc: &Document) -> bool {
    report::read(doc).iter().any(Report::is_likely)
}
