import * as vscode from "vscode";

import { concernsServer, needsRestart } from "./config";
import { Ctx } from "./ctx";

let ctx: Ctx | undefined;

export async function activate(extension: vscode.ExtensionContext): Promise<void> {
  const current = (ctx = new Ctx(extension));
  extension.subscriptions.push(
    current,
    vscode.commands.registerCommand("gouji.restart", () => current.restart()),
    vscode.commands.registerCommand("gouji.showLog", () => { current.log.show(true); }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (needsRestart(event)) void current.restart();
      else if (concernsServer(event)) void current.configure();
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
