// What clients say that they can do.

const dynamicRegistration = false;
const kinds = (from, to) => ({ valueSet: Array.from({ length: to - from + 1 }, (_, index) => from + index) });

/** A client that says nothing of itself. */
export const BARE = {};

/** A client that can do all that the protocol has. */
export const ABLE = {
  general: { positionEncodings: ["utf-16"], markdown: { parser: "marked" } },
  window: { workDoneProgress: true, showDocument: { support: true }, showMessage: {} },
  workspace: {
    applyEdit: true,
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true, resourceOperations: ["create", "rename", "delete"], failureHandling: "abort" },
    symbol: { dynamicRegistration, symbolKind: kinds(1, 26), tagSupport: kinds(1, 1), resolveSupport: { properties: ["location.range"] } },
    executeCommand: { dynamicRegistration },
    codeLens: { refreshSupport: true },
    diagnostics: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
    semanticTokens: { refreshSupport: true },
  },
  textDocument: {
    publishDiagnostics: {
      versionSupport: true, relatedInformation: true, codeDescriptionSupport: true, dataSupport: true, tagSupport: kinds(1, 2),
    },
    codeAction: {
      dynamicRegistration,
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "refactor", "source", "source.fixAll"] } },
      isPreferredSupport: true,
      disabledSupport: true,
      dataSupport: true,
      resolveSupport: { properties: ["edit"] },
    },
    codeLens: { dynamicRegistration },
    completion: {
      dynamicRegistration,
      contextSupport: true,
      completionItem: {
        snippetSupport: true, insertReplaceSupport: true, labelDetailsSupport: true, documentationFormat: ["markdown", "plaintext"],
        resolveSupport: { properties: ["documentation", "detail", "additionalTextEdits"] },
      },
      completionItemKind: kinds(1, 25),
      completionList: { itemDefaults: ["editRange", "insertTextFormat", "data"] },
    },
    definition: { dynamicRegistration, linkSupport: true },
    diagnostic: { dynamicRegistration, relatedDocumentSupport: true },
    documentHighlight: { dynamicRegistration },
    documentLink: { dynamicRegistration, tooltipSupport: true },
    documentSymbol: { dynamicRegistration, hierarchicalDocumentSymbolSupport: true, labelSupport: true, symbolKind: kinds(1, 26) },
    foldingRange: { dynamicRegistration, foldingRangeKind: { valueSet: ["comment", "imports", "region"] }, foldingRange: { collapsedText: true } },
    formatting: { dynamicRegistration },
    hover: { dynamicRegistration, contentFormat: ["markdown", "plaintext"] },
    inlayHint: { dynamicRegistration, resolveSupport: { properties: ["tooltip", "textEdits", "label.tooltip"] } },
    rangeFormatting: { dynamicRegistration },
    references: { dynamicRegistration },
    selectionRange: { dynamicRegistration },
    semanticTokens: {
      dynamicRegistration,
      requests: { range: true, full: { delta: true } },
      tokenTypes: ["namespace", "type", "class", "enum", "interface", "struct", "typeParameter", "parameter", "variable", "property",
        "enumMember", "event", "function", "method", "macro", "keyword", "modifier", "comment", "string", "number", "regexp", "operator"],
      tokenModifiers: ["declaration", "definition", "readonly", "static", "deprecated", "abstract", "async", "modification",
        "documentation", "defaultLibrary"],
      formats: ["relative"],
      multilineTokenSupport: true,
      overlappingTokenSupport: true,
    },
  },
};

/** The same client with columns in another unit. */
export const withEncoding = (client, encoding) =>
  ({ ...client, general: { ...client.general, positionEncodings: [encoding] } });
