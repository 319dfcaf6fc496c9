// The release server over the protocol, spoken by the library that VS Code itself uses.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, test } from "node:test";

import {
  CodeActionRequest,
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node.js";

import { buildServer } from "../../editors/vscode/scripts/prepare.mjs";
import { planted, sample } from "./lib/sample.mjs";

const TIMEOUT_MS = 20_000;
const URI = "file:///%E5%B9%B4%E6%8A%A5.md";

let child, connection;
const published = inbox();
const statuses = inbox();

/** Messages in order of arrival, and a wait for the first one that fits. */
function inbox() {
  const messages = [];
  const waiting = new Set();
  return {
    push(message) {
      messages.push(message);
      for (const look of waiting) look();
    },
    next(fits, what) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => { reject(new Error(`never came: ${what}`)); }, TIMEOUT_MS);
        const look = () => {
          const found = messages.find(fits);
          if (!found) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      });
    },
  };
}

const diagnosticsOf = async (uri, version) =>
  (await published.next((p) => p.uri === uri && p.version === version, `diagnostics of ${uri} version ${version}`))
    .diagnostics;

const open = (uri, text) => connection.sendNotification(DidOpenTextDocumentNotification.type, {
  textDocument: { uri, languageId: "markdown", version: 1, text },
});

/** Positions count from one in the sample's places and from zero in the protocol. */
const at = ({ line, column }) => ({ line: line - 1, character: column - 1 });

before(async () => {
  child = spawn(buildServer(), ["lsp"], { stdio: ["pipe", "pipe", "inherit"] });
  connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  connection.onNotification(PublishDiagnosticsNotification.type, published.push);
  connection.onNotification("gouji/status", statuses.push);
  connection.listen();
  const { capabilities } = await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    locale: "en",
    initializationOptions: { lang: "zh" },
    capabilities: {
      general: { positionEncodings: ["utf-16"] },
      textDocument: {
        publishDiagnostics: { versionSupport: true, relatedInformation: true, codeDescriptionSupport: true },
        codeAction: {
          codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source.fixAll"] } },
          isPreferredSupport: true,
        },
      },
    },
  });
  assert.ok(capabilities.textDocumentSync && capabilities.codeActionProvider);
  await connection.sendNotification(InitializedNotification.type, {});
});

after(() => { child?.kill(); });

test("the planted errors are found at their places, in the language asked for", async () => {
  await open(URI, sample);
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
  const status = await statuses.next((s) => s.uri === URI, "status of the report");
  assert.deepEqual(status, { uri: URI, report: true, checks: 42, broken: 2 });
});

test("the quick fix of the total says what it changes, and its edit ends the finding", async () => {
  const position = at(planted.rowTotal);
  const found = (await diagnosticsOf(URI, 1)).filter((d) => d.code === "R301");
  const actions = await connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri: URI },
    range: { start: position, end: position },
    context: { diagnostics: found },
  });
  const action = actions?.find((a) => /^重算本行总计：.*总计 11 → 12$/.test(a.title));
  assert.ok(action, actions?.map((a) => a.title).join("\n"));
  const edits = action.edit?.changes?.[URI] ?? action.edit?.documentChanges?.flatMap((change) => change.edits);
  assert.equal(edits?.length, 1);
  await connection.sendNotification(DidChangeTextDocumentNotification.type, {
    textDocument: { uri: URI, version: 2 },
    contentChanges: edits.map(({ range, newText }) => ({ range, text: newText })),
  });
  const codes = (await diagnosticsOf(URI, 2)).map((d) => d.code);
  assert.ok(codes.every((code) => !code.startsWith("R")), codes.join(" "));
  await statuses.next((s) => s.uri === URI && s.broken === 0, "status without broken sums");
});

test("an ordinary document gets no findings", async () => {
  const uri = "untitled:Untitled-1";
  await open(uri, "# 会议记录\n\n共 10 项，其中：甲 1 项、乙 2 项、丙 3 项。\n");
  assert.deepEqual(await diagnosticsOf(uri, 1), []);
});

test("closing a report clears its findings", async () => {
  await connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri: URI } });
  // The version is optional when a document is closed; any empty list after the last one will do.
  await published.next((p) => p.uri === URI && p.diagnostics.length === 0, "empty diagnostics");
});

test("the server ends with code 0 after shutdown and exit", async () => {
  const ended = once(child, "exit");
  await connection.sendRequest(ShutdownRequest.type);
  await connection.sendNotification(ExitNotification.type);
  assert.deepEqual(await ended, [0, null]);
});
