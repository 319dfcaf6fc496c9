// Runs programs for the scripts around the extension.

import { spawn, spawnSync } from "node:child_process";

/** A failure that its message explains; it is shown without a stack trace. */
export class Problem extends Error {}

const WINDOWS = process.platform === "win32";

/** npm and VS Code's `code` are batch files on Windows, which only a shell can start. */
const options = (extra) => ({ shell: WINDOWS, ...extra });

/** Whether `program` answers to --version. */
export function have(program) {
  const { error, status } = spawnSync(program, ["--version"], options({ stdio: "ignore" }));
  return error === undefined && status === 0;
}

export function need(program, hint) {
  if (!have(program)) throw new Problem(`${program} was not found: ${hint}`);
}

/** Runs to the end with the terminal's own output. */
export function run(program, args, extra = {}) {
  const { error, status, signal } = spawnSync(program, args, options({ stdio: "inherit", ...extra }));
  if (error) throw new Problem(`${program}: ${error.message}`);
  if (status !== 0) throw new Problem(`${[program, ...args].join(" ")}: ended with ${signal ?? `exit code ${status}`}`);
}

/** Runs to the end and returns what was written to standard output. */
export function output(program, args, extra = {}) {
  const { error, status, stdout, stderr } = spawnSync(program, args, options({ encoding: "utf8", ...extra }));
  if (error) throw new Problem(`${program}: ${error.message}`);
  if (status !== 0) throw new Problem(`${[program, ...args].join(" ")}: exit code ${status}\n${stdout}${stderr}`);
  return stdout;
}

/** Starts a program that goes on running. */
export function start(program, args, extra = {}) {
  return spawn(program, args, options(extra));
}

/** Runs `main` as a program: a `Problem` becomes one line on standard error. */
export async function program(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Problem ? `error: ${error.message}` : error);
    process.exitCode = 1;
  }
}
