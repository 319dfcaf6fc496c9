// Reports beside their source, laid out like the official form. One panel for each document.

import * as crypto from "node:crypto";
import * as vscode from "vscode";

import type { Ctx } from "./ctx";
import type { FromPreview, Labels, Page, Span, ToPreview } from "./page";
import { PREVIEW } from "./protocol";

const VIEW_TYPE = "gouji.preview";

/** All previews, also those that VS Code brings back after it was closed. */
export class Previews implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly open = new Map<string, Preview>();
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly ctx: Ctx, private readonly extensionUri: vscode.Uri) {
    const refresh = (uri: vscode.Uri) => { this.open.get(uri.toString())?.refresh(); };
    const follow = (editor: vscode.TextEditor) => { this.open.get(editor.document.uri.toString())?.follow(editor); };
    this.subscriptions = [
      vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, this),
      vscode.workspace.onDidOpenTextDocument(({ uri }) => { refresh(uri); }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => { refresh(document.uri); }),
      // Findings change with the settings, too.
      vscode.languages.onDidChangeDiagnostics(({ uris }) => { uris.forEach(refresh); }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => { follow(textEditor); }),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => { follow(textEditor); }),
    ];
  }

  /** Shows the preview of a document beside it, or the one that is open already. */
  show(document: vscode.TextDocument): void {
    const known = this.open.get(document.uri.toString());
    if (known) {
      known.panel.reveal(undefined, true);
      return;
    }
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.attach(vscode.window.createWebviewPanel(VIEW_TYPE, "", column), document.uri);
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const uri = (state as { uri?: unknown } | undefined)?.uri;
    if (typeof uri === "string") this.attach(panel, vscode.Uri.parse(uri));
    else panel.dispose();
    return Promise.resolve();
  }

  private attach(panel: vscode.WebviewPanel, uri: vscode.Uri): void {
    const key = uri.toString();
    this.open.set(key, new Preview(this.ctx, panel, uri, vscode.Uri.joinPath(this.extensionUri, "dist")));
    panel.onDidDispose(() => this.open.delete(key));
  }

  dispose(): void {
    for (const { panel } of [...this.open.values()]) panel.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

class Preview {
  private page: Page | undefined;
  /** The position by which the report is chosen where the document holds several. */
  private at: vscode.Position | undefined;
  private asking = false;
  /** Whether the view has shown nothing yet: it is at its top then, wherever the editor is. */
  private isFresh = true;
  private isStale = false;

  constructor(
    private readonly ctx: Ctx,
    readonly panel: vscode.WebviewPanel,
    private readonly uri: vscode.Uri,
    dist: vscode.Uri,
  ) {
    const { webview } = panel;
    panel.title = vscode.l10n.t("Preview: {0}", uri.path.replace(/^.*\//, ""));
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    webview.onDidReceiveMessage((message: FromPreview) => this.receive(message));
    this.at = this.editor()?.selection.active;
    webview.html = html(webview, dist);
  }

  /** Asks for the page. Changes that come while an answer is awaited make one more question. */
  refresh(): void {
    this.isStale = true;
    if (!this.asking) void this.ask();
  }

  /** Keeps to what the editor shows. */
  follow(editor: vscode.TextEditor): void {
    const shown = editor.visibleRanges[0];
    if (!shown) return;
    const caret = editor.selection.active;
    const at = shown.contains(caret) ? caret : shown.start;
    if (!isIn(at, this.page?.reports[this.page.shown])) {
      this.at = at;
      // Every position is in the only report.
      if ((this.page?.reports.length ?? 0) > 1) this.refresh();
    }
    this.post({ type: "scroll", first: shown.start.line, last: shown.end.line });
  }

  private async ask(): Promise<void> {
    this.asking = true;
    try {
      while (this.isStale) {
        this.isStale = false;
        await this.update();
      }
    } catch (error) {
      // The server ended meanwhile. The page stays; the next check brings a new one.
      this.ctx.log.appendLine(String(error));
    } finally {
      this.asking = false;
    }
  }

  private async update(): Promise<void> {
    const { uri, at } = this;
    const position = at && { position: { line: at.line, character: at.character } };
    // A document that is closed, or a server that is gone, leaves the page as it was.
    const page = await this.ctx.request(PREVIEW, { textDocument: { uri: uri.toString() }, ...position });
    if (!page) return;
    // Asked for before the server was told of the last change.
    if (page.version < (this.document()?.version ?? 0)) this.isStale = true;
    this.page = page;
    this.post({ type: "page", uri: uri.toString(), page, labels: labels() });
    const editor = this.isFresh ? this.editor() : undefined;
    this.isFresh = false;
    if (editor) this.follow(editor);
  }

  private async receive(message: FromPreview): Promise<void> {
    if (message.type === "reveal") {
      await this.reveal(message.range);
      return;
    }
    this.isFresh = true;
    if (!this.document()) {
      // When VS Code brings back a panel it need not bring back the document. It is opened, but not shown.
      await vscode.workspace.openTextDocument(this.uri).then(undefined, () => { this.panel.dispose(); });
    }
    this.refresh();
  }

  private async reveal({ start, end }: Span): Promise<void> {
    const selection = new vscode.Range(start.line, start.character, end.line, end.character);
    const viewColumn = this.editor()?.viewColumn ?? vscode.ViewColumn.One;
    const editor = await vscode.window.showTextDocument(this.uri, { viewColumn, selection });
    editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  private document(): vscode.TextDocument | undefined {
    return vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === this.uri.toString());
  }

  private editor(): vscode.TextEditor | undefined {
    return vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === this.uri.toString());
  }

  private post(message: ToPreview): void {
    void this.panel.webview.postMessage(message);
  }
}

/** A report goes on to the line on which the next one starts. */
const isIn = (at: vscode.Position, range: Span | undefined) =>
  range !== undefined && at.line >= range.start.line &&
  (at.line < range.end.line || (at.line === range.end.line && range.end.character > 0));

function labels(): Labels {
  return {
    nothing: vscode.l10n.t("There is no annual report in this document."),
    previous: vscode.l10n.t("Previous report"),
    next: vscode.l10n.t("Next report"),
    position: vscode.l10n.t("Report {0} of {1}", "{0}", "{1}"),
  };
}

function html(webview: vscode.Webview, dist: vscode.Uri): string {
  const file = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
  const nonce = crypto.randomBytes(16).toString("base64");
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${file("preview.css")}">
</head>
<body>
<script nonce="${nonce}" src="${file("preview.js")}"></script>
</body>
</html>
`;
}
