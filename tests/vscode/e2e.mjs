// The packed extension with its server in the real VS Code, driven like a user. Expects
// editors/vscode/gouji.vsix, see `npm run package` there. --update-screenshot renews the pictures that the READMEs
// and the extension show.

import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { startCodeServer } from "../../editors/vscode/scripts/code-server.mjs";
import { cacheDir, extensionDir, vsix } from "../../editors/vscode/scripts/prepare.mjs";
import { Problem, program } from "../../editors/vscode/scripts/run.mjs";
import { installBrowser, openBrowser } from "./lib/browser.mjs";
import { Editor } from "./lib/editor.mjs";
import { samplePath } from "./lib/sample.mjs";
import { runSteps } from "./lib/steps.mjs";
import { NOTES, NOTES_TEXT, REPORT, story } from "./story.mjs";

const SETTINGS = {
  "gouji.language": "zh",
  "editor.codeActionsOnSave": { "source.fixAll.gouji": "explicit" },
  "editor.fontFamily": "'WenQuanYi Zen Hei Mono', 'Noto Sans Mono CJK SC', monospace",
  "editor.hover.delay": 100,
  "editor.minimap.enabled": false,
  "files.autoSave": "off",
  // One row for each finding; as a tree the addends of a sum push the next findings out of view.
  "problems.defaultViewMode": "table",
  "workbench.colorTheme": "Light Modern",
  // The settings open in a tab like other files.
  "workbench.editor.useModal": "off",
};

const shots = path.join(cacheDir, "shots");
/** What is shown of the shots, by its name among the extension's images. */
const IMAGES = {
  "screenshot.png": "quick-fixes.png",
  "preview.png": "preview.png",
  "hover.png": "hover-prose.png",
};

await program(async () => {
  if (!fs.existsSync(vsix)) throw new Problem("editors/vscode/gouji.vsix is missing: npm run package there makes it");
  fs.rmSync(shots, { recursive: true, force: true });
  fs.mkdirSync(shots, { recursive: true });
  const executable = installBrowser();
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "gouji-e2e-"));
  const folder = path.join(profile, "年报");
  fs.mkdirSync(folder);
  fs.copyFileSync(samplePath, path.join(folder, REPORT));
  fs.writeFileSync(path.join(folder, NOTES), NOTES_TEXT);

  let server, browser;
  try {
    server = await startCodeServer({ profile, vsix, settings: SETTINGS });
    const opened = await openBrowser(executable);
    browser = opened.browser;
    const { page } = opened;
    const shot = (name) => page.screenshot({ path: path.join(shots, `${name}.png`) });
    const steps = story({ editor: new Editor(page), url: server.url, folder, profile, shot });
    const { passed, failed } = await runSteps(steps, () => shot("failure"));
    if (failed === 0 && process.argv.includes("--update-screenshot")) {
      for (const [image, name] of Object.entries(IMAGES)) {
        fs.copyFileSync(path.join(shots, name), path.join(extensionDir, "images", image));
      }
    }
    console.log(`${passed} passed, ${failed} failed`);
    if (failed > 0) process.exitCode = 1;
  } finally {
    await browser?.close();
    await server?.stop();
    fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});
