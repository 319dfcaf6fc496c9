//! `gouji/debugInformation`: what one wants to know of a server that misbehaves elsewhere.
//!
//! It is meant to be copied into a bug report, so nothing of a document's text is in it; the
//! names of files are.

use std::fmt::Write as _;
use std::sync::Arc;

use gouji_analysis::Severity;
use gouji_syntax::Encoding;
use serde::Serialize;

use super::documents::Snapshot;
use super::session::{Delivery, Session};

/// The answer: Markdown.
#[derive(Debug, Serialize)]
pub(super) struct Information {
    text: String,
}

impl Information {
    /// Of a session and its open documents. Those that were not checked yet are checked.
    pub(super) fn new(session: &Session, snapshots: &[Arc<Snapshot>]) -> Self {
        let mut text = String::from("# gouji\n\n");
        let mut add = |name: &str, value: &str| {
            // A string takes all that it is given.
            let _ = writeln!(text, "- {name}: {value}");
        };
        add("version", env!("CARGO_PKG_VERSION"));
        add("program", &program());
        add("platform", &format!("{} {}", std::env::consts::OS, std::env::consts::ARCH));
        for (name, value) in memory() {
            add(name, &value);
        }
        add("client", &client(session));
        add("encoding", encoding(session.encoding));
        add("language", &format!("{:?}", session.lang).to_lowercase());
        add(
            "diagnostics",
            match session.delivery {
                Delivery::Push => "push",
                Delivery::Pull => "pull",
            },
        );
        add("configuration", &format!("`{:?}`", session.config));
        text.push_str("\n## Documents\n\n");
        text.push_str("| URI | version | bytes | blocks | reports | findings | sums | broken |\n");
        text.push_str("|---|--:|--:|--:|--:|--:|--:|--:|\n");
        for snapshot in snapshots {
            text.push_str(&row(snapshot));
        }
        Self { text }
    }
}

fn program() -> String {
    let program = std::env::current_exe();
    program.map_or_else(|error| error.to_string(), |it| format!("`{}`", it.display()))
}

/// What the process has in memory, and the most that it had, where the system says so.
fn memory() -> Vec<(&'static str, String)> {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let value = |key| {
        let line = status.lines().find_map(|it| it.strip_prefix(key)?.strip_prefix(':'))?;
        Some(line.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let keys = [("memory", "VmRSS"), ("most memory", "VmHWM")];
    keys.into_iter().filter_map(|(name, key)| Some((name, value(key)?))).collect()
}

fn client(session: &Session) -> String {
    match &session.peer.info {
        Some(info) => [&info.name, info.version.as_deref().unwrap_or_default()].join(" "),
        None => "unnamed".to_owned(),
    }
}

fn encoding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16 => "UTF-16",
        Encoding::Utf32 => "UTF-32",
    }
}

fn row(snapshot: &Snapshot) -> String {
    let (uri, version) = (snapshot.uri.as_str().replace('|', "%7C"), snapshot.version);
    let (bytes, blocks) = (snapshot.doc.bytes(), snapshot.doc.count());
    let Some(checked) = snapshot.checked() else {
        return format!("| {uri} | {version} | {bytes} | {blocks} | 0 | | | |\n");
    };
    let reports = checked.summaries().count();
    let counts = checked.summaries().map(|it| it.count(Severity::Hint) + it.worse(Severity::Hint));
    let (findings, tally) = (counts.sum::<usize>(), checked.tally());
    let (sums, broken) = (tally.checks, tally.broken);
    format!(
        "| {uri} | {version} | {bytes} | {blocks} | {reports} | {findings} | {sums} | {broken} |\n"
    )
}
