// The release server with a client of the library that VS Code itself uses.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";

import {
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node.js";

import { buildServer } from "../../../editors/vscode/scripts/prepare.mjs";
import { Checked } from "./checked.mjs";

const TIMEOUT_MS = 20_000;

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

/** To what the server asks: the same settings always, no edits, and yes to all else. */
function answer(method, params) {
  if (method === "workspace/configuration") return params.items.map(() => ({ ignore: ["S108"] }));
  if (method === "workspace/applyEdit") return { applied: false };
  return null;
}

/** One run of the server. Every message of it is held against the protocol. */
export class Session {
  published = inbox();
  statuses = inbox();
  /** All that the server sends unasked, as it is. */
  unasked = inbox();

  /**
   * @param {string} server the program; the release build without
   * @param {object} env variables that it gets besides
   */
  constructor(server = buildServer(), env = {}) {
    this.child = spawn(server, ["lsp"], { env: { ...process.env, ...env }, stdio: ["pipe", "pipe", "inherit"] });
    const { stdin, stdout } = this.child;
    this.checked = new Checked(new StreamMessageReader(stdout), new StreamMessageWriter(stdin), this.unasked.push);
    this.connection = createProtocolConnection(this.checked.reader, this.checked.writer);
    this.connection.onNotification(PublishDiagnosticsNotification.type, this.published.push);
    this.connection.onNotification("gouji/status", this.statuses.push);
    this.connection.onRequest(answer);
    this.connection.listen();
  }

  /** Starts the server for a client with `capabilities` and its own `options`; returns the server's capabilities. */
  async start(capabilities, options = {}) {
    const result = await this.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null,
      locale: "en",
      initializationOptions: { lang: "zh", ...options },
      capabilities,
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
    return result.capabilities;
  }

  open(uri, text) {
    return this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId: "markdown", version: 1, text },
    });
  }

  /** The diagnostics that were published of a version. */
  async diagnosticsOf(uri, version) {
    const what = `diagnostics of ${uri} version ${version}`;
    return (await this.published.next((p) => p.uri === uri && p.version === version, what)).diagnostics;
  }

  /** Fails where a message since the last call was not the protocol's. */
  assertNoFaults() {
    assert.deepEqual([...new Set(this.checked.faults.splice(0))], []);
  }

  /** Ends it as the protocol wants; returns the exit code and signal. */
  async end() {
    const ended = once(this.child, "exit");
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    return ended;
  }

  kill() {
    this.child.kill();
  }
}
