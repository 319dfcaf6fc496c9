//! The list of a document's diagnostics, straight from findings to the bytes of its message.
//!
//! By way of the types of lsp-types and a `Value`, as tower-lsp would have it, each diagnostic
//! costs many times as much. The types here have the same shape and borrow what they can.

use std::io::IoSlice;
use std::sync::Arc;

use gouji_analysis::{Checked, Finding, Lang, Message, Part, Severity, Summary};
use serde::{Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};
use tower_lsp::lsp_types::{DiagnosticSeverity, Position, Range as LspRange};

use super::documents::Snapshot;
use super::hash::fnv1a;
use super::session::Session;
use super::to_proto::{self, ToProto, severity};

/// `Diagnostic.source`.
const SOURCE: &str = "gouji";

/// The folder of the rules' pages; a page is named by its code.
pub(super) const RULE_PAGES: &str = "https://github.com/gouji/gouji/blob/main/server/docs/rules";

/// Diagnostics of one document. An editor shows them all as one list, and nobody reads so
/// many; each is about a kilobyte that is written, sent and parsed again at every key.
const MOST: usize = 200;

/// A `textDocument/publishDiagnostics`, ready to be sent as that of any version.
///
/// It is the pieces of a message: the next one shares those of findings that are the same and stand
/// where they stood, and none is copied on its way to the client.
#[derive(Clone, Debug)]
pub(super) struct Publication {
    /// For whom it was written.
    session: Arc<Session>,
    /// What that client calls the document, and the same in JSON.
    uri: Arc<str>,
    name: Box<RawValue>,
    groups: Vec<Group>,
    /// Findings of the document that are not in the list, and the entry that says so.
    left_out: usize,
    note: Option<Piece>,
}

/// A diagnostic in JSON, with a comma before it.
type Piece = Box<[u8]>;

/// The diagnostics of one report of the document.
#[derive(Clone, Debug)]
struct Group {
    part: Arc<Part>,
    /// Where the report starts.
    start: Position,
    choice: Choice,
    items: Arc<[Arc<Item>]>,
}

/// One diagnostic.
#[derive(Debug)]
struct Item {
    finding: Arc<Finding>,
    /// Where it stands, and what explains it.
    ranges: Box<[LspRange]>,
    piece: Piece,
}

impl Group {
    /// Whether the same would be shown of a report that starts where this one does.
    fn is_same(&self, part: &Arc<Part>, choice: Choice) -> bool {
        Arc::ptr_eq(&self.part, part) && self.choice == choice
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
    /// No diagnostics, for a client that names the document `uri`.
    pub(super) fn none(session: &Arc<Session>, uri: &Arc<str>) -> serde_json::Result<Self> {
        let (session, name, uri) = (Arc::clone(session), to_raw_value(&**uri)?, Arc::clone(uri));
        Ok(Self { session, uri, name, groups: Vec::new(), left_out: 0, note: None })
    }

    /// The diagnostics of a snapshot, for such a client.
    pub(super) fn of(
        snapshot: &Snapshot,
        uri: &Arc<str>,
        last: Option<&Self>,
    ) -> serde_json::Result<Self> {
        let empty = Self::none(&snapshot.session, uri)?;
        let last = last.filter(|it| it.is_for(snapshot, uri)).map_or(&[][..], |it| &it.groups);
        let (shown, left_out) = shown(snapshot);
        let mut writer = Writer { snapshot, uri: &empty.name, last };
        let groups = shown.map(|(at, choice)| writer.group(&at, choice));
        let groups = groups.collect::<serde_json::Result<_>>()?;
        let note = (left_out > 0).then(|| {
            let message = Message::new("server.more").with("count", left_out);
            piece(&Diagnostic::more(&message.text(snapshot.session.lang)))
        });
        Ok(Self { groups, left_out, note: note.transpose()?, ..empty })
    }

    /// Whether it is the list of a snapshot too: no report with diagnostics has changed or moved.
    pub(super) fn holds(&self, snapshot: &Snapshot, uri: &Arc<str>) -> bool {
        if !self.is_for(snapshot, uri) {
            return false;
        }
        let (mut shown, left_out) = shown(snapshot);
        let mut known = self.groups.iter();
        let is_known = |(at, choice): (Located, Choice)| {
            known.next().is_some_and(|it| it.start == at.start && it.is_same(at.part, choice))
        };
        self.left_out == left_out && shown.all(is_known) && known.next().is_none()
    }

    /// Whether it was written for the client of a snapshot, under a name of the document.
    fn is_for(&self, snapshot: &Snapshot, uri: &Arc<str>) -> bool {
        Arc::ptr_eq(&self.session, &snapshot.session) && self.uri == *uri
    }

    /// Gives the message, header and body, as that of a version, in pieces.
    pub(super) fn send(&self, version: Option<i32>, send: impl FnOnce(&mut [IoSlice])) {
        let start = format!(
            r#"{{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{{"uri":{},"diagnostics":["#,
            self.name
        );
        let version = version.map(|it| format!(r#","version":{it}"#)).unwrap_or_default();
        let end = format!("]{version}}}}}");
        let list: usize = self.list().map(<[u8]>::len).sum();
        let length = start.len() + list + end.len();
        let head = format!("Content-Length: {length}\r\n\r\n{start}");
        let pieces = std::iter::once(head.as_bytes()).chain(self.list()).chain([end.as_bytes()]);
        send(&mut pieces.map(IoSlice::new).collect::<Vec<_>>());
    }

    /// An id of the list: another list has another one.
    pub(super) fn id(&self) -> String {
        fnv1a(self.list().flatten().copied())
    }

    /// The list in the protocol's types.
    pub(super) fn diagnostics(&self) -> Vec<tower_lsp::lsp_types::Diagnostic> {
        let list: Vec<_> =
            std::iter::once(&b"["[..]).chain(self.list()).chain([&b"]"[..]]).collect();
        serde_json::from_slice(&list.concat()).unwrap_or_default()
    }

    /// Whether another one says the same, of whatever version.
    pub(super) fn is_same_list(&self, other: &Self) -> bool {
        // Most pieces are those of the other one.
        let is_same = |(old, new): (&[u8], &[u8])| std::ptr::eq(old, new) || old == new;
        self.list().count() == other.list().count() && self.list().zip(other.list()).all(is_same)
    }

    /// The list without its brackets, in pieces.
    fn list(&self) -> impl Iterator<Item = &[u8]> {
        let items = self.groups.iter().flat_map(|it| &*it.items).map(|it| &*it.piece);
        let pieces = items.chain(self.note.as_deref()).enumerate();
        pieces.map(|(index, piece)| if index == 0 { &piece[1..] } else { piece })
    }
}

fn piece(diagnostic: &Diagnostic) -> serde_json::Result<Piece> {
    let mut piece = vec![b','];
    serde_json::to_writer(&mut piece, diagnostic)?;
    Ok(piece.into())
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
            start = to_proto::position_of(snapshot, byte);
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
    uri: &'a RawValue,
    /// The groups of the last list from the next one on.
    last: &'a [Group],
}

impl Writer<'_> {
    fn group(&mut self, at: &Located, choice: Choice) -> serde_json::Result<Group> {
        // Nothing of a report that has moved looks the same.
        let passed = self.last.iter().take_while(|it| it.start < at.start).count();
        self.last = &self.last[passed..];
        let last = self.last.first().filter(|it| it.start == at.start);
        if let Some(last) = last.filter(|it| it.is_same(at.part, choice)) {
            return Ok(last.clone());
        }
        let items = self.items(at, choice, last.map_or(&[], |it| &*it.items))?;
        Ok(Group { part: Arc::clone(at.part), start: at.start, choice, items })
    }

    /// The diagnostics of a report, and those of its last version.
    fn items(
        &self,
        at: &Located,
        choice: Choice,
        last: &[Arc<Item>],
    ) -> serde_json::Result<Arc<[Arc<Item>]>> {
        let blocks = self.snapshot.doc.range(at.block..at.block + at.part.summary.blocks);
        let to_proto = ToProto::within(self.snapshot, blocks, (at.byte, at.start));
        let (mut ranges, mut next) = (Vec::new(), 0);
        let items = choice.of(at.part).map(|finding| {
            ranges.clear();
            ranges.push(to_proto.place(finding.place));
            ranges.extend(finding.related.iter().map(|it| to_proto.place(it.place)));
            // Most come in the same order.
            let (before, after) = last.split_at(next);
            let is_same = |it: &Arc<Item>| it.is_same(finding, &ranges);
            if let Some(index) = after.iter().chain(before).position(is_same) {
                let index = (next + index) % last.len();
                next = index + 1;
                return Ok(Arc::clone(&last[index]));
            }
            let lang = self.snapshot.session.lang;
            let piece = piece(&Diagnostic::new(finding, &ranges, lang, self.uri))?;
            let ranges = ranges.as_slice().into();
            Ok(Arc::new(Item { finding: Arc::clone(finding), ranges, piece }))
        });
        items.collect()
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
    uri: &'a RawValue,
    range: LspRange,
}

/// By what the repairs are found again when code actions are asked for. They are found for the
/// newest version: those of this one might be applied to another.
#[derive(Serialize)]
struct Data {
    rule: &'static str,
}

impl<'a> Diagnostic<'a> {
    /// A finding, for a client to which the document's name is `uri`.
    pub(super) fn of_finding(to_proto: &ToProto, finding: &'a Finding, uri: &'a RawValue) -> Self {
        let related = finding.related.iter().map(|it| it.place);
        let places = std::iter::once(finding.place).chain(related);
        let ranges: Vec<_> = places.map(|it| to_proto.place(it)).collect();
        Self::new(finding, &ranges, to_proto.lang(), uri)
    }

    /// A finding whose place and explaining places have these ranges.
    fn new(finding: &'a Finding, ranges: &[LspRange], lang: Lang, uri: &'a RawValue) -> Self {
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
