// What holds the server's messages against the protocol: it must refuse what is not the protocol's, or the
// other tests hold nothing.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Checked } from "./lib/checked.mjs";
import { failureFault, paramsFault, resultFault } from "./lib/schema.mjs";

const range = { start: { line: 0, character: 1 }, end: { line: 0, character: 2 } };
const diagnostic = { range, message: "m", severity: 2, code: "R301", codeDescription: { href: "https://example.org" } };
const diagnostics = (more) => paramsFault("textDocument/publishDiagnostics", { uri: "file:///a", diagnostics: [{ ...diagnostic, ...more }] });

test("what the protocol has is accepted", () => {
  const edit = { changes: { "file:///a": [{ range, newText: "12" }] } };
  assert.equal(diagnostics(), undefined);
  assert.equal(resultFault("textDocument/codeAction", [{ title: "t", kind: "quickfix", diagnostics: [diagnostic], edit }]), undefined);
  assert.equal(resultFault("textDocument/hover", null), undefined);
  assert.equal(resultFault("textDocument/hover", { contents: { kind: "markdown", value: "m" }, range }), undefined);
  assert.equal(resultFault("initialize", { capabilities: { textDocumentSync: 2, positionEncoding: "utf-8" } }), undefined);
  assert.equal(paramsFault("workspace/inlayHint/refresh", undefined), undefined);
  assert.equal(failureFault({ code: -32800, message: "m" }), undefined);
});

test("what it does not name is refused, and what it counts otherwise", () => {
  for (const more of [{ severity: 9 }, { level: 1 }, { message: null }, { code: true },
    { range: { ...range, start: { line: -1, character: 0 } } }, { range: { ...range, start: { line: 0.5, character: 0 } } }]) {
    assert.match(diagnostics(more) ?? "", /publishDiagnostics/, JSON.stringify(more));
  }
  for (const [method, value] of [
    ["initialize", { capabilities: { hoverprovider: true } }],
    ["initialize", { capabilities: {}, more: 1 }],
    ["shutdown", {}],
    ["textDocument/codeAction", [{ title: "t", edit: { changes: { "file:///a": [{ range }] } } }]],
    ["textDocument/hover", { contents: { kind: "html", value: "m" } }],
    ["textDocument/semanticTokens/full", { data: [0, 1.5] }],
    ["gouji/documentInfo", { version: 1, length: -1, hash: "" }],
  ]) assert.ok(resultFault(method, value), `${method} ${JSON.stringify(value)}`);
  assert.ok(failureFault({ code: "x", message: "m" }));
});

test("a method that is not listed is refused", () => {
  assert.match(resultFault("textDocument/everything", null), /not among the Results/);
  assert.match(paramsFault("gouji/everything", {}), /not among the Params/);
  assert.match(resultFault("toString", null), /not among the Results/);
});

/** What is found wrong in messages that arrive after a hover was asked for as request 1. */
function faultsOf(...messages) {
  let arrive;
  const heard = [];
  const checked = new Checked({ listen: (callback) => { arrive = callback; } }, { write: () => undefined });
  checked.reader.listen((message) => heard.push(message));
  checked.writer.write({ jsonrpc: "2.0", id: 1, method: "textDocument/hover", params: {} });
  for (const message of messages) arrive({ jsonrpc: "2.0", ...message });
  assert.equal(heard.length, messages.length);
  return checked.faults;
}

test("each message is held against what it answers or is called", () => {
  assert.deepEqual(faultsOf({ id: 1, result: null }, { method: "gouji/status", params: { uri: "file:///a", report: true, checks: 1, broken: 0 } }), []);
  assert.deepEqual(faultsOf({ id: 1, error: { code: 1, message: "m" } }), []);
  for (const [what, ...messages] of [
    [/hover/, { id: 1, result: { contents: 1 } }],
    [/an answer to nothing/, { id: 2, result: null }],
    [/an answer to nothing/, { id: 1, result: null }, { id: 1, result: null }],
    [/neither or both/, { id: 1 }],
    [/neither or both/, { id: 1, result: null, error: { code: 1, message: "m" } }],
    [/both a question/, { id: 1, method: "gouji/status", result: null }],
    [/members that no message has: more/, { id: 1, result: null, more: 1 }],
    [/an error/, { id: 1, error: "m" }],
    [/gouji\/status/, { method: "gouji/status", params: {} }],
    [/no JSON-RPC 2.0/, { jsonrpc: "1.0", id: 1, result: null }],
  ]) {
    const faults = faultsOf(...messages);
    assert.equal(faults.length, 1, JSON.stringify(messages));
    assert.match(faults[0], what);
  }
});
