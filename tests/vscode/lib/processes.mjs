// The language servers that run for one VS Code, seen from outside.

import { output } from "../../../editors/vscode/scripts/run.mjs";

/** Process ids of the servers whose program lies under `dir`. */
export function serversUnder(dir) {
  return output("ps", ["-axo", "pid=,args="])
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(.*)$/.exec(line))
    .filter((match) => match?.[2].includes(`${dir}/`) && match[2].endsWith("gouji lsp"))
    .map((match) => Number(match[1]));
}

/** Asks again until `holds` is content; for what sends no event. */
export async function until(holds, what, timeout = 15_000) {
  const end = Date.now() + timeout;
  for (;;) {
    if (await holds()) return;
    if (Date.now() > end) throw new Error(`did not happen in time: ${what}`);
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
}
