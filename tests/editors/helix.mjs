// Helix in a terminal, by the keys that its users press.

import fs from "node:fs";
import path from "node:path";

import { root } from "../../editors/vscode/scripts/prepare.mjs";
import { answers, versionOf } from "./execute.mjs";
import { Terminal } from "./terminal.mjs";

export const name = "Helix";

// Debian's name, and the one that others use beside it.
export const programs = () => (answers("tmux", "-V") ? ["hx", "helix"].filter((it) => answers(it)).slice(0, 1) : []);

export const version = versionOf;

export async function test(program, { env, position }) {
  const config = path.join(env.XDG_CONFIG_HOME, "helix");
  fs.mkdirSync(config, { recursive: true });
  fs.copyFileSync(path.join(root, "editors/helix/languages.toml"), path.join(config, "languages.toml"));
  const terminal = new Terminal({ env }, program, env.REPORT);
  try {
    await drive(terminal, env, position);
  } finally {
    terminal.end();
  }
}

async function drive(terminal, env, { line, column }) {
  await terminal.waitFor("the findings", findingsIn(env.REPORT));
  await listed(terminal, "both findings", (has) => has(env.CODE, env.REPORT) && has(env.OTHER_CODE, env.REPORT));

  // To the first finding: the cursor stands on its last character.
  terminal.press("]", "d");
  const at = new RegExp(` ${line}:${column + env.WRONG.length - 1}\\b`);
  await terminal.waitFor("the place of the finding", (screen) => at.test(screen));
  terminal.press("Space", "a");
  await terminal.waitFor("the code action", (screen) => screen.includes(env.TITLE));
  terminal.press("Enter");
  const repaired = new RegExp(`^ +${line} .*${env.RIGHT}`, "m");
  await terminal.waitFor("the repair, and no mark at its line", (screen) => repaired.test(screen));
  await command(terminal, ":w");
  await terminal.waitFor("the saved file", (screen) => / written, \d+L/.test(screen));

  await command(terminal, `:o ${env.NOTES}`);
  await terminal.waitFor("the ordinary file", inView(env.NOTES));
  await command(terminal, `:o ${env.COPY}`);
  await terminal.waitFor("the findings of the copy", findingsIn(env.COPY));
  await listed(terminal, "findings of the reports alone, and the repaired one gone", (has) =>
    has(env.CODE, env.COPY) && has(env.OTHER_CODE, env.REPORT) && !has(env.CODE, env.REPORT) && !has("", env.NOTES));
  await command(terminal, ":qa");
}

async function command(terminal, text) {
  terminal.type(text);
  await terminal.waitFor(`the command ${text}`, (screen) => screen.includes(`\n${text}`));
  terminal.press("Enter");
}

const statusOf = (screen, file) => screen.split("\n").find((row) => / NOR /.test(row) && row.includes(path.basename(file)));
const inView = (file) => (screen) => statusOf(screen, file) !== undefined;
const findingsIn = (file) => (screen) => statusOf(screen, file)?.includes("●");

/** Opens the list of all files' findings, and closes it. */
async function listed(terminal, what, holds) {
  terminal.press("Space", "D");
  await terminal.waitFor(what, (screen) => screen.includes("severity")
    && holds((code, file) => screen.split("\n").some((row) => row.includes(` ${code} `) && row.includes(`${path.basename(file)} `))));
  terminal.press("Escape");
  await terminal.waitFor("the end of the list", (screen) => !screen.includes("severity"));
}
