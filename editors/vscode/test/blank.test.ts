import assert from "node:assert/strict";
import { test } from "node:test";

import { agencyProblem, formOf, isYear } from "../src/blank";

test("a year has four digits and is not before there were such reports", () => {
  for (const year of ["2008", " 2025 ", "9999"]) assert.ok(isYear(year), year);
  for (const year of ["", "25", "2007", "2025年", "-2025", "20.5", "二〇二五"]) assert.ok(!isYear(year), year);
});

test("an agency has a name that fits a title", () => {
  assert.equal(agencyProblem("青禾市水务局"), undefined);
  assert.equal(agencyProblem("  "), "empty");
  assert.equal(agencyProblem("局".repeat(61)), "long");
});

test("the form is the one prescribed for the year", () => {
  assert.deepEqual([2019, 2020, 2021, 2026].map(formOf), ["2019", "2019", "2021", "2021"]);
});
