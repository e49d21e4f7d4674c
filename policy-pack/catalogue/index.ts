/** The catalogue as it is checked in: what there is to weaken, with the facts of each action. `npm run catalogue` makes it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ActionFacts } from "../universe/facts";
import { unpack, type Catalogue } from "./format";

export const CATALOGUE = join(__dirname, "catalogue.json");

let known: readonly ActionFacts[] | undefined;

/**
 * Every action that could weaken what the lock protects.
 *
 * Of the resource types that an action takes only those are here that are protected; all of them where none is (the
 * repaired calls of the source table, for one).
 */
export function catalogue(): readonly ActionFacts[] {
  known ??= unpack(JSON.parse(readFileSync(CATALOGUE, "utf8")) as Catalogue);
  return known;
}

let byName: ReadonlyMap<string, ActionFacts> | undefined;

/** The facts of an action by its exact name; undefined if it is not in the catalogue. */
export function catalogued(action: string): ActionFacts | undefined {
  byName ??= new Map(catalogue().map((facts) => [facts.name, facts]));
  return byName.get(action);
}
