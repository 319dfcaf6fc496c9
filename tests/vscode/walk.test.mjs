// Whatever the server announces is asked for, all over the sample report, by clients of several abilities. A
// capability that nothing here knows fails, and so does an answer that is not the protocol's.

import assert from "node:assert/strict";
import { test } from "node:test";

import { buildServer } from "../../editors/vscode/scripts/prepare.mjs";
import { ABLE, BARE, withEncoding } from "./lib/clients.mjs";
import { sample } from "./lib/sample.mjs";
import { Session } from "./lib/session.mjs";
import { walk, walked } from "./lib/walk.mjs";

/** Arguments of the commands that the server runs, for a document. */
const COMMANDS = {};

const DOCUMENTS = {
  "file:///%E5%B9%B4%E6%8A%A5.md": sample,
  "file:///会议记录.md": "# 会议记录\n\n共 10 项，其中：甲 1 项、乙 2 项、丙 3 项。😀\n",
  "untitled:Untitled-1": "",
};

const server = buildServer();

async function walkAll(client, look) {
  const session = new Session(server);
  try {
    const capabilities = await session.start(client);
    for (const [uri, text] of Object.entries(DOCUMENTS)) {
      await session.open(uri, text);
      const methods = await walk(session, capabilities, walked(uri, text), COMMANDS);
      if (text === sample) look?.([...methods].filter((it) => !session.checked.answered.has(it)));
    }
    assert.deepEqual(await session.end(), [0, null]);
    session.assertNoFaults();
  } finally {
    session.kill();
  }
}

test("every request that is announced is answered, and with something for the sample report", async () => {
  await walkAll(withEncoding(ABLE, "utf-16"), (silent) => { assert.deepEqual(silent, []); });
});

test("a client that counts bytes is answered as well", async () => {
  await walkAll(withEncoding(ABLE, "utf-8"));
});

test("a client that says nothing of itself is answered as well", async () => {
  await walkAll(BARE);
});
