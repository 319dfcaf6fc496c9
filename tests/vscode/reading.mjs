// What the editor tells about a report while it is read: hovers, hints, lines above tables, the outline.

import assert from "node:assert/strict";

import { until } from "./lib/processes.mjs";
import { place, planted, sample } from "./lib/sample.mjs";

const { rowTotal } = planted;

/**
 * Expects the sample report in view, as it is planted.
 *
 * @param {object} given
 * @param {import("./lib/editor.mjs").Editor} given.editor
 * @param {(name: string) => Promise<unknown>} given.shot takes a picture
 */
export function readingSteps({ editor, shot }) {
  const { page } = editor;
  const lenses = page.locator(".codelens-decoration");
  const outline = page.locator(".outline-tree .monaco-list-row");

  return {
    "the hover on a number of the text shows the cell that it states": async () => {
      const { line, column } = place("年内办结", "35件");
      await editor.goto(line, column);
      await editor.hover(/表三/);
      await shot("hover-prose");
      await editor.pointAway();
    },

    "rows with broken sums have a hint at their end, and no others": async () => {
      await editor.goto(rowTotal.line, rowTotal.column);
      const hinted = page.locator(".view-line", { hasText: /\|\s*差\s*[−+]\d/ });
      await until(async () => (await hinted.count()) === 1, "one hint in view");
      assert.match(await hinted.innerText(), /（一）予以公开.*差\s*−1/);
      await shot("hints");
    },

    "the line above a table tells its sums, and a click recomputes them": async () => {
      await lenses.filter({ hasText: "勾稽 39 项，2 项不符 · 重算全表" }).getByRole("button").click();
      for (const code of ["R301", "R302", "R305"]) await editor.waitForNoFinding(code);
      await lenses.filter({ hasText: "勾稽 39 项，全部相符" }).waitFor();
      await page.keyboard.press("Control+1");
      await page.keyboard.press("Control+Z");
      await editor.waitForFinding("R301");
    },

    "a command does the same for the table at the cursor": async () => {
      await editor.goto(rowTotal.line + 4, 1);
      await editor.command("gouji: Recompute the Totals of the Table at the Cursor");
      await editor.waitForNoFinding("R301");
      await page.keyboard.press("Control+Z");
      await editor.waitForFinding("R301");
    },

    "the outline has the sections and their tables": async () => {
      await editor.command("Explorer: Focus on Outline View");
      for (const name of ["一、总体情况", "二、主动公开政府信息情况", "表二"]) {
        await outline.filter({ hasText: name }).first().waitFor();
      }
      await shot("outline");
      await editor.command("Explorer: Focus on Folders View");
      await editor.openProblems();
    },

    "the selection grows from a cell to its table and its section": async () => {
      const { line, column } = rowTotal;
      await editor.goto(line, column);
      // Without a selection the whole line is copied.
      const grown = [`${sample.split("\n")[line - 1]}\n`];
      while (!grown.at(-1).startsWith("## 三、")) {
        assert.ok(grown.length < 12, grown.at(-1));
        grown.push(await editor.growSelection(grown.at(-1)));
      }
      for (const wanted of [/^ 11 $/, /^\| （本列数据[^]*\| 四、结转[^\n]*\|$/]) {
        assert.ok(grown.some((text) => wanted.test(text)), `${wanted} among ${JSON.stringify(grown)}`);
      }
      await editor.goto(line, column);
    },

    "a table folds away under its first row": async () => {
      const { line } = place("（本列数据的勾稽关系为", "|");
      await editor.goto(line, 1);
      const inside = page.locator(".view-line", { hasText: "（一）予以公开" });
      await inside.waitFor();
      await page.keyboard.press("Control+Shift+BracketLeft");
      await inside.waitFor({ state: "detached" });
      await page.locator(".view-line", { hasText: "（本列数据的勾稽关系为" }).waitFor();
      await page.locator(".view-line", { hasText: "## 四、" }).waitFor();
      await shot("folded");
      await page.keyboard.press("Control+Shift+BracketRight");
      await inside.waitFor();
    },

    "a table is found by its name among the symbols of the open documents": async () => {
      await editor.openPalette("#表四");
      await page.locator(".quick-input-list .monaco-list-row", { hasText: "表四" }).first().waitFor();
      await shot("symbols");
      await page.keyboard.press("Enter");
      await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
      const { line } = place("## 四、", "#");
      const caret = page.locator(".statusbar-item", { hasText: new RegExp(`Ln ${line + 2}, `) });
      await caret.waitFor();
    },

    "a sentence on the tables is completed from its initials": async () => {
      const { line } = place("### （三）政府信息管理", "###");
      await editor.goto(line - 1, 1);
      await page.keyboard.type("gsd");
      const suggestion = page.locator(".suggest-widget .monaco-list-row", { hasText: "共收到政府信息公开申请34件" });
      await editor.pressFor("Control+Space", suggestion.first());
      await shot("completion");
      await page.keyboard.press("Enter");
      const written = page.locator(".view-line", { hasText: "2025年，共收到政府信息公开申请34件" });
      await written.waitFor();
      await page.keyboard.press("Control+Z");
      await written.waitFor({ state: "detached" });
      // What was typed before, if that was not one with it.
      await page.keyboard.press("Control+Z");
      await editor.waitForDirty(false);
      await editor.goto(rowTotal.line, rowTotal.column);
    },
  };
}
