// Brings a fresh clone to where the extension can run: packages, server, VSIX.

import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { need, Problem, run } from "./run.mjs";

export const extensionDir = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
export const root = path.resolve(extensionDir, "../..");
/** For what is downloaded or made and can be had again. */
export const cacheDir = path.join(root, ".cache");
export const vsix = path.join(extensionDir, "gouji.vsix");

const programName = process.platform === "win32" ? "gouji.exe" : "gouji";

/** Builds the release server and returns its path. */
export function buildServer() {
  need("cargo", "install Rust, see https://rustup.rs");
  run("cargo", ["build", "--release", "--package", "gouji"], { cwd: root });
  const server = path.join(process.env.CARGO_TARGET_DIR ?? path.join(root, "target"), "release", programName);
  if (!fs.existsSync(server)) throw new Problem(`cargo did not build ${server}`);
  return server;
}

/** Installs the packages of a folder's lock file, unless that was done already. */
export function installPackages(dir) {
  need("npm", "install Node.js with npm, see https://nodejs.org");
  const stamp = path.join(dir, "node_modules", ".gouji-lock");
  const lock = createHash("sha256").update(fs.readFileSync(path.join(dir, "package-lock.json"))).digest("hex");
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === lock) return;
  run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: dir });
  fs.writeFileSync(stamp, lock);
}

/** Packs the extension with the given server inside, or with none. */
export function packExtension(server) {
  run(process.execPath, [path.join(extensionDir, "scripts/build.mjs")]);
  const bundled = path.join(extensionDir, "server");
  fs.rmSync(bundled, { recursive: true, force: true });
  fs.mkdirSync(bundled);
  if (server) {
    const copy = path.join(bundled, programName);
    fs.copyFileSync(server, copy);
    fs.chmodSync(copy, 0o755);
  }
  const vsce = path.join(extensionDir, "node_modules/@vscode/vsce/vsce");
  // A package with a server inside installs only where that server runs.
  const target = server ? ["--target", `${process.platform}-${process.arch}`] : [];
  const args = ["package", "--no-dependencies", "--allow-missing-repository", ...target, "--out", vsix];
  run(process.execPath, [vsce, ...args], { cwd: extensionDir });
  return vsix;
}
