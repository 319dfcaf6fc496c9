#!/usr/bin/env node
// Opens a sample report in VS Code with the extension running. Needs Rust and Node.js; uses the desktop
// VS Code if there is one, else VS Code in the browser. Touches neither the user's settings nor the sample.
//
//   --browser   VS Code in the browser even where the desktop one is installed
//   --no-open   only print the address

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { QUIET_SETTINGS, startCodeServer } from "./vscode/scripts/code-server.mjs";
import { buildServer, extensionDir, installPackages, packExtension, root } from "./vscode/scripts/prepare.mjs";
import { have, need, output, Problem, program, run, start } from "./vscode/scripts/run.mjs";

const FLAGS = ["--browser", "--no-open"];
// The sample is Chinese, and so is who drafts it; a fresh VS Code comes in English.
const SETTINGS = { "gouji.language": "zh" };

await program(async () => {
  const flags = process.argv.slice(2);
  const unknown = flags.find((flag) => !FLAGS.includes(flag));
  if (unknown) throw new Problem(`unknown option ${unknown}; there are ${FLAGS.join(" and ")}`);
  need("cargo", "install Rust, see https://rustup.rs");
  need("npm", "install Node.js with npm, see https://nodejs.org");

  const server = buildServer();
  installPackages(extensionDir);
  const vsix = packExtension(server);
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "gouji-demo-"));
  try {
    const folder = path.join(profile, "年报");
    const report = path.join(folder, "青禾市水务局2025年度报告.md");
    fs.mkdirSync(folder);
    fs.copyFileSync(path.join(root, "tests/reports/sample.md"), report);
    const desktop = !flags.includes("--browser") && hasDesktop();
    await (desktop ? openDesktop : openBrowser)({ vsix, profile, folder, report, open: !flags.includes("--no-open") });
  } finally {
    fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});

/** In the terminal of a remote VS Code `code` is another program, which knows nothing of profiles. */
function hasDesktop() {
  return !process.env.VSCODE_IPC_HOOK_CLI && have("code");
}

/** Returns when the window is closed. */
function openDesktop({ vsix, profile, folder, report }) {
  const user = path.join(profile, "user");
  fs.mkdirSync(path.join(user, "User"), { recursive: true });
  fs.writeFileSync(path.join(user, "User/settings.json"), JSON.stringify({ ...QUIET_SETTINGS, ...SETTINGS }, null, 2));
  const common = ["--user-data-dir", user, "--extensions-dir", path.join(profile, "extensions")];
  // VS Code refuses to run as root with its sandbox.
  if (process.getuid?.() === 0) common.push("--no-sandbox");
  output("code", [...common, "--install-extension", vsix, "--force"]);
  console.log("\nVS Code opens with the sample report. Close its window to end the demonstration.");
  run("code", [...common, "--new-window", "--wait", folder, "--goto", report]);
}

/** Returns after Ctrl+C. */
async function openBrowser({ vsix, profile, folder, report, open }) {
  const interrupted = new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, resolve);
  });
  const server = await startCodeServer({ profile, vsix, settings: SETTINGS });
  try {
    const url = addressOf(report, folder, server.url);
    console.log(`\nVS Code with the sample report:\n\n  ${url}\n\nCtrl+C ends it.`);
    if (open) openUrl(url);
    await interrupted;
  } finally {
    await server.stop();
  }
}

function addressOf(report, folder, server) {
  const url = new URL(server);
  // How VS Code in the browser names a file of the machine it runs on.
  const file = `vscode-remote://${url.host}${pathToFileURL(report).pathname}`;
  url.searchParams.set("folder", folder);
  url.searchParams.set("payload", JSON.stringify([["openFile", file]]));
  return url.href;
}

/** The address is on the terminal, so nothing is lost where no browser can be opened. */
function openUrl(url) {
  const opener = process.platform === "darwin" ? "open" : "xdg-open";
  if (process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  const child = start(opener, [url], { stdio: "ignore", detached: true });
  child.once("error", () => undefined);
  child.unref();
}
