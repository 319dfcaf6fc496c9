//! The list of a document's diagnostics, straight from findings to the bytes of its message.
//!
//! By way of the types of lsp-types and a `Value`, as tower-lsp would have it, each diagnostic
//! costs many times as much. The types here have the same shape and borrow what they can.

use std::io::Write;

use gouji_analysis::{Edit, Finding, Fix, Message, Place, Safety};
use serde::{Serialize, Serializer};
use tower_lsp::lsp_types::{DiagnosticSeverity, Range};

use super::documents::Snapshot;
use super::framed::Framed;
use super::to_proto::{ToProto, severity};

/// `Diagnostic.source`.
const SOURCE: &str = "gouji";

/// The folder of the rules' pages; a page is named by its code.
const RULE_PAGES: &str = "https://github.com/gouji/gouji/blob/main/server/docs/rules";

/// Diagnostics of one document. An editor shows them all as one list, and nobody reads so
/// many; each is about a kilobyte that is written, sent and parsed again at every key.
const MOST: usize = 200;

/// Edits of a fix that is sent with its diagnostic. One of many edits, as 重算全表, would weigh
/// more than the rest of the list and is had by asking for code actions.
const MOST_EDITS: usize = 4;

/// A `textDocument/publishDiagnostics`, ready to be sent.
#[derive(Debug, Default)]
pub(super) struct Publication {
    frame: Framed,
    /// Where in the body the version begins.
    version: usize,
}

impl Publication {
    /// Writes the diagnostics of a snapshot for a client that names the document `uri`.
    pub(super) fn write(&mut self, snapshot: &Snapshot, uri: &str) -> serde_json::Result<()> {
        let to_proto = ToProto::new(snapshot);
        self.write_list(uri, &List::new(&to_proto, uri), Some(snapshot.version))
    }

    /// Writes an empty list that is of no version: the document is closed.
    pub(super) fn clear(&mut self, uri: &str) -> serde_json::Result<()> {
        self.write_list(uri, &[(); 0], None)
    }

    fn write_list(
        &mut self,
        uri: &str,
        list: &impl Serialize,
        version: Option<i32>,
    ) -> serde_json::Result<()> {
        const HEAD: &str =
            r#"{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{"uri":"#;
        let at = &mut self.version;
        self.frame.render(|body| {
            body.extend_from_slice(HEAD.as_bytes());
            serde_json::to_writer(&mut *body, uri)?;
            body.extend_from_slice(br#","diagnostics":"#);
            serde_json::to_writer(&mut *body, list)?;
            *at = body.len();
            if let Some(version) = version {
                // A vector takes all that it is given.
                let _ = write!(body, r#","version":{version}"#);
            }
            body.extend_from_slice(b"}}");
            Ok(())
        })
    }

    /// Header and body.
    pub(super) fn bytes(&self) -> &[u8] {
        self.frame.bytes()
    }

    /// Whether another one says the same, of whatever version.
    pub(super) fn is_same_list(&self, other: &Self) -> bool {
        self.list() == other.list()
    }

    fn list(&self) -> &[u8] {
        self.frame.upto(self.version)
    }
}

/// A sequence that is serialised as it is computed.
struct List<'a> {
    to_proto: &'a ToProto<'a>,
    uri: &'a str,
    findings: &'a [Finding],
}

impl<'a> List<'a> {
    fn new(to_proto: &'a ToProto<'a>, uri: &'a str) -> Self {
        Self { to_proto, uri, findings: &to_proto.snapshot().checked().findings }
    }
}

impl Serialize for List<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let shown = |it| Diagnostic::of_finding(self.to_proto, it, self.uri);
        if self.findings.len() <= MOST {
            return serializer.collect_seq(self.findings.iter().map(shown));
        }
        let worst = worst(self.findings, MOST - 1);
        let last = worst.last().copied().map(|it| it.place);
        let more = Diagnostic::more(self.to_proto, last, self.findings.len() - worst.len());
        serializer.collect_seq(worst.into_iter().map(shown).chain([more]))
    }
}

/// The diagnostics of a snapshot, for a client that asks for them.
pub(super) fn diagnostics(snapshot: &Snapshot) -> Vec<tower_lsp::lsp_types::Diagnostic> {
    let to_proto = ToProto::new(snapshot);
    let list = serde_json::to_value(List::new(&to_proto, snapshot.uri.as_str()));
    list.and_then(serde_json::from_value).unwrap_or_default()
}

/// The `most` worst findings, in their order.
fn worst(findings: &[Finding], most: usize) -> Vec<&Finding> {
    let mut order: Vec<usize> = (0..findings.len()).collect();
    if most < order.len() {
        let rank = |it: &usize| (std::cmp::Reverse(findings[*it].severity), *it);
        order.select_nth_unstable_by_key(most, rank);
        order.truncate(most);
        order.sort_unstable();
    }
    order.into_iter().map(|it| &findings[it]).collect()
}

/// `Diagnostic`, as this server uses it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Diagnostic<'a> {
    range: Range,
    severity: DiagnosticSeverity,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code_description: Option<CodeDescription>,
    source: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_information: Vec<Related<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Data<'a>>,
}

#[derive(Serialize)]
struct CodeDescription {
    #[serde(serialize_with = "page")]
    href: &'static str,
}

#[derive(Serialize)]
struct Related<'a> {
    location: Location<'a>,
    message: String,
}

#[derive(Serialize)]
struct Location<'a> {
    uri: &'a str,
    range: Range,
}

/// What a client needs to apply a fix without asking again, in the words of
/// `check --format json`.
#[derive(Serialize)]
struct Data<'a> {
    fixes: Vec<FixData<'a>>,
}

#[derive(Serialize)]
struct FixData<'a> {
    title: String,
    safety: Safety,
    preferred: bool,
    edits: Vec<EditData<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EditData<'a> {
    range: Range,
    new_text: &'a str,
}

impl<'a> Diagnostic<'a> {
    /// A finding, for a client that names the document `uri`.
    pub(super) fn of_finding(to_proto: &ToProto, finding: &'a Finding, uri: &'a str) -> Self {
        let mut message = to_proto.text(&finding.message);
        if message.is_empty() {
            // VS Code drops the whole list at an empty message.
            finding.name.clone_into(&mut message);
        }
        let related = finding.related.iter().map(|it| Related {
            location: Location { uri, range: to_proto.place(it.place) },
            message: to_proto.text(&it.message),
        });
        Self {
            range: to_proto.place(finding.place),
            severity: severity(finding.severity),
            code: Some(finding.code),
            code_description: Some(CodeDescription { href: finding.code }),
            source: SOURCE,
            message,
            related_information: related.collect(),
            data: Data::new(to_proto, finding),
        }
    }

    /// The entry for `count` findings that are left out, at the last one that is not.
    fn more(to_proto: &ToProto, last: Option<Place>, count: usize) -> Self {
        Self {
            range: last.map(|it| to_proto.place(it)).unwrap_or_default(),
            severity: DiagnosticSeverity::INFORMATION,
            code: None,
            code_description: None,
            source: SOURCE,
            message: to_proto.text(&Message::new("server.more").with("count", count)),
            related_information: Vec::new(),
            data: None,
        }
    }
}

impl<'a> Data<'a> {
    fn new(to_proto: &ToProto, finding: &'a Finding) -> Option<Self> {
        let small = finding.fixes.iter().filter(|it| it.edits.len() <= MOST_EDITS);
        let fixes: Vec<_> = small.map(|it| FixData::new(to_proto, it)).collect();
        (!fixes.is_empty()).then_some(Self { fixes })
    }
}

impl<'a> FixData<'a> {
    fn new(to_proto: &ToProto, fix: &'a Fix) -> Self {
        let edit = |it: &'a Edit| EditData { range: to_proto.place(it.place), new_text: &it.text };
        Self {
            title: to_proto.text(&fix.title),
            safety: fix.safety,
            preferred: fix.preferred,
            edits: fix.edits.iter().map(edit).collect(),
        }
    }
}

/// The page of the rule with a code.
fn page<S: Serializer>(code: &&'static str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{RULE_PAGES}/{code}.md"))
}

#[cfg(test)]
mod tests {
    use gouji_analysis::Severity;

    use super::*;

    #[test]
    fn the_worst_are_taken_in_their_order_and_of_equals_the_first() {
        let severities = [Severity::Hint, Severity::Error, Severity::Warning, Severity::Error];
        let findings: Vec<Finding> = severities.iter().map(|it| finding(*it)).collect();
        let chosen = |most| -> Vec<usize> {
            let worst = worst(&findings, most);
            let at = |it: &Finding| findings.iter().position(|other| std::ptr::eq(it, other));
            worst.into_iter().filter_map(at).collect()
        };
        assert_eq!(chosen(1), [1]);
        assert_eq!(chosen(2), [1, 3]);
        assert_eq!(chosen(3), [1, 2, 3]);
        assert_eq!(chosen(9), [0, 1, 2, 3]);
    }

    fn finding(severity: Severity) -> Finding {
        Finding {
            code: "R000",
            name: "test",
            severity,
            place: Place::new(0, gouji_syntax::TextRange::default()),
            message: Message::new("server.more"),
            related: Vec::new(),
            fixes: Vec::new(),
        }
    }
}
