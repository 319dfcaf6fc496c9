import assert from "node:assert/strict";
import { test } from "node:test";

import { describeSums } from "../src/sums";

const status = (checks: number, broken: number) => ({ uri: "file:///a.md", report: true, checks, broken });

test("sums are described in the language of the report", () => {
  assert.equal(describeSums(status(42, 3), "zh"), "勾稽 42 项，3 项不符");
  assert.equal(describeSums(status(42, 0), "zh"), "勾稽 42 项，全部相符");
  assert.equal(describeSums(status(42, 3), "en"), "42 sums checked, 3 broken");
  assert.equal(describeSums(status(42, 0), "en"), "42 sums checked, all hold");
});

test("a single sum is spoken of in the singular", () => {
  assert.equal(describeSums(status(1, 0), "en"), "1 sum checked, it holds");
  assert.equal(describeSums(status(1, 1), "en"), "1 sum checked, 1 broken");
});
