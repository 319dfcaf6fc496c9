// A report as the server lays it out, and what extension and preview say to each other about it.
// Knows neither VS Code nor the DOM.

/** As in the Language Server Protocol: from zero, columns in UTF-16 units. */
export interface Place {
  line: number;
  character: number;
}

export interface Span {
  start: Place;
  end: Place;
}

export interface Run<R = Span> {
  text: string;
  range: R;
  /** Indices in the page's findings. */
  findings: number[];
}

export interface Cell<R = Span> {
  text: string;
  columns: number;
  rows: number;
  isLabel: boolean;
  /** `null` where the report does not have the cell. */
  range: R | null;
  findings: number[];
}

export type Node<R = Span> =
  | { kind: "title" | "paragraph" | "signature"; runs: Run<R>[] }
  | { kind: "heading"; level: number; runs: Run<R>[] }
  /** `findings` are those that none of the cells shows. */
  | { kind: "table"; name: string | null; range: R; rows: Cell<R>[][]; findings: number[] };

export interface Finding<R = Span> {
  code: string;
  /** As in the Language Server Protocol: 1 is an error, 4 a hint. */
  severity: 1 | 2 | 3 | 4;
  message: string;
  range: R;
}

export interface Page<R = Span> {
  version: number;
  /** Of all reports in the document; empty where it is none. */
  reports: R[];
  /** Index of the one that is laid out. */
  shown: number;
  nodes: Node<R>[];
  findings: Finding<R>[];
}

/** What the preview says itself, in the language of the editor. */
export interface Labels {
  nothing: string;
  previous: string;
  next: string;
  /** Which report of how many: `{0} / {1}`. */
  position: string;
}

export type ToPreview =
  | { type: "page"; uri: string; page: Page; labels: Labels }
  /** The lines that the editor shows. */
  | { type: "scroll"; first: number; last: number };

export type FromPreview =
  | { type: "ready" }
  | { type: "reveal"; range: Span };

/** Index of the last line that is not after `line`, of lines in any order; the first where all are. */
export function nearest(lines: readonly number[], line: number): number {
  let best = 0;
  lines.forEach((it, index) => {
    const before = lines[best] ?? 0;
    if (it <= line && (it > before || before > line)) best = index;
  });
  return best;
}
