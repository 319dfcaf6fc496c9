// Bundles the extension into dist/, or with --tests its unit tests into dist/test/.

import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  format: "cjs",
  logLevel: "warning",
};

if (process.argv.includes("--tests")) {
  // Left-overs of a renamed test would go on passing.
  fs.rmSync(path.join(root, "dist/test"), { recursive: true, force: true });
  await build({
    ...common,
    entryPoints: ["test/*.test.ts"],
    outdir: "dist/test",
    packages: "external",
    target: "node20",
    sourcemap: "inline",
  });
} else {
  await build({
    ...common,
    entryPoints: ["src/extension.ts"],
    outfile: "dist/extension.js",
    external: ["vscode"],
    // The Node.js of VS Code 1.82.
    target: "node18",
    minify: true,
  });
  // The preview's page is a page of the browser that VS Code is.
  await build({
    ...common,
    platform: "browser",
    format: "iife",
    entryPoints: ["src/webview/preview.ts", "src/webview/preview.css"],
    outdir: "dist",
    target: "chrome114",
    minify: true,
  });
}
