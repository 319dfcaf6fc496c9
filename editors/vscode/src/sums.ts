// What the server tells about a document's sums, and how that is said.

import type { Language } from "./config";

/** Parameters of the server's `gouji/status` notification. */
export interface DocumentStatus {
  uri: string;
  /** Whether the document is an annual report at all. */
  report: boolean;
  /** Reconciliation equalities that were checked. */
  checks: number;
  /** Those that do not hold. */
  broken: number;
}

/**
 * The sums in one line. It follows the report's language, like the findings beside it, and not that of
 * the editor's menus; `vscode.l10n` knows only the latter.
 */
export function describeSums({ checks, broken }: DocumentStatus, language: Language): string {
  if (language === "zh") {
    return broken === 0 ? `勾稽 ${checks} 项，全部相符` : `勾稽 ${checks} 项，${broken} 项不符`;
  }
  const sums = checks === 1 ? "1 sum checked" : `${checks} sums checked`;
  if (broken === 0) return checks === 1 ? `${sums}, it holds` : `${sums}, all hold`;
  return `${sums}, ${broken} broken`;
}
