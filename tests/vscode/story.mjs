// What someone does with a report in VS Code, step by step.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";

import { serversUnder, until } from "./lib/processes.mjs";
import { place, planted, sample } from "./lib/sample.mjs";
import { newReportSteps } from "./newReport.mjs";
import { previewSteps } from "./preview.mjs";
import { readingSteps } from "./reading.mjs";
import { writingSteps } from "./writing.mjs";

export const REPORT = "年度报告.md";
export const NOTES = "会议记录.md";

/** A list and a table whose numbers do not add up, in a file that is no report. */
export const NOTES_TEXT = `# 会议记录

共 10 项，其中：甲 1 项、乙 2 项、丙 3 项。

| 项目 | 甲 | 乙 | 总计 |
| --- | ---: | ---: | ---: |
| 数量 | 1 | 2 | 9 |
`;

/**
 * @param {object} given
 * @param {import("./lib/editor.mjs").Editor} given.editor
 * @param {string} given.url of the running VS Code
 * @param {string} given.folder with the report and the notes
 * @param {string} given.profile the folder of everything that VS Code keeps
 * @param {(name: string) => Promise<unknown>} given.shot takes a picture
 */
export function story({ editor, url, folder, profile, shot }) {
  const { page } = editor;
  const report = path.join(folder, REPORT);
  /** The user's settings as they are. */
  const settings = () => JSON.parse(fs.readFileSync(path.join(profile, "user/User/settings.json"), "utf8"));
  const { rowTotal, percentage, label, tableMismatch } = planted;

  return {
    "an ordinary file shows no findings": async () => {
      await editor.open(url, folder);
      await editor.openFile(NOTES);
      const lines = await editor.waitForStatus(/^gouji \d/);
      assert.ok(!lines.some((line) => line.includes("勾稽")), lines.join("\n"));
      assert.equal(await editor.squiggles.count(), 0);
    },

    "a report shows squiggles": async () => {
      await editor.openFile(REPORT);
      await editor.waitForSquiggles();
      await shot("squiggles");
    },

    "the Problems panel lists the planted errors in Chinese, at their places": async () => {
      await editor.openProblems();
      for (const { code, line, column } of [rowTotal, percentage, label, tableMismatch]) {
        await editor.waitForFinding(code, `[Ln ${line}, Col ${column}]`);
      }
      for (const text of await editor.findings()) assert.match(text, /\p{Script=Han}/u);
      await shot("problems");
    },

    "the ordinary file is still without findings": async () => {
      // The report's findings are there, so the file opened before it has long been looked at.
      assert.equal(await editor.problems.filter({ hasText: NOTES }).count(), 0);
    },

    "the status tells the sums": async () => {
      await editor.waitForStatus("勾稽 42 项，2 项不符");
    },

    "the hover on the broken total shows the arithmetic": async () => {
      await editor.goto(rowTotal.line, rowTotal.column);
      const text = await editor.hover("R301");
      assert.match(text, /12/);
      assert.match(text, /9\s*\+\s*2\s*\+\s*1/);
      assert.match(text, /11/);
      await shot("hover");
    },

    ...readingSteps({ editor, shot }),

    ...writingSteps({ editor }),

    ...previewSteps({ editor, shot }),

    "recomputing the row's total by keyboard ends the finding": async () => {
      const title = /^重算本行总计：.*总计 11 → 12$/;
      await editor.openQuickFixes(title);
      await shot("quick-fixes");
      await editor.takeQuickFix(title);
      await editor.waitForNoFinding("R301");
      await editor.waitForNoFinding("R302");
      await editor.waitForStatus("勾稽 42 项，全部相符");
    },

    "recomputing the share by keyboard ends the finding": async () => {
      const title = /^重算占比：.*15\.65% → 15\.56%$/;
      await editor.goto(percentage.line, percentage.column);
      await editor.openQuickFixes(title);
      await editor.takeQuickFix(title);
      await editor.waitForNoFinding("N402");
      await shot("fixed");
    },

    "a wrong digit is found while it is typed, without saving": async () => {
      const { line, column } = place("（二）部分公开", "5 |");
      await editor.goto(line, column);
      await page.keyboard.type("1");
      await editor.waitForFinding("R301", `[Ln ${line}, Col ${column}]`);
      await editor.waitForStatus(/勾稽 42 项，\d 项不符/);
      await editor.waitForDirty(true);
      assert.match(fs.readFileSync(report, "utf8"), /（二）部分公开.* 5 \|\n/);
      await shot("typed");
    },

    "undoing it ends the finding": async () => {
      await page.keyboard.press("Control+1");
      await page.keyboard.press("Control+Z");
      await editor.waitForNoFinding("R301");
      await editor.waitForStatus("勾稽 42 项，全部相符");
    },

    "the digit that breaks a row and a column is pointed out, and one key repairs it": async () => {
      const { line, column } = place("1.本机关不掌握", "4 |");
      await editor.goto(line, column);
      await page.keyboard.type("1");
      await editor.waitForFinding("R305", `[Ln ${line}, Col ${column}]`);
      await editor.waitForFinding("R305", "·自然人 14 → 4，改后 2 项勾稽全部成立");
      await editor.waitForFinding("R301");
      await editor.waitForFinding("R302");
      await shot("suspect");
      await editor.goto(line, column);
      await editor.autoFix();
      for (const code of ["R305", "R301", "R302"]) await editor.waitForNoFinding(code);
      await editor.waitForStatus("勾稽 42 项，全部相符");
    },

    "a total that its items contradict is recomputed by keyboard": async () => {
      const { line, column } = place("全年主动公开政府信息", "45条");
      await editor.retype(line, column + 1, "6");
      await editor.waitForFinding("N401", `[Ln ${line}, Col ${column}]`);
      await editor.quickFix(/^重算合计：46 → 45$/);
      await editor.waitForNoFinding("N401");
    },

    "all shares of a list are recomputed at once": async () => {
      for (const share of ["13.33%", "20.00%"]) {
        const { line, column } = place("全年主动公开政府信息", share);
        await editor.retype(line, column, "9");
        await editor.waitForFinding("N402", `[Ln ${line}, Col ${column}]`);
      }
      await editor.quickFix(/^重算本句全部占比：2 处$/);
      await editor.waitForNoFinding("N402");
    },

    "the table's number is taken over by keyboard, and taken back": async () => {
      await editor.goto(tableMismatch.line, tableMismatch.column);
      await editor.quickFix(/^采用表格数字：33 → 34$/);
      await editor.waitForNoFinding("N405");
      await page.keyboard.press("Control+1");
      await page.keyboard.press("Control+Z");
      await editor.waitForFinding("N405");
    },

    "fixing all on saving repairs the form and leaves the numbers alone": async () => {
      await page.keyboard.press("Control+S");
      await editor.waitForDirty(false);
      await editor.waitForNoFinding("T205");
      await editor.waitForFinding("N405");
      const expected = sample
        .replace("| 0 | 11 |", "| 0 | 12 |")
        .replace("15.65%", "15.56%")
        .replace("2.其他法律法规禁止公开", "2.其他法律行政法规禁止公开");
      assert.equal(fs.readFileSync(report, "utf8"), expected);
    },

    "a server restarted by command finds the same": async () => {
      const before = serversUnder(profile);
      assert.equal(before.length, 1);
      const findings = await editor.findings();
      await editor.command("gouji: Restart Server");
      await until(() => {
        const now = serversUnder(profile);
        return now.length === 1 && now[0] !== before[0];
      }, "one new server in place of the old");
      await editor.waitForFinding("N405");
      await editor.waitForStatus("勾稽 42 项，全部相符");
      assert.deepEqual(await editor.findings(), findings);
    },

    "the log opens by command": async () => {
      await editor.command("gouji: Show Log");
      await page.locator(".part.panel .composite.title", { hasText: "Output" }).waitFor();
      await editor.openProblems();
    },

    "a server that dies is started again": async () => {
      const [before] = serversUnder(profile);
      process.kill(before, "SIGKILL");
      await until(() => {
        const [now] = serversUnder(profile);
        return now !== undefined && now !== before;
      }, "a new server in place of the dead one");
      await editor.openFile(REPORT);
      await editor.waitForStatus("勾稽 42 项，全部相符");
      await editor.waitForFinding("N405");
    },

    "a report that was never saved is checked too": async () => {
      await editor.command("File: New Untitled Text File");
      await page.locator(".tab.active", { hasText: "Untitled-1" }).waitFor();
      await editor.paste(sample);
      await editor.waitForFinding("R301");
      await page.keyboard.press("Control+A");
      await page.keyboard.press("Delete");
      await editor.waitForNoFinding("R301");
    },

    ...newReportSteps({ editor, shot }),

    "a severity that is set takes effect at once, in the same server": async () => {
      const before = { servers: serversUnder(profile), settings: settings() };
      await editor.openFile(REPORT);
      await editor.waitForFinding("N405");
      // Attached, but perhaps not visible: where a quick fix is at hand, a bulb takes the icon's place.
      const waitForIcon = (name) => editor.finding("N405").locator(`.codicon-${name}`).waitFor({ state: "attached" });
      await waitForIcon("warning");
      await editor.writeSettings("User", { ...before.settings, "gouji.severity": { N: "error" } });
      await waitForIcon("error");
      await shot("severity");
      await editor.writeSettings("User", { ...before.settings, "gouji.ignore": ["N405"] });
      await editor.waitForNoFinding("N405");
      await editor.writeSettings("User", before.settings);
      await waitForIcon("warning");
      assert.deepEqual(serversUnder(profile), before.servers);
    },

    "the language changes with the setting": async () => {
      await editor.writeSettings("User", { ...settings(), "gouji.language": "en" });
      await editor.openFile(REPORT);
      await editor.waitForFinding("N405", /[A-Za-z]{3} [a-z]+/);
      await editor.waitForStatus("42 sums checked, all hold");
    },

    "a wrong server path is reported with ways out, and old findings go": async () => {
      // In the workspace: VS Code in the browser takes the path of a program from there, not from the user.
      await editor.writeSettings("Workspace", { "gouji.server.path": "/no/such/gouji" });
      const message = page.locator(".notification-toast", { hasText: "There is no gouji program at /no/such/gouji." });
      for (const way of ["Show Log", "Open Settings"]) await message.getByRole("button", { name: way }).waitFor();
      await editor.waitForNoFinding("N405");
      await shot("wrong-path");
      await message.getByRole("button", { name: "Open Settings" }).click();
      await page.locator(".settings-editor", { hasText: "gouji" }).waitFor();
    },
  };
}
