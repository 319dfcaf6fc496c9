// A report from nothing: the questions, the blank form, the walkthrough that leads there.

import assert from "node:assert/strict";

/**
 * @param {object} given
 * @param {import("./lib/editor.mjs").Editor} given.editor
 * @param {(name: string) => Promise<unknown>} given.shot takes a picture
 */
export function newReportSteps({ editor, shot }) {
  const { page } = editor;
  const input = page.locator(".quick-input-widget input");
  const answer = async (text) => {
    await input.fill(text);
    await page.keyboard.press("Enter");
  };
  const question = (text) => page.locator(".quick-input-widget", { hasText: text }).waitFor();
  /** Waits for a list by what stands where one types. */
  const choice = (text) => page.locator(`.quick-input-widget input[placeholder="${text}"]`).waitFor();

  return {
    "a new report asks for the agency and the year, and refuses nonsense": async () => {
      await editor.askingCommand("gouji: New Annual Report…");
      await question("Name of the agency");
      await answer("  ");
      await question("A name is needed.");
      await answer("青禾市林业局");
      await question("The year that is reported");
      assert.equal(await input.inputValue(), String(new Date().getFullYear() - 1));
      await answer("25年");
      await question("A year with four digits is needed");
      await answer("2024");
    },

    "it offers the form of that year first, and opens the blank report": async () => {
      await choice("Official form of the tables");
      const forms = await page.locator(".quick-input-list .monaco-list-row").allInnerTexts();
      assert.match(forms[0], /Form of 2021.*The one for this year/s);
      assert.match(forms[1], /Form of 2019/);
      await page.keyboard.press("Enter");
      await choice("How the report is written");
      await page.keyboard.press("Enter");
      await page.locator(".tab.active", { hasText: "Untitled-" }).waitFor();
      await page.locator(".view-line", { hasText: "青禾市林业局2024年政府信息公开工作年度报告" }).waitFor();
      await page.locator(".statusbar-item", { hasText: "Markdown" }).waitFor();
      await editor.waitForFinding("S111", "【请填写网址】");
      await shot("new-report");
    },

    "the blank report has a preview although it was never saved": async () => {
      await page.locator(".editor-actions").getByRole("button", { name: "Preview as the Official Form" }).click();
      const preview = page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
      await preview.locator("h1", { hasText: "青禾市林业局2024年" }).waitFor();
      assert.equal(await preview.locator("table").count(), 3);
      await shot("new-report-preview");
      await page.locator(".tab", { hasText: "Preview: " }).click();
      await editor.closeTab("Preview: ");
    },

    "the walkthrough names the steps, and its buttons run them": async () => {
      await editor.askingCommand("Welcome: Open Walkthrough...");
      await input.fill("Draft an annual report");
      await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: "Draft an annual report" }).waitFor();
      await page.keyboard.press("Enter");
      const guide = page.locator(".gettingStartedContainer");
      for (const step of ["Begin a report", "See what is wrong", "Repair it in place", "Save when all sums hold"]) {
        await guide.getByText(step, { exact: true }).waitFor();
      }
      await guide.getByRole("button", { name: "New Annual Report" }).click();
      await question("Name of the agency");
      await shot("walkthrough");
      await page.keyboard.press("Escape");
      await editor.closeTab("Welcome");
      // Emptied, the blank report leaves the list of problems to the others.
      await page.locator(".tab.active", { hasText: "Untitled-" }).waitFor();
      await page.keyboard.press("Control+1");
      await page.keyboard.press("Control+A");
      await page.keyboard.press("Delete");
      await editor.waitForNoFinding("S111");
    },
  };
}
