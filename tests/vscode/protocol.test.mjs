// The release server over the protocol, spoken by the library that VS Code itself uses.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";

import {
  CodeActionRequest,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
} from "vscode-languageserver-protocol/node.js";

import { planted, sample } from "./lib/sample.mjs";
import { Session } from "./lib/session.mjs";

const URI = "file:///%E5%B9%B4%E6%8A%A5.md";

/** What VS Code says that it can do, as far as it bears on the tests here. */
const CLIENT = {
  general: { positionEncodings: ["utf-16"] },
  textDocument: {
    publishDiagnostics: { versionSupport: true, relatedInformation: true, codeDescriptionSupport: true },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source.fixAll"] } },
      isPreferredSupport: true,
    },
  },
};

let session;
const diagnosticsOf = (uri, version) => session.diagnosticsOf(uri, version);

/** Positions count from one in the sample's places and from zero in the protocol. */
const at = ({ line, column }) => ({ line: line - 1, character: column - 1 });

before(async () => {
  session = new Session();
  const capabilities = await session.start(CLIENT);
  assert.ok(capabilities.textDocumentSync && capabilities.codeActionProvider);
});

afterEach(() => { session.assertNoFaults(); });

after(() => { session?.kill(); });

test("the planted errors are found at their places, in the language asked for", async () => {
  await session.open(URI, sample);
  const diagnostics = await diagnosticsOf(URI, 1);
  for (const { code, ...place } of Object.values(planted)) {
    const found = diagnostics.find((d) => d.code === code);
    assert.ok(found, `${code} is missing`);
    assert.deepEqual(found.range.start, at(place), code);
    assert.equal(found.source, "gouji");
    assert.ok(found.codeDescription?.href, code);
    assert.match(found.message, /\p{Script=Han}/u);
  }
});

test("nothing but the planted errors and what follows from them is an error or a warning", async () => {
  const codes = (await diagnosticsOf(URI, 1)).filter((d) => d.severity <= 2).map((d) => d.code);
  // The wrong total breaks its column too (R302).
  assert.deepEqual([...new Set(codes)].sort(), ["N402", "N405", "R301", "R302", "T205"]);
});

test("the total that explains the broken sums is an information beside them", async () => {
  const suspects = (await diagnosticsOf(URI, 1)).filter((d) => d.code === "R305");
  assert.equal(suspects.length, 1);
  assert.equal(suspects[0].severity, 3);
  assert.deepEqual(suspects[0].range.start, at(planted.rowTotal));
  assert.match(suspects[0].message, /总计 11 → 12，改后 2 项勾稽全部成立$/);
});

test("the status counts the sums of the form", async () => {
  const status = await session.statuses.next((s) => s.uri === URI, "status of the report");
  assert.deepEqual(status, { uri: URI, report: true, checks: 42, broken: 2 });
});

test("the quick fix of the total says what it changes, and its edit ends the finding", async () => {
  const position = at(planted.rowTotal);
  const found = (await diagnosticsOf(URI, 1)).filter((d) => d.code === "R301");
  const actions = await session.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri: URI },
    range: { start: position, end: position },
    context: { diagnostics: found },
  });
  const action = actions?.find((a) => /^重算本行总计：.*总计 11 → 12$/.test(a.title));
  assert.ok(action, actions?.map((a) => a.title).join("\n"));
  const edits = action.edit?.changes?.[URI] ?? action.edit?.documentChanges?.flatMap((change) => change.edits);
  assert.equal(edits?.length, 1);
  await session.connection.sendNotification(DidChangeTextDocumentNotification.type, {
    textDocument: { uri: URI, version: 2 },
    contentChanges: edits.map(({ range, newText }) => ({ range, text: newText })),
  });
  const codes = (await diagnosticsOf(URI, 2)).map((d) => d.code);
  assert.ok(codes.every((code) => !code.startsWith("R")), codes.join(" "));
  await session.statuses.next((s) => s.uri === URI && s.broken === 0, "status without broken sums");
});

test("an ordinary document gets no findings", async () => {
  const uri = "untitled:Untitled-1";
  await session.open(uri, "# 会议记录\n\n共 10 项，其中：甲 1 项、乙 2 项、丙 3 项。\n");
  assert.deepEqual(await diagnosticsOf(uri, 1), []);
});

test("closing a report clears its findings", async () => {
  await session.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri: URI } });
  // The version is optional when a document is closed; any empty list after the last one will do.
  await session.published.next((p) => p.uri === URI && p.diagnostics.length === 0, "empty diagnostics");
});

test("the server ends with code 0 after shutdown and exit", async () => {
  assert.deepEqual(await session.end(), [0, null]);
});
