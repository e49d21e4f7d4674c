/**
 * The table of log sources: every folder beside this file, read in the order of its name.
 *
 * A folder is a log source if it holds `source.ts`; adding one is adding a folder, and nothing here changes.
 */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { LogSource } from "./log-source";

export type { Condition, LogKind, LogSource, Permission, Trigger, Via, WeakeningCall } from "./log-source";

function read(folder: string): LogSource {
  // A folder's name is known only when it is read, so this is the one place that requires by path.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { source } = require(join(__dirname, folder, "source")) as { source: LogSource };
  if (source.name !== folder) throw new Error(`functions/sources/${folder}/source.ts names itself ${source.name}`);
  return source;
}

/** Every log source, sorted by name. */
export const sources: readonly LogSource[] = readdirSync(__dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(__dirname, entry.name, "source.ts")))
  .map((entry) => entry.name)
  .sort()
  .map(read);
