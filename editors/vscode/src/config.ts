// The extension's settings, read afresh on every use so that no copy can go stale.

import * as vscode from "vscode";

export type Language = "zh" | "en";

const SECTION = "gouji";

/** Settings that the server reads only when it starts. */
const NEEDS_RESTART = ["gouji.server.path", "gouji.language"];

export function serverPath(): string {
  return vscode.workspace.getConfiguration(SECTION).get<string>("server.path", "").trim();
}

/** The language chosen in the settings; `null` leaves it to the editor's language. */
export function chosenLanguage(): Language | null {
  const value = vscode.workspace.getConfiguration(SECTION).get<string>("language");
  return value === "zh" || value === "en" ? value : null;
}

/** The language the server answers in: Chinese unless the editor is in English. */
export function effectiveLanguage(): Language {
  return chosenLanguage() ?? (/^en\b/i.test(vscode.env.language) ? "en" : "zh");
}

/** Settings that the server has under the same names. It asks to be told when they change. */
const OF_SERVER = ["select", "ignore", "severity", "inlayHints", "codeLens"];

/** The server's settings as they are now. */
export function serverSettings(): Record<string, unknown> {
  const section = vscode.workspace.getConfiguration(SECTION);
  return Object.fromEntries(OF_SERVER.map((key) => [key, section.get(key)]));
}

export function needsRestart(event: vscode.ConfigurationChangeEvent): boolean {
  return NEEDS_RESTART.some((key) => event.affectsConfiguration(key));
}
