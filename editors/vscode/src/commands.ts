// The commands that the extension adds. Those of the server come with the language client.

import * as vscode from "vscode";
import { ExecuteCommandRequest } from "vscode-languageclient";

import type { Ctx } from "./ctx";
import { newReport } from "./newReport";
import type { Previews } from "./preview";
import { DEBUG_INFORMATION, RECOMPUTE_TABLE } from "./protocol";

export function registerCommands(ctx: Ctx, previews: Previews): vscode.Disposable[] {
  const commands: Record<string, () => unknown> = {
    "gouji.newReport": () => newReport(ctx),
    "gouji.preview": () => {
      const editor = vscode.window.activeTextEditor;
      if (editor) previews.show(editor.document);
    },
    "gouji.fixAll": () => fixAll(),
    "gouji.recompute": () => recompute(ctx),
    "gouji.restart": () => ctx.restart(),
    "gouji.showLog": () => { ctx.log.show(true); },
    "gouji.showDebugInformation": () => showDebugInformation(ctx),
  };
  return Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(name, run));
}

async function fixAll(): Promise<void> {
  await vscode.commands.executeCommand("editor.action.sourceAction", { kind: "source.fixAll.gouji", apply: "first" });
}

/** Does what the line above the table at the cursor does when it is clicked. */
async function recompute(ctx: Ctx): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  const { line, character } = editor.selection.active;
  const argument = { uri: editor.document.uri.toString(), position: { line, character } };
  await ctx.request(ExecuteCommandRequest.type, { command: RECOMPUTE_TABLE, arguments: [argument] });
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
