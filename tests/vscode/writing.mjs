// What the editor does for someone who writes: goes from a number to its cell, marks what belongs together, aligns,
// rewrites and ignores. Each step leaves the report as it was.

import { until } from "./lib/processes.mjs";
import { place, planted } from "./lib/sample.mjs";

const { rowTotal, label } = planted;

/**
 * Expects the sample report in view, as it is planted.
 *
 * @param {object} given
 * @param {import("./lib/editor.mjs").Editor} given.editor
 */
export function writingSteps({ editor }) {
  const { page } = editor;
  const line = (text) => page.locator(".view-line", { hasText: text });

  /** Takes back one edit, after which the report is again as it is on disk. */
  async function undo() {
    await page.keyboard.press("Control+1");
    await page.keyboard.press("Control+Z");
    await editor.waitForDirty(false);
  }

  return {
    "a number of the text leads to its cell": async () => {
      const from = place("年内办结", "35件");
      const to = place("（七）总计", "35");
      await editor.goto(from.line, from.column);
      const there = page.locator(".statusbar-item", { hasText: `Ln ${to.line}, Col ${to.column}` });
      await editor.pressFor("F12", there);
    },

    "a total and its addends are marked together": async () => {
      await editor.goto(rowTotal.line, rowTotal.column);
      const results = page.locator(".wordHighlightStrong");
      const addends = page.locator(".wordHighlight");
      await until(async () => (await results.count()) === 1 && (await addends.count()) === 6, "a total and six addends");
    },

    "formatting aligns the tables and changes no word": async () => {
      await editor.goto(place("| 规章 |", "规章").line, 1);
      await editor.command("Format Document");
      await line(/\|\s规章\s{10,}\|\s+0\s\|/).waitFor();
      await undo();
    },

    "a table is rewritten as HTML": async () => {
      await editor.goto(place("| 规章 |", "规章").line, 3);
      const wanted = page.locator(".action-widget .monaco-list-row", { hasText: "表二改写为 HTML" });
      // Its key is the browser's for loading a page anew.
      await editor.askingCommand("Refactor...");
      await wanted.waitFor();
      await editor.takeQuickFix("表二改写为 HTML");
      await line("<td>规章</td>").waitFor();
      await undo();
    },

    "a finding that is ignored here is gone, by a comment that says so": async () => {
      await editor.openProblems();
      await editor.goto(label.line, label.column);
      await editor.quickFix(`忽略此处的 ${label.code}`);
      await editor.waitForNoFinding(label.code);
      await undo();
      await editor.waitForFinding(label.code);
      await editor.goto(rowTotal.line, rowTotal.column);
    },
  };
}
