// Installs editors, where the tests run in continuous integration.

import { have, Problem, run } from "../../editors/vscode/scripts/run.mjs";

/** Installs packages of Debian. */
export function apt(...packages) {
  if (process.getuid?.() !== 0 || !have("apt-get")) {
    throw new Problem(`install ${packages.join(" ")}: that takes apt-get and root`);
  }
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  run("apt-get", ["update", "-qq"], { env });
  const quiet = { env, stdio: ["ignore", "ignore", "inherit"] };
  run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], quiet);
}
