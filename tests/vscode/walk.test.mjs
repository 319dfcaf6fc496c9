// Whatever the server announces is asked for, all over the sample report, by clients of several abilities. A capability
// that nothing here knows fails, and so does an answer that is not the protocol's.

import assert from "node:assert/strict";
import { test } from "node:test";

import { buildServer } from "../../editors/vscode/scripts/prepare.mjs";
import { ABLE, BARE, withEncoding } from "./lib/clients.mjs";
import { sample } from "./lib/sample.mjs";
import { Session } from "./lib/session.mjs";
import { walk, walked } from "./lib/walk.mjs";

const DOCUMENTS = {
  "file:///%E5%B9%B4%E6%8A%A5.md": sample,
  // Not escaped, as some clients write it.
  "file:///会议记录.md": "# 会议记录\n\n共 10 项，其中：甲 1 项、乙 2 项、丙 3 项。😀\n",
  "untitled:Untitled-1": "",
};

const server = buildServer();

/** What the server sends unasked to a client that can do all, besides what it finds. */
const UNASKED = ["client/registerCapability", "workspace/configuration", "workspace/diagnostic/refresh", "workspace/inlayHint/refresh",
  "workspace/codeLens/refresh", "window/workDoneProgress/create", "gouji/status"];

/** Walks over the documents; `look` is given the session and what was asked of the sample report. */
async function walkAll({ client, options, every }, look) {
  const session = new Session(server);
  try {
    const capabilities = await session.start(client, options);
    for (const [uri, text] of Object.entries(DOCUMENTS)) {
      await session.open(uri, text);
      const methods = await walk(session, capabilities, walked(uri, text, every));
      if (text === sample) await look?.(session, methods);
    }
    assert.deepEqual(await session.end(), [0, null]);
    session.assertNoFaults();
  } finally {
    session.kill();
  }
}

test("every request that is announced is answered, and with something for the sample report", async () => {
  const client = withEncoding(ABLE, "utf-16");
  await walkAll({ client, options: { diagnostics: "pull" }, every: 5 }, async (session, methods) => {
    // What a command does is an edit, and no answer.
    const silent = [...methods].filter((it) => !session.checked.answered.has(it) && it !== "workspace/executeCommand");
    assert.deepEqual(silent, []);
    await session.unasked.next((it) => it.method === "workspace/applyEdit", "the edit of a command");
  });
});

test("what the server sends unasked is the protocol's, too", async () => {
  const session = new Session(server, { GOUJI_TEST_HOOKS: "1" });
  const heard = (what, fits) => session.unasked.next(fits, what);
  const progress = (kind) => heard(kind, (it) => it.method === "$/progress" && it.params.value.kind === kind);
  try {
    await session.start(ABLE, { diagnostics: "pull" });
    // So long that its check is worth to be shown, and held until it is released.
    await session.open("file:///long.md", `<!-- gouji/test/hold ${"x".repeat(16 << 20)} -->\n`);
    await progress("begin");
    await session.connection.sendNotification("gouji/test/release");
    await progress("end");
    await session.open("file:///a.md", sample);
    await session.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    for (const method of UNASKED) await heard(method, (it) => it.method === method);
    assert.deepEqual(await session.end(), [0, null]);
    session.assertNoFaults();
  } finally {
    session.kill();
  }
});

test("a client that counts bytes, and is sent its diagnostics, is answered as well", async () => {
  await walkAll({ client: withEncoding(ABLE, "utf-8"), every: 20 });
});

test("a client that says nothing of itself is answered as well", async () => {
  await walkAll({ client: BARE, every: 20 });
});

test("a capability that the walk does not know is an error", async () => {
  const session = { connection: { sendRequest: () => null } };
  const doc = walked("file:///a.md", "", 1);
  await assert.rejects(walk(session, { renameProvider: true }, doc), /renameProvider/);
  await assert.rejects(walk(session, { executeCommandProvider: { commands: ["gouji.unknown"] } }, doc), /gouji\.unknown/);
});
