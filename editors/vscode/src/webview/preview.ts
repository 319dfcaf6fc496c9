// The preview's page: builds it from what the extension sends, and tells where it was clicked.
// All text goes through `textContent` and attributes; nothing is read as HTML.

import {
  type Cell,
  type FromPreview,
  type Labels,
  nearest,
  type Node as PageNode,
  type Page,
  type Run,
  type Span,
  type ToPreview,
} from "../page";

interface Host {
  postMessage(message: FromPreview): void;
  setState(state: { uri: string }): void;
}

declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
const sheet = element("main");
const pager = element("nav");
const message = element("p", "message");
message.setAttribute("role", "status");
document.body.append(pager, sheet, message);

/** Where each element that has a place comes from. */
const places = new WeakMap<Element, Span>();
/** Elements in order with the lines that they come from, for scrolling. */
let anchors: { element: HTMLElement; line: number }[] = [];
/** The line of the last click: while the editor shows it, the preview stays where it is. */
let clicked: number | undefined;

function element<K extends keyof HTMLElementTagNameMap>(name: K, className = ""): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (className) made.className = className;
  return made;
}

const SEVERITIES = ["", "error", "warning", "information", "hint"];

/** Gives an element its place and, where something is wrong there, its looks and its words. */
function mark(target: HTMLElement, page: Page, range: Span | null, findings: number[]): void {
  if (range) places.set(target, range);
  const found = findings.flatMap((index) => page.findings[index] ?? []);
  if (found.length === 0) return;
  const worst = Math.min(...found.map(({ severity }) => severity));
  target.classList.add("finding", SEVERITIES[worst] ?? "");
  target.title = found.map(({ code, message }) => `${code} ${message}`).join("\n");
  target.tabIndex = 0;
  target.dataset.codes = found.map(({ code }) => code).join(" ");
}

function anchor(target: HTMLElement, range: Span | null | undefined): void {
  if (range) anchors.push({ element: target, line: range.start.line });
}

function line(name: "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "p", className: string, runs: Run[], page: Page): HTMLElement {
  const made = element(name, className);
  for (const run of runs) {
    const part = element("span");
    part.textContent = run.text;
    mark(part, page, run.range, run.findings);
    made.append(part);
  }
  anchor(made, runs[0]?.range);
  return made;
}

function cell({ text, columns, rows, isLabel, range, findings }: Cell, page: Page): HTMLElement {
  const made = element(isLabel ? "th" : "td");
  made.textContent = text;
  if (columns > 1) made.colSpan = columns;
  if (rows > 1) made.rowSpan = rows;
  mark(made, page, range, findings);
  return made;
}

function table(node: Extract<PageNode, { kind: "table" }>, page: Page): HTMLElement[] {
  const made = element("table");
  places.set(made, node.range);
  if (node.name !== null) made.setAttribute("aria-label", node.name);
  for (const cells of node.rows) {
    const row = element("tr");
    row.append(...cells.map((it) => cell(it, page)));
    anchor(row, cells.find(({ range }) => range)?.range);
    made.append(row);
  }
  const wide = element("div", "wide");
  wide.append(made);
  if (node.findings.length === 0) return [wide];
  const below = element("ul", "below");
  for (const index of node.findings) {
    const found = page.findings[index];
    if (!found) continue;
    const item = element("li");
    item.textContent = found.message;
    mark(item, page, found.range, [index]);
    below.append(item);
  }
  return [wide, below];
}

const HEADINGS = ["h2", "h2", "h2", "h3", "h4", "h5", "h6"] as const;

function build(node: PageNode, page: Page): HTMLElement[] {
  switch (node.kind) {
    case "title":
      return [line("h1", "", node.runs, page)];
    case "heading":
      return [line(HEADINGS[node.level] ?? "h6", "", node.runs, page)];
    case "paragraph":
    case "signature":
      return [line("p", node.kind, node.runs, page)];
    case "table":
      return table(node, page);
  }
}

/** Steps between the reports of a document that holds several. */
function showPager({ reports, shown }: Page, labels: Labels): void {
  pager.hidden = reports.length < 2;
  const step = (label: string, to: number) => {
    const button = element("button");
    const range = reports[to];
    button.textContent = label;
    button.disabled = !range;
    button.addEventListener("click", () => {
      if (range) host.postMessage({ type: "reveal", range: { start: range.start, end: range.start } });
    });
    return button;
  };
  const position = element("span");
  position.textContent = labels.position.replace("{0}", String(shown + 1)).replace("{1}", String(reports.length));
  pager.replaceChildren(step(labels.previous, shown - 1), position, step(labels.next, shown + 1));
}

function show(page: Page, labels: Labels): void {
  anchors = [];
  const focus = focusedFinding();
  const nodes = page.nodes.flatMap((it) => build(it, page));
  if (nodes.length === 0) {
    const nothing = element("p", "nothing");
    nothing.textContent = labels.nothing;
    nodes.push(nothing);
  }
  sheet.replaceChildren(...nodes);
  showPager(page, labels);
  message.textContent = "";
  if (focus >= 0) findings()[focus]?.focus();
}

const findings = () => Array.from(sheet.querySelectorAll<HTMLElement>(".finding"));

/** A page that is built anew keeps the keyboard where it was. */
const focusedFinding = () => findings().findIndex((it) => it === document.activeElement);

function scrollTo(first: number, last: number): void {
  if (clicked !== undefined && first <= clicked && clicked <= last) return;
  clicked = undefined;
  const target = anchors[nearest(anchors.map(({ line }) => line), first)];
  if (first === 0) window.scrollTo(0, 0);
  else target?.element.scrollIntoView({ block: "start" });
}

/** The place of what was pointed at: its own or that of what it is part of. */
function placeOf(target: EventTarget | null): Span | undefined {
  for (let at = target instanceof Element ? target : null; at; at = at.parentElement) {
    const range = places.get(at);
    if (range) return range;
  }
  return undefined;
}

function reveal(target: EventTarget | null): void {
  const range = placeOf(target);
  if (!range) return;
  clicked = range.start.line;
  host.postMessage({ type: "reveal", range });
}

sheet.addEventListener("click", ({ target }) => {
  // Text can be selected and copied.
  if (document.getSelection()?.isCollapsed !== false) reveal(target);
});
sheet.addEventListener("keydown", (event) => {
  if (event.key === "Enter") reveal(event.target);
});
sheet.addEventListener("focusin", ({ target }) => {
  // For the keyboard; the mouse has tooltips.
  message.textContent = target instanceof HTMLElement && target.matches(":focus-visible") ? target.title : "";
});
sheet.addEventListener("focusout", () => { message.textContent = ""; });

window.addEventListener("message", ({ data }: MessageEvent<ToPreview>) => {
  if (data.type === "scroll") {
    scrollTo(data.first, data.last);
    return;
  }
  host.setState({ uri: data.uri });
  show(data.page, data.labels);
});
host.postMessage({ type: "ready" });
