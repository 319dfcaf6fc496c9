// The demonstration of the README from its start to Ctrl+C, in the browser as on a machine without VS Code.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";

import { cacheDir, root } from "../../editors/vscode/scripts/prepare.mjs";
import { program } from "../../editors/vscode/scripts/run.mjs";
import { installBrowser, openBrowser } from "./lib/browser.mjs";
import { Editor } from "./lib/editor.mjs";
import { serversUnder } from "./lib/processes.mjs";
import { runSteps } from "./lib/steps.mjs";

/** Includes a release build from nothing and the installation of VS Code. */
const START_TIMEOUT_MS = 600_000;

const shots = path.join(cacheDir, "shots");

/** The address that the demonstration prints. */
function address(child) {
  return new Promise((resolve, reject) => {
    let log = "";
    const timer = setTimeout(() => { reject(new Error(`no address\n${log}`)); }, START_TIMEOUT_MS);
    child.once("exit", () => { reject(new Error(`ended early\n${log}`)); });
    child.stdout.on("data", (chunk) => {
      log += chunk;
      const url = /http:\/\/127\.0\.0\.1:\S+/.exec(log)?.[0];
      if (!url) return;
      clearTimeout(timer);
      resolve(url);
    });
  });
}

await program(async () => {
  fs.mkdirSync(shots, { recursive: true });
  const executable = installBrowser();
  const script = path.join(root, "editors/demo.mjs");
  const child = spawn(process.execPath, [script, "--browser", "--no-open"], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const { browser, page } = await openBrowser(executable);
  const shot = (name) => page.screenshot({ path: path.join(shots, `${name}.png`) });
  const editor = new Editor(page);
  let profile;
  try {
    const { passed, failed } = await runSteps({
      "the demonstration opens the sample report with its findings": async () => {
        const url = await address(child);
        profile = path.dirname(new URL(url).searchParams.get("folder"));
        await page.goto(url, { waitUntil: "domcontentloaded" });
        await editor.waitForSquiggles();
        await editor.openProblems();
        await editor.waitForFinding("R301", /\p{Script=Han}/u);
        await shot("demo");
      },
      "Ctrl+C ends it and leaves nothing behind": async () => {
        child.kill("SIGINT");
        assert.deepEqual(await ended, [0, null]);
        assert.ok(!fs.existsSync(profile));
        assert.deepEqual(serversUnder(profile), []);
      },
    }, () => shot("demo-failure"));
    console.log(`${passed} passed, ${failed} failed`);
    if (failed > 0) process.exitCode = 1;
  } finally {
    await browser.close();
    child.kill("SIGTERM");
    await ended;
  }
});
