//! `gouji/blankReport`: the text of a new report.

use gouji_analysis::render::Blank;
use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::{Error, Result};

use super::session::Session;

/// Which report.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Params {
    /// Full name of the agency.
    agency: String,
    /// The year that is reported.
    year: i32,
    /// `2019` or `2021`; that of the year where it is absent.
    #[serde(default)]
    template: Option<String>,
    /// `gfm`, `html` or `tsv`; the first where it is absent.
    #[serde(default)]
    dialect: Option<String>,
}

/// The report.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Answer {
    text: String,
    /// The form that it follows.
    template: &'static str,
    /// What editors call the language of the text.
    language_id: &'static str,
}

/// Writes the report, or says what is wrong with the parameters.
pub(super) fn make(session: &Session, params: &Params) -> Result<Answer> {
    let (template, dialect) = (params.template.as_deref(), params.dialect.as_deref());
    let blank = Blank::new(&params.agency, params.year, template, dialect)
        .map_err(|it| Error::invalid_params(it.text(session.lang)))?;
    let (template, language_id) = (blank.template(), blank.language());
    Ok(Answer { text: blank.text(), template, language_id })
}
