// What someone does with a report in any editor: the files that are opened, the finding that is repaired, and
// the text that is left.

import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { sample } from "../vscode/lib/sample.mjs";

/** In UTF-8, UTF-16 and UTF-32 the characters before the finding come to three different columns. */
const REPORT = sample.replace("全年主动公开", "水润万家😀。全年主动公开");

/** A list whose numbers do not add up, in a file that is no report. */
const NOTES = "# 会议记录\n\n共 10 项，其中：甲 1 项、乙 2 项、丙 3 项。\n";

/** The wrong percentage of the sample report, and the wrong total that is left alone. */
const EXPECTED = {
  CODE: "N402",
  WRONG: "15.65",
  RIGHT: "15.56",
  TITLE: "15.65% → 15.56%",
  OTHER_CODE: "T205",
  OTHER_TEXT: "2.其他法律法规禁止公开",
};

/** Where the finding stands: line and columns from one, in characters and in UTF-16. */
function position() {
  const before = REPORT.slice(0, REPORT.indexOf(EXPECTED.WRONG)).split("\n");
  return { line: before.length, column: Array.from(before.at(-1)).length + 1, utf16: before.at(-1).length + 1 };
}

/**
 * A folder with the files and a home of its own, so that nobody's configuration helps or is touched. `env` names
 * what to open and to expect.
 */
export function prepare(server) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "gouji-editors-"));
  const at = (...names) => path.join(profile, ...names);
  for (const folder of ["bin", "home", "run", "年报"]) fs.mkdirSync(at(folder));
  fs.chmodSync(at("run"), 0o700);
  fs.symlinkSync(server, at("bin/gouji"));
  const files = { REPORT: at("年报/年度报告.md"), COPY: at("年报/副本.md"), NOTES: at("年报/会议记录.md") };
  fs.writeFileSync(files.REPORT, REPORT);
  fs.writeFileSync(files.COPY, REPORT);
  fs.writeFileSync(files.NOTES, NOTES);
  const env = {
    ...files,
    ...EXPECTED,
    PATH: `${at("bin")}${path.delimiter}${process.env.PATH}`,
    HOME: at("home"),
    XDG_CONFIG_HOME: at("home/config"),
    XDG_DATA_HOME: at("home/data"),
    XDG_STATE_HOME: at("home/state"),
    XDG_CACHE_HOME: at("home/cache"),
    XDG_RUNTIME_DIR: at("run"),
    TMPDIR: at("run"),
    TERM: "xterm-256color",
    LANG: "C.UTF-8",
    LC_ALL: "C.UTF-8",
  };
  return {
    profile,
    env,
    position: position(),
    /** Whether the report was saved with a change. */
    saved: () => fs.readFileSync(files.REPORT, "utf8") !== REPORT,
    /** Throws unless the report was saved with the repair, and nothing else was changed. */
    check() {
      const saved = fs.readFileSync(files.REPORT, "utf8");
      if (saved === REPORT) throw new Error("the report is as it was");
      if (saved !== REPORT.replace(EXPECTED.WRONG, EXPECTED.RIGHT)) throw new Error(`more than the number was changed:\n${saved}`);
      if (fs.readFileSync(files.COPY, "utf8") !== REPORT) throw new Error("the copy was changed");
      if (fs.readFileSync(files.NOTES, "utf8") !== NOTES) throw new Error("the ordinary file was changed");
    },
    remove: () => { fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 }); },
  };
}
