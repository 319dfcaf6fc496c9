// Which `gouji` program to start. Knows nothing of VS Code, so that the order is tested without it.

import * as os from "node:os";
import * as path from "node:path";

export type Source = "bundled" | "environment" | "setting" | "PATH";

export type Discovery =
  | { found: true; command: string; source: Source }
  /** `wanted` is the path that was asked for by name and is no file; absent when nothing was. */
  | { found: false; wanted?: string };

export interface Surroundings {
  trusted: boolean;
  /** The value of `gouji.server.path`, empty when unset. */
  setting: string;
  extensionDir: string;
  env: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
  isFile: (file: string) => boolean;
}

/**
 * A path that was asked for by name is used or reported, never passed over in silence: whoever set it
 * would otherwise debug the wrong program.
 */
export function discover(around: Surroundings): Discovery {
  const program = around.platform === "win32" ? "gouji.exe" : "gouji";
  const bundled = path.join(around.extensionDir, "server", program);
  // A workspace that is not trusted must not choose what runs, nor may a PATH it could have shaped.
  if (!around.trusted) return firstFile(around, [{ command: bundled, source: "bundled" }]);

  const fromEnvironment = around.env.GOUJI_SERVER;
  if (fromEnvironment) return byName(around, fromEnvironment, "environment");
  if (around.setting) return byName(around, around.setting, "setting");
  return firstFile(around, [
    { command: bundled, source: "bundled" },
    ...searchPath(around).map((dir) => ({ command: path.join(dir, program), source: "PATH" as const })),
  ]);
}

function byName(around: Surroundings, name: string, source: Source): Discovery {
  const command = name.replace(/^~(?=$|[\\/])/, os.homedir());
  return around.isFile(command) ? { found: true, command, source } : { found: false, wanted: command };
}

function firstFile(around: Surroundings, candidates: { command: string; source: Source }[]): Discovery {
  const hit = candidates.find(({ command }) => around.isFile(command));
  return hit ? { found: true, ...hit } : { found: false };
}

function searchPath({ env, platform }: Surroundings): string[] {
  const delimiter = platform === "win32" ? ";" : ":";
  return (env.PATH ?? env.Path ?? "").split(delimiter).filter((dir) => dir !== "");
}
