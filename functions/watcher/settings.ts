/** What the watcher is told by its environment variables, and the variables that the stack gives it: one made from the other. */
import type { Names } from "../../infra/names";
import { type Environment, namesEnvironment, namesIn, required, requiredList } from "../environment";

export interface WatcherSettings {
  readonly names: Names;
  readonly sources: readonly { readonly name: string; readonly scope: "regional" | "global" }[];
  readonly regions: readonly string[];
  readonly sweepMinutes: number;
  readonly stackSets: readonly string[];
}

/** The watcher's environment variables; the lists are JSON. */
export function watcherEnvironment({ names, sources, regions, sweepMinutes, stackSets }: WatcherSettings): Record<string, string> {
  return {
    ...namesEnvironment(names),
    FALL_SOURCES: JSON.stringify(sources.map(({ name, scope }) => ({ name, scope }))),
    FALL_REGIONS: JSON.stringify(regions),
    FALL_SWEEP_MINUTES: String(sweepMinutes),
    FALL_STACK_SETS: JSON.stringify(stackSets),
  };
}

/** @throws Error naming the variable that is missing or wrong */
export function watcherSettings(environment: Environment): WatcherSettings {
  const sweepMinutes = Number(required(environment, "FALL_SWEEP_MINUTES"));
  if (!(sweepMinutes > 0)) throw new Error("the environment variable FALL_SWEEP_MINUTES is not a number above 0");
  return {
    names: namesIn(environment),
    sources: requiredList(environment, "FALL_SOURCES"),
    regions: requiredList(environment, "FALL_REGIONS"),
    stackSets: requiredList(environment, "FALL_STACK_SETS"),
    sweepMinutes,
  };
}
