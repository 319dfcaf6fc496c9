// VS Code as a web server (code-server), from npm alone: for the demonstration where no desktop VS Code
// is installed, and for the end-to-end test.

import fs from "node:fs";
import path from "node:path";

import { cacheDir } from "./prepare.mjs";
import { need, output, Problem, run, start } from "./run.mjs";

const CODE_SERVER = "4.139.1";
/** The Node.js that this code-server runs on, and no other. */
const NODE_MAJOR = 24;
const NODE = "24.21.0";
const START_TIMEOUT_MS = 60_000;

const NPM = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];

/** Installs code-server and its Node.js into the cache, once. */
export function installCodeServer() {
  need("npm", "install Node.js with npm, see https://nodejs.org");
  return { node: installNode(), entry: installEntry() };
}

function installNode() {
  if (Number(process.versions.node.split(".")[0]) === NODE_MAJOR) return process.execPath;
  if (process.platform !== "linux") {
    throw new Problem(`VS Code in the browser needs Node.js ${NODE_MAJOR} (this is ${process.version}), or install VS Code`);
  }
  const name = `node-linux-${process.arch}`;
  const dir = path.join(cacheDir, `node-${NODE}`);
  const node = path.join(dir, "node_modules", name, "bin/node");
  once(dir, () => { run("npm", [...NPM, `${name}@${NODE}`], { cwd: dir }); });
  return node;
}

/**
 * Without install scripts neither a compiler nor a download from elsewhere is needed. What they would add
 * (a terminal, log files, Kerberos) is of no use here.
 */
function installEntry() {
  const dir = path.join(cacheDir, `code-server-${CODE_SERVER}`);
  const home = path.join(dir, "node_modules/code-server");
  once(dir, () => {
    run("npm", [...NPM, `code-server@${CODE_SERVER}`], { cwd: dir });
    run("npm", [...NPM, "--omit=dev", "--omit=optional"], { cwd: path.join(home, "lib/vscode") });
  });
  return path.join(home, "out/node/entry.js");
}

/** Fills a folder of its own; a run that was broken off starts again from nothing. */
function once(dir, fill) {
  const done = path.join(dir, ".done");
  if (fs.existsSync(done)) return;
  console.log(`installing ${path.basename(dir)} …`);
  fs.rmSync(dir, { recursive: true, force: true });
  fs.mkdirSync(dir, { recursive: true });
  // Keeps npm from taking a folder further up for the project.
  fs.writeFileSync(path.join(dir, "package.json"), '{ "private": true }\n');
  fill();
  fs.writeFileSync(done, "");
}

/** Settings under which VS Code shows the work at hand and nothing else. */
export const QUIET_SETTINGS = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
};

/**
 * Starts code-server on a free port of this machine with `vsix` installed. Everything it keeps is under
 * `profile`, so that neither the user's own settings nor a second run are touched.
 */
export async function startCodeServer({ profile, vsix, settings }) {
  const { node, entry } = installCodeServer();
  const user = path.join(profile, "user");
  const config = path.join(profile, "config.yaml");
  fs.mkdirSync(path.join(user, "User"), { recursive: true });
  fs.writeFileSync(path.join(user, "User/settings.json"), JSON.stringify({ ...QUIET_SETTINGS, ...settings }, null, 2));
  fs.writeFileSync(config, "auth: none\n");

  const common = [entry, "--config", config, "--user-data-dir", user, "--extensions-dir", path.join(profile, "extensions")];
  const env = environment(profile);
  output(node, [...common, "--install-extension", vsix], { env });
  const flags = ["--bind-addr", "127.0.0.1:0", "--disable-telemetry", "--disable-update-check",
    "--disable-workspace-trust", "--disable-getting-started-override"];
  // A group of its own, so that stopping takes the extension host and the language server along.
  const child = start(node, [...common, ...flags], { env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const stop = () => stopGroup(child);
  try {
    return { url: await address(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function environment(profile) {
  const env = { ...process.env, HOME: profile, XDG_CONFIG_HOME: profile, XDG_DATA_HOME: profile };
  // Of a surrounding VS Code or code-server; and the server under the packed extension's own.
  for (const name of ["PORT", "VSCODE_IPC_HOOK_CLI", "GOUJI_SERVER"]) delete env[name];
  return env;
}

function address(child) {
  return new Promise((resolve, reject) => {
    let log = "";
    const fail = (reason) => { reject(new Problem(`code-server ${reason}\n${log}`)); };
    const timer = setTimeout(fail, START_TIMEOUT_MS, "did not start in time");
    const read = (chunk) => {
      log += chunk;
      const url = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(log)?.[1];
      if (!url) return;
      clearTimeout(timer);
      resolve(url);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", (code) => { fail(`ended with exit code ${code}`); });
  });
}

async function stopGroup(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => { child.once("exit", resolve); });
  const timer = setTimeout(() => process.kill(-child.pid, "SIGKILL"), 5_000);
  process.kill(-child.pid, "SIGTERM");
  await ended;
  clearTimeout(timer);
}
