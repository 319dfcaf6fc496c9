// The preview beside a report: what it shows, and how source and page keep together.

import assert from "node:assert/strict";

import { until } from "./lib/processes.mjs";
import { place, planted } from "./lib/sample.mjs";

const { rowTotal } = planted;

/**
 * Expects the sample report in view, as it is planted.
 *
 * @param {object} given
 * @param {import("./lib/editor.mjs").Editor} given.editor
 * @param {(name: string) => Promise<unknown>} given.shot takes a picture
 */
export function previewSteps({ editor, shot }) {
  const { page } = editor;
  const preview = page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
  const cell = (text) => preview.locator("th, td", { hasText: text });
  /** The cell of the row's total in table 三. */
  const broken = preview.locator('td[data-codes~="R301"]');

  return {
    "the preview opens beside the report, from the button that only reports have": async () => {
      await editor.pointAway();
      await page.locator(".editor-actions").getByRole("button", { name: "Preview as the Official Form" }).click();
      await preview.locator("h1", { hasText: "青禾市水务局2025年政府信息公开工作年度报告" }).waitFor();
      assert.equal(await preview.locator("table").count(), 3);
      assert.equal(await preview.locator("h2").count(), 6);
      assert.equal(await preview.locator("p.signature").count(), 2);
    },

    "its tables have the merged cells of the official form": async () => {
      const spans = async (text) => {
        const found = cell(text).first();
        return [await found.getAttribute("colspan"), await found.getAttribute("rowspan")];
      };
      assert.deepEqual(await spans("申请人情况"), ["7", null]);
      assert.deepEqual(await spans("三、本年度办理结果"), [null, "22"]);
      assert.deepEqual(await spans("行政诉讼"), ["10", null]);
    },

    "what is broken is marked there": async () => {
      await broken.waitFor();
      assert.equal(await broken.innerText(), "11");
      assert.match(await broken.getAttribute("title"), /R301 .*9\+2\+1/);
      assert.equal(await preview.locator("span.finding", { hasText: "15.65" }).count(), 1);
    },

    "nothing in it is loaded from elsewhere or written into it": async () => {
      const policy = await preview.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
      assert.match(policy, /^default-src 'none'; style-src [^;]+; script-src 'nonce-[A-Za-z0-9+/=]{20,}'$/);
      assert.doesNotMatch(policy, /unsafe/);
    },

    "a click on a cell selects it in the source": async () => {
      await broken.click();
      await page.locator(".statusbar-item", { hasText: `Ln ${rowTotal.line}, Col ${rowTotal.column + 2} (2 selected)` }).waitFor();
      await shot("preview");
    },

    "an edit changes the page": async () => {
      const { line, column } = place("（一）予以公开", "11 |");
      await editor.goto(line, column + 1);
      await page.keyboard.press("Shift+ArrowRight");
      await page.keyboard.type("2");
      await broken.waitFor({ state: "detached" });
      await page.keyboard.press("Control+Z");
      await broken.waitFor();
    },

    "scrolling the source scrolls the page": async () => {
      const isInView = (it) => {
        const { top, bottom } = it.getBoundingClientRect();
        return top >= 0 && bottom <= it.ownerDocument.documentElement.clientHeight;
      };
      const title = preview.locator("h1");
      const end = preview.locator("p.signature").last();
      await editor.goto(1, 1);
      await until(() => title.evaluate(isInView), "the title in view");
      assert.ok(!(await end.evaluate(isInView)));
      await page.keyboard.press("Control+End");
      await until(() => end.evaluate(isInView), "the signature in view");
    },

    "it comes back after it was hidden": async () => {
      await page.locator(".tab", { hasText: "Preview: " }).click();
      await editor.command("File: New Untitled Text File");
      await preview.locator("h1").waitFor({ state: "detached" });
      await page.locator(".tab.active", { hasText: "Untitled-" }).waitFor();
      await editor.closeTab("Untitled-");
      await broken.waitFor();
    },

    "it comes back when VS Code is opened anew": async () => {
      await editor.askingCommand("Developer: Reload Window");
      await broken.waitFor({ state: "detached" });
      await editor.waitForFinding("R301");
      await broken.waitFor();
      await page.locator(".tab", { hasText: "Preview: " }).click();
    },

    "it closes like any editor": async () => {
      await editor.closeTab("Preview: ");
      await preview.locator("h1").waitFor({ state: "detached" });
      await editor.goto(rowTotal.line, rowTotal.column);
    },
  };
}
