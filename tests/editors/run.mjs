// A report in the editors beside VS Code that are installed here: each opens it with the configuration of its folder
// in editors/, finds what is wrong, and repairs it. With CI set, Neovim and Emacs are installed, and must be there.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";

import { buildServer, root } from "../../editors/vscode/scripts/prepare.mjs";
import { program as runProgram } from "../../editors/vscode/scripts/run.mjs";
import * as emacs from "./emacs.mjs";
import * as helix from "./helix.mjs";
import * as kate from "./kate.mjs";
import * as neovim from "./neovim.mjs";
import { prepare } from "./scenario.mjs";
import * as vim from "./vim.mjs";

const EDITORS = [neovim, emacs, helix, kate, vim];

const folders = () => fs.readdirSync(path.join(root, "editors"), { withFileTypes: true })
  .filter((it) => it.isDirectory()).map((it) => it.name);

/** Runs a check; returns whether it holds. */
async function holds(what, check) {
  const began = Date.now();
  try {
    await check();
    console.log(`ok   ${what} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
    return true;
  } catch (error) {
    console.log(`FAIL ${what}`);
    console.error(error);
    return false;
  }
}

async function inEditor(editor, program, server) {
  const scenario = prepare(server);
  try {
    await editor.test(program, scenario);
    scenario.check();
  } finally {
    scenario.remove();
  }
}

await runProgram(async () => {
  const server = buildServer();
  const results = [];
  results.push(await holds("each editor's folder has a README that the project's README links to", () => {
    const readme = fs.readFileSync(path.join(root, "README.md"), "utf8");
    for (const folder of folders()) {
      assert.ok(fs.existsSync(path.join(root, "editors", folder, "README.md")), folder);
      assert.ok(readme.includes(`(editors/${folder}/README.md)`), folder);
    }
  }));
  for (const editor of EDITORS) {
    if (process.env.CI && editor.install) {
      if (!await holds(`${editor.name} is installed`, () => { editor.install(); assert.notDeepEqual(editor.programs(), []); })) {
        results.push(false);
        continue;
      }
    }
    const programs = editor.programs();
    if (programs.length === 0) console.log(`SKIPPED ${editor.name} (not installed)`);
    for (const program of programs) {
      const what = `${editor.name} ${editor.version(program)}: a report's findings and a repair`;
      results.push(await holds(what, () => inEditor(editor, program, server)));
    }
  }
  const passed = results.filter(Boolean).length;
  console.log(`${passed} passed, ${results.length - passed} failed`);
  if (passed < results.length) process.exitCode = 1;
});
