// Packs gouji.vsix with the release server inside; with --no-server one that looks for it on PATH.

import { buildServer, packExtension } from "./prepare.mjs";
import { program } from "./run.mjs";

await program(() => {
  packExtension(process.argv.includes("--no-server") ? undefined : buildServer());
});
