// Vim with vim-lsp: no package has it, so it is looked for where users put their plugins.

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { root } from "../../editors/vscode/scripts/prepare.mjs";
import { answers, execute, versionOf } from "./execute.mjs";

const script = fileURLToPath(new URL("./vim.vim", import.meta.url));

/** The folder of vim-lsp; the variable VIM_LSP may name it. */
function plugin() {
  const vim = path.join(os.homedir(), ".vim");
  const packages = path.join(vim, "pack");
  const packed = fs.existsSync(packages) ? fs.readdirSync(packages).map((it) => path.join(packages, it, "start/vim-lsp")) : [];
  return [process.env.VIM_LSP, path.join(vim, "plugged/vim-lsp"), ...packed].find((it) => it && fs.existsSync(it));
}

export const name = "Vim with vim-lsp";

export const programs = () => (answers("vim") && plugin() ? ["vim"] : []);

export const version = versionOf;

/** What the README has users write. */
const config = () => `
set nocompatible encoding=utf-8
filetype plugin on
set runtimepath+=${plugin()}
set runtimepath+=${path.join(root, "editors/vim")}
`;

export async function test(program, { env, profile }) {
  const vimrc = path.join(env.HOME, ".vimrc");
  fs.writeFileSync(vimrc, config());
  // What Vim draws tells nothing.
  const reason = path.join(env.HOME, "reason");
  try {
    await execute(program, ["--not-a-term", "-n", "-i", "NONE", "-u", vimrc, "-S", script],
      { env: { ...env, REASON: reason }, cwd: profile });
  } catch (error) {
    throw fs.existsSync(reason) ? new Error(fs.readFileSync(reason, "utf8")) : error;
  }
}
