/** What `npm run status` tells of: how each resource stands, and each place that nothing is heard from. */
import { coverageStates, type Covered } from "../../functions/coverage";
import { readExclusion } from "../../functions/enforcer/exclusions";
import type { Place } from "../../functions/status-keys";

/**
 * A resource's states (functions/coverage.ts), and a place's:
 * - `silent`: no sweep of it has ended for more than two periods; its resources are as they were last seen
 * - `never-seen`: it is governed, and nothing has been heard from it
 */
export const states = [...coverageStates, "silent", "never-seen"] as const;
export type State = (typeof states)[number];

export interface Row extends Place {
  /** ARN; "" where the row is of the place as a whole. */
  readonly resource: string;
  readonly state: State;
  /** In words; "" for what is logged. */
  readonly why: string;
  /** Who excluded it, and the day from which the exclusion no longer counts; "" for all else and for exclusions by tag. */
  readonly owner: string;
  readonly until: string;
  /** ISO 8601, UTC: the beginning of the sweep that saw it so, or the outcome since; "" for what was never seen. */
  readonly seen: string;
}

export function rowOf({ account, region, source }: Place, { resource, state, why }: Omit<Covered, "state"> & { readonly state: State }, seen: string): Row {
  const exclusion = state === "excluded" ? readExclusion(why) : undefined;
  return { account, region, source, resource, state, why: exclusion?.reason ?? why, owner: exclusion?.owner ?? "", until: exclusion?.expires ?? "", seen };
}

/** Which rows are listed: without a choice whatever is not logged as it should be. */
export interface Choice {
  readonly state?: State | undefined;
  readonly all: boolean;
}

export function isListed({ state }: Row, choice: Choice): boolean {
  if (choice.state !== undefined) return state === choice.state;
  return choice.all || state !== "logged";
}
