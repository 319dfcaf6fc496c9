import assert from "node:assert/strict";
import { test } from "node:test";

import { nearest } from "../src/page";

test("a line belongs to the last thing that starts at or before it", () => {
  const lines = [0, 2, 7, 7, 12];
  assert.deepEqual([0, 1, 2, 6, 7, 99].map((line) => nearest(lines, line)), [0, 0, 1, 1, 2, 4]);
});

test("rows that stand in another order than the form's are found all the same", () => {
  assert.equal(nearest([3, 9, 5, 12], 6), 2);
  assert.equal(nearest([9, 3], 4), 1);
});

test("before the first line is the first, and nothing is in nothing", () => {
  assert.equal(nearest([5, 8], 1), 0);
  assert.equal(nearest([], 4), 0);
});
