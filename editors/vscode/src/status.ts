// The two lines under the `{}` of the status bar: the sums of the report in view, and the server.

import * as vscode from "vscode";

import { effectiveLanguage } from "./config";
import { type DocumentStatus, describeSums } from "./sums";

export type ServerState =
  | { kind: "starting" }
  | { kind: "running"; version: string; command: string }
  | { kind: "stopped" }
  | { kind: "failed"; reason: string };

export class Status implements vscode.Disposable {
  private readonly server: vscode.LanguageStatusItem;
  /** Exists only while a report is in view: other documents show nothing of ours but the server. */
  private sums: vscode.LanguageStatusItem | undefined;
  private readonly documents = new Map<string, DocumentStatus>();
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly selector: vscode.DocumentSelector) {
    this.server = vscode.languages.createLanguageStatusItem("gouji.server", selector);
    this.server.name = vscode.l10n.t("gouji: server");
    this.subscriptions = [
      vscode.window.onDidChangeActiveTextEditor(() => { this.showSums(); }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.documents.delete(uri.toString());
        this.tellReports();
      }),
    ];
    this.setServer({ kind: "stopped" });
  }

  setServer(state: ServerState): void {
    // What an ended server counted says nothing about the text as it is now.
    if (state.kind !== "running") {
      this.documents.clear();
      this.tellReports();
    }
    this.showServer(state);
    this.showSums();
  }

  setDocument(status: DocumentStatus): void {
    // Normalised, because servers and VS Code may escape the same URI differently.
    this.documents.set(vscode.Uri.parse(status.uri).toString(), status);
    this.showSums();
    this.tellReports();
  }

  /** Which documents are reports, for the `when` clauses of the manifest. */
  private tellReports(): void {
    const reports = [...this.documents].filter(([, { report }]) => report);
    // Paths, because VS Code in the browser has other URIs in its menus than in extensions.
    const paths = reports.map(([uri]) => vscode.Uri.parse(uri).fsPath);
    void vscode.commands.executeCommand("setContext", "gouji.reports", paths);
  }

  private showServer(state: ServerState): void {
    const { l10n, LanguageStatusSeverity } = vscode;
    const item = this.server;
    item.busy = state.kind === "starting";
    item.severity = state.kind === "failed" ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    item.command = { command: "gouji.restart", title: l10n.t("Restart Server") };
    switch (state.kind) {
      case "starting":
        item.text = "gouji";
        item.detail = l10n.t("Starting…");
        break;
      case "running":
        item.text = state.version;
        // The path only as a tooltip: in the line it would push the command out of view.
        item.detail = "";
        item.command.tooltip = `${state.version}\n${state.command}`;
        break;
      case "stopped":
        item.text = "gouji";
        item.detail = l10n.t("Stopped");
        break;
      case "failed":
        item.text = "gouji";
        item.detail = state.reason;
        item.command = { command: "gouji.showLog", title: l10n.t("Show Log") };
        break;
    }
  }

  private showSums(): void {
    const uri = vscode.window.activeTextEditor?.document.uri.toString();
    const status = uri === undefined ? undefined : this.documents.get(uri);
    if (!status?.report) {
      this.sums?.dispose();
      this.sums = undefined;
      return;
    }
    this.sums ??= this.createSums();
    this.sums.text = describeSums(status, effectiveLanguage());
    this.sums.severity =
      status.broken === 0 ? vscode.LanguageStatusSeverity.Information : vscode.LanguageStatusSeverity.Warning;
  }

  private createSums(): vscode.LanguageStatusItem {
    const item = vscode.languages.createLanguageStatusItem("gouji.sums", this.selector);
    item.name = vscode.l10n.t("gouji: sums");
    item.command = { command: "workbench.actions.view.problems", title: vscode.l10n.t("Show Problems") };
    return item;
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.sums?.dispose();
    this.server.dispose();
  }
}
