// Runs an editor to its end.

import { spawn } from "node:child_process";

/** Each step in an editor has its own, shorter limit, and says what it waited for. */
const TIMEOUT_MS = 120_000;

/** How much is shown of what an editor wrote before it failed. */
const SHOWN = 4_000;

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
