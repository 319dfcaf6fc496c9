#!/usr/bin/env node
// Runs every test. --skip-e2e leaves out what needs VS Code in a browser.
// The last line is `N passed, N failed`; a check that is no test, like the linter, counts as one.

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

import { buildServer, extensionDir, installPackages, packExtension, root } from "../editors/vscode/scripts/prepare.mjs";
import { need, Problem } from "../editors/vscode/scripts/run.mjs";

const editorTests = fileURLToPath(new URL("./vscode", import.meta.url));
const skipE2e = process.argv.includes("--skip-e2e");

const COUNTS = {
  cargo: [/^test result: .*?(\d+) passed/gm, /^test result: .*?(\d+) failed/gm],
  node: [/^(?:#|ℹ) pass (\d+)/gm, /^(?:#|ℹ) fail (\d+)/gm],
  story: [/^(\d+) passed, \d+ failed$/gm, /^\d+ passed, (\d+) failed$/gm],
};

// Each bench once, on short documents, and the bounds that hold on any machine. After the release server, whose
// libraries it shares.
const BENCHES = ["bench", "--package", "gouji", "--", "--test"];

const NODE_TEST = ["--test", "--test-reporter=spec"];
const PROTOCOL_TESTS = ["schema.test.mjs", "protocol.test.mjs", "walk.test.mjs"];

const steps = [
  ["Rust tests", () => command("cargo", ["test", "--workspace", "--no-fail-fast"], root, "cargo")],
  ["Extension: packages", () => check(() => { installPackages(extensionDir); })],
  // Before the linter, which follows their types.
  ["Editor tests: packages", () => check(() => { installPackages(editorTests); })],
  ["Extension: lint", () => command("npm", ["run", "--silent", "lint"], extensionDir)],
  ["Extension: types", () => command("npm", ["run", "--silent", "typecheck"], extensionDir)],
  ["Extension: unit tests", () => command("npm", ["run", "--silent", "test"], extensionDir, "node")],
  ["Release server", () => check(buildServer)],
  ["Benchmarks", () => command("cargo", BENCHES, root, "cargo")],
  ["Protocol", () => command(process.execPath, [...NODE_TEST, ...PROTOCOL_TESTS], editorTests, "node")],
  ["Other editors", () => command(process.execPath, ["tests/editors/run.mjs"], root, "story")],
  ...(skipE2e ? [] : [
    ["VSIX", () => check(() => { packExtension(buildServer()); })],
    ["VS Code", () => command(process.execPath, ["e2e.mjs"], editorTests, "story")],
    ["Demonstration", () => command(process.execPath, ["demo.mjs"], editorTests, "story")],
  ]),
];

/** Something that either works or throws; one point either way. */
function check(work) {
  try {
    work();
    return { passed: 1, failed: 0 };
  } catch (error) {
    console.error(error instanceof Problem ? `error: ${error.message}` : error);
    return { passed: 0, failed: 1 };
  }
}

/** Runs a program with its output shown, and counts what `kind` of report it gives; one point without. */
async function command(program, args, cwd, kind) {
  const child = spawn(program, args, { cwd, stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (chunk) => {
    text += chunk;
    process.stdout.write(chunk);
  });
  const succeeded = await new Promise((resolve) => {
    child.once("error", (error) => {
      console.error(`error: ${program}: ${error.message}`);
      resolve(false);
    });
    child.once("close", (code) => { resolve(code === 0); });
  });
  if (!kind) return succeeded ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const [passed, failed] = COUNTS[kind].map((pattern) => sum(text, pattern));
  // A build that failed reports no test, and tests that were not found report no failure.
  const untold = failed === 0 && (!succeeded || passed === 0);
  return { passed, failed: untold ? 1 : failed, skipped: text.match(/^SKIPPED .+$/gm) ?? [] };
}

const sum = (text, pattern) => Array.from(text.matchAll(pattern), ([, n]) => Number(n)).reduce((a, b) => a + b, 0);

const began = Date.now();
const summary = [];
const skipped = [];
const total = { passed: 0, failed: 0 };
try {
  need("cargo", "install Rust, see https://rustup.rs");
  need("npm", "install Node.js with npm, see https://nodejs.org");
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exit(1);
}
for (const [name, step] of steps) {
  console.log(`\n=== ${name}`);
  const start = Date.now();
  const { passed, failed, ...more } = await step();
  skipped.push(...more.skipped ?? []);
  total.passed += passed;
  total.failed += failed;
  const seconds = ((Date.now() - start) / 1000).toFixed(0);
  summary.push(`${failed === 0 ? "ok  " : "FAIL"} ${name}: ${passed} passed, ${failed} failed (${seconds} s)`);
}

console.log(`\n=== Summary (${((Date.now() - began) / 1000).toFixed(0)} s)`);
console.log(summary.join("\n"));
for (const line of skipped) console.log(`!!!  ${line}`);
if (skipE2e) console.log("!!!  SKIPPED by --skip-e2e: VSIX, VS Code, Demonstration");
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
