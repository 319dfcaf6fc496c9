import assert from "node:assert/strict";
import * as os from "node:os";
import * as path from "node:path";
import { test } from "node:test";

import { discover, type Surroundings } from "../src/discovery";

const BUNDLED = path.join("/ext", "server", "gouji");
const ON_PATH = path.join("/usr/bin", "gouji");

/** Surroundings in which everything is set and exactly `files` exist. */
function around(files: string[], changes: Partial<Surroundings> = {}): Surroundings {
  return {
    trusted: true,
    setting: "/set/gouji",
    extensionDir: "/ext",
    env: { GOUJI_SERVER: "/env/gouji", PATH: "/nowhere::/usr/bin" },
    platform: "linux",
    isFile: (file) => files.includes(file),
    ...changes,
  };
}

const ALL = ["/env/gouji", "/set/gouji", BUNDLED, ON_PATH];

test("the environment variable comes first", () => {
  assert.deepEqual(discover(around(ALL)), { found: true, command: "/env/gouji", source: "environment" });
});

test("then the setting", () => {
  const env = { PATH: "/usr/bin" };
  assert.deepEqual(discover(around(ALL, { env })), { found: true, command: "/set/gouji", source: "setting" });
});

test("then the bundled server", () => {
  const unset = { env: { PATH: "/usr/bin" }, setting: "" };
  assert.deepEqual(discover(around(ALL, unset)), { found: true, command: BUNDLED, source: "bundled" });
});

test("then the search path, empty parts of which are no folder", () => {
  const unset = { env: { PATH: "/nowhere::/usr/bin" }, setting: "" };
  assert.deepEqual(discover(around([ON_PATH, "gouji"], unset)), { found: true, command: ON_PATH, source: "PATH" });
});

test("nothing anywhere is said without a path", () => {
  assert.deepEqual(discover(around([], { env: {}, setting: "" })), { found: false });
});

test("an untrusted workspace gets the bundled server and no other", () => {
  assert.deepEqual(discover(around(ALL, { trusted: false })), { found: true, command: BUNDLED, source: "bundled" });
  assert.deepEqual(discover(around(["/env/gouji", "/set/gouji", ON_PATH], { trusted: false })), { found: false });
});

test("a path asked for by name is not passed over when it is wrong", () => {
  assert.deepEqual(discover(around([BUNDLED, ON_PATH])), { found: false, wanted: "/env/gouji" });
  assert.deepEqual(discover(around([BUNDLED, ON_PATH], { env: {} })), { found: false, wanted: "/set/gouji" });
});

test("a tilde in the setting is the home folder", () => {
  const command = `${os.homedir()}/bin/gouji`;
  const found = discover(around([command], { env: {}, setting: "~/bin/gouji" }));
  assert.deepEqual(found, { found: true, command, source: "setting" });
});

test("Windows has its own name and delimiter", () => {
  const bundled = path.join("/ext", "server", "gouji.exe");
  const windows = { platform: "win32" as const, setting: "", env: { Path: "C:\\a;C:\\b" } };
  assert.deepEqual(discover(around([bundled], windows)), { found: true, command: bundled, source: "bundled" });
  const onPath = path.join("C:\\b", "gouji.exe");
  assert.deepEqual(discover(around([onPath], windows)), { found: true, command: onPath, source: "PATH" });
});
