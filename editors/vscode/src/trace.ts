// An output channel that comes into being when something is written to it: most people never trace.

import * as vscode from "vscode";

export class LazyOutputChannel implements vscode.OutputChannel {
  private channel: vscode.OutputChannel | undefined;

  constructor(readonly name: string) {}

  private get opened(): vscode.OutputChannel {
    return (this.channel ??= vscode.window.createOutputChannel(this.name));
  }

  append(value: string): void {
    this.opened.append(value);
  }

  appendLine(value: string): void {
    this.opened.appendLine(value);
  }

  replace(value: string): void {
    this.opened.replace(value);
  }

  clear(): void {
    this.channel?.clear();
  }

  show(columnOrPreserveFocus?: vscode.ViewColumn | boolean, preserveFocus?: boolean): void {
    // The first form of `show` is deprecated; both end in the same place.
    this.opened.show(typeof columnOrPreserveFocus === "boolean" ? columnOrPreserveFocus : preserveFocus);
  }

  hide(): void {
    this.channel?.hide();
  }

  dispose(): void {
    this.channel?.dispose();
    this.channel = undefined;
  }
}
