// Asks a server program for its version, which is also the test that it can be started at all.

import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Far above what a native program needs, far below what a user waits for. */
const TIMEOUT_MS = 10_000;

export async function version(command: string): Promise<string> {
  const { stdout } = await promisify(execFile)(command, ["--version"], { timeout: TIMEOUT_MS, windowsHide: true });
  return stdout.trim().split("\n", 1)[0] ?? "";
}
