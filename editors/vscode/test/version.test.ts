import assert from "node:assert/strict";
import { test } from "node:test";

import { version } from "../src/version";

test("the first line of --version is the version", async () => {
  // Node.js stands in for the server: it knows the same flag.
  assert.equal(await version(process.execPath), process.version);
});

test("a program that cannot be started is an error", async () => {
  await assert.rejects(version("/no/such/program"), /ENOENT/);
});
