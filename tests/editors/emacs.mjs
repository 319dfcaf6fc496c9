// Emacs without a terminal, with Eglot: its own, or before Emacs 29 Debian's package.

import path from "node:path";
import { fileURLToPath } from "node:url";

import { root } from "../../editors/vscode/scripts/prepare.mjs";
import { output } from "../../editors/vscode/scripts/run.mjs";
import { answers, execute, versionOf } from "./execute.mjs";
import { apt } from "./install.mjs";

const script = fileURLToPath(new URL("./emacs.el", import.meta.url));
const folder = path.join(root, "editors/emacs");

/** Debian's packages, of which Emacs knows only once its own start files are read. */
const PACKAGES = `(progn (require 'package)
  (add-to-list 'package-directory-list "/usr/share/emacs/site-lisp/elpa")
  (package-initialize))`;

/** A warning of the compiler is an error; the compiled file goes where it disturbs nobody. */
const COMPILE = `(progn (setq byte-compile-error-on-warn t
    byte-compile-dest-file-function (lambda (_) (expand-file-name "gouji.elc" (getenv "HOME"))))
  (kill-emacs (if (byte-compile-file "${path.join(folder, "gouji.el")}") 0 1)))`;

const batch = (...args) => ["-q", "--batch", "--eval", PACKAGES, ...args];
const hasEglot = (program) => output(program, batch("--eval", "(princ (locate-library \"eglot\"))")).includes("eglot");

export const name = "Emacs";

export const programs = () => ["emacs"].filter((it) => answers(it) && hasEglot(it));

export const version = versionOf;

export function install() {
  if (programs().length === 0) apt("emacs-nox", "elpa-eglot", "elpa-markdown-mode");
}

export async function test(program, { env, profile }) {
  await execute(program, batch("--eval", COMPILE), { env, cwd: profile });
  const config = ["-L", folder, "--eval", "(require 'gouji)"];
  await execute(program, batch(...config, "-l", script), { env, cwd: profile });
}
