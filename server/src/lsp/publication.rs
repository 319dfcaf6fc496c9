//! The list of a document's diagnostics, straight from findings to the bytes of its message.
//!
//! By way of the types of lsp-types and a `Value`, as tower-lsp would have it, each diagnostic
//! costs many times as much. The types here have the same shape and borrow what they can.

use std::io::Write;
use std::mem::take;
use std::ops::Range;
use std::sync::Arc;

use gouji_analysis::{Checked, Finding, Lang, Message, Part, Severity, Summary};
use serde::{Deserialize, Serialize, Serializer};
use tower_lsp::lsp_types::{
    DiagnosticSeverity, Position, PublishDiagnosticsParams, Range as LspRange,
};

use super::documents::Snapshot;
use super::framed::Framed;
use super::hash::fnv1a;
use super::session::Session;
use super::to_proto::{ToProto, severity};

/// `Diagnostic.source`.
const SOURCE: &str = "gouji";

/// The folder of the rules' pages; a page is named by its code.
pub(super) const RULE_PAGES: &str = "https://github.com/gouji/gouji/blob/main/server/docs/rules";

/// Diagnostics of one document. An editor shows them all as one list, and nobody reads so
/// many; each is about a kilobyte that is written, sent and parsed again at every key.
const MOST: usize = 200;

/// A `textDocument/publishDiagnostics`, ready to be sent.
///
/// It knows which bytes are of which finding. The next one copies those of findings that are
/// the same and stand where they stood.
#[derive(Clone, Debug, Default)]
pub(super) struct Publication {
    frame: Framed,
    /// Where in the body the version begins.
    version: usize,
    /// For whom it was written.
    session: Option<Arc<Session>>,
    uri: Arc<str>,
    groups: Vec<Group>,
    items: Vec<Item>,
    /// Findings of the document that are not in the list.
    left_out: usize,
}

/// The diagnostics of one report of the document.
#[derive(Clone, Debug)]
struct Group {
    part: Arc<Part>,
    /// Where the report starts.
    start: Position,
    choice: Choice,
    /// Of [`Publication::items`].
    items: Range<usize>,
    bytes: Range<usize>,
}

/// One diagnostic.
#[derive(Clone, Debug)]
struct Item {
    finding: Arc<Finding>,
    /// Where it stands, and what explains it.
    ranges: Arc<[LspRange]>,
    bytes: Range<usize>,
}

impl Group {
    /// Whether the same would be shown at the same place of a report.
    fn is_same(&self, at: &Located, choice: Choice) -> bool {
        self.start == at.start && self.choice == choice
    }
}

impl Item {
    /// Whether a finding that stands at some ranges looks the same.
    fn is_same(&self, finding: &Finding, ranges: &[LspRange]) -> bool {
        let (old, new) = (&self.finding, finding);
        let pairs = || old.related.iter().zip(&new.related);
        old.message.is_clone_of(&new.message)
            && (old.code, old.severity) == (new.code, new.severity)
            && *self.ranges == *ranges
            && pairs().all(|it| it.0.message.is_clone_of(&it.1.message))
    }
}

impl Publication {
    /// Writes the diagnostics of a snapshot for a client that names the document `uri`.
    pub(super) fn write(
        &mut self,
        snapshot: &Snapshot,
        uri: &Arc<str>,
        last: Option<&Self>,
    ) -> serde_json::Result<()> {
        let last = last.filter(|it| it.is_for(snapshot, uri));
        (self.session, self.uri) = (Some(Arc::clone(&snapshot.session)), Arc::clone(uri));
        let (mut groups, mut items) = (take(&mut self.groups), take(&mut self.items));
        groups.clear();
        items.clear();
        let mut writer = Writer { snapshot, uri, last, groups, items, group: 0, item: 0 };
        let (shown, left_out) = shown(snapshot);
        let written =
            self.write_list(uri, Some(snapshot.version), |body| writer.list(body, shown, left_out));
        (self.groups, self.items, self.left_out) = (writer.groups, writer.items, left_out);
        written
    }

    /// Whether it is the list of a snapshot too: no report with diagnostics has changed or moved.
    pub(super) fn holds(&self, snapshot: &Snapshot, uri: &Arc<str>) -> bool {
        if !self.is_for(snapshot, uri) {
            return false;
        }
        let (mut shown, left_out) = shown(snapshot);
        let mut known = self.groups.iter();
        let is_known = |(at, choice): (Located, Choice)| {
            known.next().is_some_and(|it| it.is_same(&at, choice) && Arc::ptr_eq(&it.part, at.part))
        };
        self.left_out == left_out && shown.all(is_known) && known.next().is_none()
    }

    /// Makes it the list of another version.
    pub(super) fn renew(&mut self, version: i32) -> serde_json::Result<()> {
        self.frame.render_from(self.version, |body| {
            end(body, Some(version));
            Ok(())
        })
    }

    /// Whether it was written for the client of a snapshot, under a name of the document.
    fn is_for(&self, snapshot: &Snapshot, uri: &Arc<str>) -> bool {
        let same = |session: &Arc<Session>| Arc::ptr_eq(session, &snapshot.session);
        self.session.as_ref().is_some_and(same) && self.uri == *uri
    }

    /// Writes an empty list that is of no version: the document is closed.
    pub(super) fn clear(&mut self, uri: &str) -> serde_json::Result<()> {
        self.write_list(uri, None, |_| Ok(()))
    }

    fn write_list(
        &mut self,
        uri: &str,
        version: Option<i32>,
        list: impl FnOnce(&mut Vec<u8>) -> serde_json::Result<()>,
    ) -> serde_json::Result<()> {
        const HEAD: &str =
            r#"{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{"uri":"#;
        let at = &mut self.version;
        self.frame.render(|body| {
            body.extend_from_slice(HEAD.as_bytes());
            serde_json::to_writer(&mut *body, uri)?;
            body.extend_from_slice(br#","diagnostics":["#);
            list(body)?;
            body.push(b']');
            *at = body.len();
            end(body, version);
            Ok(())
        })
    }

    /// Header and body.
    pub(super) fn bytes(&self) -> &[u8] {
        self.frame.bytes()
    }

    /// An id of the list: another list has another one.
    pub(super) fn id(&self) -> String {
        fnv1a(self.list().iter().copied())
    }

    /// The list in the protocol's types.
    pub(super) fn diagnostics(&self) -> Vec<tower_lsp::lsp_types::Diagnostic> {
        #[derive(Deserialize)]
        struct Message {
            params: PublishDiagnosticsParams,
        }
        let message = serde_json::from_slice::<Message>(self.frame.body());
        message.map(|it| it.params.diagnostics).unwrap_or_default()
    }

    /// Whether another one says the same, of whatever version.
    pub(super) fn is_same_list(&self, other: &Self) -> bool {
        self.list() == other.list()
    }

    fn list(&self) -> &[u8] {
        self.frame.upto(self.version)
    }
}

/// Writes what follows the list.
fn end(body: &mut Vec<u8>, version: Option<i32>) {
    if let Some(version) = version {
        // A vector takes all that it is given.
        let _ = write!(body, r#","version":{version}"#);
    }
    body.extend_from_slice(b"}}");
}

/// The reports of a snapshot that have diagnostics, with which of these are shown, and how many of
/// the whole document are not.
fn shown(snapshot: &Snapshot) -> (impl Iterator<Item = (Located<'_>, Choice)>, usize) {
    let checked = snapshot.checked();
    let mut choices = checked.map_or(Choices::NONE, Choices::new);
    let left_out = choices.left_out;
    let parts = checked.into_iter().flat_map(|it| it.parts().zip(it.summaries()));
    let (mut byte, mut start, mut is_whole) = (0, Position::default(), true);
    let shown = parts.filter_map(move |((block, part), summary)| {
        if !is_whole {
            start = ToProto::at(snapshot, byte, Vec::new()).start(0);
        }
        let at = Located { block, byte, start, part };
        byte += summary.bytes;
        start = Position::new(start.line + summary.lines as u32, 0);
        is_whole = summary.ends_line;
        let choice = choices.next(summary);
        (choice.count > 0).then_some((at, choice))
    });
    (shown, left_out)
}

/// Writes the list of one version.
struct Writer<'a> {
    snapshot: &'a Snapshot,
    uri: &'a str,
    last: Option<&'a Publication>,
    groups: Vec<Group>,
    items: Vec<Item>,
    /// The group of `last` that is next, and the item.
    group: usize,
    item: usize,
}

impl Writer<'_> {
    fn list<'b>(
        &mut self,
        body: &mut Vec<u8>,
        shown: impl Iterator<Item = (Located<'b>, Choice)>,
        left_out: usize,
    ) -> serde_json::Result<()> {
        for (at, choice) in shown {
            self.separate(body);
            self.group(body, at, choice)?;
        }
        if left_out > 0 {
            self.separate(body);
            let message = Message::new("server.more").with("count", left_out);
            let message = message.text(self.snapshot.session.lang);
            serde_json::to_writer(body, &Diagnostic::more(&message))?;
        }
        Ok(())
    }

    fn separate(&self, body: &mut Vec<u8>) {
        if !self.groups.is_empty() {
            body.push(b',');
        }
    }

    fn group(&mut self, body: &mut Vec<u8>, at: Located, choice: Choice) -> serde_json::Result<()> {
        let (begin, first) = (body.len(), self.items.len());
        let last = self.last.map(|it| (it, &it.groups[self.group.min(it.groups.len())..]));
        let known = last.and_then(|(last, groups)| {
            let index = groups.iter().position(|it| Arc::ptr_eq(&it.part, at.part))?;
            Some((last, &groups[index], index))
        });
        match known.filter(|it| it.1.is_same(&at, choice)) {
            Some((last, group, index)) => {
                self.group += index + 1;
                body.extend_from_slice(last.frame.between(group.bytes.clone()));
                let moved = |it: usize| it - group.bytes.start + begin;
                self.items.extend(last.items[group.items.clone()].iter().map(|it| Item {
                    finding: Arc::clone(&it.finding),
                    ranges: Arc::clone(&it.ranges),
                    bytes: moved(it.bytes.start)..moved(it.bytes.end),
                }));
            }
            None => self.part(body, &at, choice)?,
        }
        let (items, bytes) = (first..self.items.len(), begin..body.len());
        let part = Arc::clone(at.part);
        self.groups.push(Group { part, start: at.start, choice, items, bytes });
        Ok(())
    }

    /// Writes the diagnostics of a report that has changed or moved.
    fn part(&mut self, body: &mut Vec<u8>, at: &Located, choice: Choice) -> serde_json::Result<()> {
        let blocks = self.snapshot.doc.range(at.block..at.block + at.part.summary.blocks);
        let to_proto = ToProto::at(self.snapshot, at.byte, blocks.cloned().collect());
        let (begin, mut ranges) = (body.len(), Vec::new());
        for finding in choice.of(at.part) {
            if body.len() > begin {
                body.push(b',');
            }
            let start = body.len();
            ranges.clear();
            ranges.push(to_proto.place(finding.place));
            ranges.extend(finding.related.iter().map(|it| to_proto.place(it.place)));
            let ranges = if let Some((last, it)) = self.known(finding, &ranges) {
                body.extend_from_slice(last.frame.between(it.bytes.clone()));
                Arc::clone(&it.ranges)
            } else {
                let lang = self.snapshot.session.lang;
                let diagnostic = Diagnostic::new(finding, &ranges, lang, self.uri);
                serde_json::to_writer(&mut *body, &diagnostic)?;
                ranges.as_slice().into()
            };
            let (finding, bytes) = (Arc::clone(finding), start..body.len());
            self.items.push(Item { finding, ranges, bytes });
        }
        Ok(())
    }
}

impl<'a> Writer<'a> {
    /// The diagnostic of the last list that looks like a finding. Most come in the same order.
    fn known(
        &mut self,
        finding: &Finding,
        ranges: &[LspRange],
    ) -> Option<(&'a Publication, &'a Item)> {
        let last = self.last?;
        let from = self.item.min(last.items.len());
        let (before, after) = last.items.split_at(from);
        let index = after.iter().chain(before).position(|it| it.is_same(finding, ranges))?;
        let index = (from + index) % last.items.len();
        self.item = index + 1;
        Some((last, &last.items[index]))
    }
}

/// A report in a document.
#[derive(Clone, Copy)]
struct Located<'a> {
    /// Index of its first block.
    block: usize,
    /// Where it starts.
    byte: usize,
    start: Position,
    part: &'a Arc<Part>,
}

/// Which findings of a report are shown: those worse than `floor`, and the first `at_floor` of
/// those as bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Choice {
    floor: Severity,
    at_floor: usize,
    /// How many these are.
    count: usize,
}

impl Choice {
    fn of(self, part: &Part) -> impl Iterator<Item = &Arc<Finding>> {
        let mut left = self.at_floor;
        part.findings.iter().filter(move |it| {
            let is_shown = it.severity > self.floor || (it.severity == self.floor && left > 0);
            left -= usize::from(is_shown && it.severity == self.floor);
            is_shown
        })
    }
}

/// Chooses the [`MOST`] worst findings of a document, of those as bad the first.
struct Choices {
    floor: Severity,
    /// How many may still be as bad as that.
    at_floor: usize,
    left_out: usize,
}

impl Choices {
    /// Where there is nothing to choose from.
    const NONE: Self = Self { floor: Severity::Hint, at_floor: 0, left_out: 0 };

    fn new(checked: &Checked) -> Self {
        use Severity::{Error, Hint, Information, Warning};
        let all: usize = checked.summaries().map(|it| it.count(Hint) + it.worse(Hint)).sum();
        if all <= MOST {
            return Self { floor: Hint, at_floor: all, left_out: 0 };
        }
        // One place is taken by the note on those left out.
        let mut room = MOST - 1;
        for floor in [Error, Warning, Information, Hint] {
            let count: usize = checked.summaries().map(|it| it.count(floor)).sum();
            if count >= room {
                return Self { floor, at_floor: room, left_out: all - (MOST - 1) };
            }
            room -= count;
        }
        Self { floor: Hint, at_floor: room, left_out: 0 }
    }

    fn next(&mut self, part: &Summary) -> Choice {
        let floor = self.floor;
        let at_floor = part.count(floor).min(self.at_floor);
        self.at_floor -= at_floor;
        Choice { floor, at_floor, count: part.worse(floor) + at_floor }
    }
}

/// `Diagnostic`, as this server uses it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Diagnostic<'a> {
    range: LspRange,
    severity: DiagnosticSeverity,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code_description: Option<CodeDescription>,
    source: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_information: Vec<Related<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Data>,
}

#[derive(Serialize)]
struct CodeDescription {
    #[serde(serialize_with = "page")]
    href: &'static str,
}

#[derive(Serialize)]
struct Related<'a> {
    location: Location<'a>,
    message: &'a str,
}

#[derive(Serialize)]
struct Location<'a> {
    uri: &'a str,
    range: LspRange,
}

/// By what the repairs are found again when code actions are asked for. They are found for the
/// newest version: those of this one might be applied to another.
#[derive(Serialize)]
struct Data {
    rule: &'static str,
}

impl<'a> Diagnostic<'a> {
    /// A finding, for a client that names the document `uri`.
    pub(super) fn of_finding(to_proto: &ToProto, finding: &'a Finding, uri: &'a str) -> Self {
        let related = finding.related.iter().map(|it| it.place);
        let places = std::iter::once(finding.place).chain(related);
        let ranges: Vec<_> = places.map(|it| to_proto.place(it)).collect();
        Self::new(finding, &ranges, to_proto.lang(), uri)
    }

    /// A finding whose place and explaining places have these ranges.
    fn new(finding: &'a Finding, ranges: &[LspRange], lang: Lang, uri: &'a str) -> Self {
        let message = finding.message.as_str(lang);
        let mut ranges = ranges.iter().copied();
        let range = ranges.next().unwrap_or_default();
        let related = finding.related.iter().zip(ranges).map(|(it, range)| Related {
            location: Location { uri, range },
            message: it.message.as_str(lang),
        });
        Self {
            range,
            severity: severity(finding.severity),
            code: Some(finding.code),
            code_description: Some(CodeDescription { href: finding.code }),
            source: SOURCE,
            // VS Code drops the whole list at an empty message.
            message: if message.is_empty() { finding.name } else { message },
            related_information: related.collect(),
            data: Some(Data { rule: finding.name }),
        }
    }

    /// The entry for findings that are left out, at the start of the document.
    fn more(message: &'a str) -> Self {
        Self {
            range: LspRange::default(),
            severity: DiagnosticSeverity::INFORMATION,
            code: None,
            code_description: None,
            source: SOURCE,
            message,
            related_information: Vec::new(),
            data: None,
        }
    }
}

/// The page of the rule with a code.
fn page<S: Serializer>(code: &&'static str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{RULE_PAGES}/{code}.md"))
}

#[cfg(test)]
mod tests {
    use gouji_analysis::Place;

    use super::*;

    fn part(severities: &[Severity]) -> Part {
        let place = Place::new(0, gouji_syntax::TextRange::default());
        let message = Message::new("server.more");
        let finding = |it: &Severity| Finding::new(("R000", "test"), *it, place, message.clone());
        let findings = severities.iter().map(finding).map(Arc::new).collect();
        Part::of(findings)
    }

    #[test]
    fn the_worst_are_taken_in_their_order_and_of_equals_the_first() {
        use Severity::{Error, Hint, Warning};
        let part = part(&[Hint, Error, Warning, Error]);
        let chosen = |floor, at_floor| -> Vec<usize> {
            let choice = Choices { floor, at_floor, left_out: 0 }.next(&part.summary);
            let at = |it: &Arc<Finding>| part.findings.iter().position(|x| Arc::ptr_eq(x, it));
            let chosen: Vec<_> = choice.of(&part).filter_map(at).collect();
            assert_eq!(chosen.len(), choice.count);
            chosen
        };
        assert_eq!(chosen(Error, 1), [1]);
        assert_eq!(chosen(Error, 2), [1, 3]);
        assert_eq!(chosen(Warning, 1), [1, 2, 3]);
        assert_eq!(chosen(Warning, 0), [1, 3]);
        assert_eq!(chosen(Hint, 9), [0, 1, 2, 3]);
    }
}
