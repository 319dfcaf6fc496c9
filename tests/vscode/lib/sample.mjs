// The sample report: its text, and where something stands in it.

import fs from "node:fs";
import { fileURLToPath } from "node:url";

export const samplePath = fileURLToPath(new URL("../../reports/sample.md", import.meta.url));
export const sample = fs.readFileSync(samplePath, "utf8");

/**
 * The place of the last `part` in the first line that contains `line`: line and column from one, the
 * column in UTF-16 units, as VS Code shows and LSP counts them.
 */
export function place(line, part) {
  const lines = sample.split("\n");
  const index = lines.findIndex((text) => text.includes(line));
  const column = lines[index]?.lastIndexOf(part) ?? -1;
  if (column < 0) throw new Error(`the sample has no ${part} in a line with ${line}`);
  return { line: index + 1, column: column + 1 };
}

/** What is planted; see reports/README.md. */
export const planted = {
  rowTotal: { code: "R301", ...place("（一）予以公开", "11") },
  percentage: { code: "N402", ...place("占比15.65%", "15.65%") },
  label: { code: "T205", ...place("2.其他法律法规禁止公开", "2.") },
  tableMismatch: { code: "N405", ...place("全年新收", "33") },
};
