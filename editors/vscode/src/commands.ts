// The commands that the extension adds. Those of the server come with the language client.

import * as vscode from "vscode";

import type { Ctx } from "./ctx";
import { newReport } from "./newReport";
import type { Previews } from "./preview";
import { DEBUG_INFORMATION } from "./protocol";

export function registerCommands(ctx: Ctx, previews: Previews): vscode.Disposable[] {
  const commands: Record<string, () => unknown> = {
    "gouji.newReport": () => newReport(ctx),
    "gouji.preview": () => {
      const editor = vscode.window.activeTextEditor;
      if (editor) previews.show(editor.document);
    },
    "gouji.fixAll": () => actions("editor.action.sourceAction", "source.fixAll.gouji"),
    "gouji.recompute": () => actions("editor.action.refactor", "refactor.rewrite.gouji"),
    "gouji.restart": () => ctx.restart(),
    "gouji.showLog": () => { ctx.log.show(true); },
    "gouji.showDebugInformation": () => showDebugInformation(ctx),
  };
  return Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(name, run));
}

/** Takes the only action of a kind, or offers several. */
async function actions(command: string, kind: string): Promise<void> {
  await vscode.commands.executeCommand(command, { kind, apply: "ifSingle" });
}

async function showDebugInformation(ctx: Ctx): Promise<void> {
  const information = await ctx.request(DEBUG_INFORMATION, {});
  if (!information) {
    ctx.log.show(true);
    return;
  }
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content: information.text });
  await vscode.window.showTextDocument(document);
}
