//! What a report says, what is wrong in it, and how to repair it.
//!
//! Layers, each a pure function of the one before: blocks → what is derived of each →
//! [`report::Report`]s → findings. Places are a block and bytes inside it, so that an
//! edit elsewhere moves nothing. No clock, no locale, no input or output.

mod agency;
pub mod apply;
mod bind;
pub mod block;
pub mod cell_edit;
pub mod check;
pub mod config;
pub mod finding;
pub(crate) mod insert_row;
pub mod label;
pub mod landmarks;
mod layout;
pub mod localise;
pub mod message;
pub mod names;
pub mod notes;
pub mod outline;
mod period;
mod phrases;
mod prose;
pub mod recompute;
pub mod relations;
pub mod render;
pub mod report;
pub mod rewrite;
pub mod rules;
mod scan;
pub mod schema;
mod signature;
pub mod suggest;
mod sum_findings;
pub mod sums;
pub mod suppression;
mod suspects;
#[cfg(test)]
pub(crate) mod testing;
mod words;

pub use config::Config;
pub use finding::{Edit, Finding, Fix, Place, Related, Safety, Severity};
pub use message::{Lang, Message};

pub use block::Blocks;
pub use check::{Checked, Part, Reading, SEVERAL, Summary, check, check_all, is_report, read};
pub use gouji_syntax::Document;
