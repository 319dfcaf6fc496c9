// What the server may say, by method: the answers to its client's requests, and what it sends unasked.
// The types are the protocol's published ones; `schema.mjs` makes a JSON Schema of them. A message that
// stands in no list here fails the tests.

import type * as P from "vscode-languageserver-protocol";

/** The type of a request's result, taken from its declaration. */
type Result<T> =
  T extends P.ProtocolRequestType<unknown, infer R, unknown, unknown, unknown> ? R
  : T extends P.ProtocolRequestType0<infer R, unknown, unknown, unknown> ? R
  : never;

/** Results by the method of the request. */
export interface Results {
  // The published type lets a server add members of its own.
  "initialize": Pick<P.InitializeResult, "capabilities" | "serverInfo">;
  "shutdown": Result<typeof P.ShutdownRequest.type>;

  "callHierarchy/incomingCalls": Result<typeof P.CallHierarchyIncomingCallsRequest.type>;
  "callHierarchy/outgoingCalls": Result<typeof P.CallHierarchyOutgoingCallsRequest.type>;
  "codeAction/resolve": Result<typeof P.CodeActionResolveRequest.type>;
  "codeLens/resolve": Result<typeof P.CodeLensResolveRequest.type>;
  "completionItem/resolve": Result<typeof P.CompletionResolveRequest.type>;
  "documentLink/resolve": Result<typeof P.DocumentLinkResolveRequest.type>;
  "inlayHint/resolve": Result<typeof P.InlayHintResolveRequest.type>;
  "textDocument/codeAction": Result<typeof P.CodeActionRequest.type>;
  "textDocument/codeLens": Result<typeof P.CodeLensRequest.type>;
  "textDocument/completion": Result<typeof P.CompletionRequest.type>;
  "textDocument/declaration": Result<typeof P.DeclarationRequest.type>;
  "textDocument/definition": Result<typeof P.DefinitionRequest.type>;
  "textDocument/diagnostic": Result<typeof P.DocumentDiagnosticRequest.type>;
  "textDocument/documentColor": Result<typeof P.DocumentColorRequest.type>;
  "textDocument/documentHighlight": Result<typeof P.DocumentHighlightRequest.type>;
  "textDocument/documentLink": Result<typeof P.DocumentLinkRequest.type>;
  "textDocument/documentSymbol": Result<typeof P.DocumentSymbolRequest.type>;
  "textDocument/foldingRange": Result<typeof P.FoldingRangeRequest.type>;
  "textDocument/formatting": Result<typeof P.DocumentFormattingRequest.type>;
  "textDocument/hover": Result<typeof P.HoverRequest.type>;
  "textDocument/implementation": Result<typeof P.ImplementationRequest.type>;
  "textDocument/inlayHint": Result<typeof P.InlayHintRequest.type>;
  "textDocument/linkedEditingRange": Result<typeof P.LinkedEditingRangeRequest.type>;
  "textDocument/onTypeFormatting": Result<typeof P.DocumentOnTypeFormattingRequest.type>;
  "textDocument/prepareCallHierarchy": Result<typeof P.CallHierarchyPrepareRequest.type>;
  "textDocument/prepareRename": Result<typeof P.PrepareRenameRequest.type>;
  "textDocument/rangeFormatting": Result<typeof P.DocumentRangeFormattingRequest.type>;
  "textDocument/references": Result<typeof P.ReferencesRequest.type>;
  "textDocument/rename": Result<typeof P.RenameRequest.type>;
  "textDocument/selectionRange": Result<typeof P.SelectionRangeRequest.type>;
  "textDocument/semanticTokens/full": Result<typeof P.SemanticTokensRequest.type>;
  "textDocument/semanticTokens/full/delta": Result<typeof P.SemanticTokensDeltaRequest.type>;
  "textDocument/semanticTokens/range": Result<typeof P.SemanticTokensRangeRequest.type>;
  "textDocument/signatureHelp": Result<typeof P.SignatureHelpRequest.type>;
  "textDocument/typeDefinition": Result<typeof P.TypeDefinitionRequest.type>;
  "workspace/diagnostic": Result<typeof P.WorkspaceDiagnosticRequest.type>;
  "workspace/executeCommand": Result<typeof P.ExecuteCommandRequest.type>;
  "workspace/symbol": Result<typeof P.WorkspaceSymbolRequest.type>;
  "workspaceSymbol/resolve": Result<typeof P.WorkspaceSymbolResolveRequest.type>;

  "gouji/blankReport": BlankReport;
  "gouji/debugInformation": DebugInformation;
  "gouji/documentInfo": DocumentInfo | null;
  "gouji/preview": Preview | null;
}

/** Parameters of what the server sends unasked, by method; requests to the client among them. */
export interface Params {
  "$/logTrace": P.LogTraceParams;
  "$/progress": Progress;
  "client/registerCapability": P.RegistrationParams;
  "client/unregisterCapability": P.UnregistrationParams;
  "textDocument/publishDiagnostics": P.PublishDiagnosticsParams;
  "window/logMessage": P.LogMessageParams;
  "window/showDocument": P.ShowDocumentParams;
  "window/showMessage": P.ShowMessageParams;
  "window/showMessageRequest": P.ShowMessageRequestParams;
  "window/workDoneProgress/create": P.WorkDoneProgressCreateParams;
  "workspace/applyEdit": P.ApplyWorkspaceEditParams;
  "workspace/codeLens/refresh": null;
  "workspace/configuration": P.ConfigurationParams;
  "workspace/diagnostic/refresh": null;
  "workspace/foldingRange/refresh": null;
  "workspace/inlayHint/refresh": null;
  "workspace/semanticTokens/refresh": null;
  "workspace/workspaceFolders": null;

  "gouji/status": Status;
}

interface Progress {
  token: P.ProgressToken;
  value: P.WorkDoneProgressBegin | P.WorkDoneProgressReport | P.WorkDoneProgressEnd;
}

/** The text of a new report. */
interface BlankReport {
  text: string;
  template: "2019" | "2021";
  languageId: "markdown" | "html" | "plaintext";
}

/** What a bug report needs. */
interface DebugInformation {
  text: string;
}

/** What the server holds of a document. */
interface DocumentInfo {
  version: P.integer;
  length: P.uinteger;
  hash: string;
}

/** A report laid out as the official form has it. Numbers among `findings` are places in its list. */
interface Preview {
  version: P.integer;
  reports: P.Range[];
  shown: P.uinteger;
  nodes: (PreviewText | PreviewTable)[];
  findings: { code: string; severity: P.DiagnosticSeverity; message: string; range: P.Range }[];
}

type PreviewText = { runs: { text: string; range: P.Range; findings: P.uinteger[] }[] }
  & ({ kind: "title" | "paragraph" | "signature" } | { kind: "heading"; level: P.uinteger });

interface PreviewTable {
  kind: "table";
  name: string | null;
  range: P.Range;
  rows: PreviewCell[][];
  findings: P.uinteger[];
}

interface PreviewCell {
  text: string;
  columns: P.uinteger;
  rows: P.uinteger;
  isLabel: boolean;
  range: P.Range | null;
  findings: P.uinteger[];
}

/** The sums of a document, for a status bar. */
interface Status {
  uri: P.DocumentUri;
  report: boolean;
  checks: P.uinteger;
  broken: P.uinteger;
}

/** What stands in place of a result. */
export interface Failure {
  code: P.integer;
  message: string;
  data?: P.LSPAny;
}
