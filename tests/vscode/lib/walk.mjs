// Sends every request that a server announces, at places all over a document. What it answers is held against
// the protocol by `checked.mjs`; here it must only be an answer.

/** What is announced and is no request of its own. */
const NO_PROVIDERS = ["positionEncoding", "textDocumentSync", "workspace"];

/** Queries for symbols: all, a word of the form, its initials in pinyin. */
const QUERIES = ["", "总计", "zj"];

const FORMATTING = { tabSize: 4, insertSpaces: true };

const once = (doc) => [doc.it];
const everywhere = (doc) => doc.positions.map((position) => ({ ...doc.it, position }));
const within = (doc) => doc.ranges.map((range) => ({ ...doc.it, range }));
const formatted = (params) => (doc) => params(doc).map((it) => ({ ...it, options: FORMATTING }));
const queries = () => QUERIES.map((query) => ({ query }));

/** Requests one by one for what was answered, where the server says that it completes it. */
const resolving = (method) => (options) =>
  options.resolveProvider ? { [method]: (answer) => answer?.items ?? answer ?? [] } : {};

/** What follows with the id of an answer; the id is optional, and nothing follows without. */
const withId = (params) => (answer) => (answer?.resultId ? [params(answer.resultId)] : []);

/**
 * By capability: the requests that it announces, with their parameters for a document. `then` are requests
 * that take up an answer of the first.
 */
const PROVIDERS = {
  codeActionProvider: {
    "textDocument/codeAction": (doc) => [
      ...within(doc).map((it) => ({ ...it, context: { diagnostics: [] } })),
      ...["quickfix", "refactor", "source.fixAll"].map((kind) =>
        ({ ...doc.it, range: doc.whole, context: { diagnostics: [], only: [kind] } })),
    ],
    then: resolving("codeAction/resolve"),
  },
  codeLensProvider: { "textDocument/codeLens": once, then: resolving("codeLens/resolve") },
  completionProvider: { "textDocument/completion": everywhere, then: resolving("completionItem/resolve") },
  definitionProvider: { "textDocument/definition": everywhere },
  diagnosticProvider: {
    "textDocument/diagnostic": once,
    then: (options, doc) => ({
      "textDocument/diagnostic": withId((previousResultId) => ({ ...doc.it, previousResultId })),
      ...(options.workspaceDiagnostics && { "workspace/diagnostic": () => [{ previousResultIds: [] }] }),
    }),
  },
  documentFormattingProvider: { "textDocument/formatting": formatted(once) },
  documentHighlightProvider: { "textDocument/documentHighlight": everywhere },
  documentLinkProvider: { "textDocument/documentLink": once, then: resolving("documentLink/resolve") },
  documentRangeFormattingProvider: { "textDocument/rangeFormatting": formatted(within) },
  documentSymbolProvider: { "textDocument/documentSymbol": once },
  foldingRangeProvider: { "textDocument/foldingRange": once },
  hoverProvider: { "textDocument/hover": everywhere },
  inlayHintProvider: { "textDocument/inlayHint": within, then: resolving("inlayHint/resolve") },
  referencesProvider: {
    "textDocument/references": (doc) => everywhere(doc).flatMap((it) =>
      [true, false].map((includeDeclaration) => ({ ...it, context: { includeDeclaration } }))),
  },
  selectionRangeProvider: {
    "textDocument/selectionRange": (doc) => [[], ...doc.positions.map((it) => [it]), doc.positions.slice(0, 50)]
      .map((positions) => ({ ...doc.it, positions })),
  },
  semanticTokensProvider: {
    "textDocument/semanticTokens/full": once,
    "textDocument/semanticTokens/range": within,
    then: (options, doc) => (options.full?.delta
      ? { "textDocument/semanticTokens/full/delta": withId((previousResultId) => ({ ...doc.it, previousResultId })) }
      : {}),
    unless: (options) => [!options.full && "textDocument/semanticTokens/full",
      !options.range && "textDocument/semanticTokens/range"],
  },
  workspaceSymbolProvider: { "workspace/symbol": queries, then: resolving("workspaceSymbol/resolve") },
};

/** Arguments of the commands that the server announces. */
const COMMANDS = {
  "gouji.recomputeTable": (doc) => doc.positions.map((position) => [{ ...doc.it.textDocument, position }]),
};

/** Requests of our own, which nothing announces. */
const OWN = {
  "gouji/blankReport": () => ["gfm", "html", "tsv"].flatMap((dialect) =>
    [2020, 2024].map((year) => ({ agency: "青禾市水务局", year, dialect }))),
  "gouji/debugInformation": () => [undefined],
  "gouji/documentInfo": (doc) => [doc.it.textDocument],
  "gouji/preview": (doc) => [doc.it, ...doc.positions.map((position) => ({ ...doc.it, position }))],
};

/**
 * A document as the walk takes it: words, numbers and marks, lines, and places that it does not have. Of what there is
 * much of, one in `every` is taken.
 */
export function walked(uri, text, every) {
  const lines = text.split("\n");
  const thin = (items) => items.filter((_, index) => index % every === 0);
  const positions = thin(lines.flatMap((content, line) => {
    const words = content.matchAll(/[\p{Script=Han}]+|[\d.]+%?|[^\s\p{Script=Han}\d]/gu);
    return [...Array.from(words, (it) => it.index), content.length].map((character) => ({ line, character }));
  }));
  const end = { line: lines.length, character: 0 };
  const whole = { start: { line: 0, character: 0 }, end };
  const ranges = lines.map((content, line) => ({ start: { line, character: 0 }, end: { line, character: content.length } }));
  const outside = [end, { line: 0, character: 100_000 }, { line: 2 ** 31 - 1, character: 2 ** 31 - 1 }];
  return {
    it: { textDocument: { uri } },
    positions: [...positions, ...outside],
    ranges: [...thin(ranges), ...positions.map((it) => ({ start: it, end: it })), whole, { start: end, end }],
    whole,
  };
}

/**
 * Sends what is announced, and our own requests; returns their methods. Throws where one is answered with an error, and
 * where nothing here knows how to ask for what is announced.
 */
export async function walk(session, capabilities, doc) {
  const methods = new Set();
  const ask = (method, params) => {
    methods.add(method);
    return Promise.all(params.map((it) => session.connection.sendRequest(method, it)));
  };
  for (const [name, options] of Object.entries(capabilities)) {
    if (NO_PROVIDERS.includes(name) || !options) continue;
    if (name === "executeCommandProvider") await walkCommands(options, doc, ask);
    else await walkProvider(name, options, doc, ask);
  }
  for (const [method, params] of Object.entries(OWN)) await ask(method, params(doc));
  return methods;
}

async function walkCommands({ commands }, doc, ask) {
  for (const command of commands) {
    if (!COMMANDS[command]) throw new Error(`no arguments are known for the command ${command}`);
    await ask("workspace/executeCommand", COMMANDS[command](doc).map((it) => ({ command, arguments: it })));
  }
}

async function walkProvider(name, options, doc, ask) {
  if (!PROVIDERS[name]) throw new Error(`nothing here asks for what ${name} announces`);
  const { then, unless, ...requests } = PROVIDERS[name];
  const left = unless?.(options) ?? [];
  const answers = [];
  for (const [method, params] of Object.entries(requests)) {
    if (!left.includes(method)) answers.push(...await ask(method, params(doc)));
  }
  for (const [method, params] of Object.entries(then?.(options, doc) ?? {})) {
    await ask(method, answers.flatMap(params));
  }
}
