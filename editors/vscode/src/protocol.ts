// What is said between extension and server besides the Language Server Protocol.

import { NotificationType, type Position, type Range, RequestType } from "vscode-languageclient";

import type { Page } from "./page";
import type { DocumentStatus } from "./sums";

export const STATUS = new NotificationType<DocumentStatus>("gouji/status");

/** A document and a position in it; without one the first report is meant. */
export interface PageParams {
  textDocument: { uri: string };
  position?: Position;
}

/** Laid out like the official form; `null` for a document that is not open. */
export const PREVIEW = new RequestType<PageParams, Page<Range> | null, void>("gouji/preview");

export interface BlankReportParams {
  agency: string;
  year: number;
  template?: "2019" | "2021";
  dialect?: "gfm" | "html" | "tsv";
}

export interface BlankReport {
  text: string;
  template: string;
  languageId: string;
}

export const BLANK_REPORT = new RequestType<BlankReportParams, BlankReport, void>("gouji/blankReport");

/** Versions, settings and open documents as Markdown. */
export const DEBUG_INFORMATION = new RequestType<object, { text: string }, void>("gouji/debugInformation");

/** The server's command, with `{uri, position}`. */
export const RECOMPUTE_TABLE = "gouji.recomputeTable";
