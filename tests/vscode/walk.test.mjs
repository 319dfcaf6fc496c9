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

/** Walks over the documents; `look` is given the session and what was asked of the sample report. */
async function walkAll({ client, options, every }, look) {
  const session = new Session(server);
  try {
    const capabilities = await session.start(client, options);
    for (const [uri, text] of Object.entries(DOCUMENTS)) {
      await session.open(uri, text);
      const methods = await walk(session, capabilities, walked(uri, text, every));
      if (text === sample) look?.(session.checked, methods);
    }
    assert.deepEqual(await session.end(), [0, null]);
    session.assertNoFaults();
  } finally {
    session.kill();
  }
}

test("every request that is announced is answered, and with something for the sample report", async () => {
  const client = withEncoding(ABLE, "utf-16");
  await walkAll({ client, options: { diagnostics: "pull" }, every: 3 }, ({ answered, heard }, methods) => {
    // What a command does is an edit, and no answer.
    const silent = [...methods].filter((it) => !answered.has(it) && it !== "workspace/executeCommand");
    assert.deepEqual(silent, []);
    assert.ok(heard.has("workspace/applyEdit") || !methods.has("workspace/executeCommand"));
  });
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
