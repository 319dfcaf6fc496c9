// Runs an editor to its end.

import { spawn, spawnSync } from "node:child_process";

/** Each step in an editor has its own, shorter limit, and says what it waited for. */
const TIMEOUT_MS = 120_000;

/** How much is shown of what an editor wrote before it failed. */
const SHOWN = 4_000;

/** Programs of Qt want a display even to tell their version. */
const WINDOWLESS = { ...process.env, QT_QPA_PLATFORM: "offscreen" };

/** Whether a program is here: it answers to the question for its version. */
export function answers(program, question = "--version") {
  return spawnSync(program, [question], { env: WINDOWLESS, stdio: "ignore" }).status === 0;
}

/** The version that a program answers with. */
export function versionOf(program) {
  const { stdout } = spawnSync(program, ["--version"], { env: WINDOWLESS, encoding: "utf8" });
  return /\d+(\.\d+)+/.exec(stdout)?.[0] ?? "of an unknown version";
}

/** Throws with what was written unless the program succeeds. Ends it and its children where it does not end. */
export async function execute(program, args, { env, cwd }) {
  const child = spawn(program, args, { env, cwd, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let written = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (chunk) => { written = (written + chunk).slice(-SHOWN); });
  }
  const timer = setTimeout(() => process.kill(-child.pid, "SIGKILL"), TIMEOUT_MS);
  const ended = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => { resolve(signal ?? code); });
  }).finally(() => { clearTimeout(timer); });
  if (ended !== 0) throw new Error(`${program} ended with ${ended}\n${written}`);
}
