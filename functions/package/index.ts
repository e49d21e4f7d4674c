/**
 * Every function that runs in AWS, packaged: the enforcers (one a log source), the notifier and the watcher.
 *
 * An enforcer is found by its folder: `functions/sources/<name>/` with `source.ts` (facts) and `enforce.ts` (work).
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { enforcerFor } from "../enforcer";
import type { EnforcerModule } from "../enforcer/adapter";
import { notifier } from "../notifier";
import { sources } from "../sources";
import { watcher } from "../watcher";
import { refuseGlobalNames } from "./global-names";
import { packageFunction } from "./package-function";
import type { Package } from "./package-function";

export { LARGEST_PACKAGE, packageFunction } from "./package-function";
export type { Package } from "./package-function";

function workOf(name: string): EnforcerModule {
  const path = join(__dirname, "..", "sources", name, "enforce");
  if (!existsSync(`${path}.ts`)) throw new Error(`functions/sources/${name} has facts (source.ts) and no work (enforce.ts)`);
  // As in functions/sources/index.ts: a folder's name is known only when it is read.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require(path) as { enforcer: EnforcerModule }).enforcer;
}

/** One after the other: serialisation is this process's own work, and two at once share one inspector session. */
async function inTurn(factories: Readonly<Record<string, () => unknown>>): Promise<Package[]> {
  refuseGlobalNames();
  const packages: Package[] = [];
  for (const [name, factory] of Object.entries(factories)) packages.push(await packageFunction(name, factory));
  return packages;
}

/** The factory of every enforcer's handler, by its source's name. */
function enforcers(): Record<string, () => unknown> {
  return Object.fromEntries(sources.map((source) => [source.name, enforcerFor(source, workOf(source.name))]));
}

/** @returns one package a log source, sorted by name. @throws as `packageFunction` and `refuseGlobalNames` */
export const packageEnforcers = (): Promise<Package[]> => inTurn(enforcers());

/** @returns the enforcers, sorted by name, then `notifier` and `watcher`. @throws as `packageFunction` and `refuseGlobalNames` */
export const packageAll = (): Promise<Package[]> => inTurn({ ...enforcers(), notifier, watcher });
