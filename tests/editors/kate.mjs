// Kate on a display that nobody sees. Its windows can be counted but not read: that the finding is at its place is told
// by the menu of code actions, which has nothing to offer elsewhere.

import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";

import { root } from "../../editors/vscode/scripts/prepare.mjs";
import { output, start } from "../../editors/vscode/scripts/run.mjs";
import { until } from "../vscode/lib/processes.mjs";
import { answers, versionOf } from "./execute.mjs";

const PATIENCE_MS = 60_000;
/** How long Kate may take to do what a key says. */
const SOON_MS = 5_000;

/** What it takes, and what each answers to. */
const NEEDED = { kate: "--version", Xvfb: "-help", xdotool: "--version", "dbus-run-session": "--version" };

/** What a user has answered when Kate asked whether it may start the server. */
const katerc = (server) => `
[General]
Show welcome view for new window=false

[Kate Plugins]
lspclientplugin=true
katelspclientplugin=true

[lspclient]
AllowedServerCommandLines=${server} lsp
`;

export const name = "Kate";

export const programs = () => (Object.entries(NEEDED).every(([it, question]) => answers(it, question)) ? ["kate"] : []);

export const version = versionOf;

export async function test(program, { env, profile, position, saved }) {
  const config = path.join(env.XDG_CONFIG_HOME, "kate/lspclient");
  fs.mkdirSync(config, { recursive: true });
  fs.copyFileSync(path.join(root, "editors/kate/settings.json"), path.join(config, "settings.json"));
  fs.writeFileSync(path.join(env.XDG_CONFIG_HOME, "katerc"), katerc(path.join(profile, "bin/gouji")));

  // The server of the display says its number on descriptor 3 once it is ready.
  const display = start("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x800x24"], { env, stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const [number] = await once(display.stdio[3], "data");
  const its = { ...env, DISPLAY: `:${String(number).trim()}`, QT_QPA_PLATFORM: "xcb" };
  const at = ["--line", String(position.line), "--column", String(position.utf16)];
  const kate = start("dbus-run-session", ["--", program, "--startanon", "--new", ...at, env.REPORT],
    { env: its, stdio: "ignore", detached: true });
  try {
    await drive(its, saved);
  } finally {
    const ended = Promise.all([once(kate, "close"), once(display, "close")]);
    // The whole group at once: what Kate started would go on writing into its home.
    process.kill(-kate.pid, "SIGKILL");
    display.kill();
    await ended;
  }
}

async function drive(env, saved) {
  const xdotool = (...args) => output("xdotool", args, { env });
  const windows = () => {
    try {
      return xdotool("search", "--onlyvisible", "--class", "kate").trim().split("\n");
    } catch {
      // How it says that there are none.
      return [];
    }
  };
  await until(() => windows().length > 0, "a window", PATIENCE_MS);
  const [main] = windows();
  xdotool("windowfocus", "--sync", main);
  await until(async () => {
    // Lost while Kate is still coming up.
    xdotool("key", "alt+Return");
    if (!await isSoon(() => windows().length > 1)) return false;
    // The first of them. Before the server has answered there is nothing to take, and the menu stays.
    xdotool("key", "Down", "Return");
    if (await isSoon(() => windows().length === 1)) return true;
    xdotool("key", "Escape");
    await until(() => windows().length === 1, "the end of the menu");
    return false;
  }, "a code action", PATIENCE_MS);
  await until(() => {
    xdotool("key", "ctrl+s");
    return isSoon(saved);
  }, "the repair", PATIENCE_MS);
}

const isSoon = (holds) => until(holds, "", SOON_MS).then(() => true, () => false);
