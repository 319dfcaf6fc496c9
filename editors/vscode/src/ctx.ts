// Owns the language client and its life: find a server, start it, replace it, stop it.

import * as fs from "node:fs";
import * as vscode from "vscode";
import {
  LanguageClient,
  type LanguageClientOptions,
  type RequestType,
  RevealOutputChannelOn,
  State,
} from "vscode-languageclient/node";

import { chosenLanguage, serverPath, serverSettings } from "./config";
import { discover } from "./discovery";
import { STATUS } from "./protocol";
import { Status } from "./status";
import { LazyOutputChannel } from "./trace";
import { version } from "./version";

const SELECTOR = ["markdown", "plaintext", "html"].flatMap((language) =>
  ["file", "untitled"].map((scheme) => ({ language, scheme })),
);

export class Ctx implements vscode.Disposable {
  readonly log = vscode.window.createOutputChannel("gouji");
  private readonly trace = new LazyOutputChannel("gouji (trace)");
  private readonly status = new Status(SELECTOR);
  private client: LanguageClient | undefined;
  /** Starts and stops run one after another: two at once would leave a server behind. */
  private queue: Promise<void> = Promise.resolve();

  constructor(private readonly extension: vscode.ExtensionContext) {}

  /** Replaces the server by a fresh one; the diagnostics of the old one go with it. */
  restart(): Promise<void> {
    return this.enqueue(async () => {
      await this.stopClient();
      await this.startClient();
    });
  }

  /** Asks the server, once it has started; `undefined` where none runs. */
  async request<P, R>(type: RequestType<P, R, void>, params: P): Promise<R | undefined> {
    await this.queue;
    return this.client?.isRunning() === true ? this.client.sendRequest(type, params) : undefined;
  }

  stop(): Promise<void> {
    return this.enqueue(() => this.stopClient());
  }

  dispose(): void {
    this.status.dispose();
    this.trace.dispose();
    this.log.dispose();
  }

  private enqueue(task: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(task).catch((error: unknown) => {
      this.fail(vscode.l10n.t("gouji stopped working: {0}", messageOf(error)));
    });
    return this.queue;
  }

  private async startClient(): Promise<void> {
    this.status.setServer({ kind: "starting" });
    const command = this.findServer();
    if (command === undefined) return;

    let shownVersion: string;
    try {
      shownVersion = await version(command);
    } catch (error) {
      this.fail(vscode.l10n.t("{0} cannot be started: {1}", command, messageOf(error)));
      return;
    }
    this.log.appendLine(`${shownVersion} (${command})`);

    const client = new LanguageClient("gouji", "gouji", { command, args: ["lsp"] }, this.clientOptions());
    this.client = client;
    client.onDidChangeState(({ newState }) => {
      // A server that died is started again by the client itself, without passing through here.
      if (newState === State.Running) this.status.setServer({ kind: "running", version: shownVersion, command });
      else this.status.setServer({ kind: newState === State.Starting ? "starting" : "stopped" });
    });
    client.onNotification(STATUS, (status) => { this.status.setDocument(status); });
    await client.start();
  }

  private async stopClient(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    try {
      await client?.dispose();
    } catch (error) {
      // A server that hangs or is gone already must not keep the next one from starting.
      this.log.appendLine(messageOf(error));
    }
  }

  private findServer(): string | undefined {
    const discovery = discover({
      trusted: vscode.workspace.isTrusted,
      setting: serverPath(),
      extensionDir: this.extension.extensionPath,
      env: process.env,
      platform: process.platform,
      isFile: (file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false,
    });
    if (discovery.found) {
      this.log.appendLine(`server: ${discovery.command} (${discovery.source})`);
      return discovery.command;
    }
    this.fail(
      discovery.wanted === undefined
        ? vscode.l10n.t("The gouji program was not found. Install it or set its path.")
        : vscode.l10n.t("There is no gouji program at {0}.", discovery.wanted),
    );
    return undefined;
  }

  private clientOptions(): LanguageClientOptions {
    return {
      documentSelector: SELECTOR,
      initializationOptions: { lang: chosenLanguage(), ...serverSettings() },
      outputChannel: this.log,
      traceOutputChannel: this.trace,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
    };
  }

  private fail(reason: string): void {
    this.log.appendLine(reason);
    this.status.setServer({ kind: "failed", reason });
    void this.offerHelp(reason);
  }

  private async offerHelp(reason: string): Promise<void> {
    const settings = vscode.l10n.t("Open Settings");
    const log = vscode.l10n.t("Show Log");
    const choice = await vscode.window.showErrorMessage(reason, settings, log);
    if (choice === settings) await vscode.commands.executeCommand("workbench.action.openSettings", "gouji.server.path");
    else if (choice === log) this.log.show(true);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
