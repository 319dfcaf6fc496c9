import * as vscode from "vscode";

import { registerCommands } from "./commands";
import { needsRestart } from "./config";
import { Ctx } from "./ctx";
import { Previews } from "./preview";

let ctx: Ctx | undefined;

export async function activate(extension: vscode.ExtensionContext): Promise<void> {
  const current = (ctx = new Ctx(extension));
  const previews = new Previews(current, extension.extensionUri);
  extension.subscriptions.push(
    current,
    previews,
    ...registerCommands(current, previews),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (needsRestart(event)) void current.restart();
    }),
    // Trust widens the choice of servers.
    vscode.workspace.onDidGrantWorkspaceTrust(() => void current.restart()),
  );
  await current.restart();
}

export async function deactivate(): Promise<void> {
  await ctx?.stop();
  ctx = undefined;
}
